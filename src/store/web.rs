//! Who may into the reading room, and the searches that its readers keep. Of links and sessions only hashes are
//! stored, so that whoever reads the file, or a backup of it, gets in nowhere.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, TransactionBehavior, params};

use super::sql_values::{seconds, time};
use super::{Connection, StoreError};
use crate::fault;

/// SHA-256 of what a link or a cookie holds.
pub type TokenHash = [u8; 32];

/// Seconds that the clocks of two processes may differ. What began later than that was made while the clock was
/// ahead, and holds no more: it would last as much longer.
const CLOCK_STEP: i64 = 3600;

/// Somebody who may in, or is in, for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPeriod {
    /// Who.
    pub name: String,
    /// From when.
    pub begins: Timestamp,
    /// Until when.
    pub ends: Timestamp,
}

/// Everything of one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revoked {
    /// Links that nobody had used.
    pub invites: usize,
    /// Sessions.
    pub sessions: usize,
}

/// Lets somebody in once, by a link that holds what was hashed.
pub fn invite(
    connection: &Connection,
    token: &TokenHash,
    name: &str,
    now: Timestamp,
    ends: Timestamp,
) -> Result<(), StoreError> {
    let_go(connection, now)?;
    connection.execute(
        "INSERT INTO web_invite (token_hash, name, made_at, ends_at) VALUES (?1, ?2, ?3, ?4)",
        params![token, name, seconds(now), seconds(ends)],
    )?;
    Ok(())
}

/// Whom a link lets in that nobody has used yet.
pub fn invited(
    connection: &Connection,
    token: &TokenHash,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT name FROM web_invite WHERE token_hash = ?1 AND ends_at > ?2 AND made_at <= ?2 + ?3",
        )?
        .query_row(params![token, seconds(now), CLOCK_STEP], |row| row.get(0))
        .optional()?)
}

/// Uses a link up and begins a session. Gives who it is; `None` for a link that is none, is over or was used.
pub fn begin_session(
    connection: &mut Connection,
    link: &TokenHash,
    session: &TokenHash,
    now: Timestamp,
    ends: Timestamp,
) -> Result<Option<String>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let_go(&transaction, now)?;
    let name: Option<String> = transaction
        .query_row(
            "DELETE FROM web_invite WHERE token_hash = ?1 RETURNING name",
            [link],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(name) = &name {
        transaction.execute(
            "INSERT INTO web_session (token_hash, name, began_at, ends_at) VALUES (?1, ?2, ?3, ?4)",
            params![session, name, seconds(now), seconds(ends)],
        )?;
    }
    fault::point("session-written");
    transaction.commit()?;
    fault::point("session-committed");
    Ok(name)
}

/// The session of a cookie, if it holds.
pub fn session(
    connection: &Connection,
    token: &TokenHash,
    now: Timestamp,
) -> Result<Option<AccessPeriod>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT name, began_at, ends_at FROM web_session
             WHERE token_hash = ?1 AND ends_at > ?2 AND began_at <= ?2 + ?3",
        )?
        .query_row(params![token, seconds(now), CLOCK_STEP], period)
        .optional()?)
}

fn period(row: &Row<'_>) -> Result<AccessPeriod, rusqlite::Error> {
    Ok(AccessPeriod {
        name: row.get(0)?,
        begins: time(row.get(1)?),
        ends: time(row.get(2)?),
    })
}

/// Ends a session.
pub fn end_session(connection: &Connection, token: &TokenHash) -> Result<(), StoreError> {
    connection.execute("DELETE FROM web_session WHERE token_hash = ?1", [token])?;
    Ok(())
}

