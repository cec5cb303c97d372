//! Lets go of items that nothing was found in, when their time is over. Hits stay, unless somebody says
//! how long. What is deleted leaves no word in the files.

use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OpenFlags, OptionalExtension, TransactionBehavior, params};

use super::sql_values::seconds;
use super::{Connection, StoreError, articles, hits, stories, tombstones, week};
use crate::fault;

/// Rows deleted by one call at most, so that polls never wait long.
const ROWS_A_CALL: u32 = 200;

/// Pages of the full-text index that one call writes anew at most, of some 4 KB each.
const INDEX_PAGES_A_CALL: i64 = 200;

/// A database that is larger is not written anew as a whole, since polls would wait for it.
const VACUUM_AT_MOST: u64 = 64 << 20;

/// How long what is kept.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// Items without a hit.
    pub items: SignedDuration,
    /// Hits, and the messages that carried them; `None`: for ever.
    pub hits: Option<SignedDuration>,
}

/// Deletes what is past its time: hits and messages first, which makes items of their items, and items
/// without a hit that have said nothing new for so long; then wipes out what is left of them in the files.
/// Gives the number of rows and of steps; call again until it is 0.
///
/// Whatever its age, there stay: a hit that somebody is still owed, and a message that waits or was given
/// up. Of an item that the newest body still holds there stays what it takes to know it again, for else it
/// would be new at the next poll.
///
/// What was stored while the clock was ahead is no younger than what was stored after it, and what was stored while
/// it was behind is no older than what was stored before: numbers tell the order.
pub fn prune(
    connection: &mut Connection,
    retention: Retention,
    now: Timestamp,
) -> Result<usize, StoreError> {
    // All of a day (UTC) at once, because each time the index and the file are made anew.
    let before = |time| {
        let before = now.checked_sub(time).unwrap_or(Timestamp::MIN);
        before.as_second().div_euclid(86_400) * 86_400
    };
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut pruned = 0;
    if let Some(time) = retention.hits {
        pruned += prune_hits(&transaction, before(time), now)?;
        pruned += prune_messages(&transaction, before(time), now)?;
    }
    pruned += prune_items(&transaction, before(retention.items), now)?;
    pruned += tombstones::prune(&transaction, ROWS_A_CALL)?;
    pruned += articles::prune_hosts(&transaction, now, ROWS_A_CALL)?;
    pruned += week::prune(&transaction, now, ROWS_A_CALL)?;
    pruned += stories::prune_records(&transaction, now, ROWS_A_CALL)?;
    if pruned == 0 {
        pruned += usize::from(erase_words(&transaction)?);
    }
    if pruned == 0 {
        drop(transaction);
        vacuum_after_erasure(connection)?;
        empty_log(connection)?;
        return Ok(0);
    }
    fault::point("prune-written");
    transaction.commit()?;
    fault::point("prune-committed");
    Ok(pruned)
}

fn prune_hits(connection: &Connection, before: i64, now: Timestamp) -> Result<usize, StoreError> {
    let found: Vec<(i64, i64)> = connection
        .prepare_cached(
            "SELECT id, entry_id FROM hit
             WHERE (found_at < ?1
                    AND id < (SELECT coalesce(min(id), ?4) FROM hit WHERE found_at BETWEEN ?1 AND ?3)
                    OR found_at > ?3 AND id < (SELECT max(id) FROM hit WHERE found_at < ?1))
               AND NOT EXISTS (
                 SELECT 1 FROM delivery LEFT JOIN outbox ON outbox.id IN (alert_id, digest_id)
                 WHERE hit_id = hit.id
                   AND coalesce(outbox.state, 'owed') NOT IN ('sent', 'discarded'))
             LIMIT ?2",
        )?
        .query_map(params![before, ROWS_A_CALL, seconds(now), i64::MAX], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    for (id, entry_id) in &found {
        connection
            .prepare_cached("DELETE FROM hit WHERE id = ?1")?
            .execute([id])?;
        // Others may stay, which matched another revision.
        let others = connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM hit WHERE entry_id = ?1)")?
            .query_row([entry_id], |row| row.get(0))?;
        if others {
            hits::index(connection, *entry_id)?;
        }
        articles::prune_unused(connection, *entry_id, now)?;
    }
    Ok(found.len())
}

/// The ledger keeps who was sent how much and when; the message itself goes, and its subject, which names
/// an item.
fn prune_messages(
    connection: &Connection,
    before: i64,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let settled: Vec<i64> = connection
        .prepare_cached(
            "SELECT message.outbox_id FROM message JOIN outbox ON outbox.id = message.outbox_id
             WHERE state IN ('sent', 'discarded')
               AND (settled_at < ?1
                    AND outbox.id < (SELECT coalesce(min(id), ?4) FROM outbox
                                     WHERE created_at BETWEEN ?1 AND ?3)
                    OR settled_at > ?3
                       AND outbox.id < (SELECT max(id) FROM outbox WHERE settled_at < ?1))
             LIMIT ?2",
        )?
        .query_map(
            params![before, ROWS_A_CALL, seconds(now), i64::MAX],
            |row| row.get(0),
        )?
        .collect::<Result<_, _>>()?;
    for id in &settled {
        connection
            .prepare_cached("DELETE FROM message WHERE outbox_id = ?1")?
            .execute([id])?;
        connection
            .prepare_cached("UPDATE outbox SET subject = '(deleted)' WHERE id = ?1")?
            .execute([id])?;
    }
    Ok(settled.len())
}

