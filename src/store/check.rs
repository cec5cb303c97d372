//! Whether a database is sound, before and beside the work with it.

use std::path::{Path, PathBuf};

use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;
use tokio::sync::oneshot;

use super::{Connection, StoreError, connect};

/// Looks through a database on a thread of its own, because that reads the whole file: a second for
/// each 80 MB on a slow disk. Nothing is written, and there need not be a file.
///
/// The receiver gives [`StoreError::Damaged`], or why it cannot be known.
pub fn begin(path: &Path) -> oneshot::Receiver<Result<(), StoreError>> {
    let (answer, result) = oneshot::channel();
    let path: PathBuf = path.to_owned();
    // If there can be no thread, the receiver is told that nobody will answer.
    let _ = std::thread::Builder::new()
        .name("check".to_owned())
        .spawn(move || {
            let checked = check(&path).map_err(|error| error.at(&path));
            // Whoever asked may have gone.
            let _ = answer.send(checked);
        });
    result
}

fn check(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return Ok(());
    }
    // Read-write, because reading in WAL mode takes part in the shared index; queries only.
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "query_only", true)?;
    connection
        .sqlite
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    match first_fault(&connection)? {
        None => Ok(()),
        Some(reason) => Err(StoreError::Damaged {
            path: path.to_owned(),
            reason,
        }),
    }
}

fn first_fault(connection: &Connection) -> Result<Option<String>, StoreError> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    // It may name several, a line each.
    let line = found.lines().find(|line| !line.starts_with("***"));
    Ok((found != "ok").then(|| line.unwrap_or(&found).to_owned()))
}
