//! HTML to the text that a reader sees.
//!
//! Tokens come from html5ever, so entities and tags are read as browsers read them; no tree is
//! built. Scripts, styles and comments are dropped, blocks and `<br>` become line breaks, white
//! space collapses. Linear in the input, and bounded by it: the text is never longer than the HTML
//! by more than a character reference allows.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Turns HTML, or plain text, into text.
///
/// Lines are separated by one `\n`, words by one space, and there is no white space at either end.
/// Input without `<` and `&` is plain text already: only its white space is tidied.
pub fn to_text(html: &str) -> String {
    if !html.bytes().any(|byte| byte == b'<' || byte == b'&') {
        return plain_to_text(html);
    }
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // A sink that never asks for a pause is fed in one call; the loop is what the contract says.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.output.take().finish()
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
        // The longest name in HTML's table has 32 letters.
        let end = rest.bytes().skip(1).take(33).position(|byte| byte == b';');
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

/// Collects text from html5ever's tokens.
#[derive(Default)]
struct Sink {
    output: RefCell<Output>,
    /// The element whose contents are being dropped.
    hidden: RefCell<Option<Hidden>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hidden {
    Script,
    Style,
}

impl Hidden {
    fn of(name: &str) -> Option<Self> {
        match name {
            "script" => Some(Self::Script),
            "style" => Some(Self::Style),
            _ => None,
        }
    }

    fn raw_kind(self) -> RawKind {
        match self {
            Self::Script => RawKind::ScriptData,
            Self::Style => RawKind::Rawtext,
        }
    }
}

impl Sink {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        // XHTML in feeds may carry a prefix: `<xhtml:p>`.
        let name = tag.name.rsplit(':').next().unwrap_or_default();
        if let Some(element) = Hidden::of(name) {
            if tag.kind == TagKind::EndTag {
                self.hidden.replace(None);
            } else if !tag.self_closing {
                self.hidden.replace(Some(element));
                return TokenSinkResult::RawData(element.raw_kind());
            }
            return TokenSinkResult::Continue;
        }
        match effect(name) {
            Effect::Line => self.output.borrow_mut().line_break(),
            Effect::Space => self.output.borrow_mut().space(),
            Effect::None => {}
        }
        TokenSinkResult::Continue
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) if self.hidden.borrow().is_none() => {
                self.output.borrow_mut().text(&text);
                TokenSinkResult::Continue
            }
            Token::TagToken(tag) => self.tag(&tag),
            _ => TokenSinkResult::Continue,
        }
    }

    // XHTML content may hold CDATA sections; read as HTML they would be comments and vanish.
    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        true
    }
}

enum Effect {
    None,
    Space,
    Line,
}

/// What a tag does to the text around it.
fn effect(name: &str) -> Effect {
    match name {
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
