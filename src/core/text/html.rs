//! HTML to the text that a reader sees.
//!
//! Tags and references are read as browsers read them; no tree is built. Scripts, styles and comments
//! are dropped, blocks and `<br>` become line breaks, white space collapses. Linear in the input, and
//! bounded by it: the text is never longer than the HTML by more than a character reference allows.

use std::borrow::Cow;

use super::double_escaping;
use super::entities::decode_entities_fully;
use super::html_text::HtmlTextBuilder;
use super::html_tokenizer::{HtmlToken, HtmlTokenizer, Tag};
use crate::core::document::PARAGRAPH_SEPARATOR;

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
    let source = double_escaping::without_double_escaping(html);
    // Where tags were shown as text, what a reader took for text stays.
    let all_is_seen = matches!(source, Cow::Owned(_));
    let mut output = HtmlTextBuilder::default();
    let mut pieces = HtmlTokenizer::of_xhtml(&source);
    while let Some(piece) = pieces.next() {
        match piece {
            HtmlToken::Text(text) => output.text_with_references(text),
            // A section inside of text is one that was escaped with it.
            HtmlToken::Literal(text)
                if double_escaping::contains_markup(text) || text.contains('&') =>
            {
                for piece in HtmlTokenizer::of_html(text) {
                    match piece {
                        HtmlToken::Text(text) | HtmlToken::Literal(text) => {
                            output.text_with_references(text);
                        }
                        HtmlToken::Tag(tag) => {
                            if let Some(captions) = &mut captions {
                                captions.take(tag);
                            }
                            output.tag(tag);
                        }
                    }
                }
            }
            HtmlToken::Literal(text) => output.text(text),
            HtmlToken::Tag(tag) => {
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
            let caption = if double_escaping::contains_markup(&caption) {
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
        let mut output: Option<HtmlTextBuilder> = None;
        // Pictures of SVG have titles of their own.
        let mut in_picture = false;
        for piece in HtmlTokenizer::of_html(html) {
            match (piece, &mut output) {
                (HtmlToken::Tag(tag), _) if tag.name.eq_ignore_ascii_case("svg") => {
                    in_picture = !tag.is_end && !tag.is_self_closing;
                }
                (HtmlToken::Tag(tag), None) if tag.is_start(name) && !in_picture => {
                    output = Some(HtmlTextBuilder::default());
                }
                (HtmlToken::Tag(tag), Some(_))
                    if tag.is_end && tag.name.eq_ignore_ascii_case(name) =>
                {
                    break;
                }
                (HtmlToken::Text(text) | HtmlToken::Literal(text), Some(output)) => {
                    output.text_with_references(text);
                }
                _ => {}
            }
        }
        let title = output.map(HtmlTextBuilder::finish).unwrap_or_default();
        if !title.is_empty() {
            return title;
        }
    }
    String::new()
}

/// Tidies plain text: runs of white space become one space, or one line break when they hold one.
pub fn plain_to_text(text: &str) -> String {
    let mut output = HtmlTextBuilder::with_capacity(text.len());
    for (index, line) in text.split(['\n', '\r']).enumerate() {
        if index > 0 {
            output.line_break();
        }
        output.text(line);
    }
    output.finish()
}

#[cfg(test)]
mod tests;
