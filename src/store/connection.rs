//! The open database and its transactions, as types of this room: only here are they asked in SQL.

use std::ops::Deref;
use std::path::Path;

use rusqlite::{
    CachedStatement, Error, Params, Row, Statement, ToSql, TransactionBehavior as Behavior,
};

/// An open database. Other rooms only hand it on to the functions of this one.
#[derive(Debug)]
pub struct Connection {
    /// For what is asked of it in one place only.
    pub(in crate::store) sqlite: rusqlite::Connection,
}

impl Connection {
    /// Where it lies; empty when it is in memory only.
    pub fn path(&self) -> &Path {
        Path::new(self.sqlite.path().unwrap_or_default())
    }

    pub(in crate::store) fn prepare(&self, sql: &str) -> Result<Statement<'_>, Error> {
        self.sqlite.prepare(sql)
    }

    pub(in crate::store) fn prepare_cached(&self, sql: &str) -> Result<CachedStatement<'_>, Error> {
        self.sqlite.prepare_cached(sql)
    }

    pub(in crate::store) fn query_row<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.sqlite.query_row(sql, values, read)
    }

    pub(in crate::store) fn execute(&self, sql: &str, values: impl Params) -> Result<usize, Error> {
        self.sqlite.execute(sql, values)
    }

    pub(in crate::store) fn execute_batch(&self, sql: &str) -> Result<(), Error> {
        self.sqlite.execute_batch(sql)
    }

    pub(in crate::store) fn pragma_query_value<T>(
        &self,
        schema: Option<&str>,
        pragma: &str,
        read: impl FnOnce(&Row<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.sqlite.pragma_query_value(schema, pragma, read)
    }

    pub(in crate::store) fn pragma_update(
        &self,
        schema: Option<&str>,
        pragma: &str,
        value: impl ToSql,
    ) -> Result<(), Error> {
        self.sqlite.pragma_update(schema, pragma, value)
    }

    /// Begins a transaction. It borrows the connection mutably, so that none is begun inside of it.
    pub(in crate::store) fn transaction_with_behavior(
        &mut self,
        behavior: Behavior,
    ) -> Result<Transaction<'_>, Error> {
        let begun = rusqlite::Transaction::new_unchecked(&self.sqlite, behavior)?;
        Ok(Transaction {
            begun,
            connection: self,
        })
    }

    /// Begins a transaction that only reads, of one moment; an error inside of another.
    pub(in crate::store) fn unchecked_transaction(&self) -> Result<Transaction<'_>, Error> {
        Ok(Transaction {
            begun: self.sqlite.unchecked_transaction()?,
            connection: self,
        })
    }
}

/// A transaction, which is rolled back when it is dropped before it was committed.
#[derive(Debug)]
pub(in crate::store) struct Transaction<'c> {
    begun: rusqlite::Transaction<'c>,
    connection: &'c Connection,
}

impl Transaction<'_> {
    pub(in crate::store) fn commit(self) -> Result<(), Error> {
        self.begun.commit()
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}
