//! Who was told of a hit, and who is still owed it.

use jiff::Timestamp;

use crate::store::outbox::OutboxState;
use crate::store::sql_values::time;
use crate::store::{Connection, StoreError};

/// What a recipient is owed of a hit, and the mail that told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The recipient.
    pub recipient_id: String,
    /// Whether it was to be told at once.
    pub at_once: bool,
    /// The last mail that has it.
    pub mail: Option<CarryingMail>,
}

/// A mail that has a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarryingMail {
    /// Its number.
    pub number: i64,
    /// `alert`, `digest`, …
    pub kind: String,
    /// How it stands.
    pub state: OutboxState,
    /// When it was made.
    pub made: Timestamp,
    /// How it tells the item: `full`, `headline` or `count`.
    pub told: String,
}

/// The deliveries of a hit, by recipient.
pub fn of_hit(connection: &Connection, hit_id: i64) -> Result<Vec<Delivery>, StoreError> {
    connection
        .prepare_cached(
            "SELECT delivery.recipient_id, urgency = 'alert', outbox.id, outbox.kind, outbox.state, outbox.created_at,
                    coalesce((SELECT how FROM told WHERE told.outbox_id = outbox.id AND told.entry_id = hit.entry_id),
                             iif(wording IS NULL, 'full', 'count'))
             FROM delivery JOIN hit ON hit.id = delivery.hit_id
             LEFT JOIN outbox ON outbox.id = coalesce(digest_id, alert_id, told_before)
             WHERE delivery.hit_id = ?1 ORDER BY delivery.recipient_id",
        )?
        .query_and_then([hit_id], |row| {
            let number: Option<i64> = row.get(2)?;
            let mail = match number {
                None => None,
                Some(number) => Some(CarryingMail {
                    number,
                    kind: row.get(3)?,
                    state: OutboxState::from_name(&row.get::<_, String>(4)?)?,
                    made: time(row.get(5)?),
                    told: row.get(6)?,
                }),
            };
            Ok(Delivery {
                recipient_id: row.get(0)?,
                at_once: row.get(1)?,
                mail,
            })
        })?
        .collect()
}
