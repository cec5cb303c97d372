//! Watches as the matcher runs them: flat nodes, terms resolved to hashes and pattern numbers.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::frequency::Frequencies;
use super::index::{hash, mask};
use super::patterns::Patterns;
use super::syntax::{Expression, Kind, Order, Term, TextField, Word};

/// Number of a node in [`Program::nodes`].
pub(super) type NodeId = u32;

/// All the nodes of a set of watches.
#[derive(Default)]
pub(super) struct Program {
    pub(super) nodes: Vec<Node>,
    pub(super) children: Vec<NodeId>,
    pub(super) leaves: Vec<Leaf>,
    pub(super) atoms: Vec<Atom>,
    /// Written forms of exact words, one after the other.
    text: String,
    /// Domains of `site:`.
    pub(super) sites: Vec<String>,
    /// Fields that any term names, besides the plain ones.
    pub(super) fields: u8,
}

/// A step of the evaluation.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A term of one plain word occurs: all that is needed, in one place of the memory.
    Word {
        hash: u64,
        leaf: u32,
        mask: u8,
    },
    /// A term of one stem or wildcard occurs.
    Pattern {
        number: u32,
        leaf: u32,
        mask: u8,
    },
    /// Any other term occurs.
    Leaf(u32),
    /// The address of the item lies under a domain.
    Site(u32),
    And(Range<u32>),
    Or(Range<u32>),
    Not(NodeId),
    Near {
        left: NodeId,
        right: NodeId,
        distance: u32,
        order: Order,
    },
    NotNear {
        left: NodeId,
        right: NodeId,
        distance: u32,
    },
    AtLeast {
        count: u32,
        of: NodeId,
    },
    Min {
        count: u32,
        of: Range<u32>,
    },
}

/// A term in the fields where it looks.
pub(super) struct Leaf {
    pub(super) atoms: Range<u32>,
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
    /// A stem or wildcard, by its number in [`Patterns`].
    Pattern(u32),
}

/// What is compiled next to a node: how often it holds, and what must be there for it to hold.
pub(super) struct Compiled {
    pub(super) node: NodeId,
    /// Estimated share of documents in which it holds.
    pub(super) share: f64,
}

/// Where compiled parts go.
pub(super) struct Compiler<'a> {
    pub(super) program: &'a mut Program,
    pub(super) patterns: &'a mut Patterns,
    pub(super) frequencies: &'a Frequencies,
    pub(super) names: &'a mut HashSet<Arc<str>>,
    pub(super) seed: u64,
}

