//! Runs the examples that watches carry: a watch that misses its own example is a mistake.

use super::problem::{Problem, Problems};
use super::watches::{Expected, WatchWithExamples};
use crate::core::document::Document;
use crate::core::watch::{Scratch, WatchSet, detect_language};

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
            problems.push(Problem::error(
                example.text.place.clone(),
                format!("watch `{}` {message}", entry.watch.id),
            ));
        }
    }
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
