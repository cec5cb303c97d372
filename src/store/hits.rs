//! Hits, to be listed and searched.

mod adoption;
mod making;

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, Row, params_from_iter};
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::articles::TEXT_OF_HIT;
use super::digests::Owing;
use super::values::{from_json, seconds, time};
use crate::core::digest::SpanRecord;
use crate::core::document::Field;
use crate::core::text::search::Search;

pub use adoption::{AdoptedHit, Adoption, Find, adopt};
pub(super) use making::{Finding, insert, mute, owe, raise};

/// Where a watch matched, in bytes of the field's text as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSpan {
    /// `title`, `summary`, `text`, `author`, or `category`.
    pub field: String,
    /// Which category, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u16>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The term as the watch writes it.
    pub term: String,
}

impl StoredSpan {
    /// The field that it points into; `None` for one that this program does not know.
    pub fn field(&self) -> Option<Field> {
        Some(match self.field.as_str() {
            "title" => Field::Title,
            "summary" => Field::Summary,
            "text" => Field::Text,
            "author" => Field::Author,
            "category" => Field::Category(self.index?),
            _ => return None,
        })
    }
}

impl StoredSpan {
    /// The span as digests read it, if it points into a field that this program knows.
    pub(super) fn record(self) -> Option<SpanRecord> {
        Some(SpanRecord {
            field: self.field()?,
            start: self.start,
            end: self.end,
            term: self.term,
        })
    }
}

/// A hit with the text that matched.
#[derive(Clone, Debug)]
pub struct HitRow {
    /// The hit.
    pub id: i64,
    /// The entry; several hits may share it.
    pub entry_id: i64,
    /// The feed it came from.
    pub feed_id: String,
    /// As the feed calls itself.
    pub feed_title: Option<String>,
    /// The watch.
    pub watch_id: String,
    /// Its title when it matched.
    pub watch_title: String,
    /// Its topic when it matched.
    pub topic: String,
    /// The hash of its text when it matched.
    pub watch_version: String,
    /// The program's version when it matched.
    pub program_version: String,
    /// 0 without a score table.
    pub score: i64,
    /// Where it matched.
    pub spans: Vec<StoredSpan>,
    /// Which revision of the entry matched; 0 is the first.
    pub revision: i64,
    /// Headline, at that revision.
    pub title: String,
    /// Summary, at that revision.
    pub summary: String,
    /// Body, at that revision.
    pub text: String,
    /// Authors.
    pub author: String,
    /// Address.
    pub link: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// When it was published, if the feed says so.
    pub published: Option<Timestamp>,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// When the watch matched.
    pub found: Timestamp,
    /// Whether it was too old to be mailed.
    pub backlog: bool,
    /// Whether it was found in what was stored, by a watch that was written afterwards.
    pub later: bool,
    /// Whether it was found in the text with the article in it, which [`Self::text`] is then.
    pub in_article: bool,
    /// The story of its item, through merges; `None` where it belongs to none.
    pub story: Option<i64>,
    /// How the mail that was asked about told it: `full`, `headline` or `count`.
    pub told: Option<String>,
}

/// Which hits to list.
#[derive(Clone, Debug, Default)]
pub struct HitFilter {
    /// Of this watch.
    pub watch: Option<String>,
    /// Of a watch that had this topic then.
    pub topic: Option<String>,
    /// In items of this feed.
    pub feed: Option<String>,
    /// In this item.
    pub item: Option<i64>,
    /// Found then or later.
    pub since: Option<Timestamp>,
    /// Found before then.
    pub until: Option<Timestamp>,
    /// With these words, accents and case aside.
    pub search: Option<String>,
    /// Told by the mail of this number.
    pub mail: Option<i64>,
    /// Instead: owed to this recipient, or told.
    pub owed: Option<(String, Owing)>,
    /// So many at most; all without it.
    pub limit: Option<u32>,
}

/// The columns of [`HitRow`]. The text is that of the revision which matched.
fn columns() -> String {
    format!(
        "
    hit.id, hit.entry_id, entry.feed_id, feed.title, hit.watch_id, hit.watch_title, hit.topic,
    hit.watch_version, hit.program_version, hit.score, hit.spans, hit.revision,
    coalesce(revision.title, entry.title), coalesce(revision.summary, entry.summary),
    {TEXT_OF_HIT}, coalesce(revision.author, entry.author),
    iif(revision.revision IS NULL, entry.link, revision.link),
    iif(revision.revision IS NULL, entry.language, revision.language),
    iif(revision.revision IS NULL, entry.published_at, revision.published_at), entry.first_seen_at, hit.found_at, entry.backlog,
    hit.later, hit.in_article,
    (SELECT coalesce(story.merged_into, story.id) FROM story_item JOIN story ON story.id = story_item.story_id
     WHERE story_item.entry_id = hit.entry_id)"
    )
}

