//! What a person does with messages that wait or were given up.

use jiff::Timestamp;
use rusqlite::params;

use super::backoff::forget_refusals;
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError};

/// Puts a message that waits, or was given up, at the front. Gives whether there was one.
pub fn retry(connection: &Connection, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    forget_refusals(connection)?;
    Ok(connection.execute(
        "UPDATE outbox SET state = 'queued', next_attempt_at = ?2, settled_at = NULL, attempts = 0
         WHERE id = ?1 AND state IN ('queued', 'undeliverable')",
        params![id, seconds(now)],
    )? > 0)
}

/// Puts every message that waits, or was given up, at the front. Gives their number.
pub fn retry_all(connection: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    forget_refusals(connection)?;
    Ok(connection.execute(
        "UPDATE outbox SET state = 'queued', next_attempt_at = ?1, settled_at = NULL, attempts = 0
         WHERE state IN ('queued', 'undeliverable')",
        [seconds(now)],
    )?)
}

/// Takes a message out that waits or was given up. Gives whether there was one.
pub fn discard(connection: &Connection, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    Ok(connection.execute(
        "UPDATE outbox SET state = 'discarded', settled_at = ?2, reply = 'discarded by hand'
         WHERE id = ?1 AND state IN ('queued', 'undeliverable')",
        params![id, seconds(now)],
    )? > 0)
}
