//! Messages to the server, one at a time, over one connection.

use std::path::Path;
use std::sync::Arc;

use crate::config::{
    Config, MailSettings, SecretError, SmtpSettings, TlsMode, TransportSettings, read_secret,
};
use crate::core::delivery::{self, Attempt, Next};
use crate::daemon::World;
use crate::mail::{
    DkimError, DkimSigner, Maildir, RenderOptions, Sendmail, Smtp, SmtpOptions, SmtpTimeouts, Tls,
    Transport,
};
use crate::store::StoreError;
use crate::store::outbox::{self, OutboxRow, Settlement};

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
                TransportSettings::Sendmail(program) => Transport::Sendmail(Sendmail::new(program)),
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

    /// Takes leave of the server.
    pub async fn close(&mut self) {
        self.transport.close().await;
    }
}

/// What the messages say of their sender, and how they are signed.
pub fn render_options(
    config: &Config,
    credentials: Option<&Path>,
) -> Result<RenderOptions, SetupError> {
    let mut options = RenderOptions::new(config.mail.from.clone());
    options.operator = config
        .recipients
        .iter()
        .find(|recipient| recipient.operator)
        .map(|recipient| recipient.address.clone());
    if let Some(dkim) = &config.mail.dkim {
        let key = read_secret(&dkim.key, credentials)?;
        let signer = DkimSigner::new(&dkim.domain, &dkim.selector, key.expose())?;
        options.dkim = Some(Arc::new(signer));
    }
    Ok(options)
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
