use super::*;
use crate::web::site_tests::{Item, TestSite};

const WATCHES: [(&str, &str); 2] = [("police", "police"), ("band", "band")];

const ITEMS: [Item<'static>; 4] = [
    ("The police shot a protester", "It was at noon.", &[]),
    ("Police at the concert", "Nobody was hurt.", &[]),
    ("The army shot a protester", "It was at night.", &[]),
    ("The band played", "", &[]),
];

fn tried(site: &TestSite, watch: Option<&str>, query: &str) -> Tried {
    let mut trial = Trial::new(&site.config, watch, query, Timestamp::MIN).unwrap();
    while trial.step(&site.connection).unwrap() {}
    trial.tried().clone()
}

fn numbers(changes: &Changes) -> Vec<i64> {
    changes.items.iter().map(|item| item.entry).collect()
}

#[test]
fn what_another_query_gains_and_loses_is_told_and_nothing_is_changed() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let before = hits::count(&site.connection).unwrap();
    let tried = tried(&site, Some("police"), "(police OR army) AND NOT concert");
    assert_eq!((tried.looked_at, tried.of, tried.kept), (4, 4, 1));
    assert_eq!(numbers(&tried.gained), [3]);
    assert_eq!(numbers(&tried.lost), [2]);
    assert_eq!(tried.gained.items[0].headline, "The army shot a protester");
    assert!(tried.lost.items[0].hit.is_some() && tried.gained.items[0].hit.is_none());
    assert!(tried.is_whole);
    assert_eq!(hits::count(&site.connection).unwrap(), before);
}

#[test]
fn a_query_of_no_watch_gains_all_that_it_finds() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let tried = tried(&site, None, "shot OR band");
    assert_eq!(numbers(&tried.gained), [4, 3, 1]);
    assert_eq!((tried.lost.count, tried.kept), (0, 0));
}

#[test]
fn only_what_was_seen_since_then_is_looked_at() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let since = crate::web::site_tests::begin() + jiff::SignedDuration::from_mins(3);
    let mut trial = Trial::new(&site.config, None, "shot OR band", since).unwrap();
    while trial.step(&site.connection).unwrap() {}
    assert_eq!(numbers(&trial.tried().gained), [4, 3]);
    assert_eq!(trial.tried().back_to, Some(since));
}

#[test]
fn what_cannot_be_tried_says_why() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let refused = |watch, query| match Trial::new(&site.config, watch, query, Timestamp::MIN) {
        Err(refused) => refused,
        Ok(_) => panic!("{query} can be tried"),
    };
    assert_eq!(
        refused(Some("polce"), "police"),
        Refused::NoWatch(Some("police".to_owned()))
    );
    for query in ["", "police AND", "police army", "NOT police", "@nowhere"] {
        match refused(None, query) {
            Refused::Mistakes(told) => assert!(told.text.contains("error"), "{}", told.text),
            other @ Refused::NoWatch(_) => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_is_pasted_is_the_query() {
    for query in [
        "police AND \"tear gas\"",
        "police\n  AND army",
        "O'Brien OR police",
        "\"it's 'quoted'\"",
        "a ''' b",
        "back\\slash",
        "tab\there",
        "a \"\"\" b",
        "ends with '",
        "''",
        "",
        "غاز AND \u{202b}شرطة",
        "pólice OR 警察 OR पुलिस",
        "a\u{1}b",
        "a\u{7f}b\u{85}c",
        "cr\rlf",
        "\u{feff}police",
        "#no comment",
        "a]]\n[[watch]]\nid = 'b'",
    ] {
        let pasted = to_paste(query);
        let table: toml::Table = pasted
            .parse()
            .unwrap_or_else(|bad| panic!("{pasted}: {bad}"));
        assert_eq!(table.len(), 1, "{pasted}");
        let read = table["match"].as_str().unwrap().trim();
        assert_eq!(read, query, "{pasted}");
    }
    // Whatever is made of these.
    let parts = [
        "'", "\"", "\\", "\n", "\r\n", "\t", "x", "é", "\0", "\u{2028}", " ",
    ];
    let mut chance = fastrand::Rng::with_seed(7);
    for _ in 0..2_000 {
        let query: String = (0..chance.usize(1..12))
            .map(|_| parts[chance.usize(..parts.len())])
            .collect();
        let pasted = to_paste(&query);
        let table: toml::Table = pasted
            .parse()
            .unwrap_or_else(|bad| panic!("{pasted}: {bad}"));
        let read = table["match"].as_str().unwrap().trim();
        let meant = query.trim().replace("\r\n", "\n");
        assert_eq!(read, meant.trim(), "{pasted}");
    }
}

#[test]
fn what_is_gained_can_be_opened_where_it_was_published() {
    let links = [
        (
            "https://news.example.org/1?a='b'",
            Some("https://news.example.org/1?a=%27b%27"),
        ),
        ("http://news.example.org/", Some("http://news.example.org/")),
        ("javascript:alert(1)", None),
        ("https://ana:secret@example.org/", None),
        ("ftp://example.org/", None),
    ];
    for (given, shown) in links {
        let site = TestSite::new(&WATCHES, &[("The army came", "", &[("link", given)])]);
        let tried = tried(&site, None, "army");
        assert_eq!(tried.gained.items[0].link.as_deref(), shown, "{given}");
    }
}

#[test]
fn the_page_of_a_trial_is_small_enough_and_says_what_it_leaves_out() {
    let title = "पुलिस और पत्रकार ".repeat(12);
    let link = format!("https://news.example.org/{}", "a".repeat(300));
    let more = [("link", link.as_str())];
    let items: Vec<Item<'_>> = (0..60)
        .map(|_| (title.as_str(), "police", &more[..]))
        .collect();
    let site = TestSite::new(&WATCHES[..0], &items);
    let tried = tried(&site, None, "police");
    let page = crate::web::load::trial(site.sources(), "", "police", 30);
    let page = crate::web::load::with_tried(site.sources(), page, &tried).unwrap();
    assert!(askama::Template::render(&page).unwrap().len() < 40_000);
    let result = page.result.unwrap();
    assert!(!result.gained.is_empty());
    assert_eq!(result.gained.len() as u64 + result.gained_more, 60);
}
