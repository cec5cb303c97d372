//! Text to folded words, each with its place in the text as given.
//!
//! A word is a run of letters, digits and their marks, or an abbreviation with dots. In scripts without spaces each character is a
//! word. [`split`] does the folding and the splitting in one pass, because matching spends most of its
//! time here.

use std::num::NonZeroU64;
use std::ops::Range;

use super::abbreviations::{abbreviation, is_dot};
use super::normalization::{Class, Folder, Join, expansion, join, mark_order};
use unicode_normalization::char::is_combining_mark;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where the folded form begins in the buffer given to [`split`]; it runs to the buffer's end.
    pub folded: usize,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte in the text, with the marks that belong to the word.
    pub end: usize,
    /// Folding took away more than case, so the word as written says more than the folded form.
    pub marked: bool,
    /// The folded form in one number, its first byte lowest, when it is at most 8 bytes of ASCII from
    /// the quick pass; otherwise none.
    pub short: Option<NonZeroU64>,
}

/// What is made of a word with a seam in it (`de<U+200B>tained`) or with a mark behind it (`detained¹`):
/// nobody but the writer knows whether they part a word, so there are two readings of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A seam ends a word, and what is raised behind one is no part of it and no word.
    Parted,
    /// A seam is nothing, and what is raised is a letter or digit like others.
    Joined,
}

/// Splits `text` into words, in order; whether the other reading has a word that this one has not.
///
/// The folded form of each word is appended to `buffer` and lies at its end when `sink` is called.
/// The sink may truncate the buffer to [`Word::folded`] when it needs the form no longer.
#[inline]
pub fn split(
    text: &str,
    reading: Reading,
    buffer: &mut Vec<u8>,
    mut sink: impl FnMut(&mut Vec<u8>, Word),
) -> bool {
    let table = Folder::new();
    let mut manner = Manner {
        table,
        reading,
        differs: false,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let Some(chunk) = bytes
            .get(at..at + 8)
            .and_then(|chunk| chunk.try_into().ok())
        else {
            at = slowly(text, at..at, &mut manner, buffer, &mut sink);
            continue;
        };
        let eight = Eight::load(chunk);
        if eight.letters == 0 {
            if bytes[at] < 0x80 {
                at += 1;
            } else {
                at = quickly(text, at, table, buffer, &mut sink)
                    .unwrap_or_else(|| slowly(text, at..at, &mut manner, buffer, &mut sink));
            }
            continue;
        }
        let start = at;
        let folded = buffer.len();
        let mut eight = eight;
        let mut short = eight.short();
        loop {
            buffer.extend_from_slice(&eight.folded);
            at += eight.letters;
            buffer.truncate(folded + (at - start));
            if eight.letters < 8 {
                break;
            }
            let Some(chunk) = bytes
                .get(at..at + 8)
                .and_then(|chunk| chunk.try_into().ok())
            else {
                break;
            };
            eight = Eight::load(chunk);
            if eight.letters > 0 {
                short = None;
            }
        }
        match bytes.get(at) {
            Some(&next) if next >= 0x80 || ASCII[usize::from(next)] != 0 => {
                buffer.truncate(folded);
                at = quickly(text, start, table, buffer, &mut sink)
                    .unwrap_or_else(|| slowly(text, start..at, &mut manner, buffer, &mut sink));
            }
            Some(b'.') if at - start <= 2 && abbreviation(text, start).is_some() => {
                buffer.truncate(folded);
                at = slowly(text, start..at, &mut manner, buffer, &mut sink);
            }
            _ => sink(
                buffer,
                Word {
                    folded,
                    start,
                    end: at,
                    marked: false,
                    short,
                },
            ),
        }
    }
    manner.differs
}

/// How to split, and what was seen on the way.
struct Manner {
    table: Folder,
    reading: Reading,
    /// The other reading has another word.
    differs: bool,
}

/// Eight bytes of text, folded at once where they are ASCII.
struct Eight {
    folded: [u8; 8],
    /// How many of the first bytes are ASCII letters or digits.
    letters: usize,
}

impl Eight {
    #[inline]
    fn load(chunk: [u8; 8]) -> Self {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = 0x80 * ONES;
        let given = u64::from_le_bytes(chunk);
        let low = given & !HIGH;
        // Adding moves a byte's high bit to 1 exactly when it is at least the bound.
        let at_least = |bound: u8| low + u64::from(0x80 - bound) * ONES;
        let upper = (at_least(b'A') ^ at_least(b'Z' + 1)) & HIGH & !given;
        let lower = (at_least(b'a') ^ at_least(b'z' + 1)) & HIGH & !given;
        let digit = (at_least(b'0') ^ at_least(b'9' + 1)) & HIGH & !given;
        let others = !(upper | lower | digit) & HIGH;
        Self {
            folded: (given | (upper >> 2)).to_le_bytes(),
            letters: (others.trailing_zeros() / 8) as usize,
        }
    }

