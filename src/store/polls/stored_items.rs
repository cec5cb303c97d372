//! Stored items, as they are compared with those of a body.

use jiff::Timestamp;
use rusqlite::Row;

use crate::core::feed::LocationHash;
use crate::store::sql_values::time;

/// Entries that an item is compared with, of those that share its identifier and of those at its place: the
/// newest. Where more share them, the item is one of these or a new one.
pub(super) const COMPARED_ENTRIES_MAX: u32 = 8;

/// A stored entry, as far as it takes to know it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: i64,
    pub(super) key: String,
    pub(super) revision: i64,
    pub(super) content_hash: String,
    pub(super) last_seen: Timestamp,
    pub(super) place: Option<LocationHash>,
    pub(super) published: Option<i64>,
    /// When it was seen to say what it says now.
    pub(super) said_since: i64,
}

pub(super) const COLUMNS: &str =
    "SELECT id, key, revision, content_hash, last_seen_at, place, published_at,
                              coalesce(revised_at, first_seen_at) FROM entry";

/// An entry whose columns begin at that one.
pub(super) fn read(row: &Row<'_>, first: usize) -> Result<Known, rusqlite::Error> {
    Ok(Known {
        id: row.get(first)?,
        key: row.get(first + 1)?,
        revision: row.get(first + 2)?,
        content_hash: row.get(first + 3)?,
        last_seen: time(row.get(first + 4)?),
        place: row.get(first + 5)?,
        published: row.get(first + 6)?,
        said_since: row.get(first + 7)?,
    })
}
