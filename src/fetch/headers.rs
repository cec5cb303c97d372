//! Headers of an answer as text.

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName};

/// What is kept of a `Content-Type`.
const CONTENT_TYPE_CHARS: usize = 256;
/// What is kept of a header that is read as text.
const HEADER_BYTES: usize = 1024;

/// A header as text, several lines of it joined as RFC 9110 section 5.3 allows, and cut after the
/// last item that fits.
pub(super) fn text_of(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    text_up_to(headers, name, HEADER_BYTES)
}

/// The `Content-Type`, as far as it is kept.
pub(super) fn content_type(headers: &HeaderMap) -> Option<String> {
    let text = text_of(headers, &CONTENT_TYPE)?;
    Some(text.chars().take(CONTENT_TYPE_CHARS).collect())
}

pub(super) fn text_up_to(headers: &HeaderMap, name: &HeaderName, bytes: usize) -> Option<String> {
    let lines: Vec<_> = headers
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .collect();
    let mut text = lines.join(", ");
    if text.len() > bytes {
        let fits = &text[..text.floor_char_boundary(bytes)];
        text.truncate(fits.rfind(',').unwrap_or(fits.len()));
    }
    (!lines.is_empty()).then_some(text)
}
