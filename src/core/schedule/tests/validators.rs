//! Validators, and servers that do not tell the truth about them.

use super::*;

#[test]
fn overlong_words_of_servers_are_neither_kept_nor_read_back() {
    let long = || Some(vec![b'"'; 300_000]);
    assert!(Validators::new(long(), long()).is_empty());
    let fits = Validators::new(Some(vec![b'x'; 1024]), long());
    assert_eq!(fits.etag.as_ref().map(Vec::len), Some(1024));
    assert_eq!(fits.last_modified, None);

    let mut feed = Feed::new();
    let mut words = "word ".repeat(100_000);
    feed.fail(FailureKind::Protocol, &words);
    assert!(feed.state.last_error.as_ref().unwrap().len() < 400);
    let outcome = modified(answer());
    feed.after(hours(2))
        .poll(&PollResult::unreadable(&outcome, words.clone()));
    assert!(feed.state.unreadable.as_ref().unwrap().len() < 400);
    assert!(feed.state.last_error.as_ref().unwrap().len() < 400);
    assert!(feed.why.len() < 500, "{}", feed.why);

    // What an earlier version kept.
    words.truncate(300_000);
    let address = format!("https://example.org/{}", "a".repeat(600_000));
    let at = "2026-03-02T12:00:00Z";
    let stored = serde_json::json!({
        "validators": { "etag": words, "last_modified": "now" },
        "validators_from": address,
        "last_error": words,
        "unreadable": words,
        "moved": { "to": address, "first_at": at, "times": 2 },
        "adopted": { "from": URL, "to": address, "at": at },
        "consecutive_failures": 3,
    });
    let state: FeedState = serde_json::from_value(stored).unwrap();
    assert_eq!(
        state.validators,
        Validators::new(None, Some(b"now".to_vec()))
    );
    assert_eq!(state.validators_from, None);
    assert_eq!((state.moved.as_ref(), state.adopted.as_ref()), (None, None));
    assert_eq!(state.current_address(URL), URL);
    assert_eq!(state.consecutive_failures, 3);
    let written = serde_json::to_string(&state).unwrap();
    assert!(written.len() < 1200, "{written}");
}

#[test]
fn validators_are_echoed_byte_for_byte_also_through_storage() {
    let odd = Validators {
        etag: Some(b"W/\"\xe9\xff \\x\"".to_vec()),
        last_modified: Some(b"yesterday, more or less".to_vec()),
    };
    let mut feed = Feed::new();
    feed.read(
        ResponseMetadata {
            validators: odd.clone(),
            ..answer()
        },
        summary(10, 10),
    );
    let json = serde_json::to_string(&feed.state).unwrap();
    feed.state = serde_json::from_str(&json).unwrap();
    assert_eq!(
        next_request(&feed.state, URL, &Budget::default(), feed.now).validators,
        odd
    );
}

#[test]
fn a_state_is_small_when_stored() {
    let stored = |feed: &Feed| serde_json::to_string(&feed.state).unwrap();
    assert_eq!(stored(&Feed::new()), format!("{{\"address\":\"{URL}\"}}"));
    let feed = Feed::publishing_every(hours(2), 30);
    assert!(stored(&feed).len() < 600, "{}", stored(&feed));
    let back: FeedState = serde_json::from_str(&stored(&feed)).unwrap();
    assert_eq!(back, feed.state);
    let unknown: FeedState = serde_json::from_str("{\"of_a_later_version\":1}").unwrap();
    assert_eq!(unknown, FeedState::default());
}

#[test]
fn validators_are_never_made_up_nor_kept_beyond_their_body() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    assert_eq!(
        next_request(&feed.state, URL, &Budget::default(), feed.now).validators,
        validators("\"1\"")
    );
    let none = ResponseMetadata {
        validators: Validators::default(),
        ..answer()
    };
    feed.until_due().read(none, summary(10, 0));
    assert!(
        next_request(&feed.state, URL, &Budget::default(), feed.now)
            .validators
            .is_empty()
    );
}

