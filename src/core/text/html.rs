//! HTML to the text that a reader sees.
//!
//! Tags and references are read as browsers read them; no tree is built. Scripts, styles and comments
//! are dropped, blocks and `<br>` become line breaks, white space collapses. Linear in the input, and
//! bounded by it: the text is never longer than the HTML by more than a character reference allows.

use std::borrow::Cow;

use super::escaped;
use super::output::Output;
use super::pieces::{Piece, Pieces, Tag};
use crate::core::document::PARAGRAPH_SEPARATOR;

/// The longest name in HTML's table of references has 32 letters, and then comes its `;`.
const LONGEST_REFERENCE: usize = 33;

/// Turns HTML, or plain text, into text.
///
/// Lines are separated by one `\n`, words by one space, and there is no white space at either end.
/// Input without `<` and `&` is plain text already: only its white space is tidied.
pub fn to_text(html: &str) -> String {
    read(html, None)
}

/// The same, and adds what is said of its pictures.
pub(in crate::core) fn to_text_and_captions(html: &str, captions: &mut Captions) -> String {
    read(html, Some(captions))
}

fn read(html: &str, mut captions: Option<&mut Captions>) -> String {
    if !html.bytes().any(|byte| byte == b'<' || byte == b'&') {
        return plain_to_text(html);
    }
    let source = escaped::without_surplus(html);
    // Where tags were shown as text, what a reader took for text stays.
    let all_is_seen = matches!(source, Cow::Owned(_));
    let mut output = Output::default();
    let mut pieces = Pieces::of_xhtml(&source);
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(text) => output.text_with_references(text),
            // A section inside of text is one that was escaped with it.
            Piece::Literal(text) if escaped::shows_markup(text) || text.contains('&') => {
                for piece in Pieces::of_html(text) {
                    match piece {
                        Piece::Text(text) | Piece::Literal(text) => {
                            output.text_with_references(text);
                        }
                        Piece::Tag(tag) => {
                            if let Some(captions) = &mut captions {
                                captions.take(tag);
                            }
                            output.tag(tag);
                        }
                    }
                }
            }
            Piece::Literal(text) => output.text(text),
            Piece::Tag(tag) => {
                if let Some(captions) = &mut captions {
                    captions.take(tag);
                }
                if output.tag(tag) && !all_is_seen {
                    pieces.skip_content_of(tag);
                }
            }
        }
    }
    output.finish()
}

/// What is said of pictures: `alt` and `title`, in the order in which they stand there.
///
/// In one text, with a [`PARAGRAPH_SEPARATOR`] behind each, which none holds: for a million short ones
/// strings of their own would take many times the room.
#[derive(Default)]
pub(in crate::core) struct Captions(String);

impl Captions {
    pub(in crate::core) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_terminator(PARAGRAPH_SEPARATOR)
    }

    fn take(&mut self, tag: Tag<'_>) {
        // XHTML in feeds may carry a prefix: `<xhtml:img>`.
        let name = tag.name.rsplit(':').next().unwrap_or_default();
        let is_picture = ["img", "amp-img", "area"]
            .iter()
            .any(|picture| name.eq_ignore_ascii_case(picture));
        if tag.is_end || !is_picture {
            return;
        }
        for caption in ["alt", "title"]
            .into_iter()
            .filter_map(|name| tag.attribute(name))
        {
            // A value has no tags, unless they were escaped with it.
            let caption = if escaped::shows_markup(&caption) {
                to_text(&caption)
            } else {
                plain_to_text(&decode_entities_fully(&caption))
            };
            if caption.contains(char::is_alphanumeric) {
                self.0.push_str(&caption);
                self.0.push(PARAGRAPH_SEPARATOR);
            }
        }
    }
}

/// The title of a page: what its first `<title>` says, else its first `<h1>`; empty without either.
pub fn title_of(html: &str) -> String {
    for name in ["title", "h1"] {
        let mut output: Option<Output> = None;
        // Pictures of SVG have titles of their own.
        let mut in_picture = false;
        for piece in Pieces::of_html(html) {
            match (piece, &mut output) {
                (Piece::Tag(tag), _) if tag.name.eq_ignore_ascii_case("svg") => {
                    in_picture = !tag.is_end && !tag.is_self_closing;
                }
                (Piece::Tag(tag), None) if tag.is_start(name) && !in_picture => {
                    output = Some(Output::default());
                }
                (Piece::Tag(tag), Some(_)) if tag.is_end && tag.name.eq_ignore_ascii_case(name) => {
                    break;
                }
                (Piece::Text(text) | Piece::Literal(text), Some(output)) => {
                    output.text_with_references(text);
                }
                _ => {}
            }
        }
        let title = output.map(Output::finish).unwrap_or_default();
        if !title.is_empty() {
            return title;
        }
    }
    String::new()
}

