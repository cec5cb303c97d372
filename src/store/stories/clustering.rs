//! Puts items that wait into stories: the engine is asked, and what it says is written down.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, TransactionBehavior};

use super::assignments::{revise, store};
use super::clustering_queue::{BATCH, ClusteringRequest, leave_out, next_batch};
use super::{StoreError, WAITING_AT_MOST, compared_since};
use crate::core::story::{ClusterAssignment, Engine};
use crate::fault;
use crate::store::Connection;
use crate::store::sql_values::{seconds, time};

/// A clock that goes back by more has jumped: what was placed meanwhile is looked at anew.
const CLOCK_STEP: SignedDuration = SignedDuration::from_hours(1);

/// The open stories in memory, between one call and the next. They are what the database says, and are read from
/// there again whenever they may not be.
#[derive(Default)]
pub struct ClusteringCache {
    known: Option<Known>,
}

impl std::fmt::Debug for ClusteringCache {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = self.known.as_ref().map(|known| known.last);
        formatter.debug_struct("Keeper").field("last", &at).finish()
    }
}

struct Known {
    engine: Engine,
    /// The row that was written last of all, by whomever.
    last: i64,
    /// The time by which the window was told.
    now: Timestamp,
}

/// What placing changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlacedCounts {
    /// Items that were placed.
    pub placed: u64,
    /// Stories that they began.
    pub begun: u64,
    /// Stories that turned out to be others.
    pub merged: u64,
    /// Items in a story whose revision was looked at.
    pub revised: u64,
    /// Those of them that say something else now.
    pub changed: u64,
    /// Items that could not be compared, and are stories of their own.
    pub uncompared: u64,
    /// Items that had waited too long in too long a queue, and are stories of their own.
    pub left_out: u64,
    /// Items of older stories that are compared with no more, since what is kept of them cannot be read.
    pub unreadable: u64,
    /// Whether more items wait.
    pub more: bool,
}

impl PlacedCounts {
    fn add_placed(&mut self, item: i64, placed: &ClusterAssignment) {
        self.placed += 1;
        self.begun += u64::from(placed.story == item);
        self.merged += placed.merged.len() as u64;
    }
}

impl std::ops::AddAssign for PlacedCounts {
    fn add_assign(&mut self, other: Self) {
        self.placed += other.placed;
        self.begun += other.begun;
        self.merged += other.merged;
        self.revised += other.revised;
        self.changed += other.changed;
        self.uncompared += other.uncompared;
        self.left_out += other.left_out;
        self.unreadable += other.unreadable;
        self.more = other.more;
    }
}

/// Places up to [`BATCH`] of the items that wait, the one reported first before the others, in one transaction;
/// call again while there are [more](PlacedCounts::more). `outlet` gives the outlet of a feed by its id.
pub fn place_waiting(
    connection: &mut Connection,
    keeper: &mut ClusteringCache,
    outlet: &dyn Fn(&str) -> String,
    now: Timestamp,
) -> Result<PlacedCounts, StoreError> {
    let waits = "SELECT EXISTS (SELECT 1 FROM story_waiting)";
    if !connection.query_row(waits, [], |row| row.get(0))? {
        return Ok(PlacedCounts::default());
    }
    let path = connection.path().to_owned();
    let was_known = keeper.known.is_some();
    match place_batch(connection, keeper, outlet, now).map_err(|error| error.at(&path)) {
        // What was in memory may not be what is stored, such as after items were let go.
        Err(error) if was_known && !error.is_temporary() && !error.affects_all_calls() => {
            place_batch(connection, keeper, outlet, now).map_err(|error| error.at(&path))
        }
        outcome => outcome,
    }
}

fn place_batch(
    connection: &mut Connection,
    keeper: &mut ClusteringCache,
    outlet: &dyn Fn(&str) -> String,
    now: Timestamp,
) -> Result<PlacedCounts, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut counts = PlacedCounts::default();
    // Whatever ends this before the commit leaves nothing in memory that is not stored.
    let known = keeper.known.take();
    let last = last_row(&transaction)?;
    let mut engine = match known {
        Some(known) if known.last == last && now >= known.now - CLOCK_STEP => known.engine,
        _ => restored(&transaction, now, &mut counts)?,
    };
    engine.forget(now);
    counts.left_out = leave_out(&transaction, WAITING_AT_MOST)?;
    let batch = next_batch(&transaction)?;
    counts.more = batch.len() == BATCH;
    for item in &batch {
        let outlet = outlet(&item.feed_id);
        let asked = catch_unwind(AssertUnwindSafe(|| item.ask(&mut engine, &outlet)));
        match asked {
            Ok(ClusteringRequest::Placed(placed)) => {
                counts.add_placed(item.id, &placed);
                store(&transaction, item, &outlet, &placed, now)?;
            }
            Ok(ClusteringRequest::Revised(revised)) => {
                counts.revised += 1;
                counts.changed += u64::from(revised.changed.is_some());
                revise(&transaction, item, &revised, now)?;
            }
            Ok(ClusteringRequest::Known) => {}
            Err(_) => {
                // A fault of the comparison is a fault of no mail, and of no other item.
                tracing::error!(
                    entry = item.id,
                    "item {} could not be compared with others and is told by itself: \
                     please report this with the item",
                    item.id
                );
                counts.uncompared += 1;
                if item.known.is_none() {
                    let placed = item.alone();
                    counts.add_placed(item.id, &placed);
                    store(&transaction, item, &outlet, &placed, now)?;
                }
                engine = restored(&transaction, now, &mut counts)?;
            }
        }
        transaction
            .prepare_cached("DELETE FROM story_waiting WHERE entry_id = ?1")?
            .execute([item.id])?;
    }
    let last = last_row(&transaction)?;
    fault::point("stories-written");
    transaction.commit()?;
    fault::point("stories-committed");
    keeper.known = Some(Known { engine, last, now });
    Ok(counts)
}

/// Which row of `story_item` was written last. Numbers are never given twice, so it tells whether anything was
/// placed or split by another process.
fn last_row(connection: &Connection) -> Result<i64, StoreError> {
    let last = connection
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'story_item'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(last.unwrap_or(0))
}

/// The open stories, as the database has them.
fn restored(
    connection: &Connection,
    now: Timestamp,
    counts: &mut PlacedCounts,
) -> Result<Engine, StoreError> {
    let mut engine = Engine::new();
    let mut statement = connection.prepare_cached(
        "SELECT entry_id, coalesce(merged_into, story.id), seen_at, record
         FROM story_item CROSS JOIN story ON story.id = story_id
         WHERE record IS NOT NULL AND seen_at >= ?1
           -- What is older than the window may be many times as much.
           AND story_item.id >= (SELECT min(id) FROM story_item WHERE record IS NOT NULL AND seen_at >= ?1)
         ORDER BY story_item.id",
    )?;
    let mut rows = statement.query([seconds(compared_since(now))])?;
    while let Some(row) = rows.next()? {
        let (entry, story, seen) = (row.get(0)?, row.get(1)?, time(row.get(2)?));
        let record = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
        if engine.restore(entry, story, seen, record).is_err() {
            counts.unreadable += 1;
        }
    }
    Ok(engine)
}
