//! Runs a compiled watch over an indexed document.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::ops::Range;

use super::document_index::{Index, NONE, mask};
use super::exact_form::{is_abbreviation, is_written};
use super::occurrences::{Hits, Occurrence, Source, counted};
use super::program::{Atom, Leaf, Node, NodeId, Parts, Program};
use super::signature::{list_bit, pattern_bit, word_bit};
use super::span::MAX_SPANS;
use super::syntax::Order;
use crate::core::document::Document;

/// One document under evaluation.
pub(super) struct Evaluation<'a> {
    pub(super) program: &'a Program,
    pub(super) document: &'a Document,
    pub(super) index: &'a Index,
    pub(super) hits: &'a Hits,
    /// Host of the document's address, in lower case.
    pub(super) host: Option<&'a str>,
    /// Steps that may still be taken. When there are none, no answer counts any more.
    pub(super) steps: Cell<u64>,
    /// What is known of the parts that watches share.
    pub(super) remembered: &'a Remembered,
    /// Where the top of the document ends and where its paragraphs begin, once somebody asked.
    pub(super) top: OnceCell<usize>,
    pub(super) paragraphs: OnceCell<Vec<usize>>,
}

/// What parts that several watches share say of a document, by their numbers.
#[derive(Default)]
pub(super) struct Remembered {
    round: u32,
    parts: Vec<Cell<Said>>,
}

/// What a part says, and how many steps it took to find out: who reads it pays as many, so that a watch is
/// decided or not whatever was asked before.
#[derive(Clone, Copy, Default)]
struct Said {
    round: u32,
    steps: u32,
    holds: bool,
}

impl Remembered {
    /// Forgets the last document; `parts` is how many there are.
    pub(super) fn clear(&mut self, parts: u32) {
        self.round = self.round.wrapping_add(1);
        if self.parts.len() != parts as usize || self.round == 0 {
            self.parts.clear();
            self.parts.resize(parts as usize, Cell::default());
            self.round = 1;
        }
    }
}

/// A word of a term, looked up in the document.
#[derive(Clone, Copy)]
enum Sought<'a> {
    Absent,
    Plain(u32),
    Exact(u32, &'a str),
    Pattern(u32),
    /// Only with dots, or also in capitals.
    Abbreviation(u32, bool),
}

impl<'a> Evaluation<'a> {
    /// Takes a number of steps; no when there are none left.
    #[inline]
    fn step(&self, number: usize) -> bool {
        let left = self.steps.get().saturating_sub(number as u64);
        self.steps.set(left);
        left > 0
    }

    /// Whether all steps were taken: what was found until then is no answer.
    pub(super) fn exhausted(&self) -> bool {
        self.steps.get() == 0
    }

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

    fn has_proximity(&self, node: NodeId) -> bool {
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
        if let (false, Ok(steps)) = (self.exhausted(), (before - self.steps.get()).try_into()) {
            place.set(Said {
                round: self.remembered.round,
                steps,
                holds,
            });
        }
        holds
    }

    fn comes_close(&self, node: NodeId) -> bool {
        let (left, right) = self.program.sides(node);
        let other = self.side(right, self.is_in_lead(node));
        // What is near to another has that one near to it: one direction is enough.
        !self.terms(left, &mut |source| {
            let mut any = false;
            self.each_near(node, source, &other, Looking::FromLeft, &mut |_| {
                any = true;
                false
            });
            !any
        })
    }

    /// The occurrences that make a node hold, for one that does: of each term the first
    /// [`MAX_SPANS`], for no more are shown.
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

    /// What NEAR, PRE or NOT NEAR finds of its left side, and of its right one.
    pub(super) fn near(&self, node: NodeId) -> [Vec<Occurrence>; 2] {
        let (left, right) = self.program.sides(node);
        let [mut of_left, mut of_right] = [Vec::new(), Vec::new()];
        self.all_near(node, left, right, Looking::FromLeft, &mut of_left);
        if matches!(self.node(node), Node::Near { .. }) {
            self.all_near(node, right, left, Looking::FromRight, &mut of_right);
        }
        [of_left, of_right]
    }

    /// What NEAR, PRE or NOT NEAR finds of the terms of `side`.
    fn all_near(
        &self,
        node: NodeId,
        side: NodeId,
        other: NodeId,
        looking: Looking,
        out: &mut Vec<Occurrence>,
    ) {
        let other = self.side(other, self.is_in_lead(node));
        self.terms(side, &mut |source| {
            self.each_near(node, source, &other, looking, &mut first_into(out));
            true
        });
    }

    pub(super) fn node(&self, node: NodeId) -> Node {
        self.program.node(node)
    }

