//! Letters that are not what they seem: of another script, of HTML, read in another encoding.

use encoding_rs::WINDOWS_1252;
use unicode_script::{Script, UnicodeScript};

use super::term_text::TermText;
use super::warning::ForeignSyntaxWarning;

/// `R&amp;D`, `&quot;tear gas&quot;`, `caf&#233;`.
pub(super) fn entity(written: TermText<'_>) -> Option<ForeignSyntaxWarning> {
    let (place, _) = entities(written.text).next()?;
    let mut plain = String::new();
    let mut at = 0;
    for (entity, character) in entities(written.text) {
        plain.push_str(&written.text[at..entity.start]);
        match character {
            // A quote that is written in a page's source is one of the query, or nothing.
            Some('"' | '“' | '”' | '«' | '»') => plain.push(' '),
            Some(character) => plain.push(character),
            None => return told(&written.text[place], None),
        }
        at = entity.end;
    }
    plain.push_str(&written.text[at..]);
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = plain.chars().any(char::is_alphanumeric);
    told(&written.text[place], help.then(|| written.term(&plain)))
}

fn told(entity: &str, help: Option<String>) -> Option<ForeignSyntaxWarning> {
    ForeignSyntaxWarning::new(
        format!("`{entity}` is the source of a web page, and stands in no text that is searched"),
        help,
    )
}

/// The entities of a text, with the characters that they stand for where that is known.
fn entities(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, Option<char>)> {
    text.match_indices('&').filter_map(|(start, _)| {
        let length = text[start..].find(';').filter(|length| *length <= 10)?;
        let name = &text[start + 1..start + length];
        let number = name.strip_prefix('#');
        let is_name = name.len() >= 2 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let code = number.map(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        let character = match (code, name) {
            (Some(code), _) => Some(char::from_u32(code?)?),
            (None, "amp") => Some('&'),
            (None, "apos" | "rsquo" | "lsquo") => Some('\''),
            (None, "lt") => Some('<'),
            (None, "gt") => Some('>'),
            (None, "nbsp" | "ensp" | "emsp" | "thinsp" | "shy" | "zwnj") => Some(' '),
            (None, "quot" | "ldquo" | "rdquo" | "laquo" | "raquo" | "bdquo") => Some('"'),
            (None, "ndash" | "mdash" | "hyphen") => Some('-'),
            (None, "hellip") => Some('…'),
            (None, _) if is_name => accented(name),
            (None, _) => return None,
        };
        (code.is_some() || is_name).then_some((start..start + length + 1, character))
    })
}

/// `eacute`, `ntilde`, `Uuml`.
fn accented(name: &str) -> Option<char> {
    let letter = name.chars().next()?;
    let mark = match &name[1..] {
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        "cedil" => '\u{327}',
        "ring" => '\u{30a}',
        _ => return None,
    };
    unicode_normalization::char::compose(letter, mark)
}

/// `detenciÃ³n`: UTF-8 that was read as Windows-1252; and letters that were lost.
pub(super) fn misread(written: TermText<'_>) -> Option<ForeignSyntaxWarning> {
    let lost = |c: char| c == char::REPLACEMENT_CHARACTER || matches!(c, '\u{E000}'..='\u{F8FF}');
    if let Some(lost) = written.text.chars().find(|c| lost(*c)) {
        return ForeignSyntaxWarning::new(
            format!(
                "U+{:04X} stands where a letter was lost, and in no text that is searched: write the word \
                 anew",
                u32::from(lost)
            ),
            None,
        );
    }
    if written.text.is_ascii() {
        return None;
    }
    let (bytes, _, unmappable) = WINDOWS_1252.encode(written.text);
    let read = std::str::from_utf8(&bytes).ok().filter(|_| !unmappable)?;
    let letters = read.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
    if read.is_ascii() || !letters {
        return None;
    }
    ForeignSyntaxWarning::new(
        format!(
            "`{}` was read in a wrong encoding, and stands in no text",
            written.text
        ),
        written.term(read),
    )
}

/// Letters of Cyrillic and of Greek that look like the Latin one; those that differ in one case stand in the
/// other only.
const ALIKE: [(char, char, char); 38] = [
    ('a', 'а', '\0'),
    ('c', 'с', '\0'),
    ('e', 'е', '\0'),
    ('i', 'і', 'ι'),
    ('j', 'ј', '\0'),
    ('k', 'к', 'κ'),
    ('o', 'о', 'ο'),
    ('p', 'р', 'ρ'),
    ('s', 'ѕ', '\0'),
    ('u', '\0', 'υ'),
    ('v', 'ѵ', 'ν'),
    ('x', 'х', 'χ'),
    ('y', 'у', 'γ'),
    ('d', 'ԁ', '\0'),
    ('q', 'ԛ', '\0'),
    ('w', 'ԝ', '\0'),
    ('h', 'һ', '\0'),
    ('m', 'м', '\0'),
    ('t', 'т', 'τ'),
    ('A', 'А', 'Α'),
    ('B', 'В', 'Β'),
    ('C', 'С', '\0'),
    ('E', 'Е', 'Ε'),
    ('H', 'Н', 'Η'),
    ('I', 'І', 'Ι'),
    ('J', 'Ј', '\0'),
    ('K', 'К', 'Κ'),
    ('M', 'М', 'Μ'),
    ('N', '\0', 'Ν'),
    ('O', 'О', 'Ο'),
    ('P', 'Р', 'Ρ'),
    ('S', 'Ѕ', '\0'),
    ('T', 'Т', 'Τ'),
    ('X', 'Х', 'Χ'),
    ('Y', 'У', 'Υ'),
    ('Z', '\0', 'Ζ'),
    ('ï', 'ї', 'ϊ'),
    ('ó', '\0', 'ό'),
];

/// `jоurnalist` with a Cyrillic о.
pub(super) fn two_scripts(written: TermText<'_>) -> Option<ForeignSyntaxWarning> {
    let mut mended = String::new();
    let mut told = None;
    let mut rest = written.text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic())
                .unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, behind) = rest.split_at(length);
        match one_script(word) {
            Some((same, odd)) => {
                told = told.or_else(|| Some((word.to_owned(), odd, same.clone())));
                mended.push_str(&same);
            }
            None => mended.push_str(word),
        }
        rest = behind;
    }
    let (word, odd, same) = told?;
    let script = same.chars().next().map_or("", |c| c.script().full_name());
    ForeignSyntaxWarning::new(
        format!(
            "`{word}` is of two scripts: U+{:04X} only looks like a letter of {script}, so hardly any text \
             has this word",
            u32::from(odd)
        ),
        written.term(&mended),
    )
}

