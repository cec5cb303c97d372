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
use crate::file::{create_anew, create_folders};

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

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
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
    let mut file = create_anew(&tmp)?;
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
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn files(folder: &Path) -> Vec<PathBuf> {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect()
    }

    #[tokio::test]
    async fn a_message_lies_in_new_readable_by_its_owner_alone() {
        let home = tempfile::tempdir().unwrap();
        let maildir = Maildir::new(home.path().join("state/mail"));
        let attempt = maildir.deliver(b"one\r\n", "<1@example.org>").await;
        assert!(
            matches!(attempt.outcome, Outcome::Delivered { .. }),
            "{attempt:?}"
        );
        let new = files(&maildir.folder().join("new"));
        assert_eq!(new.len(), 1);
        assert_eq!(fs::read(&new[0]).unwrap(), b"one\r\n");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&new[0]), 0o600);
        for part in ["", "tmp", "new", "cur"] {
            assert_eq!(mode(&maildir.folder().join(part)), 0o700, "{part}");
        }
        assert!(files(&maildir.folder().join("tmp")).is_empty());
    }

    #[tokio::test]
    async fn the_same_message_again_is_still_one_file_even_once_read() {
        let home = tempfile::tempdir().unwrap();
        let maildir = Maildir::new(home.path());
        for _ in 0..3 {
            maildir.deliver(b"one\r\n", "<1@example.org>").await;
        }
        maildir.deliver(b"two\r\n", "<2@example.org>").await;
        let new = files(&home.path().join("new"));
        assert_eq!(new.len(), 2);
        for path in new {
            let read = format!("{}:2,S", path.file_name().unwrap().to_string_lossy());
            fs::rename(&path, home.path().join("cur").join(read)).unwrap();
        }
        let attempt = maildir.deliver(b"one\r\n", "<1@example.org>").await;
        assert!(
            matches!(attempt.outcome, Outcome::Delivered { .. }),
            "{attempt:?}"
        );
        assert_eq!(
            (
                files(&home.path().join("new")).len(),
                files(&home.path().join("cur")).len()
            ),
            (0, 2)
        );
    }

    #[tokio::test]
    async fn a_message_half_written_before_a_crash_is_replaced() {
        let home = tempfile::tempdir().unwrap();
        let maildir = Maildir::new(home.path());
        maildir.deliver(b"x", "<0@example.org>").await;
        fs::write(
            home.path().join("tmp").join(file_name("<1@example.org>")),
            "half of a much longer message",
        )
        .unwrap();
        maildir.deliver(b"one\r\n", "<1@example.org>").await;
        let stored = home.path().join("new").join(file_name("<1@example.org>"));
        assert_eq!(fs::read(stored).unwrap(), b"one\r\n");
        assert!(files(&home.path().join("tmp")).is_empty());
    }

    #[tokio::test]
    async fn a_folder_that_is_a_file_is_a_fault_of_the_configuration() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("mail");
        fs::write(&path, "in the way").unwrap();
        let attempt = Maildir::new(&path)
            .deliver(b"one\r\n", "<1@example.org>")
            .await;
        assert!(
            matches!(
                attempt.outcome,
                Outcome::Misconfigured {
                    step: Step::Store,
                    ..
                }
            ),
            "{attempt:?}"
        );
    }

    #[test]
    fn a_message_id_cannot_name_a_path() {
        for id in [
            "../../etc/passwd",
            "<a/b:c@example.org>",
            "",
            "\0",
            &"x".repeat(10_000),
        ] {
            let name = file_name(id);
            assert!(
                name.len() < 60 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
                "{name}"
            );
        }
    }
}
