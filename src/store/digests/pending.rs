//! What is owed: whether there is any, and its numbers and sort keys.
//!
//! It may be a million hits, so each of these is a query of its own.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Row, ToSql, params};

use crate::core::digest::{HitOrigin, PendingHitKey};
use crate::store::sql_values::{text, time};
use crate::store::{Connection, StoreError};

/// Some of what a recipient is owed, or was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PendingScope {
    /// What the next digest holds.
    Digest,
    /// What is untold of the items that this watch hit and that are to be told at once, by whatever watches, and of
    /// other items of their stories that are to be told at once: what an alert tells of an item, no digest tells
    /// again, and one story makes one mail. A watch that takes every item by itself has mails of its own. What is
    /// held until its story is corroborated goes along with no other.
    Alert(String),
    /// What the message of this number carries.
    CarriedBy(i64),
}

/// Hits of the recipient `?1` that nothing has told yet. A digest has those that it took and has not
/// marked yet.
pub(super) const UNTOLD: &str = "delivery.alert_id IS NULL AND delivery.digest_id IS NULL
     AND delivery.hit_id > coalesce((SELECT max(takes_through) FROM outbox
           WHERE recipient_id = ?1 AND takes_through IS NOT NULL), -1)";

/// Those of them that wait for an alert.
pub(super) fn alert() -> String {
    format!("delivery.urgency = 'alert' AND {UNTOLD}")
}

impl PendingScope {
    /// The condition on `delivery`, in which `?1` is the recipient and `?2` what [`Self::value`] gives.
    pub(in crate::store) fn condition(&self) -> String {
        match self {
            // `?2` is unused here, and must be named all the same.
            Self::Digest => {
                "delivery.recipient_id = ?1 AND delivery.digest_id IS NULL AND ?2 IS NULL
                 AND delivery.hit_id > coalesce((SELECT max(takes_through) FROM outbox
                       WHERE recipient_id = ?1 AND takes_through IS NOT NULL), -1)"
                    .to_owned()
            }
            Self::Alert(_) => {
                let waits = format!(
                    "delivery.recipient_id = ?1 AND {}
                     AND (delivery.held_until IS NULL OR delivery.corroboration IS NULL)",
                    alert()
                );
                let of_story = "FROM delivery CROSS JOIN hit ON hit.id = delivery.hit_id
                     CROSS JOIN story_item ON story_item.entry_id = hit.entry_id
                     CROSS JOIN story ON story.id = story_item.story_id
                     WHERE delivery.news ->> '$.news' <> 'each' AND";
                format!(
                    "delivery.recipient_id = ?1 AND {UNTOLD} AND delivery.hit_id IN (
                       SELECT other.id FROM hit AS other WHERE other.entry_id IN (
                         SELECT hit.entry_id FROM delivery JOIN hit ON hit.id = delivery.hit_id
                         WHERE {waits} AND hit.watch_id = ?2
                         UNION
                         SELECT hit.entry_id {of_story} {waits}
                           AND coalesce(story.merged_into, story.id) IN (
                             SELECT coalesce(story.merged_into, story.id) {of_story} {waits} AND hit.watch_id = ?2)))"
                )
            }
            Self::CarriedBy(_) => {
                "delivery.recipient_id = ?1 AND (delivery.alert_id = ?2 OR delivery.digest_id = ?2)"
                    .to_owned()
            }
        }
    }

    /// The same for the hits of an entry that is known to be among them.
    pub(super) fn condition_on_entry(&self) -> String {
        match self {
            Self::Alert(_) => {
                format!("delivery.recipient_id = ?1 AND {UNTOLD} AND ?2 IS NOT NULL")
            }
            Self::Digest | Self::CarriedBy(_) => self.condition(),
        }
    }

    pub(in crate::store) fn owned_value(&self) -> rusqlite::types::Value {
        match self {
            Self::Digest => rusqlite::types::Value::Null,
            Self::Alert(watch) => watch.clone().into(),
            Self::CarriedBy(id) => (*id).into(),
        }
    }

    pub(super) fn value(&self) -> &dyn ToSql {
        match self {
            Self::Digest => &rusqlite::types::Null,
            Self::Alert(watch) => watch,
            Self::CarriedBy(id) => id,
        }
    }
}

/// Whether a recipient is owed anything in a digest.
pub fn has_pending_digest(connection: &Connection, recipient_id: &str) -> Result<bool, StoreError> {
    let condition = PendingScope::Digest.condition();
    Ok(connection
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM delivery WHERE {condition})"
        ))?
        .query_row(params![recipient_id, rusqlite::types::Null], |row| {
            row.get(0)
        })?)
}

/// Whether a recipient is owed anything.
pub fn has_pending_hits(connection: &Connection, recipient_id: &str) -> Result<bool, StoreError> {
    Ok(has_pending_digest(connection, recipient_id)?
        || has_pending_alert(connection, recipient_id)?)
}

/// Whether a recipient is to be told anything at once.
pub fn has_pending_alert(connection: &Connection, recipient_id: &str) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM delivery WHERE recipient_id = ?1 AND {})",
            alert()
        ))?
        .query_row([recipient_id], |row| row.get(0))?)
}

