//! The article behind an item: bytes of a page to its text, and how much of it could be read.
//!
//! ```text
//! page bytes, address, headers -> Article { verdict, why, title, byline, date, language, text }
//! ```
//!
//! Pure: what is fetched, when and how politely is decided by [`Policy`] and the rest of this room, and done by
//! the daemon. A page that cannot be had is a reason, never an error.

mod address;
mod policy;
mod reading;
mod selector;
mod verdict;

pub use address::page_address;
pub use policy::{FEED_TEXT_ENOUGH, Item, Policy};
pub use reading::{PageRead, Reading, UNREADABLE_FROM};
pub use selector::{SELECTOR_AT_MOST, selector_mistake};
pub use verdict::Verdict;
