//! The texts of what a mail shows: the hits of one entry at a time, with what the entry said when they matched.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use rusqlite::{OptionalExtension, params};

use super::pending::{ALERTED, PendingScope, origin};
use crate::core::digest::{HitItem, HitOrigin, is_headline};
use crate::store::hits::StoredSpan;
use crate::store::sql_values::{from_json, text, time};
use crate::store::{Connection, StoreError};

/// How much of an item is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// Everything.
    All,
    /// The headline, or the first words of an item that has none.
    Headline,
}

/// Those hits of one entry, with one copy of its texts.
pub fn pending_item(
    connection: &Connection,
    recipient_id: &str,
    owing: &PendingScope,
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
            origin: origin(row.get(9)?, row.get(10)?),
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
                    origin: HitOrigin::New,
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
