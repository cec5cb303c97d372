//! A story in memory.

use super::item_record::ItemRecord;

/// No more speak, whatever the records say: sums could not be taken apart again.
const SPEAKING_EVER: usize = 1 << 14;

/// What the items of a story say together.
#[derive(Clone, Debug, Default)]
pub(super) struct StoryCluster {
    /// All its items in the window, by number.
    pub(super) documents: Vec<u32>,
    /// Those among them that take part in what it says.
    pub(super) speaking: Vec<u32>,
    /// Weights by term, summed over them, sorted by term.
    pub(super) sum: Vec<(u32, u32)>,
    /// The square of the length of that.
    pub(super) square: u64,
    pub(super) began: i64,
    /// When its last item was reported, copies apart.
    pub(super) last: i64,
    /// Feeds, sorted, and how many of its items each sent.
    pub(super) feeds: Vec<(u32, u32)>,
    pub(super) language: u32,
    /// How many of its items stand alone: nothing joins it then.
    pub(super) alone: u32,
}

impl StoryCluster {
    pub(super) fn take(&mut self, number: u32, record: &ItemRecord) {
        if self.documents.is_empty() {
            self.began = record.began;
            self.last = record.told();
        }
        if self.documents.first().is_none_or(|first| number < *first) {
            self.language = record.language;
        }
        self.began = self.began.min(record.began);
        self.last = self.last.max(record.told());
        insert(&mut self.documents, number);
        count(&mut self.feeds, record.feed, 1);
        self.alone += u32::from(record.has(ItemRecord::ALONE));
        if !record.has(ItemRecord::SPEAKS) || self.speaking.len() == SPEAKING_EVER {
            return;
        }
        insert(&mut self.speaking, number);
        if self.sum.is_empty() {
            self.sum.reserve_exact(record.weights.len());
        }
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

    /// How many of its items a feed sent.
    pub(super) fn items_of(&self, feed: u32) -> usize {
        let at = self.feeds.binary_search_by_key(&feed, |(feed, _)| *feed);
        at.map_or(0, |at| self.feeds[at].1 as usize)
    }

    pub(super) fn lose(&mut self, number: u32, record: &ItemRecord) {
        if let Ok(at) = self.documents.binary_search(&number) {
            self.documents.remove(at);
        }
        if let Ok(at) = self
            .feeds
            .binary_search_by_key(&record.feed, |(feed, _)| *feed)
        {
            self.feeds[at].1 -= 1;
            if self.feeds[at].1 == 0 {
                self.feeds.remove(at);
            }
        }
        self.alone -= u32::from(record.has(ItemRecord::ALONE));
        let Ok(at) = self.speaking.binary_search(&number) else {
            return;
        };
        self.speaking.remove(at);
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
            count(&mut self.feeds, feed, items);
        }
    }
}

fn count(feeds: &mut Vec<(u32, u32)>, feed: u32, items: u32) {
    match feeds.binary_search_by_key(&feed, |(feed, _)| *feed) {
        Ok(at) => feeds[at].1 += items,
        Err(at) => feeds.insert(at, (feed, items)),
    }
}

fn insert(numbers: &mut Vec<u32>, number: u32) {
    if let Err(at) = numbers.binary_search(&number) {
        numbers.insert(at, number);
    }
}
