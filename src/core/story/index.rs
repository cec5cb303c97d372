//! Which items of the window have a term, newest last.

use std::collections::{HashMap, VecDeque};

/// Terms by which an item is found: its heaviest.
pub(super) const INDEXED_TERMS: usize = 8;
/// Places in the index that are looked at for one item.
pub(super) const PLACES: usize = 1_000;

/// Items by term.
#[derive(Debug, Default)]
pub(super) struct Index {
    places: HashMap<u32, VecDeque<u32>>,
}

impl Index {
    pub(super) fn add(&mut self, terms: &[u32], document: u32) {
        for term in terms.iter().take(INDEXED_TERMS) {
            let places = self.places.entry(*term).or_default();
            if places.back().is_none_or(|last| *last < document) {
                places.push_back(document);
            } else if let Err(at) = places.binary_search(&document) {
                places.insert(at, document);
            }
        }
    }

    pub(super) fn remove(&mut self, terms: &[u32], document: u32) {
        for term in terms.iter().take(INDEXED_TERMS) {
            let Some(places) = self.places.get_mut(term) else {
                continue;
            };
            if let Ok(at) = places.binary_search(&document) {
                places.remove(at);
            }
            if places.is_empty() {
                self.places.remove(term);
            }
        }
    }

    /// The items that have a term, newest first.
    pub(super) fn with(&self, term: u32) -> impl Iterator<Item = u32> {
        self.places
            .get(&term)
            .into_iter()
            .flat_map(|places| places.iter().rev().copied())
    }
}
