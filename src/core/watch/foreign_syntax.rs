//! Ways of writing that come from elsewhere, are accepted here, and mean something else: `detenido/a`,
//! `(jail|sentence)`, `police … protest`.

mod endings;
mod inside;
mod letters;
mod operators;

pub(super) use endings::forms_of;

use super::quotes::{is_quote, needs_quotes};
use super::word::{Term, Word};

/// What is told of a term, and what to write instead.
#[derive(Debug)]
pub(super) struct Habit {
    /// A sentence without a full stop.
    pub(super) message: String,
    /// A term or a group in place of it.
    pub(super) help: Option<String>,
}

impl Habit {
    #[expect(clippy::unnecessary_wraps, reason = "what all the questions give")]
    fn new(message: impl Into<String>, help: impl Into<Option<String>>) -> Option<Self> {
        Some(Self {
            message: message.into(),
            help: help.into(),
        })
    }
}

/// Letters of a word, at most; no language has longer ones.
const LONGEST_WORD: usize = 120;

/// How a term stands in its query.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is the whole query.
    Alone,
    /// It is one of several that are enough: among such, `torture or ill-treatment` is a phrase.
    Branch,
    /// It is joined otherwise.
    Needed,
}

/// What is unusual about a term. `written` is the term in the query with its quotes and parentheses.
pub(super) fn habit(term: &Term, written: &str, standing: Standing) -> Option<Habit> {
    let text = Written {
        text: &term.text,
        exact: term.exact,
    };
    let quoted = written.contains(is_quote);
    letters::entity(text)
        .or_else(|| letters::misread(text))
        .or_else(|| letters::two_scripts(text))
        .or_else(|| too_long(term))
        .or_else(|| endings::either(text))
        .or_else(|| inside::either(text))
        .or_else(|| inside::both(text))
        .or_else(|| inside::ellipsis(text, quoted))
        .or_else(|| inside::backslash(text))
        .or_else(|| quoted.then(|| inside::signs(text)).flatten())
        .or_else(|| {
            quoted
                .then(|| operators::operators(text, standing))
                .flatten()
        })
}

/// A wildcard or a word that is longer than any word.
fn too_long(term: &Term) -> Option<Habit> {
    let long = term.words.iter().find_map(|word| {
        let folded = match word {
            Word::Plain(folded)
            | Word::Exact { folded, .. }
            | Word::Stem { folded, .. }
            | Word::Abbreviation { folded, .. } => folded,
            Word::Wildcard(pattern) => pattern,
        };
        (folded.chars().count() > LONGEST_WORD).then_some(folded)
    })?;
    let start: String = long.chars().take(20).collect();
    Habit::new(
        format!(
            "no word is as long as `{start}…`, so it never matches: is a blank or an operator missing?"
        ),
        None,
    )
}

/// The text of a term.
#[derive(Clone, Copy)]
struct Written<'t> {
    text: &'t str,
    /// With `=` before its quotes.
    exact: bool,
}

impl Written<'_> {
    /// `text` as a term of the same kind.
    fn term(self, text: &str) -> String {
        let text = text.trim();
        if self.exact {
            format!("=\"{text}\"")
        } else if needs_quotes(text) {
            format!("\"{text}\"")
        } else {
            text.to_owned()
        }
    }

    /// `(a OR b)`; none for fewer than two different ones.
    fn joined(self, parts: &[String], operator: &str) -> Option<String> {
        let mut terms: Vec<String> = Vec::new();
        for part in parts {
            let term = self.term(part);
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        (terms.len() > 1).then(|| format!("({})", terms.join(operator)))
    }
}

fn count_letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Consists of letters, with marks and apostrophes among them.
fn is_word(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| {
            c.is_alphabetic()
                || matches!(c, '\'' | '’' | '~')
                || unicode_normalization::char::is_combining_mark(c)
        })
}

fn is_capitals(text: &str) -> bool {
    text.chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase)
}

/// Whole words that two meanings are made of; abbreviations such as those of `AC/DC` and `km/h` are shorter.
fn is_whole_word(text: &str) -> bool {
    const LEAST: usize = 4;
    const LEAST_OF_HAN: usize = 2;
    let least = if text.chars().all(crate::core::text::normalization::is_han) {
        LEAST_OF_HAN
    } else {
        LEAST
    };
    is_word(text) && count_letters(text) >= least
}
