//! What failures and publishers' demands do to the schedule.

use super::*;

#[test]
fn retry_after_is_obeyed_in_both_forms_on_each_status() {
    for status in [429, 503, 403] {
        for retry_after in ["14400", "Mon, 02 Mar 2026 16:00:00 GMT"] {
            let mut feed = Feed::publishing_every(hours(2), 10);
            feed.poll(&PollResult::without_body(&throttled(
                status,
                Some(retry_after),
                None,
            )));
            assert_eq!(feed.wait(), hours(4), "{status} {retry_after}");
            assert_eq!(feed.state.not_before, Some(feed.now + hours(4)));
        }
    }
}

#[test]
fn max_age_counts_on_a_429_too() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    feed.poll(&PollResult::without_body(&throttled(
        429,
        Some("60"),
        Some("max-age=18000"),
    )));
    assert_eq!(feed.wait(), hours(5));
}

#[test]
fn a_wait_that_was_asked_for_outlives_a_restart_and_a_failure_without_answer() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    feed.poll(&PollResult::without_body(&throttled(
        429,
        Some("36000"),
        None,
    )));
    let until = feed.now + hours(10);
    let json = serde_json::to_string(&feed.state).unwrap();
    feed.state = serde_json::from_str(&json).unwrap();
    feed.after(hours(1))
        .fail(FailureKind::Connection, "connection refused");
    assert!(feed.state.next_poll_at.unwrap() >= until);
    assert!(
        feed.why.ends_with("not before its publisher permits it"),
        "{}",
        feed.why
    );
}

/// What the fetcher says when another feed of the host was throttled.
fn not_asked() -> Outcome {
    Outcome::Throttled(Throttled {
        answer: ResponseMetadata::default(),
        status: 429,
        message: "its host asked for rest".to_owned(),
        asked: RequestSent::No {
            rest: Duration::from_mins(40),
        },
    })
}

#[test]
fn a_feed_that_was_not_asked_since_its_host_rests_has_not_failed() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    let before = feed.state.clone();
    feed.until_due()
        .poll(&PollResult::without_body(&not_asked()));
    assert_eq!(feed.wait(), minutes(40));
    assert_eq!(feed.health(), HealthKind::Fine);
    let expected = FeedState {
        next_poll_at: feed.state.next_poll_at,
        unasked_since: Some(feed.now),
        ..before
    };
    assert_eq!(feed.state, expected);
    feed.until_due().read(answer(), summary(10, 0));
    assert_eq!(feed.state.unasked_since, None);
}

#[test]
fn a_suspect_is_cleared_by_any_poll_that_ends_and_only_by_one() {
    let mut suspect = Feed::publishing_every(hours(2), 10);
    suspect.state.suspected = Some(Quarantine {
        since: suspect.now,
        readings: 1,
        ..Quarantine::default()
    });
    let failed = |kind| Outcome::Failed(Failure::new(kind, "no answer"));
    for outcome in [
        failed(FailureKind::Name),
        failed(FailureKind::Connection),
        failed(FailureKind::Timeout),
        failed(FailureKind::Status(404)),
        failed(FailureKind::TooLarge),
        throttled(503, None, None),
        modified(answer()),
    ] {
        let mut feed = suspect.clone();
        feed.poll(&PollResult::without_body(&outcome));
        assert_eq!(feed.state.suspected, None, "{outcome:?}");
        assert!(!NextPoll::of(&feed.state).alone);
    }
    suspect.poll(&PollResult::without_body(&not_asked()));
    assert!(suspect.state.suspected.is_some(), "nothing was tried");
}

#[test]
fn a_feed_that_is_not_asked_for_hours_does_not_pass_for_fine() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    let begin = feed.until_due().now;
    while feed.health() == HealthKind::Fine {
        feed.until_due()
            .poll(&PollResult::without_body(&not_asked()));
        assert!(feed.now.duration_since(begin) < hours(7));
    }
    assert_eq!(feed.state.failing_since, Some(begin));
    assert_eq!(
        feed.state.last_error.as_deref(),
        Some("its host asked for rest")
    );
}

