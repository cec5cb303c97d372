//! Feed bytes to entries.
//!
//! ```text
//! bytes -> decode -> evidence -> feed-rs -> walker -> assemble -> Feed
//!                              -> sitemap -----------^
//! ```
//!
//! Each step after the first is taken only when the one before failed, or came back with fewer
//! entries than the text shows. [`Feed::warnings`] says how a feed had to be rescued.

mod address;
mod allowance;
mod assemble;
mod attributes;
mod constructs;
pub mod dates;
pub(crate) mod decode;
pub mod discover;
mod document;
mod embedded;
mod evidence;
mod fields;
mod harvest;
mod hints;
mod identity;
mod json;
mod json_value;
mod kinship;
mod library;
mod link_header;
pub mod link_page;
pub mod links;
mod loss;
mod names;
mod newest;
pub mod opml;
mod parse;
mod raw;
mod redirects;
pub mod sitemap;
mod titles;
mod tokens;
pub mod typed_address;
mod walker;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Weekday;
use url::Url;

pub use document::to_document;
pub use identity::{
    content_hash, distinct, document_hash, entry_key, is_same_content, key_behind_redirects,
    key_by_words, without_further,
};
pub use kinship::{Addresses, Dates, Kinship, Said};
pub use loss::Loss;
pub use names::{Likeness, Names, Place, base_of, is_address, likeness, place_of};
pub use parse::parse;

/// Counts the ways in which feeds have been read: more with each version that may find something else in the
/// same bytes, so that what an earlier one took of a body is not held for all there is.
pub const READING: u32 = 2;

/// A parsed feed of any format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// Title, as text.
    pub title: Option<String>,
    /// The site's address, absolute.
    pub link: Option<String>,
    /// Language tag as given.
    pub language: Option<String>,
    /// The feed's own identifier (Atom `id`, JSON Feed `feed_url`).
    pub id: Option<String>,
    /// In the order of the document.
    pub entries: Vec<Entry>,
    /// How often the publisher asks to be polled.
    pub hints: PublishingHints,
    /// What is known to be missing.
    pub loss: Loss,
    /// How the feed had to be rescued, one sentence each; empty for a sound feed.
    /// Doubts about dates depend on the time: [`Feed::date_warnings`] gives them.
    pub warnings: Vec<String>,
    /// An item is its address, whatever is said there: of sitemaps and pages of links.
    pub by_address: bool,
}

impl Feed {
    /// What to say at a given time about the dates of the entries, one sentence a kind of doubt.
    pub fn date_warnings(&self, now: Timestamp) -> Vec<String> {
        let count = |doubt| {
            self.entries
                .iter()
                .filter(|entry| entry.date_doubt(now) == Some(doubt))
                .count()
        };
        [
            (DateDoubt::Epoch, "dated 1970 or before"),
            (DateDoubt::Future, "dated in the future"),
        ]
        .into_iter()
        .map(|(doubt, words)| (count(doubt), words))
        .filter(|&(number, _)| number > 0)
        .map(|(number, words)| format!("{number} of {} entries {words}", self.entries.len()))
        .collect()
    }
}

/// One item of a feed, as the feed gives it. `summary` and `content` may hold HTML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// `guid` or `id` as given, trimmed.
    pub id: Option<String>,
    /// Title, as text.
    pub title: Option<String>,
    /// Absolute address of the item, as given where it is a redirect: [`links::target`] looks behind it.
    pub link: Option<String>,
    /// When it was published, if the feed says so.
    pub published: Option<Timestamp>,
    /// When it was last changed, if the feed says so.
    pub updated: Option<Timestamp>,
    /// Summary or description as given, HTML or text.
    pub summary: Option<String>,
    /// How to read [`Entry::summary`].
    pub summary_markup: Markup,
    /// Full content as given, HTML or text.
    pub content: Option<String>,
    /// How to read [`Entry::content`].
    pub content_markup: Markup,
    /// What the item says beside these, such as `itunes:summary` and `media:description`, as given, and how to
    /// read it.
    pub further: Vec<(String, Markup)>,
    /// Authors, joined with `, `; those of the feed are shared by all entries that name none.
    pub author: Option<Arc<str>>,
    /// Categories, as text.
    pub categories: Vec<String>,
    /// Language of the item, when it differs from the feed's.
    pub language: Option<String>,
}

impl Entry {
    /// What is odd about the entry's dates at a given time. They are kept as given; this is for
    /// marking them where they are shown, and for not trusting them where they decide.
    pub fn date_doubt(&self, now: Timestamp) -> Option<DateDoubt> {
        [self.published, self.updated]
            .into_iter()
            .flatten()
            .find_map(|date| DateDoubt::of(date, now))
    }
}

/// Why a date is hardly the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateDoubt {
    /// In 1970 or before, where a missing date becomes zero; there was no web to publish on.
    Epoch,
    /// More than a day ahead of now: beyond what zones and clocks explain.
    Future,
}

impl DateDoubt {
    /// Doubts a date, or not.
    pub fn of(date: Timestamp, now: Timestamp) -> Option<Self> {
        const DAY_SECONDS: i64 = 86_400;
        const YEAR_SECONDS: i64 = 365 * DAY_SECONDS;
        if date.as_second() < YEAR_SECONDS {
            Some(Self::Epoch)
        } else if date.as_second() - now.as_second() > DAY_SECONDS {
            Some(Self::Future)
        } else {
            None
        }
    }
}

/// How the source of a text is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Markup {
    /// HTML; text without `<` and `&` is the simplest HTML.
    #[default]
    Html,
    /// Plain text: every character stands for itself.
    Plain,
}

