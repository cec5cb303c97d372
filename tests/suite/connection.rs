//! A database that a test both hands to the store and asks in SQL, for which it has a connection of its own.

use std::ops::{Deref, DerefMut};
use std::path::Path;

use newsvigil::store;
use rusqlite::{Params, Result, Row, Statement, ToSql};

/// An open database.
pub struct Connection {
    store: store::Connection,
    sqlite: rusqlite::Connection,
}

impl Connection {
    pub fn open(path: &Path) -> Self {
        Self::with(store::open(path).expect("a database"))
    }

    /// Of a database that a program is at work with.
    pub fn beside(path: &Path) -> Self {
        let opened = store::open_for_reading(path).expect("opened");
        Self::with(opened.expect("a database"))
    }

    fn with(store: store::Connection) -> Self {
        let sqlite = rusqlite::Connection::open(store.path()).expect("a database");
        // As the store does it: some tests look for what is left of deleted rows.
        let set = sqlite.pragma_update(None, "secure_delete", true);
        set.expect("set");
        Self { store, sqlite }
    }

    pub fn prepare(&self, sql: &str) -> Result<Statement<'_>> {
        self.sqlite.prepare(sql)
    }

    pub fn query_row<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.sqlite.query_row(sql, values, read)
    }

    pub fn execute(&self, sql: &str, values: impl Params) -> Result<usize> {
        self.sqlite.execute(sql, values)
    }

    pub fn execute_batch(&self, sql: &str) -> Result<()> {
        self.sqlite.execute_batch(sql)
    }

    pub fn pragma_update(&self, schema: Option<&str>, pragma: &str, to: impl ToSql) -> Result<()> {
        self.sqlite.pragma_update(schema, pragma, to)
    }
}

impl Deref for Connection {
    type Target = store::Connection;

    fn deref(&self) -> &store::Connection {
        &self.store
    }
}

impl DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut store::Connection {
        &mut self.store
    }
}
