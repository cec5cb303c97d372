//! What is kept from one document to the next: the keys of words seen before.

use std::collections::HashMap;
use std::ops::Range;

use super::matches::{Mention, Token};
use super::vocabulary::{Item, Vocabulary};

/// Longer words name no place, and cost no more than reading them.
const LONGEST: usize = 64;

/// Words of texts whose keys are kept, so that a long-lived memory does not grow.
const MOST_KEPT: usize = 50_000;

/// Working memory of one thread, kept from one document to the next; of one gazetteer at a time.
#[derive(Default)]
pub struct Scratch {
    pub(super) item: Item,
    /// The keys of words seen before, in `keys`.
    known: HashMap<String, Range<u32>>,
    keys: Vec<(u32, u8)>,
    /// Which words `known` holds the keys of.
    of: Option<(usize, Item)>,
    pub(super) tokens: Vec<Token>,
    pub(super) mentions: Vec<Mention>,
}

impl Scratch {
    pub(super) fn begin(&mut self, vocabulary: &Vocabulary, language: Option<&str>) {
        self.item = vocabulary.item(language);
        self.mentions.clear();
        let of = (std::ptr::from_ref(vocabulary) as usize, self.item);
        if self.of != Some(of) || self.known.len() > MOST_KEPT {
            self.known.clear();
            self.keys.clear();
            self.of = Some(of);
        }
    }

    /// Where the keys of a folded word are.
    pub(super) fn keys_of(&mut self, vocabulary: &Vocabulary, word: &str) -> Range<u32> {
        if word.len() > LONGEST {
            return 0..0;
        }
        if let Some(range) = self.known.get(word) {
            return range.clone();
        }
        let start = self.keys.len();
        vocabulary.keys(word, self.item, &mut self.keys);
        let number = |length| u32::try_from(length).unwrap_or(u32::MAX);
        let range = number(start)..number(self.keys.len());
        self.known.insert(word.to_owned(), range.clone());
        range
    }

    /// The keys of a word, each with the letters that the word has without its clitics.
    pub(super) fn keys_at(&self, token: &Token) -> &[(u32, u8)] {
        &self.keys[token.keys.start as usize..token.keys.end as usize]
    }
}
