//! A story in memory.

use std::collections::BTreeMap;

use super::record::Record;

/// What the items of a story say together.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// All its items in the window, by number.
    pub(super) documents: Vec<u32>,
    /// Those among them that take part in what it says.
    pub(super) speaking: Vec<u32>,
    /// Weights by term, summed over them, sorted by term.
    pub(super) sum: Vec<(u32, u32)>,
    /// The square of the length of that.
    pub(super) square: u64,
    pub(super) began: i64,
    pub(super) last: i64,
    /// The feed of all its items, or several.
    pub(super) feeds: BTreeMap<u32, u32>,
    pub(super) language: u32,
    /// How many of its items stand alone: nothing joins it then.
    pub(super) alone: u32,
}

impl Story {
    pub(super) fn take(&mut self, number: u32, record: &Record) {
        if self.documents.is_empty() {
            self.began = record.began;
            self.last = record.time;
        }
        if self.documents.first().is_none_or(|first| number < *first) {
            self.language = record.language;
        }
        self.began = self.began.min(record.began);
        self.last = self.last.max(record.time);
        insert(&mut self.documents, number);
        *self.feeds.entry(record.feed).or_insert(0) += 1;
        self.alone += u32::from(record.has(Record::ALONE));
        if !record.has(Record::SPEAKS) {
            return;
        }
        insert(&mut self.speaking, number);
        for (term, weight) in record.weighted() {
            let weight = u32::from(weight);
            match self.sum.binary_search_by_key(&term, |(term, _)| *term) {
                Ok(at) => {
                    let sum = &mut self.sum[at].1;
                    self.square += 2 * u64::from(*sum) * u64::from(weight)
                        + u64::from(weight) * u64::from(weight);
                    *sum += weight;
                }
                Err(at) => {
                    self.square += u64::from(weight) * u64::from(weight);
                    self.sum.insert(at, (term, weight));
                }
            }
        }
    }

    pub(super) fn drop(&mut self, number: u32, record: &Record) {
        if let Ok(at) = self.documents.binary_search(&number) {
            self.documents.remove(at);
        }
        super::weights::count_down_sorted(&mut self.feeds, record.feed);
        self.alone -= u32::from(record.has(Record::ALONE));
        if !record.has(Record::SPEAKS) {
            return;
        }
        if let Ok(at) = self.speaking.binary_search(&number) {
            self.speaking.remove(at);
        }
        for (term, weight) in record.weighted() {
            if let Ok(at) = self.sum.binary_search_by_key(&term, |(term, _)| *term) {
                let sum = &mut self.sum[at].1;
                *sum -= u32::from(weight);
                self.square -=
                    2 * u64::from(*sum) * u64::from(weight) + u64::from(weight) * u64::from(weight);
                if *sum == 0 {
                    self.sum.remove(at);
                }
            }
        }
    }

    pub(super) fn unite(&mut self, other: Self) {
        self.documents.extend(other.documents);
        self.documents.sort_unstable();
        self.speaking.extend(other.speaking);
        self.speaking.sort_unstable();
        for (term, weight) in other.sum {
            match self.sum.binary_search_by_key(&term, |(term, _)| *term) {
                Ok(at) => self.sum[at].1 += weight,
                Err(at) => self.sum.insert(at, (term, weight)),
            }
        }
        self.square = self
            .sum
            .iter()
            .map(|(_, sum)| u64::from(*sum) * u64::from(*sum))
            .sum();
        self.began = self.began.min(other.began);
        self.last = self.last.max(other.last);
        self.alone += other.alone;
        for (feed, items) in other.feeds {
            *self.feeds.entry(feed).or_insert(0) += items;
        }
    }
}

pub(super) fn insert(numbers: &mut Vec<u32>, number: u32) {
    if let Err(at) = numbers.binary_search(&number) {
        numbers.insert(at, number);
    }
}
