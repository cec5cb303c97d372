//! HTML that was escaped more often than it should be.
//!
//! Programs that pass feeds on escape what is escaped already, and then readers see tags. What is about
//! markup looks much the same, so evidence decides: all markup is escaped, and there is an end tag that
//! every writer knows. Then only tags are taken away, and no text.

use std::borrow::Cow;

use super::entities::decode_entities;
use super::html_tokenizer::{HtmlToken, HtmlTokenizer, Tag};

/// How often a source may have been escaped too often.
const MOST_LAYERS: usize = 3;

/// Elements that are known in feeds, as text rather than as parts of a page.
const KNOWN: [&str; 61] = [
    "a",
    "abbr",
    "acronym",
    "article",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "nobr",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "td",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that programs put around or behind what they pass on.
const WRAPPERS: [&str; 10] = [
    "a", "article", "body", "br", "div", "html", "img", "p", "section", "span",
];

/// Elements that a body begins with.
const BLOCKS: [&str; 14] = [
    "article",
    "blockquote",
    "div",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "ol",
    "p",
    "section",
    "table",
    "ul",
];

/// Elements of pages, which are nothing else than markup in a text that holds some.
const OTHERS: [&str; 54] = [
    "address", "amp-img", "area", "aside", "audio", "body", "button", "canvas", "caption", "col",
    "colgroup", "data", "details", "embed", "fieldset", "footer", "form", "frame", "head",
    "header", "html", "iframe", "input", "label", "legend", "link", "main", "map", "marquee",
    "meta", "nav", "noscript", "object", "option", "param", "path", "picture", "script", "select",
    "source", "style", "summary", "svg", "tbody", "template", "textarea", "tfoot", "th", "thead",
    "time", "title", "track", "video", "xml",
];

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a name is that of an element known in feeds.
pub(in crate::core) fn is_known(name: &str) -> bool {
    is_one_of(name, &KNOWN)
}

/// Whether a text shows an end tag or a line break of HTML: no plain text has them by chance.
pub(in crate::core) fn contains_markup(text: &str) -> bool {
    text.contains('<')
        && HtmlTokenizer::of_html(text).any(|piece| match piece {
            HtmlToken::Tag(tag) if tag.is_end => is_known(tag.name),
            HtmlToken::Tag(tag) => tag.name.eq_ignore_ascii_case("br"),
            HtmlToken::Text(_) | HtmlToken::Literal(_) => false,
        })
}

/// The source without what it was escaped too often; borrowed when it was not.
pub(in crate::core) fn without_double_escaping(source: &str) -> Cow<'_, str> {
    let mut source = Cow::Borrowed(source);
    for _ in 0..MOST_LAYERS {
        // `lt` and the numbers 60 and 3C.
        if !["lt;", "60;", "3c;", "3C;"]
            .iter()
            .any(|end| source.contains(end))
        {
            break;
        }
        let Some(inner) = inner(&source) else { break };
        source = Cow::Owned(inner);
    }
    source
}

/// The source with its text decoded once, when that shows markup and there is none around it.
fn inner(source: &str) -> Option<String> {
    let (mut inner, mut seen) = (String::with_capacity(source.len()), String::new());
    let mut is_wrapped = false;
    let mut pieces = HtmlTokenizer::of_html(source);
    let mut at = 0;
    while let Some(piece) = pieces.next() {
        match piece {
            HtmlToken::Text(text) => {
                let decoded = decode_entities(text);
                push_markup(&mut inner, &decoded);
                seen.push_str(&decoded);
            }
            HtmlToken::Tag(Tag { name, .. }) if is_one_of(name, &WRAPPERS) => {
                is_wrapped = true;
                inner.push_str(&source[at..pieces.position()]);
            }
            HtmlToken::Tag(_) | HtmlToken::Literal(_) => return None,
        }
        at = pieces.position();
    }
    let start = seen.trim_start();
    let begins_as_body = start.starts_with("<![CDATA[")
        || matches!(
            HtmlTokenizer::of_html(start).next(),
            Some(HtmlToken::Tag(tag)) if !tag.is_end && is_one_of(tag.name, &BLOCKS)
        );
    let is_evidence = (0..MOST_LAYERS).any(|_| {
        let shows = contains_markup(&seen);
        seen = decode_entities(&seen);
        shows
    });
    (is_evidence && (!is_wrapped || begins_as_body)).then_some(inner)
}

/// Adds text that holds markup, with a reference for every `<` that begins none: `<name>`, `n <k`, an address.
fn push_markup(source: &mut String, text: &str) {
    let last_comment = text.rfind("-->").unwrap_or_default();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        source.push_str(&rest[..start]);
        rest = &rest[start..];
        let begins_comment = rest.starts_with("<!--") && text.len() - rest.len() < last_comment;
        let is_markup = begins_comment
            || ["<![CDATA[", "<!DOCTYPE", "<!doctype"]
                .iter()
                .any(|markup| rest.starts_with(markup))
            || begins_tag(&rest[1..]);
        source.push_str(if is_markup { "<" } else { "&lt;" });
        rest = &rest[1..];
    }
    source.push_str(rest);
}

/// Whether what stands behind a `<` is the tag of an element of HTML.
fn begins_tag(text: &str) -> bool {
    const LONGEST_NAME: usize = 32;
    // Attributes have values, unless the text is `a <b and c> d`.
    const ATTRIBUTES: usize = 200;
    let text = text.strip_prefix('/').unwrap_or(text);
    let head = &text[..text.floor_char_boundary(LONGEST_NAME)];
    let Some(length) = head.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<'))
    else {
        return text.len() == head.len() && is_element(head);
    };
    if !is_element(&head[..length]) {
        return false;
    }
    let behind = &text[length..text.floor_char_boundary(length + ATTRIBUTES)];
    let end = behind.find('>').unwrap_or(behind.len());
    let attributes = behind[..end].trim_matches(|c: char| c == '/' || c.is_ascii_whitespace());
    attributes.is_empty() || attributes.contains('=')
}

/// Whether a name, perhaps with a prefix, is that of an element.
fn is_element(name: &str) -> bool {
    let name = name.rsplit(':').next().unwrap_or_default();
    is_known(name) || is_one_of(name, &OTHERS)
}

#[cfg(test)]
mod tests;
