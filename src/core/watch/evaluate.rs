//! Runs a compiled watch over an indexed document.

use super::anchor::{Signature, word_bit};
use super::index::{Index, NONE, mask, text_of};
use super::patterns::pattern_bit;
use super::program::{Atom, Leaf, Node, NodeId, Parts, Program};
use super::syntax::Order;
use crate::core::document::Document;
use crate::core::text::fold::as_written;

/// A term at its place, in word positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence {
    /// First word.
    pub(super) start: u32,
    /// Last word.
    pub(super) end: u32,
    pub(super) leaf: u32,
}

/// What a document holds of the stems and wildcards of a set.
#[derive(Default)]
pub(super) struct Hits {
    /// Distinct words by the pattern that they fit.
    pub(super) words: Grouped,
    /// Positions where only the word with its accents fits, by pattern.
    pub(super) positions: Grouped,
    /// Words and patterns as bits.
    pub(super) signature: Signature,
}

impl Hits {
    /// Forgets the last document; `patterns` is how many there are.
    pub(super) fn clear(&mut self, patterns: usize) {
        self.words.clear(patterns);
        self.positions.clear(patterns);
        self.signature.clear();
    }

    /// Groups what was found, and signs it.
    pub(super) fn settle(&mut self) {
        self.words.settle();
        self.positions.settle();
        for &pattern in self.words.patterns.iter().chain(&self.positions.patterns) {
            self.signature.set(pattern_bit(pattern));
        }
    }

    fn has(&self, pattern: u32) -> bool {
        self.signature.has(pattern_bit(pattern))
            && !(self.words.of(pattern).is_empty() && self.positions.of(pattern).is_empty())
    }
}

/// Numbers grouped by pattern, ascending in each group when they were added so.
#[derive(Default)]
pub(super) struct Grouped {
    added: Vec<(u32, u32)>,
    groups: Vec<Group>,
    round: u32,
    /// The patterns that have a group.
    pub(super) patterns: Vec<u32>,
    numbers: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Group {
    round: u32,
    from: u32,
    length: u32,
}

impl Grouped {
    fn clear(&mut self, patterns: usize) {
        self.added.clear();
        self.patterns.clear();
        self.numbers.clear();
        self.round = self.round.wrapping_add(1);
        if self.groups.len() != patterns || self.round == 0 {
            self.groups.clear();
            self.groups.resize(patterns, Group::default());
            self.round = 1;
        }
    }

    #[inline]
    pub(super) fn add(&mut self, pattern: u32, number: u32) {
        let Some(group) = self.groups.get_mut(pattern as usize) else {
            return;
        };
        if group.round != self.round {
            *group = Group {
                round: self.round,
                ..Group::default()
            };
            self.patterns.push(pattern);
        }
        group.length += 1;
        self.added.push((pattern, number));
    }

    /// Counting instead of sorting: the groups are laid out one after the other.
    fn settle(&mut self) {
        let mut from = 0;
        for &pattern in &self.patterns {
            let group = &mut self.groups[pattern as usize];
            group.from = from;
            from += group.length;
            group.length = 0;
        }
        self.numbers.resize(self.added.len(), 0);
        for &(pattern, number) in &self.added {
            let group = &mut self.groups[pattern as usize];
            self.numbers[(group.from + group.length) as usize] = number;
            group.length += 1;
        }
    }

    #[inline]
    pub(super) fn of(&self, pattern: u32) -> &[u32] {
        match self.groups.get(pattern as usize) {
            Some(group) if group.round == self.round => {
                let from = group.from as usize;
                &self.numbers[from..from + group.length as usize]
            }
            _ => &[],
        }
    }
}

/// How many occurrences there are of which no two share a word.
pub(super) fn counted(mut occurrences: Vec<Occurrence>) -> usize {
    occurrences.sort_unstable_by_key(|occurrence| occurrence.end);
    let mut free = 0;
    let alone = occurrences.iter().filter(|occurrence| {
        let is_free = occurrence.start >= free;
        if is_free {
            free = occurrence.end + 1;
        }
        is_free
    });
    alone.count()
}

/// One document under evaluation.
pub(super) struct Evaluation<'a> {
    pub(super) program: &'a Program,
    pub(super) document: &'a Document,
    pub(super) index: &'a Index,
    pub(super) hits: &'a Hits,
    /// Host of the document's address, in lower case.
    pub(super) host: Option<&'a str>,
}

