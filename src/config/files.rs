//! Which files of the folder are read, and which only look as if they were.

use std::collections::BTreeSet;
use std::fs::{self, FileType, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::problem::{Problem, Problems};
use super::read_file;
use crate::file::open_regular;

/// Watch files in the folder.
const MAX_WATCH_FILES: usize = 10_000;
/// Names that are looked at in one folder.
const MAX_NAMES: usize = 100_000;
/// How deep folders are searched for watches that are not read.
const MAX_DEPTH: usize = 4;
/// Files of one folder that are named one by one.
const MOST_NAMED: usize = 20;
/// Bytes in which a file that is a watch says so.
const LOOKED_AT: u64 = 64 << 10;
/// The folder that watches are read from.
const WATCHES: &str = "watches";
/// The files that are read beside it.
const OWN_FILES: [&str; 3] = ["newsvigil.toml", "feeds.toml", super::places::FILE];

/// Something in a folder.
struct Entry {
    path: PathBuf,
    name: String,
    /// What it is, or what its link leads to.
    metadata: io::Result<Metadata>,
}

impl Entry {
    fn is(&self, kind: fn(&FileType) -> bool) -> bool {
        self.metadata
            .as_ref()
            .is_ok_and(|metadata| kind(&metadata.file_type()))
    }

    /// Editors and systems make names that begin with a dot, and people do not look for watches there.
    fn is_hidden(&self) -> bool {
        self.name.starts_with('.')
    }

    fn is_link(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok_and(|metadata| metadata.is_symlink())
    }
}

/// What a folder holds, in the order of the names.
fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
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

/// Reads every watch file, in the order of their names, and tells of those that are not read.
pub(super) fn read_watches(problems: &mut Problems, folder: &Path) -> Vec<usize> {
    tell_of_strays(problems, folder);
    let watches = folder.join(WATCHES);
    let entries = match entries(&watches) {
        Ok(entries) => entries,
        Err(reason) => {
            problems.push(
                Problem::about_path(
                    &watches,
                    format!("cannot read the folder of watches: {reason}"),
                )
                .with_help("watches are files watches/*.toml of the configuration folder"),
            );
            return Vec::new();
        }
    };
    let read: Vec<&Entry> = entries
        .iter()
        .filter(|entry| is_read(problems, entry))
        .collect();
    if read.len() > MAX_WATCH_FILES {
        problems.push(
            Problem::about_path(
                &watches,
                format!("holds more than {MAX_WATCH_FILES} watch files"),
            )
            .with_help("put several watches into one file: each begins with [[watch]]"),
        );
        return Vec::new();
    }
    if read.is_empty() {
        problems.push(Problem::about_path(
            &watches,
            "no watch file (*.toml), so nothing would be found",
        ));
    }
    let names: BTreeSet<&str> = entries.iter().map(|entry| &*entry.name).collect();
    for entry in entries.iter().filter(|entry| !entry.is_hidden()) {
        if entry.is(FileType::is_dir) {
            tell_of_folder(problems, &watches, entry);
        } else if entry.is(FileType::is_file)
            && !is_toml(&entry.name)
            && (looks_like_toml(&entry.name) || begins_a_table(&entry.path, &["[[watch"]))
        {
            problems.push(
                Problem::warning_about_path(
                    &entry.path,
                    "is not read, since its name does not end in .toml",
                )
                .with_help(match meant_name(&entry.name) {
                    Some(name) if names.contains(&*name) => {
                        format!("`{name}` is read; take this copy out of `{WATCHES}`")
                    }
                    Some(name) => {
                        format!("rename it to `{name}`, or take it out of `{WATCHES}`")
                    }
                    None => format!("give it a name in .toml, or take it out of `{WATCHES}`"),
                }),
            );
        }
    }
    read.into_iter()
        .filter_map(|entry| read_file(problems, &entry.path))
        .collect()
}

/// Whether a file of the folder of watches is read. What has the name of a watch file and is none is told; a
/// file that should be read and cannot be refuses the configuration, or its watches would be silent.
fn is_read(problems: &mut Problems, entry: &Entry) -> bool {
    if !is_toml(&entry.name) {
        return false;
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
                    "rename it to have it read, or take it out of `{WATCHES}`"
                )),
            );
        }
        return false;
    }
    match &entry.metadata {
        Ok(metadata) if metadata.is_file() => true,
        // What is in a folder is told on its own.
        Ok(metadata) => {
            let kind = if metadata.is_dir() {
                "is a folder, so it is not read as a watch"
            } else {
                "is not a regular file, so it is not read as a watch"
            };
            problems.push(
                Problem::warning_about_path(&entry.path, kind)
                    .with_help(format!("take it out of `{WATCHES}`")),
            );
            false
        }
        Err(reason) => {
            let message = match fs::read_link(&entry.path) {
                Ok(target) if reason.kind() == io::ErrorKind::NotFound => {
                    format!("is a link to {}, which is not there", target.display())
                }
                _ => format!("cannot be read: {reason}"),
            };
            problems.push(Problem::about_path(&entry.path, message).with_help(format!(
                "put the file there, or take the link out of `{WATCHES}`"
            )));
            false
        }
    }
}

