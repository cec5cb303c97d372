//! When an alert goes out: at once, with others of its watch, after quiet hours, or not at all
//! because there are too many and a digest serves better, or because its story was told already.
//!
//! ```text
//! ReportedItem, Count -> reported_toll -> ReportedStory -+
//!                  a hit that may be told: ImmediateHit -> news -> Novelty, worth an alert or not -> said, in the mail
//! what waits of a watch: AlertState, AlertRules -> decide -> AlertDecision
//! ```
//!
//! [`news`] is asked for each hit, with what the recipient was told of its story; [`decide`] for all hits of a watch
//! that are news, with how many mails went out of late.
//!
//! This room makes no mail, and knows watches by their ids alone; of the core it uses [`story`](super::story) and
//! [`calendar`](super::calendar).

mod corroboration;
mod novelty;
mod reported_toll;
mod urgency;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

pub use corroboration::{Corroboration, OUTLETS_NAMED};
pub use novelty::{
    CORRECTIONS_A_DAY, ImmediateHit, Novelty, ReportedStory, is_significant_update, news, said,
};
pub use reported_toll::{Count, ReportedItem, ReportedToll, reported_toll};
pub use urgency::Urgency;

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
mod tests;
