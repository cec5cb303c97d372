//! What an expression is: an operand of NEAR, positive or negative, with a field inside.

use crate::core::watch::syntax::{Expression, Kind};

/// Terms, phrases, lists, fields around them, and OR-groups of all these.
pub(in crate::core::watch) fn is_operand(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Term(_) | Kind::List(_) => true,
        Kind::Field(_, of) => is_operand(of),
        Kind::Or(of) => of.iter().all(is_operand),
        _ => false,
    }
}

/// Cannot match without something that is there.
pub(super) fn is_positive(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Not(_) => false,
        Kind::And(of) => of.iter().any(is_positive),
        Kind::Or(of) => of.iter().all(is_positive),
        Kind::Field(_, of) => is_positive(of),
        _ => true,
    }
}

/// Says only what must not be there. NOT beside OR is told where it stands.
pub(super) fn is_negative(part: &Expression) -> bool {
    !is_positive(part) && !matches!(part.kind, Kind::Or(_))
}

/// Whether a field stands anywhere inside.
pub(super) fn has_field(expression: &Expression) -> bool {
    matches!(expression.kind, Kind::Field(..) | Kind::Site(_))
        || expression.parts().into_iter().any(has_field)
}
