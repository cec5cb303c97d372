//! Messages waiting for the mail server, and the ledger of those that went.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::StoreError;
use super::values::{seconds, time};

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
    /// `alert` or `digest`.
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

    fn from_name(name: &str) -> Result<Self, StoreError> {
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
}

impl MailKind {
    /// As stored and as printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Digest => "digest",
            Self::Notice => "notice",
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
    /// Hits that it carries.
    pub hits: Vec<i64>,
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

/// Queues a message; part of the transaction that marks its hits.
pub(super) fn insert(
    connection: &Connection,
    message: &NewMessage,
    now: Timestamp,
) -> Result<i64, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO outbox (recipient_id, address, sender, kind, watch_id, message_id, subject,
                                 hits, state, created_at, next_attempt_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'queued', ?9, ?9)",
        )?
        .execute(params![
            message.recipient_id,
            message.address,
            message.sender,
            message.kind.name(),
            message.watch_id,
            message.message_id,
            message.subject,
            message.hits.len() as u64,
            seconds(now)
        ])?;
    let id = connection.last_insert_rowid();
    connection
        .prepare_cached("INSERT INTO message (outbox_id, bytes) VALUES (?1, ?2)")?
        .execute(params![id, message.message])?;
    Ok(id)
}

/// Queues again what a crash left between the server and the commit: sent again with the same
/// bytes, and counted as possibly received twice. Gives their number.
pub fn recover(connection: &mut Connection, now: Timestamp) -> Result<usize, StoreError> {
    Ok(connection.execute(
        "UPDATE outbox SET state = 'queued', doubtful_attempts = doubtful_attempts + 1,
                next_attempt_at = ?1,
                reply = 'the program ended before the server answered'
         WHERE state = 'sending'",
        [seconds(now)],
    )?)
}

/// Which messages may be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Those whose next attempt is due at that time, the one that has waited longest first.
    At(Timestamp),
    /// Any with a number above this one, in the order of their numbers.
    After(i64),
}

/// A message to be sent: its row, and all of its bytes.
pub type Claimed = (OutboxRow, Vec<u8>);

/// Takes a message that waits, and marks it as being sent.
pub fn claim(connection: &mut Connection, due: Due) -> Result<Option<Claimed>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let claimed = take(&transaction, due)?;
    transaction.commit()?;
    Ok(claimed)
}

fn take(connection: &Connection, due: Due) -> Result<Option<Claimed>, StoreError> {
    let (query, bound) = match due {
        Due::At(now) => (
            "SELECT id FROM outbox WHERE state = 'queued' AND next_attempt_at <= ?1
             AND NOT EXISTS (SELECT 1 FROM rest WHERE until > ?1 AND until <= ?1 + 7200)
             ORDER BY next_attempt_at, id LIMIT 1",
            seconds(now),
        ),
        Due::After(id) => (
            "SELECT id FROM outbox WHERE state = 'queued' AND id > ?1 ORDER BY id LIMIT 1",
            id,
        ),
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
    let row = get(connection, id)?;
    let message = connection
        .prepare_cached("SELECT bytes FROM message WHERE outbox_id = ?1")?
        .query_row([id], |row| row.get(0))?;
    Ok(row.map(|row| (row, message)))
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// The server took it, and said this.
    Sent {
        /// Its reply.
        reply: String,
    },
    /// To be tried again.
    Retry {
        /// When.
        at: Timestamp,
        /// Until when every other message waits too, if the server needs rest or is away.
        relay_rests_until: Option<Timestamp>,
        /// Why.
        why: String,
        /// Whether the message may have arrived all the same.
        doubtful: bool,
    },
    /// The fault is not the message's: nothing is tried before that time, and the attempt does not
    /// count.
    Pause {
        /// Until when the whole queue waits.
        until: Timestamp,
        /// Why.
        why: String,
    },
    /// Given up.
    Undeliverable {
        /// Why.
        why: String,
    },
}

/// Records how the attempt at a claimed message ended.
pub fn settle(
    connection: &mut Connection,
    id: i64,
    settlement: &Settlement,
    now: Timestamp,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    record(&transaction, id, settlement, now)?;
    transaction.commit()?;
    Ok(())
}

/// Records how the attempt at a claimed message ended and claims the next, in one commit: a commit
/// waits for the disk, and there is never more than one message in doubt all the same.
pub fn settle_and_claim(
    connection: &mut Connection,
    id: i64,
    settlement: &Settlement,
    now: Timestamp,
    due: Due,
) -> Result<Option<Claimed>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    record(&transaction, id, settlement, now)?;
    let claimed = take(&transaction, due)?;
    transaction.commit()?;
    Ok(claimed)
}

