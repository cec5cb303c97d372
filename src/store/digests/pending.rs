//! What is owed: whether there is any, its numbers and sort keys, and the texts of what a mail shows.
//!
//! It may be a million hits, so each of these is a query of its own.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use crate::core::digest::{HitItem, Manner, OwedKey, is_headline};
use crate::store::StoreError;
use crate::store::hits::StoredSpan;
use crate::store::sql_values::{from_json, time};

/// Some of what a recipient is owed, or was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owing {
    /// What the next digest holds.
    Digest,
    /// What is untold of the items that this watch hit and that are to be told at once, by whatever watches,
    /// and of other items of their stories that are to be told at once: what an alert tells of an item, no digest
    /// tells again, and one story makes one mail. A watch that takes every item by itself has mails of its own. What is held until its story is corroborated
    /// goes along with no other.
    Alert(String),
    /// What the message of this number carries.
    Carried(i64),
}

/// Hits of the recipient `?1` that nothing has told yet. A digest has those that it took and has not
/// marked yet.
pub(super) const UNTOLD: &str = "delivery.alert_id IS NULL AND delivery.digest_id IS NULL
     AND delivery.hit_id > coalesce((SELECT max(takes_through) FROM outbox
           WHERE recipient_id = ?1 AND takes_through IS NOT NULL), -1)";

/// Those of them that wait for an alert.
pub(super) fn alert() -> String {
    format!("delivery.urgency = 'alert' AND {UNTOLD}")
}

impl Owing {
    /// The condition on `delivery`, in which `?1` is the recipient and `?2` what [`Self::value`] gives.
    pub(in crate::store) fn condition(&self) -> String {
        match self {
            // `?2` is unused here, and must be named all the same.
            Self::Digest => {
                "delivery.recipient_id = ?1 AND delivery.digest_id IS NULL AND ?2 IS NULL
                 AND delivery.hit_id > coalesce((SELECT max(takes_through) FROM outbox
                       WHERE recipient_id = ?1 AND takes_through IS NOT NULL), -1)"
                    .to_owned()
            }
            Self::Alert(_) => {
                let waits = format!(
                    "delivery.recipient_id = ?1 AND {}
                     AND (delivery.held_until IS NULL OR delivery.corroboration IS NULL)",
                    alert()
                );
                let of_story = "FROM delivery CROSS JOIN hit ON hit.id = delivery.hit_id
                     CROSS JOIN story_item ON story_item.entry_id = hit.entry_id
                     CROSS JOIN story ON story.id = story_item.story_id
                     WHERE delivery.news ->> '$.news' <> 'each' AND";
                format!(
                    "delivery.recipient_id = ?1 AND {UNTOLD} AND delivery.hit_id IN (
                       SELECT other.id FROM hit AS other WHERE other.entry_id IN (
                         SELECT hit.entry_id FROM delivery JOIN hit ON hit.id = delivery.hit_id
                         WHERE {waits} AND hit.watch_id = ?2
                         UNION
                         SELECT hit.entry_id {of_story} {waits}
                           AND coalesce(story.merged_into, story.id) IN (
                             SELECT coalesce(story.merged_into, story.id) {of_story} {waits} AND hit.watch_id = ?2)))"
                )
            }
            Self::Carried(_) => {
                "delivery.recipient_id = ?1 AND (delivery.alert_id = ?2 OR delivery.digest_id = ?2)"
                    .to_owned()
            }
        }
    }

    /// The same for the hits of an entry that is known to be among them.
    fn condition_on_entry(&self) -> String {
        match self {
            Self::Alert(_) => {
                format!("delivery.recipient_id = ?1 AND {UNTOLD} AND ?2 IS NOT NULL")
            }
            Self::Digest | Self::Carried(_) => self.condition(),
        }
    }

    pub(in crate::store) fn owned_value(&self) -> rusqlite::types::Value {
        match self {
            Self::Digest => rusqlite::types::Value::Null,
            Self::Alert(watch) => watch.clone().into(),
            Self::Carried(id) => (*id).into(),
        }
    }

    pub(super) fn value(&self) -> &dyn ToSql {
        match self {
            Self::Digest => &rusqlite::types::Null,
            Self::Alert(watch) => watch,
            Self::Carried(id) => id,
        }
    }
}

