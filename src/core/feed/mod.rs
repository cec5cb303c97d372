//! Feed bytes to entries.

use jiff::Timestamp;

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
}

/// One item of a feed, as the feed gives it. `summary` and `content` may hold HTML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// `guid` or `id` as given, trimmed.
    pub id: Option<String>,
    /// Title, as text.
    pub title: Option<String>,
    /// Absolute address of the item.
    pub link: Option<String>,
    /// When it was published, if the feed says so.
    pub published: Option<Timestamp>,
    /// When it was last changed, if the feed says so.
    pub updated: Option<Timestamp>,
    /// Summary or description as given, HTML or text.
    pub summary: Option<String>,
    /// Full content as given, HTML or text.
    pub content: Option<String>,
    /// Authors, joined with `, `.
    pub author: Option<String>,
    /// Categories, as text.
    pub categories: Vec<String>,
    /// Language of the item, when it differs from the feed's.
    pub language: Option<String>,
}
