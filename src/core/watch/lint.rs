//! Warnings: what is allowed, but hardly meant.

use std::collections::HashMap;
use std::ops::Range;

use super::problem::Problem;
use super::syntax::{Expression, Kind, Term, TextField, Word};
use crate::core::text::fold::is_han;

/// Adds the warnings about a query without errors.
pub(super) fn lint(query: &str, root: &Expression, problems: &mut Vec<Problem>) {
    let mut linter = Linter { query, problems };
    linter.visit(root);
}

struct Linter<'a> {
    query: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Linter<'_> {
    fn warn(&mut self, place: &Range<usize>, message: String) {
        self.problems.push(Problem::warning(place.clone(), message));
    }

    fn each(&mut self, of: &[Expression]) {
        for part in of {
            self.visit(part);
        }
    }

    fn visit(&mut self, expression: &Expression) {
        match &expression.kind {
            Kind::Term(term) => self.term(term, &expression.place),
            Kind::Site(_) => {}
            Kind::Field(_, of) | Kind::Not(of) | Kind::AtLeast { of, .. } => self.visit(of),
            Kind::Or(of) => {
                self.swallowed(of.iter());
                self.branches(of);
            }
            Kind::Min { of, .. } => {
                self.repeated(of);
                self.each(of);
            }
            Kind::And(of) => {
                self.excluded(of);
                self.each(of);
            }
            Kind::Near { left, right, .. } => {
                self.apart(left, right, &expression.place);
                self.visit(left);
                self.visit(right);
            }
            Kind::NotNear { left, right, .. } => {
                let mut covers = Covers::default();
                for (term, field, place) in terms(right) {
                    covers.add(term, field, place);
                }
                for (term, field, place) in terms(left) {
                    if covers.covering(term, field, place).is_some() {
                        let message = "every one of these is also what must not be near, so it \
                                       never matches";
                        self.warn(place, message.to_owned());
                    }
                }
                self.visit(left);
                self.visit(right);
            }
        }
    }

    /// The branches of an OR; those of an OR within it were compared with it.
    fn branches(&mut self, of: &[Expression]) {
        for part in of {
            match &part.kind {
                Kind::Or(inner) => self.branches(inner),
                _ => self.visit(part),
            }
        }
    }

    fn term(&mut self, term: &Term, place: &Range<usize>) {
        match term.words.as_slice() {
            [] => self.warn(
                place,
                format!(
                    "`{}` has no letter or digit, so it never matches",
                    term.text
                ),
            ),
            [Word::Plain(word) | Word::Exact { folded: word, .. }] => {
                let mut letters = word.chars();
                if letters.next().is_some_and(is_han) && letters.next().is_none() {
                    self.warn(
                        place,
                        format!(
                            "`{word}` is a single character and is found inside many other words"
                        ),
                    );
                }
            }
            _ => {}
        }
    }

    fn swallowed<'e>(&mut self, of: impl Iterator<Item = &'e Expression> + Clone) {
        let mut covers = Covers::default();
        for (term, field, place) in of.clone().flat_map(terms) {
            covers.add(term, field, place);
        }
        for (term, field, place) in of.flat_map(terms) {
            if let Some(by) = covers.covering(term, field, place) {
                let by = &self.query[by];
                self.warn(
                    place,
                    format!("`{by}` finds everything that this finds, so this adds nothing"),
                );
            }
        }
    }

    /// `MIN/2(police, police)`: one word would count as two.
    fn repeated(&mut self, of: &[Expression]) {
        let mut covers = Covers::default();
        for (term, field, place) in of.iter().flat_map(terms) {
            covers.add(term, field, place);
        }
        for (term, field, place) in of.iter().flat_map(terms) {
            if let Some(by) = covers.covering(term, field, place) {
                let by = &self.query[by];
                self.warn(
                    place,
                    format!("`{by}` finds everything that this finds, so one word counts twice"),
                );
            }
        }
    }

    /// `x AND NOT x`.
    fn excluded(&mut self, of: &[Expression]) {
        let mut covers = Covers::default();
        for part in of {
            if let Kind::Not(inner) = &part.kind {
                for (term, field, place) in terms(inner) {
                    covers.add(term, field, place);
                }
            }
        }
        for part in of {
            let (term, field) = match &part.kind {
                Kind::Term(term) => (term, None),
                Kind::Field(field, inner) => match &inner.kind {
                    Kind::Term(term) => (term, Some(*field)),
                    _ => continue,
                },
                _ => continue,
            };
            if let Some(by) = covers.covering(term, field, &part.place) {
                let by = &self.query[by];
                self.warn(
                    &part.place,
                    format!("this is required, but NOT `{by}` excludes it, so it never matches"),
                );
            }
        }
    }

    /// Two operands of NEAR that look in different fields.
    fn apart(&mut self, left: &Expression, right: &Expression, place: &Range<usize>) {
        let fields = |side: &Expression| -> Vec<TextField> {
            let mut fields = Vec::new();
            for (_, field, _) in terms(side) {
                match field {
                    Some(field) => fields.push(field),
                    None => fields.extend(PLAIN),
                }
            }
            fields
        };
        let right = fields(right);
        if !fields(left).iter().any(|field| right.contains(field)) {
            let message = "the two sides look in different fields, so this never matches";
            self.warn(place, message.to_owned());
        }
    }
}

