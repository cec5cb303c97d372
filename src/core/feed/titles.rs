//! Titles, names and categories: short texts that readers see on one line.

use super::raw::TextKind;
use super::tokens::Search;
use crate::core::text::html_text::Output;
use crate::core::text::html_tokenizer::{Piece, Pieces};
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
            unsaid_to_text(&double_escaping::without_surplus(inner.unwrap_or(source)))
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
        && (source.trim_start().starts_with("<![CDATA[") || double_escaping::shows_markup(source));
    if is_forgotten { TextKind::Unsaid } else { kind }
}

/// A tag in a title is short.
const LONGEST_TAG: usize = 2000;

/// The text, without the tags of known elements and with every other `<`.
fn unsaid_to_text(source: &str) -> String {
    let mut output = Output::default();
    let mut rest = source;
    let mut tag_end = Search::new(">");
    while let Some(start) = rest.find('<') {
        output.text_with_written_references(&rest[..start]);
        rest = &rest[start..];
        let at = source.len() - rest.len();
        let end = tag_end.find(source, at).map(|end| end - at);
        if let Some(length) = known_tag(rest, end) {
            if let Some(Piece::Tag(tag)) = Pieces::of_html(&rest[..length]).next() {
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
mod tests {
    use super::*;

    fn check(text: &str, kind: TextKind, expected: &str) {
        assert_eq!(clean(text, kind), expected, "of {text:?}");
    }

    #[test]
    fn plain_titles_keep_every_character() {
        check(
            "5 < 6 &amp; <b> 7 vector<T>",
            TextKind::Plain,
            "5 < 6 &amp; <b> 7 vector<T>",
        );
    }

    #[test]
    fn plain_titles_that_show_tags_lose_them() {
        check(
            "de<nobr>tained</nobr><sup>1</sup> by <T>",
            TextKind::Plain,
            "detained¹ by <T>",
        );
        check(
            "<![CDATA[lethal &amp; more]]>",
            TextKind::Plain,
            "lethal & more",
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
        check("black&notwhite", TextKind::Unsaid, "black&notwhite");
    }

    #[test]
    fn no_element_of_a_line_is_shown_or_parts_a_word() {
        for name in [
            "nobr", "bdi", "bdo", "font", "span", "mark", "kbd", "strike",
        ] {
            let title = format!("de<{name}>tain</{name}>ed <{name} dir=\"ltr\">in May</{name}>");
            check(&title, TextKind::Unsaid, "detained in May");
            check(&title, TextKind::Html, "detained in May");
        }
        check("de<wbr>tai<wbr/>ned", TextKind::Unsaid, "detained");
    }

    #[test]
    fn titles_that_were_escaped_again_are_read() {
        let title = "Police use lethal force";
        for source in [
            "&lt;b&gt;Police&lt;/b&gt; use lethal force",
            "&amp;lt;nobr&amp;gt;Police&amp;lt;/nobr&amp;gt; use lethal force",
            "<![CDATA[Police use <b>lethal</b> force]]>",
            "<![CDATA[Police use <b>lethal</b> force",
            "Police&amp;nbsp;use&amp;#32;lethal force",
        ] {
            check(source, TextKind::Unsaid, title);
            check(source, TextKind::Html, title);
        }
        check(
            "Use &lt;b&gt; for bold",
            TextKind::Unsaid,
            "Use <b> for bold",
        );
        check(
            "l&amp;#8217;arr&amp;ecirc;t",
            TextKind::Unsaid,
            "l\u{2019}arrêt",
        );
    }

    #[test]
    fn marks_of_notes_stay_marks() {
        check(
            "detained<sup>1</sup> in May",
            TextKind::Unsaid,
            "detained\u{B9} in May",
        );
        check("CO<sub>2</sub>", TextKind::Html, "CO\u{2082}");
    }

    #[test]
    fn titles_are_one_line() {
        check("  two\n  lines ", TextKind::Unsaid, "two lines");
        check("<p>two</p><p>lines</p>", TextKind::Html, "two lines");
    }
}
