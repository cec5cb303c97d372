//! What people said of hits. The last word counts, and those before it are kept; all go with their hit.
//!
//! A note alone judges nothing. It is stored as a word that was never in force: as undecided, and replaced at 0.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::{Row, TransactionBehavior, params};
use serde::Serialize;

use super::hits::StoredSpan;
use super::sql_values::{from_json, seconds, time};
use super::{Connection, StoreError};
use crate::core::judgment::{Reason, Verdict};
use crate::fault;

/// What somebody says of a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJudgment {
    /// Whether it is what its watch is for.
    pub verdict: Verdict,
    /// Why not; of a hit that is irrelevant alone.
    pub reason: Option<Reason>,
    /// In their own words; empty for none.
    pub note: String,
    /// Who says it.
    pub by: String,
    /// Whether the hit was drawn, by [`sample`], and not chosen by who judged it. Once drawn, it stays so.
    pub at_random: bool,
}

/// What was said of a hit, and counts no more, or never did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastJudgment {
    /// What; of a note alone, its verdict says nothing.
    pub judgment: Judgment,
    /// Whether it was a note alone.
    pub is_note: bool,
}

/// What somebody said of a hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judgment {
    /// Whether it is what its watch is for.
    #[serde(serialize_with = "verdict_name")]
    pub verdict: Verdict,
    /// Why not.
    #[serde(serialize_with = "reason_name")]
    pub reason: Option<Reason>,
    /// In their own words; empty for none.
    pub note: String,
    /// Who said it.
    pub by: String,
    /// When, as Unix seconds where it is written.
    #[serde(serialize_with = "unix_seconds")]
    pub at: Timestamp,
    /// Whether the hit was drawn.
    pub at_random: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn verdict_name<S: serde::Serializer>(verdict: &Verdict, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(verdict.name())
}

#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "as serde calls it"
)]
fn reason_name<S: serde::Serializer>(reason: &Option<Reason>, out: S) -> Result<S::Ok, S::Error> {
    reason.map(Reason::name).serialize(out)
}

fn unix_seconds<S: serde::Serializer>(at: &Timestamp, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_i64(at.as_second())
}

/// The columns of a [`Judgment`], in a query that has `judgment`.
pub(super) const COLUMNS: &str =
    "judgment.verdict, judgment.reason, judgment.note, judgment.judged_by,
    judgment.judged_at, judgment.at_random";
pub(super) const WIDTH: usize = 6;

/// A judgment whose columns begin there; `None` where they are empty.
pub(super) fn read_if_any(row: &Row<'_>, first: usize) -> Result<Option<Judgment>, StoreError> {
    let Some(verdict) = row.get::<_, Option<String>>(first)? else {
        return Ok(None);
    };
    let verdict = Verdict::of_name(&verdict)
        .ok_or_else(|| StoreError::Value(format!("no verdict: {verdict}")))?;
    let reason: Option<String> = row.get(first + 1)?;
    Ok(Some(Judgment {
        verdict,
        reason: reason.as_deref().and_then(Reason::of_name),
        note: row.get(first + 2)?,
        by: row.get(first + 3)?,
        at: time(row.get(first + 4)?),
        at_random: row.get(first + 5)?,
    }))
}

/// Stores what somebody says of a hit, which replaces what was said before. The same said again by the same person
/// changes nothing. Gives whether there is such a hit.
pub fn record(
    connection: &mut Connection,
    hit_id: i64,
    new: &NewJudgment,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let exists: bool = transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM hit WHERE id = ?1)")?
        .query_row([hit_id], |row| row.get(0))?;
    if !exists {
        return Ok(false);
    }
    let reason = new.reason.filter(|_| new.verdict == Verdict::Irrelevant);
    let before = current(&transaction, hit_id)?;
    // A hit stays drawn, or chosen, whoever corrects what was said of it.
    let at_random = (before.as_ref()).map_or(new.at_random, |before| before.at_random);
    let said_before = before.is_some_and(|before| {
        (before.verdict, before.reason, &before.note, &before.by)
            == (new.verdict, reason, &new.note, &new.by)
    });
    if said_before {
        return Ok(true);
    }
    transaction
        .prepare_cached(
            "UPDATE judgment SET replaced_at = ?2 WHERE hit_id = ?1 AND replaced_at IS NULL",
        )?
        .execute(params![hit_id, seconds(now)])?;
    transaction
        .prepare_cached(
            "INSERT INTO judgment (hit_id, verdict, reason, note, judged_by, judged_at, at_random)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            hit_id,
            new.verdict.name(),
            reason.map(Reason::name),
            new.note,
            new.by,
            seconds(now),
            at_random
        ])?;
    transaction
        .prepare_cached("UPDATE hit SET verdict = ?2 WHERE id = ?1")?
        .execute(params![hit_id, new.verdict.name()])?;
    fault::point("judgment-written");
    transaction.commit()?;
    fault::point("judgment-committed");
    Ok(true)
}

