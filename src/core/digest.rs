//! Hits to what one recipient should read.
//!
//! An item that several watches hit is one item that names all of them; a revised item is folded
//! into its entry, and the items of one story are one. The best stories are told in full, grouped by topic,
//! then by watch; the next as headlines, the rest by count. Behind them stand, in a line each, what a watch
//! found later, in what was stored, and the newest of the stories that went out as alerts before. Old items that a feed showed at once are told in one line a feed.

mod choice;
mod clean;
mod compose;
mod decisive;
mod excerpt;
mod few;
mod folded;
mod found;
mod grave;
mod headline;
mod outlet;
mod owed;
mod paragraphs;
mod rank;
mod reading;
mod recurring;
mod sentence;
mod story;
#[cfg(test)]
mod tests;
mod trouble;
mod turns;
mod wording;

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};

use super::article::Reading;
use super::document::Field;
use super::week::Unusual;

pub use choice::{Again, Choice, Chosen, Count, Totals, Under};
pub use clean::{clean_line, is_right_to_left, safe_link};
pub use compose::{SendEmpty, compose, empty_due, grouped, item};
pub use folded::Folded;
pub use found::{Matched, WORDS_FOUND, words_found};
pub use headline::{headline, is_headline};
pub use outlet::outlet_of_title;
pub use owed::{Owed, OwedKey, ToldBefore};
pub use paragraphs::paragraphs;
pub use rank::{Class, HeadlineKind, Merits};
pub use reading::words;
pub use story::{ALSO_MAX, Also, DigestStory, REPORTS_MAX};
pub use trouble::Trouble;
pub use wording::{Anew, Wording};

/// Words of a mail's text part at most, as far as that leaves room for head and foot: one that is read to its
/// end.
pub const WORDS_MAX: usize = 1_200;

/// Where a watch matched, by byte positions of a field's text. Positions that do not fit the text
/// mark nothing; they never panic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanRecord {
    /// The field.
    pub field: Field,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The term of the query that matched, as written in the watch.
    pub term: String,
}

/// One hit: an entry that a watch matched, with what is needed to show it. Texts are plain text.
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitItem {
    /// The hit.
    pub hit_id: i64,
    /// The entry; several hits may share it.
    pub entry_id: i64,
    /// The watch that matched.
    pub watch_id: String,
    /// Its title.
    pub watch_title: String,
    /// Its topic, which groups the digest.
    pub topic: Option<String>,
    /// The watch's score for this item; 0 for a watch that has no scores.
    pub score: i64,
    /// Where it matched.
    pub spans: Vec<SpanRecord>,
    /// The feed's id.
    pub feed_id: String,
    /// The outlet, as a reader knows it.
    pub feed_title: String,
    /// Headline.
    pub title: Arc<str>,
    /// Summary.
    pub summary: Arc<str>,
    /// Body. The hits of an item share its texts, however many they are.
    pub text: Arc<str>,
    /// Authors.
    pub author: String,
    /// Address of the item. Only http and https are shown as links.
    pub link: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// When it was published, if the feed says so.
    pub published: Option<Timestamp>,
    /// When it was first seen here.
    pub first_seen: Timestamp,
    /// Whether this hit came from a revision of an item seen before.
    pub updated: bool,
    /// Whether it was to be told at once.
    pub urgent: bool,
    /// Whether this hit went out as an alert to this recipient.
    pub alerted: bool,
    /// How it came.
    pub manner: Manner,
    /// Whether it was found in the body with the article behind the item in it, which [`Self::text`] is then.
    pub in_article: bool,
}

/// How a hit came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// With its item.
    #[default]
    New,
    /// With its item, which appeared at once with many other old ones and is told with them in one line.
    Archive,
    /// Found in what was stored, by a watch that was written afterwards.
    Later,
}

/// How much of the content may leave the house.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Privacy {
    /// Everything is in the mail.
    #[default]
    Open,
    /// The mail says how many items there are, and nothing else.
    Sealed,
}

/// What the headings of a digest are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// The topics of the watches.
    #[default]
    Topic,
    /// The places that the items are about.
    Place,
}

/// What a digest carries beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attach {
    /// Nothing.
    #[default]
    Nothing,
    /// Its hits as a table.
    Csv,
}

/// A language that mails speak: their headings, sentences, numbers and dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Portuguese.
    Portuguese,
    /// Arabic, from right to left.
    Arabic,
    /// Russian.
    Russian,
}

