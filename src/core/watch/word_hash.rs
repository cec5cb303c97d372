//! Seeded hashes of words, and where they lead to in a table.

#[inline]
pub(super) fn place(hash: u64) -> usize {
    usize::try_from(hash & 0xFFFF_FFFF).unwrap_or(0)
}

const A: u64 = 0x9E37_79B9_7F4A_7C15;
const B: u64 = 0xD6E8_FEB8_6659_FD93;

/// A seeded hash of a short word: two multiplications for up to 16 bytes. The seed keeps a hostile
/// feed from choosing words that all fall into one slot.
#[inline]
pub(super) fn hash(word: &[u8], seed: u64) -> u64 {
    let length = word.len();
    let (low, high) = if length > 8 {
        let mut state = seed;
        if length > 16 {
            let (chunks, _) = word.as_chunks::<16>();
            for chunk in chunks {
                let (a, b) = halves(chunk);
                state = mix(a ^ state, b ^ A);
            }
        }
        let first = word.first_chunk::<8>().copied().unwrap_or_default();
        let (a, b) = match word.last_chunk::<16>() {
            Some(last) => halves(last),
            None => (
                u64::from_le_bytes(first),
                u64::from_le_bytes(word.last_chunk::<8>().copied().unwrap_or_default()),
            ),
        };
        (a ^ state, b)
    } else {
        let short =
            if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
                let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
                u64::from(first) | u64::from(last) << ((length - 4) * 8)
            } else {
                word.iter()
                    .rev()
                    .fold(0, |all, &byte| all << 8 | u64::from(byte))
            };
        return hash_short(short, length, seed);
    };
    mix(low ^ seed, high ^ B ^ (length as u64) << 56)
}

/// The hash of a word of at most 8 bytes, given as one number with the first byte lowest.
#[inline]
pub(super) fn hash_short(word: u64, length: usize, seed: u64) -> u64 {
    mix(word ^ seed, B ^ (length as u64) << 56)
}

/// The two halves of 16 bytes.
fn halves(chunk: &[u8; 16]) -> (u64, u64) {
    let (halves, _) = chunk.as_chunks::<8>();
    match halves {
        [low, high] => (u64::from_le_bytes(*low), u64::from_le_bytes(*high)),
        _ => (0, 0),
    }
}

/// Multiplies to 128 bits and folds the halves together.
#[inline]
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let (low, high) = a.carrying_mul(b, 0);
    low ^ high
}
