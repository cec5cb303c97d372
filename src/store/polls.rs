//! One poll, one transaction: entries, hits, what each recipient is owed, and the feed's state.
//!
//! What was not committed is fetched again: validators are never ahead of the entries that they
//! stand for.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::values::{seconds, time, to_json};
use super::{StoreError, feeds, mutes, tombstones};
use crate::core::document::Document;
use crate::core::feed::is_same_content;
use crate::core::schedule::{Arrears, FeedState, Left, Offer, OfferKind, Purse, Taking, in_order};
use crate::fault;

/// What a poll found, to be stored.
pub struct PollRecord {
    /// The feed.
    pub feed_id: String,
    /// Its address as configured.
    pub url: String,
    /// The items of a new body, when there was one that could be read.
    pub content: Option<PolledContent>,
    /// What may be taken of it.
    pub budget: Left,
    /// The feed's next state, once it is known which items are new: both are committed together.
    pub decide: Box<dyn Fn(&PollCounts) -> FeedState + Send>,
}

/// A body that was read.
#[derive(Debug)]
pub struct PolledContent {
    /// As the feed calls itself.
    pub title: Option<String>,
    /// What had to be rescued.
    pub warnings: Vec<String>,
    /// Its items.
    pub entries: Vec<PolledEntry>,
}

/// One item of a body.
#[derive(Debug)]
pub struct PolledEntry {
    /// Identity within the feed.
    pub key: String,
    /// Of what a reader sees.
    pub content_hash: String,
    /// As a reader sees it.
    pub document: Document,
    /// When it was published, if the feed says so.
    pub published: Option<Timestamp>,
    /// When it was changed, if the feed says so.
    pub updated: Option<Timestamp>,
}

/// A watch that matched, to be stored.
#[derive(Clone, Debug)]
pub struct NewHit {
    /// The watch.
    pub watch_id: String,
    /// Its title now.
    pub watch_title: String,
    /// Its topic now.
    pub topic: String,
    /// The hash of its text.
    pub watch_version: String,
    /// 0 without a score table.
    pub score: i64,
    /// JSON, see [`super::hits::StoredSpan`].
    pub spans: String,
    /// Who is to be told, and how fast.
    pub recipients: Vec<Receiver>,
}

/// Somebody who is to be told of a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// The recipient.
    pub id: String,
    /// How fast.
    pub urgency: Urgency,
}

/// How fast a recipient is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// At once.
    Alert,
    /// In the next digest.
    Digest,
}

impl Urgency {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Digest => "digest",
        }
    }
}

/// What a poll changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PollCounts {
    /// Items in the body, new or not.
    pub entries: u64,
    /// Items never seen before.
    pub entries_new: u64,
    /// Items that say something else now.
    pub entries_revised: u64,
    /// Hits made.
    pub hits: u64,
    /// Hits on items too old to be mailed.
    pub hits_backlog: u64,
    /// Hits of watches that were muted.
    pub hits_muted: u64,
    /// Items never seen before that were left out, since the feed's budget for the day is spent.
    pub new_left_out: u64,
    /// Items that say something else now and were left out so.
    pub revised_left_out: u64,
    /// New items that were left out of this body or of earlier ones.
    pub arrears: Arrears,
    /// What was taken of the budget. Hits of watches that are muted are not.
    pub taken: Taking,
}

impl std::ops::AddAssign for PollCounts {
    fn add_assign(&mut self, other: Self) {
        self.entries += other.entries;
        self.entries_new += other.entries_new;
        self.entries_revised += other.entries_revised;
        self.hits += other.hits;
        self.hits_backlog += other.hits_backlog;
        self.hits_muted += other.hits_muted;
        self.new_left_out += other.new_left_out;
        self.revised_left_out += other.revised_left_out;
        self.arrears += other.arrears;
        self.taken += other.taken;
    }
}

/// What the store needs to know of the world to record polls.
pub struct Recording<'a> {
    /// The time of the polls.
    pub now: Timestamp,
    /// Items published longer than this before the first poll of their feed are not mailed.
    pub backlog: SignedDuration,
    /// The program's version, kept with each hit.
    pub program_version: &'a str,
    /// The watches.
    pub matcher: &'a mut Matcher<'a>,
}

