//! Messages to the server, one at a time, over one connection.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::recompose::{Replacement, make_anew};
use crate::config::{
    Config, MailSettings, SecretError, SmtpSettings, TlsMode, TokenSettings, TransportSettings,
    check_exposure, read_secret,
};
use crate::core::delivery::{self, Attempt, Next};
use crate::daemon::World;
use crate::mail::{
    DkimError, DkimSigner, Maildir, Refresh, RefreshOptions, RenderOptions, Sendmail, Smtp,
    SmtpOptions, SmtpTimeouts, Tls, TokenSource, Transport, Waiting, parse_address,
};
use crate::store::outbox::{self, Claimed, OutboxRow, Settlement};
use crate::store::{Connection, StoreError};

/// How often `once` offers an outcome to a database that does not take it. A service offers it until
/// it is stored or the service is stopped: nothing else could be sent in the meantime.
const SETTLE_TRIES_ONCE: u32 = 20;
/// The pauses between the tries, at first and in the long run.
const SETTLE_PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(10)];

/// Why there is no way out for messages.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The password cannot be had.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The key for signatures cannot be used.
    #[error("[mail.dkim]: {0}")]
    Dkim(#[from] DkimError),
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

impl Attempting {
    fn settle_tries(self) -> u32 {
        match self {
            Self::Due => u32::MAX,
            Self::Everything => SETTLE_TRIES_ONCE,
        }
    }

    /// What may be claimed next, after the message of this number. Of everything, those that were not tried
    /// yet: one that a server refuses at every run must not stand before them each time.
    fn due(self, now: Timestamp, last_tried: i64) -> outbox::Due {
        match self {
            Self::Due => outbox::Due::At(now),
            Self::Everything => outbox::Due::New(last_tried),
        }
    }
}

/// What an attempt means for the messages behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// The next may be tried.
    GoOn,
    /// The server needs rest, or is away, or refuses us.
    Rest,
}

/// How an attempt ended.
#[derive(Clone, Debug)]
enum Ending {
    /// To be recorded.
    Settled(Settlement),
    /// Refused for what the message says.
    MakeAnew { why: String },
    /// Refused before anything of the message was seen.
    Unseen { why: String },
}

