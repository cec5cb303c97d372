//! Items that were left out since the budget of a day was spent: when they are taken after all.

use jiff::Timestamp;

use super::budget::{Budget, day};
use super::state::FeedState;

/// Whether items were left out of the newest body and can be taken now, so that the body has to be read
/// again even if it did not change.
pub fn has_backlog(state: &FeedState, budget: &Budget, now: Timestamp) -> bool {
    state
        .left_out
        .is_some_and(|left_out| day(left_out.at) != day(now))
        || budget_was_raised(state, budget, now)
}

/// Whether the budget was raised since items were left out for want of it, and leaves something today.
pub(super) fn budget_was_raised(state: &FeedState, budget: &Budget, now: Timestamp) -> bool {
    let then = state.left_out.and_then(|left_out| left_out.budget);
    let left = budget.left(state.spent, now);
    then.is_some_and(|then| budget.exceeds(&then))
        && [left.live, left.backlog]
            .iter()
            .any(|left| left.items > 0 && left.bytes > 0 && left.hits > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::schedule::{BudgetUsage, DailyUsage, OmittedItems, PollUsage};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn what_was_left_out_is_owed_from_the_next_day_on_or_when_the_budget_is_raised() {
        let evening = at("2026-11-24T23:00:00Z");
        let budget = Budget::default();
        let taken = PollUsage {
            live: BudgetUsage {
                items: budget.items,
                bytes: 1,
                hits: 0,
            },
            ..PollUsage::default()
        };
        let state = FeedState {
            spent: DailyUsage::default().and(taken, evening),
            left_out: Some(OmittedItems {
                at: at("2026-11-24T08:00:00Z"),
                items: 7,
                budget: Some(budget),
            }),
            ..FeedState::default()
        };
        assert!(!has_backlog(&state, &budget, evening));
        let next_day = at("2026-11-25T00:00:01Z");
        assert!(has_backlog(&state, &budget, next_day));
        assert!(!has_backlog(&FeedState::default(), &budget, next_day));
        let raised = Budget {
            items: budget.items + 1,
            ..budget
        };
        assert!(has_backlog(&state, &raised, evening));
        let lowered = Budget { items: 1, ..budget };
        assert!(!has_backlog(&state, &lowered, evening));
    }
}
