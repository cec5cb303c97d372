//! What another query would find in what is stored.

use askama::Template;

use super::hits::Hit;
use super::{Choice, Frame};

/// A query, and what came of it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "try_watch.html", config = "src/web/askama.toml")]
pub struct TryPage {
    /// What is around it.
    pub frame: Frame,
    /// The watches that it can stand for.
    pub watches: Vec<Choice>,
    /// As it was typed.
    pub query: String,
    /// How far back is looked.
    pub days: u32,
    /// What is wrong with it, with places.
    pub mistakes: String,
    /// What came of it.
    pub result: Option<Tried>,
}

/// What a query would change.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// How many are gained and lost, over how many items.
    pub sentence: String,
    /// Gained, the newest first.
    pub gained: Vec<Hit>,
    /// "and 12 more"; may be empty.
    pub gained_more: String,
    /// Lost, the newest first.
    pub lost: Vec<Hit>,
    /// "and 12 more"; may be empty.
    pub lost_more: String,
    /// Lines of TOML.
    pub paste: String,
}

impl Tried {
    /// Its lists: heading, hits, and how many more there are. None that is empty.
    pub fn lists(&self) -> Vec<(&'static str, &[Hit], &str)> {
        let gained = ("Gained", self.gained.as_slice(), self.gained_more.as_str());
        let lost = ("Lost", self.lost.as_slice(), self.lost_more.as_str());
        [gained, lost]
            .into_iter()
            .filter(|(_, hits, _)| !hits.is_empty())
            .collect()
    }
}
