//! An item that was not matched when it was read.

use std::fs;
use std::path::Path;

use super::super::{ProcessMetrics, fetcher, render_options};
use super::*;
use crate::config;
use crate::matching::PollMatches;
use crate::store::Store;

const STORY: &str = "<rss version='2.0'><channel><title>T</title><item><guid>1</guid>\
    <title>Police used lethal force at a protest</title></item></channel></rss>";

/// With one feed, in a file, and one watch, which finds it.
fn service(folder: &Path) -> ServiceContext {
    let feed = folder.join("feed.xml");
    fs::write(&feed, STORY).unwrap();
    fs::create_dir(folder.join("watches")).unwrap();
    for (name, text) in [
        (
            "newsvigil.toml",
            "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n".to_owned(),
        ),
        (
            "feeds.toml",
            format!(
                "[[feed]]\nid = \"one\"\nurl = \"file://{}\"\n",
                feed.display()
            ),
        ),
        (
            "watches/force.toml",
            "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nmatch = '\"lethal force\"'\n\
             recipients = [\"desk\"]\n"
                .to_owned(),
        ),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let (config, _) = config::load(folder).unwrap_or_else(|problems| panic!("{problems:?}"));
    ServiceContext {
        store: Store::start(&folder.join("newsvigil.db")).unwrap(),
        fetcher: fetcher(&config.fetch).unwrap(),
        render_options: Arc::new(render_options(&config, None).unwrap()),
        config: Arc::new(config),
        body_memory: Arc::default(),
        stories: Arc::default(),
        state_folder: folder.to_owned(),
        clock: Arc::new(Timestamp::now),
        metrics: Arc::new(ProcessMetrics::new(Timestamp::UNIX_EPOCH)),
    }
}

#[tokio::test]
async fn an_item_that_was_not_matched_is_matched_beside_the_database_and_then_stored() {
    let folder = tempfile::tempdir().unwrap();
    let service = service(folder.path());
    let readers = BodyReaderSlots::new(1);
    let feed = service.config.feeds[0].clone();
    let mut intake = take_in(&service, &readers, feed, FeedState::default()).await;
    assert!(intake.matched.is_by(&service.config));
    // It was known when it was read, and then its time was over.
    intake.matched = PollMatches::by(&service.config);
    let mut stored = store(&service, vec![intake]).await.unwrap();
    let (intake, outcome) = stored.pop().unwrap();
    assert!(matches!(outcome, StoreResult::NeedsRematch));
    let entries = intake.content.as_ref().map(|content| content.entries.len());
    assert_eq!(entries, Some(1), "nothing is lost");

    let intake = match_again(&service, &readers, intake).await;
    let mut stored = store(&service, vec![intake]).await.unwrap();
    let (intake, outcome) = stored.pop().unwrap();
    let StoreResult::Stored(counts) = outcome else {
        panic!("it is stored");
    };
    assert_eq!((counts.entries_new, counts.hits), (1, 1));
    // After a reload what was matched by the old watches is matched again.
    let reloaded = Arc::new(Config::clone(&service.config));
    assert!(!intake.matched.is_by(&reloaded));
}
