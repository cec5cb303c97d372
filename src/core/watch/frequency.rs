//! How common words are, for choosing the rarest that a watch needs.
//!
//! This decides only how fast matching is, never what matches.

use super::word::Word;
use crate::core::text::tokenizer::fold_words;

/// The estimated share of documents with a word that fits.
pub(super) fn share(word: &Word) -> f64 {
    match word {
        Word::Plain(folded) | Word::Exact { folded, .. } | Word::Abbreviation { folded, .. } => {
            by_length(folded)
        }
        // A stem and a prefix stand for several forms, and cost a second look.
        Word::Stem { folded, .. } => (by_length(folded) * 3.0 + 0.002).min(1.0),
        Word::Wildcard(pattern) => {
            let front = pattern.split(['?', '*']).next().unwrap_or_default();
            (by_length(front) * 4.0 + 0.002).min(1.0)
        }
    }
}

/// A guess from nothing but its words, how common a phrase is: a share of documents.
pub fn phrase_frequency(phrase: &str) -> f64 {
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
