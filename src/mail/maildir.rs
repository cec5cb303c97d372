//! A Maildir: the transport that needs no server.
//!
//! A message is written to `tmp/`, synced, renamed into `new/`, and the folder is synced. Its file
//! name derives from the Message-ID, so a second delivery replaces the first instead of doubling it.
//! The crate maildir names each delivery by its time, and does not sync the folder.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::core::delivery::{Attempt, Outcome, Step};
use crate::fault;
use crate::file::{create_folders, recreate};

/// A folder with `tmp`, `new` and `cur` in it, made when first needed.
#[derive(Clone, Debug)]
pub struct Maildir {
    folder: PathBuf,
}

impl Maildir {
    /// Does not touch the disk yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Stores one message.
    pub async fn deliver(&self, message: &[u8], message_id: &str) -> Attempt {
        let (folder, message, name) =
            (self.folder.clone(), message.to_vec(), file_name(message_id));
        let stored = tokio::task::spawn_blocking(move || store(&folder, &message, &name)).await;
        let outcome = match stored {
            Ok(Ok(reply)) => Outcome::Delivered { reply },
            Ok(Err(error)) => failure(&self.folder, &error),
            Err(error) => Outcome::Failed {
                step: Step::Store,
                why: error.to_string(),
            },
        };
        let line = match &outcome {
            Outcome::Delivered { reply } => reply.clone(),
            Outcome::Failed { why, .. } | Outcome::Misconfigured { why, .. } => why.clone(),
            Outcome::Refused { .. } | Outcome::Unknown { .. } => String::new(),
        };
        Attempt {
            outcome,
            dialogue: vec![(Step::Store, line)],
        }
    }
}

/// A full disk passes by itself; a folder that may not be written does not.
fn failure(folder: &Path, error: &io::Error) -> Outcome {
    let why = format!("{}: {error}", folder.display());
    let step = Step::Store;
    match error.kind() {
        io::ErrorKind::PermissionDenied
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::ReadOnlyFilesystem => Outcome::Misconfigured { step, why },
        _ => Outcome::Failed { step, why },
    }
}

/// No slash, no colon, no leading dot; never longer than a file name may be.
fn file_name(message_id: &str) -> String {
    use std::fmt::Write as _;
    let mut name = String::from("newsvigil-");
    for byte in Sha256::digest(message_id.as_bytes()).iter().take(16) {
        // Writing to a String cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

fn store(folder: &Path, message: &[u8], name: &str) -> io::Result<String> {
    for part in ["tmp", "new", "cur"] {
        make_folder(&folder.join(part))?;
    }
    if let Some(read) = moved_by_reader(&folder.join("cur"), name)? {
        return Ok(format!("already in cur/{read}"));
    }
    let (tmp, new) = (folder.join("tmp").join(name), folder.join("new").join(name));
    let mut file = recreate(&tmp)?;
    file.write_all(message)?;
    file.sync_all()?;
    fault::point("maildir-written");
    fs::rename(&tmp, &new)?;
    fault::point("maildir-renamed");
    File::open(folder.join("new"))?.sync_all()?;
    fault::point("maildir-synced");
    Ok(format!("stored in new/{name}"))
}

/// Synced too: a message in a folder that a power cut takes away is lost.
fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    create_folders(path)?;
    let mut parent = path.parent();
    for _ in 0..2 {
        if let Some(folder) = parent.filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
            parent = folder.parent();
        }
    }
    Ok(())
}

/// A mail reader moves what it has seen to `cur/` and adds flags behind `:2,`.
fn moved_by_reader(cur: &Path, name: &str) -> io::Result<Option<String>> {
    for entry in fs::read_dir(cur)? {
        let found = entry?.file_name();
        let found = found.to_string_lossy();
        let rest = found.strip_prefix(name);
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':')) {
            return Ok(Some(found.into_owned()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
