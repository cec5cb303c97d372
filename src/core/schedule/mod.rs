//! When to poll a feed next, and what its silence means: feed state, outcome and now in, the next
//! state and a sentence out.
//!
//! The next poll lies at the latest of three times: what suits the feed's own habit (or what the
//! configuration wishes), what its publisher permits, and what a failure advises; then comes a
//! positive jitter. A publisher's word is never undercut, by no wish and no restart.

mod decide;
mod freshness;
mod habit;
mod health;
mod http_date;
mod network;
mod outcome;
mod plan;
mod relocation;
mod result;
mod state;
mod timing;
mod truth;
mod words;

pub use decide::decide;
pub use freshness::{
    CachingHeaders, FeedHints, HEADERS_AT_MOST, HINTS_AT_MOST, RETRY_AFTER_AT_MOST,
};
pub use habit::{Habit, LONGEST_INTERVAL, SHORTEST_INTERVAL, USUAL_INTERVAL};
pub use health::{Health, HealthKind, health, health_to_tell};
pub use http_date::parse_http_date;
pub use network::{NetworkChange, Reachability, after_outage};
pub use outcome::{
    Answer, Asked, Failure, FailureKind, Modified, Outcome, Request, Throttled, Validators,
};
pub use plan::Plan;
pub use result::{Decision, Notice, PollResult, PollSummary, Reading, ScheduleSettings};
pub use state::{Adoption, FeedState, Lane, Sighting, is_due, is_permitted, next_request};
pub use truth::CHECK_EVERY;
pub use words::{duration_in_words, without_credentials};

#[cfg(test)]
mod tests;
