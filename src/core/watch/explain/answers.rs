//! The answers of an explanation: which parts of a query hold, where, and why not.

use super::distance::{Nearest, nearest, occurrences_counted};
use super::explanation::{ExplainedPart, NearMiss, Shape};
use super::list::ExplainedList;
use super::questions::{ExplanationQueries, scope_of, separate_fields, variants};
use crate::core::document::Document;
use crate::core::feed::links::target;
use crate::core::language::primary_language;
use crate::core::watch::field::TextField;
use crate::core::watch::lists::ListReference;
use crate::core::watch::set::{Match, Scratch, WatchSet};
use crate::core::watch::span::Span;
use crate::core::watch::stem::{Stems, language_number};
use crate::core::watch::syntax::{Expression, Kind, Order};
use crate::core::watch::word::{Term, Word};

/// Why a part does not hold, and how near it came.
type Miss = (String, Option<NearMiss>);

/// The answers to the questions, in the same order.
pub(super) struct Answers<'a> {
    set: WatchSet,
    document: &'a Document,
    scratch: Scratch,
    found: std::iter::Enumerate<std::vec::IntoIter<Option<Match>>>,
}

impl<'a> Answers<'a> {
    pub(super) fn new(asked: &ExplanationQueries, document: &'a Document) -> Self {
        let set = WatchSet::compile(&asked.specs);
        let mut scratch = Scratch::default();
        Self {
            found: set.each(document, &mut scratch).into_iter().enumerate(),
            set,
            document,
            scratch,
        }
    }

    fn answer(&mut self) -> (usize, Option<Vec<Span>>) {
        let (number, found) = self.found.next().unwrap_or_default();
        (number, found.map(|found| found.spans))
    }

    pub(super) fn part(
        &mut self,
        expression: &Expression,
        scope: Option<TextField>,
        excluding: bool,
    ) -> ExplainedPart {
        let (number, found) = self.answer();
        let mut miss = None;
        let others: Vec<Option<Vec<Span>>> = variants(&expression.kind, scope)
            .iter()
            .map(|_| self.answer().1)
            .collect();
        let mut list = None;
        match (&expression.kind, &found) {
            (Kind::Term(term), None) => miss = Some(self.absent(term, scope, &others)),
            (Kind::List(named), None) => miss = Some(absent_list(named, scope, &others)),
            (Kind::List(named), Some(spans)) => {
                list = Some(ExplainedList::new(named, spans, self.document));
            }
            _ => {}
        }
        let inner = scope_of(expression, scope);
        let is_not = matches!(expression.kind, Kind::Not(_));
        let parts: Vec<ExplainedPart> = expression
            .parts()
            .into_iter()
            .map(|part| self.part(part, inner, excluding != is_not))
            .collect();
        if found.is_none() && miss.is_none() {
            miss = self.failed(expression, number, &parts);
        }
        let (miss, near_miss) = miss.unzip();
        ExplainedPart {
            text: expression.to_string(),
            holds: found.is_some(),
            list,
            words: found.as_deref().and_then(|spans| self.words(spans)),
            spans: found.unwrap_or_default(),
            miss,
            near_miss: near_miss.flatten(),
            excluding,
            shape: match &expression.kind {
                Kind::Term(_) | Kind::List(_) | Kind::Site(_) => Shape::Leaf,
                Kind::Or(_) | Kind::Min { .. } => Shape::Choice,
                Kind::Not(_) => Shape::Not,
                Kind::And(_) => Shape::All,
                _ => Shape::Within,
            },
            parts,
        }
    }

    /// The words that the first of the spans stands for.
    fn words(&self, spans: &[Span]) -> Option<String> {
        let first = spans.first()?;
        let field = self.document.field(first.field).unwrap_or_default();
        Some(field.get(first.start..first.end)?.to_owned())
    }

    /// What came nearest to a term that was not found.
    fn absent(&self, term: &Term, scope: Option<TextField>, others: &[Option<Vec<Span>>]) -> Miss {
        if let Some(miss) = elsewhere(scope, others) {
            return miss;
        }
        let asked = asked_in(scope);
        let rest = others.get(separate_fields().count()..).unwrap_or_default();
        let written = |place: usize| {
            let found = rest.get(place).and_then(Option::as_ref);
            found.and_then(|found| self.words(found))
        };
        if let Some(found) = written(0) {
            let miss = format!("`{found}` is there, but not as written");
            return (miss, Some(NearMiss::Form));
        }
        if let Some(found) = written(1) {
            let many = term.words.len() > 1;
            let how = if many {
                "with `~` behind its words"
            } else {
                "with `~` behind it"
            };
            let miss = format!("another form is there, `{found}`: it is found {how}");
            return (miss, Some(NearMiss::Form));
        }
        if term.words.len() > 1 && rest.get(2).is_some_and(Option::is_some) {
            let miss = "its words are there, but not side by side in this order";
            return (miss.to_owned(), Some(NearMiss::Scattered));
        }
        let miss = match self.stem_of(term) {
            Some(stem) => format!("not in {asked}; looked for as `{stem}`, the stem"),
            None => format!("not in {asked}"),
        };
        (miss, None)
    }

