//! When to poll a feed next, and what its silence means: feed state, outcome and now in, the next
//! state and a sentence out.
//!
//! ```text
//! FeedState -> is_due -> next_request -> (the request, and the reading of its body) -> Outcome, PollSummary
//!     ^                                                                                     |
//!      \---------------------- decide: Decision (next state, why, notices) <----------------/
//! ```
//!
//! [`FeedState::for_address`] begins, when the configuration is read. The next state is stored in the same
//! transaction as the entries: its validators stand for them.
//!
//! # When
//!
//! The next poll lies at the latest of three times, and a positive jitter later:
//!
//! - what suits the feed: the wish of the configuration, else its own [`PublishingRate`] (an hour as a rule,
//!   more often only for what publishes more than hourly, down to once a day for what is rare), or
//!   sooner when items may have been missed (`overflow`);
//! - what its publisher permits (`freshness`): `max-age`, `Expires`, `ttl`, `sy:*`, `Retry-After`, and never in
//!   `skipHours` or `skipDays`. This is never undercut, by no wish, no failure and no restart;
//! - what failures advise (`backoff`): a straight line, weighted by how likely a failure is to pass by itself,
//!   never longer than a day.
//!
//! # Never silently
//!
//! A feed is never given up, but for a 410, which is told. [`health()`] says what a silence means;
//! [`Decision::notices`] holds what a person should be told once. A server that answers "not
//! modified" forever is checked without validators (`forced_refresh`), a body that cannot be read stays a failure
//! while it is not modified, and a network that is down is told apart from feeds that are
//! ([`Reachability`]).
//!
//! A feed that brings more than its [`Budget`] for a day is taken in part, the newest items first, and the
//! rest on the next day ([`has_backlog`]). One whose body may have killed the program is polled alone, and after all
//! others ([`after_crash`]).
//!
//! # What it must not know
//!
//! HTTP itself, the database, the clock, and what watches look for: outcomes and summaries are plain data ([`Outcome`],
//! [`PollSummary`]), `now` and the jitter are parameters.

mod backlog;
mod backoff;
mod budget;
mod clock_skew;
mod decide;
mod display;
mod due_time;
mod forced_refresh;
mod freshness;
mod health;
mod http_date;
mod network;
mod outcome;
mod overflow;
mod publishing_rate;
mod quarantine;
mod relocation;
mod request;
mod result;
mod state;
mod summary;
mod timing;

pub use backlog::has_backlog;
pub use budget::{
    BacklogChange, Budget, BudgetExcess, BudgetTracker, BudgetUsage, CandidateItem, CandidateKind,
    DailyUsage, OmittedItems, PollUsage, RemainingBudget, in_order,
};
pub use decide::decide;
pub use display::{ADDRESS_AT_MOST, duration_in_words, told, without_credentials};
pub use due_time::{NextPoll, is_due};
pub use forced_refresh::CHECK_EVERY;
pub use freshness::{
    CachingHeaders, FeedHints, HEADERS_AT_MOST, HINTS_AT_MOST, RETRY_AFTER_AT_MOST,
};
pub use health::{
    Health, HealthKind, health, health_while_polled, incomplete, over_budget, overflowing,
};
pub use http_date::parse_http_date;
pub use network::{NetworkChange, Reachability, after_outage};
pub use outcome::{
    Failure, FailureKind, Modified, Outcome, Request, RequestSent, ResponseMetadata, ResponseSpeed,
    Throttled, Validators,
};
pub use publishing_rate::{LONGEST_INTERVAL, PublishingRate, SHORTEST_INTERVAL, USUAL_INTERVAL};
pub use quarantine::{InterruptedPoll, after_crash};
pub use request::next_request;
pub use result::{Decision, FeedEvent, ParseOutcome, PollResult, ScheduleSettings};
pub use state::{
    AdoptedRedirect, FeedState, Incomplete, IncompletePeriod, Quarantine, RedirectSightings,
};
pub use summary::{PollSummary, SitemapPart};

#[cfg(test)]
mod tests;
