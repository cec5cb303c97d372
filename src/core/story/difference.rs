//! What two texts have at the same place that the words around leave no room for, if both tell one event.
//!
//! One desk reports two arrests in the same sentences: they differ in who, where and how many. A report that was
//! edited, or that another outlet wrote, differs in other words, or in many.

use std::ops::Range;

use super::record::Record;
use super::wording::{Mark, parts};

/// Words of each side of a place that is another name, at most; more are told otherwise.
const PLACE_WORDS: usize = 4;
/// Likewise in characters of texts without spaces.
const PLACE_CHARACTERS: usize = 12;
/// A lead of so many words that is the same to the last carries one text, whatever the headlines say.
const WHOLE_LEAD: usize = 16;
/// Other places of two leads in whose script no names can be told, from which on they are of two events.
const OTHER_PLACES: usize = 2;

/// Whether two items are of one form that is filled in with other names, places or numbers.
pub(super) fn is_filled_otherwise(a: &Record, b: &Record) -> bool {
    let [[title, lead], [other_title, other_lead]] = [a, b].map(|record| parts(&record.wording));
    let texts = Texts {
        sides: [
            Side::new(&title, &lead),
            Side::new(&other_title, &other_lead),
        ],
        // A toll that grows is another number of the same event.
        grows: a.has(Record::GROWS) || b.has(Record::GROWS),
    };
    let leads = Alignment::of(&lead, &other_lead);
    if leads.is_whole() && weight(&lead) >= WHOLE_LEAD {
        return false;
    }
    let titles = Alignment::of(&title, &other_title);
    titles.is_one_form() && texts.titles_differ(&titles)
        || leads.is_one_form() && texts.leads_differ(&titles, &leads)
}

struct Side {
    /// Of headline and lead.
    all: Vec<Mark>,
    title: Vec<Mark>,
    lead: Vec<Mark>,
    /// Capitals tell its names.
    has_names: bool,
}

impl Side {
    fn new(title: &[Mark], lead: &[Mark]) -> Self {
        let all = [title, lead].concat();
        Self {
            has_names: all.iter().any(|mark| mark.is_name()),
            title: title.to_vec(),
            lead: lead.to_vec(),
            all,
        }
    }

    fn has(&self, mark: Mark) -> bool {
        self.all.iter().any(|other| other.is_same(mark))
    }

    /// How many of these words may be names that it does not have.
    fn strangers(&self, of: &Self, words: &[Mark]) -> usize {
        let may_be_name = |mark: &&Mark| !mark.is_number() && (!of.has_names || mark.is_name());
        let found = words.iter().filter(may_be_name);
        found.filter(|mark| !self.has(**mark)).count()
    }

    fn has_other_number(&self, words: &[Mark]) -> bool {
        let numbers = words
            .iter()
            .filter(|mark| mark.is_number() && !mark.is_toll());
        numbers.clone().any(|mark| !self.has(*mark))
    }
}

struct Texts {
    sides: [Side; 2],
    grows: bool,
}

impl Texts {
    fn titles_differ(&self, titles: &Alignment) -> bool {
        let [a, b] = &self.sides;
        let has_names = a.has_names && b.has_names;
        titles.places.iter().any(|place| {
            let (first, second) = place.of(&a.title, &b.title);
            (titles.is_clean || has_names) && self.are_other_names(first, second)
                || titles.is_clean && self.are_other_persons(first, second)
                || titles.is_clean
                    && self.are_other_numbers(first, second)
                    && !self.are_of_one_person()
        })
    }

    fn are_other_persons(&self, first: &[Mark], second: &[Mark]) -> bool {
        let [a, b] = &self.sides;
        let other = |side: &Side, words: &[Mark]| {
            words
                .iter()
                .any(|mark| mark.is_person() && !side.has(*mark))
        };
        other(b, first) && other(a, second)
    }

    fn leads_differ(&self, titles: &Alignment, leads: &Alignment) -> bool {
        let [a, b] = &self.sides;
        let places = leads.places.iter().map(|place| place.of(&a.lead, &b.lead));
        let names = places
            .clone()
            .filter(|(first, second)| self.are_other_names(first, second))
            .count();
        let numbers = places
            .clone()
            .filter(|(first, second)| self.are_other_numbers(first, second))
            .count();
        if names == 0 || !a.has_names || !b.has_names {
            // Who is named in the headline as well is whom it is about.
            let is_about = |title: &[Mark], words: &[Mark]| {
                words
                    .iter()
                    .any(|mark| title.iter().any(|other| other.is_same(*mark)))
            };
            let about = places.filter(|(first, second)| {
                self.are_other_names(first, second)
                    && is_about(&a.title, first)
                    && is_about(&b.title, second)
            });
            return names + numbers + about.count() >= OTHER_PLACES;
        }
        // An agency's text that was edited has one name or number changed, a form most of them.
        let are_most = |of: &Side, from: &Side| {
            let all = of.lead.iter().filter(|mark| mark.is_name()).count();
            from.strangers(of, &of.lead) * 2 >= all
        };
        are_most(a, b) && are_most(b, a) || numbers > 0 && !titles.is_whole()
    }

