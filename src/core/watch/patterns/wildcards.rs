//! Wildcards by the letters before their first sign, and whether a word fits one.

use std::collections::HashMap;

use crate::core::watch::word_hash::hash;

/// Wildcards by the letters before the first of their signs.
#[derive(Default)]
pub(super) struct Prefixes {
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
    pub(super) fn add(&mut self, pattern: &str, number: u32, seed: u64) {
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
    pub(super) fn may_begin(&self, word: &[u8]) -> bool {
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

    pub(super) fn visit(&self, word: &[u8], seed: u64, mut found: impl FnMut(u32)) {
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

/// Whether a folded word fits a folded pattern; `?` is one character, `*` at the end any number.
pub(super) fn fits(pattern: &[u8], word: &[u8]) -> bool {
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
