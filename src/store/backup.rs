//! A copy of the whole database in one file, made while the service works.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, OpenFlags, ffi};

use super::{Connection, StoreError, retention};
use crate::fault;

/// Why there is no backup. No file of that name was made or changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is a file of that name.
    #[error("{path} exists already, and a backup is never written over a file: name another")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// No room.
    #[error(
        "no room to write the backup {path}: {reason}; nothing was kept of it, make room and try again"
    )]
    Full {
        /// The backup.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// It cannot be written there.
    #[error("the backup {path} cannot be written: {reason}")]
    Target {
        /// The backup.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// It was written and does not read as it should.
    #[error(
        "the backup {path} was written and cannot be read ({reason}); it was not kept: is that disk sound?"
    )]
    Unsound {
        /// The backup.
        path: PathBuf,
        /// What the database says.
        reason: String,
    },
    /// Another process writes a backup of that name, or did not come to the end of it.
    #[error(
        "{part} exists already: another backup is being written to it, or an earlier one was broken off; \
         if none is being written, remove {part} and try again"
    )]
    Unfinished {
        /// What the backup is called while it is written.
        part: PathBuf,
    },
    /// Reading the database or writing the copy failed, and the system does not say which.
    #[error(
        "the backup {path} was not made, because {database} cannot be read or {path} cannot be written: \
         {reason}; nothing was kept of it"
    )]
    Copy {
        /// The database.
        database: PathBuf,
        /// The backup.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The database itself cannot be read.
    #[error(transparent)]
    Database(StoreError),
}

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupContents {
    /// Bytes of the file.
    pub bytes: u64,
    /// Feeds that were ever polled.
    pub feeds: u64,
    /// Items.
    pub entries: u64,
    /// Hits.
    pub hits: u64,
    /// Messages that wait.
    pub mails_waiting: u64,
    /// Messages that were sent.
    pub mails_sent: u64,
}

/// Extended codes of faults that only a writer meets (SQLite, "Result and Error Codes"). The database
/// itself is not written meanwhile.
const WRITERS_FAULTS: [i32; 4] = [
    ffi::SQLITE_IOERR_WRITE,
    ffi::SQLITE_IOERR_FSYNC,
    ffi::SQLITE_IOERR_DIR_FSYNC,
    ffi::SQLITE_IOERR_TRUNCATE,
];

/// Writes a copy of the database as it is at one moment, whoever else writes to it, and reads it back.
///
/// The copy has its name only once it is whole and on the disk; it is for its owner alone.
pub fn write(connection: &Connection, target: &Path) -> Result<BackupContents, BackupError> {
    let exists = || BackupError::Exists {
        path: target.to_owned(),
    };
    if fs::symlink_metadata(target).is_ok() {
        return Err(exists());
    }
    let part = part_of(target)?;
    // SQLite would make it readable for everybody, and would follow a link.
    let file = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(&part)
        .map_err(|reason| match reason.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Unfinished { part: part.clone() },
            _ => cannot_write(target, &reason),
        })?;
    let kept = copy(connection, &file, &part, target).and_then(|contents| {
        fault::point("backup-written");
        give_name(&part, target)?;
        Ok(contents)
    });
    if kept.is_err() {
        // What stays is named when somebody tries again.
        let _ = fs::remove_file(&part);
    }
    kept
}

/// The name under which it is written.
fn part_of(target: &Path) -> Result<PathBuf, BackupError> {
    let mut name = target
        .file_name()
        .ok_or_else(|| BackupError::Target {
            path: target.to_owned(),
            reason: "that is no name of a file".to_owned(),
        })?
        .to_owned();
    name.push(".part");
    Ok(target.with_file_name(name))
}

fn copy(
    connection: &Connection,
    file: &File,
    part: &Path,
    target: &Path,
) -> Result<BackupContents, BackupError> {
    let name = part.to_str().ok_or_else(|| BackupError::Target {
        path: target.to_owned(),
        reason: "its name is not UTF-8".to_owned(),
    })?;
    // A connection that only reads may write nothing else either, unless this is lifted.
    let source = |error| BackupError::Database(StoreError::from(error).at(connection.path()));
    let query_only: bool = connection
        .pragma_query_value(None, "query_only", |row| row.get(0))
        .map_err(source)?;
    connection
        .pragma_update(None, "query_only", false)
        .map_err(source)?;
    let copied = connection.execute("VACUUM INTO ?1", [name]);
    connection
        .pragma_update(None, "query_only", query_only)
        .map_err(source)?;
    copied.map_err(|error| told_apart(connection, target, error))?;
    retention::erase_from_copy(part).map_err(|error| BackupError::Target {
        path: target.to_owned(),
        reason: error.to_string(),
    })?;
    // VACUUM INTO does not sync what it wrote (SQLite, "VACUUM").
    file.sync_all()
        .map_err(|reason| cannot_write(target, &reason))?;
    read_back(part, target)
}

