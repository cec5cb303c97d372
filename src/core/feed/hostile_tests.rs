//! What hostile or endless input may cost, and what holds for any input at all.

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use url::Url;

use super::*;
use crate::core::feed::{Limits, Loss, content_hash, deduplicate, entry_key, to_document};

fn rss(item: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>{item}</channel></rss>"
    )
}

fn atom(entry: &str) -> String {
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>News</title>{entry}</feed>")
}

fn check_soon(body: &[u8]) -> Option<Feed> {
    let start = Instant::now();
    let feed = parse(body, &ParseContext::default()).ok();
    // Debug builds on a busy machine need seconds for what takes a release build milliseconds.
    assert!(
        start.elapsed() < Duration::from_mins(1),
        "{:?} for {} bytes",
        start.elapsed(),
        body.len()
    );
    feed
}

#[test]
fn entries_beyond_the_limit_are_counted_and_told() {
    let limits = Limits {
        entries: 3,
        ..Limits::default()
    };
    let context = ParseContext {
        limits,
        ..ParseContext::default()
    };
    let json = format!("{{\"items\":[{}]}}", ["{\"title\":\"a\"}"; 8].join(","));
    for body in [
        rss(&"<item><title>a</title></item>".repeat(8)),
        atom(&"<entry><title>a</title></entry>".repeat(8)),
        json,
    ] {
        let feed = parse(body.as_bytes(), &context).unwrap();
        assert_eq!((feed.entries.len(), feed.loss.surplus), (3, 5));
        assert_eq!(feed.warnings, Vec::<String>::new());
    }
}

#[test]
fn four_hundred_thousand_items_are_bounded() {
    let feed =
        check_soon(rss(&"<item><title>a</title></item>".repeat(400_000)).as_bytes()).unwrap();
    assert_eq!(feed.loss.surplus, 390_000);
    assert_eq!(feed.entries.len(), Limits::default().entries);
}

#[test]
fn ten_thousand_items_of_one_identifier_and_one_address_are_told_apart_soon() {
    let item = |number| {
        format!(
            "<item><guid>1</guid><link>https://example.org/</link><title>Number {number}</title></item>"
        )
    };
    let items: String = (0..10_000).map(item).collect();
    let start = Instant::now();
    let feed = check_soon(rss(&items).as_bytes()).unwrap();
    let hashes: Vec<String> = feed.entries.iter().map(content_hash).collect();
    assert_eq!(deduplicate(&feed.entries, &hashes).len(), 10_000);
    assert!(start.elapsed() < Duration::from_mins(1));
}

#[test]
fn texts_beyond_all_measure_are_cut_at_a_character_and_told() {
    let long = "é".repeat(1_000_000);
    let feed = check_soon(
        rss(&format!(
            "<item><title>{long}</title><description>{long}</description><guid>{long}</guid></item>"
        ))
        .as_bytes(),
    )
    .unwrap();
    let entry = &feed.entries[0];
    assert_eq!(
        entry.title.as_ref().map(String::len),
        Some(Limits::default().field_bytes)
    );
    assert!(
        entry
            .summary
            .as_ref()
            .is_some_and(|summary| summary.len() <= Limits::default().field_bytes)
    );
    assert!(entry_key(entry).len() < 100);
    let loss = Loss {
        shortened: 1,
        ..Loss::default()
    };
    assert_eq!(feed.loss, loss);
}

#[test]
fn a_panic_in_the_library_stays_in_the_library() {
    // feed-rs cuts the address out by bytes, beside a character of three.
    let body = rss("<item><title>a</title><author>（desk@example.org）</author></item>");
    let _ = feed_rs_reader::read(without_declaration(&body));
    assert_eq!(
        parse(body.as_bytes(), &ParseContext::default()).map(|feed| feed.entries.len()),
        Ok(1)
    );
}

