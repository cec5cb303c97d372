//! Signs that are not TOML's own: quotes of word processors, blanks that are none, letters that nobody sees.

/// What begins a comment elsewhere.
pub(super) const COMMENTS: [&str; 6] = ["//", "--", "/*", "<!--", ";", "%"];

/// Quotes of typography and of keyboards that begin or end no text in TOML.
pub(super) fn is_odd_quote(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '`'
            | '´'
            | '＂'
            | '＇'
            | '「'
            | '」'
            | '『'
            | '』'
            | '″'
            | '′'
    )
}

/// Stands where a blank may, and is none of TOML's.
pub(super) fn is_odd_blank(c: char) -> bool {
    (c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r')) || is_unseen(c)
}

/// Nobody sees it.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    ) || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// What such a character is called.
pub(super) fn described(c: char) -> String {
    let name = match c {
        '\0' => "a NUL byte",
        '\u{A0}' | '\u{202F}' => "a no-break space, which looks like a blank",
        '\u{FEFF}' => "a byte-order mark, which nobody sees",
        _ if is_unseen(c) => "which nobody sees",
        _ => "which looks like a blank",
    };
    format!("U+{:04X}, {name}, is none of TOML's blanks", u32::from(c))
}

/// A text between the quotes that fit it.
pub(super) fn in_quotes(inner: &str) -> String {
    let inner: String = inner.chars().filter(|c| !is_unseen(*c)).collect();
    if !inner.contains(['"', '\\', '\n']) {
        format!("\"{inner}\"")
    } else if !inner.contains(['\'', '\n']) {
        format!("'{inner}'")
    } else if !inner.contains("'''") {
        format!("'''{inner}'''")
    } else {
        format!(
            "\"\"\"{}\"\"\"",
            inner.replace('\\', "\\\\").replace('"', "\\\"")
        )
    }
}

/// May stand in a key without quotes.
pub(super) fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}