/// Tidies plain text: runs of white space become one space, or one line break when they hold one.
pub fn plain_to_text(text: &str) -> String {
    let mut output = Output::with_capacity(text.len());
    for (index, line) in text.split(['\n', '\r']).enumerate() {
        if index > 0 {
            output.line_break();
        }
        output.text(line);
    }
    output.finish()
}

/// Replaces character references (`&eacute;`, `&#8217;`) and nothing else: `<` stays.
pub fn decode_entities(text: &str) -> String {
    decode(text, |rest| rest)
}

/// The same for text in which references may have been escaped once more (`&amp;eacute;`).
pub(in crate::core) fn decode_entities_fully(text: &str) -> String {
    decode(text, behind_surplus)
}

fn decode(text: &str, behind: impl Fn(&str) -> &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = behind(&rest[start + 1..]);
        let written = written_reference(rest);
        if let Some((name, character)) = written.and_then(|name| Some((name, entity(name)?))) {
            decoded.push_str(&character);
            rest = &rest[name.len() + 1..];
        } else {
            decoded.push('&');
        }
    }
    decoded.push_str(rest);
    decoded
}

/// The name of the reference that a text begins with, behind its `&`, when a `;` ends it.
fn written_reference(text: &str) -> Option<&str> {
    let mut bytes = text.bytes().take(LONGEST_REFERENCE);
    bytes.position(|byte| byte == b';').map(|end| &text[..end])
}

/// What stands behind the last ampersand of a reference that was escaped once more or several times, given
/// what stands behind the first: `#8217;` of `amp;amp;#8217;`. References to `<` and `>` stay: they tell of
/// markup (see [`escaped`]), or are what a text is about.
pub(super) fn behind_surplus(mut rest: &str) -> &str {
    while let Some(inner) = rest.strip_prefix("amp;")
        && let Some(name) = written_reference(inner)
        && entity(name).is_some_and(|character| character != "<" && character != ">")
    {
        rest = inner;
    }
    rest
}

/// The characters that a reference stands for, given without `&` and `;`: `eacute`, `#233`, `#xE9`.
///
/// Numbers in the range of the C1 controls are read as windows-1252, as HTML does.
pub fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        return numeric_entity(number).map(String::from);
    }
    let reference = format!("{name};");
    let &(first, second) = html5ever::data::NAMED_ENTITIES.get(reference.as_str())?;
    let mut characters = String::new();
    characters.extend(char::from_u32(first).filter(|&character| character != '\0'));
    characters.extend(char::from_u32(second).filter(|&character| character != '\0'));
    (!characters.is_empty()).then_some(characters)
}

/// The one or two characters of the reference that a text begins with, behind its `&`, and its length.
pub(super) fn reference(text: &str) -> Option<([char; 2], usize)> {
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (number, 10),
        };
        let length = digits
            .find(|c: char| !c.is_digit(radix))
            .unwrap_or(digits.len());
        let code = digits[..length].chars().try_fold(0_u32, |code, digit| {
            code.checked_mul(radix)?.checked_add(digit.to_digit(radix)?)
        });
        if length == 0 {
            return None;
        }
        let character = code
            .filter(|&code| code != 0)
            .and_then(|code| c1_replacement(code).or_else(|| char::from_u32(code)))
            .unwrap_or(char::REPLACEMENT_CHARACTER);
        let end = text.len() - digits.len() + length;
        return Some((
            [character, '\0'],
            end + usize::from(text[end..].starts_with(';')),
        ));
    }
    // The table holds the beginnings of all names too, so that the longest is found letter by letter.
    let mut found = None;
    for length in 1..=text.len().min(LONGEST_REFERENCE) {
        match text
            .get(..length)
            .and_then(|name| html5ever::data::NAMED_ENTITIES.get(name))
        {
            Some(&(0, _)) => {}
            Some(&(first, second)) => found = Some((first, second, length)),
            None => break,
        }
    }
    let (first, second, length) = found?;
    Some(([char::from_u32(first)?, char::from_u32(second)?], length))
}

