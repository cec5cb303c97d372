//! What each recipient is owed, made into messages.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::coverage::coverage;
use super::notices;
use crate::config::{Config, Recipient};
use crate::core::alert::{self, AlertDecision, AlertRules, AlertState};
use crate::core::calendar::next_of;
use crate::core::digest::{
    self, Coverage, Digest, HitItem, Kind, Reason, SendEmpty, SpanRecord, empty_due,
};
use crate::mail::{self, RenderOptions, RenderedMessage};
use crate::store::digests::{self, Composed, OwedHit, Progress};
use crate::store::outbox::{self, MailKind, NewMessage};
use crate::store::{StoreError, hits::HitRow};

/// How alerts are paced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// With others of their watch, as a service does that will look again.
    Grouped,
    /// At once: nobody will look again soon.
    AtOnce,
}

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

/// What composing works with, for one recipient.
#[derive(Clone, Copy)]
struct Desk<'a> {
    connection: &'a Connection,
    config: &'a Config,
    options: &'a RenderOptions,
    recipient: &'a Recipient,
    now: Timestamp,
}

/// Makes messages of everything that is due for every recipient, each recipient in a transaction of
/// its own.
pub fn compose_all(
    connection: &mut Connection,
    config: &Config,
    options: &RenderOptions,
    pace: Pace,
    now: Timestamp,
) -> Result<ComposeReport, StoreError> {
    let (notices, look_again) = notices::compose(connection, config, options, pace, now)?;
    let mut report = ComposeReport {
        messages: notices,
        look_again,
        failed: Vec::new(),
    };
    for recipient in &config.recipients {
        let queued = digests::queue(connection, &recipient.id, now, |connection| {
            let desk = Desk {
                connection,
                config,
                options,
                recipient,
                now,
            };
            compose(desk, pace)
        });
        let composed = match queued {
            Ok(composed) => composed,
            Err(error) if error.is_temporary() => return Err(error),
            Err(error) => {
                // One reader's trouble is no other's.
                tracing::error!(recipient = %recipient.id,
                    "no mail can be made for {}: {error}", recipient.id);
                report
                    .failed
                    .push((recipient.id.clone(), error.to_string()));
                continue;
            }
        };
        report.messages += composed.messages.len();
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
    Ok(report)
}

fn compose(desk: Desk<'_>, pace: Pace) -> Result<Composed, StoreError> {
    let Desk {
        connection,
        recipient,
        now,
        ..
    } = desk;
    let mut composed = Composed::default();
    let flood = compose_alerts(desk, pace, &mut composed)?;
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
    let owed = digests::owed_in_digest(connection, &recipient.id)?;
    let reason = if flood == Flood::Now {
        Reason::Flood
    } else if is_due(desk, progress.as_ref(), owed.is_empty())? {
        Reason::Scheduled
    } else {
        return Ok(composed);
    };
    let nothing_owed = owed.is_empty();
    let digest = digest(desk, owed, reason)?;
    let troubles = troubles(&digest.coverage);
    let last_mail = progress.as_ref().map(|progress| progress.covered_until);
    let told = progress
        .map(|progress| progress.told_troubles)
        .unwrap_or_default();
    // Silence must not mean that a feed was broken: news of that kind is something to say.
    let says_something = !nothing_owed
        || !troubles.is_subset(&told)
        || empty_due(recipient.send_empty, last_mail, now, &recipient.time_zone);
    composed.progress = Some(if says_something {
        composed.messages.extend(messages(desk, &digest)?);
        Progress {
            last_due: now,
            covered_until: now,
            told_troubles: troubles,
        }
    } else {
        Progress {
            last_due: now,
            covered_until: last_mail.unwrap_or(now),
            // What has passed may come again, and is news then.
            told_troubles: told.intersection(&troubles).cloned().collect(),
        }
    });
    Ok(composed)
}

/// What is wrong with feeds and mails, one word a trouble, to be compared with what was told.
fn troubles(coverage: &Coverage) -> BTreeSet<String> {
    let feeds = [
        ("failing", &coverage.failing),
        ("silent", &coverage.silent),
        ("missed", &coverage.possibly_missed),
        ("care", &coverage.handled_with_care),
    ];
    let feeds = feeds
        .into_iter()
        .flat_map(|(kind, list)| list.iter().map(move |feed| format!("{kind}/{}", feed.id)));
    let mails = coverage
        .undeliverable
        .iter()
        .map(|mail| format!("undeliverable/{}/{}", mail.queued, mail.subject));
    feeds.chain(mails).collect()
}

/// Whether so many alerts are due that a digest takes their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flood {
    No,
    Now,
}

