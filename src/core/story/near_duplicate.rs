//! Whether two items carry one text.
//!
//! What decides is runs of words of their beginnings: more than half of the copies of one agency text bear a
//! headline of their own.

use super::agency::{without_credit, without_title_credit};
use crate::core::text::normalization::{CharacterClass, fold};
use crate::core::text::tokenizer::{WordSegmentation, split};

/// Characters of a lead that are its beginning, after the agency's credit.
pub const LEAD_CHARS: usize = 300;

/// Characters of a lead in which the beginning of another is looked for: who drops a sentence, or puts one before,
/// goes on further up or down. What two have in common behind their beginnings alone may be what their outlets always
/// say there.
const REST_CHARS: usize = 600;

/// Runs of words kept of a lead, at most; no lead of a script with spaces has more.
pub const MOST_SHINGLES: usize = 96;

/// A run has four words, of which each counts for four.
const RUN: u32 = 16;

/// Leads with fewer runs say too little.
const FEWEST: usize = 6;

/// Shared runs at which two texts are the same, if these are at least half of those of the shorter.
const SAME: usize = 8;

/// A title of fewer words is given to many items.
const TITLE_WORDS: usize = 5;

/// What of an item tells copies.
#[derive(Clone, Copy, Debug, Default)]
pub struct DuplicateKey<'a> {
    /// From [`shingles`].
    pub shingles: &'a [u32],
    /// From [`title_key`].
    pub title: Option<u32>,
}

/// How much of one text another is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOverlap {
    /// One text, perhaps cut or edited.
    Same,
    /// So much of one stands in the other that they are not two sources.
    NotIndependent,
    /// Other words.
    Other,
}

/// Hashes of the runs of words of a lead, without agency credit: those of its beginning in ascending order, and
/// behind them those of the rest in ascending order. The same text gives the same on every machine and in every
/// version, for they are stored.
///
/// A run is four words; in scripts without spaces eight characters (Han, kana) or sixteen (Thai, Lao, Khmer, Myanmar).
pub fn shingles(lead: &str) -> Box<[u32]> {
    let lead = without_credit(lead);
    let words = hashed(head(lead, REST_CHARS));
    let begin = hashed(head(lead, LEAD_CHARS)).len();
    let mut runs = Vec::with_capacity(words.len().min(MOST_SHINGLES));
    let mut beginning = 0;
    for start in 0..words.len() {
        if runs.len() == MOST_SHINGLES {
            break;
        }
        let mut length = 0;
        let mut run = OFFSET;
        let mut end = start;
        for &(hash, weight) in &words[start..] {
            run = mix(run, &hash.to_le_bytes());
            length += weight;
            end += 1;
            if length >= RUN {
                break;
            }
        }
        if length < RUN {
            break;
        }
        runs.push(short(run));
        if end <= begin {
            beginning = runs.len();
        }
    }
    let mut rest = runs.split_off(beginning);
    for part in [&mut runs, &mut rest] {
        part.sort_unstable();
        part.dedup();
    }
    rest.retain(|run| runs.binary_search(run).is_err());
    runs.append(&mut rest);
    runs.into_boxed_slice()
}

/// The runs of the beginning: where a smaller one follows, the rest begins.
pub(super) fn beginning(shingles: &[u32]) -> &[u32] {
    let end = shingles.windows(2).position(|pair| pair[0] > pair[1]);
    end.map_or(shingles, |end| &shingles[..=end])
}

/// A number for a title of five words or more (ten characters in scripts without spaces), equal for titles with the
/// same words; credits at its end do not count.
pub fn title_key(title: &str) -> Option<u32> {
    let words = hashed(head(without_title_credit(title), LEAD_CHARS));
    let length: u32 = words.iter().map(|&(_, weight)| weight).sum();
    let enough = length as usize >= TITLE_WORDS * 4;
    enough.then(|| {
        short(
            words
                .iter()
                .fold(OFFSET, |run, (hash, _)| mix(run, &hash.to_le_bytes())),
        )
    })
}

/// Compares two items. Their titles count only where a lead is too short.
pub fn likeness(a: DuplicateKey<'_>, b: DuplicateKey<'_>) -> TextOverlap {
    let [begin_a, begin_b] = [a, b].map(|text| beginning(text.shingles));
    let (least, most) = {
        let (a, b) = (begin_a.len(), begin_b.len());
        (a.min(b), a.max(b))
    };
    if least < FEWEST {
        let same_title = a.title.is_some() && a.title == b.title;
        // The shorter of two leads is the beginning of the other, and nothing speaks against the title.
        return if same_title {
            TextOverlap::Same
        } else {
            TextOverlap::Other
        };
    }
    let found = [(begin_a, b.shingles), (begin_b, a.shingles)]
        .map(|(begin, other)| of_one(begin.len(), most, shared(begin, other)));
    if found.contains(&TextOverlap::Same) {
        TextOverlap::Same
    } else if found.contains(&TextOverlap::NotIndependent) {
        TextOverlap::NotIndependent
    } else {
        TextOverlap::Other
    }
}

/// How much of one text another is that has so many of the runs of its beginning.
fn of_one(runs: usize, most: usize, shared: usize) -> TextOverlap {
    let whole = shared == runs && most < 2 * SAME;
    if shared * 2 >= runs && (shared >= SAME || whole) {
        TextOverlap::Same
    } else if shared * 100 >= runs * 35 && shared >= FEWEST {
        TextOverlap::NotIndependent
    } else {
        TextOverlap::Other
    }
}

/// How many runs of a beginning a text has.
fn shared(begin: &[u32], other: &[u32]) -> usize {
    let first = beginning(other);
    let rest = &other[first.len()..];
    let has = |run: &&u32| first.binary_search(run).is_ok() || rest.binary_search(run).is_ok();
    begin.iter().filter(has).count()
}

/// The first so many characters, cut at a word where the script has any.
fn head(text: &str, characters: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(characters) else {
        return text;
    };
    let cut = text[..end]
        .char_indices()
        .rev()
        .take(40)
        .find(|(_, c)| c.is_whitespace());
    &text[..cut.map_or(end, |(at, _)| at)]
}

/// Folded words by hash, each with what it counts towards a run.
fn hashed(text: &str) -> Vec<(u64, u32)> {
    let mut words = Vec::new();
    split(
        text,
        WordSegmentation::Joined,
        &mut Vec::new(),
        |buffer, word| {
            let form = &buffer[word.folded..];
            words.push((mix(OFFSET, form), weight(&text[word.start..word.end])));
            buffer.truncate(word.folded);
        },
    );
    words
}

/// A word of a script with spaces counts four; a character of the others two, or one where words are long.
fn weight(word: &str) -> u32 {
    match word.chars().next() {
        Some('\u{2E80}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}') => 2,
        Some(first) if fold(first).class() == CharacterClass::Single => 1,
        _ => 4,
    }
}

const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;

/// FNV-1a of 64 bits (RFC 9923, section 2).
fn mix(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// The 32 bits of it, of which each depends on all.
fn short(hash: u64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "half of it is what is wanted"
    )]
    let half = (hash >> 32) as u32 ^ hash as u32;
    half
}

#[cfg(test)]
mod tests;
