//! The lists that the watches of a set name, and where a document has their words.

use std::collections::HashMap;

use super::document_index::{DocumentIndex, number};
use super::field_mask;
use super::lists::{ListReference, Matcher, Search, WordLists};
use super::occurrences::{LISTED, Listed, Occurrence, PatternOccurrences};
use super::signature::list_bit;
use crate::core::document::Document;
use std::sync::Arc;

/// Places of words of lists that are looked at in a document, at most: half a second. A megabyte of
/// text has a tenth of them; more there are only where one word is repeated that many lists have.
const MOST_LOOKS: usize = 4_000_000;

/// The lists of a set, numbered through. Nearly always they come from one configuration.
#[derive(Default)]
pub(super) struct AttachedLists {
    all: Vec<AttachedList>,
    /// By number: the sets of fields in which watches ask for it, each with the number of the two together.
    asked: Vec<Vec<(u8, u32)>>,
    /// How many such numbers there are.
    places: u32,
    /// By number: the estimated share of documents with a word of it.
    shares: HashMap<u32, f64>,
    /// The languages that they have words in.
    codes: Vec<String>,
    patterns: usize,
}

struct AttachedList {
    lists: WordLists,
    /// Where its own numbers begin among those of all.
    from_list: u32,
    from_word: u32,
    from_pattern: u32,
}

/// What is known of the language of a document's words.
#[derive(Clone, Copy)]
pub(super) struct WordLanguage<'d> {
    /// The one that is known beyond doubt.
    pub(super) certain: Option<&'d str>,
    /// Words in Arabic letters may have clitics.
    pub(super) clitics: bool,
}

/// A list in some fields.
#[derive(Clone, Copy)]
pub(super) struct ListOccurrence {
    pub(super) list: u32,
    /// The number of list and fields together.
    pub(super) place: u32,
    /// The estimated share of documents with a word of it there.
    pub(super) share: f64,
}

impl ListOccurrence {
    /// It is never there.
    const NOWHERE: Self = Self {
        list: u32::MAX,
        place: u32::MAX,
        share: 0.0,
    };
}

impl AttachedLists {
    /// A list as it is asked for in some fields.
    pub(super) fn list(&mut self, of: &ListReference, mask: u8) -> ListOccurrence {
        let lists = of.lists();
        let known = self.all.iter().position(|one| one.lists.is(lists));
        let place = known.unwrap_or_else(|| self.attach(lists));
        let Some(one) = self.all.get(place) else {
            return ListOccurrence::NOWHERE;
        };
        let list = one.from_list.saturating_add(number(of.number()));
        let Some(asked) = self.asked.get_mut(list as usize) else {
            return ListOccurrence::NOWHERE;
        };
        let known = asked.iter().find(|(known, _)| *known == mask);
        let place = known.map_or(self.places, |(_, place)| *place);
        if place == self.places {
            asked.push((mask, place));
            self.places += 1;
        }
        let share = self.shares.entry(list);
        let share = *share.or_insert_with(|| lists.share(of.number()));
        ListOccurrence {
            list,
            place,
            share: share_in(mask, share),
        }
    }

