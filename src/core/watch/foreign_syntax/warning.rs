//! Why a term may be meant otherwise than it is read here, and what to write instead.

/// What is told of a term, and what to write instead.
#[derive(Debug)]
pub(in crate::core::watch) struct ForeignSyntaxWarning {
    /// A sentence without a full stop.
    pub(in crate::core::watch) message: String,
    /// A term or a group in place of it.
    pub(in crate::core::watch) help: Option<String>,
}

impl ForeignSyntaxWarning {
    #[expect(clippy::unnecessary_wraps, reason = "what all the questions give")]
    pub(super) fn new(message: impl Into<String>, help: impl Into<Option<String>>) -> Option<Self> {
        Some(Self {
            message: message.into(),
            help: help.into(),
        })
    }
}

/// How a term stands in its query.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::core::watch) enum TermContext {
    /// It is the whole query.
    Alone,
    /// It is one of several that are enough: among such, `torture or ill-treatment` is a phrase.
    Branch,
    /// It is joined otherwise.
    Needed,
}
