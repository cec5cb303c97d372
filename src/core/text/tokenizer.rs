//! Text to folded words, each with its place in the text as given.
//!
//! A word is a run of letters, digits and their marks, or an abbreviation with dots. In scripts without spaces each
//! character is a word. [`split`] does the folding and the splitting in one pass, because matching spends most of its
//! time here.

mod ascii;
mod fast_path;
mod open_word;
mod slow_path;
mod word;

use super::abbreviations::abbreviation;
use super::normalization::NormalizationTables;
use ascii::{ASCII, AsciiChunk, run_of_ascii};
use fast_path::split_fast;
use slow_path::{TokenizerState, split_slow};
pub use word::{Word, WordSegmentation};

/// Splits `text` into words, in order; whether the other reading has a word that this one has not.
///
/// The folded form of each word is appended to `buffer` and lies at its end when `sink` is called.
/// The sink may truncate the buffer to [`Word::folded`] when it needs the form no longer.
#[inline]
pub fn split(
    text: &str,
    reading: WordSegmentation,
    buffer: &mut Vec<u8>,
    mut sink: impl FnMut(&mut Vec<u8>, Word),
) -> bool {
    let table = NormalizationTables::new();
    let mut state = TokenizerState {
        table,
        reading,
        differs: false,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let Some(eight) = AsciiChunk::load(bytes, at) else {
            at = split_slow(text, at..at, &mut state, buffer, &mut sink);
            continue;
        };
        if eight.letters == 0 {
            if bytes[at] < 0x80 {
                at += 1;
            } else {
                at = split_fast(text, at, table, buffer, &mut sink)
                    .unwrap_or_else(|| split_slow(text, at..at, &mut state, buffer, &mut sink));
            }
            continue;
        }
        let (start, folded) = (at, buffer.len());
        let (end, short) = run_of_ascii(bytes, start, eight, buffer);
        at = match bytes.get(end) {
            Some(&next) if next >= 0x80 || ASCII[usize::from(next)] != 0 => {
                buffer.truncate(folded);
                split_fast(text, start, table, buffer, &mut sink)
                    .unwrap_or_else(|| split_slow(text, start..end, &mut state, buffer, &mut sink))
            }
            Some(b'.') if end - start <= 2 && abbreviation(text, start).is_some() => {
                buffer.truncate(folded);
                split_slow(text, start..end, &mut state, buffer, &mut sink)
            }
            _ => {
                let word = Word {
                    folded,
                    start,
                    end,
                    marked: false,
                    short,
                };
                sink(buffer, word);
                end
            }
        };
    }
    state.differs
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

/// The words of a short text, such as a query, as they are in [`WordSegmentation::Joined`].
pub fn fold_words(text: &str) -> Vec<FoldedWord> {
    let mut words = Vec::new();
    split(
        text,
        WordSegmentation::Joined,
        &mut Vec::new(),
        |buffer, word| {
            words.push(FoldedWord {
                folded: String::from_utf8_lossy(&buffer[word.folded..]).into_owned(),
                start: word.start,
                end: word.end,
            });
            buffer.truncate(word.folded);
        },
    );
    words
}

/// The folded words of a text, with one blank between them.
pub fn fold_text(text: &str) -> String {
    folded(text, WordSegmentation::Joined).0
}

/// The folded words of a text for an index that is searched with [`fold_text`]: as they are parted, and
/// behind them all as they are joined, where that makes a difference.
pub fn fold_for_index(text: &str) -> String {
    let (parted, differs) = folded(text, WordSegmentation::Parted);
    if differs {
        format!("{parted} {}", fold_text(text))
    } else {
        parted
    }
}

/// The folded words in a reading, with one blank between them, and whether the other has others.
fn folded(text: &str, reading: WordSegmentation) -> (String, bool) {
    let mut words = Vec::with_capacity(text.len());
    let differs = split(text, reading, &mut words, |words, _| words.push(b' '));
    words.pop();
    (String::from_utf8_lossy(&words).into_owned(), differs)
}

#[cfg(test)]
mod tests;