/// What the watches found in an item, given its feed, its place in the body, and its text.
pub type Matcher<'a> = dyn FnMut(&str, usize, &Document) -> Result<Vec<NewHit>, StoreError> + 'a;

/// Records polls, several in one transaction: a commit waits for the disk, whatever it holds. When
/// one of them cannot be stored, each is tried on its own, so that it fails alone; when the database
/// takes nothing at all or is damaged, that is one error for all of them.
///
/// The results are in the order of `polls`.
pub fn record(
    connection: &mut Connection,
    polls: &[PollRecord],
    recording: &mut Recording<'_>,
) -> Result<Vec<Result<PollCounts, StoreError>>, StoreError> {
    let path = PathBuf::from(connection.path().unwrap_or_default());
    match record_together(connection, polls, recording).map_err(|error| error.at(&path)) {
        Ok(counts) => return Ok(counts.into_iter().map(Ok).collect()),
        Err(error) if error.strikes_all() => return Err(error),
        Err(error) if polls.len() == 1 => return Ok(vec![Err(error)]),
        Err(_) => {}
    }
    let mut results = Vec::with_capacity(polls.len());
    for poll in polls {
        let alone = record_together(connection, std::slice::from_ref(poll), recording);
        match alone.map_err(|error| error.at(&path)) {
            // What was stored before it is stored again, which changes nothing.
            Err(error) if error.strikes_all() => return Err(error),
            Err(error) => results.push(Err(error)),
            Ok(counts) => results.push(Ok(counts.into_iter().next().unwrap_or_default())),
        }
    }
    Ok(results)
}

fn record_together(
    connection: &mut Connection,
    polls: &[PollRecord],
    recording: &mut Recording<'_>,
) -> Result<Vec<PollCounts>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut counts = Vec::with_capacity(polls.len());
    for poll in polls {
        counts.push(record_one(&transaction, poll, recording)?);
    }
    fault::point("polls-written");
    transaction.commit()?;
    fault::point("polls-committed");
    Ok(counts)
}

fn record_one(
    transaction: &Transaction<'_>,
    poll: &PollRecord,
    recording: &mut Recording<'_>,
) -> Result<PollCounts, StoreError> {
    let first_success = first_success(transaction, &poll.feed_id)?;
    if first_success.is_none() {
        // Entries refer to their feed, so its row comes first; the state follows below.
        transaction
            .prepare_cached(
                "INSERT INTO feed (id, url, state, next_poll_at) VALUES (?1, ?2, '', 0)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![poll.feed_id, poll.url])?;
    }
    let mut counts = PollCounts::default();
    if let Some(content) = &poll.content {
        let cutoff = first_success
            .unwrap_or(recording.now)
            .checked_sub(recording.backlog)
            .unwrap_or(Timestamp::MIN);
        counts.entries = content.entries.len() as u64;
        take_items(transaction, poll, content, cutoff, recording, &mut counts)?;
        transaction
            .prepare_cached(
                "UPDATE feed SET title = ?2, warnings = ?3,
                        first_success_at = coalesce(first_success_at, ?4), last_body_at = ?4
                 WHERE id = ?1",
            )?
            .execute(params![
                poll.feed_id,
                content.title,
                to_json(&content.warnings)?,
                seconds(recording.now)
            ])?;
    }
    let state = (poll.decide)(&counts);
    feeds::end_poll(transaction, &poll.feed_id)?;
    feeds::note_outage(transaction, &poll.feed_id, &state, recording.now)?;
    transaction
        .prepare_cached("UPDATE feed SET url = ?2, state = ?3, next_poll_at = ?4 WHERE id = ?1")?
        .execute(params![
            poll.feed_id,
            poll.url,
            to_json(&state)?,
            state.next_poll_at.map_or(0, seconds)
        ])?;
    Ok(counts)
}

fn first_success(
    transaction: &Transaction<'_>,
    feed_id: &str,
) -> Result<Option<Timestamp>, StoreError> {
    let found: Option<Option<i64>> = transaction
        .prepare_cached("SELECT first_success_at FROM feed WHERE id = ?1")?
        .query_row([feed_id], |row| row.get(0))
        .optional()?;
    Ok(found.flatten().map(time))
}

/// The places of those items of a feed, each an identity and a hash of its content, that are not
/// known or say something else.
pub fn fresh(
    connection: &Connection,
    feed_id: &str,
    items: &[(String, String)],
) -> Result<Vec<usize>, StoreError> {
    let mut fresh = Vec::new();
    let let_go = tombstones::are_there(connection, feed_id)?;
    for (place, (key, content_hash)) in items.iter().enumerate() {
        let hash = match known(connection, feed_id, key)? {
            Some(known) => Some(known.content_hash),
            None if let_go => tombstones::of(connection, feed_id, key)?.map(|it| it.content_hash),
            None => None,
        };
        if !hash.is_some_and(|hash| is_same_content(&hash, content_hash)) {
            fresh.push(place);
        }
    }
    Ok(fresh)
}

/// What is known of an entry.
struct Known {
    id: i64,
    revision: i64,
    content_hash: String,
    last_seen: Timestamp,
}

fn known(connection: &Connection, feed_id: &str, key: &str) -> Result<Option<Known>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT id, revision, content_hash, last_seen_at FROM entry
             WHERE feed_id = ?1 AND key = ?2",
        )?
        .query_row(params![feed_id, key], |row| {
            Ok(Known {
                id: row.get(0)?,
                revision: row.get(1)?,
                content_hash: row.get(2)?,
                last_seen: time(row.get(3)?),
            })
        })
        .optional()?)
}