/// Stores a note that somebody makes on a hit, and leaves open or as it was how it is judged. The same noted again by
/// the same person changes nothing. Gives whether there is such a hit.
pub fn note(
    connection: &Connection,
    hit_id: i64,
    note: &str,
    by: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let said = before(connection, hit_id)?;
    if said.first().is_some_and(|last| {
        last.is_note && (last.judgment.note.as_str(), last.judgment.by.as_str()) == (note, by)
    }) {
        return Ok(true);
    }
    let stored = connection
        .prepare_cached(
            "INSERT INTO judgment (hit_id, verdict, note, judged_by, judged_at, at_random, replaced_at)
             SELECT id, 'undecided', ?2, ?3, ?4, 0, 0 FROM hit WHERE id = ?1",
        )?
        .execute(params![hit_id, note, by, seconds(now)])?;
    Ok(stored > 0)
}

/// What is said of a hit now.
pub fn current(connection: &Connection, hit_id: i64) -> Result<Option<Judgment>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM judgment WHERE hit_id = ?1 AND replaced_at IS NULL"
    ))?;
    let mut rows = statement.query([hit_id])?;
    match rows.next()? {
        Some(row) => read_if_any(row, 0),
        None => Ok(None),
    }
}

/// What else was said of a hit, the last first, fifty at most: judgments that were replaced, and notes.
pub fn before(connection: &Connection, hit_id: i64) -> Result<Vec<PastJudgment>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, replaced_at = 0 FROM judgment WHERE hit_id = ?1 AND replaced_at IS NOT NULL
         ORDER BY id DESC LIMIT 50"
    ))?;
    let rows = statement.query_and_then([hit_id], |row| {
        let is_note = row.get(WIDTH)?;
        let said = read_if_any(row, 0)?;
        Ok(said.map(|judgment| PastJudgment { judgment, is_note }))
    })?;
    rows.filter_map(Result::transpose).collect()
}

/// What was said of the hits of one version of a watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionCounts {
    /// The hash of its text.
    pub version: String,
    /// When it found something first.
    pub first: Timestamp,
    /// When it found something last.
    pub last: Timestamp,
    /// Hits.
    pub hits: u64,
    /// Those that are relevant.
    pub relevant: u64,
    /// Those that are not.
    pub irrelevant: u64,
    /// Those of which somebody could not tell.
    pub undecided: u64,
    /// Relevant ones that were drawn.
    pub relevant_drawn: u64,
    /// Irrelevant ones that were drawn.
    pub irrelevant_drawn: u64,
}

