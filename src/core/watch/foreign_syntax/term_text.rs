//! The text of a term, and what its words consist of.

use unicode_normalization::char::is_combining_mark;

use crate::core::text::normalization::is_han;
use crate::core::watch::quotes::needs_quotes;

/// The text of a term.
#[derive(Clone, Copy)]
pub(super) struct TermText<'t> {
    pub(super) text: &'t str,
    /// With `=` before its quotes.
    pub(super) exact: bool,
}

impl TermText<'_> {
    /// `text` as a term of the same kind.
    pub(super) fn term(self, text: &str) -> String {
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
    pub(super) fn joined(self, parts: &[String], operator: &str) -> Option<String> {
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

pub(super) fn count_letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Consists of letters, with marks and apostrophes among them.
pub(super) fn is_word(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '~') || is_combining_mark(c))
}

pub(super) fn is_capitals(text: &str) -> bool {
    text.chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase)
}

/// Whole words that two meanings are made of; abbreviations such as those of `AC/DC` and `km/h` are shorter.
pub(super) fn is_whole_word(text: &str) -> bool {
    const LEAST: usize = 4;
    const LEAST_OF_HAN: usize = 2;
    let least = if text.chars().all(is_han) {
        LEAST_OF_HAN
    } else {
        LEAST
    };
    is_word(text) && count_letters(text) >= least
}
