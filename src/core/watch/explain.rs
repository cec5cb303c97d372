//! Why a watch matched a document, or did not, part by part.
//!
//! Each part of the query is compiled as a watch of its own and asked by the same matcher, so that an
//! explanation cannot say anything else than what the matcher does.

mod lines;
mod list;

pub use lines::{Depth, ExplainedLine, found_in};
pub use list::{ExplainedList, FoundWord};

use super::body_only::BodyOnly;
use super::evaluate::Evaluation;
use super::field::TextField;
use super::lists::ListReference;
use super::occurrences::{Occurrence, counted};
use super::program::{Node, NodeId};
use super::score::{Counted, points};
use super::set::{Match, Scratch, WatchSet, WatchSpec};
use super::span::Span;
use super::stem::{Stems, language_number, primary_language};
use super::syntax::{Expression, Kind, Order, Query};
use super::word::{Term, Word};
use crate::core::document::{Document, Field};
use crate::core::feed::links::target;
use crate::core::text::normalization::lower_with_accents;
use crate::core::text::tokenizer::fold_text;

/// Why a watch matched a document, or did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Whether it matched, all told.
    pub matched: bool,
    /// Language or feed, where they exclude the document; and a score below the threshold. Sentences
    /// without a full stop.
    pub objections: Vec<String>,
    /// What a reader of the query should know of this document. Sentences without a full stop.
    pub notes: Vec<String>,
    /// Where the whole watch matched, as a hit shows it; empty for a miss.
    pub spans: Vec<Span>,
    /// Where it stands, for a match that needs words from below the top of the item.
    pub body_only: Option<BodyOnly>,
    /// The query and its parts.
    pub query: ExplainedPart,
    /// The score table, line by line.
    pub score: Vec<ExplainedScore>,
    /// The sum of the score table.
    pub total: i64,
    /// The least score that is asked for.
    pub threshold: Option<i64>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedPart {
    /// The part as canonical text.
    pub text: String,
    /// Whether it holds for the document.
    pub holds: bool,
    /// Where it matched; empty under NOT, and where it does not hold.
    pub spans: Vec<Span>,
    /// For a part that does not hold: what came nearest, or what is missing. A sentence without a full
    /// stop.
    pub miss: Option<String>,
    /// How near it came, where it came near.
    pub nearness: Option<Nearness>,
    /// Of a list that holds: which of its words are there.
    pub list: Option<ExplainedList>,
    /// The words of the first of [`spans`](Self::spans), as they stand there.
    pub words: Option<String>,
    /// Whether it stands under NOT: its words speak against the document.
    pub excluding: bool,
    /// How its parts make it up.
    pub shape: Shape,
    /// The parts of which it is made.
    pub parts: Vec<ExplainedPart>,
}

/// How near a part that does not hold came. The nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// It asks that something be absent, and that is there.
    Excluded,
    /// Its sides are there, too far apart or the wrong way round.
    Distance,
    /// Some of what is counted is there, too little of it.
    Count,
    /// Another form or spelling of the word is there.
    Form,
    /// It is there in another field.
    Field,
    /// The words of a phrase are there, not side by side.
    Scattered,
}

/// How the parts of a part make it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// It has no parts.
    Leaf,
    /// Some of its parts are enough: OR and MIN.
    Choice,
    /// It holds where its part does not.
    Not,
    /// It needs each of its parts, and nothing else: AND.
    All,
    /// It needs its parts in some way: a field around them, NEAR, a count.
    Within,
}

impl ExplainedPart {
    /// The parts, this one or within it, because of which it does not hold although something came
    /// near; the nearest first. Empty for one that holds.
    pub fn near_misses(&self) -> Vec<&ExplainedPart> {
        let mut found = Vec::new();
        self.collect_near_misses(&mut found);
        found.sort_by_key(|part| part.nearness);
        found
    }

