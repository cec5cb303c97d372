//! The lists that the watches of a set name, and where a document has their words.

use std::collections::HashMap;

use super::evaluate::Hits;
use super::frequency::Frequencies;
use super::index::{Index, mix};
use super::lists::{LISTED, ListReference, Matcher, WordLists};
use super::program::number;
use crate::core::document::Document;
use std::sync::Arc;

/// Places of words of lists that are looked at in a document, at most: half a second. A megabyte of
/// text has a tenth of them; more there are only where one word is repeated that many lists have.
const MOST_LOOKS: usize = 4_000_000;

/// The lists of a set, numbered through. Nearly always they come from one configuration.
#[derive(Default)]
pub(super) struct Attached {
    all: Vec<One>,
    /// By number: whether a watch names it.
    asked: Vec<bool>,
    /// By number: the estimated share of documents with a word of it.
    shares: HashMap<u32, f64>,
    /// The languages that they have words in.
    codes: Vec<String>,
    patterns: usize,
}

struct One {
    lists: WordLists,
    /// Where its own numbers begin among those of all.
    from_list: u32,
    from_word: u32,
    from_pattern: u32,
}

impl Attached {
    /// The number of a list, and the estimated share of documents with a word of it.
    pub(super) fn list(&mut self, of: &ListReference, frequencies: &Frequencies) -> (u32, f64) {
        let lists = of.lists();
        let known = self.all.iter().position(|one| one.lists.is(lists));
        let place = known.unwrap_or_else(|| self.attach(lists));
        let Some(one) = self.all.get(place) else {
            return (u32::MAX, 0.0);
        };
        let list = one.from_list.saturating_add(number(of.number()));
        let Some(asked) = self.asked.get_mut(list as usize) else {
            // No list at all: it is never there.
            return (u32::MAX, 0.0);
        };
        *asked = true;
        let share = self.shares.entry(list);
        (
            list,
            *share.or_insert_with(|| lists.share(of.number(), frequencies)),
        )
    }

    fn attach(&mut self, lists: &WordLists) -> usize {
        let matcher = lists.matcher();
        let last = self.all.last();
        let from_word = last.map_or(0, |one| one.from_word + number(one.lists.matcher().words()));
        self.all.push(One {
            lists: lists.clone(),
            from_list: number(self.asked.len()),
            from_word,
            from_pattern: number(self.patterns),
        });
        self.asked.resize(self.asked.len() + matcher.lists(), false);
        self.patterns += matcher.patterns();
        for code in matcher.codes() {
            if !self.codes.iter().any(|known| known == code) {
                self.codes.push(code.to_owned());
            }
        }
        self.all.len() - 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.asked.len()
    }

    /// How many patterns they have.
    pub(super) fn patterns(&self) -> usize {
        self.patterns
    }

    /// The place of a language among those that they have words in; of another, a place behind them.
    pub(super) fn language(&self, code: &str) -> usize {
        let known = self.codes.iter().position(|known| known == code);
        known.unwrap_or(self.codes.len())
    }

    fn matchers(&self, from: usize) -> impl Iterator<Item = (&Matcher, u32)> {
        let from = number(from);
        self.all
            .iter()
            .map(move |one| (one.lists.matcher(), from + one.from_pattern))
    }

    /// Adds the numbers of the patterns that a folded word fits, behind `from`.
    pub(super) fn of_folded(
        &self,
        word: &[u8],
        certain: Option<&str>,
        clitics: bool,
        from: usize,
        found: &mut Vec<u32>,
    ) {
        for (matcher, from) in self.matchers(from) {
            matcher.of_folded(word, certain, clitics, from, found);
        }
    }

    /// The same for a word with accents, as it stands in the text: of its stems.
    pub(super) fn of_written(
        &self,
        word: &str,
        certain: Option<&str>,
        from: usize,
        found: &mut Vec<u32>,
    ) {
        for (matcher, from) in self.matchers(from) {
            matcher.of_written(word, certain, from, found);
        }
    }

    /// Finds where a document has words of lists, by the patterns that it fits, and signs which lists it has.
    pub(super) fn find(&self, document: &Document, index: &Index, hits: &mut Hits, from: usize) {
        let mut found = std::mem::take(&mut hits.listed.found);
        let mut looks = MOST_LOOKS;
        for one in &self.all {
            let patterns = number(from) + one.from_pattern;
            let numbers = (patterns, one.from_word);
            one.lists
                .matcher()
                .find(document, index, hits, numbers, &mut looks, &mut found);
        }
        found.sort_unstable();
        // Lists that have a word at the place, which several words of one may share.
        let (mut here, mut last) = (Vec::new(), None);
        for (place, occurrence) in (0_u32..).zip(&found) {
            let words = Some((occurrence.start, occurrence.end));
            if words != last {
                here.clear();
                last = words;
            }
            let Some((one, word)) = self.word(occurrence.leaf) else {
                continue;
            };
            for &list in one.lists.matcher().holders(word) {
                let list = one.from_list + list;
                let asked = self.asked.get(list as usize).is_some_and(|asked| *asked);
                if asked && looks > 0 && !here.contains(&list) {
                    looks -= 1;
                    here.push(list);
                    hits.listed.by_list.add(list, place);
                }
            }
        }
        hits.listed.found = found;
        hits.listed.settle();
        for &list in &hits.listed.by_list.patterns {
            hits.signature.set(list_bit(list));
        }
        if looks == 0 {
            hits.listed.overrun = true;
            // Each of them may be there.
            for list in 0..number(self.len()) {
                hits.signature.set(list_bit(list));
            }
        }
    }

    /// A word of a list by its leaf.
    fn word(&self, leaf: u32) -> Option<(&One, u32)> {
        let word = leaf & !LISTED;
        let after = self.all.partition_point(|one| one.from_word <= word);
        let one = self.all.get(after.checked_sub(1)?)?;
        Some((one, word - one.from_word))
    }

    /// A word of a list as it was written, and the list in which it stands.
    pub(super) fn name(&self, leaf: u32) -> Option<(&Arc<str>, &Arc<str>)> {
        let (one, word) = self.word(leaf)?;
        one.lists.matcher().name(word)
    }
}

/// Where a list stands in the bits that guards look at.
#[inline]
pub(super) fn list_bit(list: u32) -> u16 {
    (mix(u64::from(list) + 1, 0xA24B_AED4_963E_E407) >> 48) as u16
}
