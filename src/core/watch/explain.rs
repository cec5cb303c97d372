//! Why a watch matched a document, or did not, part by part.
//!
//! Each part of the query is compiled as a watch of its own and asked by the same matcher, so that an
//! explanation cannot say anything else than what the matcher does.

mod answers;
mod distance;
mod explanation;
mod lines;
mod list;
mod notes;
mod questions;

pub use explanation::{ExplainedPart, ExplainedScore, Explanation, NearMiss, Shape};
pub use lines::{Depth, ExplainedLine, found_in};
pub use list::{ExplainedList, FoundWord};

use super::score::{Counted, points};
use super::set::{Scratch, WatchSet, WatchSpec};
use super::span::Span;
use super::syntax::Kind;
use crate::core::document::{Document, Field};
use crate::core::text::tokenizer::fold_text;
use answers::Answers;
use notes::{exclusions, language_note, stem_note};
use questions::{ExplanationQueries, within};

/// Explains what a watch makes of a document.
pub fn explain(spec: &WatchSpec, document: &Document) -> Explanation {
    let mut asked = ExplanationQueries::default();
    asked.part(&spec.query.root, None);
    let mut answers = Answers::new(&asked, document);
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
        objections: exclusions(spec, document, &score, total),
        notes,
        query,
        score,
        total,
        threshold: spec.threshold,
    }
}

/// Which of the words that were found stand there in another form than in the watch, each once, as `detuvo — a form
/// of detener~`, or of a word of a list `detuvo — a form of detener in @arrest`. What a wildcard finds is no form.
pub fn found_forms(spans: &[Span], document: &Document) -> Vec<String> {
    let mut seen: Vec<(String, &str)> = Vec::new();
    let mut forms = Vec::new();
    for span in spans {
        let text = document.field(span.field).unwrap_or_default();
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

/// Occurrences of a term or list in the title, and in summary and text.
fn count(counted: &Counted, document: &Document) -> (usize, usize) {
    let kind = match counted {
        Counted::Term(term) => Kind::Term(term.clone()),
        Counted::List(list) => Kind::List(list.clone()),
    };
    let root = within(None, kind);
    let mut asked = ExplanationQueries::default();
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
