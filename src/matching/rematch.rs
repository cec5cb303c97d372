//! Watches as they are now, put to stored items one by one.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Scratch, hits, hits_in_stored};
use crate::config::Config;
use crate::store::entries::{self, EntryRow};
use crate::store::hits::{HitMark, of_entry};
use crate::store::polls::NewHit;
use crate::store::{Connection, StoreError};

/// The hits that an item has beside those that it would get.
#[derive(Debug, Default)]
pub struct HitDifference {
    /// The watch of each hit that it keeps.
    pub kept: Vec<String>,
    /// The watch of each hit that it would not get.
    pub lost: Vec<String>,
    /// Of watches that have no hit on it, whatever its revision.
    pub gained: Vec<NewHit>,
}

/// The watches of a configuration, put to stored items.
pub struct StoredItemMatcher<'a> {
    /// With these watches.
    pub config: &'a Config,
    /// The hits of this watch are looked at alone; those of all without it.
    pub only: Option<&'a str>,
    scratch: Scratch,
}

impl<'a> StoredItemMatcher<'a> {
    /// With all watches of a configuration.
    pub fn new(config: &'a Config) -> Self {
        Self {
            config,
            only: None,
            scratch: Scratch::default(),
        }
    }

    /// Compares one item. A hit counts as kept when the watch still matches the item as it stands, or as it stood
    /// when it was found.
    ///
    /// # Errors
    /// [`StoreError::Value`] of an item that could not be matched.
    pub fn compare(
        &mut self,
        connection: &Connection,
        entry: &EntryRow,
    ) -> Result<HitDifference, StoreError> {
        let mut compared = HitDifference {
            gained: hits_in_stored(self.config, entry, &mut self.scratch)?,
            ..HitDifference::default()
        };
        let now: BTreeSet<String> = (compared.gained.iter())
            .map(|hit| hit.watch_id.clone())
            .collect();
        for hit in of_entry(connection, entry.id)? {
            if self.only.is_some_and(|only| only != hit.watch_id) {
                continue;
            }
            let kept = now.contains(&hit.watch_id) || self.matched_then(connection, entry, &hit)?;
            (compared.gained).retain(|gained| gained.watch_id != hit.watch_id);
            if kept {
                compared.kept.push(hit.watch_id);
            } else {
                compared.lost.push(hit.watch_id);
            }
        }
        Ok(compared)
    }

    /// Whether a watch matches the words that it saw when it found the item, where these are others now.
    fn matched_then(
        &mut self,
        connection: &Connection,
        entry: &EntryRow,
        hit: &HitMark,
    ) -> Result<bool, StoreError> {
        let others = entry.feed_text.is_some() && !hit.in_article;
        if hit.revision == entry.revision && !others {
            return Ok(false);
        }
        let then = entries::at_revision(connection, entry, hit.revision)?;
        let document = if hit.in_article {
            Cow::Borrowed(&then.document)
        } else {
            then.without_article()
        };
        let feed = document.feed.as_deref().unwrap_or_default();
        let found = hits(self.config, feed, &document, &mut self.scratch)?;
        Ok(found.iter().any(|found| found.watch_id == hit.watch_id))
    }
}
