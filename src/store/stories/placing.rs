//! What waits is placed: the engine is asked, and what it says is written down.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{StoreError, WAITING_AT_MOST, compared_since, relation_name};
use crate::core::story::agency::agency;
use crate::core::story::{Engine, Placed, Relation, Report, Revised};
use crate::fault;
use crate::store::sql_values::{seconds, time};

/// So many items are placed in one transaction at most: polls wait no longer than that.
pub const BATCH: usize = 500;

/// A clock that goes back by more has jumped: what was placed meanwhile is looked at anew.
const CLOCK_STEP: SignedDuration = SignedDuration::from_hours(1);

/// So much of a summary or text is loaded, in characters; of what is longer, the beginning decides.
const LEAD: u32 = 2_000;

/// The open stories in memory, between one call and the next. They are what the database says, and are read from
/// there again whenever they may not be.
#[derive(Default)]
pub struct Keeper {
    known: Option<Known>,
}

impl std::fmt::Debug for Keeper {
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
/// call again while there are [more](PlacedCounts::more). `outlet` gives whose voice a feed is, by its id.
pub fn place_waiting(
    connection: &mut Connection,
    keeper: &mut Keeper,
    outlet: &dyn Fn(&str) -> String,
    now: Timestamp,
) -> Result<PlacedCounts, StoreError> {
    let waits = "SELECT EXISTS (SELECT 1 FROM story_waiting)";
    if !connection.query_row(waits, [], |row| row.get(0))? {
        return Ok(PlacedCounts::default());
    }
    let path = PathBuf::from(connection.path().unwrap_or_default());
    let was_known = keeper.known.is_some();
    match place_batch(connection, keeper, outlet, now).map_err(|error| error.at(&path)) {
        // What was in memory may not be what is stored, such as after items were let go.
        Err(error) if was_known && !error.is_temporary() && !error.strikes_all() => {
            place_batch(connection, keeper, outlet, now).map_err(|error| error.at(&path))
        }
        outcome => outcome,
    }
}

fn place_batch(
    connection: &mut Connection,
    keeper: &mut Keeper,
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
            Ok(Asked::Placed(placed)) => {
                store(&transaction, item, &outlet, &placed, now, &mut counts)?;
            }
            Ok(Asked::Revised(revised)) => {
                counts.revised += 1;
                counts.changed += u64::from(revised.changed.is_some());
                revise(&transaction, item, &revised, now)?;
            }
            Ok(Asked::Known) => {}
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
                    store(&transaction, item, &outlet, &item.alone(), now, &mut counts)?;
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

/// An item that waits.
pub(super) struct Item {
    id: i64,
    revision: i64,
    feed_id: String,
    title: String,
    lead: String,
    author: String,
    language: Option<String>,
    published: Option<Timestamp>,
    seen: Timestamp,
    reported: Timestamp,
    /// What is in its story already.
    known: Option<Before>,
}

/// An item as it was placed or looked at last.
struct Before {
    revision: i64,
    /// What it said, if that is still kept.
    said: Option<(String, String)>,
}

enum Asked {
    Placed(Placed),
    Revised(Revised),
    /// It says what it said when it was looked at.
    Known,
}

impl Item {
    fn ask(&self, engine: &mut Engine, outlet: &str) -> Asked {
        let report = Report {
            id: self.id,
            title: &self.title,
            lead: &self.lead,
            language: self.language.as_deref(),
            published: self.published,
            feed: &self.feed_id,
            outlet,
        };
        match &self.known {
            None => {
                let mut placed = engine.place(&report, self.seen);
                if placed.agency.is_none() {
                    placed.agency =
                        agency(&self.title, &self.lead, &self.author).map(str::to_owned);
                }
                Asked::Placed(placed)
            }
            Some(before) if before.revision == self.revision => Asked::Known,
            Some(before) => {
                let (title, lead) = match &before.said {
                    Some((title, lead)) => (title.as_str(), lead.as_str()),
                    None => (report.title, report.lead),
                };
                let was = Report {
                    title,
                    lead,
                    ..report
                };
                Asked::Revised(engine.revise(&was, &report, self.seen))
            }
        }
    }

    #[cfg(test)]
    pub(super) fn for_tests(id: i64, seen: Timestamp) -> Self {
        Self {
            id,
            revision: 0,
            feed_id: "f".to_owned(),
            title: String::new(),
            lead: String::new(),
            author: String::new(),
            language: None,
            published: None,
            seen,
            reported: seen,
            known: None,
        }
    }

    /// As a story of its own that nothing is compared with.
    fn alone(&self) -> Placed {
        Placed {
            story: self.id,
            relation: Relation::First,
            copy_of: None,
            sure: true,
            why: "it could not be compared with other items".to_owned(),
            agency: None,
            victims: None,
            merged: Vec::new(),
            one_voice: Vec::new(),
            linked: Vec::new(),
            corrects: None,
            record: Vec::new(),
        }
    }
}

/// What is placed next, in the order in which it was reported. What was reported at one time is in the order of its
/// words and names, so that in which order a feed lists its items does not matter.
fn next_batch(connection: &Connection) -> Result<Vec<Item>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT entry.id, entry.revision, entry.feed_id, entry.title, substr(summary, 1, ?2),
                iif(summary = '', substr(text, 1, ?2), ''), author, language, published_at,
                next.seen_at, next.reported_at, story_item.revision
         FROM (SELECT entry_id, seen_at, reported_at
               FROM story_waiting CROSS JOIN entry ON entry.id = entry_id
               ORDER BY reported_at, title, feed_id, key, entry_id LIMIT ?1) AS next
         CROSS JOIN entry ON entry.id = next.entry_id
         LEFT JOIN story_item ON story_item.entry_id = entry.id
         ORDER BY next.reported_at, entry.title, entry.feed_id, entry.key, entry.id",
    )?;
    let mut rows = statement.query(params![BATCH, LEAD])?;
    let mut batch = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let known: Option<i64> = row.get(11)?;
        let known = match known {
            None => None,
            Some(revision) => Some(Before {
                revision,
                said: said(connection, id, revision)?,
            }),
        };
        let (summary, text): (String, String) = (row.get(4)?, row.get(5)?);
        batch.push(Item {
            id,
            revision: row.get(1)?,
            feed_id: row.get(2)?,
            title: row.get(3)?,
            lead: if summary.is_empty() { text } else { summary },
            author: row.get(6)?,
            language: row.get(7)?,
            published: row.get::<_, Option<i64>>(8)?.map(time),
            seen: time(row.get(9)?),
            reported: time(row.get(10)?),
            known,
        });
    }
    Ok(batch)
}

