//! What is owed to messages, and messages to the server.

mod coverage;

use std::fmt::Write as _;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use super::{VERSION, World};
use crate::config::{
    Config, MailSettings, Recipient, SecretError, SmtpSettings, TlsMode, TransportSettings,
    read_secret,
};
use crate::core::calendar::next_of;
use crate::core::delivery::{self, Next};
use crate::core::digest::{self, Digest, HitItem, Kind, Privacy, Reason, SpanRecord};
use crate::mail::{
    self, Maildir, RenderOptions, RenderedMessage, Smtp, SmtpOptions, SmtpTimeouts, Tls, Transport,
};
use crate::store::digests::{self, Composed, OwedHit, Progress};
use crate::store::outbox::{self, NewMessage, OutboxRow, Settlement};
use crate::store::polls::Urgency;
use crate::store::{StoreError, hits::HitRow};

pub use coverage::coverage;

/// Why there is no way out for messages.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The password cannot be had.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// Makes messages of everything that is due for every recipient, each recipient in a transaction of
/// its own. Gives the number of messages.
pub fn compose_all(
    connection: &mut Connection,
    config: &Config,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut made = 0;
    for recipient in &config.recipients {
        made += digests::queue(connection, &recipient.id, now, |connection| {
            compose(connection, config, recipient, now)
        })?;
    }
    Ok(made)
}

/// When the next digest of any recipient is due.
pub(super) fn next_digest(
    connection: &Connection,
    config: &Config,
) -> Result<Option<Timestamp>, StoreError> {
    let mut next = None;
    for recipient in &config.recipients {
        if let Some(progress) = digests::progress(connection, &recipient.id)? {
            let due = next_of(&recipient.digest, progress.last_due, &recipient.time_zone);
            next = next.into_iter().chain(due).min();
        }
    }
    Ok(next)
}

