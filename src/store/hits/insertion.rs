//! A hit, and what recipients are owed for it, as one transaction among others stores them.

use jiff::Timestamp;
use rusqlite::params;

use super::StoredSpan;
use crate::core::alert::Urgency;
use crate::core::digest::{HitOrigin, WatchMatch};
use crate::store::polls::{NewHit, Receiver};
use crate::store::sql_values::{from_json, seconds};
use crate::store::{Connection, StoreError, mutes};

/// What a hit is about, and how it came.
pub(in crate::store) struct Finding<'a> {
    pub(in crate::store) entry_id: i64,
    /// Of the entry, which matched.
    pub(in crate::store) revision: i64,
    pub(in crate::store) program_version: &'a str,
    pub(in crate::store) found: Timestamp,
    pub(in crate::store) origin: HitOrigin,
    /// Whether it was found in the text with the article in it, into which the spans point.
    pub(in crate::store) in_article: bool,
}

/// Stores a hit, of which nobody is told so far. Gives its number.
pub(in crate::store) fn insert(
    connection: &Connection,
    hit: &NewHit,
    finding: &Finding<'_>,
) -> Result<i64, StoreError> {
    let matched = matched(hit)?;
    connection
        .prepare_cached(
            "INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version,
                              program_version, score, spans, found_at, archive, later, in_article,
                              lead, terms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            finding.entry_id,
            finding.revision,
            hit.watch_id,
            hit.watch_title,
            hit.topic,
            hit.watch_version,
            finding.program_version,
            hit.score,
            hit.spans,
            seconds(finding.found),
            finding.origin == HitOrigin::Archive,
            finding.origin == HitOrigin::Later,
            finding.in_article,
            matched.in_lead,
            matched.terms
        ])?;
    Ok(connection.sqlite.last_insert_rowid())
}

/// Stores a hit, and owes it to its recipients unless its watch is muted. Gives whether it is.
pub(in crate::store) fn insert_with_deliveries(
    connection: &Connection,
    hit: &NewHit,
    finding: &Finding<'_>,
) -> Result<bool, StoreError> {
    let hit_id = insert(connection, hit, finding)?;
    let is_muted = mutes::is_muted(connection, &hit.watch_id, finding.found)?;
    if is_muted {
        mute(connection, hit_id)?;
    } else {
        insert_deliveries(connection, hit_id, &hit.recipients, finding.origin)?;
    }
    Ok(is_muted)
}

/// How much of its watch matched, and where.
fn matched(hit: &NewHit) -> Result<WatchMatch, StoreError> {
    let spans: Vec<StoredSpan> = from_json(&hit.spans)?;
    let spans: Vec<_> = spans.into_iter().filter_map(StoredSpan::record).collect();
    Ok(WatchMatch::of(&spans))
}

/// Marks a hit as held back by a mute.
pub(super) fn mute(connection: &Connection, hit_id: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE hit SET muted = 1 WHERE id = ?1")?
        .execute([hit_id])?;
    Ok(())
}

/// Owes a hit to its recipients: at once where they want that and it came alone with its item, else in
/// their next digest.
pub(super) fn insert_deliveries(
    connection: &Connection,
    hit_id: i64,
    recipients: &[Receiver],
    origin: HitOrigin,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO delivery (hit_id, recipient_id, urgency) VALUES (?1, ?2, ?3)",
    )?;
    for recipient in recipients {
        let urgency = match origin {
            HitOrigin::New => recipient.urgency,
            HitOrigin::Archive | HitOrigin::Later => Urgency::Digest,
        };
        statement.execute(params![hit_id, recipient.id, urgency.name()])?;
    }
    Ok(())
}

/// Owes a hit, which a watch made of an item's feed text, to those too to whom the item is told only by its article,
/// and at once to who would be told in a digest that is yet to come. Gives whether that changed anything: then the
/// hit is the article's. One that is muted, or was found later, or has nothing new in its story, stays as it is.
pub(in crate::store) fn raise(
    connection: &Connection,
    hit_id: i64,
    by_article: &NewHit,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO delivery (hit_id, recipient_id, urgency)
         SELECT id, ?2, ?3 FROM hit WHERE id = ?1 AND NOT muted AND NOT later AND NOT archive
         ON CONFLICT (hit_id, recipient_id) DO UPDATE SET urgency = excluded.urgency
         WHERE excluded.urgency = 'alert' AND urgency = 'digest' AND digest_id IS NULL AND news IS NULL",
    )?;
    let mut raised = 0;
    for recipient in &by_article.recipients {
        raised += statement.execute(params![hit_id, recipient.id, recipient.urgency.name()])?;
    }
    if raised > 0 && by_article.in_article {
        let matched = matched(by_article)?;
        connection
            .prepare_cached(
                "UPDATE hit SET score = ?2, spans = ?3, in_article = 1, lead = ?4, terms = ?5
                 WHERE id = ?1",
            )?
            .execute(params![
                hit_id,
                by_article.score,
                by_article.spans,
                matched.in_lead,
                matched.terms
            ])?;
    }
    Ok(raised > 0)
}
