//! Small mistakes made good, so that a strict parser can read the rest as it stands.
//!
//! Text changes only where XML forbids it: references that no XML parser knows, bare ampersands and
//! less-than signs, control characters, document types, versions of RSS that were never published.
//! CDATA sections and comments stay untouched, except that controls vanish there too.

use std::borrow::Cow;
use std::collections::HashMap;

use super::tokens::declared_entities;
use crate::core::text::html;

/// Repairs a document without its XML declaration. Borrowed when there was nothing to repair.
pub(super) fn repair(text: &str) -> Cow<'_, str> {
    let mut repair = Repair {
        text,
        copied: 0,
        repaired: String::new(),
        entities: HashMap::new(),
    };
    repair.run();
    if repair.copied == 0 {
        return Cow::Borrowed(text);
    }
    repair.repaired.push_str(&text[repair.copied..]);
    Cow::Owned(repair.repaired)
}

struct Repair<'t> {
    text: &'t str,
    /// Up to here the text is in `repaired`.
    copied: usize,
    repaired: String,
    entities: HashMap<&'t str, &'t str>,
}

impl Repair<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at = match byte {
                b'&' => self.reference(at),
                b'<' => self.markup(at),
                // XML 1.0, section 2.2; DEL is allowed there.
                0..=8 | 11 | 12 | 14..=31 => self.replace(at, at + 1, ""),
                _ => at + 1,
            };
        }
    }

    fn replace(&mut self, from: usize, to: usize, with: &str) -> usize {
        self.repaired.push_str(&self.text[self.copied..from]);
        self.repaired.push_str(with);
        self.copied = to;
        to
    }

    /// A reference, or an ampersand that begins none.
    fn reference(&mut self, at: usize) -> usize {
        let rest = &self.text[at + 1..];
        let end = rest
            .bytes()
            .take(66)
            .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#')
            .unwrap_or(0);
        let (name, is_closed) = (&rest[..end], rest[end..].starts_with(';'));
        let after = at + 1 + end + usize::from(is_closed);
        if !is_closed || name.is_empty() {
            return self.replace(at, at + 1, "&amp;");
        }
        if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
            return after;
        }
        if let Some(&value) = self.entities.get(name) {
            return self.replace(at, after, value);
        }
        match html::entity(name) {
            // Of a sound reference to a character nothing needs to change.
            Some(value) if name.starts_with('#') && !is_c1(&value, name) => after,
            Some(value) => {
                let escaped = value.replace('&', "&amp;").replace('<', "&lt;");
                self.replace(at, after, &escaped)
            }
            None if name.starts_with('#') => self.replace(at, after, ""),
            None => self.replace(at, at + 1, "&amp;"),
        }
    }

    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let skip = |end: &str, from: usize| {
            rest[from..]
                .find(end)
                .map_or(rest.len(), |found| from + found + end.len())
        };
        if rest.starts_with("<![CDATA[") {
            return self.without_controls(at, at + skip("]]>", 9));
        }
        if rest.starts_with("<!--") {
            return self.without_controls(at, at + skip("-->", 4));
        }
        if rest.starts_with("<?") {
            return at + skip("?>", 2);
        }
        if rest
            .get(..9)
            .is_some_and(|start| start.eq_ignore_ascii_case("<!DOCTYPE"))
        {
            let end = doctype_end(rest);
            self.entities.extend(
                declared_entities(&rest[..end])
                    .into_iter()
                    .filter(|(_, value)| !value.contains('<')),
            );
            return self.replace(at, at + end, "");
        }
        let name_start = rest
            .strip_prefix("</")
            .or_else(|| rest.strip_prefix('<'))
            .unwrap_or(rest);
        if !name_start.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return self.replace(at, at + 1, "&lt;");
        }
        if let Some(tag) = rest.strip_prefix("<rss")
            && tag.starts_with(|c: char| c.is_whitespace() || c == '>')
        {
            return self.rss_tag(at);
        }
        if rest.starts_with("<media:")
            && let Some(length) = empty_element(rest)
        {
            return self.replace(at, at + length, "");
        }
        at + 1
    }

    fn without_controls(&mut self, from: usize, to: usize) -> usize {
        for (offset, byte) in self.text[from..to].bytes().enumerate() {
            if byte < 32 && !matches!(byte, 9 | 10 | 13) {
                self.replace(from + offset, from + offset + 1, "");
            }
        }
        to
    }

    /// Gives RSS a version that parsers know, and takes the default namespace away that some
    /// versions 2 had.
    fn rss_tag(&mut self, at: usize) -> usize {
        let Some(end) = self.text[at..].find('>') else {
            return at + 1;
        };
        let tag = &self.text[at + 4..at + end];
        let mut kept = String::new();
        for attribute in super::attributes::Attributes(tag) {
            let (name, value) = attribute;
            if name != "version" && name != "xmlns" {
                let value = value
                    .replace('&', "&amp;")
                    .replace('"', "&quot;")
                    .replace('<', "&lt;");
                kept.extend([" ", name, "=\"", &value, "\""]);
            }
        }
        self.replace(at, at + end, &format!("<rss version=\"2.0\"{kept}"))
    }
}

