//! Bodies of which something is missing.

use super::*;
use crate::core::feed::Loss;

const BROKEN: Loss = Loss {
    broken_off_after: Some(3),
    unread: 0,
    parts: 0,
    surplus: 0,
    shortened: 0,
    crowded: 0,
    garbled: 0,
};

fn lossy(loss: Loss) -> PollSummary {
    PollSummary {
        loss,
        ..summary(4, 1)
    }
}

#[test]
fn a_loss_is_told_once_and_lasts_until_a_body_is_whole() {
    let mut feed = Feed::publishing_every(hours(1), 30);
    feed.until_due().read(answer(), lossy(BROKEN));
    let since = feed.now;
    assert_eq!(feed.notices, [FeedEvent::Incomplete(BROKEN)]);
    assert!(feed.why.contains("not whole: it breaks off after 3 items"));
    feed.until_due().unchanged();
    feed.until_due().fail(FailureKind::Timeout, "no answer");
    assert_eq!(feed.health(), HealthKind::Failing);
    assert!(
        incomplete(&feed.state).is_some(),
        "it is so beside the failure"
    );
    let surplus = Loss {
        surplus: 5,
        ..Loss::default()
    };
    feed.until_due().read(answer(), lossy(surplus));
    let lasting = Health::Incomplete {
        since,
        loss: surplus,
    };
    assert_eq!(health(&feed.state, feed.now), lasting);
    assert_eq!(feed.notices.len(), 1);
    feed.until_due().read(answer(), summary(4, 1));
    assert_eq!(feed.health(), HealthKind::Fine);
    let over = feed.state.made_whole;
    let over = over.map(|over| (over.since, over.until, over.loss));
    assert_eq!(over, Some((since, feed.now, surplus)));
    feed.until_due().read(answer(), lossy(BROKEN));
    assert_eq!(feed.notices.len(), 2);
}

#[test]
fn a_loss_is_stored_and_a_state_without_one_is_read() {
    let mut feed = Feed::publishing_every(hours(1), 30);
    let whole = serde_json::to_string(&feed.state).unwrap();
    assert!(!whole.contains("incomplete"), "{whole}");
    feed.read(answer(), lossy(BROKEN));
    let stored = serde_json::to_string(&feed.state).unwrap();
    assert_eq!(
        serde_json::from_str::<FeedState>(&stored).unwrap(),
        feed.state
    );
}

#[test]
fn a_loss_since_a_time_that_lies_ahead_is_one_since_now() {
    let mut feed = Feed::publishing_every(hours(1), 30);
    feed.read(answer(), lossy(BROKEN));
    feed.now -= hours(24 * 40);
    feed.read(answer(), lossy(BROKEN));
    assert_eq!(
        incomplete(&feed.state).and_then(|it| it.since()),
        Some(feed.now)
    );
}

#[test]
fn what_an_earlier_version_read_is_read_once_more() {
    let mut feed = Feed::publishing_every(hours(1), 30);
    let sent =
        |feed: &Feed| next_request(&feed.state, URL, &Budget::default(), feed.now).validators;
    feed.until_due();
    assert_eq!(sent(&feed), validators("\"1\""));
    feed.state.read_by = 0;
    assert!(sent(&feed).is_empty());
    // No answer is none, and what is found now the server did not hide.
    feed.fail(FailureKind::Timeout, "no answer");
    assert!(sent(&feed).is_empty());
    feed.until_due().read(answer(), lossy(BROKEN));
    assert_eq!(feed.notices, [FeedEvent::Incomplete(BROKEN)]);
    assert_eq!(feed.state.lied_at, None);
    feed.until_due();
    assert_eq!(sent(&feed), validators("\"1\""));
    // Nor is it asked again and again for what cannot be read.
    feed.state.read_by = 0;
    let outcome = modified(answer());
    feed.poll(&PollResult::unreadable(&outcome, "a page of HTML"));
    assert_eq!(sent(&feed), validators("\"1\""));
}

#[test]
fn what_is_silent_or_dead_is_not_only_incomplete() {
    let mut feed = Feed::publishing_every(hours(1), 30);
    feed.read(answer(), lossy(BROKEN));
    feed.after(hours(24));
    assert_eq!(feed.health(), HealthKind::Incomplete);
    feed.after(hours(24 * 20));
    assert_eq!(feed.health(), HealthKind::Silent);
    feed.after(hours(24 * 60));
    assert_eq!(feed.health(), HealthKind::Dead);
}

#[test]
fn what_is_only_accepted_and_no_feed_fails_and_leaves_no_trace() {
    let mut feed = Feed::publishing_every(hours(1), 30);
    let before = feed.state.validators.clone();
    let Outcome::Modified(page) = modified(ResponseMetadata {
        validators: validators("\"page\""),
        ..answer()
    }) else {
        panic!("no body");
    };
    let page = Outcome::Modified(Modified {
        is_accepted_only: true,
        ..page
    });
    feed.until_due();
    feed.poll(&PollResult::unreadable(
        &page,
        "this is an HTML page, not a feed",
    ));
    assert_eq!(feed.health(), HealthKind::Failing);
    let told = "202 Accepted: this is an HTML page, not a feed";
    assert_eq!(feed.state.last_error.as_deref(), Some(told));
    assert_eq!(feed.state.unreadable, None);
    assert_eq!(feed.state.validators, before);
    feed.until_due().unchanged();
    assert_eq!(feed.health(), HealthKind::Fine);
}
