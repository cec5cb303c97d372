//! A feed as it is configured.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::SignedDuration;
use url::Url;

use super::secret_source::SecretSource;
use super::table::Located;
use crate::core::article::Policy;
use crate::core::feed::link_page::LinkPage;

/// A feed to poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Stable name that hits and watches refer to.
    pub id: String,
    /// Where it is read from.
    pub address: FeedAddress,
    /// What readers call it; the id when not given.
    pub title: String,
    /// Words that watches can select feeds by.
    pub tags: BTreeSet<String>,
    /// BCP 47 tag of its items, when they do not say.
    pub language: Option<String>,
    /// The outlet that it counts as, in lower case: feeds of one outlet report a story once. When not given, the
    /// registrable domain of its address; its id, where that is of a service that hands out feeds of many.
    pub outlet: String,
    /// The same as it is written, for readers; `None` when not given.
    pub outlet_name: Option<String>,
    /// How often it is polled, when not as `[fetch] every` says.
    pub every: Option<SignedDuration>,
    /// How the pages behind its items are read.
    pub articles: FeedArticles,
    /// With `kind = "page"`: it is a web page, and what is linked anew on it is an item.
    pub page: Option<LinkPage>,
}

impl Feed {
    /// What is known of the feed belongs to: its address and, of a page of links, how it is read. Where another
    /// is configured, the feed begins anew.
    pub fn source(&self) -> String {
        match &self.page {
            None => self.address.to_string(),
            Some(page) => format!("{} {page}", self.address),
        }
    }
}

/// Where a feed is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedAddress {
    /// `http` or `https`.
    Web(Url),
    /// `file:`, relative to the configuration folder unless absolute.
    File(PathBuf),
}

impl std::fmt::Display for FeedAddress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Web(url) => formatter.write_str(url.as_str()),
            Self::File(path) => write!(formatter, "file:{}", path.display()),
        }
    }
}

/// How the pages behind the items of a feed are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedArticles {
    /// Which items, when not as `[article] fetch` says.
    pub fetch: Option<Policy>,
    /// CSS selector of the article's text; found by itself without it.
    pub selector: Option<String>,
    /// CSS selectors of what is no part of the text.
    pub remove: Vec<String>,
    /// The `Cookie` header of a subscriber, for the feed's own host alone.
    pub cookie: Option<Located<SecretSource>>,
}
