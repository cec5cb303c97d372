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
        assert!(line.split("\r\n").all(|part| part.len() <= LINE), "{line}");
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
    fn short_names_are_quoted_or_encoded_in_one_word() {
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
    }

    /// Reads a name as a mail program does.
    fn read_name(field: &str) -> (Option<String>, Option<String>) {
        let message = format!("{field}\r\nbody\r\n");
        let read = mail_parser::MessageParser::default()
            .parse(message.as_bytes())
            .expect("a message");
        let to = read.to().and_then(|to| to.first()).expect("an address");
        (
            to.name().map(str::to_owned),
            to.address().map(str::to_owned),
        )
    }

    #[track_caller]
    fn check_long_name(name: &str) {
        let desk: Address = "desk@example.org".parse().unwrap();
        let field = line(address("To", &desk, Some(name)));
        assert!(
            field.split("\r\n").all(|part| part.len() <= LINE),
            "{field}"
        );
        assert!(field.is_ascii(), "{field}");
        let (read, to) = read_name(&field);
        assert_eq!(read.as_deref(), Some(name), "{field}");
        assert_eq!(to.as_deref(), Some("desk@example.org"), "{field}");
    }

    #[test]
    fn long_names_come_out_as_they_went_in() {
        check_long_name("Bureau des défenseurs des droits humains et de la liberté d’expression");
        check_long_name("Équipe \"Amériques\", bureau de Genève (secrétariat), permanence de nuit");
        check_long_name("منظمة حقوق الإنسان والحريات العامة، مكتب الشرق الأوسط وشمال أفريقيا");
        check_long_name(
            "🧑🏽\u{200d}🚒🧑🏽\u{200d}🚒🧑🏽\u{200d}🚒 Team 🧑🏽\u{200d}🚒🧑🏽\u{200d}🚒🧑🏽\u{200d}🚒",
        );
        check_long_name(&"語".repeat(300));
        check_long_name(&"ä".repeat(300));
        check_long_name(&"x".repeat(300));
        check_long_name(&["Americas desk, \"night\""; 13].join(" "));
        check_long_name("Desk, \"one\" <two@example.org>; three");
    }

    #[test]
    fn a_name_beyond_all_measure_is_cut_between_words() {
        let desk: Address = "desk@example.org".parse().unwrap();
        let field = line(address("To", &desk, Some(&"défenseurs ".repeat(100))));
        let (read, _) = read_name(&field);
        let read = read.expect("a name");
        assert!(
            read.ends_with("défenseurs…") && read.chars().count() <= NAME_CHARS + 1,
            "{read}"
        );
    }

    #[test]
    fn a_long_word_has_a_line_of_its_own() {
        let value = format!("<mailto:{}>", "a".repeat(70));
        assert_eq!(
            line(one_word("List-Unsubscribe", value.clone())),
            format!("List-Unsubscribe: \r\n {value}\r\n")
        );
        assert_eq!(line(one_word("X", "<a>".to_owned())), "X: <a>\r\n");
        let long: Address = format!("{}@{}.example", "a".repeat(60), "b".repeat(60))
            .parse()
            .unwrap();
        let (_, to) = read_name(&line(address("To", &long, Some("Desk"))));
        assert_eq!(to, Some(long.to_string()));
        let (_, to) = read_name(&line(address("To", &long, None)));
        assert_eq!(to, Some(long.to_string()));
    }
}
