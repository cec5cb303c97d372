//! Text as it is read out of HTML, piece by piece.
//!
//! What stands above or below the line is kept as such: digits as superscripts and subscripts, of other text
//! the borders as zero-width spaces. The words are found with and without them (see
//! [`super::tokenizer::WordSegmentation`]).

use std::borrow::Cow;

use super::entities::{
    behind_surplus, c1_replacement, decode_entities, decode_entities_fully, reference,
};

use super::html_tokenizer::Tag;

/// Where a word may end, though nobody sees it.
const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// Text under construction, with its white space collapsed as it arrives.
#[derive(Default)]
pub(in crate::core) struct HtmlTextBuilder<'t> {
    text: String,
    /// White space that becomes real when more text follows.
    pending: Pending,
    /// A raised part began or ended behind the text.
    seam: bool,
    /// Open elements that stand above the line, and below it.
    above: usize,
    below: usize,
    /// Open elements that show code.
    code: usize,
    /// The last start tags that may be a link to a note, or be inside one.
    link: Option<Tag<'t>>,
    span: Option<Tag<'t>>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    #[default]
    Nothing,
    Space,
    Line,
}

impl<'t> HtmlTextBuilder<'t> {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ..Self::default()
        }
    }

    pub(in crate::core) fn text(&mut self, text: &str) {
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
    pub(in crate::core) fn text_with_references(&mut self, text: &str) {
        if self.raised(text) {
            return;
        }
        let mut rest = text;
        while let Some(start) = rest.find('&') {
            self.text(&rest[..start]);
            rest = &rest[start + 1..];
            if self.code == 0 {
                rest = behind_surplus(rest);
            }
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

    /// Text in which only references count that a `;` ends, as titles have them: `black&notwhite` has none.
    pub(in crate::core) fn text_with_written_references(&mut self, text: &str) {
        if self.raised(text) {
            return;
        }
        let decoded = decode_entities_fully(text);
        for (index, line) in decoded.split(['\n', '\r']).enumerate() {
            if index > 0 {
                self.line_break();
            }
            self.text(line);
        }
    }

    /// A run of characters without white space. Controls vanish, except that those of the C1 range
    /// are windows-1252 in disguise, as HTML takes their references to be.
    fn word(&mut self, word: &str) {
        if word.bytes().all(|byte| byte.is_ascii_graphic()) {
            self.settle(word.chars().next());
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
                self.settle(Some(seen));
                self.text.push(seen);
            }
        }
    }

    /// Does what a tag does to the text around it; whether what is inside is no text.
    pub(in crate::core) fn tag(&mut self, tag: Tag<'t>) -> bool {
        let change = |depth: usize| {
            if tag.is_end {
                depth.saturating_sub(1)
            } else {
                depth + 1
            }
        };
        match effect(tag) {
            Effect::Line => {
                // One that is never closed does not raise the rest of a text.
                (self.above, self.below) = (0, 0);
                (self.link, self.span) = (None, None);
                self.line_break();
            }
            Effect::Space => self.space(),
            Effect::Hidden => return !tag.is_end && !tag.is_self_closing,
            Effect::Above => {
                self.above = change(self.above);
                self.seam = true;
            }
            Effect::Below => {
                self.below = change(self.below);
                self.seam = true;
            }
            Effect::Code => self.code = change(self.code),
            Effect::Link => self.link = (!tag.is_end).then_some(tag),
            Effect::Span => self.span = (!tag.is_end).then_some(tag),
            Effect::None => {}
        }
        false
    }

    /// Takes a text with its digits raised, when it is the mark of a note or stands above or below the line:
    /// so it ends the word before it, and is no word. Whether it was taken.
    fn raised(&mut self, text: &str) -> bool {
        if self.above + self.below == 0 && self.link.is_none() && self.span.is_none() {
            return false;
        }
        let text = if text.len() <= LONGEST_MARK && text.contains('&') {
            Cow::Owned(decode_entities(text))
        } else {
            Cow::Borrowed(text)
        };
        let Some(raise) = self.raises(&text) else {
            return false;
        };
        let raised = text.chars().map(|c| c.to_digit(10).map_or(c, raise));
        self.text(&raised.collect::<String>());
        true
    }

    /// What the digits of a text become there.
    fn raises(&mut self, text: &str) -> Option<fn(u32) -> char> {
        const MOST_DIGITS: usize = 4;
        if text.len() > LONGEST_MARK {
            return None;
        }
        let is_sign = |c: char| {
            matches!(
                c,
                '[' | ']' | '(' | ')' | ',' | '*' | '-' | '\u{2013}' | ' ' | '\u{A0}'
            )
        };
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if !(1..=MOST_DIGITS).contains(&digits)
            || !text.chars().all(|c| c.is_ascii_digit() || is_sign(c))
        {
            return None;
        }
        if self.above > 0 {
            return Some(superscript);
        }
        if self.below > 0 {
            return Some(subscript);
        }
        let is_behind_word = self.pending == Pending::Nothing
            && !self.text.is_empty()
            && !self.text.ends_with(['-', '/', '\u{2013}'])
            && !text.starts_with([' ', '\u{A0}']);
        if !is_behind_word {
            return None;
        }
        // A link has one mark, and is looked at once, however long it is.
        [self.link.take(), self.span.take()]
            .into_iter()
            .flatten()
            .any(is_link_to_note)
            .then_some(superscript)
    }

    fn space(&mut self) {
        self.pending = self.pending.max(Pending::Space);
    }

    pub(super) fn line_break(&mut self) {
        self.pending = Pending::Line;
    }

    /// Makes real what waits before `next`.
    fn settle(&mut self, next: Option<char>) {
        if !self.text.is_empty() {
            match self.pending {
                Pending::Nothing if self.seam => {
                    let is_letter = |c: char| c.is_alphabetic() || c.is_ascii_digit();
                    let last = self.text.chars().next_back();
                    if last.is_some_and(is_letter) && next.is_some_and(is_letter) {
                        self.text.push(ZERO_WIDTH_SPACE);
                    }
                }
                Pending::Nothing => {}
                Pending::Space => self.text.push(' '),
                Pending::Line => self.text.push('\n'),
            }
        }
        self.pending = Pending::Nothing;
        self.seam = false;
    }

    pub(in crate::core) fn finish(self) -> String {
        self.text
    }
}

/// The mark of a note as it is written, in bytes: `&#91;12&#93;`.
const LONGEST_MARK: usize = 24;

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
    /// What is inside stands above the line.
    Above,
    /// What is inside stands below the line.
    Below,
    /// What is inside may be about markup.
    Code,
    /// May lead to a note.
    Link,
    /// May be the mark of one.
    Span,
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
        "sup" => Effect::Above,
        "sub" => Effect::Below,
        "code" | "kbd" | "samp" | "tt" => Effect::Code,
        "a" => Effect::Link,
        "span" => Effect::Span,
        _ => Effect::None,
    }
}

