//! Mutes: watches whose hits are stored and told to nobody, for a while and with a reason.

use std::ops::Range;

use jiff::Timestamp;
use rusqlite::params;

use super::polls::NewHit;
use super::sql_values::{seconds, time};
use super::{Connection, StoreError};

/// A mute that is in force, or was in a window of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MuteRow {
    /// The watch.
    pub watch_id: String,
    /// In the words of whoever muted it.
    pub reason: String,
    /// From when.
    pub begins: Timestamp,
    /// Until when.
    pub ends: Timestamp,
    /// Hits that it held back.
    pub held_back: u64,
}

/// Seconds that the clocks of two processes may differ. A mute that begins later than that was made while the clock
/// was ahead, and mutes nothing: it would last as much longer.
const CLOCK_STEP: i64 = 3600;

/// Mutes a watch from now on; a mute in force is replaced.
pub fn add(
    connection: &Connection,
    watch_id: &str,
    reason: &str,
    now: Timestamp,
    ends: Timestamp,
) -> Result<(), StoreError> {
    end(connection, watch_id, now)?;
    connection.execute(
        "INSERT INTO mute (watch_id, reason, begins_at, ends_at) VALUES (?1, ?2, ?3, ?4)",
        params![watch_id, reason, seconds(now), seconds(ends)],
    )?;
    Ok(())
}

/// Ends the mutes of a watch; gives how many were in force.
pub fn end(connection: &Connection, watch_id: &str, now: Timestamp) -> Result<usize, StoreError> {
    Ok(connection.execute(
        "UPDATE mute SET ends_at = ?2 WHERE watch_id = ?1 AND ends_at > ?2",
        params![watch_id, seconds(now)],
    )?)
}

/// Whether a mute of the watch is in force.
pub fn is_muted(
    connection: &Connection,
    watch_id: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM mute
             WHERE watch_id = ?1 AND ends_at > ?2 AND begins_at <= ?2 + ?3)",
        )?
        .query_row(params![watch_id, seconds(now), CLOCK_STEP], |row| {
            row.get(0)
        })?)
}

/// How many of the hits are told.
pub(super) fn unmuted(
    connection: &Connection,
    hits: &[NewHit],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut number = 0;
    for hit in hits {
        number += u64::from(!is_muted(connection, &hit.watch_id, now)?);
    }
    Ok(number)
}

/// Mutes that were in force at any time from then until now, oldest first, with what they held back since then: one
/// for each watch, the last that was set, however many there were.
pub fn since(
    connection: &Connection,
    since: Timestamp,
    now: Timestamp,
) -> Result<Vec<MuteRow>, StoreError> {
    list(connection, since, since..Timestamp::MAX, now)
}

/// Mutes that were in force in this time, with what they held back in it, likewise.
pub fn within(
    connection: &Connection,
    time: Range<Timestamp>,
    now: Timestamp,
) -> Result<Vec<MuteRow>, StoreError> {
    list(connection, time.start, time, now)
}

/// Mutes that are in force, oldest first, with everything that they held back.
pub fn in_force(connection: &Connection, now: Timestamp) -> Result<Vec<MuteRow>, StoreError> {
    let ever = Timestamp::UNIX_EPOCH..Timestamp::MAX;
    list(connection, now, ever, now)
}

fn list(
    connection: &Connection,
    in_force_since: Timestamp,
    held_back: Range<Timestamp>,
    now: Timestamp,
) -> Result<Vec<MuteRow>, StoreError> {
    let all: Vec<MuteRow> = connection
        .prepare_cached(
            "SELECT watch_id, reason, begins_at, ends_at,
                    (SELECT count(*) FROM hit WHERE hit.watch_id = mute.watch_id AND muted
                     AND found_at >= max(begins_at, ?2) AND found_at < min(ends_at, ?5))
             FROM mute WHERE ends_at > ?1 AND begins_at <= ?3 + ?4 AND begins_at < ?5 ORDER BY id",
        )?
        .query_map(
            params![
                seconds(in_force_since),
                seconds(held_back.start),
                seconds(now),
                CLOCK_STEP,
                seconds(held_back.end)
            ],
            |row| {
                Ok(MuteRow {
                    watch_id: row.get(0)?,
                    reason: row.get(1)?,
                    begins: time(row.get(2)?),
                    ends: time(row.get(3)?),
                    held_back: row.get(4)?,
                })
            },
        )?
        .collect::<Result<_, _>>()?;
    let mut by_watch: Vec<MuteRow> = Vec::new();
    for mute in all {
        match by_watch
            .iter_mut()
            .find(|known| known.watch_id == mute.watch_id)
        {
            Some(known) => {
                *known = MuteRow {
                    begins: known.begins.min(mute.begins),
                    held_back: known.held_back.saturating_add(mute.held_back),
                    ..mute
                };
            }
            None => by_watch.push(mute),
        }
    }
    Ok(by_watch)
}
