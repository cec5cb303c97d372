//! What was stored while the clock was ahead.

use super::*;

/// How far ahead the clock was: by a mistake, and after a battery that was empty.
const AHEAD: [SignedDuration; 2] = [
    SignedDuration::from_hours(40 * 24),
    SignedDuration::from_hours(5 * 365 * 24),
];

/// A feed that was polled at the right time, then by a clock that was ahead, in some way; and is polled at the right
/// time now.
fn check(ahead: impl Fn(&mut Feed), now: impl Fn(&mut Feed), then: impl Fn(&Feed)) {
    for by in AHEAD {
        let mut feed = Feed::publishing_every(hours(2), 10);
        feed.after(hours(2));
        let right = feed.now;
        feed.now += by;
        ahead(&mut feed);
        feed.now = right;
        assert!(is_due(&feed.state, right), "{:?}", feed.state);
        now(&mut feed);
        let state = serde_json::to_value(&feed.state).unwrap();
        check_nothing_is_ahead(&state, feed.now);
        then(&feed);
    }
}

fn check_nothing_is_ahead(value: &serde_json::Value, now: Timestamp) {
    match value {
        serde_json::Value::String(text) => {
            if let Ok(instant) = text.parse::<Timestamp>() {
                assert!(
                    instant.duration_since(now) <= hours(25),
                    "{instant} is not before {now}"
                );
            }
        }
        serde_json::Value::Array(values) => values
            .iter()
            .for_each(|value| check_nothing_is_ahead(value, now)),
        serde_json::Value::Object(fields) => fields
            .values()
            .for_each(|value| check_nothing_is_ahead(value, now)),
        _ => {}
    }
}

fn read(feed: &mut Feed) {
    feed.read(answer(), summary(10, 1));
}

#[test]
fn a_feed_goes_on_as_if_it_had_not_been_polled_meanwhile() {
    check(read, read, |feed| {
        assert!(feed.wait() <= hours(2), "{}", feed.why);
        assert_eq!(feed.health(), HealthKind::Fine);
    });
}

#[test]
fn a_first_poll_by_that_clock_is_one_of_now() {
    for by in AHEAD {
        let mut feed = Feed::new();
        let right = feed.now;
        feed.now += by;
        read(&mut feed);
        feed.now = right;
        assert!(is_due(&feed.state, right));
        read(&mut feed);
        assert_eq!(feed.state.first_success_at, Some(right));
        check_nothing_is_ahead(&serde_json::to_value(&feed.state).unwrap(), right);
    }
}

#[test]
fn a_server_that_asked_to_wait_is_asked_when_the_clock_is_right() {
    let throttle = |feed: &mut Feed| {
        feed.poll(&PollResult::without_body(&throttled(
            429,
            Some("86400"),
            None,
        )));
        let earlier = feed.now - hours(24 * 20);
        assert!(is_due(&feed.state, earlier));
        let not_before = feed.state.not_before;
        assert!(not_before.is_some_and(|until| feed.now < until));
        assert!(!is_due(&feed.state, feed.now));
    };
    let fail = |feed: &mut Feed| feed.fail(FailureKind::Status(500), "500");
    check(throttle, fail, |feed| {
        assert_eq!(feed.state.not_before, None);
        assert!(feed.wait() <= hours(3), "{}", feed.why);
    });
}

#[test]
fn a_feed_that_was_put_off_by_that_clock_is_due() {
    let postpone = |feed: &mut Feed| {
        let mut rests = throttled(429, None, None);
        if let Outcome::Throttled(throttled) = &mut rests {
            throttled.asked = RequestSent::No {
                rest: Duration::from_hours(1),
            };
        }
        feed.poll(&PollResult::without_body(&rests));
    };
    check(postpone, read, |feed| {
        assert_eq!(feed.state.unasked_since, None);
    });
    check(postpone, postpone, |feed| {
        assert_eq!(feed.state.unasked_since, Some(feed.now));
        assert!(feed.wait() <= hours(2), "{}", feed.why);
    });
}

#[test]
fn failures_last_from_now_on() {
    let fail = |feed: &mut Feed| feed.fail(FailureKind::Status(404), "404 Not Found");
    check(fail, fail, |feed| {
        assert_eq!(feed.state.failing_since, Some(feed.now));
        assert!(feed.wait() <= hours(3), "{}", feed.why);
    });
}

#[test]
fn what_was_missed_is_told_for_a_day() {
    let overflow = |feed: &mut Feed| feed.read(answer(), summary(10, 10));
    check(overflow, read, |feed| {
        assert_eq!(feed.health(), HealthKind::Overflowing);
        assert_eq!(
            health(&feed.state, feed.now + hours(25)).kind(),
            HealthKind::Fine
        );
    });
}

#[test]
fn a_server_that_says_304_for_ever_is_checked_within_a_day_or_two() {
    check(Feed::unchanged, Feed::unchanged, |feed| {
        let later = feed.now + hours(49);
        let request = next_request(&feed.state, URL, &feed.settings.budget, later);
        assert!(request.validators.is_empty());
    });
}

#[test]
fn the_habit_is_learned_anew_within_days() {
    check(read, read, |feed| {
        let mut feed = feed.clone();
        for _ in 0..24 * 14 {
            feed.after(hours(1));
            read(&mut feed);
        }
        let rate = feed.state.publishing_rate.entries_per_day().unwrap();
        assert!((20.0..=28.0).contains(&rate), "{rate}");
    });
}

#[test]
fn a_feed_that_killed_the_program_by_that_clock_is_not_held_back() {
    let kill = |feed: &mut Feed| {
        let cut_off = InterruptedPoll {
            begun: feed.now,
            reading: true,
            alone: true,
        };
        feed.state = after_crash(feed.state.clone(), cut_off, feed.now);
    };
    check(kill, read, |feed| assert_eq!(feed.state.suspected, None));
    check(kill, kill, |feed| {
        assert_eq!(feed.state.failing_since, Some(feed.now));
        assert_eq!(feed.wait(), hours(2));
    });
}

#[test]
fn a_poll_that_began_by_that_clock_is_under_way_for_long() {
    let feed = Feed::publishing_every(hours(2), 10);
    let begun = feed.now + AHEAD[0];
    let health = health_while_polled(&feed.state, begun, feed.now);
    assert_eq!(health, Health::Polling { since: begun });
}

#[test]
fn a_state_of_an_earlier_version_is_not_believed_either() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    feed.state.planned_at = None;
    let right = feed.now - AHEAD[0];
    assert!(is_due(&feed.state, right));
    assert!(!is_due(&feed.state, feed.now));
}
