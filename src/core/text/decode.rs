//! Bytes to text: which encoding a feed or a page is really in.
//!
//! The order is that of RFC 7303, section 3, with the evidence of the bytes above all claims: byte
//! order mark, the shape of UTF-16 and UTF-32 without one, the charset of the HTTP header, the XML
//! declaration, UTF-8, and detection as the last resort. A claim that the bytes contradict is
//! skipped, and the feed carries a warning.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What begins each change of character set in ISO-2022-JP.
const ESCAPE: u8 = 0x1B;

/// Text, and what had to be overruled to get it.
pub struct Decoded<'a> {
    /// The document without a byte order mark.
    pub text: Cow<'a, str>,
    /// Sentences that say so.
    pub warnings: Vec<String>,
    /// Bytes that no encoding explains were lost: U+FFFD stands for them.
    pub is_damaged: bool,
}

/// Decodes a body, given its `Content-Type` header when there is one. Never fails: what no encoding
/// explains becomes U+FFFD.
pub fn decode<'a>(body: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    let header = content_type.and_then(charset_parameter);
    let claims = [header, declared_encoding(body)].into_iter().flatten();
    decode_claimed(body, &claims.collect::<Vec<_>>())
}

/// The same for a page of HTML (WHATWG HTML, section 13.2.3.2): its `<meta>` speaks as well, and before a
/// header of ISO-8859-1, which servers send that were never told. A claim to be Western that the bytes
/// contradict by their shape is none.
pub(in crate::core) fn decode_page<'a>(body: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    let header = content_type.and_then(charset_parameter);
    let is_western = |label: &&str| encoding_named(label) == Some(WINDOWS_1252);
    let mut claims: Vec<&str> = [header, declared_encoding(body), meta_charset(body)]
        .into_iter()
        .flatten()
        .collect();
    // Stable: what is not Western keeps its order.
    claims.sort_by_key(is_western);
    if claims.first().is_some_and(is_western) && !may_be_western(body) {
        claims.clear();
    }
    decode_claimed(body, &claims)
}

/// Whether letters beyond ASCII stand alone among others, as in languages of Western Europe; in other
/// scripts whole words consist of them.
fn may_be_western(body: &[u8]) -> bool {
    let part = telling_part(body);
    let high = part.iter().filter(|byte| !byte.is_ascii()).count();
    let in_a_row = part
        .windows(2)
        .filter(|pair| !pair[0].is_ascii() && !pair[1].is_ascii())
        .count();
    in_a_row * 2 <= high
}

/// The encoding that a page's `<meta>` names, in its first 8 KiB.
fn meta_charset(body: &[u8]) -> Option<&str> {
    let start = &body[..body.len().min(8192)];
    let mut rest = start;
    loop {
        let from = find_ignoring_case(rest, b"<meta")?;
        rest = &rest[from + 5..];
        let end = rest.iter().position(|&byte| byte == b'>');
        let tag = &rest[..end.unwrap_or(rest.len())];
        let label = find_ignoring_case(tag, b"charset").and_then(|at| {
            let value = tag[at + 7..].trim_ascii_start().strip_prefix(b"=")?;
            let value = value.trim_ascii_start();
            let value = value
                .strip_prefix(b"\"")
                .or(value.strip_prefix(b"'"))
                .unwrap_or(value);
            let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
            let length = value.iter().take_while(|byte| is_label(byte)).count();
            std::str::from_utf8(&value[..length]).ok()
        });
        if let Some(label) = label.filter(|label| !label.is_empty()) {
            return Some(label);
        }
    }
}

fn find_ignoring_case(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window.eq_ignore_ascii_case(needle))
}

