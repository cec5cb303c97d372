//! Messages waiting for the mail server, and the ledger of those that went.

mod operator_actions;
mod sending;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

pub use operator_actions::{discard, retry, retry_all};
pub use sending::{
    Claimed, Due, Settlement, cannot_send, claim, hurry, keep_refusals_of, recover, refusal,
    refused_until, replace, rest, settle, settle_and_claim, tried_before, withdraw,
};

use super::StoreError;
use super::digests::Takes;
use super::sql_values::{seconds, time};
use crate::core::digest::Wording;

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
    /// See [`MailKind::name`].
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

    pub(super) fn from_name(name: &str) -> Result<Self, StoreError> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(state, _)| *state)
            .ok_or_else(|| StoreError::Value(format!("unknown outbox state {name}")))
    }
}

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
    pub wording: Wording,
    /// The first of the messages that were made anew, one of another, after a refusal.
    pub family: Option<i64>,
    /// The entries that it tells in full.
    pub full: Vec<i64>,
    /// The entries that it tells in a line each.
    pub headlines: Vec<i64>,
    /// What it takes of what is owed.
    pub takes: Takes,
}

const COLUMNS: &str = "id, recipient_id, address, sender, kind, message_id, subject, hits, state,
    attempts, doubtful_attempts, created_at, next_attempt_at, settled_at, reply FROM outbox";

fn read(row: &Row<'_>) -> Result<OutboxRow, StoreError> {
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

/// The number of the next message, within the transaction that makes it.
pub fn next_number(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM outbox")?
        .query_row([], |row| row.get(0))?)
}

/// Queues a message; part of the transaction that marks its hits.
pub(super) fn insert(
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

/// What a message was made of, for it to be made anew.
#[derive(Clone, Debug)]
pub struct Making {
    /// What kind of mail it is.
    pub kind: MailKind,
    /// The watch of an alert.
    pub watch_id: Option<String>,
    /// How much it says; `None` when that was not kept yet.
    pub wording: Option<Wording>,
    /// The first of the messages that were made anew, one of another; itself, if it is the first.
    pub family: i64,
    /// How many of those there are.
    pub family_size: u64,
    /// Whether another of those tells something in words, or may still.
    pub others_tell: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When the digest before it was made.
    pub digest_before: Option<Timestamp>,
    /// The entries that it shows, those of a feed side by side: what one feed has spoilt falls into one
    /// half.
    pub shown: Vec<i64>,
}

/// What a message was made of.
pub fn making(connection: &Connection, id: i64) -> Result<Option<Making>, StoreError> {
    let making = connection
        .query_row(
            "SELECT kind, watch_id, wording, coalesce(family, id), created_at,
                    (SELECT 1 + count(*) FROM outbox AS other
                     WHERE other.family = coalesce(outbox.family, outbox.id)),
                    (SELECT max(created_at) FROM outbox AS other
                     WHERE other.recipient_id = outbox.recipient_id AND other.kind = 'digest'
                       AND other.id < coalesce(outbox.family, outbox.id)),
                    EXISTS (SELECT 1 FROM outbox AS other
                     WHERE other.family = outbox.family AND other.id <> outbox.id
                       AND other.state IN ('queued', 'sending', 'sent') AND other.wording < ?2)
             FROM outbox WHERE id = ?1",
            params![id, Wording::Count.number()],
            |row| {
                let kind: String = row.get(0)?;
                Ok(Making {
                    kind: match kind.as_str() {
                        "alert" => MailKind::Alert,
                        "digest" => MailKind::Digest,
                        "summary" => MailKind::Summary,
                        _ => MailKind::Notice,
                    },
                    watch_id: row.get(1)?,
                    wording: row.get::<_, Option<i64>>(2)?.and_then(Wording::from_number),
                    family: row.get(3)?,
                    created: time(row.get(4)?),
                    family_size: row.get(5)?,
                    others_tell: row.get(7)?,
                    digest_before: row.get::<_, Option<i64>>(6)?.map(time),
                    shown: Vec::new(),
                })
            },
        )
        .optional()?;
    let Some(mut making) = making else {
        return Ok(None);
    };
    making.shown = connection
        .prepare_cached(
            "SELECT told.entry_id FROM told LEFT JOIN entry ON entry.id = told.entry_id
             WHERE told.outbox_id = ?1 ORDER BY entry.feed_id, told.entry_id",
        )?
        .query_map([id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(Some(making))
}

/// A message, if there is one of this number.
pub fn find(connection: &Connection, id: i64) -> Result<Option<OutboxRow>, StoreError> {
    get(connection, id)
}

fn get(connection: &Connection, id: i64) -> Result<Option<OutboxRow>, StoreError> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} WHERE id = ?1"))?
        .query_and_then([id], read)?
        .next()
        .transpose()
}

/// The message itself, complete; `None` when there is none of this number, or when its time was over.
pub fn message(connection: &Connection, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT bytes FROM message WHERE outbox_id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

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
pub fn standing(
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
mod tests {
    use super::*;

    #[test]
    fn of_many_that_wait_the_newest_that_was_tried_gives_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let connection = super::super::open(&folder.path().join("newsvigil.db")).unwrap();
        assert_eq!(waits_because(&connection).unwrap(), None);
        for (state, reply) in [
            ("queued", Some("an older reason")),
            ("queued", Some("451 greylisted")),
            ("sent", Some("250 taken")),
            ("undeliverable", Some("550 nobody")),
            ("queued", None),
        ] {
            connection
                .execute(
                    "INSERT INTO outbox (recipient_id, address, sender, kind, message_id, subject,
                                         hits, state, created_at, next_attempt_at, reply)
                     VALUES ('desk', 'desk@example.org', 'a@example.org', 'digest',
                             hex(randomblob(8)), 's', 1, ?1, 0, 0, ?2)",
                    params![state, reply],
                )
                .unwrap();
        }
        let reason = waits_because(&connection).unwrap();
        assert_eq!(reason.as_deref(), Some("451 greylisted"));
    }
}
