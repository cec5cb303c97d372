//! Which pages are queued, how many of a day, and how what was read is counted.

use newsvigil::store::articles::{Step, WAITING_AT_MOST, WAITING_OF_A_FEED};

use super::*;

#[test]
fn what_the_policy_wants_is_queued_and_what_leads_to_no_article_is_not() {
    let long = "word ".repeat(200);
    let stories = [
        Story {
            key: "long",
            text: &long,
            link: Some("https://outlet.example/long"),
            ..STORY
        },
        Story {
            key: "short",
            text: "Nothing.",
            link: Some("https://outlet.example/short"),
            ..STORY
        },
        Story {
            key: "hit",
            text: &format!("{long} tear gas"),
            link: Some("https://www.google.com/url?url=https://outlet.example/hit"),
            ..STORY
        },
        Story {
            key: "no link",
            link: None,
            ..STORY
        },
        Story {
            key: "front page",
            link: Some("https://outlet.example/"),
            ..STORY
        },
        Story {
            key: "feed",
            link: Some("https://outlet.example/feed.xml#3"),
            ..STORY
        },
        Story {
            key: "film",
            link: Some("rtsp://outlet.example/film"),
            ..STORY
        },
    ];
    for (policy, expected) in [
        (Policy::Auto, vec!["short"]),
        (Policy::All, vec!["long", "short", "hit"]),
        (Policy::Hits, vec!["hit"]),
        (Policy::Off, vec![]),
    ] {
        let mut desk = Desk::new();
        let counts = desk.poll(policy, &stories);
        let waiting = desk.waiting();
        let last = |address: &str| address.rsplit('/').next().map(str::to_owned);
        let pages: Vec<String> = waiting
            .iter()
            .filter_map(|(_, page)| last(&page.address))
            .collect();
        assert_eq!(pages, expected, "{policy:?}");
        assert_eq!(counts.articles, expected.len() as u64);
        for (_, page) in &waiting {
            assert_eq!((page.queued, page.due), (desk.now, desk.now));
            assert_eq!((page.hops, page.attempts, page.revision), (0, 0, 0));
        }
        assert_eq!(desk.counts().waiting, expected.len() as u64);
    }
}

#[test]
fn no_page_of_the_backlog_or_of_an_archive_is_queued() {
    let mut desk = Desk::new();
    let (month_ago, now) = (desk.now - SignedDuration::from_hours(30 * 24), desk.now);
    desk.poll_dated(Policy::All, &[STORY], Some(month_ago));
    assert_eq!(desk.waiting(), [], "the backlog");
    let keys: Vec<String> = (0..30).map(|number| number.to_string()).collect();
    let archive: Vec<Story<'_>> = keys.iter().map(|key| Story { key, ..STORY }).collect();
    desk.later(1);
    desk.poll_dated(Policy::All, &archive, Some(month_ago));
    assert_eq!(desk.waiting(), [], "an archive");
    desk.later(1);
    let revised = Story {
        text: "What an old item says now is news.",
        ..STORY
    };
    desk.poll_dated(Policy::All, &[revised], Some(now));
    assert_eq!(desk.waiting().len(), 1);
}

#[test]
fn a_revised_item_takes_the_place_of_what_waited_and_numbers_are_never_given_twice() {
    let mut desk = Desk::new();
    desk.poll(Policy::Auto, &[STORY]);
    let (first, _) = desk.waiting().remove(0);
    let page = desk.read(first, "They fired tear gas.");
    let revised = Story {
        text: "Another teaser.",
        link: Some("https://outlet.example/b"),
        ..STORY
    };
    desk.poll(Policy::Auto, &[revised]);
    let waiting = desk.waiting();
    let [(second, page_of_second)] = waiting.as_slice() else {
        panic!("{waiting:?}");
    };
    assert!(*second > first);
    assert_eq!(page_of_second.revision, 1);
    assert_eq!(page_of_second.address, "https://outlet.example/b");
    assert_eq!(
        articles::waiting(&desk.connection, first, 9).expect("read"),
        waiting,
        "whoever reads on behind the first finds it"
    );
    // What was read meanwhile is of the revision that is gone.
    assert_eq!(
        articles::documents(&desk.connection, &[first]).expect("read"),
        []
    );
    let counts = desk.settle(&[page]);
    assert_eq!((counts.dropped, counts.settled, counts.hits), (1, 0, 0));
    assert_eq!(desk.waiting(), waiting);
    // Where the new text is long enough, nothing waits.
    let long = "word ".repeat(200);
    desk.poll(
        Policy::Auto,
        &[Story {
            text: &long,
            ..STORY
        }],
    );
    assert_eq!(desk.waiting(), []);
}

