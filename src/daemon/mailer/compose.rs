//! What each recipient is owed, made into messages.

use jiff::{SignedDuration, Timestamp};

use super::alerts::{AlertFlood, AlertPacing, compose_alerts};
use super::context::{CompositionSettings, MailerContext};
use super::coverage::{coverage, with_pages};
use super::reported_problems::{leave_out_told, troubles, unreadable_pages};
use super::uncomposable::{mail_specific_failure, tell};
use super::week::{self, UnusualDays};
use super::{alert_filter, notices};
use crate::config::{Config, Recipient};
use crate::core::calendar::next_of;
use crate::core::digest::{Coverage, Digest, Kind, Reason, SendEmpty, empty_due};
use crate::mail::{RenderOptions, RenderedMessage};
use crate::store::digests::{self, Composed, ConsumedHits, PendingScope, Progress};
use crate::store::{self, Connection, StoreError, outbox};

/// What composing came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComposeReport {
    /// Messages made.
    pub messages: usize,
    /// When to look again, for digests and for alerts that wait.
    pub look_again: Option<Timestamp>,
    /// Recipients for whom no mail could be made, and why.
    pub failed: Vec<(String, String)>,
}

/// Makes messages of everything that is due for every recipient, each recipient in a transaction of
/// its own.
pub fn compose_all(
    connection: &mut Connection,
    config: &Config,
    options: &RenderOptions,
    pace: AlertPacing,
    now: Timestamp,
) -> Result<ComposeReport, StoreError> {
    let settings = CompositionSettings {
        config,
        options,
        now,
    };
    let mut report = ComposeReport::default();
    outbox::keep_refusals_of(connection, |id| config.recipient(id).is_some())?;
    digests::retain_uncomposable_of(connection, |id| config.recipient(id).is_some())?;
    let watches = config.watches.iter().map(|watch| watch.id.as_str());
    let feeds = config.feeds.iter().map(|feed| feed.id.as_str());
    store::week::note_configuration(connection, watches, feeds, now)?;
    for recipient in &config.recipients {
        if let Some(at) = outbox::refused_until(connection, &recipient.id, now)? {
            report.look_again = report.look_again.into_iter().chain([at]).min();
            continue;
        }
        let queued = digests::queue(connection, &recipient.id, now, |connection| {
            let context = settings.context(connection, recipient);
            let mut composed = compose(context, pace)?;
            week::compose(context, &mut composed)?;
            Ok(composed)
        });
        let composed = match queued {
            Ok(composed) => composed,
            // One reader's trouble is no other's.
            Err(error) => Composed {
                failed: Some(mail_specific_failure(connection, error)?),
                ..Composed::default()
            },
        };
        tell(connection, recipient, &composed, now)?;
        if let Some(why) = composed.failed {
            report.failed.push((recipient.id.clone(), why));
        }
        report.messages += composed.posted;
        let progress = digests::progress(connection, &recipient.id)?;
        let next_digest = progress.and_then(|progress| {
            next_of(&recipient.digest, progress.last_due, &recipient.time_zone)
        });
        report.look_again = report
            .look_again
            .into_iter()
            .chain(composed.look_again)
            .chain(next_digest)
            .min();
    }
    // After the mails, so that a notice names those that could not be made.
    let notices = notices::compose(connection, settings)?;
    report.messages += notices.made;
    report.look_again = report
        .look_again
        .into_iter()
        .chain(notices.look_again)
        .min();
    report.failed.extend(notices.failed);
    Ok(report)
}

fn compose(context: MailerContext<'_>, pace: AlertPacing) -> Result<Composed, StoreError> {
    let (connection, recipient, now) = (context.connection, context.recipient, context.now);
    let mut composed = Composed::default();
    let mut marks_left = digests::mark_taken(connection, &recipient.id)?;
    if !context.wants_digests() {
        marks_left |= digests::release_alerted(connection, &recipient.id)? > 0;
    }
    composed.look_again = marks_left.then_some(now);
    match digests::apart(connection, || alert_filter::judge(context)) {
        Ok(look_again) => {
            composed.look_again = composed.look_again.into_iter().chain(look_again).min();
        }
        // What is not judged is told as its watch asks.
        Err(error) => {
            let why = mail_specific_failure(connection, error)?;
            tracing::error!(recipient = %recipient.id,
                "what is new in the alerts to {} cannot be told, and each of them goes out: {why}", recipient.id);
        }
    }
    let flood = compose_alerts(context, pace, &mut composed)?;
    let progress = digests::progress(connection, &recipient.id)?;
    if let Some(ahead) = progress.clone().filter(|progress| progress.last_due > now) {
        // The clock was set back: digests go on from now, and do not wait for it to catch up.
        composed.progress = Some(Progress {
            last_due: now,
            covered_until: ahead.covered_until.min(now),
            told_troubles: ahead.told_troubles,
        });
        return Ok(composed);
    }
    let nothing_pending = !digests::has_pending_digest(connection, &recipient.id)?;
    let reason = if flood == AlertFlood::Now {
        Reason::Flood
    } else if is_due(context, progress.as_ref(), nothing_pending)? {
        Reason::Scheduled
    } else {
        return Ok(composed);
    };
    compose_digest(context, reason, progress, nothing_pending, &mut composed)?;
    Ok(composed)
}

