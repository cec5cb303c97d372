//! What a mail says of its own completeness, in its subject and in its foot.

use super::sample::{
    FORCE, alert, at, coverage, digest, empty, hit, recipient, stories, troubled_coverage,
};
use crate::{
    core::digest::{
        Coverage, DetailLevel, Digest, FeedTrouble, Kind, Language, Mute, Privacy, Reason,
        TroubleCause, Undelivered, compose, words,
    },
    core::schedule::Health,
    mail::{Notice, RenderOptions, RenderedMessage, render, render_notice},
};

fn rendered(digest: &Digest) -> RenderedMessage {
    let options = RenderOptions::new("newsvigil@example.org");
    render(digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap()
}

fn nothing_but(change: impl Fn(&mut Coverage)) -> Digest {
    let mut digest = empty();
    change(&mut digest.coverage);
    digest
}

fn feeds(count: usize, reason: impl Fn(usize) -> String) -> Vec<FeedTrouble> {
    (0..count)
        .map(|number| FeedTrouble {
            id: format!("outlet-{number}"),
            title: format!("Outlet {number}"),
            since: Some(at("2026-11-24T01:00:00Z")),
            until: None,
            reason: reason(number).into(),
        })
        .collect()
}

#[track_caller]
fn check_subject(change: impl Fn(&mut Coverage), expected: &str) {
    let digest = nothing_but(change);
    let mail = rendered(&digest);
    assert_eq!(mail.subject, expected, "{}", mail.text);
    // The same for a mail that says no word of strangers, and for one that says nothing else.
    for (privacy, wording) in [
        (Privacy::Sealed, DetailLevel::CountOnly),
        (Privacy::Open, DetailLevel::Headline),
        (Privacy::Open, DetailLevel::CountOnly),
    ] {
        let mut digest = digest.clone();
        digest.recipient.privacy = privacy;
        digest.wording = wording;
        assert_eq!(
            rendered(&digest).subject,
            expected,
            "{privacy:?} {wording:?}"
        );
    }
}

#[test]
fn a_subject_never_says_nothing_new_when_something_may_be_missing() {
    check_subject(|_| (), "Nothing new; 31 feeds polled");
    check_subject(
        |coverage| coverage.failing = feeds(1, |_| String::new()),
        "Not complete: 1 feed is failing",
    );
    check_subject(
        |coverage| coverage.possibly_missed = feeds(2, |_| String::new()),
        "Not complete: 2 feeds may have lost items between two polls",
    );
    check_subject(
        |coverage| coverage.interrupted = feeds(1, |_| String::new()),
        "Not complete: 1 feed failed for a while",
    );
    check_subject(
        |coverage| {
            coverage.failing = feeds(3, |_| String::new());
            coverage.undeliverable = troubled_coverage().undeliverable;
        },
        "Not complete: 3 feeds are failing and 1 earlier mail could not be delivered",
    );
    check_subject(|coverage| coverage.feeds_polled = 0, "No feed was polled");
    check_subject(
        |coverage| {
            coverage.silent = feeds(2, |_| String::new());
            coverage.muted = troubled_coverage().muted;
        },
        "Nothing new; 31 feeds polled, 2 silent for long, 1 watch muted",
    );
}

#[test]
fn alerts_sent_before_stand_behind_what_is_missing() {
    let mut alerted = hit(1, FORCE, "A protest", "", &["protest"]);
    alerted.alerted = true;
    let mut digest = compose(
        recipient(),
        vec![alerted],
        coverage(),
        Kind::Digest(Reason::Scheduled),
    );
    let subject = rendered(&digest).subject;
    assert_eq!(
        subject,
        "Nothing new beside the alerts, 1 alert sent before; 31 feeds polled"
    );
    digest.coverage.failing = feeds(1, |_| String::new());
    let subject = rendered(&digest).subject;
    assert_eq!(
        subject,
        "Not complete: 1 feed is failing; 1 alert sent before"
    );
}

#[test]
fn one_cause_is_one_line_with_up_to_three_names() {
    let mut digest = digest();
    digest.coverage = Coverage {
        failing: feeds(40, |number| {
            format!("the name news{number}.example does not resolve")
        }),
        possibly_missed: {
            let mut feeds = feeds(2, |_| "two polls shared no items".to_owned());
            feeds[0].since = Some(at("2026-11-24T02:00:00Z"));
            feeds
        },
        undeliverable: (0..3)
            .map(|number| Undelivered {
                subject: format!("{number} new"),
                queued: at("2026-11-18T12:30:00Z"),
                reason: "RCPT TO: 550 5.1.1 mailbox unavailable".to_owned(),
            })
            .collect(),
        feeds_polled: 3,
        ..coverage()
    };
    let mail = rendered(&digest);
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "Failing (40): - 40 feeds: since Mon 23 Nov 2026, 20:00 UTC−5, the name does not resolve \
         (Outlet 0, Outlet 1, Outlet 2 and 37 more) Possibly",
        "- 2 feeds: since Mon 23 Nov 2026, 20:00 UTC−5 at the earliest, two polls shared no items \
         (Outlet 0 and Outlet 1)",
        "Mails that could not be delivered (3): - 3 mails: queued since Wed 18 Nov 2026, 07:30 UTC−5: \
         RCPT TO: 550 5.1.1 mailbox unavailable (0 new, 1 new and 2 new)",
        "Not complete: 40 feeds are failing, 2 feeds may have lost items",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert_eq!(
        mail.html.matches("does not resolve").count(),
        1,
        "{}",
        mail.html
    );
    assert!(
        mail.html
            .contains("<bdi>Outlet 2</bdi> and <bdi>37 more</bdi>)"),
        "{}",
        mail.html
    );
}

#[test]
fn what_troubles_several_feeds_is_said_of_each_behind_its_time() {
    let overflowing = |language| {
        let mut digest = digest();
        digest.recipient.language = language;
        digest.coverage.possibly_missed = feeds(2, |_| String::new());
        for feed in &mut digest.coverage.possibly_missed {
            let last = at("2026-11-24T01:00:00Z");
            feed.reason = TroubleCause::Health(Health::Overflowing { last });
        }
        let text = rendered(&digest).text;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let english = overflowing(Language::English);
    assert!(
        english.contains(
            "- 2 feeds, each: since Mon 23 Nov 2026, 20:00 UTC−5, publishes faster than it was polled: \
             items may have been missed; it is polled sooner now (Outlet 0 and Outlet 1)"
        ),
        "{english}"
    );
    let russian = overflowing(Language::Russian);
    assert!(
        russian
            .contains("- 2 ленты, каждая: с 23 нояб. 2026 г. (пн), 20:00 UTC−5, публикует быстрее"),
        "{russian}"
    );
}

#[test]
fn different_causes_are_lines_of_their_own_and_what_is_over_says_so() {
    let mut digest = digest();
    let mut interrupted = feeds(3, |_| "503 Service Unavailable".to_owned());
    for (feed, until) in interrupted.iter_mut().zip(["02:00", "03:00", "04:00"]) {
        feed.until = Some(at(&format!("2026-11-24T{until}:00Z")));
    }
    digest.coverage = Coverage {
        failing: feeds(2, |number| format!("error {number}")),
        interrupted,
        ..coverage()
    };
    let text = rendered(&digest).text;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("- Outlet 0: since Mon 23 Nov 2026, 20:00 UTC−5, error 0 - Outlet 1: since"),
        "{text}"
    );
    assert!(
        text.contains(
            "- 3 feeds: since Mon 23 Nov 2026, 20:00 UTC−5, until Mon 23 Nov, 23:00 at the latest: \
             503 Service Unavailable (Outlet 0, Outlet 1 and Outlet 2)"
        ),
        "{text}"
    );
}

#[test]
fn a_mute_that_ended_is_none_that_is_in_force() {
    let mute = |title: &str, until: &str| Mute {
        watch_title: title.to_owned(),
        until: at(until),
        reason: String::new(),
        held_back: 2,
    };
    let mut digest = empty();
    digest.coverage.muted = vec![
        mute("Over", "2026-11-24T06:00:00Z"),
        mute("In force", "2026-11-27T12:00:00Z"),
    ];
    let text = rendered(&digest).text;
    assert!(text.contains("1 watch is muted."), "{text}");
    let now = text.find("\nMuted (1):\n  - In force").unwrap();
    let over = text.find("\nNo longer muted (1):\n  - Over").unwrap();
    assert!(now < over);
}

#[test]
fn an_alert_says_in_one_line_how_complete_it_is() {
    let mut alert = alert();
    alert.coverage = Coverage {
        failing: feeds(40, |number| format!("error {number}")),
        silent: feeds(5, |number| format!("silent {number}")),
        muted: vec![Mute {
            watch_title: "Other".to_owned(),
            until: at("2026-11-27T12:00:00Z"),
            reason: String::new(),
            held_back: 2,
        }],
        ..coverage()
    };
    let mail = rendered(&alert);
    for view in [mail.text.replace('\n', " "), mail.html] {
        assert_eq!(view.matches("Not complete").count(), 1, "{view}");
        assert!(view.contains("40 feeds are"), "{view}");
        for detail in ["Outlet", "error 1", "silent", "muted", "Covers"] {
            assert!(!view.contains(detail), "{detail}: {view}");
        }
    }
}

#[test]
fn a_notice_names_whom_no_mail_reaches() {
    let desk = FeedTrouble {
        id: "desk".to_owned(),
        title: "Desk".to_owned(),
        since: Some(at("2026-11-24T01:00:00Z")),
        until: None,
        reason: TroubleCause::NoMail("\"desk\" is no mail address".to_owned()),
    };
    let mut notice = Notice {
        without_mail: vec![desk],
        ..Notice::default()
    };
    let options = RenderOptions::new("newsvigil@example.org");
    let date = at("2026-11-24T12:30:00Z");
    let mail = render_notice(&notice, &recipient(), &options, "seed", date).unwrap();
    assert_eq!(mail.subject, "1 recipient gets no mail: Desk");
    assert!(mail.text.contains("Get no mail (1):"), "{}", mail.text);
    notice.recovered = feeds(40, |_| "503".to_owned());
    for feed in &mut notice.recovered {
        feed.reason = TroubleCause::WasHealth("failing".to_owned());
    }
    let mail = render_notice(&notice, &recipient(), &options, "seed", date).unwrap();
    assert_eq!(
        mail.subject,
        "1 recipient gets no mail; 40 feeds are fine again"
    );
    assert!(
        mail.text.contains("- 40 feeds, each: since Mon 23 Nov"),
        "{}",
        mail.text
    );
}

#[test]
fn however_much_is_broken_the_foot_stays_short_and_counts_all_of_it() {
    let long = |number: usize| format!("answers {} with words that nobody expects", 400 + number);
    let mut digest = stories();
    let troubles = |kind: usize| {
        let mut feeds = feeds(99, |number| {
            format!("{} and more of kind {kind}", long(number))
        });
        for (number, feed) in feeds.iter_mut().enumerate() {
            let hours = i64::try_from(number).unwrap();
            feed.since = feed
                .since
                .map(|at| at + jiff::SignedDuration::from_hours(-hours));
        }
        feeds
    };
    digest.coverage.failing = troubles(0);
    digest.coverage.incomplete = troubles(1);
    digest.coverage.interrupted = troubles(2);
    digest.coverage.silent = troubles(3);
    digest.coverage.unreadable = troubles(4);
    let mail = rendered(&digest);
    let (_, foot) = mail.text.split_once("HOW COMPLETE").unwrap();
    let words = words(foot);
    assert!(words < 500, "{words} words: {foot}");
    assert!(
        mail.text.contains("Not complete: 99 feeds are failing"),
        "{}",
        mail.text
    );
    let (_, failing) = foot.split_once("Failing (99):\n").unwrap();
    // The one that has failed for longest.
    assert!(failing.starts_with("  - Outlet 98: since"), "{failing}");
    let (failing, _) = failing.split_once("\n\n").unwrap();
    let named = failing.matches("\n  - Outlet").count() + 1;
    let more = format!("And {} more: see \"newsvigil status\".", 99 - named);
    assert!(
        (2..=6).contains(&named) && failing.contains(&more),
        "{failing}"
    );
    for heading in [
        "Not read whole (99):",
        "Muted (1):",
        "Mails that could not be delivered (1):",
    ] {
        assert!(foot.contains(heading), "{heading}: {foot}");
    }
}
