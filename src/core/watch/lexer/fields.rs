//! `title:` and the ways in which fields are mistyped.

use super::super::field::TextField;
use super::cursor::{Lexer, is_colon, word_length};
use super::token::TokenKind;
use crate::core::text::normalization::verbatim_form;

impl Lexer<'_> {
    /// `title:` and its mistakes. False when the colon is none of a field, as in `12:30`.
    pub(super) fn field(&mut self, start: usize, colon: usize) -> bool {
        let query = self.query;
        let name = verbatim_form(&query[start..colon]);
        let name = name.as_str();
        let end = colon + query[colon..].chars().next().map_or(0, char::len_utf8);
        if let Some(kind) = known_field(name) {
            self.push(kind, start..end);
            return true;
        }
        if name.is_empty() {
            return self.colon_apart(end);
        }
        if !name.chars().all(char::is_alphabetic) {
            return false;
        }
        if query[end..].starts_with("//") {
            let word = start..end + word_length(&query[end..]);
            self.report(
                word.clone(),
                "an address is not a term: `site:` takes the domain of the item's address",
                format!("site:{}", domain_of(&query[word.clone()])),
            );
            self.push(TokenKind::Word, word);
            return true;
        }
        let lower = name.to_lowercase();
        let span = start..end;
        if let Some((kind, right)) = nearest_field(&lower) {
            self.report(
                span.clone(),
                format!("there is no field `{name}`: did you mean `{right}:`?"),
                format!("{right}:"),
            );
            self.push(kind, span);
            return true;
        }
        if is_beside(&lower) {
            self.beside(start, end);
            return true;
        }
        let message = format!(
            "there is no field `{name}`: the fields are title, summary, text, lead, author, \
             category and site"
        );
        let word = start..end + word_length(&query[end..]);
        if word.end == end {
            self.report(span, message, "text:");
            self.at = end;
        } else {
            let help = format!("\"{}\"", &query[word.clone()]);
            self.report(word.clone(), message, help);
            self.push(TokenKind::Word, word);
        }
        true
    }

    /// `title :police`. False when no field stands before the colon.
    fn colon_apart(&mut self, end: usize) -> bool {
        let Some(last) = self.tokens.last() else {
            return false;
        };
        let span = last.span.start..end;
        let apart = last.kind == TokenKind::Word && last.span.end < self.at;
        let name = &self.query[last.span.clone()];
        let Some(kind) = known_field(name).filter(|_| apart) else {
            return false;
        };
        self.tokens.pop();
        let message = format!("no blank stands between `{name}` and its colon");
        let help = format!("{name}:");
        self.report(span.clone(), message, help);
        self.push(kind, span);
        true
    }

    /// `title(police)` and `title=police`.
    pub(super) fn field_apart(&mut self, start: usize, name: &str) -> bool {
        let end = start + name.len();
        let length = match self.query[end..].chars().next() {
            Some('=') => name.len() + 1,
            Some('(' | '（') => name.len(),
            _ => return false,
        };
        let Some(kind) = known_field(name) else {
            return false;
        };
        let span = start..start + length;
        let message = format!("a colon stands behind the name of a field: `{name}:`");
        let help = format!("{name}:");
        self.report(span.clone(), message, help);
        self.push(kind, span);
        true
    }

    /// `language:es`: goes with its value, and with the AND before it.
    fn beside(&mut self, start: usize, end: usize) {
        let query = self.query;
        let name = query[start..end].trim_end_matches(is_colon);
        let message = format!(
            "`{name}` is no field of the query: write `languages` or `feeds` beside `match`"
        );
        let end = value_end(query, end);
        let mut from = start;
        while let Some(last) = self.tokens.last()
            && matches!(last.kind, TokenKind::And | TokenKind::Not)
        {
            from = last.span.start;
            self.tokens.pop();
        }
        self.report(from..end, message, "");
        if from == start || self.tokens.is_empty() {
            self.push(TokenKind::Word, from..end);
        } else {
            self.at = end;
        }
    }
}

/// What stands beside `match`, not in it.
fn is_beside(lower: &str) -> bool {
    matches!(
        lower,
        "language"
            | "languages"
            | "lang"
            | "feed"
            | "feeds"
            | "idioma"
            | "langue"
            | "sprache"
            | "язык"
    )
}

/// Where the value behind a colon ends: a word, a phrase or a group.
fn value_end(query: &str, start: usize) -> usize {
    const FARTHEST: usize = 1_000;
    let rest = &query[start..query.floor_char_boundary(start + FARTHEST)];
    let Some(first) = rest.chars().next() else {
        return start;
    };
    let inside = first.len_utf8();
    let close = match first {
        '(' => rest.find(')').map(|at| at + 1),
        _ if super::super::quotes::is_quote(first) => rest[inside..]
            .find(super::super::quotes::is_quote)
            .map(|at| {
                let end = inside + at;
                end + rest[end..].chars().next().map_or(0, char::len_utf8)
            }),
        _ => None,
    };
    start + close.unwrap_or_else(|| word_length(rest))
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
        "headline" | "hl" | "head" | "heading" | "intitle" | "título" | "titulo" | "titre"
        | "titel" | "überschrift" | "заголовок" | "标题" | "標題" | "عنوان" | "العنوان" => {
            "title"
        }
        "hlp" | "lp" | "lede" | "intro" | "entradilla" | "chapeau" | "chapô" | "лид" => "lead",
        "description" | "desc" | "abstract" | "resumen" | "résumé" | "resumo" => "summary",
        "body" | "content" | "article" | "intext" | "texto" | "texte" | "текст" | "正文" | "نص" => {
            "text"
        }
        "by" | "byline" | "creator" | "writer" | "autor" | "auteur" | "автор" | "作者" | "كاتب" => {
            "author"
        }
        "tag" | "tags" | "topic" | "keyword" | "keywords" | "subject" | "section" | "categoría"
        | "categoria" | "catégorie" | "категория" => "category",
        "source" | "domain" | "url" | "inurl" | "host" | "website" | "rst" | "sitio" | "fuente"
        | "сайт" => "site",
        _ => {
            [
                "title", "summary", "text", "lead", "author", "category", "site",
            ]
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
pub(in crate::core::watch) fn domain_of(address: &str) -> String {
    let without_scheme = address
        .split_once("//")
        .map_or(address, |(_, rest)| rest.trim_start_matches("www."));
    let host = without_scheme
        .split(['/', '?', '#', ':'])
        .next()
        .unwrap_or_default();
    host.trim_matches('.').to_lowercase()
}
