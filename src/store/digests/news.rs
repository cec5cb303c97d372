//! What is new in hits that are to be told at once, and what a recipient was told at once of their stories.
//!
//! That is what stands on deliveries and in the outbox, and is written nowhere else: an alert that was given up
//! told nothing.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::owed::{Owing, alert};
use crate::core::alert::{Corroboration, News, Told};
use crate::core::story::WINDOW;
use crate::core::story::outlets::Voice;
use crate::store::values::{from_json, seconds, time, to_json};
use crate::store::{StoreError, hits, mutes};

/// Hits that are looked at in one go. Of more, which are a flood, each is told as its watch asks.
const JUDGED_A_CALL: u32 = 10_000;

/// A story is open for its window after it began and after its last item, and a clock may be ahead for a while.
const NOTHING_JOINS_AFTER: SignedDuration = SignedDuration::from_hours(15 * 24);

/// A hit that waits for an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The hit.
    pub hit_id: i64,
    /// Its item.
    pub entry_id: i64,
    /// The watch.
    pub watch_id: String,
    /// When it was found.
    pub found: Timestamp,
    /// The story of its item, through merges; `None` where that is a story of its own.
    pub story: Option<i64>,
    /// The most dead or hurt that its item counts.
    pub victims: Option<u32>,
    /// What was wrong of what the recipient was told, as its item says, unless that was told already.
    pub corrects: Option<String>,
}

/// Whether a delivery was told at once: by an alert, or by a digest in the place of one.
const TOLD_AT_ONCE: &str = "EXISTS (
    SELECT 1 FROM outbox WHERE outbox.state IN ('queued', 'sending', 'sent')
      AND (outbox.id = delivery.alert_id
           OR delivery.urgency = 'alert' AND outbox.id = delivery.digest_id))";

/// The items of the story `?2`, through merges, with what watches found in them and is owed to `?1`.
const OF_STORY: &str = "story_item
    CROSS JOIN hit ON hit.entry_id = story_item.entry_id
    CROSS JOIN delivery ON delivery.hit_id = hit.id AND delivery.recipient_id = ?1
    WHERE story_item.story_id IN (SELECT ?2 UNION ALL SELECT id FROM story WHERE merged_into = ?2)";

