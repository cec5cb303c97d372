//! Query text to tokens. Mistakes that show in a single word are found here.

use std::ops::Range;

use super::problem::Problem;
use super::syntax::{MAX_COUNT, MAX_DISTANCE, TextField};
use crate::core::text::fold::{Class, fold};

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
        problems,
    };
    while lexer.next() {}
    let end = query.len();
    lexer.push(TokenKind::End, end..end);
    lexer.tokens
}

struct Lexer<'q> {
    query: &'q str,
    at: usize,
    tokens: Vec<Token>,
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
            _ if first.is_whitespace() => self.at = after,
            '(' | '（' => self.single(TokenKind::Open, after),
            ')' | '）' => self.single(TokenKind::Close, after),
            ',' | '，' | '、' => self.single(TokenKind::Comma, after),
            _ if is_quote(first) => self.quoted(self.at, after, false),
            '=' if rest[1..].starts_with(is_quote) => {
                let quote = rest[1..].chars().next().map_or(0, char::len_utf8);
                self.quoted(self.at, after + quote, true);
            }
            _ => self.word(),
        }
        true
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
        let end = match rest.find(is_quote) {
            Some(length) => {
                let end = inside + length;
                let quote = self.query[end..].chars().next().map_or(0, char::len_utf8);
                let text = inside..end;
                self.push(TokenKind::Quoted { text, exact }, start..end + quote);
                return self.after_quote(start);
            }
            None => inside + guess_end(rest),
        };
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
            .find(|c| ends_word(c) || is_colon(c))
            .unwrap_or(rest.len());
        if rest[name..].starts_with(is_colon) && self.field(start, start + name) {
            return;
        }
        let length = word_length(rest);
        let word = &rest[..length];
        let span = start..start + length;
        match word {
            "AND" => return self.push(TokenKind::And, span),
            "OR" => return self.push(TokenKind::Or, span),
            "NOT" => return self.push(TokenKind::Not, span),
            _ => {}
        }
        let group = rest[length..].trim_start().starts_with(['(', '（']);
        if let Some(kind) = self.numbered(word, &span, group) {
            return self.push(kind, span);
        }
        self.push(TokenKind::Word, span);
    }

    /// `NEAR/6`, `PRE/2`, `ATLEAST/3(`, `MIN/2(`, and the ways in which they are mistyped.
    fn numbered(&mut self, word: &str, span: &Range<usize>, group: bool) -> Option<TokenKind> {
        let letters = word
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(word.len());
        let (name, rest) = word.split_at(letters);
        let digits = rest.strip_prefix('/').unwrap_or(rest);
        let number: Option<u32> = digits.parse().ok();
        let numbered = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let canonical = match name {
            "NEAR" | "PRE" if rest.is_empty() || rest.starts_with('/') || numbered => name,
            "ATLEAST" | "MIN"
                if rest.starts_with('/') || (group && (numbered || rest.is_empty())) =>
            {
                name
            }
            "near" | "Near" | "pre" | "Pre" if numbered => &name.to_ascii_uppercase(),
            "atleast" | "Atleast" | "AtLeast" | "min" | "Min" if numbered && group => {
                &name.to_ascii_uppercase()
            }
            "w" | "W" | "n" | "N" | "adj" | "ADJ" | "within" | "WITHIN"
                if numbered && (rest.starts_with('/') || name.len() > 1) =>
            {
                "NEAR"
            }
            _ => return None,
        };
        let (most, default) = match canonical {
            "NEAR" | "PRE" => (MAX_DISTANCE, 10),
            "ATLEAST" => (MAX_COUNT, 2),
            _ => (
                u32::try_from(super::syntax::MAX_TERMS).unwrap_or(u32::MAX),
                2,
            ),
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

    /// `title:` and its mistakes. False when the colon is none of a field, as in `12:30`.
    fn field(&mut self, start: usize, colon: usize) -> bool {
        let query = self.query;
        let name = &query[start..colon];
        let end = colon + query[colon..].chars().next().map_or(0, char::len_utf8);
        if let Some(kind) = known_field(name) {
            self.push(kind, start..end);
            return true;
        }
        if name.is_empty() || !name.chars().all(char::is_alphabetic) {
            return false;
        }
        if query[end..].starts_with("//") {
            let word = start..end + word_length(&query[end..]);
            self.problems.push(
                Problem::error(
                    word.clone(),
                    "an address is not a term: `site:` takes the domain of the item's address",
                )
                .help(format!("site:{}", domain_of(&query[word.clone()]))),
            );
            self.push(TokenKind::Word, word);
            return true;
        }
        let lower = name.to_lowercase();
        let span = start..end;
        if let Some((kind, right)) = nearest_field(&lower) {
            self.problems.push(
                Problem::error(
                    span.clone(),
                    format!("there is no field `{name}`: did you mean `{right}:`?"),
                )
                .help(format!("{right}:")),
            );
            self.push(kind, span);
            return true;
        }
        let message = match lower.as_str() {
            "language" | "lang" | "feed" | "feeds" => format!(
                "`{name}` is no field of the query: write `languages` or `feeds` beside `match`"
            ),
            _ => format!(
                "there is no field `{name}`: the fields are title, summary, text, author, category \
                 and site"
            ),
        };
        let word = start..end + word_length(&query[end..]);
        if word.end == end {
            self.problems
                .push(Problem::error(span, message).help("text:"));
            self.at = end;
        } else {
            let help = format!("\"{}\"", &query[word.clone()]);
            self.problems
                .push(Problem::error(word.clone(), message).help(help));
            self.push(TokenKind::Word, word);
        }
        true
    }
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// Bytes to the end of the word that `rest` begins with.
fn word_length(rest: &str) -> usize {
    rest.find(ends_word).unwrap_or(rest.len())
}

fn known_field(name: &str) -> Option<TokenKind> {
    if name == "site" {
        return Some(TokenKind::Site);
    }
    TextField::ALL
        .into_iter()
        .find(|field| field.name() == name)
        .map(TokenKind::Field)
}

/// The field that was probably meant: by another database's name for it, or by a slip of the finger.
fn nearest_field(lower: &str) -> Option<(TokenKind, &'static str)> {
    let right = match lower {
        "headline" | "hl" | "hlp" | "head" | "heading" | "intitle" | "título" | "titulo" => {
            "title"
        }
        "lead" | "lp" | "description" | "desc" | "abstract" => "summary",
        "body" | "content" | "article" | "intext" => "text",
        "by" | "byline" | "creator" | "writer" => "author",
        "tag" | "tags" | "topic" | "keyword" | "keywords" | "subject" | "section" => "category",
        "source" | "domain" | "url" | "inurl" | "host" | "website" | "rst" => "site",
        _ => {
            ["title", "summary", "text", "author", "category", "site"]
                .into_iter()
                .map(|field| (strsim::damerau_levenshtein(lower, field), field))
                .filter(|&(distance, field)| distance <= field.len() / 3)
                .min()?
                .1
        }
    };
    known_field(right).map(|kind| (kind, right))
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

/// Straight, curly, low, angle and corner quotes; any of them opens, and any closes.
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '「' | '」' | '『' | '』'
    )
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | ',' | '（' | '）' | '，' | '、')
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

/// Whether a term's text must stand in quotes to be read as the one term that it is.
pub(super) fn needs_quotes(text: &str) -> bool {
    let body = text.strip_prefix('=').unwrap_or(text);
    let sign = |c: char| matches!(c, '*' | '?' | '~' | '-' | '\'' | '’' | '.');
    body.is_empty()
        || !body.starts_with(|c| fold(c).class() != Class::Separator)
        || body
            .contains(|c: char| ends_word(c) || (fold(c).class() == Class::Separator && !sign(c)))
        || ["and", "or", "not", "near", "pre", "atleast", "min"]
            .contains(&body.to_ascii_lowercase().as_str())
        || body
            .strip_prefix(|c: char| c.is_ascii_alphabetic())
            .is_some_and(|_| body.ends_with(|c: char| c.is_ascii_digit()))
}