#[test]
fn what_waits_is_bounded_and_what_has_no_room_is_told() {
    let mut desk = Desk::new();
    let keys: Vec<String> = (0..WAITING_OF_A_FEED + 5).map(|n| n.to_string()).collect();
    let stories: Vec<Story<'_>> = keys.iter().map(|key| Story { key, ..STORY }).collect();
    assert_eq!(
        desk.poll(Policy::Auto, &stories).articles,
        WAITING_OF_A_FEED
    );
    let counts = desk.counts();
    assert_eq!(counts.waiting, WAITING_OF_A_FEED);
    assert_eq!(counts.of(PageVerdict::NotAsked), 5);
    assert_eq!(counts.by_feed_text_only(), 5);
    let why =
        "SELECT count(*) FROM article WHERE why = '2000 pages of its feed were waiting already'";
    assert_eq!(desk.number(why), 5);

    let mut desk = Desk::new();
    desk.connection
        .pragma_update(None, "foreign_keys", false)
        .expect("set");
    desk.connection
        .execute(
            "INSERT INTO article (entry_id, revision, feed_id, address, queued_at, due_at)
             SELECT value, 0, 'feed ' || (value % 100), '', 0, 0 FROM (
               WITH RECURSIVE numbers (value) AS (
                 SELECT 1000000 UNION ALL SELECT value + 1 FROM numbers WHERE value < 1000000 + ?1)
               SELECT value FROM numbers)",
            [WAITING_AT_MOST - 3],
        )
        .expect("filled");
    assert_eq!(desk.poll(Policy::Auto, &stories[..5]).articles, 2);
    assert_eq!(desk.counts().of(PageVerdict::NotAsked), 3);
    // There is room again where others were settled, though their numbers lie apart.
    desk.connection
        .execute("DELETE FROM article WHERE id BETWEEN 100 AND 102", [])
        .expect("deleted");
    assert_eq!(desk.poll(Policy::Auto, &stories[5..15]).articles, 3);
}

#[test]
fn a_page_that_cannot_be_stored_holds_up_no_other() {
    let mut desk = Desk::new();
    let keys = ["a", "b", "c"];
    let stories: Vec<Story<'_>> = keys.iter().map(|key| Story { key, ..STORY }).collect();
    desk.poll(Policy::All, &stories);
    let found = "Police fired tear gas.";
    let rows: Vec<i64> = desk.waiting().iter().map(|(row, _)| *row).collect();
    let mut pages: Vec<Settled> = rows.iter().map(|row| desk.read(*row, found)).collect();
    let endless = "a".repeat((16 << 20) + 1);
    pages[1].text = Some(endless);
    let counts = desk.settle(&pages);
    assert_eq!((counts.settled, counts.hits), (3, 2));
    assert_eq!(desk.waiting(), []);
    assert_eq!(
        (desk.counts().whole(), desk.counts().of(PageVerdict::TooBig)),
        (2, 1)
    );
}

/// A clock that was ahead for a while has used up no later day.
#[test]
fn what_was_read_while_the_clock_was_ahead_counts_for_that_day_alone() {
    let mut desk = Desk::new();
    desk.later(24 * 365);
    assert_eq!(desk.publish(&STORY, "Police fired tear gas.").hits, 1);
    desk.later(-24 * 365);
    let asked = articles::asked_today(&desk.connection, "outlet", desk.now).expect("counted");
    assert_eq!(asked, 0);
    let other = Story {
        key: "b",
        title: "Another march",
        link: Some("https://outlet.example/b"),
        ..STORY
    };
    desk.poll(Policy::All, &[other]);
    let row = desk.waiting()[0].0;
    let page = desk.read(row, "Police fired tear gas.");
    assert!(desk.settle_within(&[page], 1).put_off.is_empty());
}

#[test]
fn pages_of_today_are_counted_by_what_was_asked() {
    let mut desk = Desk::new();
    let keys: Vec<String> = (0..6).map(|number| number.to_string()).collect();
    let stories: Vec<Story<'_>> = keys.iter().map(|key| Story { key, ..STORY }).collect();
    desk.poll(Policy::Auto, &stories);
    let rows: Vec<i64> = desk.waiting().iter().map(|(row, _)| *row).collect();
    let asked =
        |desk: &Desk| articles::asked_today(&desk.connection, "outlet", desk.now).expect("counted");
    assert_eq!(asked(&desk), 0);
    let step = Step {
        address: "https://outlet.example/elsewhere".to_owned(),
        hops: 1,
        attempts: 0,
        due: desk.now,
    };
    articles::postpone(&mut desk.connection, &[(rows[0], step.clone())]).expect("noted");
    assert_eq!(asked(&desk), 1);
    let waiting = desk.waiting();
    assert_eq!(waiting[0].1.address, step.address);
    assert_eq!((waiting[0].1.hops, waiting[0].0), (1, rows[0]));
    let verdicts = [
        PageVerdict::Whole,
        PageVerdict::Paywalled,
        PageVerdict::Robots,
        PageVerdict::NotAsked,
    ];
    let pages: Vec<Settled> = rows[..4]
        .iter()
        .zip(verdicts)
        .map(|(row, verdict)| settled(*row, verdict, None, Vec::new()))
        .collect();
    assert_eq!(desk.settle(&pages).settled, 4);
    assert_eq!(asked(&desk), 3, "one of two was asked for at two addresses");
    let counts = desk.counts();
    assert_eq!(
        (counts.whole(), counts.by_feed_text_only(), counts.waiting),
        (1, 3, 2)
    );
    assert_eq!(counts.of(PageVerdict::Paywalled), 1);
    // A settled page takes no step.
    articles::postpone(&mut desk.connection, &[(rows[3], step)]).expect("noted");
    assert_eq!(
        desk.number("SELECT count(*) FROM article WHERE hops = 1"),
        1
    );
    desk.later(24);
    assert_eq!(asked(&desk), 0, "a new day");
    // What was read before the span is not in it.
    desk.later(24);
    assert_eq!(desk.counts().settled.len(), 0);
}
