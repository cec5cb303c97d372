//! What a message was made of, for it to be made anew.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::insertion::MailKind;
use crate::core::digest::DetailLevel;
use crate::store::sql_values::time;
use crate::store::{Connection, StoreError};

/// What a message was made of, for it to be made anew.
#[derive(Clone, Debug)]
pub struct CompositionRecord {
    /// What kind of mail it is.
    pub kind: MailKind,
    /// The watch of an alert.
    pub watch_id: Option<String>,
    /// How much it says; `None` when that was not kept yet.
    pub wording: Option<DetailLevel>,
    /// The first of the messages that were made anew, one of another; itself, if it is the first.
    pub family: i64,
    /// How many of those there are.
    pub family_size: u64,
    /// Whether another of those tells something in words, or may still.
    pub others_tell: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When the digest before it was made.
    pub digest_before: Option<Timestamp>,
    /// The entries that it shows, those of a feed side by side: what one feed has spoilt falls into one
    /// half.
    pub shown: Vec<i64>,
}

/// What a message was made of.
pub fn composition_of(
    connection: &Connection,
    id: i64,
) -> Result<Option<CompositionRecord>, StoreError> {
    let making = connection
        .query_row(
            "SELECT kind, watch_id, wording, coalesce(family, id), created_at,
                    (SELECT 1 + count(*) FROM outbox AS other
                     WHERE other.family = coalesce(outbox.family, outbox.id)),
                    (SELECT max(created_at) FROM outbox AS other
                     WHERE other.recipient_id = outbox.recipient_id AND other.kind = 'digest'
                       AND other.id < coalesce(outbox.family, outbox.id)),
                    EXISTS (SELECT 1 FROM outbox AS other
                     WHERE other.family = outbox.family AND other.id <> outbox.id
                       AND other.state IN ('queued', 'sending', 'sent') AND other.wording < ?2)
             FROM outbox WHERE id = ?1",
            params![id, DetailLevel::CountOnly.number()],
            |row| {
                let kind: String = row.get(0)?;
                Ok(CompositionRecord {
                    kind: match kind.as_str() {
                        "alert" => MailKind::Alert,
                        "digest" => MailKind::Digest,
                        "summary" => MailKind::Summary,
                        _ => MailKind::Notice,
                    },
                    watch_id: row.get(1)?,
                    wording: row
                        .get::<_, Option<i64>>(2)?
                        .and_then(DetailLevel::from_number),
                    family: row.get(3)?,
                    created: time(row.get(4)?),
                    family_size: row.get(5)?,
                    others_tell: row.get(7)?,
                    digest_before: row.get::<_, Option<i64>>(6)?.map(time),
                    shown: Vec::new(),
                })
            },
        )
        .optional()?;
    let Some(mut making) = making else {
        return Ok(None);
    };
    making.shown = connection
        .prepare_cached(
            "SELECT told.entry_id FROM told LEFT JOIN entry ON entry.id = told.entry_id
             WHERE told.outbox_id = ?1 ORDER BY entry.feed_id, told.entry_id",
        )?
        .query_map([id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(Some(making))
}
