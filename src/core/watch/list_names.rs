//! The word lists that a query names.

use super::syntax::Query;

/// The ids of the lists that a query names, each once.
pub fn lists_of(_query: &Query) -> Vec<&str> {
    Vec::new()
}
