//! Finds in a document the words of lists by the patterns that it fits.

use super::phrase_index::{ALONE, Atom, PatternTarget, PhraseIndex, Written};
use crate::core::document::Document;
use crate::core::watch::document_index::{DocumentIndex, NONE, number};
use crate::core::watch::exact_form::{is_abbreviation, is_written};
use crate::core::watch::occurrences::{LISTED, Occurrence, PatternOccurrences};

/// One document in which words are looked for.
pub(in crate::core::watch) struct Search<'a> {
    pub(in crate::core::watch) document: &'a Document,
    pub(in crate::core::watch) index: &'a DocumentIndex,
    pub(in crate::core::watch) hits: &'a PatternOccurrences,
    /// How many places it may still look at.
    pub(in crate::core::watch) looks: usize,
    pub(in crate::core::watch) found: Vec<Occurrence>,
}

/// The search for the words of one index.
pub(super) struct IndexSearch<'s, 'a> {
    pub(super) search: &'s mut Search<'a>,
    pub(super) phrases: &'s PhraseIndex,
    /// Where its patterns begin among those of all.
    pub(super) from: u32,
    /// Where its words begin.
    pub(super) words: u32,
}

impl IndexSearch<'_, '_> {
    /// Finds them by the patterns that the document fits.
    pub(super) fn run(&mut self) {
        let Search { index, hits, .. } = *self.search;
        let (phrases, from) = (self.phrases, self.from);
        let leads = |pattern: u32| {
            let own = pattern.checked_sub(from);
            own.map_or(&[][..], |own| phrases.leads(own))
        };
        for &pattern in &hits.words.patterns {
            for &lead in leads(pattern) {
                for &word in hits.words.of(pattern) {
                    for at in index.positions(word) {
                        self.at(lead, at);
                    }
                }
            }
        }
        for &pattern in &hits.positions.patterns {
            for &lead in leads(pattern) {
                for &at in hits.positions.of(pattern) {
                    self.at(lead, at);
                }
            }
        }
    }

    /// One of its words stands at a position: does the whole?
    #[inline]
    fn at(&mut self, lead: PatternTarget, at: u32) {
        let Some(left) = self.search.looks.checked_sub(1) else {
            return;
        };
        self.search.looks = left;
        if lead.offset == ALONE {
            return self.found_at(lead.word, at, at);
        }
        let Some(atoms) = self.phrases.atoms(lead.word) else {
            return;
        };
        let Some(start) = at.checked_sub(lead.offset) else {
            return;
        };
        if (start..).zip(atoms).all(|(at, atom)| self.fits(atom, at)) {
            let end = start + number(atoms.len()).saturating_sub(1);
            self.found_at(lead.word, start, end);
        }
    }

    #[inline]
    fn found_at(&mut self, word: u32, start: u32, end: u32) {
        let index = self.search.index;
        let place = if index.has_joined_words() {
            index.parted(start, end)
        } else {
            Some((start, end, false))
        };
        if let Some((start, end, joined)) = place {
            self.search.found.push(Occurrence {
                start,
                end,
                leaf: LISTED | (self.words + word),
                joined,
            });
        }
    }

    fn fits(&self, atom: &Atom, at: u32) -> bool {
        let Search {
            document,
            index,
            hits,
            ..
        } = *self.search;
        let word = index.word_at(at);
        let pattern = self.from + atom.pattern;
        word != NONE
            && (hits.words.of(pattern).binary_search(&word).is_ok()
                || hits.positions.of(pattern).binary_search(&at).is_ok())
            && match &atom.written {
                None => true,
                Some(Written::Exact(written)) => is_written(document, index, at, written),
                Some(Written::Abbreviated { dotted }) => {
                    is_abbreviation(document, index, at, *dotted)
                }
            }
    }
}
