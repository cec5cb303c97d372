//! Stems and wildcards of a set of watches, and its words in Arabic letters, which may have clitics in
//! front: which of them a word fits.
//!
//! Each distinct word of a document is asked once for all watches together, and what it fits is
//! remembered with the document; so a thousand watches with `detain~` cost as much as one.

mod stem_table;
mod wildcards;

pub(super) use stem_table::StemTable;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::clitics::{bare, is_arabic};
use super::stem::{LANGUAGES, Stems};
use super::word::Word;
use wildcards::{Prefixes, fits};

/// The stems, wildcards and Arabic words of a set, each once, numbered through all kinds.
#[derive(Default)]
pub(super) struct Patterns {
    seed: u64,
    all: Vec<Pattern>,
    numbers: HashMap<Pattern, u32>,
    prefixes: Prefixes,
    whole: HashMap<String, u32>,
    /// Words that are no Arabic ones are among them.
    has_others: bool,
    /// Filled when the first document of a language comes, since a set may serve thirty of them.
    stems: Vec<OnceLock<StemTable>>,
    exact: OnceLock<StemTable>,
    has_stems: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Pattern {
    Stem {
        folded: String,
        written: String,
    },
    Wildcard(String),
    /// A word in Arabic letters, which may have clitics in front; of lists, any word.
    Whole(String),
}

impl Patterns {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            stems: LANGUAGES.iter().map(|_| OnceLock::new()).collect(),
            ..Self::default()
        }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The number of a word of a term that is a pattern; none for one that is looked for by its letters.
    pub(super) fn of_word(&mut self, word: &Word) -> Option<u32> {
        let pattern = match word {
            Word::Stem { folded, written } => {
                self.has_stems = true;
                Pattern::Stem {
                    folded: folded.clone(),
                    written: written.clone(),
                }
            }
            Word::Wildcard(pattern) => Pattern::Wildcard(pattern.clone()),
            Word::Plain(folded) if is_arabic(folded.as_bytes()) => Pattern::Whole(folded.clone()),
            Word::Plain(_) | Word::Exact { .. } | Word::Abbreviation { .. } => return None,
        };
        Some(self.number(pattern))
    }

    /// The number of a word of a list: all of them are patterns. Of an exact word, that of its letters.
    pub(super) fn of_listed(&mut self, word: &Word) -> u32 {
        self.of_word(word).unwrap_or_else(|| {
            let folded = word.folded();
            self.has_others |= !is_arabic(folded.as_bytes());
            self.number(Pattern::Whole(folded.to_owned()))
        })
    }

    fn number(&mut self, pattern: Pattern) -> u32 {
        if let Some(&number) = self.numbers.get(&pattern) {
            return number;
        }
        let number = super::document_index::number(self.all.len());
        match &pattern {
            Pattern::Wildcard(text) => self.prefixes.add(text, number, self.seed),
            Pattern::Whole(word) => {
                self.whole.insert(word.clone(), number);
            }
            Pattern::Stem { .. } => {}
        }
        self.numbers.insert(pattern.clone(), number);
        self.all.push(pattern);
        number
    }

    /// Adds the numbers of what a folded word fits, each once; of its stems only where there are any.
    pub(super) fn of_folded(
        &self,
        word: &[u8],
        stems: Option<&StemTable>,
        clitics: bool,
        found: &mut Vec<u32>,
    ) {
        let from = found.len();
        self.of_bare(word, stems, found);
        if is_arabic(word) && clitics && !self.all.is_empty() {
            let word = std::str::from_utf8(word).unwrap_or_default();
            bare(word, |rest| self.of_bare(rest.as_bytes(), stems, found));
        }
        if found.len() > from + 1 {
            let mut own = found.split_off(from);
            own.sort_unstable();
            own.dedup();
            found.append(&mut own);
        }
    }

    /// The same for the word without thinking of clitics, some perhaps twice.
    #[inline]
    fn of_bare(&self, word: &[u8], stems: Option<&StemTable>, found: &mut Vec<u32>) {
        self.wildcards_of(word, found);
        if (self.has_others || is_arabic(word))
            && let Some(&number) = std::str::from_utf8(word)
                .ok()
                .and_then(|word| self.whole.get(word))
        {
            found.push(number);
        }
        if let Some(stems) = stems {
            stems.of_folded(word, found);
        }
    }

    #[inline]
    fn wildcards_of(&self, word: &[u8], found: &mut Vec<u32>) {
        if !self.prefixes.may_begin(word) {
            return;
        }
        self.prefixes.visit(word, self.seed, |number| {
            if let Some(Pattern::Wildcard(pattern)) = self.all.get(number as usize)
                && fits(pattern.as_bytes(), word)
            {
                found.push(number);
            }
        });
    }

    /// The stems in the one language of these patterns, if there are any.
    pub(super) fn own_stems(&self, language: Option<usize>) -> Option<&StemTable> {
        self.has_stems.then(|| self.stems(language))
    }

    /// The stems of the set in the language with this number.
    pub(super) fn stems(&self, language: Option<usize>) -> &StemTable {
        language
            .and_then(|number| self.stems.get(number))
            .unwrap_or(&self.exact)
            .get_or_init(|| StemTable::new(self.stem_words(), Stems::of(language)))
    }

    fn stem_words(&self) -> impl Iterator<Item = (u32, &str, &str)> {
        (0..)
            .zip(&self.all)
            .filter_map(|(number, pattern)| match pattern {
                Pattern::Stem { folded, written } => {
                    Some((number, folded.as_str(), written.as_str()))
                }
                Pattern::Wildcard(_) | Pattern::Whole(_) => None,
            })
    }
}
