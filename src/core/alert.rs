//! When an alert goes out: at once, with others of its watch, after quiet hours, or not at all
//! because there are too many and a digest serves better, or because its story was told already.

mod casualties;
mod corroboration;
mod novelty;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

pub use casualties::{Count, Standing, Telling, standing};
pub use corroboration::{Corroboration, OUTLETS_NAMED};
pub use novelty::{CORRECTIONS_A_DAY, Fresh, News, Told, news, said, says_more};

use super::calendar::QuietHours;

/// How alerts are grouped and limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlertRules {
    /// The first alert of a watch waits so long for company.
    pub group_wait: SignedDuration,
    /// Later alerts of the same watch keep so long a distance.
    pub group_interval: SignedDuration,
    /// Mails an hour to one recipient, of whatever kind. The last of them is a digest that takes the
    /// place of all alerts that are due then.
    pub flood_per_hour: u32,
}

impl Default for AlertRules {
    fn default() -> Self {
        Self {
            group_wait: SignedDuration::from_secs(30),
            group_interval: SignedDuration::from_mins(10),
            flood_per_hour: 20,
        }
    }
}

/// What is known about one watch's alerts to one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlertState {
    /// When the oldest hit that waits was stored.
    pub oldest_pending: Timestamp,
    /// When this watch's last alert to this recipient was made.
    pub last_alert: Option<Timestamp>,
    /// Mails of all kinds made for this recipient within the last hour.
    pub mails_last_hour: u32,
}

/// What to do with the hits that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertDecision {
    /// One mail with all of them, now.
    Send,
    /// Ask again then.
    WaitUntil {
        /// When.
        at: Timestamp,
        /// What for.
        why: AlertWait,
    },
    /// Leave them to one digest, due at once or after the quiet hours, that says why it came.
    Digest,
}

/// What an alert waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertWait {
    /// More hits of the same watch.
    Company,
    /// The distance between two mails about the same watch.
    Interval,
    /// The end of the recipient's quiet hours.
    Quiet,
}

/// Decides about the waiting hits of one watch for one recipient.
///
/// Instants in the future, left by a clock that was set back, count as long past: an alert may be
/// early, never held for a year.
pub fn decide(
    state: &AlertState,
    rules: &AlertRules,
    quiet: Option<(&QuietHours, &TimeZone)>,
    now: Timestamp,
) -> AlertDecision {
    if let Some(at) = quiet.and_then(|(hours, tz)| hours.ends_at(now, tz)) {
        return AlertDecision::WaitUntil {
            at,
            why: AlertWait::Quiet,
        };
    }
    if state.mails_last_hour.saturating_add(1) >= rules.flood_per_hour {
        return AlertDecision::Digest;
    }
    let later = |instant: Timestamp, distance: SignedDuration| {
        if instant > now {
            now
        } else {
            instant.checked_add(distance).unwrap_or(now)
        }
    };
    let company = later(state.oldest_pending, rules.group_wait);
    let interval = state
        .last_alert
        .map(|last| later(last, rules.group_interval));
    match interval {
        Some(at) if at > now && at >= company => AlertDecision::WaitUntil {
            at,
            why: AlertWait::Interval,
        },
        _ if company > now => AlertDecision::WaitUntil {
            at: company,
            why: AlertWait::Company,
        },
        _ => AlertDecision::Send,
    }
}

#[cfg(test)]
mod tests {
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
}
