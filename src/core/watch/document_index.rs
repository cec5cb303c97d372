//! One document, split, folded and indexed: which words it has, and where.
//!
//! Positions count words through all fields, with gaps between fields that are wider than any
//! distance a query can ask for, so that phrases and NEAR never cross from one field to the next, nor from
//! one to another of the paragraphs that a [`PARAGRAPH_SEPARATOR`] parts.
//!
//! Where a text can be read in two ways ([`WordSegmentation`]), its words as they are joined follow in a part of their
//! own. What is found there is told by the positions of the parted words under it ([`DocumentIndex::parted`]), so
//! that distances, counts and fields are those of the first reading.

mod vocabulary;

pub(super) use vocabulary::NONE;

use super::field_mask;
use super::limits::MAX_DISTANCE;
use super::word_hash::{hash, hash_short};
use crate::core::document::{Document, Field, PARAGRAPH_SEPARATOR};
use crate::core::text::tokenizer::{WordSegmentation, split};
use vocabulary::{Entry, Vocabulary, position};

/// Bytes of a field that are searched; feeds are capped far below.
const LONGEST_FIELD: usize = 1 << 28;

/// Paragraphs of a field that are read apart; those behind them are read as one. Each costs a gap.
const MOST_PARAGRAPHS: usize = 64;

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
    /// How many positions before it are none of the lead (see [`DocumentIndex::lead_at`]).
    outside: u32,
}

/// A word as it is joined, and the parted words under it.
#[derive(Clone, Copy, Debug)]
struct JoinedWord {
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
pub(super) struct DocumentIndex {
    seed: u64,
    buffer: Vec<u8>,
    vocabulary: Vocabulary,
    positions: Vec<Position>,
    /// Positions of words whose accents were folded away.
    pub(super) marked: Vec<u32>,
    pub(super) parts: Vec<Part>,
    /// The joined words of all parts, in order.
    twins: Vec<JoinedWord>,
    /// Words of the lead so far.
    lead: u32,
    /// All parts are such that a term without a field looks in.
    pub(super) plain: bool,
}

impl DocumentIndex {
    /// Indexes the fields that `fields` asks for.
    pub(super) fn build(&mut self, document: &Document, fields: u8, seed: u64) {
        self.seed = seed;
        self.buffer.clear();
        self.positions.clear();
        self.marked.clear();
        self.parts.clear();
        self.twins.clear();
        self.lead = 0;
        let bytes = document.title.len() + document.summary.len() + document.text.len();
        self.vocabulary.clear(bytes);
        self.plain = fields & !(field_mask::PLAIN | field_mask::OPENING) == 0;
        self.add(Field::Title, field_mask::TITLE, &document.title, None);
        self.add(Field::Summary, field_mask::SUMMARY, &document.summary, None);
        let lead_end = field_mask::is_lead(fields).then(|| document.lead_end());
        self.add(Field::Text, field_mask::TEXT, &document.text, lead_end);
        if fields & field_mask::AUTHOR != 0 {
            self.add(Field::Author, field_mask::AUTHOR, &document.author, None);
        }
        if fields & field_mask::CATEGORY != 0 {
            for (number, category) in (0..=u16::MAX).zip(&document.categories) {
                self.add(
                    Field::Category(number),
                    field_mask::CATEGORY,
                    category,
                    None,
                );
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
            let parted = self.read(part, paragraph, offset, WordSegmentation::Parted);
            self.open(parted.first, lead_end);
            if mask & field_mask::LEAD != 0 {
                self.lead += position(self.positions.len()) - parted.first;
            }
            if parted.differs {
                let joined = self.read(part, paragraph, offset, WordSegmentation::Joined);
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
            self.vocabulary.add_fields(word.word, field_mask::OPENING);
        }
        let rest = Part {
            first: first + position(opening),
            ..*part
        };
        part.mask |= field_mask::OPENING;
        self.parts.push(rest);
    }

    /// Where the word at a position of the lead stands in it, with no gaps between its fields.
    #[inline]
    pub(super) fn lead_at(&self, at: u32) -> u32 {
        at - self.part_of(at).outside
    }

    /// Reads a part of a field that begins so many bytes behind its start.
    fn read(&mut self, part: Part, text: &str, offset: usize, reading: WordSegmentation) -> Read {
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
            let letters = word.folded..buffer.len();
            let (number, before) = self.vocabulary.enter(letters, hash, at, part.mask);
            if let Some(before) = before {
                self.positions[before as usize].next = at;
                buffer.truncate(word.folded);
            }
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
            self.twins.push(JoinedWord {
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
    pub(super) fn has_joined_words(&self) -> bool {
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

    /// The number of a folded word among the distinct ones, by its hash.
    #[inline]
    pub(super) fn find(&self, hash: u64) -> Option<u32> {
        self.vocabulary.find(hash)
    }

    /// How many words there are, with the gaps between fields.
    pub(super) fn words(&self) -> usize {
        self.positions.len()
    }

    /// All distinct words.
    #[inline]
    pub(super) fn entries(&self) -> &[Entry] {
        self.vocabulary.entries()
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
            at: self.entries()[number as usize].first,
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

    /// The word at a position as it stands in the document.
    pub(super) fn text_at<'d>(&self, document: &'d Document, at: u32) -> &'d str {
        let (from, to) = self.bytes_at(at);
        let text = document.field(self.part_of(at).field).unwrap_or_default();
        text.get(from as usize..to as usize).unwrap_or_default()
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

pub(super) fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
