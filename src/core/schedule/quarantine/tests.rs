use super::*;
use crate::core::schedule::{Health, NextPoll, health};

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + hour * 3600).unwrap()
}

fn poll(begun: Timestamp, reading: bool, alone: bool) -> InterruptedPoll {
    InterruptedPoll {
        begun,
        reading,
        alone,
    }
}

#[test]
fn one_of_many_is_polled_alone_when_it_was_due_anyway() {
    let due = FeedState {
        next_poll_at: Some(at(-1)),
        last_success_at: Some(at(-2)),
        ..FeedState::default()
    };
    let suspect = after_crash(due.clone(), poll(at(0), true, false), at(1));
    assert_eq!(suspect.next_poll_at, due.next_poll_at);
    assert!(NextPoll::of(&suspect).alone);
    assert!(!NextPoll::of(&due).alone);
    assert_eq!(
        health(&suspect, at(2)).sentence(at(2)),
        "was being read 2 h ago when newsvigil was killed; it is polled alone now"
    );
    let again = after_crash(suspect, poll(at(3), true, false), at(3));
    let since = again.suspected.map(|suspicion| suspicion.since);
    assert_eq!(since, Some(at(0)), "it is known since then");
    assert_eq!(again.last_error, None);
}

#[test]
fn one_that_was_waited_for_is_polled_as_before_however_often_the_program_is_killed() {
    let mut state = FeedState {
        last_success_at: Some(at(-2)),
        ..FeedState::default()
    };
    for hour in 0..10 {
        state = after_crash(state, poll(at(hour), false, hour > 0), at(hour));
        assert!(!NextPoll::of(&state).alone);
        assert_eq!((state.next_poll_at, &state.last_error), (None, &None));
    }
    assert_eq!(
        health(&state, at(10)).sentence(at(10)),
        "was being asked 10 h ago when newsvigil was killed"
    );
}

#[test]
fn one_that_kills_among_others_is_known_in_the_end() {
    let mut state = FeedState::default();
    for kill in 1..=3 {
        assert_eq!(state.last_error, None);
        state = after_crash(state, poll(at(kill), true, false), at(kill));
    }
    assert_eq!(
        state.last_error.as_deref(),
        Some("newsvigil was killed 3 times while it read this feed; it is held back")
    );
    assert_eq!(state.next_poll_at, Some(at(4)));
}

#[test]
fn the_one_that_kills_alone_is_held_back_for_longer_each_time() {
    let mut state = after_crash(FeedState::default(), poll(at(0), true, false), at(0));
    for (kills, hours) in [(1, 1), (2, 2), (3, 3)] {
        let now = at(10 * kills);
        state = after_crash(state, poll(now, true, true), now);
        assert_eq!(state.next_poll_at, Some(at(10 * kills + hours)));
    }
    let Health::Failing { since, error, .. } = health(&state, at(31)) else {
        panic!("it is in trouble: {state:?}");
    };
    assert_eq!(since, at(10));
    assert_eq!(
        error,
        "newsvigil was killed 3 times while it read this feed alone; it is held back"
    );
    for _ in 0..100 {
        state = after_crash(state, poll(at(40), true, true), at(40));
    }
    assert_eq!(state.next_poll_at, Some(at(40 + 24)), "a day at most");
}

#[test]
fn no_publisher_is_asked_sooner_than_it_permits() {
    let resting = FeedState {
        not_before: Some(at(9)),
        ..FeedState::default()
    };
    let held = after_crash(resting, poll(at(0), true, true), at(0));
    assert_eq!(held.next_poll_at, Some(at(9)));
}