/// Title and lead of an entry at a revision, or at the oldest behind it that is kept.
fn said(
    connection: &Connection,
    entry_id: i64,
    revision: i64,
) -> Result<Option<(String, String)>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT title, iif(summary = '', substr(text, 1, ?3), substr(summary, 1, ?3))
             FROM revision WHERE entry_id = ?1 AND revision >= ?2 ORDER BY revision LIMIT 1",
        )?
        .query_row(params![entry_id, revision, LEAD], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?)
}

/// Title and lead of an entry at a revision.
pub fn says(
    connection: &Connection,
    entry_id: i64,
    revision: i64,
) -> Result<(String, String), StoreError> {
    if let Some(said) = said(connection, entry_id, revision)? {
        return Ok(said);
    }
    Ok(connection
        .prepare_cached(
            "SELECT title, iif(summary = '', substr(text, 1, ?2), substr(summary, 1, ?2))
             FROM entry WHERE id = ?1",
        )?
        .query_row(params![entry_id, LEAD], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?)
}

/// Leaves out what has waited longest, beyond what may wait.
pub(super) fn leave_out(connection: &Connection, most: u64) -> Result<u64, StoreError> {
    let left_out = connection.execute(
        "DELETE FROM story_waiting WHERE entry_id IN (
           SELECT entry_id FROM story_waiting ORDER BY reported_at, entry_id
           LIMIT max((SELECT count(*) FROM story_waiting) - ?1, 0))",
        [most],
    )?;
    Ok(left_out as u64)
}

