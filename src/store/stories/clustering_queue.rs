//! The items that wait to be placed, and what is asked of the engine for each.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::StoreError;
use crate::core::story::agency::agency;
use crate::core::story::{ClusterAssignment, Engine, Relation, RevisionAssignment, StoryItem};
use crate::store::Connection;
use crate::store::sql_values::time;

/// So many items are placed in one transaction at most: polls wait no longer than that.
pub const BATCH: usize = 500;

/// So much of a summary or text is loaded, in characters; of what is longer, the beginning decides.
const LEAD: u32 = 2_000;

/// An item that waits.
pub(super) struct Item {
    pub(super) id: i64,
    pub(super) revision: i64,
    pub(super) feed_id: String,
    title: String,
    lead: String,
    author: String,
    language: Option<String>,
    published: Option<Timestamp>,
    pub(super) seen: Timestamp,
    pub(super) reported: Timestamp,
    /// What is in its story already.
    pub(super) known: Option<Before>,
}

/// An item as it was placed or looked at last.
pub(super) struct Before {
    revision: i64,
    /// What it said, if that is still kept.
    said: Option<(String, String)>,
}

pub(super) enum ClusteringRequest {
    Placed(ClusterAssignment),
    Revised(RevisionAssignment),
    /// It says what it said when it was looked at.
    Known,
}

impl Item {
    pub(super) fn ask(&self, engine: &mut Engine, outlet: &str) -> ClusteringRequest {
        let report = StoryItem {
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
                ClusteringRequest::Placed(placed)
            }
            Some(before) if before.revision == self.revision => ClusteringRequest::Known,
            Some(before) => {
                let (title, lead) = match &before.said {
                    Some((title, lead)) => (title.as_str(), lead.as_str()),
                    None => (report.title, report.lead),
                };
                let was = StoryItem {
                    title,
                    lead,
                    ..report
                };
                ClusteringRequest::Revised(engine.revise(&was, &report, self.seen))
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
    pub(super) fn alone(&self) -> ClusterAssignment {
        ClusterAssignment {
            story: self.id,
            relation: Relation::First,
            copy_of: None,
            sure: true,
            why: "it could not be compared with other items".to_owned(),
            agency: None,
            victims: None,
            merged: Vec::new(),
            same_source: Vec::new(),
            linked: Vec::new(),
            corrects: None,
            record: Vec::new(),
        }
    }
}

/// What is placed next, in the order in which it was reported. What was reported at one time is in the order of its
/// words and names, so that in which order a feed lists its items does not matter.
pub(super) fn next_batch(connection: &Connection) -> Result<Vec<Item>, StoreError> {
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
