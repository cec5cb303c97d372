//! Tells of files and folders that look as if they were read, and are not.

use std::collections::BTreeSet;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use super::directory::{Entry, FOLDERS, Folder, MAX_NAMES, WATCHES, WORDS, entries};
use super::toml_names::{
    begins_a_table, is_almost, is_text_or_toml, is_toml, looks_like_toml, meant_name,
};
use crate::config::problem::{Problem, Problems};

/// How deep folders are searched for watches that are not read.
const MAX_DEPTH: usize = 4;

/// Files of one folder that are named one by one.
const MOST_NAMED: usize = 20;

/// The files that are read beside the folders.
const OWN_FILES: [&str; 3] = ["newsvigil.toml", "feeds.toml", crate::config::places::FILE];

/// Tells of files beside `newsvigil.toml` that nobody reads, and of folders that were to be `watches` or `words`.
pub(super) fn tell_of_strays(problems: &mut Problems, folder: &Path) {
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
pub(super) fn tell_of_folder(
    problems: &mut Problems,
    parent: &Path,
    kind: &Folder,
    folder: &Entry,
) {
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
