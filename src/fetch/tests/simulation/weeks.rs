//! Publishers of every kind, for weeks.

use std::collections::HashSet;

use jiff::SignedDuration;
use jiff::civil::Weekday;

use crate::core::schedule::{FeedEvent, FeedHints};

use super::*;

#[tokio::test]
async fn feeds_that_publish_often_and_rarely() {
    for (name, gap) in [("busy", 30), ("daily", 24 * 60), ("weekly", 7 * 24 * 60)] {
        let script = script(name, SignedDuration::from_mins(gap));
        check(script, hours(28)).await;
    }
}

#[tokio::test]
async fn feeds_with_all_some_and_no_validators() {
    for (gives_etag, gives_date) in [(true, true), (true, false), (false, true), (false, false)] {
        let script = Script {
            gives_etag,
            gives_date,
            ..script("lively", SignedDuration::from_mins(150))
        };
        let (publisher, _) = check(script, hours(28)).await;
        if gives_etag || gives_date {
            let posts = publisher.script.posts.len();
            assert!(publisher.bodies <= posts, "{} bodies", publisher.bodies);
        }
    }
}

#[tokio::test]
async fn feeds_that_say_how_long_they_stay_fresh() {
    let lively = || script("fresh", hours(3));
    check(
        Script {
            max_age: Some(3 * 3600),
            ..lively()
        },
        hours(8),
    )
    .await;
    check(
        Script {
            max_age: Some(20 * 3600),
            ..lively()
        },
        hours(50),
    )
    .await;
    check(
        Script {
            expires: Some(5 * 3600),
            ..lively()
        },
        hours(12),
    )
    .await;
    let ttl = FeedHints::new(Some(240), None, &[], &[]);
    check(
        Script {
            hints: ttl,
            ..lively()
        },
        hours(10),
    )
    .await;
    let sy = FeedHints::new(None, Some(12 * 3600), &[], &[]);
    check(
        Script {
            hints: sy,
            max_age: Some(60),
            ..lively()
        },
        hours(28),
    )
    .await;
}

#[tokio::test]
async fn feeds_that_skip_hours_and_days() {
    let night = FeedHints::new(None, None, &[22, 23, 0, 1, 2, 3, 4, 5], &[]);
    check(
        Script {
            hints: night,
            ..script("night", hours(3))
        },
        hours(14),
    )
    .await;
    let days = [Weekday::Saturday, Weekday::Sunday];
    let weekend = FeedHints::new(Some(60), None, &[0, 1, 2, 12], &days);
    check(
        Script {
            hints: weekend,
            window: 60,
            ..script("weekend", hours(3))
        },
        hours(60),
    )
    .await;
}

#[tokio::test]
async fn servers_that_ask_for_rest_on_each_status_and_in_each_form() {
    let faults: [fn(i64) -> Fault; 5] = [
        |hour| {
            if hour % 50 < 5 {
                Fault::RetrySeconds(429, 2 * 3600)
            } else {
                Fault::None
            }
        },
        |hour| {
            if hour % 50 < 5 {
                Fault::RetryDate(503, 5 * 3600)
            } else {
                Fault::None
            }
        },
        |hour| {
            if hour % 50 < 5 {
                Fault::RetryDate(403, 3 * 3600 + 7)
            } else {
                Fault::None
            }
        },
        |hour| {
            if hour % 50 < 5 {
                Fault::RetryMaxAge(4 * 3600)
            } else {
                Fault::None
            }
        },
        |hour| {
            if hour % 200 < 40 {
                Fault::RetrySeconds(429, 30)
            } else {
                Fault::None
            }
        },
    ];
    for fault in faults {
        check(
            Script {
                fault,
                window: 60,
                ..script("throttled", hours(3))
            },
            hours(60),
        )
        .await;
    }
}

#[tokio::test]
async fn servers_that_fail_for_hours_and_for_weeks_come_back() {
    let faults: [fn(i64) -> Fault; 4] = [
        |hour| {
            if hour % 70 < 9 {
                Fault::Status(500)
            } else {
                Fault::None
            }
        },
        |hour| {
            if hour % 70 < 9 {
                Fault::Status(404)
            } else {
                Fault::None
            }
        },
        |hour| {
            if (100..400).contains(&hour) {
                Fault::Status(404)
            } else {
                Fault::None
            }
        },
        |hour| {
            if (100..300).contains(&hour) {
                Fault::Page
            } else {
                Fault::None
            }
        },
    ];
    for fault in faults {
        let script = Script {
            fault,
            window: 400,
            ..script("failing", hours(3))
        };
        check(script, hours(330)).await;
    }
}

