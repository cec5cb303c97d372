//! What is known of a body before it is read, how much of it is read, and why none of it is.

use jiff::Timestamp;
use url::Url;

use super::expansion_limit;
use super::sitemap::SitemapIndex;

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
    pub(super) fn languages(&self, own: Option<&'a str>) -> Vec<&'a str> {
        [self.language, own].into_iter().flatten().collect()
    }
}

/// Bounds on what one body may become. What is beyond them is cut, counted, and told in
/// [`Feed::loss`](super::Feed::loss) where it would have been matched.
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
        expansion_limit::TEXT_FACTOR
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
    Index(Box<SitemapIndex>),
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
