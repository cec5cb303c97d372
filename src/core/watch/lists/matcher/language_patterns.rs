//! The words of all lists in one language, as patterns.

use std::hash::{BuildHasher, RandomState};

use crate::core::watch::clitics::may_have;
use crate::core::watch::patterns::Patterns;
use crate::core::watch::stem::language_number;
use crate::core::watch::word::Word;

/// The words of all lists in one language.
pub(in crate::core::watch) struct LanguagePatterns {
    pub(super) code: Option<String>,
    /// Of its stemmer.
    pub(super) number: Option<usize>,
    pub(super) patterns: Patterns,
    /// The number of its first pattern among those of all languages.
    pub(super) from: u32,
    scripts: u8,
}

/// Kinds of letters: a word of one is never a form of a word of another.
fn script(word: &[u8]) -> u8 {
    match word.first() {
        // ASCII, and what of Latin folds to nothing else.
        None | Some(0..=0xCB) => 1,
        Some(0xD0..=0xD3) => 2,
        Some(0xD8..=0xDB) => 4,
        Some(_) => 8,
    }
}

impl LanguagePatterns {
    pub(super) fn new(code: Option<String>) -> Self {
        Self {
            number: code.as_deref().and_then(language_number),
            code,
            // Against words chosen to collide.
            patterns: Patterns::new(RandomState::new().hash_one("words")),
            from: 0,
            scripts: 0,
        }
    }

    /// The number of a word in this language alone.
    pub(super) fn pattern(&mut self, word: &Word) -> u32 {
        // The stemmer of Serbian writes Cyrillic in Latin letters.
        let all = self.code.as_deref() == Some("sr");
        self.scripts |= if all {
            u8::MAX
        } else {
            script(word.folded().as_bytes())
        };
        match word {
            // Without a stemmer a word is its own stem; in any language it stands for no forms.
            Word::Stem { folded, .. } if self.number.is_none() => {
                self.patterns.of_listed(&Word::Plain(folded.clone()))
            }
            _ => self.patterns.of_listed(word),
        }
    }

    /// Adds the numbers of the patterns that a folded word fits, behind `from`, each once.
    pub(in crate::core::watch) fn of_folded(
        &self,
        word: &[u8],
        clitics: bool,
        from: u32,
        found: &mut Vec<u32>,
    ) {
        if self.scripts & script(word) == 0 {
            return;
        }
        let before = found.len();
        let stems = self.patterns.own_stems(self.number);
        let clitics = self.clitics(clitics);
        self.patterns.of_folded(word, stems, clitics, found);
        for number in &mut found[before..] {
            *number += from + self.from;
        }
    }

    /// Whether words may have clitics, in an item that may have them or not.
    fn clitics(&self, item: bool) -> bool {
        match &self.code {
            Some(code) => may_have(Some(code)),
            None => item,
        }
    }

    /// Whether its words are looked for in an item that is in this language beyond doubt.
    pub(super) fn is_asked(&self, certain: Option<&str>) -> bool {
        match (&self.code, certain) {
            (Some(own), Some(certain)) => own == certain,
            _ => true,
        }
    }
}
