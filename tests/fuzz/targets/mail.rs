//! Whatever an item says, the mail is sound: its own headers and no others, short lines of ASCII, only
//! the tags of its templates, and every hit in it.
//!
//! The input is a number of fields, parted by the byte 0xFF.

#![no_main]

use jiff::Timestamp;
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use newsvigil::core::article::{PageVerdictCounts, PageVerdict};
use newsvigil::core::digest::{
    Coverage, FeedTrouble, GroupBy, HitItem, Kind, Language, HitOrigin, Privacy, Reason, Recipient, SpanRecord,
    compose,
};
use newsvigil::core::document::Field;
use newsvigil::mail::{RenderOptions, render};

const HEADERS: [&str; 12] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "In-Reply-To",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "List-ID",
    "MIME-Version",
    "Content-Type",
];
const TAGS: [&str; 14] = [
    "", "html", "head", "meta", "title", "body", "div", "table", "tr", "td", "b", "bdi", "a",
    "span",
];

fuzz_target!(|data: &[u8]| {
    let fields: Vec<String> = data
        .split(|byte| *byte == 0xFF)
        .map(|field| String::from_utf8_lossy(field).into_owned())
        .collect();
    let field = |number: usize| fields.get(number).cloned().unwrap_or_default();
    let now = Timestamp::from_second(1_790_000_000).expect("an instant");
    let hits: Vec<HitItem> = (0..fields.len().div_ceil(8).min(40))
        .map(|number| {
            let at = number * 8;
            let text = field(at + 2);
            let span = |start: usize, end: usize| SpanRecord {
                field: [Field::Title, Field::Summary, Field::Text][start % 3],
                start,
                end,
                term: field(at + 5),
            };
            HitItem {
                hit_id: number as i64,
                entry_id: (number / 2) as i64,
                watch_id: field(at + 6),
                watch_title: field(at + 6),
                topic: (number % 3 > 0).then(|| field(at + 7)),
                score: number as i64 - 2,
                spans: vec![
                    span(0, text.len()),
                    span(text.len() / 3, text.len() / 2),
                    span(1, 4),
                    span(2, usize::MAX),
                ],
                feed_id: "outlet".to_owned(),
                feed_title: field(at + 3),
                title: field(at).into(),
                summary: field(at + 1).into(),
                text: text.into(),
                author: field(at + 3),
                link: Some(field(at + 4)),
                language: Some(field(at + 7)),
                published: (number % 2 == 0).then_some(now),
                first_seen: now,
                updated: number % 5 == 0,
                urgent: number % 3 == 0,
                alerted: number % 4 == 3,
                in_article: number % 3 == 2,
                origin: if number % 5 == 4 {
                    HitOrigin::Later
                } else {
                    HitOrigin::New
                },
            }
        })
        .collect();
    let count = hits.len();
    let trouble = FeedTrouble {
        id: "outlet".to_owned(),
        title: field(3),
        since: Some(now),
        until: None,
        reason: field(1).into(),
    };
    let coverage = Coverage {
        feeds_polled: 3,
        failing: vec![trouble.clone()],
        silent: vec![trouble.clone()],
        interrupted: vec![trouble.clone()],
        incomplete: vec![trouble.clone()],
        possibly_missed: vec![trouble.clone()],
        handled_with_care: vec![trouble.clone()],
        reading: PageVerdictCounts {
            settled: [(PageVerdict::Whole, 2), (PageVerdict::Gone, 1)].into(),
            waiting: 3,
        },
        unreadable: vec![trouble],
        muted: Vec::new(),
        undeliverable: Vec::new(),
        version: "0.1.0".to_owned(),
        window_start: None,
        window_end: now,
    };
    let recipient = Recipient {
        group_by: GroupBy::Topic,
        language: Language::English,
        id: "desk".to_owned(),
        address: "desk@example.org".to_owned(),
        name: Some(field(0)),
        time_zone: TimeZone::UTC,
        privacy: Privacy::Open,
    };
    let kind = match data.first() {
        Some(byte) if byte % 2 == 0 => Kind::Alert {
            watch_id: field(6),
            watch_title: field(6),
        },
        _ => Kind::Digest(Reason::Scheduled),
    };
    let digest = compose(recipient, hits, coverage, kind);
    assert_eq!(digest.totals.hits, count);
    let options = RenderOptions::new("newsvigil@example.org");
    let message = render(&digest, &options, "seed", now).expect("a mail");
    assert!(message.html.len() <= options.html_max);
    check_bytes(&message.bytes);
    check_html(&message.html);
});

fn check_bytes(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("ASCII");
    assert!(text.is_ascii());
    assert!(
        !text.replace("\r\n", "").contains(['\r', '\n', '\0']),
        "only whole line ends"
    );
    assert!(text.split("\r\n").all(|line| line.len() <= 998));
    let parsed = mail_parser::MessageParser::default()
        .parse(bytes)
        .expect("a message");
    let names: Vec<&str> = parsed
        .headers()
        .iter()
        .map(|header| header.name())
        .collect();
    assert_eq!(names, HEADERS);
    assert_eq!((parsed.text_body_count(), parsed.html_body_count()), (1, 1));
    assert_eq!(parsed.attachment_count(), 0);
    let to = parsed
        .to()
        .and_then(|to| to.first())
        .and_then(|to| to.address());
    assert_eq!(to, Some("desk@example.org"));
}

fn check_html(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in html
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
    {
        let name = tag
            .trim_start_matches('/')
            .split([' ', '!'])
            .next()
            .unwrap_or_default();
        assert!(TAGS.contains(&name) || name == "br", "<{tag}>");
        let link = tag
            .split("href=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let layout = tag.replace(link.unwrap_or("\0"), "");
        assert!(
            !layout.contains(" src=") && !layout.contains("url("),
            "<{tag}>"
        );
        if let Some(link) = link {
            assert!(
                link.starts_with("https://") || link.starts_with("http://"),
                "<{tag}>"
            );
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> ends nothing");
        } else if !matches!(name, "" | "meta" | "br") {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "never ended: {open:?}");
    let bad = |c: char| {
        (c.is_control() && c != '\n')
            || ('\u{202A}'..='\u{202E}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
    };
    assert!(!html.contains(bad));
}
