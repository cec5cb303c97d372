//! The names that hits can be asked by, kept in memory: to find them, all hits have to be gone through.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::ToSql;

use crate::store::{Connection, StoreError};

/// Once in so long all hits are gone through again: those that were let go were the last of their name, perhaps.
const KEPT: Duration = Duration::from_hours(1);

/// What is stored of hits, each name once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredNames {
    /// The watches that had a hit.
    pub watches: BTreeSet<String>,
    /// Their topics.
    pub topics: BTreeSet<String>,
    /// The languages of items in which something was found, as BCP 47 tags.
    pub languages: BTreeSet<String>,
}

/// Remembers them, and looks at new hits alone.
#[derive(Debug, Default)]
pub struct NamesOfHits {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    named: Arc<StoredNames>,
    /// The number of the last hit that was looked at.
    last: i64,
    /// When all were looked at.
    since: Option<Instant>,
}

impl NamesOfHits {
    /// All names.
    pub fn get(&self, connection: &Connection) -> Result<Arc<StoredNames>, StoreError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let newest: Option<i64> = connection
            .prepare_cached("SELECT max(id) FROM hit")?
            .query_row([], |row| row.get(0))?;
        let newest = newest.unwrap_or(0);
        if kept.since.is_none_or(|since| since.elapsed() >= KEPT) {
            let mut named = StoredNames::default();
            let all = "SELECT DISTINCT watch_id, topic, language FROM hit INDEXED BY hit_listed";
            named.add(connection, all, &[])?;
            *kept = Kept {
                named: Arc::new(named),
                last: newest,
                since: Some(Instant::now()),
            };
        } else if newest > kept.last {
            let new = "SELECT DISTINCT watch_id, topic, language FROM hit WHERE id > ?1";
            let last = kept.last;
            Arc::make_mut(&mut kept.named).add(connection, new, &[&last])?;
            kept.last = newest;
        }
        Ok(Arc::clone(&kept.named))
    }
}

impl StoredNames {
    fn add(
        &mut self,
        connection: &Connection,
        query: &str,
        values: &[&dyn ToSql],
    ) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(query)?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            self.watches.insert(row.get(0)?);
            self.topics.insert(row.get(1)?);
            self.languages.extend(row.get::<_, Option<String>>(2)?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::test_database::{add, with_hits};

    #[test]
    fn names_are_those_of_all_hits_and_of_each_new_one() {
        let (_folder, connection) = with_hits(1);
        let names = NamesOfHits::default();
        let known = |names: &NamesOfHits| {
            let named = names.get(&connection).unwrap();
            let watches = named.watches.iter().cloned().collect::<Vec<_>>();
            (watches.join(" "), named.languages.len())
        };
        assert_eq!(known(&names), ("gas".to_owned(), 1));
        add(&connection, 2);
        add(&connection, 3);
        assert_eq!(known(&names), ("force gas".to_owned(), 2));
        assert_eq!(names.get(&connection).unwrap().topics.len(), 1);
        // What was let go is offered for a while: it finds nothing, and harms nobody.
        connection
            .execute("DELETE FROM hit WHERE id <> 1", [])
            .unwrap();
        assert_eq!(known(&names), ("force gas".to_owned(), 2));
        assert_eq!(known(&NamesOfHits::default()), ("gas".to_owned(), 1));
    }
}