fn compose_alerts(
    desk: Desk<'_>,
    pace: Pace,
    composed: &mut Composed,
) -> Result<Flood, StoreError> {
    let Desk {
        connection,
        recipient,
        now,
        ..
    } = desk;
    let hour = SignedDuration::from_hours(1);
    let hour_ago = now.checked_sub(hour).unwrap_or(Timestamp::MIN);
    // Those of the future, which a clock that was set back leaves behind, are no flood.
    let mut mails_last_hour = outbox::alerts_between(connection, &recipient.id, hour_ago, now)?;
    let quiet = recipient
        .quiet
        .as_ref()
        .map(|quiet| (quiet, &recipient.time_zone));
    let mut flood = Flood::No;
    let mut waiting = digests::owed_as_alert(connection, &recipient.id)?;
    while let Some(watch_id) = waiting.first().map(|owed| owed.hit.watch_id.clone()) {
        let (mut owed, others): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|owed| owed.hit.watch_id == watch_id);
        waiting = others;
        let state = AlertState {
            oldest_pending: owed.iter().map(|owed| owed.hit.found).min().unwrap_or(now),
            last_alert: outbox::last_made(
                connection,
                &recipient.id,
                MailKind::Alert,
                Some(&watch_id),
            )?,
            mails_last_hour,
        };
        match alert::decide(&state, &pace.rules(), quiet, now) {
            AlertDecision::Send => {
                mails_last_hour += 1;
                // An item that several watches hit is told once, with all of them named.
                let told: BTreeSet<i64> = owed.iter().map(|owed| owed.hit.entry_id).collect();
                let (same_items, others): (Vec<_>, Vec<_>) = waiting
                    .into_iter()
                    .partition(|owed| told.contains(&owed.hit.entry_id));
                waiting = others;
                owed.extend(same_items);
                let alert = alert(desk, watch_id, owed)?;
                composed.messages.extend(messages(desk, &alert)?);
            }
            AlertDecision::WaitUntil { at, .. } => {
                composed.look_again = composed.look_again.into_iter().chain([at]).min();
            }
            AlertDecision::Digest => {
                // One digest an hour, not a flood of digests.
                let last = outbox::last_made(connection, &recipient.id, MailKind::Digest, None)?;
                let next = last
                    .filter(|last| *last <= now)
                    .and_then(|last| last.checked_add(hour).ok());
                match next.filter(|next| *next > now) {
                    Some(at) => {
                        composed.look_again = composed.look_again.into_iter().chain([at]).min();
                    }
                    None => flood = Flood::Now,
                }
            }
        }
    }
    Ok(flood)
}

