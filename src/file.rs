//! Opens files that somebody else names, and makes files in a folder that may be somebody else's.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, fchown};
use std::path::Path;

/// Opens a regular file for reading. Anything else is refused: a named pipe would wait for a writer, and
/// a device may never end. Opening it waits for nobody either, so that a file which is exchanged in
/// between cannot make it hang (`open(2)`, `O_NONBLOCK`).
///
/// # Errors
/// What the system says, or that it is no regular file.
pub(crate) fn open_regular(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY)
        .open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::other("not a regular file"))
    }
}

/// Makes a file for its owner only. What root makes in somebody else's folder is given to that one: a service
/// that has no rights of root must be able to use it.
///
/// # Errors
/// What the system says; that there is something of this name, be it a link.
pub(crate) fn create_new(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(path)?;
    if let Err(reason) = give_to_owner_of_folder(&file, path) {
        let _ = fs::remove_file(path);
        return Err(reason);
    }
    Ok(file)
}

/// Opens a file for writing, and [makes](create_new) it when it is missing. Links are not followed: whoever
/// owns the folder could lead root to a file of its own.
///
/// # Errors
/// What the system says.
pub(crate) fn open_or_create(path: &Path) -> io::Result<File> {
    match create_new(path) {
        Err(reason) if reason.kind() == io::ErrorKind::AlreadyExists => OpenOptions::new()
            .write(true)
            .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY)
            .open(path),
        made => made,
    }
}

/// [Makes](create_new) a file in the place of one that may have been left behind.
///
/// # Errors
/// What the system says.
pub(crate) fn recreate(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(reason) if reason.kind() != io::ErrorKind::NotFound => Err(reason),
        _ => create_new(path),
    }
}

/// Makes a folder and those above it that are missing, for their owner only, who is that of the first one that
/// was there, as with [files](create_new).
///
/// # Errors
/// What the system says.
pub(crate) fn create_folders(path: &Path) -> io::Result<()> {
    let make = || DirBuilder::new().mode(0o700).create(path);
    let made = match (make(), parent(path)) {
        (Err(reason), Some(parent)) if reason.kind() == io::ErrorKind::NotFound => {
            create_folders(parent)?;
            make()
        }
        (made, _) => made,
    };
    match made {
        Err(_) if path.is_dir() => return Ok(()),
        made => made?,
    }
    let folder = OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_DIRECTORY)
        .open(path)?;
    if let Err(reason) = give_to_owner_of_folder(&folder, path) {
        let _ = fs::remove_dir(path);
        return Err(reason);
    }
    Ok(())
}

fn parent(path: &Path) -> Option<&Path> {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
}

/// By what was opened, not by its name, which may lead elsewhere by now.
fn give_to_owner_of_folder(made: &File, path: &Path) -> io::Result<()> {
    /// A folder that many share, such as /tmp, gives its owner to nothing.
    const STICKY: u32 = 0o1000;
    let folder = parent(path).unwrap_or(Path::new("."));
    let above = fs::metadata(folder)?;
    if made.metadata()?.uid() != 0 || above.uid() == 0 || above.mode() & STICKY != 0 {
        return Ok(());
    }
    match fchown(made, Some(above.uid()), Some(above.gid())) {
        // An owner that is unknown in this user namespace cannot be the one who works here.
        Err(reason) if reason.kind() != io::ErrorKind::InvalidInput => {
            Err(io::Error::other(format!(
                "{} belongs to the user {}, to whom what root makes in it cannot be given ({reason}); run \
                 this as that user",
                folder.display(),
                above.uid()
            )))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
