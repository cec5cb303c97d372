//! One feed, from its address to what is to be stored.

use std::sync::Arc;

use jiff::Timestamp;

use super::body_reader::{BodyMemoryPermit, BodyReaderSlots, TimedWork};
use super::fetched_bodies::{Body, FetchedBodies};
use super::parsing::{ParsedBody, PolledFeed, match_entries};
use super::{ServiceContext, parsing, sitemap_index};
use crate::config::{Feed, FeedAddress};
use crate::core::schedule::{
    self, Budget, Decision, Failure, FailureKind, FeedState, Outcome, ParseOutcome, PollResult,
    RemainingBudget, ScheduleSettings, duration_in_words,
};
use crate::fetch::{self, FeedFetch};
use crate::matching::PollMatches;
use crate::store::polls::{PollCounts, PolledContent};

/// What a poll brought, before it is stored.
pub(super) struct UnstoredPoll {
    pub(super) feed: Feed,
    pub(super) content: Option<PolledContent>,
    /// What the watches found in the items of the content.
    pub(super) matched: PollMatches,
    pub(super) verdict: Arc<PendingDecision>,
    /// Given back when the poll is stored.
    pub(super) permit: Option<BodyMemoryPermit>,
}

/// What decides about the feed's next state, once it is known which of its items are new.
pub(super) struct PendingDecision {
    before: FeedState,
    pub(super) outcome: Outcome,
    reading: ParseOutcome,
    settings: ScheduleSettings,
    pub(super) at: Timestamp,
    jitter: f64,
}

impl PendingDecision {
    /// What may be taken of the feed today.
    pub(super) fn left_of(&self, budget: &Budget) -> RemainingBudget {
        budget.left(self.before.spent, self.at)
    }

    pub(super) fn decide(&self, counts: &PollCounts) -> Decision {
        let mut reading = self.reading.clone();
        if let ParseOutcome::Feed(summary) = &mut reading {
            summary.entries_new = usize::try_from(counts.entries_new).unwrap_or(usize::MAX);
            summary.entries_revised = usize::try_from(counts.entries_revised).unwrap_or(usize::MAX);
            summary.new_left_out = usize::try_from(counts.new_left_out).unwrap_or(usize::MAX);
            summary.revised_left_out =
                usize::try_from(counts.revised_left_out).unwrap_or(usize::MAX);
            summary.arrears = counts.arrears;
            summary.taken = counts.taken;
        }
        let result = PollResult {
            outcome: &self.outcome,
            reading,
        };
        schedule::decide(&self.before, &result, &self.settings, self.at, self.jitter)
    }
}

/// Fetches, reads and matches one feed. Whatever goes wrong is part of what comes back.
pub(super) async fn take_in(
    service: &ServiceContext,
    readers: &BodyReaderSlots,
    feed: Feed,
    state: FeedState,
) -> UnstoredPoll {
    let state = state.for_address(&feed.source());
    service.body_memory.wait_for_small().await;
    let FeedFetch {
        mut outcome,
        reservation,
        ..
    } = ask(service, &feed, &state).await;
    let at = (service.clock)();
    let polled = PolledFeed {
        service,
        readers,
        feed: &feed,
        state: &state,
    };
    let mut read = ParsedBody::nothing(ParseOutcome::NoBody);
    let mut index = None;
    match &mut outcome {
        Outcome::Modified(modified) => {
            let body = Body {
                // The body is not needed again, and may be large.
                bytes: std::mem::take(&mut modified.body),
                content_type: modified.content_type.clone(),
                final_url: modified.answer.final_url.clone(),
            };
            let held = service.body_memory.take(body.bytes.len()).await;
            drop(reservation);
            read = parsing::read(polled, FetchedBodies::Single(body), held).await;
            index = read.index.take().map(Some);
        }
        Outcome::NotModified(_) if !state.parts.is_empty() => index = Some(None),
        _ => {}
    }
    if let Some(index) = index {
        (outcome, read) = sitemap_index::take_in(polled, outcome, index).await;
    }
    UnstoredPoll {
        verdict: Arc::new(PendingDecision {
            before: state,
            outcome,
            reading: read.reading,
            settings: ScheduleSettings {
                every: feed.every.or(service.config.fetch.every),
                budget: service.config.store.budget,
            },
            at,
            jitter: fastrand::f64(),
        }),
        feed,
        content: read.content,
        matched: read.matched,
        permit: read.permit,
    }
}

/// Asks for a feed, unless its last body is still being read.
async fn ask(service: &ServiceContext, feed: &Feed, state: &FeedState) -> FeedFetch {
    let address = feed.address.to_string();
    let budget = &service.config.store.budget;
    let request = schedule::next_request(state, &address, budget, (service.clock)());
    match &feed.address {
        _ if let Some(since) = service.body_memory.stuck_for(&feed.id) => {
            let since = duration_in_words(since.try_into().unwrap_or_default());
            let message = format!("its last body was given up {since} ago and is still being read");
            Outcome::Failed(Failure::new(FailureKind::TooLarge, message)).into()
        }
        FeedAddress::Web(_) => service.fetcher.fetch_with_memory(&request).await,
        FeedAddress::File(path) => {
            fetch::file::read(path, service.config.fetch.max_bytes, &request.validators)
                .await
                .into()
        }
    }
}

/// Matches all items of a poll again, as when the watches are others than when it was read.
pub(super) async fn match_again(
    service: &ServiceContext,
    readers: &BodyReaderSlots,
    mut intake: UnstoredPoll,
) -> UnstoredPoll {
    let (Some(content), Some(permit)) = (intake.content.take(), intake.permit.take()) else {
        return intake;
    };
    let Some(_reader) = readers.take(&permit).await else {
        return intake;
    };
    let work = TimedWork {
        memory: &service.body_memory,
        feed: &intake.feed.id,
    };
    let all = (0..content.entries.len()).collect();
    match match_entries(&work, &service.config, content, all, permit).await {
        Ok((content, matched, permit)) => {
            intake.content = Some(content);
            intake.matched = matched;
            intake.permit = Some(permit);
        }
        Err(why) => {
            // Nothing of it is stored, so it counts as not read.
            if let Some(verdict) = Arc::get_mut(&mut intake.verdict) {
                verdict.reading = ParseOutcome::Unreadable(why);
            }
        }
    }
    intake
}
