//! Lets go of items that nothing was found in, when their time is over. Hits stay, unless somebody says
//! how long.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::StoreError;
use super::polls::LAST_SEEN_LAG;
use super::values::seconds;
use crate::fault;

/// Rows deleted by one call at most, so that polls never wait long.
const ROWS_A_CALL: u32 = 500;

/// How long what is kept.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// Items without a hit.
    pub items: SignedDuration,
    /// Hits, and the messages that carried them; `None`: for ever.
    pub hits: Option<SignedDuration>,
}

/// Deletes what is past its time: hits and messages first, which makes items of their items, and items
/// without a hit that no body of their feed has held for so long. Gives the number of rows; call again
/// until it is 0.
///
/// Whatever its age, there stay: an item that the newest body still holds, for without it the item
/// would be new again at the next poll; a hit that somebody is still owed; and a message that waits or
/// was given up.
pub fn prune(
    connection: &mut Connection,
    retention: Retention,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let before = |time| now.checked_sub(time).unwrap_or(Timestamp::MIN);
    let mut pruned = 0;
    if let Some(hits) = retention.hits {
        pruned += prune_hits(connection, before(hits))?;
        pruned += prune_messages(connection, before(hits))?;
    }
    pruned += prune_items(connection, before(retention.items))?;
    if pruned > 0 {
        fault::point("prune-committed");
    }
    Ok(pruned)
}

fn prune_hits(connection: &Connection, before: Timestamp) -> Result<usize, StoreError> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM hit WHERE id IN (
               SELECT id FROM hit WHERE found_at < ?1
                 AND NOT EXISTS (
                   SELECT 1 FROM delivery LEFT JOIN outbox ON outbox.id IN (alert_id, digest_id)
                   WHERE hit_id = hit.id
                     AND coalesce(outbox.state, 'owed') NOT IN ('sent', 'discarded'))
               LIMIT ?2)",
        )?
        .execute(params![seconds(before), ROWS_A_CALL])?)
}

/// The ledger keeps who was sent what and when; the message itself goes.
fn prune_messages(connection: &Connection, before: Timestamp) -> Result<usize, StoreError> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM message WHERE outbox_id IN (
               SELECT message.outbox_id FROM message JOIN outbox ON outbox.id = message.outbox_id
               WHERE state IN ('sent', 'discarded') AND settled_at < ?1
               LIMIT ?2)",
        )?
        .execute(params![seconds(before), ROWS_A_CALL])?)
}

fn prune_items(connection: &Connection, before: Timestamp) -> Result<usize, StoreError> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM entry WHERE id IN (
               SELECT entry.id FROM entry JOIN feed ON feed.id = entry.feed_id
               WHERE entry.last_seen_at < ?1 AND entry.last_seen_at + ?2 < feed.last_body_at
                 AND NOT EXISTS (SELECT 1 FROM hit WHERE hit.entry_id = entry.id)
               LIMIT ?3)",
        )?
        .execute(params![
            seconds(before),
            // Twice the lag: one for the entry's own, one for its neighbours'.
            LAST_SEEN_LAG.as_secs() * 2,
            ROWS_A_CALL
        ])?)
}
