//! One document, split, folded and indexed: which words it has, and where.
//!
//! Positions count words through all fields, with gaps between fields that are wider than any
//! distance a query can ask for, so that phrases and NEAR never cross from one field to the next, nor from
//! one to another of the paragraphs that a [`PARAGRAPH_SEPARATOR`] parts.
//!
//! Where a text can be read in two ways ([`Reading`]), its words as they are joined follow in a part of their
//! own. What is found there is told by the positions of the parted words under it ([`Index::parted`]), so
//! that distances, counts and fields are those of the first reading.

use super::syntax::MAX_DISTANCE;
use crate::core::document::{Document, Field, PARAGRAPH_SEPARATOR};
use crate::core::text::tokenizer::{Reading, split};

/// No word, no position.
pub(super) const NONE: u32 = u32::MAX;

/// Bits of the fields that a term may look in.
pub(super) mod mask {
    pub(in super::super) const TITLE: u8 = 1;
    pub(in super::super) const SUMMARY: u8 = 2;
    pub(in super::super) const TEXT: u8 = 4;
    pub(in super::super) const AUTHOR: u8 = 8;
    pub(in super::super) const CATEGORY: u8 = 16;
    /// The first paragraph of the text, which is part of it.
    pub(in super::super) const OPENING: u8 = 32;
    /// Where a term without a field looks.
    pub(in super::super) const PLAIN: u8 = TITLE | SUMMARY | TEXT;
    /// Title, summary and first paragraph as one field.
    pub(in super::super) const LEAD: u8 = TITLE | SUMMARY | OPENING;

    /// As much of some fields as lies in the lead.
    pub(in super::super) fn in_lead(fields: u8) -> u8 {
        let opening = if fields & TEXT == 0 { 0 } else { OPENING };
        (fields | opening) & LEAD
    }

    /// Whether these are looked in as parts of the lead.
    pub(in super::super) fn is_lead(fields: u8) -> bool {
        fields & OPENING != 0
    }
}

/// Bytes of a field that are searched; feeds are capped far below.
const LONGEST_FIELD: usize = 1 << 28;

/// Paragraphs of a field that are read apart; those behind them are read as one. Each costs a gap.
const MOST_PARAGRAPHS: usize = 64;

/// A distinct word of the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) hash: u64,
    from: u32,
    length: u32,
    /// First position.
    pub(super) first: u32,
    last: u32,
    /// How often it occurs.
    pub(super) count: u32,
    /// The fields it occurs in.
    pub(super) mask: u8,
}

/// A word at its place.
#[derive(Clone, Copy, Debug)]
struct Position {
    /// The distinct word.
    word: u32,
    /// Where it occurs next.
    next: u32,
    /// First byte in the field.
    start: u32,
    /// One past the last byte.
    end: u32,
}

impl Position {
    /// Between two fields.
    const GAP: Self = Self {
        word: NONE,
        next: NONE,
        start: 0,
        end: 0,
    };
}

/// What reading a field gave.
struct Read {
    /// Its first position.
    first: u32,
    /// The other reading has other words.
    differs: bool,
}

/// A field and its positions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) field: Field,
    pub(super) mask: u8,
    pub(super) first: u32,
    /// How many positions before it are none of the lead (see [`Index::lead_at`]).
    outside: u32,
}

/// A word as it is joined, and the parted words under it.
#[derive(Clone, Copy, Debug)]
struct Twin {
    /// Its position.
    at: u32,
    /// Positions of the first and the last of the parted words.
    first: u32,
    last: u32,
    /// It is the same word in both readings.
    same: bool,
}

/// The index of one document. Reused from one to the next, so that nothing is allocated.
#[derive(Default)]
pub(super) struct Index {
    seed: u64,
    buffer: Vec<u8>,
    entries: Vec<Entry>,
    slots: Vec<u32>,
    positions: Vec<Position>,
    /// Positions of words whose accents were folded away.
    pub(super) marked: Vec<u32>,
    pub(super) parts: Vec<Part>,
    /// The joined words of all parts, in order.
    twins: Vec<Twin>,
    /// Words of the lead so far.
    lead: u32,
    /// All parts are such that a term without a field looks in.
    pub(super) plain: bool,
}

