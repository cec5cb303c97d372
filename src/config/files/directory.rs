//! The folders whose files are all read, and what a folder holds.

use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Names that are looked at in one folder.
pub(super) const MAX_NAMES: usize = 100_000;

/// The folders whose files are all read.
pub(super) const FOLDERS: [&Folder; 2] = [&WATCHES, &WORDS];

/// A folder whose files are all read.
pub(super) struct Folder {
    /// Its name below the configuration folder.
    pub(super) name: &'static str,
    /// What a file of it holds one of.
    pub(super) one: &'static str,
    /// The same, of several.
    pub(super) many: &'static str,
    /// How each begins in its file.
    pub(super) header: &'static str,
}

pub(super) const WATCHES: Folder = Folder {
    name: "watches",
    one: "watch",
    many: "watches",
    header: "[[watch]]",
};

pub(super) const WORDS: Folder = Folder {
    name: "words",
    one: "word list",
    many: "word lists",
    header: "[[words]]",
};

impl Folder {
    /// What stands at the beginning of a line of a file that belongs there.
    pub(super) fn signs(&self) -> [String; 2] {
        let name = self.header.trim_matches(['[', ']']);
        [format!("[[{name}"), format!("[{name}.")]
    }
}

/// Something in a folder.
pub(super) struct Entry {
    pub(super) path: PathBuf,
    pub(super) name: String,
    /// What it is, or what its link leads to.
    pub(super) metadata: io::Result<Metadata>,
}

impl Entry {
    pub(super) fn is(&self, kind: fn(&FileType) -> bool) -> bool {
        self.metadata
            .as_ref()
            .is_ok_and(|metadata| kind(&metadata.file_type()))
    }

    /// Editors and systems make names that begin with a dot, and people do not look for watches there.
    pub(super) fn is_hidden(&self) -> bool {
        self.name.starts_with('.')
    }

    pub(super) fn is_link(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok_and(|metadata| metadata.is_symlink())
    }
}

/// What a folder holds, in the order of the names.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .take(MAX_NAMES + 1)
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    if paths.len() > MAX_NAMES {
        return Err(io::Error::other(format!(
            "it holds more than {MAX_NAMES} names"
        )));
    }
    paths.sort();
    let entry = |path: PathBuf| Entry {
        name: path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        metadata: fs::metadata(&path),
        path,
    };
    Ok(paths.into_iter().map(entry).collect())
}
