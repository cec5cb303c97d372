//! Which item of the window an item's text is of, whichever story that is in and however many items that has.

use std::cmp::Reverse;

use super::cannot_link::shared;
use super::cognates::hash;
use super::contradiction::names_others;
use super::documents::Document;
use super::engine::Engine;
use super::features::ItemFeatures;
use super::hash_maps::Map;
use super::item_record::ItemRecord;
use super::near_duplicate::{DuplicateKey, TextOverlap, beginning, likeness};
use super::text::Ends;
use super::thresholds::{
    COMPARED, MIN_SHARED_IDF_SHORT, RECENT_ITEMS_CHECKED, REPRESENTATIVE_ITEMS,
    RESEND_WINDOW_SECONDS, RESENT_HEADLINE_SIMILARITY, SHINGLE_MATCHES_MAX, SKETCH_SHINGLES,
};

/// The item whose text another has.
#[derive(Clone, Copy, Debug)]
pub(super) struct DuplicateOf {
    pub(super) number: u32,
    /// Why one thinks so.
    pub(super) says: &'static str,
    /// Whether it has all that the other is found by.
    pub(super) whole: bool,
    /// Whether its feed sent the other as well, not long before.
    pub(super) again: bool,
}

/// By what of its text an item is found: a text is no copy of another with which it shares none of the runs that
/// have the least hashes, or hardly ever.
pub(super) fn listed(record: &ItemRecord) -> impl Iterator<Item = u32> {
    runs(record)
        .chain(whole_texts(record))
        .chain(headlines(record))
}

fn runs(record: &ItemRecord) -> impl Iterator<Item = u32> {
    let runs = beginning(&record.shingles).iter();
    runs.take(SKETCH_SHINGLES).copied()
}

/// Headlines of fewer terms are those of many items, once what may be a name of an outlet is taken off.
const HEADLINE_TERMS: usize = 4;

/// A headline that may have the name of an outlet before or behind it, as it is and without.
fn headlines(record: &ItemRecord) -> impl Iterator<Item = u32> + use<> {
    let Ends { leading, trailing } = record.ends;
    let says_enough = record.headline.len() >= HEADLINE_TERMS;
    let headlines = [record.title, leading[1], trailing[1]];
    let headlines = headlines
        .into_iter()
        .filter(move |headline| says_enough && *headline != 0);
    headlines.map(|headline| kept(*b"names 0000", headline))
}

/// Headline and lead, each as a whole.
fn whole_texts(record: &ItemRecord) -> impl Iterator<Item = u32> + use<> {
    let headline = record.core_key().unwrap_or(record.title);
    let texts = [(b"title 0000", headline), (b"lead  0000", record.lead)];
    let texts = texts.into_iter().filter(|(_, text)| *text != 0);
    texts.map(|(kind, text)| kept(*kind, text))
}

fn kept(mut kind: [u8; 10], text: u32) -> u32 {
    kind[6..].copy_from_slice(&text.to_le_bytes());
    hash(&kind)
}

impl Engine {
    /// The item whose text this one has: of those that share most with it, the oldest.
    pub(super) fn copied(&self, reading: &ItemFeatures) -> Option<DuplicateOf> {
        let record = &reading.record;
        let mut shares: Map<u32, u32> = Map::default();
        let runs = record.shingles.iter().copied();
        for key in runs.chain(whole_texts(record)).chain(headlines(record)) {
            // Of what very many say, the newest: a copy shares more with what it copies than that.
            for number in self.texts.with(key).take(SHINGLE_MATCHES_MAX) {
                *shares.entry(number).or_insert(0) += 1;
            }
        }
        let mut found: Vec<(Reverse<u32>, u32)> = shares
            .into_iter()
            .map(|(number, shared)| (Reverse(shared), number))
            .collect();
        found.sort_unstable();
        found.into_iter().take(COMPARED).find_map(|(_, number)| {
            let other = self.get(number)?;
            if !self.is_open(other.story, record.time) {
                return None;
            }
            Some(DuplicateOf {
                number,
                says: self.says_the_same(reading, other)?,
                whole: has_all(record, &other.record),
                again: is_again(record, &other.record),
            })
        })
    }

