//! The language of watches a second time: slow, plain, and written from its documentation.
//!
//! Folding and splitting use ICU4X, whole words at a time; everything else tries all places.

pub mod query;
mod reading;
pub mod words;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use newsvigil::core::document::{Document, Field};

use crate::lists::{self, Entry, List};
use query::{Ask, Of, Term};
use reading::{Atom, Place, Reading};
use words::{Way, is_arabic};

/// A document as the naive evaluator sees it.
pub struct Item<'a> {
    document: &'a Document,
    lists: &'a [List],
    /// In its own language.
    own: Reading,
    /// In those of lists.
    others: BTreeMap<&'static str, OnceCell<Reading>>,
}

/// What a match shows: field, first and last byte, term, the list that it is a word of.
pub type Shown = BTreeSet<(Field, usize, usize, String, Option<String>)>;

impl<'a> Item<'a> {
    pub fn new(document: &'a Document, lists: &'a [List]) -> Self {
        let groups = lists.iter().flat_map(|list| &list.groups);
        let languages = groups.filter_map(|group| group.language);
        Self {
            document,
            lists,
            own: Reading::new(document, own_language(document)),
            others: languages.map(|code| (code, OnceCell::new())).collect(),
        }
    }

    /// The item as if it were in a language.
    fn reading(&self, language: Option<&str>) -> &Reading {
        match language {
            Some(code) => self.others[code].get_or_init(|| Reading::new(self.document, Some(code))),
            None => &self.own,
        }
    }

    /// What the query shows of the item, if it matches.
    pub fn matches(&self, ask: &Ask) -> Option<Shown> {
        self.within(ask, None)
    }

    fn within(&self, ask: &Ask, scope: Option<&'static str>) -> Option<Shown> {
        match ask {
            Ask::Term(term) => self.shown(self.places(term, scope)),
            Ask::Field(field, of) => self.within(of, Some(field)),
            Ask::All(of) => {
                let parts: Option<Vec<Shown>> =
                    of.iter().map(|part| self.within(part, scope)).collect();
                Some(parts?.into_iter().flatten().collect())
            }
            Ask::Any(of) => {
                let parts: Vec<Shown> = of
                    .iter()
                    .filter_map(|part| self.within(part, scope))
                    .collect();
                (!parts.is_empty()).then(|| parts.into_iter().flatten().collect())
            }
            Ask::But(a, b) => {
                let found = self.within(a, scope)?;
                self.within(b, scope).is_none().then_some(found)
            }
            Ask::Near(a, n, b) => {
                self.pairs(a, b, scope, |a, b| distance(a, b).is_some_and(|d| d <= *n))
            }
            Ask::Pre(a, n, b) => self.pairs(a, b, scope, |a, b| {
                a.last < b.first && distance(a, b).is_some_and(|d| d <= *n)
            }),
            Ask::NotNear(a, n, b) => {
                let lead = Self::in_lead(a, b, scope);
                let others = self.near_places(b, scope, lead);
                let lonely = self.near_places(a, scope, lead);
                let lonely = lonely.into_iter().filter(|(_, one)| {
                    !others.iter().any(|(_, other)| {
                        one.field == other.field && distance(one, other).is_none_or(|d| d <= *n)
                    })
                });
                self.shown(lonely.map(|(place, _)| place).collect())
            }
            Ask::AtLeast(n, of) => {
                let places = self.all_places(of, scope);
                let mut last_counted: Option<(usize, u32)> = None;
                let mut by_end: Vec<_> = places
                    .iter()
                    .map(|place| (place.field, place.last, place.first))
                    .collect();
                by_end.sort_unstable();
                let mut count = 0;
                for (field, last, first) in by_end {
                    let shares =
                        last_counted.is_some_and(|(in_field, at)| in_field == field && first <= at);
                    if !shares {
                        count += 1;
                        last_counted = Some((field, last));
                    }
                }
                (count >= *n).then(|| self.shown(places)).flatten()
            }
            Ask::Min(k, of) => {
                let parts: Vec<Shown> = of
                    .iter()
                    .filter_map(|part| self.within(part, scope))
                    .collect();
                (parts.len() >= *k).then(|| parts.into_iter().flatten().collect())
            }
            Ask::Site(domain) => {
                let url = self.document.url.as_ref()?;
                let host = url.split('/').nth(2)?;
                let under = host == *domain || host.ends_with(&format!(".{domain}"));
                under.then(Shown::new)
            }
        }
    }

    fn pairs(
        &self,
        a: &[Term],
        b: &[Term],
        scope: Option<&'static str>,
        close: impl Fn(&Place, &Place) -> bool,
    ) -> Option<Shown> {
        let lead = Self::in_lead(a, b, scope);
        let lefts = self.near_places(a, scope, lead);
        let rights = self.near_places(b, scope, lead);
        let mut found = Vec::new();
        for (left, at) in &lefts {
            for (right, to) in &rights {
                if at.field == to.field && close(at, to) {
                    found.extend([left.clone(), right.clone()]);
                }
            }
        }
        self.shown(found)
    }

