//! What `newsvigil.service` is given by systemd: its folders and its credentials (systemd.unit(5),
//! systemd.exec(5)). Commands by hand then work with the same.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::file::open_regular;

/// Its name.
pub(super) const NAME: &str = "newsvigil.service";

/// Where units lie, the first before the others (systemd.unit(5), "Unit File Load Path").
const UNIT_FOLDERS: [&str; 5] = [
    "etc/systemd/system",
    "run/systemd/system",
    "usr/local/lib/systemd/system",
    "usr/lib/systemd/system",
    "lib/systemd/system",
];

/// Where credentials lie that are named without a folder.
const STORES: [&str; 4] = [
    "etc/credstore",
    "run/credstore",
    "usr/local/lib/credstore",
    "usr/lib/credstore",
];
/// The same for those that are encrypted.
const ENCRYPTED_STORES: [&str; 4] = [
    "etc/credstore.encrypted",
    "run/credstore.encrypted",
    "usr/local/lib/credstore.encrypted",
    "usr/lib/credstore.encrypted",
];

/// No file of a unit is larger.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// The settings of the unit that say where things lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unit {
    /// The first of `StateDirectory=`, below `/var/lib`.
    pub(super) state_directory: Option<PathBuf>,
    /// `--config` and `--state` of `ExecStart=`.
    pub(super) config: Option<PathBuf>,
    pub(super) state: Option<PathBuf>,
    loaded: BTreeMap<String, (PathBuf, Form)>,
    set: BTreeMap<String, (String, Form)>,
    imported: Vec<(String, Form)>,
}

/// How a credential is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Encrypted,
}

/// Where a credential comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Credential {
    File(PathBuf),
    /// Only systemd can open it.
    Encrypted(PathBuf),
    /// In the unit itself.
    Value(String),
    /// In the unit itself, encrypted.
    EncryptedValue,
    /// The unit names a file, which is not there.
    Missing(PathBuf),
}

impl Unit {
    /// Reads the unit and its drop-ins; `None` where it is not installed. `root` is `/`.
    pub(super) fn read(root: &Path) -> io::Result<Option<Self>> {
        let folders = UNIT_FOLDERS.map(|folder| root.join(folder));
        let Some(file) = folders
            .iter()
            .map(|folder| folder.join(NAME))
            .find(|file| file.symlink_metadata().is_ok())
        else {
            return Ok(None);
        };
        let mut unit = Self::default();
        unit.take(&text_of(&file)?);
        for file in drop_ins(&folders) {
            unit.take(&text_of(&file)?);
        }
        Ok(Some(unit))
    }

    fn take(&mut self, text: &str) {
        let mut in_service = false;
        for line in logical_lines(text) {
            let line = line.trim();
            if line.starts_with('[') {
                in_service = line == "[Service]";
                continue;
            }
            let Some((key, value)) = line.split_once('=').filter(|_| in_service) else {
                continue;
            };
            self.set(key.trim(), value.trim());
        }
    }

    fn set(&mut self, key: &str, value: &str) {
        match key {
            "StateDirectory" => {
                let first = value.split_whitespace().next();
                // Behind a colon stands another name for it.
                self.state_directory = first
                    .map(|name| PathBuf::from(specified(name.split(':').next().unwrap_or(name))));
            }
            "ExecStart" => {
                let words: Vec<&str> = value.split_whitespace().collect();
                self.config = argument(&words, "--config");
                self.state = argument(&words, "--state");
            }
            "LoadCredential" | "LoadCredentialEncrypted" => {
                if value.is_empty() {
                    self.loaded.clear();
                    return;
                }
                let (name, path) = value.split_once(':').unwrap_or((value, value));
                let path = if path.is_empty() { name } else { path };
                let form = form_of(key);
                self.loaded
                    .insert(specified(name), (PathBuf::from(specified(path)), form));
            }
            "SetCredential" | "SetCredentialEncrypted" => {
                if value.is_empty() {
                    self.set.clear();
                } else if let Some((name, value)) = value.split_once(':') {
                    let form = form_of(key);
                    self.set.insert(specified(name), (unescaped(value), form));
                }
            }
            "ImportCredential" => {
                if value.is_empty() {
                    self.imported.clear();
                } else {
                    // Behind a colon stands a name to give it instead, which no setting of ours needs.
                    let pattern = value.split(':').next().unwrap_or(value);
                    self.imported.push((specified(pattern), Form::Plain));
                }
            }
            _ => {}
        }
    }

