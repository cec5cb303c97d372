//! How an attempt to send a message ended, and what that makes of it and of the queue.

use jiff::Timestamp;
use rusqlite::{TransactionBehavior, params};

use super::backoff::{Cause, end_rest, hold_back};
use super::claim::{ClaimFilter, Claimed, take};
use super::row::{OutboxState, finish, recipient_of};
use super::withdrawal::take_back;
use crate::fault;
use crate::store::digests::finish_marking;
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError};

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptOutcome {
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
    settlement: &AttemptOutcome,
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
    settlement: &AttemptOutcome,
    now: Timestamp,
    due: ClaimFilter,
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
    settlement: &AttemptOutcome,
    now: Timestamp,
) -> Result<(), StoreError> {
    match settlement {
        AttemptOutcome::Sent { reply } => {
            finish(connection, id, OutboxState::Sent, reply, now)?;
            end_rest(connection, id)?;
        }
        AttemptOutcome::Undeliverable { why } => {
            finish(connection, id, OutboxState::Undeliverable, why, now)?;
        }
        AttemptOutcome::Retry {
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
        AttemptOutcome::Pause { until, why } => {
            // The others go first afterwards: one whose reason was this message alone would hold them up for ever.
            connection.execute(
                "UPDATE outbox SET state = 'queued', attempts = attempts - 1, reply = ?2,
                        next_attempt_at = max(next_attempt_at, ?3)
                 WHERE id = ?1 AND state = 'sending'",
                params![id, why, seconds(*until)],
            )?;
            hold_back(connection, *until, why, Cause::Configuration)?;
        }
        AttemptOutcome::Refused {
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
    let recipient = recipient_of(connection, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
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
