//! How much a word tells: the rarer it is among the items of the window, the more.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// Counts one less; whether that was the last.
pub(super) fn count_down<K: Eq + Hash + Copy>(counts: &mut HashMap<K, u32>, key: K) -> bool {
    let Some(count) = counts.get_mut(&key) else {
        return false;
    };
    *count -= 1;
    let last = *count == 0;
    if last {
        counts.remove(&key);
    }
    last
}

/// Likewise in a sorted map.
pub(super) fn count_down_sorted(counts: &mut std::collections::BTreeMap<u32, u32>, key: u32) {
    if let Some(count) = counts.get_mut(&key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
    }
}

/// Items of one language or feed, and how many of them have each term.
#[derive(Debug, Default)]
pub(super) struct Frequency {
    items: u32,
    with: HashMap<u32, u32>,
}

impl Frequency {
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

/// The last items of one feed: what it says in many of them is its habit and no event.
#[derive(Debug, Default)]
pub(super) struct Feed {
    pub recent: VecDeque<u32>,
    pub frequency: Frequency,
}

/// Items of a feed that are looked at.
pub(super) const FEED_ITEMS: usize = 200;
/// A feed's habits are known from so many items on.
const KNOWN_ITEMS: u32 = 20;
/// A word in fewer of its items is no habit.
const HABIT_ITEMS: u32 = 4;

impl Feed {
    /// The most that a term may weigh in an item of this feed.
    pub(super) fn ceiling(&self, term: u32) -> f64 {
        let with = self.frequency.with(term);
        if self.frequency.items < KNOWN_ITEMS || with < HABIT_ITEMS {
            return f64::INFINITY;
        }
        (f64::from(self.frequency.items) / f64::from(with)).ln()
    }
}
