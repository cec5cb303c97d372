use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::core::judgment::Verdict;
use crate::core::place::{Gazetteer, GazetteerSpec, PlaceSpec, WordList};
use crate::core::text::search::Term;
use crate::store::hits::{PlacesOfHits, list};
use crate::store::judgments::{NewJudgment, record};
use crate::store::test_database::{BEGAN, add, with_hits};

fn ids(page: &Page) -> Vec<i64> {
    page.hits.iter().map(|hit| hit.id).collect()
}

fn ask(connection: &Connection, filter: &HitFilter, start: Start, limit: usize) -> Page {
    page(connection, filter, start, limit, &mut AllHits).unwrap()
}

#[test]
fn pages_follow_each_other_without_a_gap_whatever_is_found_meanwhile() {
    let (_folder, connection) = with_hits(23);
    let filter = HitFilter::default();
    let mut start = Start::Newest;
    let mut seen = Vec::new();
    loop {
        let page = ask(&connection, &filter, start, 5);
        assert_eq!(
            page.has_newer,
            start != Start::Newest || page.hits.is_empty()
        );
        seen.extend(ids(&page));
        start = Start::Before(page.hits.last().unwrap().key());
        add(&connection, 24 + i64::try_from(seen.len()).unwrap());
        if !page.has_older {
            break;
        }
    }
    assert_eq!(seen, (1..=23).rev().collect::<Vec<_>>());
}

#[test]
fn going_back_shows_the_same_pages() {
    let (_folder, connection) = with_hits(23);
    let filter = HitFilter::default();
    let first = ask(&connection, &filter, Start::Newest, 5);
    assert!(!first.has_newer && first.has_older);
    let second = ask(&connection, &filter, Start::Before(first.hits[4].key()), 5);
    assert_eq!(ids(&second), [18, 17, 16, 15, 14]);
    let back = ask(&connection, &filter, Start::Behind(second.hits[0].key()), 5);
    assert_eq!(ids(&back), ids(&first));
    assert!(!back.has_newer && back.has_older);
    let oldest = second.hits[4].key();
    let between = ask(&connection, &filter, Start::Behind(oldest), 3);
    assert_eq!(ids(&between), [17, 16, 15]);
    assert!(between.has_newer && between.has_older);
    let beyond = ask(&connection, &filter, Start::Behind(first.hits[0].key()), 5);
    assert!(beyond.hits.is_empty() && beyond.has_older && !beyond.has_newer);
}

/// What each filter must give, told by the items alone.
fn check(connection: &Connection, filter: &HitFilter, fits: impl Fn(i64) -> bool) {
    let expected: Vec<i64> = (1..=60).rev().filter(|id| fits(*id)).collect();
    assert!(!expected.is_empty() && expected.len() < 60, "{filter:?}");
    let page = ask(connection, filter, Start::Newest, 100);
    assert_eq!(ids(&page), expected, "{filter:?}");
    let mut listed = Vec::new();
    list(connection, filter, &mut |hit| {
        listed.push(hit.id);
        Ok(())
    })
    .unwrap();
    assert_eq!(listed, expected, "{filter:?}");
}