impl Index {
    /// Indexes the fields that `fields` asks for.
    pub(super) fn build(&mut self, document: &Document, fields: u8, seed: u64) {
        self.seed = seed;
        self.buffer.clear();
        self.entries.clear();
        self.positions.clear();
        self.marked.clear();
        self.parts.clear();
        self.twins.clear();
        self.lead = 0;
        let bytes = document.title.len() + document.summary.len() + document.text.len();
        let slots = (bytes / 4).next_power_of_two().clamp(64, 1 << 16);
        self.slots.clear();
        self.slots.resize(slots, NONE);
        self.plain = fields & !(mask::PLAIN | mask::OPENING) == 0;
        self.add(Field::Title, mask::TITLE, &document.title, None);
        self.add(Field::Summary, mask::SUMMARY, &document.summary, None);
        let lead_end = mask::is_lead(fields).then(|| document.lead_end());
        self.add(Field::Text, mask::TEXT, &document.text, lead_end);
        if fields & mask::AUTHOR != 0 {
            self.add(Field::Author, mask::AUTHOR, &document.author, None);
        }
        if fields & mask::CATEGORY != 0 {
            for (number, category) in (0..=u16::MAX).zip(&document.categories) {
                self.add(Field::Category(number), mask::CATEGORY, category, None);
            }
        }
    }

    /// Adds a field; what begins before byte `lead_end` of it is the opening.
    fn add(&mut self, field: Field, mask: u8, text: &str, lead_end: Option<usize>) {
        if text.is_empty() {
            return;
        }
        let text = &text[..text.floor_char_boundary(LONGEST_FIELD)];
        let mut offset = 0;
        for paragraph in text.splitn(MOST_PARAGRAPHS, PARAGRAPH_SEPARATOR) {
            let part = Part {
                field,
                mask,
                first: 0,
                outside: 0,
            };
            let lead_end = lead_end.filter(|_| offset == 0);
            let parted = self.read(part, paragraph, offset, Reading::Parted);
            self.open(parted.first, lead_end);
            if mask & mask::LEAD != 0 {
                self.lead += position(self.positions.len()) - parted.first;
            }
            if parted.differs {
                let joined = self.read(part, paragraph, offset, Reading::Joined);
                self.open(joined.first, lead_end);
                self.pair(parted.first, joined.first);
            }
            offset += paragraph.len() + PARAGRAPH_SEPARATOR.len_utf8();
        }
    }

    /// Parts the opening from the rest of what was read last, which begins at a position.
    fn open(&mut self, first: u32, lead_end: Option<usize>) {
        let (Some(lead_end), Some(part)) = (lead_end, self.parts.last_mut()) else {
            return;
        };
        let words = self.positions.get(first as usize..).unwrap_or_default();
        let opening = words.partition_point(|word| (word.start as usize) < lead_end);
        for word in &words[..opening] {
            self.entries[word.word as usize].mask |= mask::OPENING;
        }
        let rest = Part {
            first: first + position(opening),
            ..*part
        };
        part.mask |= mask::OPENING;
        self.parts.push(rest);
    }

    /// Where the word at a position of the lead stands in it, with no gaps between its fields.
    #[inline]
    pub(super) fn lead_at(&self, at: u32) -> u32 {
        at - self.part_of(at).outside
    }

    /// Reads a part of a field that begins so many bytes behind its start.
    fn read(&mut self, part: Part, text: &str, offset: usize, reading: Reading) -> Read {
        if !self.parts.is_empty() {
            let gap = self.positions.len() + MAX_DISTANCE as usize + 1;
            self.positions.resize(gap, Position::GAP);
        }
        let first = position(self.positions.len());
        let mut buffer = std::mem::take(&mut self.buffer);
        let differs = split(text, reading, &mut buffer, |buffer, word| {
            let hash = match word.short {
                Some(short) => hash_short(short.get(), word.end - word.start, self.seed),
                None => hash(&buffer[word.folded..], self.seed),
            };
            let at = position(self.positions.len());
            let number = self.enter(buffer, word.folded, hash, at, part.mask);
            self.positions.push(Position {
                word: number,
                next: NONE,
                start: position(offset + word.start),
                end: position(offset + word.end),
            });
            if word.marked {
                self.marked.push(at);
            }
        });
        self.buffer = buffer;
        let outside = first - self.lead;
        self.parts.push(Part {
            first,
            outside,
            ..part
        });
        Read { first, differs }
    }

