//! Abbreviations with dots, which are one word: `U.N.`, `L.G.B.T.Q.`, `С.Ш.А.`, `EE.UU.`
//!
//! They are letters, each with a dot behind it; the last may have none. Spanish doubles the letters of what is
//! plural, and may put a blank between the pairs. Whether they are abbreviations or somebody's initials cannot be
//! told, and need not be.

use super::normalization::{CharacterClass, fold};

/// Letters, or pairs of them, that an abbreviation has at most. The search for its end takes no longer.
const MOST_LETTERS: usize = 16;

/// The dots of abbreviations: the full stop, also that of full width.
pub fn is_dot(character: char) -> bool {
    matches!(character, '.' | '．')
}

/// Where the abbreviation ends, in bytes, that begins with the word at `start`; its last dot belongs to it.
/// `None` where none begins: in decimals, versions and names of hosts, and before a word that goes on in small
/// letters.
#[cold]
pub fn abbreviation(text: &str, start: usize) -> Option<usize> {
    let first = Letters::at(text, start)?;
    let mut before = text[..start].chars().rev();
    // `www.x.y.example`; but `ended.U.S. troops`.
    if before.next().is_some_and(is_dot)
        && before.next().is_some_and(char::is_alphanumeric)
        && first.is_small
    {
        return None;
    }
    let mut last = first;
    for count in 1..=MOST_LETTERS {
        let Some(dot) = text[last.next..].chars().next().filter(|&c| is_dot(c)) else {
            return (count > 1).then_some(last.end);
        };
        let behind = last.next + dot.len_utf8();
        let after = text[behind..].chars().next();
        let blank = after.filter(|c| first.is_pair && matches!(c, ' ' | '\u{A0}'));
        let next = behind + blank.map_or(0, char::len_utf8);
        let letters = Letters::at(text, next).filter(|next| next.is_pair == first.is_pair);
        match letters {
            Some(letters) if !letters.goes_on => last = letters,
            // `J.K.Doe` is one and a name, `a.b.example` the name of a host.
            _ if count > 1 && (blank.is_some() || !begins_small(&text[behind..])) => {
                return Some(behind);
            }
            _ => return None,
        }
    }
    None
}

fn begins_small(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

/// A letter with its marks, or a pair of the same capitals.
#[derive(Clone, Copy)]
struct Letters {
    /// Behind the last of them.
    end: usize,
    /// Behind what nobody sees, too.
    next: usize,
    is_pair: bool,
    is_small: bool,
    /// More of a word follows.
    goes_on: bool,
}

impl Letters {
    fn at(text: &str, start: usize) -> Option<Self> {
        let first = text[start..].chars().next().filter(|&c| is_letter(c))?;
        let mut end = start + first.len_utf8();
        let (mut next, mut is_pair, mut class) = (end, false, None);
        for character in text[end..].chars() {
            let found = fold(character).class();
            let is_second = character == first && !is_pair && first.is_uppercase();
            if !(is_second || matches!(found, CharacterClass::Mark | CharacterClass::Ignored)) {
                class = Some(found);
                break;
            }
            is_pair |= is_second;
            next += character.len_utf8();
            if found != CharacterClass::Ignored {
                end = next;
            }
        }
        Some(Self {
            end,
            next,
            is_pair,
            is_small: first.is_lowercase(),
            goes_on: matches!(
                class,
                Some(CharacterClass::Letter | CharacterClass::Joiner | CharacterClass::Seam)
            ),
        })
    }
}

fn is_letter(character: char) -> bool {
    fold(character).class() == CharacterClass::Letter && character.is_alphabetic()
}

/// The text with blanks for the dots of its abbreviations, which makes words of their letters; `None` where it
/// has no abbreviation.
pub fn split_abbreviations(text: &str) -> Option<String> {
    let (mut apart, mut from, mut is_word) = (String::new(), 0, false);
    for (at, character) in text.char_indices() {
        if at < from {
            continue;
        }
        let begins = !is_word && is_letter(character);
        if let Some(end) = begins.then(|| abbreviation(text, at)).flatten() {
            apart.extend(
                text[from..end]
                    .chars()
                    .map(|c| if is_dot(c) { ' ' } else { c }),
            );
            from = end;
        }
        is_word = fold(character).class() != CharacterClass::Separator;
    }
    (from > 0).then(|| apart + &text[from..])
}

/// The letters of an abbreviation.
pub fn without_dots(abbreviation: &str) -> String {
    let letters = abbreviation.chars();
    letters
        .filter(|&c| !is_dot(c) && !c.is_whitespace())
        .collect()
}

#[cfg(test)]
mod tests;
