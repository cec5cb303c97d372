//! Text from strangers made fit for a line of a mail: only what can be seen (see
//! [`crate::core::text::sanitize`]), no
//! towers of accents, no more length than there is room for.

use unicode_normalization::char::is_combining_mark;

use super::TextSegment;
use super::limits::NAME_CHARS;
use crate::core::text::sanitize::VisibleCharacters;

/// More combining marks on one letter than any language needs.
const MARKS_MAX: u8 = 6;
/// Longest address shown; browsers take more, mail does not need it.
const LINK_MAX: usize = 2_000;

/// One clean line of at most `limit` characters; what is cut ends in an ellipsis.
pub fn clean_line(text: &str, limit: usize) -> String {
    clean_pieces(text, |_| false, limit)
        .into_iter()
        .map(|piece| piece.text)
        .collect()
}

/// Cleans `text` and splits it into marked and unmarked pieces. `marked` is asked with the byte
/// position of each character.
pub(super) fn clean_pieces(
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

/// Whether more letters are written from right to left than from left to right. Counting serves
/// better than the first strong letter: many Arabic headlines begin with "BBC".
pub fn is_right_to_left(text: &str) -> bool {
    let (mut right, mut left) = (0_usize, 0_usize);
    for c in text.chars().take(2_000) {
        if is_right_to_left_letter(c) {
            right += 1;
        } else if c.is_alphabetic() {
            left += 1;
        }
    }
    right > left
}

fn is_right_to_left_letter(c: char) -> bool {
    matches!(c,
        '\u{0590}'..='\u{08FF}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
        && c.is_alphabetic()
}

/// An http or https address as it may stand in a mail: absolute, ASCII, without white space,
/// quotes or login; `None` for everything else.
pub fn safe_link(link: &str) -> Option<String> {
    if link.len() > LINK_MAX {
        return None;
    }
    let url = url::Url::parse(link.trim()).ok()?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.host_str().is_some_and(|host| !host.is_empty());
    // `Url` percent-encodes what it parses, but leaves these in queries and fragments.
    let text = url.as_str().replace('\'', "%27").replace('|', "%7C");
    (plain
        && text
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"\"<>`\\".contains(&b)))
    .then_some(text)
}

/// What a watch or a feed is called.
pub(super) fn named(title: &str, id: &str) -> String {
    let title = clean_line(title, NAME_CHARS);
    if title.is_empty() {
        clean_line(id, NAME_CHARS)
    } else {
        title
    }
}
