//! What is found in an article: who is told of it, when, and how often.

use newsvigil::store::mutes;

use super::*;

#[test]
fn what_stands_in_the_article_alone_is_told_at_once_and_once() {
    let mut desk = Desk::new();
    let first = desk.poll(Policy::Auto, &[STORY]);
    assert_eq!(first.hits, 1, "the watch that sees what feeds say");
    let row = desk.waiting()[0].0;
    let page = desk.read(
        row,
        "They marched.\nPolice fired tear gas; two were wounded at the march.",
    );
    assert_eq!(page.hits.len(), 2);
    let counts = desk.settle(std::slice::from_ref(&page));
    assert_eq!((counts.settled, counts.hits, counts.hits_muted), (1, 2, 0));
    let of_desk = |urgency: &str| {
        format!(
            "SELECT count(*) FROM delivery WHERE recipient_id = 'desk' AND urgency = '{urgency}'"
        )
    };
    assert_eq!(desk.number(&of_desk("alert")), 1);
    assert_eq!(desk.number(&of_desk("digest")), 2);
    for hit in desk.hits(&HitFilter::default()) {
        assert_eq!(hit.in_article, hit.watch_id != "as-fed");
        let page = articles::page_of(&desk.connection, hit.entry_id, hit.revision);
        let page = page.expect("read").expect("there is a page");
        assert_eq!(page.verdict, Some(PageVerdict::Whole));
    }
    // The row is settled: the same again changes nothing.
    assert_eq!(desk.settle(&[page]).dropped, 1);
    assert_eq!(desk.number("SELECT count(*) FROM hit"), 3);
    assert_eq!(desk.waiting(), []);
    assert_eq!(desk.counts().whole(), 1);
}

#[test]
fn a_watch_that_found_the_item_by_its_feed_finds_it_once() {
    let mut desk = Desk::new();
    let story = Story {
        text: "Tear gas at a march.",
        ..STORY
    };
    let counts = desk.publish(&story, "Tear gas at a march. More tear gas.");
    assert_eq!((counts.settled, counts.hits), (1, 0));
    assert_eq!(desk.number("SELECT count(*) FROM hit"), 2);
}

/// By the teaser alone it is too little for some; they are told once the article says more.
#[test]
fn whom_only_the_article_concerns_is_told_of_what_the_feed_told_others() {
    let settings = r#"
[[recipient]]
id = "all"
address = "all@example.org"

[[recipient]]
id = "few"
address = "few@example.org"
min_score = 5
"#;
    let watch = r#"
[[watch]]
id = "force"
title = "Force"
match = 'police'
score = { "live rounds" = 6 }
alert_above = 5
"#;
    let story = Story {
        text: "Police came to a march.",
        ..STORY
    };
    let article = "Police came to a march and fired live rounds.";
    let owed = "SELECT count(*) FROM delivery WHERE urgency = 'alert'";
    let mut desk = Desk::of(settings, watch);
    desk.poll(Policy::All, std::slice::from_ref(&story));
    assert_eq!(desk.number("SELECT count(*) FROM delivery"), 1);
    assert_eq!(desk.number(owed), 0);
    let page = desk.read(desk.waiting()[0].0, article);
    let counts = desk.settle(&[page]);
    assert_eq!((counts.hits, counts.hits_raised), (0, 1));
    assert_eq!(desk.number("SELECT count(*) FROM delivery"), 2);
    assert_eq!(desk.number(owed), 2);
    let hits = desk.hits(&HitFilter::default());
    assert_eq!(
        (hits.len(), hits[0].score, hits[0].in_article),
        (1, 6, true)
    );
    assert_eq!(hits[0].text, article);

    // What a digest has told is not told again, and a mute holds.
    let mut desk = Desk::of(settings, watch);
    desk.poll(Policy::All, std::slice::from_ref(&story));
    desk.connection
        .pragma_update(None, "foreign_keys", false)
        .expect("set");
    desk.connection
        .execute("UPDATE delivery SET digest_id = 1", [])
        .expect("told");
    let page = desk.read(desk.waiting()[0].0, article);
    assert_eq!(desk.settle(&[page]).hits_raised, 1);
    assert_eq!(desk.number(owed), 1, "to the other one");

    let mut desk = Desk::of(settings, watch);
    let ends = desk.now + SignedDuration::from_hours(1);
    mutes::add(&desk.connection, "force", "known", desk.now, ends).expect("muted");
    let counts = desk.publish(&story, article);
    assert_eq!((counts.hits, counts.hits_raised), (0, 0));
    assert_eq!(desk.number("SELECT count(*) FROM delivery"), 0);
}

