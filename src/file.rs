//! Opens files that somebody else names.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_regular_file_is_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let socket = folder.path().join("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for path in [
            &pipe,
            &socket,
            &folder.path().to_owned(),
            &"/dev/zero".into(),
        ] {
            assert!(open_regular(path).is_err(), "{}", path.display());
        }
        let file = folder.path().join("file");
        std::fs::write(&file, "text").unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert_eq!(
            io::read_to_string(open_regular(&link).unwrap()).unwrap(),
            "text"
        );
    }
}
