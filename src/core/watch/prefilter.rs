//! Which few words must be there for a watch to match.
//!
//! A watch is looked at only when one of its anchors occurs. Each anchor carries a guard: up to four
//! words of which one must be there as well. Anchors and guards are necessary, never sufficient.

use super::field_mask::{self, mask_in, near_mask};
use super::frequency::share;
use super::list_matches::AttachedLists;
use super::patterns::Patterns;
use super::signature::{list_bit, pattern_bit, word_bit};
use super::site::ascii_domain;
use super::syntax::{Expression, Kind};
use super::word::{Term, Word};
use super::word_hash::hash;

/// What can be looked up for a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A folded word, by its hash.
    Word(u64),
    /// A stem, wildcard or Arabic word, by its number.
    Pattern(u32),
    /// A list in some fields, by the number of the two together.
    List(u32),
    /// A domain.
    Site(String),
}

/// Bits of which one must be set in a document's [`Signature`](super::signature::Signature).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SignatureMask {
    pub(super) bits: [u16; 4],
    share: f64,
}

/// An anchor: when the key occurs and the guard holds, look at the watch.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    pub(super) key: Key,
    pub(super) guard: Option<SignatureMask>,
}

/// Keys of which one must occur.
#[derive(Clone, Debug)]
struct Clause {
    anchors: Vec<Anchor>,
    share: f64,
}

/// The clause to anchor on, and others that must hold too.
struct Clauses {
    best: Clause,
    others: Vec<Clause>,
}

/// Clauses that are kept besides the best.
const MOST_OTHERS: usize = 6;

/// When to look at a watch.
pub(super) enum Anchors {
    /// It can never match.
    Never,
    /// It needs nothing in particular.
    Always,
    /// When one of these occurs.
    On(Vec<Anchor>),
}

/// The anchors of a query.
pub(super) fn prefilter_keys(
    root: &Expression,
    patterns: &mut Patterns,
    lists: &mut AttachedLists,
    seed: u64,
) -> Anchors {
    let mut finder = Finder {
        patterns,
        lists,
        seed,
    };
    match finder.needs(root, field_mask::PLAIN) {
        Needs::Impossible => Anchors::Never,
        Needs::Nothing => Anchors::Always,
        Needs::These(clauses) => Anchors::On(clauses.best.anchors),
    }
}

/// What must occur for a part to hold.
enum Needs {
    /// It cannot hold.
    Impossible,
    /// It can hold with nothing there, as under NOT.
    Nothing,
    These(Clauses),
}

struct Finder<'a> {
    patterns: &'a mut Patterns,
    lists: &'a mut AttachedLists,
    seed: u64,
}

impl Finder<'_> {
    fn needs(&mut self, expression: &Expression, mask: u8) -> Needs {
        match &expression.kind {
            Kind::Term(term) => self.term(term),
            Kind::List(reference) => {
                let found = self.lists.list(reference, mask);
                Needs::These(Clauses::one(Key::List(found.place), found.share))
            }
            Kind::Site(domain) => Needs::These(Clauses::one(Key::Site(ascii_domain(domain)), 0.01)),
            Kind::Field(field, of) => self.needs(of, mask_in(*field, mask)),
            Kind::AtLeast { of, .. } => self.needs(of, mask),
            Kind::Not(_) => Needs::Nothing,
            Kind::NotNear { left, right, .. } => self.needs(
                left,
                near_mask(left.names_lead() || right.names_lead(), mask).0,
            ),
            Kind::And(of) => Needs::all(of.iter().map(|part| self.needs(part, mask))),
            Kind::Near { left, right, .. } => {
                let mask = near_mask(left.names_lead() || right.names_lead(), mask).0;
                Needs::all([self.needs(left, mask), self.needs(right, mask)])
            }
            Kind::Or(of) => Needs::some(of.iter().map(|part| self.needs(part, mask)), 1),
            Kind::Min { count, of } => {
                let parts = of.iter().map(|part| self.needs(part, mask));
                Needs::some(parts, *count as usize)
            }
        }
    }

    fn term(&mut self, term: &Term) -> Needs {
        if term.words.is_empty() {
            return Needs::Impossible;
        }
        let readings = term.readings().map(|words| self.words(words));
        Needs::some(readings.collect::<Vec<_>>().into_iter(), 1)
    }

    /// What must occur for all of some words to be there.
    fn words(&mut self, words: &[Word]) -> Needs {
        let mut all = Vec::with_capacity(words.len());
        for word in words {
            let key = match self.patterns.of_word(word) {
                Some(number) => Key::Pattern(number),
                None => Key::Word(hash(word.folded().as_bytes(), self.seed)),
            };
            all.push(Clauses::one(key, share(word)));
        }
        Clauses::both(all).map_or(Needs::Impossible, Needs::These)
    }
}

