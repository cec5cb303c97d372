//! Runs the examples that watches carry: a watch that misses its own example is a mistake.

use super::problem::{Problem, Problems};
use super::watches::{Expected, WatchWithExamples};
use crate::core::document::Document;
use crate::core::watch::{Explanation, Scratch, WatchSet, detect_language, explain};

/// Terms that a reason names.
const MOST_TERMS: usize = 5;

/// Reports every example that its watch gets wrong.
pub(super) fn run(problems: &mut Problems, watches: &[WatchWithExamples], set: &WatchSet) {
    let mut scratch = Scratch::default();
    for (index, entry) in watches.iter().enumerate() {
        for example in &entry.examples {
            let document = document(&example.text.value, &entry.watch.spec.languages);
            let matched = set.matches_one(index, &document, &mut scratch).is_some();
            let message = match (example.expected, matched) {
                (Expected::Match, false) => "does not match this example of `yes`",
                (Expected::NoMatch, true) => "matches this example of `no`",
                _ => continue,
            };
            let id = &entry.watch.id;
            let why = reason(&explain(&entry.watch.spec, &document));
            problems.push(
                Problem::error(
                    example.text.place.clone(),
                    format!("watch `{id}` {message}"),
                )
                .with_help(format!(
                    "{why}; `newsvigil explain --watch {id} FILE` shows more, with the example in FILE \
                     as {{\"title\": \"…\", \"text\": \"…\"}}"
                )),
            );
        }
    }
}

/// What decided, in one line.
fn reason(explanation: &Explanation) -> String {
    if explanation.matched {
        let mut terms: Vec<String> = Vec::new();
        for span in &explanation.spans {
            let term = format!("`{}`", span.term);
            if !terms.contains(&term) && terms.len() < MOST_TERMS {
                terms.push(term);
            }
        }
        return match terms.as_slice() {
            [] => "nothing in it is excluded".to_owned(),
            terms => format!("it matches by {}", terms.join(", ")),
        };
    }
    if explanation.query.holds
        && let Some(objection) = explanation.objections.first()
    {
        return objection.clone();
    }
    let account = explanation.query.account();
    if account.is_bare() && !explanation.query.came_near() {
        return "nothing of it is there".to_owned();
    }
    account.lines().join("; ")
}

/// First line the title, the rest the text; the language is the watch's when it has only one.
fn document(example: &str, languages: &[String]) -> Document {
    let example = example.trim();
    let (title, text) = example.split_once('\n').unwrap_or((example, ""));
    let mut document = Document {
        title: title.to_owned(),
        text: text.trim().to_owned(),
        ..Document::default()
    };
    document.language = match languages {
        [only] => Some(only.clone()),
        _ => detect_language(&document).map(ToOwned::to_owned),
    };
    document
}
