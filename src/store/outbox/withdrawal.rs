//! Messages that are never sent, whose contents are owed again or go out in others.

use jiff::Timestamp;
use rusqlite::{TransactionBehavior, params};

use super::row::{OutboxState, finish, recipient_of};
use crate::fault;
use crate::store::digests::finish_marking;
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError};

/// Keeps a message that is never sent; what it carried is owed again.
pub(super) fn take_back(
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
    if let Some(recipient) = recipient_of(&transaction, id)? {
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
    let recipient = recipient_of(&transaction, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
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