pub(super) fn store(
    transaction: &Transaction<'_>,
    item: &Item,
    outlet: &str,
    placed: &Placed,
    now: Timestamp,
    counts: &mut PlacedCounts,
) -> Result<(), StoreError> {
    counts.placed += 1;
    // A correction that others carry as well is told once.
    let corrects = match (&placed.corrects, placed.copy_of) {
        (Some(what), Some(copied)) if corrects_so(transaction, copied, what)? => None,
        (corrects, _) => corrects.as_ref(),
    };
    let relation = if placed.corrects.is_some() && corrects.is_none() {
        Relation::Copy
    } else {
        placed.relation
    };
    let reported = seconds(item.reported);
    if placed.story == item.id {
        counts.begun += 1;
        transaction
            .prepare_cached(
                "INSERT INTO story (id, began_at, last_at) VALUES (?1, ?2, ?2)
                 ON CONFLICT (id) DO UPDATE SET last_at = max(last_at, excluded.last_at)",
            )?
            .execute([item.id, reported])?;
    } else if relation != Relation::Copy {
        // Whoever copies an old report makes its story no newer.
        transaction
            .prepare_cached("UPDATE story SET last_at = max(last_at, ?2) WHERE id = ?1")?
            .execute([placed.story, reported])?;
    }
    transaction
        .prepare_cached(
            "INSERT INTO story_item (entry_id, revision, story_id, relation, copy_of, sure, outlet, agency,
                                     victims, why, reported_at, seen_at, placed_at, record, changed, corrects)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, nullif(?14, x''), ?15,
                     ?15 IS NOT NULL)",
        )?
        .execute(params![
            item.id,
            item.revision,
            placed.story,
            relation_name(relation),
            placed.copy_of,
            placed.sure,
            outlet,
            placed.agency,
            placed.victims,
            placed.why,
            reported,
            seconds(item.seen),
            seconds(now),
            placed.record,
            corrects
        ])?;
    for (newer, older) in &placed.merged {
        counts.merged += 1;
        // What was merged into the newer one before is read through one step as well.
        transaction
            .prepare_cached(
                "UPDATE story SET merged_into = (SELECT coalesce(merged_into, id) FROM story WHERE id = ?2)
                 WHERE id = ?1 OR merged_into = ?1",
            )?
            .execute([newer, older])?;
        transaction
            .prepare_cached(
                "UPDATE story SET last_at = max(last_at, (SELECT last_at FROM story WHERE id = ?1))
                 WHERE id = (SELECT coalesce(merged_into, id) FROM story WHERE id = ?2)",
            )?
            .execute([newer, older])?;
    }
    for (copy, original) in &placed.one_voice {
        transaction
            .prepare_cached(
                "UPDATE story_item SET copy_of = ?2 WHERE entry_id = ?1 AND copy_of IS NULL",
            )?
            .execute([copy, original])?;
    }
    for other in placed.linked.iter().filter(|other| **other != placed.story) {
        transaction
            .prepare_cached(
                "INSERT INTO story_link (story_id, other_id) VALUES (?1, ?2), (?2, ?1)
                 ON CONFLICT DO NOTHING",
            )?
            .execute([placed.story, *other])?;
    }
    Ok(())
}

/// Whether an item corrects the same as one that says what it corrects in these words.
fn corrects_so(connection: &Connection, entry_id: i64, what: &str) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM story_item WHERE entry_id = ?1 AND corrects AND changed = ?2)",
        )?
        .query_row(params![entry_id, what], |row| row.get(0))?)
}

fn revise(
    transaction: &Transaction<'_>,
    item: &Item,
    revised: &Revised,
    now: Timestamp,
) -> Result<(), StoreError> {
    // What was told and never judged, as in digests, counted what the item counted until now.
    transaction
        .prepare_cached(
            "UPDATE delivery SET victims = (SELECT victims FROM story_item WHERE entry_id = ?1)
             WHERE victims IS NULL AND news IS NULL
               AND hit_id IN (SELECT id FROM hit WHERE entry_id = ?1 AND revision < ?2)",
        )?
        .execute([item.id, item.revision])?;
    transaction
        .prepare_cached(
            // Who tells of something else by now is none of its story's outlets, nor becomes one again.
            "UPDATE story_item SET revision = ?2, victims = ?3, sure = sure AND ?8,
                    record = iif(record IS NULL, NULL, ?4),
                    relation = iif(?5 IS NULL, relation, 'update'),
                    changed = coalesce(?5, changed),
                    changed_at = iif(?5 IS NULL, changed_at, ?6),
                    corrects = iif(?5 IS NULL, corrects, ?7)
             WHERE entry_id = ?1",
        )?
        .execute(params![
            item.id,
            item.revision,
            revised.victims,
            revised.record,
            revised.changed,
            seconds(now),
            revised.is_correction,
            revised.belongs
        ])?;
    if revised.changed.is_some() {
        transaction
            .prepare_cached(
                "UPDATE story SET last_at = max(last_at, ?2) WHERE id = (
                   SELECT coalesce(story.merged_into, story.id)
                   FROM story_item CROSS JOIN story ON story.id = story_item.story_id
                   WHERE story_item.entry_id = ?1)",
            )?
            .execute([item.id, seconds(item.seen)])?;
    }
    Ok(())
}
