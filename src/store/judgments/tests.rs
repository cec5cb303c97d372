use super::*;
use crate::store::hits;
use crate::store::test_database::{BEGAN, add, with_hits};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(BEGAN + seconds).unwrap()
}

fn said(verdict: Verdict, by: &str) -> NewJudgment {
    NewJudgment {
        verdict,
        reason: None,
        note: String::new(),
        by: by.to_owned(),
        at_random: false,
    }
}

fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_last_word_counts_and_those_before_it_are_kept() {
    let (_folder, mut connection) = with_hits(3);
    let first = NewJudgment {
        reason: Some(Reason::OtherPlace),
        note: "ماذا؟ <b>".to_owned(),
        ..said(Verdict::Irrelevant, "ana")
    };
    assert!(record(&mut connection, 2, &first, at(1)).unwrap());
    assert!(record(&mut connection, 2, &said(Verdict::Relevant, "ben"), at(2)).unwrap());
    let now = current(&connection, 2).unwrap().unwrap();
    assert_eq!(
        (now.verdict, now.by.as_str(), now.at),
        (Verdict::Relevant, "ben", at(2))
    );
    let before = before(&connection, 2).unwrap();
    assert_eq!(before.len(), 1);
    assert_eq!(before[0].judgment.reason, Some(Reason::OtherPlace));
    assert!(!before[0].is_note);
    assert_eq!(before[0].judgment.note, "ماذا؟ <b>");
    assert_eq!(
        hits::get(&connection, 2).unwrap().unwrap().judgment,
        Some(now)
    );
    assert_eq!(current(&connection, 1).unwrap(), None);
}

#[test]
fn a_form_that_is_sent_twice_says_one_thing() {
    let (_folder, mut connection) = with_hits(1);
    for second in 1..4 {
        record(
            &mut connection,
            1,
            &said(Verdict::Relevant, "ana"),
            at(second),
        )
        .unwrap();
    }
    assert_eq!(number(&connection, "SELECT count(*) FROM judgment"), 1);
    assert_eq!(current(&connection, 1).unwrap().unwrap().at, at(1));
    record(&mut connection, 1, &said(Verdict::Relevant, "ben"), at(9)).unwrap();
    assert_eq!(
        before(&connection, 1).unwrap().len(),
        1,
        "another person agrees"
    );
}

#[test]
fn who_corrects_a_judgment_does_not_change_how_its_hit_came_to_be_judged() {
    let (_folder, mut connection) = with_hits(2);
    for (id, is_drawn) in [(1, true), (2, false)] {
        for (second, at_random) in [(1, is_drawn), (2, !is_drawn)] {
            let verdict = [Verdict::Relevant, Verdict::Irrelevant][usize::from(second == 2)];
            let new = NewJudgment {
                at_random,
                ..said(verdict, "ana")
            };
            assert!(record(&mut connection, id, &new, at(second)).unwrap());
            let now = current(&connection, id).unwrap().unwrap();
            assert_eq!((now.verdict, now.at_random), (verdict, is_drawn));
        }
    }
}

#[test]
fn a_note_alone_judges_nothing() {
    let (_folder, mut connection) = with_hits(3);
    for _ in 0..2 {
        assert!(note(&connection, 2, "ask Ben", "ana", at(1)).unwrap());
    }
    assert!(!note(&connection, 7, "ask Ben", "ana", at(1)).unwrap());
    assert_eq!(current(&connection, 2).unwrap(), None);
    assert_eq!(hits::get(&connection, 2).unwrap().unwrap().judgment, None);
    assert_eq!(sample(&connection, "force", None, 1, 9).unwrap(), [2]);
    record(&mut connection, 2, &said(Verdict::Relevant, "ben"), at(2)).unwrap();
    assert!(note(&connection, 2, "he agrees", "ana", at(3)).unwrap());
    assert_eq!(current(&connection, 2).unwrap().unwrap().by, "ben");
    let notes: Vec<_> = before(&connection, 2)
        .unwrap()
        .into_iter()
        .map(|said| (said.is_note, said.judgment.note, said.judgment.at))
        .collect();
    let told = |text: &str, second| (true, text.to_owned(), at(second));
    assert_eq!(notes, [told("he agrees", 3), told("ask Ben", 1)]);
    assert_eq!(by_version(&connection, "force").unwrap()[0].undecided, 0);
    assert!(reasons(&connection, "force").unwrap().is_empty());
}

#[test]
fn only_a_false_alarm_has_a_reason_and_no_hit_no_judgment() {
    let (_folder, mut connection) = with_hits(1);
    let new = NewJudgment {
        reason: Some(Reason::TooBroad),
        ..said(Verdict::Relevant, "ana")
    };
    assert!(record(&mut connection, 1, &new, at(1)).unwrap());
    assert_eq!(current(&connection, 1).unwrap().unwrap().reason, None);
    assert!(!record(&mut connection, 7, &new, at(1)).unwrap());
    assert_eq!(number(&connection, "SELECT count(*) FROM judgment"), 1);
}

