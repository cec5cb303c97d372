//! Terms at their places in the text of a document, as they are shown.

use std::sync::Arc;

use crate::core::document::Field;

/// Spans that a match shows, at most: the first of them. Nobody reads more, and a megabyte of one word
/// must not become forty.
pub const MAX_SPANS: usize = 1_000;

/// A term in a field of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The field.
    pub field: Field,
    /// First byte in the field as given.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The term as the researcher wrote it, without quotes around it; of a list, its word.
    pub term: Arc<str>,
    /// The list in which that word stands.
    pub list: Option<Arc<str>>,
}