    /// Finds the parted words from position `parted` on under the joined ones from `joined` to the end.
    #[cold]
    fn pair(&mut self, parted: u32, joined: u32) {
        let word = |at: u32| {
            self.positions
                .get(at as usize)
                .filter(|word| word.word != NONE)
        };
        let mut from = parted;
        for at in joined..position(self.positions.len()) {
            let Some(whole) = word(at) else { return };
            while word(from).is_some_and(|part| part.end <= whole.start) {
                from += 1;
            }
            let mut last = from;
            while word(last + 1).is_some_and(|part| part.start < whole.end) {
                last += 1;
            }
            let same = word(from).is_some_and(|part| part.word == whole.word);
            self.twins.push(Twin {
                at,
                first: from,
                last,
                same,
            });
            from = last;
        }
    }

    /// Whether any part was read in two ways.
    #[inline]
    pub(super) fn has_twins(&self) -> bool {
        !self.twins.is_empty()
    }

    /// What was found in the words `start..=end`, in positions of parted words, and whether it stands only
    /// in the joined ones; `None` when it is found in the parted ones too.
    pub(super) fn parted(&self, start: u32, end: u32) -> Option<(u32, u32, bool)> {
        let Ok(from) = self.twins.binary_search_by_key(&start, |twin| twin.at) else {
            return Some((start, end, false));
        };
        let twins = self.twins.get(from..=from + (end - start) as usize)?;
        let (first, last) = (twins.first()?.first, twins.last()?.last);
        (!twins.iter().all(|twin| twin.same)).then_some((first, last, true))
    }

    /// First byte of what stands only in joined words, given by their parted ones, and one past its last.
    pub(super) fn joined_bytes(&self, first: u32, last: u32) -> (u32, u32) {
        // Several may share a parted word: an abbreviation of which the first letter is joined to others.
        let start = self.twins.partition_point(|twin| twin.first < first);
        let start = self.twins.get(start);
        let end = self.twins.partition_point(|twin| twin.last <= last);
        let end = end.checked_sub(1).and_then(|end| self.twins.get(end));
        (
            start.map_or(0, |twin| self.bytes_at(twin.at).0),
            end.map_or(0, |twin| self.bytes_at(twin.at).1),
        )
    }

    /// Finds or makes the entry of the word at the end of `buffer`, and links the position to it.
    #[inline]
    fn enter(&mut self, buffer: &mut Vec<u8>, from: usize, hash: u64, at: u32, mask: u8) -> u32 {
        let wrap = self.slots.len() - 1;
        let mut slot = place(hash) & wrap;
        loop {
            let number = self.slots[slot];
            if number == NONE {
                break;
            }
            let entry = &mut self.entries[number as usize];
            if entry.hash == hash {
                self.positions[entry.last as usize].next = at;
                entry.last = at;
                entry.count += 1;
                entry.mask |= mask;
                buffer.truncate(from);
                return number;
            }
            slot = (slot + 1) & wrap;
        }
        let number = position(self.entries.len());
        self.slots[slot] = number;
        self.entries.push(Entry {
            hash,
            from: position(from),
            length: position(buffer.len() - from),
            first: at,
            last: at,
            count: 1,
            mask,
        });
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    #[cold]
    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        self.slots.clear();
        self.slots.resize(size, NONE);
        for (number, entry) in (0..).zip(&self.entries) {
            let mut slot = place(entry.hash) & (size - 1);
            while self.slots[slot] != NONE {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = number;
        }
    }

    /// The entry of a folded word, by its hash alone: two words with one seeded hash of 64 bits are
    /// less likely than a fault of the memory, and the comparison would miss the cache each time.
    #[inline]
    pub(super) fn find(&self, hash: u64) -> Option<u32> {
        let wrap = self.slots.len() - 1;
        let mut slot = place(hash) & wrap;
        loop {
            let number = self.slots[slot];
            if number == NONE {
                return None;
            }
            if self.entries[number as usize].hash == hash {
                return Some(number);
            }
            slot = (slot + 1) & wrap;
        }
    }

    /// How many words there are, with the gaps between fields.
    pub(super) fn words(&self) -> usize {
        self.positions.len()
    }

    /// All distinct words.
    #[inline]
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The folded form of a distinct word.
    #[inline]
    pub(super) fn folded(&self, entry: &Entry) -> &[u8] {
        entry.bytes(&self.buffer)
    }

    /// The distinct word at a position; [`NONE`] in the gaps and past the end.
    #[inline]
    pub(super) fn word_at(&self, at: u32) -> u32 {
        self.positions
            .get(at as usize)
            .map_or(NONE, |position| position.word)
    }

    /// The positions of a distinct word, in order.
    #[inline]
    pub(super) fn positions(&self, number: u32) -> Positions<'_> {
        Positions {
            all: &self.positions,
            at: self.entries[number as usize].first,
        }
    }

