//! What holds for any input at all.

use proptest::prelude::*;

use super::*;
use crate::core::feed::{content_hash, entry_key};

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
