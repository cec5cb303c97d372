//! The words, patterns and lists of a document as bits: what is not set is not there.

use super::word_hash::mix;

/// The bit that is always set, for postings without a guard.
pub(super) const ALWAYS: u16 = 0;

/// Where a word stands in a [`Signature`].
#[inline]
pub(super) fn word_bit(hash: u64) -> u16 {
    (hash >> 48) as u16
}

/// The words and patterns of a document as bits: what is not set is not there.
pub(super) struct Signature {
    bits: Box<[u64; 1024]>,
}

impl Default for Signature {
    fn default() -> Self {
        Self {
            bits: Box::new([0; 1024]),
        }
    }
}

impl Signature {
    pub(super) fn clear(&mut self) {
        self.bits.fill(0);
        self.set(ALWAYS);
    }

    #[inline]
    pub(super) fn set(&mut self, bit: u16) {
        self.bits[usize::from(bit >> 6)] |= 1 << (bit & 63);
    }

    #[inline]
    pub(super) fn has(&self, bit: u16) -> bool {
        self.bits[usize::from(bit >> 6)] & 1 << (bit & 63) != 0
    }

    #[inline]
    pub(super) fn has_all(&self, bits: [u16; 4]) -> bool {
        bits.into_iter().all(|bit| self.has(bit))
    }

    #[inline]
    pub(super) fn admits(&self, bits: [u16; 4]) -> bool {
        bits.into_iter().any(|bit| self.has(bit))
    }
}

/// Where a pattern stands in the bits that guards look at.
#[inline]
pub(super) fn pattern_bit(number: u32) -> u16 {
    (mix(u64::from(number) + 1, 0x9E37_79B9_7F4A_7C15) >> 48) as u16
}

/// Where a list in some fields stands in the bits that guards look at, by the number of the two together.
#[inline]
pub(super) fn list_bit(place: u32) -> u16 {
    (mix(u64::from(place) + 1, 0xA24B_AED4_963E_E407) >> 48) as u16
}
