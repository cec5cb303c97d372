//! Mistakes of a file that is no TOML, told by what was probably meant: a word processor's quotes, a text that
//! is never closed, `:` for `=`.
//!
//! A file that the parser refuses is read a second time, tolerantly. What is found there takes the place of
//! the parser's own messages on the same lines, and of all that only follows from it.

mod arrays;
mod document;
mod headers;
mod key_value_pairs;
mod known_keys;
mod punctuation;
mod scanner;
mod strings;
mod unquoted;
mod values;

use std::collections::BTreeSet;
use std::ops::Range;

use super::problem::{Problem, Problems, SourceSpan};
use super::redaction::redacted;
use document::{MISTAKES_PER_FILE_MAX, scan};
use scanner::Scan;

/// What was told of a file, so that its consequences are not told.
pub(super) struct ReportedMistakes {
    source: usize,
    lines: BTreeSet<usize>,
    derailed: Option<usize>,
}

/// Reports the mistakes because of which the parser refused a file, if it did.
pub(super) fn tell(
    problems: &mut Problems,
    source: usize,
    text: &str,
    refusals: &[toml::de::Error],
) -> Option<ReportedMistakes> {
    if refusals.is_empty() {
        return None;
    }
    problems.torn.push(source);
    let found = scan(text);
    let mut told = ReportedMistakes {
        source,
        lines: BTreeSet::new(),
        derailed: (found.mistakes.iter())
            .filter(|mistake| mistake.derails)
            .map(|mistake| mistake.span.start)
            .min(),
    };
    let lines = Lines::of(text);
    let shown = redacted(text);
    for mistake in found.mistakes.iter().take(MISTAKES_PER_FILE_MAX) {
        told.lines
            .extend(lines.covered(&(mistake.span.start..mistake.until)));
        let place = SourceSpan {
            source,
            span: mistake.span.clone(),
        };
        let problem = Problem::error(place, mistake.message.clone());
        // What may be a secret is not repeated.
        let is_shown = shown.get(mistake.span.clone()) == text.get(mistake.span.clone());
        problems.push(match mistake.help.as_ref().filter(|_| is_shown) {
            Some(help) => problem.with_help(help),
            None => problem,
        });
    }
    let mut repeated = BTreeSet::new();
    for refusal in refusals {
        let span = refusal.span().unwrap_or(0..0);
        let line = lines.of_offset(span.start);
        if told.lines.contains(&line) || told.derailed.is_some_and(|start| span.end >= start) {
            continue;
        }
        let place = SourceSpan {
            source,
            span: span.clone(),
        };
        if refusal.message() == "duplicate key" {
            if let Some(problem) = repetition(&found, source, place.clone(), &mut repeated) {
                problems.push(problem);
            }
            continue;
        }
        if repeated.len() + told.lines.len() < MISTAKES_PER_FILE_MAX {
            told.lines.insert(line);
            problems.push(Problem::error(
                place,
                format!("not valid TOML: {}", refusal.message()),
            ));
        }
    }
    Some(told)
}

/// A key or a table that stands twice, with the first of them. Once a table: whoever forgets a header repeats
/// all the keys.
fn repetition(
    found: &Scan,
    source: usize,
    place: SourceSpan,
    repeated: &mut BTreeSet<usize>,
) -> Option<Problem> {
    let at = place.span.start;
    let related = |span: &Range<usize>| SourceSpan {
        source,
        span: span.clone(),
    };
    if let Some(key) = found.keys.iter().find(|key| key.span.contains(&at)) {
        let first = found
            .keys
            .iter()
            .find(|other| other.table == key.table && other.name == key.name);
        if !repeated.insert(key.table) {
            return None;
        }
        let header = found.tables.get(key.table);
        let problem = Problem::error(place, format!("`{}` stands twice in this table", key.name));
        let problem = match header.filter(|header| header.is_list && key.name == "id") {
            Some(header) => problem.with_help(format!(
                "leave one out, or begin another one with [[{}]] in the line above",
                header.name
            )),
            None => problem.with_help("leave one of them out"),
        };
        return Some(match first.filter(|first| first.span != key.span) {
            Some(first) => problem.with_related(related(&first.span), "first given here"),
            None => problem,
        });
    }
    let table = found.tables.iter().find(|table| table.span.contains(&at))?;
    let first = found.tables.iter().find(|other| other.name == table.name)?;
    let problem = Problem::error(place, format!("the table `{}` stands twice", table.name));
    Some(
        problem
            .with_help("write all its keys below the first")
            .with_related(related(&first.span), "first given here"),
    )
}

impl ReportedMistakes {
    /// Takes away what was reported from problem number `first` on, and only follows from what was told here: keys that
    /// seem to be missing, values that were read wrongly.
    pub(super) fn drop_consequences(&self, problems: &mut Problems, first: usize) {
        let Some(text) = problems.sources.get(self.source).map(|source| &source.text) else {
            return;
        };
        let lines = Lines::of(text);
        let follows = |place: &SourceSpan| {
            let before = &text[..place.span.start.min(text.len())];
            let begins_line =
                before.trim_end_matches([' ', '\t']).ends_with('\n') || before.trim().is_empty();
            let is_header = begins_line
                && text
                    .get(place.span.clone())
                    .is_some_and(|text| text.is_empty() || text.starts_with('['));
            place.source == self.source
                && (is_header
                    || self.derailed.is_some_and(|start| place.span.end >= start)
                    || self.lines.contains(&lines.of_offset(place.span.start)))
        };
        let mut number = 0;
        let kept: Vec<bool> = problems
            .list
            .iter()
            .map(|problem| {
                number += 1;
                number <= first || !problem.place.as_ref().is_some_and(follows)
            })
            .collect();
        let mut kept = kept.into_iter();
        problems.list.retain(|_| kept.next().unwrap_or(true));
    }
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(ends).collect())
    }

    /// The number of a byte's line, the first being 1.
    fn of_offset(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }

    fn covered(&self, span: &Range<usize>) -> std::ops::RangeInclusive<usize> {
        self.of_offset(span.start)..=self.of_offset(span.end.saturating_sub(1).max(span.start))
    }
}

#[cfg(test)]
mod tests;
