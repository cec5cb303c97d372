//! Character references of HTML, as browsers read them.
//!
//! The table of names is that of html5ever, which decodes references only inside of its tokenizer.

/// The longest name in HTML's table of references has 32 letters, and then comes its `;`.
const LONGEST_REFERENCE: usize = 33;

/// Replaces character references (`&eacute;`, `&#8217;`) and nothing else: `<` stays.
pub fn decode_entities(text: &str) -> String {
    decode(text, |rest| rest)
}

/// The same for text in which references may have been escaped once more (`&amp;eacute;`).
pub(in crate::core) fn decode_entities_fully(text: &str) -> String {
    decode(text, behind_surplus)
}

fn decode(text: &str, behind: impl Fn(&str) -> &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = behind(&rest[start + 1..]);
        let written = written_reference(rest);
        if let Some((name, character)) = written.and_then(|name| Some((name, entity(name)?))) {
            decoded.push_str(&character);
            rest = &rest[name.len() + 1..];
        } else {
            decoded.push('&');
        }
    }
    decoded.push_str(rest);
    decoded
}

/// The name of the reference that a text begins with, behind its `&`, when a `;` ends it.
fn written_reference(text: &str) -> Option<&str> {
    let mut bytes = text.bytes().take(LONGEST_REFERENCE);
    bytes.position(|byte| byte == b';').map(|end| &text[..end])
}

/// What stands behind the last ampersand of a reference that was escaped once more or several times, given
/// what stands behind the first: `#8217;` of `amp;amp;#8217;`. References to `<` and `>` stay: they tell of
/// markup (see [`escaped`](super::double_escaping)), or are what a text is about.
pub(super) fn behind_surplus(mut rest: &str) -> &str {
    while let Some(inner) = rest.strip_prefix("amp;")
        && let Some(name) = written_reference(inner)
        && entity(name).is_some_and(|character| character != "<" && character != ">")
    {
        rest = inner;
    }
    rest
}

/// The characters that a reference stands for, given without `&` and `;`: `eacute`, `#233`, `#xE9`.
///
/// Numbers in the range of the C1 controls are read as windows-1252, as HTML does.
pub fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        return numeric_entity(number).map(String::from);
    }
    let reference = format!("{name};");
    let &(first, second) = html5ever::data::NAMED_ENTITIES.get(reference.as_str())?;
    let mut characters = String::new();
    characters.extend(char::from_u32(first).filter(|&character| character != '\0'));
    characters.extend(char::from_u32(second).filter(|&character| character != '\0'));
    (!characters.is_empty()).then_some(characters)
}

/// The one or two characters of the reference that a text begins with, behind its `&`, and its length.
pub(super) fn reference(text: &str) -> Option<([char; 2], usize)> {
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (number, 10),
        };
        let length = digits
            .find(|c: char| !c.is_digit(radix))
            .unwrap_or(digits.len());
        let code = digits[..length].chars().try_fold(0_u32, |code, digit| {
            code.checked_mul(radix)?.checked_add(digit.to_digit(radix)?)
        });
        if length == 0 {
            return None;
        }
        let character = code
            .filter(|&code| code != 0)
            .and_then(|code| c1_replacement(code).or_else(|| char::from_u32(code)))
            .unwrap_or(char::REPLACEMENT_CHARACTER);
        let end = text.len() - digits.len() + length;
        return Some((
            [character, '\0'],
            end + usize::from(text[end..].starts_with(';')),
        ));
    }
    // The table holds the beginnings of all names too, so that the longest is found letter by letter.
    let mut found = None;
    for length in 1..=text.len().min(LONGEST_REFERENCE) {
        match text
            .get(..length)
            .and_then(|name| html5ever::data::NAMED_ENTITIES.get(name))
        {
            Some(&(0, _)) => {}
            Some(&(first, second)) => found = Some((first, second, length)),
            None => break,
        }
    }
    let (first, second, length) = found?;
    Some(([char::from_u32(first)?, char::from_u32(second)?], length))
}

fn numeric_entity(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    }
    .ok()?;
    c1_replacement(code)
        .or_else(|| char::from_u32(code))
        .filter(|character| !character.is_control() || matches!(character, '\t' | '\n' | '\r'))
}

/// What windows-1252 has where Unicode has the C1 controls.
pub(super) fn c1_replacement(code: u32) -> Option<char> {
    let index = usize::try_from(code.checked_sub(0x80)?).ok()?;
    html5ever::data::C1_REPLACEMENTS
        .get(index)
        .copied()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding_entities_leaves_tags_alone() {
        assert_eq!(
            decode_entities("<b>&eacute;&lt;&bogus;& &amp;amp;"),
            "<b>é<&bogus;& &amp;"
        );
    }
}
