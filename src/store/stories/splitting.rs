//! A story that is none: taken apart by hand.

use rusqlite::{TransactionBehavior, params};

use super::{StoreError, get};
use crate::fault;
use crate::store::Connection;

/// What became of a story that was split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// There is no story of this number.
    Unknown,
    /// It has one item.
    Alone,
    /// So many items, each a story of its own now.
    Separated(u64),
}

/// Makes a story of each item of a story, and of those merged into it. The number stays with its first item. Nothing
/// joins any of them any more, whatever is placed later.
pub fn split(connection: &mut Connection, story: i64) -> Result<Split, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(root) = get(&transaction, story)? else {
        return Ok(Split::Unknown);
    };
    let items: Vec<(i64, i64)> = transaction
        .prepare(
            "SELECT story_item.id, entry_id FROM story
             CROSS JOIN story_item ON story_item.story_id = story.id
             WHERE story.id = ?1 OR story.merged_into = ?1 ORDER BY story_item.id",
        )?
        .query_map([root.id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    if items.len() < 2 {
        return Ok(Split::Alone);
    }
    transaction.execute(
        "DELETE FROM story_link WHERE story_id IN (SELECT id FROM story WHERE id = ?1 OR merged_into = ?1)
            OR other_id IN (SELECT id FROM story WHERE id = ?1 OR merged_into = ?1)",
        [root.id],
    )?;
    transaction.execute(
        "UPDATE story SET merged_into = NULL, closed = 1 WHERE id = ?1 OR merged_into = ?1",
        [root.id],
    )?;
    let own = items.iter().any(|(_, entry)| *entry == root.id);
    for (place, (item, entry)) in items.iter().enumerate() {
        // Its first entry may have been let go since.
        let id = if !own && place == 0 { root.id } else { *entry };
        transaction
            .prepare_cached(
                "INSERT INTO story (id, began_at, last_at, closed)
                 SELECT ?2, reported_at, reported_at, 1 FROM story_item WHERE id = ?1
                 ON CONFLICT (id) DO UPDATE SET began_at = excluded.began_at, last_at = excluded.last_at",
            )?
            .execute([*item, id])?;
        // The row is written anew, behind all others, so that a service that has the story in memory sees that there
        // is something new. Without a record nothing is compared with it.
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO story_item (entry_id, revision, story_id, relation, sure, outlet, agency,
                   victims, why, changed, corrects, reported_at, seen_at, placed_at, changed_at)
                 SELECT entry_id, revision, ?2, iif(changed IS NULL, 'first', 'update'), 1, outlet, agency, victims,
                   ?3, changed, corrects, reported_at, seen_at, placed_at, changed_at
                 FROM story_item WHERE id = ?1",
            )?
            .execute(params![item, id, format!("story {} was split", root.id)])?;
    }
    // Those that were merged into it, of which the first entry was let go.
    transaction.execute(
        "DELETE FROM story WHERE closed = 1 AND id NOT IN (SELECT story_id FROM story_item)
           AND id NOT IN (SELECT merged_into FROM story WHERE merged_into IS NOT NULL)",
        [],
    )?;
    fault::point("split-written");
    transaction.commit()?;
    fault::point("split-committed");
    Ok(Split::Separated(items.len() as u64))
}
