//! What hostile or endless input may cost.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::*;
use crate::core::feed::{Limits, Loss, content_hash, deduplicate, entry_key};
use crate::thread_time::ThreadTimer;

fn check_soon(body: &[u8]) -> Option<Feed> {
    let start = ThreadTimer::start();
    let feed = parse(body, &ParseContext::default()).ok();
    let taken = start.elapsed();
    // Debug builds need seconds for what takes a release build milliseconds.
    let is_soon = taken < Duration::from_mins(1);
    assert!(is_soon, "{taken:?} for {} bytes", body.len());
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
    let start = ThreadTimer::start();
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
