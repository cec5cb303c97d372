//! HTML in pieces: text, and tags as they stand.
//!
//! The tokenizer of the HTML standard (WHATWG HTML, section 13.2.5), without its trees and its errors.
//! Pieces are slices of the source, so that a tag of a hundred thousand attributes costs no more than
//! reading it, and each search either moves on to what it found or ends the source. The tokenizer of html5ever copies
//! each attribute, and compares it with all those before it in the tag.

use std::ops::Range;

use super::entities::decode_entities;

/// Attributes of a tag that are looked at; a browser has more patience.
const ATTRIBUTES_AT_MOST: usize = 256;

/// A piece of HTML. Comments, document types and what browsers take for such are none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::core) enum HtmlToken<'t> {
    /// Text with references in it.
    Text(&'t str),
    /// The content of a CDATA section, in which every character stands for itself.
    Literal(&'t str),
    /// A start or end tag.
    Tag(Tag<'t>),
}

/// A tag, as it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::core) struct Tag<'t> {
    pub name: &'t str,
    attributes: &'t str,
    pub is_end: bool,
    pub is_self_closing: bool,
}

impl Tag<'_> {
    pub(in crate::core) fn is_start(&self, name: &str) -> bool {
        !self.is_end && self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it has more attributes than these.
    pub(in crate::core) fn has_more_attributes_than(&self, number: usize) -> bool {
        // The shortest has one letter and a space.
        self.attributes.len() > number && Attributes::new(self.attributes).nth(number).is_some()
    }

    /// An attribute's value without white space at its ends; `None` when missing or empty.
    pub(in crate::core) fn attribute(&self, name: &str) -> Option<String> {
        let found = Attributes::new(self.attributes)
            .take(ATTRIBUTES_AT_MOST)
            .find(|attribute| attribute.name.eq_ignore_ascii_case(name))?;
        let value = decode_entities(&self.attributes[found.value]);
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }
}

/// The pieces of a source, one by one.
pub(in crate::core) struct HtmlTokenizer<'t> {
    source: &'t str,
    at: usize,
    has_sections: bool,
}

impl<'t> HtmlTokenizer<'t> {
    /// The pieces of HTML.
    pub(in crate::core) fn of_html(source: &'t str) -> Self {
        Self {
            source,
            at: 0,
            has_sections: false,
        }
    }

    /// The pieces of HTML in which CDATA sections are text, as they are in XHTML.
    pub(in crate::core) fn of_xhtml(source: &'t str) -> Self {
        Self {
            has_sections: true,
            ..Self::of_html(source)
        }
    }

    /// Where in the source the last piece ended.
    pub(in crate::core) fn position(&self) -> usize {
        self.at
    }

    /// Passes over the content of an element that holds no markup, up to its end tag.
    pub(in crate::core) fn skip_content_of(&mut self, tag: Tag<'_>) {
        let is_script = tag.name.eq_ignore_ascii_case("script");
        let mut escape = Escape::None;
        let mut from = self.at;
        let source = self.source;
        let bytes = source.as_bytes();
        while let Some(offset) = source[from..].find(['<', '-']) {
            let at = from + offset;
            from = at + 1;
            if bytes[at] == b'-' {
                if is_script && source[at..].starts_with("-->") {
                    escape = Escape::None;
                }
                continue;
            }
            if is_script && escape == Escape::None && source[at..].starts_with("<!--") {
                escape = Escape::Comment;
                // `<!-->` ends at once, for its dashes count for both.
                from = at + 2;
            } else if escape == Escape::Comment && is_tag(&source[at + 1..], "script") {
                escape = Escape::Script;
            } else if source[at..].starts_with("</") && is_tag(&source[at + 2..], tag.name) {
                if escape != Escape::Script {
                    self.at = at;
                    return;
                }
                escape = Escape::Comment;
            }
        }
        self.at = source.len();
    }

    /// Whether markup begins at a `<`; if none does, it is a character like others.
    fn is_markup(&self, at: usize) -> bool {
        match &self.source.as_bytes()[at + 1..] {
            [b'!' | b'?', ..] | [b'/', _, ..] => true,
            [letter, ..] => letter.is_ascii_alphabetic(),
            [] => false,
        }
    }

