//! What a revision of an item changed of weight: numbers, names, and whether something is so or not.
//!
//! Most corrections come without a word. Spelling, punctuation, order and sentences that were added or left out
//! are no change.

mod correction_notice;
mod excerpt;
mod hunk;
mod names;
mod negations;
mod numbers;
mod version;

use std::collections::HashSet;

use correction_notice::{SAYS, correction, said_so};
use excerpt::TEXT_BYTES;
use hunk::{Found, Hunk, hunks};
use version::Version;

pub use correction_notice::correction_notice;

/// Changes that are said; the rest is counted.
const SAID: usize = 3;

/// What a revision changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// One sentence without a full stop: `“12 killed” became “21 killed”; “in Lima” became “in Cusco”`.
    pub what: String,
    /// What was told was wrong: a name or a negation changed, a number fell, or the item says that it was corrected. A
    /// number that grew is news and no correction.
    pub correction: bool,
}

/// Changes with which another is compared, so that one that stands in two places is said once.
const COMPARED: usize = 24;

/// Whether such sentences say all of another.
pub fn is_said_by<'a>(what: &str, told: impl Iterator<Item = &'a str>) -> bool {
    let told: Vec<&str> = told.collect();
    let parts: Vec<Part<'_>> = (told.iter())
        .filter_map(|told| Part::of(told))
        .flatten()
        .collect();
    told.contains(&what)
        || Part::of(what).is_some_and(|what| {
            let is_said = |part: &Part<'_>| !matches!(part, Part::More(_)) && parts.contains(part);
            what.iter().all(is_said)
        })
}

/// A part of [`Change::what`], for those who say it in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words that stand in the place of others.
    Became {
        /// The words that are gone.
        before: &'a str,
        /// The words that came.
        after: &'a str,
    },
    /// The words by which it says that it was corrected.
    Says(&'a str),
    /// How many changes more there are.
    More(usize),
}

impl<'a> Part<'a> {
    /// The parts of such a sentence; `None` for any other.
    pub fn of(what: &'a str) -> Option<Vec<Self>> {
        // What is quoted holds none of these quotation marks: see `quoted`.
        let parts: Option<Vec<Self>> = (what.split_inclusive(BETWEEN))
            .map(|part| match part.strip_suffix(BETWEEN) {
                Some(quoted) => Self::quoted(quoted),
                None => Self::last(part),
            })
            .collect();
        parts.filter(|parts| !parts.is_empty())
    }

    fn last(part: &'a str) -> Option<Self> {
        let more = part
            .strip_prefix("and ")
            .and_then(|more| more.strip_suffix(" more"));
        match more {
            Some(more) => more.parse().ok().map(Self::More),
            None => Self::quoted(part.strip_suffix('”')?),
        }
    }

    fn quoted(part: &'a str) -> Option<Self> {
        if let Some(words) = part.strip_prefix(SAYS) {
            return Some(Self::Says(words.strip_prefix('“')?));
        }
        let (before, after) = part.strip_prefix('“')?.split_once(BECAME)?;
        Some(Self::Became { before, after })
    }
}

/// What stands between two changes, with the end of the first.
const BETWEEN: &str = "”; ";

/// What stands between the words that are gone and those that came.
const BECAME: &str = "” became “";

/// What changed between two versions of an item, each title and lead.
pub fn change(before: (&str, &str), after: (&str, &str)) -> Option<Change> {
    if before == after {
        return None;
    }
    let cut = |text: &'_ str| text.floor_char_boundary(TEXT_BYTES);
    let before = (&before.0[..cut(before.0)], &before.1[..cut(before.1)]);
    let after = (&after.0[..cut(after.0)], &after.1[..cut(after.1)]);
    let (old, new) = (Version::new(before), Version::new(after));
    let said = correction(after).filter(|_| correction(before).is_none());
    let pairs = old.pairs(&new).into_iter();
    let hunks: Vec<Hunk<'_>> = pairs
        .flat_map(|(earlier, later)| hunks(earlier, later))
        .collect();
    let denied: HashSet<&str> = hunks.iter().flat_map(Hunk::denied).collect();
    let mut found: Vec<Found<'_>> = (hunks.iter())
        .filter_map(|hunk| hunk.change(&old, &new, &denied))
        .collect();
    // As they stand there, where they weigh the same.
    found.sort_by_key(|found| std::cmp::Reverse(found.weight));
    let mut different: Vec<Found<'_>> = Vec::new();
    for change in found {
        if !(different.iter().take(COMPARED)).any(|other| other.says(&change)) {
            different.push(change);
        }
    }
    let mut parts: Vec<String> = different.iter().take(SAID).map(Found::said).collect();
    if let Some(more) = different.len().checked_sub(SAID).filter(|more| *more > 0) {
        parts.push(format!("and {more} more"));
    }
    if parts.is_empty() {
        parts.extend(said.map(said_so));
    }
    (!parts.is_empty()).then(|| Change {
        what: parts.join("; "),
        correction: said.is_some() || different.iter().any(Found::is_correction),
    })
}

#[cfg(test)]
mod tests;