#[tokio::test]
async fn a_liar_is_found_and_its_entries_with_it() {
    let liar = Script {
        honesty: Honesty::Liar,
        window: 60,
        ..script("liar", hours(5))
    };
    let (publisher, known) = check(liar, hours(52)).await;
    assert_eq!(known.notices, [FeedEvent::FalseNotModified]);
    assert!(
        i64::try_from(publisher.unconditional).unwrap() <= 7 * WEEKS + 1,
        "{}",
        publisher.unconditional
    );
}

#[tokio::test]
async fn an_honest_feed_that_falls_silent_is_checked_ever_less() {
    let mut silent = script("silent", hours(5));
    silent.posts.retain(|&post| post < begin() + hours(24 * 10));
    let (publisher, known) = check(silent, hours(28)).await;
    assert_eq!(known.notices, []);
    assert!(publisher.unconditional < 12, "{}", publisher.unconditional);
}

#[tokio::test]
async fn a_careless_server_is_no_reason_for_bad_manners() {
    let careless = Script {
        honesty: Honesty::Careless,
        ..script("careless", hours(5))
    };
    let (_, known) = check(careless, hours(28)).await;
    assert_eq!(known.notices, []);
}

#[tokio::test]
async fn a_feed_that_moves_is_followed_for_good_and_told_once() {
    let moving = Script {
        fault: |hour| {
            if hour > 200 {
                Fault::Moved
            } else {
                Fault::None
            }
        },
        ..script("moving", hours(5))
    };
    let (_, known) = check(moving, hours(28)).await;
    assert!(
        matches!(known.notices[..], [FeedEvent::Moved { .. }]),
        "{:?}",
        known.notices
    );
}

#[tokio::test]
async fn a_feed_that_is_over_is_asked_no_more() {
    let over = Script {
        fault: |hour| if hour > 500 { Fault::Gone } else { Fault::None },
        ..script("over", hours(5))
    };
    let (publisher, known) = play(over, None, 0.02).await;
    assert_eq!(publisher.offences, [""; 0]);
    assert_eq!(known.notices, [FeedEvent::Gone]);
}

#[tokio::test]
async fn a_wish_to_poll_more_often_changes_nothing_that_a_publisher_forbids() {
    let fresh = Script {
        max_age: Some(2 * 3600),
        ..script("wished", hours(3))
    };
    let (publisher, known) = play(fresh, Some(SignedDuration::from_mins(45)), 0.02).await;
    assert_eq!(publisher.offences, [""; 0]);
    assert_all_seen(&publisher, &known, hours(6));
}

#[tokio::test]
async fn a_feed_that_publishes_faster_than_it_shows_says_that_items_may_have_been_missed() {
    let flood = Script {
        window: 3,
        ..script("flood", SignedDuration::from_mins(12))
    };
    let (publisher, known) = play(flood, None, 0.0).await;
    assert_eq!(publisher.offences, [""; 0]);
    let posted: HashSet<usize> = (0..publisher.script.posts.len())
        .filter(|&number| publisher.script.posts[number] >= begin())
        .collect();
    let missed = posted
        .iter()
        .filter(|number| !known.seen.contains_key(number))
        .count();
    assert!(missed < posted.len() / 20, "{missed} of {}", posted.len());
    assert!(known.notices.contains(&FeedEvent::PossiblyMissed));
}

#[tokio::test]
async fn the_judge_sees_an_offence_when_there_is_one() {
    let (publisher, _) = play(
        script("rude", hours(3)),
        Some(SignedDuration::from_mins(45)),
        0.0,
    )
    .await;
    assert!(
        publisher
            .offences
            .iter()
            .any(|offence| offence.contains("came again after 4"))
    );
    let mut publisher = Publisher::new(script("ruder", hours(3)), begin());
    publisher.answer(
        "GET /feed?x HTTP/1.1\r\ncookie: a\r\nif-none-match: \"b\"\r\n\r\n",
        begin(),
    );
    publisher.answer("GET /feed HTTP/1.1\r\n\r\n", begin() + hours(2));
    publisher.answer("GET /feed HTTP/1.1\r\n\r\n", begin() + hours(4));
    let told = publisher.offences.join("\n");
    for words in [
        "made up an address",
        "sent cookie",
        "sent if-none-match",
        "unconditional twice",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}
