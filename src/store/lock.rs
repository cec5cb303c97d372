//! One newsvigil a state folder: two would send every mail twice.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::StoreError;
use crate::fault;

/// Held while this process polls and sends; the system releases it when the process ends.
#[derive(Debug)]
pub struct StateLock {
    _file: File,
}

impl StateLock {
    /// Makes the state folder if it is missing, for its owner only, and takes it.
    pub fn take(folder: &Path) -> Result<Self, StoreError> {
        let unusable = |reason| StoreError::StateFolder {
            path: folder.to_owned(),
            reason,
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(unusable)?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(folder.join("lock"))
            .map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {
                fault::point("state-folder-locked");
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse {
                path: folder.to_owned(),
            }),
            Err(TryLockError::Error(reason)) => Err(unusable(reason)),
        }
    }
}
