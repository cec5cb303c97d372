//! Attributes of start tags, with as much tolerance as HTML has.

use std::borrow::Cow;

use crate::core::text::entities;

/// Attributes of a start tag, read with as much tolerance as HTML: quotes may be missing.
pub(in crate::core::feed) struct Attributes<'t>(pub &'t str);

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t str, Cow<'t, str>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.0.trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '=')
            });
            if rest.is_empty() {
                self.0 = rest;
                return None;
            }
            let name_end = rest
                .find(|c: char| c.is_whitespace() || c == '=')
                .unwrap_or(rest.len());
            let name = &rest[..name_end];
            let after = rest[name_end..].trim_start();
            let Some(value) = after.strip_prefix('=') else {
                self.0 = after;
                continue;
            };
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    value[1..].split_once(quote).unwrap_or((&value[1..], ""))
                }
                _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            self.0 = after;
            let value = if value.contains('&') {
                Cow::Owned(entities::decode_entities(value))
            } else {
                Cow::Borrowed(value)
            };
            return Some((name, value));
        }
    }
}

/// The value of an attribute, by its exact name.
pub(in crate::core::feed) fn attribute<'t>(
    attributes: &'t str,
    name: &str,
) -> Option<Cow<'t, str>> {
    // Most tags have none, and the search for the name is far cheaper than the reading.
    if !attributes.contains(name) {
        return None;
    }
    Attributes(attributes)
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_without_quotes_are_read() {
        let read: Vec<_> = Attributes(" a=1 b = \"2 &amp; 3\" c d='4'/")
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        assert_eq!(read, ["a=1", "b=2 & 3", "d=4"]);
    }

    #[test]
    fn an_attribute_is_found_by_its_whole_name() {
        let attributes = " xml:type='a' datatype='b' type='c'";
        assert_eq!(attribute(attributes, "type").as_deref(), Some("c"));
        assert_eq!(attribute(attributes, "href"), None);
    }
}
