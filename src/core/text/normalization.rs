//! How words are compared: what a reader would call the same letter becomes the same letter.
//!
//! Case, width, accents of Latin and Greek, ё and е, Arabic vowel signs, tatweel and alef forms fold
//! together; й and и do not. The rules for researchers are in `watch/language.md`, under "Letters".
//!
//! Everything is derived from the Unicode tables of `unicode-normalization` and `unicode-script`; the
//! table below only keeps the answers for the Basic Multilingual Plane, because the rules cost about
//! 200 ns a character and a document has thousands of them.

mod combining_marks;
mod properties;

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

pub use combining_marks::{Join, join, mark_order};
pub use properties::is_han;
use properties::{
    decimal_digit, is_apostrophe, is_ignored, is_joiner, is_raised, is_seam, is_word_alone,
};

/// What a character does to the word around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharacterClass {
    /// Ends a word: blanks, punctuation, symbols.
    Separator,
    /// Vanishes inside a word: soft hyphen, joiners, bidi marks, tatweel.
    Ignored,
    /// Belongs to the character before it: accents and vowel signs.
    Mark,
    /// A letter or digit of a longer word.
    Letter,
    /// A word of its own, with the marks that follow: Han, kana, Thai, Lao, Khmer, Myanmar.
    Single,
    /// A letter that may melt into the one before: Hangul vowels and finals, halfwidth voicing.
    Joiner,
    /// Parts a word or not, which nobody can see: zero-width space. See [`super::tokenizer::WordSegmentation`].
    Seam,
    /// A digit or letter above or below the line, and a number in a circle: behind a word the mark of a
    /// note, or a part of it, as in CO₂.
    Raised,
}

/// One character after folding, packed: 21 bits of character, then class, then flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NormalizedCharacter(u32);

const CLASS_SHIFT: u32 = 21;
const MARKED: u32 = 1 << 24;
const SEVERAL: u32 = 1 << 25;

impl NormalizedCharacter {
    fn new(class: CharacterClass, character: char) -> Self {
        Self((class as u32) << CLASS_SHIFT | u32::from(character))
    }

    /// What the character does to the word around it.
    #[inline]
    pub fn class(self) -> CharacterClass {
        match (self.0 >> CLASS_SHIFT) & 7 {
            0 => CharacterClass::Separator,
            1 => CharacterClass::Ignored,
            2 => CharacterClass::Mark,
            3 => CharacterClass::Letter,
            4 => CharacterClass::Single,
            5 => CharacterClass::Joiner,
            6 => CharacterClass::Seam,
            _ => CharacterClass::Raised,
        }
    }

    /// The folded character, or the first of them when there are [several](Self::several).
    #[inline]
    pub fn character(self) -> char {
        char::from_u32(self.0 & 0x1F_FFFF).unwrap_or('\u{FFFD}')
    }

    /// Folding took away more than case.
    #[inline]
    pub fn marked(self) -> bool {
        self.0 & MARKED != 0
    }

    /// The character became more than one, as ß becomes ss: ask [`expansion`].
    #[inline]
    pub fn several(self) -> bool {
        self.0 & SEVERAL != 0
    }
}

/// Folds one character.
#[inline]
pub fn fold(character: char) -> NormalizedCharacter {
    NormalizationTables::new().fold(character)
}

/// The tables themselves, for folding many characters.
#[derive(Clone, Copy)]
pub struct NormalizationTables {
    plane: &'static [NormalizedCharacter],
    pairs: &'static [Pair],
}

/// What two bytes of UTF-8 fold to: nearly all letters of Latin, Greek, Cyrillic, Hebrew and Arabic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The folded letter in UTF-8; the second byte is 0 where there is one.
    pub bytes: [u8; 2],
    /// How many there are: 0 for what is no plain letter.
    pub length: u8,
    /// Folding took away more than case; or, with no letter, that it ends a word.
    pub marked: bool,
}

impl NormalizationTables {
    /// Builds the tables when this is the first.
    pub fn new() -> Self {
        Self {
            plane: &TABLE,
            pairs: &PAIRS,
        }
    }

    /// Folds two bytes of UTF-8, of which the first is from 0xC2 to 0xDF.
    #[inline]
    pub fn pair(self, first: u8, second: u8) -> Pair {
        let code = usize::from(first & 0x1F) << 6 | usize::from(second & 0x3F);
        self.pairs.get(code).copied().unwrap_or_default()
    }

    /// Folds one character, as [`fold`] does.
    #[inline]
    pub fn fold(self, character: char) -> NormalizedCharacter {
        match self.plane.get(character as usize) {
            Some(&folded) => folded,
            None => derive(character).0,
        }
    }
}

impl Default for NormalizationTables {
    fn default() -> Self {
        Self::new()
    }
}

/// All the characters that `character` folds to; for those whose [`NormalizedCharacter::several`] is set.
pub fn expansion(character: char) -> Vec<char> {
    derive(character).1
}

/// The answers of [`derive()`] for the Basic Multilingual Plane: a memory of a pure function.
static TABLE: LazyLock<Box<[NormalizedCharacter]>> = LazyLock::new(|| {
    (0..0x1_0000_u32)
        .map(|code| {
            char::from_u32(code).map_or(
                NormalizedCharacter::new(CharacterClass::Separator, ' '),
                derive_quick,
            )
        })
        .collect()
});