/// Whether a recipient is owed anything in a digest.
pub fn owes_digest(connection: &Connection, recipient_id: &str) -> Result<bool, StoreError> {
    let condition = Owing::Digest.condition();
    Ok(connection
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM delivery WHERE {condition})"
        ))?
        .query_row(params![recipient_id, rusqlite::types::Null], |row| {
            row.get(0)
        })?)
}

/// Whether a recipient is owed anything.
pub fn owes(connection: &Connection, recipient_id: &str) -> Result<bool, StoreError> {
    Ok(owes_digest(connection, recipient_id)? || owes_alert(connection, recipient_id)?)
}

/// Whether a recipient is to be told anything at once.
pub fn owes_alert(connection: &Connection, recipient_id: &str) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM delivery WHERE recipient_id = ?1 AND {})",
            alert()
        ))?
        .query_row([recipient_id], |row| row.get(0))?)
}

/// The watches of which a recipient is to be told at once, by id and title, the one that has waited longest first,
/// and when the oldest hit of each was found. What has nothing new and waits for company is no reason for a mail.
pub fn alerting(
    connection: &Connection,
    recipient_id: &str,
) -> Result<Vec<(String, String, Timestamp)>, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT hit.watch_id, max(hit.watch_title), min(hit.found_at)
             FROM delivery JOIN hit ON hit.id = delivery.hit_id
             WHERE delivery.recipient_id = ?1 AND {} AND delivery.held_until IS NULL
             GROUP BY hit.watch_id ORDER BY min(hit.id)",
            alert()
        ))?
        .query_map([recipient_id], |row| {
            Ok((row.get(0)?, row.get(1)?, time(row.get(2)?)))
        })?
        .collect::<Result<_, _>>()?)
}

/// How many hits that is.
pub fn count_owed(
    connection: &Connection,
    recipient_id: &str,
    owing: &Owing,
) -> Result<usize, StoreError> {
    let condition = owing.condition();
    let count: u64 = connection
        .prepare_cached(&format!("SELECT count(*) FROM delivery WHERE {condition}"))?
        .query_row(params![recipient_id, owing.value()], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Gives each of those hits to `each` by its sort keys, in the order of their numbers. Whose voice a feed is, and what
/// a watch calls urgent or finds unusually often, is not known here: the feed's id stands for the one, and nothing for
/// the others.
pub fn owed_keys(
    connection: &Connection,
    recipient_id: &str,
    owing: &Owing,
    each: &mut dyn FnMut(&OwedKey<'_>),
) -> Result<(), StoreError> {
    let condition = owing.condition();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT hit.entry_id, entry.feed_id, hit.watch_title, hit.topic, hit.score,
                coalesce(entry.published_at, entry.first_seen_at), delivery.urgency = 'alert',
                {ALERTED}, hit.archive, hit.later,
                hit.watch_id, hit.lead, hit.terms, entry.language,
                coalesce(story.merged_into, story.id), story_item.relation = 'copy',
                iif(delivery.news IS NULL, story_item.corrects, delivery.news ->> '$.news' = 'corrected'),
                story_item.victims
         FROM delivery
         CROSS JOIN hit ON hit.id = delivery.hit_id
         CROSS JOIN entry ON entry.id = hit.entry_id
         LEFT JOIN story_item ON story_item.entry_id = hit.entry_id
         LEFT JOIN story ON story.id = story_item.story_id
         WHERE {condition} ORDER BY delivery.hit_id"
    ))?;
    let mut rows = statement.query(params![recipient_id, owing.value()])?;
    while let Some(row) = rows.next()? {
        each(&OwedKey {
            entry_id: row.get(0)?,
            story: row.get(14)?,
            feed_id: text(row, 1)?,
            outlet: text(row, 1)?,
            watch_id: text(row, 10)?,
            watch_title: text(row, 2)?,
            topic: text(row, 3)?,
            score: row.get(4)?,
            time: time(row.get(5)?),
            // Hits of versions that did not look have matched somewhere, by one term at least.
            in_lead: row.get::<_, Option<bool>>(11)?.unwrap_or(false),
            terms: row.get::<_, Option<u16>>(12)?.unwrap_or(1),
            is_copy: row.get::<_, Option<bool>>(15)?.unwrap_or(false),
            language: optional_text(row, 13)?,
            corrects: row.get::<_, Option<bool>>(16)?.unwrap_or(false),
            victims: row.get(17)?,
            unusual: false,
            urgent: row.get(6)?,
            called_urgent: false,
            alerted: row.get(7)?,
            manner: manner(row.get(8)?, row.get(9)?),
        });
    }
    Ok(())
}

fn manner(archive: bool, later: bool) -> Manner {
    match (archive, later) {
        (_, true) => Manner::Later,
        (true, false) => Manner::Archive,
        (false, false) => Manner::New,
    }
}

fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str, StoreError> {
    row.get_ref(column)?
        .as_str()
        .map_err(|error| StoreError::Value(error.to_string()))
}

fn optional_text<'a>(row: &'a Row<'_>, column: usize) -> Result<Option<&'a str>, StoreError> {
    row.get_ref(column)?
        .as_str_or_null()
        .map_err(|error| StoreError::Value(error.to_string()))
}

/// Whether a delivery was told in the words of an alert that went out, or is on its way.
const ALERTED: &str = "delivery.alert_id IS NOT NULL AND NOT delivery.counted AND EXISTS (
    SELECT 1 FROM outbox WHERE outbox.id = delivery.alert_id
    AND outbox.state IN ('queued', 'sending', 'sent'))";

