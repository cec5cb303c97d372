//! Maps whose keys are numbers or short words: most are hashes already, and to hash them again with care took longer
//! than all else that is done with an item.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

pub(super) type Map<K, V> = HashMap<K, V, SeededHasher>;
pub(super) type Set<K> = HashSet<K, SeededHasher>;

/// Begins with what nobody outside knows, so that no feed can send words that fall together.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeededHasher(u64);

impl Default for SeededHasher {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for SeededHasher {
    type Hasher = Folded;

    fn build_hasher(&self) -> Folded {
        Folded(self.0)
    }
}

/// The two halves of a product, one over the other.
pub(super) struct Folded(u64);

impl Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number.cast_unsigned());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let product = u128::from(self.0 ^ number) * u128::from(ODD);
        #[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
        let folded = product as u64 ^ (product >> 64) as u64;
        self.0 = folded;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Counts one less; whether that was the last.
pub(super) fn count_down<K: Eq + Hash + Copy>(counts: &mut Map<K, u32>, key: K) -> bool {
    let Some(count) = counts.get_mut(&key) else {
        return false;
    };
    *count -= 1;
    let last = *count == 0;
    if last {
        counts.remove(&key);
    }
    last
}
