//! Feeds, how they are, and how often they bring something.

use askama::Template;

use super::Frame;
use crate::web::chart::Chart;

/// All feeds, those in trouble first.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "feeds.html", config = "src/web/askama.toml")]
pub struct FeedsPage {
    /// What is around it.
    pub frame: Frame,
    /// How all of them are, in a sentence.
    pub verdict: String,
    /// "Failing", "Silent", "Well".
    pub groups: Vec<Group>,
}

/// Feeds that are in the same state.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// What the state is called.
    pub name: String,
    /// Whether it is trouble.
    pub is_bad: bool,
    /// The feeds.
    pub feeds: Vec<Feed>,
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
    /// When it could not be read, a sentence each.
    pub gaps: Vec<String>,
}
