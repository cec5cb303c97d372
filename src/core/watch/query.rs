//! A query that a researcher wrote: read, and looked over when it has no mistake.

use super::limits::MAX_QUERY;
use super::lint::lint;
use super::lists::WordLists;
use super::parser::read_with;
use super::problem::{Problem, Severity};
use super::syntax::Query;

/// Problems that are told, at most.
const MOST_PROBLEMS: usize = 100;

/// Reads a query.
///
/// There is a tree when no problem is an error. Problems are in the order of their places, the first
/// hundred of them.
pub fn parse(query: &str) -> (Option<Query>, Vec<Problem>) {
    parse_with(query, &WordLists::default())
}

/// Reads a query that may name word lists, as in `@police`; otherwise like [`parse`].
pub fn parse_with(query: &str, lists: &WordLists) -> (Option<Query>, Vec<Problem>) {
    let mut problems = Vec::new();
    if query.len() > MAX_QUERY {
        let message = format!(
            "the query has {} bytes, and {MAX_QUERY} are the most: make it several watches",
            query.len()
        );
        return (None, vec![Problem::error(0..query.len(), message)]);
    }
    let root = read_with(query, Some(lists), told, &mut problems);
    if let Some(root) = &root
        && problems.iter().all(|p| p.severity == Severity::Warning)
    {
        lint(query, root, &mut problems);
    }
    let sound = problems.iter().all(|p| p.severity == Severity::Warning);
    problems.sort_by_key(|p| (p.span.start, p.span.end));
    problems.dedup();
    problems.truncate(MOST_PROBLEMS);
    (root.filter(|_| sound).map(|root| Query { root }), problems)
}

/// What a query would be told by itself.
fn told(query: &str) -> Vec<Problem> {
    parse(query).1
}
