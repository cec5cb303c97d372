//! How many items of the window have a word, and what each feed has sent.

use std::collections::VecDeque;

use super::hash_maps::{Map, count_down};

/// Stories of a feed that are looked at.
pub(super) const FEED_STORIES: usize = 200;

/// Items of one language, and how many of them have each term.
#[derive(Debug, Default)]
pub(super) struct DocumentFrequency {
    items: u32,
    with: Map<u32, u32>,
}

impl DocumentFrequency {
    pub(super) fn add(&mut self, terms: &[u32]) {
        self.items += 1;
        for term in terms {
            *self.with.entry(*term).or_insert(0) += 1;
        }
    }

    pub(super) fn remove(&mut self, terms: &[u32]) {
        self.items -= 1;
        for term in terms {
            count_down(&mut self.with, *term);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items == 0
    }

    pub(super) fn with(&self, term: u32) -> u32 {
        self.with.get(&term).copied().unwrap_or(0)
    }

    /// As if a thousand items had been seen without the term, so that the first weights are no accident.
    pub(super) fn idf(&self, term: u32) -> f64 {
        self.rarest() - (f64::from(self.with(term)) + 1.0).ln()
    }

    /// The weight of a term that none has.
    pub(super) fn rarest(&self) -> f64 {
        (f64::from(self.items) + 1_000.0).ln()
    }
}

/// What one feed has sent.
#[derive(Debug, Default)]
pub(super) struct Feed {
    /// Its items in the window.
    pub items: u32,
    /// Those that were counted last, one a story.
    pub recent: VecDeque<u32>,
}
