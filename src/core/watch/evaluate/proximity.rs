//! NEAR, PRE and NOT NEAR: which occurrences of one operand stand close to one of the other.

use super::context::{Evaluation, MemoizedResult};
use super::galloping_search::{ProximityCursor, Side};
use super::term_positions::first_into;
use crate::core::watch::field_mask;
use crate::core::watch::occurrences::{Occurrence, Source};
use crate::core::watch::program::{Node, NodeId};
use crate::core::watch::syntax::Order;

/// Which operand is looked at; the other is looked for beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ScanDirection {
    FromLeft,
    FromRight,
}

/// An operand beside which the other is looked for.
struct Neighbour<'a> {
    /// The NEAR, PRE or NOT NEAR of both.
    node: NodeId,
    side: Side<'a>,
    looking: ScanDirection,
}

impl<'a> Evaluation<'a> {
    pub(super) fn has_proximity(&self, node: NodeId) -> bool {
        let (Node::Near { shared, .. } | Node::NotNear { shared, .. }) = self.node(node) else {
            return false;
        };
        let Some(place) = self.remembered.parts.get(shared as usize) else {
            return self.comes_close(node);
        };
        let said = place.get();
        if said.round == self.remembered.round {
            return self.step(said.steps as usize) && said.holds;
        }
        let before = self.steps.get();
        let holds = self.comes_close(node);
        // What was not found out for want of steps is not known.
        if let (false, Ok(steps)) = (
            self.is_step_limit_reached(),
            (before - self.steps.get()).try_into(),
        ) {
            place.set(MemoizedResult {
                round: self.remembered.round,
                steps,
                holds,
            });
        }
        holds
    }

    fn comes_close(&self, node: NodeId) -> bool {
        let (left, right) = self.program.sides(node);
        let right = self.neighbour(node, right, ScanDirection::FromLeft);
        // What is near to another has that one near to it: one direction is enough.
        !self.terms(left, &mut |source| {
            let mut any = false;
            self.each_near(source, &right, &mut |_| {
                any = true;
                false
            });
            !any
        })
    }

    /// What NEAR, PRE or NOT NEAR finds of its left side, and of its right one.
    pub(in crate::core::watch) fn near(&self, node: NodeId) -> [Vec<Occurrence>; 2] {
        let (left, right) = self.program.sides(node);
        let of_left = self.all_near(left, &self.neighbour(node, right, ScanDirection::FromLeft));
        let of_right = if matches!(self.node(node), Node::Near { .. }) {
            self.all_near(right, &self.neighbour(node, left, ScanDirection::FromRight))
        } else {
            Vec::new()
        };
        [of_left, of_right]
    }

    /// What NEAR, PRE or NOT NEAR finds of the terms of `side`.
    fn all_near(&self, side: NodeId, other: &Neighbour<'_>) -> Vec<Occurrence> {
        let mut found = Vec::new();
        self.terms(side, &mut |source| {
            self.each_near(source, other, &mut first_into(&mut found));
            true
        });
        found
    }

    /// An operand of NEAR, PRE or NOT NEAR as what the other one is compared with.
    fn neighbour(&self, node: NodeId, operand: NodeId, looking: ScanDirection) -> Neighbour<'a> {
        Neighbour {
            node,
            side: self.side(operand, self.is_in_lead(node)),
            looking,
        }
    }

    /// Whether the distances of a node are those in the lead.
    pub(in crate::core::watch) fn is_in_lead(&self, node: NodeId) -> bool {
        match self.node(node) {
            Node::Near { lead, .. } | Node::NotNear { lead, .. } => lead,
            _ => false,
        }
    }

    /// A position as distances count it.
    pub(in crate::core::watch) fn measured(&self, at: u32, lead: bool) -> u32 {
        if lead { self.index.lead_at(at) } else { at }
    }

    /// Where an operand occurs, as distances count it. Many terms at one place are one.
    #[expect(
        clippy::stable_sort_primitive,
        reason = "the places of each term are in order already, and only this sort takes advantage of it"
    )]
    fn side(&self, node: NodeId, lead: bool) -> Side<'a> {
        if let Node::List { list, mask, .. } = self.node(node)
            && mask == field_mask::PLAIN
            && self.index.plain
            && !lead
        {
            let (starts, ends) = self.hits.listed.ends_of(list);
            self.step(starts.len());
            return Side {
                starts: starts.into(),
                ends: ends.into(),
            };
        }
        let mut places: Vec<(u32, u32)> = Vec::new();
        let mut tidy = 0;
        self.terms(node, &mut |source| {
            self.each(source, &mut |occurrence| {
                let at = |at| self.measured(at, lead);
                places.push((at(occurrence.start), at(occurrence.end)));
                true
            });
            if places.len() > 2 * tidy + 4096 {
                places.sort();
                places.dedup();
                tidy = places.len();
            }
            true
        });
        places.sort();
        places.dedup();
        let mut ends: Vec<u32> = places.iter().map(|place| place.1).collect();
        ends.sort();
        Side {
            starts: places.into_iter().map(|place| place.0).collect(),
            ends: ends.into(),
        }
    }

    /// Gives the occurrences of a term or list that NEAR, PRE or NOT NEAR finds beside `other`, until `found`
    /// says no.
    fn each_near(
        &self,
        source: Source,
        other: &Neighbour<'_>,
        found: &mut impl FnMut(Occurrence) -> bool,
    ) {
        let looking = other.looking;
        let lead = self.is_in_lead(other.node);
        let node = self.node(other.node);
        let mut other = ProximityCursor::new(&other.side);
        let anew = self.index.has_joined_words();
        let mut last = 0;
        self.each(source, &mut |one| {
            let (start, end) = (self.measured(one.start, lead), self.measured(one.end, lead));
            // A joined word may end behind the next that is found, and a phrase of a list too.
            if anew || end < last {
                other.start_again();
            }
            last = end;
            let fits = match node {
                Node::Near {
                    distance, order, ..
                } => {
                    let either = order == Order::Either;
                    ((either || looking == ScanDirection::FromLeft)
                        && other.starts_after(end, distance))
                        || ((either || looking == ScanDirection::FromRight)
                            && other.ends_before(start, distance))
                }
                Node::NotNear { distance, .. } => !other.touches(start, end, distance),
                _ => false,
            };
            !fits || found(one)
        });
    }
}
