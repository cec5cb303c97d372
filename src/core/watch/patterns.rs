//! Stems and wildcards of a set of watches, and its words in Arabic letters, which may have clitics in
//! front: which of them a word fits.
//!
//! Each distinct word of a document is asked once for all watches together, and what it fits is
//! remembered with the document; so a thousand watches with `detain~` cost as much as one.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::clitics::{bare, is_arabic, without_article};
use super::document_index::hash;
use super::stem::{LANGUAGES, Stems};
use super::word::Word;

/// The stems, wildcards and Arabic words of a set, each once, numbered through all kinds.
#[derive(Default)]
pub(super) struct Patterns {
    seed: u64,
    all: Vec<Pattern>,
    numbers: HashMap<Pattern, u32>,
    prefixes: Prefixes,
    whole: HashMap<String, u32>,
    /// Words that are no Arabic ones are among them.
    has_others: bool,
    /// Filled when the first document of a language comes, since a set may serve thirty of them.
    stems: Vec<OnceLock<StemTable>>,
    exact: OnceLock<StemTable>,
    has_stems: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Pattern {
    Stem {
        folded: String,
        written: String,
    },
    Wildcard(String),
    /// A word in Arabic letters, which may have clitics in front; of lists, any word.
    Whole(String),
}

impl Patterns {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            stems: LANGUAGES.iter().map(|_| OnceLock::new()).collect(),
            ..Self::default()
        }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn has_stems(&self) -> bool {
        self.has_stems
    }

    /// The number of a word of a term that is a pattern; none for one that is looked for by its letters.
    pub(super) fn of_word(&mut self, word: &Word) -> Option<u32> {
        let pattern = match word {
            Word::Stem { folded, written } => {
                self.has_stems = true;
                Pattern::Stem {
                    folded: folded.clone(),
                    written: written.clone(),
                }
            }
            Word::Wildcard(pattern) => Pattern::Wildcard(pattern.clone()),
            Word::Plain(folded) if is_arabic(folded.as_bytes()) => Pattern::Whole(folded.clone()),
            Word::Plain(_) | Word::Exact { .. } | Word::Abbreviation { .. } => return None,
        };
        Some(self.number(pattern))
    }

    /// The number of a word of a list: all of them are patterns. Of an exact word, that of its letters.
    pub(super) fn of_listed(&mut self, word: &Word) -> u32 {
        self.of_word(word).unwrap_or_else(|| {
            let folded = word.folded();
            self.has_others |= !is_arabic(folded.as_bytes());
            self.number(Pattern::Whole(folded.to_owned()))
        })
    }

    fn number(&mut self, pattern: Pattern) -> u32 {
        if let Some(&number) = self.numbers.get(&pattern) {
            return number;
        }
        let number = super::document_index::number(self.all.len());
        match &pattern {
            Pattern::Wildcard(text) => self.prefixes.add(text, number, self.seed),
            Pattern::Whole(word) => {
                self.whole.insert(word.clone(), number);
            }
            Pattern::Stem { .. } => {}
        }
        self.numbers.insert(pattern.clone(), number);
        self.all.push(pattern);
        number
    }

    /// Adds the numbers of what a folded word fits, each once; of its stems only where there are any.
    pub(super) fn of_folded(
        &self,
        word: &[u8],
        stems: Option<&StemTable>,
        clitics: bool,
        found: &mut Vec<u32>,
    ) {
        let from = found.len();
        self.of_bare(word, stems, found);
        if is_arabic(word) && clitics && !self.all.is_empty() {
            let word = std::str::from_utf8(word).unwrap_or_default();
            bare(word, |rest| self.of_bare(rest.as_bytes(), stems, found));
        }
        if found.len() > from + 1 {
            let mut own = found.split_off(from);
            own.sort_unstable();
            own.dedup();
            found.append(&mut own);
        }
    }

    /// The same for the word without thinking of clitics, some perhaps twice.
    #[inline]
    fn of_bare(&self, word: &[u8], stems: Option<&StemTable>, found: &mut Vec<u32>) {
        self.wildcards_of(word, found);
        if (self.has_others || is_arabic(word))
            && let Some(&number) = std::str::from_utf8(word)
                .ok()
                .and_then(|word| self.whole.get(word))
        {
            found.push(number);
        }
        if let Some(stems) = stems {
            stems.of_folded(word, found);
        }
    }

