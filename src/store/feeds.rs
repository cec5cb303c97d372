//! The feeds' polling state.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::{Row, TransactionBehavior, params};

use super::sql_values::{from_json, seconds, text, time, to_json};
use super::{Connection, StoreError, process};
use crate::core::schedule::{FeedState, InterruptedPoll, after_crash};
use crate::fault;

/// What is stored of a feed.
#[derive(Clone, Debug)]
pub struct FeedRow {
    /// Its id in the configuration.
    pub id: String,
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
        "SELECT id, title, state, warnings,
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

/// The id of every feed that was ever polled.
pub fn ids(connection: &Connection) -> Result<Vec<String>, StoreError> {
    Ok(connection
        .prepare("SELECT id FROM feed")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
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

fn read(row: &Row<'_>) -> Result<FeedRow, StoreError> {
    let state: String = row.get(2)?;
    let warnings: String = row.get(3)?;
    Ok(FeedRow {
        id: row.get(0)?,
        title: row.get(1)?,
        state: from_json(&state)?,
        warnings: from_json(&warnings)?,
        entries: row.get(4)?,
    })
}

/// A poll that is to begin.
#[derive(Clone, Debug)]
pub struct PollStart {
    /// The feed.
    pub feed_id: String,
    /// Its address as configured.
    pub url: String,
    /// Whether no other is under way.
    pub alone: bool,
}

/// Marks polls as under way, until they are recorded, [ended](end_polls) or [dropped](drop_polls).
///
/// The marks are there after the process was killed, and need not be after a power cut: no feed is to blame
/// for that. So the disk is not waited for.
pub fn begin_polls(
    connection: &Connection,
    polls: &[PollStart],
    now: Timestamp,
) -> Result<(), StoreError> {
    let rows: Vec<_> = polls
        .iter()
        .map(|poll| (&poll.feed_id, &poll.url, poll.alone))
        .collect();
    let rows = to_json(&rows)?;
    without_fsync(connection, |connection| {
        // Whoever was alone is so no longer.
        connection
            .prepare_cached("UPDATE poll_begun SET alone = 0 WHERE alone = 1")?
            .execute([])?;
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO poll_begun (feed_id, url, alone, reading, begun_at, process)
                 SELECT value ->> 0, value ->> 1, value ->> 2, 0, ?2, ?3 FROM json_each(?1)",
            )?
            .execute(params![rows, seconds(now), process::own()])
    })?;
    fault::point("polls-begun");
    Ok(())
}

/// Marks that the body of a poll that is under way has come and is about to be read: of all that a poll
/// does, this is what may kill the process.
pub fn begin_reading(connection: &Connection, feed_id: &str) -> Result<(), StoreError> {
    without_fsync(connection, |connection| {
        connection
            .prepare_cached("UPDATE poll_begun SET reading = 1 WHERE feed_id = ?1")?
            .execute([feed_id])
    })
}

/// Writes without waiting for the disk.
pub(super) fn without_fsync(
    connection: &Connection,
    write: impl FnOnce(&Connection) -> Result<usize, rusqlite::Error>,
) -> Result<(), StoreError> {
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    let written = write(connection);
    connection.pragma_update(None, "synchronous", "FULL")?;
    written?;
    Ok(())
}

/// A poll is recorded; part of that transaction.
pub(super) fn end_poll(connection: &Connection, feed_id: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM poll_begun WHERE feed_id = ?1")?
        .execute([feed_id])?;
    Ok(())
}

/// These polls are over, and could not be recorded.
pub fn end_polls(connection: &Connection, feed_ids: &[String]) -> Result<(), StoreError> {
    feed_ids.iter().try_for_each(|id| end_poll(connection, id))
}

/// The program ends by itself: no feed is to blame for what was under way.
pub fn drop_polls(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM poll_begun", [])?;
    Ok(())
}

/// At a start: the feeds that were being polled when the program was killed, in the order of their ids, and
/// whether their bodies were being read. They are suspected from now on, see [`after_crash`].
pub fn recover_polls(
    connection: &mut Connection,
    now: Timestamp,
) -> Result<Vec<(String, bool)>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let marks: Vec<(String, String, InterruptedPoll)> = transaction
        .prepare("SELECT feed_id, url, begun_at, reading, alone FROM poll_begun ORDER BY feed_id")?
        .query_map([], |row| {
            let poll = InterruptedPoll {
                begun: time(row.get(2)?),
                reading: row.get(3)?,
                alone: row.get(4)?,
            };
            Ok((row.get(0)?, row.get(1)?, poll))
        })?
        .collect::<Result<_, _>>()?;
    if marks.is_empty() {
        return Ok(Vec::new());
    }
    for (id, url, poll) in &marks {
        let states = states_of(&transaction, std::slice::from_ref(id))?;
        let state = states.into_iter().next().unwrap_or_default();
        let state = after_crash(state.for_address(url), *poll, now);
        transaction
            .prepare_cached(
                "INSERT INTO feed (id, url, state, next_poll_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET url = excluded.url, state = excluded.state,
                                                next_poll_at = excluded.next_poll_at",
            )?
            .execute(params![
                id,
                url,
                to_json(&state)?,
                state.next_poll_at.map_or(0, seconds)
            ])?;
        if state.failing_since.is_some() {
            note_outage(&transaction, id, &state, now)?;
        }
    }
    drop_polls(&transaction)?;
    fault::point("suspects-written");
    transaction.commit()?;
    fault::point("suspects-committed");
    Ok(marks
        .into_iter()
        .map(|(id, _, poll)| (id, poll.reading))
        .collect())
}

/// The feeds that are being polled by a program that runs, each with the time when that began.
pub fn in_flight(connection: &Connection) -> Result<BTreeMap<String, Timestamp>, StoreError> {
    let marks: Vec<(String, i64, String)> = connection
        .prepare_cached("SELECT feed_id, begun_at, process FROM poll_begun")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    // One program works with a database at a time, so one name is asked about as a rule.
    let mut asked: Option<(String, bool)> = None;
    let mut flying = BTreeMap::new();
    for (id, begun_at, name) in marks {
        let runs = match asked.take() {
            Some((known, runs)) if known == name => runs,
            _ => process::runs(&name),
        };
        if runs {
            flying.insert(id, time(begun_at));
        }
        asked = Some((name, runs));
    }
    Ok(flying)
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

/// What operators were last told of each feed; feeds that were never told of are left out.
pub fn last_reported_health(
    connection: &Connection,
) -> Result<BTreeMap<String, String>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id, told_health FROM feed WHERE told_health IS NOT NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// Feeds of which operators were told that no page behind their items is ever read.
pub fn reported_unreadable_pages(connection: &Connection) -> Result<BTreeSet<String>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id FROM feed WHERE told_unreadable")?
        .query_map([], |row| row.get(0))?
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
        // One that began by a clock that was ahead began when the state says now.
        connection
            .prepare_cached(
                "UPDATE OR REPLACE outage SET began_at = ?2
                 WHERE feed_id = ?1 AND ended_at IS NULL AND began_at > ?3",
            )?
            .execute(params![feed_id, seconds(since), seconds(now)])?;
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
