//! Lists of words as they stand in text, many languages together.

use std::collections::HashSet;

use crate::core::text::words::fold_text;

/// Folded words, whole or by how they begin.
pub(super) struct Lexicon {
    whole: HashSet<String>,
    beginnings: HashSet<String>,
    /// Bytes of the longest beginning.
    longest: usize,
}

impl Lexicon {
    /// Words with blanks between them; those that end in `*` stand for all that begin so.
    pub(super) fn new(words: &str) -> Self {
        let (mut whole, mut beginnings) = (HashSet::new(), HashSet::new());
        for word in words.split_whitespace() {
            match word.strip_suffix('*') {
                Some(beginning) => beginnings.insert(fold_text(beginning)),
                None => whole.insert(fold_text(word)),
            };
        }
        let longest = beginnings.iter().map(String::len).max().unwrap_or(0);
        Self {
            whole,
            beginnings,
            longest,
        }
    }

    /// Whether a folded word is in the list.
    pub(super) fn has(&self, word: &str) -> bool {
        self.whole.contains(word)
            || word
                .char_indices()
                .map(|(at, c)| at + c.len_utf8())
                .take_while(|&end| end <= self.longest)
                .any(|end| self.beginnings.contains(&word[..end]))
    }
}
