//! What two texts have at the same place that the words around leave no room for, if both tell one event.
//!
//! One desk reports two arrests in the same sentences: they differ in who, where and how many. A report that was
//! edited, or that another outlet wrote, differs in other words, or in many.

mod alignment;

use alignment::{Alignment, Place};

use super::item_record::ItemRecord;
use super::word_sequence::{SequenceWord, parts};

/// A lead of so many words that is the same to the last carries one text, whatever the headlines say.
const WHOLE_LEAD: usize = 16;
/// Words of a headline that make a form, if all else are but other names.
const FORM_WORDS: usize = 3;
/// Other places of two leads in whose script no names can be told, from which on they are of two events.
const OTHER_PLACES: usize = 2;

/// Whether two items are of one form that is filled in with other names, places, numbers or days. Who sends both fills
/// a form in more freely than two do that report an event each in its words.
pub(super) fn is_same_template_other_facts(
    a: &ItemRecord,
    b: &ItemRecord,
    is_same_outlet: bool,
) -> bool {
    // A toll that grows is another number of the same event.
    let grows = a.has(ItemRecord::GROWS) || b.has(ItemRecord::GROWS);
    differs(a, b, is_same_outlet, grows)
}

fn differs(a: &ItemRecord, b: &ItemRecord, is_same_outlet: bool, grows: bool) -> bool {
    let texts = Texts {
        sides: [Side::new(a), Side::new(b)],
        grows,
    };
    let [one, other] = &texts.sides;
    let titles = Alignment::of(&one.title, &other.title);
    if texts.titles_differ(&titles) {
        return true;
    }
    let leads = Alignment::of(&one.lead, &other.lead);
    if leads.is_whole() && weight(&one.lead) >= WHOLE_LEAD {
        return false;
    }
    let fills = |form: &Alignment, of: fn(&Side) -> &[SequenceWord]| {
        form.is_one_form() && texts.fill_otherwise(form, of)
    };
    is_same_outlet && (fills(&titles, |side| &side.title) || fills(&leads, |side| &side.lead))
        || leads.is_one_form() && texts.leads_differ(&titles, &leads)
}

/// Whether two items of one form name others, whatever their numbers.
pub(super) fn names_others(a: &ItemRecord, b: &ItemRecord) -> bool {
    differs(a, b, false, true)
}

/// Whether the headlines or the leads of two items count dead or hurt people, and none of one as the other does.
pub(super) fn has_other_casualty_count(a: &ItemRecord, b: &ItemRecord) -> bool {
    let [a, b] = [a, b].map(|record| {
        parts(&record.wording).map(|part| -> Vec<SequenceWord> {
            part.into_iter().filter(|mark| mark.is_toll()).collect()
        })
    });
    let mut pairs = a.iter().zip(&b);
    pairs.any(|(a, b)| !a.is_empty() && !b.is_empty() && !a.iter().any(|toll| b.contains(toll)))
}

/// How many dead or hurt an item counts: in its headline, else below.
pub(super) fn casualty_counts(record: &ItemRecord) -> Vec<SequenceWord> {
    let counted = parts(&record.wording).map(|part| part.into_iter().filter(|mark| mark.is_toll()));
    let [title, lead] = counted.map(Iterator::collect::<Vec<SequenceWord>>);
    if title.is_empty() { lead } else { title }
}

struct Side {
    /// Of headline and lead.
    all: Vec<SequenceWord>,
    title: Vec<SequenceWord>,
    lead: Vec<SequenceWord>,
    /// Days that they name.
    days: [Vec<SequenceWord>; 2],
    /// Capitals tell its names.
    has_names: bool,
}

impl Side {
    fn new(record: &ItemRecord) -> Self {
        let mut parts = parts(&record.wording);
        let days = parts
            .each_mut()
            .map(|part| part.extract_if(.., |mark| mark.is_day()).collect());
        let [mut title, lead] = parts;
        // A word that the lead has for a name is one where the capitals of the headline do not tell.
        for mark in &mut title {
            let is_named = |other: &&SequenceWord| other.is_name() && other.is_spelled_as(*mark);
            if let Some(named) = lead.iter().find(is_named) {
                *mark = *named;
            }
        }
        let all = [&*title, &*lead].concat();
        Self {
            has_names: all.iter().any(|mark| mark.is_name()),
            title,
            lead,
            days,
            all,
        }
    }