/// The watches of which a recipient is to be told at once, by id and title, the one that has waited longest first,
/// and when the oldest hit of each was found. What has nothing new and waits for company is no reason for a mail.
pub fn watches_with_pending_alerts(
    connection: &Connection,
    recipient_id: &str,
) -> Result<Vec<(String, String, Timestamp)>, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT hit.watch_id, max(hit.watch_title), min(hit.found_at)
             FROM delivery JOIN hit ON hit.id = delivery.hit_id
             WHERE delivery.recipient_id = ?1 AND {} AND delivery.held_until IS NULL
             GROUP BY hit.watch_id ORDER BY min(hit.id)",
            alert()
        ))?
        .query_map([recipient_id], |row| {
            Ok((row.get(0)?, row.get(1)?, time(row.get(2)?)))
        })?
        .collect::<Result<_, _>>()?)
}

/// How many hits that is.
pub fn count_pending(
    connection: &Connection,
    recipient_id: &str,
    owing: &PendingScope,
) -> Result<usize, StoreError> {
    let condition = owing.condition();
    let count: u64 = connection
        .prepare_cached(&format!("SELECT count(*) FROM delivery WHERE {condition}"))?
        .query_row(params![recipient_id, owing.value()], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Gives each of those hits to `each` by its sort keys, in the order of their numbers. The outlet of a feed, and what
/// a watch calls urgent or finds unusually often, is not known here: the feed's id stands for the one, and nothing for
/// the others.
pub fn pending_keys(
    connection: &Connection,
    recipient_id: &str,
    owing: &PendingScope,
    each: &mut dyn FnMut(&PendingHitKey<'_>),
) -> Result<(), StoreError> {
    let condition = owing.condition();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT hit.entry_id, entry.feed_id, hit.watch_title, hit.topic, hit.score,
                coalesce(entry.published_at, entry.first_seen_at), delivery.urgency = 'alert',
                {ALERTED}, hit.archive, hit.later,
                hit.watch_id, hit.lead, hit.terms, entry.language,
                coalesce(story.merged_into, story.id), story_item.relation = 'copy',
                iif(delivery.news IS NULL, story_item.corrects, delivery.news ->> '$.news' = 'corrected'),
                story_item.victims
         FROM delivery
         CROSS JOIN hit ON hit.id = delivery.hit_id
         CROSS JOIN entry ON entry.id = hit.entry_id
         LEFT JOIN story_item ON story_item.entry_id = hit.entry_id
         LEFT JOIN story ON story.id = story_item.story_id
         WHERE {condition} ORDER BY delivery.hit_id"
    ))?;
    let mut rows = statement.query(params![recipient_id, owing.value()])?;
    while let Some(row) = rows.next()? {
        each(&PendingHitKey {
            entry_id: row.get(0)?,
            story: row.get(14)?,
            feed_id: text(row, 1)?,
            outlet: text(row, 1)?,
            watch_id: text(row, 10)?,
            watch_title: text(row, 2)?,
            topic: text(row, 3)?,
            score: row.get(4)?,
            time: time(row.get(5)?),
            // Hits of versions that did not look have matched somewhere, by one term at least.
            in_lead: row.get::<_, Option<bool>>(11)?.unwrap_or(false),
            terms: row.get::<_, Option<u16>>(12)?.unwrap_or(1),
            is_copy: row.get::<_, Option<bool>>(15)?.unwrap_or(false),
            language: optional_text(row, 13)?,
            corrects: row.get::<_, Option<bool>>(16)?.unwrap_or(false),
            victims: row.get(17)?,
            unusual: false,
            urgent: row.get(6)?,
            called_urgent: false,
            alerted: row.get(7)?,
            origin: origin(row.get(8)?, row.get(9)?),
        });
    }
    Ok(())
}

pub(super) fn origin(archive: bool, later: bool) -> HitOrigin {
    match (archive, later) {
        (_, true) => HitOrigin::Later,
        (true, false) => HitOrigin::Archive,
        (false, false) => HitOrigin::New,
    }
}

fn optional_text<'a>(row: &'a Row<'_>, column: usize) -> Result<Option<&'a str>, StoreError> {
    row.get_ref(column)?
        .as_str_or_null()
        .map_err(|error| StoreError::Value(error.to_string()))
}

/// Whether a delivery was told in the words of an alert that went out, or is on its way.
pub(super) const ALERTED: &str =
    "delivery.alert_id IS NOT NULL AND NOT delivery.counted AND EXISTS (
    SELECT 1 FROM outbox WHERE outbox.id = delivery.alert_id
    AND outbox.state IN ('queued', 'sending', 'sent'))";

/// Everyone to whom something is owed, in a digest or an alert.
pub fn recipients_with_pending(connection: &Connection) -> Result<Vec<String>, StoreError> {
    Ok(connection
        .prepare_cached(
            // From name to name, and not through all that any of them is owed.
            "WITH RECURSIVE creditor (id) AS (
               SELECT min(recipient_id) FROM delivery WHERE digest_id IS NULL
               UNION ALL
               SELECT (SELECT min(recipient_id) FROM delivery
                       WHERE digest_id IS NULL AND recipient_id > creditor.id)
               FROM creditor WHERE creditor.id IS NOT NULL)
             SELECT id FROM creditor WHERE EXISTS (
               SELECT 1 FROM delivery
               WHERE recipient_id = creditor.id AND digest_id IS NULL AND alert_id IS NULL)",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// What a message takes of what is owed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ConsumedHits {
    /// Nothing.
    #[default]
    Nothing,
    /// All of this.
    All(PendingScope),
    /// As an alert to somebody who gets no digests, to whom no digest owes it afterwards.
    AlertOnly(PendingScope),
    /// Of what another message carried, the hits of these entries.
    Entries(i64, Vec<i64>),
}

/// How long what has nothing new waits for an alert to go along with, where no digest comes.
pub const HOLD_WITHOUT_DIGEST: SignedDuration = SignedDuration::from_hours(24);