impl Needs {
    fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut clauses = Vec::new();
        for part in parts {
            match part {
                Self::Impossible => return Self::Impossible,
                Self::Nothing => {}
                Self::These(these) => clauses.push(these),
            }
        }
        Clauses::both(clauses).map_or(Self::Nothing, Self::These)
    }

    /// At least `count` of the parts.
    fn some(parts: impl Iterator<Item = Self>, count: usize) -> Self {
        let mut clauses = Vec::new();
        let mut free = 0;
        for part in parts {
            match part {
                Self::Impossible => {}
                Self::Nothing => free += 1,
                Self::These(these) => clauses.push(these),
            }
        }
        // If k of n hold, then so does one of any n - k + 1 of them.
        let possible = clauses.len() + free;
        if count > possible {
            return Self::Impossible;
        }
        let needed = possible - count + 1;
        if clauses.len() < needed {
            return Self::Nothing;
        }
        clauses.sort_by(|a, b| a.best.share.total_cmp(&b.best.share));
        clauses.truncate(needed);
        Clauses::any(clauses).map_or(Self::Impossible, Self::These)
    }
}

impl Clauses {
    fn one(key: Key, share: f64) -> Self {
        let anchors = vec![Anchor { key, guard: None }];
        Self {
            best: Clause { anchors, share },
            others: Vec::new(),
        }
    }

    /// All of several: the rarest is the anchor, the next rarest its guard.
    fn both(all: Vec<Self>) -> Option<Self> {
        let mut clauses: Vec<Clause> = Vec::new();
        for one in all {
            clauses.push(one.best);
            clauses.extend(one.others);
        }
        clauses.sort_by(|a, b| a.share.total_cmp(&b.share));
        let mut clauses = clauses.into_iter();
        let mut best = clauses.next()?;
        let others: Vec<Clause> = clauses.take(MOST_OTHERS).collect();
        if let Some(guard) = others.iter().find_map(Clause::guard) {
            for anchor in &mut best.anchors {
                if anchor.guard.is_none_or(|own| guard.share < own.share) {
                    anchor.guard = Some(guard);
                }
            }
        }
        Some(Self { best, others })
    }

    /// At least one of several.
    fn any(all: Vec<Self>) -> Option<Self> {
        let fewest = all.iter().map(|one| one.others.len()).min()?;
        let mut best = Vec::new();
        let mut others: Vec<Vec<Clause>> = vec![Vec::new(); fewest];
        for one in all {
            best.push(one.best);
            for (place, clause) in others.iter_mut().zip(one.others) {
                place.push(clause);
            }
        }
        Some(Self {
            best: Clause::union(best),
            others: others.into_iter().map(Clause::union).collect(),
        })
    }
}

impl Clause {
    fn union(all: Vec<Self>) -> Self {
        let mut anchors = Vec::new();
        let mut share = 0.0;
        for one in all {
            share += one.share;
            anchors.extend(one.anchors);
        }
        Self {
            anchors,
            share: share.min(1.0),
        }
    }

    /// The clause as a guard, when it is small enough.
    fn guard(&self) -> Option<SignatureMask> {
        let mut bits = Vec::with_capacity(4);
        for anchor in &self.anchors {
            let bit = match &anchor.key {
                Key::Word(hash) => word_bit(*hash),
                Key::Pattern(number) => pattern_bit(*number),
                Key::List(number) => list_bit(*number),
                Key::Site(_) => return None,
            };
            if !bits.contains(&bit) {
                bits.push(bit);
            }
            if bits.len() > 4 {
                return None;
            }
        }
        let first = *bits.first()?;
        bits.resize(4, first);
        let bits = bits.try_into().ok()?;
        Some(SignatureMask {
            bits,
            share: self.share,
        })
    }
}
