//! What stands in a mail of texts from strangers: their direction, their addresses, names for what has none.

use super::limits::NAME_CHARS;
use crate::core::text::line::clean_line;

/// Longest address shown; browsers take more, mail does not need it.
const LINK_MAX: usize = 2_000;

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
pub fn named(title: &str, id: &str) -> String {
    let title = clean_line(title, NAME_CHARS);
    if title.is_empty() {
        clean_line(id, NAME_CHARS)
    } else {
        title
    }
}
