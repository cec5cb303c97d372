//! What a feed's silence means, and the network's.

use super::*;

#[test]
fn a_silence_is_judged_by_the_feeds_own_habit() {
    let kind_after = |gap, entries, days: i64| {
        let mut feed = Feed::publishing_every(gap, entries);
        feed.now += hours(24 * days);
        feed.state.last_success_at = Some(feed.now);
        feed.health()
    };
    assert_eq!(kind_after(hours(1), 30, 2), HealthKind::Fine, "a weekend");
    assert_eq!(kind_after(hours(1), 30, 4), HealthKind::Silent);
    assert_eq!(kind_after(hours(24 * 7), 10, 10), HealthKind::Fine);
    assert_eq!(kind_after(hours(24 * 7), 10, 15), HealthKind::Silent);
    assert_eq!(kind_after(hours(1), 30, 28), HealthKind::Dead);
    assert_eq!(kind_after(hours(24 * 14), 10, 29), HealthKind::Silent);
    assert_eq!(kind_after(hours(24 * 14), 10, 43), HealthKind::Dead);
}

#[test]
fn what_a_poll_that_lasts_may_change_is_not_claimed_meanwhile() {
    let mut feed = Feed::publishing_every(hours(1), 30);
    let after = |feed: &Feed, wait| health_while_polled(&feed.state, feed.now - wait, feed.now);
    for days in [0, 4, 28] {
        feed.after(hours(24 * days));
        assert_eq!(after(&feed, minutes(0)).kind(), feed.health());
        let since = feed.now - minutes(1);
        assert_eq!(after(&feed, minutes(1)), Health::Polling { since });
    }
    feed.state.left_out = Some(OmittedItems {
        at: feed.now,
        items: 3,
        budget: None,
    });
    assert_eq!(feed.health(), HealthKind::OverBudget);
    assert_eq!(after(&feed, minutes(1)).kind(), HealthKind::Polling);
    feed.fail(FailureKind::Timeout, "no answer within 30 s");
    assert_eq!(after(&feed, minutes(1)).kind(), HealthKind::Failing);
    feed.state.gone_at = Some(feed.now);
    assert_eq!(after(&feed, minutes(1)).kind(), HealthKind::Gone);
}

#[test]
fn a_feed_that_was_dead_when_first_met_is_said_to_be() {
    let mut feed = Feed::new();
    let published = vec![feed.now - hours(24 * 300), feed.now - hours(24 * 301)];
    feed.read(
        answer(),
        PollSummary {
            published,
            ..summary(2, 2)
        },
    );
    assert_eq!(feed.health(), HealthKind::Dead);
    assert_eq!(
        health(&feed.state, feed.now).sentence(feed.now),
        "answers, but has had nothing new for 300 days"
    );
}

#[test]
fn two_bodies_without_a_common_entry_are_told_and_polled_sooner() {
    let mut feed = Feed::publishing_every(hours(24), 20);
    let usual = feed.wait();
    feed.until_due().read(answer(), summary(20, 19));
    assert!(feed.notices.is_empty());
    feed.until_due().read(answer(), summary(20, 20));
    assert_eq!(feed.notices, [FeedEvent::PossiblyMissed]);
    assert_eq!(feed.health(), HealthKind::Overflowing);
    assert!(feed.wait() <= usual / 2, "{:#}", feed.wait());
    // When there is an overlap again, it is told for a day, and the pace relaxes.
    for _ in 0..300 {
        feed.until_due().read(answer(), summary(20, 1));
    }
    assert_eq!(feed.health(), HealthKind::Fine);
    assert_eq!(feed.state.overflow_interval, None);
}

#[test]
fn few_items_in_a_list_that_was_empty_have_pushed_out_none() {
    let mut feed = Feed::publishing_every(hours(24), 2);
    for _ in 0..3 {
        feed.until_due().read(answer(), summary(0, 0));
        assert_eq!(feed.health(), HealthKind::Fine);
        feed.until_due().read(answer(), summary(1, 1));
        assert!(feed.notices.is_empty(), "{:?}", feed.notices);
    }
    // Another in the place of the one.
    feed.until_due().read(answer(), summary(1, 1));
    assert_eq!(feed.notices, [FeedEvent::PossiblyMissed]);
    // A list that is long again may have been so in between.
    feed.until_due().read(answer(), summary(0, 0));
    feed.until_due().read(answer(), summary(20, 20));
    assert_eq!(
        feed.notices,
        [FeedEvent::PossiblyMissed, FeedEvent::PossiblyMissed]
    );
}

#[test]
fn an_overflow_halves_the_time_between_polls_whatever_the_configuration_wishes() {
    let mut feed = Feed::publishing_every(hours(2), 20);
    feed.settings.every = Some(hours(8));
    feed.after(hours(8)).read(answer(), summary(20, 20));
    assert_eq!(feed.wait(), hours(4));
    assert!(
        feed.why
            .ends_with("sooner, since items may have been missed"),
        "{}",
        feed.why
    );
    feed.until_due().read(answer(), summary(20, 20));
    assert_eq!(feed.wait(), hours(2));
    for wait in [150, 187, 234, 292] {
        feed.until_due().read(answer(), summary(20, 1));
        assert_eq!(feed.wait().as_mins(), wait);
    }
    for _ in 0..3 {
        feed.until_due().read(answer(), summary(20, 1));
    }
    assert_eq!(feed.wait(), hours(8));
}

