//! The open stories, kept from one placing to the next.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::store::StoreError;
use crate::store::stories::{ClusteringCache, PlacedCounts};

/// The open stories, and what was said last of what keeps items from being placed.
#[derive(Debug, Default)]
pub struct StoryClusterer {
    keeper: Mutex<ClusteringCache>,
    said: Mutex<Option<String>>,
}

impl StoryClusterer {
    /// The open stories. Whoever panicked has put back nothing that is half done.
    pub(super) fn keeper(&self) -> MutexGuard<'_, ClusteringCache> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes into the log what keeps items from being placed, once, and that it is over.
    pub(super) fn tell(&self, placed: &Result<PlacedCounts, StoreError>) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        match placed {
            Ok(counts) => {
                if said.take().is_some() {
                    tracing::info!("items are put into stories again");
                }
                if counts.left_out > 0 {
                    tracing::warn!(
                        "too many items waited to be put into stories; the {} oldest are told one by one",
                        counts.left_out
                    );
                }
                if counts.unreadable > 0 {
                    tracing::warn!(
                        "{} items of open stories cannot be compared with any more; what reports their events next \
                         begins stories of its own",
                        counts.unreadable
                    );
                }
            }
            // Trouble of the database is in the log already.
            Err(error) if error.affects_all_calls() => {}
            Err(error) => {
                let why = error.to_string();
                if said.as_ref() != Some(&why) {
                    tracing::error!(
                        "items cannot be put into stories, and are told one by one until they can: {why}"
                    );
                    *said = Some(why);
                }
            }
        }
    }
}