impl From<Settlement> for Ending {
    fn from(settlement: Settlement) -> Self {
        Self::Settled(settlement)
    }
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
                TransportSettings::Sendmail(program) => {
                    Transport::Sendmail(Sendmail::new(program, state_folder))
                }
                TransportSettings::Smtp(smtp) => Transport::Smtp(Box::new(Smtp::new(
                    smtp_options(smtp, &settings.from, state_folder, credentials)?,
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
        let mut claimed = None;
        let mut last_tried = 0;
        let mut again = VecDeque::new();
        if attempting == Attempting::Everything {
            let before = |connection: &mut Connection| outbox::tried_before(connection);
            again.extend(world.store.call(before).await?);
        }
        loop {
            // What is claimed is tried, whatever `stop` says: else it would count as in doubt.
            if claimed.is_none() {
                if stop() {
                    break;
                }
                let due = attempting.due((world.clock)(), last_tried);
                claimed = world
                    .store
                    .call(move |connection| outbox::claim(connection, due))
                    .await?;
                while claimed.is_none()
                    && let Some(id) = again.pop_front()
                {
                    let due = outbox::Due::Again(id);
                    claimed = world
                        .store
                        .call(move |connection| outbox::claim(connection, due))
                        .await?;
                }
            }
            let Some((row, message)) = claimed.take() else {
                break;
            };
            last_tried = last_tried.max(row.id);
            if let Some(why) = no_longer_addressed(&world.config, &row) {
                withdraw(world, &row, why).await?;
                continue;
            }
            let (ending, then) = self.one(world, &row, &message).await;
            let go_on = then == Then::GoOn && !stop();
            let due = go_on.then(|| attempting.due((world.clock)(), last_tried));
            let tries = attempting.settle_tries();
            claimed = settle(world, &row, ending, due, tries, stop, &mut report).await?;
            if claimed.is_none() {
                let now = (world.clock)();
                let rest = move |connection: &mut Connection| outbox::rest(connection, now);
                if !go_on || again.is_empty() || world.store.call(rest).await?.is_some() {
                    break;
                }
            }
        }
        Ok(report)
    }

    /// Tries one message. Gives how it went, and whether to go on with the next.
    async fn one(&mut self, world: &World, row: &OutboxRow, message: &[u8]) -> (Ending, Then) {
        let attempt = self
            .transport
            .deliver(&row.sender, &row.address, message, &row.message_id)
            .await;
        let next = delivery::settle(
            row.attempts,
            row.created,
            &attempt.outcome,
            (world.clock)(),
            fastrand::f64(),
        );
        match next {
            Next::Sent { reply } => (Settlement::Sent { reply }.into(), Then::GoOn),
            Next::RetryAt {
                at,
                relay_rests_until,
                why,
            } => {
                let then = if relay_rests_until.is_none() {
                    Then::GoOn
                } else {
                    Then::Rest
                };
                let settlement = Settlement::Retry {
                    at,
                    relay_rests_until,
                    why,
                    doubtful: attempt.outcome.is_in_doubt(),
                };
                (settlement.into(), then)
            }
            Next::PauseQueue { until, why } => {
                (Settlement::Pause { until, why }.into(), Then::Rest)
            }
            Next::MakeAnew { why } => (Ending::MakeAnew { why }, Then::GoOn),
            Next::Refused { why } => (Ending::Unseen { why }, Then::GoOn),
            Next::Undeliverable { why } => (Settlement::Undeliverable { why }.into(), Then::GoOn),
        }
    }

    /// Hands over a message that is in no outbox, and tells the whole dialogue.
    pub async fn try_once(
        &mut self,
        from: &str,
        to: &str,
        message: &[u8],
        message_id: &str,
    ) -> Attempt {
        self.transport.deliver(from, to, message, message_id).await
    }

    /// Whom an attempt waits for, and what for, to be looked at meanwhile.
    pub fn waiting(&self) -> Option<(String, Waiting)> {
        self.transport.waiting()
    }

    /// Takes leave of the server.
    pub async fn close(&mut self) {
        self.transport.close().await;
    }
}

/// Takes a message back that must not go out as it is.
async fn withdraw(world: &World, row: &OutboxRow, why: String) -> Result<(), StoreError> {
    tracing::warn!(outbox = row.id, "message {} is withdrawn: {why}", row.id);
    let id = row.id;
    let now = (world.clock)();
    world
        .store
        .call(move |connection| outbox::withdraw(connection, id, &why, now))
        .await
}

/// Records how an attempt ended, and claims the next message if one is due. The server has answered,
/// and only we know: a database that is locked or full is asked again before the outcome is given up
/// as unknown.
async fn settle(
    world: &World,
    row: &OutboxRow,
    ending: Ending,
    due: Option<outbox::Due>,
    tries_at_most: u32,
    stop: &(dyn Fn() -> bool + Sync),
    report: &mut SendReport,
) -> Result<Option<Claimed>, StoreError> {
    let now = (world.clock)();
    let mut tries: u32 = 0;
    loop {
        tries = tries.saturating_add(1);
        let (ending, row_now) = (ending.clone(), row.clone());
        let (config, options) = (world.config.clone(), world.render_options.clone());
        let settled = world.store.call(move |connection| match ending {
            Ending::Settled(settlement) => record(connection, row_now.id, settlement, due, now),
            Ending::Unseen { why } => {
                let why = format!("refused before the message was seen: {why}");
                refuse(connection, &config, row_now.id, why, due, now)
            }
            Ending::MakeAnew { why } => {
                let made = make_anew(connection, &config, &options, &row_now, &why, now);
                match made {
                    Ok(Replacement::Made) => {
                        let next = due.map(|due| outbox::claim(connection, due));
                        Ok((next.transpose()?.flatten(), Recorded::MadeAnew { why }))
                    }
                    Ok(Replacement::Impossible) => {
                        let why =
                            format!("a message without any word of a feed was refused: {why}");
                        refuse(connection, &config, row_now.id, why, due, now)
                    }
                    Err(error) if error.is_temporary() => Err(error),
                    Err(error) => {
                        let why = format!("{why}; and it cannot be made anew: {error}");
                        let given_up = Settlement::Undeliverable { why };
                        record(connection, row_now.id, given_up, due, now)
                    }
                }
            }
        });
        match settled.await {
            Err(error) if error.is_temporary() && tries < tries_at_most && !stop() => {
                if tries == 1 {
                    tracing::warn!(
                        outbox = row.id,
                        "the outcome of message {} is not stored yet, and offered again: {error}",
                        row.id
                    );
                }
                let pause = usize::from(tries > SETTLE_TRIES_ONCE);
                tokio::time::sleep(SETTLE_PAUSES[pause]).await;
            }
            settled => {
                let (claimed, recorded) = settled?;
                recorded.report(report);
                tell(row, &recorded);
                return Ok(claimed);
            }
        }
    }
}

/// What is recorded of an attempt.
#[derive(Clone, Debug)]
enum Recorded {
    Settled(Settlement),
    MadeAnew { why: String },
}

impl Recorded {
    fn report(&self, report: &mut SendReport) {
        match self {
            Self::Settled(Settlement::Sent { .. }) => report.delivered += 1,
            Self::Settled(Settlement::Undeliverable { .. }) => report.undeliverable += 1,
            Self::Settled(
                Settlement::Retry { why, .. }
                | Settlement::Pause { why, .. }
                | Settlement::Refused { why, .. },
            ) => {
                report.waiting = Some(why.clone());
            }
            Self::MadeAnew { .. } => {}
        }
    }
}

/// Records that the server refuses the sender or the recipient, whatever the message says, and claims the next
/// message if the queue does not rest for it.
fn refuse(
    connection: &mut Connection,
    config: &Config,
    id: i64,
    why: String,
    due: Option<outbox::Due>,
    now: Timestamp,
) -> Result<(Option<Claimed>, Recorded), StoreError> {
    let refused = Settlement::Refused {
        until: now.checked_add(delivery::PAUSE).unwrap_or(now),
        why,
        only_recipient: config.recipients.len() < 2,
    };
    outbox::settle(connection, id, &refused, now)?;
    let next = match outbox::rest(connection, now)? {
        None => due.map(|due| outbox::claim(connection, due)).transpose()?,
        Some(_) => None,
    };
    Ok((next.flatten(), Recorded::Settled(refused)))
}

fn record(
    connection: &mut Connection,
    id: i64,
    settlement: Settlement,
    due: Option<outbox::Due>,
    now: Timestamp,
) -> Result<(Option<Claimed>, Recorded), StoreError> {
    let claimed = if let Some(due) = due {
        outbox::settle_and_claim(connection, id, &settlement, now, due)?
    } else {
        outbox::settle(connection, id, &settlement, now)?;
        None
    };
    Ok((claimed, Recorded::Settled(settlement)))
}

/// Why a message must not go out as it is: its recipient was removed or has moved since it was made.
/// What it carried is owed again, and reaches the new address in another message.
fn no_longer_addressed(config: &Config, row: &OutboxRow) -> Option<String> {
    match config.recipient(&row.recipient_id) {
        None => Some(format!("`{}` is no longer a recipient", row.recipient_id)),
        Some(recipient) if recipient.address != row.address => {
            Some(format!("the address of `{}` has changed", row.recipient_id))
        }
        Some(_) => None,
    }
}

/// Tells the log how an attempt ended, once that is stored.
fn tell(row: &OutboxRow, recorded: &Recorded) {
    let (id, recipient) = (row.id, &row.recipient_id);
    let settlement = match recorded {
        Recorded::Settled(settlement) => settlement,
        Recorded::MadeAnew { why } => {
            tracing::warn!(outbox = id, recipient = %recipient,
                "message {id} was refused for its content and is made anew: {why}");
            return;
        }
    };
    match settlement {
        Settlement::Sent { .. } => {
            tracing::info!(outbox = id, recipient = %recipient, "sent message {id} to {recipient}");
        }
        Settlement::Retry { why, .. } => {
            tracing::warn!(outbox = id, recipient = %recipient,
                "message {id} waits for its next attempt: {why}");
        }
        Settlement::Pause { why, .. } => {
            tracing::error!(
                outbox = id,
                "sending is paused until it is put right: {why}"
            );
        }
        Settlement::Refused { why, .. } => {
            tracing::error!(outbox = id, recipient = %recipient,
                "nothing is sent to {recipient} for a while: {why}");
        }
        Settlement::Undeliverable { why } => {
            tracing::error!(outbox = id, recipient = %recipient,
                "message {id} to {recipient} is given up: {why}");
        }
    }
}

/// What the messages say of their sender, and how they are signed.
pub fn render_options(
    config: &Config,
    credentials: Option<&Path>,
) -> Result<RenderOptions, SetupError> {
    let mut options = RenderOptions::new(config.mail.from.clone());
    options.pages = config.web.listen.as_ref().and_then(|_| config.web.base());
    options.operator = config
        .recipients
        .iter()
        .find(|recipient| recipient.operator)
        .map(|recipient| recipient.address.clone());
    if let Some(dkim) = &config.mail.dkim {
        let key = read_secret(&dkim.key.value, credentials)?;
        let signer = DkimSigner::new(&dkim.domain, &dkim.selector, key.expose())?;
        options.dkim = Some(Arc::new(signer));
    }
    Ok(options)
}

fn smtp_options(
    settings: &SmtpSettings,
    from: &str,
    state_folder: &Path,
    credentials: Option<&Path>,
) -> Result<SmtpOptions, SetupError> {
    let password = match &settings.password {
        Some(source) => Some(read_secret(&source.value, credentials)?),
        None => None,
    };
    let token = match &settings.token {
        Some(token) => Some(Arc::new(token_source(token, state_folder, credentials)?)),
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
        token,
        // The sender's domain: a name that is ours, where the machine's own may be secret or none.
        hello_name: parse_address(from)
            .map_or_else(|_| String::new(), |from| from.domain().to_owned()),
        ca_file: settings.ca_file.as_ref().map(|file| file.value.clone()),
        timeouts: SmtpTimeouts::default(),
    })
}

fn token_source(
    settings: &TokenSettings,
    state_folder: &Path,
    credentials: Option<&Path>,
) -> Result<TokenSource, SetupError> {
    let oauth2 = match settings {
        TokenSettings::File(path) => {
            check_exposure(&path.value)?;
            return Ok(TokenSource::File(path.value.clone()));
        }
        TokenSettings::Refresh(oauth2) => oauth2,
    };
    let client_secret = match &oauth2.client_secret {
        Some(source) => Some(read_secret(&source.value, credentials)?),
        None => None,
    };
    let options = RefreshOptions {
        token_url: oauth2.token_url.clone(),
        client_id: oauth2.client_id.clone(),
        client_secret,
        refresh_token: read_secret(&oauth2.refresh_token.value, credentials)?,
        scope: oauth2.scope.clone(),
    };
    let refresh = Refresh::new(options, state_folder);
    Ok(TokenSource::Refresh(Box::new(refresh)))
}
