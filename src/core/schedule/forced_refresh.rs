//! Some servers answer 304 although there is something new. One unconditional request now and then
//! finds them; more than one in 24 hours would be bad manners.

use jiff::{SignedDuration, Timestamp};

use super::outcome::ResponseMetadata;
use super::result::FeedEvent;
use super::state::FeedState;
use super::summary::PollSummary;
use crate::core::feed::READING;

/// The least time between two unconditional requests to a server that gives validators.
pub const CHECK_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// How often the time between checks doubles at most while 304 proves to be the truth: 8 days.
const DOUBLINGS: u32 = 3;

/// An entry dated this long before a 304 should have been in the answer.
const HIDDEN_FOR: SignedDuration = SignedDuration::from_hours(1);

/// Whether the next request should leave its validators out.
///
/// A server that lied, and a body that could not be read, are checked every 24 hours. Else only a
/// silence that is unusual for the feed raises the question, and each honest answer doubles the time
/// to the next check.
pub fn check_is_due(state: &FeedState, now: Timestamp) -> bool {
    if state.validators.is_empty() {
        return false;
    }
    let Some(last) = state.last_unconditional_at else {
        return true;
    };
    let since_last = now.duration_since(last);
    if state.lied_at.is_some() || state.unreadable.is_some() {
        return since_last >= CHECK_EVERY;
    }
    let patience = CHECK_EVERY * 2_i32.pow(state.honest_checks.min(DOUBLINGS));
    if since_last < patience {
        return false;
    }
    // The longest gap, since the mean one grows with the very silence that is in question.
    let unusual = state
        .publishing_rate
        .longest_gap
        .unwrap_or(CHECK_EVERY)
        .max(CHECK_EVERY);
    state
        .last_new_entry_at
        .is_none_or(|newest| now.duration_since(newest) >= unusual)
}

/// Compares what an answer with a new body brought with what had been said before: an unconditional
/// request that finds what a conditional one had been told was not there has found a lie.
pub(super) fn compare(
    before: &FeedState,
    next: &mut FeedState,
    answer: &ResponseMetadata,
    summary: &PollSummary,
    now: Timestamp,
) -> Option<FeedEvent> {
    // What was left out of an earlier body, or not found in it by an earlier version, is no news that
    // its server hid.
    if before.validators.is_empty()
        || before.unreadable.is_some()
        || before.left_out.is_some()
        || before.read_by != READING
    {
        return None;
    }
    if !answer.sent.is_empty() {
        // A true answer to validators: whatever was, the server is honest now.
        next.lied_at = None;
        next.honest_checks = 0;
        return None;
    }
    let same_validators = answer.validators == before.validators;
    let was_there_before = match (oldest_new(summary), before.last_success_at) {
        (Some(oldest), Some(last)) => last.duration_since(oldest) > HIDDEN_FOR,
        _ => false,
    };
    if summary.entries_new == 0 || !(same_validators || was_there_before) {
        next.honest_checks = before.honest_checks.saturating_add(1);
        return None;
    }
    next.lied_at = Some(now);
    next.honest_checks = 0;
    before
        .lied_at
        .is_none()
        .then_some(FeedEvent::FalseNotModified)
}

/// The oldest date among the new entries. Where it is not told, the new entries are taken for the
/// newest of a feed that dates all of them, which suspects nobody too early.
fn oldest_new(summary: &PollSummary) -> Option<Timestamp> {
    if summary.oldest_new.is_some() || summary.published.len() < summary.entries_in_feed {
        return summary.oldest_new;
    }
    let mut dates = summary.published.clone();
    dates.sort_unstable_by(|a, b| b.cmp(a));
    dates.get(summary.entries_new.checked_sub(1)?).copied()
}
