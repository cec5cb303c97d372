//! What recipients are owed, and the transaction that turns it into messages.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior, params};

use super::StoreError;
use super::hits::{self, HitRow};
use super::outbox::{self, MailKind, NewMessage};
use super::values::{from_json, seconds, time, to_json};
use crate::fault;

/// A hit that a recipient has not had in a digest, or not in an alert.
#[derive(Clone, Debug)]
pub struct OwedHit {
    /// The hit.
    pub hit: HitRow,
    /// Whether it went out as an alert already.
    pub alerted: bool,
}

/// How far a recipient's digests have come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The digest time last seen to, whether or not there was something to say.
    pub last_due: Timestamp,
    /// End of the window of the last digest.
    pub covered_until: Timestamp,
    /// What the last digest said of feeds in trouble: one word a trouble.
    pub told_troubles: BTreeSet<String>,
}

/// How far the recipient's digests have come; `None` before the first.
pub fn progress(
    connection: &Connection,
    recipient_id: &str,
) -> Result<Option<Progress>, StoreError> {
    connection
        .prepare_cached(
            "SELECT last_due_at, covered_until, told_troubles FROM recipient WHERE id = ?1",
        )?
        .query_and_then([recipient_id], |row| {
            let told: String = row.get(2)?;
            Ok(Progress {
                last_due: time(row.get(0)?),
                covered_until: time(row.get(1)?),
                told_troubles: from_json(&told)?,
            })
        })?
        .next()
        .transpose()
}

/// What the recipient's next digest holds, oldest first.
pub fn owed_in_digest(
    connection: &Connection,
    recipient_id: &str,
) -> Result<Vec<OwedHit>, StoreError> {
    owed(connection, recipient_id, "delivery.digest_id IS NULL")
}

/// What the recipient is to be told at once, oldest first.
pub fn owed_as_alert(
    connection: &Connection,
    recipient_id: &str,
) -> Result<Vec<OwedHit>, StoreError> {
    owed(
        connection,
        recipient_id,
        "delivery.urgency = 'alert' AND delivery.alert_id IS NULL AND delivery.digest_id IS NULL",
    )
}

fn owed(
    connection: &Connection,
    recipient_id: &str,
    condition: &str,
) -> Result<Vec<OwedHit>, StoreError> {
    let (columns, tables) = (hits::COLUMNS, hits::TABLES);
    connection
        .prepare_cached(&format!(
            "SELECT {columns},
                    EXISTS (SELECT 1 FROM outbox WHERE outbox.id = delivery.alert_id
                            AND outbox.state = 'sent')
             {tables}
             JOIN delivery ON delivery.hit_id = hit.id
             WHERE delivery.recipient_id = ?1 AND {condition}
             ORDER BY hit.id"
        ))?
        .query_and_then([recipient_id], |row| {
            Ok(OwedHit {
                hit: hits::read(row)?,
                alerted: row.get(hits::COLUMN_COUNT)?,
            })
        })?
        .collect()
}

/// Everyone to whom something is owed, in a digest or an alert.
pub fn creditors(connection: &Connection) -> Result<Vec<String>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT DISTINCT recipient_id FROM delivery
             WHERE digest_id IS NULL AND alert_id IS NULL",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// What `compose` made of what is owed.
#[derive(Clone, Debug, Default)]
pub struct Composed {
    /// The messages; none leaves everything as it is, but for the progress.
    pub messages: Vec<NewMessage>,
    /// How far the digests have come now, when it was time for one.
    pub progress: Option<Progress>,
    /// When to look again, for what waits until then.
    pub look_again: Option<Timestamp>,
}

/// Queues notices and records what they tell of each feed, in one transaction.
pub fn queue_notices(
    connection: &mut Connection,
    notices: &[NewMessage],
    told: &[(String, String)],
    now: Timestamp,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for notice in notices {
        outbox::insert(&transaction, notice, now)?;
    }
    for (feed, health) in told {
        transaction
            .prepare_cached("UPDATE feed SET told_health = ?2 WHERE id = ?1")?
            .execute(params![feed, health])?;
    }
    fault::point("notice-written");
    transaction.commit()?;
    fault::point("notice-committed");
    Ok(())
}

/// Runs `compose` over the database and queues its messages, marking the hits that they carry, in
/// one transaction. Gives what was composed.
pub fn queue(
    connection: &mut Connection,
    recipient_id: &str,
    now: Timestamp,
    compose: impl FnOnce(&Connection) -> Result<Composed, StoreError>,
) -> Result<Composed, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let composed = compose(&transaction)?;
    for message in &composed.messages {
        let outbox_id = outbox::insert(&transaction, message, now)?;
        let column = match message.kind {
            MailKind::Alert => "alert_id",
            MailKind::Digest => "digest_id",
            MailKind::Notice => continue,
        };
        let mut mark = transaction.prepare_cached(&format!(
            "UPDATE delivery SET {column} = ?3
             WHERE hit_id = ?1 AND recipient_id = ?2 AND {column} IS NULL"
        ))?;
        for hit in &message.hits {
            mark.execute(params![hit, recipient_id, outbox_id])?;
        }
    }
    if let Some(progress) = &composed.progress {
        transaction
            .prepare_cached(
                "INSERT INTO recipient (id, last_due_at, covered_until, told_troubles)
                 VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET last_due_at = excluded.last_due_at,
                                                covered_until = excluded.covered_until,
                                                told_troubles = excluded.told_troubles",
            )?
            .execute(params![
                recipient_id,
                seconds(progress.last_due),
                seconds(progress.covered_until),
                to_json(&progress.told_troubles)?
            ])?;
    }
    if !composed.messages.is_empty() {
        fault::point("mail-written");
    }
    transaction.commit()?;
    if !composed.messages.is_empty() {
        fault::point("mail-committed");
    }
    Ok(composed)
}
