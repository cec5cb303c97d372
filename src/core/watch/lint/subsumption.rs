//! Subsumption: whether one term or list of a query finds everything that another one finds.

use std::collections::HashMap;
use std::ops::Range;

use crate::core::watch::field::TextField;
use crate::core::watch::syntax::{Expression, Kind};
use crate::core::watch::word::{Term, Word};

/// Where a term without a field looks.
const PLAIN: [TextField; 3] = [TextField::Title, TextField::Summary, TextField::Text];

/// A term or a list.
#[derive(Clone, Copy)]
pub(super) enum TermOrList<'e> {
    Term(&'e Term),
    List(&'e str),
}

/// The terms and lists that alone decide a branch: under OR and fields, not under other operators.
pub(super) fn terms(
    expression: &Expression,
) -> Vec<(TermOrList<'_>, Option<TextField>, &Range<usize>)> {
    let mut found = Vec::new();
    collect(expression, None, &mut found);
    found
}

/// The fields that an operand of NEAR looks in.
pub(super) fn fields_of(operand: &Expression, field: Option<TextField>) -> Vec<TextField> {
    match &operand.kind {
        Kind::Term(_) | Kind::List(_) => match field {
            None | Some(TextField::Lead) => PLAIN.to_vec(),
            Some(field) => vec![field],
        },
        Kind::Field(inner, of) => fields_of(of, Some(*inner)),
        Kind::Or(of) => {
            let parts = of.iter().flat_map(|part| fields_of(part, field));
            parts.collect()
        }
        _ => Vec::new(),
    }
}

fn collect<'e>(
    expression: &'e Expression,
    field: Option<TextField>,
    found: &mut Vec<(TermOrList<'e>, Option<TextField>, &'e Range<usize>)>,
) {
    match &expression.kind {
        Kind::Term(term) => found.push((TermOrList::Term(term), field, &expression.place)),
        Kind::List(list) => found.push((TermOrList::List(list.id()), field, &expression.place)),
        Kind::Field(inner, of) => collect(of, Some(*inner), found),
        Kind::Or(of) => of.iter().for_each(|part| collect(part, field, found)),
        _ => {}
    }
}

/// Words of a phrase that is looked for in longer ones.
const LONGEST_RUN: usize = 8;

/// What a list of terms finds, for asking whether one of them finds all that another does.
#[derive(Default)]
pub(super) struct TermCoverage<'e> {
    words: HashMap<(MatchMode, &'e str, Option<TextField>), &'e Range<usize>>,
    phrases: HashMap<(&'e [Word], Option<TextField>), &'e Range<usize>>,
    lists: HashMap<(&'e str, Option<TextField>), &'e Range<usize>>,
    /// A phrase within another one is not as good, for it ends elsewhere.
    ends_count: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum MatchMode {
    Plain,
    Stem,
    Prefix,
}

impl<'e> TermCoverage<'e> {
    pub(super) fn new(ends_count: bool) -> Self {
        Self {
            ends_count,
            ..Self::default()
        }
    }

    pub(super) fn add(
        &mut self,
        sought: TermOrList<'e>,
        field: Option<TextField>,
        place: &'e Range<usize>,
    ) {
        let term = match sought {
            TermOrList::Term(term) => term,
            TermOrList::List(list) => {
                self.lists.entry((list, field)).or_insert(place);
                return;
            }
        };
        self.phrases.entry((&term.words, field)).or_insert(place);
        let [word] = term.words.as_slice() else {
            return;
        };
        let key = match word {
            Word::Plain(folded) => (MatchMode::Plain, folded.as_str()),
            Word::Stem { folded, .. } => (MatchMode::Stem, folded.as_str()),
            Word::Wildcard(pattern) => match pattern.strip_suffix('*') {
                Some(front) if !front.contains('?') => (MatchMode::Prefix, front),
                _ => return,
            },
            Word::Exact { .. } | Word::Abbreviation { .. } => return,
        };
        self.words.entry((key.0, key.1, field)).or_insert(place);
    }

    /// A term of the list that is found wherever `part` is.
    pub(super) fn implied(
        &self,
        part: &Expression,
        field: Option<TextField>,
    ) -> Option<Range<usize>> {
        match &part.kind {
            Kind::Term(term) => self.covering(TermOrList::Term(term), field, &part.place),
            Kind::List(list) => self.covering(TermOrList::List(list.id()), field, &part.place),
            Kind::Field(inner, of) => self.implied(of, Some(*inner)),
            Kind::And(of) => of.iter().find_map(|part| self.implied(part, field)),
            Kind::Or(of) => {
                let mut found = None;
                for part in of {
                    found = Some(self.implied(part, field)?);
                }
                found
            }
            Kind::Near { left, right, .. } => self
                .implied(left, field)
                .or_else(|| self.implied(right, field)),
            Kind::NotNear { left: of, .. } | Kind::AtLeast { of, .. } => self.implied(of, field),
            Kind::Not(_) | Kind::Site(_) | Kind::Min { .. } => None,
        }
    }

    /// Another term or list among these that finds everything that this one finds.
    pub(super) fn covering(
        &self,
        sought: TermOrList<'_>,
        field: Option<TextField>,
        place: &Range<usize>,
    ) -> Option<Range<usize>> {
        let mut scopes = vec![field];
        if matches!(field, Some(TextField::Title | TextField::Summary)) {
            scopes.push(Some(TextField::Lead));
        }
        if field.is_some_and(|field| field == TextField::Lead || PLAIN.contains(&field)) {
            scopes.push(None);
        }
        scopes.into_iter().find_map(|scope| match sought {
            TermOrList::Term(term) => self.covering_term(term, scope, place),
            TermOrList::List(list) => other(self.lists.get(&(list, scope)), place),
        })
    }

    /// The same for a term, among those that look in these fields.
    fn covering_term(
        &self,
        term: &Term,
        scope: Option<TextField>,
        place: &Range<usize>,
    ) -> Option<Range<usize>> {
        let phrase = |words| other(self.phrases.get(&(words, scope)), place);
        let word = |way, front| other(self.words.get(&(way, front, scope)), place);
        let longest = if self.ends_count {
            0
        } else {
            LONGEST_RUN.min(term.words.len().saturating_sub(1))
        };
        let run = || {
            (2..=longest)
                .flat_map(|length| term.words.windows(length))
                .find_map(phrase)
        };
        let any_word = || {
            term.words.iter().find_map(|one| {
                let (folded, plain) = match one {
                    Word::Plain(folded) | Word::Exact { folded, .. } => (folded.as_str(), true),
                    Word::Stem { .. } | Word::Abbreviation { .. } => return None,
                    Word::Wildcard(pattern) => {
                        (pattern.split(['?', '*']).next().unwrap_or_default(), false)
                    }
                };
                let whole =
                    || word(MatchMode::Plain, folded).or_else(|| word(MatchMode::Stem, folded));
                let mut ends = folded.char_indices().map(|(at, c)| at + c.len_utf8());
                let found = if plain { whole() } else { None };
                found.or_else(|| ends.find_map(|end| word(MatchMode::Prefix, &folded[..end])))
            })
        };
        phrase(term.words.as_slice()).or_else(run).or_else(any_word)
    }
}

/// What was found, unless it is the one at this place itself.
fn other(found: Option<&&Range<usize>>, place: &Range<usize>) -> Option<Range<usize>> {
    found
        .filter(|found| **found != place)
        .map(|&found| found.clone())
}