/// Makes the digest that is due, if it says something.
fn compose_digest(
    context: MailerContext<'_>,
    reason: Reason,
    progress: Option<Progress>,
    nothing_pending: bool,
    composed: &mut Composed,
) -> Result<(), StoreError> {
    let (connection, recipient, now) = (context.connection, context.recipient, context.now);
    let last_mail = progress.as_ref().map(|progress| progress.covered_until);
    let coverage = coverage(connection, context.config, recipient, last_mail, now)?;
    let mut coverage = with_pages(connection, context.config, coverage)?;
    let troubles = troubles(&coverage);
    let unreadable = unreadable_pages(&coverage);
    let told = progress
        .map(|progress| progress.told_troubles)
        .unwrap_or_default();
    // Once is enough, and not worth a mail alone: what the feeds say is matched all the same.
    leave_out_told(&mut coverage, &told);
    // Silence must not mean that a feed was broken: news of that kind is something to say.
    let says_something = !nothing_pending
        || !troubles.is_subset(&told)
        || empty_due(recipient.send_empty, last_mail, now, &recipient.time_zone);
    composed.progress = Some(if says_something {
        let posted = digests::apart(connection, || {
            let unusual = week::unusual_since_last_digest(context, last_mail, &told)?;
            let digest = digest_of(context, reason, coverage, &unusual)?;
            context.post(&digest, ConsumedHits::All(PendingScope::Digest), None)?;
            Ok(unusual.told)
        });
        let told_days = match posted {
            Ok(told_days) => {
                composed.posted += 1;
                told_days
            }
            // The alerts that were made go out all the same.
            Err(error) => {
                composed.failed = Some(mail_specific_failure(connection, error)?);
                return Ok(());
            }
        };
        Progress {
            last_due: now,
            covered_until: now,
            told_troubles: (troubles.into_iter())
                .chain(unreadable)
                .chain(told_days)
                .collect(),
        }
    } else {
        Progress {
            last_due: now,
            covered_until: last_mail.unwrap_or(now),
            // What has passed may come again, and is news then.
            told_troubles: (told.iter())
                .filter(|word| troubles.contains(*word) || unreadable.contains(*word))
                .chain(week::kept(context, &told))
                .cloned()
                .collect(),
        }
    });
    Ok(())
}

/// How long feeds fail before a recipient who never had a digest is told of that alone.
const FIRST_TROUBLE: SignedDuration = SignedDuration::from_hours(24);

/// The first digest is due as soon as there is something to say; later ones at their times.
fn is_due(
    context: MailerContext<'_>,
    progress: Option<&Progress>,
    nothing_pending: bool,
) -> Result<bool, StoreError> {
    let MailerContext {
        connection,
        config,
        recipient,
        now,
        ..
    } = context;
    let Some(progress) = progress else {
        if !context.wants_digests() || !nothing_pending || recipient.send_empty != SendEmpty::Never
        {
            return Ok(context.wants_digests());
        }
        let failing = coverage(connection, config, recipient, None, now)?.failing;
        return Ok(failing.iter().any(|feed| {
            feed.since
                .is_some_and(|since| now.duration_since(since) >= FIRST_TROUBLE)
        }));
    };
    let next = next_of(&recipient.digest, progress.last_due, &recipient.time_zone);
    Ok(next.is_some_and(|due| due <= now))
}

/// A digest of all that is owed, which says what of it was told otherwise before.
fn digest_of(
    context: MailerContext<'_>,
    reason: Reason,
    coverage: Coverage,
    unusual: &UnusualDays,
) -> Result<Digest, StoreError> {
    let mut digest = context.digest(
        &PendingScope::Digest,
        Kind::Digest(reason),
        coverage,
        unusual,
    )?;
    let stories = digest.stories.iter_mut().chain(&mut digest.headlines);
    alert_filter::annotate_changes(context, stories.chain(&mut digest.developing))?;
    Ok(digest)
}

/// The digest that the recipient would get now, without making it so.
pub fn preview(
    connection: &Connection,
    config: &Config,
    options: &RenderOptions,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<(Digest, RenderedMessage), StoreError> {
    let context = MailerContext {
        connection,
        config,
        options,
        recipient,
        now,
    };
    let progress = digests::progress(connection, &recipient.id)?;
    let start = progress.as_ref().map(|progress| progress.covered_until);
    let coverage = coverage(connection, config, recipient, start, now)?;
    let mut coverage = with_pages(connection, config, coverage)?;
    let told = progress.map(|progress| progress.told_troubles);
    let told = told.unwrap_or_default();
    leave_out_told(&mut coverage, &told);
    let unusual = week::unusual_since_last_digest(context, start, &told)?;
    let digest = digest_of(context, Reason::Scheduled, coverage, &unusual)?;
    let rendered = context.render(&digest)?;
    Ok((digest, rendered))
}
