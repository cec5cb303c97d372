//! How a word that was found stands in the document: exact words and abbreviations ask for it.

use super::document_index::DocumentIndex;
use crate::core::document::Document;
use crate::core::text::abbreviations::{is_dot, without_dots};
use crate::core::text::normalization::verbatim_form;

/// Whether the word at a position is written so.
pub(super) fn is_written(
    document: &Document,
    index: &DocumentIndex,
    at: u32,
    written: &str,
) -> bool {
    let word = index.text_at(document, at);
    word == written
        || (!word.is_ascii() && verbatim_form(word) == written)
        || (word.contains(is_dot) && verbatim_form(&without_dots(word)) == written)
}

/// Whether the word at a position is written with dots or, unless it must be, in capitals; an `s` may follow these.
pub(super) fn is_abbreviation(
    document: &Document,
    index: &DocumentIndex,
    at: u32,
    dotted: bool,
) -> bool {
    let word = index.text_at(document, at);
    let capitals = word
        .strip_suffix('s')
        .filter(|front| front.chars().nth(1).is_some());
    let is_small = capitals.unwrap_or(word).contains(char::is_lowercase);
    word.contains(is_dot) || !dotted && !is_small
}