fn numeric_entity(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    }
    .ok()?;
    c1_replacement(code)
        .or_else(|| char::from_u32(code))
        .filter(|character| !character.is_control() || matches!(character, '\t' | '\n' | '\r'))
}

/// What windows-1252 has where Unicode has the C1 controls.
pub(super) fn c1_replacement(code: u32) -> Option<char> {
    let index = usize::try_from(code.checked_sub(0x80)?).ok()?;
    html5ever::data::C1_REPLACEMENTS
        .get(index)
        .copied()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(html: &str, text: &str) {
        assert_eq!(to_text(html), text, "of {html:?}");
    }

    #[test]
    fn plain_text_passes_through() {
        check(
            "Five journalists were detained.",
            "Five journalists were detained.",
        );
        check("  two \t words\nand a line ", "two words\nand a line");
        check("\u{2000}two\u{3000} \u{2028}words\u{205f}", "two words");
        check("", "");
    }

    #[test]
    fn a_lone_less_than_is_text() {
        check("5 < 6 and 7 > 6", "5 < 6 and 7 > 6");
    }

    #[test]
    fn entities_are_characters() {
        check(
            "Caf&eacute; &amp; th&#233; &#x2019; &#146;",
            "Café & thé \u{2019} \u{2019}",
        );
        check("AT&T and &unknown; and R&D", "AT&T and &unknown; and R&D");
    }

    #[test]
    fn blocks_and_breaks_are_lines_and_inline_tags_are_nothing() {
        check("<p>One</p><p>two<br>three</p>", "One\ntwo\nthree");
        check("un<b>bel</b>ievable", "unbelievable");
        check("<ul><li>a</li>\n<li>b</li></ul>", "a\nb");
        check("<tr><td>a</td><td>b</td></tr>", "a b");
        check("<xhtml:div><xhtml:p>a</xhtml:p>b</xhtml:div>", "a\nb");
    }

    #[test]
    fn scripts_styles_and_comments_are_not_seen() {
        check("a<script>if (1 < 2) { alert('<p>') }</script>b", "ab");
        check("a<style>p > b { }</style> b<!-- hidden -->c", "a bc");
        check("a<script/>b", "ab");
    }

    #[test]
    fn a_cdata_section_is_text() {
        check("<p><![CDATA[a < b]]></p>", "a < b");
    }

    #[test]
    fn white_space_in_markup_collapses() {
        check("<p>\n  one\n  two&nbsp;&nbsp;three </p>\n", "one two three");
    }

    #[test]
    fn controls_and_nulls_vanish() {
        check("a\u{0}b\u{7}c\u{feff}", "abc");
        check("it\u{92}s\u{81}", "it\u{2019}s");
        check("<b>a\u{0}b</b>", "ab");
        check("<b>a</b> \u{13} b \u{13}", "a b");
        check("a \u{13}\n b", "a\nb");
    }

    #[test]
    fn decoding_entities_leaves_tags_alone() {
        assert_eq!(
            decode_entities("<b>&eacute;&lt;&bogus;& &amp;amp;"),
            "<b>é<&bogus;& &amp;"
        );
    }

    #[test]
    fn a_hundred_thousand_open_tags_end_soon() {
        check(&"<div>".repeat(100_000), "");
        check(&"<".repeat(100_000), &"<".repeat(100_000));
        assert!(to_text(&"&".repeat(100_000)).len() <= 100_000);
    }

    proptest! {
        #[test]
        fn text_has_no_double_space_and_no_edges(html in "(<p>|</p>|<br>|<script>|</script>|&amp;|&nbsp;|[a-z< >&;\\n\u{e9}]){0,40}") {
            let text = to_text(&html);
            prop_assert!(!text.contains("  ") && !text.contains("\n ") && !text.contains(" \n"));
            prop_assert_eq!(text.trim(), text.as_str());
        }

        #[test]
        fn any_string_is_read(html in any::<String>()) {
            prop_assert!(to_text(&html).len() <= html.len() * 2 + 4);
        }
    }
}
