//! SQLite: one file, one thread that writes, one file of code a concern.
//!
//! WAL with `synchronous=FULL`: what a commit acknowledged survives a power cut (SQLite, "PRAGMA
//! synchronous"). Every function takes a connection and runs in one transaction, so that what it
//! promises holds after any crash.
//!
//! The surface is [`Connection`], [`Store`] and [`ReaderPool`], which hand one out, and functions that each say what is
//! asked. That rusqlite is behind it shows in one place only: a [`StoreError`] can be made of an error of its.

pub mod articles;
pub mod backup;
pub mod check;
mod connection;
pub mod digests;
pub mod entries;
mod error;
pub mod feeds;
pub mod hits;
pub mod judgments;
mod lock;
pub mod mutes;
pub mod outbox;
pub mod polls;
mod process;
mod readers;
pub mod retention;
mod schema;
mod sql_values;
pub mod stories;
#[cfg(test)]
mod test_database;
mod tombstones;
pub mod trusted_clock;
pub mod web;
pub mod week;
pub mod write_failures;
mod writer_thread;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::OpenFlags;

use crate::fault;
use crate::file::create_new;

pub use connection::Connection;
pub use error::StoreError;
pub use lock::StateLock;
pub use readers::{READING_AT_MOST, ReaderPool};
pub use writer_thread::Store;

/// The version of the schema that this program writes.
pub const SCHEMA_VERSION: i64 = schema::VERSION;

/// The database's name in the state folder.
pub const FILE_NAME: &str = "newsvigil.db";

/// How long to wait for another process that writes, such as a backup.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens the database for reading and writing, creates it or brings it up to date.
pub fn open(path: &Path) -> Result<Connection, StoreError> {
    // SQLite gives its other files the mode of this one, and its owner where root opens it.
    match create_new(path) {
        Err(reason) if reason.kind() != io::ErrorKind::AlreadyExists => {
            return Err(StoreError::Io {
                path: path.to_owned(),
                reason: reason.to_string(),
            });
        }
        Ok(_) => {
            fault::point("database-file-created");
            keep_name(path)?;
        }
        Err(_) => {}
    }
    open_existing(path)
}

/// Opens a database that is there, and brings it up to date.
fn open_existing(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    prepare(&mut connection).map_err(|error| error.at(path))?;
    Ok(connection)
}

/// Opens an existing database for reading, beside a service that may be writing to it. `None` when
/// there is none yet.
pub fn open_for_reading(path: &Path) -> Result<Option<Connection>, StoreError> {
    match fs::metadata(path) {
        Err(_) => return Ok(None),
        Ok(found) if !found.is_file() => {
            // To open a named pipe would wait for its other end.
            return Err(StoreError::Io {
                path: path.to_owned(),
                reason: "not a regular file".to_owned(),
            });
        }
        Ok(_) => {}
    }
    // In this order: to close a file gives up all locks that this process has on it (POSIX, fcntl), those of its
    // other connections too, and another program would take the log away that they write. Who has one has the index
    // beside it.
    let connection = if !beside(path, "-shm").exists() && on_read_only_file_system(path) {
        connect_unchanging(path)?
    } else {
        // Read-write, because reading in WAL mode takes part in the shared index; queries only.
        connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?
    };
    let checked = schema::check_version(&connection).and_then(|version| {
        connection.pragma_update(None, "query_only", true)?;
        Ok(version)
    });
    match checked.map_err(|error| error.at(path))? {
        0 => Ok(None),
        version if version < schema::VERSION => Err(StoreError::Outdated {
            path: path.to_owned(),
        }),
        _ => Ok(Some(connection)),
    }
}

fn on_read_only_file_system(path: &Path) -> bool {
    let opened = fs::OpenOptions::new().write(true).open(path);
    opened.is_err_and(|reason| reason.kind() == io::ErrorKind::ReadOnlyFilesystem)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    path.with_file_name(format!("{FILE_NAME}{suffix}"))
}

/// Opens a database on a read-only file system, where the shared index of its log is not there and cannot be
/// made (<https://www.sqlite.org/wal.html#read_only_databases>). So nobody is writing to it.
fn connect_unchanging(path: &Path) -> Result<Connection, StoreError> {
    let unusable = |reason: String| StoreError::Io {
        path: path.to_owned(),
        reason,
    };
    let absolute = std::path::absolute(path).map_err(|error| unusable(error.to_string()))?;
    let mut address = url::Url::from_file_path(absolute)
        .map_err(|()| unusable("its path cannot be named".to_owned()))?;
    // A process that was stopped leaves its log, which holds what it wrote last. Without locks, which ask for a
    // file that can be written, it is indexed in our own memory.
    let has_log = beside(path, "-wal").exists();
    address.set_query(Some(if has_log {
        "vfs=unix-none"
    } else {
        "immutable=1"
    }));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let connection = connect(Path::new(address.as_str()), flags)?;
    if has_log {
        let exclusive = connection.pragma_update(None, "locking_mode", "EXCLUSIVE");
        exclusive.map_err(|error| StoreError::from(error).at(path))?;
    }
    Ok(connection)
}

/// Makes sure that a file that was just made has its name even after a power cut.
fn keep_name(file: &Path) -> Result<(), StoreError> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|reason| StoreError::Io {
            path: file.to_owned(),
            reason: reason.to_string(),
        })
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = rusqlite::Connection::open_with_flags(path, flags);
    let sqlite = opened.map_err(|error| StoreError::from(error).at(path))?;
    sqlite
        .busy_timeout(BUSY_TIMEOUT)
        .and_then(|()| articles::add_function(&sqlite))
        .map_err(|error| StoreError::from(error).at(path))?;
    Ok(Connection { sqlite })
}

fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    schema::check_version(connection)?;
    // Items are about a kilobyte each: in small pages a tenth would stay empty. Only a database that
    // is being created takes this up.
    connection.pragma_update(None, "page_size", 8192)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted leaves no trace in the file: an inbox may be seized, and so may this.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    schema::migrate(connection)
}