    /// The oldest item of a story that another says too much of to be a source of its own.
    pub(super) fn find_original(&self, record: &ItemRecord, story: i64) -> Option<i64> {
        let story = self.story(story);
        let heard = story.documents.iter().take(COMPARED);
        let mut others = heard.map(|number| self.document(*number));
        let other = others.find(|other| shares_source(record, &other.record))?;
        Some(other.item)
    }

    /// Items that are not independent of each other, as an item shows that has joined them: each with one that it goes
    /// with. Two that begin at other places of one text say little that is the same, and a third has all of it.
    pub(super) fn newly_shown_duplicates(&self, item: i64, story: i64) -> Vec<(i64, i64)> {
        let Some(record) = self
            .items
            .get(&item)
            .map(|number| &self.document(*number).record)
        else {
            return Vec::new();
        };
        let story = self.story(story);
        let heard = story.documents.iter().take(COMPARED);
        let like: Vec<&Document> = heard
            .map(|number| self.document(*number))
            .filter(|other| other.item != item && shares_source(record, &other.record))
            .collect();
        let is_source = |other: &&&Document| !other.record.has(ItemRecord::REPEATS);
        let mut sources = like.iter().filter(is_source);
        let Some(first) = sources.next() else {
            return Vec::new();
        };
        // Who puts two reports together, one behind the other, makes no text of them; two who have it have not.
        let is_shown = |other: &&&Document| {
            overlaps(&first.record, &other.record)
                || like.iter().any(|third| {
                    third.record.outlet != record.outlet
                        && [first, *other].iter().all(|source| {
                            source.item != third.item
                                && shares_source(&third.record, &source.record)
                        })
                })
        };
        let shown = sources.take(REPRESENTATIVE_ITEMS).filter(is_shown);
        shown.map(|other| (other.item, first.item)).collect()
    }

    /// Likewise the items of two stories that turn out to be one, before they are.
    pub(super) fn derived_items(&self, newer: i64, older: i64) -> Vec<(i64, i64)> {
        let story = self.story(newer);
        let items = story.documents.iter().take(RECENT_ITEMS_CHECKED);
        items
            .map(|number| self.document(*number))
            .filter(|other| !other.record.has(ItemRecord::REPEATS))
            .filter_map(|other| Some((other.item, self.find_original(&other.record, older)?)))
            .collect()
    }

    /// Whether a story has an item with the same headline that names another place beside it.
    pub(super) fn is_of_another(&self, record: &ItemRecord, story: i64) -> bool {
        let story = self.story(story);
        let heard = story.documents.iter().take(COMPARED);
        let mut others = heard.map(|number| &self.document(*number).record);
        others.any(|other| {
            is_headline_of(record, other)
                && !is_all_beside_a_bar(record, other)
                && self.is_other_event(record, other)
        })
    }

    /// Whether they share more than what the item's feed says in many of its stories.
    fn shares_enough(&self, reading: &ItemFeatures, other: &ItemRecord) -> bool {
        let shared = reading.record.terms.iter();
        let shared = shared.filter(|term| other.terms.contains(term));
        // In the order of the terms: what decides is the same every time.
        let told: f64 = shared.filter_map(|term| reading.idf.get(term)).sum();
        told >= MIN_SHARED_IDF_SHORT * self.rarest(reading.record.language)
    }

    fn says_the_same(&self, reading: &ItemFeatures, document: &Document) -> Option<&'static str> {
        let (record, other) = (&reading.record, &document.record);
        let same_title = record.title != 0 && record.title == other.title;
        let stands_alone = record.has(ItemRecord::ALONE) || other.has(ItemRecord::ALONE);
        if same_title && record.lead == other.lead {
            // What comes back every day is the same item only where its feed sends it again.
            return (!stands_alone || is_again(record, other))
                .then_some("has the headline and the lead of");
        }
        if stands_alone {
            // Its feed sends it again with another number; what fills a form otherwise says other things below.
            let same = record.headline == other.headline && is_sent_again(record, other);
            return same.then_some("has the text of");
        }
        // What stands there besides may be a name, and of an outlet; or of a place, where its story is of another.
        let is_bare = record.lead | other.lead == 0 && is_all_beside_a_bar(record, other);
        if is_bare && self.is_of_another(record, document.story) {
            return None;
        }
        let title = is_headline_of(record, other).then_some(0);
        let [text, other_text] = [record, other].map(|record| DuplicateKey {
            title,
            ..text_of(record)
        });
        let same = is_sent_again(record, other) && !names_others(record, other)
            || likeness(text, other_text) == TextOverlap::Same
                && (is_bare || !self.is_other_event(record, other))
                && (record.lead == other.lead || self.shares_enough(reading, other));
        let says = if same_title {
            "has the headline of"
        } else {
            "has the text of"
        };
        same.then_some(says)
    }
}

