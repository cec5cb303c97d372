//! A copy of the whole database in one file, made while the service works.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::StoreError;
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
        /// What SQLite says.
        reason: String,
    },
    /// Another process writes a backup of that name.
    #[error("another backup is being written to {path}")]
    Busy {
        /// The backup.
        path: PathBuf,
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
    // SQLite would make it readable for everybody. What a killed backup left is written over.
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&part)
        .map_err(|reason| cannot_write(target, &reason))?;
    if file.try_lock().is_err() {
        return Err(BackupError::Busy {
            path: target.to_owned(),
        });
    }
    let kept = copy(connection, &file, &part, target).and_then(|contents| {
        fault::point("backup-written");
        give_name(&part, target)?;
        Ok(contents)
    });
    if kept.is_err() {
        // Nothing depends on it: the next backup of that name writes over it.
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
    file.set_len(0)
        .map_err(|reason| cannot_write(target, &reason))?;
    // A connection that only reads may write nothing else either, unless this is lifted.
    let source = |error| BackupError::Database(StoreError::from(error).at(path_of(connection)));
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
    // VACUUM INTO does not sync what it wrote (SQLite, "VACUUM").
    file.sync_all()
        .map_err(|reason| cannot_write(target, &reason))?;
    read_back(part, target)
}

fn path_of(connection: &Connection) -> &Path {
    Path::new(connection.path().unwrap_or_default())
}

/// Faults of the copy and faults of the database have the same codes; the ones that only a writer can
/// have are the copy's.
fn told_apart(connection: &Connection, target: &Path, error: rusqlite::Error) -> BackupError {
    let reason = error.to_string();
    let path = target.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => BackupError::Full { path, reason },
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => {
            BackupError::Target { path, reason }
        }
        _ => BackupError::Database(StoreError::from(error).at(path_of(connection))),
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
        let copy = Connection::open_with_flags(part, flags)?;
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
