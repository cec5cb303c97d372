use std::collections::BTreeSet;

use askama::Template as _;

use super::*;
use crate::web::site_tests::{TestSite, begin};

/// With so many feeds, the last of which was never read.
fn site(number: usize) -> TestSite {
    let list: String = (0..number)
        .map(|at| {
            format!(
                "[[feed]]\nid = \"feed-{at}\"\ntitle = \"{}\"\nurl = \"https://news.example.org/{at}?key=secret\"\n",
                "उदाहरण ".repeat(1 + at % 30)
            )
        })
        .collect();
    let site = TestSite::new(&[], &[]).with_feeds(&list);
    let day = begin().as_second() / 86_400;
    for at in 0..number.saturating_sub(1) {
        let id = format!("feed-{at}");
        let state = FeedState {
            last_success_at: Some(begin()),
            last_new_entry_at: Some(begin()),
            first_success_at: Some(begin()),
            failing_since: (at % 2 == 1).then(begin),
            consecutive_failures: u32::from(at % 2 == 1),
            last_error: (at % 2 == 1).then(|| "503 ".repeat(40)),
            ..FeedState::default()
        };
        let state = serde_json::to_string(&state).unwrap();
        let connection = &site.sqlite;
        connection
            .execute(
                "INSERT INTO feed (id, url, state, next_poll_at) VALUES (?1, '', ?2, 0)",
                (&id, state),
            )
            .unwrap();
        for back in 0..20 {
            let sql = "INSERT INTO feed_day (feed_id, day, items) VALUES (?1, ?2, ?3)";
            let row = (&id, day - back, back * 1_000_000);
            connection.execute(sql, row).unwrap();
        }
        for hour in 0..5 {
            let sql = "INSERT INTO outage (feed_id, began_at, ended_at, reason) VALUES (?1, ?2, ?3, 'no answer')";
            let began = begin().as_second() - 86_400 - hour * 7_200;
            connection
                .execute(sql, (&id, began, began + 3_600))
                .unwrap();
        }
    }
    site
}

#[test]
fn all_feeds_stand_on_pages_that_are_small_enough_those_in_trouble_first() {
    let site = site(120);
    let (mut from, mut seen, mut names) = (0, BTreeSet::new(), Vec::new());
    loop {
        let page = feeds(site.sources(), from).unwrap();
        assert_eq!(page.verdict, "120 feeds, 60 fine");
        assert!(page.render().unwrap().len() < 40_000);
        for group in &page.groups {
            names.push(group.name);
            seen.extend(group.feeds.iter().map(|feed| feed.id.clone()));
            for feed in &group.feeds {
                assert!(!feed.address.contains("secret"), "{}", feed.address);
            }
        }
        from += page.shown();
        match page.next {
            Some(next) => assert_eq!(next, format!("/feeds?from={from}")),
            None => break,
        }
    }
    assert_eq!(seen.len(), 120);
    names.dedup();
    assert_eq!(names, ["Not fine", "Not known yet", "Fine"]);
    let behind = feeds(site.sources(), 500).unwrap();
    assert!(behind.groups.is_empty() && behind.next.is_none());
}

#[test]
fn a_feed_is_told_in_the_words_of_status_with_its_gaps() {
    let site = site(3);
    let page = feeds(site.sources(), 0).unwrap();
    let failing = &page.groups[0].feeds[0];
    assert!(
        failing.health.starts_with("failing for 1 h (once): 503"),
        "{}",
        failing.health
    );
    assert_eq!((failing.gaps.len(), failing.more_gaps), (2, 3));
    assert_eq!(page.groups[1].feeds[0].health, "not asked yet");
    let page = feed(site.sources(), "feed-1").unwrap().unwrap();
    assert!(page.is_bad);
    assert_eq!((page.feed.gaps.len(), page.feed.more_gaps), (5, 0));
    assert_eq!(page.feed.rhythm.values.len(), 28);
    assert_eq!(page.feed.rhythm.values[0].1, None, "it was not read then");
    assert!(feed(site.sources(), "none").unwrap().is_none());
}