/// How much of an item is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// Everything.
    All,
    /// The headline, or the first words of an item that has none.
    Headline,
}

/// Those hits of one entry, with one copy of its texts.
pub fn owed_item(
    connection: &Connection,
    recipient_id: &str,
    owing: &Owing,
    entry_id: i64,
    texts: Texts,
) -> Result<Vec<HitItem>, StoreError> {
    let condition = owing.condition_on_entry();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT hit.id, hit.revision, hit.watch_id, hit.watch_title, hit.topic, hit.score, hit.spans,
                delivery.urgency = 'alert', {ALERTED}, hit.archive, hit.later, hit.in_article
         FROM hit CROSS JOIN delivery ON delivery.hit_id = hit.id
         WHERE hit.entry_id = ?3 AND {condition} ORDER BY hit.id DESC"
    ))?;
    let mut rows = statement.query(params![recipient_id, owing.value(), entry_id])?;
    let mut contents: BTreeMap<Version, HitItem> = BTreeMap::new();
    let mut shown = None;
    let mut hits = Vec::new();
    while let Some(row) = rows.next()? {
        let version = Version {
            revision: row.get(1)?,
            in_article: row.get(11)?,
        };
        let revision = version.revision;
        // Only the latest revision is shown.
        let texts = if *shown.get_or_insert(revision) == revision {
            texts
        } else {
            Texts::Headline
        };
        let content = match contents.entry(version) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(content(connection, entry_id, version, texts)?),
        };
        hits.push(HitItem {
            hit_id: row.get(0)?,
            watch_id: row.get(2)?,
            watch_title: row.get(3)?,
            topic: Some(row.get(4)?),
            score: row.get(5)?,
            spans: from_json::<Vec<StoredSpan>>(text(row, 6)?)?
                .into_iter()
                .filter_map(StoredSpan::record)
                .collect(),
            updated: revision > 0,
            urgent: row.get(7)?,
            alerted: row.get(8)?,
            manner: manner(row.get(9)?, row.get(10)?),
            ..content.clone()
        });
    }
    Ok(hits)
}

/// Which words of an entry a watch saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    revision: i64,
    /// With those of the article behind it.
    in_article: bool,
}

/// What an entry said at a revision, in which `?3` tells whether with its article: the body.
const BODY: &str = "coalesce(
    iif(?3, (SELECT inflated(article.text) FROM article
             WHERE article.entry_id = entry.id AND article.revision = ?2), NULL),
    revision.text, entry.text)";