fn decode_claimed<'a>(body: &'a [u8], claims: &[&str]) -> Decoded<'a> {
    let mut warnings = Vec::new();
    let (text, is_damaged) = marked(body, &mut warnings)
        .or_else(|| utf8(body, claims, &mut warnings))
        .or_else(|| claimed(body, claims, &mut warnings))
        .or_else(|| damaged_utf8(body, 2, &mut warnings))
        .unwrap_or_else(|| guessed(body, &mut warnings));
    Decoded {
        text,
        warnings,
        is_damaged,
    }
}

/// Decodes what is UTF-8 whatever it claims, or UTF-8 with little damage.
fn utf8<'a>(body: &'a [u8], claims: &[&str], warnings: &mut Vec<String>) -> Option<Text<'a>> {
    // Japanese in seven bits looks like ASCII, so here the claim has to speak first.
    let is_japanese = |label: &&str| encoding_named(label) == Some(ISO_2022_JP);
    if body.contains(&ESCAPE) && claims.iter().any(is_japanese) {
        return None;
    }
    let Ok(text) = std::str::from_utf8(body) else {
        return damaged_utf8(body, 10, warnings);
    };
    let other = claims
        .iter()
        .find_map(|label| encoding_named(label))
        .filter(|&encoding| encoding != UTF_8);
    if let Some(other) = other.filter(|_| !text.is_ascii()) {
        warnings.push(format!(
            "it claims to be {}, but its bytes are UTF-8",
            other.name()
        ));
    }
    Some((Cow::Borrowed(text), false))
}

/// Decodes UTF-8 with so many sound sequences for each broken one.
fn damaged_utf8<'a>(
    body: &'a [u8],
    sound_for_each_broken: usize,
    warnings: &mut Vec<String>,
) -> Option<Text<'a>> {
    is_damaged_utf8(body, sound_for_each_broken).then(|| {
        warnings.push("some of its bytes are not valid UTF-8".to_owned());
        (UTF_8.decode_without_bom_handling(body).0, true)
    })
}

/// Decodes by the first claim that the bytes do not contradict.
fn claimed<'a>(body: &'a [u8], claims: &[&str], warnings: &mut Vec<String>) -> Option<Text<'a>> {
    for label in claims {
        let text = match encoding_named(label) {
            // Two-byte encodings without a mark have been ruled out by their shape.
            Some(encoding) if encoding == UTF_16BE || encoding == UTF_16LE || encoding == UTF_8 => {
                None
            }
            Some(encoding) => encoding.decode_without_bom_handling_and_without_replacement(body),
            None => {
                warnings.push(format!("its encoding, {:?}, is unknown", shortened(label)));
                continue;
            }
        };
        if let Some(text) = text {
            return Some((text, false));
        }
        warnings.push(format!(
            "it claims to be {label}, which its bytes contradict"
        ));
    }
    None
}

/// Decodes by what the bytes look like.
fn guessed<'a>(body: &'a [u8], warnings: &mut Vec<String>) -> Text<'a> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(telling_part(body), true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    warnings.push(format!(
        "its encoding was guessed to be {}",
        encoding.name()
    ));
    encoding.decode_without_bom_handling(body)
}

/// As much of a body as tells its encoding: letters of one language look alike, and looking is slow.
fn telling_part(body: &[u8]) -> &[u8] {
    const ENOUGH_BYTES: usize = 1 << 20;
    let tells = |byte: &u8| !byte.is_ascii() || *byte == ESCAPE;
    let from = body.iter().position(tells).unwrap_or(0);
    &body[from..body.len().min(from + ENOUGH_BYTES)]
}