/// References to the C1 controls mean the characters of windows-1252.
fn is_c1(value: &str, name: &str) -> bool {
    let number = name.trim_start_matches('#');
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => number.parse().ok(),
    };
    code != value.chars().next().map(u32::from)
}

/// Where a document type ends: after its internal subset, when it has one.
fn doctype_end(text: &str) -> usize {
    let close = text.find('>').map_or(text.len(), |end| end + 1);
    match text.find('[') {
        Some(open) if open < close => {
            let subset_end = text[open..]
                .find(']')
                .map_or(text.len(), |end| open + end + 1);
            text[subset_end..]
                .find('>')
                .map_or(text.len(), |end| subset_end + end + 1)
        }
        _ => close,
    }
}

/// The length of an element without content: `<a/>` or `<a></a>`.
fn empty_element(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    if text[..end].ends_with('/') {
        // Attributes of an empty element may be all that counts.
        return None;
    }
    let name_end = text.find(|c: char| c.is_whitespace() || c == '>')?;
    let after = &text[end + 1..];
    let content = after.trim_start();
    let closing = content
        .strip_prefix("</")?
        .strip_prefix(&text[1..name_end])?
        .trim_start()
        .strip_prefix('>')?;
    Some(text.len() - closing.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, repaired: &str) {
        assert_eq!(repair(text), repaired, "of {text:?}");
    }

    #[test]
    fn sound_xml_is_left_alone() {
        let text = "<feed><a b='c'>&lt; &#233; é</a><!-- & < --><![CDATA[& <]]></feed>";
        assert!(matches!(repair(text), Cow::Borrowed(_)));
    }

    #[test]
    fn references_become_characters_or_text() {
        check(
            "<a>&eacute; &nbsp; &bogus; R&D AT&T; &#146; &#0; &#xD83D;</a>",
            "<a>é \u{a0} &amp;bogus; R&amp;D AT&amp;T; \u{2019}  </a>",
        );
        check("<a href='?b=1&c=2'/>", "<a href='?b=1&amp;c=2'/>");
    }

    #[test]
    fn stray_signs_and_controls_go() {
        check(
            "<a>1 < 2\u{1}\u{0}</a><![CDATA[\u{b}]]>",
            "<a>1 &lt; 2</a><![CDATA[]]>",
        );
    }

    #[test]
    fn document_types_go_and_their_entities_stay() {
        check(
            "<!DOCTYPE rss [<!ENTITY who \"desk\">]><a>&who;</a>",
            "<a>desk</a>",
        );
        check(
            "<!DOCTYPE rss SYSTEM 'https://example.org/rss.dtd'><a/>",
            "<a/>",
        );
    }

    #[test]
    fn versions_of_rss_become_two() {
        check(
            "<rss><channel/></rss>",
            "<rss version=\"2.0\"><channel/></rss>",
        );
        check(
            "<rss version='0.94' xmlns:a='b'>",
            "<rss version=\"2.0\" xmlns:a=\"b\">",
        );
        check(
            "<rss version='2.0' xmlns='http://backend.userland.com/rss2'>",
            "<rss version=\"2.0\">",
        );
    }

    #[test]
    fn empty_media_elements_go() {
        check(
            "<media:group><media:description></media:description><media:title>a</media:title></media:group>",
            "<media:group><media:title>a</media:title></media:group>",
        );
        check("<media:thumbnail url='a'/>", "<media:thumbnail url='a'/>");
    }

    proptest! {
        #[test]
        fn any_text_is_repaired_once(text in "(<|>|/|a|é|:|!|--|<rss|DOCTYPE|\\[|]|\\[CDATA\\[|]]>|&|;|#1|amp|\u{1}| ){0,60}") {
            let once = repair(&text).into_owned();
            let _ = repair(&once);
        }
    }
}
