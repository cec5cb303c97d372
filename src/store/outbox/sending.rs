//! A message's way to the server: claimed, spoken about, settled.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::{OutboxRow, OutboxState, get};
use crate::fault;
use crate::store::StoreError;
use crate::store::digests::finish_marking;
use crate::store::sql_values::{seconds, time};

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
pub enum Due {
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
pub fn claim(connection: &mut Connection, due: Due) -> Result<Option<Claimed>, StoreError> {
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

fn take(connection: &Connection, due: Due) -> Result<Option<Claimed>, StoreError> {
    let (query, bound) = match due {
        Due::At(now) => (
            // No attempt is ever planned so far ahead: a clock was set back.
            "SELECT id FROM outbox
             WHERE state = 'queued' AND (next_attempt_at <= ?1 OR next_attempt_at > ?1 + 7200)
             AND NOT EXISTS (SELECT 1 FROM rest WHERE until > ?1 AND until <= ?1 + 7200)  -- see `rest`
             ORDER BY next_attempt_at, id LIMIT 1",
            seconds(now),
        ),
        Due::New(id) => (
            "SELECT id FROM outbox WHERE state = 'queued' AND attempts = 0 AND id > ?1
             ORDER BY id LIMIT 1",
            id,
        ),
        Due::Again(id) => ("SELECT id FROM outbox WHERE state = 'queued' AND id = ?1", id),
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
    let message = super::message(connection, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
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
    /// Refused, though it holds no word that could be left out.
    Refused {
        /// Until when nothing is made or tried for its recipient.
        until: Timestamp,
        /// Why.
        why: String,
        /// Whether there is nobody else to whom mail could be taken.
        only_recipient: bool,
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
    fault::point("settlement-written");
    transaction.commit()?;
    fault::point("settlement-committed");
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
    fault::point("settlement-and-claim-written");
    transaction.commit()?;
    fault::point("settlement-and-claim-committed");
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
            // Whoever takes a message has rested enough.
            connection.prepare_cached("DELETE FROM rest")?.execute([])?;
            connection
                .prepare_cached(
                    "DELETE FROM refusal
                     WHERE recipient_id = (SELECT recipient_id FROM outbox WHERE id = ?1)",
                )?
                .execute([id])?;
            connection
                .prepare_cached("UPDATE refusal SET alone = 1 WHERE NOT alone")?
                .execute([])?;
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
                hold_back(connection, *until, why, Cause::Server)?;
            }
        }
        Settlement::Pause { until, why } => {
            // The others go first afterwards: one whose reason was this message alone would hold them up for ever.
            connection.execute(
                "UPDATE outbox SET state = 'queued', attempts = attempts - 1, reply = ?2,
                        next_attempt_at = max(next_attempt_at, ?3)
                 WHERE id = ?1 AND state = 'sending'",
                params![id, why, seconds(*until)],
            )?;
            hold_back(connection, *until, why, Cause::Configuration)?;
        }
        Settlement::Refused {
            until,
            why,
            only_recipient,
        } => {
            refuse(connection, id, *until, why, now)?;
            let refused: u64 = connection.query_row(
                "SELECT count(*) FROM refusal WHERE NOT alone",
                [],
                |row| row.get(0),
            )?;
            if *only_recipient || refused > 1 {
                hold_back(connection, *until, why, Cause::Configuration)?;
            }
        }
    }
    Ok(())
}

/// The fault was not what the message says: whatever waits for the recipient and was made anew is taken
/// back, and what it carried is owed again, in every word. Another waits as it is. One recipient's
/// refusal is no other's.
fn refuse(
    connection: &Connection,
    id: i64,
    until: Timestamp,
    why: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let recipient: String = connection.query_row(
        "SELECT recipient_id FROM outbox WHERE id = ?1",
        [id],
        |row| row.get(0),
    )?;
    finish_marking(connection, &recipient)?;
    let made_anew: Vec<i64> = connection
        .prepare_cached(
            "SELECT id FROM outbox WHERE recipient_id = ?1 AND family IS NOT NULL
               AND kind NOT IN ('notice', 'summary') AND state IN ('queued', 'sending')",
        )?
        .query_map([&recipient], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in made_anew {
        take_back(connection, id, why, now)?;
    }
    connection.execute(
        "UPDATE outbox SET state = 'queued', attempts = attempts - 1, reply = ?2
         WHERE id = ?1 AND state = 'sending'",
        params![id, why],
    )?;
    connection.execute(
        "UPDATE outbox SET next_attempt_at = max(next_attempt_at, ?2)
         WHERE recipient_id = ?1 AND state = 'queued'",
        params![recipient, seconds(until)],
    )?;
    connection.execute(
        "INSERT OR REPLACE INTO refusal (recipient_id, until, why, alone) VALUES (?1, ?2, ?3, 0)",
        params![recipient, seconds(until), why],
    )?;
    Ok(())
}

/// Keeps a message that is never sent; what it carried is owed again.
fn take_back(
    connection: &Connection,
    id: i64,
    why: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE outbox SET state = 'discarded', attempts = attempts - (state = 'sending'),
                settled_at = ?2, reply = ?3
         WHERE id = ?1 AND state IN ('queued', 'sending')",
        params![id, seconds(now), why],
    )?;
    let_go(connection, id, why, now)?;
    connection.execute(
        "UPDATE recipient SET last_due_at = 0
         WHERE id = (SELECT recipient_id FROM outbox WHERE id = ?1 AND kind = 'digest')",
        [id],
    )?;
    Ok(())
}

/// What a message carried is owed again. A digest that lists an alert as sent, which was not, is taken back
/// with it while it waits; one that went out has told its items, by their headlines.
fn let_go(connection: &Connection, id: i64, why: &str, now: Timestamp) -> Result<(), StoreError> {
    let listed_in: Vec<i64> = connection
        .prepare_cached(
            "SELECT DISTINCT outbox.id FROM delivery JOIN outbox ON outbox.id = delivery.digest_id
             WHERE delivery.alert_id = ?1 AND outbox.state IN ('queued', 'sending')",
        )?
        .query_map([id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for digest in listed_in {
        take_back(connection, digest, why, now)?;
    }
    for column in ["alert_id", "digest_id"] {
        connection.execute(
            &format!("UPDATE delivery SET {column} = NULL WHERE {column} = ?1"),
            [id],
        )?;
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
    let recipient: Option<String> = transaction
        .query_row(
            "SELECT recipient_id FROM outbox WHERE id = ?1",
            [id],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(recipient) = recipient {
        finish_marking(&transaction, &recipient)?;
    }
    take_back(&transaction, id, why, now)?;
    fault::point("withdrawal-written");
    transaction.commit()?;
    fault::point("withdrawal-committed");
    Ok(())
}

/// Replaces a claimed message, whose content the server refused: `make` posts others that take what it
/// carried, and gives their numbers; when there are none, that is owed again. It is kept, says so, and
/// is never sent again.
pub fn replace(
    connection: &mut Connection,
    id: i64,
    why: &str,
    now: Timestamp,
    make: impl FnOnce(&Connection) -> Result<Vec<i64>, StoreError>,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let recipient: String = transaction.query_row(
        "SELECT recipient_id FROM outbox WHERE id = ?1",
        [id],
        |row| row.get(0),
    )?;
    finish_marking(&transaction, &recipient)?;
    let numbers: Vec<String> = make(&transaction)?.iter().map(i64::to_string).collect();
    let reply = if numbers.is_empty() {
        let_go(&transaction, id, why, now)?;
        format!("refused for its content; what it told is owed to the next mail: {why}")
    } else {
        format!(
            "refused for its content; made anew as {}: {why}",
            numbers.join(" and ")
        )
    };
    finish(&transaction, id, OutboxState::Discarded, &reply, now)?;
    fault::point("replacement-written");
    transaction.commit()?;
    fault::point("replacement-committed");
    Ok(())
}

/// Lets every message that waits be tried at once: whoever reloads the configuration may have mended
/// what held them up.
pub fn hurry(connection: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    forget_refusals(connection)?;
    Ok(connection.execute(
        "UPDATE outbox SET next_attempt_at = ?1 WHERE state = 'queued' AND next_attempt_at > ?1",
        [seconds(now)],
    )?)
}

/// Lets everybody's mail be made and tried: a person has acted.
pub(super) fn forget_refusals(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.execute_batch("DELETE FROM rest; DELETE FROM refusal;")?)
}

/// Until when nothing is made for a recipient, whose mail is refused whatever it says. A time further
/// ahead than any that is ever set, which a clock that was set back leaves behind, counts as over.
pub fn refused_until(
    connection: &Connection,
    recipient_id: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT until FROM refusal
             WHERE recipient_id = ?1 AND until > ?2 AND until <= ?2 + 7200",
        )?
        .query_row(params![recipient_id, seconds(now)], |row| {
            row.get(0).map(time)
        })
        .optional()?)
}

/// Forgets the refusals of mail to anybody but these.
pub fn keep_refusals_of(
    connection: &Connection,
    is_recipient: impl Fn(&str) -> bool,
) -> Result<(), StoreError> {
    let refused: Vec<String> = connection
        .prepare_cached("SELECT recipient_id FROM refusal")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for recipient in refused.iter().filter(|recipient| !is_recipient(recipient)) {
        connection.execute("DELETE FROM refusal WHERE recipient_id = ?1", [recipient])?;
    }
    Ok(())
}

/// Why nothing is tried for a while.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// The server needs rest, or is away.
    Server,
    /// It refuses this sender, and time alone mends nothing.
    Configuration,
}

/// Lets nothing be tried before that time: a server that needs rest, or that refuses us, is not asked
/// again for each new message.
fn hold_back(
    connection: &Connection,
    until: Timestamp,
    why: &str,
    cause: Cause,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO rest (id, until, why, refused) VALUES (1, ?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE
             SET until = excluded.until, why = excluded.why, refused = excluded.refused",
        )?
        .execute(params![seconds(until), why, cause == Cause::Configuration])?;
    Ok(())
}

/// Records that no message can be sent at all, for there is no way out: a person has to act. It holds until
/// another attempt may be made, and counts until one has succeeded.
pub fn cannot_send(connection: &Connection, why: &str, now: Timestamp) -> Result<(), StoreError> {
    hold_back(connection, now, why, Cause::Configuration)
}

/// Why the server refuses this sender, or all mail to one recipient, as long as nothing has gone out
/// since: a person has to act.
pub fn refusal(connection: &Connection) -> Result<Option<String>, StoreError> {
    Ok(connection
        .query_row(
            "SELECT why FROM (
               SELECT 0 AS place, why FROM rest WHERE refused
               UNION ALL SELECT 1, 'to ' || recipient_id || ': ' || why FROM refusal)
             ORDER BY place, why LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()?)
}

/// Until when nothing is sent, and why, if the server needs rest or refuses us. A rest longer than
/// any that is ever taken, which a clock that was set back leaves behind, counts as over.
pub fn rest(
    connection: &Connection,
    now: Timestamp,
) -> Result<Option<(Timestamp, String)>, StoreError> {
    Ok(connection
        .query_row(
            "SELECT until, why FROM rest WHERE until > ?1 AND until <= ?1 + 7200",
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
