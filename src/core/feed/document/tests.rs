use super::*;
use crate::core::feed::{ParseContext, parse};

fn entry(summary: &str, content: &str) -> Entry {
    Entry {
        summary: (!summary.is_empty()).then(|| summary.to_owned()),
        content: (!content.is_empty()).then(|| content.to_owned()),
        ..Entry::default()
    }
}

fn check(entry: &Entry, summary: &str, text: &str) {
    let document = to_document(entry, None, "a");
    assert_eq!(
        (document.summary.as_str(), document.text.as_str()),
        (summary, text)
    );
}

#[test]
fn html_becomes_text() {
    check(
        &entry("<p>Caf&eacute;</p>", "<p>a</p><p>b</p>"),
        "Café",
        "a\nb",
    );
}

#[test]
fn content_that_repeats_the_summary_is_kept_once() {
    check(&entry("<p>One two</p>", "One  two"), "One two", "");
}

#[test]
fn content_alone_stays_content() {
    check(&entry("", "body"), "", "body");
}

#[test]
fn plain_text_is_not_read_as_html() {
    let mut plain = entry("a <b> &amp; c", "");
    plain.summary_markup = Markup::Plain;
    check(&plain, "a <b> &amp; c", "");
}

/// The document of the only item of a feed, its further paragraphs parted by bars.
fn check_feed(body: &str, title: &str, summary: &str, text: &str) {
    let feed = parse(body.as_bytes(), &ParseContext::default()).unwrap();
    let document = to_document(&feed.entries[0], None, "a");
    let shown = document
        .text
        .replace("\n\u{2029}", "|")
        .replace('\u{2029}', "|");
    assert_eq!(
        (
            document.title.as_str(),
            document.summary.as_str(),
            shown.as_str()
        ),
        (title, summary, text),
        "of {body}"
    );
}

fn rss(item: &str) -> String {
    format!(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
             xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' \
             xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>\
             <channel><title>News</title><item>{item}</item></channel></rss>"
    )
}

#[test]
fn what_an_item_says_elsewhere_stands_behind_its_text() {
    let elsewhere = [
        "<itunes:summary>in the south</itunes:summary>",
        "<itunes:subtitle>in the south</itunes:subtitle>",
        "<dc:description>in the south</dc:description>",
        "<media:description>in the south</media:description>",
        "<media:title>in the south</media:title>",
        "<media:text>in the south</media:text>",
        "<media:group><media:content url='https://example.org/a.mp4'>\
             <media:description type='html'>&lt;p&gt;in the south&lt;/p&gt;</media:description>\
             </media:content></media:group>",
    ];
    for further in elsewhere {
        let own = "<title>Five held</title><description>Five</description>";
        check_feed(
            &rss(&format!("{own}{further}")),
            "Five held",
            "Five",
            "|in the south",
        );
        check_feed(
            &rss(&format!("{further}{own}")),
            "Five held",
            "Five",
            "|in the south",
        );
        let with_content = format!("{own}{further}<content:encoded>held in May</content:encoded>");
        check_feed(
            &rss(&with_content),
            "Five held",
            "Five",
            "held in May|in the south",
        );
    }
    check_feed(
        &rss(
            "<title>Five</title><itunes:subtitle>held</itunes:subtitle><itunes:summary>held in May</itunes:summary>",
        ),
        "Five",
        "held in May",
        "",
    );
    check_feed(
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"title\":\"a\",\
             \"content_text\":\"plain\",\"summary\":\"short\",\"content_html\":\"<p>long</p>\"}]}",
        "a",
        "short",
        "long|plain",
    );
}

#[test]
fn what_is_said_already_is_told_once() {
    for further in [
        "<media:description>FIVE held, in May</media:description>",
        "<media:title>held in</media:title>",
        "<itunes:summary>Five held in May</itunes:summary><dc:description> </dc:description>",
    ] {
        let own =
            "<title>News</title><description>&lt;b&gt;Five&lt;/b&gt; held in May.</description>";
        check_feed(
            &rss(&format!("{own}{further}")),
            "News",
            "Five held in May.",
            "",
        );
    }
    check_feed(
        &rss(
            "<title>x</title><description>a</description><media:title>one two</media:title>\
                  <itunes:summary>One two three</itunes:summary><media:description>two</media:description>",
        ),
        "x",
        "a",
        "|One two three",
    );
    // The beginning of a longer word is not the word.
    check_feed(
        &rss(
            "<title>x</title><description>detained</description><media:title>detain</media:title>",
        ),
        "x",
        "detained",
        "|detain",
    );
}

#[test]
fn what_is_said_of_pictures_is_text() {
    check(
        &entry(
            "",
            "<p>Police <img src='a.jpg' alt='Protesters &amp; police' title='Photo: South Desk'>stood</p>\
                 <img alt=''><img alt='&#128247;'><IMG ALT='protesters police'><area alt='stood'>",
        ),
        "",
        "Police stood\n\u{2029}Protesters & police\n\u{2029}Photo: South Desk",
    );
    let many = "<img alt='one picture'>".repeat(10_000);
    check(&entry(&many, ""), "", "\u{2029}one picture");
    let others: String = (0..20_000)
        .map(|n| format!("<img alt='picture {n}'>"))
        .collect();
    let document = to_document(&entry(&others, ""), None, "a");
    assert_eq!(document.text.matches('\u{2029}').count(), 20_000);
    assert!(document.text.ends_with("\u{2029}picture 19999"));
}

#[test]
fn what_is_said_of_pictures_is_found_however_it_is_written() {
    for (body, text, caption) in [
        ("<xhtml:img alt='riot police'/>so", "so", "riot police"),
        (
            "<![CDATA[<p>so</p><img alt='riot police'>]]>",
            "so",
            "riot police",
        ),
        ("so<img alt='<b>riot</b> police'>", "so", "riot police"),
        (
            "so<img alt='men of &lt;Name&gt; here'>",
            "so",
            "men of <Name> here",
        ),
        ("so<img alt='l&amp;#8217;a'>", "so", "l\u{2019}a"),
    ] {
        check(&entry("", body), "", &format!("{text}\n\u{2029}{caption}"));
    }
}

#[test]
fn the_language_of_the_entry_comes_before_that_of_the_feed() {
    let mut spanish = entry("", "");
    assert_eq!(
        to_document(&spanish, Some("en_GB"), "a")
            .language
            .as_deref(),
        Some("en-GB")
    );
    spanish.language = Some("es".to_owned());
    assert_eq!(
        to_document(&spanish, Some("en"), "a").language.as_deref(),
        Some("es")
    );
}
