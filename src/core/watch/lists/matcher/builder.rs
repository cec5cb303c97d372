//! Reads the words of all lists, language by language.

use std::collections::HashMap;
use std::sync::Arc;

use super::language_patterns::LanguagePatterns;
use super::phrase_index::{Atom, ListedWord, PhraseIndex, Written};
use crate::core::watch::document_index::number;
use crate::core::watch::frequency;
use crate::core::watch::lists::list::WordList;
use crate::core::watch::word::Word;

/// The words of a list in one language.
pub(super) struct ListGroup {
    /// Place in [`Builder::languages`].
    pub(super) language: usize,
    pub(super) list: usize,
    /// Place in [`WordList::groups`].
    pub(super) place: usize,
}

/// What is read so far.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) languages: Vec<LanguagePatterns>,
    by_code: HashMap<Option<String>, usize>,
    words: Vec<ListedWord>,
    pub(super) group_of: Vec<u32>,
    /// Patterns are numbered in their language until the end.
    atoms: Vec<(usize, Atom)>,
    /// Of the words of phrases, how common each is.
    shares: Vec<f64>,
    pub(super) groups: Vec<ListGroup>,
    /// By list and place in [`WordList::groups`].
    pub(super) group_numbers: HashMap<(usize, usize), u32>,
}

impl Builder {
    /// Adds the words that a list has of its own.
    pub(super) fn list(&mut self, list: usize, one: &WordList) {
        let id: Arc<str> = one.spec.id.as_str().into();
        for (place, group) in one.groups.iter().enumerate() {
            let language = self.language(group.language.as_deref());
            let group_number = number(self.groups.len());
            self.groups.push(ListGroup {
                language,
                list,
                place,
            });
            self.group_numbers.insert((list, place), group_number);
            let texts = one.spec.words.get(place);
            for word in &group.words {
                let text = texts.and_then(|texts| texts.words.get(word.entry));
                let text = text.map_or("", |text| text.trim());
                self.word(group_number, &word.words, &id, text);
                if !word.other.is_empty() {
                    self.word(group_number, &word.other, &id, text);
                }
            }
        }
    }

    fn language(&mut self, code: Option<&str>) -> usize {
        let next = self.languages.len();
        let code = code.map(str::to_owned);
        let known = *self.by_code.entry(code.clone()).or_insert(next);
        if known == next {
            self.languages.push(LanguagePatterns::new(code));
        }
        known
    }

    fn word(&mut self, group: u32, words: &[Word], list: &Arc<str>, name: &str) {
        let language = self.groups[group as usize].language;
        let from = number(self.atoms.len());
        for word in words {
            let pattern = self.languages[language].pattern(word);
            let written = match word {
                Word::Exact { written, .. } => Some(Written::Exact(written.as_str().into())),
                &Word::Abbreviation { dotted, .. } => Some(Written::Abbreviated { dotted }),
                _ => None,
            };
            self.atoms.push((language, Atom { pattern, written }));
            self.shares.push(frequency::share(word));
        }
        self.group_of.push(group);
        self.words.push(ListedWord {
            atoms: from..number(self.atoms.len()),
            list: list.clone(),
            name: name.into(),
        });
    }

    /// Numbers the patterns through all languages, and indexes the words by them.
    pub(super) fn index(&mut self) -> PhraseIndex {
        let mut patterns = 0;
        for language in &mut self.languages {
            language.from = number(patterns);
            patterns += language.patterns.len();
            // Made now rather than with the first document.
            language.patterns.own_stems(language.number);
        }
        let languages = &self.languages;
        let atoms = std::mem::take(&mut self.atoms)
            .into_iter()
            .map(|(language, atom)| Atom {
                pattern: atom.pattern + languages[language].from,
                ..atom
            })
            .collect();
        PhraseIndex::new(
            std::mem::take(&mut self.words),
            atoms,
            &self.shares,
            patterns,
        )
    }
}
