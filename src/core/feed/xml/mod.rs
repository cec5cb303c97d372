//! The tolerant reader of XML, for feeds that feed-rs does not read as they are meant.
//!
//! ```text
//! text -> tokenizer (tokens) -> reader (open elements) -> builder (items) -> RawFeed
//! ```
//!
//! It knows elements, not formats: what an element means is asked of `vocabularies`, what its text is of `atom` and
//! `rss`. `tokenizer` and `attributes` serve news sitemaps as well.

pub(super) mod attributes;
mod builder;
pub(super) mod delimiters;
mod element;
pub(super) mod names;
mod namespaces;
pub(super) mod reader;
mod scope;
pub(super) mod tokenizer;
