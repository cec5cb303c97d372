//! Hits that a watch has in what was stored before it was written or edited.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::index;
use super::insertion::{Finding, insert, insert_deliveries, mute};
use crate::core::digest::HitOrigin;
use crate::fault;
use crate::store::connection::{Connection, Transaction};
use crate::store::polls::NewHit;
use crate::store::{StoreError, mutes};

/// What was found in a stored item.
#[derive(Clone, Debug)]
pub struct StoredFinding {
    /// The item.
    pub entry_id: i64,
    /// The revision that was looked at.
    pub revision: i64,
    /// What the watches found, with whom to tell, if anybody.
    pub hits: Vec<NewHit>,
}

/// A hit that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdoptedHit {
    /// The watch.
    pub watch_id: String,
    /// Whether it is told to nobody because the watch is muted.
    pub muted: bool,
    /// Who is told in the next digest.
    pub told: Vec<String>,
}

/// What [`adopt`] came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adoption {
    /// The hits that were made.
    pub hits: Vec<AdoptedHit>,
    /// Items that have been revised since they were looked at: of these nothing was made.
    pub revised: Vec<i64>,
}

/// Makes hits of what was found in stored items, all in one transaction. Their recipients are told in a
/// digest, never by an alert. An item that a watch has found already, in whatever revision, gives no other
/// hit of that watch, so that doing it again changes nothing.
pub fn adopt(
    connection: &mut Connection,
    finds: &[StoredFinding],
    program_version: &str,
    now: Timestamp,
) -> Result<Adoption, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut adoption = Adoption::default();
    for find in finds {
        // A service may have been at work since it was read.
        match revision(&transaction, find.entry_id)? {
            None => {}
            Some(revision) if revision != find.revision => adoption.revised.push(find.entry_id),
            Some(_) => adopt_one(&transaction, find, program_version, now, &mut adoption.hits)?,
        }
    }
    fault::point("adoption-written");
    transaction.commit()?;
    fault::point("adoption-committed");
    Ok(adoption)
}

fn revision(connection: &Connection, entry_id: i64) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT revision FROM entry WHERE id = ?1")?
        .query_row([entry_id], |row| row.get(0))
        .optional()?)
}

fn adopt_one(
    transaction: &Transaction<'_>,
    find: &StoredFinding,
    program_version: &str,
    now: Timestamp,
    adopted: &mut Vec<AdoptedHit>,
) -> Result<(), StoreError> {
    let before = adopted.len();
    for hit in &find.hits {
        let finding = Finding {
            entry_id: find.entry_id,
            revision: find.revision,
            program_version,
            found: now,
            origin: HitOrigin::Later,
            in_article: hit.in_article,
        };
        let known = transaction
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM hit WHERE entry_id = ?1 AND watch_id = ?2)",
            )?
            .query_row(params![find.entry_id, hit.watch_id], |row| row.get(0))?;
        if known {
            continue;
        }
        let hit_id = insert(transaction, hit, &finding)?;
        let muted = !hit.recipients.is_empty() && mutes::is_muted(transaction, &hit.watch_id, now)?;
        let told = if muted {
            &[]
        } else {
            hit.recipients.as_slice()
        };
        if muted {
            mute(transaction, hit_id)?;
        }
        insert_deliveries(transaction, hit_id, told, finding.origin)?;
        adopted.push(AdoptedHit {
            watch_id: hit.watch_id.clone(),
            muted,
            told: told.iter().map(|recipient| recipient.id.clone()).collect(),
        });
    }
    if adopted.len() > before {
        index(transaction, find.entry_id)?;
    }
    Ok(())
}
