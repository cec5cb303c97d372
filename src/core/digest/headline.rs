//! What an item is called by: its headline, or the first words of one that has none, as notes of social
//! networks and channels of messengers.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::limits::TITLE_CHARS;
use crate::core::text::line::{TextSegment, clean_line, clean_pieces};
use crate::core::text::sanitize::VisibleCharacters;
use crate::core::text::sentence::ends_here;

/// Columns that the first words of a text take at most; letters of East Asia take two.
const WORDS_COLUMNS: usize = 80;
/// A sentence of fewer columns says too little alone.
const SENTENCE_COLUMNS: usize = 20;
/// Bytes of a text in which its first words are looked for.
const REACH_BYTES: usize = 2_000;

/// The headline as one clean line, whatever stands for it; empty when the item says nothing at all.
///
/// It is for showing only: what stands for a headline is no title, and is not matched as one.
pub fn headline(title: &str, summary: &str, text: &str) -> String {
    if !is_headline(title) {
        for text in [summary, text] {
            let words = first_words(text).map(|words| words.pieces(text, |_| false));
            if let Some(words) = words.filter(|words| !words.is_empty()) {
                return words.into_iter().map(|piece| piece.text).collect();
            }
        }
    }
    clean_line(title, TITLE_CHARS)
}

/// Whether a title names its item: it has a letter or a digit, is no mere address, and not one of the
/// words that programs write where there is none.
pub fn is_headline(title: &str) -> bool {
    const PLACEHOLDERS: [&str; 8] = [
        "untitled",
        "no title",
        "no subject",
        "no headline",
        "null",
        "sans titre",
        "sin título",
        "без названия",
    ];
    let is_word = |c: char| c.is_alphanumeric();
    let words = title.trim_matches(|c: char| !is_word(c));
    // No placeholder is as long.
    let is_placeholder = words.len() < 40 && PLACEHOLDERS.contains(&words.to_lowercase().as_str());
    has_words(title) && !is_placeholder
}

/// Whether there is anything to read in a line beside addresses.
fn has_words(line: &str) -> bool {
    line.split_whitespace()
        .filter(|word| !word.starts_with("https://") && !word.starts_with("http://"))
        .any(|word| word.contains(char::is_alphanumeric))
}

/// The beginning of a text.
pub(super) struct FirstWords {
    range: Range<usize>,
    /// The sentence goes on.
    is_cut: bool,
}

impl FirstWords {
    /// The words, cleaned; `marked` is asked with byte positions of the whole text.
    pub(super) fn pieces(&self, text: &str, marked: impl Fn(usize) -> bool) -> Vec<TextSegment> {
        let start = self.range.start;
        let words = &text[self.range.clone()];
        let mut pieces = clean_pieces(words, |at| marked(start + at), TITLE_CHARS);
        if self.is_cut
            && let Some(last) = pieces.last_mut().filter(|last| !last.text.ends_with('…'))
        {
            last.text.push('…');
        }
        pieces
    }
}

/// The first sentence of a text that says something, or as much of it as a headline has room for, cut
/// between words where its script has any. Lines without words come into play when there are no others.
pub(super) fn first_words(text: &str) -> Option<FirstWords> {
    let head = &text[..text.floor_char_boundary(REACH_BYTES)];
    let mut at = 0;
    let mut shown = None;
    for line in head.split_inclusive('\n') {
        if has_words(line) {
            return Some(sentence(text, at));
        }
        if shown.is_none() && !clean_line(line, 1).is_empty() {
            shown = Some(at);
        }
        at += line.len();
    }
    shown.map(|at| sentence(text, at))
}

/// The sentence that begins there.
fn sentence(text: &str, start: usize) -> FirstWords {
    let mut columns = 0;
    let mut word_end = None;
    let mut in_gap = true;
    let mut visible = VisibleCharacters::default();
    let mut characters = text[start..].char_indices().peekable();
    while let Some((offset, c)) = characters.next() {
        let (at, after) = (start + offset, start + offset + c.len_utf8());
        let is_over = at - start > REACH_BYTES || columns >= WORDS_COLUMNS;
        if c.is_whitespace() {
            if !in_gap {
                word_end = Some((at, columns));
                columns += 1;
            }
            in_gap = true;
        } else if is_over && !is_combining_mark(c) {
            let cut = word_end.filter(|(_, columns)| *columns >= WORDS_COLUMNS / 2);
            return FirstWords {
                range: start..cut.map_or(at, |(at, _)| at),
                is_cut: true,
            };
        } else if visible.keeps(c, characters.peek().map(|(_, next)| *next)) {
            columns += usize::from(!is_combining_mark(c)) + usize::from(c >= '\u{2E80}');
            in_gap = false;
        }
        if columns >= SENTENCE_COLUMNS
            && let Some(closing) = ends_here(c, &text[start..at], &text[after..])
        {
            return FirstWords {
                range: start..after + closing,
                is_cut: false,
            };
        }
    }
    FirstWords {
        range: start..text.len(),
        is_cut: false,
    }
}

#[cfg(test)]
mod tests;
