//! Stored items, to be matched again.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::StoreError;
use super::values::{from_json, seconds, time};
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
    /// As a reader sees it.
    pub document: Document,
}

const COLUMNS: &str =
    "id, revision, first_seen_at, title, summary, text, author, categories, language, link,
    feed_id FROM entry";

fn read(row: &Row<'_>) -> Result<EntryRow, StoreError> {
    let categories: String = row.get(7)?;
    Ok(EntryRow {
        id: row.get(0)?,
        revision: row.get(1)?,
        first_seen: time(row.get(2)?),
        document: Document {
            title: row.get(3)?,
            summary: row.get(4)?,
            text: row.get(5)?,
            author: row.get(6)?,
            categories: from_json(&categories)?,
            language: row.get(8)?,
            url: row.get(9)?,
            feed: row.get(10)?,
        },
    })
}

/// The item of this number.
pub fn get(connection: &Connection, id: i64) -> Result<Option<EntryRow>, StoreError> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} WHERE id = ?1"))?
        .query_and_then([id], read)?
        .next()
        .transpose()
}

/// Gives every item first seen since then to `each`, oldest first, without holding them all.
pub fn each_since(
    connection: &Connection,
    since: Timestamp,
    each: &mut dyn FnMut(EntryRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(&format!(
        "SELECT {COLUMNS} WHERE first_seen_at >= ?1 ORDER BY id"
    ))?;
    let mut rows = statement.query([seconds(since)])?;
    while let Some(row) = rows.next()? {
        each(read(row)?)?;
    }
    Ok(())
}

/// Items first seen since then.
pub fn count_since(connection: &Connection, since: Timestamp) -> Result<u64, StoreError> {
    Ok(connection.query_row(
        "SELECT count(*) FROM entry WHERE first_seen_at >= ?1",
        [seconds(since)],
        |row| row.get(0),
    )?)
}

/// The same item with the words of an earlier revision; unchanged when that is not stored.
pub fn at_revision(
    connection: &Connection,
    entry: &EntryRow,
    revision: i64,
) -> Result<EntryRow, StoreError> {
    let mut earlier = entry.clone();
    let stored = connection
        .prepare_cached(
            "SELECT title, summary, text, author, categories, language, link
             FROM revision WHERE entry_id = ?1 AND revision = ?2",
        )?
        .query_and_then(params![entry.id, revision], |row| {
            let categories: String = row.get(4)?;
            Ok::<_, StoreError>(Document {
                title: row.get(0)?,
                summary: row.get(1)?,
                text: row.get(2)?,
                author: row.get(3)?,
                categories: from_json(&categories)?,
                language: row.get(5)?,
                url: row.get(6)?,
                feed: entry.document.feed.clone(),
            })
        })?
        .next()
        .transpose()?;
    if let Some(document) = stored {
        earlier.revision = revision;
        earlier.document = document;
    }
    Ok(earlier)
}
