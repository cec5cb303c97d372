//! When the next poll is, when all goes well.

use super::*;

#[test]
fn a_feed_never_asked_is_due_at_once() {
    let feed = Feed::new();
    assert!(is_due(&feed.state, feed.now));
    assert_eq!(feed.health(), HealthKind::Untried);
}

#[test]
fn an_hour_is_the_rule_when_nothing_is_known() {
    let mut feed = Feed::new();
    feed.read(answer(), summary(10, 10));
    assert_eq!(feed.wait(), hours(1));
    assert_eq!(
        feed.why,
        "10 items, 10 new, 0 revised; next poll in 1 h, as suits how often it publishes"
    );
}

#[test]
fn the_interval_follows_what_the_feed_publishes() {
    let interval = |gap, entries| Feed::publishing_every(gap, entries).wait();
    // An hour for anything from hourly to every six hours.
    assert_eq!(interval(hours(2), 30), hours(1));
    assert_eq!(interval(hours(5), 20), hours(1));
    // Six polls an entry for what is rarer.
    let daily = interval(hours(24), 20);
    assert!(
        daily > minutes(3 * 60 + 30) && daily <= hours(4),
        "{daily:#}"
    );
    assert_eq!(interval(hours(24 * 10), 20), hours(24));
    // Nothing for a year.
    let mut old = Feed::new();
    let published = vec![old.now - hours(24 * 400)];
    old.read(
        answer(),
        PollSummary {
            published,
            ..summary(1, 1)
        },
    );
    assert_eq!(old.wait(), hours(24));
}

#[test]
fn dates_alone_do_not_make_a_feed_busy_but_what_appears_does() {
    let mut feed = Feed::publishing_every(minutes(6), 30);
    assert_eq!(feed.wait(), hours(1));
    for _ in 0..30 {
        feed.until_due();
        let new = usize::try_from(feed.wait_since_last().as_secs() / 360).unwrap();
        feed.read(answer(), summary(30, new));
    }
    assert!(feed.wait() < minutes(15), "{:#}", feed.wait());
}

#[test]
fn a_feed_that_dates_everything_with_the_time_of_the_request_is_not_polled_more_than_hourly() {
    let mut feed = Feed::new();
    let published = vec![feed.now; 30];
    feed.read(
        answer(),
        PollSummary {
            published,
            ..summary(30, 30)
        },
    );
    assert_eq!(feed.wait(), hours(1));
}

#[test]
fn the_wish_of_the_configuration_replaces_the_habit() {
    let mut feed = Feed::new();
    feed.settings.every = Some(minutes(15));
    feed.read(answer(), summary(10, 10));
    assert_eq!(feed.wait(), minutes(15));
    assert!(
        feed.why.ends_with("next poll in 15 min, as configured"),
        "{}",
        feed.why
    );
}

#[test]
fn no_wish_undercuts_what_the_publisher_permits() {
    let fresh = ResponseMetadata {
        caching: caching("max-age=7200"),
        ..answer()
    };
    let ttl = FeedHints::new(Some(180), None, &[], &[]);
    let mut feed = Feed::new();
    feed.settings.every = Some(minutes(15));
    feed.read(fresh.clone(), summary(10, 10));
    assert_eq!(feed.wait(), hours(2));
    assert!(
        feed.why.ends_with("since its answer stays fresh that long"),
        "{}",
        feed.why
    );
    feed.until_due().read(
        fresh,
        PollSummary {
            hints: ttl,
            ..summary(10, 0)
        },
    );
    assert_eq!(feed.wait(), hours(3));
    assert!(
        feed.why.ends_with("as often as the feed itself permits"),
        "{}",
        feed.why
    );
}

#[test]
fn max_age_and_ttl_hold_again_after_a_304_that_repeats_neither() {
    let mut feed = Feed::new();
    let hints = FeedHints::new(Some(120), None, &[], &[]);
    feed.read(
        ResponseMetadata {
            caching: caching("max-age=10800"),
            ..answer()
        },
        PollSummary {
            hints,
            ..summary(10, 10)
        },
    );
    feed.until_due().unchanged();
    assert_eq!(feed.wait(), hours(3));
    let outcome = Outcome::NotModified(ResponseMetadata {
        sent: validators("\"1\""),
        caching: caching("max-age=60"),
        ..answer()
    });
    feed.until_due().poll(&PollResult::without_body(&outcome));
    assert_eq!(feed.wait(), hours(2));
}

#[test]
fn jitter_only_ever_adds() {
    for jitter in [0.0, 0.3, 1.0, -5.0, 7.0, f64::NAN] {
        let mut feed = Feed::new();
        feed.jitter = jitter;
        feed.read(answer(), summary(10, 10));
        assert!(
            feed.wait() >= hours(1) && feed.wait() <= minutes(66),
            "{jitter}"
        );
    }
    let mut feed = Feed::new();
    feed.jitter = 1.0;
    feed.read(answer(), summary(10, 10));
    assert_eq!(feed.wait(), minutes(66));
}

#[test]
fn skipped_hours_are_left_out_jitter_included() {
    let hints = FeedHints::new(None, None, &[13, 14, 15], &[]);
    for jitter in [0.0, 0.5, 1.0] {
        let mut feed = Feed::new();
        feed.jitter = jitter;
        feed.read(
            answer(),
            PollSummary {
                hints: hints.clone(),
                ..summary(10, 10)
            },
        );
        let next = feed.state.next_poll_at.unwrap().to_string();
        assert!(next.starts_with("2026-03-02T16:0"), "{next}");
    }
}

#[test]
fn a_plan_made_under_a_clock_that_was_set_back_is_dropped() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    let planned = feed.state.next_poll_at.unwrap();
    assert!(!is_due(&feed.state, planned - minutes(1)));
    assert!(
        !is_due(&feed.state, feed.now - minutes(5)),
        "a small step changes nothing"
    );
    assert!(is_due(&feed.state, feed.now - hours(24 * 365)));
    feed.now -= hours(24 * 365);
    feed.unchanged();
    assert!(!is_due(&feed.state, feed.now + minutes(30)));
}
