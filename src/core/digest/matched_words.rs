//! By which of an item's words a watch found it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::SpanRecord;
use super::decisive_terms::estimated_frequency;
use crate::core::document::{Field, LONGEST_LEAD};
use crate::core::text::line::clean_line;
use crate::core::text::tokenizer::fold_text;

/// How much of a watch matched, and where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WatchMatch {
    /// Whether in the headline, or in the first [`LONGEST_LEAD`] bytes of the summary or the text.
    pub in_lead: bool,
    /// Different terms of the watch.
    pub terms: u16,
}

impl WatchMatch {
    /// What the spans of a hit say.
    pub fn of(spans: &[SpanRecord]) -> Self {
        let in_lead = spans.iter().any(|span| match span.field {
            Field::Title => true,
            Field::Summary | Field::Text => span.start < LONGEST_LEAD,
            Field::Author | Field::Category(_) => false,
        });
        let terms: BTreeSet<&str> = spans.iter().map(|span| span.term.as_str()).collect();
        Self {
            in_lead,
            terms: u16::try_from(terms.len()).unwrap_or(u16::MAX),
        }
    }
}

/// Words named for one watch; more would drown the item.
pub const WORDS_FOUND: usize = 5;
/// Longest word or phrase shown, in characters.
const WORD_CHARS: usize = 60;
/// Different words and phrases that the rarest are chosen among. A wildcard may find thousands.
const COMPARED_MAX: usize = 500;

/// The words and phrases of an item because of which a watch found it, as they stand there: each once however it is
/// written and inflected, the rarest first, at most [`WORDS_FOUND`]. Where a span fits no text, the term of the query
/// stands for it.
pub fn words_found<'t, 's>(
    text_of: impl Fn(Field) -> &'t str,
    spans: impl IntoIterator<Item = &'s SpanRecord>,
) -> Vec<String> {
    // As compared, as shown.
    let mut found: Vec<(String, String)> = Vec::new();
    for span in spans {
        if found.len() >= COMPARED_MAX {
            break;
        }
        let words = text_of(span.field).get(span.start..span.end);
        let words = words.filter(|words| !words.trim().is_empty());
        let shown = clean_line(words.unwrap_or(&span.term), WORD_CHARS);
        let folded = fold_text(&shown);
        let compared: Cow<'_, str> = if folded.is_empty() {
            Cow::Borrowed(&shown)
        } else {
            Cow::Borrowed(&folded)
        };
        let is_new = |(known, _): &(String, String)| !are_forms(known, &compared);
        if !shown.is_empty() && found.iter().all(is_new) {
            found.push((compared.into_owned(), shown));
        }
    }
    // Stable: among equally rare ones the first in the item comes first.
    found.sort_by(|(a, _), (b, _)| estimated_frequency(a).total_cmp(&estimated_frequency(b)));
    found.truncate(WORDS_FOUND);
    found.into_iter().map(|(_, shown)| shown).collect()
}

/// Letters that two forms of a word have in common, and that an ending has.
const STEM: usize = 6;
const SHORT_STEM: usize = 4;
const ENDING: usize = 3;

/// Whether two folded words are forms of one, as far as their letters tell: "migrant" and "migrants", "arrested" and
/// "arresting".
fn are_forms(one: &str, other: &str) -> bool {
    let alike = |(a, b): &(char, char)| a == b;
    let stem = one.chars().zip(other.chars()).take_while(alike).count();
    let (one, other) = (one.chars().count() - stem, other.chars().count() - stem);
    let (longer, shorter) = (one.max(other), one.min(other));
    longer == 0 || longer <= ENDING && (stem >= STEM || shorter == 0 && stem >= SHORT_STEM)
}

#[cfg(test)]
mod tests;
