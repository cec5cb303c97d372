//! Telling our own network's failure from the feeds'. When nobody answers for a while, the fault is
//! most likely here; when somebody answers again, the feeds should not go on waiting for the hours
//! that their failures advised.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::outcome::{FailureKind, Outcome};
use super::state::FeedState;
use super::timing::later;

/// So many hosts in a row without a single answer are no coincidence.
const HOSTS: usize = 5;
/// After an outage, the feeds that it struck are polled again within this time.
const CATCH_UP: SignedDuration = SignedDuration::from_mins(10);

/// Whether anybody answers. Fed with every outcome, in the order in which they come.
#[derive(Clone, Debug, Default)]
pub struct Reachability {
    /// Hosts that did not answer since somebody last did.
    silent: HashSet<String>,
    silent_since: Option<Timestamp>,
    lost: bool,
}

/// The network went or came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkChange {
    /// Nobody has answered since.
    Lost {
        /// The first request that nobody answered.
        since: Timestamp,
    },
    /// Somebody answers again.
    Back {
        /// When nobody answered for the first time.
        since: Timestamp,
    },
}

impl Reachability {
    /// Takes note of what came of a request to `host`.
    pub fn record(
        &mut self,
        host: &str,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Option<NetworkChange> {
        match answered(outcome) {
            None => None,
            Some(true) => {
                self.silent.clear();
                let since = self.silent_since.take();
                std::mem::take(&mut self.lost)
                    .then_some(since)
                    .flatten()
                    .map(|since| NetworkChange::Back { since })
            }
            Some(false) => {
                // Outcomes are not told in the order in which they came.
                let since = self.silent_since.map_or(now, |since| since.min(now));
                self.silent_since = Some(since);
                if self.lost {
                    return None;
                }
                self.silent.insert(host.to_owned());
                self.lost = self.silent.len() >= HOSTS;
                self.lost.then_some(NetworkChange::Lost { since })
            }
        }
    }

    /// Since when nobody has answered, if the network counts as lost.
    pub fn offline_since(&self) -> Option<Timestamp> {
        self.silent_since.filter(|_| self.lost)
    }
}

/// Whether a server answered; `None` when that says nothing, since no request went out.
fn answered(outcome: &Outcome) -> Option<bool> {
    let Outcome::Failed(failure) = outcome else {
        return match outcome {
            Outcome::Throttled(throttled) => {
                matches!(throttled.asked, super::RequestSent::Yes).then_some(true)
            }
            _ => Some(true),
        };
    };
    match failure.kind {
        FailureKind::Name | FailureKind::Connection | FailureKind::Timeout => {
            Some(failure.answer.is_some())
        }
        FailureKind::Address | FailureKind::Forbidden | FailureKind::File => None,
        _ => Some(true),
    }
}

/// The state of a feed after an outage of our own network that began at `since`: polled soon, and
/// with the failures of the outage forgotten. `None` when the outage did not strike it.
pub fn after_outage(
    state: &FeedState,
    since: Timestamp,
    now: Timestamp,
    jitter: f64,
) -> Option<FeedState> {
    let state = state.clone().without_future_times(now);
    let struck = state.unanswered && state.failing_since? >= since && state.gone_at.is_none();
    if !struck {
        return None;
    }
    let within = CATCH_UP.as_secs_f64() * jitter.clamp(0.0, 1.0);
    let wait = SignedDuration::try_from_secs_f64(within).unwrap_or(CATCH_UP);
    let soon = state
        .hints
        .after_skips(later(now, wait).max(state.not_before.unwrap_or(now)));
    let next_poll_at = state.next_poll_at.map_or(soon, |planned| planned.min(soon));
    Some(FeedState {
        failure_weight: 0.0,
        next_poll_at: Some(next_poll_at),
        planned_at: Some(now),
        ..state
    })
}
