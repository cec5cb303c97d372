//! Puts what was stored into its stories, before mails are made of it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::ServiceContext;
use crate::store::StoreError;
use crate::store::stories::{ClusteringCache, PlacedCounts, place_waiting};

/// How long mails wait for it. What is not placed by then is told item by item.
const PATIENCE: Duration = Duration::from_mins(1);

/// The open stories, and what was said last of what keeps items from being placed.
#[derive(Debug, Default)]
pub struct StoryClusterer {
    keeper: Mutex<ClusteringCache>,
    said: Mutex<Option<String>>,
}

/// Places what waits, in transactions between which others have their turn. What goes wrong is in the log, once, and
/// in what is given: mails are made all the same.
pub async fn cluster_new_items(service: &ServiceContext) -> Result<PlacedCounts, StoreError> {
    let began = Instant::now();
    let mut counts = PlacedCounts::default();
    let placed = loop {
        match place_some(service).await {
            Ok(more) => {
                counts += more;
                if !more.more || began.elapsed() >= PATIENCE {
                    break Ok(counts);
                }
            }
            Err(error) => break Err(error),
        }
    };
    service.stories.tell(&placed);
    placed
}

async fn place_some(service: &ServiceContext) -> Result<PlacedCounts, StoreError> {
    let (config, stories, now) = (
        Arc::clone(&service.config),
        Arc::clone(&service.stories),
        (service.clock)(),
    );
    service
        .store
        .call(move |connection| {
            // Whoever panicked has put back nothing that is half done.
            let mut keeper = stories
                .keeper
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let outlet = |feed_id: &str| match config.feed(feed_id) {
                Some(feed) => feed.outlet.clone(),
                None => feed_id.to_owned(),
            };
            place_waiting(connection, &mut keeper, &outlet, now)
        })
        .await
}

impl StoryClusterer {
    fn tell(&self, placed: &Result<PlacedCounts, StoreError>) {
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
