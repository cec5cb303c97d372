//! Watches as the matcher runs them: flat nodes, terms resolved to hashes and pattern numbers.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::document_index::{hash, mask, number};
use super::field::TextField;
use super::frequency::share;
use super::list_matches::{Attached, ListIn};
use super::occurrences::Source;
use super::patterns::Patterns;
use super::score::Counted;
use super::signature::{ALWAYS, pattern_bit, word_bit};
use super::syntax::{Expression, Kind, Order};
use super::word::{Term, Word};

/// Number of a node in [`Program::nodes`].
pub(super) type NodeId = u32;

/// All the nodes of a set of watches.
///
/// Each node is followed by what belongs to it, so that a watch is one short stretch of memory, read
/// from front to back: with many watches the time goes into fetching it.
#[derive(Default)]
pub(super) struct Program {
    pub(super) nodes: Vec<Node>,
    pub(super) leaves: Vec<Leaf>,
    pub(super) atoms: Vec<Atom>,
    /// Written forms of exact words, one after the other.
    text: String,
    /// Domains of `site:`.
    pub(super) sites: Vec<String>,
    /// Fields that any term names, besides the plain ones.
    pub(super) fields: u8,
    /// How many parts are remembered (see [`Compiler::shared`]).
    pub(super) remembered: u32,
}

/// A step of the evaluation. `inside` counts the nodes behind it that belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// A term of one plain word occurs: all that is needed, in one place of the memory.
    Word {
        mask: u8,
        leaf: u32,
        hash: Hash,
    },
    /// A term of one stem, wildcard or Arabic word occurs.
    Pattern {
        number: u32,
        leaf: u32,
        mask: u8,
    },
    /// Any other term occurs; all these bits are in the signature of a document that has it.
    Leaf {
        leaf: u32,
        bits: [u16; 4],
    },
    /// A word of a list occurs; `place` is the number of list and fields together.
    List {
        list: u32,
        place: u32,
        mask: u8,
    },
    /// The address of the item lies under a domain.
    Site(u32),
    And {
        inside: u32,
    },
    Or {
        inside: u32,
    },
    Not {
        inside: u32,
    },
    /// The left side and the right side are inside.
    Near {
        order: Order,
        /// Distances are those in the lead.
        lead: bool,
        distance: u32,
        inside: u32,
        /// Where it is remembered whether the sides come close; [`NOT_SHARED`] where it is not.
        shared: u32,
    },
    /// The left side and the right side are inside.
    NotNear {
        lead: bool,
        distance: u32,
        inside: u32,
        shared: u32,
    },
    AtLeast {
        count: u32,
        inside: u32,
    },
    Min {
        count: u32,
        inside: u32,
    },
}

/// No number of a part that watches share.
pub(super) const NOT_SHARED: u32 = u32::MAX;

// Four to a line of the cache.
const _: () = assert!(size_of::<Node>() == 16);

/// The hash of a word, in bytes so that a node has no gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Hash([u8; 8]);

impl Hash {
    fn new(hash: u64) -> Self {
        Self(hash.to_ne_bytes())
    }

    #[inline]
    pub(super) fn get(self) -> u64 {
        u64::from_ne_bytes(self.0)
    }
}

/// A term in the fields where it looks.
pub(super) struct Leaf {
    pub(super) atoms: Range<u32>,
    /// Of the other words in which it is looked for as well; often none.
    pub(super) other: Range<u32>,
    pub(super) mask: u8,
    /// The term as the researcher wrote it.
    pub(super) name: Arc<str>,
}

/// One word of a term.
#[derive(Clone, Debug)]
pub(super) enum Atom {
    Plain {
        /// Of the folded word.
        hash: u64,
    },
    Exact {
        /// Of the folded word.
        hash: u64,
        written: Range<u32>,
    },
    /// A stem, wildcard or Arabic word, by its number in [`Patterns`].
    Pattern(u32),
    Abbreviation {
        /// Of the folded word.
        hash: u64,
        /// Only with dots.
        dotted: bool,
    },
}

/// Where compiled parts go.
pub(super) struct Compiler<'a> {
    pub(super) program: &'a mut Program,
    pub(super) patterns: &'a mut Patterns,
    pub(super) lists: &'a mut Attached,
    pub(super) known: &'a mut HashMap<(Term, u8), u32>,
    /// Parts by their nodes, as they are before they are numbered.
    pub(super) parts: &'a mut HashMap<Box<[Node]>, u32>,
    pub(super) seed: u64,
}

impl Node {
    /// Whether it is a term or a list.
    pub(super) fn is_leaf(self) -> bool {
        matches!(
            self,
            Self::Word { .. } | Self::Pattern { .. } | Self::Leaf { .. } | Self::List { .. }
        )
    }

    /// How many nodes behind it belong to it.
    #[inline]
    pub(super) fn inside(self) -> u32 {
        match self {
            Self::Word { .. }
            | Self::Pattern { .. }
            | Self::Leaf { .. }
            | Self::List { .. }
            | Self::Site(_) => 0,
            Self::And { inside }
            | Self::Or { inside }
            | Self::Not { inside }
            | Self::Near { inside, .. }
            | Self::NotNear { inside, .. }
            | Self::AtLeast { inside, .. }
            | Self::Min { inside, .. } => inside,
        }
    }