    fn attach(&mut self, lists: &WordLists) -> usize {
        let matcher = lists.matcher();
        let last = self.all.last();
        let from_word = last.map_or(0, |one| one.from_word + number(one.lists.matcher().words()));
        self.all.push(AttachedList {
            lists: lists.clone(),
            from_list: number(self.asked.len()),
            from_word,
            from_pattern: number(self.patterns),
        });
        self.asked
            .resize(self.asked.len() + matcher.lists(), Vec::new());
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

    /// How many numbers there are of lists and fields together.
    pub(super) fn places(&self) -> usize {
        self.places as usize
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
        language: WordLanguage<'_>,
        from: usize,
        found: &mut Vec<u32>,
    ) {
        let WordLanguage { certain, clitics } = language;
        for (matcher, from) in self.matchers(from) {
            for language in matcher.asked(certain) {
                language.of_folded(word, clitics, from, found);
            }
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
    pub(super) fn find(
        &self,
        document: &Document,
        index: &DocumentIndex,
        hits: &mut PatternOccurrences,
        from: usize,
    ) {
        let mut search = Search {
            found: std::mem::take(&mut hits.listed.found),
            looks: MOST_LOOKS,
            document,
            index,
            hits,
        };
        for one in &self.all {
            let patterns = number(from) + one.from_pattern;
            one.lists
                .matcher()
                .find(&mut search, patterns, one.from_word);
        }
        let Search {
            mut found,
            mut looks,
            ..
        } = search;
        found.sort_unstable_by_key(|one| {
            let place = u128::from(one.start) << 80 | u128::from(one.end) << 40;
            place | u128::from(one.leaf) << 1 | u128::from(one.joined)
        });
        self.gather(index, &found, &mut hits.listed, &mut looks);
        hits.listed.found = found;
        hits.listed.settle();
        self.sign(hits, looks == 0);
    }

    /// Adds what was found, in order, to the lists that it belongs to.
    fn gather(
        &self,
        index: &DocumentIndex,
        found: &[Occurrence],
        listed: &mut Listed,
        looks: &mut usize,
    ) {
        // Lists that have a word at the place, which several words of one may share.
        let (mut here, mut last) = (std::mem::take(&mut listed.here), None);
        let (mut part, mut fields) = (0, 0);
        for (place, occurrence) in (0_u32..).zip(found) {
            let words = Some((occurrence.start, occurrence.end));
            if words != last {
                here.clear();
                last = words;
                let begins_before = |part: usize, at: u32| {
                    let part = index.parts.get(part);
                    part.is_some_and(|part| part.first <= at)
                };
                while begins_before(part + 1, occurrence.start) {
                    part += 1;
                }
                fields = index.parts.get(part).map_or(0, |part| part.mask);
                if begins_before(part + 1, occurrence.end) {
                    // It goes on behind the opening.
                    fields &= index.part_of(occurrence.end).mask;
                }
            }
            let Some((one, word)) = self.word(occurrence.leaf) else {
                continue;
            };
            for &list in one.lists.matcher().lists_containing(word) {
                let list = one.from_list + list;
                let asked = self.asked.get(list as usize);
                let asked = asked.is_some_and(|asked| !asked.is_empty());
                if asked && *looks > 0 && !here.contains(&list) {
                    *looks -= 1;
                    here.push(list);
                    listed.add(list, place, fields);
                }
            }
        }
        listed.here = here;
    }

    /// Signs which lists a document has; `overrun` where not all were looked for.
    fn sign(&self, hits: &mut PatternOccurrences, overrun: bool) {
        let PatternOccurrences {
            listed, signature, ..
        } = hits;
        for &list in &listed.by_list.patterns {
            let fields = listed.fields(list);
            for &(mask, place) in self.asked.get(list as usize).into_iter().flatten() {
                if fields & mask != 0 {
                    listed.places.push(place);
                    signature.set(list_bit(place));
                }
            }
        }
        if overrun {
            listed.overrun = true;
            // Each of them may be there.
            for &(_, place) in self.asked.iter().flatten() {
                signature.set(list_bit(place));
            }
        }
    }

    /// A word of a list by its leaf.
    fn word(&self, leaf: u32) -> Option<(&AttachedList, u32)> {
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

/// The share of documents with a word of a list in some fields, given that with one in any.
fn share_in(mask: u8, share: f64) -> f64 {
    // About as much of an article lies there.
    let part = match mask {
        field_mask::TITLE => 0.05,
        field_mask::AUTHOR | field_mask::CATEGORY => 0.02,
        field_mask::SUMMARY => 0.1,
        _ if field_mask::is_lead(mask) => 0.25,
        _ => 1.0,
    };
    1.0 - (1.0 - share.min(1.0)).powf(part)
}
