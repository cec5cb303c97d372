//! Titles, names and categories: short texts that readers see on one line.

use super::raw::TextKind;
use super::xml::delimiters::Search;
use crate::core::text::html_text::HtmlTextBuilder;
use crate::core::text::html_tokenizer::{HtmlToken, HtmlTokenizer};
use crate::core::text::{double_escaping, html};

/// Makes one line of text. HTML loses its tags; where a format does not say what it holds, only
/// what is plainly HTML is treated as such, so that "5 < 6" and "`vector<T>`" survive.
pub(super) fn clean(source: &str, kind: TextKind) -> String {
    let text = match seen_kind(source, kind) {
        TextKind::Unsaid if source.contains(['<', '&']) => {
            let source = source.trim_start();
            // A section that was escaped with its marks.
            let inner = source.strip_prefix("<![CDATA[").map(|inner| {
                let inner = inner.trim_end();
                inner.strip_suffix("]]>").unwrap_or(inner)
            });
            unsaid_to_text(&double_escaping::without_double_escaping(
                inner.unwrap_or(source),
            ))
        }
        TextKind::Html => html::to_text(source),
        TextKind::Plain | TextKind::Unsaid => html::plain_to_text(source),
    };
    if text.contains('\n') {
        text.replace('\n', " ")
    } else {
        text
    }
}

/// A title that Atom or JSON calls plain and that shows tags is HTML whose type was forgotten.
fn seen_kind(source: &str, kind: TextKind) -> TextKind {
    let is_forgotten = kind == TextKind::Plain
        && (source.trim_start().starts_with("<![CDATA[")
            || double_escaping::contains_markup(source));
    if is_forgotten { TextKind::Unsaid } else { kind }
}

/// A tag in a title is short.
const LONGEST_TAG: usize = 2000;

/// The text, without the tags of known elements and with every other `<`.
fn unsaid_to_text(source: &str) -> String {
    let mut output = HtmlTextBuilder::default();
    let mut rest = source;
    let mut tag_end = Search::new(">");
    while let Some(start) = rest.find('<') {
        output.text_with_written_references(&rest[..start]);
        rest = &rest[start..];
        let at = source.len() - rest.len();
        let end = tag_end.find(source, at).map(|end| end - at);
        if let Some(length) = known_tag(rest, end) {
            if let Some(HtmlToken::Tag(tag)) = HtmlTokenizer::of_html(&rest[..length]).next() {
                output.tag(tag);
            }
            rest = &rest[length..];
        } else {
            output.text("<");
            rest = &rest[1..];
        }
    }
    output.text_with_written_references(rest);
    output.finish()
}

/// The length of the tag at the start of the text, if it is one of a known element, given where its `>`
/// would be.
fn known_tag(text: &str, end: Option<usize>) -> Option<usize> {
    let name = tag_name(text);
    if !double_escaping::is_known(name) {
        return None;
    }
    // An unclosed `<b` is text, and so is `a <b and c> d`.
    let end = end.filter(|&end| end < LONGEST_TAG)?;
    let attributes = text[..end].trim_start_matches(['<', '/'])[name.len()..]
        .trim_matches(['/', ' ', '\t', '\n', '\r']);
    if !attributes.is_empty() && !attributes.contains('=') {
        return None;
    }
    Some(end + 1)
}

fn tag_name(tag: &str) -> &str {
    let name = tag[1..].strip_prefix('/').unwrap_or(&tag[1..]);
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    // `<b@example.org>` is an address and `<i.e.>` is nothing: a name ends in white space, `/` or `>`.
    match name[end..].chars().next() {
        Some(next) if next.is_whitespace() || next == '>' || next == '/' => &name[..end],
        _ => "",
    }
}

#[cfg(test)]
mod tests;
