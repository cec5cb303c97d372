//! Items that only their words and their date name, as earlier versions of the program stored them, or as
//! they were before their feed gave them an identifier or an address.
//!
//! A newer version may read words or date of an item otherwise, and gives it another identity then. So an
//! item that is not known is compared with those that its feed listed of late, by a title, a text or a date
//! that is the same; what it turns out to be has its new identity from then on. That happens once: of what
//! this version stores, every change makes a new item.

use std::collections::{HashMap, HashSet};

use rusqlite::params;

use super::record::PolledEntry;
use super::stored_items::{COLUMNS, COMPARED_ENTRIES_MAX, Known, read};
use crate::core::feed::IdentityParts;
use crate::core::text::tokenizer::fold_text;
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError, tombstones};

/// Before the identity of an item that has neither identifier nor address.
pub(super) const BY_WORDS: &str = "hash:";

/// Bytes of a title or a text that are compared.
const BEGINNING: usize = 1024;

/// Such entries of a feed, by what an item may have in common with them.
pub(super) struct UnidentifiedEntries {
    alike: HashMap<Trace, Vec<Known>>,
}

/// A title, a text, or a date.
type Trace = [u8; 16];

impl UnidentifiedEntries {
    /// All but those that are `taken`.
    pub(super) fn of(
        connection: &Connection,
        feed_id: &str,
        taken: &HashSet<i64>,
    ) -> Result<Self, StoreError> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT title, substr(summary, 1, {BEGINNING}), substr(text, 1, {BEGINNING}), known.*
             FROM ({COLUMNS} WHERE feed_id = ?1 AND key >= ?2 AND key < ?2 || '~'
                     AND instr(content_hash, '+') = 0
                     AND last_seen_at + ?3 >= (SELECT last_body_at FROM feed WHERE id = ?1)) AS known
             JOIN entry USING (id) ORDER BY id DESC"
        ))?;
        let unlisted_after = tombstones::UNLISTED_AFTER;
        let mut rows = statement.query(params![feed_id, BY_WORDS, unlisted_after])?;
        let mut alike: HashMap<Trace, Vec<Known>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let known = read(row, 3)?;
            if taken.contains(&known.id) {
                continue;
            }
            let [title, summary, text]: [String; 3] = [row.get(0)?, row.get(1)?, row.get(2)?];
            for trace in traces(&title, &summary, &text, known.published) {
                let alike = alike.entry(trace).or_default();
                if alike.len() < COMPARED_ENTRIES_MAX as usize {
                    alike.push(known.clone());
                }
            }
        }
        Ok(Self { alike })
    }

    /// Those that an item may be.
    pub(super) fn like(&self, entry: &PolledEntry) -> impl Iterator<Item = &Known> {
        let document = &entry.document;
        let published = entry.published.map(seconds);
        traces(
            &document.title,
            &document.summary,
            &document.text,
            published,
        )
        .into_iter()
        .filter_map(|trace| self.alike.get(&trace))
        .flatten()
        .filter(move |known| may_be_one_date(known.published, published))
    }
}

/// Gives an entry that was stored so the identity that it has now, and its address if it was given one.
pub(super) fn rename(
    connection: &Connection,
    known: &Known,
    entry: &PolledEntry,
    names: &IdentityParts,
) -> Result<(), StoreError> {
    let is_named = !names.base().starts_with(BY_WORDS);
    if known.key.starts_with(BY_WORDS) && (is_named || !known.content_hash.contains('+')) {
        connection
            .prepare_cached(
                "UPDATE OR IGNORE entry SET key = ?2, content_hash = ?3, place = ?4,
                                            link = coalesce(?5, link) WHERE id = ?1",
            )?
            .execute(params![
                known.id,
                entry.key,
                entry.content_hash,
                names.place(),
                entry.document.url
            ])?;
    }
    Ok(())
}

fn traces(title: &str, summary: &str, text: &str, published: Option<i64>) -> Vec<Trace> {
    let begun = |text: &str| fold_text(&text[..text.floor_char_boundary(BEGINNING)]);
    let text = if summary.is_empty() { text } else { summary };
    let named = [("title ", begun(title)), ("text ", begun(text))];
    let words = named.iter().filter(|(_, words)| !words.is_empty());
    words
        .map(|(name, words)| format!("{name}{words}"))
        .chain(published.map(|date| format!("date {date}")))
        .map(|trace| tombstones::hash(&trace))
        .collect()
}

/// Whether these may be two readings of one date, of another zone or with day and month in another order, and
/// not those of a notice that repeats its words every day or week.
fn may_be_one_date(one: Option<i64>, other: Option<i64>) -> bool {
    const HOUR: u64 = 3600;
    let (Some(one), Some(other)) = (one, other) else {
        return true;
    };
    let apart = one.abs_diff(other);
    !(20 * HOUR..=20 * 24 * HOUR).contains(&apart)
}
