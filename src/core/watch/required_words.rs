//! Which words must stand in an item for a query to hold, for an index of folded words to find candidates by.
//!
//! It is necessary, never sufficient: whether the query holds is decided by asking it. What no index of words knows
//! asks for nothing: word lists, addresses, authors and categories, and forms of a word but in some languages.

use super::clitics::is_arabic;
use super::field::TextField;
use super::stem::{SUFFIXING_LANGUAGES, beginnings};
use super::syntax::{Expression, Kind, Query};
use super::word::{Term, Word};
use crate::core::text::search;

/// What must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequiredWords {
    /// Groups of words: of each group, one must be there, its words side by side. Without any, anything will do.
    pub words: Vec<Vec<search::Term>>,
    /// More such groups, which need not be there in items whose language is none of [`by_endings`].
    pub forms: Vec<Vec<search::Term>>,
}

/// The words without which a query cannot hold.
pub fn required(query: &Query) -> RequiredWords {
    let words = Needs { forms: false }.of(&query.root);
    let mut forms = Needs { forms: true }.of(&query.root);
    forms.retain(|group| !words.contains(group));
    RequiredWords { words, forms }
}

/// Languages whose forms of a word begin alike; to them belong items that say none, in which a word is its only form.
pub fn by_endings() -> impl Iterator<Item = &'static str> {
    SUFFIXING_LANGUAGES
        .into_iter()
        .map(|(language, _)| language)
}

type Groups = Vec<Vec<search::Term>>;

struct Needs {
    /// Whether forms of a word begin alike.
    forms: bool,
}

impl Needs {
    fn of(&self, expression: &Expression) -> Groups {
        let each =
            |parts: &[Expression]| parts.iter().map(|part| self.of(part)).collect::<Vec<_>>();
        match &expression.kind {
            Kind::Term(term) => self.of_term(term),
            Kind::Field(TextField::Author | TextField::Category, _)
            | Kind::List(_)
            | Kind::Site(_)
            | Kind::Not(_) => Vec::new(),
            Kind::Field(_, of_field) => self.of(of_field),
            Kind::AtLeast { of: counted, .. } => self.of(counted),
            Kind::NotNear { left, .. } => self.of(left),
            Kind::Near { left, right, .. } => [self.of(left), self.of(right)].concat(),
            Kind::And(parts) => each(parts).concat(),
            Kind::Or(parts) => some(each(parts), 1),
            Kind::Min { count, of: parts } => some(each(parts), *count as usize),
        }
    }

    fn of_term(&self, term: &Term) -> Groups {
        if term.words.is_empty() {
            return vec![vec![nothing()]];
        }
        let reading = |words: &[Word]| words.iter().flat_map(|word| self.of_word(word)).collect();
        some(term.readings().map(reading).collect(), 1)
    }

    fn of_word(&self, word: &Word) -> Groups {
        let (words, is_beginning) = match word {
            Word::Stem { folded, written } => {
                let forms = self.forms && !is_arabic(folded.as_bytes());
                let Some(beginnings) = forms.then(|| beginnings(folded, written)).flatten() else {
                    return Vec::new();
                };
                (beginnings.into_iter().collect(), true)
            }
            Word::Plain(folded) if is_arabic(folded.as_bytes()) => (with_clitics(folded), false),
            Word::Plain(folded) | Word::Exact { folded, .. } => (vec![folded.clone()], false),
            Word::Abbreviation { folded, .. } => {
                // Items were stored when its letters were words.
                let letters: Vec<String> = folded.chars().map(String::from).collect();
                (vec![folded.clone(), letters.join(" ")], false)
            }
            Word::Wildcard(pattern) => {
                let front = pattern.split(['?', '*']).next().unwrap_or_default();
                if is_arabic(front.as_bytes()) {
                    (with_clitics(front), true)
                } else {
                    (vec![front.to_owned()], true)
                }
            }
        };
        // SQLite's letters are those of Unicode 6.1: a word of others is none to its index.
        let is_known = |c: char| c.is_alphanumeric() && c <= '\u{ffff}';
        if !words.iter().all(|words| words.contains(is_known)) {
            return Vec::new();
        }
        let terms = words.into_iter().map(|words| search::Term {
            words,
            is_beginning,
        });
        vec![terms.collect()]
    }
}

/// What is found nowhere.
fn nothing() -> search::Term {
    search::Term {
        words: String::new(),
        is_beginning: false,
    }
}

/// An Arabic word, and the words that are it behind clitics: see [`super::clitics`].
fn with_clitics(word: &str) -> Vec<String> {
    const ARTICLE: &str = "ال";
    let mut behind: Vec<String> = Vec::new();
    for preposition in ["", "ب", "ك", "ل"] {
        behind.push(format!("{preposition}{word}"));
        behind.push(format!("{preposition}{ARTICLE}{word}"));
    }
    // `ل` and the article are written `لل`, and so are they before a word that begins with `ل`.
    behind.push(format!("لل{word}"));
    if let Some(rest) = word.strip_prefix(ARTICLE) {
        behind.extend([format!("لل{rest}"), format!("ل{rest}")]);
    }
    let with = |first: &str| -> Vec<String> {
        behind.iter().map(|rest| format!("{first}{rest}")).collect()
    };
    ["", "و", "ف"].into_iter().flat_map(with).collect()
}

/// At least `count` of the parts.
fn some(mut parts: Vec<Groups>, count: usize) -> Groups {
    // If k of n hold, then so does one of any n - k + 1 of them.
    let Some(needed) = (parts.len() + 1)
        .checked_sub(count)
        .filter(|needed| *needed > 0)
    else {
        return vec![vec![nothing()]];
    };
    parts.retain(|part| !part.is_empty());
    if parts.len() < needed {
        return Vec::new();
    }
    parts.truncate(needed);
    // Of what each part needs, one group at a time: one of these must be there whichever part holds.
    let groups = parts.iter().map(Vec::len).min().unwrap_or_default();
    let group = |number: usize| {
        let groups = parts.iter().filter_map(|part| part.get(number));
        groups.flatten().cloned().collect()
    };
    (0..groups).map(group).collect()
}

#[cfg(test)]
mod tests;
