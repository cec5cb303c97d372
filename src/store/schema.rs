//! The schema, as the list of steps that made it, each a file of `schema/`.
//!
//! `user_version` counts the steps taken; `application_id` tells our file from others. A step is
//! never edited once released: mend with another. `tests/migrations/` holds a database of each
//! version, which the tests bring up to date.

use rusqlite::functions::FunctionFlags;
use rusqlite::{OptionalExtension, TransactionBehavior};

use super::{Connection, StoreError};
use crate::core::feed::{key_behind_redirects, place_of};
use crate::core::text::tokenizer::fold_for_index;
use crate::fault;

/// "nwsv" in ASCII.
const APPLICATION_ID: i64 = 0x6e77_7376;

/// Each step with its comment stays in the file, where `sqlite3` shows it to whoever looks.
const STEPS: &[&str] = &[
    include_str!("schema/01_items_and_mails.sql"),
    include_str!("schema/02_text_search.sql"),
    include_str!("schema/03_mail_contents.sql"),
    include_str!("schema/04_item_places.sql"),
    include_str!("schema/05_later_hits.sql"),
    include_str!("schema/06_item_languages.sql"),
    include_str!("schema/07_articles.sql"),
    include_str!("schema/08_stories.sql"),
    include_str!("schema/09_feeds_listed.sql"),
    include_str!("schema/10_judgments_and_web.sql"),
];

/// The version that this program writes.
pub(super) const VERSION: i64 = 10;
const _: () = assert!(STEPS.len() == 10, "the version counts the steps");

/// Gives the version, or refuses what is not ours or from the future. Writes nothing.
pub(super) fn check_version(connection: &Connection) -> Result<i64, StoreError> {
    check_version_up_to(connection, VERSION)
}

fn check_version_up_to(connection: &Connection, known: i64) -> Result<i64, StoreError> {
    let path = connection.path().to_owned();
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if id != APPLICATION_ID && (id != 0 || version != 0 || tables != 0) {
        return Err(StoreError::OtherApplication { path });
    }
    if version > known {
        return Err(StoreError::Newer {
            path,
            found: version,
            known,
        });
    }
    Ok(version)
}

/// Takes the steps that are missing, in one transaction: who reads meanwhile sees no version between.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    take(connection, STEPS)
}

fn take(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    add_functions(&connection.sqlite)?;
    // A table that others refer to is made anew (SQLite, "ALTER TABLE", section 7), which cannot be
    // begun inside a transaction; what refers to what is checked before each commit instead.
    let enforced: bool = connection.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
    connection.pragma_update(None, "foreign_keys", false)?;
    let taken = take_each(connection, steps);
    connection.pragma_update(None, "foreign_keys", enforced)?;
    taken
}

fn take_each(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read inside the transaction: another process may have been faster.
    let version = check_version_up_to(&transaction, known)?;
    let taken = usize::try_from(version).unwrap_or(usize::MAX);
    if taken >= steps.len() {
        return Ok(());
    }
    for (place, step) in steps.iter().enumerate().skip(taken) {
        transaction.execute_batch(step)?;
        let dangling: Option<String> = transaction
            .query_row("PRAGMA foreign_key_check", [], |row| row.get(0))
            .optional()?;
        if let Some(table) = dangling {
            let reason = format!("after step {}, {table} refers to nothing", place + 1);
            return Err(StoreError::Value(reason));
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", known)?;
    fault::point("migration-written");
    transaction.commit()?;
    fault::point("migration-committed");
    Ok(())
}

/// What steps compute that SQL cannot.
fn add_functions(sqlite: &rusqlite::Connection) -> Result<(), rusqlite::Error> {
    super::articles::add_function(sqlite)?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    // Text is indexed as it is searched for, see `hits::list`.
    sqlite.create_scalar_function("fold_text", 1, flags, |context| {
        let text = context.get_raw(0).as_str_or_null()?;
        Ok(text.map(fold_for_index))
    })?;
    sqlite.create_scalar_function("key_behind_redirects", 2, flags, |context| {
        let (key, link) = (context.get::<String>(0)?, context.get::<String>(1)?);
        Ok(key_behind_redirects(&key, &link))
    })?;
    sqlite.create_scalar_function("place_of", 3, flags, |context| {
        let (key, link) = (context.get::<String>(0)?, context.get::<Option<String>>(1)?);
        Ok(place_of(&key, link.as_deref(), context.get(2)?).map(Vec::from))
    })
}

#[cfg(test)]
mod tests;
