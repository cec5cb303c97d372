//! The floors of the house: which room may know which.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms, and what must not stand in their files.
const FORBIDDEN: [(&str, &[&str]); 8] = [
    (
        "core",
        &[
            "tokio",
            "reqwest",
            "lettre",
            "tracing",
            "std::env",
            "std::fs",
            "std::net::Tcp",
            "Timestamp::now",
            "SystemTime::now",
            "Instant::now",
            "Zoned::now",
            "TimeZone::system",
            "fastrand",
            "crate::cli",
            "crate::config",
            "crate::daemon",
            "crate::export",
            "crate::fault",
            "crate::fetch",
            "crate::mail",
            "crate::matching",
            "crate::store",
            "crate::web",
        ],
    ),
    (
        "config",
        &[
            "crate::store",
            "crate::fetch",
            "crate::daemon",
            "crate::cli",
            "crate::matching",
            "crate::export",
            "crate::web",
            "reqwest",
            "tokio",
            "std::env",
        ],
    ),
    (
        "fetch",
        &[
            "crate::store",
            "crate::mail",
            "crate::daemon",
            "crate::cli",
            "crate::config",
            "crate::matching",
            "crate::export",
            "crate::web",
            "lettre",
            "std::env",
        ],
    ),
    (
        "store",
        &[
            "crate::fetch",
            "crate::mail",
            "crate::daemon",
            "crate::cli",
            "crate::config",
            "crate::matching",
            "crate::export",
            "crate::web",
            "reqwest",
            "lettre",
            "std::env",
        ],
    ),
    (
        "mail",
        &[
            "crate::fetch",
            "crate::store",
            "crate::daemon",
            "crate::cli",
            "crate::config",
            "crate::matching",
            "crate::export",
            "crate::web",
            "reqwest",
            "std::env",
        ],
    ),
    (
        "matching",
        &[
            "crate::fetch",
            "crate::mail",
            "crate::daemon",
            "crate::cli",
            "crate::export",
            "crate::web",
            "tokio",
            "reqwest",
            "lettre",
            "std::env",
            "Timestamp::now",
        ],
    ),
    (
        "export",
        &[
            "crate::fetch",
            "crate::mail",
            "crate::daemon",
            "crate::cli",
            "crate::config",
            "crate::matching",
            "crate::web",
            "tokio",
            "reqwest",
            "lettre",
            "std::env",
            "Timestamp::now",
        ],
    ),
    (
        "web",
        &[
            "crate::fetch",
            "crate::mail",
            "crate::daemon",
            "crate::cli",
            "reqwest",
            "lettre",
            "std::env",
            "std::fs",
            "Timestamp::now",
        ],
    ),
];

/// What only `store` says, so that another database could stand behind it.
const SQLITE: [&str; 6] = [
    "rusqlite",
    "query_row",
    "query_map",
    "prepare_cached",
    "execute_batch",
    "pragma_update",
];

/// The one file of a room that may know a word: a token comes over HTTPS.
const EXCEPTIONS: [(&str, &str); 2] = [
    ("src/mail/token/refresh.rs", "reqwest"),
    // A letter in French.
    ("src/core/story/recurring_headlines/lists.rs", "lettre"),
];

pub fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file: without comments, and without its tests, which may use more.
pub fn code(path: &Path) -> String {
    if path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().ends_with("tests.rs"))
        || path.components().any(|part| part.as_os_str() == "tests")
    {
        return String::new();
    }
    let text = fs::read_to_string(path).expect("a source");
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn contains_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !joins(before) && (word.ends_with("Tcp") || !joins(after))
    })
}

#[test]
fn no_room_imports_what_it_must_not_know() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (room, words) in FORBIDDEN {
        let mut files = Vec::new();
        sources(&root.join(room), &mut files);
        assert!(!files.is_empty(), "there is a room {room}");
        for file in files {
            let code = code(&file);
            for word in words {
                if EXCEPTIONS
                    .iter()
                    .any(|(path, known)| file.ends_with(path) && word == known)
                {
                    continue;
                }
                if contains_word(&code, word) {
                    wrong.push(format!("{} knows {word}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Lines of a file that are still one idea; of functions and their parameters, `.clippy.toml` says it.
const LINES_AT_MOST: usize = 450;

#[test]
fn no_file_is_longer_than_one_idea() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        sources(&root.join(folder), &mut files);
    }
    for file in files {
        let lines = fs::read_to_string(&file).expect("a source").lines().count();
        assert!(
            lines <= LINES_AT_MOST,
            "{} has {lines} lines",
            file.display()
        );
    }
}

#[test]
fn only_the_store_knows_sqlite() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.retain(|file| !file.starts_with(root.join("store")));
    for file in files {
        let code = code(&file);
        for word in SQLITE {
            let knows = contains_word(&code, word);
            assert!(!knows, "{} knows {word}", file.display());
        }
    }
}

#[test]
fn the_check_sees_an_import_where_there_is_one() {
    assert!(contains_word("use tokio::sync::mpsc;", "tokio"));
    assert!(contains_word(
        "let now = Timestamp::now();",
        "Timestamp::now"
    ));
    assert!(!contains_word("let tokio_like = 1;", "tokio"));
}

#[test]
fn only_the_daemon_and_the_store_spawn() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in [
        "cli", "core", "fetch", "mail", "config", "matching", "export", "web",
    ] {
        let mut files = Vec::new();
        sources(&root.join(room), &mut files);
        for file in files {
            let code = code(&file);
            assert!(!code.contains("tokio::spawn("), "{} spawns", file.display());
            assert!(
                !code.contains("thread::spawn("),
                "{} spawns",
                file.display()
            );
        }
    }
}
