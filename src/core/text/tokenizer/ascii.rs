//! Runs of ASCII letters and digits, folded eight bytes at a time (SIMD within a register).

use std::num::NonZeroU64;

/// Eight bytes of text, folded at once where they are ASCII.
pub(super) struct AsciiChunk {
    pub(super) folded: [u8; 8],
    /// How many of the first bytes are ASCII letters or digits.
    pub(super) letters: usize,
}

impl AsciiChunk {
    /// Those from `at` on, if there are as many.
    #[inline]
    pub(super) fn load(bytes: &[u8], at: usize) -> Option<Self> {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = 0x80 * ONES;
        let chunk = bytes.get(at..at + 8)?.try_into().ok()?;
        let given = u64::from_le_bytes(chunk);
        let low = given & !HIGH;
        // Adding moves a byte's high bit to 1 exactly when it is at least the bound.
        let at_least = |bound: u8| low + u64::from(0x80 - bound) * ONES;
        let upper = (at_least(b'A') ^ at_least(b'Z' + 1)) & HIGH & !given;
        let lower = (at_least(b'a') ^ at_least(b'z' + 1)) & HIGH & !given;
        let digit = (at_least(b'0') ^ at_least(b'9' + 1)) & HIGH & !given;
        let others = !(upper | lower | digit) & HIGH;
        Some(Self {
            folded: (given | (upper >> 2)).to_le_bytes(),
            letters: (others.trailing_zeros() / 8) as usize,
        })
    }

    /// The letters in one number.
    #[inline]
    fn short(&self) -> Option<NonZeroU64> {
        let beyond = u64::MAX.unbounded_shl(u32::try_from(self.letters).unwrap_or(8) * 8);
        NonZeroU64::new(u64::from_le_bytes(self.folded) & !beyond)
    }
}

/// Appends the folded ASCII letters and digits from `start` on, of which `eight` are the first. Returns where they
/// end, and all of them in one number, unless they are more than eight.
#[inline]
pub(super) fn run_of_ascii(
    bytes: &[u8],
    start: usize,
    mut eight: AsciiChunk,
    buffer: &mut Vec<u8>,
) -> (usize, Option<NonZeroU64>) {
    let folded = buffer.len();
    let mut at = start;
    let mut short = eight.short();
    loop {
        buffer.extend_from_slice(&eight.folded);
        at += eight.letters;
        buffer.truncate(folded + (at - start));
        if eight.letters < 8 {
            break;
        }
        let Some(next) = AsciiChunk::load(bytes, at) else {
            break;
        };
        eight = next;
        if eight.letters > 0 {
            short = None;
        }
    }
    (at, short)
}

/// Lower-case letters and digits for ASCII letters and digits, 0 for the rest.
pub(super) const ASCII: [u8; 128] = {
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
