//! What can go wrong with the database, in sentences that say what to do.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::ErrorCode;

/// An error of the store. Nothing was committed by the call that gave it, unless it is
/// [`StoreError::Io`], after which the outcome of a commit is unknown.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Written by a later version of the program.
    #[error(
        "{path} has schema version {found}, and this newsvigil knows up to {known}: \
         install the newer newsvigil again; the file was not touched"
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The last one known.
        known: i64,
    },
    /// Written by an earlier version, and opened for reading only.
    #[error(
        "{path} is of an earlier version: run `newsvigil once` or restart the service, which brings it up to date"
    )]
    Outdated {
        /// The database.
        path: PathBuf,
    },
    /// Not a database of newsvigil.
    #[error("{path} is not a newsvigil database; the file was not touched")]
    OtherApplication {
        /// The file.
        path: PathBuf,
    },
    /// Another process is writing.
    #[error(
        "the database {path} is locked by another process; nothing was stored, nothing is lost, try again"
    )]
    Locked {
        /// The database.
        path: PathBuf,
    },
    /// No room.
    #[error(
        "no room to write the database {path}: {reason}; nothing is lost, make room and try again"
    )]
    Full {
        /// The database.
        path: PathBuf,
        /// What the database says.
        reason: String,
    },
    /// The file may not be written.
    #[error("the database {path} cannot be written: {reason}")]
    ReadOnly {
        /// The database.
        path: PathBuf,
        /// What the database says.
        reason: String,
    },
    /// The file is damaged.
    #[error(
        "the database {path} is damaged ({reason}): stop newsvigil, keep a copy of the file, and restore a backup; \
         it was not overwritten"
    )]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What the database says.
        reason: String,
    },
    /// The file cannot be opened, or reading or writing failed.
    #[error("the database {path} cannot be read or written: {reason}")]
    Io {
        /// The database.
        path: PathBuf,
        /// What the database says.
        reason: String,
    },
    /// Somebody put another file in the place of the one that is open, or took it away.
    #[error(
        "the database {path} was replaced or removed while newsvigil was at work: nothing more is stored \
         until newsvigil is started again, which takes up the file that is there then; stop it first \
         when you go back to a backup"
    )]
    Replaced {
        /// The database.
        path: PathBuf,
    },
    /// A statement failed.
    #[error("database: {0}")]
    Statement(#[source] StatementError),
    /// A stored value cannot be understood.
    #[error("database: {0}")]
    Value(String),
    /// What was to be stored could not be made.
    #[error("{0}")]
    MailUncomposable(String),
    /// Reading took longer than it may, and was ended.
    #[error("this took longer than {} seconds and was ended: ask for less, such as a shorter time", time.as_secs())]
    TooLong {
        /// How long it may take.
        time: Duration,
    },
    /// The thread that owns the database has ended.
    #[error("the database thread has ended")]
    Stopped,
    /// Another newsvigil works with the same state folder.
    #[error("another newsvigil is at work with {path}: stop it first, or use another --state")]
    InUse {
        /// The state folder.
        path: PathBuf,
    },
    /// The state folder cannot be made or locked.
    #[error("the state folder {path} cannot be used: {reason}")]
    StateFolder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
}

/// What the database says of a statement that failed; other rooms only show it.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StatementError(pub(super) rusqlite::Error);

impl StoreError {
    /// The same error with the database's path, and with the kinds that a person can act on told
    /// apart.
    #[must_use]
    pub fn at(self, path: &Path) -> Self {
        let path = path.to_owned();
        match self {
            Self::Statement(error) => {
                let reason = error.to_string();
                match error.0.sqlite_error_code() {
                    Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                        Self::Locked { path }
                    }
                    Some(ErrorCode::DiskFull) => Self::Full { path, reason },
                    Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                        Self::ReadOnly { path, reason }
                    }
                    Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                        Self::Damaged { path, reason }
                    }
                    Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => {
                        Self::Io { path, reason }
                    }
                    _ => Self::Statement(error),
                }
            }
            Self::Newer { found, known, .. } => Self::Newer { path, found, known },
            Self::OtherApplication { .. } => Self::OtherApplication { path },
            other => other,
        }
    }

    /// Whether the fault is that of the database and not of one call: the others meet it as well.
    pub fn affects_all_calls(&self) -> bool {
        matches!(
            self,
            Self::Locked { .. }
                | Self::Full { .. }
                | Self::ReadOnly { .. }
                | Self::Damaged { .. }
                | Self::Io { .. }
                | Self::Replaced { .. }
        )
    }

    /// Whether trying again later may help (`EX_TEMPFAIL` of sysexits).
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Locked { .. }
                | Self::Full { .. }
                | Self::InUse { .. }
                | Self::Io { .. }
                | Self::ReadOnly { .. }
        )
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Statement(StatementError(error))
    }
}
