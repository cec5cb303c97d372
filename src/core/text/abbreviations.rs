//! Abbreviations with dots, which are one word: `U.N.`, `L.G.B.T.Q.`, `С.Ш.А.`, `EE.UU.`
//!
//! They are letters, each with a dot behind it; the last may have none. Spanish doubles the letters of what is
//! plural, and may put a blank between the pairs. Whether they are abbreviations or somebody's initials cannot be
//! told, and need not be.

use super::normalization::{Class, fold};

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
            if !(is_second || matches!(found, Class::Mark | Class::Ignored)) {
                class = Some(found);
                break;
            }
            is_pair |= is_second;
            next += character.len_utf8();
            if found != Class::Ignored {
                end = next;
            }
        }
        Some(Self {
            end,
            next,
            is_pair,
            is_small: first.is_lowercase(),
            goes_on: matches!(class, Some(Class::Letter | Class::Joiner | Class::Seam)),
        })
    }
}

fn is_letter(character: char) -> bool {
    fold(character).class() == Class::Letter && character.is_alphabetic()
}

/// The text with blanks for the dots of its abbreviations, which makes words of their letters; `None` where it
/// has no abbreviation.
pub fn taken_apart(text: &str) -> Option<String> {
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
        is_word = fold(character).class() != Class::Separator;
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
mod tests {
    use super::*;

    /// The abbreviations of a text.
    fn all(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        let mut buffer = Vec::new();
        let reading = super::super::tokenizer::Reading::Parted;
        super::super::tokenizer::split(text, reading, &mut buffer, |_, word| {
            let word = &text[word.start..word.end];
            if word.contains(is_dot) {
                words.push(word);
            }
        });
        words
    }

    #[test]
    fn letters_with_dots_are_one_word() {
        for (text, expected) in [
            ("the U.N. said", vec!["U.N."]),
            ("L.G.B.T.Q. rights", vec!["L.G.B.T.Q."]),
            ("at the U.N", vec!["U.N"]),
            ("the U.N.", vec!["U.N."]),
            ("U.S.-led, D.C.-based", vec!["U.S.", "D.C."]),
            ("U.N.'s and U.N.’s", vec!["U.N.", "U.N."]),
            ("N.G.O.s", vec!["N.G.O.s"]),
            ("(С.Ш.А.)", vec!["С.Ш.А."]),
            ("οι Η.Π.Α. λένε", vec!["Η.Π.Α."]),
            ("وكالة أ.ف.ب. قالت", vec!["أ.ف.ب."]),
            ("Á.B. and A\u{301}.B.", vec!["Á.B.", "A\u{301}.B."]),
            ("भा.ज.पा. ने", vec!["भा.ज.पा."]),
            ("EE.UU. y FF. AA.", vec!["EE.UU.", "FF. AA."]),
            ("EE. UU. y CC.OO", vec!["EE. UU.", "CC.OO"]),
            ("Ｕ．Ｎ． say", vec!["Ｕ．Ｎ．"]),
            ("J.K.Doe and J.K. Doe", vec!["J.K.", "J.K."]),
            ("it ended.U.S. troops", vec!["U.S."]),
            ("U.S..., U.S.; U.S.1", vec!["U.S.", "U.S.", "U.S."]),
            ("U.S.–U.K./U.N.", vec!["U.S.", "U.K.", "U.N."]),
            ("at 5 p.m. today, e.g. here", vec!["p.m.", "e.g."]),
            ("中国U.N.专家", vec!["U.N."]),
        ] {
            assert_eq!(all(text), expected, "{text:?}");
        }
    }

    #[test]
    fn other_dots_part_words() {
        for text in [
            "plan B. He left",
            "J. K. Doe",
            "1.2.3 and 3.14",
            "v.1.2",
            "a.example.org",
            "www.x.y.example.org",
            "x.y.example",
            "p. 5",
            "A..B",
            ". . .",
            "I. said.",
            "H. R. 1",
            "it is. It",
            "Mr. X. was",
            "No.5.a",
            "AB.CD.",
            "Aa.Bb.",
            "ss.aa.",
            "U. S. A.",
            "B.He left",
            "疫.情.",
            "EE. He",
            "U.\u{200B}S.",
        ] {
            assert_eq!(all(text), [""; 0], "{text:?}");
        }
    }

    #[test]
    fn the_letters_of_abbreviations_can_be_taken_apart() {
        assert_eq!(
            taken_apart("the U.N. and L.G.B.T").unwrap(),
            "the U N  and L G B T"
        );
        assert_eq!(taken_apart("EE.UU.").unwrap(), "EE UU ");
        assert_eq!(taken_apart("no dots. 3.1"), None);
    }

    #[test]
    fn megabytes_of_dots_take_linear_time() {
        for piece in ["A.", "a.", "AA. ", "A.b", "A.B.c", "É."] {
            let _ = all(&piece.repeat(500_000 / piece.len()));
        }
    }
}
