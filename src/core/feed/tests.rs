//! One small feed for each class of format and of defect.

use jiff::civil::Weekday;
use url::Url;

use super::*;
use crate::core::feed::{Entry, entry_key, to_document};

fn feed(body: &str) -> Feed {
    match parse(body.as_bytes(), &ParseContext::default()) {
        Ok(feed) => feed,
        Err(error) => panic!("{error}, of {body}"),
    }
}

/// The one entry of a feed.
fn entry(body: &str) -> Entry {
    let mut feed = feed(body);
    assert_eq!(feed.entries.len(), 1, "of {body}");
    feed.entries.remove(0)
}

fn rss(item: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>{item}</channel></rss>"
    )
}

fn atom(entry: &str) -> String {
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>News</title>{entry}</feed>")
}

/// That a feed has entries with these titles, whatever it takes.
fn check_titles(body: &str, titles: &[&str]) {
    let feed = feed(body);
    let found: Vec<&str> = feed
        .entries
        .iter()
        .map(|entry| entry.title.as_deref().unwrap_or_default())
        .collect();
    assert_eq!(found, titles, "of {body}, with {:?}", feed.warnings);
}

fn check_error(body: &str, message: &str) {
    match parse(body.as_bytes(), &ParseContext::default()) {
        Ok(feed) => panic!("{feed:?}, of {body}"),
        Err(error) => assert_eq!(error.to_string(), message),
    }
}

// ---- Formats ----

#[test]
fn rss_2_gives_every_field() {
    let entry = entry(
        "<?xml version='1.0' encoding='utf-8'?>
        <rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'>
        <channel><title>News</title><link>https://example.org/</link><item>
          <title>Five held</title><link>https://example.org/5</link><guid isPermaLink='false'>5</guid>
          <pubDate>Tue, 24 Mar 2026 18:05:00 +0100</pubDate><dc:creator>South Desk</dc:creator>
          <category>Detention</category><category>Press</category>
          <description>&lt;p&gt;Caf&amp;eacute;&lt;/p&gt;</description>
          <content:encoded><![CDATA[<p>All of it</p>]]></content:encoded>
        </item></channel></rss>",
    );
    assert_eq!(entry.id.as_deref(), Some("5"));
    assert_eq!(entry.title.as_deref(), Some("Five held"));
    assert_eq!(entry.link.as_deref(), Some("https://example.org/5"));
    assert_eq!(
        entry
            .published
            .map(|instant| instant.to_string())
            .as_deref(),
        Some("2026-03-24T17:05:00Z")
    );
    assert_eq!(entry.updated, None);
    assert_eq!(entry.author.as_deref(), Some("South Desk"));
    assert_eq!(entry.categories, ["Detention", "Press"]);
    assert_eq!(entry.summary.as_deref(), Some("<p>Caf&eacute;</p>"));
    assert_eq!(entry.content.as_deref(), Some("<p>All of it</p>"));
    let document = to_document(&entry, Some("en"), "news");
    assert_eq!(
        (document.summary.as_str(), document.text.as_str()),
        ("Café", "All of it")
    );
}

#[test]
fn atom_1_gives_every_field() {
    let entry = entry(&atom(
        "<author><name>Desk</name></author><entry><id>tag:example.org,2026:5</id><title type='html'>Five &lt;b&gt;held&lt;/b&gt;</title>
        <link rel='enclosure' href='https://example.org/5.mp3'/><link href='https://example.org/5'/>
        <published>2026-03-24T18:05:00Z</published><updated>2026-03-25T18:05:00Z</updated>
        <summary>5 &lt; 6</summary><category term='detention' label='Detention'/>
        <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>All of <b>it</b></p></div></content></entry>",
    ));
    assert_eq!(entry.id.as_deref(), Some("tag:example.org,2026:5"));
    assert_eq!(entry.title.as_deref(), Some("Five held"));
    assert_eq!(entry.link.as_deref(), Some("https://example.org/5"));
    assert_eq!(entry.author.as_deref(), Some("Desk"));
    assert_eq!(entry.categories, ["Detention"]);
    let document = to_document(&entry, None, "news");
    assert_eq!(
        (document.summary.as_str(), document.text.as_str()),
        ("5 < 6", "All of it")
    );
}

