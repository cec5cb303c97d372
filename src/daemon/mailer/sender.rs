//! Messages to the server, one at a time, over one connection.

use std::collections::VecDeque;
use std::path::Path;

use jiff::Timestamp;

use super::send_report::SendReport;
use super::settlement::{AttemptResult, SETTLE_TRIES_ONCE, SettlementOptions, settle};
use super::setup::{SetupError, transport};
use crate::config::{Config, MailSettings};
use crate::core::delivery::{self, Attempt, Next};
use crate::daemon::ServiceContext;
use crate::mail::{Transport, Waiting};
use crate::store::outbox::{self, AttemptOutcome, OutboxRow};
use crate::store::{Connection, StoreError};

/// Sends what waits, one message at a time, over one connection.
pub struct Mailer {
    transport: Transport,
}

/// Which messages to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageSelection {
    /// Those whose time has come.
    Due,
    /// Each once, whatever its backoff says: somebody asked for it.
    Everything,
}

impl MessageSelection {
    fn settle_tries(self) -> u32 {
        match self {
            Self::Due => u32::MAX,
            Self::Everything => SETTLE_TRIES_ONCE,
        }
    }

    /// What may be claimed next, after the message of this number. Of everything, those that were not tried
    /// yet: one that a server refuses at every run must not stand before them each time.
    fn due(self, now: Timestamp, last_tried: i64) -> outbox::ClaimFilter {
        match self {
            Self::Due => outbox::ClaimFilter::At(now),
            Self::Everything => outbox::ClaimFilter::New(last_tried),
        }
    }
}

/// What an attempt means for the messages behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum QueueContinuation {
    /// The next may be tried.
    Continue,
    /// The server needs rest, or is away, or refuses us.
    Pause,
}

impl Mailer {
    /// Prepares the way out that the configuration names; connects to nothing yet.
    pub fn new(
        settings: &MailSettings,
        state_folder: &Path,
        credentials: Option<&Path>,
    ) -> Result<Self, SetupError> {
        let transport = transport(settings, state_folder, credentials)?;
        Ok(Self { transport })
    }

    /// Sends until nothing is left to try, the server asks for rest, or `stop` says so.
    pub async fn send(
        &mut self,
        service: &ServiceContext,
        attempting: MessageSelection,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Result<SendReport, StoreError> {
        let mut report = SendReport::default();
        let mut claimed = None;
        let mut last_tried = 0;
        let mut again = VecDeque::new();
        if attempting == MessageSelection::Everything {
            let before = |connection: &mut Connection| outbox::tried_before(connection);
            again.extend(service.store.call(before).await?);
        }
        loop {
            // What is claimed is tried, whatever `stop` says: else it would count as in doubt.
            if claimed.is_none() {
                if stop() {
                    break;
                }
                let due = attempting.due((service.clock)(), last_tried);
                claimed = service
                    .store
                    .call(move |connection| outbox::claim(connection, due))
                    .await?;
                while claimed.is_none()
                    && let Some(id) = again.pop_front()
                {
                    let due = outbox::ClaimFilter::Again(id);
                    claimed = service
                        .store
                        .call(move |connection| outbox::claim(connection, due))
                        .await?;
                }
            }
            let Some((row, message)) = claimed.take() else {
                break;
            };
            last_tried = last_tried.max(row.id);
            if let Some(why) = no_longer_addressed(&service.config, &row) {
                withdraw(service, &row, why).await?;
                continue;
            }
            let (ending, then) = self.one(service, &row, &message).await;
            let go_on = then == QueueContinuation::Continue && !stop();
            let due = go_on.then(|| attempting.due((service.clock)(), last_tried));
            let settling = SettlementOptions {
                due,
                tries_at_most: attempting.settle_tries(),
                stop,
            };
            claimed = settle(service, &row, ending, settling, &mut report).await?;
            if claimed.is_none() {
                let now = (service.clock)();
                let rest = move |connection: &mut Connection| outbox::rest(connection, now);
                if !go_on || again.is_empty() || service.store.call(rest).await?.is_some() {
                    break;
                }
            }
        }
        Ok(report)
    }

    /// Tries one message. Gives how it went, and whether to go on with the next.
    async fn one(
        &mut self,
        service: &ServiceContext,
        row: &OutboxRow,
        message: &[u8],
    ) -> (AttemptResult, QueueContinuation) {
        let attempt = self
            .transport
            .deliver(&row.sender, &row.address, message, &row.message_id)
            .await;
        let next = delivery::settle(
            row.attempts,
            row.created,
            &attempt.outcome,
            (service.clock)(),
            fastrand::f64(),
        );
        match next {
            Next::Sent { reply } => (
                AttemptOutcome::Sent { reply }.into(),
                QueueContinuation::Continue,
            ),
            Next::RetryAt {
                at,
                relay_rests_until,
                why,
            } => {
                let then = if relay_rests_until.is_none() {
                    QueueContinuation::Continue
                } else {
                    QueueContinuation::Pause
                };
                let settlement = AttemptOutcome::Retry {
                    at,
                    relay_rests_until,
                    why,
                    doubtful: attempt.outcome.is_in_doubt(),
                };
                (settlement.into(), then)
            }
            Next::PauseQueue { until, why } => (
                AttemptOutcome::Pause { until, why }.into(),
                QueueContinuation::Pause,
            ),
            Next::Recompose { why } => (
                AttemptResult::Recompose { why },
                QueueContinuation::Continue,
            ),
            Next::Refused { why } => (AttemptResult::Unseen { why }, QueueContinuation::Continue),
            Next::Undeliverable { why } => (
                AttemptOutcome::Undeliverable { why }.into(),
                QueueContinuation::Continue,
            ),
        }
    }

    /// Hands over a message that is in no outbox, and tells the whole dialogue.
    pub async fn send_without_outbox(
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
async fn withdraw(
    service: &ServiceContext,
    row: &OutboxRow,
    why: String,
) -> Result<(), StoreError> {
    tracing::warn!(outbox = row.id, "message {} is withdrawn: {why}", row.id);
    let id = row.id;
    let now = (service.clock)();
    service
        .store
        .call(move |connection| outbox::withdraw(connection, id, &why, now))
        .await
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
