//! Matches that need words from below the top of an item: they weigh less.
//!
//! The top is title, summary, author, categories, and the first [`LONGEST_LEAD`](crate::core::document::LONGEST_LEAD)
//! characters of the text. What a report is about is said there; what stands only further down may be said in passing.

use std::fmt;

use super::evaluate::Evaluation;
use super::field::TextField;
use super::field_mask;
use super::occurrences::{Occurrence, Source, counted};
use super::program::{Node, NodeId};
use super::span::{MAX_SPANS, Span};
use super::syntax::{Expression, Kind};
use crate::core::document::Field;

/// Where a match stands that would be none by the top of the item alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyOnly {
    /// Paragraphs below the top in which the rarest of the words stand that it needs.
    pub paragraphs: usize,
    /// The first of them, counted from 1.
    pub first: usize,
}

impl BodyOnly {
    /// Paragraphs that make a match below the top as good as one in it.
    pub const STRONG: usize = 3;

    /// Whether it is said often enough to be what the item is about.
    pub fn is_strong(self) -> bool {
        self.paragraphs >= Self::STRONG
    }
}

impl fmt::Display for BodyOnly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.paragraphs {
            1 => write!(f, "in paragraph {} only", self.first),
            more => write!(
                f,
                "in {more} paragraphs, the first of them paragraph {}",
                self.first
            ),
        }
    }
}

/// Whether a query asks for the text of an item itself, so that it cannot hold by the top's other fields.
pub(super) fn asks_for_text(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Field(field, _) => *field == TextField::Text,
        Kind::And(of) => of.iter().any(asks_for_text),
        Kind::Or(of) | Kind::Min { of, .. } => of.iter().all(asks_for_text),
        Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. } => {
            asks_for_text(left) || asks_for_text(right)
        }
        Kind::AtLeast { of, .. } => asks_for_text(of),
        Kind::Not(_) | Kind::Term(_) | Kind::List(_) | Kind::Site(_) => false,
    }
}

/// In which paragraphs below the top a part stands; none where the top has what it needs.
type Paragraphs = Option<Vec<usize>>;

impl Evaluation<'_> {
    /// Whether a query that holds does so only by what stands below the top; `spans` is where it holds.
    pub(super) fn body_only(&self, root: NodeId, spans: &[Span]) -> Option<BodyOnly> {
        let is_below = |span: &Span| span.field == Field::Text && span.start >= self.top_end();
        // Those that are not shown stand below the others.
        if spans.len() < MAX_SPANS && !spans.iter().any(is_below) {
            return None;
        }
        let paragraphs = self.below(root)?;
        // Without an answer it counts in full: rather an alert too many than silence.
        let first = paragraphs
            .first()
            .filter(|_| !self.is_step_limit_reached())?;
        Some(BodyOnly {
            paragraphs: paragraphs.len(),
            first: first + 1,
        })
    }

    /// Of a part that holds.
    fn below(&self, node: NodeId) -> Paragraphs {
        match self.node(node) {
            Node::Site(_) | Node::Not { .. } => None,
            Node::Word { leaf, .. } | Node::Pattern { leaf, .. } | Node::Leaf { leaf, .. } => {
                self.source_below(Source::Term(leaf))
            }
            Node::List { list, mask, .. } => self.source_below(Source::List { list, mask }),
            Node::And { .. } => self
                .parts(node)
                .filter_map(|part| self.below(part))
                .min_by_key(Vec::len),
            Node::Or { .. } => self.any_below(node, 1),
            Node::Min { count, .. } => self.any_below(node, count as usize),
            Node::AtLeast { count, .. } => {
                let (top, below): (Vec<_>, Vec<_>) = self
                    .occurrences(node + 1)
                    .into_iter()
                    .partition(|one| self.is_top(one));
                (counted(top) < count as usize).then(|| self.paragraphs_of(&below))
            }
            Node::Near { .. } | Node::NotNear { .. } if self.is_in_lead(node) => None,
            Node::Near { .. } | Node::NotNear { .. } => {
                let sides = self.near(node);
                let below = sides.iter().filter(|side| !side.is_empty());
                below
                    .filter(|side| !side.iter().any(|one| self.is_top(one)))
                    .map(|side| self.paragraphs_of(side))
                    .min_by_key(Vec::len)
            }
        }
    }

    /// Of a part of which so many parts must hold.
    fn any_below(&self, node: NodeId, count: usize) -> Paragraphs {
        let (mut top, mut all) = (0, Vec::new());
        for part in self.parts(node) {
            if !self.holds(part) {
                continue;
            }
            match self.below(part) {
                Some(paragraphs) => all.extend(paragraphs),
                None => top += 1,
            }
            if top >= count {
                return None;
            }
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }

    fn source_below(&self, source: Source) -> Paragraphs {
        let mask = match source {
            Source::Term(leaf) => self.leaf(leaf)?.mask,
            Source::List { mask, .. } => mask,
        };
        if mask & field_mask::TEXT == 0 {
            return None;
        }
        let mut below = Vec::new();
        let mut top = false;
        self.each(source, &mut |one| {
            top = self.is_top(&one);
            below.push(one);
            !top
        });
        (!top).then(|| self.paragraphs_of(&below))
    }

    fn is_top(&self, one: &Occurrence) -> bool {
        self.index.part_of(one.start).field != Field::Text
            || (self.index.bytes_at(one.start).0 as usize) < self.top_end()
    }

    /// The numbers of the paragraphs in which occurrences begin, each once, in order.
    fn paragraphs_of(&self, occurrences: &[Occurrence]) -> Vec<usize> {
        let starts = self.paragraphs.get_or_init(|| self.document.paragraphs());
        let mut numbers: Vec<usize> = occurrences
            .iter()
            .map(|one| {
                let at = self.index.bytes_at(one.start).0 as usize;
                starts
                    .partition_point(|&start| start <= at)
                    .saturating_sub(1)
            })
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn top_end(&self) -> usize {
        *self.top.get_or_init(|| self.document.top_end())
    }
}
