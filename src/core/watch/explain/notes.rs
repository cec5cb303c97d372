//! What an explanation says besides the query: what excludes a document, and what a reader should know.

use super::explanation::ExplainedScore;
use crate::core::document::Document;
use crate::core::language::primary_language;
use crate::core::watch::score::Counted;
use crate::core::watch::set::WatchSpec;
use crate::core::watch::stem::language_number;
use crate::core::watch::syntax::{Expression, Kind};
use crate::core::watch::word::{Term, Word};

/// Language or feed, where they exclude the document; and a score below the threshold.
pub(super) fn exclusions(
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
pub(super) fn language_note(spec: &WatchSpec, document: &Document) -> Option<String> {
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
    matches!(expression.kind, Kind::List(_)) || expression.parts().into_iter().any(any_list)
}

/// Where `~` finds nothing but the word itself.
pub(super) fn stem_note(spec: &WatchSpec, document: &Document) -> Option<String> {
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
        _ => expression
            .parts()
            .into_iter()
            .any(|part| any_term(part, wanted)),
    }
}