#[test]
fn a_304_that_brings_a_new_validator_replaces_that_one_only() {
    let mut feed = Feed::new();
    let both = Validators {
        last_modified: Some(b"Mon, 02 Mar 2026 11:00:00 GMT".to_vec()),
        ..validators("\"1\"")
    };
    feed.read(
        ResponseMetadata {
            validators: both.clone(),
            ..answer()
        },
        summary(10, 10),
    );
    let outcome = Outcome::NotModified(ResponseMetadata {
        sent: both.clone(),
        validators: validators("\"2\""),
        ..answer()
    });
    feed.until_due().poll(&PollResult::without_body(&outcome));
    let expected = Validators {
        last_modified: both.last_modified,
        ..validators("\"2\"")
    };
    assert_eq!(feed.state.validators, expected);
}

#[test]
fn a_failure_leaves_the_validators_as_they_were() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    feed.until_due()
        .fail(FailureKind::Status(500), "500 Internal Server Error");
    assert_eq!(feed.state.validators, validators("\"1\""));
}

#[test]
fn a_body_that_cannot_be_read_stays_a_failure_while_it_is_not_modified() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    let outcome = modified(ResponseMetadata {
        validators: validators("\"html\""),
        ..answer()
    });
    feed.until_due().poll(&PollResult::unreadable(
        &outcome,
        "an HTML page, not a feed",
    ));
    assert_eq!(feed.health(), HealthKind::Failing);
    let request = next_request(&feed.state, URL, &Budget::default(), feed.now);
    assert_eq!(
        request.validators,
        validators("\"html\""),
        "no second download of the same page"
    );
    feed.until_due().unchanged();
    assert_eq!(feed.health(), HealthKind::Failing);
    assert_eq!(
        feed.state.last_error.as_deref(),
        Some("an HTML page, not a feed")
    );
    // Once a day it is looked at anew.
    feed.after(hours(24));
    assert!(
        next_request(&feed.state, URL, &Budget::default(), feed.now)
            .validators
            .is_empty()
    );
    feed.read(answer(), summary(10, 1));
    assert_eq!(feed.health(), HealthKind::Fine);
    feed.until_due().unchanged();
    assert_eq!(
        feed.health(),
        HealthKind::Fine,
        "what a 304 stands for is good again"
    );
}

#[test]
fn a_body_beyond_the_cap_is_not_downloaded_again_and_again() {
    let mut feed = Feed::publishing_every(hours(2), 10);
    let outcome = Outcome::Failed(Failure {
        kind: FailureKind::TooLarge,
        message: "larger than 8 MiB".to_owned(),
        answer: Some(Box::new(ResponseMetadata {
            validators: validators("\"big\""),
            ..answer()
        })),
    });
    feed.until_due().poll(&PollResult::without_body(&outcome));
    assert_eq!(
        next_request(&feed.state, URL, &Budget::default(), feed.now).validators,
        validators("\"big\"")
    );
    feed.until_due().unchanged();
    assert_eq!(feed.state.last_error.as_deref(), Some("larger than 8 MiB"));
}

#[test]
fn the_same_body_again_counts_as_unchanged() {
    let mut feed = Feed::new();
    let none = ResponseMetadata {
        validators: Validators::default(),
        ..answer()
    };
    let digest = Some("d1".to_owned());
    feed.read(
        none.clone(),
        PollSummary {
            body_digest: digest.clone(),
            ..summary(10, 10)
        },
    );
    assert_eq!(feed.state.body_digest, digest);
    let outcome = modified(ResponseMetadata {
        caching: caching("max-age=7200"),
        ..none
    });
    feed.until_due().poll(&PollResult::with_same_body(&outcome));
    assert_eq!(feed.health(), HealthKind::Fine);
    assert_eq!(feed.state.last_success_at, Some(feed.now));
    assert_eq!(feed.wait(), hours(2));
}

