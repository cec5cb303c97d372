//! Query text to tokens. Mistakes that show in a single word are found here.

mod brackets;
mod cursor;
mod fields;
mod operators;
mod quoted;
mod token;

use cursor::{Lexer, is_blank, is_colon, word_length};
pub(super) use fields::domain_of;
pub(super) use token::{Token, TokenKind};

use super::problem::Problem;
use super::quotes::{ends_word, is_quote, is_unseen};

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
                self.report(self.at..end, message, help);
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
