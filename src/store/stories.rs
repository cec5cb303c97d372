//! Stories: which items report one event, as [`core::story`](crate::core::story) tells it.
//!
//! What a poll stores waits in a queue that is written in the same transaction. What waits is placed, some hundred
//! items in a transaction, before mails are made. Until then, and where placing fails, an item is a story of its
//! own: no mail waits for it.

mod assignments;
mod clustering;
mod clustering_queue;
pub(super) mod item_source;
mod queries;
mod splitting;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::sql_values::{seconds, time};
use super::{Connection, StoreError};
use crate::core::story::{Relation, WINDOW};

pub use clustering::{ClusteringCache, PlacedCounts, place_waiting};
pub use clustering_queue::{BATCH, says};
pub use queries::{
    ItemPlacement, ListedStory, Member, item, latest, links, list, members, merged, outlet_counts,
};
pub use splitting::{Split, split};

/// The story of an entry, through merges, as an expression of SQL in a query that has the table `entry`; `NULL`
/// where the entry is in none, and so is a story of its own.
pub const STORY_OF_ENTRY: &str = "(SELECT coalesce(story.merged_into, story.id)
    FROM story_item CROSS JOIN story ON story.id = story_item.story_id
    WHERE story_item.entry_id = entry.id)";

/// How many items wait at most. What has waited longest is left out beyond that, and each such item is a story of
/// its own.
pub const WAITING_AT_MOST: u64 = 200_000;

/// Records are kept so much longer than the window, for a clock that was ahead for a while.
const RECORDS_BEYOND_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// Has an entry that was stored or revised wait to be placed.
pub fn queue(
    connection: &Connection,
    entry_id: i64,
    published: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), StoreError> {
    // Nothing is reported before it happens: a date ahead is a mistake.
    let reported = published.map_or(now, |published| published.min(now));
    connection
        .prepare_cached(
            "INSERT INTO story_waiting (entry_id, seen_at, reported_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (entry_id) DO NOTHING",
        )?
        .execute(params![entry_id, seconds(now), seconds(reported)])?;
    Ok(())
}

/// What waits to be placed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many items.
    pub items: u64,
    /// Since when the one waits that has waited longest.
    pub since: Option<Timestamp>,
}

/// Gives what waits to be placed.
pub fn waiting(connection: &Connection) -> Result<Waiting, StoreError> {
    Ok(connection.query_row(
        "SELECT count(*), min(seen_at) FROM story_waiting",
        [],
        |row| {
            Ok(Waiting {
                items: row.get(0)?,
                since: row.get::<_, Option<i64>>(1)?.map(time),
            })
        },
    )?)
}

/// The story that an entry is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryOf {
    /// The story, through merges.
    pub id: i64,
    /// When its first item was published, or seen.
    pub began: Timestamp,
}

/// The story of an entry; `None` where it is a story of its own that nothing can be said of.
pub fn of_entry(connection: &Connection, entry_id: i64) -> Result<Option<StoryOf>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT root.id, root.began_at
             FROM story_item
             CROSS JOIN story ON story.id = story_item.story_id
             CROSS JOIN story AS root ON root.id = coalesce(story.merged_into, story.id)
             WHERE story_item.entry_id = ?1",
        )?
        .query_row([entry_id], story_of)
        .optional()?)
}

/// The story of this number, or the one that it was merged into.
pub fn get(connection: &Connection, story: i64) -> Result<Option<StoryOf>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT root.id, root.began_at
             FROM story CROSS JOIN story AS root ON root.id = coalesce(story.merged_into, story.id)
             WHERE story.id = ?1",
        )?
        .query_row([story], story_of)
        .optional()?)
}

fn story_of(row: &rusqlite::Row<'_>) -> Result<StoryOf, rusqlite::Error> {
    Ok(StoryOf {
        id: row.get(0)?,
        began: time(row.get(1)?),
    })
}

/// Lets go of what items are compared by, once nothing can join them any more; of `most` items at most. Gives their
/// number.
pub(super) fn prune_records(
    connection: &Connection,
    now: Timestamp,
    most: u32,
) -> Result<usize, StoreError> {
    Ok(connection
        .prepare_cached(
            "UPDATE story_item SET record = NULL WHERE id IN (
               SELECT id FROM story_item WHERE record IS NOT NULL AND seen_at < ?1
               ORDER BY seen_at LIMIT ?2)",
        )?
        .execute(params![seconds(compared_since(now)), most])?)
}

/// The word of a relation in the database and in JSON.
pub fn relation_name(relation: Relation) -> &'static str {
    let mut named = Relation::NAMED.iter();
    let found = named.find(|(_, named)| *named == relation);
    found.map_or("first", |(name, _)| name)
}

/// Items that were seen before that time are compared with no more.
fn compared_since(now: Timestamp) -> Timestamp {
    now.checked_sub(WINDOW)
        .and_then(|since| since.checked_sub(RECORDS_BEYOND_WINDOW))
        .unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests;
