//! What is lost of a body is known, and what only had to be repaired is not taken for it.

use super::*;
use crate::core::feed::{Limits, Loss};

const ITEM: &str = "<item><title>One</title><guid>1</guid></item>";

fn rss(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>News</title>{items}</channel></rss>")
}

fn read(body: &[u8]) -> Feed {
    parse(body, &ParseContext::default()).unwrap()
}

#[track_caller]
fn check(body: &str, items: usize, loss: Loss) {
    let feed = read(body.as_bytes());
    assert_eq!((feed.entries.len(), feed.loss), (items, loss), "of {body}");
}

fn broken_off(whole: u64) -> Loss {
    Loss {
        broken_off_after: Some(whole),
        ..Loss::default()
    }
}

#[test]
fn a_body_that_breaks_off_says_after_how_many_items() {
    let whole = rss(&ITEM.repeat(6));
    let items = whole.find("<item>").unwrap();
    for (end, seen, after) in [
        (items + 3 * ITEM.len() + 15, 4, 3),
        (items + 3 * ITEM.len(), 3, 3),
        (items + 6 * ITEM.len(), 6, 6),
        (items + 6, 1, 0),
    ] {
        check(&whole[..end], seen, broken_off(after));
    }
    let open = "<item><title>Two</title><description><![CDATA[cut";
    let feed = "<rss version='2.0'><channel><title>News</title>";
    check(&format!("{feed}{ITEM}{open}"), 2, broken_off(1));
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title>";
    check(
        &format!("{atom}<entry><title>a</title></entry><entry><title>b"),
        2,
        broken_off(1),
    );
    check(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>\
         <channel><title>News</title></channel><item><title>a</title></item>",
        1,
        broken_off(1),
    );
}

#[test]
fn what_had_to_be_repaired_is_no_loss() {
    for items in [ITEM, ""] {
        let sound = rss(items);
        for body in [
            format!("<!DOCTYPE rss PUBLIC '-//A//B' 'http://example.org/rss.dtd'>{sound}"),
            sound.replace("News", "&Uacute;ltimas & m&aacute;s"),
            sound.replace("News", "caf\u{e9}"),
            sound.replace(" version=\"2.0\"", ""),
            sound.replace("</rss>", ""),
            sound.replace("</title><guid>", "<guid>"),
            format!("\u{feff} \r\n{sound}"),
            format!("{sound}\n<!-- made in 0.2 s -->"),
            format!("<?xml version='1.0' encoding='iso-8859-15'?>{sound}"),
        ] {
            check(&body, usize::from(!items.is_empty()), Loss::default());
        }
    }
    let mut stray = rss("").into_bytes();
    stray.splice(40..40, *b"\x93\x94");
    assert!(read(&stray).loss.is_lossless());
}

#[test]
fn what_is_only_called_like_an_item_is_none_that_was_lost() {
    let foreign = "<x:list xmlns:x='https://x.example/'><x:item>a</x:item><x:entry/></x:list>";
    let list = "<list xmlns='https://x.example/'><item>a</item></list>";
    for inside in [
        foreign,
        list,
        "<description><ul><item>a</item></ul></description>",
    ] {
        check(
            &rss(&format!("<item><title>a</title>{inside}</item>{ITEM}")),
            2,
            Loss::default(),
        );
    }
    check(&rss(foreign), 0, Loss::default());
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title><entry><id>a</id>\
                <content type='application/xml'><entry><title>b</title></entry></content></entry></feed>";
    check(atom, 1, Loss::default());
    // One that an element without an end swallows is lost all the same.
    let swallowed = format!("<item><title>a</title><wfw:rss>https://{ITEM}");
    let loss = Loss {
        unread: 1,
        ..Loss::default()
    };
    check(&rss(&swallowed), 1, loss);
    let open = atom.replace("</content></entry>", "");
    check(&open, 1, loss);
}