/// What a watch saw of an entry, as a hit of no watch.
fn content(
    connection: &Connection,
    entry_id: i64,
    version: Version,
    texts: Texts,
) -> Result<HitItem, StoreError> {
    let long = match texts {
        Texts::All => format!("coalesce(revision.summary, entry.summary), {BODY}"),
        // `?3` is unused here, and must be named all the same.
        Texts::Headline => "'', iif(?3, '', '')".to_owned(),
    };
    let mut item = connection
        .prepare_cached(&format!(
            "SELECT entry.feed_id, coalesce(feed.title, entry.feed_id),
                    coalesce(revision.title, entry.title), {long},
                    coalesce(revision.author, entry.author),
                    iif(revision.revision IS NULL, entry.link, revision.link),
                    iif(revision.revision IS NULL, entry.language, revision.language),
                    iif(revision.revision IS NULL, entry.published_at, revision.published_at),
                    entry.first_seen_at
             FROM entry JOIN feed ON feed.id = entry.feed_id
             LEFT JOIN revision ON revision.entry_id = entry.id AND revision.revision = ?2
             WHERE entry.id = ?1"
        ))?
        .query_row(
            params![entry_id, version.revision, version.in_article],
            |row| {
                Ok(HitItem {
                    hit_id: 0,
                    entry_id,
                    watch_id: String::new(),
                    watch_title: String::new(),
                    topic: None,
                    score: 0,
                    spans: Vec::new(),
                    feed_id: row.get(0)?,
                    feed_title: row.get(1)?,
                    title: Arc::from(row.get_ref(2)?.as_str()?),
                    summary: Arc::from(row.get_ref(3)?.as_str()?),
                    text: Arc::from(row.get_ref(4)?.as_str()?),
                    author: row.get(5)?,
                    link: row.get(6)?,
                    language: row.get(7)?,
                    published: row.get::<_, Option<i64>>(8)?.map(time),
                    first_seen: time(row.get(9)?),
                    updated: false,
                    urgent: false,
                    alerted: false,
                    manner: Manner::New,
                    in_article: version.in_article,
                })
            },
        )?;
    if texts == Texts::Headline && !is_headline(&item.title) {
        (item.summary, item.text) = beginnings(connection, entry_id, version)?;
    }
    Ok(item)
}

/// So much of summary and text as an item without a headline is called by.
fn beginnings(
    connection: &Connection,
    entry_id: i64,
    version: Version,
) -> Result<(Arc<str>, Arc<str>), StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT substr(coalesce(revision.summary, entry.summary), 1, 2000),
                    substr({BODY}, 1, 2000)
             FROM entry
             LEFT JOIN revision ON revision.entry_id = entry.id AND revision.revision = ?2
             WHERE entry.id = ?1"
        ))?
        .query_row(
            params![entry_id, version.revision, version.in_article],
            |row| {
                Ok((
                    Arc::from(row.get_ref(0)?.as_str()?),
                    Arc::from(row.get_ref(1)?.as_str()?),
                ))
            },
        )?)
}

/// How a feed calls itself.
pub fn feed_title(connection: &Connection, feed_id: &str) -> Result<Option<String>, StoreError> {
    let title: Option<Option<String>> = connection
        .prepare_cached("SELECT title FROM feed WHERE id = ?1")?
        .query_row([feed_id], |row| row.get(0))
        .optional()?;
    Ok(title.flatten())
}

/// The headline of an item, and the tag of its language.
pub fn headline_of(
    connection: &Connection,
    entry_id: i64,
) -> Result<Option<(String, Option<String>)>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT title, language FROM entry WHERE id = ?1")?
        .query_row([entry_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Everyone to whom something is owed, in a digest or an alert.
pub fn creditors(connection: &Connection) -> Result<Vec<String>, StoreError> {
    Ok(connection
        .prepare_cached(
            // From name to name, and not through all that any of them is owed.
            "WITH RECURSIVE creditor (id) AS (
               SELECT min(recipient_id) FROM delivery WHERE digest_id IS NULL
               UNION ALL
               SELECT (SELECT min(recipient_id) FROM delivery
                       WHERE digest_id IS NULL AND recipient_id > creditor.id)
               FROM creditor WHERE creditor.id IS NOT NULL)
             SELECT id FROM creditor WHERE EXISTS (
               SELECT 1 FROM delivery
               WHERE recipient_id = creditor.id AND digest_id IS NULL AND alert_id IS NULL)",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// What a message takes of what is owed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    #[default]
    Nothing,
    /// All of this.
    Owed(Owing),
    /// As an alert to somebody who gets no digests, to whom no digest owes it afterwards.
    AlertOnly(Owing),
    /// Of what another message carried, the hits of these entries.
    Entries(i64, Vec<i64>),
}

/// How long what has nothing new waits for an alert to go along with, where no digest comes.
pub const HELD: SignedDuration = SignedDuration::from_hours(24);
