//! What a watch is evaluated with: the document, the compiled watches, and the steps that are left.

use std::cell::{Cell, OnceCell};

use crate::core::document::Document;
use crate::core::watch::document_index::DocumentIndex;
use crate::core::watch::occurrences::PatternOccurrences;
use crate::core::watch::program::{Leaf, Node, NodeId, Parts, Program};

/// One document under evaluation.
pub(in crate::core::watch) struct Evaluation<'a> {
    pub(in crate::core::watch) program: &'a Program,
    pub(in crate::core::watch) document: &'a Document,
    pub(in crate::core::watch) index: &'a DocumentIndex,
    pub(in crate::core::watch) hits: &'a PatternOccurrences,
    /// Host of the document's address, in lower case.
    pub(in crate::core::watch) host: Option<&'a str>,
    /// Steps that may still be taken. When there are none, no answer counts any more.
    pub(in crate::core::watch) steps: Cell<u64>,
    /// What is known of the parts that watches share.
    pub(in crate::core::watch) remembered: &'a Remembered,
    /// Where the top of the document ends and where its paragraphs begin, once somebody asked.
    pub(in crate::core::watch) top: OnceCell<usize>,
    pub(in crate::core::watch) paragraphs: OnceCell<Vec<usize>>,
}

/// What parts that several watches share say of a document, by their numbers.
#[derive(Default)]
pub(in crate::core::watch) struct Remembered {
    pub(super) round: u32,
    pub(super) parts: Vec<Cell<MemoizedResult>>,
}

/// What a part says, and how many steps it took to find out: who reads it pays as many, so that a watch is
/// decided or not whatever was asked before.
#[derive(Clone, Copy, Default)]
pub(super) struct MemoizedResult {
    pub(super) round: u32,
    pub(super) steps: u32,
    pub(super) holds: bool,
}

impl Remembered {
    /// Forgets the last document; `parts` is how many there are.
    pub(in crate::core::watch) fn clear(&mut self, parts: u32) {
        self.round = self.round.wrapping_add(1);
        if self.parts.len() != parts as usize || self.round == 0 {
            self.parts.clear();
            self.parts.resize(parts as usize, Cell::default());
            self.round = 1;
        }
    }
}

impl<'a> Evaluation<'a> {
    /// Takes a number of steps; no when there are none left.
    #[inline]
    pub(super) fn step(&self, number: usize) -> bool {
        let left = self.steps.get().saturating_sub(number as u64);
        self.steps.set(left);
        left > 0
    }

    /// Whether all steps were taken: what was found until then is no answer.
    pub(in crate::core::watch) fn is_step_limit_reached(&self) -> bool {
        self.steps.get() == 0
    }

    pub(in crate::core::watch) fn node(&self, node: NodeId) -> Node {
        self.program.node(node)
    }

    pub(in crate::core::watch) fn parts(&self, node: NodeId) -> Parts<'a> {
        self.program.parts(node)
    }

    pub(in crate::core::watch) fn leaf(&self, leaf: u32) -> Option<&'a Leaf> {
        self.program.leaves.get(leaf as usize)
    }

    /// Whether words of lists were not all looked for: a watch that asks for one is undecided then.
    pub(super) fn gives_up(&self) -> bool {
        let overrun = self.hits.listed.overrun;
        if overrun {
            self.steps.set(0);
        }
        overrun
    }
}
