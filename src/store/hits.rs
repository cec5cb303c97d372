//! Hits, to be listed and searched.

mod adoption;
mod filter;
mod insertion;
mod names;
mod page;
mod places;
mod spans;

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};

use super::articles::TEXT_OF_HIT;
use super::judgments::{self, Judgment};
use super::sql_values::{from_json, seconds, time};
use super::{Connection, StoreError};
use crate::core::document::Document;

pub use adoption::{AdoptedHit, Adoption, StoredFinding, adopt};
pub use filter::HitFilter;
pub(super) use insertion::{Finding, insert, insert_with_deliveries, raise};
pub use names::{NamesOfHits, StoredNames};
pub use page::{AllHits, HitPredicate, Key, Mark, Page, Start, get, page};
pub use places::PlacesOfHits;
pub use spans::StoredSpan;

/// A hit with the text that matched.
#[derive(Clone, Debug)]
pub struct HitRow {
    /// The hit.
    pub id: i64,
    /// The entry; several hits may share it.
    pub entry_id: i64,
    /// The feed it came from.
    pub feed_id: String,
    /// As the feed calls itself.
    pub feed_title: Option<String>,
    /// The watch.
    pub watch_id: String,
    /// Its title when it matched.
    pub watch_title: String,
    /// Its topic when it matched.
    pub topic: String,
    /// The hash of its text when it matched.
    pub watch_version: String,
    /// The program's version when it matched.
    pub program_version: String,
    /// 0 without a score table.
    pub score: i64,
    /// Where it matched.
    pub spans: Vec<StoredSpan>,
    /// Which revision of the entry matched; 0 is the first.
    pub revision: i64,
    /// Headline, at that revision.
    pub title: String,
    /// Summary, at that revision.
    pub summary: String,
    /// Body, at that revision.
    pub text: String,
    /// Authors.
    pub author: String,
    /// Address.
    pub link: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// When it was published, if the feed says so.
    pub published: Option<Timestamp>,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// When the watch matched.
    pub found: Timestamp,
    /// Whether it was too old to be mailed.
    pub backlog: bool,
    /// Whether it was found in what was stored, by a watch that was written afterwards.
    pub later: bool,
    /// Whether it was found in the text with the article in it, which [`Self::text`] is then.
    pub in_article: bool,
    /// The story of its item, through merges; `None` where it belongs to none.
    pub story: Option<i64>,
    /// What was said of it last.
    pub judgment: Option<Judgment>,
    /// How the mail that was asked about told it: `full`, `headline` or `count`.
    pub told: Option<String>,
}

impl HitRow {
    /// Its item, as far as it says what it is about.
    pub fn document(&self) -> Document {
        Document {
            title: self.title.clone(),
            summary: self.summary.clone(),
            text: self.text.clone(),
            language: self.language.clone(),
            ..Document::default()
        }
    }
}

/// The columns of [`HitRow`]. The text is that of the revision which matched.
fn columns() -> String {
    format!(
        "
    hit.id, hit.entry_id, entry.feed_id, feed.title, hit.watch_id, hit.watch_title, hit.topic,
    hit.watch_version, hit.program_version, hit.score, hit.spans, hit.revision,
    coalesce(revision.title, entry.title), coalesce(revision.summary, entry.summary),
    {TEXT_OF_HIT}, coalesce(revision.author, entry.author),
    iif(revision.revision IS NULL, entry.link, revision.link),
    iif(revision.revision IS NULL, entry.language, revision.language),
    iif(revision.revision IS NULL, entry.published_at, revision.published_at), entry.first_seen_at, hit.found_at, entry.backlog,
    hit.later, hit.in_article,
    (SELECT coalesce(story.merged_into, story.id) FROM story_item JOIN story ON story.id = story_item.story_id
     WHERE story_item.entry_id = hit.entry_id),
    {}",
        judgments::COLUMNS
    )
}

/// The tables that [`columns`] come from.
const TABLES: &str = "
    FROM hit
    JOIN entry ON entry.id = hit.entry_id
    JOIN feed ON feed.id = entry.feed_id
    LEFT JOIN revision ON revision.entry_id = hit.entry_id AND revision.revision = hit.revision
    LEFT JOIN judgment ON judgment.hit_id = hit.id AND judgment.replaced_at IS NULL";

fn read(row: &Row<'_>) -> Result<HitRow, StoreError> {
    let spans: String = row.get(10)?;
    Ok(HitRow {
        id: row.get(0)?,
        entry_id: row.get(1)?,
        feed_id: row.get(2)?,
        feed_title: row.get(3)?,
        watch_id: row.get(4)?,
        watch_title: row.get(5)?,
        topic: row.get(6)?,
        watch_version: row.get(7)?,
        program_version: row.get(8)?,
        score: row.get(9)?,
        spans: from_json(&spans)?,
        revision: row.get(11)?,
        title: row.get(12)?,
        summary: row.get(13)?,
        text: row.get(14)?,
        author: row.get(15)?,
        link: row.get(16)?,
        language: row.get(17)?,
        published: row.get::<_, Option<i64>>(18)?.map(time),
        first_seen: time(row.get(19)?),
        found: time(row.get(20)?),
        backlog: row.get(21)?,
        later: row.get(22)?,
        in_article: row.get(23)?,
        story: row.get(24)?,
        judgment: judgments::read_if_any(row, 25)?,
        told: row.get(25 + judgments::WIDTH)?,
    })
}

