//! How items were read.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::params;

use super::verdict;
use crate::core::article::{PageVerdict, PageVerdictCounts};
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError};

/// How the items of each feed were read from `since` on and before `until`. Feeds without any are missing.
///
/// It takes the time of those that are counted, however many are stored.
pub fn read_by_feed(
    connection: &Connection,
    since: Timestamp,
    until: Timestamp,
) -> Result<BTreeMap<String, PageVerdictCounts>, StoreError> {
    let mut counts: BTreeMap<String, PageVerdictCounts> = BTreeMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT article.feed_id, article.verdict, count(*)
         FROM feed CROSS JOIN article INDEXED BY article_of_feed ON article.feed_id = feed.id
         WHERE article.settled_at >= ?1 AND article.settled_at < ?2
         GROUP BY article.feed_id, article.verdict",
    )?;
    let mut rows = statement.query(params![seconds(since), seconds(until)])?;
    while let Some(row) = rows.next()? {
        if let Some(verdict) = verdict(row, 1)? {
            let of_feed = counts.entry(row.get(0)?).or_default();
            of_feed.settled.insert(verdict, row.get(2)?);
        }
    }
    let mut statement = connection.prepare_cached(
        "SELECT feed_id, count(*) FROM article INDEXED BY article_waiting
         WHERE settled_at IS NULL GROUP BY feed_id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        counts.entry(row.get(0)?).or_default().waiting = row.get(1)?;
    }
    Ok(counts)
}

/// How many pages of a feed wait.
pub(super) fn waiting_of(connection: &Connection, feed_id: &str) -> Result<u64, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT count(*) FROM article INDEXED BY article_of_feed
             WHERE feed_id = ?1 AND settled_at IS NULL",
        )?
        .query_row([feed_id], |row| row.get(0))?)
}

/// How many requests were made for pages of a feed on this day (UTC), redirects and repetitions included: for
/// those settled since it began, and for those that wait after an answer or a failure, on whatever day that was.
pub fn asked_today(
    connection: &Connection,
    feed_id: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let asked: u64 = connection
        .prepare_cached(
            "SELECT coalesce(sum((verdict NOT IN (?3, ?4)) + hops + attempts), 0)
             FROM article INDEXED BY article_of_feed
             WHERE feed_id = ?1 AND settled_at >= ?2 AND settled_at < ?5",
        )?
        .query_row(
            params![
                feed_id,
                day_began(now),
                PageVerdict::Robots.name(),
                PageVerdict::NotAsked.name(),
                next_day(now)
            ],
            |row| row.get(0),
        )?;
    let again: u64 = connection
        .prepare_cached(
            "SELECT coalesce(sum(max(1, hops + attempts)), 0) FROM article INDEXED BY article_of_feed
             WHERE feed_id = ?1 AND settled_at IS NULL
               AND (hops > 0 OR attempts > 0 OR due_at > queued_at)",
        )?
        .query_row([feed_id], |row| row.get(0))?;
    Ok(asked + again)
}

/// Hits that articles of a feed gave on this day (UTC), without those that are muted.
pub(super) fn hits_today(
    connection: &Connection,
    feed_id: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT coalesce(sum(hits), 0) FROM article INDEXED BY article_of_feed
             WHERE feed_id = ?1 AND settled_at >= ?2 AND settled_at < ?3",
        )?
        .query_row(params![feed_id, day_began(now), next_day(now)], |row| {
            row.get(0)
        })?)
}

const DAY: i64 = 86_400;

pub(super) fn day_began(now: Timestamp) -> i64 {
    seconds(now).div_euclid(DAY) * DAY
}

/// When the next day (UTC) begins.
pub(super) fn next_day(now: Timestamp) -> i64 {
    day_began(now) + DAY
}
