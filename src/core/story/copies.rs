//! Which item of the window an item's text is of, whichever story that is in and however many items that has.

use std::cmp::Reverse;

use super::copy::{Likeness, Text, likeness};
use super::difference::names_others;
use super::engine::Engine;
use super::guards::shared;
use super::keys::hash;
use super::limits::{COMPARED, EVIDENCE_SHORT, FORM_ALIKE, LISTED, LISTED_RUNS, SENT_AGAIN};
use super::reading::Reading;
use super::record::Record;
use super::seeded::Map;

/// The item whose text another has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Copied {
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
pub(super) fn listed(record: &Record) -> impl Iterator<Item = u32> {
    let runs = record.shingles.iter().take(LISTED_RUNS).copied();
    runs.chain(whole_texts(record))
}

/// Headline and lead, each as a whole.
fn whole_texts(record: &Record) -> impl Iterator<Item = u32> + use<> {
    let headline = record.core_key().unwrap_or(record.title);
    let texts = [(b"title 0000", headline), (b"lead  0000", record.lead)];
    let texts = texts.into_iter().filter(|(_, text)| *text != 0);
    texts.map(|(kind, text)| {
        let mut bytes = *kind;
        bytes[6..].copy_from_slice(&text.to_le_bytes());
        hash(&bytes)
    })
}

impl Engine {
    /// The item whose text this one has: of those that share most with it, the oldest.
    pub(super) fn copied(&self, reading: &Reading) -> Option<Copied> {
        let record = &reading.record;
        let mut shares: Map<u32, u32> = Map::default();
        for key in record.shingles.iter().copied().chain(whole_texts(record)) {
            // Of what very many say, the newest: a copy shares more with what it copies than that.
            for number in self.texts.with(key).take(LISTED) {
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
            Some(Copied {
                number,
                says: self.says_the_same(reading, &other.record)?,
                whole: has_all(record, &other.record),
                again: is_again(record, &other.record),
            })
        })
    }

    /// Whether they share more than what the item's feed says in many of its stories.
    fn shares_enough(&self, reading: &Reading, other: &Record) -> bool {
        let shared = reading.record.terms.iter();
        let shared = shared.filter(|term| other.terms.contains(term));
        // In the order of the terms: what decides is the same every time.
        let told: f64 = shared.filter_map(|term| reading.idf.get(term)).sum();
        told >= EVIDENCE_SHORT * self.rarest(reading.record.language)
    }

    fn says_the_same(&self, reading: &Reading, other: &Record) -> Option<&'static str> {
        let record = &reading.record;
        let same_title = record.title != 0 && record.title == other.title;
        let stands_alone = record.has(Record::ALONE) || other.has(Record::ALONE);
        if same_title && record.lead == other.lead {
            // What comes back every day is the same item only where its feed sends it again.
            return (!stands_alone || is_again(record, other))
                .then_some("has the headline and the lead of");
        }
        if stands_alone {
            return None;
        }
        let [text, other_text] = [record, other].map(|record| Text {
            shingles: &record.shingles,
            title: record.core_key(),
        });
        let same = is_sent_again(record, other) && !names_others(record, other)
            || likeness(text, other_text) == Likeness::Same
                && !self.is_other_event(record, other)
                && (record.lead == other.lead || self.shares_enough(reading, other));
        let says = if same_title {
            "has the headline of"
        } else {
            "has the text of"
        };
        same.then_some(says)
    }
}

/// Whether one feed sent both, the one not long after the other.
fn is_again(record: &Record, other: &Record) -> bool {
    record.feed == other.feed
        && record.outlet == other.outlet
        && (record.time - other.time).abs() <= SENT_AGAIN
}

/// Whether it is the item again, with another number or word in its headline or its lead.
fn is_sent_again(record: &Record, other: &Record) -> bool {
    if !is_again(record, other) || record.headline.is_empty() || other.headline.is_empty() {
        return false;
    }
    let both = shared(&record.headline, &other.headline);
    let longer = record.headline.len().max(other.headline.len());
    #[allow(clippy::cast_precision_loss)]
    let is_headline = both as f64 / longer as f64 >= FORM_ALIKE;
    let [text, other_text] = [record, other].map(|record| Text {
        shingles: &record.shingles,
        title: None,
    });
    let strange = |of: &Record, from: &Record| {
        let names = of.headline.iter().filter(|term| of.names.contains(term));
        names.filter(|name| !from.terms.contains(name)).count()
    };
    is_headline
        && (record.lead != 0 && record.lead == other.lead
            || both == longer && likeness(text, other_text) == Likeness::Same)
        && (strange(record, other) == 0 || strange(other, record) == 0)
}

/// Whether all that an item is found by leads to another as well.
pub(super) fn has_all(record: &Record, other: &Record) -> bool {
    whole_texts(record).eq(whole_texts(other))
        && record
            .shingles
            .iter()
            .take(LISTED_RUNS)
            .eq(other.shingles.iter().take(LISTED_RUNS))
}