    fn are_other_names(&self, first: &[Mark], second: &[Mark]) -> bool {
        let [a, b] = &self.sides;
        b.strangers(a, first) > 0 && a.strangers(b, second) > 0
    }

    fn are_other_numbers(&self, first: &[Mark], second: &[Mark]) -> bool {
        let [a, b] = &self.sides;
        !self.grows && b.has_other_number(first) && a.has_other_number(second)
    }

    /// Whether both have two names in a row that are the same: it is told otherwise of the same person.
    fn are_of_one_person(&self) -> bool {
        let [a, b] = &self.sides;
        a.title.windows(2).any(|pair| {
            pair.iter().all(|mark| mark.is_name())
                && b.title
                    .windows(2)
                    .any(|other| other[0].is_same(pair[0]) && other[1].is_same(pair[1]))
        })
    }
}

/// A place at which one text has other words than the other.
struct Place {
    first: Range<usize>,
    second: Range<usize>,
}

impl Place {
    fn of<'a>(&self, a: &'a [Mark], b: &'a [Mark]) -> (&'a [Mark], &'a [Mark]) {
        (&a[self.first.clone()], &b[self.second.clone()])
    }
}

/// Two texts side by side.
struct Alignment {
    same: usize,
    longer: usize,
    /// Where both have few other words.
    places: Vec<Place>,
    differs: bool,
    /// Nothing was added or left out.
    is_clean: bool,
}

impl Alignment {
    fn of(a: &[Mark], b: &[Mark]) -> Self {
        let gaps = gaps(a, b);
        let mut found = Self {
            same: a.len() - gaps.iter().map(|gap| gap.first.len()).sum::<usize>(),
            longer: a.len().max(b.len()),
            differs: !gaps.is_empty(),
            places: Vec::new(),
            is_clean: false,
        };
        let count = gaps.len();
        let is_short = |words: &[Mark]| {
            let characters = words.iter().filter(|mark| mark.is_character()).count();
            (1..=PLACE_CHARACTERS).contains(&words.len()) && words.len() - characters <= PLACE_WORDS
        };
        found.places = gaps
            .into_iter()
            .filter(|gap| is_short(&a[gap.first.clone()]) && is_short(&b[gap.second.clone()]))
            .collect();
        found.is_clean = found.places.len() == count;
        found
    }

    fn is_whole(&self) -> bool {
        !self.differs && self.longer > 0
    }

    /// Half of the words of the longer stand in the other, in the same order.
    fn is_one_form(&self) -> bool {
        self.same >= 2
            && (self.same * 2 >= self.longer || self.is_clean && self.same * 5 >= self.longer * 2)
    }
}

/// Words; two characters are one.
fn weight(words: &[Mark]) -> usize {
    let characters = words.iter().filter(|mark| mark.is_character()).count();
    words.len() - characters + characters / 2
}

/// Where two texts differ, by the longest common subsequence.
fn gaps(a: &[Mark], b: &[Mark]) -> Vec<Place> {
    let wide = b.len() + 1;
    let mut lengths = vec![0_u8; (a.len() + 1) * wide];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i * wide + j] = if a[i].is_same(b[j]) {
                lengths[(i + 1) * wide + j + 1] + 1
            } else {
                lengths[(i + 1) * wide + j].max(lengths[i * wide + j + 1])
            };
        }
    }
    let (mut gaps, mut i, mut j, mut from) = (Vec::new(), 0, 0, (0, 0));
    loop {
        let is_end = i == a.len() && j == b.len();
        let is_same = i < a.len() && j < b.len() && a[i].is_same(b[j]);
        if is_end || is_same {
            if (i, j) != from {
                gaps.push(Place {
                    first: from.0..i,
                    second: from.1..j,
                });
            }
            if is_end {
                return gaps;
            }
            (i, j) = (i + 1, j + 1);
            from = (i, j);
        } else if j == b.len()
            || i < a.len() && lengths[(i + 1) * wide + j] >= lengths[i * wide + j + 1]
        {
            i += 1;
        } else {
            j += 1;
        }
    }
}
