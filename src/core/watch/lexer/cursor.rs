//! How far a query is read, and where its words end.

use std::ops::Range;

use super::token::{Token, TokenKind};
use crate::core::watch::problem::Problem;
use crate::core::watch::quotes::{ends_word, is_gershayim, is_unseen};

pub(super) struct Lexer<'q> {
    pub(super) query: &'q str,
    pub(super) at: usize,
    pub(super) tokens: Vec<Token>,
    /// Brackets that were not closed yet.
    pub(super) brackets: Vec<usize>,
    pub(super) problems: &'q mut Vec<Problem>,
}

impl Lexer<'_> {
    /// Reports a mistake there, and what to write instead.
    pub(super) fn report(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(Problem::error(span, message).help(help));
    }

    pub(super) fn push(&mut self, kind: TokenKind, span: Range<usize>) {
        self.at = span.end;
        self.tokens.push(Token { kind, span });
    }

    pub(super) fn single(&mut self, kind: TokenKind, end: usize) {
        self.push(kind, self.at..end);
    }
}

pub(super) fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// Bytes to the end of the word that `rest` begins with.
pub(super) fn word_length(rest: &str) -> usize {
    let mut ends = rest.match_indices(ends_word).map(|(at, _)| at);
    ends.find(|&at| !is_gershayim(rest, at))
        .unwrap_or(rest.len())
}

pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_unseen(c)
}
