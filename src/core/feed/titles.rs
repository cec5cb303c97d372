//! Titles, names and categories: short texts that readers see on one line.

use super::raw::TextKind;
use super::tokens::Search;
use crate::core::text::html;

/// Makes one line of text. HTML loses its tags; where a format does not say what it holds, only
/// what is plainly HTML is treated as such, so that "5 < 6" and "`vector<T>`" survive.
pub(super) fn clean(source: &str, kind: TextKind) -> String {
    let text = match kind {
        TextKind::Html => html::to_text(source),
        TextKind::Unsaid if source.contains(['<', '&']) => {
            let without_tags = strip_known_tags(source);
            html::plain_to_text(&html::decode_entities(&without_tags))
        }
        TextKind::Plain | TextKind::Unsaid => html::plain_to_text(source),
    };
    if text.contains('\n') {
        text.replace('\n', " ")
    } else {
        text
    }
}

/// Elements that have been seen in the titles of RSS feeds.
const KNOWN: [&str; 30] = [
    "a", "abbr", "acronym", "b", "big", "br", "cite", "code", "del", "div", "em", "font", "h1",
    "h2", "h3", "i", "img", "ins", "mark", "p", "q", "s", "small", "span", "strong", "sub", "sup",
    "tt", "u", "wbr",
];

/// A tag in a title is short.
const LONGEST_TAG: usize = 2000;

/// Takes out tags of known elements and keeps every other `<`.
fn strip_known_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut tag_end = Search::new(">");
    while let Some(start) = rest.find('<') {
        kept.push_str(&rest[..start]);
        rest = &rest[start..];
        let at = text.len() - rest.len();
        let end = tag_end.find(text, at).map(|end| end - at);
        if let Some(length) = known_tag(rest, end) {
            if breaks_words(rest) {
                kept.push(' ');
            }
            rest = &rest[length..];
        } else {
            kept.push('<');
            rest = &rest[1..];
        }
    }
    kept.push_str(rest);
    kept
}

/// The length of the tag at the start of the text, if it is one of a known element, given where its `>`
/// would be.
fn known_tag(text: &str, end: Option<usize>) -> Option<usize> {
    let name = tag_name(text);
    if !KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known)) {
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

fn breaks_words(tag: &str) -> bool {
    let name = tag_name(tag);
    ["br", "div", "h1", "h2", "h3", "img", "p"]
        .iter()
        .any(|breaking| name.eq_ignore_ascii_case(breaking))
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
mod tests {
    use super::*;

    fn check(text: &str, kind: TextKind, expected: &str) {
        assert_eq!(clean(text, kind), expected, "of {text:?}");
    }

    #[test]
    fn plain_titles_keep_every_character() {
        check(
            "5 < 6 &amp; <b>7</b>",
            TextKind::Plain,
            "5 < 6 &amp; <b>7</b>",
        );
    }

    #[test]
    fn html_titles_lose_their_tags() {
        check(
            "<b>Five</b> held &amp; <i>one</i> released",
            TextKind::Html,
            "Five held & one released",
        );
    }

    #[test]
    fn titles_of_unsaid_kind_lose_what_is_plainly_html() {
        check("5 < 6", TextKind::Unsaid, "5 < 6");
        check("AT&T and R&amp;D", TextKind::Unsaid, "AT&T and R&D");
        check(
            "<em>Five</em> held<br/>in the <a href='https://example.org'>south</a>",
            TextKind::Unsaid,
            "Five held in the south",
        );
        check(
            "Vec<T> and <unknown>",
            TextKind::Unsaid,
            "Vec<T> and <unknown>",
        );
        check("a<b and c>d", TextKind::Unsaid, "a<b and c>d");
        check(
            "write to <b@example.org>",
            TextKind::Unsaid,
            "write to <b@example.org>",
        );
        check("l&#8217;arr&ecirc;t", TextKind::Unsaid, "l\u{2019}arrêt");
    }

    #[test]
    fn titles_are_one_line() {
        check("  two\n  lines ", TextKind::Unsaid, "two lines");
        check("<p>two</p><p>lines</p>", TextKind::Html, "two lines");
    }
}
