//! Values, by what they begin with, and what stands behind them on their line.

use super::known_keys::LIST_KEYS;
use super::punctuation::{COMMENTS, in_quotes, is_odd_quote, is_unseen};
use super::scanner::{Frame, Scanner};

impl Scanner<'_> {
    pub(super) fn value(&mut self, frame: Frame, key: &str) {
        let rest = self.rest();
        match self.peek() {
            None | Some('\n' | '\r') => {}
            _ if rest.starts_with("\"\"\"") || rest.starts_with("'''") => self.several_lines(),
            Some('"' | '\'') => self.quoted(frame),
            Some('[') => self.list(key),
            Some('{') => self.table(key),
            Some('(') if frame == Frame::Line && LIST_KEYS.contains(&key) => self.round_list(),
            Some(c) if is_odd_quote(c) => self.oddly_quoted(frame),
            Some(_) => self.bare(frame, key),
        }
    }

    fn bare(&mut self, frame: Frame, key: &str) {
        let start = self.at;
        let line_end = self.line_end(start);
        let line = &self.text[start..line_end];
        let mut end = line.len();
        let mut before = ' ';
        for (at, c) in line.char_indices() {
            let comment = c == '#' && before.is_whitespace();
            let foreign = before.is_whitespace()
                && at > 0
                && ["//", "/*", "<!--", ";"]
                    .iter()
                    .any(|sign| line[at..].starts_with(sign));
            if comment || foreign || frame.ends_with(c) {
                end = at;
                break;
            }
            before = c;
        }
        let token = line[..end].trim_end_matches(|c: char| c.is_whitespace() || is_unseen(c));
        // `{ a = 1 b = 2 }`: the comma that is missing is told by the table.
        let first = token.split_whitespace().next().unwrap_or_default();
        let goes_on = frame == Frame::Table
            && token[first.len()..].contains('=')
            && super::unquoted::bare(first).is_none();
        let token = if goes_on { first } else { token };
        self.at = start + token.len().max(1).min(line.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        if frame == Frame::Line && LIST_KEYS.contains(&key) && !token.is_empty() {
            let parts = token
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            let parts: Vec<String> = parts
                .map(|part| {
                    in_quotes(
                        part.trim_matches(|c| is_odd_quote(c) || matches!(c, '"' | '\'' | ']')),
                    )
                })
                .collect();
            let message = format!("the value of `{key}` is a list of texts in quotes");
            let span = start..self.at;
            self.tell(span, message, format!("[{}]", parts.join(", ")));
            return;
        }
        if let Some((message, help)) = super::unquoted::bare(token) {
            self.tell(start..self.at, message, help);
        }
    }

    /// What stands behind a value on its line.
    pub(super) fn behind(&mut self, is_query: bool) {
        if self.text[..self.at].ends_with('\n') {
            // The value was never closed, and something new begins here.
            return;
        }
        self.blanks();
        let line_end = self.line_end(self.at);
        let line = &self.text[self.at..line_end];
        if line.is_empty() || line.starts_with('#') {
            self.at = line_end;
            return;
        }
        let content = line.split(" #").next().unwrap_or(line).trim_end();
        let span = self.at..self.at + content.len();
        self.at = line_end;
        let comment = COMMENTS.iter().find_map(|sign| content.strip_prefix(sign));
        if let Some(comment) = comment {
            let comment = comment.trim().trim_end_matches("*/").trim_end();
            self.tell(span, "a comment begins with `#`", format!("# {comment}"));
        } else if content == "," {
            self.tell(span, "no comma stands at the end of a line", "leave it out");
        } else {
            let message = "something stands behind the value, which is whole before it";
            // A part of a query must not be lost.
            let help = if is_query {
                "put it inside the quotes".to_owned()
            } else {
                format!("# {content}")
            };
            self.tell(span, message, help);
        }
    }
}
