//! Messages put into the outbox.

use jiff::Timestamp;
use rusqlite::params;

use crate::core::digest::DetailLevel;
use crate::store::digests::ConsumedHits;
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError};

/// What kind of mail a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// One watch, at once.
    Alert,
    /// Everything in a window of time.
    Digest,
    /// How the feeds are, for the operator.
    Notice,
    /// What a week was like. It tells no hit.
    Summary,
}

impl MailKind {
    /// As stored and as printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Digest => "digest",
            Self::Notice => "notice",
            Self::Summary => "summary",
        }
    }
}

/// A message to be queued.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// The recipient's id.
    pub recipient_id: String,
    /// Where it goes.
    pub address: String,
    /// Envelope sender.
    pub sender: String,
    /// What kind of mail it is.
    pub kind: MailKind,
    /// The watch of an alert.
    pub watch_id: Option<String>,
    /// With its angle brackets.
    pub message_id: String,
    /// For people.
    pub subject: String,
    /// Complete, RFC 5322.
    pub message: Vec<u8>,
    /// Hits that it carries, beside what it [`takes`](Contents::takes).
    pub hits: Vec<i64>,
}

/// What a message tells, and of what.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// The number that it names itself by, which is the [`next_number`]; `None` if it names none.
    pub number: Option<i64>,
    /// How much it says.
    pub wording: DetailLevel,
    /// The first of the messages that were made anew, one of another, after a refusal.
    pub family: Option<i64>,
    /// The entries that it tells in full.
    pub full: Vec<i64>,
    /// The entries that it tells in a line each.
    pub headlines: Vec<i64>,
    /// What it takes of what is owed.
    pub takes: ConsumedHits,
}

/// The number of the next message, within the transaction that makes it.
pub fn next_number(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM outbox")?
        .query_row([], |row| row.get(0))?)
}

/// Queues a message; part of the transaction that marks its hits.
pub(in crate::store) fn insert(
    connection: &Connection,
    message: &NewMessage,
    contents: &Contents,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let id = match contents.number {
        Some(number) => number,
        None => next_number(connection)?,
    };
    connection
        .prepare_cached(
            "INSERT INTO outbox (id, recipient_id, address, sender, kind, watch_id, message_id,
                                 subject, hits, state, created_at, next_attempt_at, wording, family)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 'queued', ?9, ?9, ?10, ?11)",
        )?
        .execute(params![
            id,
            message.recipient_id,
            message.address,
            message.sender,
            message.kind.name(),
            message.watch_id,
            message.message_id,
            message.subject,
            seconds(now),
            contents.wording.number(),
            contents.family
        ])?;
    connection
        .prepare_cached("INSERT INTO message (outbox_id, bytes) VALUES (?1, ?2)")?
        .execute(params![id, message.message])?;
    let mut tell = connection.prepare_cached(
        "INSERT INTO told (outbox_id, entry_id, how) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    for (how, entries) in [("full", &contents.full), ("headline", &contents.headlines)] {
        for entry in entries {
            tell.execute(params![id, entry, how])?;
        }
    }
    Ok(id)
}
