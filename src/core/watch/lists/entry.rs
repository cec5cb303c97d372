//! One entry of a list: a word, a phrase, or another list; and what is none of them.

use super::names::{Names, list_named};
use crate::core::watch::field::TextField;
use crate::core::watch::problem::Problem;
use crate::core::watch::quotes::{has_quote, is_quote};
use crate::core::watch::term::read_listed;
use crate::core::watch::word::Word;

pub(super) enum Entry {
    /// With the words in which it is looked for as well, or none.
    Words(Vec<Word>, Vec<Word>),
    /// Another list, by its number.
    List(usize),
}

/// Reads an entry. Problems have their places in it.
pub(super) fn read_entry(text: &str, names: &Names, problems: &mut Vec<Problem>) -> Option<Entry> {
    let whole = 0..text.len();
    let trimmed = text.trim();
    if trimmed.is_empty() {
        problems.push(Problem::error(
            whole,
            "there is nothing between the quotes: write a word or leave it out",
        ));
        return None;
    }
    if let Some(rest) = trimmed.strip_prefix(['@', '＠']) {
        return match list_named(rest, trimmed.starts_with('＠'), names) {
            Ok(number) => Some(Entry::List(number)),
            Err((message, help)) => {
                let problem = Problem::error(whole, message);
                problems.push(match help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
                None
            }
        };
    }
    if let Some(problem) = operator_in(text) {
        problems.push(problem);
        return None;
    }
    let (words, other) = read_listed(text, problems);
    if words.is_empty() && problems.is_empty() {
        let message = format!("`{trimmed}` has no letter or digit, so it is never found");
        problems.push(Problem::error(whole, message));
    }
    (!words.is_empty()).then_some(Entry::Words(words, other))
}

/// What belongs into a query.
fn operator_in(text: &str) -> Option<Problem> {
    let piece = |at: usize, length: usize| at..at + length;
    if has_quote(text) {
        let message = "a phrase of a list has no quotes of its own: leave them out";
        let bare: String = text.chars().filter(|c| !is_quote(*c)).collect();
        return Some(Problem::error(0..text.len(), message).help(bare.trim()));
    }
    if let Some(at) = text.find(['(', ')', '[', ']', '{', '}', '（', '）']) {
        let length = text[at..].chars().next().map_or(0, char::len_utf8);
        let message = "an entry is one word or phrase: groups stand in queries, not in lists";
        return Some(Problem::error(piece(at, length), message));
    }
    if let Some(at) = text.find([',', ';', '|', '，', '、', '،', '；']) {
        let length = text[at..].chars().next().map_or(0, char::len_utf8);
        let message = "an entry is one word or phrase: write each in quotes of its own, with a comma between \
                       them, as in `\"police\", \"army\"`";
        return Some(Problem::error(piece(at, length), message));
    }
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let name = bare.split_once(':').map_or("", |(name, _)| name);
        let numbered = ["NEAR", "PRE", "ATLEAST", "MIN"].iter().any(|operator| {
            let rest = bare.strip_prefix(operator);
            rest.is_some_and(|rest| {
                rest.strip_prefix('/')
                    .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
            })
        });
        let field = name == "site" || TextField::ALL.iter().any(|field| field.name() == name);
        if numbered || field || matches!(bare, "AND" | "OR" | "NOT") {
            let shown = if field {
                format!("{name}:")
            } else {
                bare.to_owned()
            };
            let message = format!(
                "`{shown}` is part of a query, and an entry of a list is one word or phrase: say it in the watch"
            );
            return Some(Problem::error(piece(at, shown.len()), message));
        }
        if bare.starts_with(['@', '＠']) {
            let message = "a list that is taken in is an entry of its own";
            return Some(Problem::error(piece(at, bare.len()), message));
        }
        at += word.len();
    }
    None
}
