//! How close the sides of NEAR or PRE came, and how often something occurs.

use crate::core::watch::evaluate::Evaluation;
use crate::core::watch::occurrences::{Occurrence, counted};
use crate::core::watch::program::{Node, NodeId};
use crate::core::watch::syntax::Order;

pub(super) fn occurrences_counted(evaluation: &Evaluation<'_>, node: NodeId) -> usize {
    let Node::AtLeast { .. } = evaluation.node(node) else {
        return 0;
    };
    counted(evaluation.occurrences(node + 1))
}

/// How close two sides came.
pub(super) enum Nearest {
    /// Words from one to the other.
    Apart(u32),
    /// For PRE: close enough, or closer, but the wrong one first.
    Reversed(u32),
    Overlapping,
}

pub(super) fn nearest(evaluation: &Evaluation<'_>, node: NodeId) -> Option<Nearest> {
    let Node::Near { order, .. } = evaluation.node(node) else {
        return None;
    };
    let (left, right) = evaluation.program.sides(node);
    let (lefts, rights) = (evaluation.occurrences(left), evaluation.occurrences(right));
    let lead = evaluation.is_in_lead(node);
    let forwards = closest(evaluation, &lefts, &rights, lead);
    let backwards = closest(evaluation, &rights, &lefts, lead);
    match (order, forwards, backwards) {
        (Order::Either, Some(a), Some(b)) => Some(Nearest::Apart(a.min(b))),
        (Order::InOrder, Some(a), Some(b)) if b < a => Some(Nearest::Reversed(b)),
        (_, Some(a), _) | (Order::Either, None, Some(a)) => Some(Nearest::Apart(a)),
        (Order::InOrder, None, Some(b)) => Some(Nearest::Reversed(b)),
        (_, None, None) => {
            let overlap = lefts.iter().any(|left| {
                rights
                    .iter()
                    .take(1_000)
                    .any(|right| left.start <= right.end && right.start <= left.end)
            });
            overlap.then_some(Nearest::Overlapping)
        }
    }
}

/// The least distance from the end of one of `first` to the start of one of `second` behind it in the
/// same field.
fn closest(
    evaluation: &Evaluation<'_>,
    first: &[Occurrence],
    second: &[Occurrence],
    lead: bool,
) -> Option<u32> {
    let mut least: Option<u32> = None;
    for one in first {
        let next = second.partition_point(|other| other.start <= one.end);
        let Some(other) = second.get(next) else {
            continue;
        };
        let part = |at: u32| evaluation.index.part_of(at).field;
        if lead || part(one.end) == part(other.start) {
            let at = |at| evaluation.measured(at, lead);
            let distance = at(other.start) - at(one.end);
            least = Some(least.map_or(distance, |least| least.min(distance)));
        }
    }
    least
}
