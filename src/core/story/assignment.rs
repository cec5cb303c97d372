//! Which story an item joins, and which stories turn out to be one.

use super::candidates::Candidate;
use super::cluster::StoryCluster;
use super::cluster_assignment::ClusterAssignment;
use super::contradiction::has_other_casualty_count;
use super::duplicate_search::DuplicateOf;
use super::engine::Engine;
use super::features::{ItemFeatures, shared_words};
use super::item_record::ItemRecord;
use super::language;
use super::story_item::Relation;
use super::thresholds::{
    CROSS_LANGUAGE_LINK_THRESHOLD, DECAY_DAYS, FIXED_POINT_SCALE, JOIN_THRESHOLD, MERGE_THRESHOLD,
    MIN_SHARED_IDF, OUTLET_THRESHOLD,
};

/// What a reason calls the item whose text another has.
pub const ANOTHER_ITEM: &str = "another item of the story";
/// Why an item is an update.
const OTHER_VICTIMS: &str = ", with another number of victims";

impl Engine {
    fn best<'c>(
        &self,
        reading: &ItemFeatures,
        candidates: &'c [Candidate],
    ) -> Option<&'c Candidate> {
        if reading.copy_only {
            return None;
        }
        candidates.iter().find(|candidate| {
            if candidate.score < JOIN_THRESHOLD {
                return false;
            }
            let story = self.story(candidate.story);
            story.alone == 0 && language::is_one(story.language, reading.record.language)
        })
    }

    /// Stories that report the event in other languages.
    pub(super) fn linked(&self, reading: &ItemFeatures<'_>, candidates: &[Candidate]) -> Vec<i64> {
        let language = reading.record.language;
        let mut linked: Vec<i64> = candidates
            .iter()
            .filter(|candidate| candidate.score >= CROSS_LANGUAGE_LINK_THRESHOLD)
            .map(|candidate| candidate.story)
            .filter(|story| !language::is_one(self.story(*story).language, language))
            .collect();
        linked.sort_unstable();
        linked
    }

    /// Says which story an item joins or begins, what it is to it, and why.
    pub(super) fn assign(
        &self,
        placed: &mut ClusterAssignment,
        reading: &ItemFeatures<'_>,
        candidates: &[Candidate],
        copied: Option<DuplicateOf>,
    ) {
        if let Some(copied) = copied {
            let other = self.document(copied.number);
            placed.story = other.story;
            placed.relation = Relation::Copy;
            placed.copy_of = Some(other.item);
            placed.why = format!("{} {ANOTHER_ITEM}", copied.says);
            if has_other_casualty_count(&reading.record, &other.record) {
                placed.relation = Relation::Update;
                placed.why.push_str(OTHER_VICTIMS);
            }
        } else if reading.record.has(ItemRecord::ALONE) {
            "stands alone: its headline is one that comes back with other content"
                .clone_into(&mut placed.why);
        } else if let Some(best) = self.best(reading, candidates) {
            placed.story = best.story;
            placed.relation = Relation::SameEvent;
            placed.copy_of = self.find_original(&reading.record, best.story);
            placed.sure = best.score >= OUTLET_THRESHOLD;
            placed.why = format!("{} with the story", shared_words(reading, &best.shared));
            if self.reports_other_casualties(&reading.record, best.story) {
                placed.relation = Relation::Update;
                placed.why.push_str(OTHER_VICTIMS);
            }
        } else if let Some(near) = candidates.first() {
            let words = shared_words(reading, &near.shared);
            placed.why = format!("begins a story: the nearest {words}, too little to be one");
        } else {
            "begins a story: no other of the last 7 days has its words".clone_into(&mut placed.why);
        }
        if placed.relation == Relation::SameEvent && placed.copy_of.is_some() {
            placed.why = format!(
                "{}; so much of its text, or its headline, is that of {ANOTHER_ITEM} that both are one voice",
                placed.why
            );
        }
    }

    /// Brings together the stories that turn out to be the one that an item has just joined.
    pub(super) fn merge(
        &mut self,
        placed: &mut ClusterAssignment,
        candidates: &[Candidate],
        language: u32,
    ) {
        for other in candidates
            .iter()
            .filter(|candidate| candidate.score >= JOIN_THRESHOLD)
            .map(|candidate| candidate.story)
        {
            let current = placed.story;
            if other == current || !self.is_story(other) {
                continue;
            }
            let stories = [current, other].map(|story| self.story(story));
            let [a, b] = [stories[0].as_ref(), stories[1].as_ref()];
            if a.alone + b.alone > 0
                || !language::is_one(b.language, language)
                || self.likeness(a, b) < MERGE_THRESHOLD
                || self.are_other_events(a, b)
            {
                continue;
            }
            // By when they were placed: the ids of items of one poll say nothing.
            let placed_at = |story: i64| (self.items.get(&story).copied(), story);
            let (older, newer) = if placed_at(current) < placed_at(other) {
                (current, other)
            } else {
                (other, current)
            };
            placed.same_source.extend(self.derived_items(newer, older));
            self.unite(newer, older);
            placed.merged.push((newer, older));
            placed.story = older;
        }
    }

    /// How much two stories say the same.
    pub(super) fn likeness(&self, a: &StoryCluster, b: &StoryCluster) -> f64 {
        let mut dot = 0_u64;
        let mut evidence = 0.0;
        let rarest = self.rarest(a.language);
        let (small, large) = if a.sum.len() < b.sum.len() {
            (a, b)
        } else {
            (b, a)
        };
        for (term, weight) in &small.sum {
            let other = Self::weight_in(large, *term);
            if other > 0 {
                dot += u64::from(*weight) * u64::from(other);
                // More than is asked for says no more.
                if evidence < MIN_SHARED_IDF {
                    evidence += self.idf(a.language, *term) / rarest;
                }
            }
        }
        #[allow(clippy::cast_precision_loss)]
        let likeness = {
            let lengths = [a, b].map(|story| {
                (story.square as f64).sqrt() / FIXED_POINT_SCALE * story.speaking.len() as f64
            });
            dot as f64
                / (FIXED_POINT_SCALE * FIXED_POINT_SCALE)
                / (lengths[0] * lengths[1]).sqrt().max(f64::MIN_POSITIVE)
        };
        let away = (a.began - b.last).max(b.began - a.last).max(0);
        #[allow(clippy::cast_precision_loss)]
        let days = away as f64 / 86_400.0;
        likeness * (-days / DECAY_DAYS).exp() * (evidence / MIN_SHARED_IDF).min(1.0).powi(2)
    }
}
