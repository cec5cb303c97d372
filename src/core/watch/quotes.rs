//! Quotes in a query: which characters are some, where they close, and what must stand in them.

use crate::core::text::normalization::{CharacterClass, fold};

/// Straight, curly, low, angle and corner quotes; any of them opens, and any closes.
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '「' | '」' | '『' | '』'
    )
}

/// Bytes from `inside` to the quote that closes what was opened before it.
pub(super) fn closing_quote(query: &str, inside: usize) -> Option<usize> {
    let mut quotes = query[inside..].match_indices(is_quote).map(|(at, _)| at);
    quotes.find(|at| !is_gershayim(query, inside + at))
}

/// Whether a character that may be a quote stands between letters of Hebrew: there a keyboard has it for
/// the gershayim of acronyms and numbers (U+05F4), as in צה"ל.
pub(super) fn is_gershayim(text: &str, at: usize) -> bool {
    let is_hebrew = |c: char| matches!(c, '\u{0591}'..='\u{05BD}' | '\u{05D0}'..='\u{05F2}');
    let mut behind = text[at..].chars();
    behind.next().is_some_and(is_quote)
        && behind.next().is_some_and(is_hebrew)
        && text[..at].chars().next_back().is_some_and(is_hebrew)
}

/// Whether a quote stands anywhere in a text.
pub(super) fn has_quote(text: &str) -> bool {
    closing_quote(text, 0).is_some()
}

/// Whether a term's text must stand in quotes to be read as the one term that it is.
pub(super) fn needs_quotes(text: &str) -> bool {
    let body = text.strip_prefix('=').unwrap_or(text);
    let sign = |c: char| matches!(c, '*' | '?' | '~' | '-' | '\'' | '’' | '.');
    body.is_empty()
        || !body.starts_with(|c| fold(c).class() != CharacterClass::Separator)
        || body.starts_with(is_unseen)
        || body.ends_with(is_unseen)
        || body.contains(|c: char| {
            ends_word(c) || (fold(c).class() == CharacterClass::Separator && !sign(c))
        })
        || ["and", "or", "not", "near", "pre", "atleast", "min"]
            .contains(&body.to_ascii_lowercase().as_str())
        || body
            .strip_prefix(|c: char| c.is_ascii_alphabetic())
            .is_some_and(|_| body.ends_with(|c: char| c.is_ascii_digit()))
}

pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace()
        || is_quote(c)
        || matches!(
            c,
            '(' | ')' | ',' | '（' | '）' | '，' | '、' | '،' | '[' | ']' | '{' | '}'
        )
}

/// What nobody sees, and at the end of a word says nothing: marks of direction, a zero-width space.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(
        fold(c).class(),
        CharacterClass::Ignored | CharacterClass::Seam
    )
}
