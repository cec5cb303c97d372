//! One word of the name of a place, and whether a word of a text is it.

use super::matches::Token;
use super::scratch::Scratch;
use super::vocabulary::{Script, Vocabulary, script_of};
use crate::core::text::normalization::verbatim_form;
use crate::core::watch::without_clitics;

/// One word of an entry.
pub(super) struct Pattern {
    /// A word of a text must have one of them.
    pub(super) keys: Vec<u32>,
    letters: Letters,
    /// Letters that a word of a text must have.
    shortest: usize,
    /// A name that is found with an `s` behind it, too.
    has_plural: bool,
    /// Only in items of this language, or of an unknown one.
    language: Option<usize>,
}

/// How a word must be written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Letters {
    Any,
    FirstCapital,
    AllCapitals,
    /// With just these letters.
    Exactly(String),
}

impl Letters {
    fn of(word: &Written) -> Self {
        let capitals = word.surface.chars().filter(|c| c.is_uppercase()).count();
        if word.exact {
            Self::Exactly(verbatim_form(word.surface))
        } else if capitals > 0 && !word.surface.chars().any(char::is_lowercase) {
            Self::AllCapitals
        } else if word.surface.chars().next().is_some_and(char::is_uppercase) {
            Self::FirstCapital
        } else {
            Self::Any
        }
    }
}

/// A word as it stands in a list.
pub(super) struct Written<'w> {
    pub(super) folded: &'w str,
    pub(super) surface: &'w str,
    pub(super) language: Option<&'w str>,
    /// With `=` in front.
    pub(super) exact: bool,
    /// With `*` behind.
    pub(super) starred: bool,
}

impl Pattern {
    /// A word, whose keys are added to the vocabulary.
    pub(super) fn new(word: &Written, vocabulary: &mut Vocabulary) -> Self {
        let &Written {
            folded,
            exact,
            starred,
            ..
        } = word;
        let script = script_of(folded);
        let letters = Letters::of(word);
        let language = word.language.map(|language| vocabulary.language(language));
        let mut keys = vec![if starred {
            vocabulary.add_prefix(folded)
        } else {
            vocabulary.add_word(folded)
        }];
        match language {
            _ if exact || starred => {}
            None if script == Script::Latin => {
                keys.push(vocabulary.add_word(&format!("{folded}s")));
            }
            None => {}
            Some(language) => {
                let is_name = letters == Letters::FirstCapital;
                vocabulary.add_forms(language, folded, is_name, &mut keys);
            }
        }
        keys.sort_unstable();
        keys.dedup();
        Self {
            has_plural: language.is_none() && script == Script::Latin && !exact && !starred,
            keys,
            shortest: shortest(folded, script),
            language: language.filter(|_| script == Script::Latin && letters == Letters::Any),
            letters,
        }
    }

    /// Whether a word that is this one has an `s` behind it: Peruvians, of Peruvian.
    pub(super) fn is_several(&self, word: &str) -> bool {
        self.has_plural && word.chars().count() > self.shortest
    }

    /// Whether a word of a text is this one.
    pub(super) fn is(&self, text: &str, token: &Token, scratch: &Scratch) -> bool {
        let has = scratch.keys_at(token).iter().any(|(key, letters)| {
            usize::from(*letters) >= self.shortest && self.keys.binary_search(key).is_ok()
        });
        has && scratch.item.admits(self.language) && {
            let word = &text[token.start..token.end];
            match &self.letters {
                Letters::Any => true,
                Letters::FirstCapital => token.capital,
                Letters::AllCapitals => !word.chars().any(char::is_lowercase),
                Letters::Exactly(letters) => verbatim_form(word) == *letters,
            }
        }
    }
}

/// How few letters a word of a text may have.
fn shortest(folded: &str, script: Script) -> usize {
    let count = |word: &str| word.chars().count();
    match script {
        Script::Arabic => {
            let mut least = count(folded);
            without_clitics(folded, |bare| least = least.min(count(bare)));
            least
        }
        // Of names in the plural the genitive loses a letter: Филиппины, Филиппин.
        Script::Cyrillic => count(folded).saturating_sub(1),
        _ => count(folded),
    }
}
