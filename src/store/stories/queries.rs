//! Stories, as they are listed, shown and counted.

use jiff::Timestamp;
use rusqlite::params;

use super::item_source::StoredSource;
use super::{StoreError, get, of_entry};
use crate::core::digest::headline;
use crate::core::story::Relation;
use crate::core::story::independent_sources::{OutletCounts, count};
use crate::store::Connection;
use crate::store::sql_values::{seconds, time};

/// So many items of a story are looked at to count its outlets, the first to be reported.
const SOURCES_AT_MOST: usize = 10_000;

/// So much of an item without a headline is loaded to call it by, in characters.
const BEGINNING: u32 = 500;

/// An item of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The item.
    pub entry_id: i64,
    /// Its feed.
    pub feed_id: String,
    /// The outlet of its feed, as it was when the item was placed.
    pub outlet: String,
    /// The agency that it credits.
    pub agency: Option<String>,
    /// The item whose text it has.
    pub copy_of: Option<i64>,
    /// Whether it is like enough to the story to count as an outlet of it.
    pub sure: bool,
    /// What it is to its story.
    pub relation: Relation,
    /// Why it is in the story, in a sentence that reads alone.
    pub why: String,
    /// Of an item that was revised: what it says otherwise, in a sentence that reads alone.
    pub changed: Option<String>,
    /// The most dead or hurt that it counts.
    pub victims: Option<u32>,
    /// Its headline, or how it begins.
    pub title: String,
    /// Where it can be read.
    pub link: Option<String>,
    /// BCP 47 tag, if the item says so.
    pub language: Option<String>,
    /// When it was published, or seen if it does not say or says a later time.
    pub reported: Timestamp,
    /// Whether a watch has found it.
    pub is_hit: bool,
}

/// The first items of a story and of all that were merged into it, the one reported first before the others; `limit`
/// at most.
pub fn members(
    connection: &Connection,
    story: i64,
    limit: usize,
) -> Result<Vec<Member>, StoreError> {
    let Some(root) = get(connection, story)? else {
        return Ok(Vec::new());
    };
    let mut statement = connection.prepare_cached(
        "SELECT entry.id, entry.feed_id, outlet, agency, copy_of, sure, relation, why, changed, victims,
                title, iif(title = '', substr(summary, 1, ?3), ''),
                iif(title = '', substr(text, 1, ?3), ''), link, language, reported_at,
                EXISTS (SELECT 1 FROM hit WHERE hit.entry_id = entry.id)
         FROM story CROSS JOIN story_item ON story_item.story_id = story.id
         CROSS JOIN entry ON entry.id = story_item.entry_id
         WHERE story.id = ?1 OR story.merged_into = ?1
         ORDER BY reported_at, story_item.id LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_and_then(params![root.id, limit, BEGINNING], |row| {
        let (title, summary, text): (String, String, String) =
            (row.get(10)?, row.get(11)?, row.get(12)?);
        Ok::<_, StoreError>(Member {
            entry_id: row.get(0)?,
            feed_id: row.get(1)?,
            outlet: row.get(2)?,
            agency: row.get(3)?,
            copy_of: row.get(4)?,
            sure: row.get(5)?,
            relation: relation(row.get_ref(6)?.as_str().map_err(rusqlite::Error::from)?)?,
            why: row.get(7)?,
            changed: row.get(8)?,
            victims: row.get(9)?,
            title: headline(&title, &summary, &text),
            link: row.get(13)?,
            language: row.get(14)?,
            reported: time(row.get(15)?),
            is_hit: row.get(16)?,
        })
    })?;
    rows.collect()
}

fn relation(word: &str) -> Result<Relation, StoreError> {
    Relation::NAMED
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, relation)| *relation)
        .ok_or_else(|| StoreError::Value(format!("`{word}` is no relation of an item to a story")))
}

/// How many items a story has, and how many outlets report it.
pub fn outlet_counts(
    connection: &Connection,
    story: i64,
) -> Result<(u64, OutletCounts), StoreError> {
    let mut listed = Vec::new();
    let only = "root.id = (SELECT coalesce(merged_into, id) FROM story WHERE id = ?1)";
    each_story(connection, only, story, &mut |story| listed.push(story))?;
    Ok(listed
        .pop()
        .map_or_else(|| (0, count(&[])), |story| (story.items, story.outlets)))
}