/// Seconds of the year 1970.
const EPOCH_YEAR: i64 = 365 * 86_400;

/// How far `last_seen_at` may lag behind, so that a body of known entries writes nothing.
pub(super) const LAST_SEEN_LAG: SignedDuration = SignedDuration::from_hours(12);

/// How many earlier texts of an item are kept, beside those in which something was found.
const REVISIONS_KEPT: i64 = 5;

/// An item that is new or says something new.
struct Offered<'a> {
    /// Among the items of the body.
    place: usize,
    entry: &'a PolledEntry,
    known: Option<Known>,
    /// Whether it was left out of an earlier body.
    waited: bool,
    offer: Offer,
    /// `None`: it is left out.
    hits: Option<Vec<NewHit>>,
}

/// Stores what is new, as far as the budget goes. What is left out is as new in a later body.
fn take_items(
    transaction: &Transaction<'_>,
    poll: &PollRecord,
    content: &PolledContent,
    cutoff: Timestamp,
    recording: &mut Recording<'_>,
    counts: &mut PollCounts,
) -> Result<(), StoreError> {
    let mut offered = offered(transaction, poll, content, cutoff, recording.now, counts)?;
    let offers: Vec<Offer> = offered.iter().map(|item| item.offer).collect();
    let mut purse = Purse::new(poll.budget);
    for place in in_order(&offers, recording.now) {
        let Some(item) = offered.get_mut(place) else {
            continue;
        };
        if !purse.affords(&item.offer, 0) {
            continue;
        }
        let hits = new_hits(transaction, poll, item, recording)?;
        let number = match item.offer.kind {
            OfferKind::Backlog => hits.len() as u64,
            OfferKind::New | OfferKind::Revised => unmuted(transaction, &hits, recording.now)?,
        };
        if purse.affords(&item.offer, number) {
            purse.spend(&item.offer, number);
            item.hits = Some(hits);
        }
    }
    counts.taken = purse.taken();
    // In the order of the feed: by that, hits of one poll are listed.
    for item in offered {
        let new = item.offer.kind != OfferKind::Revised;
        if let Some(hits) = &item.hits {
            counts.entries_new += u64::from(new);
            counts.entries_revised += u64::from(!new);
            counts.arrears.taken += u64::from(item.waited);
            let stored = match &item.known {
                Some(known) => replace_entry(transaction, known, item.entry, recording.now)?,
                None => insert_entry(transaction, poll, &item, recording.now)?,
            };
            store_hits(transaction, &stored, hits, recording, counts)?;
        } else if new {
            counts.new_left_out += 1;
            if item.waited {
                counts.arrears.again += 1;
            } else {
                counts.arrears.added += 1;
                tombstones::leave_out(transaction, &poll.feed_id, &item.entry.key, recording.now)?;
            }
        } else {
            counts.revised_left_out += 1;
        }
    }
    Ok(())
}