    fn set_inside(&mut self, count: u32) {
        match self {
            Self::Word { .. }
            | Self::Pattern { .. }
            | Self::Leaf { .. }
            | Self::List { .. }
            | Self::Site(_) => {}
            Self::And { inside }
            | Self::Or { inside }
            | Self::Not { inside }
            | Self::Near { inside, .. }
            | Self::NotNear { inside, .. }
            | Self::AtLeast { inside, .. }
            | Self::Min { inside, .. } => *inside = count,
        }
    }
}

/// The nodes that belong to one directly, in order.
#[derive(Clone)]
pub(super) struct Parts<'p> {
    nodes: &'p [Node],
    at: NodeId,
    end: NodeId,
}

impl Iterator for Parts<'_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        if self.at >= self.end {
            return None;
        }
        let at = self.at;
        self.at += 1 + self.nodes.get(at as usize)?.inside();
        Some(at)
    }
}

impl Program {
    pub(super) fn text(&self, range: &Range<u32>) -> &str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }

    fn store(&mut self, text: &str) -> Range<u32> {
        let start = number(self.text.len());
        self.text.push_str(text);
        start..number(self.text.len())
    }

    #[inline]
    pub(super) fn node(&self, node: NodeId) -> Node {
        // Numbers come from the compiler of the same program; an unknown one never matches.
        const NOTHING: Node = Node::Or { inside: 0 };
        self.nodes.get(node as usize).copied().unwrap_or(NOTHING)
    }

    #[inline]
    pub(super) fn parts(&self, node: NodeId) -> Parts<'_> {
        Parts {
            nodes: &self.nodes,
            at: node + 1,
            end: node + 1 + self.node(node).inside(),
        }
    }

    /// The two sides of a node.
    #[inline]
    pub(super) fn sides(&self, node: NodeId) -> (NodeId, NodeId) {
        let left = node + 1;
        (left, left + 1 + self.node(left).inside())
    }
}

impl Compiler<'_> {
    /// Compiles a query; gives its first node.
    pub(super) fn query(&mut self, root: &Expression) -> NodeId {
        let first = number(self.program.nodes.len());
        self.expression(root, mask::PLAIN);
        first
    }

    /// Appends an expression to the program; gives the estimated share of documents in which it holds.
    fn expression(&mut self, expression: &Expression, mask: u8) -> f64 {
        match &expression.kind {
            Kind::Term(term) => self.term(term, mask),
            Kind::List(reference) => {
                let found = self.lists.list(reference, mask);
                let ListIn { list, place, share } = found;
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
            } => {
                let (mask, lead) = near_mask(left, right, mask);
                let node = Node::Near {
                    order: *order,
                    lead,
                    distance: *distance,
                    inside: 0,
                    shared: NOT_SHARED,
                };
                let at = self.program.nodes.len();
                let [left, right] = self.inside(node, [&**left, &**right], mask);
                self.shared(at);
                left.min(right) * 0.3
            }
            Kind::NotNear {
                left,
                right,
                distance,
            } => {
                let (mask, lead) = near_mask(left, right, mask);
                let node = Node::NotNear {
                    lead,
                    distance: *distance,
                    inside: 0,
                    shared: NOT_SHARED,
                };
                let at = self.program.nodes.len();
                let [left, _] = self.inside(node, [&**left, &**right], mask);
                self.shared(at);
                left
            }
            Kind::AtLeast { count, of } => {
                let node = Node::AtLeast {
                    count: *count,
                    inside: 0,
                };
                self.inside(node, [&**of], mask)[0] / f64::from(*count)
            }
            Kind::Min { count, of } => {
                let node = Node::Min {
                    count: *count,
                    inside: 0,
                };
                let shares = self.sorted(node, of, mask, |_, _| Ordering::Equal);
                shares.into_iter().sum::<f64>().min(1.0)
            }
        }
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

    /// Numbers the part from a node to the end, the same as every other part of the same nodes, so that what it
    /// says of a document need be found only once. Only of lists: watches seldom share words of their own.
    fn shared(&mut self, at: usize) {
        let nodes = self.program.nodes.get(at..).unwrap_or_default();
        if !nodes.iter().any(|node| matches!(node, Node::List { .. })) {
            return;
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
            Counted::Term(term) => Source::Term(self.leaf(term, mask::PLAIN)),
            Counted::List(reference) => {
                let mask = mask::PLAIN;
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

/// Where the sides of NEAR are looked for that name no field, and whether the distance is that in the lead: it
/// is where one of them looks there.
pub(super) fn near_mask(left: &Expression, right: &Expression, mask: u8) -> (u8, bool) {
    let lead = mask::is_lead(mask) || left.names_lead() || right.names_lead();
    (if lead { mask::in_lead(mask) } else { mask }, lead)
}

/// Where a part of a query in a field looks.
pub(super) fn mask_in(field: TextField, mask: u8) -> u8 {
    let own = field_mask(field);
    // Only explanations look for a field inside the lead.
    if mask::is_lead(mask) {
        mask::in_lead(own)
    } else {
        own
    }
}

pub(super) fn field_mask(field: TextField) -> u8 {
    match field {
        TextField::Title => mask::TITLE,
        TextField::Summary => mask::SUMMARY,
        TextField::Text => mask::TEXT,
        TextField::Lead => mask::LEAD,
        TextField::Author => mask::AUTHOR,
        TextField::Category => mask::CATEGORY,
    }
}

/// A domain as it stands in addresses: names beyond ASCII in their IDNA form (RFC 5890).
pub(super) fn ascii_domain(domain: &str) -> String {
    url::Url::parse(&format!("http://{domain}/"))
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| domain.to_owned())
}
