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
/// Longest name beside an address: what fits into one encoded word on the first line.
const NAME_BYTES: usize = 36;

/// A value that needs no encoding, such as one made of hexadecimal digits and a domain.
pub(super) fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// A text for readers. It must be one clean line.
pub(super) fn unstructured(name: &'static str, text: &str) -> HeaderValue {
    if is_plain(text) {
        return header(name, text.to_owned());
    }
    let words: Vec<String> = chunks(text, WORD_BYTES)
        .into_iter()
        .map(encoded_word)
        .collect();
    HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str(name),
        text.to_owned(),
        words.join("\r\n "),
    )
}

/// An address with an optional name.
pub(super) fn address(name: &'static str, address: &Address, person: Option<&str>) -> HeaderValue {
    let address = address.to_string();
    let person = person
        .map(|person| clean_line(person, NAME_BYTES))
        .filter(|person| !person.is_empty());
    let encoded = match person {
        None => address.clone(),
        Some(person) if is_plain(&person) => {
            let quoted = person.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{quoted}\" <{address}>")
        }
        Some(person) => {
            let first = chunks(&person, NAME_BYTES)
                .into_iter()
                .next()
                .unwrap_or_default();
            format!("{}\r\n <{address}>", encoded_word(first))
        }
    };
    // The library reads the envelope from the raw value.
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), address, encoded)
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b == b' ' || b.is_ascii_graphic()) && !text.contains("=?")
}

fn encoded_word(text: &str) -> String {
    format!("=?utf-8?b?{}?=", STANDARD.encode(text))
}

/// Pieces of at most `limit` bytes that end between characters (RFC 2047 section 5).
fn chunks(text: &str, limit: usize) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if at + c.len_utf8() - start > limit {
            out.push(&text[start..at]);
            start = at;
        }
    }
    out.push(&text[start..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes the encoded words of an unfolded value, as RFC 2047 section 6.2 has it: white space
    /// between two of them is not shown.
    fn decoded(value: &str) -> String {
        let mut bytes = Vec::new();
        for word in value
            .replace("\r\n", "")
            .split(' ')
            .filter(|word| !word.is_empty())
        {
            let inner = word
                .strip_prefix("=?utf-8?b?")
                .and_then(|word| word.strip_suffix("?="));
            let inner = inner.unwrap_or_else(|| panic!("{word} is no encoded word"));
            bytes.extend(STANDARD.decode(inner).unwrap());
        }
        String::from_utf8(bytes).unwrap()
    }

    fn line(value: HeaderValue) -> String {
        let mut headers = lettre::message::header::Headers::new();
        headers.insert_raw(value);
        headers.to_string()
    }

    #[track_caller]
    fn check_encoded(text: &str) {
        let line = line(unstructured("Subject", text));
        let value = line.strip_prefix("Subject: ").unwrap().trim_end();
        assert_eq!(decoded(value), text);
        assert!(line.split("\r\n").all(|part| part.len() <= 84), "{line}");
        assert!(value.split("\r\n ").all(|word| word.len() <= 75), "{line}");
    }

    #[test]
    fn subjects_in_every_script_come_out_as_they_went_in() {
        check_encoded("Суд продлил арест правозащитника до конца января: дело о клевете");
        check_encoded("律师被拘留三周后仍无法会见家属，当局拒绝说明拘留地点，家属表示担忧");
        check_encoded("منظمة حقوقية: اعتقال تعسفي لعشرات الصحفيين بعد احتجاجات (AFP)");
        check_encoded("1 new · Police");
        check_encoded("🧑🏽\u{200d}🚒 ".repeat(20).trim());
    }

    #[test]
    fn a_text_that_looks_encoded_is_shown_and_not_decoded() {
        check_encoded("=?utf-8?q?=0D=0ABcc:_x?= is plain text");
        check_encoded("=?");
    }

    #[test]
    fn plain_subjects_stay_readable() {
        assert_eq!(
            line(unstructured("Subject", "3 new = good?")),
            "Subject: 3 new = good?\r\n"
        );
    }

    #[track_caller]
    fn check_name(name: Option<&str>, expected: &str) {
        let desk: Address = "desk@example.org".parse().unwrap();
        assert_eq!(
            line(address("To", &desk, name)),
            format!("To: {expected}\r\n")
        );
    }

    #[test]
    fn names_are_quoted_or_encoded_in_one_word() {
        check_name(None, "desk@example.org");
        check_name(Some(" \r\n\0"), "desk@example.org");
        check_name(
            Some(r#"Desk, "one" \"#),
            r#""Desk, \"one\" \\" <desk@example.org>"#,
        );
        check_name(Some("Büro"), "=?utf-8?b?QsO8cm8=?=\r\n <desk@example.org>");
        check_name(
            Some("=?utf-8?q?x?="),
            "=?utf-8?b?PT91dGYtOD9xP3g/PQ==?=\r\n <desk@example.org>",
        );
        let desk: Address = "desk@example.org".parse().unwrap();
        let long = line(address("From", &desk, Some(&"語".repeat(500))));
        assert_eq!(long.matches("=?").count(), 1, "{long}");
        assert!(long.split("\r\n").all(|part| part.len() <= 76), "{long}");
    }
}
