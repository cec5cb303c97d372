//! Which files of the folder are read, and which only look as if they were.

mod directory;
mod toml_names;
mod unread;

use std::collections::BTreeSet;
use std::fs::{self, FileType};
use std::io;
use std::path::Path;

use self::directory::{Entry, Folder, WATCHES, WORDS, entries};
use self::toml_names::{begins_a_table, is_toml, looks_like_toml, meant_name};
use self::unread::{tell_of_folder, tell_of_strays};
use super::problem::{Problem, Problems};
use super::source::read_file;

/// Files in one folder.
const MAX_FILES: usize = 10_000;

/// Reads every watch file, in the order of their names, and tells of those that are not read.
pub(super) fn read_watches(problems: &mut Problems, folder: &Path) -> Vec<usize> {
    tell_of_strays(problems, folder);
    let watches = folder.join(WATCHES.name);
    match entries(&watches) {
        Ok(entries) => {
            let read = read_all(problems, &watches, &WATCHES, &entries);
            if read.as_ref().is_some_and(|(_, wanted)| *wanted == 0) {
                problems.push(Problem::about_path(
                    &watches,
                    "no watch file (*.toml), so nothing would be found",
                ));
            }
            read.map_or_else(Vec::new, |(sources, _)| sources)
        }
        Err(reason) => {
            problems.push(
                Problem::about_path(
                    &watches,
                    format!("cannot read the folder of watches: {reason}"),
                )
                .with_help("watches are files watches/*.toml of the configuration folder"),
            );
            Vec::new()
        }
    }
}

/// Reads every file of word lists, as [`read_watches`] does watches, and says whether all could be read. There
/// need be none, nor a folder.
pub(super) fn read_words(problems: &mut Problems, folder: &Path) -> (Vec<usize>, bool) {
    let words = folder.join(WORDS.name);
    match entries(&words) {
        Ok(entries) => {
            let read = read_all(problems, &words, &WORDS, &entries);
            read.map_or((Vec::new(), false), |(sources, wanted)| {
                let all = sources.len() == wanted;
                (sources, all)
            })
        }
        // A link that leads nowhere was to be a folder.
        Err(reason)
            if reason.kind() == io::ErrorKind::NotFound && words.symlink_metadata().is_err() =>
        {
            (Vec::new(), true)
        }
        Err(reason) => {
            problems.push(
                Problem::about_path(
                    &words,
                    format!("cannot read the folder of word lists: {reason}"),
                )
                .with_help("word lists are files words/*.toml of the configuration folder"),
            );
            (Vec::new(), false)
        }
    }
}

/// Reads the files of a folder: those that could be read, and how many there are to read. `None` when there
/// are too many.
fn read_all(
    problems: &mut Problems,
    path: &Path,
    kind: &Folder,
    entries: &[Entry],
) -> Option<(Vec<usize>, usize)> {
    let mut wanted = 0;
    let mut read: Vec<&Entry> = Vec::new();
    for entry in entries {
        match is_read(problems, kind, entry) {
            Reading::Yes => read.push(entry),
            Reading::No => {}
            Reading::Impossible => wanted += 1,
        }
    }
    wanted += read.len();
    if read.len() > MAX_FILES {
        problems.push(
            Problem::about_path(
                path,
                format!("holds more than {MAX_FILES} {} files", kind.one),
            )
            .with_help(format!(
                "put several {} into one file: each begins with {}",
                kind.many, kind.header
            )),
        );
        return None;
    }
    let names: BTreeSet<&str> = entries.iter().map(|entry| &*entry.name).collect();
    for entry in entries.iter().filter(|entry| !entry.is_hidden()) {
        if entry.is(FileType::is_dir) {
            tell_of_folder(problems, path, kind, entry);
        } else if entry.is(FileType::is_file)
            && !is_toml(&entry.name)
            && (looks_like_toml(&entry.name) || begins_a_table(&entry.path, &kind.signs()))
        {
            let folder = kind.name;
            problems.push(
                Problem::warning_about_path(
                    &entry.path,
                    "is not read, since its name does not end in .toml",
                )
                .with_help(match meant_name(&entry.name) {
                    Some(name) if names.contains(&*name) => {
                        format!("`{name}` is read; take this copy out of `{folder}`")
                    }
                    Some(name) => {
                        format!("rename it to `{name}`, or take it out of `{folder}`")
                    }
                    None => format!("give it a name in .toml, or take it out of `{folder}`"),
                }),
            );
        }
    }
    let sources = read
        .into_iter()
        .filter_map(|entry| read_file(problems, &entry.path))
        .collect();
    Some((sources, wanted))
}

/// What becomes of a name in a folder.
enum Reading {
    Yes,
    No,
    /// It is to be read, and cannot be.
    Impossible,
}

/// Whether a file of a folder is read. What has the name of such a file and is none is told; a file that
/// should be read and cannot be refuses the configuration, or what it holds would be silent.
fn is_read(problems: &mut Problems, kind: &Folder, entry: &Entry) -> Reading {
    let folder = kind.name;
    if !is_toml(&entry.name) {
        return Reading::No;
    }
    if entry.is_hidden() {
        let made_by_programs = entry.name.starts_with("._") || entry.name.starts_with(".#");
        if !made_by_programs && entry.is(FileType::is_file) {
            problems.push(
                Problem::warning_about_path(
                    &entry.path,
                    "is not read, since its name begins with a dot",
                )
                .with_help(format!(
                    "rename it to have it read, or take it out of `{folder}`"
                )),
            );
        }
        return Reading::No;
    }
    match &entry.metadata {
        Ok(metadata) if metadata.is_file() => Reading::Yes,
        // What is in a folder is told on its own.
        Ok(metadata) => {
            let what = if metadata.is_dir() {
                "is a folder"
            } else {
                "is not a regular file"
            };
            problems.push(
                Problem::warning_about_path(
                    &entry.path,
                    format!("{what}, so it is not read as a {}", kind.one),
                )
                .with_help(format!("take it out of `{folder}`")),
            );
            Reading::No
        }
        Err(reason) => {
            let message = match fs::read_link(&entry.path) {
                Ok(target) if reason.kind() == io::ErrorKind::NotFound => {
                    format!("is a link to {}, which is not there", target.display())
                }
                _ => format!("cannot be read: {reason}"),
            };
            problems.push(Problem::about_path(&entry.path, message).with_help(format!(
                "put the file there, or take the link out of `{folder}`"
            )));
            Reading::Impossible
        }
    }
}
