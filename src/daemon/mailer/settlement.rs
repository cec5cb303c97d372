//! How an attempt to send a message ended: recorded, and told.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::context::CompositionSettings;
use super::recompose::{Replacement, recompose};
use super::send_report::SendReport;
use crate::config::Config;
use crate::core::delivery;
use crate::daemon::ServiceContext;
use crate::mail::RenderOptions;
use crate::store::outbox::{self, AttemptOutcome, Claimed, OutboxRow};
use crate::store::{Connection, StoreError};

/// How often `once` offers an outcome to a database that does not take it. A service offers it until
/// it is stored or the service is stopped: nothing else could be sent in the meantime.
pub(super) const SETTLE_TRIES_ONCE: u32 = 20;
/// The pauses between the tries, at first and in the long run.
const SETTLE_PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(10)];

/// How an attempt ended.
#[derive(Clone, Debug)]
pub(super) enum AttemptResult {
    /// To be recorded.
    Settled(AttemptOutcome),
    /// Refused for what the message says.
    Recompose { why: String },
    /// Refused before anything of the message was seen.
    Unseen { why: String },
}

impl From<AttemptOutcome> for AttemptResult {
    fn from(settlement: AttemptOutcome) -> Self {
        Self::Settled(settlement)
    }
}

/// What is done once an outcome is recorded, and how long it is offered to the database until then.
#[derive(Clone, Copy)]
pub(super) struct SettlementOptions<'a> {
    /// What is claimed next, if the next may be tried.
    pub(super) due: Option<outbox::ClaimFilter>,
    pub(super) tries_at_most: u32,
    pub(super) stop: &'a (dyn Fn() -> bool + Sync),
}

