//! Bytes and markup that are broken.

use super::*;

#[test]
fn utf_16_with_a_declaration_is_read() {
    let body = "<?xml version='1.0' encoding='utf-16'?><rss version='2.0'><channel><item><title>čas</title></item></channel></rss>";
    let bytes: Vec<u8> = body.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let feed = parse(&bytes, &ParseContext::default()).unwrap();
    assert_eq!(feed.entries[0].title.as_deref(), Some("čas"));
}

#[test]
fn entities_ampersands_controls_and_document_types_are_read() {
    check_titles(
        &rss("<item><title>caf&eacute;&nbsp;R&D &amp; more</title></item>"),
        &["café R&D & more"],
    );
    check_titles(&rss("<item><title>a\u{1}b\u{0}</title></item>"), &["ab"]);
    check_titles(
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'https://example.org/rss.dtd'><rss version='0.91'><channel><item><title>a</title></item></channel></rss>",
        &["a"],
    );
    check_titles(
        "<!DOCTYPE rss [<!ENTITY who 'desk'>]><rss version='2.0'><channel><item><title>&who;</title></item></channel></rss>",
        &["desk"],
    );
    check_titles(&rss("<item><title>1 < 2</title></item>"), &["1 < 2"]);
}

#[test]
fn a_document_that_was_cut_off_keeps_what_it_had() {
    let whole = rss(
        "<item><title>a</title><description>b</description></item><item><title>c</title><description>de</description></item>",
    );
    let cut = &whole[..=whole.find("de<").unwrap()];
    check_titles(cut, &["a", "c"]);
    assert!(
        feed(cut).warnings[0].starts_with("not well-formed XML at line 1, column "),
        "{:?}",
        feed(cut).warnings
    );
}

#[test]
fn end_tags_may_be_missing_or_wrong() {
    check_titles(
        "<rss><channel><item><title>a</title><item><title>b</title></channel>",
        &["a", "b"],
    );
    check_titles(
        "<rss><channel><item><title>a</titel></item><item><title>b</title></item></channel></rss>",
        &["a", "b"],
    );
    check_titles(
        "<rss><channel><item><title>a<link>https://example.org/</link></item></channel></rss>",
        &["a"],
    );
    check_titles(
        "<rss><channel><item><title>a</title></b></i></item></channel></rss>",
        &["a"],
    );
}

#[test]
fn an_unclosed_comment_does_not_hide_the_items() {
    check_titles(
        "<!-- made by hand <rss version='2.0'><channel><item><title>a</title></item></channel></rss>",
        &["a"],
    );
}

#[test]
fn an_unclosed_extension_or_image_does_not_swallow_the_items() {
    check_titles(
        "<rss version='2.0' xmlns:x='https://example.org/x'><channel><x:y><image><title>n</title><item><title>a</title></item><item><title>b</title></item></channel></rss>",
        &["a", "b"],
    );
}

#[test]
fn attributes_may_be_unquoted_or_unclosed() {
    check_titles(
        "<rss version=2.0><channel><item><guid isPermaLink=false>5</guid><title>a</title></item></channel></rss>",
        &["a"],
    );
    check_titles(
        "<rss version='2.0'><channel><item><guid isPermaLink=\"false>5</guid><title>a</title></item><item><title>b</title></item></channel></rss>",
        &["a", "b"],
    );
}

#[test]
fn what_a_server_prints_before_the_feed_is_passed_over() {
    check_titles(
        &format!(
            "<br />\n<b>Warning</b>: include() failed\n{}",
            rss("<item><title>a</title></item>")
        ),
        &["a"],
    );
    check_titles(
        &format!("\n\n \u{feff}{}", rss("<item><title>a</title></item>")),
        &["a"],
    );
}

#[test]
fn a_feed_inside_a_page_is_a_feed() {
    check_titles(
        "<!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><body><feed xmlns='http://www.w3.org/2005/Atom'><entry><title>a</title></entry></feed></body></html>",
        &["a"],
    );
    check_titles(
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><rss><channel><item><title>a</title></item></channel></rss></body></html>",
        &["a"],
    );
}

#[test]
fn names_in_capitals_are_read() {
    check_titles(
        "<RSS VERSION='2.0'><CHANNEL><ITEM><TITLE>a</TITLE></ITEM></CHANNEL></RSS>",
        &["a"],
    );
}

#[test]
fn invalid_bytes_cost_themselves_only() {
    let mut bytes = rss("<item><title>žurnál zadržen</title></item>").into_bytes();
    let at = bytes
        .windows(2)
        .position(|pair| pair == "ž".as_bytes())
        .unwrap();
    bytes.insert(at, 0xFF);
    let feed = parse(&bytes, &ParseContext::default()).unwrap();
    assert_eq!(
        feed.entries[0].title.as_deref(),
        Some("\u{fffd}žurnál zadržen")
    );
}
