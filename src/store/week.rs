//! What the comparison of a week with those before is made of: hits, days on which feeds were read, and since when
//! watches, and until when feeds, are in the configuration.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::sql_values::{seconds, time};
use super::stories::STORY_OF_ENTRY;
use super::{Connection, StoreError};
use crate::core::digest::safe_link;
use crate::core::document::Document;
use crate::core::feed::links::target;
use crate::core::week::{DAYS, Headline};
use crate::fault;

#[allow(clippy::cast_possible_wrap)] // some dozens
const DAYS_COMPARED: i64 = DAYS as i64;
/// Days of feeds are kept so much longer than they are compared: weeks are told some days late.
const DAYS_KEPT: i64 = DAYS_COMPARED + 14;
/// Characters of an item's text that are read for its places: what it is about stands at its beginning.
const TEXT_CHARS: u32 = 4_000;

fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(86_400)
}

/// Records that a feed was read, and how many items it brought that were never seen before.
pub(super) fn note_poll(
    connection: &Connection,
    feed_id: &str,
    now: Timestamp,
    new: u64,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO feed_day (feed_id, day, items) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET items = items + excluded.items WHERE excluded.items > 0",
        )?
        .execute(params![feed_id, day(now), new])?;
    Ok(())
}

/// Lets go of some of what no week is compared with any more. Gives the number of rows.
pub(super) fn prune(
    connection: &Connection,
    now: Timestamp,
    at_most: u32,
) -> Result<usize, StoreError> {
    let oldest = day(now) - DAYS_KEPT;
    let days = connection
        .prepare_cached(
            "DELETE FROM feed_day WHERE (feed_id, day) IN (
               SELECT feed_id, day FROM feed_day WHERE day < ?1 LIMIT ?2)",
        )?
        .execute(params![oldest, at_most])?;
    let feeds = connection
        .prepare_cached(
            "DELETE FROM feed_listed WHERE feed_id IN (
               SELECT feed_id FROM feed_listed WHERE unlisted_at < ?1 LIMIT ?2)",
        )?
        .execute(params![oldest * 86_400, at_most])?;
    Ok(days + feeds)
}

/// A day on which a feed was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedDay {
    /// The feed.
    pub feed_id: String,
    /// The middle of the day (UTC).
    pub noon: Timestamp,
    /// Items never seen before.
    pub items: u32,
}

/// The days on which feeds were read, those after `since`.
pub fn feed_days(connection: &Connection, since: Timestamp) -> Result<Vec<FeedDay>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT feed_id, day, items FROM feed_day WHERE day >= ?1 ORDER BY feed_id, day",
        )?
        .query_map([day(since)], |row| {
            let day: i64 = row.get(1)?;
            Ok(FeedDay {
                feed_id: row.get(0)?,
                noon: time(day * 86_400 + 43_200),
                items: row.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// A feed that was ever read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFeed {
    /// Its address, as it was configured last.
    pub url: String,
    /// As it calls itself.
    pub title: Option<String>,
    /// When it was read first.
    pub first_read: Timestamp,
}

/// Every feed that was ever read, by id.
pub fn known_feeds(connection: &Connection) -> Result<BTreeMap<String, KnownFeed>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT id, url, title, first_success_at FROM feed WHERE first_success_at IS NOT NULL",
        )?
        .query_map([], |row| {
            let known = KnownFeed {
                url: row.get(1)?,
                title: row.get(2)?,
                first_read: time(row.get(3)?),
            };
            Ok((row.get(0)?, known))
        })?
        .collect::<Result<_, _>>()?)
}

