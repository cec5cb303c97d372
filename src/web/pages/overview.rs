//! The week against the weeks before.

use askama::Template;

use super::Frame;

/// The first page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "overview.html", config = "src/web/askama.toml")]
pub struct OverviewPage {
    /// What is around it.
    pub frame: Frame,
    /// How many stories there are, in which days.
    pub heading: String,
    /// Whether feeds were read and mails sent, in a sentence.
    pub completeness: String,
    /// Whether it is good.
    pub is_complete: bool,
    /// What was found today, which is in no number of the week.
    pub today: List,
    /// What was found on the days of the week.
    pub all: List,
    /// What is unusual.
    pub unusual: Vec<UnusualLine>,
    /// By topic, by place.
    pub tables: Vec<Table>,
}

/// Something unusual.
#[derive(Clone, Debug, Default)]
pub struct UnusualLine {
    /// What.
    pub name: String,
    /// How many, and what is usual.
    pub text: String,
    /// Its hits.
    pub hits: List,
    /// The hit that stands for it: address and headline.
    pub headline: Option<(String, String)>,
}

/// Stories by topic, or by place.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// "Topics".
    pub name: &'static str,
    /// "Topic".
    pub of: &'static str,
    /// Most stories first.
    pub rows: Vec<Row>,
    /// How many more there are.
    pub more: usize,
}

/// A topic or place.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// Stories of this week.
    pub stories: u64,
    /// "4.5", or "–" where too few weeks can be compared.
    pub median: String,
    /// Units of 120.
    pub width: u64,
    /// Units of 120.
    pub width_before: u64,
    /// Its hits.
    pub hits: List,
}

/// Hits that are listed somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Where; empty for nowhere.
    pub address: String,
    /// "31 hits": as many as are listed there.
    pub hits: String,
    /// The same as a number.
    pub number: u64,
}
