//! A message of the outbox, as it is stored.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::store::sql_values::{seconds, time};
use crate::store::{Connection, StoreError};

/// A message on its way.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Its number, as commands name it.
    pub id: i64,
    /// The recipient's id.
    pub recipient_id: String,
    /// Where it goes.
    pub address: String,
    /// Envelope sender.
    pub sender: String,
    /// See [`MailKind::name`](super::MailKind::name).
    pub kind: String,
    /// With its angle brackets.
    pub message_id: String,
    /// For people.
    pub subject: String,
    /// Hits that it carries.
    pub hits: u64,
    /// Where it stands.
    pub state: OutboxState,
    /// Attempts that ended, whatever their end.
    pub attempts: u32,
    /// Attempts of unknown outcome: the message may have arrived by one of them.
    pub doubtful_attempts: u32,
    /// When it was made.
    pub created: Timestamp,
    /// When it is tried next, while it waits.
    pub next_attempt: Timestamp,
    /// When it was sent or given up.
    pub settled: Option<Timestamp>,
    /// What the server, or the failure, said last.
    pub reply: Option<String>,
}

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxState {
    /// Waiting for its next attempt.
    Queued,
    /// Being spoken about with the server.
    Sending,
    /// The server took it.
    Sent,
    /// Given up.
    Undeliverable,
    /// Taken out by hand.
    Discarded,
}

impl OutboxState {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Queued, "queued"),
        (Self::Sending, "sending"),
        (Self::Sent, "sent"),
        (Self::Undeliverable, "undeliverable"),
        (Self::Discarded, "discarded"),
    ];

    /// As stored and as printed.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(state, _)| *state == self)
            .map_or("", |(_, name)| name)
    }

    pub(in crate::store) fn from_name(name: &str) -> Result<Self, StoreError> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(state, _)| *state)
            .ok_or_else(|| StoreError::Value(format!("unknown outbox state {name}")))
    }
}

pub(super) const COLUMNS: &str =
    "id, recipient_id, address, sender, kind, message_id, subject, hits, state,
    attempts, doubtful_attempts, created_at, next_attempt_at, settled_at, reply FROM outbox";

pub(super) fn read(row: &Row<'_>) -> Result<OutboxRow, StoreError> {
    let state: String = row.get(8)?;
    Ok(OutboxRow {
        id: row.get(0)?,
        recipient_id: row.get(1)?,
        address: row.get(2)?,
        sender: row.get(3)?,
        kind: row.get(4)?,
        message_id: row.get(5)?,
        subject: row.get(6)?,
        hits: row.get(7)?,
        state: OutboxState::from_name(&state)?,
        attempts: row.get(9)?,
        doubtful_attempts: row.get(10)?,
        created: time(row.get(11)?),
        next_attempt: time(row.get(12)?),
        settled: row.get::<_, Option<i64>>(13)?.map(time),
        reply: row.get(14)?,
    })
}

/// A message, if there is one of this number.
pub fn find(connection: &Connection, id: i64) -> Result<Option<OutboxRow>, StoreError> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} WHERE id = ?1"))?
        .query_and_then([id], read)?
        .next()
        .transpose()
}

pub(super) fn recipient_of(connection: &Connection, id: i64) -> Result<Option<String>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT recipient_id FROM outbox WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// The message itself, complete; `None` when there is none of this number, or when its time was over.
pub fn message(connection: &Connection, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT bytes FROM message WHERE outbox_id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

pub(super) fn finish(
    connection: &Connection,
    id: i64,
    state: OutboxState,
    reply: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE outbox SET state = ?2, settled_at = ?3, reply = ?4
             WHERE id = ?1 AND state = 'sending'",
        )?
        .execute(params![id, state.name(), seconds(now), reply])?;
    Ok(())
}
