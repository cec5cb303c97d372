//! How much a word tells: the rarer it is among the items of the window, the more.

use std::collections::VecDeque;
use std::hash::Hash;

use super::engine::Engine;
use super::language;
use super::record::Record;
use super::seeded::Map;

/// Counts one less; whether that was the last.
pub(super) fn count_down<K: Eq + Hash + Copy>(counts: &mut Map<K, u32>, key: K) -> bool {
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

/// Items of one language, and how many of them have each term.
#[derive(Debug, Default)]
pub(super) struct Frequency {
    items: u32,
    with: Map<u32, u32>,
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

/// What one feed has sent.
#[derive(Debug, Default)]
pub(super) struct Feed {
    /// Its items in the window.
    pub items: u32,
    /// Those that were counted last, one a story.
    pub recent: VecDeque<u32>,
}

/// Stories of a feed that are looked at.
pub(super) const FEED_STORIES: usize = 200;
/// A feed's habits are known from so many stories on.
const KNOWN_STORIES: u32 = 20;
/// A word in fewer of its stories is no habit.
const HABIT_STORIES: u32 = 4;

impl Engine {
    /// How much each of an item's terms tells.
    ///
    /// What a feed says in many of its stories is its habit and no event: a form that it fills in, the name of its
    /// town. However often it says it in one story, that is no habit.
    pub(super) fn tell(&self, record: &Record, terms: impl Iterator<Item = u32>) -> Map<u32, f64> {
        let mut told: Map<u32, (u32, f64)> = Map::default();
        // Nearly all that a feed has said is none of them, which is seen here without looking it up.
        let mut may_be_told = [false; 1 << 12];
        let place = |term: u32| term as usize % (1 << 12);
        for term in terms {
            told.insert(term, (0, self.idf(record.language, term)));
            may_be_told[place(term)] = true;
        }
        let mut stories = 0;
        if self.tells_feeds(record.feed)
            && let Some(feed) = self.feeds.get(&record.feed)
        {
            stories = u32::try_from(feed.recent.len()).unwrap_or(u32::MAX);
            let recent = feed.recent.iter().filter(|_| stories >= KNOWN_STORIES);
            for other in recent.filter_map(|number| self.get(*number)) {
                let terms = other.record.terms.iter();
                for term in terms.filter(|term| may_be_told[place(**term)]) {
                    if let Some((with, _)) = told.get_mut(term) {
                        *with += 1;
                    }
                }
            }
        }
        let least = |(with, idf): (u32, f64)| match with {
            0..HABIT_STORIES => idf,
            _ => idf
                .min((f64::from(stories) / f64::from(with)).ln())
                .max(0.0),
        };
        told.into_iter()
            .map(|(term, told)| (term, least(told)))
            .collect()
    }

    /// What a word weighs that no item of the window has.
    pub(super) fn rarest(&self, language: u32) -> f64 {
        self.languages
            .get(&language::counted_as(language))
            .map_or(1_000.0_f64.ln(), Frequency::rarest)
    }

    /// How much a term tells, whatever the feed.
    pub(super) fn idf(&self, language: u32, term: u32) -> f64 {
        self.languages
            .get(&language::counted_as(language))
            .map_or(1_000.0_f64.ln(), |frequency| frequency.idf(term))
    }
}