    /// The letters in one number.
    #[inline]
    fn short(&self) -> Option<NonZeroU64> {
        let beyond = u64::MAX.unbounded_shl(u32::try_from(self.letters).unwrap_or(8) * 8);
        NonZeroU64::new(u64::from_le_bytes(self.folded) & !beyond)
    }
}

/// Lower-case letters and digits for ASCII letters and digits, 0 for the rest.
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut code = 0;
    while code < 128 {
        #[allow(clippy::cast_possible_truncation)]
        let byte = code as u8;
        if byte.is_ascii_alphanumeric() {
            table[code] = byte.to_ascii_lowercase();
        }
        code += 1;
    }
    table
};

/// Folded letters of a word that [`quickly`] takes, in bytes.
const LONGEST_QUICK: usize = 62;

/// A word of letters that take one or two bytes each, or a single separator, from `start`; returns
/// where it ended. `None`, with nothing done, for everything that needs a closer look.
#[inline]
fn quickly(
    text: &str,
    start: usize,
    table: Folder,
    buffer: &mut Vec<u8>,
    sink: &mut impl FnMut(&mut Vec<u8>, Word),
) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut letters = [0; LONGEST_QUICK + 2];
    let (mut length, mut at, mut marked) = (0, start, false);
    while let Some(&first) = bytes.get(at) {
        if length > LONGEST_QUICK {
            return None;
        }
        if first < 0x80 {
            let letter = ASCII[usize::from(first)];
            if letter == 0 {
                break;
            }
            letters[length] = letter;
            length += 1;
            at += 1;
        } else if first < 0xE0 {
            let pair = table.pair(first, *bytes.get(at + 1)?);
            if pair.length == 0 {
                match (pair.marked, length) {
                    (false, _) => return None,
                    (true, 0) => return Some(at + 2),
                    (true, _) => break,
                }
            }
            letters[length] = pair.bytes[0];
            letters[length + 1] = pair.bytes[1];
            length += usize::from(pair.length);
            marked |= pair.marked;
            at += 2;
        } else {
            let character = text.get(at..)?.chars().next()?;
            if table.fold(character).class() != Class::Separator {
                return None;
            }
            if length == 0 {
                return Some(at + character.len_utf8());
            }
            break;
        }
    }
    // At most two letters of two bytes each, and a dot of either width.
    let may_abbreviate = at - start <= 4 && matches!(bytes.get(at), Some(b'.' | 0xEF));
    if may_abbreviate && abbreviation(text, start).is_some() {
        return None;
    }
    let folded = buffer.len();
    buffer.extend_from_slice(&letters[..length]);
    sink(
        buffer,
        Word {
            folded,
            start,
            end: at,
            marked,
            short: None,
        },
    );
    Some(at)
}

/// A word that may go on.
struct Open {
    folded: usize,
    start: usize,
    end: usize,
    marked: bool,
    alone: bool,
    /// It stands above or below the line, with nothing before it.
    raised: bool,
    base: char,
}