/// The hits that wait for an alert and were not judged yet, in the order in which they were found.
pub fn unjudged(connection: &Connection, recipient_id: &str) -> Result<Vec<Pending>, StoreError> {
    let pending = alert();
    Ok(connection
        .prepare_cached(&format!(
            "SELECT hit.id, hit.entry_id, hit.watch_id, hit.found_at,
                    coalesce(story.merged_into, story.id), item.victims,
                    iif(item.corrects AND NOT EXISTS (
                          SELECT 1 FROM hit AS other
                          JOIN delivery ON delivery.hit_id = other.id AND delivery.recipient_id = ?1
                          WHERE other.entry_id = hit.entry_id AND other.revision >= hit.revision
                            AND {TOLD_AT_ONCE}),
                        coalesce(item.changed, item.why), NULL)
             FROM delivery
             CROSS JOIN hit ON hit.id = delivery.hit_id
             LEFT JOIN story_item AS item ON item.entry_id = hit.entry_id
             LEFT JOIN story ON story.id = item.story_id
             WHERE delivery.recipient_id = ?1 AND {pending} AND delivery.news IS NULL
             ORDER BY hit.id LIMIT ?2"
        ))?
        .query_map(params![recipient_id, JUDGED_A_CALL], |row| {
            Ok(Pending {
                hit_id: row.get(0)?,
                entry_id: row.get(1)?,
                watch_id: row.get(2)?,
                found: time(row.get(3)?),
                story: row.get(4)?,
                victims: row.get(5)?,
                corrects: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Whether an alert of that watch waits that tells of the story.
pub fn tells_soon(
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

/// What a recipient was told at once of a story.
pub fn told_of(
    connection: &Connection,
    recipient_id: &str,
    story: i64,
) -> Result<Told, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT hit.watch_id, max(delivery.victims),
                max(coalesce(delivery.corroboration, '') = 'reached')
         FROM {OF_STORY} AND {TOLD_AT_ONCE} GROUP BY hit.watch_id"
    ))?;
    let mut rows = statement.query(params![recipient_id, story])?;
    let mut told = Told::default();
    while let Some(row) = rows.next()? {
        let watch: String = row.get(0)?;
        told.victims = told.victims.max(row.get(1)?);
        if row.get(2)? {
            told.corroborated.insert(watch.clone());
        }
        told.watches.insert(watch);
    }
    Ok(told)
}

/// How a hit is told that has nothing new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// In the next digest.
    Digest,
    /// With the next alert of its watch, or in one of its own from then on, since no digest comes.
    AlertBy(Timestamp),
}

/// Records what is new in a hit that waits for an alert, and so how it is told.
pub fn judge(
    connection: &Connection,
    recipient_id: &str,
    hit: &Pending,
    news: &News,
    instead: Instead,
) -> Result<(), StoreError> {
    let (urgency, held_until) = match instead {
        _ if news.is_news() => ("alert", None),
        Instead::Digest => ("digest", None),
        Instead::AlertBy(at) => ("alert", Some(seconds(at))),
    };
    let corroboration = match news {
        News::Corroborated(_) => Some("reached"),
        News::Awaited { .. } => Some("awaited"),
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

/// Hits of one watch in one story that wait until enough outlets report it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaiting {
    /// The watch.
    pub watch_id: String,
    /// The story, through merges.
    pub story: i64,
}

/// All of them for a recipient, but for those of a watch that is muted. Those are forgotten whose stories nothing can
/// join any more.
pub fn awaiting(
    connection: &Connection,
    recipient_id: &str,
    now: Timestamp,
) -> Result<Vec<Awaiting>, StoreError> {
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
    let all: Vec<Awaiting> = connection
        .prepare_cached(
            "SELECT hit.watch_id, coalesce(story.merged_into, story.id)
             FROM delivery
             CROSS JOIN hit ON hit.id = delivery.hit_id
             CROSS JOIN story_item ON story_item.entry_id = hit.entry_id
             CROSS JOIN story ON story.id = story_item.story_id
             WHERE delivery.recipient_id = ?1 AND delivery.corroboration = 'awaited'
             GROUP BY 1, 2 ORDER BY min(hit.id)",
        )?
        .query_map([recipient_id], |row| {
            Ok(Awaiting {
                watch_id: row.get(0)?,
                story: row.get(1)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    let mut unmuted = Vec::with_capacity(all.len());
    for awaiting in all {
        if !mutes::is_muted(connection, &awaiting.watch_id, now)? {
            unmuted.push(awaiting);
        }
    }
    Ok(unmuted)
}

/// Those hits, as a condition on `delivery`.
const AWAITING: &str = "delivery.recipient_id = ?1 AND delivery.corroboration = 'awaited'
    AND delivery.hit_id IN (
      SELECT hit.id FROM story_item CROSS JOIN hit ON hit.entry_id = story_item.entry_id
      WHERE hit.watch_id = ?3 AND story_item.story_id IN (
        SELECT ?2 UNION ALL SELECT id FROM story WHERE merged_into = ?2))";

/// Has hits wait no more: enough was told of their story, or their watch asks for no more than one outlet.
pub fn await_no_more(
    connection: &Connection,
    recipient_id: &str,
    awaiting: &Awaiting,
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
    awaiting: &Awaiting,
    news: &News,
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
    await_no_more(connection, recipient_id, awaiting)
}

/// An item that was told at once and says something else now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The item.
    pub entry_id: i64,
    /// Its revision that says so.
    pub revision: i64,
    /// What, as a sentence that reads alone.
    pub what: String,
    /// Whether what it said before was wrong.
    pub corrects: bool,
    /// The most dead or hurt that it counts now.
    pub victims: Option<u32>,
    /// Its story, through merges.
    pub story: i64,
    /// When that was found.
    pub at: Timestamp,
    /// The latest hit of each watch by which it was told, and the watch.
    pub hits: Vec<(i64, String)>,
}

/// Items that a recipient was told at once, and was not told that they changed.
pub fn changed(
    connection: &Connection,
    recipient_id: &str,
    now: Timestamp,
) -> Result<Vec<Changed>, StoreError> {
    let since = now.checked_sub(WINDOW).unwrap_or(Timestamp::MIN);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT item.entry_id, item.revision, item.changed, max(hit.id), hit.watch_id, item.changed_at,
                item.corrects, item.victims, coalesce(story.merged_into, story.id)
         FROM story_item AS item
         CROSS JOIN story ON story.id = item.story_id
         CROSS JOIN hit ON hit.entry_id = item.entry_id
         CROSS JOIN delivery ON delivery.hit_id = hit.id AND delivery.recipient_id = ?1
         WHERE item.changed IS NOT NULL AND item.changed_at >= ?2 AND {TOLD_AT_ONCE}
           AND NOT EXISTS (
             SELECT 1 FROM hit AS other
             JOIN delivery ON delivery.hit_id = other.id AND delivery.recipient_id = ?1
             WHERE other.entry_id = item.entry_id AND other.revision >= item.revision)
         GROUP BY item.entry_id, hit.watch_id ORDER BY item.entry_id, hit.watch_id"
    ))?;
    let mut rows = statement.query(params![recipient_id, seconds(since)])?;
    let mut all: Vec<Changed> = Vec::new();
    while let Some(row) = rows.next()? {
        let entry_id = row.get(0)?;
        let hit = (row.get(3)?, row.get(4)?);
        match all.last_mut() {
            Some(last) if last.entry_id == entry_id => last.hits.push(hit),
            _ => all.push(Changed {
                entry_id,
                revision: row.get(1)?,
                what: row.get(2)?,
                at: time(row.get(5)?),
                corrects: row.get(6)?,
                victims: row.get(7)?,
                story: row.get(8)?,
                hits: vec![hit],
            }),
        }
    }
    let mut untold = Vec::with_capacity(all.len());
    for changed in all {
        // A later revision may have changed nothing more.
        let is_said = |news: &News| match news {
            News::Corrected { what } => *what == changed.what,
            News::Victims { counted, .. } => !changed.corrects && Some(*counted) >= changed.victims,
            _ => false,
        };
        let told = of_entry(connection, changed.entry_id)?;
        if !(told.iter()).any(|told| told.recipient_id == recipient_id && is_said(&told.news)) {
            untold.push(changed);
        }
    }
    Ok(untold)
}

/// Owes a recipient, at once, what an item says now, by the watch that found what was told of it. It is a hit of
/// its own, without a word that matched: what was found may be what is gone.
pub fn owe_change(
    connection: &Connection,
    recipient_id: &str,
    changed: &Changed,
    hit_id: i64,
    program_version: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version,
                              program_version, score, spans, found_at)
             SELECT entry_id, ?2, watch_id, watch_title, topic, watch_version, ?3, score, '[]', ?4
             FROM hit WHERE id = ?1
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            hit_id,
            changed.revision,
            program_version,
            seconds(changed.at)
        ])?;
    connection
        .prepare_cached(
            "INSERT INTO delivery (hit_id, recipient_id, urgency)
             SELECT anew.id, ?2, 'alert' FROM hit
             JOIN hit AS anew ON anew.entry_id = hit.entry_id AND anew.watch_id = hit.watch_id
                             AND anew.revision = ?3
             WHERE hit.id = ?1
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![hit_id, recipient_id, changed.revision])?;
    hits::index(connection, changed.entry_id)
}

/// What is new in what a mail tells, of those hits of which it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedNews {
    /// The item.
    pub entry_id: i64,
    /// Its story, through merges; `None` where it is a story of its own.
    pub story: Option<i64>,
    /// The watch that found it.
    pub watch_id: String,
    /// Its title.
    pub watch_title: String,
    /// What is new in it.
    pub news: News,
}

/// What is new in what an alert is to tell.
pub fn owed_news(
    connection: &Connection,
    recipient_id: &str,
    owing: &Owing,
) -> Result<Vec<OwedNews>, StoreError> {
    let condition = owing.condition();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT hit.entry_id, coalesce(story.merged_into, story.id), delivery.news, hit.watch_id, hit.watch_title
         FROM delivery
         CROSS JOIN hit ON hit.id = delivery.hit_id
         LEFT JOIN story_item ON story_item.entry_id = hit.entry_id
         LEFT JOIN story ON story.id = story_item.story_id
         WHERE {condition} AND delivery.news IS NOT NULL ORDER BY hit.id"
    ))?;
    let mut rows = statement.query(params![recipient_id, owing.value()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(OwedNews {
            entry_id: row.get(0)?,
            story: row.get(1)?,
            news: from_json(&row.get::<_, String>(2)?)?,
            watch_id: row.get(3)?,
            watch_title: row.get(4)?,
        });
    }
    Ok(all)
}