    fn collect_near_misses<'p>(&'p self, found: &mut Vec<&'p ExplainedPart>) {
        if self.holds {
            return;
        }
        if self.nearness.is_some() {
            found.push(self);
        }
        // What stands under a NOT that fails is there, and so no miss.
        if self.shape != Shape::Not {
            for part in &self.parts {
                part.collect_near_misses(found);
            }
        }
    }

    /// Whether it, or a part of it, came near.
    pub fn came_near(&self) -> bool {
        !self.near_misses().is_empty()
    }

    /// The parts that hold, without those under NOT: of a document that is no match, what is there.
    /// A part that is made of others and does not hold counts as nothing, unless it needs all of them.
    pub fn holding(&self) -> Vec<&ExplainedPart> {
        if self.excluding || self.shape == Shape::Not {
            Vec::new()
        } else if self.holds {
            vec![self]
        } else if matches!(self.shape, Shape::All | Shape::Within) {
            self.parts.iter().flat_map(ExplainedPart::holding).collect()
        } else {
            Vec::new()
        }
    }
}

/// A line of a score table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedScore {
    /// The term as written.
    pub term: String,
    /// Points an occurrence.
    pub weight: i64,
    /// Occurrences in the title.
    pub title: usize,
    /// Occurrences in summary and text.
    pub body: usize,
    /// What it adds.
    pub points: i64,
}

/// Explains what a watch makes of a document.
pub fn explain(spec: &WatchSpec, document: &Document) -> Explanation {
    let mut asked = Asked::default();
    asked.part(&spec.query.root, None);
    let set = WatchSet::compile(&asked.specs);
    let mut scratch = Scratch::default();
    let mut answers = Answers {
        found: set.each(document, &mut scratch).into_iter().enumerate(),
        set,
        document,
        scratch,
    };
    let query = answers.part(&spec.query.root, None, false);
    let whole = WatchSet::compile(std::slice::from_ref(spec));
    let found = whole.matches_one(0, document, &mut Scratch::default());
    let score: Vec<ExplainedScore> = spec
        .score
        .iter()
        .map(|entry| {
            let (title, body) = count(&entry.counted, document);
            ExplainedScore {
                term: entry.counted.to_string(),
                weight: entry.weight,
                title,
                body,
                points: points(entry.weight, title, body),
            }
        })
        .collect();
    let total = score
        .iter()
        .fold(0_i64, |sum, line| sum.saturating_add(line.points));
    let mut notes: Vec<String> = stem_note(spec, document).into_iter().collect();
    notes.extend(language_note(spec, document));
    if found.as_ref().is_some_and(|found| found.undecided) {
        notes.push(
            "it is too long for this watch to be decided, and counts as a match; watches of fewer terms \
             would decide it"
                .to_owned(),
        );
    }
    Explanation {
        matched: found.is_some(),
        body_only: found.as_ref().and_then(|found| found.body_only),
        spans: found.map(|found| found.spans).unwrap_or_default(),
        objections: objections(spec, document, &score, total),
        notes,
        query,
        score,
        total,
        threshold: spec.threshold,
    }
}

/// Which of the words that were found stand there in another form than in the watch, each once, as
/// `detuvo — a form of detener~`, or of a word of a list `detuvo — a form of detener in @arrest`. What a wildcard finds is no form.
pub fn found_forms(spans: &[Span], document: &Document) -> Vec<String> {
    let mut seen: Vec<(String, &str)> = Vec::new();
    let mut forms = Vec::new();
    for span in spans {
        let text = super::document_index::text_of(document, span.field);
        let found = text.get(span.start..span.end).unwrap_or_default();
        // The letters of an abbreviation may be parted on either side.
        let letters = |text: &str| fold_text(text).replace(' ', "");
        let (folded, term) = (letters(found), &*span.term);
        if term.contains(['*', '?', '？', '＊'])
            || folded == letters(term)
            || seen
                .iter()
                .any(|(known, of)| *known == folded && *of == term)
        {
            continue;
        }
        let list = span.list.as_deref();
        let list = list.map_or(String::new(), |list| format!(" in @{list}"));
        forms.push(format!("{found} — a form of {term}{list}"));
        seen.push((folded, term));
    }
    forms
}

