//! HTML to the text that a reader sees.
//!
//! Tags and references are read as browsers read them; no tree is built. Scripts, styles and comments
//! are dropped, blocks and `<br>` become line breaks, white space collapses. Linear in the input, and
//! bounded by it: the text is never longer than the HTML by more than a character reference allows.

use super::pieces::{Piece, Pieces, Tag};

/// The longest name in HTML's table of references has 32 letters, and then comes its `;`.
const LONGEST_REFERENCE: usize = 33;

/// Turns HTML, or plain text, into text.
///
/// Lines are separated by one `\n`, words by one space, and there is no white space at either end.
/// Input without `<` and `&` is plain text already: only its white space is tidied.
pub fn to_text(html: &str) -> String {
    if !html.bytes().any(|byte| byte == b'<' || byte == b'&') {
        return plain_to_text(html);
    }
    let mut output = Output::default();
    let mut pieces = Pieces::of_xhtml(html);
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(text) => output.text_with_references(text),
            Piece::Literal(text) => output.text(text),
            Piece::Tag(tag) => match effect(tag) {
                Effect::Line => output.line_break(),
                Effect::Space => output.space(),
                Effect::Hidden if !tag.is_end && !tag.is_self_closing => {
                    pieces.skip_content_of(tag);
                }
                Effect::Hidden | Effect::None => {}
            },
        }
    }
    output.finish()
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
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest
            .bytes()
            .skip(1)
            .take(LONGEST_REFERENCE)
            .position(|byte| byte == b';');
        if let Some(character) = end.and_then(|end| entity(&rest[1..=end])) {
            decoded.push_str(&character);
            rest = &rest[end.map_or(1, |end| end + 2)..];
        } else {
            decoded.push('&');
            rest = &rest[1..];
        }
    }
    decoded.push_str(rest);
    decoded
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
fn reference(text: &str) -> Option<([char; 2], usize)> {
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
fn c1_replacement(code: u32) -> Option<char> {
    let index = usize::try_from(code.checked_sub(0x80)?).ok()?;
    html5ever::data::C1_REPLACEMENTS
        .get(index)
        .copied()
        .flatten()
}

/// Text under construction, with its white space collapsed as it arrives.
#[derive(Default)]
struct Output {
    text: String,
    /// White space that becomes real when more text follows.
    pending: Pending,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    #[default]
    Nothing,
    Space,
    Line,
}

impl Output {
    fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            pending: Pending::Nothing,
        }
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let word_start = rest
                .find(|character: char| !is_space(character))
                .unwrap_or(rest.len());
            if word_start > 0 {
                self.pending = self.pending.max(Pending::Space);
                rest = &rest[word_start..];
            }
            if rest.is_empty() {
                return;
            }
            let word_end = rest.find(is_space).unwrap_or(rest.len());
            self.word(&rest[..word_end]);
            rest = &rest[word_end..];
        }
    }

    /// Text in which references stand, with or without a `;` (WHATWG HTML, section 13.2.5.72).
    fn text_with_references(&mut self, text: &str) {
        let mut rest = text;
        while let Some(start) = rest.find('&') {
            self.text(&rest[..start]);
            rest = &rest[start + 1..];
            match reference(rest) {
                Some((characters, length)) => {
                    let mut buffer = [0; 4];
                    for character in characters.into_iter().filter(|&c| c != '\0') {
                        self.text(character.encode_utf8(&mut buffer));
                    }
                    rest = &rest[length..];
                }
                None => self.text("&"),
            }
        }
        self.text(rest);
    }

    /// A run of characters without white space. Controls vanish, except that those of the C1 range
    /// are windows-1252 in disguise, as HTML takes their references to be.
    fn word(&mut self, word: &str) {
        if word.bytes().all(|byte| byte.is_ascii_graphic()) {
            self.settle();
            self.text.push_str(word);
            return;
        }
        for character in word.chars() {
            let seen = match character {
                '\u{feff}' => None,
                '\u{80}'..='\u{9f}' => c1_replacement(u32::from(character)),
                control if control.is_control() => None,
                other => Some(other),
            };
            // White space becomes real only before something that is seen.
            if let Some(seen) = seen {
                self.settle();
                self.text.push(seen);
            }
        }
    }

    fn space(&mut self) {
        self.pending = self.pending.max(Pending::Space);
    }

    fn line_break(&mut self) {
        self.pending = Pending::Line;
    }

    fn settle(&mut self) {
        if !self.text.is_empty() {
            match self.pending {
                Pending::Nothing => {}
                Pending::Space => self.text.push(' '),
                Pending::Line => self.text.push('\n'),
            }
        }
        self.pending = Pending::Nothing;
    }

    fn finish(self) -> String {
        self.text
    }
}

/// White space of any kind: readers see a space in all of it.
fn is_space(character: char) -> bool {
    character.is_whitespace()
}

enum Effect {
    None,
    Space,
    Line,
    /// What is inside is no text.
    Hidden,
}

/// No element that matters has a longer name.
const LONGEST_NAME: usize = 16;

/// What a tag does to the text around it.
fn effect(tag: Tag<'_>) -> Effect {
    // XHTML in feeds may carry a prefix: `<xhtml:p>`.
    let name = tag.name.rsplit(':').next().unwrap_or_default();
    let mut lower = [0; LONGEST_NAME];
    let Some(lower) = lower.get_mut(..name.len()) else {
        return Effect::None;
    };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match std::str::from_utf8(lower).unwrap_or_default() {
        "script" | "style" => Effect::Hidden,
        "address" | "article" | "aside" | "blockquote" | "body" | "br" | "caption" | "center"
        | "dd" | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption"
        | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "head"
        | "header" | "hgroup" | "hr" | "html" | "iframe" | "legend" | "li" | "main" | "menu"
        | "nav" | "ol" | "optgroup" | "option" | "p" | "pre" | "section" | "summary" | "table"
        | "tbody" | "tfoot" | "thead" | "title" | "tr" | "ul" | "video" | "audio" => Effect::Line,
        "td" | "th" | "img" | "button" | "select" | "textarea" | "input" | "object" | "embed" => {
            Effect::Space
        }
        _ => Effect::None,
    }
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
