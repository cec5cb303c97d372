//! Long digests in parts, and what makes messages belong together.

use std::collections::BTreeSet;

use super::sample::{
    DETENTION, FORCE, KILLINGS, alert, at, coverage, digest, hit, recipient, troubled_coverage,
};
use crate::{
    core::digest::{Digest, HitItem, Kind, Reason, compose},
    mail::{HTML_MAX, RenderOptions, RenderedMessage, render},
};

fn many(count: i64) -> Digest {
    let watches = [
        FORCE,
        KILLINGS,
        DETENTION,
        ("water", "Access to water", None),
    ];
    let hits: Vec<HitItem> = (0..count)
        .map(|id| {
            let watch = watches[usize::try_from(id % 4).unwrap()];
            let summary = format!(
                "The police came. {} They left after the protest number {id}.",
                "Words upon words. ".repeat(20)
            );
            let mut hit = hit(
                id,
                watch,
                &format!("Headline number {id} about protest"),
                &summary,
                &["protest", "police"],
            );
            hit.entry_id = 100_000 + id;
            hit.alerted = id % 7 == 0;
            hit
        })
        .collect();
    compose(
        recipient(),
        hits,
        troubled_coverage(),
        Kind::Digest(Reason::Scheduled),
    )
}

fn messages(digest: &Digest, html_max: usize) -> Vec<RenderedMessage> {
    let mut options = RenderOptions::new("newsvigil@example.org");
    options.html_max = html_max;
    render(digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap()
}

#[test]
fn a_long_digest_goes_on_in_parts_and_loses_nothing() {
    for (count, html_max) in [
        (1, HTML_MAX),
        (300, HTML_MAX),
        (1_500, HTML_MAX),
        (120, 16_000),
        (120, 12_000),
    ] {
        let digest = many(count);
        let parts = messages(&digest, html_max);
        let mut shown = Vec::new();
        for message in &parts {
            assert!(
                message.html.len() <= html_max,
                "{} bytes in a part of {html_max}",
                message.html.len()
            );
            for view in [&message.html, &message.text] {
                assert_eq!(
                    view.contains("ow complete this is") || view.contains("HOW COMPLETE"),
                    message.part == parts.len()
                );
            }
            let ids = |view: &str, end: char| -> Vec<i64> {
                let found = view
                    .split("/24/")
                    .skip(1)
                    .filter_map(|rest| rest.split(end).next());
                found.map(|id| id.parse().unwrap()).collect()
            };
            let in_html = ids(&message.html, '"');
            assert_eq!(
                in_html,
                ids(&message.text, '\n'),
                "text and HTML carry the same"
            );
            shown.extend(in_html);
        }
        shown.sort_unstable();
        assert_eq!(
            shown,
            (0..count).collect::<Vec<_>>(),
            "each item once, in {} parts",
            parts.len()
        );
        assert!(parts.len() > 1 || count == 1);
        // No part is wasted: all but the last are filled to at least three quarters.
        for message in parts.iter().rev().skip(1) {
            assert!(
                message.html.len() * 4 > html_max * 3 || html_max < 16_001,
                "{}",
                message.html.len()
            );
        }
    }
}

#[test]
fn parts_are_numbered_and_share_a_thread() {
    let parts = messages(&many(300), HTML_MAX);
    let header = |message: &RenderedMessage, name: &str| {
        let text = String::from_utf8(message.bytes.clone()).unwrap();
        text.split("\r\n")
            .find_map(|line| line.strip_prefix(name).map(str::to_owned))
            .unwrap()
    };
    let ids: BTreeSet<&str> = parts
        .iter()
        .map(|message| message.message_id.as_str())
        .collect();
    assert_eq!(ids.len(), parts.len());
    let threads: BTreeSet<String> = parts
        .iter()
        .map(|message| header(message, "References: "))
        .collect();
    assert_eq!(threads.len(), 1);
    for (index, message) in parts.iter().enumerate() {
        let of = format!("({} of {})", index + 1, parts.len());
        assert!(message.subject.contains(&of), "{}", message.subject);
        assert!(
            message
                .html
                .contains(&format!("Part {} of {}", index + 1, parts.len()))
        );
        assert_eq!((message.part, message.parts), (index + 1, parts.len()));
        assert_eq!(header(message, "Message-ID: "), message.message_id);
    }
    assert_ne!(
        header(&messages(&alert(), HTML_MAX)[0], "References: "),
        *threads.first().unwrap()
    );
    assert_eq!(
        header(&messages(&digest(), HTML_MAX)[0], "References: "),
        *threads.first().unwrap()
    );
}

#[test]
fn a_topic_that_goes_on_says_so_on_the_next_page() {
    let parts = messages(&many(300), HTML_MAX);
    assert!(!parts[0].text.contains(", continued"));
    assert!(parts[1].text.contains(", continued"), "{}", parts[1].text);
    assert!(parts[0].text.contains("Goes on in part 2"));
}

#[test]
fn the_same_digest_makes_the_same_bytes_and_another_seed_another_id() {
    let date = at("2026-11-24T12:30:00Z");
    let options = RenderOptions::new("newsvigil@example.org");
    let first = render(&digest(), &options, "a", date).unwrap();
    assert_eq!(first, render(&digest(), &options, "a", date).unwrap());
    assert_ne!(
        first[0].message_id,
        render(&digest(), &options, "b", date).unwrap()[0].message_id
    );
}

#[test]
fn a_footer_with_a_thousand_failing_feeds_still_fits_and_says_how_many() {
    let mut coverage = coverage();
    coverage.failing = vec![troubled_coverage().failing[0].clone(); 1_000];
    let digest = compose(
        recipient(),
        Vec::new(),
        coverage,
        Kind::Digest(Reason::Flood),
    );
    let message = messages(&digest, HTML_MAX).remove(0);
    for view in [&message.html, &message.text] {
        assert!(view.contains("Failing (1000)") && view.contains("and 960 more"));
        assert!(view.contains("So many alerts"));
    }
}

#[test]
fn counts_of_one_are_spelled_right() {
    let one = compose(
        recipient(),
        vec![hit(1, FORCE, "A protest", "", &["protest"])],
        coverage(),
        Kind::Digest(Reason::Scheduled),
    );
    let message = messages(&one, HTML_MAX).remove(0);
    assert!(message.text.contains("\n1 new item\n"), "{}", message.text);
    assert_eq!(message.subject, "1 new: A protest");
}

#[test]
fn an_item_of_hundreds_of_watches_and_hundreds_of_topics_fit_and_say_how_many() {
    let titles: Vec<(String, String)> = (0..300)
        .map(|id| (format!("watch-{id}"), format!("\"{}\"", "&".repeat(200))))
        .collect();
    let mut hits: Vec<HitItem> = Vec::new();
    for (id, (watch, title)) in (0_i64..).zip(&titles) {
        let mut hit = hit(
            id,
            (watch, title, Some(watch)),
            &"a.".repeat(100),
            &"a.".repeat(100),
            &["a"],
        );
        for span in &mut hit.spans {
            span.term = format!("{}{}", span.start, "<".repeat(200));
        }
        hit.entry_id = 1;
        hits.push(hit.clone());
        hit.entry_id = 10 + id;
        hit.hit_id = 10_000 + id;
        hits.push(hit);
    }
    let digest = compose(
        recipient(),
        hits,
        coverage(),
        Kind::Digest(Reason::Scheduled),
    );
    let parts = messages(&digest, HTML_MAX);
    assert!(parts.iter().all(|message| message.html.len() <= HTML_MAX));
    assert!(parts[0].text.contains("260 more topics"));
    assert!(
        parts
            .iter()
            .any(|message| message.html.contains("and 260 more watches"))
    );
}