    /// A name that other words happen to have the letters of is not theirs, where capitals tell.
    fn has(&self, mark: SequenceWord) -> bool {
        let may_be =
            |other: &&SequenceWord| !self.has_names || !mark.is_name() || !other.is_plain();
        let mut others = self.all.iter().filter(may_be);
        others.any(|other| other.is_spelled_as(mark))
    }

    fn may_be_name(&self, mark: SequenceWord) -> bool {
        if self.has_names {
            mark.is_name()
        } else {
            !mark.is_number() && !mark.is_group()
        }
    }

    /// How many words of the other may be names that it does not have; characters in a row are one.
    fn strangers(&self, of: &Self, words: &[SequenceWord]) -> usize {
        let parts = words.chunk_by(|a, b| a.is_character() && b.is_character());
        let is_strange = |part: &&[SequenceWord]| match part {
            [mark] => of.may_be_name(*mark) && !self.has(*mark),
            row => !self.all.windows(row.len()).any(|other| other == *row),
        };
        parts.filter(is_strange).count()
    }

    fn has_other_number(&self, words: &[SequenceWord]) -> bool {
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
        let is_one_sentence = titles.is_one_sentence();
        if is_one_sentence && self.are_other_days(0) {
            return true;
        }
        let is_form = titles.is_one_form() || titles.is_clean && titles.same >= FORM_WORDS;
        let is_other_form = is_form
            && if has_names {
                self.are_most_names_others(|side| &side.title)
            } else {
                titles.is_clean
            };
        let numbers = || {
            let mut places = titles
                .places
                .iter()
                .map(|place| place.of(&a.title, &b.title));
            places.any(|(first, second)| self.are_other_numbers(first, second))
        };
        if !(is_one_sentence || is_other_form || is_form && titles.is_clean && numbers()) {
            return false;
        }
        if have_other_rows(titles, a, b) {
            return true;
        }
        titles.places.iter().any(|place| {
            let (first, second) = place.of(&a.title, &b.title);
            self.are_other_names(place, |side| &side.title)
                || is_one_sentence
                    && (self.begin_otherwise(place)
                        || self.are_other_persons(first, second)
                        || self.are_other_numbers(first, second) && !self.are_of_one_person())
        })
    }

    /// `Kenya evicts 78 families`, `Uganda evicts 78 families`: at the beginning no capital tells a name.
    fn begin_otherwise(&self, place: &Place) -> bool {
        let [a, b] = &self.sides;
        let is_word = |side: &Side, from: &Side| {
            let is_word = |mark: &&SequenceWord| mark.is_plain() || mark.is_unsure();
            let first = side.title.first().filter(is_word);
            first.is_some_and(|mark| !from.has(*mark))
        };
        place.first == (0..1) && place.second == (0..1) && is_word(a, b) && is_word(b, a)
    }

    /// Whether each of two texts has more names to itself than both have.
    fn are_most_names_others(&self, of: fn(&Side) -> &[SequenceWord]) -> bool {
        let [a, b] = &self.sides;
        let are_most = |side: &Side, other: &Side| {
            let all = of(side).iter().filter(|mark| mark.is_name()).count();
            let strangers = other.strangers(side, of(side));
            strangers > 0 && strangers * 2 >= all
        };
        are_most(a, b) && are_most(b, a)
    }

    /// Whether any of the names, numbers or days is another.
    fn fill_otherwise(&self, form: &Alignment, of: fn(&Side) -> &[SequenceWord]) -> bool {
        let [a, b] = self.sides.each_ref().map(of);
        self.are_other_days(0)
            || self.are_other_days(1)
            || form.places.iter().any(|place| {
                let (first, second) = place.of(a, b);
                self.are_other_names(place, of) || self.are_other_numbers(first, second)
            })
    }

