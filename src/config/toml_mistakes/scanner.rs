//! Reads a file line by line as somebody meant it.

use std::ops::Range;

use super::punctuation::{described, in_quotes, is_odd_blank, is_odd_quote, is_unseen};

/// Mistakes that are told of one file; nobody reads more before mending the first.
pub(super) const MOST: usize = 100;

/// One mistake of writing.
#[derive(Clone, Debug)]
pub(super) struct Mistake {
    pub(super) span: Range<usize>,
    /// A sentence without a full stop.
    pub(super) message: String,
    /// What to write in place of `span`, or what to do.
    pub(super) help: Option<String>,
    /// Up to here the parser's messages are of the same.
    pub(super) until: usize,
    /// Behind it the parser reads something else than what was meant.
    pub(super) derails: bool,
}

/// What a tolerant reading found.
pub(super) struct Scan {
    /// In the order of their places.
    pub(super) mistakes: Vec<Mistake>,
    /// Keys, each with the number of its table.
    pub(super) keys: Vec<Key>,
    /// Headers of tables; the first stands for what comes before them.
    pub(super) tables: Vec<Header>,
}

pub(super) struct Key {
    pub(super) table: usize,
    pub(super) name: String,
    pub(super) span: Range<usize>,
}

pub(super) struct Header {
    pub(super) name: String,
    pub(super) is_list: bool,
    pub(super) span: Range<usize>,
}

/// Tables that are lists of tables here.
const LISTS: [&str; 3] = ["watch", "feed", "recipient"];
/// Keys whose value is a list of texts.
const LIST_KEYS: [&str; 10] = [
    "languages",
    "feeds",
    "recipients",
    "tags",
    "digest",
    "topics",
    "watches",
    "allow",
    "yes",
    "no",
];
/// What begins a comment elsewhere.
const COMMENTS: [&str; 6] = ["//", "--", "/*", "<!--", ";", "%"];

/// Reads `text`.
pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner {
        text,
        at: 0,
        odd: Vec::new(),
        found: Scan {
            mistakes: Vec::new(),
            keys: Vec::new(),
            tables: vec![Header {
                name: String::new(),
                is_list: false,
                span: 0..0,
            }],
        },
    };
    scanner.document();
    let mut found = scanner.found;
    found
        .mistakes
        .sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
    found
}

/// What a value stands in, and so what ends it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    Line,
    List,
    Table,
}

impl Frame {
    pub(super) fn ends_with(self, c: char) -> bool {
        match self {
            Self::Line => false,
            Self::List => matches!(c, ',' | ']'),
            Self::Table => matches!(c, ',' | '}'),
        }
    }
}

pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// Blanks of this line that are none of TOML's.
    odd: Vec<usize>,
    found: Scan,
}

impl<'t> Scanner<'t> {
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn line_end(&self, from: usize) -> usize {
        let end = self.text[from..]
            .find('\n')
            .map_or(self.text.len(), |at| from + at);
        end - usize::from(self.text[from..end].ends_with('\r'))
    }

