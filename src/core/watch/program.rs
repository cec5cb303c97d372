//! Watches as the matcher runs them: flat nodes, terms resolved to hashes and pattern numbers.

use std::ops::Range;
use std::sync::Arc;

use super::document_index::number;
use super::syntax::Order;

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
    /// How many parts are remembered (see [`Compiler`](super::compiler::Compiler)).
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
    pub(super) fn new(hash: u64) -> Self {
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
    /// A stem, wildcard or Arabic word, by its number in [`Patterns`](super::patterns::Patterns).
    Pattern(u32),
    Abbreviation {
        /// Of the folded word.
        hash: u64,
        /// Only with dots.
        dotted: bool,
    },
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

    pub(super) fn set_inside(&mut self, count: u32) {
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

    pub(super) fn store(&mut self, text: &str) -> Range<u32> {
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
