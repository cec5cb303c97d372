//! Texts of both directions in one line, by the Unicode Bidirectional Algorithm (UAX #9).

use std::borrow::Cow;

use crate::core::digest::is_right_to_left;

/// Parts a text from what stands around it, whatever the direction of either (UAX #9 section 2.4), and ends that.
const ISOLATE: char = '\u{2068}';
const END_OF_ISOLATE: char = '\u{2069}';
/// Makes the line that it begins read from the right (UAX #9 section 2.6).
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';

/// A text as it stands inside of a line: parted from its neighbours where a letter of it is written the other way,
/// since a number or a full stop beside it would else change sides.
pub(super) fn isolated(text: &str, in_right_to_left: bool) -> String {
    let mut depth = 0_usize;
    let mut turns = false;
    for c in text.chars() {
        match c {
            ISOLATE => depth += 1,
            END_OF_ISOLATE => depth = depth.saturating_sub(1),
            _ => turns |= depth == 0 && c.is_alphabetic() && turns_left(c) != in_right_to_left,
        }
    }
    if turns {
        in_isolate(text)
    } else {
        text.to_owned()
    }
}

/// A text parted from its neighbours, whatever is in it.
pub(in crate::mail) fn in_isolate(text: &str) -> String {
    format!("{ISOLATE}{text}{END_OF_ISOLATE}")
}

/// Whether this begins or ends an isolate.
pub(in crate::mail) fn is_isolate(c: char) -> bool {
    matches!(c, ISOLATE | END_OF_ISOLATE)
}

/// A text of lines, each of which finds its own direction by its first letter beside what is isolated (UAX #9 section
/// 3.3.1). What is isolated in one line and goes on in the next is so in both, for a line is a paragraph of plain
/// text. In a language that is written from the right, a line of it that begins with another begins at the right all
/// the same.
pub(super) fn directed(text: &str, in_right_to_left: bool) -> Cow<'_, str> {
    if !in_right_to_left && !text.contains(ISOLATE) {
        return Cow::Borrowed(text);
    }
    let mut directed = String::with_capacity(text.len() + text.len() / 8);
    let mut open = 0_usize;
    for line in text.split_inclusive('\n') {
        let (line, end) = line
            .strip_suffix('\n')
            .map_or((line, ""), |line| (line, "\n"));
        let words = line.trim_start();
        let (indent, goes_on) = (&line[..line.len() - words.len()], open);
        let mut is_of_this_language = goes_on > 0;
        let mut first = None;
        for c in words.chars() {
            match c {
                ISOLATE => open += 1,
                END_OF_ISOLATE => open = open.saturating_sub(1),
                _ if open == 0 && c.is_alphabetic() => {
                    first = first.or(Some(turns_left(c)));
                    is_of_this_language |= turns_left(c);
                }
                _ => {}
            }
            is_of_this_language |= open > 0;
        }
        if in_right_to_left && is_of_this_language && first != Some(true) {
            directed.push(RIGHT_TO_LEFT_MARK);
        }
        directed.push_str(indent);
        directed.extend(std::iter::repeat_n(ISOLATE, goes_on));
        directed.push_str(words);
        directed.extend(std::iter::repeat_n(END_OF_ISOLATE, open));
        directed.push_str(end);
    }
    Cow::Owned(directed)
}

/// Whether a letter is written from right to left.
fn turns_left(c: char) -> bool {
    is_right_to_left(c.encode_utf8(&mut [0; 4]))
}
