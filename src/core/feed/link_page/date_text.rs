//! Dates in the words of a page: which text is one, and which holds one.

use crate::core::feed::dates::{self, DateInterpretations};
use crate::core::text::normalization::is_han;

/// A date is no longer, in characters.
const LONGEST_DATE: usize = 60;
/// Words of a text in which a date is looked for.
const WORDS_WITH_DATE: usize = 12;

/// Reads a text that is a date, or one beside others: `28 November 2026 | Geneva`.
pub(super) fn date_alone(text: &str) -> Option<DateInterpretations> {
    let text = text.trim();
    if !(6..=LONGEST_DATE).contains(&text.chars().count()) {
        return None;
    }
    may_be_date(text)
        .or_else(|| text.split(['|', '·', '•', '–', '—']).find_map(may_be_date))
        .or_else(|| may_be_date(text.split_once([':', '：'])?.1))
}

/// A date is more than a number, and has a number in it.
fn may_be_date(text: &str) -> Option<DateInterpretations> {
    let text = text.trim();
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let others = text.chars().filter(|c| !c.is_numeric()).count();
    (digits >= 3 && others >= 2)
        .then(|| dates::read(text))
        .flatten()
}

/// Whether a text that was read as a date is hardly anything else: `5 held in 2026` names a year, and is a headline.
/// A date in words has a word without which it would be another.
pub(super) fn is_nothing_else(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() && !is_han(c);
    let words: Vec<&str> = text
        .split(|c: char| !is_letter(c))
        .filter(|word| !word.is_empty())
        .collect();
    let numbers = text.split(|c: char| !c.is_numeric());
    match numbers.filter(|number| !number.is_empty()).count() {
        0 | 1 => false,
        2 => {
            let all = dates::read(text);
            words.len() <= 5
                && words
                    .iter()
                    .any(|word| dates::read(&text.replacen(word, "x", 1)) != all)
        }
        _ => words.len() <= 3,
    }
}

/// The date that a text holds among other words: `Published on 28 November 2026 in Geneva`. The longest run of words
/// that is one.
pub(super) fn date_within(text: &str) -> Option<DateInterpretations> {
    let words: Vec<&str> = text.split_whitespace().take(WORDS_WITH_DATE).collect();
    let runs = (1..=words.len()).rev().flat_map(|length| {
        let starts = 0..=words.len() - length;
        starts.map(move |start| (start, length))
    });
    date_alone(text).or_else(|| {
        runs.into_iter()
            .find_map(|(start, length)| date_alone(&words[start..start + length].join(" ")))
    })
}
