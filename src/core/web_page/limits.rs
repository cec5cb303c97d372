//! How much a page may be: looked at before and while it is parsed.
//!
//! html5ever takes time by the square of the nesting and of the attributes of a tag, and extraction by the
//! sum of the depths of all nodes. Real pages of news have up to 50 levels and 6,200 blocks.

use crate::core::text::html_tokenizer::{HtmlToken, HtmlTokenizer};

/// Bytes of UTF-8 that a page has at most when it is decoded.
pub(in crate::core) const BYTES: usize = 4 << 20;
/// Bytes of a body that are decoded at all: UTF-16 and UTF-32 take more of them.
pub const BODY_BYTES: usize = 4 * BYTES;
/// Bytes of stack for the thread that reads a page: cleaning goes down as deep as elements are nested.
pub const STACK: usize = 8 << 20;
/// Elements inside of each other.
pub(in crate::core) const DEPTH: usize = 512;
/// Attributes of a tag.
pub(in crate::core) const ATTRIBUTES: usize = 256;
/// Paragraphs, headings, items of lists, boxes.
pub(in crate::core) const BLOCKS: usize = 20_000;
/// Elements of any kind.
pub(in crate::core) const ELEMENTS: usize = 60_000;
/// The sum of the depths of all nodes below the body, with one more for each 16 bytes of text: extraction looks
/// at each node once for each that holds it.
pub(in crate::core) const WORK: usize = 2_500_000;
/// Bytes that the parser gets at a time. Between them time is looked at and elements are counted: in these
/// it may make half a million elements out of formatting that is never closed, and not more.
pub(in crate::core) const PIECE: usize = 2 << 10;

/// What a page has too much of. Each message reads alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::core) enum LimitExceeded {
    #[error("the page is larger than {} MiB", BYTES >> 20)]
    Bytes,
    #[error("the page nests more than {DEPTH} elements")]
    Depth,
    #[error("the page has a tag of more than {ATTRIBUTES} attributes")]
    Attributes,
    #[error("the page has more than {BLOCKS} paragraphs and boxes")]
    Blocks,
    #[error("the page has more than {ELEMENTS} elements")]
    Elements,
    #[error("the page is nested too deeply for its size")]
    Work,
    #[error("reading the page takes longer than a page may take")]
    Time,
}

/// Looks a page over, in linear time: its size, the attributes of its tags, and its nesting as far as it is
/// plain. What only the parser knows is counted while it works (see [`super::tree`]).
pub(in crate::core) fn look_over(
    html: &str,
    give_up: &dyn Fn() -> bool,
) -> Result<(), LimitExceeded> {
    if html.len() > BYTES {
        return Err(LimitExceeded::Bytes);
    }
    let mut depth = 0_usize;
    let mut pieces = HtmlTokenizer::of_html(html);
    let mut tags = 0_usize;
    while let Some(piece) = pieces.next() {
        let HtmlToken::Tag(tag) = piece else {
            continue;
        };
        tags += 1;
        if tags.is_multiple_of(1024) && give_up() {
            return Err(LimitExceeded::Time);
        }
        if tag.has_more_attributes_than(ATTRIBUTES) {
            return Err(LimitExceeded::Attributes);
        }
        let is = |names: &[&str]| names.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        if tag.is_end {
            if is(&NESTING) {
                depth = depth.saturating_sub(1);
            }
            continue;
        }
        if is(&NESTING) {
            depth += 1;
            // What is closed without being open counts as open elsewhere, hence twice as many.
            if depth > 2 * DEPTH {
                return Err(LimitExceeded::Depth);
            }
        } else if is(&RAW) {
            pieces.skip_content_of(tag);
        }
    }
    Ok(())
}

/// Elements that stay open until they are closed.
const NESTING: [&str; 6] = ["div", "span", "section", "ul", "table", "blockquote"];
/// Elements whose content is text.
const RAW: [&str; 7] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn look(html: &str) -> Result<(), LimitExceeded> {
        look_over(html, &|| false)
    }

    #[test]
    fn what_no_page_has_is_refused_before_it_is_parsed() {
        let many = |number: usize| (0..number).map(|n| format!(" a{n}=1")).collect::<String>();
        assert_eq!(look(&format!("<p{}>", many(256))), Ok(()));
        assert_eq!(
            look(&format!("<p{}>", many(257))),
            Err(LimitExceeded::Attributes)
        );
        assert_eq!(look(&"<div>".repeat(100_000)), Err(LimitExceeded::Depth));
        assert_eq!(look(&"<p>".repeat(100_000)), Ok(()));
        assert_eq!(look(&"a".repeat(BYTES + 1)), Err(LimitExceeded::Bytes));
        let closed = "<div></div>".repeat(10_000);
        assert_eq!(look_over(&closed, &|| true), Err(LimitExceeded::Time));
        assert_eq!(look(&closed), Ok(()));
        let script = format!("<script>x = '{}'</script>", "<div>".repeat(5_000));
        assert_eq!(look(&script), Ok(()));
    }
}