impl Pace {
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

/// How long feeds fail before a recipient who never had a digest is told of that alone.
const FIRST_TROUBLE: SignedDuration = SignedDuration::from_hours(24);

/// The first digest is due as soon as there is something to say; later ones at their times.
fn is_due(
    desk: Desk<'_>,
    progress: Option<&Progress>,
    nothing_owed: bool,
) -> Result<bool, StoreError> {
    let Desk {
        connection,
        config,
        recipient,
        now,
        ..
    } = desk;
    let Some(progress) = progress else {
        let wants_digests = recipient.digest.iter().any(|schedule| !schedule.is_off());
        if !wants_digests || !nothing_owed || recipient.send_empty != SendEmpty::Never {
            return Ok(wants_digests);
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

fn alert(desk: Desk<'_>, watch_id: String, owed: Vec<OwedHit>) -> Result<Digest, StoreError> {
    let coverage = coverage(desk.connection, desk.config, desk.recipient, None, desk.now)?;
    let watch_title = owed
        .first()
        .map_or_else(|| watch_id.clone(), |owed| owed.hit.watch_title.clone());
    Ok(digest::compose(
        reader(desk.recipient),
        owed.into_iter()
            .map(|owed| item(desk.config, owed))
            .collect(),
        coverage,
        Kind::Alert {
            watch_id,
            watch_title,
        },
    ))
}

fn digest(desk: Desk<'_>, owed: Vec<OwedHit>, reason: Reason) -> Result<Digest, StoreError> {
    let Desk {
        connection,
        config,
        recipient,
        now,
        ..
    } = desk;
    let start =
        digests::progress(connection, &recipient.id)?.map(|progress| progress.covered_until);
    let coverage = coverage(connection, config, recipient, start, now)?;
    let items = owed.into_iter().map(|owed| item(config, owed)).collect();
    Ok(digest::compose(
        reader(recipient),
        items,
        coverage,
        Kind::Digest(reason),
    ))
}

/// The digest that the recipient would get now, without making it so.
pub fn preview(
    connection: &Connection,
    config: &Config,
    options: &RenderOptions,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<Vec<RenderedMessage>, StoreError> {
    let desk = Desk {
        connection,
        config,
        options,
        recipient,
        now,
    };
    let owed = digests::owed_in_digest(connection, &recipient.id)?;
    render(desk, &digest(desk, owed, Reason::Scheduled)?)
}

pub(super) fn reader(recipient: &Recipient) -> digest::Recipient {
    digest::Recipient {
        id: recipient.id.clone(),
        address: recipient.address.clone(),
        name: recipient.name.clone(),
        time_zone: recipient.time_zone.clone(),
        privacy: recipient.privacy,
    }
}

fn item(config: &Config, owed: OwedHit) -> HitItem {
    let OwedHit { hit, alerted } = owed;
    HitItem {
        hit_id: hit.id,
        entry_id: hit.entry_id,
        spans: spans(&hit),
        feed_title: outlet(config, &hit),
        watch_id: hit.watch_id,
        watch_title: hit.watch_title,
        topic: Some(hit.topic),
        score: hit.score,
        feed_id: hit.feed_id,
        title: hit.title,
        summary: hit.summary,
        text: hit.text,
        author: hit.author,
        link: hit.link,
        language: hit.language,
        published: hit.published,
        first_seen: hit.first_seen,
        updated: hit.revision > 0,
        alerted,
    }
}

fn spans(hit: &HitRow) -> Vec<SpanRecord> {
    hit.spans
        .iter()
        .filter_map(|span| {
            Some(SpanRecord {
                field: span.field()?,
                start: span.start,
                end: span.end,
                term: span.term.clone(),
            })
        })
        .collect()
}

/// The outlet as the configuration calls it, else as it calls itself.
fn outlet(config: &Config, hit: &HitRow) -> String {
    config
        .feed(&hit.feed_id)
        .map(|feed| feed.title.clone())
        .filter(|title| *title != hit.feed_id)
        .or_else(|| hit.feed_title.clone())
        .unwrap_or_else(|| hit.feed_id.clone())
}

fn render(desk: Desk<'_>, digest: &Digest) -> Result<Vec<RenderedMessage>, StoreError> {
    let now = desk.now;
    // The hits it carries tell one mail of a recipient from every other.
    let mut seed = format!("{}/{:?}/{now}", digest.recipient.id, digest.kind);
    for hit in digest.hit_ids() {
        let _ = write!(seed, "/{hit}");
    }
    mail::render(digest, desk.options, &seed, now)
        .map_err(|error| StoreError::Value(error.to_string()))
}

fn messages(desk: Desk<'_>, digest: &Digest) -> Result<Vec<NewMessage>, StoreError> {
    let (kind, watch_id) = match &digest.kind {
        Kind::Alert { watch_id, .. } => (MailKind::Alert, Some(watch_id.clone())),
        Kind::Digest(_) => (MailKind::Digest, None),
    };
    Ok(render(desk, digest)?
        .into_iter()
        .map(|rendered| NewMessage {
            recipient_id: digest.recipient.id.clone(),
            address: digest.recipient.address.clone(),
            sender: desk.config.mail.from.clone(),
            kind,
            watch_id: watch_id.clone(),
            hits: rendered.hit_ids,
            message_id: rendered.message_id,
            subject: rendered.subject,
            message: rendered.bytes,
        })
        .collect())
}
