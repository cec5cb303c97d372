//! Headlines that come again and again: `Morning briefing`, `Live updates`, `Obituaries`.
//!
//! They say nothing of what the items below them tell, so that two items do not belong together for bearing them.

mod lists;

use std::collections::HashMap;
use std::sync::LazyLock;

use lists::{ALWAYS, FILLERS, SERIES, TEMPLATES, UNSPACED, UNSPACED_FILLERS};

use crate::core::text::tokenizer::{FoldedWord, fold_text, fold_words};

/// A headline of more words says something.
const MOST_WORDS: usize = 16;

/// Words of a name that may stand in a recurring headline.
const MOST_NAMES: usize = 3;

/// Names after the place where one stands: an obituary has the name of the dead, with their titles.
const MOST_OF_TEMPLATE: usize = 5;

/// Whether a headline is one that comes again and again, whatever the day.
///
/// All languages are looked through, as the language of short headlines is often wrong; `language` only settles what
/// would be a word of the headline in another.
pub fn is_generic(title: &str, language: Option<&str>) -> bool {
    let words = fold_words(title);
    if words.is_empty() || is_quake(title) {
        return !words.is_empty();
    }
    if is_unspaced_generic(title) {
        return true;
    }
    if words.len() > MOST_WORDS {
        return false;
    }
    // The name of an outlet or of a rubric may stand behind.
    whole(title, &words, language)
        || BARS
            .iter()
            .filter_map(|bar| title.rfind(bar))
            .max()
            .is_some_and(|at| {
                let head = &title[..at];
                whole(head, &fold_words(head), language)
            })
}

/// What parts a headline from the name of its outlet.
const BARS: [&str; 6] = [" | ", " - ", " – ", " — ", " • ", " · "];

fn whole(title: &str, words: &[FoldedWord], language: Option<&str>) -> bool {
    if words.is_empty() {
        return false;
    }
    let is_english = language.is_none_or(|tag| tag.starts_with("en"));
    let table = &*TABLE;
    let (mut at, mut names, mut found, mut template) = (0, 0, None, false);
    while at < words.len() {
        if let Some((length, part)) = table.longest(&words[at..]) {
            at += length;
            match part {
                Part::Filler => {}
                Part::Always => found = Some(Part::Always),
                Part::Series => found = found.or(Some(Part::Series)),
                Part::Template => {
                    // It rules what stands behind it.
                    template |= at == length;
                    found = found.or(Some(Part::Series));
                }
            }
            continue;
        }
        let word = &words[at];
        at += 1;
        let written = &title[word.start..word.end];
        if written.bytes().any(|byte| byte.is_ascii_digit())
            || word.folded.bytes().all(|b| b.is_ascii_digit())
        {
            continue;
        }
        let is_caseless = !written
            .chars()
            .any(|c| c.is_uppercase() || c.is_lowercase());
        let is_name = written.starts_with(char::is_uppercase) || is_caseless && template;
        if !is_name {
            return false;
        }
        names += 1;
    }
    let most = if template {
        MOST_OF_TEMPLATE
    } else {
        MOST_NAMES
    };
    match found {
        // `Live updates`, `What we know`: with a name they are about something.
        Some(Part::Always) => names == 0,
        Some(Part::Series) => {
            names
                <= most.min(if is_shouted(title, is_english) && !template {
                    1
                } else {
                    most
                })
        }
        _ => false,
    }
}

/// Where each word begins with a capital, capitals tell no names.
fn is_shouted(title: &str, is_english: bool) -> bool {
    is_english
        && title
            .split_whitespace()
            .filter(|word| word.chars().count() > 3)
            .all(|word| {
                word.chars()
                    .find(|c| c.is_alphabetic())
                    .is_none_or(char::is_uppercase)
            })
}

/// The reports of seismic networks: `M 4.5 - 12 km SSE of Volcano, Hawaii`, `Mwr 5.1 NEAR COAST OF PERU`.
fn is_quake(title: &str) -> bool {
    let title = title.trim_start();
    let rest = [
        "Mwr", "Mww", "Mwc", "Mwb", "Mw", "ML", "Ml", "mb", "Ms", "Md", "M",
    ]
    .into_iter()
    .find_map(|scale| title.strip_prefix(scale));
    let Some(rest) = rest else {
        return title.starts_with("Green earthquake alert")
            || title.starts_with("Orange earthquake alert")
            || title.starts_with("Red earthquake alert")
            || title.starts_with("Earthquake, Magnitude ");
    };
    let rest = rest.trim_start();
    let digits = rest
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .count();
    (1..=4).contains(&digits)
        && rest[digits..].starts_with([' ', ',', '-'])
        && rest[..digits].contains('.')
}

/// In scripts without spaces the headline is what is left when its recurring parts are taken out.
fn is_unspaced_generic(title: &str) -> bool {
    if !title.chars().any(|c| c >= '\u{E00}') {
        return false;
    }
    let mut rest = title.to_owned();
    let mut found = false;
    for core in UNSPACED.split_whitespace() {
        if rest.contains(core) {
            found = true;
            rest = rest.replace(core, " ");
        }
    }
    for filler in UNSPACED_FILLERS.split_whitespace() {
        rest = rest.replace(filler, " ");
    }
    found
        && !rest
            .chars()
            .any(|c| c.is_alphabetic() || c.is_numeric() && !is_digit(c))
}

fn is_digit(c: char) -> bool {
    crate::core::text::normalization::fold(c)
        .character()
        .is_ascii_digit()
}

/// What a phrase is to a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Says nothing: articles, days, months.
    Filler,
    /// Recurs, unless there is a name beside it.
    Always,
    /// Recurs with the name of an edition, an author, a place.
    Series,
    /// The same, and what stands behind it fills a form: an obituary, a forecast.
    Template,
}

struct Table {
    phrases: HashMap<String, Part>,
    /// Words of the longest.
    longest: usize,
}

impl Table {
    fn longest(&self, words: &[FoldedWord]) -> Option<(usize, Part)> {
        (1..=self.longest.min(words.len()))
            .rev()
            .find_map(|length| {
                let phrase: Vec<&str> = words[..length]
                    .iter()
                    .map(|word| word.folded.as_str())
                    .collect();
                Some((length, *self.phrases.get(&phrase.join(" "))?))
            })
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut phrases = HashMap::new();
    for (part, list) in [
        (Part::Filler, FILLERS),
        (Part::Always, ALWAYS),
        (Part::Series, SERIES),
        (Part::Template, TEMPLATES),
    ] {
        for phrase in list
            .lines()
            .flat_map(|line| line.split('|'))
            .map(fold_text)
            .filter(|phrase| !phrase.is_empty())
        {
            phrases.insert(phrase, part);
        }
    }
    let longest = phrases
        .keys()
        .map(|phrase| phrase.split(' ').count())
        .max()
        .unwrap_or(1);
    Table { phrases, longest }
});

#[cfg(test)]
mod tests;
