//! What is new in hits that are to be told at once.

use jiff::Timestamp;
use rusqlite::params;

use super::pending::{HOLD_WITHOUT_DIGEST, PendingScope, UNTOLD, alert};
use super::reported_items::{OF_STORY, TOLD};
use crate::core::alert::Novelty;
use crate::store::sql_values::{from_json, seconds, time, to_json};
use crate::store::{Connection, StoreError};

/// Hits that are looked at in one go. Of more, which are a flood, each is told as its watch asks.
const JUDGED_A_CALL: u32 = 10_000;

/// A hit that waits for an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingAlertHit {
    /// The hit.
    pub hit_id: i64,
    /// Its item.
    pub entry_id: i64,
    /// The watch.
    pub watch_id: String,
    /// Its title, as it was.
    pub watch_title: String,
    /// When it was found.
    pub found: Timestamp,
    /// The story of its item, through merges; `None` where that is a story of its own.
    pub story: Option<i64>,
    /// The most dead or hurt that its item counts.
    pub victims: Option<u32>,
    /// What was wrong of what others of its story told, as its item says; nothing of an item that was told itself.
    pub corrects: Option<String>,
    /// Whether its item came to say so in a revision.
    pub was_revised: bool,
}

/// The hits that wait for an alert and were not judged yet, in the order in which they were found.
pub fn unjudged(
    connection: &Connection,
    recipient_id: &str,
) -> Result<Vec<PendingAlertHit>, StoreError> {
    let pending = alert();
    Ok(connection
        .prepare_cached(&format!(
            "SELECT hit.id, hit.entry_id, hit.watch_id, hit.found_at,
                    coalesce(story.merged_into, story.id), item.victims,
                    iif(item.corrects AND NOT EXISTS (
                          SELECT 1 FROM hit AS other
                          JOIN delivery ON delivery.hit_id = other.id AND delivery.recipient_id = ?1
                          WHERE other.entry_id = hit.entry_id AND {TOLD} IS NOT NULL),
                        coalesce(item.changed, item.why), NULL),
                    hit.watch_title, item.changed_at IS NOT NULL
             FROM delivery
             CROSS JOIN hit ON hit.id = delivery.hit_id
             LEFT JOIN story_item AS item ON item.entry_id = hit.entry_id
             LEFT JOIN story ON story.id = item.story_id
             WHERE delivery.recipient_id = ?1 AND {pending} AND delivery.news IS NULL
             ORDER BY hit.id LIMIT ?2"
        ))?
        .query_map(params![recipient_id, JUDGED_A_CALL], |row| {
            Ok(PendingAlertHit {
                hit_id: row.get(0)?,
                entry_id: row.get(1)?,
                watch_id: row.get(2)?,
                found: time(row.get(3)?),
                story: row.get(4)?,
                victims: row.get(5)?,
                corrects: row.get(6)?,
                watch_title: row.get(7)?,
                was_revised: row.get(8)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Whether an alert of that watch waits that tells of the story.
pub fn has_pending_alert_of_story(
    connection: &Connection,
    recipient_id: &str,
    story: i64,
    watch_id: &str,
) -> Result<bool, StoreError> {
    let pending = alert();
    Ok(connection
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM {OF_STORY} AND hit.watch_id = ?3 AND {pending}
                            AND delivery.held_until IS NULL AND delivery.news IS NOT NULL)"
        ))?
        .query_row(params![recipient_id, story, watch_id], |row| row.get(0))?)
}

/// How a hit is told that has nothing new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertFallback {
    /// In the next digest.
    Digest,
    /// With the next alert of its watch, or in one of its own from then on, since no digest comes.
    AlertBy(Timestamp),
}

/// Records what is new in a hit that waits for an alert, and so how it is told.
pub fn judge(
    connection: &Connection,
    recipient_id: &str,
    hit: &PendingAlertHit,
    news: &Novelty,
    instead: AlertFallback,
) -> Result<(), StoreError> {
    let (urgency, held_until) = match instead {
        _ if news.is_news() => ("alert", None),
        AlertFallback::Digest => ("digest", None),
        AlertFallback::AlertBy(at) => ("alert", Some(seconds(at))),
    };
    let corroboration = match news {
        Novelty::Corroborated(_) => Some("reached"),
        Novelty::Awaited { .. } => Some("awaited"),
        _ => None,
    };
    connection
        .prepare_cached(
            "UPDATE delivery SET news = ?3, victims = ?4, urgency = ?5, held_until = ?6,
                    corroboration = ?7
             WHERE hit_id = ?1 AND recipient_id = ?2",
        )?
        .execute(params![
            hit.hit_id,
            recipient_id,
            to_json(news)?,
            hit.victims,
            urgency,
            held_until,
            corroboration
        ])?;
    Ok(())
}

/// Whether a recipient is owed something that no alert tells.
pub fn waits_for_digest(connection: &Connection, recipient_id: &str) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM delivery
               WHERE recipient_id = ?1 AND urgency = 'digest' AND {UNTOLD})"
        ))?
        .query_row([recipient_id], |row| row.get(0))?)
}