/// The tables that [`columns`] come from.
const TABLES: &str = "
    FROM hit
    JOIN entry ON entry.id = hit.entry_id
    JOIN feed ON feed.id = entry.feed_id
    LEFT JOIN revision ON revision.entry_id = hit.entry_id AND revision.revision = hit.revision";

fn read(row: &Row<'_>) -> Result<HitRow, StoreError> {
    let spans: String = row.get(10)?;
    Ok(HitRow {
        id: row.get(0)?,
        entry_id: row.get(1)?,
        feed_id: row.get(2)?,
        feed_title: row.get(3)?,
        watch_id: row.get(4)?,
        watch_title: row.get(5)?,
        topic: row.get(6)?,
        watch_version: row.get(7)?,
        program_version: row.get(8)?,
        score: row.get(9)?,
        spans: from_json(&spans)?,
        revision: row.get(11)?,
        title: row.get(12)?,
        summary: row.get(13)?,
        text: row.get(14)?,
        author: row.get(15)?,
        link: row.get(16)?,
        language: row.get(17)?,
        published: row.get::<_, Option<i64>>(18)?.map(time),
        first_seen: time(row.get(19)?),
        found: time(row.get(20)?),
        backlog: row.get(21)?,
        later: row.get(22)?,
        in_article: row.get(23)?,
        story: row.get(24)?,
        told: row.get(25)?,
    })
}

/// How the mail `?1` told a hit. Before that was kept, mails told everything in full.
const TOLD: &str = "coalesce(
    (SELECT how FROM told WHERE told.outbox_id = ?1 AND told.entry_id = hit.entry_id),
    (SELECT iif(wording IS NULL, 'full', 'count') FROM outbox WHERE outbox.id = ?1))";

/// The hits that the mail `?1` told.
const CARRIED: &str = "
    SELECT hit_id FROM delivery WHERE alert_id = ?1
    UNION SELECT hit_id FROM delivery WHERE digest_id = ?1
    UNION SELECT hit_id FROM delivery WHERE told_before = ?1
    UNION SELECT hit_id FROM outbox JOIN delivery ON delivery.recipient_id = outbox.recipient_id
          WHERE outbox.id = ?1 AND digest_id IS NULL AND hit_id <= outbox.takes_through";

/// Gives every hit that passes the filter to `each`, newest first, without holding them all.
pub fn list(
    connection: &Connection,
    filter: &HitFilter,
    each: &mut dyn FnMut(HitRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut values: Vec<rusqlite::types::Value> = Vec::new();
    let columns = columns();
    let mut query = match (filter.mail, &filter.owed) {
        (None, None) => format!("SELECT {columns}, NULL {TABLES} WHERE 1"),
        (Some(mail), _) => {
            values.push(mail.into());
            format!("SELECT {columns}, {TOLD} {TABLES} WHERE hit.id IN ({CARRIED})")
        }
        (None, Some((recipient, owing))) => {
            values.push(recipient.clone().into());
            values.push(owing.owned_value());
            let condition = owing.condition();
            format!(
                "SELECT {columns}, NULL {TABLES} WHERE hit.id IN (
                   SELECT delivery.hit_id FROM delivery WHERE {condition})"
            )
        }
    };
    let equal: [(&str, Option<rusqlite::types::Value>); 4] = [
        ("hit.watch_id", filter.watch.clone().map(Into::into)),
        ("hit.topic", filter.topic.clone().map(Into::into)),
        ("entry.feed_id", filter.feed.clone().map(Into::into)),
        ("hit.entry_id", filter.item.map(Into::into)),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            query.push_str(" AND ");
            query.push_str(column);
            query.push_str(" = ?");
            values.push(value);
        }
    }
    for (condition, at) in [
        (" AND hit.found_at >= ?", filter.since),
        (" AND hit.found_at < ?", filter.until),
    ] {
        if let Some(at) = at {
            query.push_str(condition);
            values.push(seconds(at).into());
        }
    }
    if let Some(search) = &filter.search {
        query.push_str(
            " AND hit.entry_id IN (SELECT rowid FROM entry_text WHERE entry_text MATCH ?)",
        );
        values.push(full_text_query(&Search::read(search)).into());
    }
    query.push_str(" ORDER BY hit.found_at DESC, hit.id DESC");
    if let Some(limit) = filter.limit {
        query.push_str(" LIMIT ?");
        values.push(limit.into());
    }
    let mut statement = connection.prepare(&query)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        each(read(row)?)?;
    }
    Ok(())
}

