//! One hit, and one item as a mail shows it.

use std::sync::Arc;

use jiff::Timestamp;

use crate::core::document::Field;
use crate::core::text::line::TextSegment;

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
    pub origin: HitOrigin,
    /// Whether it was found in the body with the article behind the item in it, which [`Self::text`] is then.
    pub in_article: bool,
}

/// How a hit came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HitOrigin {
    /// With its item.
    #[default]
    New,
    /// With its item, which appeared at once with many other old ones and is told with them in one line.
    Archive,
    /// Found in what was stored, by a watch that was written afterwards.
    Later,
}

/// One watch's part in an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchMention {
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
    /// The outlet of the feed; its id where that is not known.
    pub outlet: String,
    /// The headline with its matches; never empty.
    pub title: Vec<TextSegment>,
    /// The sentences around the matches; empty when there is no text beside the headline.
    pub excerpt: Vec<TextSegment>,
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
    pub mentions: Vec<WatchMention>,
}
