use super::*;

/// Seconds after the epoch, which was a Thursday.
fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// What happens at second 10,000 to a hit of `oldest`, after an alert at `last` and `mails`
/// within the hour.
#[track_caller]
fn check(oldest: i64, last: Option<i64>, mails: u32, expected: AlertDecision) {
    let state = AlertState {
        oldest_pending: at(oldest),
        last_alert: last.map(at),
        mails_last_hour: mails,
    };
    assert_eq!(
        decide(&state, &AlertRules::default(), None, at(10_000)),
        expected
    );
}

fn wait(second: i64, why: AlertWait) -> AlertDecision {
    AlertDecision::WaitUntil {
        at: at(second),
        why,
    }
}

#[test]
fn the_first_alert_waits_half_a_minute_for_company() {
    check(10_000, None, 0, wait(10_030, AlertWait::Company));
    check(9_970, None, 0, AlertDecision::Send);
}

#[test]
fn later_alerts_of_a_watch_keep_ten_minutes_distance() {
    check(9_900, Some(9_500), 1, wait(10_100, AlertWait::Interval));
    check(9_900, Some(9_400), 1, AlertDecision::Send);
    check(9_990, Some(9_410), 1, wait(10_020, AlertWait::Company));
}

#[test]
fn the_twentieth_mail_of_an_hour_becomes_a_digest() {
    check(9_900, None, 18, AlertDecision::Send);
    check(9_900, None, 19, AlertDecision::Digest);
}

#[test]
fn a_clock_set_back_does_not_hold_an_alert_for_a_year() {
    check(40_000_000, Some(40_000_000), 1, AlertDecision::Send);
}

#[test]
fn no_waiting_rules_send_at_once() {
    let rules = AlertRules {
        group_wait: SignedDuration::ZERO,
        group_interval: SignedDuration::ZERO,
        ..AlertRules::default()
    };
    let state = AlertState {
        oldest_pending: at(10),
        last_alert: Some(at(10)),
        mails_last_hour: 3,
    };
    assert_eq!(decide(&state, &rules, None, at(10)), AlertDecision::Send);
}

#[test]
fn alerts_wait_for_the_end_of_quiet_hours_even_in_a_flood() {
    let quiet: QuietHours = "22:00-07:00".parse().unwrap();
    let tz = TimeZone::get("Europe/Paris").unwrap();
    let now: Timestamp = "2026-03-28T23:00:00Z".parse().unwrap();
    let state = AlertState {
        oldest_pending: now,
        last_alert: None,
        mails_last_hour: 99,
    };
    let decision = decide(&state, &AlertRules::default(), Some((&quiet, &tz)), now);
    // The clock goes forward in that night.
    let morning: Timestamp = "2026-03-29T05:00:00Z".parse().unwrap();
    assert_eq!(
        decision,
        AlertDecision::WaitUntil {
            at: morning,
            why: AlertWait::Quiet
        }
    );
}
