//! From a place inside a TOML string's value back to the file, so that a caret can stand under the
//! very word of a query.

use std::ops::Range;

use super::problem::{Problem, Problems, SourceSpan};
use crate::core::watch;

/// The byte offset, from the start of the literal's source text, of byte `offset` of its value.
///
/// `literal` is the string as written, quotes included, in any of TOML's four forms (TOML 1.1,
/// "String"). Offsets beyond the value give the closing quote.
pub(super) fn offset_in_source(literal: &str, offset: usize) -> usize {
    let (delimiter, escapes) = if literal.starts_with("'''") {
        (3, false)
    } else if literal.starts_with("\"\"\"") {
        (3, true)
    } else {
        (1, literal.starts_with('"'))
    };
    let mut at = delimiter;
    if delimiter == 3 {
        // A newline right behind the opening quotes is not part of the value.
        if literal[at..].starts_with("\r\n") {
            at += 2;
        } else if literal[at..].starts_with('\n') {
            at += 1;
        }
    }
    // What begins with a straight quote may end with a curly one, as a word processor has it.
    let end = literal.floor_char_boundary(literal.len().saturating_sub(delimiter));
    if !escapes {
        return literal.floor_char_boundary((at + offset).min(end));
    }
    let mut decoded = 0;
    while at < end && decoded < offset {
        let rest = &literal[at..end];
        let (source, value) = escape_lengths(rest);
        at += source;
        decoded += value;
    }
    literal.floor_char_boundary(at.min(end))
}

/// Bytes taken from the source and given to the value by the first character or escape of `rest`.
fn escape_lengths(rest: &str) -> (usize, usize) {
    let mut characters = rest.chars();
    match characters.next() {
        None => (1, 0),
        Some('\\') => match characters.next() {
            Some(kind @ ('x' | 'u' | 'U')) => {
                let digits = match kind {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let width = rest
                    .get(2..2 + digits)
                    .and_then(|hex| u32::from_str_radix(hex, 16).ok())
                    .and_then(char::from_u32)
                    .map_or(1, char::len_utf8);
                (2 + digits, width)
            }
            Some(space) if space.is_whitespace() => {
                let folded = rest.len() - rest[1..].trim_start().len();
                (folded, 0)
            }
            _ => (2, 1),
        },
        Some(plain) => (plain.len_utf8(), plain.len_utf8()),
    }
}

/// `text` as it can be pasted into `literal`, the string as written with its quotes.
pub(super) fn pasted_into(literal: &str, text: &str) -> String {
    if !literal.starts_with('"') {
        return text.to_owned();
    }
    let text = text.replace('\\', "\\\\");
    if literal.starts_with("\"\"\"") {
        // One or two quotes in a row end nothing there, three do.
        text.replace("\"\"\"", "\"\"\\\"")
    } else {
        text.replace('"', "\\\"")
            .replace('\n', "\\n")
            .replace('\t', "\\t")
    }
}

/// Tells a mistake of a query, a score's key or a word where it stands in the file.
pub(super) fn push_mistake(
    problems: &mut Problems,
    literal: &SourceSpan,
    query: &str,
    mistake: watch::Problem,
) {
    let help = mistake.help.map(|help| {
        if help.is_empty() {
            let text = problems.pasted_into_literal(literal, &query[mistake.span.clone()]);
            format!("leave `{text}` out")
        } else {
            problems.pasted_into_literal(literal, &help)
        }
    });
    let place = SourceSpan {
        source: literal.source,
        span: problems.span_in_literal(literal, mistake.span),
    };
    problems.push(Problem {
        severity: mistake.severity,
        message: mistake.message,
        help,
        place: Some(place),
        related: None,
        path: None,
    });
}

impl Problems {
    /// The bytes of the file that hold the given bytes of a string literal's value.
    pub(super) fn span_in_literal(&self, literal: &SourceSpan, span: Range<usize>) -> Range<usize> {
        let Some(text) = self.sources[literal.source].text.get(literal.span.clone()) else {
            return literal.span.clone();
        };
        let at = |offset| literal.span.start + offset_in_source(text, offset);
        at(span.start)..at(span.end)
    }

    /// `text` as it can be pasted into the string that stands at `literal`.
    pub(super) fn pasted_into_literal(&self, literal: &SourceSpan, text: &str) -> String {
        let source = self.sources[literal.source].text.get(literal.span.clone());
        pasted_into(source.unwrap_or_default(), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_pasted_as_the_literal_writes_them() {
        for (literal, expected) in [
            ("\"human rights\"", "\\\"human rights\\\""),
            ("'human rights'", "\"human rights\""),
            ("'''human rights'''", "\"human rights\""),
            ("\"\"\"human rights\"\"\"", "\"human rights\""),
        ] {
            assert_eq!(pasted_into(literal, "\"human rights\""), expected);
        }
        assert_eq!(pasted_into("\"a\"", "b\\c\n"), "b\\\\c\\n");
        assert_eq!(pasted_into("\"\"\"a\"\"\"", "\"\"\""), "\"\"\\\"");
    }

    /// The text of the literal from the place of byte `offset` of its value.
    fn check(literal: &str, offset: usize, rest: &str) {
        assert_eq!(
            &literal[offset_in_source(literal, offset)..],
            rest,
            "{literal}"
        );
    }

    #[test]
    fn literal_strings_map_byte_for_byte() {
        check("'abc'", 1, "bc'");
        check("'''\nabc'''", 1, "bc'''");
        check("'''\r\nabc'''", 0, "abc'''");
        check("'''abc'''", 9, "'''");
    }

    #[test]
    fn a_quote_of_several_bytes_ends_a_literal_too() {
        check("\"jail”", 9, "”");
        check("\"jail OR”", 3, "l OR”");
        check("\"é’", 0, "é’");
        check("'é”", 40, "”");
    }

    #[test]
    fn escapes_count_as_what_they_stand_for() {
        check(r#""\"a\" b""#, 4, r#"b""#);
        check(r#""\u00e9x""#, 2, r#"x""#);
        check(r#""\U0001F600x""#, 4, r#"x""#);
        check("\"\"\"\na\\\n   b\"\"\"", 1, "\\\n   b\"\"\"");
        check("\"\"\"\na\\\n   b\"\"\"", 2, "\"\"\"");
    }

    #[test]
    fn a_broken_literal_still_gives_a_place_inside_it() {
        for literal in ["\"", "'", "\"\"\"", "\"\\", "\"\\u12", "'é"] {
            assert!(offset_in_source(literal, 5) <= literal.len());
        }
    }
}
