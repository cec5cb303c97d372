//! The score table of a watch.

use std::fmt;

use super::lists::{ListReference, WordLists, list_named};
use super::parser::parse_term;
use super::problem::{Problem, Severity};
use super::word::Term;

/// An entry of a watch's score table: a term or list and its weight.
///
/// It adds weight x min(count, 3) for the summary and text together, and twice that for the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreTerm {
    /// What is counted.
    pub counted: Counted,
    /// Points an occurrence; negative ones speak against the item.
    pub weight: i64,
}

/// What an entry of a score table counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A word, a wildcard, a stem, an exact word, or words taken as a phrase.
    Term(Term),
    /// Any word of a list.
    List(ListReference),
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(term) => write!(f, "{term}"),
            Self::List(list) => write!(f, "{list}"),
        }
    }
}

/// Occurrences that count, at most.
pub(super) const MOST_COUNTED: usize = 3;

/// Reads a key of a score table. Several words are a phrase, with or without quotes; it may be a word list, `@id`.
///
/// # Errors
/// What is wrong with the key, with its place in it.
pub fn parse_score_term_with(
    key: &str,
    weight: i64,
    lists: &WordLists,
) -> Result<ScoreTerm, Problem> {
    if let Some(counted) = list(key, lists)? {
        return Ok(ScoreTerm { counted, weight });
    }
    if let Some(start) = operator(key) {
        return Err(Problem {
            span: start..key.len(),
            severity: Severity::Error,
            message: "a score counts a term or a phrase, and this is part of a query".to_owned(),
            help: Some("give each term a line of its own".to_owned()),
        });
    }
    parse_term(key).map(|term| ScoreTerm {
        counted: Counted::Term(term),
        weight,
    })
}

/// A key that names a list, if it does.
fn list(key: &str, lists: &WordLists) -> Result<Option<Counted>, Problem> {
    let named = key.trim();
    let Some(name) = named.strip_prefix(['@', '＠']) else {
        return Ok(None);
    };
    let found = list_named(name, named.starts_with('＠'), lists.names());
    let reference = found.map(|_| lists.reference(name));
    reference
        .map(|reference| reference.map(Counted::List))
        .map_err(|(message, help)| {
            let problem = Problem::error(0..key.len(), message);
            match help {
                Some(help) => problem.help(help),
                None => problem,
            }
        })
}

/// Where a key begins to read like a query: an operator in capitals, or a field.
fn operator(key: &str) -> Option<usize> {
    if key.trim_start().starts_with('"') {
        return None;
    }
    let mut at = 0;
    for word in key.split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        let proximity = bare.starts_with("NEAR/") || bare.starts_with("PRE/");
        let field = bare.split_once(':').is_some_and(|(name, _)| {
            matches!(
                name,
                "title" | "summary" | "text" | "lead" | "author" | "category" | "site"
            )
        });
        if proximity || field || matches!(bare, "AND" | "OR" | "NOT") {
            return Some(at);
        }
        at += word.len();
    }
    None
}

/// The points of one entry.
pub(super) fn points(weight: i64, title: usize, body: usize) -> i64 {
    let counted = |count: usize| i64::try_from(count.min(MOST_COUNTED)).unwrap_or(i64::MAX);
    weight.saturating_mul(2 * counted(title) + counted(body))
}
