//! Every format and version of feeds.

use super::*;

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