#[test]
fn json_feed_gives_every_field() {
    let body = r#"{"version":"https://jsonfeed.org/version/1.1","title":"News","home_page_url":"https://example.org/",
        "feed_url":"https://example.org/feed.json","language":"es","items":[{"id":5,"url":"https://example.org/5",
        "title":"a <b> c","content_html":"<p>All</p>","summary":"Less","date_published":"2026-03-24T18:05:00+01:00",
        "authors":[{"name":"Desk"}],"tags":["detention"],"_extra":{"a":[1]}}]}"#;
    let feed = feed(body);
    assert_eq!(
        (feed.language.as_deref(), feed.link.as_deref()),
        (Some("es"), Some("https://example.org/"))
    );
    let entry = &feed.entries[0];
    assert_eq!(entry.id.as_deref(), Some("5"));
    assert_eq!(entry.title.as_deref(), Some("a <b> c"));
    assert_eq!(entry.author.as_deref(), Some("Desk"));
    assert_eq!(
        entry
            .published
            .map(|instant| instant.to_string())
            .as_deref(),
        Some("2026-03-24T17:05:00Z")
    );
    assert_eq!(to_document(entry, None, "a").text, "All");
}

#[test]
fn a_json_feed_of_an_odd_version_or_with_odd_fields_is_read() {
    check_titles(
        r#"{"version":"https://jsonfeed.org/version/9","items":[{"title":"a","tags":"x","authors":null}]}"#,
        &["a"],
    );
    check_titles(
        r#"{"items":[{"title":"a","url":7,"date_published":false},null,3]}"#,
        &["a"],
    );
    check_titles(
        r#"{"version":"https://jsonfeed.org/version/1","items":null}"#,
        &[],
    );
}

#[test]
fn rss_1_has_items_beside_its_channel() {
    let entry = entry(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'
        xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='https://example.org/'><title>News</title></channel>
        <item rdf:about='https://example.org/5'><title>Five</title><link>https://example.org/5?from=rss</link>
        <dc:date>2026-03-24</dc:date><dc:subject>Press</dc:subject></item></rdf:RDF>",
    );
    assert_eq!(entry.id.as_deref(), Some("https://example.org/5"));
    assert_eq!(
        entry.link.as_deref(),
        Some("https://example.org/5?from=rss")
    );
    assert!(entry.published.is_some());
    assert_eq!(entry.categories, ["Press"]);
}

#[test]
fn an_rss_1_item_without_an_address_is_an_item() {
    check_titles(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel/><item><title>a</title></item></rdf:RDF>",
        &["a"],
    );
}

#[test]
fn rss_0_90_and_rdf_without_namespaces_are_read() {
    check_titles(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/><item><title>a</title></item></rdf:RDF>",
        &["a"],
    );
    check_titles(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><channel/><item><title>a</title></item></rdf:RDF>",
        &["a"],
    );
}

#[test]
fn every_version_of_rss_is_read() {
    for version in [
        "",
        " version='0.91'",
        " version='0.92'",
        " version='0.93'",
        " version='0.94'",
        " version='2.01'",
        " version='3'",
    ] {
        check_titles(
            &format!("<rss{version}><channel><item><title>a</title></item></channel></rss>"),
            &["a"],
        );
    }
}

#[test]
fn rss_2_in_a_namespace_is_read() {
    check_titles(
        "<rss version='2.0' xmlns='http://backend.userland.com/rss2'><channel><item><title>a</title></item></channel></rss>",
        &["a"],
    );
}

#[test]
fn atom_0_3_is_read() {
    let entry = entry(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>News</title><entry><title mode='escaped' type='text/html'>a &lt;i&gt;b&lt;/i&gt;</title>
        <link rel='alternate' href='https://example.org/5'/><id>5</id><issued>2026-03-24T18:05:00Z</issued><modified>2026-03-25T18:05:00Z</modified>
        <content type='text/html' mode='base64'>PGI+YTwvYj4=</content></entry></feed>",
    );
    assert_eq!(entry.title.as_deref(), Some("a b"));
    assert!(entry.published < entry.updated);
    assert_eq!(entry.content.as_deref(), Some("<b>a</b>"));
}

#[test]
fn a_feed_without_entries_is_a_feed() {
    assert_eq!(feed(&rss("")).title.as_deref(), Some("News"));
    assert_eq!(feed(&atom("")).title.as_deref(), Some("News"));
}