#[test]
fn an_overflow_never_undercuts_the_publisher_nor_ten_minutes() {
    let mut feed = Feed::publishing_every(hours(2), 20);
    for _ in 0..10 {
        feed.until_due().read(answer(), summary(20, 20));
    }
    assert_eq!(feed.wait(), SHORTEST_INTERVAL);
    let fresh = ResponseMetadata {
        caching: caching("max-age=7200"),
        ..answer()
    };
    feed.until_due().read(fresh, summary(20, 20));
    assert_eq!(feed.wait(), hours(2));
}

#[test]
fn when_nobody_answers_the_network_is_lost_until_somebody_does() {
    let mut network = Reachability::default();
    let now = Feed::new().now;
    let silent = Outcome::Failed(Failure::new(FailureKind::Name, "does not resolve"));
    let refused = Outcome::Failed(Failure {
        kind: FailureKind::Status(500),
        message: "500 Internal Server Error".to_owned(),
        answer: Some(Box::new(answer())),
    });
    for host in ["a", "b", "c", "d", "d", "d"] {
        assert_eq!(network.record(host, &silent, now), None);
    }
    let lost = NetworkChange::Lost { since: now };
    assert_eq!(network.record("e", &silent, now + minutes(5)), Some(lost));
    assert_eq!(
        network.record("f", &silent, now + minutes(6)),
        None,
        "told once"
    );
    assert_eq!(network.offline_since(), Some(now));
    let back = NetworkChange::Back { since: now };
    assert_eq!(network.record("a", &refused, now + hours(9)), Some(back));
    assert_eq!(network.record("a", &refused, now + hours(9)), None);
    assert_eq!(network.offline_since(), None);
}

#[test]
fn after_an_outage_the_feeds_that_it_struck_are_polled_soon() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    let begin = feed.now;
    for _ in 0..12 {
        feed.until_due()
            .fail(FailureKind::Timeout, "no answer within 30 s");
    }
    assert!(feed.wait() > hours(5));
    let back = after_outage(&feed.state, begin, feed.now, 0.5).unwrap();
    assert_eq!(back.next_poll_at, Some(feed.now + minutes(5)));
    assert_eq!(
        after_outage(&feed.state, feed.now, feed.now, 0.5),
        None,
        "it had failed before already"
    );
    let mut other = Feed::publishing_every(hours(2), 10);
    other
        .until_due()
        .fail(FailureKind::Status(404), "404 Not Found");
    assert_eq!(after_outage(&other.state, begin, other.now, 0.5), None);
}

#[test]
fn items_that_were_left_out_are_no_overflow_when_they_are_offered_again() {
    let mut feed = Feed::publishing_every(hours(1), 20);
    let left_out = |arrears| PollSummary {
        new_left_out: 20,
        arrears,
        ..summary(20, 0)
    };
    let added = BacklogChange {
        added: 20,
        ..BacklogChange::default()
    };
    feed.after(hours(1)).read(answer(), left_out(added));
    assert!(feed.notices.contains(&FeedEvent::PossiblyMissed));
    assert_eq!(feed.health(), HealthKind::OverBudget);
    assert!(overflowing(&feed.state, feed.now).is_some());
    let rate = feed.state.publishing_rate.entries;
    feed.notices.clear();
    let again = BacklogChange {
        again: 20,
        ..BacklogChange::default()
    };
    feed.after(hours(1)).read(answer(), left_out(again));
    assert_eq!(feed.notices, []);
    assert!(
        feed.state.publishing_rate.entries < rate,
        "nothing appeared"
    );
}

#[test]
fn what_was_left_out_is_told_for_a_day_and_a_half_after_it_ended() {
    let mut feed = Feed::publishing_every(hours(1), 20);
    let added = PollSummary {
        new_left_out: 3,
        arrears: BacklogChange {
            added: 3,
            ..BacklogChange::default()
        },
        ..summary(20, 2)
    };
    feed.after(hours(1)).read(answer(), added);
    let ended = PollSummary {
        arrears: BacklogChange {
            taken: 2,
            gone: 1,
            ..BacklogChange::default()
        },
        ..summary(20, 2)
    };
    feed.after(hours(12)).read(answer(), ended);
    feed.after(hours(35)).read(answer(), summary(20, 1));
    assert_eq!(
        health(&feed.state, feed.now).sentence(feed.now),
        "brought more than a feed may in a day: 3 items were left out, 2 of them taken later; \
         1 item was gone before it could be taken"
    );
    feed.after(hours(2)).read(answer(), summary(20, 1));
    assert_eq!(feed.health(), HealthKind::Fine);
    let last_week = feed.now - hours(7 * 24);
    assert!(over_budget(&feed.state, last_week).is_some());
}

#[test]
fn a_feed_whose_revisions_are_over_the_budget_is_named_for_them() {
    let mut feed = Feed::publishing_every(hours(1), 20);
    for _ in 0..3 {
        let all = PollSummary {
            entries_revised: 12,
            revised_left_out: 8,
            ..summary(20, 0)
        };
        feed.after(hours(1)).read(answer(), all);
    }
    assert!(feed.state.left_out.is_some());
    assert_eq!(feed.health(), HealthKind::Restless);
}
