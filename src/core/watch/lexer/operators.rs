//! Operators with a number, and the ways in which they are mistyped.

use std::ops::Range;

use super::super::limits::{MAX_COUNT, MAX_DISTANCE, MAX_TERMS};
use super::super::problem::Problem;
use super::cursor::{Lexer, word_length};
use super::token::TokenKind;

impl Lexer<'_> {
    /// Operators that are not one word here: `NEAR /6`, `NEAR/6protest`, `/6`, `w/s`, `within 5 words of`.
    pub(super) fn apart(&mut self, start: usize, word: &str) -> bool {
        let rest = &self.query[start + word.len()..];
        let lower = word.to_ascii_lowercase();
        let mut end = start + word.len();
        let mut after = "";
        let (operator, number) = match lower.as_str() {
            "w/s" | "/s" | "near/s" => ("NEAR", 20),
            "w/p" | "/p" | "near/p" => ("NEAR", 50),
            "near" | "pre" | "around" | "adj" | "w" | "within" | "onear" | "pnear"
                if let Some((length, number)) = in_parentheses(rest) =>
            {
                end += length;
                let in_order = matches!(lower.as_str(), "pre" | "onear" | "pnear");
                (if in_order { "PRE" } else { "NEAR" }, number)
            }
            "within" => {
                let Some((length, number)) = words_of(rest) else {
                    return false;
                };
                end += length;
                ("NEAR", number)
            }
            "near" | "pre" => {
                let Some((length, number)) = number_apart(rest, word == "NEAR" || word == "PRE")
                else {
                    return false;
                };
                end += length;
                (if lower == "near" { "NEAR" } else { "PRE" }, number)
            }
            _ => {
                let Some((operator, number, glued)) = with_slash(&lower) else {
                    return false;
                };
                if glued > 0 {
                    end -= glued;
                    after = " ";
                }
                (operator, number)
            }
        };
        let number = number.clamp(1, MAX_DISTANCE);
        let span = start..end;
        let written = &self.query[span.clone()];
        let message = if after.is_empty() {
            format!("`{written}` is written `{operator}/{number}` here")
        } else {
            format!("a blank is missing after `{written}`")
        };
        self.report(span.clone(), message, format!("{operator}/{number}{after}"));
        let kind = if operator == "PRE" {
            TokenKind::Pre(number)
        } else {
            TokenKind::Near(number)
        };
        self.push(kind, span);
        true
    }

    /// `NEAR/6`, `PRE/2`, `ATLEAST/3(`, `MIN/2(`, and the ways in which they are mistyped.
    pub(super) fn numbered(
        &mut self,
        word: &str,
        span: &Range<usize>,
        group: bool,
    ) -> Option<TokenKind> {
        let letters = word
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(word.len());
        let (name, rest) = word.split_at(letters);
        let digits = rest.strip_prefix('/').unwrap_or(rest);
        let number: Option<u32> = digits.parse().ok();
        let numbered = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let canonical = canonical(name, rest, numbered, group)?;
        let (most, default) = match canonical {
            "NEAR" | "PRE" => (MAX_DISTANCE, 10),
            "ATLEAST" => (MAX_COUNT, 2),
            _ => (u32::try_from(MAX_TERMS).unwrap_or(u32::MAX), 2),
        };
        let value = if numbered {
            number.unwrap_or(u32::MAX)
        } else {
            default
        };
        let problem = |message: String, value: u32| {
            Problem::error(span.clone(), message).help(format!("{canonical}/{value}"))
        };
        let clamped = value.clamp(1, most);
        if !numbered {
            let what = match canonical {
                "NEAR" | "PRE" => format!("how many words apart at most, 1 to {most}"),
                _ => format!("how many, 1 to {most}"),
            };
            self.problems.push(problem(
                format!("`{canonical}` needs a number after a slash: {what}"),
                default,
            ));
        } else if clamped != value {
            self.problems.push(problem(
                format!("the number of `{canonical}` lies between 1 and {most}"),
                clamped,
            ));
        } else if name != canonical {
            self.problems.push(problem(
                format!("`{word}` is written `{canonical}/{value}` here"),
                value,
            ));
        } else if !rest.starts_with('/') {
            self.problems.push(problem(
                format!("a slash stands between `{canonical}` and its number"),
                value,
            ));
        }
        Some(match canonical {
            "NEAR" => TokenKind::Near(clamped),
            "PRE" => TokenKind::Pre(clamped),
            "ATLEAST" => TokenKind::AtLeast(clamped),
            _ => TokenKind::Min(clamped),
        })
    }
}

