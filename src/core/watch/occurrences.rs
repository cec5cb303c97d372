//! Where a document has what watches ask for: terms at their places, grouped by what they belong to.

use std::ops::Range;

use super::signature::{Signature, pattern_bit};

/// What tells the number of a word of a list from that of a term.
pub(super) const LISTED: u32 = 1 << 31;

/// A term at its place, in word positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence {
    /// First word.
    pub(super) start: u32,
    /// Last word.
    pub(super) end: u32,
    pub(super) leaf: u32,
    /// It stands there only when parted words are joined (see
    /// [`DocumentIndex::parted`](super::document_index::DocumentIndex::parted)).
    pub(super) joined: bool,
}

/// What occurs: a term, by its leaf, or a list in some fields.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    Term(u32),
    List { list: u32, mask: u8 },
}

/// Numbers grouped by pattern, ascending in each group when they were added so.
#[derive(Default)]
pub(super) struct Grouped {
    added: Vec<(u32, u32)>,
    groups: Vec<Group>,
    round: u32,
    /// The patterns that have a group.
    pub(super) patterns: Vec<u32>,
    numbers: Vec<u32>,
}

impl Grouped {
    pub(super) fn clear(&mut self, patterns: usize) {
        self.added.clear();
        self.patterns.clear();
        self.numbers.clear();
        self.round = self.round.wrapping_add(1);
        if self.groups.len() != patterns || self.round == 0 {
            self.groups.clear();
            self.groups.resize(patterns, Group::default());
            self.round = 1;
        }
    }

    #[inline]
    pub(super) fn add(&mut self, pattern: u32, number: u32) {
        let Some(group) = self.groups.get_mut(pattern as usize) else {
            return;
        };
        if group.round != self.round {
            *group = Group {
                round: self.round,
                ..Group::default()
            };
            self.patterns.push(pattern);
        }
        group.length += 1;
        self.added.push((pattern, number));
    }

    /// Counting instead of sorting: the groups are laid out one after the other.
    pub(super) fn settle(&mut self) {
        let mut from = 0;
        for &pattern in &self.patterns {
            let group = &mut self.groups[pattern as usize];
            group.from = from;
            from += group.length;
            group.length = 0;
        }
        self.numbers.resize(self.added.len(), 0);
        for &(pattern, number) in &self.added {
            let group = &mut self.groups[pattern as usize];
            self.numbers[(group.from + group.length) as usize] = number;
            group.length += 1;
        }
    }

    /// All numbers, group by group.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Where a group lies among all numbers.
    #[inline]
    pub(super) fn range(&self, pattern: u32) -> Range<usize> {
        match self.groups.get(pattern as usize) {
            Some(group) if group.round == self.round => {
                let from = group.from as usize;
                from..from + group.length as usize
            }
            _ => 0..0,
        }
    }

    #[inline]
    pub(super) fn of(&self, pattern: u32) -> &[u32] {
        self.numbers.get(self.range(pattern)).unwrap_or_default()
    }
}

#[derive(Clone, Copy, Default)]
struct Group {
    round: u32,
    from: u32,
    length: u32,
}

/// How many occurrences there are of which no two share a word.
pub(super) fn counted(mut occurrences: Vec<Occurrence>) -> usize {
    occurrences.sort_unstable_by_key(|occurrence| occurrence.end);
    let mut free = 0;
    let alone = occurrences.iter().filter(|occurrence| {
        let is_free = occurrence.start >= free;
        if is_free {
            free = occurrence.end + 1;
        }
        is_free
    });
    alone.count()
}

/// What a document holds of the stems and wildcards of a set.
#[derive(Default)]
pub(super) struct PatternOccurrences {
    /// Distinct words by the pattern that they fit.
    pub(super) words: Grouped,
    /// Positions where only the word with its accents fits, by pattern.
    pub(super) positions: Grouped,
    /// Words of lists.
    pub(super) listed: Listed,
    /// Words, patterns and lists as bits.
    pub(super) signature: Signature,
}

impl PatternOccurrences {
    /// Forgets the last document; `patterns` and `lists` are how many there are.
    pub(super) fn clear(&mut self, patterns: usize, lists: usize) {
        self.words.clear(patterns);
        self.positions.clear(patterns);
        self.listed.clear(lists);
        self.signature.clear();
    }

    /// Groups what was found, and signs it.
    pub(super) fn settle(&mut self) {
        self.words.settle();
        self.positions.settle();
        for &pattern in self.words.patterns.iter().chain(&self.positions.patterns) {
            self.signature.set(pattern_bit(pattern));
        }
    }

    pub(super) fn has(&self, pattern: u32) -> bool {
        self.signature.has(pattern_bit(pattern))
            && !(self.words.of(pattern).is_empty() && self.positions.of(pattern).is_empty())
    }
}

/// Where a document has words of lists.
#[derive(Default)]
pub(super) struct Listed {
    /// In order. The leaf is the number of the word, with [`LISTED`].
    pub(super) found: Vec<Occurrence>,
    /// Which of them belong to a list, in order.
    pub(super) by_list: Grouped,
    /// By list: the fields that have it.
    fields: Vec<u8>,
    /// Numbers of lists and fields together that are asked for and there.
    pub(super) places: Vec<u32>,
    /// Lists that have a word at one place, while they are brought together.
    pub(super) here: Vec<u32>,
    /// First words of these, list by list, and last words, both in order.
    starts: Vec<u32>,
    ends: Vec<u32>,
    /// There are so many that not all were looked for: what was found is no answer.
    pub(super) overrun: bool,
}

impl Listed {
    /// Forgets the last document; `lists` is how many there are.
    pub(super) fn clear(&mut self, lists: usize) {
        self.found.clear();
        for &list in &self.by_list.patterns {
            if let Some(fields) = self.fields.get_mut(list as usize) {
                *fields = 0;
            }
        }
        self.fields.resize(lists, 0);
        self.places.clear();
        self.by_list.clear(lists);
        self.starts.clear();
        self.ends.clear();
        self.overrun = false;
    }

    /// Brings together what was found of each list.
    pub(super) fn settle(&mut self) {
        self.by_list.settle();
        let found = &self.found;
        let of = |number: &u32| found.get(*number as usize);
        let all = self.by_list.numbers().iter().filter_map(of);
        self.starts.extend(all.clone().map(|one| one.start));
        self.ends.extend(all.map(|one| one.end));
        for &list in &self.by_list.patterns {
            if let Some(ends) = self.ends.get_mut(self.by_list.range(list)) {
                ends.sort_unstable();
            }
        }
    }

    /// Adds what was found of a list, by its place in `found`, wholly in these fields.
    #[inline]
    pub(super) fn add(&mut self, list: u32, found: u32, fields: u8) {
        self.by_list.add(list, found);
        if let Some(known) = self.fields.get_mut(list as usize) {
            *known |= fields;
        }
    }

    /// The fields that have a list.
    #[inline]
    pub(super) fn fields(&self, list: u32) -> u8 {
        self.fields.get(list as usize).copied().unwrap_or_default()
    }

    /// First words of what was found of a list, and last words, both in order.
    pub(super) fn ends_of(&self, list: u32) -> (&[u32], &[u32]) {
        let range = self.by_list.range(list);
        let starts = self.starts.get(range.clone()).unwrap_or_default();
        (starts, self.ends.get(range).unwrap_or_default())
    }
}
