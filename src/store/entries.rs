//! Stored items, to be matched again.

use std::borrow::Cow;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::articles::inflate;
use super::sql_values::{from_json, seconds, time};
use super::{Connection, StoreError};
use crate::core::document::Document;

/// An item as it stands now.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// Its number, as mails and commands name it.
    pub id: i64,
    /// How often it was revised.
    pub revision: i64,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// As a reader sees it, with the text of the article behind it, if that was read.
    pub document: Document,
    /// The text that the feed gives, where the article's stands in its place.
    pub feed_text: Option<String>,
}

impl EntryRow {
    /// The item as its feed gives it: what watches see that do not look into articles, and those that found it
    /// before its article was read.
    pub fn without_article(&self) -> Cow<'_, Document> {
        match &self.feed_text {
            None => Cow::Borrowed(&self.document),
            Some(text) => Cow::Owned(Document {
                text: text.clone(),
                ..self.document.clone()
            }),
        }
    }
}

const COLUMNS: &str = "
    entry.id, entry.revision, entry.first_seen_at, entry.title, entry.summary, entry.text, entry.author,
    entry.categories,
    CASE WHEN article.text IS NULL THEN entry.language ELSE coalesce(article.language, entry.language) END,
    entry.link, entry.feed_id, entry.language_certain, article.text";
const FROM: &str = "
    FROM entry
    LEFT JOIN article ON article.entry_id = entry.id AND article.revision = entry.revision";

fn read(row: &Row<'_>) -> Result<EntryRow, StoreError> {
    let categories: String = row.get(7)?;
    let (text, feed_text) = texts(row, 5, 12)?;
    Ok(EntryRow {
        id: row.get(0)?,
        revision: row.get(1)?,
        first_seen: time(row.get(2)?),
        feed_text,
        document: Document {
            title: row.get(3)?,
            summary: row.get(4)?,
            text,
            author: row.get(6)?,
            categories: from_json(&categories)?,
            language: row.get(8)?,
            language_certain: row.get(11)?,
            url: row.get(9)?,
            feed: row.get(10)?,
        },
    })
}

/// The text that is seen, and that of the feed where it is another, by their columns.
fn texts(
    row: &Row<'_>,
    of_feed: usize,
    with_article: usize,
) -> Result<(String, Option<String>), StoreError> {
    let of_feed = row.get(of_feed)?;
    let with_article: Option<Vec<u8>> = row.get(with_article)?;
    Ok(match with_article.as_deref().and_then(inflate) {
        Some(text) => (text, Some(of_feed)),
        None => (of_feed, None),
    })
}

/// The item of this number.
pub fn get(connection: &Connection, id: i64) -> Result<Option<EntryRow>, StoreError> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} {FROM} WHERE entry.id = ?1"))?
        .query_and_then([id], read)?
        .next()
        .transpose()
}

/// The item as a watch saw it when it found it in this revision: with the text of its article, or as its feed gave
/// it. `None` when it is stored no more.
pub fn as_found(
    connection: &Connection,
    id: i64,
    revision: i64,
    in_article: bool,
) -> Result<Option<Document>, StoreError> {
    let Some(entry) = get(connection, id)? else {
        return Ok(None);
    };
    let then = at_revision(connection, &entry, revision)?;
    Ok(Some(if in_article {
        then.document
    } else {
        then.without_article().into_owned()
    }))
}

/// The items before one, the last to come first.
pub fn before(
    connection: &Connection,
    id: i64,
    since: Timestamp,
    most: u32,
) -> Result<Vec<EntryRow>, StoreError> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} {FROM} WHERE entry.id < ?1 ORDER BY entry.id DESC LIMIT ?2"
        ))?
        .query_and_then(params![id, most], read)?
        // Items come in the order of their numbers.
        .take_while(|entry| {
            entry
                .as_ref()
                .map_or(true, |entry| entry.first_seen >= since)
        })
        .collect()
}

/// Some of the items, in the order in which they came.
#[derive(Clone, Copy, Debug)]
pub struct EntryBatch {
    /// First seen then or later.
    pub since: Timestamp,
    /// Behind the item of this number.
    pub after: i64,
    /// So many at most; `None`: all.
    pub most: Option<u32>,
}

