//! The score table of a watch.

use super::parser::parse_term;
use super::problem::{Problem, Severity};
use super::syntax::Term;

/// An entry of a watch's score table: a term and its weight.
///
/// It adds weight x min(count, 3) for the summary and text together, and twice that for the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreTerm {
    /// What is counted: a word, a wildcard, a stem, an exact word, or words taken as a phrase.
    pub term: Term,
    /// Points an occurrence; negative ones speak against the item.
    pub weight: i64,
}

/// Occurrences that count, at most.
pub(super) const MOST_COUNTED: usize = 3;

/// Reads a key of a score table. Several words are a phrase, with or without quotes.
///
/// # Errors
/// What is wrong with the key, with its place in it.
pub fn parse_score_term(key: &str, weight: i64) -> Result<ScoreTerm, Problem> {
    if let Some(start) = operator(key) {
        return Err(Problem {
            span: start..key.len(),
            severity: Severity::Error,
            message: "a score counts a term or a phrase, and this is part of a query".to_owned(),
            help: Some("give each term a line of its own".to_owned()),
        });
    }
    parse_term(key).map(|term| ScoreTerm { term, weight })
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
