//! What a poll found, to be stored, and what storing it came to.

use jiff::{SignedDuration, Timestamp};
use rusqlite::OptionalExtension;

use crate::core::alert::Urgency;
use crate::core::article::Policy;
use crate::core::document::Document;
use crate::core::feed::IdentityParts;
use crate::core::schedule::{BacklogChange, FeedState, PollUsage, RemainingBudget};
use crate::store::sql_values::time;
use crate::store::{Connection, StoreError};

/// What a poll found, to be stored.
pub struct PollRecord {
    /// The feed.
    pub feed_id: String,
    /// Its address as configured.
    pub url: String,
    /// The items of a new body, when there was one that could be read.
    pub content: Option<PolledContent>,
    /// What may be taken of it.
    pub budget: RemainingBudget,
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
    pub(super) fn names(&self) -> IdentityParts {
        IdentityParts::of(
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
    /// JSON, see [`StoredSpan`](crate::store::hits::StoredSpan).
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
    pub arrears: BacklogChange,
    /// What was taken of the budget. Hits of watches that are muted are not.
    pub taken: PollUsage,
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
pub struct RecordContext<'a> {
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

/// When bodies of a feed were read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BodyReadTimes {
    pub(super) first: Option<Timestamp>,
    pub(super) last: Option<Timestamp>,
}

impl BodyReadTimes {
    pub(super) fn of(connection: &Connection, feed_id: &str) -> Result<Self, StoreError> {
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
