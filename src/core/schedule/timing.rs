//! The time of the next poll: the latest of what our own rules give and what the publisher permits,
//! and then some.

use jiff::{SignedDuration, Timestamp};

use super::freshness::{FeedHints, HEADERS_AT_MOST};
use super::outcome::ResponseMetadata;

/// The most that jitter adds.
const JITTER_AT_MOST: SignedDuration = SignedDuration::from_mins(30);
/// The most that jitter adds after hours that a feed skips: an hour that follows may be skipped too.
const JITTER_AFTER_SKIPS: SignedDuration = SignedDuration::from_mins(30);

/// A wait and the reason for it, which completes "next poll in …, ".
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wait {
    pub(super) length: SignedDuration,
    pub(super) because: String,
}

impl Wait {
    pub(super) fn new(length: SignedDuration, because: impl Into<String>) -> Self {
        Self {
            length,
            because: because.into(),
        }
    }

    /// The longer of the two; this one when they are equal.
    pub(super) fn or_longer(self, other: Option<Self>) -> Self {
        match other {
            Some(other) if other.length > self.length => other,
            _ => self,
        }
    }
}

/// How long the publisher asks to wait after an answer that is good: as long as it stays fresh, and
/// as long as the feed itself says.
pub(super) fn permitted_after_success(
    answer: &ResponseMetadata,
    max_age: Option<SignedDuration>,
    hints: &FeedHints,
    now: Timestamp,
) -> Option<Wait> {
    let fresh = answer
        .caching
        .lifetime(now)
        .or(max_age.map(|max_age| max_age.min(HEADERS_AT_MOST)));
    longest([
        fresh.map(|length| Wait::new(length, "since its answer stays fresh that long")),
        hints
            .interval()
            .map(|length| Wait::new(length, "as often as the feed itself permits")),
        asked_for(answer, now),
    ])
}

/// How long the publisher asks to wait after an answer that is an error. The feed's own words are
/// about feeds; only the answer's count.
pub(super) fn permitted_after_failure(answer: &ResponseMetadata, now: Timestamp) -> Option<Wait> {
    longest([
        answer
            .caching
            .lifetime(now)
            .map(|length| Wait::new(length, "since the error stays fresh that long")),
        asked_for(answer, now),
    ])
}

fn asked_for(answer: &ResponseMetadata, now: Timestamp) -> Option<Wait> {
    answer
        .caching
        .retry_after(now)
        .map(|length| Wait::new(length, "since its server asks to wait that long"))
}

fn longest<const N: usize>(waits: [Option<Wait>; N]) -> Option<Wait> {
    waits.into_iter().flatten().max_by_key(|wait| wait.length)
}

/// The instant of the next poll: after `wait`, not before `not_before`, never in a skipped hour or
/// day, and with a positive jitter. `jitter` is from 0 to 1.
pub(super) fn instant_of(
    wait: &mut Wait,
    not_before: Option<Timestamp>,
    hints: &FeedHints,
    now: Timestamp,
    jitter: f64,
) -> Timestamp {
    let mut earliest = later(now, wait.length);
    if let Some(not_before) = not_before
        && not_before > earliest
    {
        earliest = not_before;
        "not before its publisher permits it".clone_into(&mut wait.because);
    }
    let next = later(earliest, jitter_within(wait.length, jitter, JITTER_AT_MOST));
    let open = hints.after_skips(next);
    if open == next {
        return next;
    }
    "at an hour that the feed does not skip".clone_into(&mut wait.because);
    later(open, jitter_within(wait.length, jitter, JITTER_AFTER_SKIPS))
}

/// `from` plus `wait`, or `from` itself at the end of time.
pub(super) fn later(from: Timestamp, wait: SignedDuration) -> Timestamp {
    from.saturating_add(wait).unwrap_or(from)
}

/// What jitter adds to a wait: up to a tenth of it, `most` at most, never less than nothing.
pub(super) fn jitter_within(
    wait: SignedDuration,
    jitter: f64,
    most: SignedDuration,
) -> SignedDuration {
    let most = (wait / 10).clamp(SignedDuration::ZERO, most).as_secs_f64();
    SignedDuration::try_from_secs_f64(most * jitter.clamp(0.0, 1.0)).unwrap_or(SignedDuration::ZERO)
}

/// Jitter for a wait that the schedule did not choose.
pub(super) fn jitter_of(wait: SignedDuration, jitter: f64) -> SignedDuration {
    jitter_within(wait, jitter, JITTER_AT_MOST)
}
