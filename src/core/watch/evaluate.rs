//! Runs a compiled watch over an indexed document.
//!
//! Two questions are asked of a node: whether it holds, and where it occurs; the second is asked only where NEAR, PRE,
//! a count or a reader needs places. Either takes from the steps that a document may cost.

mod context;
mod galloping_search;
mod proximity;
mod term_positions;

pub(super) use context::{Evaluation, Remembered};

use super::occurrences::{Occurrence, Source, counted};
use super::program::{Node, NodeId};
use super::signature::{list_bit, pattern_bit, word_bit};
use term_positions::first_into;

impl Evaluation<'_> {
    /// Whether a node holds.
    pub(super) fn holds(&self, node: NodeId) -> bool {
        if !self.step(1) {
            return false;
        }
        match self.node(node) {
            Node::Word { hash, mask, .. } => self.has_word(hash.get(), mask),
            Node::Pattern { number, mask, .. } => self.has_pattern(number, mask),
            Node::Leaf { leaf, bits } => {
                self.hits.signature.has_all(bits) && self.occurs(Source::Term(leaf))
            }
            Node::List { list, place, mask } => self.has_list(list, place, mask),
            Node::Site(site) => self.on_site(site),
            Node::And { .. } => self.parts(node).all(|part| self.holds(part)),
            Node::Or { .. } => self.parts(node).any(|part| self.holds(part)),
            Node::Not { .. } => !self.parts(node).any(|part| self.holds(part)),
            Node::Near { .. } => {
                let (left, right) = self.program.sides(node);
                self.holds(left) && self.holds(right) && self.has_proximity(node)
            }
            Node::NotNear { .. } => {
                self.holds(self.program.sides(node).0) && self.has_proximity(node)
            }
            Node::AtLeast { count, .. } => {
                let of = node + 1;
                self.holds(of) && self.occurs_often(of, count as usize)
            }
            Node::Min { count, .. } => {
                let wanted = count as usize;
                let parts = self.parts(node);
                parts.filter(|&part| self.holds(part)).take(wanted).count() == wanted
            }
        }
    }

    /// The occurrences that make a node hold, for one that does: of each term the first
    /// [`MAX_SPANS`](super::span::MAX_SPANS), for no more are shown.
    pub(super) fn contributions(&self, node: NodeId, out: &mut Vec<Occurrence>) {
        match self.node(node) {
            Node::Word { hash, leaf, .. } => {
                if self.hits.signature.has(word_bit(hash.get())) {
                    self.each(Source::Term(leaf), &mut first_into(out));
                }
            }
            Node::Pattern { number, leaf, .. } => {
                if self.hits.signature.has(pattern_bit(number)) {
                    self.each(Source::Term(leaf), &mut first_into(out));
                }
            }
            Node::Leaf { leaf, bits } => {
                if self.hits.signature.has_all(bits) {
                    self.each(Source::Term(leaf), &mut first_into(out));
                }
            }
            Node::List { list, mask, .. } => {
                self.each(Source::List { list, mask }, &mut first_into(out));
            }
            Node::Site(_) | Node::Not { .. } => {}
            Node::And { .. } => {
                for part in self.parts(node) {
                    self.contributions(part, out);
                }
            }
            Node::Or { .. } | Node::Min { .. } => {
                for part in self.parts(node) {
                    if self.node(part).is_leaf() || self.holds(part) {
                        self.contributions(part, out);
                    }
                }
            }
            Node::AtLeast { .. } => self.contributions(node + 1, out),
            Node::Near { .. } | Node::NotNear { .. } => {
                self.near(node)
                    .into_iter()
                    .for_each(|side| out.extend(side));
            }
        }
    }

    fn on_site(&self, site: u32) -> bool {
        let domain = self.program.sites.get(site as usize);
        match (self.host, domain) {
            (Some(host), Some(domain)) => {
                let front = host.strip_suffix(domain.as_str());
                front.is_some_and(|front| front.is_empty() || front.ends_with('.'))
            }
            _ => false,
        }
    }

    fn has_word(&self, hash: u64, mask: u8) -> bool {
        // Most words are not there, and the signature says so sooner than the index.
        let signed = self.hits.signature.has(word_bit(hash));
        let found = signed.then(|| self.index.find(hash)).flatten();
        found.is_some_and(|word| self.index.entries()[word as usize].mask & mask != 0)
    }

    fn has_pattern(&self, pattern: u32, mask: u8) -> bool {
        self.hits.signature.has(pattern_bit(pattern)) && {
            let in_fields = |&word: &u32| self.index.entries()[word as usize].mask & mask != 0;
            let mut positions = self.hits.positions.of(pattern).iter();
            self.hits.words.of(pattern).iter().any(in_fields)
                || positions.any(|&at| self.in_mask(at, mask))
        }
    }

    fn has_list(&self, list: u32, place: u32, mask: u8) -> bool {
        !self.gives_up()
            && self.hits.signature.has(list_bit(place))
            && self.hits.listed.fields(list) & mask != 0
    }

    fn occurs(&self, source: Source) -> bool {
        let mut any = false;
        self.each(source, &mut |_| {
            any = true;
            false
        });
        any
    }

    /// Whether an operand occurs so often without sharing a word. Where one of its terms alone does, the
    /// others need not be looked at; where none does, there are not many of them.
    fn occurs_often(&self, node: NodeId, count: usize) -> bool {
        let mut all = Vec::new();
        let none_alone = self.terms(node, &mut |source| {
            let (mut alone, mut free) = (0, 0);
            self.each(source, &mut |occurrence| {
                if occurrence.start >= free {
                    alone += 1;
                    free = occurrence.end + 1;
                }
                all.push(occurrence);
                alone < count
            });
            alone < count
        });
        !none_alone || counted(all) >= count
    }
}
