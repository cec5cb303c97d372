//! What speaks against it that two reports are of one event, however like their words are.

use super::cluster::StoryCluster;
use super::contradiction::{casualty_counts, is_same_template_other_facts};
use super::engine::Engine;
use super::item_record::ItemRecord;
use super::thresholds::{
    COMPARED, NO_SHARED_NAME_FACTOR, RECENT_ITEMS_CHECKED, REPRESENTATIVE_ITEMS, SAME_NAMES_SHARE,
};
use super::word_sequence::SequenceWord;

impl Engine {
    /// The item of a story whose headline is most like another.
    pub(super) fn nearest(&self, record: &ItemRecord, story: &StoryCluster) -> Option<u32> {
        let mut best: Option<(usize, usize, u32)> = None;
        for number in story.speaking.iter().rev().take(RECENT_ITEMS_CHECKED) {
            let other = &self.document(*number).record;
            let shared = shared(&record.headline, &other.headline);
            let all = record.headline.len() + other.headline.len() - shared;
            if best.is_none_or(|(most, of, _)| shared * of > most * all) {
                best = Some((shared, all.max(1), *number));
            }
        }
        best.map(|(_, _, number)| number)
    }

    /// What is left of a likeness where the names are others.
    pub(super) fn names_shared(
        &self,
        record: &ItemRecord,
        nearest: &ItemRecord,
        story: &StoryCluster,
    ) -> f64 {
        let weight = |names: &[u32], is_known: &dyn Fn(u32) -> bool| {
            names.iter().fold((0.0, 0.0), |(known, all), name| {
                let idf = self.idf(record.language, *name);
                (if is_known(*name) { known + idf } else { known }, all + idf)
            })
        };
        let (known_a, all_a) = weight(&record.names, &|name| Self::weight_in(story, name) > 0);
        let (known_b, all_b) = weight(&nearest.names, &|name| record.terms.contains(&name));
        if all_a == 0.0 || all_b == 0.0 {
            return 1.0;
        }
        let share = (known_a / all_a).max(known_b / all_b);
        if share >= SAME_NAMES_SHARE {
            1.0
        } else {
            NO_SHARED_NAME_FACTOR + (1.0 - NO_SHARED_NAME_FACTOR) * share / SAME_NAMES_SHARE
        }
    }

    /// Whether two items tell two events in one form, as those of two verdicts of one day do.
    pub(super) fn is_other_event(&self, a: &ItemRecord, b: &ItemRecord) -> bool {
        let is_same_outlet = self.tells_feeds(a.feed) && a.outlet == b.outlet;
        is_same_template_other_facts(a, b, is_same_outlet)
    }

    /// Whether an item counts dead or hurt people, and none as those of the newest items of a story that count any.
    pub(super) fn reports_other_casualties(&self, record: &ItemRecord, story: i64) -> bool {
        let counted = casualty_counts(record);
        if counted.is_empty() {
            return false;
        }
        let story = self.story(story);
        let newest = story.documents.iter().rev().take(COMPARED);
        let told: Vec<SequenceWord> = newest
            .flat_map(|number| casualty_counts(&self.document(*number).record))
            .collect();
        !told.is_empty() && !counted.iter().any(|toll| told.contains(toll))
    }

    /// Whether most items of one story have in the other one of their form about something else.
    pub(super) fn are_other_events(&self, a: &StoryCluster, b: &StoryCluster) -> bool {
        let (small, large) = if a.speaking.len() < b.speaking.len() {
            (a, b)
        } else {
            (b, a)
        };
        let looked_at = small.speaking.iter().take(REPRESENTATIVE_ITEMS);
        let others = looked_at.clone().filter(|number| {
            let record = &self.document(**number).record;
            self.nearest(record, large)
                .is_some_and(|nearest| self.is_other_event(record, &self.document(nearest).record))
        });
        others.count() * 2 >= looked_at.count()
    }
}

/// How many numbers two sorted lists have in common.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter()
        .filter(|number| b.binary_search(number).is_ok())
        .count()
}