/// The same for the characters that take two bytes, as bytes.
static PAIRS: LazyLock<Box<[Pair]>> = LazyLock::new(|| {
    let pair = |code| {
        let folded = char::from_u32(code).map(derive_quick)?;
        let mut letter = [0; 4];
        let length = folded.character().encode_utf8(&mut letter).len();
        match folded.class() {
            CharacterClass::Separator => Some(Pair {
                marked: true,
                ..Pair::default()
            }),
            CharacterClass::Letter if length <= 2 && !folded.several() => Some(Pair {
                bytes: [letter[0], letter[1]],
                length: u8::try_from(length).ok()?,
                marked: folded.marked(),
            }),
            _ => None,
        }
    };
    (0..0x800)
        .map(|code| pair(code).unwrap_or_default())
        .collect()
});

fn derive_quick(character: char) -> NormalizedCharacter {
    match character {
        // Unified Han and Hangul syllables are nearly half the plane and fold to themselves.
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => {
            NormalizedCharacter::new(CharacterClass::Single, character)
        }
        '\u{AC00}'..='\u{D7A3}' => NormalizedCharacter::new(CharacterClass::Letter, character),
        _ => derive(character).0,
    }
}

/// The rules themselves, with no memory.
fn derive(character: char) -> (NormalizedCharacter, Vec<char>) {
    let one = |class| (NormalizedCharacter::new(class, character), vec![character]);
    if is_seam(character) {
        return one(CharacterClass::Seam);
    }
    if is_ignored(character) {
        return one(CharacterClass::Ignored);
    }
    if is_combining_mark(character) {
        return one(CharacterClass::Mark);
    }
    if !character.is_alphanumeric() || is_apostrophe(character) {
        return one(CharacterClass::Separator);
    }
    if let Some(digit) = decimal_digit(character) {
        let mut folded = NormalizedCharacter::new(CharacterClass::Letter, digit);
        folded.0 |= MARKED;
        return (folded, vec![digit]);
    }
    let parts = decompose(character);
    let mut word = Letters::default();
    for part in parts.into_iter().filter(|&part| !is_ignored(part)) {
        for lower in part.to_lowercase() {
            match spelled_out(lower) {
                "" => word.push(lower),
                letters => letters.chars().for_each(|letter| word.push(letter)),
            }
        }
    }
    let Some(&first) = word.letters.first() else {
        return one(CharacterClass::Ignored);
    };
    let class = if is_raised(character) {
        CharacterClass::Raised
    } else if is_joiner(first) {
        CharacterClass::Joiner
    } else if is_word_alone(first) {
        CharacterClass::Single
    } else {
        CharacterClass::Letter
    };
    let mut folded = NormalizedCharacter::new(class, first);
    if !character.to_lowercase().eq(word.letters.iter().copied()) {
        folded.0 |= MARKED;
    }
    if word.letters.len() > 1 {
        folded.0 |= SEVERAL;
    }
    (folded, word.letters)
}

/// The compatibility decomposition, unless it would tear a word apart: ½ holds a slash, ﷺ holds
/// blanks, and the Thai and Lao AM begin with a mark.
fn decompose(character: char) -> Vec<char> {
    if matches!(character, '\u{AC00}'..='\u{D7A3}' | '\u{0E33}' | '\u{0EB3}') {
        return vec![character];
    }
    let mut parts = Vec::new();
    decompose_compatible(character, |part| parts.push(part));
    let whole = parts
        .iter()
        .all(|&part| part.is_alphanumeric() || is_combining_mark(part) || is_ignored(part));
    if whole { parts } else { vec![character] }
}

/// Letters of one word as they come, with marks dropped, kept or melted in.
#[derive(Default)]
struct Letters {
    letters: Vec<char>,
}

impl Letters {
    fn push(&mut self, character: char) {
        let base = self
            .letters
            .iter()
            .rev()
            .copied()
            .find(|&c| !is_combining_mark(c));
        let last = self.letters.last().copied();
        match join(base, last, character) {
            Join::Drop => {}
            Join::Replace(composed) => {
                self.letters.pop();
                self.letters.push(composed);
            }
            Join::Keep => self.letters.push(character),
        }
    }
}

/// Letters whose plain spelling Unicode does not give by decomposition.
fn spelled_out(lower: char) -> &'static str {
    match lower {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        // Alef wasla; and the Farsi forms of yeh and kaf, which are a matter of keyboards.
        'ٱ' => "ا",
        'ی' => "ي",
        'ک' => "ك",
        _ => "",
    }
}

/// The word as written, composed and without invisible characters: what `=Exact` compares.
pub fn verbatim_form(word: &str) -> String {
    word.chars()
        .filter(|&c| !is_ignored(c) && !is_seam(c))
        .nfc()
        .collect()
}

/// The word as written, in lower case but with its accents: what stemmers expect.
pub fn lower_with_accents(word: &str) -> String {
    verbatim_form(word)
        .chars()
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests;
