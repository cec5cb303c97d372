//! What to ask a feed for.

use jiff::Timestamp;

use super::backlog::{budget_was_raised, has_backlog};
use super::budget::Budget;
use super::forced_refresh::CHECK_EVERY;
use super::outcome::{Request, Validators};
use super::state::FeedState;
use crate::core::feed::READING;

/// The request to send for a feed that is due: its current address, with the validators unless it is
/// time to check that 304 is the truth, or to take what was left out: once a day, and when somebody
/// raised the budget. Reading a file again is no burden to anybody. Where an earlier version of the program
/// read the newest body, a 304 says nothing of what this one would find in it.
pub fn next_request(
    state: &FeedState,
    configured: &str,
    budget: &Budget,
    now: Timestamp,
) -> Request {
    let state = &state.clone().without_future_times(now);
    let last = state.last_unconditional_at;
    let may_read_again = last.is_none_or(|last| now.duration_since(last) >= CHECK_EVERY)
        || budget_was_raised(state, budget, now)
        || configured.starts_with("file:");
    let unconditional = state.read_by != READING
        || super::forced_refresh::check_is_due(state, now)
        || (has_backlog(state, budget, now) && may_read_again);
    let url = state.current_address(configured);
    Request {
        adopted: host(url) != host(configured),
        url: url.to_owned(),
        validators: if unconditional {
            Validators::default()
        } else {
            state.validators.clone()
        },
        validators_from: state.validators_from.clone(),
        speed: state.speed,
        redirects_at_most: None,
    }
}

fn host(address: &str) -> Option<String> {
    Some(url::Url::parse(address).ok()?.host_str()?.to_owned())
}