/// Links that nobody has used, and sessions, that hold, each by name and time.
pub fn passes(
    connection: &Connection,
    now: Timestamp,
) -> Result<(Vec<AccessPeriod>, Vec<AccessPeriod>), StoreError> {
    let list = |table: &str, begins: &str| -> Result<Vec<AccessPeriod>, StoreError> {
        Ok(connection
            .prepare(&format!(
                "SELECT name, {begins}, ends_at FROM {table}
                 WHERE ends_at > ?1 AND {begins} <= ?1 + ?2 ORDER BY name, {begins}"
            ))?
            .query_map([seconds(now), CLOCK_STEP], period)?
            .collect::<Result<_, _>>()?)
    };
    Ok((
        list("web_invite", "made_at")?,
        list("web_session", "began_at")?,
    ))
}

/// Takes all links and sessions of somebody away.
pub fn revoke(connection: &mut Connection, name: &str) -> Result<Revoked, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let revoked = Revoked {
        invites: transaction.execute("DELETE FROM web_invite WHERE name = ?1", [name])?,
        sessions: transaction.execute("DELETE FROM web_session WHERE name = ?1", [name])?,
    };
    fault::point("revocation-written");
    transaction.commit()?;
    fault::point("revocation-committed");
    Ok(revoked)
}

/// Deletes what holds no more.
fn let_go(connection: &Connection, now: Timestamp) -> Result<(), StoreError> {
    let values = [seconds(now), CLOCK_STEP];
    connection.execute(
        "DELETE FROM web_invite WHERE ends_at <= ?1 OR made_at > ?1 + ?2",
        values,
    )?;
    connection.execute(
        "DELETE FROM web_session WHERE ends_at <= ?1 OR began_at > ?1 + ?2",
        values,
    )?;
    Ok(())
}

/// A search that is kept for all readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// What it is called.
    pub name: String,
    /// As the address of a page of hits has it.
    pub query: String,
    /// Who kept it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Searches that are kept at most, those of all readers: each of them is on each page of hits.
pub const SEARCHES_MAX: u64 = 40;
/// Bytes of all of them on such a page, which has each name several times.
const SEARCHES_BYTES: u64 = 10_000;

/// What came of keeping a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveSearchResult {
    /// It is kept.
    Kept,
    /// The name has another search, which is not replaced.
    Taken,
    /// There are [`SEARCHES_MAX`], or they are long.
    Full,
}

/// Keeps a search.
pub fn save_search(
    connection: &Connection,
    search: &SavedSearch,
) -> Result<SaveSearchResult, StoreError> {
    let known: Option<String> = connection
        .query_row(
            "SELECT query FROM saved_search WHERE name = ?1",
            [&search.name],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(known) = known {
        return Ok(if known == search.query {
            SaveSearchResult::Kept
        } else {
            SaveSearchResult::Taken
        });
    }
    let stored = connection.execute(
        "INSERT INTO saved_search (name, query, saved_by, saved_at) SELECT ?1, ?2, ?3, ?4
         WHERE (SELECT count(*) FROM saved_search) < ?5
         AND (SELECT total(length(query) + 5 * octet_length(name)) FROM saved_search)
             + length(?2) + 5 * octet_length(?1) <= ?6",
        params![
            search.name,
            search.query,
            search.by,
            seconds(search.at),
            SEARCHES_MAX,
            SEARCHES_BYTES
        ],
    )?;
    Ok(if stored > 0 {
        SaveSearchResult::Kept
    } else {
        SaveSearchResult::Full
    })
}

/// Forgets a search; gives whether there was one of that name.
pub fn forget_search(connection: &Connection, name: &str) -> Result<bool, StoreError> {
    Ok(connection.execute("DELETE FROM saved_search WHERE name = ?1", [name])? > 0)
}

/// The kept searches, by name.
pub fn saved_searches(connection: &Connection) -> Result<Vec<SavedSearch>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT name, query, saved_by, saved_at FROM saved_search ORDER BY name")?
        .query_map([], |row| {
            Ok(SavedSearch {
                name: row.get(0)?,
                query: row.get(1)?,
                by: row.get(2)?,
                at: time(row.get(3)?),
            })
        })?
        .collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
