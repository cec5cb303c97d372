//! Hits, by story, with what they are searched and filtered by.

use askama::Template;

use super::{Choice, Frame, Time};
use crate::core::digest::TextSegment;

/// A page of hits.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "hits.html", config = "src/web/askama.toml")]
pub struct HitsPage {
    /// What is around it.
    pub frame: Frame,
    /// What the browser calls it: the search, the filters and the page.
    pub title: String,
    /// "Hits", or the name of the kept search.
    pub heading: String,
    /// The search as it was typed.
    pub search: String,
    /// The number of the mail that told what is shown; may be empty.
    pub mail: String,
    /// What is wrong with it, with the place.
    pub mistake: Option<String>,
    /// What should be known of it, though it is looked for.
    pub warnings: Option<String>,
    /// Filters with a list to choose from.
    pub choices: Vec<Filter>,
    /// The first day, as 2026-01-31, or how long ago, as 7d; may be empty.
    pub from: String,
    /// The last day; may be empty.
    pub to: String,
    /// The filters in force.
    pub chosen: Vec<Chosen>,
    /// How much is shown, in a sentence.
    pub extent: String,
    /// What is said where nothing was found.
    pub nothing: String,
    /// What was found.
    pub stories: Vec<Story>,
    /// The first page, from a later one.
    pub newest: Option<String>,
    /// The page before.
    pub newer: Option<String>,
    /// The next page.
    pub older: Option<String>,
    /// The search and filters as the address has them.
    pub query: String,
    /// Kept searches.
    pub searches: Vec<ShownSearch>,
    /// The same hits in other formats: address and name.
    pub exports: Vec<(String, &'static str)>,
}

/// A filter with a list to choose from.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What the address calls it.
    pub key: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// What no choice is called: "Any watch".
    pub any: &'static str,
    /// What can be chosen.
    pub options: Vec<Choice>,
    /// Whether it is written instead, and only what is chosen stands in the list.
    pub is_written: bool,
}

/// A filter in force.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// What people call it.
    pub name: &'static str,
    /// What is chosen.
    pub value: String,
    /// The address of the page without it.
    pub without: String,
}

/// A search that was kept.
#[derive(Clone, Debug, Default)]
pub struct ShownSearch {
    /// What it is called.
    pub name: String,
    /// As the address has it.
    pub query: String,
    /// The page that asks whether it is to be forgotten.
    pub forget: String,
}

/// Hits of one story on this page.
#[derive(Clone, Debug)]
pub struct Story {
    /// The one that is shown.
    pub lead: Hit,
    /// "Also in: Example Wire, Diario Ejemplo and 3 more".
    pub also_in: String,
    /// The others.
    pub others: Vec<Hit>,
}

/// An item in which something was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The number of the hit.
    pub id: i64,
    /// The number of the item, as mails give it.
    pub item: i64,
    /// Its page here.
    pub address: String,
    /// The headline; never empty.
    pub title: Vec<TextSegment>,
    /// Of headline and excerpt.
    pub language: Option<String>,
    /// Who reports it.
    pub outlet: String,
    /// Where it happened.
    pub places: Vec<String>,
    /// When it was published, else found.
    pub time: Time,
    /// The sentences that decided.
    pub excerpt: Vec<TextSegment>,
    /// The watches that found it: address and title.
    pub watches: Vec<(String, String)>,
    /// How it was judged.
    pub verdict: Option<&'static str>,
}
