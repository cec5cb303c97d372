//! Whether feed-rs reads an element as it is meant; where it does not, the tolerant reader does.
//!
//! feed-rs refuses some things, panics at others, and gets more of them wrong, or passes them over, in silence.

use crate::core::feed::vocabularies::{self, Namespace};
use crate::core::feed::xml::attributes::attribute;
use crate::core::feed::xml::names::local_name;

/// Whether feed-rs reads an element rightly.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::core::feed) enum Suitability {
    Suitable,
    Unsuitable,
}

/// Judges the names of the elements of one document.
pub(in crate::core::feed) struct NameJudge<'a> {
    text: &'a str,
    /// The first prefixes that are declared, with their addresses, once they were asked for.
    declared: Option<Vec<(&'a str, &'a str)>>,
    /// Prefixed names that were judged already, with the judgment.
    judged: Vec<(&'a str, Suitability)>,
}

impl<'a> NameJudge<'a> {
    pub(in crate::core::feed) fn of(text: &'a str) -> Self {
        Self {
            text,
            declared: None,
            judged: Vec::new(),
        }
    }

    /// Whether feed-rs reads an element as it should be read.
    pub(in crate::core::feed) fn judge(&mut self, name: &'a str, is_atom: bool) -> Suitability {
        let local = local_name(name);
        if name.len() == local.len() {
            if local.bytes().any(|byte| byte.is_ascii_uppercase()) {
                return if KNOWN_MIXED_CASE.contains(&local) {
                    Suitability::Suitable
                } else {
                    Suitability::Unsuitable
                };
            }
            let known: &[&str] = if is_atom {
                &KNOWN_TO_ATOM
            } else {
                &KNOWN_TO_RSS
            };
            let has_meaning = vocabularies::field(Namespace::Rss, local).is_some();
            return if has_meaning && !known.contains(&local) {
                Suitability::Unsuitable
            } else {
                Suitability::Suitable
            };
        }
        if let Some((_, judgment)) = self.judged.iter().find(|(judged, _)| *judged == name) {
            return *judgment;
        }
        // Documents have a few dozen names; one with thousands is judged to be beyond.
        if self.judged.len() >= 100 {
            return Suitability::Unsuitable;
        }
        let prefix = &name[..name.len() - local.len() - 1];
        let judgment = self.judge_prefixed(prefix, local, is_atom);
        self.judged.push((name, judgment));
        judgment
    }

    fn judge_prefixed(&mut self, prefix: &str, local: &str, is_atom: bool) -> Suitability {
        let declared = self.declared_address(prefix);
        let expected = match (prefix, local) {
            ("content", "encoded") if !is_atom => "http://purl.org/rss/1.0/modules/content/",
            ("dc", "creator") if !is_atom => "http://purl.org/dc/elements/1.1/",
            ("atom" | "atom10" | "a10", "link") if !is_atom => "http://www.w3.org/2005/Atom",
            ("sy", "updatePeriod" | "updateFrequency") => {
                "http://purl.org/rss/1.0/modules/syndication/"
            }
            _ => {
                let local = local.to_ascii_lowercase();
                let space =
                    declared.map_or_else(|| Namespace::of_prefix(prefix), Namespace::of_address);
                let has_meaning = vocabularies::field(space, &local).is_some();
                // An undeclared prefix makes feed-rs take the element for one of its own.
                let is_taken =
                    declared.is_none() && vocabularies::field(Namespace::Rss, &local).is_some();
                return if has_meaning || is_taken {
                    Suitability::Unsuitable
                } else {
                    Suitability::Suitable
                };
            }
        };
        if declared == Some(expected) {
            Suitability::Suitable
        } else {
            Suitability::Unsuitable
        }
    }

    /// The address that a prefix is declared for, where it is first declared.
    fn declared_address(&mut self, prefix: &str) -> Option<&'a str> {
        let text = self.text;
        let declared = self.declared.get_or_insert_with(|| {
            let declarations = text.match_indices("xmlns:").take(200);
            declarations
                .filter_map(|(at, found)| {
                    let rest = &text[at + found.len()..];
                    let rest = &rest[..rest.floor_char_boundary(LONGEST_DECLARATION)];
                    let (prefix, rest) = rest.split_once('=')?;
                    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                    let (address, _) = rest[1..].split_once(quote)?;
                    Some((prefix, address))
                })
                .collect()
        });
        let found = declared.iter().find(|(declared, _)| *declared == prefix);
        found.map(|(_, address)| *address)
    }
}

/// Longer prefixes and addresses are none that mean anything here.
const LONGEST_DECLARATION: usize = 512;

/// Elements of RSS that feed-rs reads, or rightly passes over.
const KNOWN_TO_RSS: [&str; 17] = [
    "item",
    "title",
    "link",
    "description",
    "guid",
    "author",
    "category",
    "language",
    "ttl",
    "image",
    "cloud",
    "hour",
    "day",
    "source",
    "channel",
    "rss",
    "comments",
];

/// Elements of Atom that feed-rs reads, or rightly passes over.
const KNOWN_TO_ATOM: [&str; 11] = [
    "entry",
    "title",
    "link",
    "id",
    "updated",
    "published",
    "summary",
    "content",
    "author",
    "category",
    "subtitle",
];

/// Names that are written with capitals.
const KNOWN_MIXED_CASE: [&str; 7] = [
    "pubDate",
    "lastBuildDate",
    "managingEditor",
    "webMaster",
    "skipHours",
    "skipDays",
    "textInput",
];

/// Whether every `&` begins one of the references that every XML parser knows, or one to a
/// character that may stand there.
pub(in crate::core::feed) fn has_only_known_references(text: &str) -> bool {
    text.split('&').skip(1).all(|rest| {
        let reference = &rest[..rest.floor_char_boundary(10)];
        let Some((name, _)) = reference.split_once(';') else {
            return false;
        };
        match name.strip_prefix('#') {
            None => matches!(name, "amp" | "lt" | "gt" | "quot" | "apos"),
            Some(number) => {
                let code = match number.strip_prefix('x') {
                    Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                    None => number.parse(),
                };
                code.ok().and_then(char::from_u32).is_some_and(|character| {
                    !character.is_control() || matches!(character, '\t' | '\n' | '\r')
                })
            }
        }
    })
}

/// Whether an Atom element has a type or a shape that feed-rs does not take as it is meant.
pub(in crate::core::feed) fn is_odd_construct(name: &str, tag: &str) -> bool {
    match name {
        "title" | "summary" | "content" | "subtitle" => attribute(&tag[name.len()..], "type")
            .is_some_and(|kind| !matches!(kind.as_ref(), "text" | "html" | "xhtml" | "text/html")),
        _ => false,
    }
}

/// A link of Atom whose address is its text, one of Atom in an item of RSS, or one of RSS with
/// attributes: feed-rs wants the first in an attribute, and heeds nothing of the others.
pub(in crate::core::feed) fn is_odd_link(
    name: &str,
    tag: &str,
    root: &str,
    has_items: bool,
) -> bool {
    let attributes = &tag[name.len()..];
    match (root, name) {
        ("feed", _) => attribute(attributes, "href").is_none_or(|href| href.trim().is_empty()),
        (_, "link") => ["href", "rel"].iter().any(|name| attributes.contains(name)),
        _ => has_items,
    }
}
