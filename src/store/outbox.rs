//! Messages waiting for the mail server, and the ledger of those that went.
//!
//! ```text
//! insertion -> queued -> claim: sending -> settlement -> sent, undeliverable, or queued again (backoff says until when)
//! sending, left so by a crash -> claim: queued again, with the same bytes
//! queued, undeliverable -> operator_actions, withdrawal: queued at once, or discarded, its contents owed again
//! ```

mod backoff;
mod claim;
mod composition_record;
mod insertion;
mod operator_actions;
mod row;
mod settlement;
mod withdrawal;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

pub use backoff::{cannot_send, keep_refusals_of, make_all_due, refusal, refused_until, rest};
pub use claim::{ClaimFilter, Claimed, claim, recover, tried_before};
pub use composition_record::{CompositionRecord, composition_of};
pub(super) use insertion::insert;
pub use insertion::{Contents, MailKind, NewMessage, next_number};
pub use operator_actions::{discard, retry, retry_all};
use row::{COLUMNS, read};
pub use row::{OutboxRow, OutboxState, find, message};
pub use settlement::{AttemptOutcome, settle, settle_and_claim};
pub use withdrawal::{replace, withdraw};

use super::sql_values::{seconds, time};
use super::{Connection, StoreError};

/// Messages to a recipient that were made since then, newest first; those that were taken out are none.
pub fn made_since(
    connection: &Connection,
    recipient_id: &str,
    since: Timestamp,
    at_most: u32,
) -> Result<Vec<OutboxRow>, StoreError> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} WHERE recipient_id = ?1 AND created_at >= ?2 AND state <> 'discarded'
             ORDER BY id DESC LIMIT ?3"
        ))?
        .query_and_then(params![recipient_id, seconds(since), at_most], read)?
        .collect()
}

/// Messages that were sent since then, the last first.
pub fn sent_since(
    connection: &Connection,
    since: Timestamp,
    at_most: u32,
) -> Result<Vec<OutboxRow>, StoreError> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} WHERE state = 'sent' AND settled_at >= ?1
             ORDER BY settled_at DESC, id DESC LIMIT ?2"
        ))?
        .query_and_then(params![seconds(since), at_most], read)?
        .collect()
}

/// Messages that stand so, newest first.
pub fn in_states(
    connection: &Connection,
    states: &[OutboxState],
    at_most: u32,
) -> Result<Vec<OutboxRow>, StoreError> {
    let states: Vec<String> = states
        .iter()
        .map(|state| format!("'{}'", state.name()))
        .collect();
    connection
        .prepare(&format!(
            "SELECT {COLUMNS} WHERE state IN ({}) ORDER BY id DESC LIMIT ?1",
            states.join(", ")
        ))?
        .query_and_then([at_most], read)?
        .collect()
}

/// Which messages to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Those that wait, were given up, or were taken out.
    Waiting,
    /// Those that were sent.
    Sent,
}

/// Messages, newest first.
pub fn list(connection: &Connection, listing: Listing) -> Result<Vec<OutboxRow>, StoreError> {
    let condition = match listing {
        Listing::Waiting => "state IN ('queued', 'sending', 'undeliverable', 'discarded')",
        Listing::Sent => "state = 'sent'",
    };
    connection
        .prepare(&format!(
            "SELECT {COLUMNS} WHERE {condition} ORDER BY id DESC"
        ))?
        .query_and_then([], read)?
        .collect()
}

/// How many messages stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Waiting, the one being sent included.
    pub queued: u64,
    /// Taken by the server.
    pub sent: u64,
    /// Given up.
    pub undeliverable: u64,
    /// Sent or waiting after an attempt of unknown outcome.
    pub possible_duplicates: u64,
}

/// Counts the messages.
pub fn counts(connection: &Connection) -> Result<OutboxCounts, StoreError> {
    Ok(connection.query_row(
        "SELECT coalesce(sum(state IN ('queued', 'sending')), 0), coalesce(sum(state = 'sent'), 0),
                coalesce(sum(state = 'undeliverable'), 0),
                coalesce(sum(doubtful_attempts > 0), 0)
         FROM outbox",
        [],
        |row| {
            Ok(OutboxCounts {
                queued: row.get(0)?,
                sent: row.get(1)?,
                undeliverable: row.get(2)?,
                possible_duplicates: row.get(3)?,
            })
        },
    )?)
}

/// When the last mail of this kind, and of this watch if one is given, was made for a recipient.
pub fn last_made(
    connection: &Connection,
    recipient_id: &str,
    kind: MailKind,
    watch_id: Option<&str>,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = connection
        .prepare_cached(
            "SELECT max(created_at) FROM outbox
             WHERE recipient_id = ?1 AND kind = ?2 AND (?3 IS NULL OR watch_id = ?3)
               AND created_at <= ?4",
        )?
        .query_row(
            params![recipient_id, kind.name(), watch_id, seconds(now)],
            |row| row.get(0),
        )?;
    Ok(at.map(time))
}

/// Mails made for a recipient in a time, but for those that were taken back or refused.
pub fn made_between(
    connection: &Connection,
    recipient_id: &str,
    since: Timestamp,
    until: Timestamp,
) -> Result<u32, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT count(*) FROM outbox
             WHERE recipient_id = ?1 AND kind IN ('alert', 'digest', 'notice')
               AND created_at > ?2 AND created_at <= ?3 AND state <> 'discarded'",
        )?
        .query_row(
            params![recipient_id, seconds(since), seconds(until)],
            |row| row.get(0),
        )?)
}

/// Messages to a recipient that were given up, newest first, the newest hundred at most.
pub fn given_up(connection: &Connection, recipient_id: &str) -> Result<Vec<OutboxRow>, StoreError> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} WHERE state = 'undeliverable' AND recipient_id = ?1
             ORDER BY id DESC LIMIT 100"
        ))?
        .query_and_then([recipient_id], read)?
        .collect()
}

/// When the oldest message was made that still waits.
pub fn oldest_waiting(connection: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = connection.query_row(
        "SELECT min(created_at) FROM outbox WHERE state IN ('queued', 'sending')",
        [],
        |row| row.get(0),
    )?;
    Ok(at.map(time))
}

/// What the server, or the failure, said last to the newest message that waits and was tried.
pub fn waits_because(connection: &Connection) -> Result<Option<String>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT reply FROM outbox WHERE state = 'queued' AND reply IS NOT NULL
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// When the next message may be tried, if any waits.
pub fn next_due(connection: &Connection, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = connection
        .prepare_cached("SELECT min(next_attempt_at) FROM outbox WHERE state = 'queued'")?
        .query_row([], |row| row.get(0))?;
    let Some(at) = at.map(time) else {
        return Ok(None);
    };
    let rests_until = rest(connection, now)?.map(|(until, _)| until);
    Ok(Some(at.max(rests_until.unwrap_or(at))))
}

#[cfg(test)]
mod tests;