/// Gives each of these items to `each`, oldest first, without holding them all.
pub fn each(
    connection: &Connection,
    stretch: EntryBatch,
    each: &mut dyn FnMut(EntryRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} {FROM} WHERE entry.id > ?2 AND first_seen_at >= ?1
         ORDER BY entry.id LIMIT ?3"
    ))?;
    // A negative limit is none (SQLite, "SELECT").
    let most = stretch.most.map_or(-1, i64::from);
    let mut rows = statement.query(params![seconds(stretch.since), stretch.after, most])?;
    while let Some(row) = rows.next()? {
        each(read(row)?)?;
    }
    Ok(())
}

/// Which items to list.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// Of this feed.
    pub feed: Option<String>,
    /// First seen then or later.
    pub since: Option<Timestamp>,
}

impl EntryFilter {
    /// Items of all feeds, first seen then or later.
    pub fn since(since: Timestamp) -> Self {
        Self {
            since: Some(since),
            ..Self::default()
        }
    }
}

const PASSES: &str = "(?1 IS NULL OR entry.feed_id = ?1) AND (?2 IS NULL OR first_seen_at >= ?2)";

/// A listed item, with what is known of it beside its text.
#[derive(Clone, Debug)]
pub struct ListedEntry {
    /// The item as it stands now.
    pub entry: EntryRow,
    /// As its feed calls itself.
    pub feed_title: Option<String>,
    /// When it was published, if the feed says so.
    pub published: Option<Timestamp>,
}

/// Gives every item that passes the filter to `each`, the last to come first, without holding them all.
pub fn list(
    connection: &Connection,
    filter: &EntryFilter,
    each: &mut dyn FnMut(ListedEntry) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(&format!(
        "SELECT {COLUMNS}, entry.published_at,
                (SELECT title FROM feed WHERE feed.id = entry.feed_id)
         {FROM} WHERE {PASSES} ORDER BY entry.id DESC"
    ))?;
    let mut rows = statement.query(params![filter.feed, filter.since.map(seconds)])?;
    while let Some(row) = rows.next()? {
        each(ListedEntry {
            entry: read(row)?,
            published: row.get::<_, Option<i64>>(13)?.map(time),
            feed_title: row.get(14)?,
        })?;
    }
    Ok(())
}

/// How many items pass the filter.
pub fn count(connection: &Connection, filter: &EntryFilter) -> Result<u64, StoreError> {
    Ok(connection.query_row(
        &format!("SELECT count(*) FROM entry WHERE {PASSES}"),
        params![filter.feed, filter.since.map(seconds)],
        |row| row.get(0),
    )?)
}

/// Items first seen or revised since then.
pub fn count_since(connection: &Connection, since: Timestamp) -> Result<u64, StoreError> {
    Ok(connection.query_row(
        "SELECT count(*) FROM entry INDEXED BY entry_age
         WHERE max(first_seen_at, coalesce(revised_at, 0)) >= ?1",
        [seconds(since)],
        |row| row.get(0),
    )?)
}

/// The same item with the words of an earlier revision, and of its article if that is kept; unchanged when the
/// revision is not stored.
pub fn at_revision(
    connection: &Connection,
    entry: &EntryRow,
    revision: i64,
) -> Result<EntryRow, StoreError> {
    let stored = connection
        .prepare_cached(
            "SELECT revision.title, summary, revision.text, author, categories,
                    CASE WHEN article.text IS NULL THEN revision.language
                         ELSE coalesce(article.language, revision.language) END,
                    link, language_certain, article.text
             FROM revision LEFT JOIN article USING (entry_id, revision)
             WHERE entry_id = ?1 AND revision = ?2",
        )?
        .query_and_then(params![entry.id, revision], |row| {
            let categories: String = row.get(4)?;
            let (text, feed_text) = texts(row, 2, 8)?;
            Ok::<_, StoreError>(EntryRow {
                id: entry.id,
                revision,
                first_seen: entry.first_seen,
                feed_text,
                document: Document {
                    title: row.get(0)?,
                    summary: row.get(1)?,
                    text,
                    author: row.get(3)?,
                    categories: from_json(&categories)?,
                    language: row.get(5)?,
                    language_certain: row.get(7)?,
                    url: row.get(6)?,
                    feed: entry.document.feed.clone(),
                },
            })
        })?
        .next()
        .transpose()?;
    Ok(stored.unwrap_or_else(|| entry.clone()))
}

/// When a revision of an item was replaced by the next.
pub fn replaced_at(
    connection: &Connection,
    entry_id: i64,
    revision: i64,
) -> Result<Option<Timestamp>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT replaced_at FROM revision WHERE entry_id = ?1 AND revision = ?2")?
        .query_row([entry_id, revision], |row| Ok(time(row.get(0)?)))
        .optional()?)
}
