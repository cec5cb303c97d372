//! Items that say something else than a recipient was told, or that are there to correct what others told.

use jiff::Timestamp;
use rusqlite::params;

use super::pending::UNTOLD;
use super::reported_items::{OF_STORY, TOLD, TOLD_AT_ONCE};
use crate::core::alert::Novelty;
use crate::core::alert::Urgency;
use crate::core::story::WINDOW;
use crate::store::polls::NewHit;
use crate::store::sql_values::{seconds, time, to_json};
use crate::store::{Connection, StoreError, hits};

/// Whether what is new in a delivery is that something was told otherwise before.
const IS_CHANGE: &str = "coalesce(delivery.news ->> '$.news' IN ('corrected', 'victims'), 0)";

/// Watches by which a story was told that are asked for at most.
const WATCHES_MAX: u32 = 64;

/// An item that says something else now, or that is there to correct others of its story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisedItem {
    /// The item.
    pub entry_id: i64,
    /// Its revision that says so.
    pub revision: i64,
    /// What, as a sentence that reads alone.
    pub what: String,
    /// Whether what it, or another of its story, said before was wrong.
    pub corrects: bool,
    /// Whether it came to correct others, and was not revised since.
    pub joined: bool,
    /// The most dead or hurt that it counts now.
    pub victims: Option<u32>,
    /// Its story, through merges.
    pub story: i64,
    /// When that was found.
    pub at: Timestamp,
    /// By which hits the recipient was told of it, or is owed it, the first found before the others.
    pub reached: Vec<DeliveredHit>,
}

/// A hit of an item for a recipient, told or owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveredHit {
    /// The hit.
    pub hit_id: i64,
    /// Its watch.
    pub watch_id: String,
    /// The title of its watch, as it was.
    pub watch_title: String,
    /// The revision of the item in which it was found.
    pub revision: i64,
    /// How it was told, or is to be.
    pub how: DeliveryState,
    /// Whether it is known what is new in it.
    pub judged: bool,
    /// Whether that is what was told otherwise before.
    pub is_change: bool,
    /// The most dead or hurt that its item counted as it was told, if that was kept.
    pub counted: Option<u32>,
}

/// How a hit was told, or is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// At once.
    ToldAtOnce,
    /// In the words of a digest.
    ToldInDigest,
    /// To be told at once.
    PendingAtOnce,
    /// To be told in a digest.
    PendingInDigest,
}

impl DeliveredHit {
    /// Whether it is to be told at once and what is new in it is not known yet.
    pub fn is_unjudged(&self) -> bool {
        self.how == DeliveryState::PendingAtOnce && !self.judged
    }
}

impl DeliveryState {
    /// Whether it was told.
    pub fn is_told(self) -> bool {
        matches!(self, Self::ToldAtOnce | Self::ToldInDigest)
    }

    /// How fast that is.
    pub fn urgency(self) -> Urgency {
        match self {
            Self::ToldAtOnce | Self::PendingAtOnce => Urgency::Alert,
            Self::ToldInDigest | Self::PendingInDigest => Urgency::Digest,
        }
    }
}