#[test]
fn a_second_declaration_is_no_matter_for_the_library() {
    let declaration = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
    let long = "x".repeat(20_000);
    for inside in [declaration.to_owned(), format!("{long}{declaration}")] {
        let body = rss(&format!("{inside}<item><title>a</title></item>"));
        let titles =
            parse(body.as_bytes(), &ParseContext::default()).map(|feed| feed.entries.len());
        assert_eq!(titles, Ok(1), "{inside}");
        let prescan = prescan::prescan_document(without_declaration(&body));
        assert!(prescan.beyond_library, "{inside}");
    }
}

#[test]
fn a_refusal_is_a_line_for_a_person() {
    for body in [
        "<!DOCTYPE a><titl\u{1}\0\u{202e}!it>",
        "<rss\u{1b}[31m><a\u{1b}[31m></b\u{1b}[31m>",
        "\u{1b}[31m{",
    ] {
        let refused = parse(body.as_bytes(), &ParseContext::default());
        let reason = refused.expect_err("no feed").to_string();
        let odd = |c: char| c.is_control() || c == '\u{202e}';
        assert!(!reason.contains(odd), "{reason:?}");
    }
}

#[test]
fn what_would_grow_in_memory_is_bounded_before_it_does() {
    let many = |piece: &str| piece.repeat((8 << 20) / piece.len());
    let json = |inside: &str, piece: &str| {
        format!(
            "{{\"items\":[{{\"title\":\"a\",\"{inside}\":[{}{{}}]}}]}}",
            many(piece)
        )
    };
    for (body, kept) in [
        (json("tags", "\"b\","), 100),
        (json("tags", "{\"b\":0},"), 0),
        (json("attachments", "{\"url\":\"b\"},"), 0),
        (
            rss(&format!(
                "<item><title>a</title>{}</item>",
                many("<category>b</category>")
            )),
            100,
        ),
        (
            rss(&format!(
                "<item><title>a</title>{}</item>",
                many("<link>/</link>")
            )),
            0,
        ),
    ] {
        let feed = check_soon(body.as_bytes()).unwrap();
        assert_eq!(feed.entries.len(), 1, "{}", &body[..100]);
        assert!(feed.entries[0].categories.len() <= kept, "{}", &body[..100]);
        if !body.starts_with('{') {
            // feed-rs would keep all of them.
            let prescan = prescan::prescan_document(without_declaration(&body));
            assert!(
                prescan.tags > body.len() / LIBRARY_BYTES_A_TAG,
                "{}",
                &body[..100]
            );
        }
    }
    let root = format!(
        "<rss{}><channel><item><title>a</title></item></channel></rss>",
        many(" a=''")
    );
    assert!(prescan::prescan_document(&root).beyond_library);
    assert_eq!(check_soon(root.as_bytes()).unwrap().entries.len(), 1);
}

#[test]
fn entity_bombs_do_not_go_off() {
    let mut bomb = "<!DOCTYPE rss [<!ENTITY a0 'boom'>".to_owned();
    for level in 1..40 {
        let before = format!("&a{};", level - 1).repeat(10);
        bomb.extend([format!("<!ENTITY a{level} '{before}'>")]);
    }
    bomb += "]><rss version='2.0'><channel><item><title>a</title><description>&a39;</description></item></channel></rss>";
    let feed = check_soon(bomb.as_bytes()).unwrap();
    assert!(
        feed.entries[0]
            .summary
            .as_ref()
            .is_some_and(|summary| summary.len() < 100)
    );
    let external = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss version='2.0'><channel><item><title>a&x;</title></item></channel></rss>";
    let feed = parse(external.as_bytes(), &ParseContext::default()).unwrap();
    assert_eq!(feed.entries[0].title.as_deref(), Some("a&x;"));
}

fn check_too_much(body: &str) {
    let read = parse(body.as_bytes(), &ParseContext::default());
    let bytes = body.len();
    assert_eq!(read, Err(ParseError::TooMuchText { bytes }));
}

