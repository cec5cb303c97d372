//! XML tokens that survive what XML forbids.
//!
//! What begins no markup, or never ends, becomes text, and reading goes on behind it. Every search for
//! an end remembers where it looked last, so that the whole is linear in the text whatever stands there.

use std::borrow::Cow;
use std::collections::HashMap;

use super::delimiters::{CdataEndFinder, CommentEndFinder, ITEMS, SECTION, Search};
use crate::core::text::entities;

/// Entities of a document that are remembered.
const ENTITIES: usize = 256;
/// What a name or a number between `&` and `;` may have at most.
const LONGEST_REFERENCE: usize = 66;
/// A longer tag at the end of a document was hardly cut off there, so it is text.
const LONGEST_CUT_TAG: usize = 4096;

/// One token, with slices of the document.
#[derive(Debug, PartialEq)]
pub(in crate::core::feed) enum Token<'t> {
    /// A start tag.
    Open(Tag<'t>),
    /// An end tag and where it begins.
    Close { name: &'t str, start: usize },
    /// Text with its references resolved.
    Text(Cow<'t, str>),
}

/// A start tag: its name, its attributes as they stand, and where it begins and ends.
#[derive(Debug, PartialEq)]
pub(in crate::core::feed) struct Tag<'t> {
    pub name: &'t str,
    pub attributes: &'t str,
    pub closed: Closed,
    pub start: usize,
    pub end: usize,
}

/// Whether a start tag is an empty element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::core::feed) enum Closed {
    /// `<a/>`.
    SelfClosing,
    /// `<a>`: an end tag should follow.
    NeedsEndTag,
}

/// Something that XML forbids and that was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::core::feed) struct WellFormednessErrors {
    /// Byte position in the document.
    pub at: usize,
    /// What is wrong there.
    pub reason: &'static str,
}

/// Reads tokens from a document.
pub(in crate::core::feed) struct Tokens<'t> {
    text: &'t str,
    /// Where reading goes on.
    at: usize,
    /// A start tag was met, so that no document type can come any more.
    is_inside: bool,
    entities: HashMap<&'t str, &'t str>,
    /// The name of the last start tag.
    element: &'t str,
    sections: CdataEndFinder,
    comments: CommentEndFinder,
    instructions: CommentEndFinder,
    subset_end: Search,
    subset_start: Search,
    tag_end: Search,
    tag_start: Search,
    /// The first damage that was met.
    pub damage: Option<WellFormednessErrors>,
}

impl<'t> Tokens<'t> {
    pub(in crate::core::feed) fn new(text: &'t str) -> Self {
        Self {
            sections: CdataEndFinder::new(),
            ..Self::of_items(text, ITEMS)
        }
    }

