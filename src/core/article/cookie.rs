//! The `Cookie` header of a subscriber, as somebody copies it.

/// The longest one, in bytes.
const COOKIE_AT_MOST: usize = 4096;

/// A text is no cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a cookie is one line like `session=abc; plan=paid` in printable ASCII, of at most 4096 bytes"
)]
pub struct InvalidCookie;

/// The value of a `Cookie` header (RFC 6265 section 4.2.1). A `Cookie: ` in front, as browsers show it, is left
/// out.
pub fn cookie_value(text: &str) -> Result<&str, InvalidCookie> {
    let text = text.trim();
    let value = match text.split_once(':') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("cookie") => value.trim(),
        _ => text,
    };
    let is_line = value.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    let is_pair = value
        .split_once('=')
        .is_some_and(|(name, _)| !name.trim().is_empty());
    if is_line && is_pair && value.len() <= COOKIE_AT_MOST {
        Ok(value)
    } else {
        Err(InvalidCookie)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_of_pairs_is_a_cookie() {
        for (text, value) in [
            ("session=abc; plan=paid", "session=abc; plan=paid"),
            ("Cookie: session=abc\n", "session=abc"),
            ("cookie:a=b:c", "a=b:c"),
            ("a=", "a="),
        ] {
            assert_eq!(cookie_value(text), Ok(value), "{text}");
        }
        let long = format!("a={}", "b".repeat(4096));
        for text in [
            "",
            "abc",
            "=abc",
            "a=b\nc=d",
            "a=b\r\nX-Other: c",
            "a=é",
            "a=\u{1b}",
            &long,
        ] {
            assert_eq!(cookie_value(text), Err(InvalidCookie), "{text:?}");
        }
    }
}
