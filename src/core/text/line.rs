//! Text from strangers made one line: only what can be seen (see [`sanitize`](super::sanitize)), no towers of
//! accents, no more length than there is room for.

use unicode_normalization::char::is_combining_mark;

use super::sanitize::VisibleCharacters;

/// More combining marks on one letter than any language needs.
const MARKS_MAX: u8 = 6;

/// A piece of text, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextSegment {
    /// One line, clean: no control or bidi characters.
    pub text: String,
    /// Whether it is what was looked for.
    pub marked: bool,
}

/// One clean line of at most `limit` characters; what is cut ends in an ellipsis.
pub fn clean_line(text: &str, limit: usize) -> String {
    clean_pieces(text, |_| false, limit)
        .into_iter()
        .map(|piece| piece.text)
        .collect()
}

/// Cleans `text` and splits it into marked and unmarked pieces. `marked` is asked with the byte
/// position of each character.
pub(in crate::core) fn clean_pieces(
    text: &str,
    marked: impl Fn(usize) -> bool,
    limit: usize,
) -> Vec<TextSegment> {
    let mut line = Line {
        pieces: Vec::new(),
        length: 0,
        marks: 0,
        space: None,
    };
    let mut visible = VisibleCharacters::default();
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let mark = marked(at);
        if c.is_whitespace() || c.is_control() {
            // A space belongs to a match only if the match goes on behind it.
            line.space = Some(line.space.unwrap_or(mark) && mark);
            continue;
        }
        let next = characters.peek().map(|(_, next)| *next);
        if !visible.keeps(c, next) {
            continue;
        }
        if is_combining_mark(c) {
            line.marks = line.marks.saturating_add(1);
            if line.marks > MARKS_MAX {
                continue;
            }
        } else {
            line.marks = 0;
        }
        if line.length >= limit {
            line.push('…', false);
            return line.pieces;
        }
        line.flush_space(mark);
        line.push(c, mark);
    }
    line.pieces
}

struct Line {
    pieces: Vec<TextSegment>,
    length: usize,
    marks: u8,
    /// A space waits, marked or not.
    space: Option<bool>,
}

impl Line {
    fn flush_space(&mut self, next_marked: bool) {
        if let Some(space_marked) = self.space.take()
            && !self.pieces.is_empty()
        {
            self.push(' ', space_marked && next_marked);
        }
    }

    fn push(&mut self, c: char, marked: bool) {
        self.length += 1;
        match self.pieces.last_mut() {
            Some(piece) if piece.marked == marked => piece.text.push(c),
            _ => self.pieces.push(TextSegment {
                text: c.to_string(),
                marked,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_from_strangers_is_made_clean() {
        let check =
            |given: &str, expected: &str| assert_eq!(clean_line(given, 100), expected, "{given:?}");
        check(" a\r\nBcc: spy@example.org\0 ", "a Bcc: spy@example.org");
        check("a\u{202E}gpj.exe\u{202C}\u{2066}b\u{2069}", "agpj.exeb");
        check(
            "\u{FEFF}tag\u{E0041}s \u{1F469}\u{200D}\u{1F4BB}",
            "tags \u{1F469}\u{200D}\u{1F4BB}",
        );
        check("می\u{200C}خواهم", "می\u{200C}خواهم");
        check(
            "Z\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}a",
            "Z\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}a",
        );
        check("\u{2028}line\u{2029}\u{85}break\u{a0}", "line break");
        assert_eq!(clean_line(&"é".repeat(1_000_000), 10), "éééééééééé…");
        assert_eq!(clean_line("exactly ten", 11), "exactly ten");
        assert_eq!(clean_line(" \u{202E}\r\n", 10), "");
    }
}
