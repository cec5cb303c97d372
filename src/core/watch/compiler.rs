//! Compiles the syntax tree of a query into nodes of a program.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use super::document_index::number;
use super::field_mask::{self, mask_in, near_mask};
use super::frequency::share;
use super::list_matches::{AttachedLists, ListOccurrence};
use super::occurrences::Source;
use super::patterns::Patterns;
use super::program::{Atom, Hash, Leaf, NOT_SHARED, Node, NodeId, Program};
use super::score::Counted;
use super::signature::{ALWAYS, pattern_bit, word_bit};
use super::site::ascii_domain;
use super::syntax::{Expression, Kind, Order};
use super::word::{Term, Word};
use super::word_hash::hash;

/// Where compiled parts go.
pub(super) struct Compiler<'a> {
    pub(super) program: &'a mut Program,
    pub(super) patterns: &'a mut Patterns,
    pub(super) lists: &'a mut AttachedLists,
    pub(super) known: &'a mut HashMap<(Term, u8), u32>,
    /// Parts by their nodes, as they are before they are numbered.
    pub(super) parts: &'a mut HashMap<Box<[Node]>, u32>,
    pub(super) seed: u64,
}

impl Compiler<'_> {
    /// Compiles a query; gives its first node.
    pub(super) fn query(&mut self, root: &Expression) -> NodeId {
        let first = number(self.program.nodes.len());
        self.expression(root, field_mask::PLAIN);
        first
    }

    /// Appends an expression to the program; gives the estimated share of documents in which it holds.
    fn expression(&mut self, expression: &Expression, mask: u8) -> f64 {
        match &expression.kind {
            Kind::Term(term) => self.term(term, mask),
            Kind::List(reference) => {
                let ListOccurrence { list, place, share } = self.lists.list(reference, mask);
                self.program.fields |= mask;
                self.program.nodes.push(Node::List { list, place, mask });
                share
            }
            Kind::Site(domain) => {
                self.program.sites.push(ascii_domain(domain));
                let site = number(self.program.sites.len() - 1);
                self.program.nodes.push(Node::Site(site));
                0.01
            }
            Kind::Field(field, of) => self.expression(of, mask_in(*field, mask)),
            Kind::Not(of) => {
                let node = Node::Not { inside: 0 };
                1.0 - self.inside(node, [&**of], mask)[0]
            }
            Kind::And(of) => {
                // What fails most often is asked first.
                let shares = self.sorted(Node::And { inside: 0 }, of, mask, f64::total_cmp);
                shares.into_iter().reduce(f64::min).unwrap_or(1.0)
            }
            Kind::Or(of) => {
                let rarest_last = |a: &f64, b: &f64| b.total_cmp(a);
                let shares = self.sorted(Node::Or { inside: 0 }, of, mask, rarest_last);
                shares.into_iter().sum::<f64>().min(1.0)
            }
            Kind::Near {
                left,
                right,
                distance,
                order,
            } => self.near([left, right], *distance, *order, mask),
            Kind::NotNear {
                left,
                right,
                distance,
            } => self.not_near([left, right], *distance, mask),
            Kind::AtLeast { count, of } => {
                let (count, inside) = (*count, 0);
                let node = Node::AtLeast { count, inside };
                self.inside(node, [&**of], mask)[0] / f64::from(count)
            }
            Kind::Min { count, of } => {
                let (count, inside) = (*count, 0);
                let node = Node::Min { count, inside };
                let shares = self.sorted(node, of, mask, |_, _| Ordering::Equal);
                shares.into_iter().sum::<f64>().min(1.0)
            }
        }
    }

    fn near(&mut self, sides: [&Expression; 2], distance: u32, order: Order, mask: u8) -> f64 {
        let (mask, lead) = near_mask(sides.into_iter().any(Expression::names_lead), mask);
        let node = Node::Near {
            order,
            lead,
            distance,
            inside: 0,
            shared: NOT_SHARED,
        };
        let [left, right] = self.shared(node, sides, mask);
        left.min(right) * 0.3
    }

    fn not_near(&mut self, sides: [&Expression; 2], distance: u32, mask: u8) -> f64 {
        let (mask, lead) = near_mask(sides.into_iter().any(Expression::names_lead), mask);
        let node = Node::NotNear {
            lead,
            distance,
            inside: 0,
            shared: NOT_SHARED,
        };
        let [left, _] = self.shared(node, sides, mask);
        left
    }

    fn term(&mut self, term: &Term, mask: u8) -> f64 {
        let leaf = self.leaf(term, mask);
        let atoms = self.program.leaves.get(leaf as usize);
        // What one of two readings needs is not needed.
        let atoms = atoms.filter(|leaf| leaf.other.is_empty());
        let atoms = atoms.map_or(0..0, |leaf| {
            leaf.atoms.start as usize..leaf.atoms.end as usize
        });
        let node = match self.program.atoms.get(atoms) {
            Some(&[Atom::Plain { hash }]) => {
                let hash = Hash::new(hash);
                Node::Word { mask, leaf, hash }
            }
            Some(&[Atom::Pattern(number)]) => Node::Pattern { number, leaf, mask },
            atoms => Node::Leaf {
                leaf,
                bits: bits(atoms.unwrap_or_default()),
            },
        };
        self.program.nodes.push(node);
        let readings = term.readings().map(|words| {
            let shares = words.iter().map(share);
            shares.fold(1.0, f64::min)
        });
        readings.sum::<f64>().min(1.0)
    }

    /// Appends a node with its parts; gives their shares.
    fn inside<const N: usize>(&mut self, node: Node, of: [&Expression; N], mask: u8) -> [f64; N] {
        let at = self.program.nodes.len();
        self.program.nodes.push(node);
        let shares = of.map(|part| self.expression(part, mask));
        self.close(at);
        shares
    }

    /// Appends a node with its parts in the order that their shares ask for; gives the shares.
    fn sorted(
        &mut self,
        node: Node,
        of: &[Expression],
        mask: u8,
        order: impl Fn(&f64, &f64) -> Ordering,
    ) -> Vec<f64> {
        let at = self.program.nodes.len();
        self.program.nodes.push(node);
        let mut parts = Vec::with_capacity(of.len());
        for part in of {
            let from = self.program.nodes.len() - at - 1;
            let share = self.expression(part, mask);
            parts.push((share, from..self.program.nodes.len() - at - 1));
        }
        if !parts.is_sorted_by(|a, b| order(&a.0, &b.0).is_le()) {
            parts.sort_by(|a, b| order(&a.0, &b.0));
            let nodes = self.program.nodes.split_off(at + 1);
            for (_, part) in &parts {
                let part = nodes.get(part.clone()).unwrap_or_default();
                self.program.nodes.extend_from_slice(part);
            }
        }
        self.close(at);
        parts.into_iter().map(|(share, _)| share).collect()
    }

    /// Appends a node with its sides, and numbers it the same as every other part of the same nodes, so that what
    /// it says of a document need be found only once. Only of lists: watches seldom share words of their own.
    fn shared(&mut self, node: Node, sides: [&Expression; 2], mask: u8) -> [f64; 2] {
        let at = self.program.nodes.len();
        let shares = self.inside(node, sides, mask);
        let nodes = self.program.nodes.get(at..).unwrap_or_default();
        if !nodes.iter().any(|node| matches!(node, Node::List { .. })) {
            return shares;
        }
        let number = self.parts.get(nodes).copied().unwrap_or_else(|| {
            let next = self.program.remembered;
            self.parts.insert(nodes.into(), next);
            self.program.remembered += 1;
            next
        });
        if let Some(Node::Near { shared, .. } | Node::NotNear { shared, .. }) =
            self.program.nodes.get_mut(at)
        {
            *shared = number;
        }
        shares
    }

    fn close(&mut self, at: usize) {
        let inside = number(self.program.nodes.len() - at - 1);
        if let Some(node) = self.program.nodes.get_mut(at) {
            node.set_inside(inside);
        }
    }

    /// A term as a leaf. Watches that use the same term share it, which keeps it in the cache.
    pub(super) fn leaf(&mut self, term: &Term, mask: u8) -> u32 {
        let key = (term.clone(), mask);
        if let Some(&leaf) = self.known.get(&key) {
            return leaf;
        }
        let atoms = self.atoms(&term.words);
        let other = self.atoms(&term.other);
        self.program.fields |= mask;
        self.program.leaves.push(Leaf {
            atoms,
            other,
            mask,
            name: written(term).into(),
        });
        let leaf = number(self.program.leaves.len() - 1);
        self.known.insert(key, leaf);
        leaf
    }

    /// What a line of a score table counts.
    pub(super) fn counted(&mut self, counted: &Counted) -> Source {
        match counted {
            Counted::Term(term) => Source::Term(self.leaf(term, field_mask::PLAIN)),
            Counted::List(reference) => {
                let mask = field_mask::PLAIN;
                let list = self.lists.list(reference, mask).list;
                self.program.fields |= mask;
                Source::List { list, mask }
            }
        }
    }

    fn atoms(&mut self, words: &[Word]) -> Range<u32> {
        let start = number(self.program.atoms.len());
        for word in words {
            let atom = self.atom(word);
            self.program.atoms.push(atom);
        }
        start..number(self.program.atoms.len())
    }

    fn atom(&mut self, word: &Word) -> Atom {
        if let Some(number) = self.patterns.of_word(word) {
            return Atom::Pattern(number);
        }
        let hash = hash(word.folded().as_bytes(), self.seed);
        match word {
            Word::Exact { written, .. } => Atom::Exact {
                hash,
                written: self.program.store(written),
            },
            Word::Abbreviation { dotted, .. } => Atom::Abbreviation {
                hash,
                dotted: *dotted,
            },
            _ => Atom::Plain { hash },
        }
    }
}

/// The bits of the first words of a term.
fn bits(atoms: &[Atom]) -> [u16; 4] {
    let mut bits = [ALWAYS; 4];
    for (bit, atom) in bits.iter_mut().zip(atoms) {
        *bit = match atom {
            Atom::Plain { hash } | Atom::Exact { hash, .. } | Atom::Abbreviation { hash, .. } => {
                word_bit(*hash)
            }
            Atom::Pattern(number) => pattern_bit(*number),
        };
    }
    bits
}

/// A term as spans show it: as written, without quotes.
fn written(term: &Term) -> String {
    if term.exact {
        format!("={}", term.text)
    } else {
        term.text.clone()
    }
}
