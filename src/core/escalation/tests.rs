use super::*;
use crate::core::feed::Loss;

fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

fn ago(hours: i64) -> Timestamp {
    now() - SignedDuration::from_hours(hours)
}

fn well() -> Situation {
    Situation {
        feeds: vec![("outlet".to_owned(), Health::Fine)],
        last_poll: Some(ago(1)),
        next_poll: Some(ago(-1)),
        ..Situation::default()
    }
}

fn feed(health: Health) -> Situation {
    Situation {
        feeds: vec![("outlet".to_owned(), health)],
        ..well()
    }
}

#[track_caller]
fn check(situation: &Situation, expected: &[&str]) {
    assert_eq!(needs(situation, now()), expected);
}

fn failing(hours: i64) -> Health {
    Health::Failing {
        since: ago(hours),
        failures: 30,
        error: "404 Not Found".to_owned(),
    }
}

#[test]
fn what_mends_itself_needs_nobody() {
    check(&well(), &[]);
    check(&Situation::default(), &[]);
    check(&feed(failing(23)), &[]);
    check(&feed(Health::Untried), &[]);
    check(&feed(Health::Overflowing { last: ago(2) }), &[]);
    let slow = Situation {
        oldest_unsent: Some(ago(3)),
        ..well()
    };
    check(&slow, &[]);
}

#[test]
fn a_feed_that_does_not_come_back_needs_somebody() {
    check(
        &feed(failing(25)),
        &["feed outlet: failing for 1 day 1 h (30 times): 404 Not Found"],
    );
    check(
        &feed(Health::Gone { since: ago(1) }),
        &[
            "feed outlet: gone: 1 h ago its publisher said that it is over (410); it is no longer asked",
        ],
    );
    check(
        &feed(Health::Dead {
            since: ago(24 * 40),
        }),
        &["feed outlet: answers, but has had nothing new for 40 days"],
    );
}

#[test]
fn a_body_that_breaks_off_for_a_day_needs_somebody() {
    let breaks_off = Loss {
        broken_off_after: Some(3),
        ..Loss::default()
    };
    let too_many = Loss {
        surplus: 2,
        ..Loss::default()
    };
    let incomplete = |hours, loss| {
        feed(Health::Incomplete {
            since: ago(hours),
            loss,
        })
    };
    check(&incomplete(23, breaks_off), &[]);
    check(
        &incomplete(25, breaks_off),
        &["feed outlet: not read whole for 1 day 1 h: it breaks off after 3 items"],
    );
    check(&incomplete(25, too_many), &[]);
    let lacks_a_part = Loss {
        parts: 1,
        ..Loss::default()
    };
    check(&incomplete(23, lacks_a_part), &[]);
    check(
        &incomplete(25, lacks_a_part),
        &[
            "feed outlet: not read whole for 1 day 1 h: 1 part of its index of sitemaps could not be read",
        ],
    );
}

#[test]
fn a_machine_that_is_cut_off_is_noticed_sooner() {
    let cut_off = |hours| Situation {
        feeds: (0..3)
            .map(|number| (format!("outlet-{number}"), failing(hours)))
            .chain([("file".to_owned(), Health::Fine)])
            .collect(),
        ..well()
    };
    check(&cut_off(1), &[]);
    check(
        &cut_off(3),
        &["3 of 4 feeds fail: is this machine connected?"],
    );
}

#[test]
fn a_service_that_does_not_run_is_noticed() {
    let stopped = |hours| Situation {
        last_poll: Some(ago(hours + 1)),
        next_poll: Some(ago(hours)),
        ..well()
    };
    check(&stopped(2), &[]);
    check(
        &stopped(4),
        &["a feed was due 4 h ago and was not asked: is the service running?"],
    );
    let seldom = Situation {
        last_poll: Some(ago(100)),
        next_poll: Some(ago(-60)),
        ..well()
    };
    check(&seldom, &[]);
    let never = Situation {
        last_poll: None,
        ..well()
    };
    check(&never, &["no feed was ever asked: is the service running?"]);
}

#[test]
fn what_cannot_be_stored_needs_somebody_at_once() {
    let full = Situation {
        database_trouble: Some(("the disk is full".to_owned(), Some(ago(2)))),
        ..well()
    };
    check(&full, &["the disk is full, for 2 h"]);
}

