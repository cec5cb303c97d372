//! Whatever hits come in, every one of them goes out, in sound messages.

use proptest::prelude::*;

use super::{
    hostile::check_sound,
    sample::{at, coverage, hit, recipient},
};
use crate::{
    core::{
        digest::{HitItem, Kind, Reason, SpanRecord, compose},
        document::Field,
    },
    mail::{HTML_MAX, RenderOptions, render},
};

/// Words of many scripts, with everything that is awkward between them.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,9}",
        2 => "\\PC{1,4}",
        1 => "[\u{600}-\u{6ff}\u{4e00}-\u{4fff}\u{400}-\u{4ff}]{1,8}",
        1 => proptest::char::any().prop_map(|c| c.to_string()),
        1 => prop::sample::select(vec![". ", "! ", "\r\n", "\n", "<b>", "\"", "'", "&amp;", "=?utf-8?q?", "?=", "\0", "\u{202e}", "…", "。", "**", "--"]).prop_map(str::to_owned),
        4 => Just(" ".to_owned()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn field() -> impl Strategy<Value = Field> {
    prop::sample::select(vec![
        Field::Title,
        Field::Summary,
        Field::Text,
        Field::Author,
        Field::Category(3),
    ])
}

fn span() -> impl Strategy<Value = SpanRecord> {
    (field(), 0..160_usize, 0..24_usize, text()).prop_map(|(field, start, length, term)| {
        SpanRecord {
            field,
            start,
            end: start + length,
            term,
        }
    })
}

fn any_hit() -> impl Strategy<Value = HitItem> {
    let texts = (text(), text(), text(), text(), text());
    (
        0..12_i64,
        0..4_usize,
        texts,
        prop::collection::vec(span(), 0..12),
        -5..9_i64,
        any::<(bool, bool, bool)>(),
    )
        .prop_map(
            |(
                entry,
                watch,
                (title, summary, body, author, topic),
                spans,
                score,
                (updated, alerted, dated),
            )| {
                let ids = ["a", "b", "c", "d"];
                let mut item = hit(
                    0,
                    (ids[watch], &author, (watch > 1).then_some(topic.as_str())),
                    &title,
                    &summary,
                    &[],
                );
                item.entry_id = entry;
                item.link = Some(format!("https://example.org/{title}"));
                (item.text, item.author, item.spans) = (body, author, spans);
                (item.score, item.updated, item.alerted) = (score, updated, alerted);
                item.published = item.published.filter(|_| dated);
                item
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_hit_goes_out_in_sound_messages(
        hits in prop::collection::vec(any_hit(), 0..40),
        html_max in prop::sample::select(vec![14_000, 40_000, HTML_MAX]),
    ) {
        let hits: Vec<HitItem> = (0_i64..).zip(hits).map(|(id, hit)| HitItem { hit_id: id, ..hit }).collect();
        let count = i64::try_from(hits.len()).unwrap();
        let digest = compose(recipient(), hits, coverage(), Kind::Digest(Reason::Scheduled));
        let mut carried: Vec<i64> = digest.items().chain(&digest.alerted).flat_map(|item| item.hit_ids.clone()).collect();
        carried.sort_unstable();
        prop_assert_eq!(carried, (0..count).collect::<Vec<_>>());

        let mut options = RenderOptions::new("newsvigil@example.org");
        options.html_max = html_max;
        let messages = render(&digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap();
        for message in &messages {
            check_sound("random", message);
            // One item may be longer than a page that is smaller than any in use.
            let alone = message.html.matches(">Matched by ").count() == 1;
            prop_assert!(message.html.len() <= html_max || (alone && html_max < HTML_MAX));
        }
        let mut in_parts: Vec<i64> = messages.iter().flat_map(|message| message.hit_ids.clone()).collect();
        in_parts.sort_unstable();
        prop_assert_eq!(in_parts, (0..count).collect::<Vec<_>>());
        let entries = |view: fn(&crate::mail::RenderedMessage) -> &str, mark: &str| {
            messages.iter().map(|message| view(message).matches(mark).count()).sum::<usize>()
        };
        prop_assert_eq!(entries(|message| &message.html, ">Matched by "), digest.item_count());
    }
}