#[test]
fn a_muted_watch_is_muted_in_articles_too() {
    let mut desk = Desk::new();
    let ends = desk.now + SignedDuration::from_hours(1);
    mutes::add(&desk.connection, "gas", "known", desk.now, ends).expect("muted");
    let counts = desk.publish(&STORY, "Police fired tear gas.");
    assert_eq!((counts.hits, counts.hits_muted), (1, 1));
    assert_eq!(
        desk.number("SELECT count(*) FROM delivery WHERE urgency = 'alert'"),
        0
    );
}

#[test]
fn an_article_that_is_read_again_is_told_as_a_revision_is() {
    let mut desk = Desk::new();
    let story = Story {
        title: "Ten hurt in the capital on Tuesday",
        ..STORY
    };
    let article = "Two were wounded at the march, and there was tear gas.";
    assert_eq!(desk.publish(&story, article).hits, 2);
    let corrected = Story {
        text: "A teaser, corrected.",
        ..story
    };
    let again = desk.publish(&corrected, article);
    assert_eq!((again.settled, again.hits), (1, 0), "the same article");
    let longer = Story {
        text: "A teaser, and more.",
        ..story
    };
    let again = desk.publish(
        &longer,
        "Killed, wounded: the march ended in tear gas and gaz.",
    );
    assert_eq!(again.hits, 0, "other words in the body");
    let title = Story {
        title: "Ten hurt, some killed, in the capital on Tuesday",
        text: "A teaser, and more.",
        ..story
    };
    let again = desk.publish(&title, article);
    assert_eq!(
        again.hits, 1,
        "a word in the title that was not found before"
    );
    let newest = &desk.hits(&HitFilter::default())[0];
    assert_eq!((newest.watch_id.as_str(), newest.revision), ("killed", 3));
    assert!(words(newest).contains(&"killed"), "{newest:?}");
}

#[test]
fn articles_have_so_many_hits_a_day_and_the_rest_waits_for_the_next() {
    let mut desk = Desk::new();
    let keys: Vec<String> = (0..4).map(|number| number.to_string()).collect();
    let stories: Vec<Story<'_>> = keys
        .iter()
        .map(|key| Story {
            key,
            text: "",
            ..STORY
        })
        .collect();
    desk.poll(Policy::Auto, &stories);
    let found = "Tear gas at a march; two wounded.";
    let mut rows: Vec<i64> = desk.waiting().iter().map(|(row, _)| *row).collect();
    let unfound = desk.read(rows.pop().expect("a row"), "Nothing.");
    let mut pages: Vec<Settled> = rows.iter().map(|row| desk.read(*row, found)).collect();
    pages.push(unfound);
    // Two hits each: what begins within the bound is taken, and what finds nothing costs nothing.
    let counts = desk.settle_within(&pages, 3);
    assert_eq!((counts.settled, counts.hits), (3, 4));
    assert_eq!(counts.put_off, rows[2..]);
    let waiting = desk.waiting();
    assert_eq!(waiting.len(), 1);
    assert_eq!(
        waiting[0].1.due,
        "2026-11-25T00:00:00Z".parse().expect("a time")
    );
    assert_eq!(desk.counts().waiting, 1);
    let again = desk.read(rows[2], found);
    assert_eq!(
        desk.settle_within(std::slice::from_ref(&again), 3).put_off,
        rows[2..]
    );
    desk.later(12);
    assert_eq!(desk.settle_within(&[again], 3).hits, 2, "nothing is lost");
    assert_eq!(desk.number("SELECT count(*) FROM hit"), 6);
}