    /// The 1-based number of the line of a byte.
    pub(super) fn line_number(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    pub(super) fn tell(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found.mistakes.push(Mistake {
            until: span.end,
            span,
            message: message.into(),
            help: Some(help.into()),
            derails: false,
        });
    }

    /// Tells what makes the parser misread all that follows.
    pub(super) fn tell_derailing(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.tell(span, message, help);
        if let Some(last) = self.found.mistakes.last_mut() {
            last.derails = true;
        }
    }

    /// Passes over blanks, and notes those that are none.
    pub(super) fn blanks(&mut self) {
        while let Some(c) = self.peek() {
            if is_odd_blank(c) {
                self.odd.push(self.at);
            } else if !matches!(c, ' ' | '\t') {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    fn document(&mut self) {
        while self.at < self.text.len() && self.found.mistakes.len() <= MOST {
            let line = self.at;
            self.blanks();
            match self.peek() {
                None => {}
                Some('\n' | '\r') => self.at += 1,
                Some('#') => self.at = self.line_end(self.at),
                Some('[') => self.header(),
                Some(_) => self.entry(Frame::Line),
            }
            self.tell_odd_blanks(line);
        }
    }

    /// Blanks that are none of TOML's, with the line as it should be.
    fn tell_odd_blanks(&mut self, line: usize) {
        let odd = std::mem::take(&mut self.odd);
        let Some(&first) = odd.first() else {
            return;
        };
        let told = self.found.mistakes.last();
        if told.is_some_and(|mistake| mistake.span.start >= line) {
            return;
        }
        let Some(c) = self.text[first..].chars().next() else {
            return;
        };
        let start = self.text[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = self.line_end(first);
        let mut clean = String::new();
        for (at, c) in self.text[start..end].char_indices() {
            if !odd.contains(&(start + at)) {
                clean.push(c);
            } else if !is_unseen(c) {
                clean.push(' ');
            }
        }
        self.tell(start..end, described(c), clean.trim());
    }

    /// `[mail]`, `[[watch]]`.
    fn header(&mut self) {
        let start = self.at;
        let end = self.line_end(start);
        let line = &self.text[start..end];
        let content = line.split(" #").next().unwrap_or(line).trim_end();
        let opening = content.len() - content.trim_start_matches('[').len();
        let inner = content.trim_start_matches('[');
        let name_length = inner.find([']', '#']).unwrap_or(inner.len());
        let name = inner[..name_length].trim();
        let behind = &inner[name_length..];
        let closing = behind.len() - behind.trim_start_matches(']').len();
        let more = behind.trim_start_matches(']').trim();
        let span = start..start + content.len();
        self.at = end;
        if let Some((list, id)) = name.split_once([' ', ':', '='])
            && LISTS.contains(&list)
            && !id.trim().is_empty()
        {
            let id = id
                .trim()
                .trim_matches(|c| is_odd_quote(c) || matches!(c, '"' | '\''));
            let message = format!(
                "`[[{list}]]` has no name in its brackets: below it stands `id = {}`",
                in_quotes(id)
            );
            self.tell_derailing(span.clone(), message, format!("[[{list}]]"));
            self.found.tables.push(Header {
                name: list.to_owned(),
                is_list: true,
                span,
            });
            return;
        }
        let is_list = opening > 1 || closing > 1 || LISTS.contains(&name);
        let header = if is_list {
            format!("[[{name}]]")
        } else {
            format!("[{name}]")
        };
        let whole = matches!((opening, closing), (1, 1) | (2, 2));
        if !whole {
            let message = "the name of a table stands between as many brackets on both sides";
            self.tell_derailing(span.clone(), message, header);
        } else if opening == 1 && LISTS.contains(&name) {
            let message = format!("there may be several of these, so each begins with `{header}`");
            self.tell_derailing(span.clone(), message, header);
        } else if !more.is_empty() && !more.starts_with('#') {
            let message = "nothing stands behind the name of a table on its line";
            let help = match COMMENTS.iter().find_map(|sign| more.strip_prefix(sign)) {
                Some(comment) => format!("{header} # {}", comment.trim()),
                None => header,
            };
            self.tell_derailing(span.clone(), message, help);
        }
        self.found.tables.push(Header {
            name: name.to_owned(),
            is_list,
            span,
        });
    }

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
    fn behind(&mut self, is_query: bool) {
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

    /// `("en", "es")`.
    fn round_list(&mut self) {
        let start = self.at;
        let line = &self.text[start..self.line_end(start)];
        let length = line.find(')').map_or(line.len(), |at| at + 1);
        let inner = line[1..length].trim_end_matches(')').trim();
        self.at = start + length;
        let message = "a list stands between square brackets";
        self.tell(start..self.at, message, format!("[{inner}]"));
    }

    /// Passes over blanks, lines and comments inside brackets. False where a new key or table begins, so that
    /// the bracket was never closed.
    fn inside_brackets(&mut self) -> bool {
        loop {
            self.blanks();
            match self.peek() {
                None => return false,
                Some('\n') => {
                    self.at += 1;
                    if self.begins_anew(self.at) {
                        return false;
                    }
                }
                Some('\r') => self.at += 1,
                Some('#') => self.at = self.line_end(self.at),
                Some('/') if self.rest().starts_with("//") => {
                    let span = self.at..self.at + 2;
                    self.at = self.line_end(self.at);
                    self.tell(span, "a comment begins with `#`", "#");
                }
                Some(_) => return true,
            }
        }
    }

    /// Whether a header or a key with its value begins with this line.
    pub(super) fn begins_anew(&self, line: usize) -> bool {
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

    /// The parser may tell it where the next part stands.
    fn missing_comma(&mut self, last: Range<usize>, help: String) {
        self.tell(last, "a comma is missing behind this", help);
        if let Some(mistake) = self.found.mistakes.last_mut() {
            mistake.until = self.at + 1;
        }
    }

    fn list(&mut self, key: &str) {
        let start = self.at;
        self.at += 1;
        let mut last: Option<Range<usize>> = None;
        loop {
            if !self.inside_brackets() {
                let end = last.map_or(start + 1, |last| last.end);
                let help = format!("{}]", self.text[start..end].trim_end());
                self.tell_derailing(start..end, "this list is never closed", help);
                return;
            }
            match self.peek() {
                Some(']') => {
                    self.at += 1;
                    return;
                }
                Some(',') => {
                    self.at += 1;
                    last = last.map(|last| last.start..self.at);
                    continue;
                }
                Some(c @ (';' | '，' | '、' | '،' | '；')) => {
                    let span = self.at..self.at + c.len_utf8();
                    self.at = span.end;
                    self.tell(span, "a comma stands between the parts of a list", ",");
                    last = None;
                    continue;
                }
                _ => {}
            }
            if let Some(last) = last.take()
                && !self.text[last.clone()].ends_with(',')
            {
                let help = format!("{},", &self.text[last.clone()]);
                self.missing_comma(last, help);
            }
            let begin = self.at;
            self.value(Frame::List, key);
            if self.at == begin {
                self.at += self.peek().map_or(1, char::len_utf8);
            }
            last = Some(begin..self.at);
        }
    }

    /// `{ a = 1, b = 2 }`.
    fn table(&mut self, key: &str) {
        let start = self.at;
        self.at += 1;
        let mut last: Option<Range<usize>> = None;
        loop {
            if !self.inside_brackets() {
                let end = last.map_or(start + 1, |last| last.end);
                let help = format!("{} }}", self.text[start..end].trim_end());
                self.tell_derailing(
                    start..end,
                    format!("the table of `{key}` is never closed"),
                    help,
                );
                return;
            }
            match self.peek() {
                Some('}') => {
                    self.at += 1;
                    return;
                }
                Some(',') => {
                    self.at += 1;
                    last = None;
                    continue;
                }
                _ => {}
            }
            if let Some(last) = last.take() {
                let help = format!("{},", &self.text[last.clone()]);
                self.missing_comma(last, help);
            }
            let begin = self.at;
            // Its keys are no keys of the table around it.
            let known = self.found.keys.len();
            self.entry(Frame::Table);
            self.found.keys.truncate(known);
            if self.at == begin {
                self.at += self.peek().map_or(1, char::len_utf8);
            }
            last = Some(begin..self.at);
        }
    }
}

fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

fn begins_value(value: &str) -> bool {
    value.starts_with(|c: char| {
        matches!(c, '"' | '\'' | '[' | '{') || c.is_ascii_digit() || is_odd_quote(c)
    }) || matches!(value.split_whitespace().next(), Some("true" | "false"))
}

/// Keys of the configuration, as far as they tell a line of it from a line of a text.
fn is_known_key(key: &str) -> bool {
    matches!(
        key,
        "id" | "title"
            | "topic"
            | "match"
            | "languages"
            | "feeds"
            | "score"
            | "threshold"
            | "alert_above"
            | "urgency"
            | "recipients"
            | "yes"
            | "no"
            | "url"
            | "tags"
            | "language"
            | "every"
            | "address"
            | "name"
            | "timezone"
            | "digest"
            | "alerts"
            | "quiet"
            | "topics"
            | "watches"
            | "min_score"
            | "send_empty"
            | "privacy"
            | "operator"
            | "contact"
            | "allow"
            | "timeout"
            | "max_bytes"
            | "concurrency"
            | "backlog"
            | "retention"
            | "transport"
            | "host"
            | "port"
            | "tls"
            | "username"
            | "password"
            | "password_file"
            | "from"
            | "listen"
    )
}
