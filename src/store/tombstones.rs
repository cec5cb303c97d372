//! What stays of an item that was let go while its feed still lists it, or that was left out: enough to know
//! it when it is seen again, and no word of it.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::sql_values::{seconds, time};
use super::{Connection, StoreError};

/// What is known of an item that was let go.
pub(super) struct Tombstone {
    pub(super) content_hash: String,
    pub(super) last_seen: Timestamp,
}

impl Tombstone {
    pub(super) fn is_left_out(&self) -> bool {
        OmittedFrom::from_mark(&self.content_hash).is_some()
    }
}

/// Of which body an item was left out: that decides whether it is told when it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OmittedFrom {
    /// Of the feed's first.
    FirstBody,
    /// Of a later one, as an item among others.
    LaterBody,
    /// Of a later one, with many that are old.
    Archive,
}

impl OmittedFrom {
    const ALL: [Self; 3] = [Self::FirstBody, Self::LaterBody, Self::Archive];

    /// In the place of the hash of an item's content, for it has none that is known. Earlier versions had
    /// the first for all.
    fn mark(self) -> &'static str {
        match self {
            Self::FirstBody => "",
            Self::LaterBody => "later",
            Self::Archive => "archive",
        }
    }

    fn from_mark(mark: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.mark() == mark)
    }
}

/// Identities are addresses as a rule, and those hold words.
pub(super) fn hash(key: &str) -> [u8; 16] {
    let mut hash = [0; 16];
    hash.copy_from_slice(&Sha256::digest(key)[..16]);
    hash
}

/// Whether any item of this feed was let go so.
pub(super) fn any_stored(connection: &Connection, feed_id: &str) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM tombstone WHERE feed_id = ?1)")?
        .query_row([feed_id], |row| row.get(0))?)
}

/// That of the item of this identity.
pub(super) fn of(
    connection: &Connection,
    feed_id: &str,
    key: &str,
) -> Result<Option<Tombstone>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT content_hash, last_seen_at FROM tombstone WHERE feed_id = ?1 AND key_hash = ?2",
        )?
        .query_row(params![feed_id, hash(key)], |row| {
            Ok(Tombstone {
                content_hash: row.get(0)?,
                last_seen: time(row.get(1)?),
            })
        })
        .optional()?)
}

/// Makes one of an item that is let go, as it stands.
pub(super) fn make(
    connection: &Connection,
    feed_id: &str,
    key: &str,
    content_hash: &str,
    last_seen_at: i64,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO tombstone VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![feed_id, hash(key), content_hash, last_seen_at])?;
    Ok(())
}

/// The feed still lists it.
pub(super) fn see(
    connection: &Connection,
    feed_id: &str,
    key: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE tombstone SET last_seen_at = ?3 WHERE feed_id = ?1 AND key_hash = ?2",
        )?
        .execute(params![feed_id, hash(key), seconds(now)])?;
    Ok(())
}

/// An item that was never stored is not stored now either.
pub(super) fn leave_out(
    connection: &Connection,
    feed_id: &str,
    key: &str,
    waiting: OmittedFrom,
    now: Timestamp,
) -> Result<(), StoreError> {
    make(connection, feed_id, key, waiting.mark(), seconds(now))
}

/// The identities of the items that were left out, each as its [`hash`].
pub(super) fn left_out(
    connection: &Connection,
    feed_id: &str,
) -> Result<HashMap<[u8; 16], OmittedFrom>, StoreError> {
    let [first, later, archive] = OmittedFrom::ALL.map(OmittedFrom::mark);
    let mut statement = connection.prepare_cached(
        "SELECT key_hash, content_hash FROM tombstone
         WHERE feed_id = ?1 AND content_hash IN (?2, ?3, ?4)",
    )?;
    let mut rows = statement.query(params![feed_id, first, later, archive])?;
    let mut left_out = HashMap::new();
    while let Some(row) = rows.next()? {
        let mark: String = row.get(1)?;
        left_out.extend(
            OmittedFrom::from_mark(&mark)
                .zip(Some(row.get(0)?))
                .map(|(it, hash)| (hash, it)),
        );
    }
    Ok(left_out)
}

/// The item is stored, or gone from its feed.
pub(super) fn remove(
    connection: &Connection,
    feed_id: &str,
    hash: [u8; 16],
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM tombstone WHERE feed_id = ?1 AND key_hash = ?2")?
        .execute(params![feed_id, hash])?;
    Ok(())
}

/// Removes those that their feeds do not list any more, so many at most: there are never more than a body
/// has items. Gives their number.
pub(super) fn prune(connection: &Connection, at_most: u32) -> Result<usize, StoreError> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM tombstone WHERE (feed_id, key_hash) IN (
               SELECT feed_id, key_hash FROM tombstone JOIN feed ON feed.id = tombstone.feed_id
               WHERE last_seen_at + ?1 < last_body_at
               LIMIT ?2)",
        )?
        .execute(params![UNLISTED_AFTER, at_most])?)
}

/// How many seconds before the newest body an item was last seen that is not listed any more. Twice the
/// lag: one for the item's own, one for its neighbours'.
pub(super) const UNLISTED_AFTER: i64 = LAST_SEEN_LAG.as_secs() * 2;

/// How far `last_seen_at` may lag behind, so that a body of known entries writes nothing.
pub(super) const LAST_SEEN_LAG: SignedDuration = SignedDuration::from_hours(12);