/// Records how an attempt ended, and claims the next message if one is due. The server has answered,
/// and only we know: a database that is locked or full is asked again before the outcome is given up
/// as unknown.
pub(super) async fn settle(
    service: &ServiceContext,
    row: &OutboxRow,
    ending: AttemptResult,
    settling: SettlementOptions<'_>,
    report: &mut SendReport,
) -> Result<Option<Claimed>, StoreError> {
    let tried = AttemptedMessage {
        config: service.config.clone(),
        options: service.render_options.clone(),
        row: row.clone(),
        due: settling.due,
        now: (service.clock)(),
    };
    let mut tries: u32 = 0;
    loop {
        tries = tries.saturating_add(1);
        let (tried, ending) = (tried.clone(), ending.clone());
        let settled = service
            .store
            .call(move |connection| tried.settle(connection, ending));
        match settled.await {
            Err(error)
                if error.is_temporary() && tries < settling.tries_at_most && !(settling.stop)() =>
            {
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

/// A message that was tried, and what its outcome is recorded with.
#[derive(Clone)]
struct AttemptedMessage {
    config: Arc<Config>,
    options: Arc<RenderOptions>,
    row: OutboxRow,
    due: Option<outbox::ClaimFilter>,
    now: Timestamp,
}

impl AttemptedMessage {
    fn settle(
        &self,
        connection: &mut Connection,
        ending: AttemptResult,
    ) -> Result<(Option<Claimed>, RecordedAttempt), StoreError> {
        match ending {
            AttemptResult::Settled(settlement) => self.record(connection, settlement),
            AttemptResult::Unseen { why } => {
                let why = format!("refused before the message was seen: {why}");
                self.refuse(connection, why)
            }
            AttemptResult::Recompose { why } => self.recompose(connection, why),
        }
    }

    fn recompose(
        &self,
        connection: &mut Connection,
        why: String,
    ) -> Result<(Option<Claimed>, RecordedAttempt), StoreError> {
        let settings = CompositionSettings {
            config: &self.config,
            options: &self.options,
            now: self.now,
        };
        match recompose(connection, settings, &self.row, &why) {
            Ok(Replacement::Made) => Ok((
                self.claim_next(connection)?,
                RecordedAttempt::Recomposed { why },
            )),
            Ok(Replacement::Impossible) => {
                let why = format!("a message without any word of a feed was refused: {why}");
                self.refuse(connection, why)
            }
            Err(error) if error.is_temporary() => Err(error),
            Err(error) => {
                let why = format!("{why}; and it cannot be made anew: {error}");
                self.record(connection, AttemptOutcome::Undeliverable { why })
            }
        }
    }

    /// Records that the server refuses the sender or the recipient, whatever the message says, and claims the next
    /// message if the queue does not rest for it.
    fn refuse(
        &self,
        connection: &mut Connection,
        why: String,
    ) -> Result<(Option<Claimed>, RecordedAttempt), StoreError> {
        let now = self.now;
        let refused = AttemptOutcome::Refused {
            until: now.checked_add(delivery::PAUSE).unwrap_or(now),
            why,
            only_recipient: self.config.recipients.len() < 2,
        };
        outbox::settle(connection, self.row.id, &refused, now)?;
        let next = match outbox::rest(connection, now)? {
            None => self.claim_next(connection)?,
            Some(_) => None,
        };
        Ok((next, RecordedAttempt::Settled(refused)))
    }

    fn claim_next(&self, connection: &mut Connection) -> Result<Option<Claimed>, StoreError> {
        let next = self.due.map(|due| outbox::claim(connection, due));
        Ok(next.transpose()?.flatten())
    }

    fn record(
        &self,
        connection: &mut Connection,
        settlement: AttemptOutcome,
    ) -> Result<(Option<Claimed>, RecordedAttempt), StoreError> {
        let (id, now) = (self.row.id, self.now);
        let claimed = if let Some(due) = self.due {
            outbox::settle_and_claim(connection, id, &settlement, now, due)?
        } else {
            outbox::settle(connection, id, &settlement, now)?;
            None
        };
        Ok((claimed, RecordedAttempt::Settled(settlement)))
    }
}

/// What is recorded of an attempt.
#[derive(Clone, Debug)]
enum RecordedAttempt {
    Settled(AttemptOutcome),
    Recomposed { why: String },
}

impl RecordedAttempt {
    fn report(&self, report: &mut SendReport) {
        match self {
            Self::Settled(AttemptOutcome::Sent { .. }) => report.delivered += 1,
            Self::Settled(AttemptOutcome::Undeliverable { .. }) => report.undeliverable += 1,
            Self::Settled(
                AttemptOutcome::Retry { why, .. }
                | AttemptOutcome::Pause { why, .. }
                | AttemptOutcome::Refused { why, .. },
            ) => {
                report.waiting = Some(why.clone());
            }
            Self::Recomposed { .. } => {}
        }
    }
}

/// Tells the log how an attempt ended, once that is stored.
fn tell(row: &OutboxRow, recorded: &RecordedAttempt) {
    let (id, recipient) = (row.id, &row.recipient_id);
    let settlement = match recorded {
        RecordedAttempt::Settled(settlement) => settlement,
        RecordedAttempt::Recomposed { why } => {
            tracing::warn!(outbox = id, recipient = %recipient,
                "message {id} was refused for its content and is made anew: {why}");
            return;
        }
    };
    match settlement {
        AttemptOutcome::Sent { .. } => {
            tracing::info!(outbox = id, recipient = %recipient, "sent message {id} to {recipient}");
        }
        AttemptOutcome::Retry { why, .. } => {
            tracing::warn!(outbox = id, recipient = %recipient,
                "message {id} waits for its next attempt: {why}");
        }
        AttemptOutcome::Pause { why, .. } => {
            tracing::error!(
                outbox = id,
                "sending is paused until it is put right: {why}"
            );
        }
        AttemptOutcome::Refused { why, .. } => {
            tracing::error!(outbox = id, recipient = %recipient,
                "nothing is sent to {recipient} for a while: {why}");
        }
        AttemptOutcome::Undeliverable { why } => {
            tracing::error!(outbox = id, recipient = %recipient,
                "message {id} to {recipient} is given up: {why}");
        }
    }
}
