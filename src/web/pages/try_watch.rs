//! What another query would find in what is stored.

use askama::Template;

use super::{Choice, Frame, Time};

/// A query, and what came of it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "try_watch.html", config = "src/web/askama.toml")]
pub struct TryPage {
    /// What is around it.
    pub frame: Frame,
    /// The watches that it can stand for.
    pub watches: Vec<Choice>,
    /// The watch that it stands for: id and title. `None`: a new one.
    pub watch: Option<(String, String)>,
    /// As it was typed.
    pub query: String,
    /// How far back is looked.
    pub days: u32,
    /// What is wrong with it, with places; nothing was tried.
    pub mistakes: String,
    /// What may not be meant by it, with places.
    pub warnings: String,
    /// What came of it.
    pub result: Option<Tried>,
}

/// What a query would change.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// How many are gained and lost, over how many items.
    pub sentence: String,
    /// Gained, the newest first.
    pub gained: Vec<Item>,
    /// How many more there are.
    pub gained_more: u64,
    /// Lost, the newest first.
    pub lost: Vec<Item>,
    /// How many more there are.
    pub lost_more: u64,
    /// Lines of TOML.
    pub paste: String,
}

/// An item that is gained or lost.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its number.
    pub number: i64,
    /// Its headline.
    pub title: String,
    /// Of the headline.
    pub language: Option<String>,
    /// The outlet.
    pub outlet: String,
    /// When it was first seen.
    pub time: Time,
    /// The page of the hit in it, if it has one.
    pub hit: Option<String>,
    /// Where it was published.
    pub link: Option<String>,
}

impl Tried {
    /// Its lists: heading, items, and "And 12 more.". None that is empty.
    pub fn lists(&self) -> Vec<(&'static str, &[Item], String)> {
        let gained = ("Gained", self.gained.as_slice(), self.gained_more);
        let lost = ("Lost", self.lost.as_slice(), self.lost_more);
        [gained, lost]
            .into_iter()
            .filter(|(_, items, _)| !items.is_empty())
            .map(|(heading, items, more)| match more {
                0 => (heading, items, String::new()),
                more => (heading, items, format!("And {more} more.")),
            })
            .collect()
    }
}
