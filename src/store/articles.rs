//! Pages behind items: the queue of those that are to be read, and what came of each.
//!
//! ```text
//! polls: queue -> waiting -> postpone | settle -> the item's text, and hits in it
//! ```
//!
//! A row stands for one revision of an item. It waits until it is settled with a [`PageVerdict`]; its text, when
//! there is one, is the whole [`Document::text`](crate::core::document::Document::text) with the article in it,
//! into which the spans of hits with `in_article` point. An earlier revision's row stays while a hit of that
//! revision does, and all go with their item.

mod counts;
mod hosts;
mod queries;
mod queue;
mod results;
mod text;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, TransactionBehavior, params};

use super::sql_values::{seconds, time};
use super::{Connection, StoreError, entries};
use crate::core::article::PageVerdict;
use crate::core::document::Document;
use crate::fault;

pub use counts::{asked_today, read_by_feed};
pub(super) use hosts::prune_hosts;
pub use hosts::{hosts, save_host_states};
pub use queries::{last_read, page_of};
pub(super) use queue::{Queue, prune_unused};
pub use queue::{WAITING_AT_MOST, WAITING_OF_A_FEED};
pub use results::{SettleCounts, Settled, SettlementContext, settle};
pub(super) use text::{TEXT_OF_HIT, add_function, inflate};

/// A page that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The item that links to it.
    pub entry_id: i64,
    /// The item's revision.
    pub revision: i64,
    /// The item's feed.
    pub feed_id: String,
    /// Where it is read next.
    pub address: String,
    /// Redirects that were followed so far.
    pub hops: u32,
    /// Attempts that failed so far.
    pub attempts: u32,
    /// When it was queued.
    pub queued: Timestamp,
    /// Not before then.
    pub due: Timestamp,
    /// Whether a watch has found its item, in whatever revision.
    pub is_hit: bool,
}

/// What is known of a waiting page after an answer that did not settle it: a redirect or a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where it is read next.
    pub address: String,
    /// Redirects that were followed so far.
    pub hops: u32,
    /// Attempts that failed so far.
    pub attempts: u32,
    /// Not before then.
    pub due: Timestamp,
}

/// So many pages that wait at most, each with its number, the oldest first: those behind the row of this
/// number, from 0 on. No number is given twice, so what is queued later stands behind all others.
pub fn waiting(
    connection: &Connection,
    after: i64,
    limit: usize,
) -> Result<Vec<(i64, Waiting)>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(connection
        .prepare_cached(
            "SELECT id, entry_id, revision, feed_id, address, hops, attempts, queued_at, due_at,
                    EXISTS (SELECT 1 FROM hit WHERE hit.entry_id = article.entry_id)
             FROM article INDEXED BY article_waiting
             WHERE settled_at IS NULL AND id > ?1 ORDER BY id LIMIT ?2",
        )?
        .query_map([after, limit], |row| Ok((row.get(0)?, read_waiting(row)?)))?
        .collect::<Result<_, _>>()?)
}

fn read_waiting(row: &Row<'_>) -> Result<Waiting, rusqlite::Error> {
    Ok(Waiting {
        entry_id: row.get(1)?,
        revision: row.get(2)?,
        feed_id: row.get(3)?,
        address: row.get(4)?,
        hops: row.get(5)?,
        attempts: row.get(6)?,
        queued: time(row.get(7)?),
        due: time(row.get(8)?),
        is_hit: row.get(9)?,
    })
}

/// Notes how pages go on that wait further, all in one transaction. Rows that are gone or settled meanwhile
/// stay so.
pub fn postpone(connection: &mut Connection, rows: &[(i64, Step)]) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (id, step) in rows {
        transaction
            .prepare_cached(
                "UPDATE article SET address = ?2, hops = ?3, attempts = ?4, due_at = ?5
                 WHERE id = ?1 AND settled_at IS NULL",
            )?
            .execute(params![
                id,
                step.address,
                step.hops,
                step.attempts,
                seconds(step.due)
            ])?;
    }
    fault::point("articles-postponed-written");
    transaction.commit()?;
    fault::point("articles-postponed-committed");
    Ok(())
}

/// The items of these waiting rows, as their feed gives them, with the rows' numbers. One that was revised or
/// let go meanwhile is missing.
pub fn documents(
    connection: &Connection,
    rows: &[i64],
) -> Result<Vec<(i64, Document)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT entry_id, revision FROM article WHERE id = ?1 AND settled_at IS NULL",
    )?;
    let mut documents = Vec::with_capacity(rows.len());
    for id in rows {
        let row: Option<(i64, i64)> = statement
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((entry_id, revision)) = row
            && let Some(entry) = entries::get(connection, entry_id)?
            && entry.revision == revision
        {
            documents.push((*id, entry.without_article().into_owned()));
        }
    }
    Ok(documents)
}

/// A stored verdict. One that this program does not know is of a later version, and says nothing.
fn verdict(row: &Row<'_>, column: usize) -> Result<Option<PageVerdict>, rusqlite::Error> {
    let name = row.get_ref(column)?.as_str_or_null()?;
    Ok(name.and_then(PageVerdict::of_name))
}