    fn are_other_days(&self, part: usize) -> bool {
        let [a, b] = self.sides.each_ref().map(|side| &side.days[part]);
        !a.is_empty() && !b.is_empty() && !a.iter().any(|day| b.contains(day))
    }

    fn are_other_persons(&self, first: &[SequenceWord], second: &[SequenceWord]) -> bool {
        let [a, b] = &self.sides;
        let other = |side: &Side, words: &[SequenceWord]| {
            words
                .iter()
                .any(|mark| mark.is_person() && !side.has(*mark))
        };
        other(b, first) && other(a, second)
    }

    fn leads_differ(&self, titles: &Alignment, leads: &Alignment) -> bool {
        let [a, b] = &self.sides;
        // Who is named in the headline as well is whom it is about.
        let is_about = |title: &[SequenceWord], words: &[SequenceWord]| {
            words
                .iter()
                .any(|mark| title.iter().any(|other| other.is_spelled_as(*mark)))
        };
        let (mut names, mut numbers, mut about) = (0, 0, 0);
        for place in &leads.places {
            let (first, second) = place.of(&a.lead, &b.lead);
            if self.are_other_names(place, |side| &side.lead) {
                names += 1;
                about += usize::from(is_about(&a.title, first) && is_about(&b.title, second));
            }
            numbers += usize::from(self.are_other_numbers(first, second));
        }
        if about > 0 && titles.is_clean {
            return true;
        }
        if !a.has_names || !b.has_names {
            return names + numbers + about >= OTHER_PLACES;
        }
        // One text under headlines that name none whom the other names.
        let strangers = b.strangers(a, &a.title).min(a.strangers(b, &b.title));
        if strangers >= OTHER_PLACES && self.are_most_names_others(|side| &side.title) {
            return true;
        }
        // An agency's text that was edited has one name or number changed, a form most of them.
        self.are_most_names_others(|side| &side.lead)
            || names > 0 && numbers > 0 && !titles.is_whole()
            || numbers >= OTHER_PLACES
    }

    fn are_other_names(&self, place: &Place, of: fn(&Side) -> &[SequenceWord]) -> bool {
        let [a, b] = &self.sides;
        let (first, second) = place.of(of(a), of(b));
        b.strangers(a, first) > 0
            && a.strangers(b, second) > 0
            && !are_spellings(place, of(a), of(b))
    }

    fn are_other_numbers(&self, first: &[SequenceWord], second: &[SequenceWord]) -> bool {
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

/// Whether both headlines have characters to themselves: a name that is written without spaces may stand at several
/// places, where another has some of its characters.
fn have_other_rows(titles: &Alignment, a: &Side, b: &Side) -> bool {
    let places = titles
        .places
        .iter()
        .map(|place| place.of(&a.title, &b.title));
    let has_row = |words: &[SequenceWord]| words.iter().any(|mark| mark.is_character());
    let rows = places.filter(|(first, second)| has_row(first) && has_row(second));
    rows.clone().any(|(first, _)| b.strangers(a, first) > 0)
        && rows.clone().any(|(_, second)| a.strangers(b, second) > 0)
}

/// Whether both write the same names at a place, otherwise: two in a row, or one beside a name that is the same.
fn are_spellings(place: &Place, a: &[SequenceWord], b: &[SequenceWord]) -> bool {
    let (first, second) = place.of(a, b);
    let is_named = |mark: Option<&SequenceWord>| mark.is_some_and(|mark| mark.is_name());
    let is_beside_name = || {
        let before = place.first.start.checked_sub(1);
        is_named(before.and_then(|at| a.get(at))) || is_named(a.get(place.first.end))
    };
    first.len() == second.len()
        && first.iter().zip(second).all(|(a, b)| a.is_same(*b))
        && (first.len() > 1 || is_beside_name())
}

/// Words; two characters are one.
fn weight(words: &[SequenceWord]) -> usize {
    let characters = words.iter().filter(|mark| mark.is_character()).count();
    words.len() - characters + characters / 2
}