/// Decodes what begins with a byte order mark, or is plainly UTF-16 or UTF-32 without one
/// (XML 1.0, appendix F.1).
fn marked<'a>(body: &'a [u8], warnings: &mut Vec<String>) -> Option<Text<'a>> {
    let (text, damaged) = match body {
        [0xFF, 0xFE, 0, 0, rest @ ..] => utf32(rest, u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF, rest @ ..] => utf32(rest, u32::from_be_bytes),
        [b'<', 0, 0, 0, ..] => utf32(body, u32::from_le_bytes),
        [0, 0, 0, b'<', ..] => utf32(body, u32::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            if std::str::from_utf8(rest).is_err() && !is_damaged_utf8(rest, 2) {
                // The mark lies; let the other evidence speak.
                return None;
            }
            UTF_8.decode_without_bom_handling(rest)
        }
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest),
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest),
        [b'<', 0, second, 0, ..] if *second != 0 => UTF_16LE.decode_without_bom_handling(body),
        [0, b'<', 0, second, ..] if *second != 0 => UTF_16BE.decode_without_bom_handling(body),
        _ => return None,
    };
    if damaged {
        warnings.push("some of its bytes are not valid in its encoding".to_owned());
    }
    Some((text, damaged))
}

/// A text, and whether some of it was damaged.
type Text<'a> = (Cow<'a, str>, bool);

fn utf32<'a>(bytes: &[u8], read: fn([u8; 4]) -> u32) -> Text<'a> {
    let mut damaged = false;
    let characters = bytes.chunks(4).map(|chunk| {
        let code = <[u8; 4]>::try_from(chunk).map(read);
        let character = code.ok().and_then(char::from_u32);
        damaged |= character.is_none();
        character.unwrap_or(char::REPLACEMENT_CHARACTER)
    });
    let text = characters.collect();
    (Cow::Owned(text), damaged)
}

/// Whether a body is UTF-8 with a few broken sequences, as a cut or a careless paste leaves them: at
/// least so many sound sequences for each broken one.
fn is_damaged_utf8(body: &[u8], sound_for_each_broken: usize) -> bool {
    let mut sound = 0_usize;
    let mut broken = 0_usize;
    for chunk in body.utf8_chunks() {
        sound += chunk
            .valid()
            .chars()
            .filter(|character| !character.is_ascii())
            .count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken.saturating_mul(sound_for_each_broken) <= sound
}

fn encoding_named(label: &str) -> Option<&'static Encoding> {
    let label = label.trim();
    let encoding = Encoding::for_label(label.as_bytes()).or_else(|| {
        // Names that are in use but not among the labels of the web.
        let name = label.to_ascii_lowercase().replace('_', "-");
        let known = match name.as_str() {
            "u16" | "utf16" => "utf-16",
            "u8" | "utf8mb4" | "utf-8-bom" => "utf-8",
            "cp932" | "ms932" => "shift_jis",
            "cp936" | "ms936" => "gbk",
            "cp949" => "euc-kr",
            "cp950" => "big5",
            other => {
                return Encoding::for_label(
                    other
                        .replace("windows", "windows-")
                        .replace("--", "-")
                        .as_bytes(),
                );
            }
        };
        Encoding::for_label(known.as_bytes())
    });
    // Some names stand for encodings that are too dangerous to decode.
    encoding.filter(|&encoding| encoding != REPLACEMENT)
}

/// The `charset` of a `Content-Type` header, without its quotes.
fn charset_parameter(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}

/// The encoding of an XML declaration in an encoding that agrees with ASCII on it.
fn declared_encoding(body: &[u8]) -> Option<&str> {
    let start = &body[..body.len().min(1024)];
    let from = find(start, b"<?xml")?;
    let declaration = &start[from..];
    let declaration = &declaration[..find(declaration, b"?>").unwrap_or(declaration.len())];
    let value = &declaration[find(declaration, b"encoding")? + b"encoding".len()..];
    let value = value
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let (&quote, value) = value.split_first()?;
    let end = value.iter().position(|&byte| byte == quote)?;
    std::str::from_utf8(&value[..end])
        .ok()
        .filter(|label| !label.trim().is_empty())
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

fn shortened(label: &str) -> &str {
    let end = label
        .char_indices()
        .nth(40)
        .map_or(label.len(), |(index, _)| index);
    &label[..end]
}

#[cfg(test)]
mod tests;
