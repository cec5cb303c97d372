//! When nothing is tried: the server needs rest or refuses us, or refuses all mail to a recipient.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::store::sql_values::{seconds, time};
use crate::store::{Connection, StoreError};

/// Lets every message that waits be tried at once: whoever reloads the configuration may have mended
/// what held them up.
pub fn make_all_due(connection: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    forget_refusals(connection)?;
    Ok(connection.execute(
        "UPDATE outbox SET next_attempt_at = ?1 WHERE state = 'queued' AND next_attempt_at > ?1",
        [seconds(now)],
    )?)
}

/// Whoever takes a message has rested enough.
pub(super) fn end_rest(connection: &Connection, id: i64) -> Result<(), StoreError> {
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
    Ok(())
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
pub(super) enum Cause {
    /// The server needs rest, or is away.
    Server,
    /// It refuses this sender, and time alone mends nothing.
    Configuration,
}

/// Lets nothing be tried before that time: a server that needs rest, or that refuses us, is not asked
/// again for each new message.
pub(super) fn hold_back(
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