fn compose(
    connection: &Connection,
    config: &Config,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<Composed, StoreError> {
    let mut composed = Composed::default();
    for (watch_id, owed) in by_watch(digests::owed_as_alert(connection, &recipient.id)?) {
        let watch_title = owed[0].hit.watch_title.clone();
        let kind = Kind::Alert {
            watch_id,
            watch_title,
        };
        let alert = alert(connection, config, recipient, owed, kind, now)?;
        composed.messages.extend(messages(config, &alert, now)?);
    }
    let progress = digests::progress(connection, &recipient.id)?;
    let owed = digests::owed_in_digest(connection, &recipient.id)?;
    if !is_due(recipient, progress, owed.is_empty(), now) {
        return Ok(composed);
    }
    let covered_until = if owed.is_empty() {
        progress.map_or(now, |progress| progress.covered_until)
    } else {
        let alerted: Vec<i64> = composed
            .messages
            .iter()
            .flat_map(|message| message.hits.clone())
            .collect();
        let digest = scheduled(connection, config, recipient, owed, &alerted, progress, now)?;
        composed.messages.extend(messages(config, &digest, now)?);
        now
    };
    composed.progress = Some(Progress {
        last_due: now,
        covered_until,
    });
    Ok(composed)
}

/// The first digest is due as soon as there is something to say; later ones at their times.
fn is_due(
    recipient: &Recipient,
    progress: Option<Progress>,
    nothing_owed: bool,
    now: Timestamp,
) -> bool {
    match progress {
        None => !nothing_owed && recipient.digest.iter().any(|schedule| !schedule.is_off()),
        // A clock that was set back must not make digests wait for it to catch up.
        Some(progress) => next_of(
            &recipient.digest,
            progress.last_due.min(now),
            &recipient.time_zone,
        )
        .is_some_and(|due| due <= now),
    }
}

fn by_watch(owed: Vec<OwedHit>) -> Vec<(String, Vec<OwedHit>)> {
    let mut groups: Vec<(String, Vec<OwedHit>)> = Vec::new();
    for hit in owed {
        match groups.iter_mut().find(|(id, _)| *id == hit.hit.watch_id) {
            Some((_, group)) => group.push(hit),
            None => groups.push((hit.hit.watch_id.clone(), vec![hit])),
        }
    }
    groups
}

fn alert(
    connection: &Connection,
    config: &Config,
    recipient: &Recipient,
    owed: Vec<OwedHit>,
    kind: Kind,
    now: Timestamp,
) -> Result<Digest, StoreError> {
    let coverage = coverage(connection, config, recipient, None, now)?;
    Ok(digest::compose(
        reader(recipient),
        owed.into_iter().map(|owed| item(config, owed)).collect(),
        coverage,
        kind,
    ))
}

fn scheduled(
    connection: &Connection,
    config: &Config,
    recipient: &Recipient,
    owed: Vec<OwedHit>,
    just_alerted: &[i64],
    progress: Option<Progress>,
    now: Timestamp,
) -> Result<Digest, StoreError> {
    let start = progress.map(|progress| progress.covered_until);
    let coverage = coverage(connection, config, recipient, start, now)?;
    let items = owed
        .into_iter()
        .map(|mut owed| {
            owed.alerted |= just_alerted.contains(&owed.hit.id);
            item(config, owed)
        })
        .collect();
    Ok(digest::compose(
        reader(recipient),
        items,
        coverage,
        Kind::Digest(Reason::Scheduled),
    ))
}

/// The digest that the recipient would get now, without making it so.
pub fn preview(
    connection: &Connection,
    config: &Config,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<Vec<RenderedMessage>, StoreError> {
    let progress = digests::progress(connection, &recipient.id)?;
    let owed = digests::owed_in_digest(connection, &recipient.id)?;
    let digest = scheduled(connection, config, recipient, owed, &[], progress, now)?;
    render(config, &digest, now)
}

fn reader(recipient: &Recipient) -> digest::Recipient {
    digest::Recipient {
        id: recipient.id.clone(),
        address: recipient.address.clone(),
        name: None,
        time_zone: recipient.time_zone.clone(),
        privacy: Privacy::Open,
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
        .or_else(|| hit.feed_title.clone())
        .unwrap_or_else(|| hit.feed_id.clone())
}

fn render(
    config: &Config,
    digest: &Digest,
    now: Timestamp,
) -> Result<Vec<RenderedMessage>, StoreError> {
    let options = RenderOptions::new(config.mail.from.clone());
    // The hits it carries tell one mail of a recipient from every other.
    let mut seed = format!("{}/{:?}/{now}", digest.recipient.id, digest.kind);
    for hit in digest.hit_ids() {
        let _ = write!(seed, "/{hit}");
    }
    mail::render(digest, &options, &seed, now).map_err(|error| StoreError::Value(error.to_string()))
}

fn messages(
    config: &Config,
    digest: &Digest,
    now: Timestamp,
) -> Result<Vec<NewMessage>, StoreError> {
    let kind = match digest.kind {
        Kind::Alert { .. } => Urgency::Alert,
        Kind::Digest(_) => Urgency::Digest,
    };
    Ok(render(config, digest, now)?
        .into_iter()
        .map(|rendered| NewMessage {
            recipient_id: digest.recipient.id.clone(),
            address: digest.recipient.address.clone(),
            sender: config.mail.from.clone(),
            kind,
            hits: rendered.hit_ids,
            message_id: rendered.message_id,
            subject: rendered.subject,
            message: rendered.bytes,
        })
        .collect())
}

/// What became of sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendReport {
    /// Messages that the server took.
    pub delivered: u64,
    /// Messages given up.
    pub undeliverable: u64,
    /// Why messages still wait, the last reason first.
    pub waiting: Option<String>,
}

/// Sends what waits, one message at a time, over one connection.
pub struct Mailer {
    transport: Transport,
}

/// Which messages to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempting {
    /// Those whose time has come.
    Due,
    /// Each once, whatever its backoff says: somebody asked for it.
    Everything,
}

impl Mailer {
    /// Prepares the way out that the configuration names; connects to nothing yet.
    pub fn new(
        settings: &MailSettings,
        state_folder: &Path,
        credentials: Option<&Path>,
    ) -> Result<Self, SetupError> {
        let transport =
            match &settings.transport {
                TransportSettings::Maildir => {
                    Transport::Maildir(Maildir::new(state_folder.join("mail")))
                }
                TransportSettings::Smtp(smtp) => Transport::Smtp(Box::new(Smtp::new(
                    smtp_options(smtp, &settings.from, credentials)?,
                ))),
            };
        Ok(Self { transport })
    }

    /// Sends until nothing is left to try, the server asks for rest, or `stop` says so.
    pub async fn send(
        &mut self,
        world: &World,
        attempting: Attempting,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Result<SendReport, StoreError> {
        let mut report = SendReport::default();
        let mut last_tried = 0;
        while !stop() {
            let now = (world.clock)();
            let due = match attempting {
                Attempting::Due => outbox::Due::At(now),
                Attempting::Everything => outbox::Due::After(last_tried),
            };
            let claimed = world
                .store
                .call(move |connection| outbox::claim(connection, due))
                .await?;
            let Some((row, message)) = claimed else {
                break;
            };
            last_tried = row.id;
            if !self.one(world, &row, &message, &mut report).await? {
                break;
            }
        }
        Ok(report)
    }

    /// Tries one message and records how it went. Gives whether to go on with the next.
    async fn one(
        &mut self,
        world: &World,
        row: &OutboxRow,
        message: &[u8],
        report: &mut SendReport,
    ) -> Result<bool, StoreError> {
        let attempt = self
            .transport
            .deliver(&row.sender, &row.address, message, &row.message_id)
            .await;
        let now = (world.clock)();
        let next = delivery::settle(
            row.attempts,
            row.created,
            &attempt.outcome,
            now,
            fastrand::f64(),
        );
        let mut go_on = true;
        let settlement = match next {
            Next::Sent { reply } => {
                report.delivered += 1;
                tracing::info!(outbox = row.id, recipient = %row.recipient_id,
                    "sent message {} to {}", row.id, row.recipient_id);
                Settlement::Sent { reply }
            }
            Next::RetryAt {
                at,
                relay_rests_until,
                why,
            } => {
                tracing::warn!(outbox = row.id, recipient = %row.recipient_id,
                    "message {} waits for its next attempt: {why}", row.id);
                report.waiting = Some(why.clone());
                go_on = relay_rests_until.is_none();
                Settlement::Retry {
                    at,
                    relay_rests_until,
                    why,
                    doubtful: attempt.outcome.is_in_doubt(),
                }
            }
            Next::PauseQueue { until, why } => {
                tracing::error!(
                    outbox = row.id,
                    "sending is paused until it is put right: {why}"
                );
                report.waiting = Some(why.clone());
                go_on = false;
                Settlement::Pause { until, why }
            }
            Next::Undeliverable { why } => {
                tracing::error!(outbox = row.id, recipient = %row.recipient_id,
                    "message {} to {} is given up: {why}", row.id, row.recipient_id);
                report.undeliverable += 1;
                Settlement::Undeliverable { why }
            }
        };
        let id = row.id;
        world
            .store
            .call(move |connection| outbox::settle(connection, id, &settlement, now))
            .await?;
        Ok(go_on)
    }

    /// Takes leave of the server.
    pub async fn close(&mut self) {
        self.transport.close().await;
    }
}

fn smtp_options(
    settings: &SmtpSettings,
    from: &str,
    credentials: Option<&Path>,
) -> Result<SmtpOptions, SetupError> {
    let password = match &settings.password {
        Some(source) => Some(read_secret(source, credentials)?),
        None => None,
    };
    Ok(SmtpOptions {
        host: settings.host.clone(),
        port: settings.port,
        tls: match settings.tls {
            TlsMode::Starttls => Tls::Starttls,
            TlsMode::Implicit => Tls::Implicit,
            TlsMode::None => Tls::None,
        },
        username: settings.username.clone(),
        password,
        // The sender's domain: a name that is ours, where the machine's own may be secret or none.
        hello_name: from.rsplit('@').next().unwrap_or("localhost").to_owned(),
        ca_file: settings.ca_file.clone(),
        timeouts: SmtpTimeouts::default(),
    })
}
