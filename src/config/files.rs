//! Which files of the folder are read, and which only look as if they were.

use std::collections::BTreeSet;
use std::fs::{self, FileType, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::problem::{Problem, Problems};
use super::source::read_file;
use crate::file::open_regular;

/// Files in one folder.
const MAX_FILES: usize = 10_000;
/// Names that are looked at in one folder.
const MAX_NAMES: usize = 100_000;
/// How deep folders are searched for watches that are not read.
const MAX_DEPTH: usize = 4;
/// Files of one folder that are named one by one.
const MOST_NAMED: usize = 20;
/// Bytes in which a file says what it holds.
const LOOKED_AT: u64 = 64 << 10;
/// The files that are read beside the folders.
const OWN_FILES: [&str; 3] = ["newsvigil.toml", "feeds.toml", super::places::FILE];
/// The folders whose files are all read.
const FOLDERS: [&Folder; 2] = [&WATCHES, &WORDS];

/// A folder whose files are all read.
struct Folder {
    /// Its name below the configuration folder.
    name: &'static str,
    /// What a file of it holds one of.
    one: &'static str,
    /// The same, of several.
    many: &'static str,
    /// How each begins in its file.
    header: &'static str,
}

const WATCHES: Folder = Folder {
    name: "watches",
    one: "watch",
    many: "watches",
    header: "[[watch]]",
};

const WORDS: Folder = Folder {
    name: "words",
    one: "word list",
    many: "word lists",
    header: "[[words]]",
};

impl Folder {
    /// What stands at the beginning of a line of a file that belongs there.
    fn signs(&self) -> [String; 2] {
        let name = self.header.trim_matches(['[', ']']);
        [format!("[[{name}"), format!("[{name}.")]
    }
}

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

/// Tells of files beside `newsvigil.toml` that nobody reads, and of folders that were to be `watches` or `words`.
fn tell_of_strays(problems: &mut Problems, folder: &Path) {
    let Ok(entries) = entries(folder) else {
        return;
    };
    let names: BTreeSet<&str> = entries.iter().map(|entry| &*entry.name).collect();
    if !OWN_FILES
        .iter()
        .chain(&[WATCHES.name])
        .any(|own| names.contains(own))
    {
        // Another folder was named, and that is told.
        return;
    }
    for entry in entries.iter().filter(|entry| !entry.is_hidden()) {
        let name = entry.name.as_str();
        if entry.is(FileType::is_dir)
            && !FOLDERS.iter().any(|kind| name == kind.name)
            && let Some(kind) = FOLDERS.into_iter().find(|kind| is_almost(name, kind.name))
        {
            tell_of_folder(problems, folder, kind, entry);
        }
        if !entry.is(FileType::is_file) || OWN_FILES.contains(&name) {
            continue;
        }
        let meant = meant_name(name);
        let belongs = FOLDERS
            .into_iter()
            .find(|kind| looks_like_toml(name) && begins_a_table(&entry.path, &kind.signs()));
        let own = OWN_FILES
            .into_iter()
            .find(|own| meant.as_deref() == Some(own) || is_almost(name, own));
        let help = match own {
            _ if belongs.is_some() => {
                let kind = belongs.unwrap_or(&WATCHES);
                let (many, folder) = (kind.many, kind.name);
                format!("{many} belong into the folder `{folder}`: move it there")
            }
            // Editors and packages keep copies of these beside them.
            Some(own) if names.contains(own) && !is_text_or_toml(name) => continue,
            Some(own) if names.contains(own) => {
                format!("`{own}` is read; what you changed here belongs there")
            }
            Some(own) => format!("rename it to `{own}`"),
            None if is_toml(name) => {
                "what is read here is `newsvigil.toml` and `feeds.toml`; watches \
                                      belong into `watches`, word lists into `words`"
                    .to_owned()
            }
            None => continue,
        };
        problems.push(Problem::warning_about_path(&entry.path, "is not read").with_help(help));
    }
}

/// Tells of the files in a folder that is not read.
fn tell_of_folder(problems: &mut Problems, parent: &Path, kind: &Folder, folder: &Entry) {
    if folder.is_link() && leads_back(parent, &folder.path) {
        return;
    }
    let (many, own) = (kind.many, kind.name);
    let is_below = parent.ends_with(own);
    let mut found = Vec::new();
    collect_files(&folder.path, MAX_DEPTH, &mut found);
    // `works` is a folder of something else, unless there are word lists in it.
    if !is_below && kind.name == WORDS.name {
        found.retain(|path| begins_a_table(path, &kind.signs()));
    }
    for path in found.iter().take(MOST_NAMED) {
        problems.push(
            Problem::warning_about_path(
                path,
                format!(
                    "is not read: {many} are read from `{own}` itself, and from no other folder"
                ),
            )
            .with_help(if is_below {
                format!("move it up into `{own}`, or its folder out of there")
            } else {
                format!("move it into `{own}`")
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
fn collect_files(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = entries(folder) else {
        return;
    };
    for entry in entries {
        if entry.is_hidden() || found.len() >= MAX_NAMES {
            continue;
        }
        if entry.is(FileType::is_dir) {
            if depth > 1 && !entry.is_link() {
                collect_files(&entry.path, depth - 1, found);
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
fn begins_a_table(path: &Path, headers: &[String]) -> bool {
    let mut bytes = Vec::new();
    let read = open_regular(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut bytes));
    read.is_ok()
        && String::from_utf8_lossy(&bytes)
            .lines()
            .map(str::trim_start)
            .any(|line| {
                headers
                    .iter()
                    .any(|header| line.starts_with(header.as_str()))
            })
}