    /// Where the credential of this name comes from; `None` when the unit names none. What is loaded goes
    /// before what is imported, and that before what is set.
    pub(super) fn credential(&self, root: &Path, name: &str) -> Option<Credential> {
        if let Some((path, form)) = self.loaded.get(name) {
            let found = located(root, path, *form);
            let is_set = self.set.contains_key(name);
            if !(is_set && matches!(found, Credential::Missing(_))) {
                return Some(found);
            }
        }
        for (folder, (path, form)) in &self.loaded {
            // "ID_FILE" is the file FILE in the folder that was loaded as ID.
            let file = name
                .strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('_'));
            if let Some(file) = file
                && below(root, path).is_dir()
            {
                return Some(located(root, &path.join(file), *form));
            }
        }
        let imports = |(pattern, _): &&(String, Form)| match pattern.strip_suffix('*') {
            Some(begin) => name.starts_with(begin),
            None => pattern == name,
        };
        if self.imported.iter().any(|pattern| imports(&pattern)) {
            for form in [Form::Plain, Form::Encrypted] {
                let found = located(root, Path::new(name), form);
                if !matches!(found, Credential::Missing(_)) {
                    return Some(found);
                }
            }
        }
        self.set.get(name).map(|(value, form)| match form {
            Form::Plain => Credential::Value(value.clone()),
            Form::Encrypted => Credential::EncryptedValue,
        })
    }
}

fn form_of(key: &str) -> Form {
    if key.ends_with("Encrypted") {
        Form::Encrypted
    } else {
        Form::Plain
    }
}

fn below(root: &Path, path: &Path) -> PathBuf {
    root.join(path.strip_prefix("/").unwrap_or(path))
}

/// The file of a credential: at an absolute path, else in one of the stores.
fn located(root: &Path, path: &Path, form: Form) -> Credential {
    let candidates: Vec<PathBuf> = if path.is_absolute() {
        vec![below(root, path)]
    } else {
        let stores = match form {
            Form::Plain => STORES.iter().chain(&[][..]),
            Form::Encrypted => ENCRYPTED_STORES.iter().chain(&STORES[..]),
        };
        stores.map(|store| root.join(store).join(path)).collect()
    };
    // A file in a folder that may not be looked into may be there all the same.
    let there = |path: &&PathBuf| match path.metadata() {
        Ok(found) => found.is_file(),
        Err(reason) => reason.kind() == io::ErrorKind::PermissionDenied,
    };
    match (candidates.iter().find(there), form) {
        (Some(path), Form::Plain) => Credential::File(path.clone()),
        (Some(path), Form::Encrypted) => Credential::Encrypted(path.clone()),
        (None, _) => Credential::Missing(candidates.into_iter().next().unwrap_or_default()),
    }
}

fn text_of(file: &Path) -> io::Result<String> {
    // A unit that is masked is a link to /dev/null: it says nothing.
    if fs::canonicalize(file).is_ok_and(|target| target == Path::new("/dev/null")) {
        return Ok(String::new());
    }
    let in_file =
        |reason: io::Error| io::Error::new(reason.kind(), format!("{}: {reason}", file.display()));
    let mut text = Vec::new();
    open_regular(file)
        .and_then(|opened| opened.take(MAX_FILE_BYTES).read_to_end(&mut text))
        .map_err(in_file)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// The drop-ins in the order in which they are read. One hides those of the same name in folders behind.
fn drop_ins(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = BTreeMap::new();
    for kind in [format!("{NAME}.d"), "service.d".to_owned()] {
        for folder in folders {
            let Ok(entries) = fs::read_dir(folder.join(&kind)) else {
                continue;
            };
            for path in entries.flatten().map(|entry| entry.path()) {
                if path
                    .extension()
                    .is_some_and(|extension| extension == "conf")
                    && let Some(name) = path.file_name()
                {
                    found.entry(name.to_owned()).or_insert(path);
                }
            }
        }
    }
    found.into_values().collect()
}

/// Lines, with those put together that end in a backslash, and without comments.
fn logical_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut begun = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with(['#', ';']) {
            continue;
        }
        if let Some(begin) = line.strip_suffix('\\') {
            begun.push_str(begin);
            begun.push(' ');
        } else {
            begun.push_str(line);
            lines.push(std::mem::take(&mut begun));
        }
    }
    lines.push(begun);
    lines
}

/// The specifiers that mean the unit itself (systemd.unit(5), "Specifiers").
fn specified(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        match characters.next() {
            Some('%') | None => out.push('%'),
            Some('n') => out.push_str(NAME),
            Some('N' | 'p') => out.push_str(NAME.trim_end_matches(".service")),
            Some(other) => out.extend(['%', other]),
        }
    }
    out
}

/// The escapes that are usual in a value (systemd.syntax(7), "Quoting").
fn unescaped(text: &str) -> String {
    let text = specified(text);
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match characters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('s') => out.push(' '),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

fn argument(words: &[&str], name: &str) -> Option<PathBuf> {
    words.iter().enumerate().find_map(|(place, word)| {
        let value = match word.strip_prefix(name)? {
            "" => words.get(place + 1)?,
            rest => rest.strip_prefix('=')?,
        };
        Some(PathBuf::from(value.trim_matches(['"', '\''])))
    })
}

#[cfg(test)]
mod tests;