/// The operator that `name` is, or was meant to be, with `rest` behind it: a number or not, and then a group or not.
fn canonical(name: &str, rest: &str, numbered: bool, group: bool) -> Option<&'static str> {
    let slash = rest.starts_with('/');
    let operator = match name {
        "NEAR" | "Near" | "near" => "NEAR",
        "PRE" | "Pre" | "pre" => "PRE",
        "ATLEAST" | "AtLeast" | "Atleast" | "atleast" => "ATLEAST",
        "MIN" | "Min" | "min" => "MIN",
        "w" | "W" | "n" | "N" | "adj" | "ADJ" | "within" | "WITHIN" | "AROUND" | "around"
        | "ONEAR" | "onear" => {
            return (numbered && (slash || name.len() > 1)).then_some("NEAR");
        }
        _ => return None,
    };
    let is_meant = match operator {
        "NEAR" | "PRE" if name == operator => rest.is_empty() || slash || numbered,
        "NEAR" | "PRE" => numbered,
        _ if name == operator => slash || group && (numbered || rest.is_empty()),
        _ => group && numbered,
    };
    is_meant.then_some(operator)
}

/// `/6`, `p/6`, `near/6protest`: the operator, its number, and the length of what is glued to it.
fn with_slash(lower: &str) -> Option<(&'static str, u32, usize)> {
    let (name @ ("near" | "pre" | "p" | ""), digits) = lower.split_once('/')? else {
        return None;
    };
    let length = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let glued = digits.len() - length;
    let letters = digits[length..].starts_with(char::is_alphabetic);
    // Only the names of operators are glued to words; without anything glued to them they are no mistake.
    if length == 0 || (glued > 0) != (name.len() > 1) || (glued > 0 && !letters) {
        return None;
    }
    let operator = if name.starts_with('p') { "PRE" } else { "NEAR" };
    Some((
        operator,
        digits[..length].parse().unwrap_or(MAX_DISTANCE),
        glued,
    ))
}

/// ` /6`, `/ 6` or ` 6` after NEAR: how long that is, and the number. A number without a slash is one of
/// NEAR only in front of something else that NEAR can join.
fn number_apart(rest: &str, capitals: bool) -> Option<(usize, u32)> {
    let trimmed = rest.trim_start();
    let (slash, digits) = match trimmed.strip_prefix('/') {
        Some(digits) => (true, digits.trim_start()),
        None => (false, trimmed),
    };
    let word = &digits[..word_length(digits)];
    if word.is_empty() || word.len() > 9 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let next = digits[word.len()..].trim_start();
    let joins = !next.is_empty()
        && !next.starts_with([')', '）', ','])
        && !matches!(
            &next[..word_length(next)],
            "AND" | "OR" | "NOT" | "NEAR" | "and" | "or" | "not"
        )
        && !next.starts_with("NEAR/")
        && !next.starts_with("PRE/");
    let meant = slash || (joins && capitals);
    if !meant {
        return None;
    }
    Some((rest.len() - digits.len() + word.len(), word.parse().ok()?))
}

/// `(5)` after AROUND or NEAR: how long that is, and the number.
fn in_parentheses(rest: &str) -> Option<(usize, u32)> {
    let inside = rest.trim_start().strip_prefix(['(', '（'])?.trim_start();
    let digits = inside.len()
        - inside
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let behind = inside[digits..].trim_start().strip_prefix([')', '）'])?;
    let number = inside[..digits].parse().ok()?;
    Some((rest.len() - behind.len(), number))
}

/// ` 5 words of` after `within`: how long that is, and the number.
fn words_of(rest: &str) -> Option<(usize, u32)> {
    let mut at = rest;
    let mut words = [""; 3];
    for word in &mut words {
        at = at.trim_start();
        let length = word_length(at);
        (*word, at) = at.split_at(length);
    }
    let [number, unit, of] = words;
    let unit = unit.to_ascii_lowercase();
    if !matches!(unit.as_str(), "word" | "words") || !of.eq_ignore_ascii_case("of") {
        return None;
    }
    let number = number.parse().ok()?;
    Some((rest.len() - at.len(), number))
}
