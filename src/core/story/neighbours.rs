//! The stories that have the rarest terms of an item.

use std::collections::BinaryHeap;
use std::collections::hash_map::Entry;

use super::engine::Engine;
use super::hash_maps::Map;
use super::inverted_index::INDEXED_TERMS;
use super::item_record::ItemRecord;
use super::thresholds::{CANDIDATE_STORIES_MAX, CANDIDATE_STORIES_PER_FEED, POSTINGS_VISITED_MAX};

/// What of an item a story has.
#[derive(Default)]
struct Found {
    weights: u64,
    terms: u32,
    /// Its newest item that has any of it.
    newest: u32,
}

impl Engine {
    /// The stories that have the item's rarest terms, those that have most of them first.
    ///
    /// A story is one place however many items speak for it, and a feed leads to so many of them alone: no other
    /// is pushed out by who sends much.
    pub(super) fn candidate_stories(
        &self,
        record: &ItemRecord,
    ) -> impl Iterator<Item = i64> + use<> {
        let mut found: Map<i64, Found> = Map::default();
        let mut of_feed: Map<u32, u32> = Map::default();
        let mut looks = 0;
        for (at, (term, weight)) in record.weighted().take(INDEXED_TERMS).enumerate() {
            for number in self.terms.with(term) {
                if found.len() == CANDIDATE_STORIES_MAX || looks == POSTINGS_VISITED_MAX {
                    break;
                }
                looks += 1;
                let Some((story, feed)) = self.documents.source(number) else {
                    continue;
                };
                let found = match found.entry(story) {
                    Entry::Occupied(found) => found.into_mut(),
                    Entry::Vacant(free) => {
                        if self.tells_feeds(feed) {
                            let places = of_feed.entry(feed).or_insert(0);
                            if *places == CANDIDATE_STORIES_PER_FEED {
                                continue;
                            }
                            *places += 1;
                        }
                        free.insert(Found::default())
                    }
                };
                found.newest = found.newest.max(number);
                if found.terms & 1 << at == 0 {
                    found.terms |= 1 << at;
                    found.weights += u64::from(weight) * u64::from(weight);
                }
            }
        }
        // Of two with as much, the newer: which id a story has says nothing of it.
        let found = found.into_iter();
        let mut found: BinaryHeap<(u64, u32, i64)> = found
            .map(|(story, found)| (found.weights, found.newest, story))
            .collect();
        std::iter::from_fn(move || found.pop().map(|(_, _, story)| story))
    }

    /// Whether an item's feed tells it from others: a single one does not, nor one that has no name.
    pub(super) fn tells_feeds(&self, feed: u32) -> bool {
        feed != 0 && self.feeds.len() > 1
    }
}