/// Gives every hit that passes the filter to `each`, newest first, without holding them all.
pub fn list(
    connection: &Connection,
    filter: &HitFilter,
    each: &mut dyn FnMut(HitRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let (condition, mut values) = filter.condition();
    let (columns, told) = (columns(), filter.told());
    let mut query = format!(
        "SELECT {columns}, {told} {TABLES} WHERE {condition} ORDER BY hit.found_at DESC, hit.id DESC"
    );
    if let Some(limit) = filter.limit {
        query.push_str(" LIMIT ?");
        values.push(limit.into());
    }
    let mut statement = connection.prepare(&query)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        each(read(row)?)?;
    }
    Ok(())
}

/// Makes the words of an item searchable in which something was found: those of each revision that
/// matched, its article's among them, whatever becomes of the item later. Without a hit, they are forgotten.
pub(super) fn index(connection: &Connection, entry_id: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM entry_text WHERE rowid = ?1")?
        .execute([entry_id])?;
    connection
        .prepare_cached(
            "INSERT INTO entry_text (rowid, title, summary, text)
             SELECT matched.entry_id,
                    group_concat(fold_text(coalesce(revision.title, entry.title)), ' '),
                    group_concat(fold_text(coalesce(revision.summary, entry.summary)), ' '),
                    group_concat(fold_text(coalesce(revision.text, entry.text)), ' ')
                      || coalesce(' ' || group_concat(fold_text(inflated(article.text)), ' '), '')
             FROM (SELECT DISTINCT entry_id, revision FROM hit WHERE entry_id = ?1) AS matched
             JOIN entry ON entry.id = matched.entry_id
             LEFT JOIN revision ON revision.entry_id = matched.entry_id
                               AND revision.revision = matched.revision
             LEFT JOIN article ON article.entry_id = matched.entry_id
                              AND article.revision = matched.revision
             GROUP BY matched.entry_id",
        )?
        .execute([entry_id])?;
    Ok(())
}

/// What hits can be asked by, as far as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// The watches that ever had a hit.
    Watches,
    /// Their topics.
    Topics,
    /// The feeds that ever brought an item.
    Feeds,
}

/// All that are stored.
pub fn names(connection: &Connection, of: Names) -> Result<BTreeSet<String>, StoreError> {
    let query = match of {
        Names::Watches => "SELECT DISTINCT watch_id FROM hit",
        Names::Topics => "SELECT DISTINCT topic FROM hit",
        Names::Feeds => "SELECT id FROM feed",
    };
    Ok(connection
        .prepare(query)?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The first hit in an item.
pub fn first_of_entry(connection: &Connection, entry_id: i64) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT min(id) FROM hit WHERE entry_id = ?1")?
        .query_row([entry_id], |row| row.get(0))?)
}

/// Hits of a watch by day (UTC) since then, each as Unix seconds of its midnight, divided by 86400; days without a
/// hit are left out.
pub fn by_day(
    connection: &Connection,
    watch_id: &str,
    since: Timestamp,
) -> Result<Vec<(i64, u64)>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT found_at / 86400, count(*) FROM hit WHERE watch_id = ?1 AND found_at >= ?2
             GROUP BY 1 ORDER BY 1",
        )?
        .query_map(params![watch_id, seconds(since)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?)
}

/// A hit without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitMark {
    /// The watch.
    pub watch_id: String,
    /// The revision of the entry that matched.
    pub revision: i64,
    /// The hash of the watch's text when it matched.
    pub watch_version: String,
    /// The program's version when it matched.
    pub program_version: String,
    /// When it matched.
    pub found: Timestamp,
    /// Whether it was found in what was stored.
    pub later: bool,
    /// Whether it was found in the text with the article in it.
    pub in_article: bool,
}

/// The hits of one entry.
pub fn of_entry(connection: &Connection, entry_id: i64) -> Result<Vec<HitMark>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT watch_id, revision, watch_version, program_version, found_at, later, in_article
             FROM hit WHERE entry_id = ?1 ORDER BY id",
        )?
        .query_map([entry_id], |row| {
            Ok(HitMark {
                watch_id: row.get(0)?,
                revision: row.get(1)?,
                watch_version: row.get(2)?,
                program_version: row.get(3)?,
                found: time(row.get(4)?),
                later: row.get(5)?,
                in_article: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// The number of the hit of a watch on an item.
pub fn number_of(
    connection: &Connection,
    entry_id: i64,
    watch_id: &str,
) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id FROM hit WHERE entry_id = ?1 AND watch_id = ?2")?
        .query_row(params![entry_id, watch_id], |row| row.get(0))
        .optional()?)
}

/// Hits stored, and the time of the newest.
pub fn count(connection: &Connection) -> Result<(u64, Option<Timestamp>), StoreError> {
    Ok(
        connection.query_row("SELECT count(*), max(found_at) FROM hit", [], |row| {
            Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(time)))
        })?,
    )
}