/// The waits after the first failures of one kind in a row, in minutes.
fn waits_of(kind: FailureKind, count: usize) -> Vec<i64> {
    let mut feed = Feed::publishing_every(hours(2), 10);
    (0..count)
        .map(|_| {
            feed.until_due().fail(kind, "in words");
            feed.wait().as_secs() / 60
        })
        .collect()
}

#[test]
fn failures_back_off_in_a_straight_line_weighted_by_their_kind() {
    assert_eq!(
        waits_of(FailureKind::Status(404), 5),
        [60, 120, 180, 240, 300]
    );
    assert_eq!(
        waits_of(FailureKind::Timeout, 6),
        [60, 60, 90, 120, 150, 180]
    );
    assert_eq!(waits_of(FailureKind::Status(502), 4), [60, 60, 90, 120]);
    assert_eq!(
        waits_of(FailureKind::Connection, 6),
        [60, 60, 60, 60, 75, 90]
    );
}

#[test]
fn a_feed_that_fails_for_a_year_is_still_asked_every_day_and_comes_back() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    let begin = feed.now;
    while feed.now.duration_since(begin) < hours(24 * 365) {
        feed.until_due()
            .fail(FailureKind::Status(404), "404 Not Found");
        assert!(feed.wait() <= hours(24));
    }
    assert_eq!(feed.health(), HealthKind::Failing);
    feed.until_due().read(answer(), summary(10, 1));
    assert_eq!(feed.state.consecutive_failures, 0);
    assert_eq!(feed.state.last_error, None);
    assert_eq!(feed.health(), HealthKind::Fine);
}

#[test]
fn a_failure_is_told_with_its_beginning_its_count_and_its_reason() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    for _ in 0..3 {
        feed.until_due()
            .fail(FailureKind::Status(404), "404 Not Found");
    }
    feed.after(minutes(30));
    assert_eq!(
        health(&feed.state, feed.now).sentence(feed.now),
        "failing for 3 h 30 min (3 times): 404 Not Found"
    );
}

#[test]
fn an_error_that_stays_fresh_is_not_asked_for_again_meanwhile() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    let outcome = Outcome::Failed(Failure {
        kind: FailureKind::Status(404),
        message: "404 Not Found".to_owned(),
        answer: Some(Box::new(ResponseMetadata {
            caching: caching("max-age=14400"),
            ..answer()
        })),
    });
    feed.poll(&PollResult::without_body(&outcome));
    assert_eq!(feed.wait(), hours(4));
}

#[test]
fn a_time_out_and_a_slow_answer_lead_to_the_slow_queue_and_a_prompt_one_out_of_it() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    let speed = |feed: &Feed| next_request(&feed.state, URL, &Budget::default(), feed.now).speed;
    assert_eq!(speed(&feed), ResponseSpeed::Prompt);
    feed.until_due()
        .fail(FailureKind::Timeout, "no answer within 30 s");
    assert_eq!(speed(&feed), ResponseSpeed::Slow);
    feed.until_due().read(answer(), summary(10, 0));
    assert_eq!(speed(&feed), ResponseSpeed::Prompt);
    let slow = ResponseMetadata {
        elapsed: Duration::from_secs(9),
        ..answer()
    };
    feed.until_due().read(slow, summary(10, 0));
    assert_eq!(speed(&feed), ResponseSpeed::Slow);
}

#[test]
fn a_410_stops_the_feed_and_is_told() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    feed.poll(&PollResult::without_body(&Outcome::Gone(answer())));
    assert_eq!(feed.notices, [FeedEvent::Gone]);
    assert_eq!(feed.health(), HealthKind::Gone);
    feed.after(hours(24 * 1000));
    assert!(!is_due(&feed.state, feed.now));
    assert!(
        is_due(
            &feed.state.clone().for_address("https://example.org/new"),
            feed.now
        ),
        "another address is another feed"
    );
}
