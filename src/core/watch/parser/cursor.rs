//! The tokens of a query, and how far they are read.

use std::ops::Range;

use crate::core::watch::lexer::{Token, TokenKind};
use crate::core::watch::lists::WordLists;
use crate::core::watch::problem::Problem;

/// How two neighbours in a chain are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ChainOperator {
    And,
    Or,
    /// An operator was missing or mistyped, and that was told.
    Unclear,
}

pub(super) struct Parser<'q> {
    pub(super) query: &'q str,
    /// None where any name of a list will do.
    pub(super) lists: Option<&'q WordLists>,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    pub(super) depth: usize,
    pub(super) terms: usize,
    pub(super) unclosed: Vec<usize>,
    /// A word whose sign was told already, by its token.
    pub(super) told: Option<usize>,
    /// What a query would be told by itself.
    pub(super) told_of: fn(&str) -> Vec<Problem>,
    /// Whether a query has no mistake.
    pub(super) is_sound: fn(&str) -> bool,
    pub(super) problems: Vec<Problem>,
}

impl Parser<'_> {
    /// Reports a mistake there, and what to write instead.
    pub(super) fn report(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(Problem::error(span, message).help(help));
    }

    pub(super) fn peek(&self) -> &Token {
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    pub(super) fn peek_second(&self) -> &TokenKind {
        &self.tokens[(self.at + 1).min(self.tokens.len() - 1)].kind
    }

    pub(super) fn take(&mut self) -> Token {
        let token = self.peek().clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    pub(super) fn text(&self, span: &Range<usize>) -> &str {
        &self.query[span.clone()]
    }
}