/// The search in FTS5's own syntax, of which nothing is reachable by its words, so no search is an error.
fn full_text_query(search: &Search) -> String {
    let groups: Vec<String> = search
        .groups()
        .map(|group| {
            let terms: Vec<String> = group
                .iter()
                .map(|term| {
                    let star = if term.is_beginning { "*" } else { "" };
                    format!("\"{}\"{star}", term.words)
                })
                .collect();
            format!("({})", terms.join(" OR "))
        })
        .collect();
    if groups.is_empty() {
        // A phrase without a token matches nothing, where an empty query would be an error.
        return "\"\"".to_owned();
    }
    groups.join(" AND ")
}

/// Makes the words of an item searchable in which something was found: those of each revision that
/// matched, its article's among them, whatever becomes of the item later. Without a hit, they are forgotten.
pub(super) fn index(connection: &Connection, entry_id: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM entry_text WHERE rowid = ?1")?
        .execute([entry_id])?;
    connection
        .prepare_cached(
            "INSERT INTO entry_text (rowid, title, summary, text)
             SELECT matched.entry_id,
                    group_concat(fold_text(coalesce(revision.title, entry.title)), ' '),
                    group_concat(fold_text(coalesce(revision.summary, entry.summary)), ' '),
                    group_concat(fold_text(coalesce(revision.text, entry.text)), ' ')
                      || coalesce(' ' || group_concat(fold_text(inflated(article.text)), ' '), '')
             FROM (SELECT DISTINCT entry_id, revision FROM hit WHERE entry_id = ?1) AS matched
             JOIN entry ON entry.id = matched.entry_id
             LEFT JOIN revision ON revision.entry_id = matched.entry_id
                               AND revision.revision = matched.revision
             LEFT JOIN article ON article.entry_id = matched.entry_id
                              AND article.revision = matched.revision
             GROUP BY matched.entry_id",
        )?
        .execute([entry_id])?;
    Ok(())
}

/// What hits can be asked by, as far as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// The watches that ever had a hit.
    Watches,
    /// Their topics.
    Topics,
    /// The feeds that ever brought an item.
    Feeds,
}

/// All that are stored.
pub fn names(connection: &Connection, of: Names) -> Result<BTreeSet<String>, StoreError> {
    let query = match of {
        Names::Watches => "SELECT DISTINCT watch_id FROM hit",
        Names::Topics => "SELECT DISTINCT topic FROM hit",
        Names::Feeds => "SELECT id FROM feed",
    };
    Ok(connection
        .prepare(query)?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// A hit without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitMark {
    /// The watch.
    pub watch_id: String,
    /// The revision of the entry that matched.
    pub revision: i64,
    /// The hash of the watch's text when it matched.
    pub watch_version: String,
    /// The program's version when it matched.
    pub program_version: String,
    /// When it matched.
    pub found: Timestamp,
    /// Whether it was found in what was stored.
    pub later: bool,
    /// Whether it was found in the text with the article in it.
    pub in_article: bool,
}

/// The hits of one entry.
pub fn of_entry(connection: &Connection, entry_id: i64) -> Result<Vec<HitMark>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT watch_id, revision, watch_version, program_version, found_at, later, in_article
             FROM hit WHERE entry_id = ?1 ORDER BY id",
        )?
        .query_map([entry_id], |row| {
            Ok(HitMark {
                watch_id: row.get(0)?,
                revision: row.get(1)?,
                watch_version: row.get(2)?,
                program_version: row.get(3)?,
                found: time(row.get(4)?),
                later: row.get(5)?,
                in_article: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Hits stored, and the time of the newest.
pub fn count(connection: &Connection) -> Result<(u64, Option<Timestamp>), StoreError> {
    Ok(
        connection.query_row("SELECT count(*), max(found_at) FROM hit", [], |row| {
            Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(time)))
        })?,
    )
}
