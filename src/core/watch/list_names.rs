//! The word lists that a query names.

use super::syntax::{Expression, Kind, Query};

/// The ids of the lists that a query names, in its order; some perhaps twice.
pub fn lists_of(query: &Query) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open: Vec<&Expression> = vec![&query.root];
    while let Some(expression) = open.pop() {
        if let Kind::List(list) = &expression.kind {
            found.push(list.id());
        }
        open.extend(expression.parts().into_iter().rev());
    }
    found
}