/// Those of the last days of which the recipient was told or is owed something, and all that came to correct others.
pub fn changed(
    connection: &Connection,
    recipient_id: &str,
    now: Timestamp,
) -> Result<Vec<RevisedItem>, StoreError> {
    let since = now.checked_sub(WINDOW).unwrap_or(Timestamp::MIN);
    let mut all: Vec<RevisedItem> = connection
        .prepare_cached(
            "SELECT item.entry_id, item.revision, item.changed, item.corrects, item.changed_at IS NULL,
                    item.victims, coalesce(story.merged_into, story.id),
                    coalesce(item.changed_at, item.placed_at)
             FROM story_item AS item CROSS JOIN story ON story.id = item.story_id
             WHERE item.id IN (
                 SELECT id FROM story_item WHERE changed IS NOT NULL AND changed_at >= ?2
                 UNION ALL SELECT id FROM story_item
                   WHERE changed IS NOT NULL AND changed_at IS NULL AND placed_at >= ?2)
               AND (item.changed_at IS NULL OR EXISTS (
                 SELECT 1 FROM hit CROSS JOIN delivery
                   ON delivery.hit_id = hit.id AND delivery.recipient_id = ?1
                 WHERE hit.entry_id = item.entry_id))
             ORDER BY item.id",
        )?
        .query_map(params![recipient_id, seconds(since)], |row| {
            Ok(RevisedItem {
                entry_id: row.get(0)?,
                revision: row.get(1)?,
                what: row.get(2)?,
                corrects: row.get(3)?,
                joined: row.get(4)?,
                victims: row.get(5)?,
                story: row.get(6)?,
                at: time(row.get(7)?),
                reached: Vec::new(),
            })
        })?
        .collect::<Result<_, _>>()?;
    for changed in &mut all {
        changed.reached = reached(connection, recipient_id, changed.entry_id)?;
    }
    Ok(all)
}

/// The hits by which a recipient was told of an item or is owed it, the first found before the others.
pub fn reached(
    connection: &Connection,
    recipient_id: &str,
    entry_id: i64,
) -> Result<Vec<DeliveredHit>, StoreError> {
    let columns = columns();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {columns} FROM hit CROSS JOIN delivery
           ON delivery.hit_id = hit.id AND delivery.recipient_id = ?1
         WHERE hit.entry_id = ?2 AND NOT hit.archive AND NOT hit.later ORDER BY hit.id"
    ))?;
    let mut rows = statement.query(params![recipient_id, entry_id])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.extend(reached_by(row)?);
    }
    Ok(all)
}

/// The latest hit of each watch by which a recipient was told of a story, of all its items or of those that were there
/// before one of them.
pub fn reached_by_story(
    connection: &Connection,
    recipient_id: &str,
    story: i64,
    before: Option<i64>,
) -> Result<Vec<DeliveredHit>, StoreError> {
    let columns = columns();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {columns}, max(hit.id) FROM {OF_STORY} AND {TOLD} IS NOT NULL
           AND (?3 IS NULL OR story_item.id < (SELECT id FROM story_item WHERE entry_id = ?3))
         GROUP BY hit.watch_id, {TOLD_AT_ONCE} IS NULL ORDER BY 5 DESC, max(hit.id) LIMIT {WATCHES_MAX}"
    ))?;
    let mut rows = statement.query(params![recipient_id, story, before])?;
    let mut all: Vec<DeliveredHit> = Vec::new();
    while let Some(row) = rows.next()? {
        let found = reached_by(row)?;
        all.extend(found.filter(|found| all.iter().all(|known| known.watch_id != found.watch_id)));
    }
    Ok(all)
}

/// The columns that [`reached_by`] reads.
fn columns() -> String {
    format!(
        "hit.id, hit.watch_id, hit.revision, {TOLD} IS NOT NULL, {TOLD_AT_ONCE} IS NOT NULL,
         delivery.urgency = 'alert', {UNTOLD}, delivery.news IS NOT NULL, {IS_CHANGE}, delivery.victims,
         hit.watch_title"
    )
}

fn reached_by(row: &rusqlite::Row<'_>) -> Result<Option<DeliveredHit>, rusqlite::Error> {
    let (told, at_once, is_alert, untold): (bool, bool, bool, bool) =
        (row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?);
    let how = match (told, untold) {
        (true, _) if at_once => DeliveryState::ToldAtOnce,
        (true, _) => DeliveryState::ToldInDigest,
        (false, true) if is_alert => DeliveryState::PendingAtOnce,
        (false, true) => DeliveryState::PendingInDigest,
        (false, false) => return Ok(None),
    };
    Ok(Some(DeliveredHit {
        hit_id: row.get(0)?,
        watch_id: row.get(1)?,
        revision: row.get(2)?,
        how,
        judged: row.get(7)?,
        is_change: row.get(8)?,
        counted: row.get(9)?,
        watch_title: row.get(10)?,
    }))
}

