//! What recipients are owed, and the transaction that turns it into messages.
//!
//! ```text
//! hits -> corroboration (wait for more outlets), novelty (told before?) -> owed
//! owed -> pending (numbers and sort keys), pending_items (texts), reported_stories -> what a mail is composed of
//! composed -> marking: the message in the outbox and the marks on what it tells, in one transaction
//! marks -> deliveries, reported_items: who was told of what -> corrections of what others said since
//! ```

mod corrections;
mod corroboration;
mod deliveries;
mod marking;
mod novelty;
mod pending;
mod pending_items;
mod reported_items;
mod reported_stories;
mod uncomposable;

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{TransactionBehavior, params};

pub use corrections::{
    CorrectionDelivery, DeliveredHit, DeliveryState, RevisedItem, cancel_corrections, changed,
    queue_correction, reached, reached_by_story,
};
pub use corroboration::{AwaitingCorroboration, awaiting, corroboration, raise, release_awaiting};
pub use deliveries::{CarryingMail, Delivery, of_hit};
pub(super) use marking::finish_marking;
pub use marking::{mark_taken, post, release_alerted};
pub use novelty::{
    AlertFallback, NoveltyDecision, PendingAlertHit, PendingNovelty, has_pending_alert_of_story,
    judge, of_entry, pending_novelty, release, unjudged, waits_for_digest, without_digest,
};
pub use pending::{
    ConsumedHits, HOLD_WITHOUT_DIGEST, PendingScope, count_pending, has_pending_alert,
    has_pending_digest, has_pending_hits, pending_keys, recipients_with_pending,
    watches_with_pending_alerts,
};
pub use pending_items::{Texts, feed_title, headline_of, pending_item};
pub use reported_items::{ReportedOf, reported_items, told_of};
pub use reported_stories::reported_before;
pub use uncomposable::{
    UncomposableMail, clear_uncomposable, record_uncomposable, retain_uncomposable_of, unmade,
};

use super::outbox::{Contents, NewMessage};
use super::sql_values::{from_json, seconds, time, to_json};
use super::{Connection, StoreError};
use crate::fault;

/// How far a recipient's digests have come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The digest time last seen to, whether or not there was something to say.
    pub last_due: Timestamp,
    /// End of the window of the last digest.
    pub covered_until: Timestamp,
    /// What the last digest said of feeds in trouble: one word a trouble.
    pub told_troubles: BTreeSet<String>,
}

/// How far the recipient's digests have come; `None` before the first.
pub fn progress(
    connection: &Connection,
    recipient_id: &str,
) -> Result<Option<Progress>, StoreError> {
    connection
        .prepare_cached(
            "SELECT last_due_at, covered_until, told_troubles FROM recipient WHERE id = ?1",
        )?
        .query_and_then([recipient_id], |row| {
            let told: String = row.get(2)?;
            Ok(Progress {
                last_due: time(row.get(0)?),
                covered_until: time(row.get(1)?),
                told_troubles: from_json(&told)?,
            })
        })?
        .next()
        .transpose()
}

/// What `compose` made of what is owed.
#[derive(Clone, Debug, Default)]
pub struct Composed {
    /// Messages to be queued with the hits that they name; none leaves everything as it is, but for the
    /// progress.
    pub messages: Vec<NewMessage>,
    /// How many `compose` has posted itself.
    pub posted: usize,
    /// How far the digests have come now, when it was time for one.
    pub progress: Option<Progress>,
    /// When to look again, for what waits until then.
    pub look_again: Option<Timestamp>,
    /// Why one of the messages that are due could not be made; the others were.
    pub failed: Option<String>,
}

/// Runs `compose` so that a failure leaves nothing of what it wrote, and everything that was written before.
pub fn apart<T>(
    connection: &Connection,
    compose: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.execute_batch("SAVEPOINT apart")?;
    match compose() {
        Ok(composed) => {
            connection.execute_batch("RELEASE apart")?;
            Ok(composed)
        }
        Err(error) => {
            // Some errors undo the whole transaction (SQLite, "Response To Errors Within A Transaction"), and this
            // one says why.
            let _ = connection.execute_batch("ROLLBACK TO apart; RELEASE apart");
            Err(error)
        }
    }
}

/// What operators are told of feeds.
#[derive(Clone, Debug, Default)]
pub struct ReportedFeedHealth {
    /// The health of each of these.
    pub health: Vec<(String, String)>,
    /// Whether no page behind the items of each of these is ever read.
    pub unreadable: Vec<(String, bool)>,
}

impl ReportedFeedHealth {
    /// Whether there is nothing of any.
    pub fn is_empty(&self) -> bool {
        self.health.is_empty() && self.unreadable.is_empty()
    }
}

/// Queues notices and records what they tell of each feed, in one transaction.
pub fn queue_notices(
    connection: &mut Connection,
    notices: &[NewMessage],
    told: &ReportedFeedHealth,
    now: Timestamp,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for notice in notices {
        post(&transaction, notice, &Contents::default(), now)?;
    }
    for (feed, health) in &told.health {
        transaction
            .prepare_cached("UPDATE feed SET told_health = ?2 WHERE id = ?1")?
            .execute(params![feed, health])?;
    }
    for (feed, unreadable) in &told.unreadable {
        transaction
            .prepare_cached("UPDATE feed SET told_unreadable = ?2 WHERE id = ?1")?
            .execute(params![feed, unreadable])?;
    }
    fault::point("notice-written");
    transaction.commit()?;
    fault::point("notice-committed");
    Ok(())
}

/// Runs `compose`, which may [`post`] messages, over the database in one transaction, queues the other
/// messages that it gives, and records how far the digests have come. Gives what was composed.
pub fn queue(
    connection: &mut Connection,
    recipient_id: &str,
    now: Timestamp,
    compose: impl FnOnce(&Connection) -> Result<Composed, StoreError>,
) -> Result<Composed, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut composed = compose(&transaction)?;
    for message in &composed.messages {
        post(&transaction, message, &Contents::default(), now)?;
        composed.posted += 1;
    }
    if let Some(progress) = &composed.progress {
        transaction
            .prepare_cached(
                "INSERT INTO recipient (id, last_due_at, covered_until, told_troubles)
                 VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET last_due_at = excluded.last_due_at,
                                                covered_until = excluded.covered_until,
                                                told_troubles = excluded.told_troubles",
            )?
            .execute(params![
                recipient_id,
                seconds(progress.last_due),
                seconds(progress.covered_until),
                to_json(&progress.told_troubles)?
            ])?;
    }
    if composed.posted > 0 {
        fault::point("mail-written");
    }
    transaction.commit()?;
    if composed.posted > 0 {
        fault::point("mail-committed");
    }
    Ok(composed)
}
