//! Header values that mean what they say.
//!
//! The library encodes what is not ASCII, but lets through an ASCII text that looks encoded already:
//! a headline "=?utf-8?q?...?=" would be decoded by the reader's program into anything, controls
//! included. And it spreads a long name over several encoded words, which some parsers join with
//! spaces. So subjects and names are encoded here (RFC 2047).

use base64::{Engine, engine::general_purpose::STANDARD};
use lettre::{
    Address,
    message::header::{HeaderName, HeaderValue},
};

use crate::core::digest::clean_line;

/// Bytes in one encoded word: with `=?utf-8?b?` and `?=` it stays below the 75 characters allowed.
const WORD_BYTES: usize = 42;
/// Bytes in the first, which stands behind the field's name.
const FIRST_BYTES: usize = 36;
/// Columns of a line.
const LINE: usize = 76;
/// Longest name beside an address, in characters; a longer one is cut between words.
const NAME_CHARS: usize = 320;

/// A value that needs no encoding, such as one made of hexadecimal digits and a domain.
pub(super) fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// A value of one word that needs no encoding, on a line of its own if it is long.
pub(super) fn one_word(name: &'static str, value: String) -> HeaderValue {
    let folded = beside(name, &value).to_owned() + &value;
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value, folded)
}

/// What parts a field's name and a word behind it.
fn beside(name: &str, word: &str) -> &'static str {
    if name.len() + 2 + word.len() <= LINE {
        ""
    } else {
        "\r\n "
    }
}

/// A text for readers. It must be one clean line.
pub(super) fn unstructured(name: &'static str, text: &str) -> HeaderValue {
    if is_plain(text) {
        return header(name, text.to_owned());
    }
    HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str(name),
        text.to_owned(),
        encoded_words(text),
    )
}

/// An address with an optional name.
pub(super) fn address(name: &'static str, address: &Address, person: Option<&str>) -> HeaderValue {
    let address = address.to_string();
    let person = person
        .map(|person| shortened(&clean_line(person, NAME_CHARS)))
        .filter(|person| !person.is_empty());
    let encoded = match person {
        None => format!("{}{address}", beside(name, &address)),
        Some(person) => {
            let quoted = person.replace('\\', "\\\\").replace('"', "\\\"");
            let quoted = format!("\"{quoted}\"");
            // A quoted string may be folded too (RFC 5322 section 3.2.4), but only where it has blanks.
            let phrase = if is_plain(&person) && name.len() + 2 + quoted.len() <= LINE {
                quoted
            } else {
                encoded_words(&person)
            };
            let is_short =
                is_plain(&person) && name.len() + phrase.len() + address.len() + 5 <= LINE;
            let fold = if is_short { "" } else { "\r\n" };
            format!("{phrase}{fold} <{address}>")
        }
    };
    // The library reads the envelope from the raw value.
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), address, encoded)
}

/// A name that [`clean_line`] has cut, without the piece of a word at its end.
fn shortened(name: &str) -> String {
    let end = name
        .strip_suffix('…')
        .filter(|_| name.chars().count() > NAME_CHARS)
        .and_then(|kept| kept.rfind(' '));
    end.map_or_else(|| name.to_owned(), |end| format!("{}…", &name[..end]))
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b == b' ' || b.is_ascii_graphic()) && !text.contains("=?")
}

/// Encoded words, one a line, that end between characters (RFC 2047 section 5).
fn encoded_words(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let limit = if words.is_empty() {
            FIRST_BYTES
        } else {
            WORD_BYTES
        };
        let (word, behind) = rest.split_at(rest.floor_char_boundary(limit));
        words.push(format!("=?utf-8?b?{}?=", STANDARD.encode(word)));
        rest = behind;
    }
    words.join("\r\n ")
}

#[cfg(test)]
mod tests;
