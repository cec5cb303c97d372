//! Relative addresses inside HTML, made absolute: in a digest or a page of its own, a relative
//! address would point nowhere.

use std::borrow::Cow;

use url::Url;

use super::links;
use crate::core::text::html;

/// Attributes whose value is an address, in whatever element.
const ADDRESSES: [&str; 9] = [
    "href",
    "src",
    "cite",
    "action",
    "background",
    "codebase",
    "data",
    "longdesc",
    "poster",
];

/// A longer tag is not looked into.
const LONGEST_TAG: usize = 64 * 1024;

/// Makes the addresses in the tags of HTML absolute against a base. Borrowed when there were none
/// to change; everything else stays as it is, byte for byte.
pub(super) fn absolute<'t>(source: &'t str, base: &Url) -> Cow<'t, str> {
    let mut changed = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(offset) = source[at..].find('<') {
        let start = at + offset + 1;
        at = start;
        let rest = &source[start..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let rest = &rest[..rest.floor_char_boundary(LONGEST_TAG)];
        let mut attributes = Values {
            rest,
            at: tag_name_length(rest),
        };
        for value in attributes.by_ref() {
            let address = html::decode_entities(&rest[value.from..value.to]);
            if let Some(absolute) = relative_to(&address, base) {
                changed.push_str(&source[copied..start + value.outer_from]);
                changed.extend([
                    "\"",
                    &absolute.replace('&', "&amp;").replace('"', "%22"),
                    "\"",
                ]);
                copied = start + value.outer_to;
            }
        }
        at = start + attributes.at;
    }
    if copied == 0 {
        return Cow::Borrowed(source);
    }
    changed.push_str(&source[copied..]);
    Cow::Owned(changed)
}

/// The absolute form of an address, when it is a relative one.
fn relative_to(address: &str, base: &Url) -> Option<String> {
    // A `<` inside tells of a quote that is missing: then the value is none.
    let is_relative = !address.contains('<')
        && Url::parse(address.trim()) == Err(url::ParseError::RelativeUrlWithoutBase);
    if is_relative {
        links::absolute(address, Some(base))
    } else {
        None
    }
}

fn tag_name_length(tag: &str) -> usize {
    tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .unwrap_or(tag.len())
}

/// Where the value of an address attribute stands in its tag, without and with its quotes.
struct Value {
    from: usize,
    to: usize,
    outer_from: usize,
    outer_to: usize,
}

/// The values of address attributes in a tag, up to its `>`.
struct Values<'t> {
    rest: &'t str,
    at: usize,
}

impl Iterator for Values<'_> {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        loop {
            self.skip(|c| c.is_whitespace() || c == '/');
            let name_from = self.at;
            if self.rest[self.at..].starts_with('>') || self.at == self.rest.len() {
                return None;
            }
            // A `=` where a name begins is its first character (HTML, 13.2.5.32).
            self.skip_one();
            self.skip(|c| !c.is_whitespace() && !matches!(c, '=' | '>' | '/'));
            let name = &self.rest[name_from..self.at];
            self.skip(char::is_whitespace);
            if !self.rest[self.at..].starts_with('=') {
                continue;
            }
            self.at += 1;
            self.skip(char::is_whitespace);
            let value = self.value();
            if ADDRESSES
                .iter()
                .any(|address| name.eq_ignore_ascii_case(address))
            {
                return Some(value);
            }
        }
    }
}

impl Values<'_> {
    fn value(&mut self) -> Value {
        let outer_from = self.at;
        let quote = self.rest[self.at..]
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else {
            self.skip(|c| !c.is_whitespace() && c != '>');
            return Value {
                from: outer_from,
                to: self.at,
                outer_from,
                outer_to: self.at,
            };
        };
        let from = outer_from + 1;
        let length = self.rest[from..].find(quote);
        let to = length.map_or(self.rest.len(), |length| from + length);
        self.at = (to + 1).min(self.rest.len());
        Value {
            from,
            to,
            outer_from,
            outer_to: self.at,
        }
    }

    fn skip(&mut self, while_true: impl Fn(char) -> bool) {
        let rest = &self.rest[self.at..];
        self.at += rest.find(|c| !while_true(c)).unwrap_or(rest.len());
    }

    fn skip_one(&mut self) {
        self.at += self.rest[self.at..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn base() -> Url {
        Url::parse("https://example.org/news/").unwrap()
    }

    fn check(html: &str, expected: &str) {
        assert_eq!(absolute(html, &base()), expected);
    }

    #[test]
    fn relative_addresses_become_absolute() {
        check(
            "<a href=\"/5?a&amp;b\">x</a>",
            "<a href=\"https://example.org/5?a&amp;b\">x</a>",
        );
        check(
            "<p><img alt='a > b' src='p.jpg' /><a HREF=q>",
            "<p><img alt='a > b' src=\"https://example.org/news/p.jpg\" /><a HREF=\"https://example.org/news/q\">",
        );
    }

    #[test]
    fn everything_else_stays() {
        for html in [
            "plain",
            "<a href='https://example.com/'>x</a>",
            "<a href='mailto:desk@example.org'>",
            "<a title='href=x'>",
            "5 < 6 href=x > 7",
            "<a href",
            "<a href=",
            "<a href=<a ",
            "<a =href=\" href=&amp;>href=",
        ] {
            assert!(
                matches!(absolute(html, &base()), Cow::Borrowed(_)),
                "of {html}"
            );
        }
    }

    #[test]
    fn a_hundred_thousand_tags_end_soon() {
        assert!(absolute(&"<a href=x >".repeat(10_000), &base()).len() > 200_000);
        assert!(absolute(&"<a href='".repeat(10_000), &base()).len() >= 90_000);
    }

    proptest! {
        #[test]
        fn the_text_never_changes(source in "(<a |<img |href=|src|=|'|\"|/x|>|é| |&amp;|text){0,30}") {
            let absolute = absolute(&source, &base());
            prop_assert_eq!(html::to_text(&absolute), html::to_text(&source));
        }
    }
}