fn prune_items(connection: &Connection, before: i64, now: Timestamp) -> Result<usize, StoreError> {
    struct ExpiredItem {
        id: i64,
        feed_id: String,
        key: String,
        content_hash: String,
        last_seen_at: i64,
        listed: bool,
    }
    let old: Vec<ExpiredItem> = connection
        .prepare_cached(
            "SELECT entry.id, feed_id, key, content_hash, last_seen_at,
                    coalesce(last_seen_at + ?2 >= last_body_at, 0)
             FROM entry JOIN feed ON feed.id = entry.feed_id
             WHERE (max(first_seen_at, iif(revised_at <= ?4, revised_at, 0)) < ?1
                    AND entry.id < (SELECT coalesce(min(id), ?5) FROM entry
                                    WHERE first_seen_at BETWEEN ?1 AND ?4)
                    OR first_seen_at > ?4
                       AND entry.id < (SELECT max(id) FROM entry WHERE first_seen_at < ?1))
               AND NOT EXISTS (SELECT 1 FROM hit WHERE hit.entry_id = entry.id)
             LIMIT ?3",
        )?
        .query_map(
            params![
                before,
                tombstones::UNLISTED_AFTER,
                ROWS_A_CALL,
                seconds(now),
                i64::MAX
            ],
            |row| {
                Ok(ExpiredItem {
                    id: row.get(0)?,
                    feed_id: row.get(1)?,
                    key: row.get(2)?,
                    content_hash: row.get(3)?,
                    last_seen_at: row.get(4)?,
                    listed: row.get(5)?,
                })
            },
        )?
        .collect::<Result<_, _>>()?;
    for item in &old {
        if item.listed {
            let (hash, seen) = (&item.content_hash, item.last_seen_at);
            tombstones::make(connection, &item.feed_id, &item.key, hash, seen)?;
        }
        connection
            .prepare_cached("DELETE FROM entry WHERE id = ?1")?
            .execute([item.id])?;
    }
    Ok(old.len())
}

/// Merges some of the parts of the full-text index into one, which leaves out what was deleted; until then
/// it is only marked so (SQLite, "FTS5", sections 6.8 and 6.9). Gives whether there is more to do.
fn erase_words(connection: &Connection) -> Result<bool, StoreError> {
    let erasure: Option<(i64, bool)> = connection
        .prepare_cached("SELECT round, begun FROM erasure WHERE round < 3")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((round, begun)) = erasure else {
        return Ok(false);
    };
    // A negative number begins with all parts; the same number positive goes on.
    let pages = if begun {
        INDEX_PAGES_A_CALL
    } else {
        -INDEX_PAGES_A_CALL
    };
    let before = connection.sqlite.total_changes();
    connection
        .prepare_cached("INSERT INTO entry_text (entry_text, rank) VALUES ('merge', ?1)")?
        .execute([pages])?;
    // Less than 2 means that there was nothing to merge.
    let merged = connection.sqlite.total_changes() - before >= 2;
    // One part alone, beside which another comes meanwhile, is not merged to its end; two always are, so
    // the second round completes it.
    let next = if merged {
        (round, true)
    } else {
        (round + 1, false)
    };
    connection.execute("UPDATE erasure SET round = ?1, begun = ?2", next)?;
    Ok(true)
}

/// Once hits were deleted, writes all pages anew, if it takes no more than a moment: where rows were moved from one
/// page to another, the first keeps bytes of them in the part that is not used, whatever `secure_delete` says. This
/// is so for indexes, where each item stands with its identity, and seldom.
fn vacuum_after_erasure(connection: &Connection) -> Result<(), StoreError> {
    let pending = "SELECT EXISTS (SELECT 1 FROM erasure)";
    if !connection.query_row(pending, [], |row| row.get(0))? {
        return Ok(());
    }
    let size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let size: u64 = connection.query_row(size, [], |row| row.get(0))?;
    if size <= VACUUM_AT_MOST
        && let Err(error) = connection.execute_batch("VACUUM")
    {
        // There may be no room for a second copy. It is tried again at the next look.
        tracing::debug!("the pages of the database cannot be written anew: {error}");
        return Ok(());
    }
    connection.execute("DELETE FROM erasure", [])?;
    Ok(())
}

/// Does for a copy at once what [`prune`] has not yet done for the database.
pub(super) fn erase_from_copy(copy: &Path) -> Result<(), rusqlite::Error> {
    let connection =
        rusqlite::Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let pending = "SELECT EXISTS (SELECT 1 FROM erasure)";
    if connection.query_row(pending, [], |row| row.get(0))? {
        // What goes wrong leaves no copy, so there is nothing to come back to.
        connection.pragma_update(None, "journal_mode", "OFF")?;
        connection.pragma_update(None, "secure_delete", true)?;
        connection.execute_batch(
            "INSERT INTO entry_text (entry_text) VALUES ('optimize');
             DELETE FROM erasure;
             VACUUM;",
        )?;
    }
    Ok(())
}

/// Writes the log into the database and cuts it to nothing, unless somebody reads just now: what was deleted
/// stands there as it was before.
fn empty_log(connection: &Connection) -> Result<(), StoreError> {
    connection.sqlite.busy_timeout(Duration::ZERO)?;
    let emptied = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    connection.sqlite.busy_timeout(super::BUSY_TIMEOUT)?;
    match emptied {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
            Ok(())
        }
        emptied => Ok(emptied?),
    }
}