    #[inline]
    fn wildcards_of(&self, word: &[u8], found: &mut Vec<u32>) {
        if !self.prefixes.may_begin(word) {
            return;
        }
        self.prefixes.visit(word, self.seed, |number| {
            if let Some(Pattern::Wildcard(pattern)) = self.all.get(number as usize)
                && fits(pattern.as_bytes(), word)
            {
                found.push(number);
            }
        });
    }

    /// The stems in the one language of these patterns, if there are any.
    pub(super) fn own_stems(&self, language: Option<usize>) -> Option<&StemTable> {
        self.has_stems.then(|| self.stems(language))
    }

    /// The stems of the set in the language with this number.
    pub(super) fn stems(&self, language: Option<usize>) -> &StemTable {
        language
            .and_then(|number| self.stems.get(number))
            .unwrap_or(&self.exact)
            .get_or_init(|| StemTable::new(&self.all, Stems::of(language)))
    }
}

/// Whether a folded word fits a folded pattern; `?` is one character, `*` at the end any number.
fn fits(pattern: &[u8], word: &[u8]) -> bool {
    let mut word = word;
    for (at, &wanted) in pattern.iter().enumerate() {
        match wanted {
            b'*' if at + 1 == pattern.len() => return true,
            b'?' => {
                let Some((_, mut rest)) = word.split_first() else {
                    return false;
                };
                while let [0x80..=0xBF, after @ ..] = rest {
                    rest = after;
                }
                word = rest;
            }
            _ => match word.split_first() {
                Some((&byte, rest)) if byte == wanted => word = rest,
                _ => return false,
            },
        }
    }
    word.is_empty()
}

/// Wildcards by the letters before the first of their signs.
#[derive(Default)]
struct Prefixes {
    /// One bit for each hash of the first bytes, so that most words cost one look.
    bits: Vec<u64>,
    /// By the first bytes: which lengths of front there are, as bits.
    lengths: HashMap<u32, u64>,
    /// By the hash of the front.
    fronts: HashMap<u64, Vec<u32>>,
    /// Fronts shorter than the first bytes: their lengths, and their first byte.
    short: u64,
    short_bytes: Vec<bool>,
}

/// Bytes that the first look takes in.
const FIRST: usize = 3;
/// Longer fronts are looked up by their first bytes; the comparison of the whole follows anyway.
const LONGEST_FRONT: usize = 63;

impl Prefixes {
    fn add(&mut self, pattern: &str, number: u32, seed: u64) {
        let front = pattern
            .split(['?', '*'])
            .next()
            .unwrap_or_default()
            .as_bytes();
        let front = &front[..front.len().min(LONGEST_FRONT)];
        if self.bits.is_empty() {
            self.bits = vec![0; 1024];
            self.short_bytes = vec![false; 256];
        }
        let length = 1_u64 << front.len();
        if let Some(key) = first_bytes(front) {
            let bit = first_bit(key);
            self.bits[bit / 64] |= 1 << (bit % 64);
            *self.lengths.entry(key).or_default() |= length;
        } else {
            self.short |= length;
            if let Some(&byte) = front.first() {
                self.short_bytes[usize::from(byte)] = true;
            }
        }
        self.fronts
            .entry(hash(front, seed))
            .or_default()
            .push(number);
    }

    #[inline]
    fn may_begin(&self, word: &[u8]) -> bool {
        let Some(&byte) = word.first() else {
            return false;
        };
        if self.bits.is_empty() {
            return false;
        }
        let long = first_bytes(word).is_some_and(|key| {
            let bit = first_bit(key);
            self.bits[bit / 64] & 1 << (bit % 64) != 0
        });
        long || self.short_bytes[usize::from(byte)]
    }

    fn visit(&self, word: &[u8], seed: u64, mut found: impl FnMut(u32)) {
        let long = first_bytes(word).and_then(|key| self.lengths.get(&key));
        let mut lengths = long.copied().unwrap_or_default() | self.short;
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            lengths &= lengths - 1;
            let Some(front) = word.get(..length) else {
                return;
            };
            if let Some(numbers) = self.fronts.get(&hash(front, seed)) {
                for &number in numbers {
                    found(number);
                }
            }
        }
    }
}

