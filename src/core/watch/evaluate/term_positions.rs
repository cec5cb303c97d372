//! Where terms and lists occur in a document: each word is looked up in the index, and a phrase is found by the
//! rarest of its words.

use std::ops::Range;

use super::context::Evaluation;
use crate::core::watch::document_index::{NONE, number};
use crate::core::watch::exact_form::{is_abbreviation, is_written};
use crate::core::watch::field_mask;
use crate::core::watch::occurrences::{Occurrence, Source};
use crate::core::watch::program::{Atom, Leaf, Node, NodeId};
use crate::core::watch::span::MAX_SPANS;

/// A word of a term, looked up in the document.
#[derive(Clone, Copy)]
enum ResolvedWord<'a> {
    Absent,
    Plain(u32),
    Exact(u32, &'a str),
    Pattern(u32),
    /// Only with dots, or also in capitals.
    Abbreviation(u32, bool),
}

impl<'a> Evaluation<'a> {
    /// All occurrences of an operand: a term or an OR-group of terms. In order.
    pub(in crate::core::watch) fn occurrences(&self, node: NodeId) -> Vec<Occurrence> {
        let mut all = Vec::new();
        self.terms(node, &mut |source| {
            self.each(source, &mut |occurrence| {
                all.push(occurrence);
                true
            });
            true
        });
        all.sort_unstable();
        all
    }

    /// Gives the terms and lists of an operand, which is one or an OR-group of such, until `term` says no;
    /// whether it never did.
    pub(super) fn terms(&self, node: NodeId, term: &mut impl FnMut(Source) -> bool) -> bool {
        match self.node(node) {
            Node::Word { leaf, .. } | Node::Pattern { leaf, .. } | Node::Leaf { leaf, .. } => {
                term(Source::Term(leaf))
            }
            Node::List { list, mask, .. } => term(Source::List { list, mask }),
            Node::Or { .. } => self.parts(node).all(|part| self.terms(part, term)),
            _ => true,
        }
    }

