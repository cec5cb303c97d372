//! One poll, one transaction: entries, hits, what each recipient is owed, and the feed's state.
//!
//! What was not committed is fetched again: validators are never ahead of the entries that they
//! stand for.

mod items;
mod nameless;
mod offers;
mod recognition;
mod telling;

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::values::{seconds, time, to_json};
use super::{StoreError, feeds, tombstones, week};
use crate::core::article::Policy;
use crate::core::document::Document;
use crate::core::feed::{Names, is_same_content};
use crate::core::schedule::{Arrears, FeedState, Left, Taking};
use crate::fault;
use offers::Age;
pub(super) use telling::keep_new;

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
    /// Which items have the page behind them queued, to be read.
    pub articles: Policy,
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
    /// An item is its address, whatever is said there.
    pub by_address: bool,
    /// It is a page of links: what stood on the page when it was first read is old, whatever its date.
    pub is_page: bool,
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

impl PolledEntry {
    fn names(&self) -> Names {
        Names::of(
            &self.key,
            &self.document,
            self.published,
            &self.content_hash,
        )
    }
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
    /// Whether it was found in the text with the article in it, into which the spans point.
    pub in_article: bool,
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
    /// Pages behind items that were queued, to be read.
    pub articles: u64,
    /// Hits on items too old to be mailed.
    pub hits_backlog: u64,
    /// Hits on old items that appeared at once with many others, and are told in one line.
    pub hits_archive: u64,
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
        self.articles += other.articles;
        self.hits_backlog += other.hits_backlog;
        self.hits_archive += other.hits_archive;
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
    /// Items that stood in the first body of their feed and had been published or changed longer than this
    /// before are not mailed.
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
    let reads = Reads::of(transaction, &poll.feed_id)?;
    if reads.first.is_none() {
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
        let age = Age::new(reads, recording.backlog, recording.now);
        let is_new_page =
            content.is_page && (reads.first.is_none() || !was_read_so(transaction, poll)?);
        let age = if is_new_page {
            age.of_a_new_page()
        } else {
            age
        };
        counts.entries = content.entries.len() as u64;
        items::take(transaction, poll, content, age, recording, &mut counts)?;
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
    if state.last_success_at.is_some() && state.last_success_at == state.last_attempt_at {
        // All that a feed held when it was first read is new to us, and says nothing of its habit.
        let new = reads.first.map_or(0, |_| counts.entries_new);
        week::note_poll(transaction, &poll.feed_id, recording.now, new)?;
    }
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

/// Whether the page was read before as it is read now: another selector finds other links, which are no news.
fn was_read_so(connection: &Connection, poll: &PollRecord) -> Result<bool, StoreError> {
    let ids = std::slice::from_ref(&poll.feed_id);
    let state = feeds::states_of(connection, ids)?.into_iter().next();
    let state = state.unwrap_or_default().for_address(&poll.url);
    Ok(state.first_success_at.is_some())
}

/// When bodies of a feed were read.
#[derive(Clone, Copy, Debug, Default)]
struct Reads {
    first: Option<Timestamp>,
    last: Option<Timestamp>,
}

impl Reads {
    fn of(connection: &Connection, feed_id: &str) -> Result<Self, StoreError> {
        let found: Option<(Option<i64>, Option<i64>)> = connection
            .prepare_cached("SELECT first_success_at, last_body_at FROM feed WHERE id = ?1")?
            .query_row([feed_id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (first, last) = found.unwrap_or_default();
        Ok(Self {
            first: first.map(time),
            last: last.map(time),
        })
    }
}

/// The places of those items of a feed, each an identity and a hash of its content, that may be new or say
/// something new.
pub fn fresh(
    connection: &Connection,
    feed_id: &str,
    items: &[(String, String)],
) -> Result<Vec<usize>, StoreError> {
    let mut fresh = Vec::new();
    let let_go = tombstones::are_there(connection, feed_id)?;
    for (place, (key, content_hash)) in items.iter().enumerate() {
        let hash = match recognition::by_key(connection, feed_id, key)? {
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

/// How far `last_seen_at` may lag behind, so that a body of known entries writes nothing.
pub(super) const LAST_SEEN_LAG: SignedDuration = SignedDuration::from_hours(12);
