use jiff::Timestamp;

use super::*;

const FRESH: ImmediateHit<'_> = ImmediateHit {
    watch: "force",
    victims: None,
    corrects: None,
    stories: true,
    corroborated: None,
};

fn told(watches: &[&str], victims: Option<u32>) -> ReportedStory {
    ReportedStory {
        watches: watches.iter().map(|&watch| watch.to_owned()).collect(),
        victims: ReportedToll {
            victims,
            told: victims,
        },
        ..ReportedStory::default()
    }
}

fn reported_by(outlets: &[&str]) -> Corroboration {
    Corroboration {
        outlets: outlets.iter().map(|&outlet| outlet.to_owned()).collect(),
        count: outlets.len(),
        first: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_story_is_told_at_once_when_it_begins_and_to_another_watch() {
    assert_eq!(news(&FRESH, &ReportedStory::default()), Novelty::First);
    assert_eq!(news(&FRESH, &told(&["force"], None)), Novelty::More);
    assert_eq!(news(&FRESH, &told(&["arrests"], None)), Novelty::Watch);
    assert_eq!(
        news(&FRESH, &told(&["arrests", "force"], None)),
        Novelty::More
    );
}

#[test]
fn victims_are_news_when_they_grew_by_half() {
    let counts = |counted, before| {
        let hit = ImmediateHit {
            victims: Some(counted),
            ..FRESH
        };
        news(&hit, &told(&["force"], before)) != Novelty::More
    };
    for (before, counted) in [(12, 18), (12, 21), (1, 2), (2, 3), (3, 5), (10, 15)] {
        assert!(counts(counted, Some(before)), "{before} {counted}");
    }
    for (before, counted) in [(12, 17), (12, 12), (12, 3), (3, 4), (0, 0)] {
        assert!(!counts(counted, Some(before)), "{before} {counted}");
    }
    assert!(counts(3, None), "none were told");
    assert!(!counts(0, None));
    assert!(counts(u32::MAX, Some(u32::MAX / 2)), "no overflow");
    assert!(!counts(u32::MAX, Some(u32::MAX)));
}

#[test]
fn a_correction_is_news_whatever_else_was_told() {
    let hit = ImmediateHit {
        corrects: Some("it counts 2 dead now, not 12"),
        victims: Some(2),
        ..FRESH
    };
    let found = news(&hit, &told(&["force"], Some(12)));
    assert!(found.is_news());
    assert_eq!(
        found.reason(),
        "because what was told has changed: it counts 2 dead now, not 12"
    );
    // Who was told nothing is told the item, and not that it changed.
    assert_eq!(news(&hit, &ReportedStory::default()), Novelty::First);
}

#[test]
fn a_correction_is_told_once_and_so_many_a_day() {
    let corrects = |what| ImmediateHit {
        corrects: Some(what),
        ..FRESH
    };
    let mut told = told(&["force"], None);
    told.corrected.insert(1, "12 became 2".to_owned());
    told.corrections = 1;
    assert_eq!(news(&corrects("12 became 2"), &told), Novelty::More);
    assert!(news(&corrects("2 became 12"), &told).is_news());
    told.corrections = CORRECTIONS_A_DAY;
    assert_eq!(news(&corrects("2 became 12"), &told), Novelty::More);
}

#[test]
fn a_slip_keeps_no_number_from_being_news_and_is_named_as_told() {
    let hit = ImmediateHit {
        victims: Some(18),
        ..FRESH
    };
    let mut told = told(&["force"], Some(12_000));
    assert_eq!(news(&hit, &told), Novelty::More);
    told.victims.victims = Some(12);
    let found = Novelty::Victims {
        counted: 18,
        told: Some(12_000),
    };
    assert_eq!(news(&hit, &told), found);
}

#[test]
fn a_corroborated_watch_waits_for_its_outlets_and_says_once_who_they_are() {
    let two = reported_by(&["a.example", "b.example"]);
    let three = reported_by(&["a.example", "b.example", "c.example"]);
    let ask = |found, told: &ReportedStory| {
        let hit = ImmediateHit {
            corroborated: Some((3, found)),
            victims: Some(30),
            ..FRESH
        };
        news(&hit, told)
    };
    let waits = ask(&two, &ReportedStory::default());
    assert!(!waits.is_news());
    assert_eq!(
        waits.reason(),
        "since 2 independent outlets reported it, and its watch asks for 3"
    );
    // Nor does another watch's alert, or a number, bring it forward.
    assert!(!ask(&two, &told(&["arrests"], Some(3))).is_news());
    assert_eq!(
        ask(&three, &ReportedStory::default()),
        Novelty::Corroborated(three.clone())
    );
    assert_eq!(
        ask(&three, &told(&["force"], None)),
        Novelty::Corroborated(three.clone()),
        "it was told with another watch's item, without the outlets"
    );
    let mut told = told(&["force"], Some(30));
    told.corroborated.insert("force".to_owned());
    assert_eq!(ask(&three, &told), Novelty::More);
    told.victims.victims = Some(12);
    assert!(matches!(ask(&three, &told), Novelty::Victims { .. }));
}

#[test]
fn a_watch_without_stories_takes_each_item() {
    let hit = ImmediateHit {
        stories: false,
        ..FRESH
    };
    assert_eq!(news(&hit, &told(&["force"], Some(5))), Novelty::Each);
}

#[test]
fn reasons_read_alone_and_are_stored_as_they_are() {
    for found in [
        Novelty::First,
        Novelty::Each,
        Novelty::Watch,
        Novelty::Corroborated(reported_by(&["a.example", "b.example"])),
        Novelty::Victims {
            counted: 21,
            told: Some(12),
        },
        Novelty::Victims {
            counted: 3,
            told: None,
        },
        Novelty::corrected("what"),
        Novelty::Along,
        Novelty::More,
        Novelty::Awaited {
            outlets: 1,
            asked: 3,
        },
    ] {
        let begins = if found.is_news() {
            "because "
        } else {
            "since "
        };
        assert!(found.reason().starts_with(begins), "{found:?}");
        let stored = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<Novelty>(&stored).unwrap(), found);
    }
}

#[test]
fn an_alert_says_of_a_story_what_is_most_of_all_that_is_new() {
    let victims = |counted| Novelty::Victims {
        counted,
        told: Some(12),
    };
    let corrected = |what: &str| Novelty::corrected(what);
    assert_eq!(said(&[Novelty::First, Novelty::Along]), []);
    assert_eq!(said(&[Novelty::Each, Novelty::More]), []);
    assert_eq!(
        said(&[victims(18), Novelty::Along, victims(30), victims(21)]),
        [victims(30)]
    );
    assert_eq!(
        said(&[
            corrected("a"),
            Novelty::Watch,
            corrected("b"),
            corrected("a"),
            victims(20)
        ]),
        [victims(20), corrected("a"), corrected("b"), Novelty::Watch]
    );
    assert_eq!(said(&[Novelty::More, Novelty::More]), [Novelty::More]);
    assert_eq!(said(&[Novelty::First, Novelty::Watch]), []);
    let (two, three) = (reported_by(&["a", "b"]), reported_by(&["a", "b", "c"]));
    assert_eq!(
        said(&[
            Novelty::Corroborated(two),
            Novelty::Corroborated(three.clone())
        ]),
        [Novelty::Corroborated(three)]
    );
    let many: Vec<Novelty> = (0..99)
        .map(|number| corrected(&number.to_string()))
        .collect();
    assert!(said(&many).len() < 6);
}
