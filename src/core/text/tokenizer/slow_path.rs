//! The slow path: one character at a time, for all that Unicode has.

use std::ops::Range;

use super::open_word::{Open, add_mark, push};
use super::word::{Word, WordSegmentation};
use crate::core::text::abbreviations::{abbreviation, is_dot};
use crate::core::text::normalization::{
    CharacterClass, NormalizationTables, NormalizedCharacter, expansion,
};

/// How to split, and what was seen on the way.
pub(super) struct TokenizerState {
    pub(super) table: NormalizationTables,
    pub(super) reading: WordSegmentation,
    /// The other reading has another word.
    pub(super) differs: bool,
}

/// Goes on one character at a time from the start of a range until at least its end and to the end of a
/// word or of a stretch without words; returns where it stopped.
#[inline(never)]
pub(super) fn split_slow(
    text: &str,
    range: Range<usize>,
    state: &mut TokenizerState,
    buffer: &mut Vec<u8>,
    sink: &mut impl FnMut(&mut Vec<u8>, Word),
) -> usize {
    let table = state.table;
    let joined = state.reading == WordSegmentation::Joined;
    let mut segmenter = Segmenter {
        text,
        state,
        buffer,
        sink,
        open: None,
    };
    for (offset, character) in text[range.start..].char_indices() {
        let at = range.start + offset;
        let end = at + character.len_utf8();
        let folded = table.fold(character);
        match folded.class() {
            CharacterClass::Separator => {
                if let Some(end) = segmenter.abbreviation(character) {
                    return end;
                }
                segmenter.close();
                // Back to the quick pass, which is better at ASCII.
                if at >= range.end {
                    return end;
                }
            }
            CharacterClass::Seam if !joined => {
                segmenter.seam(end);
                if at >= range.end {
                    return end;
                }
            }
            CharacterClass::Ignored | CharacterClass::Seam => {}
            CharacterClass::Raised => segmenter.raised(character, at..end),
            CharacterClass::Mark => segmenter.mark(character, end),
            // Nearly all letters of scripts beyond ASCII come this way.
            CharacterClass::Letter if !folded.several() && !segmenter.is_alone() => {
                segmenter.letter(folded, at..end);
            }
            CharacterClass::Letter | CharacterClass::Single | CharacterClass::Joiner => {
                segmenter.letters(character, folded, at..end);
            }
        }
    }
    segmenter.close();
    text.len()
}

/// The way through a text, with the word that may go on.
struct Segmenter<'a, S> {
    text: &'a str,
    state: &'a mut TokenizerState,
    buffer: &'a mut Vec<u8>,
    sink: &'a mut S,
    open: Option<Open>,
}

