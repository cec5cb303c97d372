//! Rows that wait, from the database to the queue at hand.

use jiff::{SignedDuration, Timestamp};

use super::state::{ArticleTasks, UNSTORED_MAX};
use crate::config::Config;
use crate::core::article::next_step::{Progress, request_address};
use crate::core::article::politeness::HostState;
use crate::core::article::queue::{QueueAdmission, QueuedPage};
use crate::core::article::{PageVerdict, Policy};
use crate::store::articles::{self, Settled};
use crate::store::{Connection, StoreError};

/// Rows read from the database at a time.
const ROWS: usize = 512;
/// Between two looks at all that waits, where not all of it was taken.
pub(super) const LOOK_AGAIN: SignedDuration = SignedDuration::from_mins(1);

impl ArticleTasks {
    /// Takes in what waits, as far as there is room.
    pub(super) async fn fill(&mut self) -> Result<(), StoreError> {
        let now = (self.service.clock)();
        if self.looked_to.is_none() {
            self.recall_hosts().await?;
            self.looked_to = Some(0);
            self.has_new = true;
        }
        // A clock that was set back keeps nobody waiting.
        let is_time = |at: Timestamp| at <= now || at.duration_since(now) > LOOK_AGAIN;
        let mut after = self.looked_to.unwrap_or_default();
        if self.look_again_at.is_some_and(is_time) {
            self.queue.clear(now);
            self.look_again_at = None;
            after = 0;
        } else if !self.has_new {
            return Ok(());
        }
        let mut is_all = true;
        loop {
            let read =
                move |connection: &mut Connection| articles::waiting(connection, after, ROWS);
            let rows = self.service.store.call(read).await?;
            let Some((last, _)) = rows.last() else {
                break;
            };
            after = *last;
            self.count_pages(&rows, now).await?;
            let admissions = rows.into_iter().map(|(id, row)| self.take_in(id, row, now));
            let admissions: Vec<Option<QueueAdmission>> = admissions.collect();
            let is_later = |admission: &Option<QueueAdmission>| {
                matches!(
                    admission,
                    Some(
                        QueueAdmission::HostFull
                            | QueueAdmission::Deferred
                            | QueueAdmission::Swapped
                    )
                )
            };
            is_all &= !admissions.iter().any(is_later);
            if admissions.contains(&Some(QueueAdmission::Full))
                || self.settled.len() >= UNSTORED_MAX
            {
                is_all = false;
                break;
            }
        }
        self.has_new = false;
        self.looked_to = Some(after);
        if !is_all && self.look_again_at.is_none() {
            let wait = if self.settled.is_empty() {
                LOOK_AGAIN
            } else {
                SignedDuration::ZERO
            };
            self.look_again_at = Some(now.checked_add(wait).unwrap_or(now));
        }
        Ok(())
    }

    /// Takes up what is remembered of each host.
    async fn recall_hosts(&mut self) -> Result<(), StoreError> {
        let hosts = self
            .service
            .store
            .call(|connection| articles::hosts(connection))
            .await?;
        for (host, json) in hosts {
            // What cannot be read is as good as nothing.
            let state: HostState = serde_json::from_str(&json).unwrap_or_default();
            self.queue.remember(host, state);
        }
        Ok(())
    }

    /// Learns how many pages of these rows' feeds were asked for today.
    async fn count_pages(
        &mut self,
        rows: &[(i64, articles::Waiting)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut feeds: Vec<String> = rows.iter().map(|(_, row)| row.feed_id.clone()).collect();
        feeds.sort_unstable();
        feeds.dedup();
        feeds.retain(|feed| self.queue.lacks_count(feed));
        if feeds.is_empty() {
            return Ok(());
        }
        let counted = self.service.store.call(move |connection| {
            let count = |feed: String| {
                let pages = articles::asked_today(connection, &feed, now)?;
                Ok((feed, pages))
            };
            feeds
                .into_iter()
                .map(count)
                .collect::<Result<Vec<_>, StoreError>>()
        });
        for (feed, pages) in counted.await? {
            self.queue.set_count(&feed, pages, now);
        }
        Ok(())
    }

    /// Takes a row in, or settles it where it is not to be asked for.
    fn take_in(
        &mut self,
        id: i64,
        row: articles::Waiting,
        now: Timestamp,
    ) -> Option<QueueAdmission> {
        let unasked = |why: &str| Some((PageVerdict::NotAsked, why.to_owned()));
        let refused = match policy(&self.service.config, &row.feed_id) {
            None => unasked("its feed is not in the configuration any more"),
            Some(Policy::Off) => {
                unasked("the configuration does not ask for the pages of its feed any more")
            }
            Some(Policy::Hits) if !row.is_hit => unasked(
                "the configuration asks only for the pages of items of its feed that a watch has found",
            ),
            Some(_) => None,
        };
        let address = request_address(&row.address);
        let refused = refused.or_else(|| address.as_ref().err().cloned());
        if let Some((verdict, why)) = refused {
            if !self.queue.hold(id) {
                return None;
            }
            self.settled
                .push(Settled::unread(id, row.address, verdict, why));
            return None;
        }
        let page = QueuedPage {
            id,
            feed: row.feed_id,
            address: address.ok()?,
            progress: Progress {
                hops: row.hops,
                attempts: row.attempts,
            },
            queued: row.queued,
            due: row.due,
            visited: Vec::new(),
        };
        match self.queue.push(page, now) {
            QueueAdmission::Settled { page, verdict, why } => {
                self.settle_unread(&page, verdict, why);
                None
            }
            admission => Some(admission),
        }
    }
}

/// Which pages of a feed are asked for; `None` when it is not in the configuration.
fn policy(config: &Config, feed: &str) -> Option<Policy> {
    Some(config.fetches_pages(config.feed(feed)?))
}
