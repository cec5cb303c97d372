//! Relative addresses inside HTML, made absolute: in a digest or a page of its own, a relative
//! address would point nowhere.

use std::borrow::Cow;

use url::Url;

use super::expansion_limit::ExpansionLimit;
use super::links;
use crate::core::text::entities;
use crate::core::text::html_tokenizer::Attributes;

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

/// A longer address is none that is relative to something.
const LONGEST_ADDRESS: usize = 8192;

/// Makes the addresses in the tags of HTML absolute against a base. Borrowed when there were none
/// to change; everything else stays as it is, byte for byte. Stops when the allowance is spent.
pub(super) fn absolute<'t>(
    source: &'t str,
    base: &Url,
    allowance: &ExpansionLimit,
) -> Cow<'t, str> {
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
        let name_length = rest
            .find(|c: char| c.is_whitespace() || c == '>' || c == '/')
            .unwrap_or(rest.len());
        let behind_name = start + name_length;
        let rest = &rest[name_length..];
        let mut attributes = Attributes::new(rest);
        for attribute in attributes.by_ref() {
            let is_address = ADDRESSES
                .iter()
                .any(|name| attribute.name.eq_ignore_ascii_case(name));
            if !is_address {
                continue;
            }
            let address = entities::decode_entities(&rest[attribute.value]);
            if let Some(absolute) = relative_to(&address, base) {
                if !allowance.take(absolute.len()) {
                    return Cow::Borrowed(source);
                }
                changed.push_str(&source[copied..behind_name + attribute.outer.start]);
                changed.extend([
                    "\"",
                    &absolute.replace('&', "&amp;").replace('"', "%22"),
                    "\"",
                ]);
                copied = behind_name + attribute.outer.end;
            }
        }
        at = behind_name + attributes.at;
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
    let is_relative =
        address.len() <= LONGEST_ADDRESS && !address.contains('<') && !links::has_scheme(address);
    is_relative.then(|| links::absolute(address, Some(base)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::text::html;
    use proptest::prelude::*;

    fn base() -> Url {
        Url::parse("https://example.org/news/").unwrap()
    }

    fn check(html: &str, expected: &str) {
        assert_eq!(absolute(html, &base(), &ExpansionLimit::of(1000)), expected);
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
                matches!(
                    absolute(html, &base(), &ExpansionLimit::of(1000)),
                    Cow::Borrowed(_)
                ),
                "of {html}"
            );
        }
    }

    #[test]
    fn a_hundred_thousand_tags_end_soon() {
        assert!(
            absolute(
                &"<a href=x >".repeat(10_000),
                &base(),
                &ExpansionLimit::of(1 << 20)
            )
            .len()
                > 200_000
        );
        assert!(
            absolute(
                &"<a href='".repeat(10_000),
                &base(),
                &ExpansionLimit::of(1 << 20)
            )
            .len()
                >= 90_000
        );
    }

    proptest! {
        #[test]
        fn the_text_never_changes(source in "(<a |<img |href=|src|=|'|\"|/x|>|é| |&amp;|text){0,30}") {
            let absolute = absolute(&source, &base(), &ExpansionLimit::of(1000));
            prop_assert_eq!(html::to_text(&absolute), html::to_text(&source));
        }
    }
}
