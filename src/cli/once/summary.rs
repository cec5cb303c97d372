//! What `--json` prints of a run.

use serde::Serialize;

use super::outcome::RunReport;
use crate::daemon::FeedFailure;

/// What was done, as `--json` prints it.
#[derive(Serialize)]
pub(super) struct Summary {
    feeds_polled: u64,
    feeds_failed: u64,
    entries_new: u64,
    entries_revised: u64,
    entries_left_out: u64,
    hits: u64,
    hits_backlog: u64,
    hits_archive: u64,
    /// Pages behind items that were asked for, and those of them that were read whole.
    articles_asked: u64,
    articles_whole: u64,
    /// Hits in them, beside those above.
    articles_hits: u64,
    articles_waiting: u64,
    mails_delivered: u64,
    mails_queued: u64,
    mails_undeliverable: u64,
    failures: Vec<FailureLine>,
    /// Feeds that were not read whole.
    incomplete: Vec<FailureLine>,
    not_stored: u64,
}

#[derive(Serialize)]
struct FailureLine {
    feed: String,
    reason: String,
}

impl Summary {
    pub(super) fn of(done: &RunReport) -> Self {
        let polls = &done.polls;
        Self {
            feeds_polled: polls.polled,
            feeds_failed: polls.failures.len() as u64,
            entries_new: polls.counts.entries_new,
            entries_revised: polls.counts.entries_revised,
            entries_left_out: polls.counts.new_left_out + polls.counts.revised_left_out,
            hits: polls.counts.hits,
            hits_backlog: polls.counts.hits_backlog,
            hits_archive: polls.counts.hits_archive,
            articles_asked: done.articles.asked,
            articles_whole: done.articles.whole,
            articles_hits: done.articles.hits,
            articles_waiting: done.articles.waiting,
            mails_delivered: done.sent.delivered,
            mails_queued: done.outbox.queued,
            mails_undeliverable: done.sent.undeliverable,
            failures: lines(&polls.failures),
            incomplete: lines(&polls.incomplete),
            not_stored: polls.not_stored.len() as u64,
        }
    }
}

fn lines(feeds: &[FeedFailure]) -> Vec<FailureLine> {
    let line = |feed: &FeedFailure| FailureLine {
        feed: feed.id.clone(),
        reason: feed.reason.clone(),
    };
    feeds.iter().map(line).collect()
}