impl Language {
    /// Each with its BCP 47 tag.
    pub const NAMED: [(&'static str, Self); 6] = [
        ("en", Self::English),
        ("es", Self::Spanish),
        ("fr", Self::French),
        ("pt", Self::Portuguese),
        ("ar", Self::Arabic),
        ("ru", Self::Russian),
    ];

    /// Whether a text whose BCP 47 tag is this is written in it.
    pub fn is_of(self, tag: &str) -> bool {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        primary.eq_ignore_ascii_case(self.tag())
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        Self::NAMED
            .into_iter()
            .find_map(|(tag, language)| (language == self).then_some(tag))
            .unwrap_or("en")
    }
}

/// Who reads.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Stable id.
    pub id: String,
    /// Address, `local@domain`.
    pub address: String,
    /// How to greet, if known.
    pub name: Option<String>,
    /// Times are shown in this zone.
    pub time_zone: TimeZone,
    /// How much may leave the house.
    pub privacy: Privacy,
    /// The headings of a digest.
    pub group_by: GroupBy,
    /// In which language its mails speak.
    pub language: Language,
    /// What its digests carry beside their words.
    pub attach: Attach,
}

/// The hits of a digest as a table, which goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Name of the file.
    pub name: String,
    /// CSV (RFC 4180), in UTF-8.
    pub bytes: Vec<u8>,
    /// Hits that have room in it, the newest.
    pub rows: usize,
    /// Hits that there are.
    pub hits: usize,
}

/// A feed that needs attention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedTrouble {
    /// The feed's id.
    pub id: String,
    /// The outlet.
    pub title: String,
    /// Since when.
    pub since: Option<Timestamp>,
    /// Until when, of what is over.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: Trouble,
}

/// A watch that was muted by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mute {
    /// Title of the watch.
    pub watch_title: String,
    /// When it expires.
    pub until: Timestamp,
    /// Why, in the words of whoever muted it.
    pub reason: String,
    /// Hits in the window that the mute held back.
    pub held_back: u32,
}

/// A mail that could not be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// Its subject.
    pub subject: String,
    /// When it was queued.
    pub queued: Timestamp,
    /// One sentence.
    pub reason: String,
}

/// How complete the digest is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Feeds that were polled in the window.
    pub feeds_polled: u32,
    /// Feeds whose last polls failed.
    pub failing: Vec<FeedTrouble>,
    /// Feeds that failed for a while within the window and work again.
    pub interrupted: Vec<FeedTrouble>,
    /// Feeds that answer, but have been silent for longer than is their habit.
    pub silent: Vec<FeedTrouble>,
    /// Feeds of whose newest body something is missing.
    pub incomplete: Vec<FeedTrouble>,
    /// Feeds whose items may have slipped through between two polls.
    pub possibly_missed: Vec<FeedTrouble>,
    /// Feeds that bring more than they may, or that are polled alone, or that never say the same twice.
    pub handled_with_care: Vec<FeedTrouble>,
    /// How the pages behind items were read in the window, and how many are still waited for.
    pub reading: Reading,
    /// Feeds of which it became plain in the window that no page of theirs is ever read whole.
    pub unreadable: Vec<FeedTrouble>,
    /// Watches muted by hand.
    pub muted: Vec<Mute>,
    /// Mails to this recipient that were given up.
    pub undeliverable: Vec<Undelivered>,
    /// The program's version.
    pub version: String,
    /// Start of the window of time covered; `None` for the first digest.
    pub window_start: Option<Timestamp>,
    /// End of the window.
    pub window_end: Timestamp,
}

impl Coverage {
    /// Watches that are muted at the end of the window.
    pub fn muted_now(&self) -> usize {
        let muted = self.muted.iter();
        muted.filter(|mute| mute.until > self.window_end).count()
    }

    /// Hits in the window that mutes held back which are over by its end.
    pub fn held_back(&self) -> usize {
        let over = (self.muted.iter()).filter(|mute| mute.until <= self.window_end);
        over.map(|mute| mute.held_back as usize).sum()
    }
}

/// Why the mail is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its time has come.
    Scheduled,
    /// So many alerts were due that one digest takes their place.
    Flood,
}

/// What kind of mail it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Everything in a window of time.
    Digest(Reason),
    /// One watch, at once.
    Alert {
        /// The watch.
        watch_id: String,
        /// Its title.
        watch_title: String,
    },
}

