//! `newsvigil backup`: a copy of the database, made while the service works.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::failure::{CANNOT_CREATE, Failure, IO_ERROR, TEMPORARY};
use super::options::Format;
use super::output;
use super::paths::Paths;
use crate::store::backup::{self, BackupError};

/// How to go back to a backup; shown by `backup --help`.
pub(super) const RESTORE: &str = "\
The file holds everything that newsvigil has stored: feeds, items, hits, and
the messages that wait or were sent. The configuration and the local mailbox
are not in it; copy those folders as they are.

To go back to a backup FILE, named with its whole path, with the state in
/var/lib/newsvigil:
  systemctl stop newsvigil
  cd /var/lib/newsvigil
  mkdir old
  mv newsvigil.db* old/
  cp FILE newsvigil.db
  chmod 600 newsvigil.db
  chown --reference=. newsvigil.db
  systemctl start newsvigil
All files of the old database are moved away together: its newsvigil.db-wal,
left behind, would spoil the copy. What was found and sent after the backup
was made is found and sent again, since the backup does not know of it. Items
that have left their feeds since then are not seen again.";

#[derive(Debug, Args)]
#[command(after_long_help = RESTORE)]
pub(super) struct Options {
    /// The file to write; it must not exist
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    format: Format,
}

#[derive(Serialize)]
struct Line {
    file: String,
    bytes: u64,
    feeds: u64,
    entries: u64,
    hits: u64,
    mails_waiting: u64,
    mails_sent: u64,
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        let code = match error {
            BackupError::Database(error) => return error.into(),
            BackupError::Full { .. } => TEMPORARY,
            BackupError::Exists { .. }
            | BackupError::Unfinished { .. }
            | BackupError::Target { .. } => CANNOT_CREATE,
            BackupError::Unsound { .. } | BackupError::Copy { .. } => IO_ERROR,
        };
        Self::new(code, error.to_string())
    }
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let contents = backup::write(&paths.require_database()?, &options.file)?;
    if options.format.json {
        let line = Line {
            file: options.file.to_string_lossy().into_owned(),
            bytes: contents.bytes,
            feeds: contents.feeds,
            entries: contents.entries,
            hits: contents.hits,
            mails_waiting: contents.mails_waiting,
            mails_sent: contents.mails_sent,
        };
        say!("{}", output::json(&line)?);
        return Ok(ExitCode::SUCCESS);
    }
    say!(
        "{}: {}, with {}, {}, {}, {} waiting and {} sent",
        options.file.display(),
        size(contents.bytes),
        output::count(contents.feeds, "feed"),
        output::count(contents.entries, "item"),
        output::count(contents.hits, "hit"),
        output::count(contents.mails_waiting, "message"),
        contents.mails_sent
    );
    say!("`newsvigil backup --help` says how to go back to it.");
    Ok(ExitCode::SUCCESS)
}

/// In the unit that is read most easily.
fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}
