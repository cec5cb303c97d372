//! Memoization: which anchors and patterns a surface form leads to, kept from one document to the next.

use crate::core::watch::document_index::number;
use crate::core::watch::word_hash;

/// What surface forms led to, by kind of document.
#[derive(Default)]
pub(super) struct FormCache {
    owner: u64,
    memos: Vec<(MemoKey, Memo)>,
}

impl FormCache {
    /// The memo for documents of a kind, for the set with this seed; those of another set are forgotten.
    pub(super) fn of(&mut self, seed: u64, kind: MemoKey) -> &mut Memo {
        if self.owner != seed {
            self.owner = seed;
            self.memos.clear();
        }
        let known = self.memos.iter().position(|(known, _)| *known == kind);
        let place = known.unwrap_or_else(|| {
            self.memos.push((kind, Memo::default()));
            self.memos.len() - 1
        });
        &mut self.memos[place].1
    }
}

/// What decides what a surface form leads to, besides its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MemoKey {
    /// The number of the language.
    pub(super) language: Option<usize>,
    /// Words in Arabic letters may have clitics.
    pub(super) clitics: bool,
    /// Of a document whose language is known beyond doubt: its place among the languages of the lists.
    pub(super) certain: Option<usize>,
}

/// What a surface form leads to: a range of anchors, and the stems and wildcards that it fits.
#[derive(Clone, Copy, Debug, Default)]
struct FormTargets {
    anchors: (u32, u32),
    patterns: (u32, u32),
}

/// Remembers what a surface form led to, so that a word costs one look, however many watches, stems
/// and wildcards there are.
#[derive(Default)]
pub(super) struct Memo {
    led: Vec<FormTargets>,
    patterns: Vec<u32>,
    slots: Vec<Remembered>,
    used: usize,
    /// How often everything was forgotten.
    forgotten: u32,
    /// Hashes of surface forms, and the slots where they ought to be.
    glances: Vec<(u64, Remembered)>,
}

/// A surface form: the upper 40 bits of its seeded hash, and its place in `led` plus one, or 0 for
/// nothing. With the 16 bits that the slot stands for, 56 bits of the hash tell words apart; the seed is
/// secret, so that nobody can choose words that meet. An empty slot is 0.
type Remembered = u64;

/// The bits of [`Remembered`] that hold the place.
const PLACE: u64 = (1 << 24) - 1;

#[inline]
fn tag(hash: u64) -> u64 {
    (hash | (PLACE + 1)) & !PLACE
}

/// Surface forms that are remembered in one language, at most.
const REMEMBERED: usize = 1 << 16;

impl Memo {
    /// Gives what all these surface forms lead to, one after the other.
    ///
    /// All slots are loaded before the first is looked at. Nothing waits for a load then, so that the
    /// memory serves many at a time; one by one, most of them would cost a full round to it.
    #[inline]
    pub(super) fn each<T: Copy>(
        &mut self,
        items: impl Iterator<Item = T> + Clone,
        hash_of: impl Fn(T) -> u64,
        mut work: impl FnMut(T, &mut Vec<u32>) -> (u32, u32),
        mut found: impl FnMut(T, (u32, u32), &[u32]),
    ) {
        let mut glances = std::mem::take(&mut self.glances);
        glances.clear();
        let wrap = self.slots.len().wrapping_sub(1);
        glances.extend(items.clone().map(|item| {
            let hash = hash_of(item);
            let slot = self.slots.get(word_hash::place(hash) & wrap);
            (hash, slot.copied().unwrap_or_default())
        }));
        let before = self.forgotten;
        for (item, &(hash, glance)) in items.zip(&glances) {
            let tag = tag(hash);
            let place = if glance & !PLACE == tag && self.forgotten == before {
                glance & PLACE
            } else {
                self.place(hash, tag, |patterns| work(item, patterns))
            };
            let led = word_hash::place(place).checked_sub(1);
            if let Some(led) = led.and_then(|place| self.led.get(place)) {
                let (from, to) = led.patterns;
                let patterns = self.patterns.get(from as usize..to as usize);
                found(item, led.anchors, patterns.unwrap_or_default());
            }
        }
        self.glances = glances;
    }

    /// The place of the surface form with this hash: remembered, or worked out by `work` (which fills in
    /// the patterns and returns the anchors) and then remembered.
    #[inline]
    fn place(
        &mut self,
        hash: u64,
        tag: u64,
        work: impl FnOnce(&mut Vec<u32>) -> (u32, u32),
    ) -> u64 {
        let wrap = self.slots.len().wrapping_sub(1);
        let mut at = word_hash::place(hash) & wrap;
        loop {
            match self.slots.get(at) {
                Some(&slot) if slot & !PLACE == tag => return slot & PLACE,
                Some(&slot) if slot != 0 => at = (at + 1) & wrap,
                _ => return self.remember(hash, tag, work),
            }
        }
    }

    #[cold]
    fn remember(
        &mut self,
        hash: u64,
        tag: u64,
        work: impl FnOnce(&mut Vec<u32>) -> (u32, u32),
    ) -> u64 {
        if self.used * 2 >= self.slots.len() {
            self.make_room();
        }
        let from = number(self.patterns.len());
        let anchors = work(&mut self.patterns);
        let to = number(self.patterns.len());
        let mut place = 0;
        if from < to || anchors.0 < anchors.1 {
            let patterns = (from, to);
            self.led.push(FormTargets { anchors, patterns });
            place = self.led.len() as u64 & PLACE;
        }
        let wrap = self.slots.len() - 1;
        let mut at = word_hash::place(hash) & wrap;
        while self.slots[at] != 0 {
            at = (at + 1) & wrap;
        }
        self.slots[at] = tag | place;
        self.used += 1;
        place
    }

    /// Makes the first table, or forgets everything when it is full.
    fn make_room(&mut self) {
        self.slots.clear();
        self.slots.resize(REMEMBERED * 2, 0);
        self.led.clear();
        self.patterns.clear();
        self.used = 0;
        self.forgotten = self.forgotten.wrapping_add(1);
    }
}