/// What was said of the hits of a watch, by its versions, that which found something last before the others.
pub fn by_version(
    connection: &Connection,
    watch_id: &str,
) -> Result<Vec<VersionCounts>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT hit.watch_version, min(hit.found_at), max(hit.found_at), count(*),
                    count(*) FILTER (WHERE hit.verdict = 'relevant'),
                    count(*) FILTER (WHERE hit.verdict = 'irrelevant'),
                    count(*) FILTER (WHERE hit.verdict = 'undecided'),
                    count(*) FILTER (WHERE hit.verdict = 'relevant' AND judgment.at_random),
                    count(*) FILTER (WHERE hit.verdict = 'irrelevant' AND judgment.at_random)
             FROM hit LEFT JOIN judgment ON judgment.hit_id = hit.id AND judgment.replaced_at IS NULL
                                            AND hit.verdict IS NOT NULL
             WHERE hit.watch_id = ?1 GROUP BY 1 ORDER BY 3 DESC, max(hit.id) DESC",
        )?
        .query_map([watch_id], |row| {
            Ok(VersionCounts {
                version: row.get(0)?,
                first: time(row.get(1)?),
                last: time(row.get(2)?),
                hits: row.get(3)?,
                relevant: row.get(4)?,
                irrelevant: row.get(5)?,
                undecided: row.get(6)?,
                relevant_drawn: row.get(7)?,
                irrelevant_drawn: row.get(8)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Why hits of a watch are false alarms, and how many, the most frequent first; `None`: nobody said.
pub fn reasons(
    connection: &Connection,
    watch_id: &str,
) -> Result<Vec<(Option<Reason>, u64)>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT reason, count(*) FROM judgment JOIN hit ON hit.id = judgment.hit_id
             WHERE hit.watch_id = ?1 AND replaced_at IS NULL AND judgment.verdict = 'irrelevant'
             GROUP BY reason ORDER BY 2 DESC, reason",
        )?
        .query_map([watch_id], |row| {
            let reason: Option<String> = row.get(0)?;
            Ok((reason.as_deref().and_then(Reason::of_name), row.get(1)?))
        })?
        .collect::<Result<_, _>>()?)
}

/// Hits of a watch of which nobody has said anything, drawn at random: of one version of it, or of all. `seed`
/// decides which, so that a reader who comes back goes on with the same ones, less those that are judged by then.
pub fn sample(
    connection: &Connection,
    watch_id: &str,
    version: Option<&str>,
    seed: u64,
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM hit WHERE watch_id = ?1 AND verdict IS NULL AND (?2 IS NULL OR watch_version = ?2)",
    )?;
    let ids = statement.query_map(params![watch_id, version], |row| row.get::<_, i64>(0))?;
    let mut drawn: Vec<(u64, i64)> = ids
        .map(|id| id.map(|id| (scattered(seed, id), id)))
        .collect::<Result<_, _>>()?;
    drawn.sort_unstable();
    drawn.truncate(limit);
    Ok(drawn.into_iter().map(|(_, id)| id).collect())
}

/// A number that looks like chance, and is the same for the same hit and seed (Steele and others, "Fast splittable
/// pseudorandom number generators", 2014: `SplitMix64`).
fn scattered(seed: u64, id: i64) -> u64 {
    let mut z = mixed(seed) ^ id.cast_unsigned();
    z = mixed(z.wrapping_add(0x9e37_79b9_7f4a_7c15));
    z
}

fn mixed(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// In how many judged hits of a watch a term of it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermCounts {
    /// In relevant ones.
    pub relevant: u64,
    /// In irrelevant ones.
    pub irrelevant: u64,
}

/// The terms of a watch that stand in hits of it that were judged, as it wrote them then.
pub fn terms(
    connection: &Connection,
    watch_id: &str,
) -> Result<BTreeMap<String, TermCounts>, StoreError> {
    let mut counts: BTreeMap<String, TermCounts> = BTreeMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT hit.spans, hit.verdict = 'relevant' OR judgment.reason IS 'duplicate'
         FROM hit LEFT JOIN judgment ON judgment.hit_id = hit.id AND judgment.replaced_at IS NULL
         WHERE hit.watch_id = ?1 AND hit.verdict IN ('relevant', 'irrelevant')",
    )?;
    let mut rows = statement.query([watch_id])?;
    while let Some(row) = rows.next()? {
        let spans: Vec<StoredSpan> =
            from_json(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
        let is_relevant = row.get(1)?;
        let terms: BTreeSet<String> = spans.into_iter().map(|span| span.term).collect();
        for term in terms {
            let count = counts.entry(term).or_default();
            *(if is_relevant {
                &mut count.relevant
            } else {
                &mut count.irrelevant
            }) += 1;
        }
    }
    Ok(counts)
}

/// Hits of each watch of which nobody has said anything, for those that have any.
pub fn unjudged(connection: &Connection) -> Result<BTreeMap<String, u64>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT watch_id, count(*) FROM hit WHERE verdict IS NULL GROUP BY watch_id",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