#[test]
fn a_section_without_an_end_swallows_no_items() {
    let open =
        "<item><title>Two</title><description><![CDATA[<p>cut</description><guid>2</guid></item>";
    let whole = "<item><title>Three</title><description><![CDATA[whole]]></description></item>";
    for items in [
        format!("{ITEM}{open}{whole}{ITEM}"),
        format!("{ITEM}{open}{open}{ITEM}"),
        format!("{ITEM}{ITEM}{ITEM}{open}"),
    ] {
        let body = rss(&items);
        check(&body, 4, Loss::default());
        let feed = read(body.as_bytes());
        let cut = feed
            .entries
            .iter()
            .find(|it| it.title.as_deref() == Some("Two"))
            .unwrap();
        assert_eq!(
            (cut.summary.as_deref(), cut.id.as_deref()),
            (Some("<p>cut"), Some("2"))
        );
    }
    // As it is when the item has no end either, and an element that holds no items has none.
    let cut = "<item><title>Two</title><description><![CDATA[cut";
    check(&rss(&format!("{cut}{ITEM}{whole}")), 3, Loss::default());
    let source = "<item><title>Two</title><source url='https://example.org/'>cut";
    check(&rss(&format!("{source}{ITEM}{whole}")), 3, Loss::default());
    // What is told of feeds is not their markup.
    let nested = "<![CDATA[<item> and <![CDATA[a]]]]><![CDATA[> end]]>";
    let body = rss(&format!(
        "<item><description>{nested}</description></item>{ITEM}"
    ));
    assert_eq!(
        read(body.as_bytes()).entries[0].summary.as_deref(),
        Some("<item> and <![CDATA[a]]> end")
    );
    let told = "<![CDATA[an </item> is an end tag]]>";
    let body = rss(&format!(
        "<item><description>{told}</description></item>{ITEM}"
    ));
    check(&body, 2, Loss::default());
    assert_eq!(
        read(body.as_bytes()).entries[0].summary.as_deref(),
        Some("an </item> is an end tag")
    );
}

#[test]
fn a_comment_or_instruction_without_an_end_swallows_no_items() {
    let commented =
        "<item><title>Two</title><description><![CDATA[a<!--more-->b]]></description></item>";
    for open in [
        "<!-- cached",
        "<!-- cached ->",
        "<!-- cached <!-- twice",
        "<?php echo",
    ] {
        for (items, seen) in [
            (format!("{open}{ITEM}{commented}"), 2),
            (format!("{ITEM}{open}{ITEM}{ITEM}<!-- made --><?made?>"), 3),
            (format!("{open}{ITEM}{open}{ITEM}<!-- made --><?made?>"), 2),
            (
                format!("<item><title>a</title>{open}</item>{commented}<?made?>"),
                2,
            ),
        ] {
            check(&rss(&items), seen, Loss::default());
            check(
                &format!("{}<!-- made -->", rss(&items)),
                seen,
                Loss::default(),
            );
        }
        let cut = format!("<rss><channel><title>News</title>{ITEM}{open}{ITEM}");
        check(&cut, 2, broken_off(2));
    }
    // Items that somebody took out are none, and what only the instructions of a program hold is told.
    check(&rss(&format!("<!-- {ITEM} -->{ITEM}")), 1, Loss::default());
    let loss = Loss {
        unread: 1,
        ..Loss::default()
    };
    check(&rss(&format!("<?php echo '{ITEM}' ?>{ITEM}")), 1, loss);
}

#[test]
fn half_an_address_a_name_or_a_date_is_none() {
    for half in [
        "<link>https://example.org/story/1</",
        "<guid>https://example.org/?p=1",
        "<pubDate>Thu, 26 Nov 20",
    ] {
        let body = format!("<rss><channel><item><title>a</title>{half}");
        let entry = &read(body.as_bytes()).entries[0];
        assert_eq!(
            (&entry.link, &entry.id, entry.published),
            (&None, &None, None),
            "{half}"
        );
        assert_eq!(entry.title.as_deref(), Some("a"));
    }
}

#[test]
fn end_tags_in_other_letters_and_items_behind_the_channel_end_where_they_end() {
    let loud = rss(ITEM).replace("</channel></rss>", "</CHANNEL></RSS>");
    check(&loud, 1, Loss::default());
    let behind = format!("<rss><channel><title>News</title></channel>{ITEM}");
    check(&behind, 1, broken_off(1));
    check(&format!("{behind}</rss>"), 1, Loss::default());
}