#[test]
fn a_clock_that_was_set_back_is_noticed() {
    let back = Situation {
        last_poll: Some(ago(-24 * 365)),
        next_poll: Some(ago(-24 * 365)),
        ..well()
    };
    check(
        &back,
        &["the last poll lies 365 days ahead: was the clock set back?"],
    );
}

#[test]
fn mail_that_does_not_go_out_needs_somebody_once() {
    let refused = Situation {
        oldest_unsent: Some(ago(9)),
        refused_because: Some("535 wrong password".to_owned()),
        undeliverable: 2,
        ..well()
    };
    check(
        &refused,
        &[
            "mail cannot be sent: 535 wrong password",
            "2 messages were given up: see `newsvigil outbox list`, then retry or discard",
        ],
    );
    let waiting = Situation {
        oldest_unsent: Some(ago(5)),
        ..well()
    };
    check(
        &waiting,
        &["a message has waited for 5 h: `newsvigil outbox list` says why"],
    );
}

#[test]
fn what_lies_ahead_may_have_lasted_for_any_time() {
    let waiting = Situation {
        oldest_unsent: Some(ago(-24 * 40)),
        ..well()
    };
    check(
        &waiting,
        &[
            "a message has waited since before the clock was set back: `newsvigil outbox list` says why",
        ],
    );
    let polled = feed(Health::Polling {
        since: ago(-24 * 40),
    });
    check(&polled, &["feed outlet: being polled for 0 s"]);
    let by_another_clock = Situation {
        oldest_unsent: Some(now() + SignedDuration::from_mins(5)),
        ..well()
    };
    check(&by_another_clock, &[]);
}

#[test]
fn a_reader_whom_nothing_reaches_and_a_configuration_that_is_refused_need_somebody() {
    let situation = Situation {
        unreached: vec![("desk".to_owned(), "there is no watch".to_owned())],
        configuration_errors: 2,
        ..well()
    };
    check(
        &situation,
        &[
            "the configuration is refused, with 2 errors: no start and no reload takes it up, and \
                 `newsvigil check` shows why",
            "nothing can reach `desk`: there is no watch",
        ],
    );
}

#[test]
fn hits_that_nobody_will_read_are_named() {
    let situation = Situation {
        unknown_recipients: vec!["old".to_owned()],
        without_digest: vec!["desk".to_owned()],
        ..well()
    };
    check(
        &situation,
        &[
            "hits wait for `desk`, who gets no digest; `newsvigil hits` lists them",
            "hits wait for `old`, who is no longer a recipient",
        ],
    );
}

#[test]
fn feeds_with_one_cause_are_one_sentence() {
    let unresolved = |number: i64| Health::Failing {
        since: ago(30 + number),
        failures: 30,
        error: format!("the name news{number}.example does not resolve"),
    };
    let mut feeds: Vec<(String, Health)> = (0..40)
        .map(|number| (format!("outlet-{number}"), unresolved(number)))
        .collect();
    feeds.push(("other".to_owned(), failing(25)));
    feeds.extend((0..60).map(|number| (format!("fine-{number}"), Health::Fine)));
    feeds.extend(["a", "b"].map(|id| (id.to_owned(), Health::Gone { since: ago(1) })));
    let situation = Situation { feeds, ..well() };
    check(
        &situation,
        &[
            "40 feeds: failing: the name does not resolve (outlet-0, outlet-1, outlet-2 and 37 more)",
            "feed other: failing for 1 day 1 h (30 times): 404 Not Found",
            "2 feeds: gone: its publisher said that it is over (410); it is no longer asked (a and b)",
        ],
    );
}

#[test]
fn who_gets_no_mail_is_named_with_the_reason() {
    let why = "\"desk\" is no mail address".to_owned();
    let unmade = |ids: &[&str]| Situation {
        unmade: ids
            .iter()
            .map(|id| ((*id).to_owned(), ago(5), why.clone()))
            .collect(),
        ..well()
    };
    check(
        &unmade(&["desk"]),
        &["no mail can be made for `desk` since 5 h ago: \"desk\" is no mail address"],
    );
    check(
        &unmade(&["desk", "court"]),
        &["no mail can be made for `desk` and `court` since 5 h ago: \"desk\" is no mail address"],
    );
}
