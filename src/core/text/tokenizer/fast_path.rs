//! The fast path: words of letters that take one or two bytes each, by a table.

use super::ascii::ASCII;
use super::word::Word;
use crate::core::text::abbreviations::abbreviation;
use crate::core::text::normalization::{CharacterClass, NormalizationTables};

/// Folded letters of a word that [`split_fast`] takes, in bytes.
const LONGEST_QUICK: usize = 62;

/// A word of letters that take one or two bytes each, or a single separator, from `start`; returns
/// where it ended. `None`, with nothing done, for everything that needs a closer look.
#[inline]
pub(super) fn split_fast(
    text: &str,
    start: usize,
    table: NormalizationTables,
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
            if table.fold(character).class() != CharacterClass::Separator {
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
