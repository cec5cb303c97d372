//! The distinct words of a document, in a hash table with open addressing.

use std::ops::Range;

use crate::core::watch::word_hash::place;

/// No word, no position.
pub(in crate::core::watch) const NONE: u32 = u32::MAX;

/// A distinct word of the document.
#[derive(Clone, Copy, Debug)]
pub(in crate::core::watch) struct Entry {
    pub(in crate::core::watch) hash: u64,
    from: u32,
    length: u32,
    /// First position.
    pub(in crate::core::watch) first: u32,
    last: u32,
    /// How often it occurs.
    pub(in crate::core::watch) count: u32,
    /// The fields it occurs in.
    pub(in crate::core::watch) mask: u8,
}

impl Entry {
    #[inline]
    pub(super) fn bytes<'b>(&self, buffer: &'b [u8]) -> &'b [u8] {
        let from = self.from as usize;
        buffer.get(from..from + self.length as usize).unwrap_or(&[])
    }
}

/// The distinct words by their hashes.
#[derive(Default)]
pub(super) struct Vocabulary {
    entries: Vec<Entry>,
    slots: Vec<u32>,
}

impl Vocabulary {
    /// Forgets the last document; the next one has so many bytes.
    pub(super) fn clear(&mut self, bytes: usize) {
        self.entries.clear();
        let slots = (bytes / 4).next_power_of_two().clamp(64, 1 << 16);
        self.slots.clear();
        self.slots.resize(slots, NONE);
    }

    /// All of them, by number.
    #[inline]
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds to the fields in which a word occurs.
    pub(super) fn add_fields(&mut self, number: u32, fields: u8) {
        self.entries[number as usize].mask |= fields;
    }

    /// Finds or makes the entry of a word that stands at a position; gives its number, and its position before
    /// where there is one.
    #[inline]
    pub(super) fn enter(
        &mut self,
        letters: Range<usize>,
        hash: u64,
        at: u32,
        mask: u8,
    ) -> (u32, Option<u32>) {
        let wrap = self.slots.len() - 1;
        let mut slot = place(hash) & wrap;
        loop {
            let number = self.slots[slot];
            if number == NONE {
                break;
            }
            let entry = &mut self.entries[number as usize];
            if entry.hash == hash {
                let before = std::mem::replace(&mut entry.last, at);
                entry.count += 1;
                entry.mask |= mask;
                return (number, Some(before));
            }
            slot = (slot + 1) & wrap;
        }
        let number = position(self.entries.len());
        self.slots[slot] = number;
        self.entries.push(Entry {
            hash,
            from: position(letters.start),
            length: position(letters.len()),
            first: at,
            last: at,
            count: 1,
            mask,
        });
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
        (number, None)
    }

    #[cold]
    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        self.slots.clear();
        self.slots.resize(size, NONE);
        for (number, entry) in (0..).zip(&self.entries) {
            let mut slot = place(entry.hash) & (size - 1);
            while self.slots[slot] != NONE {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = number;
        }
    }

    /// The entry of a folded word, by its hash alone: two words with one seeded hash of 64 bits are
    /// less likely than a fault of the memory, and the comparison would miss the cache each time.
    #[inline]
    pub(super) fn find(&self, hash: u64) -> Option<u32> {
        let wrap = self.slots.len() - 1;
        let mut slot = place(hash) & wrap;
        loop {
            let number = self.slots[slot];
            if number == NONE {
                return None;
            }
            if self.entries[number as usize].hash == hash {
                return Some(number);
            }
            slot = (slot + 1) & wrap;
        }
    }
}

#[inline]
pub(super) fn position(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(NONE)
}