    pub(super) fn parts(&self, node: NodeId) -> Parts<'a> {
        self.program.parts(node)
    }

    pub(super) fn leaf(&self, leaf: u32) -> Option<&'a Leaf> {
        self.program.leaves.get(leaf as usize)
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

    /// Whether words of lists were not all looked for: a watch that asks for one is undecided then.
    fn gives_up(&self) -> bool {
        let overrun = self.hits.listed.overrun;
        if overrun {
            self.steps.set(0);
        }
        overrun
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

    fn atoms(&self, range: &Range<u32>) -> &'a [Atom] {
        self.program
            .atoms
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }

    fn seek(&self, atom: &'a Atom) -> Sought<'a> {
        match atom {
            Atom::Plain { hash } => self.index.find(*hash).map_or(Sought::Absent, Sought::Plain),
            Atom::Exact { hash, written } => {
                self.index.find(*hash).map_or(Sought::Absent, |word| {
                    Sought::Exact(word, self.program.text(written))
                })
            }
            Atom::Abbreviation { hash, dotted } => {
                let word = self.index.find(*hash);
                word.map_or(Sought::Absent, |word| Sought::Abbreviation(word, *dotted))
            }
            Atom::Pattern(pattern) if self.hits.has(*pattern) => Sought::Pattern(*pattern),
            Atom::Pattern(_) => Sought::Absent,
        }
    }

    /// Gives the occurrences of a term or list in order, until `found` says no. Of a list only one at a place.
    pub(super) fn each(&self, source: Source, found: &mut impl FnMut(Occurrence) -> bool) {
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
        if !self.index.has_twins() && other.is_empty() {
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
        let mut few = [Sought::Absent; 8];
        let mut many = Vec::new();
        let sought = if let Some(few) = few.get_mut(..atoms.len()) {
            few
        } else {
            many.resize(atoms.len(), Sought::Absent);
            many.as_mut_slice()
        };
        let mut rarest = (u32::MAX, 0);
        for ((offset, atom), place) in (0_u32..).zip(atoms).zip(&mut *sought) {
            *place = self.seek(atom);
            let count = match *place {
                Sought::Absent => return,
                Sought::Plain(word) | Sought::Exact(word, _) | Sought::Abbreviation(word, _) => {
                    self.index.entries()[word as usize].count
                }
                // Its places are brought together before they are looked at.
                Sought::Pattern(pattern) => self.how_often(pattern).saturating_mul(2),
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
            let end = start + super::document_index::number(sought.len()) - 1;
            let is_inside = self.is_inside(start, end, leaf.mask);
            !whole || !is_inside || found(give(start, end))
        });
    }

    /// How often a pattern occurs; a place where the word fits with its accents too may count twice.
    fn how_often(&self, pattern: u32) -> u32 {
        let words = self.hits.words.of(pattern).iter();
        let places = super::document_index::number(self.hits.positions.of(pattern).len());
        words.fold(places, |sum, &word| {
            sum.saturating_add(self.index.entries()[word as usize].count)
        })
    }

    /// Positions of a word's folded form or pattern, in order, until `found` says no.
    fn each_position(&self, sought: Sought<'_>, found: &mut impl FnMut(u32) -> bool) {
        match sought {
            Sought::Absent => {}
            Sought::Plain(word) | Sought::Exact(word, _) | Sought::Abbreviation(word, _) => {
                for at in self.index.positions(word) {
                    if !(self.step(1) && found(at)) {
                        return;
                    }
                }
            }
            Sought::Pattern(pattern) => {
                let words = self.hits.words.of(pattern);
                let places = self.hits.positions.of(pattern);
                if let ([word], []) = (words, places) {
                    return self.each_position(Sought::Plain(*word), found);
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

    fn fits(&self, sought: Sought<'_>, at: u32) -> bool {
        let word = self.index.word_at(at);
        match sought {
            Sought::Absent => false,
            Sought::Plain(wanted) => word == wanted,
            Sought::Exact(wanted, written) => {
                word == wanted && is_written(self.document, self.index, at, written)
            }
            Sought::Abbreviation(wanted, dotted) => {
                word == wanted && is_abbreviation(self.document, self.index, at, dotted)
            }
            Sought::Pattern(pattern) => {
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
            && (!mask::is_lead(mask) || self.in_mask(end, mask))
    }

    fn in_mask(&self, at: u32, mask: u8) -> bool {
        (mask == mask::PLAIN && self.index.plain) || self.index.part_of(at).mask & mask != 0
    }

    /// All occurrences of an operand: a term or an OR-group of terms. In order.
    pub(super) fn occurrences(&self, node: NodeId) -> Vec<Occurrence> {
        let mut all = Vec::new();
        self.gather(node, &mut all);
        all.sort_unstable();
        all
    }

    fn gather(&self, node: NodeId, all: &mut Vec<Occurrence>) {
        self.terms(node, &mut |source| {
            self.each(source, &mut |occurrence| {
                all.push(occurrence);
                true
            });
            true
        });
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

    /// Gives the terms and lists of an operand, which is one or an OR-group of such, until `term` says no;
    /// whether it never did.
    fn terms(&self, node: NodeId, term: &mut impl FnMut(Source) -> bool) -> bool {
        match self.node(node) {
            Node::Word { leaf, .. } | Node::Pattern { leaf, .. } | Node::Leaf { leaf, .. } => {
                term(Source::Term(leaf))
            }
            Node::List { list, mask, .. } => term(Source::List { list, mask }),
            Node::Or { .. } => self.parts(node).all(|part| self.terms(part, term)),
            _ => true,
        }
    }

    /// Whether the distances of a node are those in the lead.
    pub(super) fn is_in_lead(&self, node: NodeId) -> bool {
        match self.node(node) {
            Node::Near { lead, .. } | Node::NotNear { lead, .. } => lead,
            _ => false,
        }
    }

    /// A position as distances count it.
    pub(super) fn measured(&self, at: u32, lead: bool) -> u32 {
        if lead { self.index.lead_at(at) } else { at }
    }

    /// Where an operand occurs, as distances count it. Many terms at one place are one.
    #[expect(
        clippy::stable_sort_primitive,
        reason = "the places of each term are in order already, and only this sort takes advantage of it"
    )]
    fn side(&self, node: NodeId, lead: bool) -> Side<'a> {
        if let Node::List { list, mask, .. } = self.node(node)
            && mask == mask::PLAIN
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
        node: NodeId,
        source: Source,
        other: &Side<'_>,
        looking: Looking,
        found: &mut impl FnMut(Occurrence) -> bool,
    ) {
        let mut other = Seeker {
            side: other,
            started: 0,
            ended: 0,
        };
        let lead = self.is_in_lead(node);
        let node = self.node(node);
        let anew = self.index.has_twins();
        let mut last = 0;
        self.each(source, &mut |one| {
            let (start, end) = (self.measured(one.start, lead), self.measured(one.end, lead));
            // A joined word may end behind the next that is found, and a phrase of a list too.
            if anew || end < last {
                (other.started, other.ended) = (0, 0);
            }
            last = end;
            let fits = match node {
                Node::Near {
                    distance, order, ..
                } => {
                    let either = order == Order::Either;
                    ((either || looking == Looking::FromLeft) && other.starts_after(end, distance))
                        || ((either || looking == Looking::FromRight)
                            && other.ends_before(start, distance))
                }
                Node::NotNear { distance, .. } => !other.touches(start, end, distance),
                _ => false,
            };
            !fits || found(one)
        });
    }
}

/// Which operand is looked at; the other is looked for beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looking {
    FromLeft,
    FromRight,
}

/// Keeps the first [`MAX_SPANS`] occurrences that it is given.
fn first_into(out: &mut Vec<Occurrence>) -> impl FnMut(Occurrence) -> bool {
    let mut kept = 0;
    move |occurrence| {
        out.push(occurrence);
        kept += 1;
        kept < MAX_SPANS
    }
}

/// Where one operand begins and ends, each in order.
struct Side<'s> {
    starts: Cow<'s, [u32]>,
    ends: Cow<'s, [u32]>,
}

/// Looks for places beside others that come in order: each look goes on from the last, so that all of
/// them together are one walk, and a short one where few look among many.
struct Seeker<'s> {
    side: &'s Side<'s>,
    started: usize,
    ended: usize,
}

impl Seeker<'_> {
    /// One begins after the word `end`, at most `distance` on.
    fn starts_after(&mut self, end: u32, distance: u32) -> bool {
        let starts = &self.side.starts;
        self.started = go_on(starts, self.started, |start| start <= end);
        let next = starts.get(self.started);
        next.is_some_and(|start| start - end <= distance)
    }

    /// One ends before the word `start`, at most `distance` back.
    fn ends_before(&mut self, start: u32, distance: u32) -> bool {
        let ends = &self.side.ends;
        self.ended = go_on(ends, self.ended, |end| end < start);
        let last = self.ended.checked_sub(1).and_then(|last| ends.get(last));
        last.is_some_and(|end| start - end <= distance)
    }

    /// One overlaps `start..=end` or lies within `distance` of it.
    fn touches(&mut self, start: u32, end: u32, distance: u32) -> bool {
        self.started = go_on(&self.side.starts, self.started, |first| {
            first <= end.saturating_add(distance)
        });
        self.ended = go_on(&self.side.ends, self.ended, |last| {
            last.saturating_add(distance) < start
        });
        self.started > self.ended
    }
}

/// How many numbers of a list in order hold, given that the first `from` do. Its steps grow with the
/// logarithm of how far it goes.
fn go_on(list: &[u32], from: usize, holds: impl Fn(u32) -> bool) -> usize {
    let rest = list.get(from..).unwrap_or_default();
    let mut width = 1;
    while rest.get(width - 1).is_some_and(|&number| holds(number)) {
        width *= 2;
    }
    let passed = width / 2;
    let between = rest.get(passed..width.min(rest.len())).unwrap_or_default();
    from + passed + between.partition_point(|&number| holds(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_on_finds_what_looking_at_each_finds() {
        let list: Vec<u32> = (0..60).map(|number| number * number / 7).collect();
        for wanted in 0..600 {
            let holds = |number| number < wanted;
            let all = list.iter().filter(|&&number| holds(number)).count();
            for from in 0..=all {
                assert_eq!(go_on(&list, from, holds), all, "{wanted} from {from}");
            }
        }
    }
}
