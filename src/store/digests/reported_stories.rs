//! What a recipient was told of stories before.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use super::pending::PendingScope;
use super::reported_items::counts;
use crate::core::alert::{ReportedItem, reported_toll};
use crate::core::digest::ReportedBefore;
use crate::core::story::WINDOW;
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError};

/// How far back mails are looked at: nothing joins a story that began before its window, and a mail may wait.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(WINDOW.as_hours() * 3);

/// By story, through merges: what mails to the recipient said of it in words, up to now. What stood only in a count
/// was not told so far, nor what stands in the mail that is made anew.
pub fn reported_before(
    connection: &Connection,
    recipient_id: &str,
    owing: &PendingScope,
    now: Timestamp,
) -> Result<HashMap<i64, ReportedBefore>, StoreError> {
    let since = now.checked_sub(LOOKED_BACK).unwrap_or(Timestamp::MIN);
    let anew = match owing {
        PendingScope::CarriedBy(id) => Some(*id),
        PendingScope::Digest | PendingScope::Alert(_) => None,
    };
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(story.merged_into, story.id), hit.watch_id, hit.entry_id,
                coalesce(delivery.victims, story_item.victims), story_item.victims,
                delivery.news ->> '$.news' IS 'corrected', story_item.outlet
         FROM outbox
         CROSS JOIN told ON told.outbox_id = outbox.id
         CROSS JOIN story_item ON story_item.entry_id = told.entry_id
         CROSS JOIN story ON story.id = story_item.story_id
         CROSS JOIN hit ON hit.entry_id = told.entry_id
         CROSS JOIN delivery ON delivery.hit_id = hit.id AND delivery.recipient_id = ?1
         WHERE outbox.recipient_id = ?1 AND outbox.kind IN ('alert', 'digest') AND outbox.created_at >= ?2
           AND outbox.state IN ('queued', 'sending', 'sent') AND outbox.id IS NOT ?3
           AND (delivery.alert_id IS NOT NULL OR delivery.digest_id IS NOT NULL
                OR delivery.hit_id <= (SELECT max(takes_through) FROM outbox
                     WHERE recipient_id = ?1 AND takes_through IS NOT NULL))
         ORDER BY hit.id",
    )?;
    let mut rows = statement.query(params![recipient_id, seconds(since), anew])?;
    let mut told: HashMap<i64, ReportedBefore> = HashMap::new();
    let mut tellings: HashMap<i64, Vec<ReportedItem>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let story = row.get(0)?;
        let before = told.entry(story).or_default();
        before.watches.insert(row.get(1)?);
        before.outlets.insert(row.get(6)?);
        tellings.entry(story).or_default().push(ReportedItem {
            entry: row.get(2)?,
            counted: row.get(3)?,
            now: row.get(4)?,
            corrects: row.get(5)?,
        });
    }
    for (story, before) in &mut told {
        let tellings = tellings.remove(story).unwrap_or_default();
        if tellings.iter().any(|telling| telling.counted.is_some()) {
            before.victims = reported_toll(&tellings, &counts(connection, *story)?).victims;
        }
    }
    Ok(told)
}
