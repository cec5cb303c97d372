//! What speaks against it that two reports are of one event, however like their words are.

use super::difference::is_filled_otherwise;
use super::engine::Engine;
use super::grown::Story;
use super::limits::{
    FEW, FORM, FORM_ALIKE, FORM_NUMBERED, FORM_NUMBERS, FORM_UNNAMED, HEARD, SAME_NAMES, STRANGERS,
};
use super::record::Record;

impl Engine {
    /// The item of a story whose headline is most like another.
    pub(super) fn nearest(&self, record: &Record, story: &Story) -> Option<u32> {
        let mut best: Option<(usize, usize, u32)> = None;
        for number in story.speaking.iter().rev().take(HEARD) {
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
        if share >= SAME_NAMES {
            1.0
        } else {
            STRANGERS + (1.0 - STRANGERS) * share / SAME_NAMES
        }
    }

    /// Whether two headlines are of one form and name different people or places, as those of two verdicts
    /// of one day are.
    pub(super) fn is_other_event(&self, a: &Record, b: &Record, story: Option<&Story>) -> bool {
        let is_known = |of: &Record, from: &Record, term: u32| {
            from.terms.contains(&term)
                || story
                    .is_some_and(|story| std::ptr::eq(of, a) && Self::weight_in(story, term) > 0)
        };
        let strange = |of: &Record, from: &Record, terms: &[u32]| {
            let unknown = terms.iter().filter(|term| !is_known(of, from, **term));
            unknown.count()
        };
        // So many of the terms are strange on both sides.
        let both_strange =
            |first: &[u32], second: &[u32]| strange(a, b, first).min(strange(b, a, second));
        let is_form = |first: &[u32], second: &[u32], asked: f64| {
            let both = shared(first, second);
            #[allow(clippy::cast_precision_loss)]
            let share = both as f64 / first.len().max(second.len()) as f64;
            both >= 2 && share >= asked
        };
        if is_filled_otherwise(a, b) {
            return true;
        }
        // A toll that grows is another number of the same event.
        let other_numbers = if a.has(Record::GROWS) || b.has(Record::GROWS) {
            0
        } else {
            other_numbers(a, b)
        };
        if self.feeds.len() > 1
            && a.outlet == b.outlet
            && other_numbers >= FORM_NUMBERS
            && is_form(&a.headline, &b.headline, FORM_UNNAMED)
        {
            return true;
        }
        if !a.names.is_empty() && !b.names.is_empty() {
            let [names, others] = [true, false].map(|names| {
                [a, b].map(|record| -> Vec<u32> {
                    let terms = record.headline.iter().copied();
                    terms
                        .filter(|term| record.names.contains(term) == names)
                        .collect()
                })
            });
            if both_strange(&names[0], &names[1]) > 0 {
                return is_form(&others[0], &others[1], FORM);
            }
            // "Student leader arrested", "Opposition leader arrested": the leads have the names.
            return both_strange(&a.names, &b.names) >= 2
                && both_strange(&a.headline, &b.headline) > 0
                && is_form(&a.headline, &b.headline, FORM_ALIKE);
        }
        // Without capitals that tell names any word of a headline may be one; then the leads or the numbers
        // have to vouch.
        if a.names.is_empty() != b.names.is_empty() {
            return false;
        }
        let has_lead = |record: &Record| record.terms.len() > record.headline.len() + 2;
        match both_strange(&a.headline, &b.headline) {
            0 => false,
            1 if other_numbers == 0 => false,
            _ if other_numbers > 0 => is_form(&a.headline, &b.headline, FORM_NUMBERED),
            _ => has_lead(a) && has_lead(b) && is_form(&a.headline, &b.headline, FORM_UNNAMED),
        }
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
}

/// How many numbers each of two items has, at least, that the other lacks.
fn other_numbers(a: &Record, b: &Record) -> usize {
    let shared = shared(&a.numbers, &b.numbers);
    a.numbers.len().min(b.numbers.len()) - shared
}

/// How many numbers two sorted lists have in common.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter()
        .filter(|number| b.binary_search(number).is_ok())
        .count()
}
