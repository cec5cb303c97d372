//! Which item of the window an item's text is of, whichever story that is in and however many items that has.

use std::cmp::Reverse;

use super::copy::{Likeness, Text, likeness};
use super::engine::Engine;
use super::keys::hash;
use super::limits::{COMPARED, LISTED, LISTED_RUNS, SENT_AGAIN};
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
}

/// By what of its text an item is found: a text is no copy of another with which it shares none of the runs that
/// have the least hashes, or hardly ever.
pub(super) fn listed(record: &Record) -> impl Iterator<Item = u32> {
    let runs = record.shingles.iter().take(LISTED_RUNS).copied();
    runs.chain(headline(record))
}

fn headline(record: &Record) -> Option<u32> {
    let headline = record.core_key().unwrap_or(record.title);
    let mut bytes = *b"title 0000";
    bytes[6..].copy_from_slice(&headline.to_le_bytes());
    (headline != 0).then(|| hash(&bytes))
}

impl Engine {
    /// The item whose text this one has: of those that share most with it, the oldest.
    pub(super) fn copied(&self, record: &Record) -> Option<Copied> {
        let mut shared: Map<u32, u32> = Map::default();
        for key in record.shingles.iter().copied().chain(headline(record)) {
            // Of what very many say, the newest: a copy shares more with what it copies than that.
            for number in self.texts.with(key).take(LISTED) {
                *shared.entry(number).or_insert(0) += 1;
            }
        }
        let mut found: Vec<(Reverse<u32>, u32)> = shared
            .into_iter()
            .map(|(number, shared)| (Reverse(shared), number))
            .collect();
        found.sort_unstable();
        found.into_iter().take(COMPARED).find_map(|(_, number)| {
            let other = self.get(number)?;
            let says = self.says_the_same(record, &other.record)?;
            self.is_open(other.story, record.time).then(|| Copied {
                number,
                says,
                whole: has_all(record, &other.record),
            })
        })
    }

    fn says_the_same(&self, record: &Record, other: &Record) -> Option<&'static str> {
        let same_title = record.title != 0 && record.title == other.title;
        let stands_alone = record.has(Record::ALONE) || other.has(Record::ALONE);
        if same_title && record.lead == other.lead {
            // What comes back every day is the same item only where its feed sends it again.
            let again = record.feed == other.feed
                && record.outlet == other.outlet
                && (record.time - other.time).abs() <= SENT_AGAIN;
            return (!stands_alone || again).then_some("has the headline and the lead of");
        }
        if stands_alone {
            return None;
        }
        let [text, other_text] = [record, other].map(|record| Text {
            shingles: &record.shingles,
            title: record.core_key(),
        });
        let same = likeness(text, other_text) == Likeness::Same
            && !self.is_other_event(record, other, None);
        let says = if same_title {
            "has the headline of"
        } else {
            "has the text of"
        };
        same.then_some(says)
    }
}

/// Whether all that an item is found by leads to another as well.
pub(super) fn has_all(record: &Record, other: &Record) -> bool {
    headline(record) == headline(other)
        && record
            .shingles
            .iter()
            .take(LISTED_RUNS)
            .eq(other.shingles.iter().take(LISTED_RUNS))
}
