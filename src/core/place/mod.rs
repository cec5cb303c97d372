//! Which countries and territories an item is about, and why.
//!
//! ```text
//! GazetteerSpec -> matcher: entries of patterns (pattern), whose keys the vocabulary has -> Gazetteer, once
//! title, summary, text -> mentions: where entries stand, and what stands beside them -> Scratch
//! Scratch -> scoring -> PlaceMatch: the places with their points, and the words that name them
//! ```
//!
//! A [`Gazetteer`] is compiled once from lists of words ([`PlaceSpec`]). [`Gazetteer::about`] finds the words in
//! the title, summary and text of a document, and weighs what it found: the title before the lead before the
//! body, each further word of a place for less than the one before, and little for a place that only speaks or
//! acts from elsewhere. The feed, its author and its categories say nothing: where an outlet is at home is no news.
//! [`Scratch`] is a thread's working memory; [`word_mistake`] says what is wrong with a word before it is compiled.
//!
//! It must not know which places there are, since the configuration lists them, nor who asks. Of watches it knows
//! the forms of words alone.

mod gazetteer;
mod matcher;
mod matches;
mod mentions;
mod pattern;
mod scoring;
mod scratch;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::collections::{BTreeSet, HashMap};

pub use gazetteer::{GazetteerSpec, PlaceSpec, RegionSpec, WordList, WordMistake, word_mistake};
pub use matches::{MOST_PLACES, MOST_REASONS, PlaceMatch, Reason, Weight};
pub use scratch::Scratch;

use crate::core::document::{Document, Field};
use matcher::Matcher;

/// Bytes of the text that are looked at: what an item is about stands at its beginning.
const MOST_TEXT: usize = 100_000;

/// Places compiled together. Immutable; one serves any number of threads.
#[derive(Default)]
pub struct Gazetteer {
    ids: Vec<String>,
    titles: Vec<String>,
    regions: Vec<RegionSpec>,
    /// The country of which a place is a part, by number.
    within: Vec<Option<u32>>,
    matcher: Matcher,
}

impl Gazetteer {
    /// Compiles places. Words that have a [`word_mistake`] and members of regions that do not exist are passed over.
    pub fn new(spec: GazetteerSpec) -> Self {
        let matcher = Matcher::new(&spec);
        let title = |place: &PlaceSpec| {
            let mut any = place.words.iter().filter(|list| list.language.is_none());
            let first = any.find_map(|list| list.words.first());
            first.map_or_else(
                || place.id.clone(),
                |word| word.trim_start_matches('=').to_owned(),
            )
        };
        let numbers: HashMap<&str, u32> = spec
            .places
            .iter()
            .map(|place| place.id.as_str())
            .zip(0..)
            .collect();
        let within = |place: &PlaceSpec| {
            let country = place.within.as_deref()?;
            numbers.get(country).copied()
        };
        Self {
            within: spec.places.iter().map(within).collect(),
            titles: spec.places.iter().map(title).collect(),
            ids: spec.places.into_iter().map(|place| place.id).collect(),
            regions: spec.regions,
            matcher,
        }
    }

    /// Whether there are no places.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The id of a place, such as `PE`.
    pub fn id(&self, place: usize) -> &str {
        self.ids.get(place).map_or("", String::as_str)
    }

    /// What mails call a place.
    pub fn title(&self, place: usize) -> &str {
        self.titles.get(place).map_or("", String::as_str)
    }

    /// Ids and titles of all places and regions, for messages.
    pub fn names(&self) -> Vec<(&str, &str)> {
        let places = self.ids.iter().zip(&self.titles);
        let regions = self
            .regions
            .iter()
            .map(|region| (&region.id, &region.title));
        places
            .chain(regions)
            .map(|(id, title)| (id.as_str(), title.as_str()))
            .collect()
    }

    /// The places that an id of a place or of a region stands for; `None` of an unknown one.
    pub fn resolve(&self, id: &str) -> Option<BTreeSet<usize>> {
        let numbers: HashMap<&str, usize> = self.ids.iter().map(String::as_str).zip(0..).collect();
        let regions: HashMap<&str, &RegionSpec> = self
            .regions
            .iter()
            .map(|region| (region.id.as_str(), region))
            .collect();
        if !numbers.contains_key(id) && !regions.contains_key(id) {
            return None;
        }
        let (mut found, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![id]);
        while let Some(id) = open.pop() {
            found.extend(numbers.get(id));
            if let Some(region) = regions.get(id).filter(|_| seen.insert(id)) {
                open.extend(region.places.iter().map(String::as_str));
            }
        }
        Some(found)
    }

    /// The places that a document is about, the first before the others; at most [`MOST_PLACES`].
    pub fn about(&self, document: &Document, scratch: &mut Scratch) -> Vec<PlaceMatch> {
        if self.is_empty() {
            return Vec::new();
        }
        let language = document.language.as_deref();
        scratch.begin(&self.matcher.vocabulary, language);
        for field in [Field::Title, Field::Summary, Field::Text] {
            let text = document.field(field).unwrap_or_default();
            let text = &text[..text.floor_char_boundary(MOST_TEXT)];
            mentions::find(&self.matcher, text, field, scratch);
        }
        scoring::weigh(document, &self.within, scratch)
    }
}
