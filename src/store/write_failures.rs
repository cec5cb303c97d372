//! What the service cannot do with its database just now, for `status` in another process.
//!
//! It stands in a file of a fixed size beside the database, which is written over where it lies: that
//! works on a full disk, too.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::SystemTime;

use jiff::Timestamp;

use crate::file::open_or_create;

/// Bytes of the file; words beyond are cut.
const SIZE: usize = 1024;
const FILE_NAME: &str = "trouble";

/// Trouble with the database that lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteFailure {
    /// Since when, where that is known.
    pub since: Option<Timestamp>,
    /// What is wrong, in a sentence that reads alone.
    pub reason: String,
}

/// Where the owner of the database notes its trouble.
#[derive(Debug)]
pub(super) struct WriteFailureFile {
    /// Without one, the trouble is only logged.
    file: Option<File>,
    lasting: Option<OngoingWriteFailure>,
}

#[derive(Debug)]
struct OngoingWriteFailure {
    reason: String,
    /// When it began, whatever the reason was then.
    since: SystemTime,
}

impl WriteFailureFile {
    /// Makes the file, blank.
    pub(super) fn open(folder: &Path) -> Self {
        let file = open_or_create(&folder.join(FILE_NAME));
        let mut trouble = Self {
            file: file.ok(),
            lasting: None,
        };
        trouble.write("");
        trouble
    }

    pub(super) fn lasts(&self) -> bool {
        self.lasting.is_some()
    }

    /// Notes what is wrong. Gives whether that is news.
    pub(super) fn begin(&mut self, reason: &str) -> bool {
        let since = match &self.lasting {
            Some(lasting) if lasting.reason == reason => return false,
            Some(lasting) => lasting.since,
            None => SystemTime::now(),
        };
        self.write(reason);
        if let Some(file) = &self.file {
            // Without it, the trouble seems younger than it is.
            let _ = file.set_modified(since);
        }
        self.lasting = Some(OngoingWriteFailure {
            reason: reason.to_owned(),
            since,
        });
        true
    }

    /// Notes that it is over.
    pub(super) fn end(&mut self) {
        self.lasting = None;
        self.write("");
    }

    fn write(&mut self, words: &str) {
        let mut bytes = words.replace('\n', " ").into_bytes();
        bytes.resize(SIZE, b'\n');
        if let Some(file) = &self.file {
            // On a disk that takes nothing at all, the log has it all the same.
            let _ = file.write_all_at(&bytes, 0);
        }
    }
}

/// Notes why the service could not even start, until it is started again.
pub fn note(folder: &Path, reason: &str) {
    WriteFailureFile::open(folder).begin(reason);
}

/// The trouble that the service last had with the database of this folder, if it lasts.
pub fn read(folder: &Path) -> Option<WriteFailure> {
    let path = folder.join(FILE_NAME);
    let bytes = std::fs::read(&path).unwrap_or_default();
    let reason = String::from_utf8_lossy(&bytes).trim().to_owned();
    if !reason.is_empty() {
        let changed = std::fs::metadata(&path).and_then(|metadata| metadata.modified());
        return Some(WriteFailure {
            since: changed.ok().and_then(|time| Timestamp::try_from(time).ok()),
            reason,
        });
    }
    // Nothing can be noted where nothing can be written.
    let opened = OpenOptions::new().write(true).open(&path);
    opened
        .is_err_and(|reason| reason.kind() == io::ErrorKind::ReadOnlyFilesystem)
        .then(|| WriteFailure {
            since: None,
            reason: format!(
                "{} is on a file system that is mounted read-only; nothing can be stored",
                folder.display()
            ),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_told_while_it_lasts_and_never_grows_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut trouble = WriteFailureFile::open(folder.path());
        let size = || {
            std::fs::metadata(folder.path().join(FILE_NAME))
                .unwrap()
                .len()
        };
        assert_eq!((read(folder.path()), size()), (None, SIZE as u64));
        assert!(trouble.begin("no room\nanywhere"));
        assert!(!trouble.begin("no room\nanywhere"), "it is told once");
        let told = read(folder.path()).unwrap();
        assert_eq!(told.reason, "no room anywhere");
        assert!(told.since.is_some());
        assert!(trouble.begin(&"x".repeat(5000)));
        assert_eq!(
            read(folder.path()).unwrap().since,
            told.since,
            "it lasts since then"
        );
        assert_eq!(read(folder.path()).unwrap().reason.len(), SIZE);
        trouble.end();
        assert_eq!((read(folder.path()), size()), (None, SIZE as u64));
        assert!(trouble.begin("again"), "what comes back is news");
        drop(trouble);
        assert!(!WriteFailureFile::open(folder.path()).lasts());
        assert_eq!(read(folder.path()), None, "a new start begins without");
    }
}
