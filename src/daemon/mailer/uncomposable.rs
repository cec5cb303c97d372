//! Mails that cannot be made.

use jiff::Timestamp;

use crate::config::Recipient;
use crate::store::digests::Composed;
use crate::store::{Connection, StoreError, digests};

/// What is wrong with this mail alone; an error that the others would meet as well is given back.
pub(super) fn mail_specific_failure(
    connection: &Connection,
    error: StoreError,
) -> Result<String, StoreError> {
    let error = error.at(connection.path());
    if error.is_temporary() || error.affects_all_calls() {
        return Err(error);
    }
    Ok(error.to_string())
}

/// Keeps what keeps a recipient's mail from being made, and says it once, for it is tried again and again.
pub(super) fn tell(
    connection: &Connection,
    recipient: &Recipient,
    composed: &Composed,
    now: Timestamp,
) -> Result<(), StoreError> {
    let id = &recipient.id;
    match &composed.failed {
        Some(why) if digests::record_uncomposable(connection, id, why, now)? => {
            tracing::error!(recipient = %id, "no mail can be made for {id}: {why}");
        }
        Some(_) => {}
        // That nothing was due says nothing about the next mail.
        None if composed.posted == 0 && digests::has_pending_hits(connection, id)? => {}
        None => {
            if digests::clear_uncomposable(connection, id)? {
                tracing::info!(recipient = %id, "mail for {id} can be made again");
            }
        }
    }
    Ok(())
}