/// The items that are new or say something new. Of all others it is noted that they were seen, and of those
/// that were left out of earlier bodies, that they are gone.
fn offered<'a>(
    transaction: &Transaction<'_>,
    poll: &PollRecord,
    content: &'a PolledContent,
    cutoff: Timestamp,
    now: Timestamp,
    counts: &mut PollCounts,
) -> Result<Vec<Offered<'a>>, StoreError> {
    let feed_id = &poll.feed_id;
    let let_go = tombstones::are_there(transaction, feed_id)?;
    let mut waiting = tombstones::left_out(transaction, feed_id)?;
    let is_late = |last_seen: Timestamp| now.duration_since(last_seen) > LAST_SEEN_LAG;
    let mut offered = Vec::new();
    for (place, entry) in content.entries.iter().enumerate() {
        let known = known(transaction, feed_id, &entry.key)?;
        let (mut new, mut waited) = (false, false);
        if let Some(known) = &known {
            if is_late(known.last_seen) {
                transaction
                    .prepare_cached("UPDATE entry SET last_seen_at = ?2 WHERE id = ?1")?
                    .execute(params![known.id, seconds(now)])?;
            }
            if is_same_content(&known.content_hash, &entry.content_hash) {
                continue;
            }
        } else if let_go && let Some(tombstone) = tombstones::of(transaction, feed_id, &entry.key)?
        {
            if is_late(tombstone.last_seen) {
                tombstones::see(transaction, feed_id, &entry.key, now)?;
            }
            if is_same_content(&tombstone.content_hash, &entry.content_hash) {
                continue;
            }
            waited = waiting.remove(&tombstones::hash(&entry.key));
            new = waited;
        } else {
            new = true;
        }
        offered.push(Offered {
            place,
            entry,
            known,
            waited,
            offer: Offer {
                // What an old item says now is news, also when the item itself was let go.
                kind: if !new {
                    OfferKind::Revised
                } else if is_older(entry, cutoff) {
                    OfferKind::Backlog
                } else {
                    OfferKind::New
                },
                bytes: size(entry),
                dated: entry.published.max(entry.updated),
            },
            hits: None,
        });
    }
    for hash in waiting {
        counts.arrears.gone += 1;
        tombstones::remove(transaction, feed_id, hash)?;
    }
    Ok(offered)
}

fn is_older(entry: &PolledEntry, cutoff: Timestamp) -> bool {
    // A date of 1970 is a computer's way to say that there is none.
    let published = entry.published.filter(|at| at.as_second() > EPOCH_YEAR);
    published.is_some_and(|published| published < cutoff)
}

/// How many of the hits are told.
fn unmuted(
    transaction: &Transaction<'_>,
    hits: &[NewHit],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut number = 0;
    for hit in hits {
        number += u64::from(!mutes::is_muted(transaction, &hit.watch_id, now)?);
    }
    Ok(number)
}

/// What storing an item takes, more or less.
fn size(entry: &PolledEntry) -> u64 {
    let document = &entry.document;
    let texts = [
        &entry.key,
        &document.title,
        &document.summary,
        &document.text,
        &document.author,
    ];
    let texts = texts.into_iter().chain(&document.categories);
    let texts = texts.chain(&document.url).map(String::len);
    texts.sum::<usize>() as u64
}

/// The watches that match and did not match this item before.
fn new_hits(
    transaction: &Transaction<'_>,
    poll: &PollRecord,
    item: &Offered<'_>,
    recording: &mut Recording<'_>,
) -> Result<Vec<NewHit>, StoreError> {
    let mut hits = (recording.matcher)(&poll.feed_id, item.place, &item.entry.document)?;
    let Some(known) = item.known.as_ref().filter(|_| !hits.is_empty()) else {
        return Ok(hits);
    };
    let before: Vec<String> = transaction
        .prepare_cached("SELECT watch_id FROM hit WHERE entry_id = ?1")?
        .query_map([known.id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    hits.retain(|hit| !before.contains(&hit.watch_id));
    Ok(hits)
}

/// An item as it is stored now.
struct Stored {
    id: i64,
    revision: i64,
    backlog: bool,
}

fn insert_entry(
    transaction: &Transaction<'_>,
    poll: &PollRecord,
    item: &Offered<'_>,
    now: Timestamp,
) -> Result<Stored, StoreError> {
    let entry = item.entry;
    let backlog = item.offer.kind == OfferKind::Backlog;
    if item.waited || item.offer.kind == OfferKind::Revised {
        let hash = tombstones::hash(&entry.key);
        tombstones::remove(transaction, &poll.feed_id, hash)?;
    }
    let document = &entry.document;
    transaction
        .prepare_cached(
            "INSERT INTO entry (feed_id, key, revision, content_hash, title, summary, text, author,
                                categories, language, link, published_at, updated_at,
                                first_seen_at, last_seen_at, backlog)
             VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, ?14)",
        )?
        .execute(params![
            poll.feed_id,
            entry.key,
            entry.content_hash,
            document.title,
            document.summary,
            document.text,
            document.author,
            to_json(&document.categories)?,
            document.language,
            document.url,
            entry.published.map(seconds),
            entry.updated.map(seconds),
            seconds(now),
            backlog
        ])?;
    Ok(Stored {
        id: transaction.last_insert_rowid(),
        revision: 0,
        backlog,
    })
}