fn objections(
    spec: &WatchSpec,
    document: &Document,
    score: &[ExplainedScore],
    total: i64,
) -> Vec<String> {
    let mut objections = Vec::new();
    if let Some(language) = document.language.as_deref().and_then(primary_language)
        && !spec.languages.is_empty()
        && !spec
            .languages
            .iter()
            .any(|tag| primary_language(tag).as_ref() == Some(&language))
    {
        objections.push(format!(
            "the item is in `{language}`, and the watch asks for {}",
            spec.languages.join(", ")
        ));
    }
    if let (Some(feed), Some(feeds)) = (&document.feed, &spec.feeds)
        && !feeds.contains(feed)
    {
        objections.push(format!(
            "the item is from `{feed}`, which is not among the watch's feeds"
        ));
    }
    if let Some(threshold) = spec.threshold.filter(|&threshold| total < threshold) {
        const MOST: usize = 5;
        let found = score.iter().filter(|line| line.points != 0);
        let mut made: Vec<String> = found
            .map(|line| format!("{} {:+}", line.term, line.points))
            .collect();
        if made.len() > MOST {
            made.truncate(MOST);
            made.push("…".to_owned());
        }
        let made = if made.is_empty() {
            "nothing of the score table is there".to_owned()
        } else {
            made.join(", ")
        };
        objections.push(format!(
            "the score is {total} ({made}), and the threshold {threshold}"
        ));
    }
    objections
}

/// Where words of lists are left out.
fn language_note(spec: &WatchSpec, document: &Document) -> Option<String> {
    let language = document.language.as_deref().and_then(primary_language);
    let language = language.filter(|_| document.language_certain)?;
    let scored = spec
        .score
        .iter()
        .any(|entry| matches!(entry.counted, Counted::List(_)));
    (scored || any_list(&spec.query.root)).then(|| {
        format!(
            "the item is known to be in `{language}`, so the words that lists have in other languages are left out"
        )
    })
}

fn any_list(expression: &Expression) -> bool {
    matches!(expression.kind, Kind::List(_)) || parts_of(expression).into_iter().any(any_list)
}

/// Where `~` finds nothing but the word itself.
fn stem_note(spec: &WatchSpec, document: &Document) -> Option<String> {
    let scored = spec.score.iter().any(|entry| match &entry.counted {
        Counted::Term(term) => has_stem(term),
        Counted::List(_) => false,
    });
    if !scored && !any_term(&spec.query.root, &has_stem) {
        return None;
    }
    match document.language.as_deref().and_then(primary_language) {
        None => Some("the item's language is not known, so `~` finds the word itself only".into()),
        Some(language) if language_number(&language).is_none() => Some(format!(
            "the forms of words in `{language}` are not known, so `~` finds the word itself only"
        )),
        Some(_) => None,
    }
}

fn has_stem(term: &Term) -> bool {
    let mut words = term.words.iter();
    words.any(|word| matches!(word, Word::Stem { .. }))
}

fn any_term(expression: &Expression, wanted: &impl Fn(&Term) -> bool) -> bool {
    match &expression.kind {
        Kind::Term(term) => wanted(term),
        _ => parts_of(expression)
            .into_iter()
            .any(|part| any_term(part, wanted)),
    }
}

/// The queries to ask, in the order in which [`Answers`] takes the answers.
#[derive(Default)]
struct Asked {
    specs: Vec<WatchSpec>,
}

/// The fields that share no words.
fn separate_fields() -> impl Iterator<Item = TextField> {
    let all = TextField::ALL.into_iter();
    all.filter(|field| *field != TextField::Lead)
}

