//! Feed bytes to entries: RSS, Atom, JSON Feed, news sitemaps, and pages whose links are items.
//!
//! ```text
//! bytes -> decode -> prescan -> feed_rs_reader or xml -> raw -> assemble -> Feed
//!                |         \-> sitemap ------------------^
//!                 \-> json_feed -------------------------^
//! bytes -> link_page -> Feed
//! ```
//!
//! [`parse()`] goes this way. Of XML, the tolerant reader of `xml` is asked only when feed-rs is known to misread the
//! document, failed, or came back with fewer items than `prescan` counts. Readers give `raw` records: text as it
//! stands, addresses and dates not yet resolved; `assemble` makes [`Feed`] and [`Entry`] of them, whatever the
//! format. [`Feed::warnings`] says how a feed had to be rescued, [`Feed::loss`] what is missing of it.
//!
//! # What it gives
//!
//! - [`parse()`], [`link_page`] for pages without a feed, [`sitemap::join`] for the parts of an index of sitemaps;
//! - [`to_document`]: an entry as the text that is matched;
//! - [`entry_key`], [`content_hash`], [`IdentityParts`] and [`deduplicate`]: which items are the same, and which were
//!   revised;
//! - [`discover`]: the feeds that a page names; [`opml`]: lists of feeds; [`address_input`]: an address as people
//!   write it;
//! - [`dates`] and [`links`]: what articles and exports read as feeds do.
//!
//! # What it must not know
//!
//! Where bytes come from, when a feed is polled, what is stored of it, and what watches look for. The time is a
//! parameter ([`ParseContext::now`]), and so are the bounds ([`Limits`]).
//!
//! # Where to add a feed's quirk
//!
//! | what the feed does | where |
//! |---|---|
//! | has another encoding than it says | `decode` of [`text`](super::text) |
//! | is no well-formed XML | `xml::tokenizer` (tags, references), `xml::reader` (elements) |
//! | is misread by feed-rs, silently | `feed_rs_reader::suitability`, so that `xml` reads it |
//! | has an element or namespace that is not known | `rss`, `atom`, `rdf`; one of any format: `vocabularies` |
//! | has a field of JSON that is not known | `json_feed` |
//! | writes a date in its own way | [`dates`] |
//! | writes titles, links or identifiers in its own way | `titles`, `address` and [`links`], `identity` |
//!
//! Its test is a small feed in `parse/tests/`. An element that `vocabularies` names needs nothing in `suitability`, which
//! asks there. Whatever changes what bytes give counts up `READING` below: else feeds that have not changed are not
//! read again.

mod address;
pub mod address_input;
mod assemble;
mod atom;
mod context;
pub mod dates;
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
pub use deduplication::deduplicate;
pub use document::to_document;
pub use entry::{DateDoubt, Entry, Feed, Markup, PublishingHints};
pub use identifiers::{
    IdentityMatch, IdentityParts, LocationHash, base_of, is_address, likeness, place_of,
};
pub use identity::{
    content_hash, document_hash, entry_key, is_same_content, key_behind_redirects, key_by_text,
    legacy_content_hash,
};
pub use loss::Loss;
pub use parse::parse;
pub use similarity::{Addresses, ComparableItem, Dates, ItemSimilarity};

/// Counts the ways in which feeds have been read: more with each version that may find something else in the
/// same bytes, so that what an earlier one took of a body is not held for all there is.
pub const READING: u32 = 2;
