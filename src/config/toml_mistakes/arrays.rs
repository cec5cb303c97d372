//! Lists and tables between brackets.

use std::ops::Range;

use super::scanner::{Frame, Scanner};

impl Scanner<'_> {
    /// `("en", "es")`.
    pub(super) fn round_list(&mut self) {
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
                    if self.starts_new_statement(self.at) {
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

    /// The parser may tell it where the next part stands.
    fn missing_comma(&mut self, last: Range<usize>, help: String) {
        self.tell(last, "a comma is missing behind this", help);
        if let Some(mistake) = self.found.mistakes.last_mut() {
            mistake.until = self.at + 1;
        }
    }

    pub(super) fn list(&mut self, key: &str) {
        let start = self.at;
        self.at += 1;
        let mut last: Option<Range<usize>> = None;
        loop {
            if !self.inside_brackets() {
                let end = last.map_or(start + 1, |last| last.end);
                let help = format!("{}]", self.text[start..end].trim_end());
                self.report_structural_mistakes(start..end, "this list is never closed", help);
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
    pub(super) fn table(&mut self, key: &str) {
        let start = self.at;
        self.at += 1;
        let mut last: Option<Range<usize>> = None;
        loop {
            if !self.inside_brackets() {
                let end = last.map_or(start + 1, |last| last.end);
                let help = format!("{} }}", self.text[start..end].trim_end());
                self.report_structural_mistakes(
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
