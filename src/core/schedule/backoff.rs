//! How long failures advise to wait: in a straight line, and never longer than a day.

use jiff::SignedDuration;

use super::outcome::FailureKind;
use super::publishing_rate::{LONGEST_INTERVAL, USUAL_INTERVAL};
use super::state::FeedState;
use super::timing::Wait;

/// The wait after the failures of a state, for a feed that is polled as often as that without them.
pub(super) fn wait(state: &FeedState, without: SignedDuration) -> Wait {
    let base = without.min(USUAL_INTERVAL);
    let grown = base.as_secs_f64() * state.failure_weight.max(1.0);
    let length = SignedDuration::try_from_secs_f64(grown)
        .unwrap_or(LONGEST_INTERVAL)
        .min(LONGEST_INTERVAL);
    let because = match state.consecutive_failures {
        1 => "after a first failure".to_owned(),
        failures => format!("after {failures} failures in a row"),
    };
    Wait::new(length, because)
}

/// How much a failure counts: the less, the likelier it is to pass by itself.
pub(super) fn weight(kind: FailureKind) -> f64 {
    match kind {
        FailureKind::Connection | FailureKind::Protocol => 0.25,
        FailureKind::Timeout
        | FailureKind::Name
        | FailureKind::Tls
        | FailureKind::Encoding
        | FailureKind::Status(408 | 425 | 500..) => 0.5,
        FailureKind::Address
        | FailureKind::Forbidden
        | FailureKind::Status(_)
        | FailureKind::TooLarge
        | FailureKind::Redirect
        | FailureKind::UnaskedNotModified
        | FailureKind::File => 1.0,
    }
}
