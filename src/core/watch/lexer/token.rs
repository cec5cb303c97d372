//! The tokens of a query.

use std::ops::Range;

use crate::core::watch::field::TextField;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::core::watch) struct Token {
    pub(in crate::core::watch) kind: TokenKind,
    pub(in crate::core::watch) span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::core::watch) enum TokenKind {
    /// A bare word; its text is the span.
    Word,
    /// Quoted; the text inside. `exact` when `=` stands before it.
    Quoted {
        text: Range<usize>,
        exact: bool,
    },
    Open,
    Close,
    Comma,
    And,
    Or,
    Not,
    /// `@` with the name of a word list, or alone.
    List,
    Near(u32),
    Pre(u32),
    AtLeast(u32),
    Min(u32),
    Field(TextField),
    Site,
    End,
}
