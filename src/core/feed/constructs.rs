//! Texts and persons as the formats construct them (Atom: RFC 4287, sections 3.1 and 3.2).

use std::borrow::Cow;

use super::attributes::attribute;
use super::fields::Space;
use super::raw::{RawText, TextKind};
use super::tokens::{Token, Tokens};
use crate::core::text::double_escaping;

/// A title. `markup` is the content as it stands, when there are elements in it.
pub(super) fn title(
    space: Space,
    attributes: &str,
    text: String,
    markup: Option<&str>,
    bytes: usize,
) -> RawText {
    if let Some(markup) = markup {
        return RawText {
            text: beginning(inner_markup(markup), bytes).to_owned(),
            kind: TextKind::Html,
        };
    }
    if space != Space::Atom {
        return RawText {
            text,
            kind: TextKind::Unsaid,
        };
    }
    let kind = atom_kind(attributes);
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

/// A summary or a content; `None` when it is no text at all, such as an image.
pub(super) fn body(
    space: Space,
    attributes: &str,
    text: String,
    markup: Option<&str>,
    bytes: usize,
) -> Option<RawText> {
    if let Some(markup) = markup {
        return Some(RawText {
            text: beginning(inner_markup(markup), bytes).to_owned(),
            kind: TextKind::Html,
        });
    }
    if text.trim().is_empty() {
        return None;
    }
    if space != Space::Atom {
        return Some(RawText {
            text,
            kind: TextKind::Unsaid,
        });
    }
    let kind = atom_kind(attributes);
    if is_encoded(attributes) {
        let decoded = String::from_utf8(decode_base64(&text)?).ok()?;
        return Some(atom_body(decoded, kind));
    }
    Some(atom_body(text, kind))
}

/// A body that Atom calls plain and that is full of tags is HTML whose type was forgotten, escaped or not.
pub(super) fn atom_body(text: String, kind: TextKind) -> RawText {
    let looks_like_html = |text: &str| {
        double_escaping::shows_markup(text)
            || matches!(double_escaping::without_surplus(text), Cow::Owned(_))
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

fn atom_kind(attributes: &str) -> TextKind {
    let kind = attribute(attributes, "type").map(|kind| kind.trim().to_ascii_lowercase());
    match kind.as_deref() {
        None | Some("" | "text" | "text/plain") => TextKind::Plain,
        Some(_) => TextKind::Html,
    }
}

/// Takes the `div` away that XHTML content must stand in, and CDATA marks inside.
fn inner_markup(markup: &str) -> &str {
    let trimmed = markup.trim();
    without_div(trimmed).unwrap_or(trimmed)
}

/// Of a text that is longer than `bytes`, no more than shows that it is: the assembly cuts and tells it.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    // The longest character has four bytes.
    &text[..text.floor_char_boundary(bytes.saturating_add(4))]
}

fn without_div(markup: &str) -> Option<&str> {
    let name_end = markup.find(|c: char| c.is_whitespace() || c == '>')?;
    let name = markup[..name_end].strip_prefix('<')?;
    if name.rsplit(':').next()? != "div" {
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

/// A person: `Name (address)` when both are known, else the one that is. RSS writes
/// `address (Name)`, Atom has an element for each.
pub(super) fn person(text: &str, markup: Option<&str>, bytes: usize) -> String {
    let Some(markup) = markup else {
        return rss_person(text.trim());
    };
    let (mut name, mut email, mut current) = (String::new(), String::new(), None);
    let mut tokens = Tokens::new(markup);
    let mut others = String::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Open { name, .. } => current = Some(name.rsplit(':').next().unwrap_or(name)),
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
    named(name.trim(), email.trim())
}

/// Adds to a text while it is not longer than `bytes`.
pub(super) fn push_up_to(text: &mut String, more: &str, bytes: usize) {
    if let Some(room) = bytes.checked_sub(text.len()) {
        text.push_str(beginning(more, room));
    }
}

fn rss_person(text: &str) -> String {
    // `address (Name)`
    if let Some((address, name)) = text.strip_suffix(')').and_then(|text| text.split_once('('))
        && address.contains('@')
        && !address.trim().contains(char::is_whitespace)
    {
        return named(name.trim(), address.trim());
    }
    // `Name <address>`
    if let Some((name, address)) = text.strip_suffix('>').and_then(|text| text.split_once('<'))
        && address.contains('@')
    {
        return named(name.trim().trim_matches('"'), address.trim());
    }
    text.to_owned()
}

fn named(name: &str, email: &str) -> String {
    let email = email.strip_prefix("mailto:").unwrap_or(email);
    match (name.is_empty(), email.is_empty()) {
        (false, false) if name != email => format!("{name} ({email})"),
        (false, _) => name.to_owned(),
        (true, _) => email.to_owned(),
    }
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

#[cfg(test)]
mod tests;