#[test]
fn a_feed_that_grows_beyond_measure_is_given_up_with_that_reason() {
    let long = |bytes: usize| "a".repeat(bytes);
    let author = format!("<author><name>{}</name></author>", long(4_000));
    let entries = "<entry/>".repeat(1_000);
    check_too_much(&atom(&(author + &entries)));
    let items = "{\"id\":\"1\"},".repeat(1_000);
    for author in [
        format!("\"author\":{{\"name\":\"{}\"}}", long(1 << 20)),
        format!("\"authors\":[{{\"name\":\"{}\"}}]", long(4_000)),
    ] {
        check_too_much(&format!("{{{author},\"items\":[{}{{}}]}}", items.repeat(9)));
    }
    let links = "<a href='b'>c</a>".repeat(9_000);
    check_too_much(&atom(&format!(
        "<entry xml:base='https://example.org/{}/'><content type='xhtml'>{links}</content></entry>",
        long(1_900)
    )));
    let entity = format!("<!DOCTYPE rss [<!ENTITY a '{}'>]>", long(256));
    let item = format!(
        "<item><description>{}</description></item>",
        "&a;".repeat(1_000)
    );
    check_too_much(&(entity + &rss(&item.repeat(20))));
    let tags = format!("{{\"tags\":[{}1]}},", "\"b\",".repeat(90));
    check_too_much(&format!("{{\"items\":[{}{{}}]}}", tags.repeat(1_000)));
    let reason = ParseError::TooMuchText { bytes: 9 }.to_string();
    assert_eq!(
        reason,
        "its texts would grow to more than 8 times its 9 bytes"
    );
}

#[test]
fn what_is_given_once_is_bounded_where_it_is_read_and_shared() {
    let feed = |attributes: &str, inside: &str| {
        let body =
            format!("<feed xmlns='http://www.w3.org/2005/Atom' {attributes}>{inside}</feed>");
        check_soon(body.as_bytes()).unwrap()
    };
    let long = "a".repeat(75_000);
    let entries = "<entry/>".repeat(10_000);
    let of_language = feed(&format!("xml:lang='{long}'"), &entries);
    assert_eq!(of_language.entries.len(), 10_000);
    assert_eq!(of_language.language, None);
    let link = "<entry><link href='b'/></entry>".repeat(1_000);
    let of_base = feed(&format!("xml:base='https://example.org/{long}/'"), &link);
    assert_eq!(of_base.entries[999].link.as_deref(), Some("b"));
    let of_author = feed("", &format!("<author><name>Desk</name></author>{entries}"));
    let [one, .., other] = of_author.entries.as_slice() else {
        panic!("no entries");
    };
    let (one, other) = (one.author.as_ref(), other.author.as_ref());
    assert!(
        one.zip(other)
            .is_some_and(|(one, other)| Arc::ptr_eq(one, other))
    );
}

#[test]
fn an_element_that_is_closed_at_once_opens_no_scope() {
    let feed = check_soon(
        b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://example.org/'>\
          <x:y xml:base='no/' xml:lang='no'/><entry><content type='xhtml'>\
          <b xml:base='no/' xml:lang='no'/><a href='b'/><b xml:base='c/'><a href='d'/></b></content>\
          <link xml:base='e/' href='f'/></entry><entry><link href='g'/></entry></feed>",
    )
    .unwrap();
    let links: Vec<_> = feed
        .entries
        .iter()
        .map(|entry| entry.link.as_deref())
        .collect();
    assert_eq!(
        links,
        [
            Some("https://example.org/e/f"),
            Some("https://example.org/g")
        ]
    );
    assert!(feed.entries.iter().all(|entry| entry.language.is_none()));
    let content = feed.entries[0].content.as_deref().unwrap_or_default();
    assert!(
        content.contains("<a href=\"https://example.org/b\"/>"),
        "{content}"
    );
}

#[test]
fn a_base_of_any_length_is_harmless() {
    let base = Url::parse(&format!("https://example.org/{}/", "a".repeat(60_000))).unwrap();
    let context = ParseContext {
        base: Some(&base),
        ..ParseContext::default()
    };
    let item = "<item><title>a</title><link>b</link><description><![CDATA[<a href=c>]]></description></item>";
    let feed = parse(rss(&item.repeat(1_000)).as_bytes(), &context).unwrap();
    assert_eq!(feed.entries[0].link.as_deref(), Some("b"));
}