/// Questions about a term or list that was not found, in this order.
fn variants(kind: &Kind, scope: Option<TextField>) -> Vec<Expression> {
    let mut questions = Vec::new();
    if !matches!(kind, Kind::Term(_) | Kind::List(_)) {
        return questions;
    }
    // In another field.
    for field in separate_fields() {
        questions.push(within(Some(field), kind.clone()));
    }
    let Kind::Term(term) = kind else {
        return questions;
    };
    // Without case and accents.
    let mut folded = term.clone();
    for word in folded.words.iter_mut().chain(&mut folded.other) {
        if let Word::Exact { folded, .. } = word {
            *word = Word::Plain(std::mem::take(folded));
        }
    }
    questions.push(within(scope, Kind::Term(folded.clone())));
    // In another inflection.
    let mut stemmed = folded.clone();
    for word in stemmed.words.iter_mut().chain(&mut stemmed.other) {
        if let Word::Plain(folded) = word {
            let written = match term.words.len() {
                1 => lower_with_accents(term.text.trim_start_matches('=')),
                _ => folded.clone(),
            };
            *word = Word::Stem {
                folded: std::mem::take(folded),
                written,
            };
        }
    }
    questions.push(within(scope, Kind::Term(stemmed)));
    // Its words, anywhere.
    let words = folded.words.iter().map(|word| {
        let word = Term {
            words: vec![word.clone()],
            other: Vec::new(),
            ..term.clone()
        };
        Expression {
            kind: Kind::Term(word),
            place: 0..0,
        }
    });
    questions.push(within(scope, Kind::And(words.collect())));
    questions
}

fn within(scope: Option<TextField>, kind: Kind) -> Expression {
    let of = Expression { kind, place: 0..0 };
    match scope {
        Some(field) => Expression {
            kind: Kind::Field(field, Box::new(of)),
            place: 0..0,
        },
        None => of,
    }
}

fn parts_of(expression: &Expression) -> Vec<&Expression> {
    match &expression.kind {
        Kind::Term(_) | Kind::List(_) | Kind::Site(_) => Vec::new(),
        Kind::Field(_, of) | Kind::Not(of) | Kind::AtLeast { of, .. } => vec![of],
        Kind::And(of) | Kind::Or(of) | Kind::Min { of, .. } => of.iter().collect(),
        Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. } => vec![left, right],
    }
}

fn scope_of(expression: &Expression, scope: Option<TextField>) -> Option<TextField> {
    match &expression.kind {
        Kind::Field(field, _) => Some(*field),
        Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. }
            if left.names_lead() || right.names_lead() =>
        {
            Some(TextField::Lead)
        }
        _ => scope,
    }
}

impl Asked {
    fn ask(&mut self, root: Expression) {
        self.specs.push(WatchSpec {
            id: String::new(),
            query: Query { root },
            languages: Vec::new(),
            feeds: None,
            score: Vec::new(),
            threshold: None,
        });
    }

    fn part(&mut self, expression: &Expression, scope: Option<TextField>) {
        self.ask(within(scope, expression.kind.clone()));
        for question in variants(&expression.kind, scope) {
            self.ask(question);
        }
        let scope = scope_of(expression, scope);
        for part in parts_of(expression) {
            self.part(part, scope);
        }
    }
}

/// Why a part does not hold, and how near it came.
type Miss = (String, Option<Nearness>);

struct Answers<'a> {
    set: WatchSet,
    document: &'a Document,
    scratch: Scratch,
    found: std::iter::Enumerate<std::vec::IntoIter<Option<Match>>>,
}