fn superscript(digit: u32) -> char {
    match digit {
        1 => '\u{B9}',
        2 => '\u{B2}',
        3 => '\u{B3}',
        _ => char::from_u32(0x2070 + digit).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn subscript(digit: u32) -> char {
    char::from_u32(0x2080 + digit).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Whether a tag with a number inside leads to a note: to a place within a page, or by what it is called
/// (DPUB-ARIA `doc-noteref`, EPUB `noteref`, and the classes of many programs).
fn is_link_to_note(tag: Tag<'_>) -> bool {
    let is_called_so = |value: String| {
        let value = value.to_ascii_lowercase();
        ["note", "fn", "ref", "cite"]
            .iter()
            .any(|name| value.contains(name))
    };
    tag.attribute("href")
        .is_some_and(|address| address.contains('#'))
        || ["class", "role", "rel", "epub:type", "id", "name"]
            .into_iter()
            .filter_map(|name| tag.attribute(name))
            .any(is_called_so)
}

#[cfg(test)]
mod tests {
    use super::super::html::to_text;

    fn check(source: &str, text: &str) {
        assert_eq!(to_text(source), text, "of {source:?}");
    }

    #[test]
    fn marks_of_notes_stand_above_the_line() {
        check("detained<sup>1</sup> by", "detained¹ by");
        check("detained<sup>2,3</sup> by", "detained²,³ by");
        check(
            "detained<sup><a href='#fn1'>[10]</a></sup> by",
            "detained[¹⁰] by",
        );
        check(
            "detained<sup>&#91;1&#93;</sup> by<a href='#b'>&#91;2&#93;</a>",
            "detained[¹] by[²]",
        );
        check("detained<sup>1\u{2013}3</sup> by", "detained¹\u{2013}³ by");
        for link in [
            "<a href='#fn1'>1</a>",
            "<a href=\"https://example.org/news/#_ftn1\">1</a>",
            "<a class=footnote>1</a>",
            "<a role=\"doc-noteref\" href=\"notes.html\">1</a>",
            "<span class=\"fn-marker\">1</span>",
            "<b><a href='#1'>1</a></b>",
            "<a href='#_ftn1'><span><span style='font-size: 12pt'>1</span></span></a>",
        ] {
            check(&format!("detained{link} by"), "detained¹ by");
            check(&format!("in 2024.{link} By"), "in 2024.¹ By");
        }
    }

    #[test]
    fn what_is_no_mark_of_a_note_stays_as_it_is() {
        check("in <a href='#y'>2024</a> the", "in 2024 the");
        check("COVID-<a href='#c'>19</a>", "COVID-19");
        check("G<a href='https://example.org/'>7</a>", "G7");
        check("detained<a href='#a'>12345</a>", "detained12345");
        check(
            "<sub>Five were held in 2024, and more in May.</sub>",
            "Five were held in 2024, and more in May.",
        );
        check("<p>a<sup>b<p>1 c</p>", "a\u{200B}b\n1 c");
    }

    #[test]
    fn what_stands_above_or_below_the_line_has_borders() {
        check("CO<sub>2</sub> and m<sup>2</sup>", "CO₂ and m²");
        check("20<sup>th</sup> 1<sup>er</sup>", "20\u{200B}th 1\u{200B}er");
        check("detained<sup>a</sup>", "detained\u{200B}a");
        check("detained<sup>*</sup> <sup>†</sup>", "detained* †");
        check("a <sup>b</sup> c", "a b c");
    }
}
