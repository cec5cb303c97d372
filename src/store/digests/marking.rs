//! Messages put into the outbox, and the marks on what they tell.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::pending::{ConsumedHits, HOLD_WITHOUT_DIGEST, PendingScope, count_pending};
use crate::core::digest::DetailLevel;
use crate::store::outbox::{self, Contents, MailKind, NewMessage};
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError};

/// Deliveries marked in one go as told by a digest. A million take several seconds, in which nothing
/// else could be stored.
const MARKED_A_CALL: u32 = 10_000;

/// Of what another message carried, each mark is passed on.
const PASS_ON: &str = "alert_id = iif(alert_id = ?2, ?3, alert_id),
                       digest_id = iif(digest_id = ?2, ?3, digest_id)";

/// Queues a message and marks the hits that it takes. Gives its number.
pub fn post(
    connection: &Connection,
    message: &NewMessage,
    contents: &Contents,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let id = outbox::insert(connection, message, contents, now)?;
    let recipient = &message.recipient_id;
    let mark = |change: &str, owing: &PendingScope| -> Result<usize, StoreError> {
        let condition = owing.condition();
        Ok(connection
            .prepare_cached(&format!(
                "UPDATE delivery SET {change} WHERE recipient_id = ?1 AND hit_id IN (
                   SELECT delivery.hit_id FROM delivery WHERE {condition})"
            ))?
            .execute(params![recipient, owing.value(), id])?)
    };
    let taken = match &contents.takes {
        ConsumedHits::Nothing => 0,
        ConsumedHits::All(PendingScope::Digest) => take_all_for_digest(connection, recipient, id)?,
        ConsumedHits::All(owing @ PendingScope::Alert(_)) => mark("alert_id = ?3", owing)?,
        ConsumedHits::AlertOnly(owing) => mark("alert_id = ?3, digest_id = ?3", owing)?,
        ConsumedHits::All(owing @ PendingScope::CarriedBy(_)) => mark(PASS_ON, owing)?,
        ConsumedHits::Entries(of, entries) => {
            let mut pass_on = connection.prepare_cached(&format!(
                "UPDATE delivery SET {PASS_ON} WHERE recipient_id = ?1
                 AND (alert_id = ?2 OR digest_id = ?2)
                 AND hit_id IN (SELECT id FROM hit WHERE entry_id = ?4)"
            ))?;
            let mut hits = 0;
            for entry in entries {
                hits += pass_on.execute(params![recipient, of, id, entry])?;
            }
            hits
        }
    };
    // A digest that takes all that is owed is marked piece by piece.
    match (message.kind, &contents.takes) {
        (_, ConsumedHits::Nothing)
        | (MailKind::Digest, ConsumedHits::All(PendingScope::Digest)) => {}
        _ => mark_counted(connection, recipient, id)?,
    }
    if matches!(contents.takes, ConsumedHits::AlertOnly(_)) {
        insert_counted_deliveries(connection, recipient, id, now)?;
    }
    let named = mark_named(connection, message, id)?;
    connection
        .prepare_cached("UPDATE outbox SET hits = ?2 WHERE id = ?1")?
        .execute(params![id, (taken + named) as u64])?;
    Ok(id)
}

/// The stories that the mail `?2` tells in words.
const STORIES_TOLD: &str = "
    SELECT coalesce(story.merged_into, story.id) FROM told
    CROSS JOIN story_item ON story_item.entry_id = told.entry_id
    CROSS JOIN story ON story.id = story_item.story_id
    WHERE told.outbox_id = ?2";

/// Whether the mail `?2` tells a delivery by its count alone: no word of it tells its item, or, unless its watch takes
/// every item by itself, its story. One that says nothing but counts tells by them.
fn is_counted() -> String {
    format!(
        "(EXISTS (SELECT 1 FROM outbox WHERE outbox.id = ?2 AND outbox.wording < {count})
          AND NOT EXISTS (SELECT 1 FROM hit JOIN told ON told.entry_id = hit.entry_id
                          WHERE hit.id = delivery.hit_id AND told.outbox_id = ?2)
          AND (delivery.news ->> '$.news' IS 'each'
               OR (SELECT coalesce(story.merged_into, story.id) FROM hit
                   CROSS JOIN story_item ON story_item.entry_id = hit.entry_id
                   CROSS JOIN story ON story.id = story_item.story_id
                   WHERE hit.id = delivery.hit_id) IN ({STORIES_TOLD}) IS NOT TRUE))",
        count = DetailLevel::CountOnly.number()
    )
}