/// Where a term without a field looks.
const PLAIN: [TextField; 3] = [TextField::Title, TextField::Summary, TextField::Text];

/// The terms that alone decide a branch: under OR and fields, not under other operators.
fn terms(expression: &Expression) -> Vec<(&Term, Option<TextField>, &Range<usize>)> {
    let mut found = Vec::new();
    collect(expression, None, &mut found);
    found
}

fn collect<'e>(
    expression: &'e Expression,
    field: Option<TextField>,
    found: &mut Vec<(&'e Term, Option<TextField>, &'e Range<usize>)>,
) {
    match &expression.kind {
        Kind::Term(term) => found.push((term, field, &expression.place)),
        Kind::Field(inner, of) => collect(of, Some(*inner), found),
        Kind::Or(of) => of.iter().for_each(|part| collect(part, field, found)),
        _ => {}
    }
}

/// What a list of terms finds, for asking whether one of them finds all that another does.
#[derive(Default)]
struct Covers<'e> {
    words: HashMap<(Way, &'e str, Option<TextField>), &'e Range<usize>>,
    phrases: HashMap<(&'e [Word], Option<TextField>), &'e Range<usize>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Way {
    Plain,
    Stem,
    Prefix,
}

impl<'e> Covers<'e> {
    fn add(&mut self, term: &'e Term, field: Option<TextField>, place: &'e Range<usize>) {
        self.phrases.entry((&term.words, field)).or_insert(place);
        let [word] = term.words.as_slice() else {
            return;
        };
        let key = match word {
            Word::Plain(folded) => (Way::Plain, folded.as_str()),
            Word::Stem { folded, .. } => (Way::Stem, folded.as_str()),
            Word::Wildcard(pattern) => match pattern.strip_suffix('*') {
                Some(front) if !front.contains('?') => (Way::Prefix, front),
                _ => return,
            },
            Word::Exact { .. } => return,
        };
        self.words.entry((key.0, key.1, field)).or_insert(place);
    }

    /// Another term of the list that finds everything that this one finds.
    fn covering(
        &self,
        term: &Term,
        field: Option<TextField>,
        place: &Range<usize>,
    ) -> Option<Range<usize>> {
        let mut scopes = vec![field];
        if field.is_some_and(|field| PLAIN.contains(&field)) {
            scopes.push(None);
        }
        for scope in scopes {
            let other = |found: Option<&&Range<usize>>| {
                found
                    .filter(|found| **found != place)
                    .map(|&found| found.clone())
            };
            if let Some(found) = other(self.phrases.get(&(term.words.as_slice(), scope))) {
                return Some(found);
            }
            for word in &term.words {
                let (folded, plain) = match word {
                    Word::Plain(folded) | Word::Exact { folded, .. } => (folded.as_str(), true),
                    Word::Stem { .. } => continue,
                    Word::Wildcard(pattern) => {
                        (pattern.split(['?', '*']).next().unwrap_or_default(), false)
                    }
                };
                if plain {
                    for way in [Way::Plain, Way::Stem] {
                        if let Some(found) = other(self.words.get(&(way, folded, scope))) {
                            return Some(found);
                        }
                    }
                }
                let ends = folded.char_indices().map(|(at, c)| at + c.len_utf8());
                for end in ends {
                    let key = (Way::Prefix, &folded[..end], scope);
                    if let Some(found) = other(self.words.get(&key)) {
                        return Some(found);
                    }
                }
            }
        }
        None
    }
}
