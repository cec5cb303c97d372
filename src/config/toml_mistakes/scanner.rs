//! How far a file is read, and what was found in it.

use std::ops::Range;

use super::punctuation::{described, is_odd_blank, is_unseen};

/// One mistake of writing.
#[derive(Clone, Debug)]
pub(super) struct Mistake {
    pub(super) span: Range<usize>,
    /// A sentence without a full stop.
    pub(super) message: String,
    /// What to write in place of `span`, or what to do.
    pub(super) help: Option<String>,
    /// Up to here the parser's messages are of the same.
    pub(super) until: usize,
    /// Behind it the parser reads something else than what was meant.
    pub(super) derails: bool,
}

/// What a tolerant reading found.
pub(super) struct Scan {
    /// In the order of their places.
    pub(super) mistakes: Vec<Mistake>,
    /// Keys, each with the number of its table.
    pub(super) keys: Vec<Key>,
    /// Headers of tables; the first stands for what comes before them.
    pub(super) tables: Vec<Header>,
}

pub(super) struct Key {
    pub(super) table: usize,
    pub(super) name: String,
    pub(super) span: Range<usize>,
}

pub(super) struct Header {
    pub(super) name: String,
    pub(super) is_list: bool,
    pub(super) span: Range<usize>,
}

/// What a value stands in, and so what ends it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    Line,
    List,
    Table,
}

impl Frame {
    pub(super) fn ends_with(self, c: char) -> bool {
        match self {
            Self::Line => false,
            Self::List => matches!(c, ',' | ']'),
            Self::Table => matches!(c, ',' | '}'),
        }
    }
}

pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// Blanks of this line that are none of TOML's.
    odd: Vec<usize>,
    pub(super) found: Scan,
}

impl<'t> Scanner<'t> {
    /// At the beginning of `text`.
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            odd: Vec::new(),
            found: Scan {
                mistakes: Vec::new(),
                keys: Vec::new(),
                tables: vec![Header {
                    name: String::new(),
                    is_list: false,
                    span: 0..0,
                }],
            },
        }
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn line_end(&self, from: usize) -> usize {
        let end = self.text[from..]
            .find('\n')
            .map_or(self.text.len(), |at| from + at);
        end - usize::from(self.text[from..end].ends_with('\r'))
    }

    /// The 1-based number of the line of a byte.
    pub(super) fn line_number(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    pub(super) fn tell(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found.mistakes.push(Mistake {
            until: span.end,
            span,
            message: message.into(),
            help: Some(help.into()),
            derails: false,
        });
    }

    /// Tells what makes the parser misread all that follows.
    pub(super) fn report_structural_mistakes(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.tell(span, message, help);
        if let Some(last) = self.found.mistakes.last_mut() {
            last.derails = true;
        }
    }

    /// Passes over blanks, and notes those that are none.
    pub(super) fn blanks(&mut self) {
        while let Some(c) = self.peek() {
            if is_odd_blank(c) {
                self.odd.push(self.at);
            } else if !matches!(c, ' ' | '\t') {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    /// Blanks that are none of TOML's, with the line as it should be.
    pub(super) fn tell_odd_blanks(&mut self, line: usize) {
        let odd = std::mem::take(&mut self.odd);
        let Some(&first) = odd.first() else {
            return;
        };
        let told = self.found.mistakes.last();
        if told.is_some_and(|mistake| mistake.span.start >= line) {
            return;
        }
        let Some(c) = self.text[first..].chars().next() else {
            return;
        };
        let start = self.text[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = self.line_end(first);
        let mut clean = String::new();
        for (at, c) in self.text[start..end].char_indices() {
            if !odd.contains(&(start + at)) {
                clean.push(c);
            } else if !is_unseen(c) {
                clean.push(' ');
            }
        }
        self.tell(start..end, described(c), clean.trim());
    }
}
