//! Alerts: which are due, and what they say.

use jiff::{SignedDuration, Timestamp};

use super::alert_filter;
use super::context::MailerContext;
use super::coverage::{coverage, muted};
use super::uncomposable::mail_specific_failure;
use super::week::UnusualDays;
use crate::core::alert::{self, AlertDecision, AlertRules, AlertState};
use crate::core::digest::{Coverage, Kind};
use crate::store::digests::{self, Composed, ConsumedHits, PendingScope};
use crate::store::outbox::{self, MailKind};
use crate::store::{StoreError, mutes};

/// How alerts are paced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertPacing {
    /// With others of their watch, as a service does that will look again.
    Grouped,
    /// At once: nobody will look again soon.
    AtOnce,
}

/// Whether so many alerts are due that a digest takes their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AlertFlood {
    No,
    Now,
}

pub(super) fn compose_alerts(
    context: MailerContext<'_>,
    pace: AlertPacing,
    composed: &mut Composed,
) -> Result<AlertFlood, StoreError> {
    let (connection, recipient, now) = (context.connection, context.recipient, context.now);
    // What waited for an alert when a recipient was spared alerts, a digest tells.
    if !recipient.alerts || !digests::has_pending_alert(connection, &recipient.id)? {
        return Ok(AlertFlood::No);
    }
    let wait = |composed: &mut Composed, at| {
        composed.look_again = composed.look_again.into_iter().chain([at]).min();
    };
    let quiet = recipient
        .quiet
        .as_ref()
        .map(|quiet| (quiet, &recipient.time_zone));
    if let Some(at) = quiet.and_then(|(hours, tz)| hours.ends_at(now, tz)) {
        wait(composed, at);
        return Ok(AlertFlood::No);
    }
    let hour = SignedDuration::from_hours(1);
    let hour_ago = now.checked_sub(hour).unwrap_or(Timestamp::MIN);
    let mut flood = AlertFlood::No;
    for (watch_id, title, oldest_pending) in
        digests::watches_with_pending_alerts(connection, &recipient.id)?
    {
        let state = AlertState {
            oldest_pending,
            last_alert: outbox::last_made(
                connection,
                &recipient.id,
                MailKind::Alert,
                Some(&watch_id),
                now,
            )?,
            // Those of the future, which a clock that was set back leaves behind, are no flood.
            mails_last_hour: outbox::made_between(connection, &recipient.id, hour_ago, now)?,
        };
        match alert::decide(&state, &pace.rules(), quiet, now) {
            AlertDecision::Send => {
                match digests::apart(connection, || send_alert(context, watch_id, title)) {
                    Ok(posted) => composed.posted += posted,
                    // It stays owed, and the next digest tells it in full.
                    Err(error) => composed.failed = Some(mail_specific_failure(connection, error)?),
                }
            }
            AlertDecision::WaitUntil { at, .. } => wait(composed, at),
            AlertDecision::Digest => {
                // One digest an hour, not a flood of digests.
                let last =
                    outbox::last_made(connection, &recipient.id, MailKind::Digest, None, now)?;
                let next = last.and_then(|last| last.checked_add(hour).ok());
                match next.filter(|next| *next > now) {
                    Some(at) => wait(composed, at),
                    None => flood = AlertFlood::Now,
                }
            }
        }
    }
    Ok(flood)
}

/// Tells an item that several watches hit once, with all of them named. Gives the number of mails: none
/// when all of the watch's items went out with another's.
fn send_alert(
    context: MailerContext<'_>,
    watch_id: String,
    title: String,
) -> Result<usize, StoreError> {
    let owing = PendingScope::Alert(watch_id.clone());
    let watch = context.config.watch_once_called(&watch_id, &title);
    let watch_title = watch.map_or(title, |watch| watch.title.clone());
    let kind = Kind::Alert {
        watch_id,
        watch_title,
    };
    let coverage = alert_coverage(context, context.now)?;
    let mut alert = context.digest(&owing, kind, coverage, &UnusualDays::default())?;
    if alert.is_empty() {
        return Ok(0);
    }
    let stories = alert.stories.iter_mut().chain(&mut alert.headlines);
    alert_filter::annotate_novelty(context, &owing, stories)?;
    let takes = if context.wants_digests() {
        ConsumedHits::All(owing)
    } else {
        ConsumedHits::AlertOnly(owing)
    };
    context.post(&alert, takes, None)?;
    Ok(1)
}

/// What an alert made then says of how complete the time since the last digest is, or the last day for who gets none.
pub(super) fn alert_coverage(
    context: MailerContext<'_>,
    made: Timestamp,
) -> Result<Coverage, StoreError> {
    let (connection, config, recipient) = (context.connection, context.config, context.recipient);
    let ago = |time| made.checked_sub(time).unwrap_or(Timestamp::UNIX_EPOCH);
    let day_ago = ago(SignedDuration::from_hours(24));
    let start = match digests::progress(connection, &recipient.id)? {
        Some(progress) if context.wants_digests() => progress.covered_until,
        _ => day_ago,
    };
    let mut coverage = coverage(connection, config, recipient, Some(start), context.now)?;
    if !context.wants_digests() && recipient.summary.is_none() {
        // No other mail says what a mute held back, or has held back so far.
        let before = ago(SignedDuration::from_secs(1));
        let last = outbox::last_made(connection, &recipient.id, MailKind::Alert, None, before)?;
        let since = last.map_or(Timestamp::UNIX_EPOCH, |last| last.min(day_ago));
        coverage.muted = muted(
            config,
            recipient,
            mutes::since(connection, since, context.now)?,
        );
        for mute in &mut coverage.muted {
            mute.until = mute.until.min(made);
        }
    }
    Ok(coverage)
}

impl AlertPacing {
    fn rules(self) -> AlertRules {
        match self {
            Self::Grouped => AlertRules::default(),
            Self::AtOnce => AlertRules {
                group_wait: SignedDuration::ZERO,
                group_interval: SignedDuration::ZERO,
                ..AlertRules::default()
            },
        }
    }
}
