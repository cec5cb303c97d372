//! The watches as they are now, put to stored items one by one.

use std::process::ExitCode;

use crate::cli::failure::NEEDS_ATTENTION;
use crate::cli::output;
use crate::config::Config;
use crate::matching::{HitDifference, StoredItemMatcher};
use crate::store::entries::EntryRow;
use crate::store::{Connection, StoreError};

/// The watches as they are now, put to items one by one.
pub(super) struct Matcher<'a> {
    pub(super) config: &'a Config,
    inner: StoredItemMatcher<'a>,
    /// Items that could not be matched.
    unmatched: u64,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(config: &'a Config) -> Self {
        Self {
            config,
            inner: StoredItemMatcher::new(config),
            unmatched: 0,
        }
    }

    /// Says of an item that cannot be matched why, and gives nothing.
    pub(super) fn compare(
        &mut self,
        connection: &Connection,
        entry: &EntryRow,
    ) -> Result<Option<HitDifference>, StoreError> {
        match self.inner.compare(connection, entry) {
            Ok(compared) => Ok(Some(compared)),
            Err(StoreError::Value(reason)) => {
                self.unmatched += 1;
                tell!("item {}: {}", entry.id, output::plain(&reason));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    pub(super) fn exit_code(&self) -> ExitCode {
        if self.unmatched == 0 {
            return ExitCode::SUCCESS;
        }
        tell!(
            "{} could not be matched, as said above; nothing is known of whether the watches match there",
            output::count(self.unmatched, "item")
        );
        ExitCode::from(NEEDS_ATTENTION)
    }
}