/// Its lead.
fn text_of(record: &ItemRecord) -> DuplicateKey<'_> {
    DuplicateKey {
        shingles: &record.shingles,
        title: None,
    }
}

/// Whether two items are one source, whoever sent them: by so much of their text, or by one headline.
fn shares_source(record: &ItemRecord, other: &ItemRecord) -> bool {
    let [text, other_text] = [record, other].map(text_of);
    !record.has(ItemRecord::ALONE)
        && !other.has(ItemRecord::ALONE)
        && (has_headline_of(record, other) || likeness(text, other_text) != TextOverlap::Other)
}

fn has_headline_of(record: &ItemRecord, other: &ItemRecord) -> bool {
    // Below a headline that is that of many items, the lead says which it is.
    let says_enough = record.headline.len().min(other.headline.len()) >= HEADLINE_TERMS;
    let same_title = record.title != 0 && record.title == other.title;
    says_enough && (same_title || is_headline_of(record, other))
}

/// Whether two have one headline that says enough, apart from what may be the name of an outlet.
fn is_headline_of(record: &ItemRecord, other: &ItemRecord) -> bool {
    record.core_key().is_some() && record.core_key() == other.core_key()
        || is_all_beside_a_bar(record, other)
}

/// Whether the headline of one is all that the other has before or behind a bar.
fn is_all_beside_a_bar(record: &ItemRecord, other: &ItemRecord) -> bool {
    let has = |record: &ItemRecord, whole: u32| {
        whole != 0 && [record.ends.leading[1], record.ends.trailing[1]].contains(&whole)
    };
    // What stands beside the bar says no less than the headline that is the same.
    let says_enough = record.headline.len().min(other.headline.len()) >= HEADLINE_TERMS;
    says_enough && (has(record, other.title) || has(other, record.title))
}

/// Whether they have more in common than a phrase that two may quote.
fn overlaps(record: &ItemRecord, other: &ItemRecord) -> bool {
    let runs = record.shingles.iter();
    has_headline_of(record, other) || runs.filter(|run| other.shingles.contains(run)).count() > 1
}

/// Whether one feed sent both, the one not long after the other.
fn is_again(record: &ItemRecord, other: &ItemRecord) -> bool {
    record.feed == other.feed
        && record.outlet == other.outlet
        && (record.time - other.time).abs() <= RESEND_WINDOW_SECONDS
}

/// Whether it is the item again, with another number or word in its headline or its lead.
fn is_sent_again(record: &ItemRecord, other: &ItemRecord) -> bool {
    if !is_again(record, other) || record.headline.is_empty() || other.headline.is_empty() {
        return false;
    }
    let both = shared(&record.headline, &other.headline);
    let longer = record.headline.len().max(other.headline.len());
    #[allow(clippy::cast_precision_loss)]
    let is_headline = both as f64 / longer as f64 >= RESENT_HEADLINE_SIMILARITY;
    let [text, other_text] = [record, other].map(text_of);
    let strange = |of: &ItemRecord, from: &ItemRecord| {
        let names = of.headline.iter().filter(|term| of.names.contains(term));
        names.filter(|name| !from.terms.contains(name)).count()
    };
    is_headline
        && (record.lead != 0 && record.lead == other.lead
            || both == longer && likeness(text, other_text) == TextOverlap::Same)
        && (strange(record, other) == 0 || strange(other, record) == 0)
}

/// Whether all that an item is found by leads to another as well.
pub(super) fn has_all(record: &ItemRecord, other: &ItemRecord) -> bool {
    whole_texts(record).eq(whole_texts(other)) && runs(record).eq(runs(other))
}
