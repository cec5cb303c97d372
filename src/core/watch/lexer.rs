//! Query text to tokens. Mistakes that show in a single word are found here.

mod fields;
mod operators;

use std::ops::Range;

use super::field::TextField;
use super::problem::Problem;
use super::quotes::{closing_quote, ends_word, is_gershayim, is_quote, is_unseen, needs_quotes};
use super::syntax::MAX_DISTANCE;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A bare word; its text is the span.
    Word,
    /// Quoted; the text inside. `exact` when `=` stands before it.
    Quoted {
        text: Range<usize>,
        exact: bool,
    },
    Open,
    Close,
    Comma,
    And,
    Or,
    Not,
    /// `@` with the name of a word list, or alone.
    List,
    Near(u32),
    Pre(u32),
    AtLeast(u32),
    Min(u32),
    Field(TextField),
    Site,
    End,
}

/// Splits a query into tokens. The last is always [`TokenKind::End`].
pub(super) fn tokens(query: &str, problems: &mut Vec<Problem>) -> Vec<Token> {
    let mut lexer = Lexer {
        query,
        at: 0,
        tokens: Vec::new(),
        brackets: Vec::new(),
        problems,
    };
    while lexer.next() {}
    for at in std::mem::take(&mut lexer.brackets) {
        lexer.bracket(at..at + 1, "(");
    }
    let end = query.len();
    lexer.push(TokenKind::End, end..end);
    lexer.tokens
}

struct Lexer<'q> {
    query: &'q str,
    at: usize,
    tokens: Vec<Token>,
    /// Brackets that were not closed yet.
    brackets: Vec<usize>,
    problems: &'q mut Vec<Problem>,
}

