//! Feeds, how they are, and how often they bring something.

use askama::Template;

use super::Frame;
use crate::web::chart::Chart;

/// Feeds, those in trouble first.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "feeds.html", config = "src/web/askama.toml")]
pub struct FeedsPage {
    /// What is around it.
    pub frame: Frame,
    /// How all of them are, in the words of `status`.
    pub verdict: String,
    /// How many are on the pages before.
    pub first: usize,
    /// How many there are.
    pub all: usize,
    /// "Not fine", "Not known yet", "Fine".
    pub groups: Vec<Group>,
    /// The next page.
    pub next: Option<String>,
}

impl FeedsPage {
    /// Feeds of this page.
    pub fn shown(&self) -> usize {
        self.groups.iter().map(|group| group.feeds.len()).sum()
    }
}

/// Feeds that are in the same state.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// What the state is called.
    pub name: &'static str,
    /// Whether it is trouble.
    pub is_bad: bool,
    /// The feeds.
    pub feeds: Vec<Feed>,
}

/// One feed, with its table.
#[derive(Clone, Debug, Template)]
#[template(path = "feed.html", config = "src/web/askama.toml")]
pub struct FeedPage {
    /// What is around it.
    pub frame: Frame,
    /// The feed.
    pub feed: Feed,
    /// Whether it is in trouble.
    pub is_bad: bool,
    /// What else `status` says of it, in sentences.
    pub notes: Vec<String>,
    /// Items that are stored.
    pub items: u64,
    /// Its hits.
    pub hits_address: String,
}

/// A feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Its id.
    pub id: String,
    /// The outlet.
    pub title: String,
    /// Its address, without secrets.
    pub address: String,
    /// How it is, in a sentence.
    pub health: String,
    /// New items a day.
    pub rhythm: Chart,
    /// When it could not be read, a sentence each, the last first.
    pub gaps: Vec<String>,
    /// How many more there were.
    pub more_gaps: usize,
}
