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

mod amount;
mod blocks;
mod bounds;
mod extract;
mod joined;
mod json_ld;
mod kind;
mod metadata;
mod page;
mod policy;
mod prune;
mod selector;
mod survey;
mod tree;
mod verdict;
mod walls;

pub(in crate::core) use page::links_of;
pub use page::{Article, Page, Wishes, read, with_article};
pub use policy::{FEED_TEXT_ENOUGH, Item, Policy};
pub use selector::{SELECTOR_AT_MOST, selector_mistake};
pub use verdict::Verdict;

#[cfg(test)]
mod tests;
