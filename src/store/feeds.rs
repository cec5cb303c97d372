//! The feeds' polling state.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};

use super::StoreError;
use super::values::from_json;
use crate::core::schedule::FeedState;

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
