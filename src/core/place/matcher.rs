//! The names of places and what else is looked for, by the keys of their first words.

use std::collections::HashMap;

use super::gazetteer::{GazetteerSpec, WordList, word_mistake};
use super::pattern::{Pattern, Written};
use super::vocabulary::{Script, Vocabulary, script_of};
use crate::core::text::tokenizer::fold_words;

/// All words of all places.
#[derive(Default)]
pub(super) struct Matcher {
    pub(super) vocabulary: Vocabulary,
    pub(super) entries: Vec<Entry>,
    /// Entries by a key of their first word.
    pub(super) by_first: HashMap<u32, Vec<u32>>,
    /// Words that say that the place before them is named by the way, likewise.
    pub(super) asides: Vec<Box<[Pattern]>>,
    pub(super) asides_by_first: HashMap<u32, Vec<u32>>,
}

/// One or more words that stand together and name a place, or are something else.
pub(super) struct Entry {
    pub(super) words: Box<[Pattern]>,
    /// Number of the place.
    pub(super) place: u32,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Not,
    State,
    Name,
    Weak,
}

impl Matcher {
    pub(super) fn new(spec: &GazetteerSpec) -> Self {
        let mut matcher = Self::default();
        for (place, number) in spec.places.iter().zip(0..) {
            for list in &place.words {
                matcher.add_list(list, number, Kind::Name);
            }
            for (words, kind) in [
                (&place.weak, Kind::Weak),
                (&place.states, Kind::State),
                (&place.not, Kind::Not),
            ] {
                for word in words {
                    // Names of a language by their letters; in Latin ones they hold for all.
                    let language = match script_of(word) {
                        Script::Cyrillic => Some("ru"),
                        Script::Arabic => Some("ar"),
                        _ => None,
                    };
                    matcher.add(word, language, number, kind);
                }
            }
        }
        for list in &spec.aside {
            for word in &list.words {
                if let Some(words) = matcher.patterns(word, list.language.as_deref()) {
                    let number = u32::try_from(matcher.asides.len()).unwrap_or(u32::MAX);
                    for key in &words[0].keys {
                        matcher
                            .asides_by_first
                            .entry(*key)
                            .or_default()
                            .push(number);
                    }
                    matcher.asides.push(words);
                }
            }
        }
        matcher
    }

    fn add_list(&mut self, list: &WordList, place: u32, kind: Kind) {
        for word in &list.words {
            self.add(word, list.language.as_deref(), place, kind);
        }
    }

    fn add(&mut self, word: &str, language: Option<&str>, place: u32, kind: Kind) {
        let Some(words) = self.patterns(word, language) else {
            return;
        };
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        for key in &words[0].keys {
            self.by_first.entry(*key).or_default().push(number);
        }
        self.entries.push(Entry { words, place, kind });
    }

    /// The words of an entry; `None` where there are none.
    fn patterns(&mut self, written: &str, language: Option<&str>) -> Option<Box<[Pattern]>> {
        if word_mistake(written).is_some() {
            return None;
        }
        let (written, exact) = written
            .strip_prefix('=')
            .map_or((written, false), |word| (word, true));
        let (written, starred) = written
            .strip_suffix('*')
            .map_or((written, false), |word| (word, true));
        let words = fold_words(written);
        let last = words.len().checked_sub(1)?;
        let patterns = words.iter().enumerate().map(|(index, word)| {
            let surface = &written[word.start..word.end];
            let word = Written {
                folded: &word.folded,
                surface,
                language,
                exact,
                starred: starred && index == last,
            };
            Pattern::new(&word, &mut self.vocabulary)
        });
        Some(patterns.collect())
    }
}
