//! What came of the page behind an item, and of the last pages of a feed.

use rusqlite::params;

use crate::core::article::{PageRead, PageVerdict, PageVerdictCounts};
use crate::store::{Connection, StoreError};

/// How the last pages of a feed were read that were asked for, so many at most. Whether others wait is left out.
pub fn last_read(
    connection: &Connection,
    feed_id: &str,
    most: u64,
) -> Result<PageVerdictCounts, StoreError> {
    let mut reading = PageVerdictCounts::default();
    let mut statement = connection.prepare_cached(
        "SELECT verdict FROM article INDEXED BY article_of_feed
         WHERE feed_id = ?1 AND settled_at IS NOT NULL AND verdict <> ?2
         ORDER BY settled_at DESC LIMIT ?3",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![feed_id, PageVerdict::NotAsked.name(), most])?;
    while let Some(row) = rows.next()? {
        if let Some(verdict) = super::verdict(row, 0)? {
            *reading.settled.entry(verdict).or_default() += 1;
        }
    }
    Ok(reading)
}

/// What came of the page behind an item at a revision of it; `None` where there was none to be read.
pub fn page_of(
    connection: &Connection,
    entry_id: i64,
    revision: i64,
) -> Result<Option<PageRead>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT verdict, why, address, text IS NOT NULL FROM article
         WHERE entry_id = ?1 AND revision = ?2",
    )?;
    let mut rows = statement.query([entry_id, revision])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    Ok(Some(PageRead {
        verdict: super::verdict(row, 0)?,
        why: row.get(1)?,
        address: row.get(2)?,
        gives_text: row.get(3)?,
    }))
}
