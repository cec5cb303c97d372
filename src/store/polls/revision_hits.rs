//! Which hits of a revision are new.

use std::collections::{BTreeMap, BTreeSet};

use super::record::NewHit;
use crate::core::revision::{found_words, tells_more};
use crate::store::articles::TEXT_OF_HIT;
use crate::store::hits::StoredSpan;
use crate::store::sql_values::from_json;
use crate::store::{Connection, StoreError};

/// Keeps those hits of a revised entry that are worth telling: of watches that did not match it before,
/// and of those that match by other words in its title, which is so once for the same words. So an article
/// that is read again tells nothing by itself.
pub(in crate::store) fn retain_new_hits(
    connection: &Connection,
    entry_id: i64,
    title: &str,
    hits: &mut Vec<NewHit>,
) -> Result<(), StoreError> {
    if hits.is_empty() {
        return Ok(());
    }
    let before = words_before(connection, entry_id)?;
    let mut kept = Vec::with_capacity(hits.len());
    for hit in hits.drain(..) {
        let is_new = match before.get(&hit.watch_id) {
            None => true,
            Some(before) => {
                let spans: Vec<StoredSpan> = from_json(&hit.spans)?;
                let spans = spans.iter().filter(|span| span.field == "title");
                let spans = spans.map(|span| (span.start, span.end));
                tells_more(&found_words(title, spans), before)
            }
        };
        if is_new {
            kept.push(hit);
        }
    }
    *hits = kept;
    Ok(())
}

/// By watch, the words that it found in the entry so far.
fn words_before(
    connection: &Connection,
    entry_id: i64,
) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT hit.watch_id, hit.spans, coalesce(revision.title, entry.title),
                coalesce(revision.summary, entry.summary), {TEXT_OF_HIT}
         FROM hit JOIN entry ON entry.id = hit.entry_id
         LEFT JOIN revision ON revision.entry_id = hit.entry_id AND revision.revision = hit.revision
         WHERE hit.entry_id = ?1"
    ))?;
    let mut rows = statement.query([entry_id])?;
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let spans: Vec<StoredSpan> = from_json(&row.get::<_, String>(1)?)?;
        let found = words.entry(row.get(0)?).or_default();
        for (column, field) in [(2, "title"), (3, "summary"), (4, "text")] {
            let text: String = row.get(column)?;
            let spans = spans.iter().filter(|span| span.field == field);
            found.extend(found_words(&text, spans.map(|span| (span.start, span.end))));
        }
    }
    Ok(words)
}
