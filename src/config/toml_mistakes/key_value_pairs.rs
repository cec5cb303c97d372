//! Keys and the sign between them and their values.

use std::ops::Range;

use super::known_keys::{LIST_KEYS, is_known_key};
use super::punctuation::{COMMENTS, in_quotes, is_bare, is_odd_blank, is_odd_quote};
use super::scanner::{Frame, Key, Scanner};

impl Scanner<'_> {
    /// `key = value`.
    pub(super) fn entry(&mut self, frame: Frame) {
        let start = self.at;
        let line_end = self.line_end(start);
        let line = &self.text[start..line_end];
        if frame == Frame::Line
            && let Some(sign) = COMMENTS.into_iter().find(|sign| line.starts_with(sign))
        {
            self.tell(start..start + sign.len(), "a comment begins with `#`", "#");
            self.at = line_end;
            return;
        }
        let key_end = self.key_end(line_end);
        let key = self.text[start..key_end]
            .trim_end_matches(|c: char| c.is_whitespace() || is_odd_blank(c));
        let key_span = start..start + key.len();
        self.at = key_span.end;
        self.blanks();
        if !self.separator(&key_span, line_end) {
            self.no_separator(start, line_end);
            return;
        }
        let name = self.check_key(&key_span);
        self.found.keys.push(Key {
            table: self.found.tables.len() - 1,
            name: name.clone(),
            span: key_span.clone(),
        });
        self.blanks();
        if matches!(self.peek(), None | Some('\n' | '\r' | '#')) {
            let help = if LIST_KEYS.contains(&name.as_str()) {
                format!("{key} = [\"…\"]")
            } else {
                format!("{key} = \"…\"")
            };
            let end = self.text[..self.at].trim_end().len().max(key_span.end);
            let message = format!("`{key}` has no value");
            self.tell(start..end, message, help);
            return;
        }
        let is_query = matches!(name.as_str(), "match" | "query");
        if !(is_query && frame == Frame::Line && self.query_in_pieces()) {
            self.value(frame, &name);
        }
        if frame == Frame::Line {
            self.behind(is_query);
        }
    }

    /// Where a key ends that begins here.
    fn key_end(&self, line_end: usize) -> usize {
        let line = &self.text[self.at..line_end];
        let mut quote: Option<char> = None;
        for (at, c) in line.char_indices() {
            match quote {
                Some(open) if c == open || (is_odd_quote(open) && is_odd_quote(c)) => quote = None,
                None if at == 0 && (matches!(c, '"' | '\'') || is_odd_quote(c)) => quote = Some(c),
                None if matches!(c, '=' | ':' | '＝' | '：' | '#') => return self.at + at,
                _ => {}
            }
        }
        // A quote that is never closed, or no separator at all.
        let end = line.find(['=', '＝']).unwrap_or(line.len());
        self.at + end
    }

    /// The sign between key and value; tells one that is wrong.
    fn separator(&mut self, key: &Range<usize>, line_end: usize) -> bool {
        let rest = &self.text[self.at..line_end];
        let wrong = ["==", "=>", ":=", "：=", ":", "：", "＝"];
        if let Some(sign) = wrong.into_iter().find(|sign| rest.starts_with(sign)) {
            if key.is_empty() {
                return false;
            }
            let span = self.at..self.at + sign.len();
            let before = self.text[..span.start].ends_with([' ', '\t']);
            let after = self.text[span.end..].starts_with([' ', '\t']);
            let help = match (before, after) {
                (true, true) => "=",
                (true, false) => "= ",
                (false, true) => " =",
                (false, false) => " = ",
            };
            let message = format!("`=` stands between a key and its value, not `{sign}`");
            self.at = span.end;
            self.tell(span, message, help);
            return true;
        }
        if rest.starts_with('=') {
            self.at += 1;
            return true;
        }
        false
    }

    /// A line without `=`.
    fn no_separator(&mut self, start: usize, line_end: usize) {
        let line = &self.text[start..line_end];
        let content = line.split(" #").next().unwrap_or(line).trim_end();
        let span = start..start + content.len();
        self.at = line_end;
        let (key, value) = content
            .split_once(char::is_whitespace)
            .map_or((content, ""), |(key, value)| (key, value.trim()));
        let is_key = key.chars().all(is_bare);
        if is_key && !value.is_empty() && (is_known_key(key) || begins_value(value)) {
            let value = match super::unquoted::bare(value) {
                Some((_, text)) if !begins_value(value) => text,
                _ => value.to_owned(),
            };
            let message = format!("`=` is missing behind `{key}`");
            self.tell(span, message, format!("{key} = {value}"));
        } else if is_key && value.is_empty() && is_known_key(key) {
            self.tell(
                span,
                format!("`{key}` has no value"),
                format!("{key} = \"…\""),
            );
        } else {
            let message =
                "a line is `key = value`, the name of a table or a comment, and this is none";
            self.tell(span, message, format!("# {content}"));
        }
    }

    /// Tells a key that must stand in quotes; gives its name.
    fn check_key(&mut self, span: &Range<usize>) -> String {
        let key = &self.text[span.clone()];
        if key.is_empty() {
            self.tell(
                span.start..self.at,
                "a key is missing in front of `=`",
                "key =",
            );
            return String::new();
        }
        if key.starts_with(['"', '\'']) {
            let quote = &key[..1];
            if key.len() > 1 && key.ends_with(quote) || key.contains('.') {
                return key.trim_matches(['"', '\'']).to_owned();
            }
        } else if key
            .chars()
            .all(|c| is_bare(c) || matches!(c, '.' | ' ' | '\t'))
            && key
                .split('.')
                .all(|part| !part.trim().is_empty() && !part.trim().contains(' '))
        {
            return key.to_owned();
        }
        let bare = |c: char| is_odd_quote(c) || matches!(c, '"' | '\'');
        let name = key.trim_matches(bare).trim();
        let help = if name.chars().all(is_bare) && !name.is_empty() {
            name.to_owned()
        } else {
            in_quotes(name)
        };
        let message = if key.starts_with(is_odd_quote) {
            "these quotes are not TOML's"
        } else {
            "a key of several words, or of other letters than a to z, stands between quotes"
        };
        self.tell(span.clone(), message, help);
        name.to_owned()
    }

    /// Whether a header or a key with its value begins with this line.
    pub(super) fn starts_new_statement(&self, line: usize) -> bool {
        let content = self.text[line..self.line_end(line)].trim();
        if let Some(inner) = content.strip_prefix('[') {
            let header = content.split('#').next().unwrap_or_default().trim();
            let name = inner.trim_matches(['[', ']']);
            return header.ends_with(']')
                && !name.is_empty()
                && name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name
                    .split(']')
                    .next()
                    .unwrap_or_default()
                    .chars()
                    .all(|c| is_bare(c) || c == '.');
        }
        content.split_once('=').is_some_and(|(key, value)| {
            let key = key.trim();
            let whole = is_known_key(key) || begins_value(value.trim());
            !key.is_empty() && key.chars().all(is_bare) && whole
        })
    }
}

fn begins_value(value: &str) -> bool {
    value.starts_with(|c: char| {
        matches!(c, '"' | '\'' | '[' | '{') || c.is_ascii_digit() || is_odd_quote(c)
    }) || matches!(value.split_whitespace().next(), Some("true" | "false"))
}