/// Goes on one character at a time from the start of a range until at least its end and to the end of a
/// word or of a stretch without words; returns where it stopped.
#[inline(never)]
fn slowly(
    text: &str,
    range: Range<usize>,
    manner: &mut Manner,
    buffer: &mut Vec<u8>,
    sink: &mut impl FnMut(&mut Vec<u8>, Word),
) -> usize {
    let table = manner.table;
    let joined = manner.reading == Reading::Joined;
    let mut open: Option<Open> = None;
    for (offset, character) in text[range.start..].char_indices() {
        let at = range.start + offset;
        let end = at + character.len_utf8();
        let folded = table.fold(character);
        match folded.class() {
            Class::Separator => {
                if let Some(word) = open
                    .as_ref()
                    .filter(|word| !word.alone && is_dot(character))
                    && let Some(end) = abbreviation(text, word.start)
                {
                    let start = word.start;
                    buffer.truncate(word.folded);
                    abbreviated(text, start..end, table, buffer, sink);
                    return end;
                }
                close(&mut open, buffer, sink);
                // Back to the quick pass, which is better at ASCII.
                if at >= range.end {
                    return end;
                }
            }
            Class::Seam if !joined => {
                let goes_on =
                    |next| !matches!(table.fold(next).class(), Class::Separator | Class::Single);
                manner.differs |= open.as_ref().is_some_and(|word| !word.alone)
                    && text[end..].chars().next().is_some_and(goes_on);
                close(&mut open, buffer, sink);
                if at >= range.end {
                    return end;
                }
            }
            Class::Ignored | Class::Seam => {}
            Class::Raised => {
                let behind_word = open.as_ref().is_some_and(|word| !word.alone);
                let goes_on =
                    joined && behind_word || open.as_ref().is_some_and(|word| word.raised);
                if !goes_on {
                    manner.differs |= behind_word;
                    let stands_alone = open.is_none() && begins_word(table, &text[..at]);
                    close(&mut open, buffer, sink);
                    if !stands_alone {
                        continue;
                    }
                }
                add_raised(&mut open, buffer, character, at, end);
            }
            Class::Mark => {
                if let Some(word) = &mut open {
                    add_mark(word, buffer, character);
                    word.end = end;
                    word.marked = true;
                }
            }
            // Nearly all letters of scripts beyond ASCII come this way.
            Class::Letter if !folded.several() && !open.as_ref().is_some_and(|word| word.alone) => {
                let letter = folded.character();
                let word = open.get_or_insert(Open {
                    folded: buffer.len(),
                    start: at,
                    end,
                    marked: false,
                    alone: false,
                    raised: false,
                    base: letter,
                });
                word.base = letter;
                word.end = end;
                word.marked |= folded.marked();
                push(buffer, letter);
            }
            Class::Letter | Class::Single | Class::Joiner => {
                if folded.several() {
                    for part in expansion(character) {
                        let class = table.fold(part).class();
                        add(&mut open, buffer, sink, part, class, at, end);
                    }
                } else {
                    add(
                        &mut open,
                        buffer,
                        sink,
                        folded.character(),
                        folded.class(),
                        at,
                        end,
                    );
                }
                if let Some(word) = &mut open {
                    word.marked |= folded.marked();
                }
            }
        }
    }
    close(&mut open, buffer, sink);
    text.len()
}

/// Gives an abbreviation as one word.
fn abbreviated(
    text: &str,
    range: Range<usize>,
    table: Folder,
    buffer: &mut Vec<u8>,
    sink: &mut impl FnMut(&mut Vec<u8>, Word),
) {
    let mut word = Open {
        folded: buffer.len(),
        start: range.start,
        end: range.end,
        // Its letters are compared as they are folded, for its dots are written in many ways.
        marked: false,
        alone: false,
        raised: false,
        base: ' ',
    };
    for character in text[range].chars() {
        let folded = table.fold(character);
        match folded.class() {
            Class::Mark => {
                add_mark(&mut word, buffer, character);
            }
            Class::Letter if folded.several() => {
                for part in expansion(character) {
                    push(buffer, part);
                }
            }
            Class::Letter => {
                word.base = folded.character();
                push(buffer, word.base);
            }
            _ => {}
        }
    }
    close(&mut Some(word), buffer, sink);
}

fn close(open: &mut Option<Open>, buffer: &mut Vec<u8>, sink: &mut impl FnMut(&mut Vec<u8>, Word)) {
    if let Some(word) = open.take() {
        sink(
            buffer,
            Word {
                folded: word.folded,
                start: word.start,
                end: word.end,
                marked: word.marked,
                short: None,
            },
        );
    }
}

/// Adds one folded letter, opening and closing words as its class asks.
fn add(
    open: &mut Option<Open>,
    buffer: &mut Vec<u8>,
    sink: &mut impl FnMut(&mut Vec<u8>, Word),
    letter: char,
    class: Class,
    at: usize,
    end: usize,
) {
    if let Some(word) = open {
        if class == Class::Mark || class == Class::Joiner {
            let whole = word.alone || class == Class::Mark;
            if add_mark(word, buffer, letter) || whole {
                word.end = end;
                word.marked = true;
                return;
            }
        }
        if class == Class::Single || word.alone {
            close(open, buffer, sink);
        }
    }
    let word = open.get_or_insert_with(|| Open {
        folded: buffer.len(),
        start: at,
        end,
        marked: false,
        alone: class == Class::Single,
        raised: false,
        base: letter,
    });
    word.base = letter;
    word.end = end;
    push(buffer, letter);
}

