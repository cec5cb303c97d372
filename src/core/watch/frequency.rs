//! How common words are, for choosing the rarest that a watch needs.
//!
//! This decides only how fast matching is, never what matches.

use std::collections::HashMap;

use super::word::Word;
use crate::core::document::Document;
use crate::core::text::words::{Reading, fold_words, split};

/// In how many documents a word occurs, learned from those that went by.
#[derive(Clone, Debug, Default)]
pub struct Frequencies {
    documents: u32,
    words: HashMap<String, Count>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    documents: u32,
    last: u32,
}

/// Words that are kept, at most; the rarest are forgotten when there are more.
const MOST_WORDS: usize = 200_000;

/// Documents below which the built-in estimate is the better one.
const FEW: u32 = 200;

impl Frequencies {
    /// Counts the words of a document.
    pub fn learn(&mut self, document: &Document) {
        self.documents = self.documents.saturating_add(1);
        let number = self.documents;
        let mut buffer = Vec::new();
        for text in [&document.title, &document.summary, &document.text] {
            split(text, Reading::Parted, &mut buffer, |buffer, word| {
                if let Ok(folded) = std::str::from_utf8(&buffer[word.folded..]) {
                    match self.words.get_mut(folded) {
                        Some(count) if count.last == number => {}
                        Some(count) => {
                            count.last = number;
                            count.documents += 1;
                        }
                        None => {
                            let count = Count {
                                documents: 1,
                                last: number,
                            };
                            self.words.insert(folded.to_owned(), count);
                        }
                    }
                }
                buffer.truncate(word.folded);
            });
        }
        let mut least = 1;
        while self.words.len() > MOST_WORDS {
            self.words.retain(|_, count| count.documents > least);
            least += 1;
        }
    }

    /// How many documents were counted.
    pub fn documents(&self) -> u32 {
        self.documents
    }

    /// The estimated share of documents with a word that fits.
    pub(super) fn share(&self, word: &Word) -> f64 {
        match word {
            Word::Plain(folded)
            | Word::Exact { folded, .. }
            | Word::Abbreviation { folded, .. } => self.of(folded),
            // A stem and a prefix stand for several forms, and cost a second look.
            Word::Stem { folded, .. } => (self.of(folded) * 3.0 + 0.002).min(1.0),
            Word::Wildcard(pattern) => {
                let front = pattern.split(['?', '*']).next().unwrap_or_default();
                (by_length(front) * 4.0 + 0.002).min(1.0)
            }
        }
    }

    fn of(&self, folded: &str) -> f64 {
        if self.documents < FEW {
            return by_length(folded);
        }
        let seen = self.words.get(folded).map_or(0, |count| count.documents);
        (f64::from(seen) + 0.5) / f64::from(self.documents)
    }
}

/// A guess from nothing but its words, how common a phrase is: a share of documents.
pub fn commonness(phrase: &str) -> f64 {
    let words = fold_words(phrase);
    words.iter().map(|word| by_length(&word.folded)).product()
}

/// A guess from nothing but the word: short words are common, and so are those of this list.
fn by_length(folded: &str) -> f64 {
    if COMMON.contains(&folded) {
        return 0.5;
    }
    match folded.chars().count() {
        // A character of a script without spaces, or nearly nothing.
        0..=1 => 0.3,
        2 => 0.2,
        3 => 0.1,
        4 => 0.06,
        5 => 0.04,
        6 => 0.03,
        7 => 0.02,
        8 => 0.015,
        9 => 0.01,
        _ => 0.006,
    }
}

/// Common in news, and long enough to look rare.
const COMMON: [&str; 58] = [
    "about",
    "after",
    "against",
    "also",
    "because",
    "been",
    "before",
    "being",
    "between",
    "could",
    "country",
    "first",
    "from",
    "government",
    "group",
    "have",
    "human",
    "into",
    "last",
    "minister",
    "more",
    "news",
    "other",
    "over",
    "people",
    "police",
    "president",
    "right",
    "rights",
    "said",
    "should",
    "since",
    "state",
    "that",
    "their",
    "there",
    "they",
    "this",
    "time",
    "under",
    "what",
    "when",
    "which",
    "will",
    "with",
    "world",
    "would",
    "year",
    "years",
    "como",
    "contra",
    "desde",
    "entre",
    "gobierno",
    "para",
    "pour",
    "sobre",
    "dans",
];
