//! Atom 0.3 and 1.0 (RFC 4287): its elements, texts and persons.

use std::borrow::Cow;

use super::expansion_limit::{beginning, push_up_to};
use super::fields::ElementRank::{Borrowed, Proper, Substitute};
use super::fields::Field;
use super::raw::{RawText, TextKind, person_named};
use super::xml::attributes::attribute;
use super::xml::names::local_name;
use super::xml::tokenizer::{Token, Tokens};
use crate::core::text::double_escaping;

/// Whether an address of a namespace, in lower case, is one of Atom's.
pub(super) fn is_namespace(address: &str) -> bool {
    ["w3.org/2005/atom", "purl.org/atom/ns", "w3.org/2003/atom"]
        .iter()
        .any(|part| address.contains(part))
}

/// The meaning of an element by its local name, in lower case; those that RSS has too are there.
pub(super) fn field(local: &str) -> Option<Field> {
    Some(match local {
        "entry" => Field::Item,
        "id" => Field::Id,
        "summary" => Field::Summary(Proper),
        "subtitle" | "tagline" | "abstract" => Field::Summary(Borrowed),
        "content" => Field::Content(Proper),
        "published" | "issued" => Field::Published(Proper),
        "created" => Field::Published(Substitute),
        "updated" | "modified" => Field::Updated(Proper),
        _ => return None,
    })
}

/// A title.
pub(super) fn title(attributes: &str, text: String) -> RawText {
    let kind = kind_of(attributes);
    match is_encoded(attributes)
        .then(|| decode_base64(&text))
        .flatten()
    {
        Some(decoded) => RawText {
            text: String::from_utf8_lossy(&decoded).into_owned(),
            kind,
        },
        None => RawText { text, kind },
    }
}

/// A summary or a content; `None` when it is no text at all, such as an image.
pub(super) fn body(attributes: &str, text: String) -> Option<RawText> {
    let kind = kind_of(attributes);
    if is_encoded(attributes) {
        let decoded = String::from_utf8(decode_base64(&text)?).ok()?;
        return Some(with_forgotten_type(decoded, kind));
    }
    Some(with_forgotten_type(text, kind))
}

/// Whether an Atom construct is in Base64: Atom 0.3 has a mode for it, and Atom 1.0 says it of media
/// types that are neither text nor XML (RFC 4287, section 4.1.3.3).
fn is_encoded(attributes: &str) -> bool {
    if attribute(attributes, "mode").is_some_and(|mode| mode.trim() == "base64") {
        return true;
    }
    attribute(attributes, "type").is_some_and(|kind| {
        let kind = kind.trim().to_ascii_lowercase();
        kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("xml")
    })
}

/// A body that Atom calls plain and that is full of tags is HTML whose type was forgotten, escaped or not.
pub(super) fn with_forgotten_type(text: String, kind: TextKind) -> RawText {
    let looks_like_html = |text: &str| {
        double_escaping::contains_markup(text)
            || matches!(
                double_escaping::without_double_escaping(text),
                Cow::Owned(_)
            )
    };
    let kind = if kind == TextKind::Plain && looks_like_html(&text) {
        TextKind::Html
    } else {
        kind
    };
    RawText { text, kind }
}

/// Whether an Atom construct holds elements rather than text.
pub(super) fn is_markup(attributes: &str) -> bool {
    attribute(attributes, "type")
        .is_some_and(|kind| kind.trim().ends_with("xml") || kind.trim() == "xhtml")
        || attribute(attributes, "mode").is_some_and(|mode| mode.trim() == "xml")
}

fn kind_of(attributes: &str) -> TextKind {
    let kind = attribute(attributes, "type").map(|kind| kind.trim().to_ascii_lowercase());
    match kind.as_deref() {
        None | Some("" | "text" | "text/plain") => TextKind::Plain,
        Some(_) => TextKind::Html,
    }
}

/// The content of a construct that holds elements, without the `div` that XHTML must stand in.
pub(super) fn xhtml(markup: &str, bytes: usize) -> RawText {
    let trimmed = markup.trim();
    RawText {
        text: beginning(without_div(trimmed).unwrap_or(trimmed), bytes).to_owned(),
        kind: TextKind::Html,
    }
}

fn without_div(markup: &str) -> Option<&str> {
    let name_end = markup.find(|c: char| c.is_whitespace() || c == '>')?;
    let name = markup[..name_end].strip_prefix('<')?;
    if local_name(name) != "div" {
        return None;
    }
    let inner = &markup[markup.find('>')? + 1..];
    let inner = inner
        .strip_suffix('>')?
        .trim_end()
        .strip_suffix(name)?
        .strip_suffix("</")?;
    encloses(inner).then_some(inner)
}

/// Whether no `div` is closed in there that was opened outside: two side by side have no common one.
fn encloses(inner: &str) -> bool {
    let mut depth = 0_usize;
    for tag in inner.split('<').skip(1) {
        if tag.starts_with("div") {
            depth += 1;
        } else if tag.starts_with("/div") {
            let Some(less) = depth.checked_sub(1) else {
                return false;
            };
            depth = less;
        }
    }
    true
}

/// A person, who has an element for the name and one for the address (RFC 4287, section 3.2).
pub(super) fn person(markup: &str, bytes: usize) -> String {
    let (mut name, mut email, mut current) = (String::new(), String::new(), None);
    let mut tokens = Tokens::new(markup);
    let mut others = String::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Open(tag) => current = Some(local_name(tag.name)),
            Token::Close { .. } => current = None,
            Token::Text(text) => match current {
                Some("name") => push_up_to(&mut name, &text, bytes),
                Some("email") => push_up_to(&mut email, &text, bytes),
                None => push_up_to(&mut others, &text, bytes),
                Some(_) => {}
            },
        }
    }
    let name = if name.trim().is_empty() { others } else { name };
    person_named(name.trim(), email.trim())
}

/// Base64 (RFC 4648, section 4), white space passed over.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push(u8::try_from(bits >> count & 0xFF).ok()?);
        }
    }
    Some(decoded)
}