#[test]
fn items_with_bytes_that_no_encoding_explains_are_counted() {
    let items = "<item><title>журналисты задержаны</title></item>".repeat(3);
    let mut body = rss(&items).into_bytes();
    let at = body
        .windows(2)
        .rposition(|pair| pair == "з".as_bytes())
        .unwrap();
    body[at] = 0xFF;
    let feed = read(&body);
    assert_eq!((feed.entries.len(), feed.loss.garbled), (3, 1));
    let further = items.replacen(
        "</item>",
        "<description>журналисты</description><media:description>@</media:description></item>",
        1,
    );
    let body = rss(&further).replace('@', "\u{1}").into_bytes();
    let body: Vec<u8> = body
        .into_iter()
        .map(|it| if it == 1 { 0xFF } else { it })
        .collect();
    assert_eq!(read(&body).loss.garbled, 1);
    // One that stood there before is not ours.
    check(
        &rss("<item><title>a \u{fffd}</title></item>"),
        1,
        Loss::default(),
    );
}

#[test]
fn of_a_json_feed_that_breaks_off_the_items_before_are_read() {
    let body = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[\
                {\"id\":\"1\",\"title\":\"a\"},{\"id\":\"2\",\"title\":\"b\"},{\"id\":\"3\",\"title\":\"c";
    check(body, 2, broken_off(2));
    let bare_control = body.replace("\"b\"", "\"b\u{1}\"");
    check(&bare_control, 1, broken_off(1));
    let refused = parse(&body.as_bytes()[..60], &ParseContext::default());
    assert!(matches!(refused, Err(ParseError::BrokenJson { .. })));
}

#[test]
fn the_items_of_a_json_feed_may_be_an_object_with_a_number_for_each() {
    let body = "{\"items\":{\"0\":{\"title\":\"a\"},\"2\":{\"title\":\"b\"}}}";
    check(body, 2, Loss::default());
    let mixed = "{\"items\":[{\"title\":\"a\"},\"b\",null]}";
    let loss = Loss {
        unread: 1,
        ..Loss::default()
    };
    check(mixed, 1, loss);
}

#[test]
fn of_too_many_items_the_newest_are_kept_in_every_format() {
    let context = ParseContext {
        limits: Limits {
            entries: 2,
            ..Limits::default()
        },
        ..ParseContext::default()
    };
    for (days, kept) in [
        (["24", "23", "22", "21"], ["24", "23"]),
        (["21", "22", "23", "24"], ["23", "24"]),
        (["22", "24", "21", "23"], ["24", "23"]),
    ] {
        let of = |item: fn(&str) -> String| days.map(item).concat();
        let json = days.map(|day| {
            format!("{{\"title\":\"{day}\",\"date_published\":\"2026-11-{day}T00:00:00Z\"}}")
        });
        for body in [
            rss(&of(|day| {
                format!(
                    "<item><title>{day}</title><pubDate>{day} Nov 2026 08:00:00 GMT</pubDate></item>"
                )
            })),
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title>{}</feed>",
                of(|day| format!(
                    "<entry><title>{day}</title><updated>2026-11-{day}T00:00:00Z</updated></entry>"
                ))
            ),
            format!("{{\"items\":[{}]}}", json.join(",")),
        ] {
            let feed = parse(body.as_bytes(), &context).unwrap();
            let titles: Vec<&str> = feed
                .entries
                .iter()
                .filter_map(|it| it.title.as_deref())
                .collect();
            assert_eq!(titles, kept, "of {body}");
            let loss = Loss {
                surplus: 2,
                ..Loss::default()
            };
            assert_eq!(feed.loss, loss);
        }
    }
}

#[test]
fn twelve_thousand_items_with_the_newest_last_are_read_in_good_time() {
    let items: String = (0..12_000)
        .map(|number| {
            let (minute, second) = (number / 60 % 60, number % 60);
            let date = format!("2026-11-24T{:02}:{minute:02}:{second:02}Z", number / 3600);
            format!("<item><guid>{number}</guid><pubDate>{date}</pubDate></item>")
        })
        .collect();
    let feed = read(rss(&items).as_bytes());
    assert_eq!((feed.entries.len(), feed.loss.surplus), (10_000, 2_000));
    let ends = [feed.entries.first(), feed.entries.last()];
    let ends = ends.map(|entry| entry.and_then(|entry| entry.id.as_deref()));
    assert_eq!(ends, [Some("2000"), Some("11999")]);
}

#[test]
fn a_long_title_category_or_author_is_read_whole() {
    let long = format!("{}end", "word ".repeat(4_000));
    let json = format!(
        "{{\"items\":[{{\"title\":\"{long}\",\"tags\":[\"{long}\"],\"author\":{{\"name\":\"{long}\"}}}}]}}"
    );
    let item = format!(
        "<item><title>{long}</title><category>{long}</category><author>{long}</author></item>"
    );
    let marked = item.replace("word", "<b>word</b>");
    for body in [rss(&item), rss(&marked), json] {
        let feed = read(body.as_bytes());
        assert!(feed.loss.is_lossless(), "{:?}", feed.loss);
        let entry = &feed.entries[0];
        for text in [
            entry.title.as_deref(),
            entry.author.as_deref(),
            entry.categories.first().map(String::as_str),
        ] {
            assert!(text.is_some_and(|text| text.ends_with("end")), "{text:?}");
        }
    }
}

#[test]
fn texts_and_lists_beyond_their_bounds_are_counted_by_item() {
    let context = ParseContext {
        limits: Limits {
            field_bytes: 20,
            ..Limits::default()
        },
        ..ParseContext::default()
    };
    let long = "a".repeat(30);
    for text in [
        format!("<title>{long}</title>"),
        format!("<description>{long}</description>"),
        format!("<title>{long}</title><description>{long}</description>"),
        format!("<category>{long}</category>"),
        format!("<author>{long}</author>"),
    ] {
        let body = rss(&format!(
            "<item><guid>1</guid>{text}</item><item><guid>2</guid></item>"
        ));
        let feed = parse(body.as_bytes(), &context).unwrap();
        assert_eq!(feed.loss.shortened, 1, "of {body}");
    }
    let guid = rss(&format!("<item><guid>{long}</guid><title>a</title></item>"));
    assert!(parse(guid.as_bytes(), &context).unwrap().loss.is_lossless());
    let crowd: String = (0..300)
        .map(|number| format!("<category>{number}</category>"))
        .collect();
    let tags: Vec<String> = (0..300).map(|number| format!("\"{number}\"")).collect();
    let texts: String = (0..100)
        .map(|number| format!("<media:description>{number}</media:description>"))
        .collect();
    for body in [
        rss(&format!("<item><title>a</title>{crowd}</item>{ITEM}")),
        rss(&format!("<item><title>a</title>{texts}</item>{ITEM}")),
        format!(
            "{{\"items\":[{{\"tags\":[{}]}},{{\"title\":\"b\"}}]}}",
            tags.join(",")
        ),
    ] {
        let loss = Loss {
            crowded: 1,
            ..Loss::default()
        };
        check(&body, 2, loss);
    }
    // No watch sees them.
    let links = "<enclosure url=\"https://example.org/a.mp3\"/>".repeat(300);
    let body = rss(&format!("<item><title>a</title>{links}</item>{ITEM}"));
    check(&body, 2, Loss::default());
}

#[test]
fn what_is_no_text_is_not_printed() {
    let compressed: &[&[u8]] = &[
        b"\x1f\x8b\x08\0\0\0\0\0\x02\xff\x05\xc0\xc1\x09",
        b"\x28\xb5\x2f\xfd\x04\x58\x4d\x02",
        b"\x8b\x0a\x80<rss\xff\xfe",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04\x14\0",
    ];
    for body in compressed {
        let refused = parse(body, &ParseContext::default());
        assert_eq!(refused, Err(ParseError::Binary), "{body:?}");
    }
    let refused = parse("Défense d’entrer".as_bytes(), &ParseContext::default());
    assert!(refused.is_err_and(|error| error.to_string().contains("Défense d’entrer")));
}
