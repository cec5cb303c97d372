//! Two texts side by side: where each has words that the other has not.

use std::ops::Range;

use crate::core::story::sequence_diff::differences;
use crate::core::story::word_sequence::SequenceWord;

/// Words of each side of a place that is another name, at most; more are told otherwise.
const PLACE_WORDS: usize = 4;
/// Likewise in characters of texts without spaces.
const PLACE_CHARACTERS: usize = 16;
/// So few characters between two such places are the same by chance.
const BY_CHANCE: usize = 3;

/// A place at which one text has other words than the other.
pub(super) struct Place {
    pub(super) first: Range<usize>,
    pub(super) second: Range<usize>,
}

impl Place {
    pub(super) fn of<'a>(
        &self,
        a: &'a [SequenceWord],
        b: &'a [SequenceWord],
    ) -> (&'a [SequenceWord], &'a [SequenceWord]) {
        (&a[self.first.clone()], &b[self.second.clone()])
    }
}

/// Two texts side by side.
pub(super) struct Alignment {
    pub(super) same: usize,
    pub(super) longer: usize,
    /// Where both have few other words.
    pub(super) places: Vec<Place>,
    pub(super) differs: bool,
    /// Nothing was added or left out.
    pub(super) is_clean: bool,
}

impl Alignment {
    pub(super) fn of(a: &[SequenceWord], b: &[SequenceWord]) -> Self {
        let gaps = gaps(a, b);
        let mut found = Self {
            same: a.len() - gaps.iter().map(|gap| gap.first.len()).sum::<usize>(),
            longer: a.len().max(b.len()),
            differs: !gaps.is_empty(),
            places: Vec::new(),
            is_clean: false,
        };
        let count = gaps.len();
        let is_short = |words: &[SequenceWord]| {
            let characters = words.iter().filter(|mark| mark.is_character()).count();
            (1..=PLACE_CHARACTERS).contains(&words.len()) && words.len() - characters <= PLACE_WORDS
        };
        found.places = gaps
            .into_iter()
            .filter(|gap| is_short(&a[gap.first.clone()]) && is_short(&b[gap.second.clone()]))
            .collect();
        found.is_clean = found.places.len() == count;
        found
    }

    pub(super) fn is_whole(&self) -> bool {
        !self.differs && self.longer > 0
    }

    /// They are nearly one sentence: two thirds of the longer, and nothing was added.
    pub(super) fn is_one_sentence(&self) -> bool {
        self.is_clean && self.same >= 2 && self.same * 3 >= self.longer * 2
    }

    /// Half of the words of the longer stand in the other, in the same order.
    pub(super) fn is_one_form(&self) -> bool {
        self.same >= 2
            && (self.same * 2 >= self.longer || self.is_clean && self.same * 5 >= self.longer * 2)
    }
}

fn put(gaps: &mut Vec<Place>, a: &[SequenceWord], first: Range<usize>, second: Range<usize>) {
    if let Some(last) = gaps.last_mut() {
        let between = &a[last.first.end..first.start];
        let is_odd =
            |first: &Range<usize>, second: &Range<usize>| first.is_empty() || second.is_empty();
        let are_odd = is_odd(&last.first, &last.second) || is_odd(&first, &second);
        if are_odd && between.len() <= BY_CHANCE && between.iter().all(|mark| mark.is_character()) {
            (last.first.end, last.second.end) = (first.end, second.end);
            return;
        }
    }
    gaps.push(Place { first, second });
}

/// Where two texts differ.
fn gaps(a: &[SequenceWord], b: &[SequenceWord]) -> Vec<Place> {
    // Two names are not taken for one because they are nearly alike.
    let is_same = |a: &SequenceWord, b: &SequenceWord| {
        if a.is_name() || b.is_name() {
            a.is_spelled_as(*b)
        } else {
            a.is_same(*b)
        }
    };
    let mut gaps = Vec::new();
    for (first, second) in differences(a, b, is_same) {
        put(&mut gaps, a, first, second);
    }
    gaps
}
