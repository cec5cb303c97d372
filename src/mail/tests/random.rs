//! Whatever hits come in, every one of them is told, in one sound message.

use std::collections::BTreeSet;

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
                (item.text, item.author, item.spans) = (body.into(), author, spans);
                (item.score, item.updated, item.alerted) = (score, updated, alerted);
                item.published = item.published.filter(|_| dated);
                item
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_hit_is_told_in_one_sound_message(
        hits in prop::collection::vec(any_hit(), 0..40),
        html_max in prop::sample::select(vec![14_000, 40_000, HTML_MAX]),
    ) {
        let hits: Vec<HitItem> = (0_i64..).zip(hits).map(|(id, hit)| HitItem { hit_id: id, ..hit }).collect();
        let count = hits.len();
        let digest = compose(recipient(), hits, coverage(), Kind::Digest(Reason::Scheduled));
        prop_assert_eq!(digest.totals.hits, count);

        let mut options = RenderOptions::new("newsvigil@example.org");
        options.html_max = html_max;
        let message = render(&digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap();
        check_sound("random", &message);
        prop_assert!(message.html.len() <= html_max);
        let told: BTreeSet<i64> = message.told.full.iter().chain(&message.told.headlines).copied().collect();
        prop_assert_eq!(told.len(), message.told.full.len() + message.told.headlines.len(), "each once");
        let items = digest.totals.items + digest.totals.alerted;
        if told.len() < items {
            prop_assert!(message.text.contains("hits --mail 1"), "what is counted can be listed");
        }
        let numbers = message.text.lines().filter(|line| line.starts_with("    ") && line.contains("Item"));
        prop_assert!(numbers.count() >= message.told.full.len(), "{}", message.text);
    }
}