#[test]
fn each_filter_gives_what_it_says() {
    let (_folder, mut connection) = with_hits(60);
    for (id, verdict) in [
        (3, Verdict::Relevant),
        (4, Verdict::Irrelevant),
        (5, Verdict::Undecided),
    ] {
        let new = NewJudgment {
            verdict,
            reason: None,
            note: String::new(),
            by: "ana".to_owned(),
            at_random: false,
        };
        record(&mut connection, id, &new, time(BEGAN)).unwrap();
    }
    let text = |text: &str| Some(text.to_owned());
    let any = HitFilter::default;
    let with = |watch, feed, language, search| HitFilter {
        watch,
        feed,
        language,
        search,
        ..any()
    };
    check(&connection, &with(text("force"), None, None, None), |id| {
        id % 2 == 0
    });
    check(&connection, &with(None, text("outlet"), None, None), |id| {
        id % 3 == 0
    });
    check(&connection, &with(None, None, text("pt"), None), |id| {
        [1, 2].contains(&(id % 4))
    });
    check(&connection, &with(None, None, text("PT-br"), None), |id| {
        id % 4 == 2
    });
    check(
        &connection,
        &with(None, None, None, text("peru police")),
        |id| [0, 3].contains(&(id % 5)),
    );
    let since = HitFilter {
        since: Some(time(BEGAN + 4)),
        until: Some(time(BEGAN + 6)),
        ..any()
    };
    check(&connection, &since, |id| (12..18).contains(&id));
    let item = HitFilter {
        item: Some(70),
        ..any()
    };
    check(&connection, &item, |id| id == 7);
    let term = |words: &str, is_beginning| Term {
        words: words.to_owned(),
        is_beginning,
    };
    let words = HitFilter {
        words: vec![
            vec![term("ken", true), term("chile", false)],
            vec![term("police", false)],
        ],
        ..any()
    };
    check(&connection, &words, |id| [1, 2].contains(&(id % 5)));
    let judged = |verdicts: &[Option<Verdict>]| HitFilter {
        verdicts: verdicts.to_vec(),
        ..any()
    };
    check(&connection, &judged(&[Some(Verdict::Relevant)]), |id| {
        id == 3
    });
    check(&connection, &judged(&[None]), |id| !(3..=5).contains(&id));
    check(
        &connection,
        &judged(&[None, Some(Verdict::Irrelevant)]),
        |id| ![3, 5].contains(&id),
    );
    check(&connection, &judged(&Verdict::ALL.map(Some)), |id| {
        (3..=5).contains(&id)
    });
    let all = HitFilter {
        search: text("peru"),
        verdicts: vec![None],
        ..with(text("force"), text("wire"), text("en"), None)
    };
    check(&connection, &all, |id| {
        id % 4 == 0 && id % 3 != 0 && [0, 3].contains(&(id % 5)) && id != 4
    });
}

#[test]
fn no_filter_is_more_than_a_value() {
    let (_folder, connection) = with_hits(5);
    for hostile in ["%", "_%", "pt%", "p\\", "' OR 1 --", "\"", "", "пт"] {
        let filter = HitFilter {
            language: Some(hostile.to_owned()),
            ..HitFilter::default()
        };
        assert_eq!(
            ids(&ask(&connection, &filter, Start::Newest, 9)),
            [0; 0],
            "{hostile}"
        );
    }
}

#[test]
fn places_are_looked_at_once_and_known_then() {
    let (_folder, connection) = with_hits(60);
    let place = |id: &str, word: &str| PlaceSpec {
        id: id.to_owned(),
        words: vec![WordList {
            language: None,
            words: vec![word.to_owned()],
        }],
        ..PlaceSpec::default()
    };
    let gazetteer = Gazetteer::new(GazetteerSpec {
        places: vec![place("PE", "Peru"), place("CL", "Chile")],
        ..GazetteerSpec::default()
    });
    let places = PlacesOfHits::new(Arc::new(gazetteer));
    let filter = HitFilter {
        watch: Some("force".to_owned()),
        ..HitFilter::default()
    };
    let expected = [60, 58, 50, 48];
    let mut peru = places.only(BTreeSet::from([0]));
    let found = page(&connection, &filter, Start::Newest, 4, &mut peru).unwrap();
    assert_eq!(ids(&found), expected);
    assert!(found.has_older);
    let look = || places.look_ahead(&connection, 7).unwrap();
    let looked: usize = std::iter::repeat_with(look)
        .take_while(|looked| *looked > 0)
        .sum();
    // The page has looked at those of `force` down to 40.
    assert_eq!(looked, 60 - 11);
    add(&connection, 61);
    assert_eq!(
        [look(), look()],
        [1, 0],
        "the others are not gone through again"
    );
    // Their texts are not read any more.
    connection
        .execute("UPDATE entry SET title = 'Police in Chile'", [])
        .unwrap();
    let found = page(&connection, &filter, Start::Newest, 4, &mut peru).unwrap();
    assert_eq!(ids(&found), expected);
    // One that was found again in its article is another.
    connection
        .execute("UPDATE hit SET in_article = 1 WHERE id = 58", [])
        .unwrap();
    let found = page(&connection, &filter, Start::Newest, 3, &mut peru).unwrap();
    assert_eq!(ids(&found), [60, 50, 48]);
}