    fn atoms(&self, range: &Range<u32>) -> &'a [Atom] {
        self.program
            .atoms
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }

    fn seek(&self, atom: &'a Atom) -> ResolvedWord<'a> {
        match atom {
            Atom::Plain { hash } => self
                .index
                .find(*hash)
                .map_or(ResolvedWord::Absent, ResolvedWord::Plain),
            Atom::Exact { hash, written } => {
                self.index.find(*hash).map_or(ResolvedWord::Absent, |word| {
                    ResolvedWord::Exact(word, self.program.text(written))
                })
            }
            Atom::Abbreviation { hash, dotted } => {
                let word = self.index.find(*hash);
                word.map_or(ResolvedWord::Absent, |word| {
                    ResolvedWord::Abbreviation(word, *dotted)
                })
            }
            Atom::Pattern(pattern) if self.hits.has(*pattern) => ResolvedWord::Pattern(*pattern),
            Atom::Pattern(_) => ResolvedWord::Absent,
        }
    }

    /// Gives the occurrences of a term or list in order, until `found` says no. Of a list only one at a place.
    pub(in crate::core::watch) fn each(
        &self,
        source: Source,
        found: &mut impl FnMut(Occurrence) -> bool,
    ) {
        match source {
            Source::Term(leaf) => self.each_of_term(leaf, found),
            Source::List { list, mask } => self.each_of_list(list, mask, found),
        }
    }

    fn each_of_list(&self, list: u32, mask: u8, found: &mut impl FnMut(Occurrence) -> bool) {
        if self.gives_up() {
            return;
        }
        for &number in self.hits.listed.by_list.of(list) {
            let Some(&one) = self.hits.listed.found.get(number as usize) else {
                continue;
            };
            if !self.is_inside(one.start, one.end, mask) {
                continue;
            }
            if !(self.step(1) && found(one)) {
                return;
            }
        }
    }

    fn each_of_term(&self, leaf: u32, found: &mut impl FnMut(Occurrence) -> bool) {
        let Some(Leaf { atoms, other, .. }) = self.leaf(leaf) else {
            return;
        };
        if !self.index.has_joined_words() && other.is_empty() {
            return self.each_as_read(leaf, atoms, found);
        }
        let mut all = Vec::new();
        let mut add = |one: Occurrence| {
            let parted = self.index.parted(one.start, one.end);
            all.extend(parted.map(|(start, end, joined)| Occurrence {
                start,
                end,
                joined,
                ..one
            }));
            true
        };
        self.each_as_read(leaf, atoms, &mut add);
        if !other.is_empty() {
            self.each_as_read(leaf, other, &mut add);
        }
        all.sort_unstable();
        all.dedup_by_key(|one| (one.start, one.end));
        for one in all {
            if !found(one) {
                return;
            }
        }
    }

    /// The same in one of its readings, in the order of the index, in which joined words follow the parted ones.
    fn each_as_read(
        &self,
        leaf_number: u32,
        atoms: &Range<u32>,
        found: &mut impl FnMut(Occurrence) -> bool,
    ) {
        let Some(leaf) = self.leaf(leaf_number) else {
            return;
        };
        let atoms = self.atoms(atoms);
        let give = |start: u32, end: u32| Occurrence {
            start,
            end,
            leaf: leaf_number,
            joined: false,
        };
        if let [atom] = atoms {
            let sought = self.seek(atom);
            self.each_position(sought, &mut |at| {
                let fits = self.in_mask(at, leaf.mask) && self.fits(sought, at);
                !fits || found(give(at, at))
            });
            return;
        }
        // Nearly every phrase is short enough for the stack.
        let mut few = [ResolvedWord::Absent; 8];
        let mut many = Vec::new();
        let sought = if let Some(few) = few.get_mut(..atoms.len()) {
            few
        } else {
            many.resize(atoms.len(), ResolvedWord::Absent);
            many.as_mut_slice()
        };
        let mut rarest = (u32::MAX, 0);
        for ((offset, atom), place) in (0_u32..).zip(atoms).zip(&mut *sought) {
            *place = self.seek(atom);
            let count = match *place {
                ResolvedWord::Absent => return,
                ResolvedWord::Plain(word)
                | ResolvedWord::Exact(word, _)
                | ResolvedWord::Abbreviation(word, _) => self.index.entries()[word as usize].count,
                // Its places are brought together before they are looked at.
                ResolvedWord::Pattern(pattern) => self.how_often(pattern).saturating_mul(2),
            };
            rarest = rarest.min((count, offset));
        }
        let sought = &*sought;
        let Some(&pivot) = sought.get(rarest.1 as usize) else {
            return;
        };
        self.each_position(pivot, &mut |at| {
            let Some(start) = at.checked_sub(rarest.1) else {
                return true;
            };
            let whole = (start..)
                .zip(sought)
                .all(|(position, &word)| self.step(1) && self.fits(word, position));
            let end = start + number(sought.len()) - 1;
            let is_inside = self.is_inside(start, end, leaf.mask);
            !whole || !is_inside || found(give(start, end))
        });
    }

    /// How often a pattern occurs; a place where the word fits with its accents too may count twice.
    fn how_often(&self, pattern: u32) -> u32 {
        let words = self.hits.words.of(pattern).iter();
        let places = number(self.hits.positions.of(pattern).len());
        words.fold(places, |sum, &word| {
            sum.saturating_add(self.index.entries()[word as usize].count)
        })
    }

    /// Positions of a word's folded form or pattern, in order, until `found` says no.
    fn each_position(&self, sought: ResolvedWord<'_>, found: &mut impl FnMut(u32) -> bool) {
        match sought {
            ResolvedWord::Absent => {}
            ResolvedWord::Plain(word)
            | ResolvedWord::Exact(word, _)
            | ResolvedWord::Abbreviation(word, _) => {
                for at in self.index.positions(word) {
                    if !(self.step(1) && found(at)) {
                        return;
                    }
                }
            }
            ResolvedWord::Pattern(pattern) => {
                let words = self.hits.words.of(pattern);
                let places = self.hits.positions.of(pattern);
                if let ([word], []) = (words, places) {
                    return self.each_position(ResolvedWord::Plain(*word), found);
                }
                let words = words.iter().flat_map(|&word| self.index.positions(word));
                let mut all: Vec<u32> = words.chain(places.iter().copied()).collect();
                if !self.step(all.len()) {
                    return;
                }
                all.sort_unstable();
                all.dedup();
                for at in all {
                    if !(self.step(1) && found(at)) {
                        return;
                    }
                }
            }
        }
    }

    fn fits(&self, sought: ResolvedWord<'_>, at: u32) -> bool {
        let word = self.index.word_at(at);
        match sought {
            ResolvedWord::Absent => false,
            ResolvedWord::Plain(wanted) => word == wanted,
            ResolvedWord::Exact(wanted, written) => {
                word == wanted && is_written(self.document, self.index, at, written)
            }
            ResolvedWord::Abbreviation(wanted, dotted) => {
                word == wanted && is_abbreviation(self.document, self.index, at, dotted)
            }
            ResolvedWord::Pattern(pattern) => {
                word != NONE
                    && (self.hits.words.of(pattern).binary_search(&word).is_ok()
                        || self.hits.positions.of(pattern).binary_search(&at).is_ok())
            }
        }
    }

    /// Whether what stands from one word to another stands in fields.
    fn is_inside(&self, start: u32, end: u32, mask: u8) -> bool {
        self.in_mask(start, mask)
            // The end of the opening parts no words of the text.
            && (!field_mask::is_lead(mask) || self.in_mask(end, mask))
    }

    pub(super) fn in_mask(&self, at: u32, mask: u8) -> bool {
        (mask == field_mask::PLAIN && self.index.plain) || self.index.part_of(at).mask & mask != 0
    }
}

/// Keeps the first [`MAX_SPANS`] occurrences that it is given.
pub(super) fn first_into(out: &mut Vec<Occurrence>) -> impl FnMut(Occurrence) -> bool {
    let mut kept = 0;
    move |occurrence| {
        out.push(occurrence);
        kept += 1;
        kept < MAX_SPANS
    }
}