#[inline]
fn first_bytes(word: &[u8]) -> Option<u32> {
    word.first_chunk::<FIRST>()
        .map(|&[a, b, c]| u32::from_le_bytes([a, b, c, 0]))
}

#[inline]
fn first_bit(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

/// The stems of a set in one language.
pub(super) struct StemTable {
    stems: Stems,
    by_key: HashMap<String, u32>,
    /// Numbers of the patterns with the same key (see [`Stems::keys`]).
    lists: Vec<Vec<u32>>,
}

impl StemTable {
    fn new(all: &[Pattern], stems: Stems) -> Self {
        let mut table = Self {
            stems,
            by_key: HashMap::new(),
            lists: Vec::new(),
        };
        for (number, pattern) in (0..).zip(all) {
            if let Pattern::Stem { folded, written } = pattern {
                stems.keys(folded, |key| table.add(key, number));
                table.add(&stems.written(written), number);
                if let Some(bare) = without_article(folded).filter(|_| stems.is_arabic()) {
                    stems.keys(bare, |key| table.add(key, number));
                }
            }
        }
        table
    }

    fn add(&mut self, key: &str, number: u32) {
        let list = self.by_key.get(key).copied().unwrap_or_else(|| {
            let list = super::document_index::number(self.lists.len());
            self.lists.push(Vec::new());
            self.by_key.insert(key.to_owned(), list);
            list
        });
        let list = &mut self.lists[list as usize];
        if list.last() != Some(&number) {
            list.push(number);
        }
    }

    /// Adds the numbers of the stems that a folded word has, some perhaps twice.
    fn of_folded(&self, word: &[u8], found: &mut Vec<u32>) {
        let word = std::str::from_utf8(word).unwrap_or_default();
        self.stems
            .keys(word, |key| found.extend_from_slice(self.list(key)));
    }

    /// Numbers of the stems that a word with accents has, as it stands in the text.
    pub(super) fn of_written(&self, word: &str) -> &[u32] {
        let lower = crate::core::text::normalization::lower_with_accents(word);
        self.list(&self.stems.written(&lower))
    }

    fn list(&self, key: &str) -> &[u32] {
        let list = self.by_key.get(key);
        list.and_then(|&list| self.lists.get(list as usize))
            .map_or(&[], Vec::as_slice)
    }
}

/// What surface forms led to, by kind of document.
#[derive(Default)]
pub(super) struct Memos {
    owner: u64,
    memos: Vec<(MemoOf, Memo)>,
}

impl Memos {
    /// The memo for documents of a kind, for the set with this seed; those of another set are forgotten.
    pub(super) fn of(&mut self, seed: u64, kind: MemoOf) -> &mut Memo {
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
pub(super) struct MemoOf {
    /// The number of the language.
    pub(super) language: Option<usize>,
    /// Words in Arabic letters may have clitics.
    pub(super) clitics: bool,
    /// Of a document whose language is known beyond doubt: its place among the languages of the lists.
    pub(super) certain: Option<usize>,
}

/// What a surface form leads to: a range of anchors, and the stems and wildcards that it fits.
#[derive(Clone, Copy, Debug, Default)]
struct Led {
    anchors: (u32, u32),
    patterns: (u32, u32),
}

/// Remembers what a surface form led to, so that a word costs one look, however many watches, stems
/// and wildcards there are.
#[derive(Default)]
pub(super) struct Memo {
    led: Vec<Led>,
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
            let slot = self.slots.get(super::document_index::place(hash) & wrap);
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
            let led = super::document_index::place(place).checked_sub(1);
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
        let mut at = super::document_index::place(hash) & wrap;
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
        let from = super::document_index::number(self.patterns.len());
        let anchors = work(&mut self.patterns);
        let to = super::document_index::number(self.patterns.len());
        let mut place = 0;
        if from < to || anchors.0 < anchors.1 {
            let patterns = (from, to);
            self.led.push(Led { anchors, patterns });
            place = self.led.len() as u64 & PLACE;
        }
        let wrap = self.slots.len() - 1;
        let mut at = super::document_index::place(hash) & wrap;
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
