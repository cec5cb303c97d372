//! How the pages behind the items of each feed were read.

use jiff::{SignedDuration, Timestamp};

use crate::config::{Config, Feed};
use crate::core::article::{PageVerdictCounts, Policy, UNREADABLE_FROM};
use crate::core::digest::{FeedTrouble, TroubleCause};
use crate::store::{Connection, StoreError, articles};

/// What `status` and `feed list` look back on.
pub const READING_SPAN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A feed, with the last of its pages, of which none was read whole.
pub(super) struct UnreadablePagesFeed<'c> {
    pub(super) feed: &'c Feed,
    pub(super) last: PageVerdictCounts,
}

impl UnreadablePagesFeed<'_> {
    /// As digests and notices tell it.
    pub(super) fn trouble(&self) -> FeedTrouble {
        FeedTrouble {
            id: self.feed.id.clone(),
            title: self.feed.title.clone(),
            since: None,
            until: None,
            reason: TroubleCause::Unreadable(self.last.clone()),
        }
    }
}

/// Feeds of which no page is ever read whole, in the order of the configuration. Those whose pages are asked for
/// no more are none of them.
pub(super) fn unreadable<'c>(
    connection: &Connection,
    config: &'c Config,
) -> Result<Vec<UnreadablePagesFeed<'c>>, StoreError> {
    let mut found = Vec::new();
    for feed in &config.feeds {
        if config.fetches_pages(feed) == Policy::Off {
            continue;
        }
        let last = articles::last_read(connection, &feed.id, UNREADABLE_FROM)?;
        if last.is_unreadable() {
            found.push(UnreadablePagesFeed { feed, last });
        }
    }
    Ok(found)
}

/// Since when `status` and `feed list` count.
pub fn reading_since(now: Timestamp) -> Timestamp {
    now.checked_sub(READING_SPAN).unwrap_or(Timestamp::MIN)
}