/// Remembers since when each of these watches is in the configuration, and forgets the others; and until when feeds
/// were that are not among these any more. A watch that was there before this was remembered is as old as its first
/// hit.
pub fn note_configuration<'a>(
    connection: &Connection,
    watches: impl Iterator<Item = &'a str>,
    feeds: impl Iterator<Item = &'a str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let known = watches_since(connection)?;
    // What began tomorrow was seen by a clock that was ahead.
    let is_known = |id: &&str| known.get(*id).is_some_and(|began| *began <= now);
    let (watches, new_watches) = with_new(watches, is_known);
    let gone_watches = known.keys().filter(|id| !watches.contains(id.as_str()));
    let gone_watches: Vec<&String> = gone_watches.collect();

    let listed = listed_feeds(connection)?;
    let is_listed = |id: &&str| listed.get(*id) == Some(&None);
    let (feeds, new_feeds) = with_new(feeds, is_listed);
    let gone_feeds = listed.iter().filter(|(id, unlisted)| {
        !feeds.contains(id.as_str()) && unlisted.is_none_or(|unlisted| unlisted > now)
    });
    let gone_feeds: Vec<&String> = gone_feeds.map(|(id, _)| id).collect();

    if new_watches.is_empty()
        && gone_watches.is_empty()
        && new_feeds.is_empty()
        && gone_feeds.is_empty()
    {
        return Ok(());
    }
    let transaction = connection.unchecked_transaction()?;
    for id in new_watches {
        let first_hit: Option<i64> = transaction
            .prepare_cached(
                "SELECT min(found_at) FROM hit WHERE watch_id = ?1 AND later = 0 AND found_at <= ?2",
            )?
            .query_row(params![id, seconds(now)], |row| row.get(0))?;
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO watch_began (watch_id, began_at) VALUES (?1, ?2)",
            )?
            .execute(params![id, first_hit.unwrap_or(seconds(now))])?;
    }
    for id in gone_watches {
        transaction
            .prepare_cached("DELETE FROM watch_began WHERE watch_id = ?1")?
            .execute([id])?;
    }
    let mut list = transaction.prepare_cached(
        "INSERT OR REPLACE INTO feed_listed (feed_id, unlisted_at) VALUES (?1, ?2)",
    )?;
    for id in new_feeds {
        list.execute(params![id, None::<i64>])?;
    }
    for id in gone_feeds {
        list.execute(params![id, seconds(now)])?;
    }
    drop(list);
    fault::point("watches-written");
    transaction.commit()?;
    fault::point("watches-committed");
    Ok(())
}

/// All ids, and those of them that are not known.
fn with_new<'a>(
    ids: impl Iterator<Item = &'a str>,
    is_known: impl Fn(&&str) -> bool,
) -> (BTreeSet<&'a str>, Vec<&'a str>) {
    let ids: BTreeSet<&str> = ids.collect();
    let new = ids.iter().copied().filter(|id| !is_known(id)).collect();
    (ids, new)
}

/// The feeds of the configuration, and until when those were in it that are not any more.
pub fn listed_feeds(
    connection: &Connection,
) -> Result<BTreeMap<String, Option<Timestamp>>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT feed_id, unlisted_at FROM feed_listed")?
        .query_map([], |row| {
            Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(time)))
        })?
        .collect::<Result<_, _>>()?)
}

/// Since when each watch is there.
pub fn watches_since(connection: &Connection) -> Result<BTreeMap<String, Timestamp>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT watch_id, began_at FROM watch_began")?
        .query_map([], |row| Ok((row.get(0)?, time(row.get(1)?))))?
        .collect::<Result<_, _>>()?)
}

/// When the `most`th hit before `until` was found, if there were so many since `since`.
pub fn crowded_since(
    connection: &Connection,
    since: Timestamp,
    until: Timestamp,
    most: u32,
) -> Result<Option<Timestamp>, StoreError> {
    let found: Option<i64> = connection
        .prepare_cached(
            "SELECT found_at FROM hit WHERE found_at >= ?1 AND found_at < ?2
             ORDER BY found_at DESC LIMIT 1 OFFSET ?3",
        )?
        .query_row(params![seconds(since), seconds(until), most], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(found.map(time))
}

/// A hit, as far as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct CountedHit<'a> {
    /// Its item.
    pub entry_id: i64,
    /// The story of the item, whatever it was merged into; an item without one is a story of its own.
    pub story: i64,
    /// The watch.
    pub watch_id: &'a str,
    /// 0 for a watch that has no scores.
    pub score: i64,
    /// How many different terms of the watch matched; 1 when that was not counted.
    pub terms: i64,
    /// The feed.
    pub feed_id: &'a str,
    /// When it was found.
    pub found: Timestamp,
}

