//! Feed bytes to entries.
//!
//! ```text
//! bytes -> decode -> evidence -> feed-rs -> walker -> assemble -> Feed
//!                              -> sitemap -----------^
//! ```
//!
//! Each step after the first is taken only when the one before failed, or came back with fewer
//! entries than the text shows. [`Feed::warnings`] says how a feed had to be rescued.

mod address;
mod allowance;
mod assemble;
mod attributes;
mod constructs;
mod context;
pub mod dates;
pub(crate) mod decode;
pub mod discover;
mod distinct;
mod document;
mod embedded;
mod entry;
mod evidence;
mod fields;
mod harvest;
mod hints;
mod identity;
mod json;
mod json_value;
mod kinship;
mod library;
mod link_header;
pub mod link_page;
pub mod links;
mod loss;
mod names;
mod newest;
pub mod opml;
mod parse;
mod raw;
mod redirects;
pub mod sitemap;
mod titles;
mod tokens;
pub mod typed_address;
mod walker;

pub use context::{Limits, MEMORY_FACTOR, ParseContext, ParseError};
pub use distinct::distinct;
pub use document::to_document;
pub use entry::{DateDoubt, Entry, Feed, Markup, PublishingHints};
pub use identity::{
    content_hash, document_hash, entry_key, is_same_content, key_behind_redirects, key_by_words,
    without_further,
};
pub use kinship::{Addresses, Dates, Kinship, Said};
pub use loss::Loss;
pub use names::{Likeness, Names, Place, base_of, is_address, likeness, place_of};
pub use parse::parse;

/// Counts the ways in which feeds have been read: more with each version that may find something else in the
/// same bytes, so that what an earlier one took of a body is not held for all there is.
pub const READING: u32 = 2;
