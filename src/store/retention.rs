//! Lets go of items that nothing was found in, when their time is over. Hits stay.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::StoreError;
use super::polls::LAST_SEEN_LAG;
use super::values::seconds;
use crate::fault;

/// Rows deleted by one call at most, so that polls never wait long.
const ROWS_A_CALL: u32 = 500;

/// Deletes items without a hit that no body of their feed has held for the time of `retention`.
/// Gives their number; call again until it is 0.
///
/// An item that the newest body still holds is kept however old it is: without it, the item would
/// be new again at the next poll.
pub fn prune(
    connection: &mut Connection,
    retention: SignedDuration,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let before = now.checked_sub(retention).unwrap_or(Timestamp::MIN);
    let pruned = connection
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
        ])?;
    if pruned > 0 {
        fault::point("prune-committed");
    }
    Ok(pruned)
}