/// Why a hit was told to a recipient at once, or was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The recipient.
    pub recipient_id: String,
    /// The watch.
    pub watch_id: String,
    /// What was new in it.
    pub news: News,
}

/// Why the hits of an item were told at once, or were not.
pub fn of_entry(connection: &Connection, entry_id: i64) -> Result<Vec<Judged>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT delivery.recipient_id, hit.watch_id, delivery.news
         FROM hit JOIN delivery ON delivery.hit_id = hit.id
         WHERE hit.entry_id = ?1 AND delivery.news IS NOT NULL
         ORDER BY hit.id, delivery.recipient_id",
    )?;
    let mut rows = statement.query([entry_id])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(Judged {
            recipient_id: row.get(0)?,
            watch_id: row.get(1)?,
            news: from_json(&row.get::<_, String>(2)?)?,
        });
    }
    Ok(all)
}

/// Items of a story by which its outlets are counted: the first to be reported.
const COUNTED: u32 = 2_000;

/// The independent outlets that report a story; `None` when there is none of that number.
pub fn corroboration(
    connection: &Connection,
    story: i64,
) -> Result<Option<Corroboration>, StoreError> {
    struct Item {
        entry_id: i64,
        outlet: String,
        agency: Option<String>,
        copy_of: Option<i64>,
        sure: bool,
        reported: Timestamp,
    }
    let items: Vec<Item> = connection
        .prepare_cached(
            "SELECT entry_id, outlet, agency, copy_of, sure, reported_at FROM story_item
             WHERE story_id IN (SELECT ?1 UNION ALL SELECT id FROM story WHERE merged_into = ?1)
             ORDER BY reported_at, id LIMIT ?2",
        )?
        .query_map(params![story, COUNTED], |row| {
            Ok(Item {
                entry_id: row.get(0)?,
                outlet: row.get(1)?,
                agency: row.get(2)?,
                copy_of: row.get(3)?,
                sure: row.get(4)?,
                reported: time(row.get(5)?),
            })
        })?
        .collect::<Result<_, _>>()?;
    let voices: Vec<Voice<'_>> = items
        .iter()
        .map(|item| Voice {
            item: item.entry_id,
            outlet: &item.outlet,
            agency: item.agency.as_deref(),
            copy_of: item.copy_of,
            sure: item.sure,
            reported: item.reported,
        })
        .collect();
    Ok(Corroboration::of(&voices))
}