impl Lexer<'_> {
    fn next(&mut self) -> bool {
        let rest = &self.query[self.at..];
        let Some(first) = rest.chars().next() else {
            return false;
        };
        let after = self.at + first.len_utf8();
        match first {
            _ if is_blank(first) => self.at = after,
            '(' | '（' => self.single(TokenKind::Open, after),
            ')' | '）' => self.single(TokenKind::Close, after),
            ',' | '，' | '、' | '،' => self.single(TokenKind::Comma, after),
            '[' | '{' => {
                self.brackets.push(self.at);
                self.single(TokenKind::Open, after);
            }
            ']' | '}' => {
                self.closing_bracket(after);
                self.single(TokenKind::Close, after);
            }
            '\\' if rest[1..].starts_with(is_quote) => {
                let quote = rest[1..].chars().next().map_or(0, char::len_utf8);
                self.escaped_quote(self.at..after + quote, "\"");
                self.at = after;
            }
            _ if is_quote(first) => self.quoted(self.at, after, false),
            '=' if rest[1..].starts_with(is_quote) => {
                let quote = rest[1..].chars().next().map_or(0, char::len_utf8);
                self.quoted(self.at, after + quote, true);
            }
            '@' | '＠' => self.list(),
            '=' if rest[1..].starts_with(['@', '＠']) => {
                let end = after + word_length(&rest[1..]);
                let message = "`=` stands before a word; a list says of each of its words whether it has forms";
                let help = &self.query[after..end];
                self.problems
                    .push(Problem::error(self.at..end, message).help(help));
                self.at = after;
            }
            _ => self.word(),
        }
        true
    }

    fn list(&mut self) {
        let rest = &self.query[self.at..];
        let name = rest[..word_length(rest)].trim_end_matches(is_unseen);
        self.push(TokenKind::List, self.at..self.at + name.len());
    }

    fn push(&mut self, kind: TokenKind, span: Range<usize>) {
        self.at = span.end;
        self.tokens.push(Token { kind, span });
    }

    fn single(&mut self, kind: TokenKind, end: usize) {
        self.push(kind, self.at..end);
    }

    fn quoted(&mut self, start: usize, inside: usize, exact: bool) {
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
            self.problems
                .push(Problem::error(start..inside, "this quote has no partner").help(""));
            self.at = inside;
            return;
        }
        let text = self.query[inside..end].trim_end();
        let end = inside + text.len();
        let equals = if exact { "=" } else { "" };
        self.problems.push(
            Problem::error(start..end, "this quote is never closed")
                .help(format!("{equals}\"{text}\"")),
        );
        let text = inside..end;
        self.push(TokenKind::Quoted { text, exact }, start..end.max(inside));
    }

    /// `\"tear gas\"`: the backslash of some string in a string that knows none.
    fn escaped_quote(&mut self, span: Range<usize>, help: &str) {
        let message = "a quote of a query has no backslash before it in this kind of string";
        self.problems.push(Problem::error(span, message).help(help));
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

    /// `[police OR army]`: told in one piece when it is short.
    fn closing_bracket(&mut self, end: usize) {
        const LONGEST: usize = 400;
        let Some(open) = self.brackets.pop() else {
            return self.bracket(self.at..end, ")");
        };
        let inside = &self.query[open + 1..self.at];
        if inside.len() <= LONGEST {
            let help = format!("({})", group_of(inside));
            return self.bracket(open..end, &help);
        }
        self.bracket(open..open + 1, "(");
        self.bracket(self.at..end, ")");
    }

    fn bracket(&mut self, span: Range<usize>, help: &str) {
        let message = "groups stand in round parentheses";
        self.problems.push(Problem::error(span, message).help(help));
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
            self.problems
                .push(Problem::error(start..end, message).help(help));
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
        self.problems.push(
            Problem::error(
                start..self.at + 1,
                format!("`{sign}` belongs to a word, so it stands inside the quotes"),
            )
            .help(format!("{equals}\"{inside}\"")),
        );
        self.at += 1;
    }

    fn word(&mut self) {
        let start = self.at;
        let rest = &self.query[start..];
        let name = rest
            .find(|c| ends_word(c) || is_colon(c) || c == '=')
            .unwrap_or(rest.len());
        if rest[name..].starts_with(is_colon) && self.field(start, start + name) {
            return;
        }
        if self.field_apart(start, &rest[..name]) {
            return;
        }
        let word = rest[..word_length(rest)].trim_end_matches(is_unseen);
        let length = word.len();
        let span = start..start + length;
        match word {
            "AND" => return self.push(TokenKind::And, span),
            "OR" => return self.push(TokenKind::Or, span),
            "NOT" => return self.push(TokenKind::Not, span),
            _ => {}
        }
        if self.apart(start, word) {
            return;
        }
        let behind = rest[length..].trim_start_matches(is_blank);
        let group = behind.starts_with(['(', '（']);
        if let Some(kind) = self.numbered(word, &span, group) {
            return self.push(kind, span);
        }
        self.push(TokenKind::Word, span);
    }
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// Bytes to the end of the word that `rest` begins with.
fn word_length(rest: &str) -> usize {
    let mut ends = rest.match_indices(ends_word).map(|(at, _)| at);
    ends.find(|&at| !is_gershayim(rest, at))
        .unwrap_or(rest.len())
}

/// The domain in an address or in something like one, in lower case.
pub(super) fn domain_of(address: &str) -> String {
    let without_scheme = address
        .split_once("//")
        .map_or(address, |(_, rest)| rest.trim_start_matches("www."));
    let host = without_scheme
        .split(['/', '?', '#', ':'])
        .next()
        .unwrap_or_default();
    host.trim_matches('.').to_lowercase()
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_unseen(c)
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

/// What stands in other brackets, for round ones: plain words become a phrase, and a list is joined.
fn group_of(inside: &str) -> String {
    let is_plain = inside
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '\'' | '’' | '-' | '*' | '?'))
        && !inside.split(' ').any(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "and" | "or" | "not" | "near" | "but" | "pre"
            ) || word.starts_with('-')
        });
    if !is_plain {
        return inside.to_owned();
    }
    let parts: Vec<String> = inside
        .split(',')
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty())
        .map(|part| {
            if part.contains(' ') {
                format!("\"{part}\"")
            } else {
                part
            }
        })
        .collect();
    parts.join(" OR ")
}
