//! Why feeds are in trouble, in each language.

use jiff::SignedDuration;

use super::sample::at;
use crate::core::article::{PageVerdict, PageVerdictCounts};
use crate::core::digest::{FeedTrouble, Language, TroubleCause};
use crate::core::feed::Loss;
use crate::core::schedule::Health;
use crate::mail::footer::ExplainedTrouble;
use crate::mail::language::catalog;

fn said(language: Language, reason: &TroubleCause) -> (String, bool) {
    let feed = FeedTrouble {
        id: "feed".to_owned(),
        title: "Feed".to_owned(),
        since: None,
        until: None,
        reason: reason.clone(),
    };
    let told = ExplainedTrouble::of(&feed, catalog(language));
    (told.reason, told.is_report)
}

fn over_budget(left_out: u64, taken: u64, gone: u64) -> Health {
    Health::OverBudget {
        since: at("2026-11-24T01:00:00Z"),
        left_out,
        taken,
        gone,
    }
}

fn losses() -> Vec<Loss> {
    let counts = [1, 2, 5, 21];
    let counted = counts.into_iter().flat_map(|count| {
        let none = Loss::default;
        [
            Loss {
                broken_off_after: Some(count),
                ..none()
            },
            Loss {
                unread: count,
                ..none()
            },
            Loss {
                surplus: count,
                ..none()
            },
            Loss {
                shortened: count,
                ..none()
            },
            Loss {
                crowded: count,
                ..none()
            },
            Loss {
                garbled: count,
                ..none()
            },
            Loss {
                parts: count,
                ..none()
            },
        ]
    });
    let several = Loss {
        broken_off_after: Some(0),
        unread: 3,
        garbled: 1,
        ..Loss::default()
    };
    counted.chain([several]).collect()
}

#[test]
fn what_troubles_a_feed_is_said_in_the_language_of_the_mail() {
    let since = at("2026-11-20T01:00:00Z");
    let longest_gap = SignedDuration::from_hours(75);
    let mut troubles = vec![
        TroubleCause::NoMail("§".to_owned()),
        TroubleCause::Health(Health::Gone { since }),
        TroubleCause::Health(Health::Silent { since, longest_gap }),
        TroubleCause::Health(Health::Dead { since }),
        TroubleCause::Health(Health::Overflowing { last: since }),
        TroubleCause::Health(Health::Restless { bodies: 4 }),
    ];
    for reading in [true, false] {
        troubles.push(TroubleCause::Health(Health::Suspected { since, reading }));
    }
    for (left_out, taken, gone) in [(1, 0, 0), (9, 2, 3), (0, 1, 0), (0, 7, 0), (0, 3, 12)] {
        troubles.push(TroubleCause::Health(over_budget(left_out, taken, gone)));
    }
    for loss in losses() {
        troubles.push(TroubleCause::Health(Health::Incomplete { since, loss }));
    }
    for verdict in [
        PageVerdict::Paywalled,
        PageVerdict::FeedText,
        PageVerdict::Gone,
    ] {
        troubles.push(TroubleCause::Unreadable(PageVerdictCounts {
            settled: [(verdict, 10)].into(),
            waiting: 0,
        }));
    }
    // Each kind of health of which a feed may get well.
    for was in [
        "failing",
        "gone",
        "silent",
        "dead",
        "incomplete",
        "overflowing",
        "suspected",
        "over-budget",
        "restless",
    ] {
        troubles.push(TroubleCause::WasHealth(was.to_owned()));
    }
    for trouble in &troubles {
        let (english, is_report) = said(Language::English, trouble);
        assert!(!english.is_empty() && !is_report, "{trouble:?}");
        for (tag, language) in Language::NAMED {
            let (text, is_report) = said(language, trouble);
            let is_english = language == Language::English;
            assert_eq!(text == english, is_english, "{tag} {trouble:?}: {text}");
            assert!(!is_report, "{tag} {trouble:?}: {text}");
        }
    }
    // Letters of the other direction stay parted.
    let pages = PageVerdictCounts {
        settled: [(PageVerdict::Gone, 10)].into(),
        waiting: 0,
    };
    let arabic = said(Language::Arabic, &TroubleCause::Unreadable(pages)).0;
    assert!(arabic.contains("\u{2068}feeds.toml\u{2069}"), "{arabic}");
    let silent = TroubleCause::Health(Health::Silent { since, longest_gap });
    assert_eq!(
        said(Language::English, &silent).0,
        "silent, though at most 3 days usually pass between two items"
    );
}

#[test]
fn what_is_reported_stays_as_it_is_and_is_marked_as_english() {
    let failing = Health::Failing {
        since: at("2026-11-20T01:00:00Z"),
        failures: 3,
        error: "404 Not Found".to_owned(),
    };
    for reason in [TroubleCause::Health(failing), "404 Not Found".into()] {
        for (_, language) in Language::NAMED {
            assert_eq!(said(language, &reason), ("404 Not Found".to_owned(), true));
        }
    }
}

#[test]
fn english_says_it_as_commands_do() {
    let since = at("2026-11-20T01:00:00Z");
    let english = |trouble: TroubleCause| said(Language::English, &trouble).0;
    for loss in losses() {
        let health = Health::Incomplete { since, loss };
        assert_eq!(english(TroubleCause::Health(health)), loss.sentence());
    }
    for (left_out, taken, gone) in [
        (1, 0, 0),
        (9, 2, 3),
        (1, 0, 1),
        (0, 1, 0),
        (0, 7, 0),
        (0, 3, 12),
    ] {
        let health = over_budget(left_out, taken, gone);
        assert_eq!(
            english(TroubleCause::Health(health.clone())),
            health.cause()
        );
    }
    for verdicts in [
        vec![(PageVerdict::Paywalled, 8), (PageVerdict::Gone, 2)],
        vec![(PageVerdict::ConsentWall, 10)],
        vec![(PageVerdict::Unreachable, 10)],
    ] {
        let pages = PageVerdictCounts {
            settled: verdicts.into_iter().collect(),
            waiting: 0,
        };
        assert_eq!(
            english(TroubleCause::Unreadable(pages.clone())),
            pages.unreadable()
        );
    }
}