/// A word that is made of look-alikes, in one script, and the first letter of the other.
fn one_script(word: &str) -> Option<(String, char)> {
    let of = |script: Script| word.chars().filter(|c| c.script() == script).count();
    let mut scripts =
        [Script::Latin, Script::Cyrillic, Script::Greek].map(|script| (of(script), script));
    if scripts.iter().filter(|(count, _)| *count > 0).count() < 2 {
        return None;
    }
    // Stable: the earlier one of equals.
    scripts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    scripts
        .iter()
        .filter(|(count, _)| *count > 0)
        .find_map(|(_, script)| {
            let mut odd = None;
            let same: Option<String> = word
                .chars()
                .map(|c| {
                    let own = c.script() == *script
                        || matches!(c.script(), Script::Common | Script::Inherited);
                    if own {
                        return Some(c);
                    }
                    odd = odd.or(Some(c));
                    alike(c, *script)
                })
                .collect();
            Some((same?, odd?))
        })
}

fn alike(c: char, script: Script) -> Option<char> {
    let (latin, cyrillic, greek) = ALIKE
        .into_iter()
        .find(|(latin, cyrillic, greek)| [*latin, *cyrillic, *greek].contains(&c))?;
    let same = match script {
        Script::Latin => latin,
        Script::Cyrillic => cyrillic,
        _ => greek,
    };
    (same != '\0').then_some(same)
}