fn replace_entry(
    transaction: &Transaction<'_>,
    known: &Known,
    entry: &PolledEntry,
    now: Timestamp,
) -> Result<Stored, StoreError> {
    let revised = Stored {
        id: known.id,
        revision: known.revision + 1,
        // What an old item says now is news.
        backlog: false,
    };
    transaction
        .prepare_cached(
            "INSERT INTO revision (entry_id, revision, title, summary, text, author, categories,
                                   language, link, published_at, updated_at, replaced_at)
             SELECT id, revision, title, summary, text, author, categories, language, link,
                    published_at, updated_at, ?2
             FROM entry WHERE id = ?1",
        )?
        .execute(params![revised.id, seconds(now)])?;
    let document = &entry.document;
    transaction
        .prepare_cached(
            "UPDATE entry SET revision = ?2, content_hash = ?3, title = ?4, summary = ?5, text = ?6,
                    author = ?7, categories = ?8, language = ?9, link = ?10, published_at = ?11,
                    updated_at = ?12, revised_at = ?13, last_seen_at = ?13,
                    backlog = 0
             WHERE id = ?1",
        )?
        .execute(params![
            revised.id,
            revised.revision,
            entry.content_hash,
            document.title,
            document.summary,
            document.text,
            document.author,
            to_json(&document.categories)?,
            document.language,
            document.url,
            entry.published.map(seconds),
            entry.updated.map(seconds),
            seconds(now)
        ])?;
    transaction
        .prepare_cached(
            "DELETE FROM revision WHERE entry_id = ?1 AND revision < ?2
               AND revision NOT IN (SELECT hit.revision FROM hit WHERE hit.entry_id = ?1)",
        )?
        .execute(params![revised.id, revised.revision - REVISIONS_KEPT])?;
    Ok(revised)
}

fn store_hits(
    transaction: &Transaction<'_>,
    entry: &Stored,
    hits: &[NewHit],
    recording: &Recording<'_>,
    counts: &mut PollCounts,
) -> Result<(), StoreError> {
    for hit in hits {
        transaction
            .prepare_cached(
                "INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version,
                                  program_version, score, spans, found_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                entry.id,
                entry.revision,
                hit.watch_id,
                hit.watch_title,
                hit.topic,
                hit.watch_version,
                recording.program_version,
                hit.score,
                hit.spans,
                seconds(recording.now)
            ])?;
        let hit_id = transaction.last_insert_rowid();
        counts.hits += 1;
        if entry.backlog {
            counts.hits_backlog += 1;
            continue;
        }
        if mutes::is_muted(transaction, &hit.watch_id, recording.now)? {
            transaction
                .prepare_cached("UPDATE hit SET muted = 1 WHERE id = ?1")?
                .execute([hit_id])?;
            counts.hits_muted += 1;
            continue;
        }
        let mut owe = transaction.prepare_cached(
            "INSERT INTO delivery (hit_id, recipient_id, urgency) VALUES (?1, ?2, ?3)",
        )?;
        for recipient in &hit.recipients {
            owe.execute(params![hit_id, recipient.id, recipient.urgency.name()])?;
        }
    }
    if hits.is_empty() {
        return Ok(());
    }
    super::hits::index(transaction, entry.id)
}
