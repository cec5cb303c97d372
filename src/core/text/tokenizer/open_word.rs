//! A word that is read character by character: its folded form, with the marks that melt into its letters.

use std::ops::Range;

use super::word::Word;
use crate::core::text::normalization::{Join, join, mark_order};
use unicode_normalization::char::is_combining_mark;

/// A word that may go on.
pub(super) struct Open {
    pub(super) folded: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) marked: bool,
    pub(super) alone: bool,
    /// It stands above or below the line, with nothing before it.
    pub(super) raised: bool,
    pub(super) base: char,
}

impl Open {
    /// A word without letters yet, whose folded form begins at the end of the buffer.
    pub(super) fn new(buffer: &[u8], place: Range<usize>, base: char) -> Self {
        Self {
            folded: buffer.len(),
            start: place.start,
            end: place.end,
            marked: false,
            alone: false,
            raised: false,
            base,
        }
    }

    /// Adds a letter that ends at `end`.
    #[inline]
    pub(super) fn add(&mut self, buffer: &mut Vec<u8>, letter: char, end: usize) {
        self.base = letter;
        self.end = end;
        push(buffer, letter);
    }

    pub(super) fn finished(self) -> Word {
        Word {
            folded: self.folded,
            start: self.start,
            end: self.end,
            marked: self.marked,
            short: None,
        }
    }
}

/// Adds a mark or joining letter to the open word; false when it did not melt into the letter before.
pub(super) fn add_mark(word: &mut Open, buffer: &mut Vec<u8>, mark: char) -> bool {
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
pub(super) fn push(buffer: &mut Vec<u8>, character: char) {
    // The lengths are known to the compiler in each arm, which spares a call a letter.
    let mut bytes = [0; 4];
    match character.encode_utf8(&mut bytes).as_bytes() {
        &[a, b] => buffer.extend_from_slice(&[a, b]),
        &[a] => buffer.push(a),
        &[a, b, c] => buffer.extend_from_slice(&[a, b, c]),
        more => buffer.extend_from_slice(more),
    }
}
