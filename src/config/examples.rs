//! Runs the examples that watches carry: a watch that misses its own example is a mistake.

use super::configuration::Config;
use super::problem::Problems;
use super::watches::{Example, Expected};
use crate::core::document::Document;
use crate::core::watch::{Explanation, Scratch, detect_language, determine_language, explain};

/// Terms that a reason names.
const MOST_TERMS: usize = 5;

/// Reports every example that its watch gets wrong; `examples` are those of each watch, in their order.
pub(super) fn run(problems: &mut Problems, config: &Config, examples: &[Vec<Example>]) {
    let mut scratch = Scratch::default();
    for (index, (watch, examples)) in config.watches.iter().zip(examples).enumerate() {
        for example in examples {
            let document = document(&example.text.value, &watch.spec.languages);
            let matched = config
                .set
                .matches_one(index, &document, &mut scratch)
                .is_some();
            let elsewhere = config.elsewhere(watch, &document);
            let matched = matched && elsewhere.is_none();
            let message = match (example.expected, matched) {
                (Expected::Match, false) => "does not match this example of `yes`",
                (Expected::NoMatch, true) => "matches this example of `no`",
                _ => continue,
            };
            let id = &watch.id;
            let why = elsewhere.unwrap_or_else(|| reason(&explain(&watch.spec, &document)));
            problems.error(
                example.text.place.clone(),
                format!("watch `{id}` {message}"),
                format!(
                    "{why}; `newsvigil explain --watch {id} FILE` shows more, with the example in FILE \
                     as {{\"title\": \"…\", \"text\": \"…\"}}"
                ),
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
    let partial = explanation.query.partial_match();
    if partial.is_bare() && !explanation.query.is_near_miss() {
        return "nothing of it is there".to_owned();
    }
    partial.lines().join("; ")
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
    // As an item of a feed that says its language.
    determine_language(&mut document, None);
    document
}
