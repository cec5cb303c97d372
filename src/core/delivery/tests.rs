use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn refused(step: Step, code: u16, reply: &str) -> Outcome {
    Outcome::Refused {
        step,
        code,
        reply: reply.to_owned(),
    }
}

#[test]
fn the_wait_doubles_from_half_a_minute_to_an_hour() {
    let waits: Vec<i64> = (1..=9)
        .map(|attempt| backoff(attempt, 0.0).as_secs())
        .collect();
    assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1920, 2880, 2880]);
    for attempt in [0, 1, 5, 8, 100, u32::MAX] {
        for jitter in [0.0, 0.3, 1.0, -4.0, 7.0, f64::NAN, f64::INFINITY] {
            let wait = backoff(attempt, jitter);
            assert!(
                wait >= RETRY_MIN && wait <= RETRY_MAX,
                "{attempt} {jitter}: {wait:?}"
            );
        }
    }
    assert!(backoff(3, 1.0) > backoff(3, 0.0), "jitter counts");
}

/// Plays an outage of the relay until the message is given up; returns attempts and days.
fn outage(first: i64, jump_after: Option<(u32, i64)>) -> (u32, f64) {
    let queued = at(first);
    let outcome = Outcome::Failed {
        step: Step::Connect,
        why: "connection refused".to_owned(),
    };
    let mut now = queued;
    for attempt in 1.. {
        if let Some((jump_at, seconds)) = jump_after
            && attempt == jump_at
        {
            now = now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        }
        match settle(attempt, queued, &outcome, now, 0.5) {
            Next::RetryAt {
                at,
                relay_rests_until,
                ..
            } => {
                assert_eq!(relay_rests_until, Some(at), "nobody else tries meanwhile");
                now = at;
            }
            Next::Undeliverable { why } => {
                assert!(why.contains("connection refused"), "{why}");
                return (attempt, now.duration_since(queued).as_secs_f64() / 86_400.0);
            }
            other => panic!("{other:?}"),
        }
    }
    unreachable!()
}

#[test]
fn an_outage_is_sat_out_for_five_days() {
    let (attempts, days) = outage(1_000_000, None);
    assert!((5.0..5.05).contains(&days), "{days} days");
    assert!((120..180).contains(&attempts), "{attempts} attempts");
}

#[test]
fn a_message_of_the_future_is_given_up_in_the_end() {
    let failed = Outcome::Failed {
        step: Step::Connect,
        why: "nobody answers".to_owned(),
    };
    let queued: Timestamp = "2031-01-01T00:00:00Z".parse().unwrap();
    let now: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
    let tried = |attempts| settle(attempts, queued, &failed, now, 0.0);
    assert!(matches!(tried(ATTEMPTS_MAX - 1), Next::RetryAt { .. }));
    assert!(matches!(tried(ATTEMPTS_MAX), Next::Undeliverable { .. }));
    let all = (1..ATTEMPTS_MAX).fold(SignedDuration::ZERO, |all, attempt| {
        all + backoff(attempt, 0.0)
    });
    assert!(all >= GIVE_UP_AFTER, "{all}");
}

#[test]
fn a_clock_that_jumps_a_year_does_not_throw_the_queue_away() {
    let (attempts, _) = outage(1_000_000, Some((2, 365 * 86_400)));
    assert_eq!(attempts, ATTEMPTS_MIN);
    let (_, days) = outage(1_000_000, Some((2, -500_000)));
    assert!(days >= 5.0);
}

#[test]
fn a_fault_of_the_configuration_never_burns_a_message() {
    let old = at(0);
    let now = at(400 * 86_400);
    for outcome in [
        refused(Step::Auth, 535, "wrong password"),
        refused(Step::MailFrom, 550, "who are you"),
        refused(Step::RcptTo, 550, "log in first"),
        refused(Step::FinalDot, 550, "5.4.5 daily limit"),
        Outcome::Misconfigured {
            step: Step::StartTls,
            why: "no STARTTLS".to_owned(),
        },
    ] {
        match settle(1_000, old, &outcome, now, 0.0) {
            Next::PauseQueue { until, why } => {
                assert_eq!(until, now.checked_add(PAUSE).unwrap());
                assert!(!why.is_empty());
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_busy_relay_is_left_alone_and_others_are_not_held_up_by_one_mailbox() {
    let rest = |outcome: &Outcome| match settle(4, at(0), outcome, at(0), 0.0) {
        Next::RetryAt {
            at,
            relay_rests_until,
            ..
        } => (at.as_second(), relay_rests_until.map(Timestamp::as_second)),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        rest(&refused(Step::RcptTo, 451, "slow down")),
        (240, Some(30))
    );
    assert_eq!(
        rest(&refused(Step::RcptTo, 455, "that one later")),
        (240, None)
    );
    assert_eq!(
        rest(&Outcome::Unknown {
            why: "hung up".to_owned()
        }),
        (240, None)
    );
    assert_eq!(
        rest(&Outcome::Failed {
            step: Step::RcptTo,
            why: "hung up".to_owned()
        }),
        (240, None)
    );
}

#[test]
fn the_end_of_time_is_no_reason_to_panic() {
    let outcome = refused(Step::RcptTo, 450, "later");
    for (queued, now) in [
        (Timestamp::MIN, Timestamp::MAX),
        (Timestamp::MAX, Timestamp::MIN),
        (Timestamp::MAX, Timestamp::MAX),
    ] {
        assert!(matches!(
            settle(1, queued, &outcome, now, 1.0),
            Next::RetryAt { .. }
        ));
    }
}

#[test]
fn what_may_be_the_sender_or_the_recipient_gives_nothing_up() {
    let old = at(0);
    let now = at(400 * 86_400);
    for outcome in [
        refused(Step::RcptTo, 550, "5.7.1 no"),
        refused(Step::Data, 554, ""),
    ] {
        let next = settle(1_000, old, &outcome, now, 0.0);
        assert!(matches!(next, Next::Refused { .. }), "{next:?}");
    }
}
