//! An inverted index of the words and phrases of all lists: from a pattern to the words that have it.

use std::ops::Range;
use std::sync::Arc;

use crate::core::watch::document_index::number;

/// From a pattern to a word of a list that has it.
#[derive(Clone, Copy)]
pub(super) struct PatternTarget {
    pub(super) word: u32,
    /// How many words of the phrase stand before it; [`ALONE`] where it is all there is.
    pub(super) offset: u32,
}

/// In place of an offset: a word that is no phrase and may be written in any way.
pub(super) const ALONE: u32 = u32::MAX;

/// A word or phrase of a list.
pub(super) struct ListedWord {
    pub(super) atoms: Range<u32>,
    pub(super) list: Arc<str>,
    pub(super) name: Arc<str>,
}

/// One word of a phrase.
pub(super) struct Atom {
    pub(super) pattern: u32,
    pub(super) written: Option<Written>,
}

/// How a word must be written.
pub(super) enum Written {
    /// With these capitals and accents.
    Exact(Box<str>),
    /// As an abbreviation.
    Abbreviated { dotted: bool },
}

/// All words, by the patterns that they are found by.
pub(super) struct PhraseIndex {
    /// Where a pattern leads: a stretch of `leads`.
    by_pattern: Vec<(u32, u32)>,
    leads: Vec<PatternTarget>,
    pub(super) words: Vec<ListedWord>,
    atoms: Vec<Atom>,
}

impl PhraseIndex {
    /// Of so many patterns; `shares` are how common the words of the phrases are.
    pub(super) fn new(
        words: Vec<ListedWord>,
        atoms: Vec<Atom>,
        shares: &[f64],
        patterns: usize,
    ) -> Self {
        // In how many words each pattern stands: a phrase is looked for at the one that leads to fewest, since
        // a first name that a hundred persons share must not lead to all of them.
        let mut uses = vec![0_u32; patterns];
        for atom in &atoms {
            uses[atom.pattern as usize] += 1;
        }
        let mut leads: Vec<(u32, PatternTarget)> = Vec::with_capacity(words.len());
        for (word, one) in (0_u32..).zip(&words) {
            let best = one.atoms.clone().min_by(|&a, &b| {
                let (a, b) = (a as usize, b as usize);
                let shared = |at: usize| uses[atoms[at].pattern as usize].next_power_of_two();
                let by_use = shared(a).cmp(&shared(b));
                by_use.then(shares[a].total_cmp(&shares[b]))
            });
            if let Some(best) = best {
                let is_alone = one.atoms.len() == 1 && atoms[best as usize].written.is_none();
                let offset = if is_alone {
                    ALONE
                } else {
                    best - one.atoms.start
                };
                leads.push((atoms[best as usize].pattern, PatternTarget { word, offset }));
            }
        }
        leads.sort_by_key(|(pattern, _)| *pattern);
        let mut by_pattern = vec![(0, 0); patterns];
        let mut from = 0;
        for chunk in leads.chunk_by(|a, b| a.0 == b.0) {
            let to = from + number(chunk.len());
            by_pattern[chunk[0].0 as usize] = (from, to);
            from = to;
        }
        Self {
            by_pattern,
            leads: leads.into_iter().map(|(_, lead)| lead).collect(),
            words,
            atoms,
        }
    }

    /// How many patterns there are.
    pub(super) fn patterns(&self) -> usize {
        self.by_pattern.len()
    }

    /// Where each pattern leads.
    pub(super) fn all_leads(&self) -> impl Iterator<Item = &[PatternTarget]> {
        (0..number(self.patterns())).map(|pattern| self.leads(pattern))
    }

    pub(super) fn leads(&self, pattern: u32) -> &[PatternTarget] {
        let (from, to) = self
            .by_pattern
            .get(pattern as usize)
            .copied()
            .unwrap_or_default();
        self.leads
            .get(from as usize..to as usize)
            .unwrap_or_default()
    }

    /// The words of a phrase.
    pub(super) fn atoms(&self, word: u32) -> Option<&[Atom]> {
        let atoms = &self.words.get(word as usize)?.atoms;
        let atoms = self.atoms.get(atoms.start as usize..atoms.end as usize);
        Some(atoms.unwrap_or_default())
    }
}
