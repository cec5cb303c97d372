//! Reads a file line by line as somebody meant it.

use super::scanner::{Frame, Scan, Scanner};

/// Mistakes that are told of one file; nobody reads more before mending the first.
pub(super) const MISTAKES_PER_FILE_MAX: usize = 100;

/// Reads `text`.
pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner::new(text);
    scanner.document();
    let mut found = scanner.found;
    found
        .mistakes
        .sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
    found
}

impl Scanner<'_> {
    fn document(&mut self) {
        while self.at < self.text.len() && self.found.mistakes.len() <= MISTAKES_PER_FILE_MAX {
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
}
