//! What is wrong with a query, where, and what to write instead.

use std::ops::Range;

use serde::Serialize;

/// Whether what is written can be used in spite of a [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It means something, but hardly what was meant.
    Warning,
    /// It cannot be used.
    Error,
}

/// One mistake in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place, in bytes of the query.
    pub span: Range<usize>,
    /// Whether the query can be used all the same.
    pub severity: Severity,
    /// The reason, as a sentence without a full stop.
    pub message: String,
    /// Text to put in place of `span`, when there is a likely one.
    pub help: Option<String>,
}

impl Problem {
    pub(super) fn error(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span,
            severity: Severity::Error,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn warning(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(span, message)
        }
    }

    pub(super) fn help(mut self, replacement: impl Into<String>) -> Self {
        self.help = Some(replacement.into());
        self
    }
}

/// What stands in a suggestion for what only the writer of the query can know.
pub(super) const PLACEHOLDER_TERM: &str = "\"what to find\"";
