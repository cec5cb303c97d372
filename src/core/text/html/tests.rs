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
