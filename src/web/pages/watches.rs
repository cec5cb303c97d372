//! All watches, and one of them.

use askama::Template;

use super::{Frame, Time};
use crate::web::chart::Chart;

/// Watches, by topic.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "watches.html", config = "src/web/askama.toml")]
pub struct WatchesPage {
    /// What is around it.
    pub frame: Frame,
    /// How many are on the pages before.
    pub first: usize,
    /// How many there are.
    pub all: usize,
    /// Topics in the order of their names.
    pub topics: Vec<Topic>,
    /// The next page.
    pub next: Option<String>,
}

impl WatchesPage {
    /// Watches of this page.
    pub fn shown(&self) -> usize {
        self.topics.iter().map(|topic| topic.watches.len()).sum()
    }
}

impl Topic {
    /// Whether it says more than the title of its only watch, which is the topic of one that names none.
    pub fn is_named(&self) -> bool {
        !matches!(self.watches.as_slice(), [only] if only.title == self.name)
    }
}

/// A topic.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// What it is called.
    pub name: String,
    /// Its watches.
    pub watches: Vec<WatchLine>,
}

/// A watch in the list.
#[derive(Clone, Debug, Default)]
pub struct WatchLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Hits of the last 7 days.
    pub week: u64,
    /// Hits that nobody has judged.
    pub unjudged: u64,
    /// Where they are listed.
    pub unjudged_address: String,
    /// "18 of 23 judged; 58 to 90 %", or "–".
    pub precision: String,
}

/// The page of a watch.
#[derive(Clone, Debug, Template)]
#[template(path = "watch.html", config = "src/web/askama.toml")]
pub struct WatchPage {
    /// What is around it.
    pub frame: Frame,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Topic, urgency, recipients, whether it is muted or no longer configured.
    pub about: String,
    /// Its hits.
    pub hits_address: String,
    /// Those that nobody has judged.
    pub unjudged_address: String,
    /// Where a change can be tried; `None` for a watch that is no longer configured.
    pub try_address: Option<String>,
    /// Hits a day.
    pub days: Chart,
    /// How right each version of it was, the newest first.
    pub versions: Vec<Version>,
    /// Why hits were false alarms, and how many.
    pub reasons: Vec<(&'static str, u64)>,
    /// Terms found in false alarms alone, and in how many.
    pub false_terms: Vec<(String, u64)>,
    /// Whether it ever found anything.
    pub has_hits: bool,
    /// Hits that nobody has judged.
    pub unjudged: u64,
    /// How many of them a random sample has.
    pub sample: u64,
    /// The query as its file has it.
    pub source: String,
}

/// How right a version of a watch was.
#[derive(Clone, Debug)]
pub struct Version {
    /// The beginning of the hash of its text.
    pub name: String,
    /// Whether it is in force.
    pub is_current: bool,
    /// When it found something last.
    pub last: Time,
    /// What was said of hits that were drawn at random: "18 of 23 judged; 58 to 90 %", or "–".
    pub drawn: String,
    /// What was said of those that people chose: "5 of 9 judged", or "–".
    pub chosen: String,
}
