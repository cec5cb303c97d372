//! What a recipient was told of stories.
//!
//! That is what stands on deliveries and in the outbox, and is written nowhere else: a mail that was given up told
//! nothing, and what stood only in the count of a mail was not told.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use crate::core::alert::{Count, Novelty, ReportedItem, ReportedStory, reported_toll};
use crate::store::sql_values::{from_json, time};
use crate::store::{Connection, StoreError};

/// Deliveries of a story that are looked at, the latest.
const TELLINGS_MAX: u32 = 10_000;

/// Items of a story that were told whose words are looked at.
const ITEMS_MAX: u32 = 64;

/// Items of a story whose numbers are compared, the latest to be placed.
const COUNTS_MAX: u32 = 2_000;

/// When a delivery was told in words; `NULL` for one that was not.
pub(super) const TOLD: &str = "(SELECT max(outbox.created_at) FROM outbox
    WHERE NOT delivery.counted AND outbox.state IN ('queued', 'sending', 'sent')
      AND outbox.id IN (delivery.alert_id, delivery.digest_id))";

/// When that was at once: by an alert, or by a digest in the place of one.
pub(super) const TOLD_AT_ONCE: &str = "(SELECT max(outbox.created_at) FROM outbox
    WHERE NOT delivery.counted AND outbox.state IN ('queued', 'sending', 'sent')
      AND outbox.id IN (delivery.alert_id, iif(delivery.urgency = 'alert', delivery.digest_id, NULL)))";

/// The items of the story `?2`, through merges, with what watches found in them and is owed to `?1`.
pub(super) const OF_STORY: &str = "story_item
    CROSS JOIN hit ON hit.entry_id = story_item.entry_id
    CROSS JOIN delivery ON delivery.hit_id = hit.id AND delivery.recipient_id = ?1
    WHERE story_item.story_id IN (SELECT ?2 UNION ALL SELECT id FROM story WHERE merged_into = ?2)";

/// What a recipient was told of a story, at once and in any way.
#[derive(Clone, Debug, Default)]
pub struct ReportedOf {
    /// At once.
    pub at_once: ReportedStory,
    /// The same, with what digests told.
    pub in_all: ReportedStory,
    /// The titles of the watches, by their ids.
    pub titles: BTreeMap<String, String>,
}

/// The latest hits of a story, the oldest of them first, with what is known of their deliveries.
fn hits_of_story() -> String {
    format!(
        "SELECT * FROM (
           SELECT hit.id AS hit_id, hit.entry_id, hit.watch_id, {TOLD}, {TOLD_AT_ONCE},
                  -- Of what was never judged, such as by a version without stories, no number was kept.
                  iif(delivery.news IS NULL, coalesce(delivery.victims, story_item.victims), delivery.victims),
                  story_item.victims, delivery.news, delivery.corroboration IS 'reached',
                  delivery.urgency = 'alert' AND delivery.held_until IS NULL,
                  delivery.alert_id IS NULL AND delivery.digest_id IS NULL, hit.revision,
                  hit.watch_title
           FROM {OF_STORY} ORDER BY hit.id DESC LIMIT {TELLINGS_MAX})
         ORDER BY hit_id"
    )
}

/// What a recipient was told of a story.
pub fn told_of(
    connection: &Connection,
    recipient_id: &str,
    story: i64,
    now: Timestamp,
) -> Result<ReportedOf, StoreError> {
    let mut statement = connection.prepare_cached(&hits_of_story())?;
    let day_ago = now
        .checked_sub(SignedDuration::from_hours(24))
        .unwrap_or(Timestamp::MIN);
    let mut rows = statement.query(params![recipient_id, story])?;
    let mut told = ReportedOf::default();
    let mut tellings: [Vec<ReportedItem>; 2] = [Vec::new(), Vec::new()];
    let mut today = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let watch: String = row.get(2)?;
        let told_at: Option<Timestamp> = row.get::<_, Option<i64>>(3)?.map(time);
        let at_once: Option<Timestamp> = row.get::<_, Option<i64>>(4)?.map(time);
        let news: Option<Novelty> = row
            .get::<_, Option<String>>(7)?
            .map(|news| from_json(&news))
            .transpose()?;
        let is_owed: bool = row.get(10)?;
        let what = match news {
            Some(Novelty::Corrected { what, .. }) if told_at.is_some() || is_owed => Some(what),
            _ => None,
        };
        let telling = ReportedItem {
            entry: row.get(1)?,
            counted: row.get(5)?,
            now: row.get(6)?,
            corrects: what.is_some(),
        };
        if let Some(what) = what {
            let soon = is_owed && row.get(9)?;
            if soon || at_once.is_some_and(|at| at > day_ago) {
                today.insert((telling.entry, row.get::<_, i64>(11)?));
            }
            told.in_all.corrected.insert(telling.entry, what);
        }
        let ways = [(&mut told.at_once, at_once), (&mut told.in_all, told_at)];
        for ((way, at), tellings) in ways.into_iter().zip(&mut tellings) {
            if at.is_some() {
                if row.get(8)? {
                    way.corroborated.insert(watch.clone());
                }
                way.watches.insert(watch.clone());
                told.titles.insert(watch.clone(), row.get(12)?);
                tellings.push(telling);
            }
        }
    }
    if tellings[1].iter().any(|telling| telling.counted.is_some()) {
        let counts = counts(connection, story)?;
        told.at_once.victims = reported_toll(&tellings[0], &counts);
        told.in_all.victims = reported_toll(&tellings[1], &counts);
    }
    // Whatever way it was told, it is not told again.
    told.at_once.corrected.clone_from(&told.in_all.corrected);
    told.at_once.corrections = today.len();
    Ok(told)
}

/// Items of a story that were told, the latest, each with the revision that was.
pub fn reported_items(
    connection: &Connection,
    recipient_id: &str,
    story: i64,
) -> Result<Vec<(i64, i64)>, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT hit.entry_id, max(hit.revision) FROM {OF_STORY} AND {TOLD} IS NOT NULL
             GROUP BY hit.entry_id ORDER BY max(hit.id) DESC LIMIT {ITEMS_MAX}"
        ))?
        .query_map(params![recipient_id, story], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?)
}

/// What the items of a story count that count any, in the order in which they were placed.
pub(super) fn counts(connection: &Connection, story: i64) -> Result<Vec<Count>, StoreError> {
    let mut counts: Vec<Count> = connection
        .prepare_cached(
            "SELECT entry_id, outlet, copy_of IS NOT NULL, victims FROM story_item
             WHERE victims IS NOT NULL
               AND story_id IN (SELECT ?1 UNION ALL SELECT id FROM story WHERE merged_into = ?1)
             ORDER BY id DESC LIMIT ?2",
        )?
        .query_map(params![story, COUNTS_MAX], |row| {
            Ok(Count {
                entry: row.get(0)?,
                outlet: row.get(1)?,
                is_copy: row.get(2)?,
                counted: row.get(3)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    counts.reverse();
    Ok(counts)
}
