//! Word lists of several languages, folded, to look words of a text up in.

use super::hash_maps::Set;
use crate::core::text::tokenizer::fold_text;

/// Folded words, whole or by how they begin.
pub(super) struct Lexicon {
    whole: Set<String>,
    /// Sorted, and none begins with another: the last that is no greater than a word is the only one it may begin with.
    beginnings: Vec<String>,
}

impl Lexicon {
    /// Words with blanks between them; those that end in `*` stand for all that begin so.
    pub(super) fn new(words: &str) -> Self {
        let (mut whole, mut beginnings) = (Set::default(), Vec::new());
        for word in words.split_whitespace() {
            match word.strip_suffix('*') {
                Some(beginning) => beginnings.push(fold_text(beginning)),
                None => {
                    whole.insert(fold_text(word));
                }
            }
        }
        beginnings.sort_unstable();
        beginnings.dedup_by(|word, before| word.starts_with(before.as_str()));
        Self { whole, beginnings }
    }

    /// Whether a folded word is in the list.
    pub(super) fn has(&self, word: &str) -> bool {
        let behind = self
            .beginnings
            .partition_point(|beginning| beginning.as_str() <= word);
        self.beginnings[..behind]
            .last()
            .is_some_and(|beginning| word.starts_with(beginning.as_str()))
            || self.whole.contains(word)
    }
}
