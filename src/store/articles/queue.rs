//! The rows of pages that are to be asked for, as polls put them in, and how many may wait.

use jiff::Timestamp;
use rusqlite::params;

use super::counts::{day_began, waiting_of};
use crate::core::article::{PageVerdict, page_address};
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError};

/// Pages that wait at most, of all feeds.
pub const WAITING_AT_MOST: u64 = 100_000;

/// Pages of one feed that wait at most.
pub const WAITING_OF_A_FEED: u64 = 2_000;

/// The queue, while the items of one body of a feed are stored.
pub(in crate::store) struct Queue<'a> {
    feed_id: &'a str,
    /// The feed's own address, which is no article.
    feed_url: &'a str,
    now: Timestamp,
    /// Once it is known: what may still be queued, of the feed and of all.
    capacity: Option<(u64, u64)>,
}

impl<'a> Queue<'a> {
    pub(in crate::store) fn new(feed_id: &'a str, feed_url: &'a str, now: Timestamp) -> Self {
        Self {
            feed_id,
            feed_url,
            now,
            capacity: None,
        }
    }

    /// Queues the page behind an item at its revision, due now; gives whether it waits. Where there is no room,
    /// it is settled at once with its reason. A link that leads to no article queues nothing.
    pub(in crate::store) fn push(
        &mut self,
        connection: &Connection,
        entry_id: i64,
        revision: i64,
        link: Option<&str>,
    ) -> Result<bool, StoreError> {
        let Some(address) = link.and_then(|link| page_address(link, self.feed_url)) else {
            return Ok(false);
        };
        let (of_feed, of_all) = match self.capacity {
            Some(capacity) => capacity,
            None => (
                WAITING_OF_A_FEED.saturating_sub(waiting_of(connection, self.feed_id)?),
                capacity_left(connection)?,
            ),
        };
        let full = if of_feed == 0 {
            Some(format!(
                "{WAITING_OF_A_FEED} pages of its feed were waiting already"
            ))
        } else if of_all == 0 {
            Some(format!("{WAITING_AT_MOST} pages were waiting already"))
        } else {
            None
        };
        let now = seconds(self.now);
        let verdict = full.as_ref().map(|_| PageVerdict::NotAsked.name());
        connection
            .prepare_cached(
                "INSERT INTO article (entry_id, revision, feed_id, address, queued_at, due_at,
                                      settled_at, verdict, why)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                entry_id,
                revision,
                self.feed_id,
                address,
                now,
                verdict.map(|_| now),
                verdict,
                full
            ])?;
        let taken = u64::from(full.is_none());
        self.capacity = Some((of_feed - taken, of_all - taken));
        Ok(full.is_none())
    }
}

/// What may still be queued, of all feeds. Numbers are never given twice, so no more wait than lie between the
/// first and the last; only when that is not enough to tell are they counted.
fn capacity_left(connection: &Connection) -> Result<u64, StoreError> {
    let end = |order: &str| -> Result<i64, StoreError> {
        Ok(connection
            .prepare_cached(&format!(
                "SELECT coalesce((SELECT id FROM article INDEXED BY article_waiting
                                  WHERE settled_at IS NULL ORDER BY id {order} LIMIT 1), 0)"
            ))?
            .query_row([], |row| row.get(0))?)
    };
    let id_range = (end("DESC")? - end("ASC")?).unsigned_abs() + 1;
    if id_range < WAITING_AT_MOST {
        return Ok(WAITING_AT_MOST - id_range);
    }
    let waiting: u64 = connection
        .prepare_cached(
            "SELECT count(*) FROM article INDEXED BY article_waiting WHERE settled_at IS NULL",
        )?
        .query_row([], |row| row.get(0))?;
    Ok(WAITING_AT_MOST.saturating_sub(waiting))
}

/// Lets go of what an entry's earlier revisions, in which no hit is left, do not need any more: the page that
/// was to be read, the text that nothing points into. The rows of today stay without it, for the day's pages
/// are counted by them.
pub(in crate::store) fn prune_unused(
    connection: &Connection,
    entry_id: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    const UNUSED: &str = "entry_id = ?1 AND revision < (SELECT revision FROM entry WHERE id = ?1)
         AND revision NOT IN (SELECT hit.revision FROM hit WHERE hit.entry_id = ?1)";
    connection
        .prepare_cached(
            "DELETE FROM article WHERE entry_id = ?1 AND settled_at IS NULL
               AND revision < (SELECT revision FROM entry WHERE id = ?1)",
        )?
        .execute([entry_id])?;
    connection
        .prepare_cached(&format!(
            "DELETE FROM article WHERE {UNUSED} AND settled_at < ?2"
        ))?
        .execute([entry_id, day_began(now)])?;
    connection
        .prepare_cached(&format!(
            "UPDATE article SET text = NULL WHERE {UNUSED} AND text IS NOT NULL"
        ))?
        .execute([entry_id])?;
    Ok(())
}
