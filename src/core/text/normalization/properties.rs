//! Properties of characters that decide how they fold: invisible, raised, a digit, an apostrophe, a word by itself.

use unicode_script::{Script, UnicodeScript};

/// Invisible inside a word, and tatweel, which only stretches it.
pub(super) fn is_ignored(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{0640}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200C}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFF0}'..='\u{FFF8}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Invisible, and written both inside words and for a blank between them: zero-width space, the fillers
/// of Hangul, and what stands between a word and its annotation.
pub(super) fn is_seam(character: char) -> bool {
    matches!(
        character,
        '\u{200B}' | '\u{3164}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
    )
}

/// Superscripts, subscripts, and digits in circles, in parentheses or with a full stop. Not ª and º, which
/// end words.
pub(super) fn is_raised(character: char) -> bool {
    matches!(
        character,
        '\u{B2}' | '\u{B3}' | '\u{B9}'
            | '\u{2B0}'..='\u{2B8}'
            | '\u{2E0}'..='\u{2E4}'
            | '\u{1D2C}'..='\u{1D6A}'
            | '\u{1D78}'
            | '\u{1D9B}'..='\u{1DBF}'
            | '\u{2070}'..='\u{209C}'
            | '\u{2460}'..='\u{249B}'
            | '\u{24EA}'..='\u{24FF}'
            | '\u{2776}'..='\u{2793}'
            | '\u{2C7C}'..='\u{2C7D}'
    )
}

/// The ASCII digit with the value of a decimal digit of another script, ten of which follow each other.
pub(super) fn decimal_digit(character: char) -> Option<char> {
    let code = u32::from(character);
    let after = ZEROS.partition_point(|&zero| zero <= code);
    let zero = *ZEROS.get(after.checked_sub(1)?)?;
    char::from_digit(code - zero, 10)
}

/// The zeros of the decimal digits beyond ASCII (Unicode 17.0, general category Nd), in order.
const ZEROS: [u32; 76] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0,
    0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50,
    0x11DA0, 0x11DE0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE,
    0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// Letters by their Unicode category, but typed as the apostrophe they look like: primes, turned and
/// reversed commas, half rings, the vertical line, the saltillo.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\u{02B9}'..='\u{02BF}' | '\u{02C8}' | '\u{02EE}' | '\u{A78B}' | '\u{A78C}'
    )
}

/// Scripts without spaces: each character is a word.
pub(super) fn is_word_alone(character: char) -> bool {
    matches!(
        character.script(),
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
    ) || character == 'ー'
}

pub(super) fn is_joiner(character: char) -> bool {
    matches!(
        character,
        '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}' | '\u{3099}' | '\u{309A}'
    )
}

/// Whether a folded character belongs to the Han script.
pub fn is_han(character: char) -> bool {
    character.script() == Script::Han
}
