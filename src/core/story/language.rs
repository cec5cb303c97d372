//! Which items can be of one story by their languages.

use unicode_script::{Script, UnicodeScript as _};

use super::cognates::hash;
use crate::core::language::primary_subtag;

/// Letters that are looked at.
const LETTERS: usize = 200;

/// Primary subtag of a language tag, as stories tell languages apart.
pub(super) fn primary(tag: Option<&str>) -> Option<String> {
    let primary = primary_subtag(tag?).trim().to_ascii_lowercase();
    let is_tag =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    let primary = match primary.as_str() {
        "und" | "mul" | "zxx" => return None,
        "nb" | "nn" => "no",
        "iw" => "he",
        "in" => "id",
        "hr" | "sr" | "bs" => "sh",
        "fil" => "tl",
        other => other,
    };
    is_tag.then(|| primary.to_owned())
}

/// A language in the lower 24 bits, 0 where it is unknown, and the script above them.
pub(super) fn code(primary: Option<&str>, text: &str) -> u32 {
    let language = primary.map_or(0, |primary| hash(primary.as_bytes()) & 0x00ff_ffff);
    language | script(text) << 24
}

/// Whether two items speak one language, as far as one knows.
pub(super) fn is_one(a: u32, b: u32) -> bool {
    let [first, second] = [a, b].map(|code| code & 0x00ff_ffff);
    if first == 0 || second == 0 {
        a >> 24 == b >> 24
    } else {
        first == second
    }
}

/// German writes every noun with a capital.
pub(super) fn has_capital_nouns(language: u32) -> bool {
    language & 0x00ff_ffff == code(Some("de"), "") & 0x00ff_ffff
}

/// Among whose words those of an item are counted.
pub(super) fn counted_as(code: u32) -> u32 {
    match code & 0x00ff_ffff {
        0 => code,
        language => language,
    }
}

/// The script of most letters.
fn script(text: &str) -> u32 {
    let mut letters = [0_u32; 8];
    for c in text.chars().filter(|c| c.is_alphabetic()).take(LETTERS) {
        if c.is_ascii() {
            letters[1] += 1;
            continue;
        }
        let script = match c.script() {
            Script::Latin => 1,
            Script::Cyrillic => 2,
            Script::Arabic => 3,
            Script::Han | Script::Hiragana | Script::Katakana => 4,
            Script::Hangul => 5,
            Script::Greek => 6,
            Script::Devanagari => 7,
            _ => 0,
        };
        letters[script] += 1;
    }
    let most = (0..8)
        .rev()
        .max_by_key(|script| letters[*script])
        .unwrap_or(0);
    u32::try_from(most).unwrap_or(0)
}