impl Node {
    /// Whether it is a term.
    pub(super) fn is_leaf(&self) -> bool {
        matches!(
            self,
            Self::Word { .. } | Self::Pattern { .. } | Self::Leaf(_)
        )
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

    pub(super) fn children(&self, range: &Range<u32>) -> &[NodeId] {
        self.children
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }
}

impl Compiler<'_> {
    pub(super) fn expression(&mut self, expression: &Expression, mask: u8) -> Compiled {
        match &expression.kind {
            Kind::Term(term) => {
                let leaf = self.leaf(term, mask);
                let share = term
                    .words
                    .iter()
                    .map(|word| self.frequencies.share(word))
                    .fold(1.0, f64::min);
                let atoms = &self.program.atoms;
                let node = match (term.words.len(), atoms.last()) {
                    (1, Some(&Atom::Plain { hash })) => Node::Word { hash, leaf, mask },
                    (1, Some(&Atom::Pattern(number))) => Node::Pattern { number, leaf, mask },
                    _ => Node::Leaf(leaf),
                };
                self.node(node, share)
            }
            Kind::Site(domain) => {
                self.program.sites.push(ascii_domain(domain));
                let site = number(self.program.sites.len() - 1);
                self.node(Node::Site(site), 0.01)
            }
            Kind::Field(field, of) => self.expression(of, field_mask(*field)),
            Kind::Not(of) => {
                let of = self.expression(of, mask);
                self.node(Node::Not(of.node), 1.0 - of.share)
            }
            Kind::And(of) => {
                let mut parts = self.all(of, mask);
                // What fails most often is asked first.
                parts.sort_by(|a, b| a.share.total_cmp(&b.share));
                let share = parts.first().map_or(1.0, |part| part.share);
                let children = self.children(&parts);
                self.node(Node::And(children), share)
            }
            Kind::Or(of) => {
                let mut parts = self.all(of, mask);
                parts.sort_by(|a, b| b.share.total_cmp(&a.share));
                let share = parts.iter().map(|part| part.share).sum::<f64>().min(1.0);
                let children = self.children(&parts);
                self.node(Node::Or(children), share)
            }
            Kind::Near {
                left,
                right,
                distance,
                order,
            } => {
                let left = self.expression(left, mask);
                let right = self.expression(right, mask);
                let node = Node::Near {
                    left: left.node,
                    right: right.node,
                    distance: *distance,
                    order: *order,
                };
                self.node(node, left.share.min(right.share) * 0.3)
            }
            Kind::NotNear {
                left,
                right,
                distance,
            } => {
                let left = self.expression(left, mask);
                let right = self.expression(right, mask);
                let node = Node::NotNear {
                    left: left.node,
                    right: right.node,
                    distance: *distance,
                };
                self.node(node, left.share)
            }
            Kind::AtLeast { count, of } => {
                let of = self.expression(of, mask);
                let node = Node::AtLeast {
                    count: *count,
                    of: of.node,
                };
                self.node(node, of.share / f64::from(*count))
            }
            Kind::Min { count, of } => {
                let parts = self.all(of, mask);
                let share = parts.iter().map(|part| part.share).sum::<f64>().min(1.0);
                let of = self.children(&parts);
                self.node(Node::Min { count: *count, of }, share)
            }
        }
    }

    fn all(&mut self, of: &[Expression], mask: u8) -> Vec<Compiled> {
        of.iter().map(|part| self.expression(part, mask)).collect()
    }

    fn node(&mut self, node: Node, share: f64) -> Compiled {
        self.program.nodes.push(node);
        let node = number(self.program.nodes.len() - 1);
        Compiled { node, share }
    }

    fn children(&mut self, parts: &[Compiled]) -> Range<u32> {
        let start = number(self.program.children.len());
        let nodes = parts.iter().map(|part| part.node);
        self.program.children.extend(nodes);
        start..number(self.program.children.len())
    }

    /// A term as a leaf; leaves of different terms are never shared, for their names differ.
    pub(super) fn leaf(&mut self, term: &Term, mask: u8) -> u32 {
        let start = number(self.program.atoms.len());
        for word in &term.words {
            let atom = self.atom(word);
            self.program.atoms.push(atom);
        }
        self.program.fields |= mask;
        let name = self.name(term);
        self.program.leaves.push(Leaf {
            atoms: start..number(self.program.atoms.len()),
            mask,
            name,
        });
        number(self.program.leaves.len() - 1)
    }

    /// Terms that many watches share are named once, which keeps their names in the cache.
    fn name(&mut self, term: &Term) -> Arc<str> {
        let name = written(term);
        if let Some(name) = self.names.get(name.as_str()) {
            return name.clone();
        }
        let name: Arc<str> = name.into();
        self.names.insert(name.clone());
        name
    }

    fn atom(&mut self, word: &Word) -> Atom {
        match word {
            Word::Plain(folded) => Atom::Plain {
                hash: hash(folded.as_bytes(), self.seed),
            },
            Word::Exact { folded, written } => Atom::Exact {
                hash: hash(folded.as_bytes(), self.seed),
                written: self.program.store(written),
            },
            Word::Stem { folded, written } => Atom::Pattern(self.patterns.stem(folded, written)),
            Word::Wildcard(pattern) => Atom::Pattern(self.patterns.wildcard(pattern)),
        }
    }
}

/// A term as spans show it: as written, without quotes.
fn written(term: &Term) -> String {
    if term.exact {
        format!("={}", term.text)
    } else {
        term.text.clone()
    }
}

pub(super) fn field_mask(field: TextField) -> u8 {
    match field {
        TextField::Title => mask::TITLE,
        TextField::Summary => mask::SUMMARY,
        TextField::Text => mask::TEXT,
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

pub(super) fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