/// A story, as it is listed.
#[derive(Clone, Debug)]
pub struct ListedStory {
    /// Its number.
    pub id: i64,
    /// When its first item was published, or seen.
    pub began: Timestamp,
    /// When its latest item was.
    pub last: Timestamp,
    /// Its items.
    pub items: u64,
    /// The outlets that report it.
    pub outlets: OutletCounts,
}

/// The stories that were reported since then, the one that most independent outlets report before the others.
pub fn list(connection: &Connection, since: Timestamp) -> Result<Vec<ListedStory>, StoreError> {
    let mut listed = Vec::new();
    each_story(
        connection,
        "root.last_at >= ?1",
        seconds(since),
        &mut |story| {
            listed.push(story);
        },
    )?;
    listed.sort_by_key(|story| {
        let most = (story.outlets.independent, story.items, story.last);
        (std::cmp::Reverse(most), story.id)
    });
    Ok(listed)
}

fn each_story(
    connection: &Connection,
    condition: &str,
    value: i64,
    each: &mut dyn FnMut(ListedStory),
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT root.id, root.began_at, root.last_at, entry_id, outlet, agency, copy_of, sure, reported_at
         FROM story AS root CROSS JOIN story ON story.id = root.id OR story.merged_into = root.id
         CROSS JOIN story_item ON story_item.story_id = story.id
         WHERE root.merged_into IS NULL AND {condition}
         ORDER BY root.id, reported_at, story_item.id"
    ))?;
    let mut rows = statement.query([value])?;
    let mut story: Option<ListedStory> = None;
    let mut stored: Vec<StoredSource> = Vec::new();
    let mut end = |story: Option<ListedStory>, stored: &mut Vec<StoredSource>| {
        if let Some(mut story) = story {
            let sources: Vec<_> = stored.iter().map(StoredSource::source).collect();
            story.outlets = count(&sources);
            stored.clear();
            each(story);
        }
    };
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if story.as_ref().is_none_or(|story| story.id != id) {
            end(story.take(), &mut stored);
            story = Some(ListedStory {
                id,
                began: time(row.get(1)?),
                last: time(row.get(2)?),
                items: 0,
                outlets: count(&[]),
            });
        }
        if let Some(story) = &mut story {
            story.items += 1;
        }
        if stored.len() < SOURCES_AT_MOST {
            stored.push(StoredSource::read(row, 3)?);
        }
    }
    end(story, &mut stored);
    Ok(())
}

/// When the story was reported that was reported last; `None` when there is none.
pub fn latest(connection: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let latest: Option<i64> =
        connection.query_row("SELECT max(last_at) FROM story", [], |row| row.get(0))?;
    Ok(latest.map(time))
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemPlacement {
    /// There is none of that number.
    Unknown,
    /// In this story, through merges.
    In(i64),
    /// It waits to be placed.
    Waits,
    /// It is a story of its own that is nowhere written.
    Alone,
}

/// Where the item of this number stands.
pub fn item(connection: &Connection, entry_id: i64) -> Result<ItemPlacement, StoreError> {
    if let Some(story) = of_entry(connection, entry_id)? {
        return Ok(ItemPlacement::In(story.id));
    }
    let (is_known, waits): (bool, bool) = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM entry WHERE id = ?1),
                EXISTS (SELECT 1 FROM story_waiting WHERE entry_id = ?1)",
        [entry_id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(match (is_known, waits) {
        (false, _) => ItemPlacement::Unknown,
        (true, true) => ItemPlacement::Waits,
        (true, false) => ItemPlacement::Alone,
    })
}

/// The stories that were merged into one.
pub fn merged(connection: &Connection, story: i64) -> Result<Vec<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id FROM story WHERE merged_into = ?1 ORDER BY id")?
        .query_map([story], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The stories that tell of the same event in another language, through merges.
pub fn links(connection: &Connection, story: i64) -> Result<Vec<i64>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT DISTINCT coalesce(other.merged_into, other.id) AS root
             FROM story CROSS JOIN story_link ON story_link.story_id = story.id
             CROSS JOIN story AS other ON other.id = story_link.other_id
             WHERE (story.id = ?1 OR story.merged_into = ?1) AND root <> ?1 ORDER BY root",
        )?
        .query_map([story], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}
