//! The score table of a watch.

use super::parser::parse_term;
use super::problem::Problem;
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
pub(super) const MOST_COUNTED: i64 = 3;

/// Reads a key of a score table. Several words are a phrase, with or without quotes.
///
/// # Errors
/// What is wrong with the key, with its place in it.
pub fn parse_score_term(key: &str, weight: i64) -> Result<ScoreTerm, Problem> {
    parse_term(key).map(|term| ScoreTerm { term, weight })
}

/// The points of one entry.
pub(super) fn points(weight: i64, title: usize, body: usize) -> i64 {
    let counted = |count: usize| i64::try_from(count).unwrap_or(i64::MAX).min(MOST_COUNTED);
    weight.saturating_mul(2 * counted(title) + counted(body))
}