/// Has what was to wait for a digest told by alerts, since none comes any more: with the next of its watch, or in one
/// of its own a day after it was found.
pub fn without_digest(connection: &Connection, recipient_id: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(&format!(
            "UPDATE delivery SET urgency = 'alert',
                    held_until = ?2 + (SELECT found_at FROM hit WHERE hit.id = delivery.hit_id)
             WHERE delivery.recipient_id = ?1 AND delivery.urgency = 'digest' AND delivery.news IS NOT NULL
               AND {UNTOLD}"
        ))?
        .execute(params![recipient_id, HOLD_WITHOUT_DIGEST.as_secs()])?;
    Ok(())
}

/// Lets those hits be told by alerts of their own whose time has come. Gives the time of the next.
pub fn release(
    connection: &Connection,
    recipient_id: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    // None is held for longer than a day: a clock was set back.
    connection
        .prepare_cached(
            "UPDATE delivery SET held_until = NULL
             WHERE recipient_id = ?1 AND held_until IS NOT NULL
               AND (held_until <= ?2 OR held_until > ?2 + 86400)",
        )?
        .execute(params![recipient_id, seconds(now)])?;
    let next: Option<i64> = connection
        .prepare_cached(
            "SELECT min(held_until) FROM delivery
             WHERE recipient_id = ?1 AND held_until IS NOT NULL AND alert_id IS NULL AND digest_id IS NULL",
        )?
        .query_row([recipient_id], |row| row.get(0))?;
    Ok(next.map(time))
}

/// What is new in what a mail tells, of those hits of which it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingNovelty {
    /// The item.
    pub entry_id: i64,
    /// Its feed.
    pub feed_id: String,
    /// The revision of the item that was found.
    pub revision: i64,
    /// Its story, through merges; `None` where it is a story of its own.
    pub story: Option<i64>,
    /// The watch that found it.
    pub watch_id: String,
    /// Its title.
    pub watch_title: String,
    /// What is new in it.
    pub news: Novelty,
    /// Whether no alert has told it.
    pub is_untold: bool,
}

/// What is new in what a mail is to tell.
pub fn pending_novelty(
    connection: &Connection,
    recipient_id: &str,
    owing: &PendingScope,
) -> Result<Vec<PendingNovelty>, StoreError> {
    let condition = owing.condition();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT hit.entry_id, coalesce(story.merged_into, story.id), delivery.news, hit.watch_id, hit.watch_title,
                delivery.alert_id IS NULL, hit.revision, entry.feed_id
         FROM delivery
         CROSS JOIN hit ON hit.id = delivery.hit_id
         CROSS JOIN entry ON entry.id = hit.entry_id
         LEFT JOIN story_item ON story_item.entry_id = hit.entry_id
         LEFT JOIN story ON story.id = story_item.story_id
         WHERE {condition} AND delivery.news IS NOT NULL ORDER BY hit.id"
    ))?;
    let mut rows = statement.query(params![recipient_id, owing.value()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(PendingNovelty {
            entry_id: row.get(0)?,
            story: row.get(1)?,
            news: from_json(&row.get::<_, String>(2)?)?,
            watch_id: row.get(3)?,
            watch_title: row.get(4)?,
            is_untold: row.get(5)?,
            revision: row.get(6)?,
            feed_id: row.get(7)?,
        });
    }
    Ok(all)
}

/// Why a hit was told to a recipient at once, or was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoveltyDecision {
    /// The recipient.
    pub recipient_id: String,
    /// The watch.
    pub watch_id: String,
    /// What was new in it.
    pub news: Novelty,
    /// Whether it is told in a digest.
    pub in_digest: bool,
}

/// Why the hits of an item were told at once, or were not.
pub fn of_entry(
    connection: &Connection,
    entry_id: i64,
) -> Result<Vec<NoveltyDecision>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT delivery.recipient_id, hit.watch_id, delivery.news, delivery.urgency = 'digest'
         FROM hit JOIN delivery ON delivery.hit_id = hit.id
         WHERE hit.entry_id = ?1 AND delivery.news IS NOT NULL
         ORDER BY hit.id, delivery.recipient_id",
    )?;
    let mut rows = statement.query([entry_id])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(NoveltyDecision {
            recipient_id: row.get(0)?,
            watch_id: row.get(1)?,
            news: from_json(&row.get::<_, String>(2)?)?,
            in_digest: row.get(3)?,
        });
    }
    Ok(all)
}