/// Faults of the copy and faults of the database have the same codes. What only a writer can meet is the
/// copy's; for the rest the database is read once more.
fn told_apart(connection: &Connection, target: &Path, error: rusqlite::Error) -> BackupError {
    let reason = error.to_string();
    let path = target.to_owned();
    let extended = error.sqlite_error().map_or(0, |error| error.extended_code);
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => BackupError::Full { path, reason },
        Some(ErrorCode::ReadOnly) => BackupError::Target { path, reason },
        Some(ErrorCode::SystemIoFailure) if WRITERS_FAULTS.contains(&extended) => {
            BackupError::Target { path, reason }
        }
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
            let database = connection.path().to_owned();
            // Not with a file of our own: closing it would take the locks away (SQLite, "How To
            // Corrupt", section 2.2).
            match connection.query_row("PRAGMA quick_check(1)", [], |_| Ok(())) {
                Ok(()) => BackupError::Copy {
                    database,
                    path,
                    reason,
                },
                Err(fault) => BackupError::Database(StoreError::from(fault).at(&database)),
            }
        }
        _ => BackupError::Database(StoreError::from(error).at(connection.path())),
    }
}

fn cannot_write(target: &Path, reason: &io::Error) -> BackupError {
    let path = target.to_owned();
    let reason_text = reason.to_string();
    match reason.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => BackupError::Full {
            path,
            reason: reason_text,
        },
        _ => BackupError::Target {
            path,
            reason: reason_text,
        },
    }
}

/// A backup that cannot be read is none.
fn read_back(part: &Path, target: &Path) -> Result<BackupContents, BackupError> {
    let unsound = |reason: String| BackupError::Unsound {
        path: target.to_owned(),
        reason,
    };
    let read = || -> Result<(String, BackupContents), rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let copy = rusqlite::Connection::open_with_flags(part, flags)?;
        let sound = copy.query_row("PRAGMA quick_check", [], |row| row.get(0))?;
        let contents = copy.query_row(
            "SELECT (SELECT count(*) FROM feed), (SELECT count(*) FROM entry),
                    (SELECT count(*) FROM hit),
                    (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')),
                    (SELECT count(*) FROM outbox WHERE state = 'sent')",
            [],
            |row| {
                Ok(BackupContents {
                    bytes: 0,
                    feeds: row.get(0)?,
                    entries: row.get(1)?,
                    hits: row.get(2)?,
                    mails_waiting: row.get(3)?,
                    mails_sent: row.get(4)?,
                })
            },
        )?;
        Ok((sound, contents))
    };
    let (sound, contents) = read().map_err(|error| unsound(error.to_string()))?;
    if sound != "ok" {
        return Err(unsound(sound));
    }
    let bytes = fs::metadata(part)
        .map_err(|error| unsound(error.to_string()))?
        .len();
    Ok(BackupContents { bytes, ..contents })
}

/// Renames, but never onto a file, and waits until the folder is on the disk.
fn give_name(part: &Path, target: &Path) -> Result<(), BackupError> {
    let failed = |reason: io::Error| match reason.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists {
            path: target.to_owned(),
        },
        _ => cannot_write(target, &reason),
    };
    match fs::hard_link(part, target) {
        Ok(()) => fs::remove_file(part).map_err(failed)?,
        // File systems of memory sticks have no links.
        Err(reason)
            if matches!(
                reason.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported
            ) && fs::symlink_metadata(target).is_err() =>
        {
            fs::rename(part, target).map_err(failed)?;
        }
        Err(reason) => return Err(failed(reason)),
    }
    fault::point("backup-named");
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(code: i32) -> rusqlite::Error {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)
    }

    #[test]
    fn a_fault_names_the_file_that_has_it_or_both() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("newsvigil.db");
        let open = || Connection {
            sqlite: rusqlite::Connection::open(&database).expect("a database"),
        };
        let connection = open();
        connection
            .execute_batch("CREATE TABLE a (b); INSERT INTO a VALUES (zeroblob(100000));")
            .expect("a table");
        let target = Path::new("/media/copy.db");
        let told = |code| told_apart(&connection, target, fault(code)).to_string();

        let writing = told(ffi::SQLITE_IOERR_WRITE);
        assert!(
            writing.starts_with("the backup /media/copy.db cannot be written: "),
            "{writing}"
        );
        let either = told(ffi::SQLITE_IOERR_READ);
        assert!(
            either.contains("newsvigil.db cannot be read or /media/copy.db cannot be written"),
            "{either}"
        );

        // The database has really gone bad.
        fs::write(&database, [7; 4096]).expect("nonsense");
        let connection = open();
        let reading = told_apart(&connection, target, fault(ffi::SQLITE_IOERR_READ));
        assert!(matches!(reading, BackupError::Database(_)), "{reading}");
        assert!(reading.to_string().contains("newsvigil.db"), "{reading}");
        assert!(!reading.to_string().contains("copy.db"), "{reading}");
    }
}
