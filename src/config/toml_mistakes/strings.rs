//! Texts between quotes, and the ways in which they end too early or never.

use super::punctuation::{in_quotes, is_odd_quote};
use super::scanner::{Frame, Scanner};

impl Scanner<'_> {
    /// Whether nothing of a value follows at `at`: the end of its line, a comment, or what ends it in a list.
    fn is_end(&self, at: usize, frame: Frame) -> bool {
        let line = self.text[at..self.line_end(at)].trim_start();
        line.is_empty() || line.starts_with('#') || line.starts_with(|c| frame.ends_with(c))
    }

    /// The quote on this line behind which nothing of the value follows: the last one, in a list the first.
    fn true_end(
        &self,
        from: usize,
        frame: Frame,
        is_quote: impl Fn(char) -> bool,
    ) -> Option<usize> {
        let line = &self.text[from..self.line_end(from)];
        let ends = line
            .char_indices()
            .filter(|(at, c)| is_quote(*c) && self.is_end(from + at + c.len_utf8(), frame));
        let mut ends = ends.map(|(at, _)| from + at);
        if frame == Frame::Line {
            ends.last()
        } else {
            ends.next()
        }
    }

    /// `"text"` or `'text'` on one line.
    pub(super) fn quoted(&mut self, frame: Frame) {
        let start = self.at;
        let quote = if self.rest().starts_with('"') {
            '"'
        } else {
            '\''
        };
        let line_end = self.line_end(start);
        let Some(end) = closing(&self.text[start + 1..line_end], quote).map(|at| start + 1 + at)
        else {
            return self.unclosed(frame, quote);
        };
        self.at = end + 1;
        if self.is_end(self.at, frame) {
            return self.check_escapes(start, end, quote);
        }
        let behind = self.text[self.at..line_end].trim_start();
        if frame == Frame::Line
            && behind.starts_with([',', '"', '\''])
            && self.texts_in_a_row(start)
        {
            return;
        }
        if frame == Frame::List
            && behind.starts_with(|c: char| "\"';；，、،".contains(c) || is_odd_quote(c))
        {
            // The comma that is missing is told by the list.
            return;
        }
        let is_quote = |c: char| c == quote;
        let Some(last) = self.true_end(self.at, frame, is_quote) else {
            // Told as what stands behind it.
            if frame != Frame::Line {
                let rest = &self.text[self.at..line_end];
                let length = rest.find(|c| frame.ends_with(c)).unwrap_or(rest.len());
                self.at += length;
                let whole = self.text[start..self.at].trim_end();
                let inner: String = whole.chars().filter(|c| *c != quote).collect();
                let span = start..start + whole.len();
                self.tell(
                    span,
                    "this text goes on behind its closing quote",
                    in_quotes(inner.trim()),
                );
            }
            return;
        };
        let inner = &self.text[start + 1..last];
        self.at = last + 1;
        let message = if quote == '"' {
            "a `\"` ends a text that began with one: write it between '…', or write \\\" inside"
        } else {
            "a `'` ends a text that began with one: write it between \"…\""
        };
        let inner = if quote == '"' {
            inner.replace("\\\"", "\"")
        } else {
            inner.to_owned()
        };
        self.tell(start..last + 1, message, in_quotes(&inner));
    }

    /// `match = "jail" OR "prison"`: the quotes were meant for the query. Tells it and takes it.
    pub(super) fn query_in_pieces(&mut self) -> bool {
        let start = self.at;
        let line = &self.text[start..self.line_end(start)];
        let marks = ["\"\"\"", "'''", "\"", "'"];
        let Some(mark) = marks.into_iter().find(|mark| line.starts_with(mark)) else {
            return false;
        };
        let inside = &line[mark.len()..];
        let close = match mark.chars().next() {
            Some(quote) if mark.len() == 1 => closing(inside, quote),
            _ => closing_mark(inside, mark),
        };
        let Some(behind) = close.map(|at| &inside[at + mark.len()..]) else {
            return false;
        };
        let word = behind.split_whitespace().next().unwrap_or_default();
        let is_operator = matches!(word.to_lowercase().as_str(), "and" | "or" | "not")
            || word.starts_with("NEAR/")
            || word.starts_with("PRE/");
        if !behind.starts_with(char::is_whitespace) || !is_operator {
            return false;
        }
        let content = line.split(" #").next().unwrap_or(line).trim_end();
        let mut query = content.to_owned();
        if mark.len() == 3 {
            query = query.replace(mark, "\"");
        }
        for operator in ["and", "or", "not"] {
            query = query.replace(
                &format!(" {operator} "),
                &format!(" {} ", operator.to_uppercase()),
            );
        }
        self.at = start + content.len();
        let message = format!("the text ends in front of `{word}`: one text holds the whole query");
        self.tell(start..self.at, message, in_quotes(&query));
        true
    }

    /// `"en", "es"` without brackets: tells it and takes it.
    fn texts_in_a_row(&mut self, start: usize) -> bool {
        let line = &self.text[start..self.line_end(start)];
        let mut parts = Vec::new();
        let mut at = 0;
        loop {
            let rest = &line[at..];
            let Some(quote @ ('"' | '\'')) = rest.chars().next() else {
                return false;
            };
            let Some(end) = closing(&rest[1..], quote) else {
                return false;
            };
            parts.push(&rest[..end + 2]);
            at += end + 2;
            let behind = line[at..].trim_start();
            if behind.is_empty() || behind.starts_with('#') {
                break;
            }
            let next = behind.trim_start_matches(',').trim_start();
            // `"a"b"` is one text with a quote in it.
            if next.len() == line[at..].len() {
                return false;
            }
            if next.is_empty() || next.starts_with('#') {
                return false;
            }
            at = line.len() - next.len();
        }
        if parts.len() < 2 {
            return false;
        }
        self.at = start + at;
        let message = "several texts are a list, and stand between brackets";
        self.tell(
            start..start + at,
            message,
            format!("[{}]", parts.join(", ")),
        );
        true
    }

    /// `"C:\Users\…"`: a backslash that begins no escape.
    fn check_escapes(&mut self, start: usize, end: usize, quote: char) {
        let inner = &self.text[start + 1..end];
        if quote == '\'' || !inner.contains('\\') {
            return;
        }
        let literal = &self.text[start..=end];
        if toml::de::DeValue::parse(literal).is_ok() {
            return;
        }
        let message =
            "in a text between \"…\" a backslash begins an escape: between '…' it is a backslash";
        let help = if inner.contains('\'') {
            literal.replace('\\', "\\\\")
        } else {
            format!("'{}'", inner.replace("\\\"", "\""))
        };
        self.tell(start..end + 1, message, help);
    }

    /// A quote without its partner on the line.
    fn unclosed(&mut self, frame: Frame, quote: char) {
        let start = self.at;
        let line_end = self.line_end(start);
        let line = &self.text[start + 1..line_end];
        if let Some(end) = self.true_end(start + 1, frame, |c| {
            is_odd_quote(c) || matches!(c, '"' | '\'')
        }) {
            let inner = &self.text[start + 1..end];
            let other = self.text[end..].chars().next().unwrap_or(quote);
            self.at = end + other.len_utf8();
            let span = start..self.at;
            let message = format!("this text begins with {quote} and ends with {other}");
            return self.tell(span, message, in_quotes(inner));
        }
        if let Some(end) = self.later_quote(line_end, quote) {
            let inner = &self.text[start + 1..end];
            self.at = end + 1;
            let message = "a text of several lines stands between ''' and '''";
            let marks = if inner.contains("'''") {
                "\"\"\""
            } else {
                "'''"
            };
            let help = format!("{marks}\n{}{marks}", inner.trim_start_matches(['\r', '\n']));
            return self.report_structural_mistakes(start..self.at, message, help);
        }
        let length = line.find(|c| frame.ends_with(c) && frame == Frame::Table || c == '#');
        let mut content = line[..length.unwrap_or(line.len())].trim_end();
        if frame == Frame::List {
            content = content.trim_end_matches([']', ',']).trim_end();
        }
        self.at = start + 1 + content.len();
        let message = "this text is never closed";
        self.tell(start..self.at, message, in_quotes(content));
    }

    /// The quote that closes a text on a later line, before anything new begins.
    fn later_quote(&self, from: usize, quote: char) -> Option<usize> {
        const MOST_LINES: usize = 200;
        let mut line = from;
        for _ in 0..MOST_LINES {
            line += self.text[line..].find('\n')? + 1;
            if self.starts_new_statement(line) {
                return None;
            }
            let end = self.line_end(line);
            let content = self.text[line..end].trim_end();
            if let Some(before) = content.strip_suffix(quote) {
                let odd = before.matches(quote).count() % 2 == 0;
                return odd.then_some(line + before.len());
            }
        }
        None
    }

    /// `'''` and `"""`.
    pub(super) fn several_lines(&mut self) {
        let start = self.at;
        let mark = &self.text[start..start + 3];
        let inside = start + 3;
        let close = closing_mark(&self.text[inside..], mark).map(|at| inside + at);
        let begins = self.next_beginning(inside, close.unwrap_or(self.text.len()));
        // Three quotes behind `key =` open the next text; they do not close this one.
        let opens_next = close.is_some_and(|close| {
            let line = self.text[..close].rfind('\n').map_or(0, |at| at + 1);
            let front = self.text[line..close].trim();
            let key = front.strip_suffix('=').map(str::trim);
            line > inside
                && key.is_some_and(|key| !key.is_empty() && !key.contains(['"', '\'', ' ']))
        });
        if let Some(close) = close
            && !opens_next
        {
            self.at = close + 3;
            while self.rest().starts_with(&mark[..1]) && self.at < close + 5 {
                self.at += 1;
            }
            if mark.starts_with('"')
                && toml::de::DeValue::parse(&self.text[start..self.at]).is_err()
                && self.text[inside..close].contains('\\')
                && !self.text[inside..close].contains("'''")
            {
                let message =
                    "between \"\"\" a backslash begins an escape: between ''' it is a backslash";
                let help = format!("'''{}'''", &self.text[inside..close]);
                self.tell(start..self.at, message, help);
            }
            return;
        }
        let text_end = self.text[..begins].trim_end().len().max(inside);
        let line = self.line_number(text_end);
        let message = format!("this {mark} is never closed");
        let help = format!("write {mark} at the end of line {line}, where its text seems to end");
        self.report_structural_mistakes(start..inside, message, help);
        self.at = begins;
    }

    /// The line from which something new begins, at most `end`.
    fn next_beginning(&self, from: usize, end: usize) -> usize {
        let mut line = from;
        while let Some(newline) = self.text[line..].find('\n') {
            line += newline + 1;
            if line >= end {
                // The line of the closing quotes, when it begins with a key.
                let own = self.text[..end].rfind('\n').map_or(0, |at| at + 1);
                return if own > from && own < end { own } else { end };
            }
            if self.starts_new_statement(line) {
                return line;
            }
        }
        end
    }

    /// “text”, «text», `text`.
    pub(super) fn oddly_quoted(&mut self, frame: Frame) {
        let start = self.at;
        let Some(first) = self.peek() else {
            return;
        };
        let marks = self.rest().chars().take_while(|c| is_odd_quote(*c)).count();
        if marks >= 3 {
            return self.oddly_marked(start);
        }
        let inside = start + first.len_utf8();
        let is_quote = |c: char| is_odd_quote(c) || matches!(c, '"' | '\'');
        let end = self.true_end(inside, frame, is_quote);
        let line = &self.text[inside..self.line_end(inside)];
        let (inner, end) = if let Some(end) = end {
            let quote = self.text[end..].chars().next().map_or(1, char::len_utf8);
            (&self.text[inside..end], end + quote)
        } else {
            let length = line
                .find(|c| c == '#' || (frame == Frame::Table && frame.ends_with(c)))
                .unwrap_or(line.len());
            let content = line[..length].trim_end();
            let content = if frame == Frame::List {
                content.trim_end_matches([']', ',']).trim_end()
            } else {
                content
            };
            (content, inside + content.len())
        };
        let message = format!("{first} begins no text here: TOML's quotes are \"…\" and '…'");
        // Inside, the query takes straight quotes as well.
        let straight: String = inner
            .chars()
            .map(|c| {
                if matches!(c, '“' | '”' | '„' | '‟' | '＂') {
                    '"'
                } else {
                    c
                }
            })
            .collect();
        self.at = end;
        self.tell(start..end, message, in_quotes(&straight));
    }

    /// Three quotes of a word processor around several lines.
    fn oddly_marked(&mut self, start: usize) {
        let rest = &self.text[start..];
        let length: usize = rest
            .chars()
            .take_while(|c| is_odd_quote(*c))
            .take(3)
            .map(char::len_utf8)
            .sum();
        let message =
            "these quotes are not TOML's: a text of several lines stands between ''' and '''";
        self.report_structural_mistakes(start..start + length, message, "'''");
        let mut run = 0;
        let mut run_start = 0;
        let mut close = None;
        for (at, c) in rest[length..].char_indices() {
            if is_odd_quote(c) || c == '\'' {
                if run == 0 {
                    run_start = at;
                }
                run += 1;
                if run == 3 {
                    close = Some((
                        start + length + run_start,
                        start + length + at + c.len_utf8(),
                    ));
                    break;
                }
            } else {
                run = 0;
            }
        }
        match close {
            Some((from, to)) if self.next_beginning(start + length, from) >= from => {
                if &self.text[from..to] != "'''" {
                    self.tell(from..to, "these quotes are not TOML's", "'''");
                }
                self.at = to;
            }
            _ => self.at = self.next_beginning(start + length, self.text.len()),
        }
    }
}

/// Where the quote stands that closes a text of one line.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote == '"' {
            escaped = true;
        } else if c == quote {
            return Some(at);
        }
    }
    None
}

/// Where the three quotes stand that close a text of several lines.
fn closing_mark(text: &str, mark: &str) -> Option<usize> {
    text.match_indices(mark).map(|(at, _)| at).find(|&at| {
        let slashes = text[..at].len() - text[..at].trim_end_matches('\\').len();
        mark.starts_with('\'') || slashes.is_multiple_of(2)
    })
}
