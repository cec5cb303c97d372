//! The article behind an item: bytes of a page to its text, and how much of it could be read.
//!
//! ```text
//! page bytes, address, headers -> Article { verdict, why, title, byline, date, language, text }
//!
//! body -> web_page::parse -> metadata, web_page::access_walls -> prune -> extract -> article_body
//! ```
//!
//! - [`Policy`] says whether the page of an item is asked for, [`page_address`] and [`next_step::request_address`] where.
//! - [`queue::PageQueue`] holds the pages that wait: its `next` is a [`QueueAction`](queue::QueueAction), a page or the
//!   [robots.txt](super::robots) before it, and what came of it goes back in and gives a
//!   [`PageStep`](next_step::PageStep): read, ask again, follow, or give up.
//! - [`read`] makes an [`Article`] of a page, and [`with_article`] the document that is matched once more.
//! - [`PageVerdictCounts`] counts how the pages of a feed were read.
//!
//! Pure: the daemon fetches, and the store keeps. A page that cannot be had is a reason, never an error. This room
//! knows no query and no recipient.

mod address;
mod article_body;
mod blocks;
mod comments;
mod cookie;
mod dom_scan;
mod extract;
mod json_ld;
mod metadata;
pub mod next_step;
mod outcome;
mod page;
mod policy;
pub mod politeness;
mod prune;
pub mod queue;
mod queued_page;
mod verdict;
mod verdict_counts;

pub use address::page_address;
pub use cookie::{InvalidCookie, cookie_value};
pub use outcome::{FetchedPage, PageOutcome};
pub use page::{Article, ExtractionOptions, Page, read, with_article};
pub use policy::{FEED_TEXT_ENOUGH, Item, Policy};
pub use verdict::PageVerdict;
pub use verdict_counts::{PageRead, PageVerdictCounts, UNREADABLE_FROM};

#[cfg(test)]
mod tests;