impl<S: FnMut(&mut Vec<u8>, Word)> Segmenter<'_, S> {
    /// The open word is a character of a script without spaces, or stands above or below the line.
    #[inline]
    fn is_alone(&self) -> bool {
        self.open.as_ref().is_some_and(|word| word.alone)
    }

    /// A word is open, and it is not alone.
    fn is_behind_word(&self) -> bool {
        self.open.as_ref().is_some_and(|word| !word.alone)
    }

    #[inline]
    fn close(&mut self) {
        if let Some(word) = self.open.take() {
            (self.sink)(self.buffer, word.finished());
        }
    }

    /// Gives the abbreviation that the open word begins, if this is its dot; returns where it ends.
    fn abbreviation(&mut self, dot: char) -> Option<usize> {
        let word = self.open.as_ref();
        let word = word.filter(|word| !word.alone && is_dot(dot))?;
        let (start, end) = (word.start, abbreviation(self.text, word.start)?);
        self.buffer.truncate(word.folded);
        self.abbreviated(start..end);
        Some(end)
    }

    /// Gives an abbreviation as one word.
    fn abbreviated(&mut self, range: Range<usize>) {
        // Not marked: its letters are compared as they are folded, for its dots are written in many ways.
        let mut word = Open::new(self.buffer, range.clone(), ' ');
        for character in self.text[range].chars() {
            let folded = self.state.table.fold(character);
            match folded.class() {
                CharacterClass::Mark => {
                    add_mark(&mut word, self.buffer, character);
                }
                CharacterClass::Letter if folded.several() => {
                    for part in expansion(character) {
                        push(self.buffer, part);
                    }
                }
                CharacterClass::Letter => {
                    word.base = folded.character();
                    push(self.buffer, word.base);
                }
                _ => {}
            }
        }
        self.open = Some(word);
        self.close();
    }

    /// A seam that ends at `end`, and ends a word.
    fn seam(&mut self, end: usize) {
        let table = self.state.table;
        let goes_on = |next| {
            !matches!(
                table.fold(next).class(),
                CharacterClass::Separator | CharacterClass::Single
            )
        };
        self.state.differs |=
            self.is_behind_word() && self.text[end..].chars().next().is_some_and(goes_on);
        self.close();
    }

    /// What stands above or below the line: a part of the open word, a word of its own, or the mark of a note.
    fn raised(&mut self, character: char, place: Range<usize>) {
        let behind_word = self.is_behind_word();
        let goes_on = self.state.reading == WordSegmentation::Joined && behind_word
            || self.open.as_ref().is_some_and(|word| word.raised);
        if !goes_on {
            self.state.differs |= behind_word;
            let stands_alone =
                self.open.is_none() && begins_word(self.state.table, &self.text[..place.start]);
            self.close();
            if !stands_alone {
                return;
            }
        }
        for letter in expansion(character) {
            let word = self.open.get_or_insert_with(|| Open {
                alone: true,
                raised: true,
                ..Open::new(self.buffer, place.clone(), letter)
            });
            word.marked = true;
            word.add(self.buffer, letter, place.end);
        }
    }

    fn mark(&mut self, mark: char, end: usize) {
        if let Some(word) = &mut self.open {
            add_mark(word, self.buffer, mark);
            word.end = end;
            word.marked = true;
        }
    }

    /// A letter that is one folded letter, behind a word that goes on or none.
    #[inline]
    fn letter(&mut self, folded: NormalizedCharacter, place: Range<usize>) {
        let (letter, end) = (folded.character(), place.end);
        let word = self
            .open
            .get_or_insert_with(|| Open::new(self.buffer, place, letter));
        word.marked |= folded.marked();
        word.add(self.buffer, letter, end);
    }

    /// A letter of any kind.
    fn letters(&mut self, character: char, folded: NormalizedCharacter, place: Range<usize>) {
        if folded.several() {
            for part in expansion(character) {
                let class = self.state.table.fold(part).class();
                self.add(part, class, place.clone());
            }
        } else {
            self.add(folded.character(), folded.class(), place);
        }
        if let Some(word) = &mut self.open {
            word.marked |= folded.marked();
        }
    }

    /// Adds one folded letter, opening and closing words as its class asks.
    fn add(&mut self, letter: char, class: CharacterClass, place: Range<usize>) {
        let end = place.end;
        if let Some(word) = &mut self.open {
            if class == CharacterClass::Mark || class == CharacterClass::Joiner {
                let whole = word.alone || class == CharacterClass::Mark;
                if add_mark(word, self.buffer, letter) || whole {
                    word.end = end;
                    word.marked = true;
                    return;
                }
            }
            if class == CharacterClass::Single || word.alone {
                self.close();
            }
        }
        let word = self.open.get_or_insert_with(|| Open {
            alone: class == CharacterClass::Single,
            ..Open::new(self.buffer, place, letter)
        });
        word.add(self.buffer, letter, end);
    }
}

/// Whether what is raised behind a text that ends no word is one: behind a blank, and behind the point of a
/// number (PM₂.₅).
fn begins_word(table: NormalizationTables, before: &str) -> bool {
    let mut before = before.chars().rev();
    match before.next() {
        Some('.') => before.next().is_some_and(|digit| {
            digit.is_numeric() && table.fold(digit).class() == CharacterClass::Raised
        }),
        last => last.is_none_or(char::is_whitespace),
    }
}