#[test]
fn deep_nesting_is_bounded() {
    let deep = format!(
        "<item><title>a</title><description>{}x{}</description></item><item><title>b</title></item>",
        "<b>".repeat(50_000),
        "</b>".repeat(50_000)
    );
    let feed = check_soon(rss(&deep).as_bytes()).unwrap();
    assert_eq!(feed.entries.len(), 2);
    check_soon("<a>".repeat(100_000).as_bytes());
    check_soon(format!("{{\"items\":{}", "[".repeat(100_000)).as_bytes());
}

#[test]
fn hostile_shapes_end_soon() {
    for part in [
        "<item>",
        "<item",
        "<!--",
        "<![CDATA[",
        "<a b='",
        "&",
        "&#",
        "<!DOCTYPE [",
        "<title>",
        "</",
        "<x:title xmlns:x=",
        "<?",
        "\u{0}",
        "<a xmlns:b='c'>",
    ] {
        check_soon(rss(&part.repeat(200_000 / part.len())).as_bytes());
    }
    let crowded = (0..30_000)
        .map(|number| format!(" a{number}='b'"))
        .collect::<Vec<_>>()
        .concat();
    check_soon(rss(&format!("<item{crowded}><title>a</title></item>")).as_bytes());
    check_soon(
        rss(&(0..10_000)
            .map(|number| format!("<n{number}:a xmlns:n{number}='b'/>"))
            .collect::<Vec<_>>()
            .concat())
        .as_bytes(),
    );
}

/// Pieces of feeds, sound and broken, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<?xml version='1.0'?>",
        "<rss version='2.0'>",
        "<rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<channel>",
        "<item>",
        "</item>",
        "<entry>",
        "</entry>",
        "<title>",
        "</title>",
        "<title type='xhtml'>",
        "<link>",
        "</link>",
        "<link href='a'/>",
        "<guid>",
        "</guid>",
        "<description>",
        "</description>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&amp;",
        "&eacute;",
        "&",
        "<",
        ">",
        "\"",
        "'",
        "é",
        "</channel>",
        "</rss>",
        "</feed>",
        "<div>",
        "</div>",
        "<media:title>",
        "<media:description></media:description>",
        "<pubDate>Tue, 24 Mar 2026 18:05:00 GMT</pubDate>",
        "<author>a@b.example (c)</author>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>",
        "\u{0}",
        "{",
        "\"items\":[",
        "text ",
        "<xhtml:body>",
        "<ttl>5</ttl>",
        " xml:base='https://example.org/'",
        "<skipHours><hour>",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_panic(body in any::<Vec<u8>>(), content_type in any::<Option<String>>()) {
        let _ = parse(&body, &ParseContext { content_type: content_type.as_deref(), ..ParseContext::default() });
    }

    #[test]
    fn no_pieces_panic_and_none_grow(body in pieces()) {
        if let Ok(feed) = parse(body.as_bytes(), &ParseContext::default()) {
            for entry in &feed.entries {
                let document = to_document(entry, feed.language.as_deref(), "a");
                prop_assert!(document.text.len() + document.summary.len() <= 4 * body.len() + 64);
                prop_assert!(!entry_key(entry).is_empty());
            }
        }
    }

    #[test]
    fn a_cut_feed_keeps_the_items_before_the_cut(kept in 1_usize..6, cut in 0_usize..40) {
        let item = "<item><title>a</title><description><![CDATA[<p>b</p>]]></description></item>";
        let body = rss(&item.repeat(6));
        let end = body.find("<item>").unwrap() + item.len() * kept + cut;
        let feed = parse(&body.as_bytes()[..end], &ParseContext::default()).unwrap();
        prop_assert!(feed.entries.len() >= kept);
        prop_assert!(feed.entries[..kept].iter().all(|entry| entry.summary.as_deref() == Some("<p>b</p>")));
    }

    /// Which way a sound feed goes must not decide what it says, or a mistake of one day would
    /// make every item a new or a revised one.
    #[test]
    fn all_ways_give_the_same_items(items in prop::collection::vec(sound_item(), 0..4), is_atom in any::<bool>()) {
        let body = if is_atom {
            atom(&items.iter().map(SoundItem::in_atom).collect::<Vec<_>>().concat())
        } else {
            let items = items.iter().map(SoundItem::in_rss).collect::<Vec<_>>().concat();
            rss(&items).replace("<rss ", "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' ")
        };
        let context = ParseContext::default();
        let prescan = prescan::prescan_document(without_declaration(&body));
        prop_assert!(!prescan.beyond_library, "of {}", body);
        let read = |step| {
            let allowance = ExpansionLimit::of(body.len());
            let reading = take(step, without_declaration(&body), &prescan, &context, &allowance)?;
            Some(assemble::assemble(reading.feed, &context, &allowance))
        };
        let by_library = read(ParserChoice::Library).expect("a sound feed");
        let by_reader = read(ParserChoice::Tolerant).expect("a sound feed");
        prop_assert_eq!(by_library.title, by_reader.title);
        prop_assert_eq!(by_library.entries.len(), items.len());
        prop_assert_eq!(by_reader.entries.len(), items.len());
        for (one, other) in by_library.entries.iter().zip(&by_reader.entries) {
            prop_assert_eq!(entry_key(one), entry_key(other));
            prop_assert_eq!(content_hash(one), content_hash(other));
            prop_assert_eq!((one.published, one.updated), (other.published, other.updated));
            prop_assert_eq!((&one.author, &one.categories), (&other.author, &other.categories));
            prop_assert_eq!((&one.title, &one.summary, &one.content), (&other.title, &other.summary, &other.content));
        }
    }
}

