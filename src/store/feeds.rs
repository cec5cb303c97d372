//! The feeds' polling state.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Row, TransactionBehavior, params};

use super::StoreError;
use super::values::{from_json, seconds, time, to_json};
use crate::core::schedule::FeedState;
use crate::fault;

/// What is stored of a feed.
#[derive(Clone, Debug)]
pub struct FeedRow {
    /// Its id in the configuration.
    pub id: String,
    /// Its address when it was last polled.
    pub url: String,
    /// As it calls itself.
    pub title: Option<String>,
    /// Validators, health, next poll.
    pub state: FeedState,
    /// What had to be rescued in its last body.
    pub warnings: Vec<String>,
    /// Entries stored.
    pub entries: u64,
}

/// Every feed that was ever polled, by id.
pub fn all(connection: &Connection) -> Result<BTreeMap<String, FeedRow>, StoreError> {
    let mut rows = BTreeMap::new();
    let mut statement = connection.prepare(
        "SELECT id, url, title, state, warnings,
                (SELECT count(*) FROM entry WHERE feed_id = feed.id)
         FROM feed",
    )?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let feed = read(row)?;
        rows.insert(feed.id.clone(), feed);
    }
    Ok(rows)
}

/// Gives every state that is stored to `each`, with its feed's id, without holding them all.
pub fn each_state(
    connection: &Connection,
    each: &mut dyn FnMut(&str, FeedState),
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, state FROM feed")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let state = from_json(text(row, 1)?)?;
        each(text(row, 0)?, state);
    }
    Ok(())
}

/// Every feed's state, by id.
pub fn states(connection: &Connection) -> Result<BTreeMap<String, FeedState>, StoreError> {
    let mut states = BTreeMap::new();
    each_state(connection, &mut |id, state| {
        states.insert(id.to_owned(), state);
    })?;
    Ok(states)
}

/// The state of each of these feeds, in their order; the default for one that was never polled.
pub fn states_of(connection: &Connection, ids: &[String]) -> Result<Vec<FeedState>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT state FROM feed WHERE id = ?1")?;
    ids.iter()
        .map(|id| {
            let mut found = statement.query([id])?;
            match found.next()? {
                Some(row) => from_json(text(row, 0)?),
                None => Ok(FeedState::default()),
            }
        })
        .collect()
}

/// A column's text where it lies.
fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str, StoreError> {
    row.get_ref(column)?
        .as_str()
        .map_err(|error| StoreError::Value(error.to_string()))
}

fn read(row: &Row<'_>) -> Result<FeedRow, StoreError> {
    let state: String = row.get(3)?;
    let warnings: String = row.get(4)?;
    Ok(FeedRow {
        id: row.get(0)?,
        url: row.get(1)?,
        title: row.get(2)?,
        state: from_json(&state)?,
        warnings: from_json(&warnings)?,
        entries: row.get(5)?,
    })
}

/// Replaces the states for which `revised` gives another, in one transaction.
pub fn revise(
    connection: &mut Connection,
    revised: &mut dyn FnMut(&FeedState) -> Option<FeedState>,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut changed = Vec::new();
    each_state(&transaction, &mut |id, state| {
        changed.extend(revised(&state).map(|state| (id.to_owned(), state)));
    })?;
    for (id, state) in changed {
        transaction
            .prepare_cached("UPDATE feed SET state = ?2, next_poll_at = ?3 WHERE id = ?1")?
            .execute(params![
                id,
                to_json(&state)?,
                state.next_poll_at.map_or(0, seconds)
            ])?;
    }
    fault::point("outage-written");
    transaction.commit()?;
    fault::point("outage-committed");
    Ok(())
}

/// Notes that these feeds are being polled from now on, in one transaction. A poll that is recorded ends
/// it.
pub fn begin_polls(
    connection: &mut Connection,
    ids: &[String],
    now: Timestamp,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for id in ids {
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO poll_begun (feed_id, begun_at) VALUES (?1, ?2)",
            )?
            .execute(params![id, seconds(now)])?;
    }
    Ok(transaction.commit()?)
}

/// Notes that no feed is being polled, as when the program begins.
pub fn forget_polls(connection: &mut Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM poll_begun", [])?;
    Ok(())
}

/// The feeds whose poll has begun and was not recorded yet, and since when.
pub fn in_flight(connection: &Connection) -> Result<Vec<(String, Timestamp)>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT feed_id, begun_at FROM poll_begun ORDER BY begun_at, feed_id")?
        .query_map([], |row| Ok((row.get(0)?, time(row.get(1)?))))?
        .collect::<Result<_, _>>()?)
}

/// What operators were last told of each feed; feeds that were never told of are left out.
pub fn told_health(connection: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id, told_health FROM feed WHERE told_health IS NOT NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// A time in which a feed failed, and which is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutageRow {
    /// The feed.
    pub feed_id: String,
    /// Its first failure.
    pub began: Timestamp,
    /// Its first success after that.
    pub ended: Timestamp,
    /// What the first failure said.
    pub reason: String,
}

/// Outages that ended then or later, in the order in which they began.
pub fn outages_since(
    connection: &Connection,
    since: Timestamp,
) -> Result<Vec<OutageRow>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT feed_id, began_at, ended_at, reason FROM outage
             WHERE ended_at >= ?1 ORDER BY began_at, feed_id",
        )?
        .query_map([seconds(since)], |row| {
            Ok(OutageRow {
                feed_id: row.get(0)?,
                began: time(row.get(1)?),
                ended: time(row.get(2)?),
                reason: row.get(3)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Records that a feed fails, or that it works again.
pub(super) fn note_outage(
    connection: &Connection,
    feed_id: &str,
    state: &FeedState,
    now: Timestamp,
) -> Result<(), StoreError> {
    if let Some(since) = state.failing_since {
        connection
            .prepare_cached(
                "INSERT INTO outage (feed_id, began_at, reason) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                feed_id,
                seconds(since),
                state.last_error.as_deref().unwrap_or_default()
            ])?;
    } else {
        connection
            .prepare_cached(
                "UPDATE outage SET ended_at = ?2 WHERE feed_id = ?1 AND ended_at IS NULL",
            )?
            .execute(params![feed_id, seconds(now)])?;
    }
    Ok(())
}
