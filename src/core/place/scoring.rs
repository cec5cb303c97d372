//! From mentions to the places that an item is about.

use std::collections::{BTreeMap, HashSet};

use super::matches::{Before, MOST_PLACES, MOST_REASONS, Mention, PlaceMatch, Reason, Weight};
use super::scratch::Scratch;
use crate::core::document::{Document, Field};

/// What the first name in the title, the lead and the body is worth.
const TITLE: f64 = 4.0;
const LEAD: f64 = 3.0;
const BODY: f64 = 1.5;

/// How many a name behind a word such as "in" counts for.
const WHERE: f64 = 1.5;

/// Words that are the lead of a summary or a text.
const LEAD_WORDS: usize = 60;

/// A place with a smaller share of the first one's score is named, and not what the item is about.
const LEAST_SHARE: f64 = 0.4;

impl Weight {
    fn share(self) -> f64 {
        match self {
            Self::Full => 1.0,
            Self::Weak | Self::People => 0.5,
            Self::Aside => 0.25,
        }
    }
}

/// How often a place is named, by where.
#[derive(Default)]
struct Counts {
    title: f64,
    lead: f64,
    body: f64,
    first: usize,
    why: Vec<Reason>,
}

impl Counts {
    fn add(&mut self, mention: &Mention, reason: Reason) {
        let share = reason.weight.share()
            * if mention.before == Before::Where {
                WHERE
            } else {
                1.0
            };
        match mention.field {
            Field::Title => self.title += share,
            _ if mention.word < LEAD_WORDS => self.lead += share,
            _ => self.body += share,
        }
        if self.why.len() < MOST_REASONS {
            self.why.push(reason);
        }
    }

    fn score(&self) -> f64 {
        // The first counts one, three count two, seven count three.
        let points = |times: f64| (1.0 + times).log2();
        TITLE * points(self.title) + LEAD * points(self.lead) + BODY * points(self.body)
    }
}

/// The places that the mentions in the scratch are about, the first before the others. What names a place names
/// the country too that it is `within`.
pub(super) fn weigh(
    document: &Document,
    within: &[Option<u32>],
    scratch: &Scratch,
) -> Vec<PlaceMatch> {
    let mentions = &scratch.mentions;
    let sure: HashSet<u32> = mentions
        .iter()
        .filter(|mention| !mention.weak)
        .map(|mention| mention.place)
        .collect();
    // Of words that may mean several places, those that are named otherwise.
    let settled: HashSet<usize> = mentions
        .iter()
        .filter(|mention| sure.contains(&mention.place))
        .map(|mention| mention.group)
        .collect();
    let counts_at_all = |mention: &&Mention| {
        let is_sure = sure.contains(&mention.place);
        is_sure || mention.before != Before::Nothing && !settled.contains(&mention.group)
    };
    let mut places: BTreeMap<u32, Counts> = BTreeMap::new();
    for (order, mention) in mentions.iter().filter(counts_at_all).enumerate() {
        let reason = Reason {
            field: mention.field,
            start: mention.start,
            end: mention.end,
            word: text_of(document, mention).to_owned(),
            weight: mention.weight,
        };
        let country = within.get(mention.place as usize).copied().flatten();
        for place in [Some(mention.place), country].into_iter().flatten() {
            let counts = places.entry(place).or_insert_with(|| Counts {
                first: order,
                ..Counts::default()
            });
            counts.add(mention, reason.clone());
        }
    }
    let mut ranked: Vec<(u32, f64, Counts)> = places
        .into_iter()
        .map(|(place, counts)| (place, counts.score(), counts))
        .collect();
    let part_of = |place: u32| within.get(place as usize).copied().flatten().is_some();
    ranked.sort_by(|(one, score, counts), (other, other_score, other_counts)| {
        other_score
            .total_cmp(score)
            .then(counts.first.cmp(&other_counts.first))
            .then(part_of(*one).cmp(&part_of(*other)))
    });
    let least = ranked
        .first()
        .map_or(0.0, |(_, score, _)| score * LEAST_SHARE);
    ranked
        .into_iter()
        .filter(|(_, score, _)| *score >= least)
        .take(MOST_PLACES)
        .map(|(place, score, counts)| PlaceMatch {
            place: place as usize,
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            score: (score * 10.0).round() as u32,
            why: counts.why,
        })
        .collect()
}

fn text_of<'d>(document: &'d Document, mention: &Mention) -> &'d str {
    let text = document.field(mention.field).unwrap_or_default();
    text.get(mention.start..mention.end).unwrap_or_default()
}
