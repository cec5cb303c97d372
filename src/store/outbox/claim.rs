//! Which message is tried next: claimed before it is spoken about, so that a crash leaves a trace.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, TransactionBehavior};

use super::row::{OutboxRow, find, message};
use crate::fault;
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError};

/// Queues again what a crash left between the server and the commit: sent again with the same
/// bytes, and counted as possibly received twice. Gives their number.
pub fn recover(connection: &mut Connection, now: Timestamp) -> Result<usize, StoreError> {
    let recovered = connection.execute(
        "UPDATE outbox SET state = 'queued', doubtful_attempts = doubtful_attempts + 1,
                next_attempt_at = ?1,
                reply = 'the program ended before the server answered'
         WHERE state = 'sending'",
        [seconds(now)],
    )?;
    if recovered > 0 {
        fault::point("recovery-committed");
    }
    Ok(recovered)
}

/// Which messages may be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimFilter {
    /// Those whose next attempt is due at that time, the one that has waited longest first.
    At(Timestamp),
    /// Any with a number above this one that was not tried yet, in the order of their numbers.
    New(i64),
    /// The one with this number.
    Again(i64),
}

/// A message to be sent: its row, and all of its bytes.
pub type Claimed = (OutboxRow, Vec<u8>);

/// Takes a message that waits, and marks it as being sent.
pub fn claim(connection: &mut Connection, due: ClaimFilter) -> Result<Option<Claimed>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let claimed = take(&transaction, due)?;
    if claimed.is_some() {
        fault::point("claim-written");
    }
    transaction.commit()?;
    if claimed.is_some() {
        fault::point("claim-committed");
    }
    Ok(claimed)
}

/// Messages that wait and were tried before, the one that has waited longest first.
pub fn tried_before(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    connection
        .prepare_cached(
            "SELECT id FROM outbox WHERE state = 'queued' AND attempts > 0
             ORDER BY next_attempt_at, id",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()
        .map_err(StoreError::from)
}

pub(super) fn take(
    connection: &Connection,
    due: ClaimFilter,
) -> Result<Option<Claimed>, StoreError> {
    let (query, bound) = match due {
        ClaimFilter::At(now) => (
            // No attempt is ever planned so far ahead: a clock was set back.
            "SELECT id FROM outbox
             WHERE state = 'queued' AND (next_attempt_at <= ?1 OR next_attempt_at > ?1 + 7200)
             AND NOT EXISTS (SELECT 1 FROM rest WHERE until > ?1 AND until <= ?1 + 7200)  -- see `rest`
             ORDER BY next_attempt_at, id LIMIT 1",
            seconds(now),
        ),
        ClaimFilter::New(id) => (
            "SELECT id FROM outbox WHERE state = 'queued' AND attempts = 0 AND id > ?1
             ORDER BY id LIMIT 1",
            id,
        ),
        ClaimFilter::Again(id) => ("SELECT id FROM outbox WHERE state = 'queued' AND id = ?1", id),
    };
    let id: Option<i64> = connection
        .prepare_cached(query)?
        .query_row([bound], |row| row.get(0))
        .optional()?;
    let Some(id) = id else {
        return Ok(None);
    };
    connection
        .prepare_cached(
            "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ?1",
        )?
        .execute([id])?;
    let row = find(connection, id)?;
    let message = message(connection, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    Ok(row.map(|row| (row, message)))
}
