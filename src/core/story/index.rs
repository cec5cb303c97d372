//! Which items of the window have a word or a run of words, the newest first.

use std::collections::BinaryHeap;
use std::collections::hash_map::Entry;

use super::engine::Engine;
use super::limits::{FEED_PLACES, LOOKS, PLACES};
use super::record::Record;
use super::seeded::Map;

/// Terms by which an item is found: its heaviest.
pub(super) const INDEXED_TERMS: usize = 8;

/// Parts of an index, each sorted: a power of two.
const PARTS: usize = 1 << 14;

/// Items by what they have, of which only hashes are known.
///
/// Each part holds the pairs of some of the hashes, eight bytes a pair and little more, for there may be twenty
/// of them an item.
#[derive(Debug, Default)]
pub(super) struct Index {
    parts: Vec<Vec<u64>>,
}

fn pair(key: u32, document: u32) -> u64 {
    u64::from(key) << 32 | u64::from(document)
}

fn part_of(key: u32) -> usize {
    key as usize % PARTS
}

impl Index {
    pub(super) fn add(&mut self, key: u32, document: u32) {
        if self.parts.is_empty() {
            self.parts.resize_with(PARTS, Vec::new);
        }
        let part = &mut self.parts[part_of(key)];
        let pair = pair(key, document);
        if let Err(at) = part.binary_search(&pair) {
            // Twice as much would stand empty for half of the time.
            if part.len() == part.capacity() {
                part.reserve_exact(part.len() / 8 + 2);
            }
            part.insert(at, pair);
        }
    }

    pub(super) fn remove(&mut self, key: u32, document: u32) {
        if let Some(part) = self.parts.get_mut(part_of(key))
            && let Ok(at) = part.binary_search(&pair(key, document))
        {
            part.remove(at);
            if part.len() * 2 < part.capacity() {
                part.shrink_to_fit();
            }
        }
    }

    /// The items that have it, newest first.
    pub(super) fn with(&self, key: u32) -> impl Iterator<Item = u32> {
        let part = self.parts.get(part_of(key)).map_or(&[][..], Vec::as_slice);
        let begin = part.partition_point(|other| *other < pair(key, 0));
        let part = &part[begin..];
        let end = part.partition_point(|other| *other <= pair(key, u32::MAX));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the item is the lower half"
        )]
        let document = |pair: &u64| *pair as u32;
        part[..end].iter().rev().map(document)
    }
}

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
    pub(super) fn nearby(&self, record: &Record) -> impl Iterator<Item = i64> + use<> {
        let mut found: Map<i64, Found> = Map::default();
        let mut of_feed: Map<u32, u32> = Map::default();
        let mut looks = 0;
        for (at, (term, weight)) in record.weighted().take(INDEXED_TERMS).enumerate() {
            for number in self.terms.with(term) {
                if found.len() == PLACES || looks == LOOKS {
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
                            if *places == FEED_PLACES {
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