fn record(
    connection: &Connection,
    id: i64,
    settlement: &Settlement,
    now: Timestamp,
) -> Result<(), StoreError> {
    match settlement {
        Settlement::Sent { reply } => {
            finish(connection, id, OutboxState::Sent, reply, now)?;
        }
        Settlement::Undeliverable { why } => {
            finish(connection, id, OutboxState::Undeliverable, why, now)?;
        }
        Settlement::Retry {
            at,
            relay_rests_until,
            why,
            doubtful,
        } => {
            connection
                .prepare_cached(
                    "UPDATE outbox SET state = 'queued', next_attempt_at = ?2, reply = ?3,
                            doubtful_attempts = doubtful_attempts + ?4
                     WHERE id = ?1 AND state = 'sending'",
                )?
                .execute(params![id, seconds(*at), why, doubtful])?;
            if let Some(until) = relay_rests_until {
                hold_back(connection, *until, why)?;
            }
        }
        Settlement::Pause { until, why } => {
            connection.execute(
                "UPDATE outbox SET state = 'queued', attempts = attempts - 1, reply = ?2
                 WHERE id = ?1 AND state = 'sending'",
                params![id, why],
            )?;
            hold_back(connection, *until, why)?;
        }
    }
    Ok(())
}

/// Takes a claimed message back for good: it is kept and never sent, and what it carried is owed
/// again, at once.
pub fn withdraw(
    connection: &mut Connection,
    id: i64,
    why: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute(
        "UPDATE outbox SET state = 'discarded', attempts = attempts - 1, settled_at = ?2, reply = ?3
         WHERE id = ?1 AND state = 'sending'",
        params![id, seconds(now), why],
    )?;
    for column in ["alert_id", "digest_id"] {
        transaction.execute(
            &format!("UPDATE delivery SET {column} = NULL WHERE {column} = ?1"),
            [id],
        )?;
    }
    transaction.execute(
        "UPDATE recipient SET last_due_at = 0
         WHERE id = (SELECT recipient_id FROM outbox WHERE id = ?1 AND kind = 'digest')",
        [id],
    )?;
    transaction.commit()?;
    Ok(())
}

/// Lets every message that waits be tried at once: whoever reloads the configuration may have mended
/// what held them up.
pub fn hurry(connection: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    connection.execute("DELETE FROM rest", [])?;
    Ok(connection.execute(
        "UPDATE outbox SET next_attempt_at = ?1 WHERE state = 'queued' AND next_attempt_at > ?1",
        [seconds(now)],
    )?)
}

/// Lets nothing be tried before that time: a server that needs rest, or that refuses us, is not asked
/// again for each new message. Longer rests than are ever taken, which a clock that was set back
/// leaves behind, count as over.
fn hold_back(connection: &Connection, until: Timestamp, why: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO rest (id, until, why) VALUES (1, ?1, ?2)
             ON CONFLICT (id) DO UPDATE SET until = excluded.until, why = excluded.why",
        )?
        .execute(params![seconds(until), why])?;
    Ok(())
}

/// Until when nothing is sent, and why, if the server needs rest or refuses us.
pub fn rest(
    connection: &Connection,
    now: Timestamp,
) -> Result<Option<(Timestamp, String)>, StoreError> {
    Ok(connection
        .query_row(
            "SELECT until, why FROM rest WHERE until > ?1",
            [seconds(now)],
            |row| Ok((time(row.get(0)?), row.get(1)?)),
        )
        .optional()?)
}

fn finish(
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

fn get(connection: &Connection, id: i64) -> Result<Option<OutboxRow>, StoreError> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} WHERE id = ?1"))?
        .query_and_then([id], read)?
        .next()
        .transpose()
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

/// Puts a message that waits, or was given up, at the front. Gives whether there was one.
pub fn retry(connection: &Connection, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    connection.execute("DELETE FROM rest", [])?;
    Ok(connection.execute(
        "UPDATE outbox SET state = 'queued', next_attempt_at = ?2, settled_at = NULL, attempts = 0
         WHERE id = ?1 AND state IN ('queued', 'undeliverable')",
        params![id, seconds(now)],
    )? > 0)
}

/// Puts every message that waits, or was given up, at the front. Gives their number.
pub fn retry_all(connection: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    connection.execute("DELETE FROM rest", [])?;
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

/// When the last mail of this kind, and of this watch if one is given, was made for a recipient.
pub fn last_made(
    connection: &Connection,
    recipient_id: &str,
    kind: MailKind,
    watch_id: Option<&str>,
) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = connection
        .prepare_cached(
            "SELECT max(created_at) FROM outbox
             WHERE recipient_id = ?1 AND kind = ?2 AND (?3 IS NULL OR watch_id = ?3)",
        )?
        .query_row(params![recipient_id, kind.name(), watch_id], |row| {
            row.get(0)
        })?;
    Ok(at.map(time))
}

/// Alerts made for a recipient since then.
pub fn alerts_since(
    connection: &Connection,
    recipient_id: &str,
    since: Timestamp,
) -> Result<u32, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT count(*) FROM outbox
             WHERE recipient_id = ?1 AND kind = 'alert' AND created_at > ?2",
        )?
        .query_row(params![recipient_id, seconds(since)], |row| row.get(0))?)
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
