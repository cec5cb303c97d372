//! The stems of a set of watches in one language: which of them a word has.

use std::collections::HashMap;

use crate::core::text::normalization::lower_with_accents;
use crate::core::watch::clitics::without_article;
use crate::core::watch::document_index;
use crate::core::watch::stem::Stems;

/// The stems of a set in one language.
pub(in crate::core::watch) struct StemTable {
    stems: Stems,
    by_key: HashMap<String, u32>,
    /// Numbers of the patterns with the same key (see [`Stems::keys`]).
    lists: Vec<Vec<u32>>,
}

impl StemTable {
    /// Of words as folded and as written, with their numbers.
    pub(super) fn new<'p>(
        words: impl Iterator<Item = (u32, &'p str, &'p str)>,
        stems: Stems,
    ) -> Self {
        let mut table = Self {
            stems,
            by_key: HashMap::new(),
            lists: Vec::new(),
        };
        for (number, folded, written) in words {
            stems.keys(folded, |key| table.add(key, number));
            table.add(&stems.written(written), number);
            if let Some(bare) = without_article(folded).filter(|_| stems.is_arabic()) {
                stems.keys(bare, |key| table.add(key, number));
            }
        }
        table
    }

    fn add(&mut self, key: &str, number: u32) {
        let list = self.by_key.get(key).copied().unwrap_or_else(|| {
            let list = document_index::number(self.lists.len());
            self.lists.push(Vec::new());
            self.by_key.insert(key.to_owned(), list);
            list
        });
        let list = &mut self.lists[list as usize];
        if list.last() != Some(&number) {
            list.push(number);
        }
    }

    /// Adds the numbers of the stems that a folded word has, some perhaps twice.
    pub(super) fn of_folded(&self, word: &[u8], found: &mut Vec<u32>) {
        let word = std::str::from_utf8(word).unwrap_or_default();
        self.stems
            .keys(word, |key| found.extend_from_slice(self.list(key)));
    }

    /// Numbers of the stems that a word with accents has, as it stands in the text.
    pub(in crate::core::watch) fn of_written(&self, word: &str) -> &[u32] {
        let lower = lower_with_accents(word);
        self.list(&self.stems.written(&lower))
    }

    fn list(&self, key: &str) -> &[u32] {
        let list = self.by_key.get(key);
        list.and_then(|&list| self.lists.get(list as usize))
            .map_or(&[], Vec::as_slice)
    }
}
