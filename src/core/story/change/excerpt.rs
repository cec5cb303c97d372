//! What a text says, as a sentence quotes it.

use crate::core::text::sanitize::visible_text;

/// Bytes of a text that are compared.
pub(super) const TEXT_BYTES: usize = 2_000;
/// Characters shown of each side.
const SHOWN_CHARS: usize = 70;

/// In quotes, on one line, not too long.
pub(super) fn quoted(text: &str) -> String {
    let mut shown = String::new();
    for c in visible_text(text).chars() {
        let c = match c {
            '“' | '”' => '"',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if !(c == ' ' && shown.ends_with(' ')) {
            shown.push(c);
        }
    }
    if let Some((end, _)) = shown.char_indices().nth(SHOWN_CHARS) {
        shown.truncate(end);
        shown.truncate(shown.trim_end().len());
        shown.push('…');
    }
    format!("“{}”", shown.trim())
}
