//! How much a word tells: the rarer it is among the items of the window, the more.

use super::document_frequency::DocumentFrequency;
use super::engine::Engine;
use super::hash_maps::Map;
use super::item_record::ItemRecord;
use super::language;

/// A feed's habits are known from so many stories on.
const KNOWN_STORIES: u32 = 20;
/// A word in fewer of its stories is no habit.
const RECURRING_STORIES: u32 = 4;

impl Engine {
    /// How much each of an item's terms tells.
    ///
    /// What a feed says in many of its stories is its habit and no event: a form that it fills in, the name of its
    /// town. However often it says it in one story, that is no habit.
    pub(super) fn tell(
        &self,
        record: &ItemRecord,
        terms: impl Iterator<Item = u32>,
    ) -> Map<u32, f64> {
        let mut told: Map<u32, (u32, f64)> = Map::default();
        // Nearly all that a feed has said is none of them, which is seen here without looking it up.
        let mut may_be_told = [false; 1 << 12];
        let place = |term: u32| term as usize % (1 << 12);
        for term in terms {
            told.insert(term, (0, self.idf(record.language, term)));
            may_be_told[place(term)] = true;
        }
        let mut stories = 0;
        if self.tells_feeds(record.feed)
            && let Some(feed) = self.feeds.get(&record.feed)
        {
            stories = u32::try_from(feed.recent.len()).unwrap_or(u32::MAX);
            let recent = feed.recent.iter().filter(|_| stories >= KNOWN_STORIES);
            for other in recent.filter_map(|number| self.get(*number)) {
                let terms = other.record.terms.iter();
                for term in terms.filter(|term| may_be_told[place(**term)]) {
                    if let Some((with, _)) = told.get_mut(term) {
                        *with += 1;
                    }
                }
            }
        }
        let least = |(with, idf): (u32, f64)| match with {
            0..RECURRING_STORIES => idf,
            _ => idf
                .min((f64::from(stories) / f64::from(with)).ln())
                .max(0.0),
        };
        told.into_iter()
            .map(|(term, told)| (term, least(told)))
            .collect()
    }

    /// What a word weighs that no item of the window has.
    pub(super) fn rarest(&self, language: u32) -> f64 {
        self.languages
            .get(&language::counted_as(language))
            .map_or(1_000.0_f64.ln(), DocumentFrequency::rarest)
    }

    /// How much a term tells, whatever the feed.
    pub(super) fn idf(&self, language: u32, term: u32) -> f64 {
        self.languages
            .get(&language::counted_as(language))
            .map_or(1_000.0_f64.ln(), |frequency| frequency.idf(term))
    }
}
