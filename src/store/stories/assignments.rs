//! What placing or a revision made of an item, written down.

use jiff::Timestamp;
use rusqlite::params;

use super::clustering_queue::Item;
use super::{StoreError, relation_name};
use crate::core::story::{ClusterAssignment, Relation, RevisionAssignment};
use crate::store::connection::{Connection, Transaction};
use crate::store::sql_values::seconds;

/// Stores where an item was placed.
pub(super) fn store(
    transaction: &Transaction<'_>,
    item: &Item,
    outlet: &str,
    placed: &ClusterAssignment,
    now: Timestamp,
) -> Result<(), StoreError> {
    // A correction that others carry as well is told once.
    let corrects = match (&placed.corrects, placed.copy_of) {
        (Some(what), Some(copied)) if corrects_so(transaction, copied, what)? => None,
        (corrects, _) => corrects.as_ref(),
    };
    let relation = if placed.corrects.is_some() && corrects.is_none() {
        Relation::Copy
    } else {
        placed.relation
    };
    renew_story(transaction, item, placed.story, relation)?;
    transaction
        .prepare_cached(
            "INSERT INTO story_item (entry_id, revision, story_id, relation, copy_of, sure, outlet, agency,
                                     victims, why, reported_at, seen_at, placed_at, record, changed, corrects)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, nullif(?14, x''), ?15,
                     ?15 IS NOT NULL)",
        )?
        .execute(params![
            item.id,
            item.revision,
            placed.story,
            relation_name(relation),
            placed.copy_of,
            placed.sure,
            outlet,
            placed.agency,
            placed.victims,
            placed.why,
            seconds(item.reported),
            seconds(item.seen),
            seconds(now),
            placed.record,
            corrects
        ])?;
    merge(transaction, &placed.merged)?;
    for (copy, original) in &placed.same_source {
        transaction
            .prepare_cached(
                "UPDATE story_item SET copy_of = ?2 WHERE entry_id = ?1 AND copy_of IS NULL",
            )?
            .execute([copy, original])?;
    }
    for other in placed.linked.iter().filter(|other| **other != placed.story) {
        transaction
            .prepare_cached(
                "INSERT INTO story_link (story_id, other_id) VALUES (?1, ?2), (?2, ?1)
                 ON CONFLICT DO NOTHING",
            )?
            .execute([placed.story, *other])?;
    }
    Ok(())
}

/// Begins the story of its first item; that of another is as new as the item.
fn renew_story(
    transaction: &Transaction<'_>,
    item: &Item,
    story: i64,
    relation: Relation,
) -> Result<(), StoreError> {
    let reported = seconds(item.reported);
    if story == item.id {
        transaction
            .prepare_cached(
                "INSERT INTO story (id, began_at, last_at) VALUES (?1, ?2, ?2)
                 ON CONFLICT (id) DO UPDATE SET last_at = max(last_at, excluded.last_at)",
            )?
            .execute([item.id, reported])?;
    } else if relation != Relation::Copy {
        // Whoever copies an old report makes its story no newer.
        transaction
            .prepare_cached("UPDATE story SET last_at = max(last_at, ?2) WHERE id = ?1")?
            .execute([story, reported])?;
    }
    Ok(())
}

/// Stories that turned out to be one, the newer of each two first.
fn merge(transaction: &Transaction<'_>, merged: &[(i64, i64)]) -> Result<(), StoreError> {
    for (newer, older) in merged {
        // What was merged into the newer one before is read through one step as well.
        transaction
            .prepare_cached(
                "UPDATE story SET merged_into = (SELECT coalesce(merged_into, id) FROM story WHERE id = ?2)
                 WHERE id = ?1 OR merged_into = ?1",
            )?
            .execute([newer, older])?;
        transaction
            .prepare_cached(
                "UPDATE story SET last_at = max(last_at, (SELECT last_at FROM story WHERE id = ?1))
                 WHERE id = (SELECT coalesce(merged_into, id) FROM story WHERE id = ?2)",
            )?
            .execute([newer, older])?;
    }
    Ok(())
}

/// Whether an item corrects the same as one that says what it corrects in these words.
fn corrects_so(connection: &Connection, entry_id: i64, what: &str) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM story_item WHERE entry_id = ?1 AND corrects AND changed = ?2)",
        )?
        .query_row(params![entry_id, what], |row| row.get(0))?)
}

pub(super) fn revise(
    transaction: &Transaction<'_>,
    item: &Item,
    revised: &RevisionAssignment,
    now: Timestamp,
) -> Result<(), StoreError> {
    // What was told and never judged, as in digests, counted what the item counted until now.
    transaction
        .prepare_cached(
            "UPDATE delivery SET victims = (SELECT victims FROM story_item WHERE entry_id = ?1)
             WHERE victims IS NULL AND news IS NULL
               AND hit_id IN (SELECT id FROM hit WHERE entry_id = ?1 AND revision < ?2)",
        )?
        .execute([item.id, item.revision])?;
    transaction
        .prepare_cached(
            // Who tells of something else by now is none of its story's outlets, nor becomes one again.
            "UPDATE story_item SET revision = ?2, victims = ?3, sure = sure AND ?8,
                    record = iif(record IS NULL, NULL, ?4),
                    relation = iif(?5 IS NULL, relation, 'update'),
                    changed = coalesce(?5, changed),
                    changed_at = iif(?5 IS NULL, changed_at, ?6),
                    corrects = iif(?5 IS NULL, corrects, ?7)
             WHERE entry_id = ?1",
        )?
        .execute(params![
            item.id,
            item.revision,
            revised.victims,
            revised.record,
            revised.changed,
            seconds(now),
            revised.is_correction,
            revised.belongs
        ])?;
    if revised.changed.is_some() {
        transaction
            .prepare_cached(
                "UPDATE story SET last_at = max(last_at, ?2) WHERE id = (
                   SELECT coalesce(story.merged_into, story.id)
                   FROM story_item CROSS JOIN story ON story.id = story_item.story_id
                   WHERE story_item.entry_id = ?1)",
            )?
            .execute([item.id, seconds(item.seen)])?;
    }
    Ok(())
}