#[test]
fn judgments_go_with_their_hit() {
    let (_folder, mut connection) = with_hits(2);
    for id in [1, 2] {
        record(&mut connection, id, &said(Verdict::Undecided, "ana"), at(1)).unwrap();
        record(&mut connection, id, &said(Verdict::Relevant, "ana"), at(2)).unwrap();
    }
    connection
        .execute("DELETE FROM hit WHERE id = 1", [])
        .unwrap();
    assert_eq!(
        number(
            &connection,
            "SELECT count(*) FROM judgment WHERE hit_id = 1"
        ),
        0
    );
    assert_eq!(number(&connection, "SELECT count(*) FROM judgment"), 2);
}

#[test]
fn a_watch_is_counted_by_its_versions() {
    let (_folder, mut connection) = with_hits(100);
    let drawn = NewJudgment {
        at_random: true,
        reason: Some(Reason::Duplicate),
        ..said(Verdict::Irrelevant, "ana")
    };
    // Even numbers are hits of `force`, up to 50 of its old version.
    for (id, new) in [
        (2, said(Verdict::Relevant, "ana")),
        (52, said(Verdict::Irrelevant, "ana")),
        (54, said(Verdict::Relevant, "ana")),
        (56, drawn.clone()),
        (58, said(Verdict::Undecided, "ana")),
        (60, drawn),
        (53, said(Verdict::Relevant, "ana")),
    ] {
        assert!(record(&mut connection, id, &new, at(100)).unwrap());
    }
    // It was found to be right after all.
    record(
        &mut connection,
        60,
        &said(Verdict::Relevant, "ben"),
        at(101),
    )
    .unwrap();
    let versions = by_version(&connection, "force").unwrap();
    assert_eq!(versions.len(), 2);
    let new = &versions[0];
    assert_eq!(
        (
            new.version.as_str(),
            new.hits,
            new.relevant,
            new.irrelevant,
            new.undecided
        ),
        ("new", 25, 2, 2, 1)
    );
    assert_eq!((new.relevant_drawn, new.irrelevant_drawn), (1, 1));
    assert_eq!((new.first, new.last), (at(52 / 3), at(100 / 3)));
    assert_eq!(
        (versions[1].version.as_str(), versions[1].relevant),
        ("old", 1)
    );
    assert_eq!(
        reasons(&connection, "force").unwrap(),
        [(None, 1), (Some(Reason::Duplicate), 1)]
    );
    let unjudged = unjudged(&connection).unwrap();
    assert_eq!((unjudged["force"], unjudged["gas"]), (44, 49));
}

#[test]
fn a_sample_is_drawn_from_what_nobody_has_judged_and_stays_the_same() {
    let (_folder, mut connection) = with_hits(400);
    let draw =
        |connection: &Connection, seed| sample(connection, "force", Some("new"), seed, 20).unwrap();
    let drawn = draw(&connection, 1);
    assert_eq!(drawn.len(), 20);
    assert!(drawn.iter().all(|id| *id > 50 && id % 2 == 0), "{drawn:?}");
    assert_ne!(drawn, draw(&connection, 2));
    record(
        &mut connection,
        drawn[0],
        &said(Verdict::Relevant, "ana"),
        at(200),
    )
    .unwrap();
    add(&connection, 401);
    assert_eq!(draw(&connection, 1)[..19], drawn[1..]);
    assert_eq!(
        sample(&connection, "force", None, 1, 1000).unwrap().len(),
        199
    );
}

#[test]
fn every_hit_is_drawn_as_often_as_any_other() {
    let (_folder, connection) = with_hits(40);
    let mut times = BTreeMap::new();
    for seed in 0..4_000 {
        for id in sample(&connection, "force", None, seed, 5).unwrap() {
            *times.entry(id).or_insert(0_u32) += 1;
        }
    }
    // 1,000 each are expected, with a standard deviation of some 27.
    assert_eq!(times.len(), 20);
    assert!(
        times.values().all(|times| (860..=1_140).contains(times)),
        "{times:?}"
    );
}

#[test]
fn terms_are_counted_once_a_hit() {
    let (_folder, mut connection) = with_hits(12);
    for (id, verdict) in [
        (2, Verdict::Irrelevant),
        (4, Verdict::Irrelevant),
        (6, Verdict::Relevant),
        (12, Verdict::Irrelevant),
        (8, Verdict::Undecided),
    ] {
        record(&mut connection, id, &said(verdict, "ana"), at(1)).unwrap();
    }
    let counts = |relevant, irrelevant| TermCounts {
        relevant,
        irrelevant,
    };
    assert_eq!(
        terms(&connection, "force").unwrap(),
        BTreeMap::from([
            ("police".to_owned(), counts(1, 1)),
            ("shot".to_owned(), counts(0, 2))
        ])
    );
}
