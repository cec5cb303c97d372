//! XML tokens that survive what XML forbids.
//!
//! quick-xml does the reading; where it gives up, the offending character becomes text and reading
//! goes on behind it. The number of new starts is bounded, so the whole stays linear in practice
//! and bounded in the worst case.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::errors::SyntaxError;
use quick_xml::events::Event;

use crate::core::text::html;

/// Every new start may look at all the rest of the text, so their number times the length is bounded.
const RESCAN_BYTES: usize = 256 * 1024 * 1024;

/// One token, with slices of the document.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// A start tag: its name, its attributes as they stand, and where it begins and ends.
    Open {
        name: &'t str,
        attributes: &'t str,
        closed: Closed,
        start: usize,
        end: usize,
    },
    /// An end tag and where it begins.
    Close { name: &'t str, start: usize },
    /// Text with its references resolved.
    Text(Cow<'t, str>),
}

/// Whether a start tag is an empty element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// `<a/>`.
    Here,
    /// `<a>`: an end tag should follow.
    Later,
}

/// Something that XML forbids and that was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Damage {
    /// Byte position in the document.
    pub at: usize,
    /// What is wrong, in the words of the XML reader.
    pub reason: String,
}

/// Reads tokens from a document.
pub(super) struct Tokens<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Where the reader's own text begins in the document.
    offset: usize,
    entities: HashMap<&'t str, &'t str>,
    rescanned: usize,
    /// The first damage that was met.
    pub damage: Option<Damage>,
    /// Where reading stopped, when there was too much damage to go on.
    pub gave_up_at: Option<usize>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            reader: reader(text),
            offset: 0,
            entities: HashMap::new(),
            rescanned: 0,
            damage: None,
            gave_up_at: None,
        }
    }

    /// The next token; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token<'t>> {
        loop {
            if self.rescanned > RESCAN_BYTES {
                self.gave_up_at.get_or_insert(self.position());
                return None;
            }
            let start = self.position();
            let event = self.reader.read_event();
            let end = self.position();
            match event {
                Ok(Event::Start(_)) => {
                    if let Some(token) = self.open(start, end, Closed::Later) {
                        return Some(token);
                    }
                }
                Ok(Event::Empty(_)) => {
                    if let Some(token) = self.open(start, end, Closed::Here) {
                        return Some(token);
                    }
                }
                Ok(Event::End(_)) => {
                    let name = self.text[start..end]
                        .trim_start_matches("</")
                        .trim_end_matches('>')
                        .trim();
                    return Some(Token::Close { name, start });
                }
                Ok(Event::Text(_)) => {
                    return Some(Token::Text(Cow::Borrowed(&self.text[start..end])));
                }
                Ok(Event::CData(_)) => {
                    let inner = self.text[start..end].trim_start_matches("<![CDATA[");
                    return Some(Token::Text(Cow::Borrowed(
                        inner.strip_suffix("]]>").unwrap_or(inner),
                    )));
                }
                Ok(Event::GeneralRef(_)) => return Some(self.reference(start, end)),
                Ok(Event::DocType(_)) => self.remember_entities(&self.text[start..end]),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
                Ok(Event::Eof) => return None,
                Err(error) => return self.recover(start, &error),
            }
        }
    }

    fn position(&self) -> usize {
        let position = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        self.text
            .floor_char_boundary(self.offset.saturating_add(position))
    }

    /// A start tag, unless it is none: `a < b`, `<3`, or a tag that swallowed another.
    fn open(&mut self, start: usize, end: usize, closed: Closed) -> Option<Token<'t>> {
        let inner = self.text.get(start + 1..end.checked_sub(1)?)?;
        let first = inner.chars().next().unwrap_or(' ');
        if !(first.is_alphabetic() || first == '_' || first == ':') {
            self.note(start, "`<` that begins no tag");
            self.restart(start + 1);
            return Some(Token::Text(Cow::Borrowed("<")));
        }
        // A `<` cannot stand in an attribute: a quote is missing, and the tag swallowed another.
        if inner.contains('<') {
            self.note(start, "tag with a missing quote or `>`");
            self.rescanned = self.rescanned.saturating_add(inner.len());
            return Some(self.broken_tag(start));
        }
        let tag = if closed == Closed::Here {
            inner.strip_suffix('/').unwrap_or(inner)
        } else {
            inner
        };
        let (name, attributes) = split_tag(tag);
        Some(Token::Open {
            name,
            attributes,
            closed,
            start,
            end,
        })
    }

    /// A start tag whose end cannot be told by its quotes: it ends at its first `>`, or before the
    /// next `<`, or with the document.
    fn broken_tag(&mut self, start: usize) -> Token<'t> {
        let inner = &self.text[start + 1..];
        let length = inner.find(['<', '>']).unwrap_or(inner.len());
        let end = start + 1 + length + usize::from(inner[length..].starts_with('>'));
        self.restart(end);
        let (tag, closed) = match inner[..length].strip_suffix('/') {
            Some(tag) => (tag, Closed::Here),
            None => (&inner[..length], Closed::Later),
        };
        let (name, attributes) = split_tag(tag);
        Token::Open {
            name,
            attributes,
            closed,
            start,
            end,
        }
    }

    /// `&name;` as the characters it stands for; unknown ones stay as they are, for HTML may know them.
    fn reference(&mut self, start: usize, end: usize) -> Token<'t> {
        let whole = &self.text[start..end];
        let name = whole.trim_start_matches('&').trim_end_matches(';');
        let resolved = match self.entities.get(name) {
            Some(&value) => Some(Cow::Borrowed(value)),
            None => html::entity(name).map(Cow::Owned),
        };
        if let Some(value) = resolved {
            return Token::Text(value);
        }
        if name.starts_with('#') {
            // A character that does not exist.
            self.note(start, "reference to a character that does not exist");
            return Token::Text(Cow::Borrowed(""));
        }
        Token::Text(Cow::Borrowed(whole))
    }

    fn remember_entities(&mut self, doctype: &'t str) {
        for (name, value) in declared_entities(doctype) {
            self.entities.entry(name).or_insert(value);
        }
    }

    fn recover(&mut self, start: usize, error: &quick_xml::Error) -> Option<Token<'t>> {
        self.note(start, &error.to_string());
        let rest = &self.text[start..];
        self.rescanned = self.rescanned.saturating_add(rest.len());
        if rest.is_empty() {
            return None;
        }
        if matches!(error, quick_xml::Error::Syntax(SyntaxError::UnclosedCData)) {
            // A document that was cut: what there is of the text is worth having.
            self.restart(self.text.len());
            return Some(Token::Text(Cow::Borrowed(
                rest.strip_prefix("<![CDATA[").unwrap_or(rest),
            )));
        }
        if let quick_xml::Error::IllFormed(_) = error {
            // The reader has passed it and can go on by itself.
            return self.next_after_ill_formed(start);
        }
        let skipped = ["<!--", "<![CDATA[", "<?", "<!"]
            .iter()
            .find(|opening| rest.starts_with(**opening));
        if let Some(opening) = skipped {
            self.restart(start + opening.len());
            return Some(Token::Text(Cow::Borrowed("")));
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let after = &rest[first..];
        if after.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '/') {
            if after.contains(['<', '>']) && !after.starts_with('/') {
                return Some(self.broken_tag(start));
            }
            if !after.contains('<') && rest.len() < 4096 {
                // A tag that the end of the document cut off is no text.
                self.restart(self.text.len());
                return Some(Token::Text(Cow::Borrowed("")));
            }
        }
        self.restart(start + first);
        Some(Token::Text(Cow::Borrowed(&rest[..first])))
    }

    fn next_after_ill_formed(&mut self, start: usize) -> Option<Token<'t>> {
        if self.position() > start {
            return Some(Token::Text(Cow::Borrowed("")));
        }
        self.restart(start + self.text[start..].chars().next()?.len_utf8());
        Some(Token::Text(Cow::Borrowed("")))
    }

    fn restart(&mut self, at: usize) {
        self.offset = self.text.floor_char_boundary(at);
        self.reader = reader(&self.text[self.offset..]);
    }

    /// Remembers the first damage.
    pub(super) fn note(&mut self, at: usize, reason: &str) {
        if self.damage.is_none() {
            self.damage = Some(Damage {
                at,
                reason: reason.to_owned(),
            });
        }
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

fn split_tag(tag: &str) -> (&str, &str) {
    let end = tag
        .find(|c: char| c.is_whitespace() || c == '/')
        .unwrap_or(tag.len());
    (&tag[..end], &tag[end..])
}

/// General entities of an internal subset that stand for plain characters: no references inside, so
/// none can multiply; not many, and not long.
pub(super) fn declared_entities(doctype: &str) -> Vec<(&str, &str)> {
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Tokens in one line: `<a>` `</a>` and text as it is.
    fn check(text: &str, expected: &str) {
        let mut tokens = Tokens::new(text);
        let mut seen = String::new();
        while let Some(token) = tokens.next() {
            match token {
                Token::Open {
                    name,
                    closed: Closed::Later,
                    ..
                } => seen.extend(["<", name, ">"]),
                Token::Open {
                    name,
                    closed: Closed::Here,
                    ..
                } => seen.extend(["<", name, "/>"]),
                Token::Close { name, .. } => seen.extend(["</", name, ">"]),
                Token::Text(text) => seen.push_str(&text),
            }
        }
        assert_eq!(seen, expected, "of {text:?}");
    }

    #[test]
    fn sound_xml_is_read_as_it_is() {
        check(
            "<?xml version='1.0'?><a b='c'><!-- d -->e<f/></a>",
            "<a>e<f/></a>",
        );
        check("<a><![CDATA[b < c]]></a>", "<a>b < c</a>");
        check("<a>&lt;b&gt; &amp; &#233;</a>", "<a><b> & é</a>");
    }

    #[test]
    fn stray_markup_is_text() {
        check("<a>1 < 2 & 3</a>", "<a>1 < 2 & 3</a>");
        check("<a>I <3 you</a>", "<a>I <3 you</a>");
        check("<a>&nbsp;&eacute;&bogus;</a>", "<a>\u{a0}é&bogus;</a>");
        check("<a>b</c></a>", "<a>b</c></a>");
    }

    #[test]
    fn a_missing_quote_costs_one_tag_only() {
        check("<a b=\"c><d>e</d><f g=\"h\"/></a>", "<a><d>e</d><f/></a>");
    }

    #[test]
    fn what_was_cut_off_is_read_to_its_end() {
        check("<a><![CDATA[b", "<a>b");
        check("<a>b<c", "<a>b");
        check("<a>b</c", "<a>b");
        check("<a>b<!-- c<d>e</d>", "<a>b c<d>e</d>");
    }

    #[test]
    fn entities_of_the_document_are_known_and_cannot_multiply() {
        check(
            "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d '&b;&b;'>]><a>&b;&d;</a>",
            "<a>c&d;</a>",
        );
    }

    #[test]
    fn a_megabyte_of_what_never_closes_ends_soon() {
        for (part, end) in [
            ("<!--", ""),
            ("<a ", ">"),
            ("<a b=\"", ""),
            ("<![CDATA[", ""),
            ("<", ""),
            ("&", ""),
        ] {
            let text = part.repeat(200_000 / part.len()) + end;
            let mut tokens = Tokens::new(&text);
            while tokens.next().is_some() {}
            assert!(tokens.damage.is_some() || part == "&");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_tokens(text in any::<String>()) {
            let mut tokens = Tokens::new(&text);
            while tokens.next().is_some() {}
        }

        #[test]
        fn any_markup_has_tokens(text in "(<|>|/|a|é|:|!|--|\\[CDATA\\[|]]>|\"|'|=| |&|;|#x?1|\\?|DOCTYPE|\\[|]){0,60}") {
            let mut tokens = Tokens::new(&text);
            let mut turns = 0;
            while tokens.next().is_some() {
                turns += 1;
                prop_assert!(turns <= 4 * text.len() + 4);
            }
        }
    }
}