// ---- What feed-rs cannot read, or reads wrong ----

#[test]
fn an_empty_media_description_costs_nothing() {
    let item = "<entry><title>a</title><media:group><media:title>b</media:title><media:description></media:description></media:group></entry>";
    let body = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'>{item}</feed>"
    );
    check_titles(&body, &["a"]);
}

#[test]
fn a_video_says_what_it_says_in_media_elements_only() {
    let body = "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'><entry><id>5</id>
        <media:group><media:title>Five held</media:title><media:description>In the south</media:description></media:group></entry></feed>";
    let entry = entry(body);
    assert_eq!(
        (entry.title.as_deref(), entry.summary.as_deref()),
        (Some("Five held"), Some("In the south"))
    );
}

#[test]
fn utf_16_with_a_declaration_is_read() {
    let body = "<?xml version='1.0' encoding='utf-16'?><rss version='2.0'><channel><item><title>čas</title></item></channel></rss>";
    let bytes: Vec<u8> = body.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let feed = parse(&bytes, &ParseContext::default()).unwrap();
    assert_eq!(feed.entries[0].title.as_deref(), Some("čas"));
}

#[test]
fn an_author_that_panics_the_library_is_read() {
    let item = rss("<item><title>a</title><author>（desk@example.org）</author></item>");
    check_titles(&item, &["a"]);
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
fn an_odd_type_of_atom_content_costs_that_content_only() {
    check_titles(
        &atom(
            "<entry><title>a</title><content type='nonsense'>b</content></entry><entry><title type='nonsense'>c</title></entry>",
        ),
        &["a", "c"],
    );
    check_titles(
        &atom(
            "<entry><title>a</title><content type='image/png' src='https://example.org/a.png'>b</content></entry>",
        ),
        &["a"],
    );
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
fn a_guid_is_the_address_when_it_may_be() {
    let link = |item: &str| entry(&rss(item)).link;
    let address = Some("https://example.org/5".to_owned());
    assert_eq!(
        link("<item><guid>https://example.org/5</guid></item>"),
        address
    );
    assert_eq!(
        link("<item><guid isPermaLink='true'>https://example.org/5</guid></item>"),
        address
    );
    assert_eq!(
        link("<item><guid isPermaLink='false'>https://example.org/5</guid></item>"),
        None
    );
    assert_eq!(
        link("<item><guid isPermaLink=\"False\"> https://example.org/5?a&amp;b </guid></item>"),
        None
    );
    assert_eq!(
        link("<item><guid isPermaLink='false'><![CDATA[https://example.org/5]]></guid></item>"),
        None
    );
    assert_eq!(
        link("<item><guid>5</guid><link>https://example.org/5</link></item>"),
        address
    );
    assert_eq!(
        link("<item><guid>5</guid><title>a <b>b</b></title></item>"),
        None
    );
}

#[test]
fn comments_are_not_the_address() {
    let entry = entry(&rss(
        "<item><comments>https://example.org/5#comments</comments><link>https://example.org/5</link></item>",
    ));
    assert_eq!(entry.link.as_deref(), Some("https://example.org/5"));
}

#[test]
fn a_feed_says_how_often_it_changes() {
    let body = "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel><ttl>30</ttl>
        <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
        <item><title>a</title></item><skipHours><hour>1</hour></skipHours><skipDays><day>Sunday</day></skipDays></channel></rss>";
    let by_library = feed(body).hints;
    // Markup in a title is beyond feed-rs, so that the same feed goes the other way.
    let by_reader = feed(&body.replace("<title>a</title>", "<title>a<b>c</b></title>")).hints;
    assert_eq!(by_library, by_reader);
    assert_eq!(
        (by_library.ttl_minutes, by_library.update_interval_seconds),
        (Some(30), Some(21_600))
    );
    assert_eq!(
        (by_library.skip_hours, by_library.skip_days),
        (vec![1], vec![Weekday::Sunday])
    );
}

#[test]
fn relative_addresses_are_resolved_by_xml_base_then_by_the_final_address() {
    let base = Url::parse("https://example.org/news/feed.xml").unwrap();
    let context = ParseContext {
        base: Some(&base),
        ..ParseContext::default()
    };
    let link = |body: &str| {
        parse(body.as_bytes(), &context).unwrap().entries[0]
            .link
            .clone()
            .unwrap()
    };
    assert_eq!(
        link(&rss("<item><link>5</link></item>")),
        "https://example.org/news/5"
    );
    assert_eq!(
        link(&atom("<entry><link href='/5'/></entry>")),
        "https://example.org/5"
    );
    let based = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://example.com/a/'><entry xml:base='b/'><link href='5'/></entry></feed>";
    assert_eq!(link(based), "https://example.com/a/b/5");
    assert_eq!(
        link(r#"{"items":[{"url":"5"}]}"#),
        "https://example.org/news/5"
    );
}

#[test]
fn the_address_is_the_page_of_the_item_on_the_web() {
    let page = "https://example.org/5";
    let cases = [
        atom("<entry><id>5</id><link href='mailto:desk@example.org'/><link href='/5'/></entry>"),
        atom("<entry><link rel='alternate'>https://example.org/5</link></entry>"),
        atom("<entry><link hreflang='es' rel='alternate'>https://example.org/5</link></entry>"),
        atom("<entry><link href='' rel='Alternate'>https://example.org/5</link></entry>"),
        atom("<entry><link rel='edit'>https://example.org/edit/5</link><link href='/5'/></entry>"),
        atom("<entry><link rel='self'>https://example.org/5.atom</link><link href='/5'/></entry>"),
        atom(
            "<entry><link type='application/json' href='/5.json'/><link type='text/html' href='/5'/></entry>",
        ),
        atom(
            "<entry xml:lang='es'><link hreflang='en' href='/en/5'/><link hreflang='es' href='/5'/></entry>",
        ),
        atom(
            "<entry><link rel='http://www.iana.org/assignments/relation/related' href='/6'/><link rel='http://www.iana.org/assignments/relation/alternate' href='/5'/></entry>",
        ),
        rss(
            "<item><link/><atom:link xmlns:atom='http://www.w3.org/2005/Atom' href='https://example.org/5'/></item>",
        ),
        rss("<item><link>javascript:void(0)</link><guid>https://example.org/5</guid></item>"),
        rss("<item><link>mailto:desk@example.org</link><guid>https://example.org/5</guid></item>"),
        rss(
            "<item><atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='/x'/><guid>https://example.org/5</guid></item>",
        ),
        rss(
            "<item><link rel='self'>https://example.org/5.rss</link><link>https://example.org/5</link></item>",
        ),
        r#"{"items":[{"url":"javascript:void(0)","external_url":"https://example.org/5"}]}"#
            .to_owned(),
    ];
    for body in cases {
        let body = body.replace("='/", "='https://example.org/");
        assert_eq!(entry(&body).link.as_deref(), Some(page), "of {body}");
        // The tolerant reading gives the same.
        if body.starts_with('<') {
            let damaged = body.replace("</entry>", "<title>a & b</title></entry>");
            assert_eq!(entry(&damaged).link.as_deref(), Some(page), "of {damaged}");
        }
    }
}

#[test]
fn a_redirect_stays_as_it_is_given() {
    let redirect = "https://www.google.com/url?sa=t&url=https://example.org/5&ct=ga";
    let body = atom(&format!(
        "<entry><link href='{}'/></entry>",
        redirect.replace('&', "&amp;")
    ));
    let found = entry(&body);
    assert_eq!(found.link.as_deref(), Some(redirect));
    assert_eq!(entry_key(&found), "link:https://example.org/5");
}

#[test]
fn elements_inside_a_text_do_not_cut_it() {
    let entry = entry(&rss(
        "<item><title>Five <i>held</i> today</title><description>In <b>the</b> south</description></item>",
    ));
    assert_eq!(entry.title.as_deref(), Some("Five held today"));
    assert_eq!(to_document(&entry, None, "a").summary, "In the south");
}

#[test]
fn foreign_elements_are_not_taken_for_our_own() {
    check_titles(
        &rss("<item><title>a</title><media:title>b</media:title></item>"),
        &["a"],
    );
    check_titles(
        &rss("<item><title>a</title><x:title>b</x:title></item>"),
        &["a"],
    );
    let nested = "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:x='https://example.org/x'><entry><title>a</title><x:object><title>b</title></x:object></entry></feed>";
    check_titles(nested, &["a"]);
    check_titles(
        &atom("<entry><title>a</title><source><title>b</title><id>c</id></source></entry>"),
        &["a"],
    );
}

#[test]
fn an_item_with_two_descriptions_keeps_both() {
    let entry = entry(&rss(
        "<item><description>a</description><summary>b</summary></item>",
    ));
    assert_eq!(
        (entry.summary.as_deref(), entry.content.as_deref()),
        (Some("a"), Some("b"))
    );
}

#[test]
fn what_only_an_extension_says_is_kept() {
    let dublin = entry("<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/'><channel><item>
        <dc:title>a</dc:title><dc:description>b</dc:description><dcterms:issued>2026-03-24</dcterms:issued></item></channel></rss>");
    assert_eq!(
        (dublin.title.as_deref(), dublin.summary.as_deref()),
        (Some("a"), Some("b"))
    );
    assert!(dublin.published.is_some());
    let renamed = entry(
        "<rss version='2.0' xmlns:d='http://purl.org/dc/elements/1.1/'><channel><item><d:title>a</d:title></item></channel></rss>",
    );
    assert_eq!(renamed.title.as_deref(), Some("a"));
    let podcast = entry("<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><item>
        <title>a</title><itunes:summary>b</itunes:summary><itunes:author>c</itunes:author></item></channel></rss>");
    assert_eq!(
        (podcast.summary.as_deref(), podcast.author.as_deref()),
        (Some("b"), Some("c"))
    );
}

// ---- Broken in other ways ----

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

/// RFC 4287, section 3.1.1.1, has the tags of a text shown as they are. But `text` is also what a title is whose
/// type was forgotten, and then no reader is meant to see tags: an end tag tells of that.
#[test]
fn titles_show_no_tags_whatever_their_type_and_what_is_about_tags_keeps_them() {
    for (title, shown) in [
        ("&lt;b&gt;7&lt;/b&gt; killed", "7 killed"),
        ("7 killed&lt;br&gt;in the south", "7 killed in the south"),
        (
            "&lt;i&gt;7 &amp;amp; more&lt;/i&gt; killed",
            "7 & more killed",
        ),
        ("<![CDATA[<b>7</b> killed]]>", "7 killed"),
        (
            "Use &lt;b&gt; for bold, 5 &lt; 6",
            "Use <b> for bold, 5 < 6",
        ),
    ] {
        for start in ["<title>", "<title type='text'>"] {
            check_titles(
                &atom(&format!("<entry>{start}{title}</title></entry>")),
                &[shown],
            );
        }
        let is_about_tags = shown.contains('<');
        if !is_about_tags {
            check_titles(
                &rss(&format!("<item><title>{title}</title></item>")),
                &[shown],
            );
            let html = format!("<entry><title type='html'>{title}</title></entry>");
            check_titles(&atom(&html), &[shown]);
        }
    }
    let json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"title\":\"<b>7</b> killed\"}]}";
    check_titles(json, &["7 killed"]);
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

// ---- No feeds ----

#[test]
fn what_is_no_feed_is_told_in_a_sentence_that_reads_alone() {
    check_error("", "empty body");
    check_error(" \n\u{0}", "empty body");
    check_error(
        "<!DOCTYPE html><html><head><title>Log in</title></head></html>",
        "this is an HTML page, not a feed (its title is \"Log in\")",
    );
    check_error(
        "<html><body>no</body></html>",
        "this is an HTML page, not a feed",
    );
    check_error(
        "<opml version='2.0'><body/></opml>",
        "this is an XML document <opml>, not a feed",
    );
    check_error(
        "not a feed",
        "neither XML nor JSON, so not a feed (it begins with \"not a feed\")",
    );
    check_error("{\"a\":1}", "this is a JSON document, not a JSON Feed");
    check_error("[1]", "this is a JSON document, not a JSON Feed");
    check_error(
        "{\"version\":\"https://jsonfeed.org/version/1\",\n\"items\":[",
        "not valid JSON at line 2, column 9: EOF while parsing a list",
    );
    check_error(
        "\n<rss version='2.0'><channel><language>en",
        "not well-formed XML at line 2, column 41: the document ends inside an element",
    );
    check_error(
        "<a>\n<b <c></a>",
        "not well-formed XML at line 2, column 1: tag with a missing quote or `>`",
    );
}
