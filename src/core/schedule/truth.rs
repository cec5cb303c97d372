//! Some servers answer 304 although there is something new. One unconditional request now and then
//! finds them; more than one in 24 hours would be bad manners.

use jiff::{SignedDuration, Timestamp};

use super::state::FeedState;

/// The least time between two unconditional requests to a server that gives validators.
pub const CHECK_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// How often the time between checks doubles at most while 304 proves to be the truth: 8 days.
const DOUBLINGS: u32 = 3;

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
    let unusual = state
        .habit
        .gap()
        .map_or(CHECK_EVERY, |gap| gap.saturating_mul(2))
        .max(CHECK_EVERY);
    state
        .last_new_entry_at
        .is_none_or(|newest| now.duration_since(newest) >= unusual)
}
