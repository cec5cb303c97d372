//! Hits that wait until enough independent outlets report their story.

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use crate::core::alert::{Corroboration, Novelty};
use crate::store::sql_values::{seconds, to_json};
use crate::store::stories::item_source::StoredSource;
use crate::store::{Connection, StoreError};

/// A story is open for its window after it began and after its last item, and a clock may be ahead for a while.
const NOTHING_JOINS_AFTER: SignedDuration = SignedDuration::from_hours(15 * 24);

/// Hits of one watch in one story that wait until enough outlets report it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitingCorroboration {
    /// The watch.
    pub watch_id: String,
    /// Its title, as it was last.
    pub watch_title: String,
    /// The story, through merges.
    pub story: i64,
}

/// All of them for a recipient. Those are forgotten whose stories nothing can
/// join any more.
pub fn awaiting(
    connection: &Connection,
    recipient_id: &str,
    now: Timestamp,
) -> Result<Vec<AwaitingCorroboration>, StoreError> {
    let over = now
        .checked_sub(NOTHING_JOINS_AFTER)
        .unwrap_or(Timestamp::MIN);
    connection
        .prepare_cached(
            "UPDATE delivery SET corroboration = NULL
             WHERE recipient_id = ?1 AND corroboration = 'awaited'
               AND (SELECT found_at FROM hit WHERE hit.id = delivery.hit_id) < ?2",
        )?
        .execute(params![recipient_id, seconds(over)])?;
    Ok(connection
        .prepare_cached(
            // The title is that of the row which has the greatest number.
            "SELECT hit.watch_id, hit.watch_title, coalesce(story.merged_into, story.id), max(hit.id)
             FROM delivery
             CROSS JOIN hit ON hit.id = delivery.hit_id
             CROSS JOIN story_item ON story_item.entry_id = hit.entry_id
             CROSS JOIN story ON story.id = story_item.story_id
             WHERE delivery.recipient_id = ?1 AND delivery.corroboration = 'awaited'
             GROUP BY 1, 3 ORDER BY 4",
        )?
        .query_map([recipient_id], |row| {
            Ok(AwaitingCorroboration {
                watch_id: row.get(0)?,
                watch_title: row.get(1)?,
                story: row.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Those hits, as a condition on `delivery`.
const AWAITING: &str = "delivery.recipient_id = ?1 AND delivery.corroboration = 'awaited'
    AND delivery.hit_id IN (
      SELECT hit.id FROM story_item CROSS JOIN hit ON hit.entry_id = story_item.entry_id
      WHERE hit.watch_id = ?3 AND story_item.story_id IN (
        SELECT ?2 UNION ALL SELECT id FROM story WHERE merged_into = ?2))";

/// Has hits wait no more: enough was told of their story, or their watch asks for no more than one outlet.
pub fn release_awaiting(
    connection: &Connection,
    recipient_id: &str,
    awaiting: &AwaitingCorroboration,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(&format!(
            "UPDATE delivery SET corroboration = NULL WHERE {AWAITING}"
        ))?
        .execute(params![recipient_id, awaiting.story, awaiting.watch_id])?;
    Ok(())
}

/// Has a story told at once for which hits waited: those that nothing told yet, or else the newest of them, though
/// a digest told it.
pub fn raise(
    connection: &Connection,
    recipient_id: &str,
    awaiting: &AwaitingCorroboration,
    news: &Novelty,
) -> Result<(), StoreError> {
    // What a digest took must be known to be told.
    super::finish_marking(connection, recipient_id)?;
    let (story, watch, news) = (awaiting.story, &awaiting.watch_id, to_json(news)?);
    let set = "urgency = 'alert', news = ?4, corroboration = 'reached', held_until = NULL";
    let raised = connection
        .prepare_cached(&format!(
            "UPDATE delivery SET {set}
             WHERE {AWAITING} AND alert_id IS NULL AND digest_id IS NULL"
        ))?
        .execute(params![recipient_id, story, watch, news])?;
    if raised == 0 {
        connection
            .prepare_cached(&format!(
                "UPDATE delivery SET {set}, told_before = coalesce(digest_id, alert_id),
                        alert_id = NULL, digest_id = NULL
                 WHERE recipient_id = ?1 AND hit_id = (
                   SELECT max(delivery.hit_id) FROM delivery WHERE {AWAITING})"
            ))?
            .execute(params![recipient_id, story, watch, news])?;
    }
    release_awaiting(connection, recipient_id, awaiting)
}

/// Items of a story by which its outlets are counted: the first to be reported.
const COUNTED: u32 = 2_000;

/// The independent outlets that report a story; `None` when there is none of that number.
pub fn corroboration(
    connection: &Connection,
    story: i64,
) -> Result<Option<Corroboration>, StoreError> {
    let items: Vec<StoredSource> = connection
        .prepare_cached(
            "SELECT entry_id, outlet, agency, copy_of, sure, reported_at FROM story_item
             WHERE story_id IN (SELECT ?1 UNION ALL SELECT id FROM story WHERE merged_into = ?1)
             ORDER BY reported_at, id LIMIT ?2",
        )?
        .query_map(params![story, COUNTED], |row| StoredSource::read(row, 0))?
        .collect::<Result<_, _>>()?;
    let sources: Vec<_> = items.iter().map(StoredSource::source).collect();
    Ok(Corroboration::of(&sources))
}