/// A word of a term, looked up in the document.
#[derive(Clone, Copy)]
enum Sought<'a> {
    Absent,
    Plain(u32),
    Exact(u32, &'a str),
    Pattern(u32),
}

impl<'a> Evaluation<'a> {
    /// Whether a node holds.
    pub(super) fn holds(&self, node: NodeId) -> bool {
        match self.node(node) {
            Node::Word { hash, mask, .. } => self.has_word(hash.get(), mask),
            Node::Pattern { number, mask, .. } => self.has_pattern(number, mask),
            Node::Leaf { leaf, bits } => self.hits.signature.has_all(bits) && self.occurs(leaf),
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
                self.holds(of) && { counted(self.occurrences(of)) >= count as usize }
            }
            Node::Min { count, .. } => {
                let wanted = count as usize;
                let parts = self.parts(node);
                parts.filter(|&part| self.holds(part)).take(wanted).count() == wanted
            }
        }
    }

    fn has_proximity(&self, node: NodeId) -> bool {
        let mut any = false;
        self.proximity(node, &mut |_| {
            any = true;
            false
        });
        any
    }

    /// The occurrences that make a node hold; for one that does.
    pub(super) fn contributions(&self, node: NodeId, out: &mut Vec<Occurrence>) {
        match self.node(node) {
            Node::Word { hash, leaf, mask } => {
                if self.hits.signature.has(word_bit(hash.get()))
                    && let Some(word) = self.index.find(hash.get())
                {
                    let positions = self.index.positions(word);
                    let inside = positions.filter(|&at| self.in_mask(at, mask));
                    out.extend(inside.map(|at| Occurrence {
                        start: at,
                        end: at,
                        leaf,
                    }));
                }
            }
            Node::Pattern { number, leaf, mask } => {
                if self.hits.signature.has(pattern_bit(number)) {
                    self.each_position(Sought::Pattern(number), &mut |at| {
                        if self.in_mask(at, mask) {
                            out.push(Occurrence {
                                start: at,
                                end: at,
                                leaf,
                            });
                        }
                        true
                    });
                }
            }
            Node::Leaf { leaf, bits } => {
                if self.hits.signature.has_all(bits) {
                    self.each(leaf, &mut |occurrence| {
                        out.push(occurrence);
                        true
                    });
                }
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
                self.proximity(node, &mut |occurrence| {
                    out.push(occurrence);
                    true
                });
            }
        }
    }

    pub(super) fn node(&self, node: NodeId) -> Node {
        self.program.node(node)
    }

    fn parts(&self, node: NodeId) -> Parts<'a> {
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

    fn occurs(&self, leaf: u32) -> bool {
        let mut any = false;
        self.each(leaf, &mut |_| {
            any = true;
            false
        });
        any
    }

    fn atoms(&self, leaf: &Leaf) -> &'a [Atom] {
        self.program
            .atoms
            .get(leaf.atoms.start as usize..leaf.atoms.end as usize)
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
            Atom::Pattern(pattern) if self.hits.has(*pattern) => Sought::Pattern(*pattern),
            Atom::Pattern(_) => Sought::Absent,
        }
    }

    /// Gives the occurrences of a term in order, until `found` says no.
    pub(super) fn each(&self, leaf_number: u32, found: &mut impl FnMut(Occurrence) -> bool) {
        let Some(leaf) = self.leaf(leaf_number) else {
            return;
        };
        let atoms = self.atoms(leaf);
        let give = |start: u32, end: u32| Occurrence {
            start,
            end,
            leaf: leaf_number,
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
                Sought::Plain(word) | Sought::Exact(word, _) => {
                    self.index.entries()[word as usize].count
                }
                Sought::Pattern(_) => u32::MAX / 2,
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
                .all(|(position, &word)| self.fits(word, position));
            let end = start + super::program::number(sought.len()) - 1;
            !whole || !self.in_mask(start, leaf.mask) || found(give(start, end))
        });
    }

    /// Positions of a word's folded form or pattern, in order, until `found` says no.
    fn each_position(&self, sought: Sought<'_>, found: &mut impl FnMut(u32) -> bool) {
        match sought {
            Sought::Absent => {}
            Sought::Plain(word) | Sought::Exact(word, _) => {
                for at in self.index.positions(word) {
                    if !found(at) {
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
                all.sort_unstable();
                all.dedup();
                for at in all {
                    if !found(at) {
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
            Sought::Exact(wanted, written) => word == wanted && self.is_written(at, written),
            Sought::Pattern(pattern) => {
                word != NONE
                    && (self.hits.words.of(pattern).binary_search(&word).is_ok()
                        || self.hits.positions.of(pattern).binary_search(&at).is_ok())
            }
        }
    }

    fn is_written(&self, at: u32, written: &str) -> bool {
        let (from, to) = self.index.bytes_at(at);
        let text = text_of(self.document, self.index.part_of(at).field);
        let word = text.get(from as usize..to as usize).unwrap_or_default();
        word == written || (!word.is_ascii() && as_written(word) == written)
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
        match self.node(node) {
            Node::Word { leaf, .. } | Node::Pattern { leaf, .. } | Node::Leaf { leaf, .. } => {
                self.each(leaf, &mut |occurrence| {
                    all.push(occurrence);
                    true
                });
            }
            Node::Or { .. } => {
                for part in self.parts(node) {
                    self.gather(part, all);
                }
            }
            _ => {}
        }
    }

    /// Gives the occurrences that NEAR, PRE or NOT NEAR finds, until `found` says no.
    fn proximity(&self, node: NodeId, found: &mut impl FnMut(Occurrence) -> bool) {
        let (left, right) = self.program.sides(node);
        let left = Side::new(self.occurrences(left));
        let right = Side::new(self.occurrences(right));
        match self.node(node) {
            Node::Near {
                distance, order, ..
            } => {
                let either = order == Order::Either;
                for &one in &left.all {
                    let near = right.starts_after(one.end, distance)
                        || (either && right.ends_before(one.start, distance));
                    if near && !found(one) {
                        return;
                    }
                }
                for &one in &right.all {
                    let near = left.ends_before(one.start, distance)
                        || (either && left.starts_after(one.end, distance));
                    if near && !found(one) {
                        return;
                    }
                }
            }
            Node::NotNear { distance, .. } => {
                for &one in &left.all {
                    if !right.touches(one.start, one.end, distance) && !found(one) {
                        return;
                    }
                }
            }
            _ => {}
        }
    }
}

/// The occurrences of one operand, by first and by last word.
struct Side {
    all: Vec<Occurrence>,
    ends: Vec<u32>,
}

impl Side {
    fn new(all: Vec<Occurrence>) -> Self {
        let mut ends: Vec<u32> = all.iter().map(|occurrence| occurrence.end).collect();
        ends.sort_unstable();
        Self { all, ends }
    }

    /// One begins after the word `end`, at most `distance` on.
    fn starts_after(&self, end: u32, distance: u32) -> bool {
        let next = self
            .all
            .partition_point(|occurrence| occurrence.start <= end);
        self.all
            .get(next)
            .is_some_and(|occurrence| occurrence.start - end <= distance)
    }

    /// One ends before the word `start`, at most `distance` back.
    fn ends_before(&self, start: u32, distance: u32) -> bool {
        let next = self.ends.partition_point(|&end| end < start);
        next > 0 && start - self.ends[next - 1] <= distance
    }

    /// One overlaps `start..=end` or lies within `distance` of it.
    fn touches(&self, start: u32, end: u32, distance: u32) -> bool {
        let begun = self
            .all
            .partition_point(|occurrence| occurrence.start <= end.saturating_add(distance));
        let over = self
            .ends
            .partition_point(|&last| last.saturating_add(distance) < start);
        begun > over
    }
}
