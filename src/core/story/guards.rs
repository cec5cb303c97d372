//! What speaks against it that two reports are of one event, however like their words are.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::engine::Engine;
use super::grown::Story;
use super::language;
use super::limits::{COMPARED, FEW, FORM, FORM_UNNAMED, SAME_NAMES, STRANGERS};
use super::record::Record;

impl Engine {
    /// The item of a story whose headline is most like another.
    pub(super) fn nearest(&self, record: &Record, story: &Story) -> Option<u32> {
        let mut best: Option<(usize, usize, u32)> = None;
        for number in story.speaking.iter().rev().take(COMPARED) {
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
    pub(super) fn names_shared(&self, record: &Record, nearest: &Record, story: &Story) -> f64 {
        let weight = |names: &[u32], is_known: &dyn Fn(u32) -> bool| {
            names.iter().fold((0.0, 0.0), |(known, all), name| {
                let idf = self.idf(record.language, 0, *name);
                (if is_known(*name) { known + idf } else { known }, all + idf)
            })
        };
        let (known_a, all_a) = weight(&record.names, &|name| self.weight_in(story, name) > 0);
        let (known_b, all_b) = weight(&nearest.names, &|name| record.terms.contains(&name));
        if all_a == 0.0 || all_b == 0.0 {
            return 1.0;
        }
        let share = (known_a / all_a).max(known_b / all_b);
        if share >= SAME_NAMES {
            1.0
        } else {
            STRANGERS + (1.0 - STRANGERS) * share / SAME_NAMES
        }
    }

    /// Whether two headlines are of one form and name different people or places, as those of two verdicts
    /// of one day are.
    #[allow(clippy::unused_self)]
    pub(super) fn is_other_event(&self, a: &Record, b: &Record, story: Option<&Story>) -> bool {
        // Without capitals that tell names any word of a headline may be one; then the leads have to vouch.
        let named = !a.names.is_empty() && !b.names.is_empty();
        let has_lead = |record: &Record| record.terms.len() > record.headline.len() + 2;
        if !named && !(a.names.is_empty() && b.names.is_empty() && has_lead(a) && has_lead(b)) {
            return false;
        }
        let is_content = |record: &Record, term: u32| !named || !record.names.contains(&term);
        let others = |of: &Record, from: &Record| {
            of.headline
                .iter()
                .filter(|term| !named || of.names.contains(term))
                .filter(|term| !from.terms.contains(term))
                .filter(|term| {
                    story.is_none_or(|story| {
                        std::ptr::eq(of, b) || self.weight_in(story, **term) == 0
                    })
                })
                .count()
        };
        let fewest = if named { 1 } else { 2 };
        if others(a, b) < fewest || others(b, a) < fewest {
            return false;
        }
        let content = |record: &Record| -> Vec<u32> {
            record
                .headline
                .iter()
                .copied()
                .filter(|term| is_content(record, *term))
                .collect()
        };
        let (first, second) = (content(a), content(b));
        let both = shared(&first, &second);
        let asked = if named { FORM } else { FORM_UNNAMED };
        #[allow(clippy::cast_precision_loss)]
        let is_form = both as f64 >= first.len().max(second.len()) as f64 * asked;
        both >= 2 && is_form
    }

    /// Whether most items of one story have in the other one of their form about something else.
    pub(super) fn are_other_events(&self, a: &Story, b: &Story) -> bool {
        let (small, large) = if a.speaking.len() < b.speaking.len() {
            (a, b)
        } else {
            (b, a)
        };
        let looked_at = small.speaking.iter().take(FEW);
        let others = looked_at.clone().filter(|number| {
            let record = &self.document(**number).record;
            self.nearest(record, large).is_some_and(|nearest| {
                self.is_other_event(record, &self.document(nearest).record, Some(large))
            })
        });
        others.count() * 2 >= looked_at.count()
    }

    /// The names that most of a story's items have, then the rarest.
    pub(super) fn names_of(&self, story: &Story) -> Vec<u32> {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for number in story.speaking.iter().rev().take(COMPARED) {
            for name in &self.document(*number).record.names {
                *counts.entry(*name).or_insert(0) += 1;
            }
        }
        let frequency = self.languages.get(&language::counted_as(story.language));
        let mut names: Vec<(u32, u32)> = counts.into_iter().collect();
        names.sort_by_key(|(name, count)| {
            (
                Reverse(*count),
                frequency.map_or(0, |frequency| frequency.with(*name)),
                *name,
            )
        });
        names.into_iter().take(3).map(|(name, _)| name).collect()
    }
}

/// How many numbers two sorted lists have in common.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter()
        .filter(|number| b.binary_search(number).is_ok())
        .count()
}
