//! One newsvigil a state folder: two would send every mail twice.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::StoreError;
use crate::fault;
use crate::file::{create_folders, open_or_create};

/// Held while this process polls and sends; the system releases it when the process ends.
#[derive(Debug)]
pub struct StateLock {
    _file: File,
    folder: PathBuf,
}

/// A file that is there when the process ended by itself and could not say so in the database.
const STOPPED: &str = "stopped";

impl StateLock {
    /// Makes the state folder if it is missing, for its owner only, and takes it.
    pub fn take(folder: &Path) -> Result<Self, StoreError> {
        let unusable = |reason| StoreError::StateFolder {
            path: folder.to_owned(),
            reason,
        };
        create_folders(folder).map_err(unusable)?;
        let file = open_or_create(&folder.join("lock")).map_err(|reason| {
            unusable(if reason.kind() == io::ErrorKind::PermissionDenied {
                io::Error::other(format!(
                    "{reason}; it and all that is in it must belong to the user who runs newsvigil, which \
                     `chown -R --reference=FOLDER FOLDER` sets right where another made files in it"
                ))
            } else {
                reason
            })
        })?;
        match file.try_lock() {
            Ok(()) => {
                fault::point("state-folder-locked");
                Ok(Self {
                    _file: file,
                    folder: folder.to_owned(),
                })
            }
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse {
                path: folder.to_owned(),
            }),
            Err(TryLockError::Error(reason)) => Err(unusable(reason)),
        }
    }

    /// Notes beside the database that this process ends by itself: what it leaves marked as under way was
    /// not cut off by a kill.
    pub fn note_stop(&self) {
        // Where that fails as well, feeds are suspected that have done nothing, and cleared when polled.
        let _ = open_or_create(&self.folder.join(STOPPED));
    }

    /// Whether the process before this one [noted](Self::note_stop) that it ended by itself.
    pub fn stop_is_noted(&self) -> bool {
        self.folder.join(STOPPED).exists()
    }

    /// Removes that note.
    pub fn forget_stop(&self) {
        let _ = fs::remove_file(self.folder.join(STOPPED));
    }
}
