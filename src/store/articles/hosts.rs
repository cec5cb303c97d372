//! What is remembered of each host, so that a restart asks as politely as if there had been none.

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use crate::store::feeds::without_fsync;
use crate::store::sql_values::{seconds, to_json};
use crate::store::{Connection, StoreError};

/// What has not changed for so long says nothing of today.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Every host of which anything is remembered, with that as JSON.
pub fn hosts(connection: &Connection) -> Result<Vec<(String, String)>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT host, state FROM article_host")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// Remembers this of each host, as JSON, in the place of what was remembered before. The disk is not waited
/// for: a power cut may bring a host one request sooner.
pub fn save_host_states(
    connection: &Connection,
    hosts: &[(String, String)],
    now: Timestamp,
) -> Result<(), StoreError> {
    if hosts.is_empty() {
        return Ok(());
    }
    let rows = to_json(&hosts)?;
    without_fsync(connection, |connection| {
        connection
            .prepare_cached(
                "INSERT INTO article_host (host, state, changed_at)
                 SELECT value ->> 0, value ->> 1, ?2 FROM json_each(?1) WHERE true
                 ON CONFLICT DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at",
            )?
            .execute(params![rows, seconds(now)])
    })
}

/// Forgets hosts of which nothing new was heard for a month; so many at most. Gives how many.
pub(in crate::store) fn prune_hosts(
    connection: &Connection,
    now: Timestamp,
    at_most: u32,
) -> Result<usize, StoreError> {
    let before = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN);
    Ok(connection
        .prepare_cached(
            "DELETE FROM article_host WHERE host IN
               (SELECT host FROM article_host WHERE changed_at < ?1 LIMIT ?2)",
        )?
        .execute(params![seconds(before), at_most])?)
}
