//! The article behind an item: bytes of a page to its text, and how much of it could be read.
//!
//! ```text
//! page bytes, address, headers -> Article { verdict, why, title, byline, date, language, text }
//!
//! body -> kind -> decode -> bounds -> tree -> metadata, walls -> prune -> extract -> joined
//! ```
//!
//! Pure: what is fetched, when and how politely is decided by [`Policy`] and the rest of this room, and done by
//! the daemon. A page that cannot be had is a reason, never an error.

mod address;
mod amount;
mod article_body;
mod blocks;
mod comments;
mod content_type;
mod cookie;
mod extract;
mod interstitials;
mod json_ld;
mod limits;
mod metadata;
mod outcome;
mod page;
mod policy;
pub mod politeness;
mod prune;
pub mod queue;
mod reading;
pub mod robots;
mod selector;
pub mod step;
mod survey;
mod tree;
mod verdict;
mod waiting;

pub use address::page_address;
pub use cookie::{NoCookie, cookie_value};
pub use limits::{BODY_BYTES as BODY_AT_MOST, STACK};
pub use outcome::{FetchedPage, PageOutcome};
pub(in crate::core) use page::links_of;
pub use page::{Article, Page, Wishes, read, with_article};
pub use policy::{FEED_TEXT_ENOUGH, Item, Policy};
pub use reading::{PageRead, Reading, UNREADABLE_FROM};
pub use selector::{SELECTOR_AT_MOST, selector_mistake};
pub use verdict::Verdict;

#[cfg(test)]
mod tests;
