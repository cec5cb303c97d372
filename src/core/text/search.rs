//! Words that a person searches for in what is stored.
//!
//! Each word must be there, in any order; what stands in double quotes must stand so; `OR` between two
//! asks for one of them, and `*` behind a word also finds longer ones. `AND` is the default. Words are
//! folded as those of watches are; a word of a script without spaces is a phrase of its characters.

use std::collections::HashSet;
use std::ops::Range;

use super::abbreviations::split_abbreviations;
use super::tokenizer::{FoldedWord, fold_for_index, fold_text, fold_words};

/// Places in one text; more show a reader nothing.
const PLACES_MAX: usize = 1_000;

/// What to search for, all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    groups: Vec<Vec<Term>>,
}

/// A word, or several that stand together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// Folded, with one blank between two.
    pub words: String,
    /// Whether the last word may go on.
    pub is_beginning: bool,
}

impl Search {
    /// Reads what was typed; nothing of it is a mistake.
    pub fn read(typed: &str) -> Self {
        let mut groups: Vec<Vec<Term>> = Vec::new();
        let mut either = false;
        for (index, piece) in typed.split(['"', '“', '”', '«', '»']).enumerate() {
            let is_phrase = index % 2 == 1;
            let parts: Vec<&str> = if is_phrase {
                vec![piece]
            } else {
                piece.split_whitespace().collect()
            };
            for part in parts {
                if !is_phrase && matches!(part, "AND" | "OR") {
                    either = part == "OR";
                    continue;
                }
                let read = |part: &str| Term {
                    words: fold_text(part),
                    is_beginning: !is_phrase && part.ends_with('*'),
                };
                let term = read(part);
                if term.words.is_empty() {
                    continue;
                }
                match groups.last_mut() {
                    Some(group) if either => {
                        if !group.contains(&term) {
                            group.push(term);
                        }
                    }
                    _ => groups.push(vec![term]),
                }
                // Items were stored when the letters of abbreviations were words.
                let letters = split_abbreviations(part).map(|letters| read(&letters));
                if let (Some(letters), Some(group)) = (letters, groups.last_mut()) {
                    group.push(letters);
                }
                either = false;
            }
        }
        // What is said twice asks for nothing more.
        let mut said: HashSet<Vec<Term>> = HashSet::new();
        groups.retain(|group| said.insert(group.clone()));
        Self { groups }
    }

    /// Groups of terms: of each, one must be there. Without any, nothing is found.
    pub fn groups(&self) -> impl Iterator<Item = &[Term]> {
        self.groups.iter().map(Vec::as_slice)
    }

    /// Whether nothing is looked for, and so nothing is found.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether a word stands without `*`, behind which it would find more.
    pub fn has_whole_words(&self) -> bool {
        let mut terms = self.groups.iter().flatten();
        terms.any(|term| !term.is_beginning)
    }

    /// A single letter with `*` behind it, with which words of every text begin. In scripts without spaces, a letter
    /// is a word.
    pub fn broadest(&self) -> Option<&Term> {
        self.groups.iter().flatten().find(|term| {
            let mut letters = term.words.chars();
            let is_one = letters.next().is_some_and(|letter| letter < '\u{2e80}');
            term.is_beginning && is_one && letters.next().is_none()
        })
    }

    /// Where a text has words that are looked for, in its order, the first thousand, each with what it is looked for
    /// by.
    pub fn places(&self, text: &str) -> Vec<(Range<usize>, &Term)> {
        let words = fold_words(text);
        let terms: Vec<&Term> = self.groups.iter().flatten().collect();
        let mut places = Vec::new();
        for (at, word) in words.iter().enumerate() {
            for term in &terms {
                if places.len() >= PLACES_MAX {
                    return places;
                }
                if let Some(last) = term.last_of(&words[at..]) {
                    places.push((word.start..words[at + last].end, *term));
                }
            }
        }
        places
    }

    /// Whether all of it stands in these texts; what must stand together, in one of them.
    pub fn finds(&self, texts: &[&str]) -> bool {
        // A line break stands in no folded text.
        let mut folded = String::from(" ");
        for text in texts {
            folded.push_str(&fold_for_index(text));
            folded.push_str(" \n ");
        }
        let is_there = |term: &Term| {
            let end = if term.is_beginning { "" } else { " " };
            folded.contains(&format!(" {}{end}", term.words))
        };
        let mut groups = self.groups.iter();
        !self.groups.is_empty() && groups.all(|group| group.iter().any(is_there))
    }
}

impl Term {
    /// The number of the last of the words that it begins with, if it does.
    fn last_of(&self, words: &[FoldedWord]) -> Option<usize> {
        let mut wanted = self.words.split(' ').peekable();
        let mut last = 0;
        for (number, word) in words.iter().enumerate() {
            let Some(part) = wanted.next() else { break };
            let goes_on = self.is_beginning && wanted.peek().is_none();
            let fits = if goes_on {
                word.folded.starts_with(part)
            } else {
                word.folded == part
            };
            if !fits {
                return None;
            }
            last = number;
        }
        wanted.next().is_none().then_some(last)
    }
}

#[cfg(test)]
mod tests;