/// A piece of text, matched or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// One line, clean: no control or bidi characters.
    pub text: String,
    /// Whether a watch matched it.
    pub marked: bool,
}

/// One watch's part in an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The watch.
    pub watch_id: String,
    /// Its title, clean.
    pub watch_title: String,
    /// Its topic, clean; `None` for a watch without one.
    pub topic: Option<String>,
    /// Its score; 0 when it has no scores.
    pub score: i64,
    /// The words that decide, each once, clean.
    pub terms: Vec<String>,
    /// Whether it matched the text of the page behind the item, and not what the feed says.
    pub in_article: bool,
}

/// One item as it is shown. Every text is clean and bounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestItem {
    /// The entry.
    pub entry_id: i64,
    /// Topic of the strongest watch, clean; `None` for a watch without one.
    pub topic: Option<String>,
    /// The feed's id.
    pub feed_id: String,
    /// Whose voice the feed is; its id where that is not known.
    pub outlet: String,
    /// The headline with its matches; never empty.
    pub title: Vec<Piece>,
    /// The sentences around the matches; empty when there is no text beside the headline.
    pub excerpt: Vec<Piece>,
    /// The outlet.
    pub feed_title: String,
    /// Authors; may be empty.
    pub author: String,
    /// The places that it is about, the first before the others.
    pub places: Vec<String>,
    /// Address, http or https only.
    pub link: Option<String>,
    /// BCP 47 language tag: letters, digits and hyphens only.
    pub language: Option<String>,
    /// When it was published, else when it was first seen.
    pub time: Timestamp,
    /// Whether `time` is only when it was first seen.
    pub undated: bool,
    /// Whether it is a revision of an item seen before.
    pub updated: bool,
    /// The watches that matched, strongest first; never empty.
    pub mentions: Vec<Mention>,
}

/// Stories of one watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchGroup<'a> {
    /// The watch.
    pub watch_id: &'a str,
    /// Its title, clean.
    pub title: &'a str,
    /// Best first.
    pub stories: Vec<&'a DigestStory>,
}

/// Watches of one topic, or of one place, that of the best story first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicGroup<'a> {
    /// The topic or place, clean; `None` for what is without one, and for what was to be told at once.
    pub topic: Option<&'a str>,
    /// Whether these are the stories that were to be told at once, ahead of others, whatever their topics.
    pub urgent: bool,
    /// That of the best story first.
    pub watches: Vec<WatchGroup<'a>>,
}

impl TopicGroup<'_> {
    /// Stories in all its watches.
    pub fn story_count(&self) -> usize {
        self.watches.iter().map(|watch| watch.stories.len()).sum()
    }
}

/// What one recipient should read: how much there is, and as much of it as a mail may have room for.
#[derive(Clone, Debug)]
pub struct Digest {
    /// What kind of mail it is.
    pub kind: Kind,
    /// The mail's own number, by which commands list what it tells.
    pub number: i64,
    /// How much of strangers' words stands in it.
    pub wording: Wording,
    /// Who reads.
    pub recipient: Recipient,
    /// How much there is.
    pub totals: Totals,
    /// New stories to be shown in full, in the order in which they get room: what was to be told at once before
    /// everything else, then the best, in turns of their outlets. The first of them is the best of all.
    pub stories: Vec<DigestStory>,
    /// New stories to be shown as headlines, in the same order behind them.
    pub headlines: Vec<DigestStory>,
    /// Stories that were told before and of which there is only more, a line each, best first.
    pub developing: Vec<DigestStory>,
    /// The best item of each story that went out as alerts in the window, newest first.
    pub alerted: Vec<DigestItem>,
    /// Items found later, best first.
    pub later: Vec<DigestItem>,
    /// Watches and places with far more than is their habit.
    pub unusual: Vec<Unusual>,
    /// Its hits as a table, where the reader wants that.
    pub attachment: Option<Attachment>,
    /// How complete it is.
    pub coverage: Coverage,
}

impl Digest {
    /// Whether there is nothing to report.
    pub fn is_empty(&self) -> bool {
        let totals = &self.totals;
        let stories = totals.stories + totals.developing + totals.alerted;
        stories + totals.later == 0 && totals.archives.is_empty()
    }

    /// The story for the subject: the best.
    pub fn strongest(&self) -> Option<&DigestStory> {
        self.stories.first().or_else(|| self.headlines.first())
    }
}
