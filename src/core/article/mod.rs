//! The article behind an item: bytes of a page to its text, and how much of it could be read.
//!
//! ```text
//! page bytes, address, headers -> Article { verdict, why, title, byline, date, language, text }
//!
//! body -> content_type -> decode -> limits -> tree -> metadata, access_walls -> prune -> extract -> article_body
//! ```
//!
//! - [`Policy`] says whether the page of an item is asked for, [`page_address`] and [`next_step::request_address`] where.
//! - [`queue::PageQueue`] holds the pages that wait: its `next` is a [`QueueAction`](queue::QueueAction), robots.txt
//!   ([`robots`]) or a page, and what came of it goes back in and gives a [`PageStep`](next_step::PageStep): read, ask
//!   again, follow, or give up.
//! - [`read`] makes an [`Article`] of a page, and [`with_article`] the document that is matched once more.
//! - [`PageVerdictCounts`] counts how the pages of a feed were read.
//!
//! Pure: the daemon fetches, and the store keeps. A page that cannot be had is a reason, never an error. This room
//! knows no query and no recipient.

mod access_walls;
mod address;
mod article_body;
mod blocks;
mod comments;
mod content_type;
mod cookie;
mod dom_scan;
mod extract;
mod json_ld;
mod limits;
mod metadata;
pub mod next_step;
mod outcome;
mod page;
mod policy;
pub mod politeness;
mod prune;
pub mod queue;
mod queued_page;
pub mod robots;
mod selector;
mod text_length;
mod tree;
mod verdict;
mod verdict_counts;

pub use address::page_address;
pub use cookie::{InvalidCookie, cookie_value};
pub use limits::{BODY_BYTES as BODY_AT_MOST, STACK};
pub use outcome::{FetchedPage, PageOutcome};
pub(in crate::core) use page::links_of;
pub use page::{Article, ExtractionOptions, Page, read, with_article};
pub use policy::{FEED_TEXT_ENOUGH, Item, Policy};
pub use selector::{SELECTOR_AT_MOST, selector_mistake};
pub use verdict::PageVerdict;
pub use verdict_counts::{PageRead, PageVerdictCounts, UNREADABLE_FROM};

#[cfg(test)]
mod tests;