    /// The markup that begins at a `<`: what it says, if anything, and where it ends.
    fn markup(&self, at: usize) -> (Option<HtmlToken<'t>>, usize) {
        let rest = &self.source[at + 1..];
        let ends_after = |from: usize, end: &str| {
            let length = self.source[from..].find(end);
            length.map_or(self.source.len(), |length| from + length + end.len())
        };
        if rest.starts_with("!--") {
            return (None, self.comment_end(at + 4));
        }
        if self.has_sections && rest.starts_with("![CDATA[") {
            let end = ends_after(at + 9, "]]>");
            let inner = &self.source[at + 9..end];
            let inner = inner.strip_suffix("]]>").unwrap_or(inner);
            return (Some(HtmlToken::Literal(inner)), end);
        }
        let is_letter = |c: char| c.is_ascii_alphabetic();
        if rest.starts_with(is_letter) {
            return self.tag(at + 1, false);
        }
        if rest
            .strip_prefix('/')
            .is_some_and(|name| name.starts_with(is_letter))
        {
            return self.tag(at + 2, true);
        }
        (None, ends_after(at + 2, ">"))
    }

    /// A tag from its name on. One that the source cut off is none, and nothing comes after it.
    fn tag(&self, from: usize, is_end: bool) -> (Option<HtmlToken<'t>>, usize) {
        let rest = &self.source[from..];
        let name_length = rest.find(ends_name).unwrap_or(rest.len());
        let mut attributes = Attributes::new(&rest[name_length..]);
        attributes.by_ref().for_each(drop);
        if !attributes.is_whole {
            return (None, self.source.len());
        }
        let end = name_length + attributes.at;
        let tag = Tag {
            name: &rest[..name_length],
            attributes: &rest[name_length..end],
            is_end,
            is_self_closing: attributes.is_self_closing,
        };
        (Some(HtmlToken::Tag(tag)), from + end + 1)
    }

    fn comment_end(&self, from: usize) -> usize {
        let inner = &self.source[from..];
        for short in [">", "->"] {
            if inner.starts_with(short) {
                return from + short.len();
            }
        }
        let mut at = 0;
        while let Some(offset) = inner[at..].find("--") {
            at += offset + 2;
            for end in [">", "!>"] {
                if inner[at..].starts_with(end) {
                    return from + at + end.len();
                }
            }
            at -= 1;
        }
        self.source.len()
    }
}

impl<'t> Iterator for HtmlTokenizer<'t> {
    type Item = HtmlToken<'t>;

    fn next(&mut self) -> Option<HtmlToken<'t>> {
        while self.at < self.source.len() {
            let start = self.at;
            let mut at = start;
            while let Some(offset) = self.source[at..].find('<')
                && !self.is_markup(at + offset)
            {
                at += offset + 1;
            }
            let offset = self.source[at..].find('<');
            at = offset.map_or(self.source.len(), |offset| at + offset);
            if at > start {
                self.at = at;
                return Some(HtmlToken::Text(&self.source[start..at]));
            }
            let (piece, end) = self.markup(at);
            self.at = end;
            if piece.is_some() {
                return piece;
            }
        }
        None
    }
}

/// An attribute of a tag, with places in the text behind the tag's name.
pub(in crate::core) struct Attribute<'t> {
    pub name: &'t str,
    pub value: Range<usize>,
    /// The value with its quotes.
    pub outer: Range<usize>,
}

/// The attributes of a tag, up to its `>`.
pub(in crate::core) struct Attributes<'t> {
    rest: &'t str,
    pub at: usize,
    /// The `>` was met.
    is_whole: bool,
    is_self_closing: bool,
}

impl<'t> Attributes<'t> {
    /// The attributes in what stands behind the name of a tag.
    pub(in crate::core) fn new(rest: &'t str) -> Self {
        Self {
            rest,
            at: 0,
            is_whole: false,
            is_self_closing: false,
        }
    }

    fn byte(&self) -> Option<u8> {
        self.rest.as_bytes().get(self.at).copied()
    }

    /// Moves to the next byte that is none of these.
    fn skip(&mut self, while_true: impl Fn(u8) -> bool) -> Range<usize> {
        let from = self.at;
        let rest = &self.rest.as_bytes()[from..];
        let length = rest.iter().position(|&byte| !while_true(byte));
        self.at = from + length.unwrap_or(rest.len());
        from..self.at
    }