    fn all_places(&self, terms: &[Term], scope: Option<&'static str>) -> Vec<Place> {
        terms
            .iter()
            .flat_map(|term| self.places(term, scope))
            .collect()
    }

    /// Whether nearness is measured in the lead.
    fn in_lead(a: &[Term], b: &[Term], scope: Option<&'static str>) -> bool {
        scope == Some("lead") || a.iter().chain(b).any(|term| term.field == Some("lead"))
    }

    /// Every place of some terms; for nearness in the lead those in it, told by their words in it.
    fn near_places(
        &self,
        terms: &[Term],
        scope: Option<&'static str>,
        in_lead: bool,
    ) -> Vec<(Place, Place)> {
        let places = self.all_places(terms, scope).into_iter();
        let measured = places.filter_map(|place| {
            if !in_lead {
                return Some((place.clone(), place));
            }
            let before: usize = (self.own.fields[..place.field].iter())
                .map(|(_, words)| words.len())
                .sum();
            let before = u32::try_from(before).expect("few words");
            let inside = Place {
                field: 0,
                first: before + place.first,
                last: before + place.last,
                ..place.clone()
            };
            place.in_lead.then_some((place, inside))
        });
        measured.collect()
    }

    /// Every place of a term. Of the words of a list that stand at one place, the first counts.
    fn places(&self, term: &Term, scope: Option<&'static str>) -> Vec<Place> {
        let scope = term.field.or(scope);
        let list = match &term.of {
            Of::Words(words) => {
                let atoms: Vec<Atom> = words.iter().flat_map(|word| self.own.atoms(word)).collect();
                return self.own.places(
                    &atoms,
                    Way::Plain,
                    (&term.text(), None),
                    scope,
                    self.document,
                );
            }
            Of::List(list) => *list,
        };
        let mut places: Vec<Place> = Vec::new();
        for (list, group, number) in lists::words(self.lists, list) {
            let group = &self.lists[list].groups[group];
            let certain = own_language(self.document).filter(|_| self.document.language_certain);
            if certain.is_some() && group.language.is_some() && group.language != certain {
                continue;
            }
            let entry = &group.entries[number];
            let Entry::Words { exact, words } = entry else {
                panic!("{entry:?} is no word");
            };
            let reading = self.reading(group.language);
            // Words of any language have no forms.
            let forms = group.language.map_or(Way::Plain, |_| Way::Stem);
            let mut atoms: Vec<Atom> = Vec::new();
            for word in words {
                for mut atom in reading.atoms(word) {
                    let is_arabic = is_arabic(&atom.folded);
                    let as_written = is_arabic || atom.written.contains(char::is_uppercase);
                    atom.way = match word.way {
                        Way::Wildcard => Way::Wildcard,
                        _ if *exact || word.way == Way::Exact => {
                            if as_written {
                                Way::Exact
                            } else {
                                Way::Plain
                            }
                        }
                        _ if atom.is_dotted && is_arabic => Way::Plain,
                        _ if atom.is_dotted => Way::Abbreviation,
                        _ => forms,
                    };
                    atoms.push(atom);
                }
            }
            let shown = (&*entry.text(), Some(&*lists::id(list)));
            for place in reading.places(&atoms, forms, shown, scope, self.document) {
                let same = |other: &Place| {
                    (other.field, other.first, other.last) == (place.field, place.first, place.last)
                };
                if !places.iter().any(same) {
                    places.push(place);
                }
            }
        }
        places
    }

    fn shown(&self, places: Vec<Place>) -> Option<Shown> {
        if places.is_empty() {
            return None;
        }
        let places = places.into_iter().map(|place| {
            (
                self.own.fields[place.field].0,
                place.start,
                place.end,
                place.term,
                place.list,
            )
        });
        Some(places.collect())
    }

    /// Occurrences of a term in the title, and in summary and text.
    pub fn count(&self, term: &Term) -> (usize, usize) {
        let places = self.places(term, None);
        let title = places.iter().filter(|place| place.field == 0).count();
        (title, places.len() - title)
    }
}

/// The primary subtag of an item's language.
fn own_language(document: &Document) -> Option<&str> {
    document.language.as_deref().map(|tag| &tag[..2])
}

/// Words from one to the other, none when they share a word.
fn distance(a: &Place, b: &Place) -> Option<u32> {
    if a.last < b.first {
        Some(b.first - a.last)
    } else if b.last < a.first {
        Some(a.first - b.last)
    } else {
        None
    }
}
