//! Text as readers see it, and as watches compare it.
//!
//! ```text
//! bytes -> decode -> text
//! HTML -> html (html_tokenizer, entities, html_text; double_escaping where it was escaped too often) -> text
//! text -> tokenizer (normalization, abbreviations) -> folded words, each with its place: what is compared
//! text -> sanitize -> text from strangers, fit to be printed; line: the same as one line
//! text -> sentence: where sentences begin and end; length: how much it says, whatever its script
//! what a person types to search -> search -> folded words, and where a text has them
//! ```
//!
//! Start with [`html::to_text`], [`tokenizer::split`] and [`tokenizer::fold_text`], [`normalization::fold`],
//! [`sanitize::visible_text`], [`line::clean_line`] and [`search::Search::read`].
//!
//! It must not know where a text comes from, nor what its words are for: no feed, watch, story or language. Reading
//! HTML and splitting words is linear in a text that a stranger wrote. What is folded is stored, too: after a change of
//! [`normalization`] or [`tokenizer`] the search index of the store is old.

pub mod abbreviations;
pub(crate) mod decode;
pub(in crate::core) mod double_escaping;
pub mod entities;
pub mod html;
pub(in crate::core) mod html_text;
pub(in crate::core) mod html_tokenizer;
pub(in crate::core) mod length;
pub mod line;
pub mod normalization;
pub mod sanitize;
pub mod search;
pub(in crate::core) mod sentence;
pub mod tokenizer;