    /// The part that a position lies in.
    #[inline]
    pub(super) fn part_of(&self, at: u32) -> &Part {
        let after = self.parts.partition_point(|part| part.first <= at);
        &self.parts[after.saturating_sub(1)]
    }

    /// First byte of the word at a position, and one past its last, in its field.
    #[inline]
    pub(super) fn bytes_at(&self, at: u32) -> (u32, u32) {
        self.positions
            .get(at as usize)
            .map_or((0, 0), |position| (position.start, position.end))
    }
}

impl Entry {
    #[inline]
    fn bytes<'b>(&self, buffer: &'b [u8]) -> &'b [u8] {
        let from = self.from as usize;
        buffer.get(from..from + self.length as usize).unwrap_or(&[])
    }
}

/// The positions of one word, in order.
pub(super) struct Positions<'i> {
    all: &'i [Position],
    at: u32,
}

impl Iterator for Positions<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let at = self.at;
        self.at = self.all.get(at as usize)?.next;
        Some(at)
    }
}

/// The text of a field of the document.
pub(super) fn text_of(document: &Document, field: Field) -> &str {
    match field {
        Field::Title => &document.title,
        Field::Summary => &document.summary,
        Field::Text => &document.text,
        Field::Author => &document.author,
        Field::Category(number) => document
            .categories
            .get(usize::from(number))
            .map_or("", String::as_str),
    }
}

#[inline]
fn position(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(NONE)
}

#[inline]
pub(super) fn place(hash: u64) -> usize {
    usize::try_from(hash & 0xFFFF_FFFF).unwrap_or(0)
}

const A: u64 = 0x9E37_79B9_7F4A_7C15;
const B: u64 = 0xD6E8_FEB8_6659_FD93;

/// A seeded hash of a short word: two multiplications for up to 16 bytes. The seed keeps a hostile
/// feed from choosing words that all fall into one slot.
#[inline]
pub(super) fn hash(word: &[u8], seed: u64) -> u64 {
    let length = word.len();
    let (low, high) = if length > 8 {
        let mut state = seed;
        if length > 16 {
            let (chunks, _) = word.as_chunks::<16>();
            for chunk in chunks {
                let (a, b) = halves(chunk);
                state = mix(a ^ state, b ^ A);
            }
        }
        let first = word.first_chunk::<8>().copied().unwrap_or_default();
        let (a, b) = match word.last_chunk::<16>() {
            Some(last) => halves(last),
            None => (
                u64::from_le_bytes(first),
                u64::from_le_bytes(word.last_chunk::<8>().copied().unwrap_or_default()),
            ),
        };
        (a ^ state, b)
    } else {
        let short =
            if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
                let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
                u64::from(first) | u64::from(last) << ((length - 4) * 8)
            } else {
                word.iter()
                    .rev()
                    .fold(0, |all, &byte| all << 8 | u64::from(byte))
            };
        return hash_short(short, length, seed);
    };
    mix(low ^ seed, high ^ B ^ (length as u64) << 56)
}

/// The hash of a word of at most 8 bytes, given as one number with the first byte lowest.
#[inline]
fn hash_short(word: u64, length: usize, seed: u64) -> u64 {
    mix(word ^ seed, B ^ (length as u64) << 56)
}

/// The two halves of 16 bytes.
fn halves(chunk: &[u8; 16]) -> (u64, u64) {
    let (halves, _) = chunk.as_chunks::<8>();
    match halves {
        [low, high] => (u64::from_le_bytes(*low), u64::from_le_bytes(*high)),
        _ => (0, 0),
    }
}

/// Multiplies to 128 bits and folds the halves together.
#[inline]
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let (low, high) = a.carrying_mul(b, 0);
    low ^ high
}

pub(super) fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
