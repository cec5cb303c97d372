//! Hits for other programs: CSV, JSON lines and an Atom feed.
//!
//! ```text
//! HitRow, its places, how its page was read -> HitWriter: HitTable, JsonLines, AtomWriter -> bytes
//! ```
//!
//! Which hits these are, the caller has asked the store.

mod atom;
mod json_lines;
mod spreadsheet;

use std::borrow::Cow;
use std::io;

pub use atom::{AtomFeedMetadata, AtomWriter};
pub use json_lines::JsonLines;
pub use spreadsheet::HitTable;

use crate::core::article::PageRead;
use crate::core::digest;
use crate::core::feed::links::target;
use crate::store::hits::HitRow;

/// What hits are written as, one after the other.
pub trait HitWriter {
    /// Adds a hit, with the ids of the places that its item is about, and how the page behind it was read, if
    /// there is one.
    ///
    /// # Errors
    /// What the place says where it is written.
    fn hit(&mut self, hit: &HitRow, places: &[&str], page: Option<&PageRead>) -> io::Result<()>;

    /// Writes what is still held back.
    ///
    /// # Errors
    /// What the place says where it is written.
    fn flush(&mut self) -> io::Result<()>;

    /// Writes what stands behind the last hit.
    ///
    /// # Errors
    /// What the place says where it is written.
    fn end(&mut self) -> io::Result<()> {
        self.flush()
    }
}

/// The headline; of an item without one, the first words of its text.
pub fn headline(hit: &HitRow) -> String {
    digest::headline(&hit.title, &hit.summary, &hit.text)
}

/// The address behind redirects; empty without one.
pub fn link(hit: &HitRow) -> Cow<'_, str> {
    target(hit.link.as_deref().unwrap_or_default())
}

/// As its feed is called.
pub fn outlet(hit: &HitRow) -> &str {
    hit.feed_title.as_deref().unwrap_or(&hit.feed_id)
}
