//! The words of a schedule, and what is wrong with them.

use std::ops::Range;

/// What is wrong with a schedule, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct CalendarError {
    /// The mistake, as a byte range of the text given.
    pub span: Range<usize>,
    /// One sentence without a full stop.
    pub reason: String,
    /// What to write instead of the text at `span`, when there is a good guess.
    pub suggestion: Option<String>,
}

pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) span: Range<usize>,
}

/// Words end at white space and commas.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let separator = c.is_whitespace() || c == ',';
        match (start, separator) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                found.push(Word {
                    text: &text[from..at],
                    span: from..at,
                });
                start = None;
            }
            _ => {}
        }
    }
    found
}

pub(super) fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// A mistake is quoted, but not a novel.
pub(super) fn brief(text: &str) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(20).collect();
    if chars.next().is_some() {
        head + "…"
    } else {
        head
    }
}