/// Whether what is raised behind a text that ends no word is one: behind a blank, and behind the point of a
/// number (PM₂.₅).
fn begins_word(table: Folder, before: &str) -> bool {
    let mut before = before.chars().rev();
    match before.next() {
        Some('.') => before
            .next()
            .is_some_and(|digit| digit.is_numeric() && table.fold(digit).class() == Class::Raised),
        last => last.is_none_or(char::is_whitespace),
    }
}

/// Adds what stands above or below the line to the open word, or begins one with it.
fn add_raised(
    open: &mut Option<Open>,
    buffer: &mut Vec<u8>,
    character: char,
    at: usize,
    end: usize,
) {
    for letter in expansion(character) {
        let word = open.get_or_insert_with(|| Open {
            folded: buffer.len(),
            start: at,
            end,
            marked: true,
            alone: true,
            raised: true,
            base: letter,
        });
        word.base = letter;
        word.end = end;
        word.marked = true;
        push(buffer, letter);
    }
}

/// Adds a mark or joining letter to the open word; false when it did not melt into the letter before.
fn add_mark(word: &mut Open, buffer: &mut Vec<u8>, mark: char) -> bool {
    let last = last_char(buffer, word.folded);
    match join(Some(word.base), last, mark) {
        Join::Drop => true,
        Join::Replace(composed) => {
            let kept = buffer.len() - last.map_or(0, char::len_utf8);
            buffer.truncate(kept);
            push(buffer, composed);
            word.base = composed;
            true
        }
        Join::Keep if is_combining_mark(mark) => {
            insert_mark(buffer, word.folded, mark);
            true
        }
        Join::Keep => false,
    }
}

/// Marks of different kinds on one base may come in any order: keep them sorted. Looks back over a few
/// only, so that a megabyte of marks takes linear time.
fn insert_mark(buffer: &mut Vec<u8>, from: usize, mark: char) {
    let order = mark_order(mark);
    let mut later = Vec::new();
    while order != 0 && later.len() < 4 {
        match last_char(buffer, from) {
            Some(last) if mark_order(last) > order => {
                buffer.truncate(buffer.len() - last.len_utf8());
                later.push(last);
            }
            _ => break,
        }
    }
    push(buffer, mark);
    while let Some(last) = later.pop() {
        push(buffer, last);
    }
}

fn last_char(buffer: &[u8], from: usize) -> Option<char> {
    let word = &buffer[from..];
    let begin = (0..word.len()).rev().find(|&i| word[i] & 0xC0 != 0x80)?;
    std::str::from_utf8(&word[begin..]).ok()?.chars().next()
}

#[inline]
fn push(buffer: &mut Vec<u8>, character: char) {
    // The lengths are known to the compiler in each arm, which spares a call a letter.
    let mut bytes = [0; 4];
    match character.encode_utf8(&mut bytes).as_bytes() {
        &[a, b] => buffer.extend_from_slice(&[a, b]),
        &[a] => buffer.push(a),
        &[a, b, c] => buffer.extend_from_slice(&[a, b, c]),
        more => buffer.extend_from_slice(more),
    }
}

/// A word of a short text, with its folded form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoldedWord {
    /// The folded form.
    pub folded: String,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte in the text.
    pub end: usize,
}

/// The words of a short text, such as a query, as they are in [`Reading::Joined`].
pub fn fold_words(text: &str) -> Vec<FoldedWord> {
    let mut words = Vec::new();
    split(text, Reading::Joined, &mut Vec::new(), |buffer, word| {
        words.push(FoldedWord {
            folded: String::from_utf8_lossy(&buffer[word.folded..]).into_owned(),
            start: word.start,
            end: word.end,
        });
        buffer.truncate(word.folded);
    });
    words
}

/// The folded words of a text, with one blank between them.
pub fn fold_text(text: &str) -> String {
    folded(text, Reading::Joined).0
}

/// The folded words of a text for an index that is searched with [`fold_text`]: as they are parted, and
/// behind them all as they are joined, where that makes a difference.
pub fn fold_for_index(text: &str) -> String {
    let (parted, differs) = folded(text, Reading::Parted);
    if differs {
        format!("{parted} {}", fold_text(text))
    } else {
        parted
    }
}

/// The folded words in a reading, with one blank between them, and whether the other has others.
fn folded(text: &str, reading: Reading) -> (String, bool) {
    let mut words = Vec::with_capacity(text.len());
    let differs = split(text, reading, &mut words, |words, _| words.push(b' '));
    words.pop();
    (String::from_utf8_lossy(&words).into_owned(), differs)
}

#[cfg(test)]
mod tests;
