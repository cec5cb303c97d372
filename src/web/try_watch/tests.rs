use super::*;
use crate::web::desk_tests::{Desk, Item};

const WATCHES: [(&str, &str); 2] = [("police", "police"), ("band", "band")];

const ITEMS: [Item<'static>; 4] = [
    ("The police shot a protester", "It was at noon.", &[]),
    ("Police at the concert", "Nobody was hurt.", &[]),
    ("The army shot a protester", "It was at night.", &[]),
    ("The band played", "", &[]),
];

fn tried(desk: &Desk, watch: Option<&str>, query: &str) -> Tried {
    let mut trial = Trial::new(&desk.config, watch, query, Timestamp::MIN).unwrap();
    while trial.step(&desk.connection).unwrap() {}
    trial.tried().clone()
}

fn numbers(changes: &Changes) -> Vec<i64> {
    changes.items.iter().map(|item| item.entry).collect()
}

#[test]
fn what_another_query_gains_and_loses_is_told_and_nothing_is_changed() {
    let desk = Desk::new(&WATCHES, &ITEMS);
    let before = hits::count(&desk.connection).unwrap();
    let tried = tried(&desk, Some("police"), "(police OR army) AND NOT concert");
    assert_eq!((tried.looked_at, tried.of, tried.kept), (4, 4, 1));
    assert_eq!(numbers(&tried.gained), [3]);
    assert_eq!(numbers(&tried.lost), [2]);
    assert_eq!(tried.gained.items[0].headline, "The army shot a protester");
    assert!(tried.lost.items[0].hit.is_some() && tried.gained.items[0].hit.is_none());
    assert!(tried.is_whole);
    assert_eq!(hits::count(&desk.connection).unwrap(), before);
}

#[test]
fn a_query_of_no_watch_gains_all_that_it_finds() {
    let desk = Desk::new(&WATCHES, &ITEMS);
    let tried = tried(&desk, None, "shot OR band");
    assert_eq!(numbers(&tried.gained), [4, 3, 1]);
    assert_eq!((tried.lost.count, tried.kept), (0, 0));
}

#[test]
fn only_what_was_seen_since_then_is_looked_at() {
    let desk = Desk::new(&WATCHES, &ITEMS);
    let since = crate::web::desk_tests::begin() + jiff::SignedDuration::from_mins(3);
    let mut trial = Trial::new(&desk.config, None, "shot OR band", since).unwrap();
    while trial.step(&desk.connection).unwrap() {}
    assert_eq!(numbers(&trial.tried().gained), [4, 3]);
    assert_eq!(trial.tried().back_to, Some(since));
}

#[test]
fn what_cannot_be_tried_says_why() {
    let desk = Desk::new(&WATCHES, &ITEMS);
    let refused = |watch, query| match Trial::new(&desk.config, watch, query, Timestamp::MIN) {
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
    ] {
        let pasted = to_paste(query);
        let table: toml::Table = pasted
            .parse()
            .unwrap_or_else(|bad| panic!("{pasted}: {bad}"));
        let read = table["match"].as_str().unwrap().trim();
        assert_eq!(read, query, "{pasted}");
    }
}
