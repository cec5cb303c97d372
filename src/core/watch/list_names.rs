//! The word lists that a query names.

use super::syntax::{Expression, Kind, Query};

/// The ids of the lists that a query names, in its order; some perhaps twice.
pub fn lists_of(query: &Query) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open: Vec<&Expression> = vec![&query.root];
    while let Some(expression) = open.pop() {
        match &expression.kind {
            Kind::List(list) => found.push(list.id()),
            Kind::Term(_) | Kind::Site(_) => {}
            Kind::Field(_, of) | Kind::Not(of) | Kind::AtLeast { of, .. } => open.push(of),
            Kind::And(of) | Kind::Or(of) | Kind::Min { of, .. } => open.extend(of.iter().rev()),
            Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. } => {
                open.extend([&**right, &**left]);
            }
        }
    }
    found
}