/// How a recipient is owed what an item says now.
#[derive(Clone, Copy, Debug)]
pub struct CorrectionDelivery<'a> {
    /// The recipient.
    pub recipient_id: &'a str,
    /// The watch.
    pub watch_id: &'a str,
    /// What the watch finds in the item as it says now.
    pub found: Option<&'a NewHit>,
    /// How fast.
    pub urgency: Urgency,
    /// What is new in it; `None` where that is judged as of any hit.
    pub news: Option<&'a Novelty>,
    /// Of the program.
    pub version: &'a str,
}

/// Owes what an item says now, as by the hit by which that item, or another of its story, was told. It is a hit of
/// its own, with what its watch finds there; without a word that matched where what was found is gone.
pub fn queue_correction(
    connection: &Connection,
    changed: &RevisedItem,
    hit_id: i64,
    delivery: CorrectionDelivery<'_>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version,
                              program_version, score, spans, found_at, in_article)
             SELECT ?2, ?3, ?6, watch_title, topic, watch_version, ?4, score, coalesce(?7, '[]'), ?5, ?8
             FROM hit WHERE id = ?1
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            hit_id,
            changed.entry_id,
            changed.revision,
            delivery.version,
            seconds(changed.at),
            delivery.watch_id,
            delivery.found.map(|found| &found.spans),
            delivery.found.is_some_and(|found| found.in_article)
        ])?;
    // What a digest took must be known to be told.
    super::finish_marking(connection, delivery.recipient_id)?;
    // What its watch found anew, and a digest is to tell, is told as what it is.
    connection
        .prepare_cached(
            "INSERT INTO delivery (hit_id, recipient_id, urgency, news, victims)
             SELECT id, ?2, ?5, ?6, iif(?6 IS NULL, NULL, ?7) FROM hit
             WHERE watch_id = ?1 AND entry_id = ?3 AND revision = ?4
             ON CONFLICT (hit_id, recipient_id) DO UPDATE
             SET urgency = excluded.urgency, news = excluded.news, victims = excluded.victims, held_until = NULL
             WHERE coalesce(delivery.news ->> '$.news', 'more') IN ('more', 'along', 'awaited')
               AND delivery.alert_id IS NULL AND delivery.digest_id IS NULL",
        )?
        .execute(params![
            delivery.watch_id,
            delivery.recipient_id,
            changed.entry_id,
            changed.revision,
            delivery.urgency.name(),
            delivery.news.map(to_json).transpose()?,
            changed.victims
        ])?;
    hits::index(connection, changed.entry_id)
}

/// Owes no more what an item was to be told for as a change and says otherwise now. What a watch found in it stays
/// owed, and is judged anew.
pub fn cancel_corrections(
    connection: &Connection,
    recipient_id: &str,
    changed: &RevisedItem,
) -> Result<(), StoreError> {
    let stale = format!(
        "delivery.recipient_id = ?1 AND {UNTOLD} AND {IS_CHANGE} AND delivery.hit_id IN (
           SELECT id FROM hit WHERE entry_id = ?2 AND revision < ?3"
    );
    let values = params![recipient_id, changed.entry_id, changed.revision];
    // Those of `queue_correction` have no number of terms that matched. The hit stays: its number may be known
    // elsewhere, as by a feed of hits, and the number of the last hit would be given again.
    connection
        .prepare_cached(&format!(
            "DELETE FROM delivery WHERE {stale} AND terms IS NULL)"
        ))?
        .execute(values)?;
    connection
        .prepare_cached(&format!("UPDATE delivery SET news = NULL WHERE {stale})"))?
        .execute(values)?;
    Ok(())
}
