//! A written date as numbers, words and marks: in one case, one width and one kind of digits, and
//! without its comments.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::vocabulary;
use super::zones;
use crate::core::text::normalization::{self, CharacterClass, Join};

/// A piece of a written date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// Digits; a value too large for any date is `i64::MAX`.
    Number { value: i64, digits: usize },
    /// Letters.
    Word(&'t str),
    /// Any other character.
    Mark(char),
}

/// Brings letters and digits to the forms in which names are looked up.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    let mut folded = String::with_capacity(text.len());
    let (mut base, mut last) = (None, None);
    for character in text.nfkc() {
        if let Some(digit) = decimal_digit(character) {
            folded.push(digit);
            (base, last) = (None, None);
            continue;
        }
        let letter = normalization::fold(character);
        match letter.class() {
            CharacterClass::Ignored | CharacterClass::Seam => {}
            CharacterClass::Separator => {
                folded.push(as_ascii(character));
                (base, last) = (None, None);
            }
            CharacterClass::Mark => match normalization::join(base, last, character) {
                Join::Drop => {}
                Join::Replace(whole) => {
                    folded.pop();
                    folded.push(whole);
                    last = Some(whole);
                }
                Join::Keep => {
                    folded.push(character);
                    last = Some(character);
                }
            },
            CharacterClass::Letter
            | CharacterClass::Single
            | CharacterClass::Joiner
            | CharacterClass::Raised => {
                if letter.several() {
                    folded.extend(normalization::expansion(character));
                } else {
                    folded.push(letter.character());
                }
                base = folded.chars().next_back();
                last = base;
            }
        }
    }
    Cow::Owned(folded)
}

/// Dashes, blanks and slashes of all kinds, as the one that keyboards have.
fn as_ascii(character: char) -> char {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{2236}' => ':',
        '\u{060C}' | '\u{3001}' => ',',
        other if other.is_whitespace() => ' ',
        other => other,
    }
}

/// A decimal digit of any script as the ASCII digit of its value (Unicode, general category Nd).
fn decimal_digit(character: char) -> Option<char> {
    /// The zeros beyond ASCII; nine digits follow each. Those that NFKC makes ASCII are not among them.
    const ZEROS: [u32; 53] = [
        0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
        0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0,
        0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0,
        0xAA50, 0xABF0, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450,
        0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x1E950,
    ];
    if character.is_ascii() {
        return character.is_ascii_digit().then_some(character);
    }
    let code = u32::from(character);
    let zero = *ZEROS[..ZEROS.partition_point(|&zero| zero <= code)].last()?;
    char::from_digit(code.checked_sub(zero).filter(|&value| value < 10)?, 10)
}

/// A folded text without its comments: what stands in parentheses, nested ones and one that is never closed
/// (RFC 5322, section 3.2.2). A comment that is nothing but a zone or a day of the week stays.
pub(super) fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains('(') {
        return Cow::Borrowed(text);
    }
    let mut outside = String::with_capacity(text.len());
    let mut comment = String::new();
    let mut depth = 0_usize;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if depth > 0 => {
                characters.next();
            }
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    let comment = std::mem::take(&mut comment);
                    let word = comment.trim();
                    let zone = word.split(['+', '-']).next().unwrap_or_default();
                    let is_day = vocabulary::weekday(word).is_some()
                        && vocabulary::month(word, None).is_none();
                    let says = is_day || zones::named(zone).is_some();
                    outside.push(' ');
                    outside.push_str(if says { word } else { "" });
                    outside.push(' ');
                }
            }
            _ if depth > 0 => comment.push(character),
            _ => outside.push(character),
        }
    }
    Cow::Owned(outside)
}

/// The tokens of a folded text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length_of =
            |kind: fn(char) -> bool| rest.find(|c: char| !kind(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let digits = length_of(|c| c.is_ascii_digit());
            let value = rest[..digits].parse().unwrap_or(i64::MAX);
            tokens.push(Token::Number { value, digits });
            digits
        } else if vocabulary::is_sign_of_part(first) {
            tokens.push(Token::Word(&rest[..first.len_utf8()]));
            first.len_utf8()
        } else if is_letter(first) {
            let letters = letters(rest);
            tokens.push(Token::Word(&rest[..letters]));
            letters
        } else {
            tokens.push(Token::Mark(first));
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// How many bytes of letters these are. Thai writes the names of months with full stops inside: `ธ.ค.`
fn letters(text: &str) -> usize {
    let is_thai = |c: char| ('\u{0E01}'..='\u{0E4E}').contains(&c);
    let mut length = 0;
    loop {
        let rest = &text[length..];
        length += rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        match text[length..].strip_prefix('.') {
            Some(after) if text.starts_with(is_thai) && after.starts_with(is_thai) => length += 1,
            _ => return length,
        }
    }
}

fn is_letter(character: char) -> bool {
    character.is_alphabetic() || is_combining_mark(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_comments(text: &str, outside: &str) {
        assert_eq!(without_comments(text), outside, "of {text:?}");
    }

    #[test]
    fn what_stands_in_parentheses_is_a_comment() {
        check_comments("1 (a) 2", "1    2");
        check_comments("1 (a (b) c) 2", "1    2");
        check_comments("1 (a \\) b) 2", "1    2");
        check_comments("1 (a (b) 2", "1 ");
        check_comments("1 (gmt) (thu)", "1  gmt   thu ");
        check_comments("1 (utc+3)", "1  utc+3 ");
        check_comments("1) 2", "1) 2");
        check_comments("1 (", "1 ");
    }

    #[test]
    fn digits_of_every_script_are_digits() {
        for digits in [
            "٠١٢٣٤٥٦٧٨٩",
            "۰۱۲۳۴۵۶۷۸۹",
            "०१२३४५६७८९",
            "๐๑๒๓๔๕๖๗๘๙",
            "０１２３４５６７８９",
            "𑄶𑄷𑄸𑄹𑄺𑄻𑄼𑄽𑄾𑄿",
        ] {
            assert_eq!(folded(digits), "0123456789");
        }
        assert_eq!(folded("٪/:"), "٪/:");
    }

    #[test]
    fn letters_are_folded_however_they_are_written() {
        assert_eq!(folded("KASIM İ Şub AĞU"), "kasim i sub agu");
        assert_eq!(folded("fe\u{301}vrier août"), "fevrier aout");
        assert_eq!(folded("أيلول"), "ايلول");
        assert_eq!(folded("МАЙ"), "май");
        assert_eq!(folded("３：３０\u{202f}ｐ．ｍ．"), "3:30 p.m.");
    }
}