    /// Tokens of a document whose items begin and end with these tags.
    pub(in crate::core::feed) fn of_items(text: &'t str, items: [&'static str; 4]) -> Self {
        Self {
            text,
            at: 0,
            is_inside: false,
            entities: HashMap::new(),
            element: "",
            sections: CdataEndFinder::bounded_by(items),
            comments: CommentEndFinder::new("<!--", "-->", items),
            instructions: CommentEndFinder::new("<?", "?>", items),
            subset_end: Search::new("]"),
            subset_start: Search::new("["),
            tag_end: Search::new(">"),
            tag_start: Search::new("<"),
            damage: None,
        }
    }

    /// The next token; `None` at the end.
    pub(in crate::core::feed) fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let rest = &self.text[self.at..];
            match rest.bytes().next()? {
                b'<' => {
                    if let Some(token) = self.markup(rest) {
                        return Some(token);
                    }
                }
                b'&' => return Some(self.reference(rest)),
                _ => return Some(self.take_text(rest.find(['<', '&']).unwrap_or(rest.len()))),
            }
        }
    }

    /// So many of the next bytes as text.
    fn take_text(&mut self, length: usize) -> Token<'t> {
        let start = self.at;
        self.at += length;
        Token::Text(Cow::Borrowed(&self.text[start..self.at]))
    }

    /// What begins with `<`; `None` when it says nothing.
    fn markup(&mut self, rest: &'t str) -> Option<Token<'t>> {
        let start = self.at;
        if rest.starts_with("<!--") {
            self.at = match self.comments.end(self.text, start + 4) {
                Some(end) => end + 3,
                None => self.pass_over(start + 4, "comment that never ends"),
            };
            return None;
        }
        if let Some(inner) = rest.strip_prefix(SECTION) {
            // In a document that was cut off, what there is of the text is worth having.
            let from = start + SECTION.len();
            let end = self.sections.end(self.text, from, self.element);
            if let Some(damage) = end.damage {
                self.note(start, damage);
            }
            self.at = end.next;
            let inner = &inner[..end.text - from];
            // Some generators wrap a text twice; the inner end has ended it then.
            let inner = inner.strip_prefix(SECTION).unwrap_or(inner);
            return Some(Token::Text(Cow::Borrowed(inner)));
        }
        if rest.starts_with("<?") {
            self.at = match self.instructions.end(self.text, start + 2) {
                Some(end) => end + 2,
                None => self.pass_over(start + 2, "processing instruction that never ends"),
            };
            return None;
        }
        if rest.starts_with("<!") {
            let is_type = !self.is_inside
                && rest
                    .get(2..9)
                    .is_some_and(|name| name.eq_ignore_ascii_case("DOCTYPE"));
            let end = is_type.then(|| self.document_type_end(start + 2)).flatten();
            self.at = match end {
                Some(end) => {
                    self.remember_entities(&self.text[start..end]);
                    end
                }
                None => self.pass_over(start + 2, "declaration that does not belong there"),
            };
            return None;
        }
        if let Some(inner) = rest.strip_prefix("</") {
            return self.end_tag(inner);
        }
        if rest[1..].starts_with(begins_name) {
            return self.start_tag(rest);
        }
        self.note(start, "`<` that begins no tag");
        Some(self.take_text(1))
    }

    /// Notes a damage in front of a place, which is where to go on.
    fn pass_over(&mut self, to: usize, reason: &'static str) -> usize {
        self.note(self.at, reason);
        to
    }

    /// Where a document type ends: after its internal subset, when it has one.
    fn document_type_end(&mut self, from: usize) -> Option<usize> {
        let close = self.tag_end.find(self.text, from)?;
        if self
            .subset_start
            .find(self.text, from)
            .is_none_or(|open| open > close)
        {
            return Some(close + 1);
        }
        let mut from = from;
        // A `]` in a value ends no subset.
        while let Some(bracket) = self.subset_end.find(self.text, from) {
            let behind = &self.text[bracket + 1..];
            let blank = behind.len() - behind.trim_ascii_start().len();
            if behind[blank..].starts_with('>') {
                return Some(bracket + 1 + blank + 1);
            }
            from = bracket + 1 + blank;
        }
        None
    }

    /// An end tag; one without `>` ends before the next `<`.
    fn end_tag(&mut self, inner: &'t str) -> Option<Token<'t>> {
        let start = self.at;
        let close = self.tag_end.find(self.text, start + 2);
        let open = self.tag_start.find(self.text, start + 2);
        let is_whole = close.is_some_and(|close| open.is_none_or(|open| close < open));
        if is_whole && let Some(close) = close {
            self.at = close + 1;
            let name = self.text[start + 2..close].trim();
            return Some(Token::Close { name, start });
        }
        self.note(start, "tag with a missing `>`");
        if !inner.starts_with(begins_name) {
            return Some(self.take_text(1));
        }
        let Some(open) = open else {
            return self.cut_tag();
        };
        self.at = open;
        let name = self.text[start + 2..open].trim();
        Some(Token::Close { name, start })
    }

    /// A start tag. A `<` cannot stand in an attribute: when one does, a quote is missing, and the tag
    /// ends at its first `>` or before that `<`.
    fn start_tag(&mut self, rest: &'t str) -> Option<Token<'t>> {
        let start = self.at;
        self.is_inside = true;
        let bound = self.tag_start.find(self.text, start + 1);
        let inner = &self.text[start + 1..bound.unwrap_or(self.text.len())];
        let (length, end) = if let Some(length) = quoted_tag_length(inner) {
            (length, start + 1 + length + 1)
        } else {
            self.note(start, "tag with a missing quote or `>`");
            match inner.find('>') {
                Some(length) => (length, start + 1 + length + 1),
                None if bound.is_none() => return self.cut_tag(),
                None => (inner.len(), start + 1 + inner.len()),
            }
        };
        self.at = end;
        let (tag, closed) = match rest[1..=length].strip_suffix('/') {
            Some(tag) => (tag, Closed::SelfClosing),
            None => (&rest[1..=length], Closed::NeedsEndTag),
        };
        let (name, attributes) = split_tag(tag);
        self.element = name;
        Some(Token::Open(Tag {
            name,
            attributes,
            closed,
            start,
            end,
        }))
    }

    /// The last tag, which the end of the document cut off: that is no text.
    fn cut_tag(&mut self) -> Option<Token<'t>> {
        if self.text.len() - self.at >= LONGEST_CUT_TAG {
            return Some(self.take_text(1));
        }
        self.at = self.text.len();
        None
    }

    /// `&name;` as the characters it stands for; unknown ones stay as they are, for HTML may know them.
    fn reference(&mut self, rest: &'t str) -> Token<'t> {
        let end = rest
            .bytes()
            .take(LONGEST_REFERENCE)
            .skip(1)
            .position(|byte| matches!(byte, b';' | b'&' | b'<') || byte.is_ascii_whitespace())
            .filter(|&end| end > 0 && rest.as_bytes()[end + 1] == b';');
        let Some(end) = end else {
            return self.take_text(1);
        };
        let name = &rest[1..=end];
        let resolved = match self.entities.get(name) {
            Some(&value) => Some(Cow::Borrowed(value)),
            None => entities::entity(name).map(Cow::Owned),
        };
        let start = self.at;
        let whole = self.take_text(end + 2);
        if let Some(value) = resolved {
            return Token::Text(value);
        }
        if name.starts_with('#') {
            self.note(start, "reference to a character that does not exist");
            return Token::Text(Cow::Borrowed(""));
        }
        whole
    }

    fn remember_entities(&mut self, doctype: &'t str) {
        for (name, value) in declared_entities(doctype) {
            if self.entities.len() < ENTITIES {
                self.entities.entry(name).or_insert(value);
            }
        }
    }

    /// Remembers the first damage.
    pub(in crate::core::feed) fn note(&mut self, at: usize, reason: &'static str) {
        self.damage
            .get_or_insert(WellFormednessErrors { at, reason });
    }
}

fn begins_name(character: char) -> bool {
    character.is_alphabetic() || character == '_' || character == ':'
}

/// The length of a tag up to its `>`, which does not count inside of quotes.
fn quoted_tag_length(tag: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += tag[at..].find(['>', '"', '\''])?;
        let quote = match tag.as_bytes()[at] {
            b'"' => '"',
            b'\'' => '\'',
            _ => return Some(at),
        };
        at += 1;
        at += tag[at..].find(quote)? + 1;
    }
}

fn split_tag(tag: &str) -> (&str, &str) {
    let end = tag
        .find(|c: char| c.is_whitespace() || c == '/')
        .unwrap_or(tag.len());
    (&tag[..end], &tag[end..])
}

/// General entities of an internal subset that stand for plain characters: no references inside, so
/// none can multiply; not many, and not long.
fn declared_entities(doctype: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for declaration in doctype.split("<!ENTITY").skip(1).take(256) {
        let mut words = declaration.trim_start().splitn(2, char::is_whitespace);
        let (Some(name), Some(rest)) = (words.next(), words.next()) else {
            continue;
        };
        let rest = rest.trim_start();
        let Some(quote) = rest
            .chars()
            .next()
            .filter(|quote| matches!(quote, '"' | '\''))
        else {
            continue;
        };
        let Some((value, _)) = rest[1..].split_once(quote) else {
            continue;
        };
        if name != "%" && name.len() <= 64 && value.len() <= 256 && !value.contains(['&', '%', '<'])
        {
            found.push((name, value));
        }
    }
    found
}

#[cfg(test)]
mod tests;
