//! Recipients for whom no mail can be composed, and why: whoever hears nothing from us must not be
//! taken for somebody whom nothing happened to.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::store::sql_values::{seconds, time};
use crate::store::{Connection, StoreError};

/// A recipient for whom no mail can be composed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UncomposableMail {
    /// The recipient's id.
    pub recipient_id: String,
    /// Since when.
    pub since: Timestamp,
    /// What is wrong.
    pub why: String,
}

/// Records that a mail could not be composed. Gives whether that is news: it was not known, or it was known for
/// another reason.
pub fn record_uncomposable(
    connection: &Connection,
    recipient_id: &str,
    why: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let known: Option<String> = connection
        .prepare_cached("SELECT why FROM unmade WHERE recipient_id = ?1")?
        .query_row([recipient_id], |row| row.get(0))
        .optional()?;
    if known.as_deref() == Some(why) {
        return Ok(false);
    }
    connection.execute(
        "INSERT INTO unmade (recipient_id, since, why) VALUES (?1, ?2, ?3)
         ON CONFLICT (recipient_id) DO UPDATE SET why = excluded.why",
        params![recipient_id, seconds(now), why],
    )?;
    Ok(true)
}

/// Records that what a recipient is owed could be composed. Gives whether that is news.
pub fn clear_uncomposable(connection: &Connection, recipient_id: &str) -> Result<bool, StoreError> {
    let mut forget = connection.prepare_cached("DELETE FROM unmade WHERE recipient_id = ?1")?;
    Ok(forget.execute([recipient_id])? > 0)
}

/// Forgets the troubles of anybody but these.
pub fn retain_uncomposable_of(
    connection: &Connection,
    is_recipient: impl Fn(&str) -> bool,
) -> Result<(), StoreError> {
    for unmade in unmade(connection)? {
        if !is_recipient(&unmade.recipient_id) {
            clear_uncomposable(connection, &unmade.recipient_id)?;
        }
    }
    Ok(())
}

/// All of them, the one that has waited longest first.
pub fn unmade(connection: &Connection) -> Result<Vec<UncomposableMail>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT recipient_id, since, why FROM unmade ORDER BY since, recipient_id")?
        .query_map([], |row| {
            Ok(UncomposableMail {
                recipient_id: row.get(0)?,
                since: time(row.get(1)?),
                why: row.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}
