//! Whether a file is TOML, or was to be, by its name and its first lines.

use std::io::Read as _;
use std::path::Path;

use crate::file::open_regular;

/// Bytes in which a file says what it holds.
const LOOKED_AT: u64 = 64 << 10;

/// Other systems write the ending in capitals.
pub(super) fn is_toml(name: &str) -> bool {
    ending(name).is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

pub(super) fn is_text_or_toml(name: &str) -> bool {
    is_toml(name) || ending(name).is_some_and(|ending| ending.eq_ignore_ascii_case("txt"))
}

fn ending(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, ending)| ending)
}

/// `x.toml`, `x.toml.txt`, `x.toml~`, `x.tml`.
pub(super) fn looks_like_toml(name: &str) -> bool {
    meant_name(name).is_some()
}

/// The name in `.toml` that a name was made of, or was to be.
pub(super) fn meant_name(name: &str) -> Option<String> {
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
pub(super) fn is_almost(name: &str, meant: &str) -> bool {
    strsim::osa_distance(&name.to_lowercase(), meant) <= 2
}

/// Whether one of these stands at the beginning of a line.
pub(super) fn begins_a_table(path: &Path, headers: &[String]) -> bool {
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