/// How often a feed changes and when it does not, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishingHints {
    /// RSS 2.0 `ttl`: minutes for which a copy stays good.
    pub ttl_minutes: Option<u32>,
    /// `sy:updatePeriod` divided by `sy:updateFrequency`, in seconds (RSS 1.0 syndication module).
    pub update_interval_seconds: Option<u32>,
    /// RSS 2.0 `skipHours`: hours of the day in UTC, 0 to 23, in which nothing is published.
    pub skip_hours: Vec<u8>,
    /// RSS 2.0 `skipDays`: days of the week in UTC on which nothing is published.
    pub skip_days: Vec<Weekday>,
}

/// What is known of a body beside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseContext<'a> {
    /// The `Content-Type` header, as received.
    pub content_type: Option<&'a str>,
    /// The final address after redirects: what relative addresses are relative to, unless it has more
    /// than 2 KB.
    pub base: Option<&'a Url>,
    /// When the body came: a date that may mean several days is hardly of the future.
    pub now: Option<Timestamp>,
    /// Language tag that the configuration gives the feed: it counts for more than the feed's own where the
    /// language decides what a date means.
    pub language: Option<&'a str>,
    /// Bounds on what is kept.
    pub limits: Limits,
}

impl<'a> ParseContext<'a> {
    /// The languages of a feed that names this one, the most telling first.
    fn languages(&self, own: Option<&'a str>) -> Vec<&'a str> {
        [self.language, own].into_iter().flatten().collect()
    }
}

/// Bounds on what one body may become. What is beyond them is cut, counted, and told in
/// [`Feed::loss`] where it would have been matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries a feed; of more, the newest are kept.
    pub entries: usize,
    /// Bytes of any one text, identifier or address. A text is matched whole up to this, and cut to
    /// what suits a place only where it is shown.
    pub field_bytes: usize,
    /// Depth of elements; deeper ones are read as if they stood at this depth.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 10_000,
            field_bytes: 512 * 1024,
            nesting: 128,
        }
    }
}

/// Memory that reading takes at its worst, in times the bytes of the body: the body, its text, what was
/// found there, and the documents made of it, together. Measured over hostile bodies, of which the worst
/// take ten times their bytes and sound ones four; entries that say nothing take up to 12 MB besides,
/// all [`Limits::entries`] together.
pub const MEMORY_FACTOR: usize = 12;

/// Why a body is no feed. Each message reads alone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Nothing but white space.
    #[error("empty body")]
    Empty,
    /// An HTML page, often an error page or a login form.
    #[error("this is an HTML page, not a feed{}", title.as_ref().map(|title| format!(" (its title is {title:?})")).unwrap_or_default())]
    Html {
        /// The title of the page, when it has one.
        title: Option<String>,
    },
    /// What is given once stands for so many that the feed would take too much memory.
    #[error(
        "its texts would grow to more than {} times its {bytes} bytes",
        allowance::TEXT_FACTOR
    )]
    TooMuchText {
        /// Bytes of the body.
        bytes: usize,
    },
    /// A sitemap that says nothing of its articles but where they lie.
    #[error(
        "this is a sitemap without news: it lists addresses ({urls}) and for none of them a news:news, which \
         tells title and date; give the outlet's feed or news sitemap, or watch a page of links with \
         kind = \"page\""
    )]
    PlainSitemap {
        /// Its addresses.
        urls: usize,
    },
    /// An index, which holds no items: its parts do, which have to be fetched.
    #[error(
        "this is an index of sitemaps ({}), which holds no items itself, and its parts were not asked for",
        .0.parts.len()
    )]
    Index(Box<sitemap::Index>),
    /// XML that is sound but no feed.
    #[error("this is an XML document <{root}>, not a feed")]
    OtherXml {
        /// Name of the root element.
        root: String,
    },
    /// XML that is broken, and in which nothing of a feed can be found.
    #[error("not well-formed XML at line {line}, column {column}: {reason}")]
    BrokenXml {
        /// Counted from 1.
        line: usize,
        /// In characters, counted from 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// JSON that is broken.
    #[error("not valid JSON at line {line}, column {column}: {reason}")]
    BrokenJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// JSON that is sound but no JSON Feed.
    #[error("this is a JSON document, not a JSON Feed")]
    OtherJson,
    /// Neither XML nor JSON.
    #[error("neither XML nor JSON, so not a feed (it begins with {start:?})")]
    Unknown {
        /// The first characters.
        start: String,
    },
    /// No text at all: compressed, perhaps, or an image.
    #[error("neither XML nor JSON nor any text, so not a feed (is it compressed?)")]
    Binary,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(published: &str, doubt: Option<DateDoubt>) {
        let now = "2026-03-24T18:00:00Z".parse().unwrap();
        let entry = Entry {
            published: Some(published.parse().unwrap()),
            ..Entry::default()
        };
        assert_eq!(entry.date_doubt(now), doubt, "of {published}");
        let feed = Feed {
            entries: vec![entry],
            ..Feed::default()
        };
        assert_eq!(feed.date_warnings(now).len(), usize::from(doubt.is_some()));
    }

    #[test]
    fn dates_of_1970_and_of_the_future_are_doubted() {
        check("1970-01-01T00:00:00Z", Some(DateDoubt::Epoch));
        check("1969-12-31T00:00:00Z", Some(DateDoubt::Epoch));
        check("1998-01-01T00:00:00Z", None);
        check("2026-03-25T10:00:00Z", None);
        check("2027-03-24T10:00:00Z", Some(DateDoubt::Future));
    }
}
