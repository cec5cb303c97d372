//! Polls that have ended, stored.

use std::collections::HashSet;
use std::sync::Arc;

use super::report::{FeedFailure, PollReport};
use crate::core::article::Policy;
use crate::core::schedule::{Budget, NextPoll};
use crate::core::text::sanitize::visible_text;
use crate::daemon::poll::{PendingDecision, UnstoredPoll};
use crate::daemon::{ServiceContext, VERSION};
use crate::store::StoreError;
use crate::store::polls::{self, PollCounts, PollRecord, RecordContext};

/// What became of a poll that was to be stored.
pub(super) enum StoreResult {
    Stored(PollCounts),
    /// It has an item that is new or revised and was not when it was read, and so was not matched.
    NeedsRematch,
    Failed(StoreError),
}

/// Stores polls. Nothing is matched here: everybody waits for the database's thread.
pub(super) async fn store(
    service: &ServiceContext,
    mut polled: Vec<UnstoredPoll>,
) -> Result<Vec<(UnstoredPoll, StoreResult)>, StoreError> {
    let backlog = service.config.fetch.backlog;
    let budget = service.config.store.budget;
    let articles = service.config.article.fetch;
    let now = (service.clock)();
    let storing = service.store.call(move |connection| {
        let mut records: Vec<PollRecord> = polled
            .iter_mut()
            .map(|intake| record_of(intake, &budget, articles))
            .collect();
        let mut unmatched = HashSet::new();
        let mut recording = RecordContext {
            now,
            backlog,
            program_version: VERSION,
            matcher: &mut |feed, place, _| {
                let intake = polled.iter().find(|intake| intake.feed.id == feed);
                let hits = intake.and_then(|intake| intake.matched.hits(place));
                hits.unwrap_or_else(|| {
                    unmatched.insert(feed.to_owned());
                    Err(StoreError::Value("an item is yet to be matched".to_owned()))
                })
            },
        };
        let results = polls::record(connection, &records, &mut recording)?;
        let stored = results
            .into_iter()
            .zip(&polled)
            .map(|(result, intake)| match result {
                Ok(counts) => StoreResult::Stored(counts),
                Err(_) if unmatched.contains(&intake.feed.id) => StoreResult::NeedsRematch,
                Err(error) => StoreResult::Failed(error),
            });
        let stored: Vec<StoreResult> = stored.collect();
        for (intake, record) in polled.iter_mut().zip(&mut records) {
            intake.content = record.content.take();
        }
        Ok(polled.into_iter().zip(stored).collect())
    });
    storing.await
}

fn record_of(intake: &mut UnstoredPoll, budget: &Budget, articles: Policy) -> PollRecord {
    let verdict = Arc::clone(&intake.verdict);
    PollRecord {
        url: intake.feed.source(),
        feed_id: intake.feed.id.clone(),
        content: intake.content.take(),
        budget: verdict.left_of(budget),
        articles: intake.feed.articles.fetch.unwrap_or(articles),
        decide: Box::new(move |counts| verdict.decide(counts).state),
    }
}

/// Adds a stored poll to the report, and tells the log what a person may want to know.
pub(super) fn note(
    report: &mut PollReport,
    id: &str,
    verdict: &PendingDecision,
    counts: PollCounts,
    on_the_web: bool,
) -> NextPoll {
    let decision = verdict.decide(&counts);
    report.counts += counts;
    for notice in &decision.notices {
        tracing::warn!(feed = %id, "feed {id} {}", visible_text(&notice.sentence()));
    }
    if let Some(reason) = &decision.state.last_error {
        // Told once when it begins; `status` and the digest show that it lasts.
        if decision.state.consecutive_failures <= 1 {
            tracing::warn!(feed = %id, "feed {id} failed: {}", visible_text(reason));
        }
        report.failures.push(FeedFailure {
            id: id.to_owned(),
            reason: reason.clone(),
        });
    } else {
        report.answered += u64::from(on_the_web);
        if let Some(incomplete) = &decision.state.incomplete {
            report.incomplete.push(FeedFailure {
                id: id.to_owned(),
                reason: incomplete.loss.sentence(),
            });
        }
        if counts.hits > 0 {
            tracing::info!(feed = %id, new = counts.entries_new, hits = counts.hits,
                "feed {id}: {} new, {} hits", counts.entries_new, counts.hits);
        }
    }
    tracing::debug!(feed = %id, "feed {id} {}", decision.why);
    NextPoll::of(&decision.state)
}
