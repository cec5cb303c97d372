use super::*;
use proptest::prelude::*;

#[test]
fn items_are_counted_whatever_their_prefix() {
    let text = "<!-- <item> --><rss><channel><item><title>a</title></item>\
                    <item/><x:item></x:item><description><![CDATA[<item>]]></description></channel></rss>";
    let prescan = prescan_document(text);
    assert_eq!((prescan.root.as_str(), prescan.items), ("rss", 3));
    assert_eq!(
        prescan.outside_items(text)[1],
        "<description><![CDATA[<item>]]></description></channel></rss>"
    );
}

fn check_beyond(text: &str, beyond_library: bool) {
    assert_eq!(
        prescan_document(text).beyond_library,
        beyond_library,
        "of {text:?}"
    );
}

#[test]
fn what_the_library_reads_well_is_told_from_what_it_does_not() {
    check_beyond(
        "<rss version='2.0'><item><title>a</title><link>b</link><guid>c</guid></item></rss>",
        false,
    );
    check_beyond(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'><div>a</div></content></entry></feed>",
        false,
    );
    check_beyond(
        "<rss><item><description>a <b>b</b></description></item></rss>",
        true,
    );
    check_beyond("<rss><item><media:title>a</media:title></item></rss>", true);
    check_beyond("<rss><item><x:title>a</x:title></item></rss>", true);
    check_beyond(
        "<rss xmlns:x='https://example.org/'><item><x:title>a</x:title></item></rss>",
        false,
    );
    check_beyond("<rss><item><dc:creator>a</dc:creator></item></rss>", true);
    check_beyond(
        "<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><item><dc:creator>a</dc:creator></item></rss>",
        false,
    );
    check_beyond(
        "<rss><item><author>（desk@example.org）</author></item></rss>",
        true,
    );
    check_beyond(
        "<rss><channel><description>a</description><item><description>b</description></item></channel></rss>",
        false,
    );
    check_beyond(
        "<rss><item><description>a</description><description>b</description></item></rss>",
        true,
    );
    check_beyond(
        "<rss xmlns:x='http://purl.org/dc/elements/1.1/'><item><x:title>a</x:title></item></rss>",
        true,
    );
    check_beyond("<rss><item><TITLE>a</TITLE></item></rss>", true);
    check_beyond("<rdf:RDF><item/></rdf:RDF>", true);
    check_beyond("<feed xmlns='http://purl.org/atom/ns#'/>", true);
    check_beyond(
        "<feed><entry xml:base='https://example.org/'/></feed>",
        true,
    );
}

#[test]
fn references_that_feed_rs_does_not_resolve_are_beyond_it() {
    check_beyond(
        "<rss>&amp; &#233; &#xE9;<![CDATA[& &eacute;]]></rss>",
        false,
    );
    check_beyond("<rss>&eacute;</rss>", true);
    check_beyond("<rss>R&D</rss>", true);
    check_beyond("<rss>&#150;</rss>", true);
    check_beyond("<rss><b href='?b&c'/></rss>", true);
    check_beyond("<!DOCTYPE rss><rss/>", true);
}

#[test]
fn depth_is_measured() {
    assert_eq!(prescan_document(&"<a>".repeat(1000)).depth, 1000);
    assert_eq!(prescan_document("<a><b/><b/></a>").depth, 1);
}

proptest! {
    #[test]
    fn any_text_is_examined(text in any::<String>()) {
        let _ = prescan_document(&text);
    }

    #[test]
    fn any_markup_is_examined(text in "(<|>|/|item|title|é|:|!|--|\\[CDATA\\[|]]>|\"|=|&|;| ){0,60}") {
        let prescan = prescan_document(&text);
        let _ = prescan.outside_items(&text);
    }
}
