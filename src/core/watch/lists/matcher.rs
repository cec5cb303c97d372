//! Finds the words of lists in a document: once for all lists, in one walk over the words that it has.
//!
//! A word of a list is a pattern in the language of the list, or several side by side. Each surface form is
//! asked for once, and what it fits is remembered with it (see [`super::super::patterns`]); so what is left to
//! do for a document is to bring together the places of what was found.

mod builder;
mod language_patterns;
mod phrase_index;
mod search;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::list::{WordList, reached};
use crate::core::watch::document_index::number;
use crate::core::watch::frequency;
use crate::core::watch::word::Word;
use builder::{Builder, ListGroup};
use language_patterns::LanguagePatterns;
use phrase_index::{PatternTarget, PhraseIndex};
use search::IndexSearch;
pub(in crate::core::watch) use search::Search;

/// All lists, compiled.
pub(in crate::core::watch) struct Matcher {
    languages: Vec<LanguagePatterns>,
    phrases: PhraseIndex,
    /// By word: its group. Apart from the words, since it is asked for each that is found.
    group_of: Vec<u32>,
    /// By the number of a group: the lists that have its words.
    holders: Vec<Box<[u32]>>,
    /// By list: the groups whose words it has.
    groups_of: Vec<Box<[u32]>>,
    groups: Vec<ListGroup>,
    lists: usize,
}

impl Matcher {
    pub(super) fn new(all: &[WordList]) -> Self {
        let mut builder = Builder::default();
        for (list, one) in all.iter().enumerate() {
            builder.list(list, one);
        }
        let mut holders = vec![Vec::new(); builder.groups.len()];
        let mut groups_of = Vec::with_capacity(all.len());
        for list in 0..all.len() {
            let reached = reached(all, list);
            let groups = reached
                .iter()
                .filter_map(|at| builder.group_numbers.get(at).copied());
            let groups: Box<[u32]> = groups.collect();
            for &group in &groups {
                holders[group as usize].push(number(list));
            }
            groups_of.push(groups);
        }
        let phrases = builder.index();
        Self {
            lists: all.len(),
            phrases,
            languages: builder.languages,
            group_of: builder.group_of,
            holders: holders.into_iter().map(Vec::into_boxed_slice).collect(),
            groups_of,
            groups: builder.groups,
        }
    }

    /// How many patterns there are.
    pub(in crate::core::watch) fn patterns(&self) -> usize {
        self.phrases.patterns()
    }

    /// How many words there are.
    pub(in crate::core::watch) fn words(&self) -> usize {
        self.phrases.words.len()
    }

    /// How many lists there are.
    pub(in crate::core::watch) fn lists(&self) -> usize {
        self.lists
    }

    /// A word as it was written, and the list in which it stands.
    pub(in crate::core::watch) fn name(&self, word: u32) -> Option<(&Arc<str>, &Arc<str>)> {
        let word = self.phrases.words.get(word as usize)?;
        Some((&word.name, &word.list))
    }

    /// The estimated share of documents with a word of a list.
    pub(in crate::core::watch) fn share(&self, all: &[WordList], list: usize) -> f64 {
        let groups = self.groups_of.get(list).map_or(&[][..], |groups| groups);
        let mut absent: HashMap<usize, f64> = HashMap::new();
        for &group in groups {
            let Some(group) = self.groups.get(group as usize) else {
                continue;
            };
            *absent.entry(group.language).or_insert(1.0) *= absence(all, group);
        }
        let any = self.languages.iter().position(|one| one.code.is_none());
        let in_any = any.and_then(|any| absent.remove(&any)).unwrap_or(1.0);
        // An item is in one language.
        let least = absent.into_values().fold(1.0, f64::min);
        1.0 - in_any * least
    }

    /// The languages whose words are looked for in an item that is in this one beyond doubt.
    pub(in crate::core::watch) fn asked(
        &self,
        certain: Option<&str>,
    ) -> impl Iterator<Item = &LanguagePatterns> {
        let languages = self.languages.iter();
        languages.filter(move |language| language.is_asked(certain))
    }

    /// Adds the numbers of the patterns that a word with accents fits, as it stands in the text: of its stems.
    pub(in crate::core::watch) fn of_written(
        &self,
        word: &str,
        certain: Option<&str>,
        from: u32,
        found: &mut Vec<u32>,
    ) {
        for language in self.asked(certain) {
            if language.number.is_none() {
                continue;
            }
            if let Some(stems) = language.patterns.own_stems(language.number) {
                let own = stems.of_written(word).iter();
                found.extend(own.map(|number| number + from + language.from));
            }
        }
    }

    /// The languages that the lists have words in.
    pub(in crate::core::watch) fn codes(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().filter_map(|one| one.code.as_deref())
    }

    /// Finds the words of lists by the patterns that a document fits, which begin at `from`; words are
    /// numbered behind `words`.
    pub(in crate::core::watch) fn find(&self, search: &mut Search, from: u32, words: u32) {
        let mut search = IndexSearch {
            search,
            phrases: &self.phrases,
            from,
            words,
        };
        search.run();
    }

    /// Of lists with a weight each: the most that a single word of a document can weigh, by being in several.
    pub(in crate::core::watch) fn most_shared(&self, weights: &[(usize, u64)]) -> u64 {
        let weights: HashMap<u32, u64> = weights
            .iter()
            .map(|&(list, weight)| (number(list), weight))
            .collect();
        let of_pattern = |leads: &[PatternTarget]| {
            let groups: BTreeSet<u32> = leads
                .iter()
                .filter_map(|lead| self.group_of.get(lead.word as usize).copied())
                .collect();
            let lists: BTreeSet<u32> = groups
                .iter()
                .filter_map(|&group| self.holders.get(group as usize))
                .flatten()
                .copied()
                .collect();
            lists
                .iter()
                .filter_map(|list| weights.get(list))
                .sum::<u64>()
        };
        self.phrases
            .all_leads()
            .map(of_pattern)
            .max()
            .unwrap_or_default()
    }

    /// The lists that have a word.
    pub(in crate::core::watch) fn lists_containing(&self, word: u32) -> &[u32] {
        let group = self.group_of.get(word as usize);
        group
            .and_then(|&group| self.holders.get(group as usize))
            .map_or(&[], |holders| holders)
    }
}

/// The estimated share of documents without any word of a group.
fn absence(all: &[WordList], group: &ListGroup) -> f64 {
    let words = all
        .get(group.list)
        .and_then(|list| list.groups.get(group.place))
        .map_or(&[][..], |group| &group.words);
    let share = |words: &[Word]| {
        let shares = words.iter().map(frequency::share);
        shares.fold(1.0, f64::min)
    };
    words.iter().map(|word| 1.0 - share(&word.words)).product()
}
