//! Puts what was stored into its stories, before mails are made of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::ServiceContext;
use crate::store::StoreError;
use crate::store::stories::{PlacedCounts, place_waiting};

/// How long mails wait for it. What is not placed by then is told item by item.
const PATIENCE: Duration = Duration::from_mins(1);

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
            let mut keeper = stories.keeper();
            let outlet = |feed_id: &str| match config.feed(feed_id) {
                Some(feed) => feed.outlet.clone(),
                None => feed_id.to_owned(),
            };
            place_waiting(connection, &mut keeper, &outlet, now)
        })
        .await
}
