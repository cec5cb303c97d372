//! Elements that feed-rs cannot read or reads wrong, extensions and titles among them.

use jiff::civil::Weekday;

use super::*;

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
fn an_author_that_panics_the_library_is_read() {
    let item = rss("<item><title>a</title><author>（desk@example.org）</author></item>");
    check_titles(&item, &["a"]);
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