/// An item as sound feeds have them.
#[derive(Debug)]
struct SoundItem {
    id: Option<u8>,
    link: bool,
    title: String,
    text: String,
    is_dated: bool,
    has_author: bool,
}

fn sound_item() -> impl Strategy<Value = SoundItem> {
    let words =
        "([a-zéя]{1,6}|&amp;|&lt;|&#8217;|&lt;b&gt;|&lt;/b&gt;|<!\\[CDATA\\[<p>]]>| ){1,12}";
    (
        any::<Option<u8>>(),
        any::<bool>(),
        words,
        words,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(id, link, title, text, is_dated, has_author)| SoundItem {
            id,
            link,
            title,
            text,
            is_dated,
            has_author,
        })
}

impl SoundItem {
    fn in_rss(&self) -> String {
        let mut item = format!(
            "<item><title>{}</title><description>{}</description>",
            self.title, self.text
        );
        if let Some(id) = self.id {
            item += &[
                "<guid isPermaLink='false'>",
                &id.to_string(),
                "</guid><category>a &amp; b</category>",
            ]
            .concat();
        }
        if self.link {
            item += "<link>https://example.org/a?b=1&amp;c=2</link>";
        }
        if self.is_dated {
            item += "<pubDate>Tue, 24 Mar 2026 18:05:00 +0100</pubDate>";
        }
        if self.has_author {
            item += "<author>desk@example.org (South Desk)</author>";
        }
        item + "<content:encoded><![CDATA[<p>All of it &eacute;</p>]]></content:encoded></item>"
    }

    fn in_atom(&self) -> String {
        let mut entry = format!(
            "<entry><title>{}</title><summary type='html'>{}</summary>",
            self.title, self.text
        );
        if let Some(id) = self.id {
            entry += &["<id>", &id.to_string(), "</id><category term='a &amp; b'/>"].concat();
        }
        if self.link {
            entry += "<link rel='self' href='https://example.org/s'/><link href='https://example.org/a?b=1&amp;c=2'/>";
        }
        if self.is_dated {
            entry += "<published>2026-03-24T18:05:00Z</published><updated>2026-03-24T18:05:00Z</updated>";
        }
        if self.has_author {
            entry += "<author><name>South Desk</name><email>desk@example.org</email></author>";
        }
        entry + "<content type='text'>5 &lt; 6</content></entry>"
    }
}

fn without_declaration(body: &str) -> &str {
    &body[declaration_length(body)..]
}
