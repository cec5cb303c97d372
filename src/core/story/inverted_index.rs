//! Which items of the window have a word or a run of words, the newest first.

/// Terms by which an item is found: its heaviest.
pub(super) const INDEXED_TERMS: usize = 8;

/// Parts of an index, each sorted: a power of two.
const PARTS: usize = 1 << 14;

/// Items by what they have, of which only hashes are known.
///
/// Each part holds the pairs of some of the hashes, eight bytes a pair and little more, for there may be twenty
/// of them an item.
#[derive(Debug, Default)]
pub(super) struct Index {
    parts: Vec<Vec<u64>>,
}

fn pair(key: u32, document: u32) -> u64 {
    u64::from(key) << 32 | u64::from(document)
}

fn part_of(key: u32) -> usize {
    key as usize % PARTS
}

impl Index {
    pub(super) fn add(&mut self, key: u32, document: u32) {
        if self.parts.is_empty() {
            self.parts.resize_with(PARTS, Vec::new);
        }
        let part = &mut self.parts[part_of(key)];
        let pair = pair(key, document);
        if let Err(at) = part.binary_search(&pair) {
            // Twice as much would stand empty for half of the time.
            if part.len() == part.capacity() {
                part.reserve_exact(part.len() / 8 + 2);
            }
            part.insert(at, pair);
        }
    }

    pub(super) fn remove(&mut self, key: u32, document: u32) {
        if let Some(part) = self.parts.get_mut(part_of(key))
            && let Ok(at) = part.binary_search(&pair(key, document))
        {
            part.remove(at);
            if part.len() * 2 < part.capacity() {
                part.shrink_to_fit();
            }
        }
    }

    /// The items that have it, newest first.
    pub(super) fn with(&self, key: u32) -> impl Iterator<Item = u32> {
        let part = self.parts.get(part_of(key)).map_or(&[][..], Vec::as_slice);
        let begin = part.partition_point(|other| *other < pair(key, 0));
        let part = &part[begin..];
        let end = part.partition_point(|other| *other <= pair(key, u32::MAX));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the item is the lower half"
        )]
        let document = |pair: &u64| *pair as u32;
        part[..end].iter().rev().map(document)
    }
}
