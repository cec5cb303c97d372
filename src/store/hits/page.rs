//! Hits, a page at a time.

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use super::{HitFilter, HitRow, TABLES, columns, read};
use crate::store::sql_values::{seconds, time};
use crate::store::{Connection, StoreError};

/// The place of a hit among all others, the newest first. What is found meanwhile changes no other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// When it was found.
    pub found: Timestamp,
    /// Its number.
    pub id: i64,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// With the newest hit.
    #[default]
    Newest,
    /// With the newest that is older than this.
    Before(Key),
    /// So that it ends with the oldest that is newer than this.
    Behind(Key),
}

/// Some of the hits that pass a filter.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The newest first.
    pub hits: Vec<HitRow>,
    /// Whether there are newer ones.
    pub has_newer: bool,
    /// Whether there are older ones.
    pub has_older: bool,
}

/// A hit without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its place.
    pub key: Key,
    /// Whether it was found in the text with the article in it.
    pub in_article: bool,
}

/// What else a hit must pass, about which the database knows nothing.
pub trait HitPredicate {
    /// Whether it does, as far as that is known without its text.
    fn known(&mut self, hit: Mark) -> Option<bool>;
    /// Whether it does.
    fn admits(&mut self, hit: &HitRow) -> bool;
}

/// All hits.
#[derive(Clone, Copy, Debug, Default)]
pub struct AllHits;

impl HitPredicate for AllHits {
    fn known(&mut self, _: Mark) -> Option<bool> {
        Some(true)
    }

    fn admits(&mut self, _: &HitRow) -> bool {
        true
    }
}

impl HitRow {
    /// Its place among all hits.
    pub fn key(&self) -> Key {
        Key {
            found: self.found,
            id: self.id,
        }
    }

    /// What stands for it where its text is not needed.
    pub fn mark(&self) -> Mark {
        Mark {
            key: self.key(),
            in_article: self.in_article,
        }
    }
}

/// The hits that pass the filter and are admitted, `limit` at most.
///
/// They are chosen in an index that holds all they are filtered by, and the texts of those alone are read that are
/// shown, or that `admit` has to look at.
pub fn page(
    connection: &Connection,
    filter: &HitFilter,
    from: Start,
    limit: usize,
    admit: &mut dyn HitPredicate,
) -> Result<Page, StoreError> {
    let mut chosen = choose(connection, filter, from, limit.saturating_add(1), admit)?;
    let is_more = chosen.len() > limit;
    chosen.truncate(limit);
    let key = |(mark, _): &(Mark, _)| mark.key;
    let (has_newer, has_older) = match from {
        Start::Newest => (false, is_more),
        Start::Before(after) => {
            let newest = chosen.first().map_or(after, key);
            (
                is_any(connection, filter, Start::Behind(newest), admit)?,
                is_more,
            )
        }
        Start::Behind(before) => {
            chosen.reverse();
            let oldest = chosen.last().map_or(before, key);
            (
                is_more,
                is_any(connection, filter, Start::Before(oldest), admit)?,
            )
        }
    };
    let mut page = Page {
        hits: Vec::with_capacity(chosen.len()),
        has_newer,
        has_older,
    };
    for (mark, row) in chosen {
        let row = match row {
            Some(row) => Some(*row),
            None => one(connection, filter, mark.key.id)?,
        };
        page.hits.extend(row);
    }
    Ok(page)
}

/// One hit; `None` if there is none of that number.
pub fn get(connection: &Connection, id: i64) -> Result<Option<HitRow>, StoreError> {
    one(connection, &HitFilter::default(), id)
}

fn is_any(
    connection: &Connection,
    filter: &HitFilter,
    from: Start,
    admit: &mut dyn HitPredicate,
) -> Result<bool, StoreError> {
    Ok(!choose(connection, filter, from, 1, admit)?.is_empty())
}

pub(super) type Chosen = (Mark, Option<Box<HitRow>>);

/// In the order in which they are gone through, with the text of those that were looked at.
pub(super) fn choose(
    connection: &Connection,
    filter: &HitFilter,
    from: Start,
    limit: usize,
    admit: &mut dyn HitPredicate,
) -> Result<Vec<Chosen>, StoreError> {
    let (condition, mut values) = filter.condition();
    let (bound, order) = match from {
        Start::Newest => ("", "DESC"),
        Start::Before(_) => (" AND (hit.found_at, hit.id) < (?, ?)", "DESC"),
        Start::Behind(_) => (" AND (hit.found_at, hit.id) > (?, ?)", "ASC"),
    };
    if let Start::Before(key) | Start::Behind(key) = from {
        values.extend([Value::from(seconds(key.found)), Value::from(key.id)]);
    }
    // Its statistics are not kept, so SQLite cannot know how much of the index an order saves.
    let mut statement = connection.prepare_cached(&format!(
        "SELECT hit.id, hit.found_at, hit.in_article FROM hit INDEXED BY hit_listed
         WHERE {condition}{bound} ORDER BY hit.found_at {order}, hit.id {order}"
    ))?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut chosen = Vec::new();
    while chosen.len() < limit
        && let Some(row) = rows.next()?
    {
        let mark = Mark {
            key: Key {
                id: row.get(0)?,
                found: time(row.get(1)?),
            },
            in_article: row.get(2)?,
        };
        match admit.known(mark) {
            Some(true) => chosen.push((mark, None)),
            Some(false) => {}
            None => {
                if let Some(row) = one(connection, filter, mark.key.id)?
                    && admit.admits(&row)
                {
                    chosen.push((mark, Some(Box::new(row))));
                }
            }
        }
    }
    Ok(chosen)
}

fn one(connection: &Connection, filter: &HitFilter, id: i64) -> Result<Option<HitRow>, StoreError> {
    let (columns, told) = (columns(), filter.told());
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {columns}, {told} {TABLES} WHERE hit.id = ?2"
    ))?;
    let mut rows = statement.query(params![filter.mail, id])?;
    rows.next()?.map(read).transpose()
}

#[cfg(test)]
mod tests;