/// Tells of files beside `newsvigil.toml` that nobody reads, and of a folder that was to be `watches`.
fn tell_of_strays(problems: &mut Problems, folder: &Path) {
    let Ok(entries) = entries(folder) else {
        return;
    };
    let names: BTreeSet<&str> = entries.iter().map(|entry| &*entry.name).collect();
    if !OWN_FILES
        .iter()
        .chain(&[WATCHES])
        .any(|own| names.contains(own))
    {
        // Another folder was named, and that is told.
        return;
    }
    for entry in entries.iter().filter(|entry| !entry.is_hidden()) {
        let name = entry.name.as_str();
        if entry.is(FileType::is_dir) && name != WATCHES && is_almost(name, WATCHES) {
            tell_of_folder(problems, folder, entry);
        }
        if !entry.is(FileType::is_file) || OWN_FILES.contains(&name) {
            continue;
        }
        let meant = meant_name(name);
        let holds_watches =
            looks_like_toml(name) && begins_a_table(&entry.path, &["[[watch]]", "[watch."]);
        let own = OWN_FILES
            .into_iter()
            .find(|own| meant.as_deref() == Some(own) || is_almost(name, own));
        let help = match own {
            _ if holds_watches => {
                format!("watches belong into the folder `{WATCHES}`: move it there")
            }
            // Editors and packages keep copies of these beside them.
            Some(own) if names.contains(own) && !is_text_or_toml(name) => continue,
            Some(own) if names.contains(own) => {
                format!("`{own}` is read; what you changed here belongs there")
            }
            Some(own) => format!("rename it to `{own}`"),
            None if is_toml(name) => format!(
                "what is read here is `newsvigil.toml` and `feeds.toml`; watches belong into `{WATCHES}`"
            ),
            None => continue,
        };
        problems.push(Problem::warning_about_path(&entry.path, "is not read").with_help(help));
    }
}

/// Tells of the watch files in a folder that is not read.
fn tell_of_folder(problems: &mut Problems, parent: &Path, folder: &Entry) {
    if folder.is_link() && leads_back(parent, &folder.path) {
        return;
    }
    let mut found = Vec::new();
    collect_watch_files(&folder.path, MAX_DEPTH, &mut found);
    for path in found.iter().take(MOST_NAMED) {
        problems.push(
            Problem::warning_about_path(
                path,
                format!("is not read: watches are read from `{WATCHES}` itself, and from no other folder"),
            )
            .with_help(if parent.ends_with(WATCHES) {
                format!("move it up into `{WATCHES}`, or its folder out of there")
            } else {
                format!("move it into `{WATCHES}`")
            }),
        );
    }
    if let Some(more) = found.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        problems.push(Problem::warning_about_path(
            &folder.path,
            format!("holds {more} more files that are not read"),
        ));
    }
}

/// Whether a link leads to a folder that holds the one where it stands, or the other way round.
fn leads_back(from: &Path, link: &Path) -> bool {
    match (fs::canonicalize(from), fs::canonicalize(link)) {
        (Ok(from), Ok(to)) => from.starts_with(&to) || to.starts_with(&from),
        _ => true,
    }
}

/// Links below are not followed, so that none leads round in a circle.
fn collect_watch_files(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = entries(folder) else {
        return;
    };
    for entry in entries {
        if entry.is_hidden() || found.len() >= MAX_NAMES {
            continue;
        }
        if entry.is(FileType::is_dir) {
            if depth > 1 && !entry.is_link() {
                collect_watch_files(&entry.path, depth - 1, found);
            }
        } else if entry.is(FileType::is_file) && is_toml(&entry.name) {
            found.push(entry.path);
        }
    }
}

/// Other systems write the ending in capitals.
fn is_toml(name: &str) -> bool {
    ending(name).is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

fn is_text_or_toml(name: &str) -> bool {
    is_toml(name) || ending(name).is_some_and(|ending| ending.eq_ignore_ascii_case("txt"))
}

fn ending(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, ending)| ending)
}

/// `x.toml`, `x.toml.txt`, `x.toml~`, `x.tml`.
fn looks_like_toml(name: &str) -> bool {
    meant_name(name).is_some()
}

/// The name in `.toml` that a name was made of, or was to be.
fn meant_name(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if let Some(at) = lower.find(".toml").filter(|at| *at > 0) {
        let stem = name[..at].trim_start_matches('#');
        return Some(format!("{stem}.toml"));
    }
    let (stem, ending) = name.rsplit_once('.')?;
    let is_near = strsim::osa_distance(&ending.to_ascii_lowercase(), "toml") <= 1;
    (is_near && !stem.is_empty()).then(|| format!("{stem}.toml"))
}

/// Whether a name was to be another: in capitals, or with a letter or two wrong or missing.
fn is_almost(name: &str, meant: &str) -> bool {
    strsim::osa_distance(&name.to_lowercase(), meant) <= 2
}

/// Whether one of these stands at the beginning of a line.
fn begins_a_table(path: &Path, headers: &[&str]) -> bool {
    let mut bytes = Vec::new();
    let read = open_regular(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut bytes));
    read.is_ok()
        && String::from_utf8_lossy(&bytes)
            .lines()
            .map(str::trim_start)
            .any(|line| headers.iter().any(|header| line.starts_with(header)))
}
