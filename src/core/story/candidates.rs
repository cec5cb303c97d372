//! The open stories that an item may belong to, and how much it is like each.

use super::cluster::StoryCluster;
use super::engine::Engine;
use super::features::ItemFeatures;
use super::item_record::ItemRecord;
use super::story_item::WINDOW;
use super::thresholds::{
    CANDIDATES, DECAY_DAYS, DECAY_DELAY_DAYS, FIXED_POINT_SCALE, ITEMS_SHARE, JOIN_THRESHOLD,
    LEAD_BOOST, LONG_ITEM_TERMS, MIN_SHARED_IDF, MIN_SHARED_IDF_SHORT, SAME_FEED_FACTOR,
    SHORT_ITEM_TERMS,
};

pub(super) struct Candidate {
    pub(super) story: i64,
    pub(super) score: f64,
    pub(super) shared: Vec<u32>,
}

impl Engine {
    /// The open stories that have most of the item's rarest words, best first.
    pub(super) fn candidates(&self, reading: &ItemFeatures) -> Vec<Candidate> {
        let record = &reading.record;
        let mut candidates: Vec<Candidate> = self
            .candidate_stories(record)
            .filter(|story| self.is_open(*story, record.time))
            .take(CANDIDATES)
            .map(|story| self.score(reading, story))
            .collect();
        // Those as like stay in their order.
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        candidates
    }

    pub(super) fn is_open(&self, story: i64, time: i64) -> bool {
        let window = WINDOW.as_secs();
        let (began, last) = self.span(story);
        time - last <= window && (time - began).abs() <= window
    }

    pub(super) fn score(&self, reading: &ItemFeatures, id: i64) -> Candidate {
        let record = &reading.record;
        let story = self.story(id);
        let story = story.as_ref();
        let mut dot = 0;
        let mut evidence = 0.0;
        let mut shared = Vec::new();
        let rarest = self.rarest(record.language);
        for (term, weight) in record.weighted() {
            let of_story = Self::weight_in(story, term);
            if of_story > 0 {
                dot += u64::from(weight) * u64::from(of_story);
                evidence += reading.idf.get(&term).copied().unwrap_or(0.0) / rarest;
                shared.push(term);
            }
        }
        let mut score = likeness(dot, story) * decay(record, story);
        if !reading.short {
            #[allow(clippy::cast_precision_loss)]
            let missing = LONG_ITEM_TERMS.saturating_sub(record.terms.len()) as f64
                / (LONG_ITEM_TERMS - SHORT_ITEM_TERMS) as f64;
            score *= 1.0 + LEAD_BOOST * missing;
        }
        // Two words that are no names are not enough: "lethal force" is what many are about.
        let tells_one = shared.len() > 2 || shared.iter().any(|term| record.names.contains(term));
        let asked = if reading.short && tells_one {
            MIN_SHARED_IDF_SHORT
        } else {
            MIN_SHARED_IDF
        };
        if evidence < asked {
            score *= (evidence / asked).powi(2);
        }
        // What is unlike already stays so, and its items need not be looked at.
        if score >= JOIN_THRESHOLD {
            score = self.by_items(score, record, story, id);
        }
        Candidate {
            story: id,
            score,
            shared,
        }
    }

    /// The score by words, less for what the items of the story show.
    fn by_items(&self, mut score: f64, record: &ItemRecord, story: &StoryCluster, id: i64) -> f64 {
        if let Some(nearest) = self.nearest(record, story) {
            let nearest = &self.document(nearest).record;
            score *= self.names_shared(record, nearest, story);
            if self.is_other_event(record, nearest) || self.is_of_another(record, id) {
                // However alike the rest is.
                score = 0.0;
            }
        }
        if self.feeds.len() > 1
            && record.feed != 0
            && story.items_of(record.feed) == story.documents.len()
        {
            score *= SAME_FEED_FACTOR;
        }
        score
    }

    pub(super) fn weight_in(story: &StoryCluster, term: u32) -> u32 {
        story
            .sum
            .binary_search_by_key(&term, |(term, _)| *term)
            .map_or(0, |at| story.sum[at].1)
    }
}

/// The cosine of the angle between an item and a story, of which a large one is not as much less as it is longer.
#[allow(clippy::cast_precision_loss)]
fn likeness(dot: u64, story: &StoryCluster) -> f64 {
    let length = (story.square as f64).sqrt() / FIXED_POINT_SCALE;
    let items = story.speaking.len() as f64;
    dot as f64
        / (FIXED_POINT_SCALE * FIXED_POINT_SCALE)
        / (items.powf(ITEMS_SHARE) * length.powf(1.0 - ITEMS_SHARE)).max(f64::MIN_POSITIVE)
}

/// How much of its score is left to an item that is days away from a story.
fn decay(record: &ItemRecord, story: &StoryCluster) -> f64 {
    let away = (record.time - story.last)
        .max(story.began - record.time)
        .max(0);
    #[allow(clippy::cast_precision_loss)]
    let days = away as f64 / 86_400.0;
    let days = (days - DECAY_DELAY_DAYS).max(0.0);
    (-days / DECAY_DAYS).exp()
}
