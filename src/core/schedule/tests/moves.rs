//! Permanent redirects.

use super::*;

#[test]
fn a_permanent_redirect_is_adopted_after_sightings_over_days_and_told() {
    let mut feed = Feed::publishing_every(hours(24), 10);
    let begin = feed.now;
    while feed.state.adopted.is_none() {
        assert_eq!(feed.state.current_address(URL), URL);
        feed.until_due().read(redirected(NEW), summary(10, 0));
        assert!(feed.now.duration_since(begin) < hours(24 * 4));
    }
    assert!(feed.now.duration_since(begin) >= hours(48));
    let request = next_request(&feed.state, URL, &Budget::default(), feed.now);
    assert_eq!((request.url.as_str(), request.adopted), (NEW, false));
    let (from, to) = (URL.to_owned(), NEW.to_owned());
    assert_eq!(feed.notices, [FeedEvent::Moved { from, to }]);
    assert_eq!(
        feed.state.current_address("https://example.org/third"),
        "https://example.org/third",
        "an adoption binds the address it began with only"
    );
}

#[test]
fn an_adopted_address_at_another_host_is_asked_as_what_a_redirect_gave() {
    let mut feed = Feed::publishing_every(hours(24), 10);
    assert!(!next_request(&feed.state, URL, &Budget::default(), feed.now).adopted);
    for _ in 0..4 {
        feed.after(hours(24))
            .read(redirected("https://www.example.net/feed"), summary(10, 0));
    }
    let request = next_request(&feed.state, URL, &Budget::default(), feed.now);
    assert_eq!(request.url, "https://www.example.net/feed");
    assert!(request.adopted);
}

#[test]
fn two_sightings_are_not_enough_however_far_apart() {
    let mut feed = Feed::publishing_every(hours(24), 10);
    for _ in 0..2 {
        feed.after(hours(24 * 10))
            .read(redirected(NEW), summary(10, 0));
        assert_eq!(feed.state.adopted, None);
    }
    feed.after(hours(1)).read(redirected(NEW), summary(10, 0));
    assert!(feed.state.adopted.is_some());
}

#[test]
fn sightings_with_a_break_start_again() {
    let mut feed = Feed::publishing_every(hours(24), 10);
    for _ in 0..4 {
        for _ in 0..2 {
            feed.after(hours(40)).read(redirected(NEW), summary(10, 0));
        }
        feed.after(hours(40)).read(answer(), summary(10, 0));
    }
    assert_eq!(feed.state.adopted, None);
}

#[test]
fn a_redirect_that_gives_up_tls_or_leads_to_no_feed_is_never_adopted() {
    let mut feed = Feed::publishing_every(hours(24), 10);
    for _ in 0..20 {
        feed.after(hours(24))
            .read(redirected("http://example.org/new"), summary(10, 0));
    }
    assert_eq!(feed.state.adopted, None);
    for _ in 0..20 {
        let outcome = modified(redirected(NEW));
        feed.after(hours(24))
            .poll(&PollResult::unreadable(&outcome, "no feed"));
    }
    assert_eq!(feed.state.adopted, None);
}

#[test]
fn an_adopted_address_that_keeps_failing_is_given_up_for_the_configured_one() {
    let mut feed = Feed::publishing_every(hours(24), 10);
    for _ in 0..4 {
        feed.after(hours(24)).read(redirected(NEW), summary(10, 0));
    }
    assert!(feed.state.adopted.is_some());
    for _ in 0..80 {
        feed.until_due()
            .fail(FailureKind::Name, "the name does not resolve");
    }
    assert_eq!(feed.state.current_address(URL), URL);
    let (from, to) = (NEW.to_owned(), URL.to_owned());
    assert_eq!(
        feed.notices.last(),
        Some(&FeedEvent::MovedBack { from, to })
    );
}

#[test]
fn a_second_move_still_belongs_to_the_configured_address() {
    let third = "https://example.org/third";
    let mut feed = Feed::publishing_every(hours(24), 10);
    for _ in 0..4 {
        feed.after(hours(24)).read(redirected(NEW), summary(10, 0));
    }
    for _ in 0..4 {
        let answer = ResponseMetadata {
            requested_url: NEW.to_owned(),
            ..redirected(third)
        };
        feed.after(hours(24)).read(answer, summary(10, 0));
    }
    assert_eq!(feed.state.current_address(URL), third);
}
