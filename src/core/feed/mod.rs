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
pub mod address_input;
mod assemble;
mod atom;
mod context;
pub mod dates;
pub(crate) mod decode;
mod deduplication;
pub mod discover;
mod document;
mod entry;
mod expansion_limit;
mod feed_rs_reader;
mod fields;
mod identifiers;
mod identity;
mod json_feed;
mod json_value;
mod link_header;
pub mod link_page;
pub mod links;
mod loss;
mod newest;
pub mod opml;
mod parse;
mod prescan;
mod raw;
mod rdf;
mod redirects;
mod relative_links;
mod rss;
mod similarity;
pub mod sitemap;
mod titles;
mod update_frequency;
mod vocabularies;
mod xml;

pub use context::{Limits, MEMORY_FACTOR, ParseContext, ParseError};
pub use deduplication::distinct;
pub use document::to_document;
pub use entry::{DateDoubt, Entry, Feed, Markup, PublishingHints};
pub use identifiers::{Likeness, Names, Place, base_of, is_address, likeness, place_of};
pub use identity::{
    content_hash, document_hash, entry_key, is_same_content, key_behind_redirects, key_by_words,
    without_further,
};
pub use loss::Loss;
pub use parse::parse;
pub use similarity::{Addresses, Dates, Kinship, Said};

/// Counts the ways in which feeds have been read: more with each version that may find something else in the
/// same bytes, so that what an earlier one took of a body is not held for all there is.
pub const READING: u32 = 2;
