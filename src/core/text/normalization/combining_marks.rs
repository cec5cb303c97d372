//! Combining marks: which disappear over a letter, which melt with it, and in which order they are written.

use unicode_normalization::char::{canonical_combining_class, compose, is_combining_mark};
use unicode_script::{Script, UnicodeScript};

use super::properties::is_joiner;

/// What becomes of a mark or joining letter after a base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// It disappears: accents where they fold.
    Drop,
    /// It melts with the last character into this one: и with a breve is й.
    Replace(char),
    /// It stays as a character of its own.
    Keep,
}

/// Decides on `character` after the base letter `base` and the last character `last` of the word.
pub fn join(base: Option<char>, last: Option<char>, character: char) -> Join {
    let (Some(base), Some(last)) = (base, last) else {
        return Join::Keep;
    };
    if is_combining_mark(character) && drops(base, character) {
        return Join::Drop;
    }
    if is_combining_mark(character) || is_joiner(character) {
        return compose(last, character).map_or(Join::Keep, Join::Replace);
    }
    Join::Keep
}

/// Whether a mark disappears over this base.
fn drops(base: char, mark: char) -> bool {
    match base.script() {
        Script::Latin | Script::Greek | Script::Hebrew | Script::Common | Script::Inherited => true,
        // Hamza and madda make a different letter of waw and yeh, but not of alef.
        Script::Arabic => !matches!(mark, '\u{0653}'..='\u{0655}') || base == 'ا',
        // Stress marks and ё fold; й, ї, ў, ѓ, ќ are letters of their own.
        Script::Cyrillic => match mark {
            '\u{0300}' | '\u{0301}' => !matches!(base, 'г' | 'к'),
            '\u{0308}' => base == 'е',
            _ => false,
        },
        _ => false,
    }
}

/// The order in which marks on one base are written, so that equivalent spellings are equal.
pub fn mark_order(mark: char) -> u8 {
    canonical_combining_class(mark)
}