    /// The value behind a `=`, with and without its quotes; `None` when its quote never ends.
    fn value(&mut self) -> Option<(Range<usize>, Range<usize>)> {
        self.skip(|byte| byte.is_ascii_whitespace());
        let Some(quote @ (b'"' | b'\'')) = self.byte() else {
            let value = self.skip(|byte| !byte.is_ascii_whitespace() && byte != b'>');
            return Some((value.clone(), value));
        };
        let start = self.at;
        self.at = self.rest.len();
        let length = self.rest[start + 1..].find(char::from(quote))?;
        let end = start + 1 + length;
        self.at = end + 1;
        Some((start + 1..end, start..end + 1))
    }
}

impl<'t> Iterator for Attributes<'t> {
    type Item = Attribute<'t>;

    fn next(&mut self) -> Option<Attribute<'t>> {
        let gap = self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        if self.byte()? == b'>' {
            self.is_whole = true;
            self.is_self_closing = self.rest[gap].ends_with('/');
            return None;
        }
        let from = self.at;
        // A `=` where a name begins is its first character.
        self.at += 1;
        self.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
        let name = &self.rest[from..self.at];
        self.skip(|byte| byte.is_ascii_whitespace());
        let (value, outer) = if self.byte() == Some(b'=') {
            self.at += 1;
            self.value()?
        } else {
            (self.at..self.at, self.at..self.at)
        };
        Some(Attribute { name, value, outer })
    }
}

fn ends_name(character: char) -> bool {
    character.is_ascii_whitespace() || matches!(character, '/' | '>')
}

/// Whether a text begins with the name of a tag, and not of another that is longer.
fn is_tag(text: &str, name: &str) -> bool {
    let begins = text
        .get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name));
    begins && text[name.len()..].starts_with(ends_name)
}

/// Where a script is, for `<!--` and `<script>` inside of it hide its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    None,
    Comment,
    Script,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text as it is, tags by their name, sections in brackets.
    fn check(source: &str, expected: &str) {
        let mut seen = String::new();
        let mut pieces = HtmlTokenizer::of_xhtml(source);
        while let Some(piece) = pieces.next() {
            match piece {
                HtmlToken::Text(text) => seen.push_str(text),
                HtmlToken::Literal(text) => seen.extend(["[", text, "]"]),
                HtmlToken::Tag(tag) => {
                    let slash = |is: bool| if is { "/" } else { "" };
                    seen.extend(["<", slash(tag.is_end), tag.name]);
                    seen.extend([slash(tag.is_self_closing), ">"]);
                    if tag.is_start("script") || tag.is_start("style") {
                        pieces.skip_content_of(tag);
                    }
                }
            }
        }
        assert_eq!(seen, expected, "of {source:?}");
    }

    #[test]
    fn tags_end_where_browsers_end_them() {
        check("a<b c='>' d=\">\">e</b f='>'>", "a<b>e</b>");
        check(
            "<br/><br /><a b=c/><a b='c'/><a / >",
            "<br/><br/><a><a/><a>",
        );
        check("a < b <3 </", "a < b <3 </");
        check("a<b c", "a");
        check("a<b c='>d", "a");
        check("<A =\">b", "<A>b");
    }

    #[test]
    fn what_is_no_text_is_passed_over() {
        check("a<!-- <b> --!>c<!-->d<!--->e<!--f--->g", "acdeg");
        check("a<!DOCTYPE b>c<?d e>f</ g>h</>i<!j>k", "acfhik");
        check("a<![CDATA[<b>]]>c<![CDATA[d", "a[<b>]c[d]");
        check("a<!-- b", "a");
    }

    #[test]
    fn scripts_end_where_browsers_end_them() {
        check("<style><b></style >c", "<style></style>c");
        check("<script></scripts></SCRIPT/>c", "<script></SCRIPT/>c");
        check(
            "<script><!--<script></script>--></script>c",
            "<script></script>c",
        );
        check("<script><!--></script>c", "<script></script>c");
        check("<script>a", "<script>");
    }

    #[test]
    fn attributes_are_found_by_their_name() {
        let source = "<a x/y =1 HREF=' b&amp;c ' href=d e>";
        let Some(HtmlToken::Tag(tag)) = HtmlTokenizer::of_html(source).next() else {
            panic!("a tag");
        };
        let value = |name| tag.attribute(name);
        assert_eq!(value("href").as_deref(), Some("b&c"));
        assert_eq!(value("y").as_deref(), Some("1"));
        assert_eq!((value("x"), value("e"), value("f")), (None, None, None));
    }
}
