//! Which story an item joins, and which stories turn out to be one.

use super::candidates::Candidate;
use super::copy::{Likeness, Text, likeness};
use super::engine::Engine;
use super::grown::Story;
use super::language;
use super::limits::{COMPARED, DAYS, EVIDENCE, JOIN, MERGE, SENT_AGAIN, UNIT};
use super::reading::Reading;
use super::record::Record;

impl Engine {
    /// The item whose text this one has, and why one thinks so.
    pub(super) fn copy(
        &self,
        reading: &Reading,
        candidates: &[Candidate],
    ) -> Option<(u32, &'static str)> {
        let record = &reading.record;

        for candidate in candidates {
            let story = &self.stories[&candidate.story];
            let found = story
                .speaking
                .iter()
                .rev()
                .take(COMPARED)
                .copied()
                .filter_map(|number| {
                    let other = &self.document(number).record;
                    let same_title = record.title != 0 && record.title == other.title;
                    let stands_alone = record.has(Record::ALONE) || other.has(Record::ALONE);
                    if same_title && record.lead == other.lead {
                        // What comes back every day is the same item only where its feed sends it again.
                        let again = record.feed == other.feed
                            && record.outlet == other.outlet
                            && (record.time - other.time).abs() <= SENT_AGAIN;
                        return (!stands_alone || again)
                            .then_some((number, "has the headline and the lead of"));
                    }
                    if stands_alone {
                        return None;
                    }
                    let texts = [record, other].map(|record| Text {
                        shingles: &record.shingles,
                        title: record.core_key(),
                    });
                    let says = if same_title {
                        "has the headline of"
                    } else {
                        "has the text of"
                    };
                    let same = likeness(texts[0], texts[1]) == Likeness::Same
                        && !self.is_other_event(record, other, None);
                    same.then_some((number, says))
                });
            if let Some(first) = found.min_by_key(|(number, _)| *number) {
                return Some(first);
            }
        }
        None
    }

    pub(super) fn best<'c>(
        &self,
        reading: &Reading,
        candidates: &'c [Candidate],
    ) -> Option<&'c Candidate> {
        if reading.copy_only {
            return None;
        }
        candidates.iter().find(|candidate| {
            candidate.score >= JOIN
                && self.stories[&candidate.story].alone == 0
                && language::is_one(
                    self.stories[&candidate.story].language,
                    reading.record.language,
                )
        })
    }

    /// Stories that turn out to be the one that an item has just joined.
    pub(super) fn merge(
        &mut self,
        story: i64,
        candidates: &[Candidate],
        language: u32,
    ) -> Vec<(i64, i64)> {
        let mut current = story;
        let mut merged = Vec::new();
        for other in candidates
            .iter()
            .filter(|candidate| candidate.score >= JOIN)
            .map(|candidate| candidate.story)
        {
            if other == current
                || !self.stories.contains_key(&other)
                || self.closed.contains(&other)
                || self.closed.contains(&current)
            {
                continue;
            }
            let [a, b] = [&self.stories[&current], &self.stories[&other]];
            if a.alone + b.alone > 0
                || !language::is_one(b.language, language)
                || self.likeness(a, b) < MERGE
                || self.are_other_events(a, b)
            {
                continue;
            }
            let (older, newer) = (current.min(other), current.max(other));
            let from = self.stories.remove(&newer).expect("is there");
            for number in &from.documents {
                let at = usize::try_from(number - self.first).expect("fits");
                if let Some(document) = &mut self.documents[at] {
                    document.story = older;
                }
            }
            let mut into = self.stories.remove(&older).expect("is there");
            into.unite(from);
            if let Some(first) = into.documents.first() {
                into.language = self.document(*first).record.language;
            }
            self.stories.insert(older, into);
            merged.push((newer, older));
            current = older;
        }
        merged
    }

    /// How much two stories say the same.
    pub(super) fn likeness(&self, a: &Story, b: &Story) -> f64 {
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
                if evidence < EVIDENCE {
                    evidence += self.idf(a.language, 0, *term) / rarest;
                }
            }
        }
        #[allow(clippy::cast_precision_loss)]
        let likeness = {
            let lengths = [a, b]
                .map(|story| (story.square as f64).sqrt() / UNIT * story.speaking.len() as f64);
            dot as f64 / (UNIT * UNIT) / (lengths[0] * lengths[1]).sqrt().max(f64::MIN_POSITIVE)
        };
        let away = (a.began - b.last).max(b.began - a.last).max(0);
        #[allow(clippy::cast_precision_loss)]
        let days = away as f64 / 86_400.0;
        likeness * (-days / DAYS).exp() * (evidence / EVIDENCE).min(1.0).powi(2)
    }
}