#[test]
fn a_silence_unusual_for_the_feed_is_checked_without_validators_once_a_day_at_most() {
    let mut feed = Feed::publishing_every(hours(2), 30);
    let mut unconditional = Vec::new();
    let begin = feed.now;
    while feed.now.duration_since(begin) < hours(24 * 21) {
        feed.until_due();
        if next_request(&feed.state, URL, &Budget::default(), feed.now)
            .validators
            .is_empty()
        {
            unconditional.push(feed.now);
            feed.read(answer(), summary(30, 0));
        } else {
            feed.unchanged();
        }
    }
    assert!(unconditional.len() >= 2, "{unconditional:?}");
    for pair in unconditional.windows(2) {
        assert!(
            pair[1].duration_since(pair[0]) >= hours(24),
            "{unconditional:?}"
        );
    }
    assert!(
        unconditional.len() <= 5,
        "honest answers make it rarer: {unconditional:?}"
    );
}

#[test]
fn a_lie_is_found_told_once_and_watched_daily() {
    let mut feed = Feed::publishing_every(hours(2), 30);
    let mut checks = 0;
    let begin = feed.now;
    while feed.now.duration_since(begin) < hours(24 * 10) {
        feed.until_due();
        if next_request(&feed.state, URL, &Budget::default(), feed.now)
            .validators
            .is_empty()
        {
            checks += 1;
            feed.read(answer(), summary(30, 12));
        } else {
            feed.unchanged();
        }
    }
    assert_eq!(feed.notices, [FeedEvent::FalseNotModified]);
    assert!((8..=10).contains(&checks), "{checks}");
}

#[test]
fn a_server_that_answers_validators_truly_is_trusted_again() {
    let mut feed = Feed::publishing_every(hours(2), 30);
    feed.state.lied_at = Some(feed.now);
    feed.until_due().read(
        ResponseMetadata {
            validators: validators("\"2\""),
            ..answer()
        },
        summary(30, 1),
    );
    assert_eq!(feed.state.lied_at, None);
}

#[test]
fn dates_tell_a_lie_when_nobody_says_which_entries_are_new() {
    let lied = |ages: &[i64], entries_in_feed, entries_new| {
        let mut feed = Feed::publishing_every(hours(2), 30);
        feed.until_due().unchanged();
        feed.until_due();
        let outcome = modified(ResponseMetadata {
            validators: validators("\"2\""),
            ..answer()
        });
        let published = ages.iter().map(|&age| feed.now - minutes(age)).collect();
        let summary = PollSummary {
            published,
            ..summary(entries_in_feed, entries_new)
        };
        feed.poll(&PollResult::with_feed(&outcome, summary));
        feed.state.lied_at.is_some()
    };
    assert!(!lied(&[300, 10, 20], 3, 2), "both are of the last hour");
    assert!(
        lied(&[300, 10, 20], 3, 3),
        "one was there at the 304 before"
    );
    assert!(!lied(&[300, 10], 3, 2), "one has no date");
    assert!(!lied(&[300, 10, 20], 3, 0));
}

#[test]
fn what_appears_between_two_polls_is_no_lie() {
    let lied_after = |oldest_new_ago, etag| {
        let mut feed = Feed::publishing_every(hours(2), 30);
        feed.until_due().unchanged();
        feed.until_due();
        let outcome = modified(ResponseMetadata {
            sent: Validators::default(),
            validators: validators(etag),
            ..answer()
        });
        let oldest_new = Some(feed.now - oldest_new_ago);
        feed.poll(&PollResult::with_feed(
            &outcome,
            PollSummary {
                oldest_new,
                ..summary(30, 1)
            },
        ));
        feed.state.lied_at.is_some()
    };
    assert!(!lied_after(minutes(20), "\"2\""));
    assert!(
        lied_after(hours(5), "\"2\""),
        "it was there at the 304 before"
    );
    assert!(
        lied_after(minutes(20), "\"1\""),
        "one validator for two bodies"
    );
}
