//! From the hash of a word to the watches that wait for it.

use super::document_index::number;
use super::signature::ALWAYS;

/// A watch to look at when an anchor occurs, if one of the bits is set too.
#[derive(Clone, Copy)]
pub(super) struct Posting {
    pub(super) watch: u32,
    pub(super) guard: [u16; 4],
}

impl Posting {
    pub(super) fn new(watch: u32, guard: Option<[u16; 4]>) -> Self {
        Self {
            watch,
            guard: guard.unwrap_or([ALWAYS; 4]),
        }
    }
}

/// Anchor words by hash. One look at a bit for most words, one at a slot for the rest.
#[derive(Default)]
pub(super) struct AnchorTable {
    bits: Vec<u64>,
    slots: Vec<Slot>,
    postings: Vec<Posting>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u64,
    from: u32,
    /// Equal to `from` in an empty slot.
    to: u32,
}

impl AnchorTable {
    pub(super) fn new(mut words: Vec<(u64, Posting)>) -> Self {
        words.sort_by_key(|(hash, posting)| (*hash, posting.watch));
        let distinct = words.chunk_by(|a, b| a.0 == b.0).count();
        let size = (distinct * 2).next_power_of_two().max(64);
        let mut table = Self {
            bits: vec![0; (size * 4 / 64).max(1)],
            slots: vec![Slot::default(); size],
            postings: words.iter().map(|&(_, posting)| posting).collect(),
        };
        let mut from = 0;
        for chunk in words.chunk_by(|a, b| a.0 == b.0) {
            let hash = chunk[0].0;
            let to = from + number(chunk.len());
            let bit = table.bit(hash);
            table.bits[bit / 64] |= 1 << (bit % 64);
            let wrap = size - 1;
            let mut at = table.home(hash);
            while table.slots[at].to != table.slots[at].from {
                at = (at + 1) & wrap;
            }
            table.slots[at] = Slot { hash, from, to };
            from = to;
        }
        table
    }

    /// Stores the postings of patterns too; gives their ranges by pattern.
    pub(super) fn add_patterns(
        &mut self,
        mut patterns: Vec<(u32, Posting)>,
        count: usize,
    ) -> Vec<(u32, u32)> {
        patterns.sort_by_key(|(pattern, posting)| (*pattern, posting.watch));
        let mut ranges = vec![(0, 0); count];
        for chunk in patterns.chunk_by(|a, b| a.0 == b.0) {
            let from = number(self.postings.len());
            self.postings
                .extend(chunk.iter().map(|&(_, posting)| posting));
            if let Some(range) = ranges.get_mut(chunk[0].0 as usize) {
                *range = (from, number(self.postings.len()));
            }
        }
        ranges
    }

    #[inline]
    pub(super) fn bit(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.bits.len() * 64 - 1)
    }

    #[inline]
    pub(super) fn home(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.slots.len() - 1)
    }

    #[inline]
    pub(super) fn find(&self, hash: u64) -> Option<(u32, u32)> {
        if self.slots.is_empty() {
            return None;
        }
        let bit = self.bit(hash);
        if self.bits[bit / 64] & 1 << (bit % 64) == 0 {
            return None;
        }
        let wrap = self.slots.len() - 1;
        let mut at = self.home(hash);
        loop {
            let slot = self.slots[at];
            if slot.from == slot.to {
                return None;
            }
            if slot.hash == hash {
                return Some((slot.from, slot.to));
            }
            at = (at + 1) & wrap;
        }
    }

    #[inline]
    pub(super) fn postings(&self, from: u32, to: u32) -> &[Posting] {
        self.postings
            .get(from as usize..to as usize)
            .unwrap_or_default()
    }
}