/// Marks what a mail tells by its count alone, for that is not told. What an alert told in words is told, wherever it
/// stands in a digest.
fn mark_counted(connection: &Connection, recipient_id: &str, id: i64) -> Result<(), StoreError> {
    let is_counted = is_counted();
    connection
        .prepare_cached(&format!(
            "UPDATE delivery SET counted = {is_counted} AND (counted OR alert_id IS NULL OR alert_id = ?2)
             WHERE recipient_id = ?1 AND (alert_id = ?2 OR digest_id = ?2)"
        ))?
        .execute(params![recipient_id, id])?;
    Ok(())
}

/// Owes once more what an alert told by its count alone to somebody who gets no digests: with the next alert of its
/// watch, or in one of its own a day later.
fn insert_counted_deliveries(
    connection: &Connection,
    recipient_id: &str,
    id: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE delivery SET told_before = ?2, alert_id = NULL, digest_id = NULL, counted = 0,
                    urgency = 'alert', held_until = ?3
             WHERE recipient_id = ?1 AND alert_id = ?2 AND counted AND told_before IS NULL",
        )?
        .execute(params![
            recipient_id,
            id,
            seconds(now) + HOLD_WITHOUT_DIGEST.as_secs()
        ])?;
    Ok(())
}

/// Marks the hits that a message names.
fn mark_named(connection: &Connection, message: &NewMessage, id: i64) -> Result<usize, StoreError> {
    let column = match message.kind {
        MailKind::Alert => "alert_id",
        MailKind::Digest => "digest_id",
        MailKind::Notice | MailKind::Summary => return Ok(0),
    };
    let mut mark = connection.prepare_cached(&format!(
        "UPDATE delivery SET {column} = ?3
         WHERE hit_id = ?1 AND recipient_id = ?2 AND {column} IS NULL"
    ))?;
    let mut marked = 0;
    for hit in &message.hits {
        marked += mark.execute(params![hit, message.recipient_id, id])?;
    }
    Ok(marked)
}

/// Lets the digest have all that is owed up to now. The marks follow, with [`mark_taken`].
fn take_all_for_digest(
    connection: &Connection,
    recipient_id: &str,
    id: i64,
) -> Result<usize, StoreError> {
    finish_marking(connection, recipient_id)?;
    let hits = count_pending(connection, recipient_id, &PendingScope::Digest)?;
    connection
        .prepare_cached(
            "UPDATE outbox SET takes_through = (
               SELECT max(hit_id) FROM delivery WHERE recipient_id = ?2 AND digest_id IS NULL)
             WHERE id = ?1",
        )?
        .execute(params![id, recipient_id])?;
    mark_taken(connection, recipient_id)?;
    Ok(hits)
}

/// Marks some of what a digest of the recipient took. Gives whether there is more.
pub fn mark_taken(connection: &Connection, recipient_id: &str) -> Result<bool, StoreError> {
    let taking: Option<(i64, i64)> = connection
        .prepare_cached(
            "SELECT id, takes_through FROM outbox
             WHERE recipient_id = ?1 AND takes_through IS NOT NULL",
        )?
        .query_row([recipient_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((id, through)) = taking else {
        return Ok(false);
    };
    let is_counted = is_counted();
    let marked = connection
        .prepare_cached(&format!(
            // What an alert told in words is told, wherever it stands here.
            "UPDATE delivery SET digest_id = ?2,
                    counted = (counted OR alert_id IS NULL) AND {is_counted}
             WHERE recipient_id = ?1 AND hit_id IN (
               SELECT hit_id FROM delivery
               WHERE recipient_id = ?1 AND digest_id IS NULL AND hit_id <= ?3
               ORDER BY hit_id LIMIT ?4)"
        ))?
        .execute(params![recipient_id, id, through, MARKED_A_CALL])?;
    let more = marked == MARKED_A_CALL as usize;
    if !more {
        connection
            .prepare_cached("UPDATE outbox SET takes_through = NULL WHERE id = ?1")?
            .execute([id])?;
    }
    Ok(more)
}

/// Marks all of what a digest of the recipient took: whatever is owed again must not be among it.
pub(in crate::store) fn finish_marking(
    connection: &Connection,
    recipient_id: &str,
) -> Result<(), StoreError> {
    while mark_taken(connection, recipient_id)? {}
    Ok(())
}

/// Says of alerts to somebody who gets no digests that no digest owes what they told. Gives the number
/// of hits.
pub fn release_alerted(connection: &Connection, recipient_id: &str) -> Result<usize, StoreError> {
    Ok(connection
        .prepare_cached(
            "UPDATE delivery SET digest_id = alert_id WHERE recipient_id = ?1 AND hit_id IN (
               SELECT hit_id FROM delivery
               WHERE recipient_id = ?1 AND alert_id IS NOT NULL AND digest_id IS NULL
               LIMIT ?2)",
        )?
        .execute(params![recipient_id, MARKED_A_CALL])?)
}