/// Gives the hits found in a time to `each`, in the order in which they were found: those that came with their
/// items, and none that nobody was to be told of.
pub fn hits(
    connection: &Connection,
    since: Timestamp,
    until: Timestamp,
    each: &mut dyn FnMut(CountedHit<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT hit.entry_id, {STORY_OF_ENTRY}, hit.watch_id, hit.score, entry.feed_id, hit.found_at,
           coalesce(hit.terms, 1)
         FROM hit JOIN entry ON entry.id = hit.entry_id
         WHERE hit.found_at >= ?1 AND hit.found_at < ?2
           AND NOT (hit.muted OR hit.archive OR hit.later OR entry.backlog)
         ORDER BY hit.found_at, hit.id"
    ))?;
    let mut rows = statement.query(params![seconds(since), seconds(until)])?;
    let text = |error: rusqlite::types::FromSqlError| StoreError::Value(error.to_string());
    while let Some(row) = rows.next()? {
        let entry_id = row.get(0)?;
        let story = row.get::<_, Option<i64>>(1)?;
        each(CountedHit {
            entry_id,
            // The first item of a story has its number, so that no two stories share one.
            story: story.unwrap_or(entry_id),
            watch_id: row.get_ref(2)?.as_str().map_err(text)?,
            score: row.get(3)?,
            feed_id: row.get_ref(4)?.as_str().map_err(text)?,
            found: time(row.get(5)?),
            terms: row.get(6)?,
        })?;
    }
    Ok(())
}

/// Whether anything was found in a time that [`hits`] gives.
pub fn has_hits(connection: &Connection, time: Range<Timestamp>) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM hit JOIN entry ON entry.id = hit.entry_id
               WHERE hit.found_at >= ?1 AND hit.found_at < ?2
                 AND NOT (hit.muted OR hit.archive OR hit.later OR entry.backlog))",
        )?
        .query_row(params![seconds(time.start), seconds(time.end)], |row| {
            row.get(0)
        })?)
}

/// What an item says, as far as it is looked at for places; `None` when it is gone.
pub fn words_of(connection: &Connection, entry_id: i64) -> Result<Option<Document>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT title, substr(summary, 1, ?2), substr(text, 1, ?2), language
             FROM entry WHERE id = ?1",
        )?
        .query_row(params![entry_id, TEXT_CHARS], |row| {
            Ok(Document {
                title: row.get(0)?,
                summary: row.get(1)?,
                text: row.get(2)?,
                language: row.get(3)?,
                ..Document::default()
            })
        })
        .optional()?)
}

/// What an item is headed, and where it is; `None` when it is gone.
pub fn headline(connection: &Connection, entry_id: i64) -> Result<Option<Headline>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT title, link FROM entry WHERE id = ?1")?
        .query_row([entry_id], |row| {
            let link: Option<String> = row.get(1)?;
            Ok(Headline {
                title: row.get(0)?,
                link: link.and_then(|link| safe_link(&target(&link))),
            })
        })
        .optional()?)
}

/// The time of a summary that was last seen to; `None` for who had none so far.
pub fn last_summary(
    connection: &Connection,
    recipient_id: &str,
) -> Result<Option<Timestamp>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT last_due_at FROM summary WHERE recipient_id = ?1")?
        .query_row([recipient_id], |row| row.get(0).map(time))
        .optional()?)
}

/// Records that a summary was seen to.
pub fn set_last_summary(
    connection: &Connection,
    recipient_id: &str,
    due: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO summary (recipient_id, last_due_at) VALUES (?1, ?2)",
        )?
        .execute(params![recipient_id, seconds(due)])?;
    Ok(())
}

/// Forgets that a recipient ever had a summary: who is to have one again begins anew.
pub fn forget_summary(connection: &Connection, recipient_id: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM summary WHERE recipient_id = ?1")?
        .execute([recipient_id])?;
    Ok(())
}

/// The time of what is compared with the period that ends at `end`.
pub fn compared_since(end: Timestamp) -> Timestamp {
    // A day more, for the hours that clocks on the wall are put back.
    let days = SignedDuration::from_hours(24 * (DAYS_COMPARED + 1));
    end.checked_sub(days).unwrap_or(Timestamp::MIN)
}