impl Answers<'_> {
    fn answer(&mut self) -> (usize, Option<Vec<Span>>) {
        let (number, found) = self.found.next().unwrap_or_default();
        (number, found.map(|found| found.spans))
    }

    fn part(
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
        let parts: Vec<ExplainedPart> = parts_of(expression)
            .into_iter()
            .map(|part| self.part(part, inner, excluding != is_not))
            .collect();
        if found.is_none() && miss.is_none() {
            miss = self.failed(expression, number, &parts);
        }
        let (miss, nearness) = miss.unzip();
        ExplainedPart {
            text: expression.to_string(),
            holds: found.is_some(),
            list,
            words: found.as_deref().and_then(|spans| self.words(spans)),
            spans: found.unwrap_or_default(),
            miss,
            nearness: nearness.flatten(),
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
        let field = super::document_index::text_of(self.document, first.field);
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
            return (miss, Some(Nearness::Form));
        }
        if let Some(found) = written(1) {
            let many = term.words.len() > 1;
            let how = if many {
                "with `~` behind its words"
            } else {
                "with `~` behind it"
            };
            let miss = format!("another form is there, `{found}`: it is found {how}");
            return (miss, Some(Nearness::Form));
        }
        if term.words.len() > 1 && rest.get(2).is_some_and(Option::is_some) {
            let miss = "its words are there, but not side by side in this order";
            return (miss.to_owned(), Some(Nearness::Scattered));
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
        let mut nearness = None;
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
                nearness = Some(Nearness::Excluded);
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
                nearness = (found > 0).then_some(Nearness::Count);
                format!("{found} of {count} occurrences are there")
            }
            Kind::Min { count, .. } => {
                nearness = (holding > 0).then_some(Nearness::Count);
                format!("{holding} of {count} are there")
            }
            Kind::Near {
                distance, order, ..
            } => {
                if holding < parts.len() {
                    return Some(("not both sides are there".to_owned(), None));
                }
                nearness = Some(Nearness::Distance);
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
            Kind::NotNear { distance, .. } => {
                if parts.first().is_some_and(|left| left.holds) {
                    nearness = Some(Nearness::Excluded);
                    format!("each one has the other within {distance} words")
                } else {
                    "the first side is not there".to_owned()
                }
            }
        };
        Some((miss, nearness))
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
        (miss, Some(Nearness::Field))
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

fn occurrences_counted(evaluation: &Evaluation<'_>, node: NodeId) -> usize {
    let Node::AtLeast { .. } = evaluation.node(node) else {
        return 0;
    };
    counted(evaluation.occurrences(node + 1))
}

/// How close two sides came.
enum Nearest {
    /// Words from one to the other.
    Apart(u32),
    /// For PRE: close enough, or closer, but the wrong one first.
    Reversed(u32),
    Overlapping,
}

fn nearest(evaluation: &Evaluation<'_>, node: NodeId) -> Option<Nearest> {
    let Node::Near { order, .. } = evaluation.node(node) else {
        return None;
    };
    let (left, right) = evaluation.program.sides(node);
    let (lefts, rights) = (evaluation.occurrences(left), evaluation.occurrences(right));
    let lead = evaluation.is_in_lead(node);
    let forwards = closest(evaluation, &lefts, &rights, lead);
    let backwards = closest(evaluation, &rights, &lefts, lead);
    match (order, forwards, backwards) {
        (Order::Either, Some(a), Some(b)) => Some(Nearest::Apart(a.min(b))),
        (Order::InOrder, Some(a), Some(b)) if b < a => Some(Nearest::Reversed(b)),
        (_, Some(a), _) | (Order::Either, None, Some(a)) => Some(Nearest::Apart(a)),
        (Order::InOrder, None, Some(b)) => Some(Nearest::Reversed(b)),
        (_, None, None) => {
            let overlap = lefts.iter().any(|left| {
                rights
                    .iter()
                    .take(1_000)
                    .any(|right| left.start <= right.end && right.start <= left.end)
            });
            overlap.then_some(Nearest::Overlapping)
        }
    }
}

/// The least distance from the end of one of `first` to the start of one of `second` behind it in the
/// same field.
fn closest(
    evaluation: &Evaluation<'_>,
    first: &[Occurrence],
    second: &[Occurrence],
    lead: bool,
) -> Option<u32> {
    let mut least: Option<u32> = None;
    for one in first {
        let next = second.partition_point(|other| other.start <= one.end);
        let Some(other) = second.get(next) else {
            continue;
        };
        let part = |at: u32| evaluation.index.part_of(at).field;
        if lead || part(one.end) == part(other.start) {
            let at = |at| evaluation.measured(at, lead);
            let distance = at(other.start) - at(one.end);
            least = Some(least.map_or(distance, |least| least.min(distance)));
        }
    }
    least
}

/// Occurrences of a term or list in the title, and in summary and text.
fn count(counted: &Counted, document: &Document) -> (usize, usize) {
    let kind = match counted {
        Counted::Term(term) => Kind::Term(term.clone()),
        Counted::List(list) => Kind::List(list.clone()),
    };
    let root = within(None, kind);
    let mut asked = Asked::default();
    asked.ask(root);
    let set = WatchSet::compile(&asked.specs);
    let found = set.matches_one(0, document, &mut Scratch::default());
    let spans = found.map(|found| found.spans).unwrap_or_default();
    let title = spans
        .iter()
        .filter(|span| span.field == Field::Title)
        .count();
    (title, spans.len() - title)
}