    /// What a word with `~` was reduced to, where that differs from it: other forms of the word may
    /// have another stem.
    fn stem_of(&self, term: &Term) -> Option<String> {
        let [Word::Stem { folded, written }] = term.words.as_slice() else {
            return None;
        };
        let language = self
            .document
            .language
            .as_deref()
            .and_then(primary_language)?;
        let stem = Stems::of(Some(language_number(&language)?)).written(written);
        (stem != *folded).then_some(stem)
    }

    /// Why a part that is made of others does not hold.
    fn failed(
        &mut self,
        expression: &Expression,
        number: usize,
        parts: &[ExplainedPart],
    ) -> Option<Miss> {
        let holding = parts.iter().filter(|part| part.holds).count();
        let mut near_miss = None;
        let miss = match &expression.kind {
            Kind::Term(_) | Kind::List(_) | Kind::Field(..) => return None,
            Kind::Site(domain) => match &self.document.url {
                Some(url) => format!("the address is {}, not on {domain}", target(url)),
                None => "the item has no address".to_owned(),
            },
            Kind::And(_) => {
                format!(
                    "{} of {} parts do not hold",
                    parts.len() - holding,
                    parts.len()
                )
            }
            Kind::Or(_) => format!("none of {} parts holds", parts.len()),
            Kind::Not(_) => {
                near_miss = Some(NearMiss::Excluded);
                match parts.first().and_then(|part| part.words.as_deref()) {
                    Some(words) => format!("what it excludes is there: `{words}`"),
                    None => "what it excludes is there".to_owned(),
                }
            }
            Kind::AtLeast { count, .. } => {
                let found = self.set.ask(
                    number,
                    self.document,
                    &mut self.scratch,
                    occurrences_counted,
                );
                near_miss = (found > 0).then_some(NearMiss::Count);
                format!("{found} of {count} occurrences are there")
            }
            Kind::Min { count, .. } => {
                near_miss = (holding > 0).then_some(NearMiss::Count);
                format!("{holding} of {count} are there")
            }
            Kind::Near {
                distance, order, ..
            } => {
                if holding < parts.len() {
                    return Some(("not both sides are there".to_owned(), None));
                }
                near_miss = Some(NearMiss::Distance);
                self.apart(number, *distance, *order)
            }
            Kind::NotNear { distance, .. } => {
                if parts.first().is_some_and(|left| left.holds) {
                    near_miss = Some(NearMiss::Excluded);
                    format!("each one has the other within {distance} words")
                } else {
                    "the first side is not there".to_owned()
                }
            }
        };
        Some((miss, near_miss))
    }

    /// How far the sides of NEAR or PRE are apart that are both there.
    fn apart(&mut self, number: usize, distance: u32, order: Order) -> String {
        let name = order.name();
        match self
            .set
            .ask(number, self.document, &mut self.scratch, nearest)
        {
            Some(Nearest::Apart(words)) => {
                format!("{name}/{distance} is asked, the nearest are {words} apart")
            }
            Some(Nearest::Reversed(words)) => format!(
                "{name}/{distance} is asked, the nearest are {words} apart in the other order"
            ),
            Some(Nearest::Overlapping) => "the two sides are the same words".to_owned(),
            None => "both sides are there, but in different fields".to_owned(),
        }
    }
}

fn asked_in(scope: Option<TextField>) -> &'static str {
    scope.map_or("title, summary or text", TextField::name)
}

/// Where a term or list is that was asked for in other fields; by the answers to its variants.
fn elsewhere(scope: Option<TextField>, others: &[Option<Vec<Span>>]) -> Option<Miss> {
    let fields: Vec<&str> = separate_fields()
        .zip(others)
        .filter(|(_, found)| found.is_some())
        .map(|(field, _)| field.name())
        .collect();
    (!fields.is_empty()).then(|| {
        let asked = asked_in(scope);
        let miss = format!("found in {}, asked in {asked}", fields.join(" and "));
        (miss, Some(NearMiss::Field))
    })
}

/// What came nearest to a list of which no word was found.
fn absent_list(
    list: &ListReference,
    scope: Option<TextField>,
    others: &[Option<Vec<Span>>],
) -> Miss {
    elsewhere(scope, others).unwrap_or_else(|| {
        let words = match list.lists().words_in(list.id()) {
            1 => "its one word is not".to_owned(),
            words => format!("none of its {words} words is"),
        };
        (format!("{words} in {}", asked_in(scope)), None)
    })
}
