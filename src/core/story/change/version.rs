//! The sentences of a version of an item, each beside the one that says the same in the other.

use std::collections::HashSet;

use crate::core::story::tokenizer::{Gap, Kind, Token, tokens};

/// Words of a sentence that are compared; the rest of a longer one counts as none.
const SENTENCE_WORDS: usize = 80;

/// Sentences of a text that are compared.
const SENTENCES: usize = 24;

/// One version of an item.
pub(super) struct Version<'a> {
    title: Vec<Sentence<'a>>,
    lead: Vec<Sentence<'a>>,
    /// All its words and numbers.
    words: HashSet<String>,
}

pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    pub(super) words: Vec<Token>,
    /// Each word begins with a capital, so that capitals tell no names.
    pub(super) is_shouted: bool,
}

impl<'a> Version<'a> {
    pub(super) fn new((title, lead): (&'a str, &'a str)) -> Self {
        let (title, lead) = (sentences(title, true), sentences(lead, false));
        let words = title
            .iter()
            .chain(&lead)
            .flat_map(|sentence| &sentence.words)
            .map(|word| word.folded.clone())
            .collect();
        Self { title, lead, words }
    }

    /// Sentences that say the same in both, as far as one does: of the titles, and of the leads.
    pub(super) fn pairs<'b>(&'b self, new: &'b Self) -> Vec<(&'b Sentence<'a>, &'b Sentence<'a>)> {
        let mut pairs = Vec::new();
        for (old, new) in [(&self.title, &new.title), (&self.lead, &new.lead)] {
            let mut free: Vec<bool> = vec![true; new.len()];
            for earlier in old {
                let best = new
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| free[*at])
                    .map(|(at, later)| (likeness(earlier, later), at))
                    .max();
                if let Some((likeness, at)) = best
                    && likeness >= 50
                {
                    free[at] = false;
                    pairs.push((earlier, &new[at]));
                }
            }
        }
        pairs
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

/// Shared words in 100 of the shorter sentence's; 0 for too short ones.
fn likeness(a: &Sentence<'_>, b: &Sentence<'_>) -> usize {
    let words = |sentence: &Sentence<'_>| -> HashSet<String> {
        sentence
            .words
            .iter()
            .map(|word| word.folded.clone())
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let least = a.len().min(b.len());
    if least < 2 {
        return 0;
    }
    a.intersection(&b).count() * 100 / least
}

fn sentences(text: &str, is_title: bool) -> Vec<Sentence<'_>> {
    let mut found: Vec<Vec<Token>> = Vec::new();
    for word in tokens(text) {
        // A title is one sentence.
        let begins = found.is_empty() || word.gap == Gap::Stop && !is_title;
        if begins && found.len() < SENTENCES {
            found.push(Vec::new());
        }
        if let Some(sentence) = found.last_mut()
            && sentence.len() < SENTENCE_WORDS
        {
            sentence.push(word);
        }
    }
    found
        .into_iter()
        .map(|words| {
            let long = || {
                words.iter().filter(|word| {
                    word.folded.chars().count() > 3
                        && word.kind == Kind::Word
                        && !SMALL.contains(&word.folded.as_str())
                })
            };
            let capitals = long().filter(|word| word.is_capital).count();
            Sentence {
                text,
                is_shouted: capitals >= 3 && capitals * 100 > long().count() * 85,
                words,
            }
        })
        .collect()
}

/// Words that English headlines leave small where the others have capitals.
const SMALL: [&str; 12] = [
    "with", "from", "after", "over", "into", "amid", "than", "that", "near", "during", "against",
    "before",
];
