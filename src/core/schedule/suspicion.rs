//! A feed whose poll was under way when the program was killed: an answer that takes all memory, or that
//! a library cannot bear, would kill it again at each start.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::habit::LONGEST_INTERVAL;
use super::state::FeedState;
use super::timing::later;

/// How much longer a feed is held back for each time it killed the program while it was polled alone.
const HELD_BACK_FOR: SignedDuration = SignedDuration::from_hours(1);

/// Why a feed is polled alone, and after all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspicion {
    /// When the poll had begun that was under way.
    pub since: Timestamp,
    /// How often the program was killed again while no other was suspected: then it was this feed.
    pub kills: u32,
}

/// The state of a feed whose poll, begun at that time, was under way when the program was killed.
///
/// Many are under way at once, and one of them may be to blame: each is polled `alone` from now on, until
/// an answer of it has been read. The one that was polled so and was under way all the same is known, and is
/// held back: for an hour, then for two, and for a day at most.
#[must_use]
pub fn after_kill(state: FeedState, begun: Timestamp, alone: bool, now: Timestamp) -> FeedState {
    let before = state.suspected.unwrap_or(Suspicion {
        since: begun,
        kills: 0,
    });
    if !alone {
        return FeedState {
            suspected: Some(before),
            ..state
        };
    }
    let kills = before.kills.saturating_add(1);
    let hours = i32::try_from(kills).unwrap_or(i32::MAX);
    let rest = HELD_BACK_FOR.saturating_mul(hours).min(LONGEST_INTERVAL);
    let until = later(now, rest).max(state.not_before.unwrap_or(now));
    let times = match kills {
        1 => "while it polled this feed alone".to_owned(),
        several => format!("{several} times while it polled this feed alone"),
    };
    FeedState {
        suspected: Some(Suspicion { kills, ..before }),
        last_attempt_at: Some(begun.min(now)),
        failing_since: state.failing_since.or(Some(begun.min(now))),
        consecutive_failures: state.consecutive_failures.saturating_add(1),
        last_error: Some(format!("newsvigil was killed {times}; it is held back")),
        unanswered: false,
        next_poll_at: Some(until),
        ..state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::schedule::{Health, Plan, health};

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + hour * 3600).unwrap()
    }

    #[test]
    fn one_of_many_is_polled_alone_when_it_was_due_anyway() {
        let due = FeedState {
            next_poll_at: Some(at(-1)),
            last_success_at: Some(at(-2)),
            ..FeedState::default()
        };
        let suspect = after_kill(due.clone(), at(0), false, at(1));
        assert_eq!(suspect.next_poll_at, due.next_poll_at);
        assert!(Plan::of(&suspect).alone);
        assert!(!Plan::of(&due).alone);
        assert_eq!(
            health(&suspect, at(2)).sentence(at(2)),
            "was being polled 2 h ago when newsvigil was killed; it is polled alone now"
        );
        let again = after_kill(suspect, at(3), false, at(3));
        let since = again.suspected.map(|suspicion| suspicion.since);
        assert_eq!(since, Some(at(0)), "it is known since then");
    }

    #[test]
    fn the_one_that_kills_alone_is_held_back_for_longer_each_time() {
        let mut state = after_kill(FeedState::default(), at(0), false, at(0));
        for (kills, hours) in [(1, 1), (2, 2), (3, 3)] {
            state = after_kill(state, at(10 * kills), true, at(10 * kills));
            assert_eq!(state.next_poll_at, Some(at(10 * kills + hours)));
        }
        let Health::Failing { since, error, .. } = health(&state, at(31)) else {
            panic!("it is in trouble: {state:?}");
        };
        assert_eq!(since, at(10));
        assert_eq!(
            error,
            "newsvigil was killed 3 times while it polled this feed alone; it is held back"
        );
        for _ in 0..100 {
            state = after_kill(state, at(40), true, at(40));
        }
        assert_eq!(state.next_poll_at, Some(at(40 + 24)), "a day at most");
    }

    #[test]
    fn no_publisher_is_asked_sooner_than_it_permits() {
        let resting = FeedState {
            not_before: Some(at(9)),
            ..FeedState::default()
        };
        let held = after_kill(resting, at(0), true, at(0));
        assert_eq!(held.next_poll_at, Some(at(9)));
    }
}
