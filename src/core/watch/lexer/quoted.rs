//! Phrases in quotes, and quotes that are missing, escaped, or have a sign behind them.

use std::ops::Range;

use super::cursor::{Lexer, word_length};
use super::token::TokenKind;
use crate::core::watch::limits::MAX_DISTANCE;
use crate::core::watch::problem::Problem;
use crate::core::watch::quotes::{closing_quote, needs_quotes};

impl Lexer<'_> {
    pub(super) fn quoted(&mut self, start: usize, inside: usize, exact: bool) {
        let rest = &self.query[inside..];
        let end = match closing_quote(self.query, inside) {
            Some(length) => {
                let end = inside + length;
                let quote = self.query[end..].chars().next().map_or(0, char::len_utf8);
                let operator = operator_inside(&rest[..length]);
                match operator {
                    Some(at) if self.opens(end, end + quote) => {
                        inside + at.min(guess_end(&rest[..length]))
                    }
                    _ => {
                        if let Some(at) = operator {
                            self.operator_in_quotes(start..end + quote, inside + at);
                        }
                        let mut text = inside..end;
                        if rest[..length].ends_with('\\') && self.query[..start].ends_with('\\') {
                            // Both ends are one mistake.
                            self.problems.retain(|told| told.span.start != start - 1);
                            let help = format!("\"{}\"", &self.query[inside..end - 1]);
                            self.escaped_quote(start - 1..end + quote, &help);
                            text.end -= 1;
                        }
                        self.push(TokenKind::Quoted { text, exact }, start..end + quote);
                        return self.after_quote(start);
                    }
                }
            }
            None => inside + guess_end(rest),
        };
        if self.query[inside..end].trim().is_empty() && end < self.query.len() {
            self.report(start..inside, "this quote has no partner", "");
            self.at = inside;
            return;
        }
        let text = self.query[inside..end].trim_end();
        let end = inside + text.len();
        let equals = if exact { "=" } else { "" };
        self.report(
            start..end,
            "this quote is never closed",
            format!("{equals}\"{text}\""),
        );
        let text = inside..end;
        self.push(TokenKind::Quoted { text, exact }, start..end.max(inside));
    }

    /// `\"tear gas\"`: the backslash of some string in a string that knows none.
    pub(super) fn escaped_quote(&mut self, span: Range<usize>, help: &str) {
        let message = "a quote of a query has no backslash before it in this kind of string";
        self.report(span, message, help);
    }

    /// Whether the quote at `start..end` looks as if it opened a phrase.
    fn opens(&self, start: usize, end: usize) -> bool {
        let before = self.query[..start].chars().next_back();
        let after = self.query[end..].chars().next();
        before.is_some_and(|c| c.is_whitespace() || matches!(c, '(' | '（'))
            && after.is_some_and(|c| !c.is_whitespace() && !matches!(c, ')' | '）' | ','))
    }

    /// `"police AND protest"`: perhaps a phrase, perhaps two.
    fn operator_in_quotes(&mut self, span: Range<usize>, at: usize) {
        let rest = self.query[at..].trim_start();
        let operator = &rest[..word_length(rest)];
        let message = format!("`{operator}` inside quotes is a word: is a quote missing?");
        self.problems.push(Problem::warning(span, message));
    }

    /// `"arbitrary detention"~` and `"human right"*`: the sign belongs to a word inside.
    fn after_quote(&mut self, start: usize) {
        let rest = &self.query[self.at..];
        let Some(sign @ ('~' | '*' | '?' | '!')) = rest.chars().next() else {
            return;
        };
        let Some(TokenKind::Quoted { text, exact }) = self.tokens.last().map(|t| t.kind.clone())
        else {
            return;
        };
        let text = &self.query[text];
        let number = &rest[1..];
        let digits = number.len()
            - number
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        if sign == '~' && digits > 0 {
            let end = self.at + 1 + digits;
            let help = with_distance(text, number[..digits].parse().unwrap_or(MAX_DISTANCE));
            let message = format!(
                "`~{}` gives a phrase no distance here: NEAR/n does, between two words",
                &number[..digits]
            );
            self.report(start..end, message, help);
            self.at = end;
            return;
        }
        let inside = match sign {
            '~' => text
                .split_whitespace()
                .map(|word| format!("{word}~"))
                .collect::<Vec<_>>()
                .join(" "),
            '!' => format!("{text}*"),
            _ => format!("{text}{sign}"),
        };
        let equals = if exact { "=" } else { "" };
        self.report(
            start..self.at + 1,
            format!("`{sign}` belongs to a word, so it stands inside the quotes"),
            format!("{equals}\"{inside}\""),
        );
        self.at += 1;
    }
}

/// Where in a phrase the blank before an operator in capitals stands.
fn operator_inside(phrase: &str) -> Option<usize> {
    let numbered = |word: &str| {
        word.strip_prefix("NEAR/")
            .or_else(|| word.strip_prefix("PRE/"))
            .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    };
    phrase
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .find_map(|(at, c)| {
            let rest = &phrase[at + c.len_utf8()..];
            let end = rest.find(char::is_whitespace)?;
            let word = &rest[..end];
            (matches!(word, "AND" | "OR" | "NOT") || numbered(word)).then_some(at)
        })
}

/// Where a quote that is never closed was probably meant to close: before the next operator.
fn guess_end(rest: &str) -> usize {
    let stops = [" AND ", " OR ", " NOT ", " NEAR/", " PRE/", ")", "\n"];
    stops
        .into_iter()
        .filter_map(|stop| rest.find(stop))
        .min()
        .unwrap_or(rest.len())
}

/// The words of `"police protest"~5` with NEAR between each two of them.
fn with_distance(phrase: &str, distance: u32) -> String {
    let distance = distance.clamp(1, MAX_DISTANCE);
    let word = |word: &str| {
        if needs_quotes(word) {
            format!("\"{word}\"")
        } else {
            word.to_owned()
        }
    };
    let words: Vec<String> = phrase.split_whitespace().map(word).collect();
    let pairs: Vec<String> = words
        .windows(2)
        .map(|two| format!("({} NEAR/{distance} {})", two[0], two[1]))
        .collect();
    match pairs.as_slice() {
        [] => format!("\"{phrase}\""),
        [one] => one.clone(),
        several => format!("({})", several.join(" AND ")),
    }
}
