//! Long digests in one mail, and what makes messages belong together.

use std::collections::BTreeSet;

use super::sample::{
    DETENTION, FORCE, KILLINGS, alert, at, coverage, digest, hit, recipient, troubled_coverage,
};
use crate::{
    core::digest::{DetailLevel, Digest, DigestStory, HitItem, Kind, Reason, WORDS_MAX, compose},
    mail::{HTML_MAX, RenderOptions, RenderedMessage, render},
};

pub(super) fn many(count: i64) -> Digest {
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

fn message(digest: &Digest, html_max: usize) -> RenderedMessage {
    let mut options = RenderOptions::new("newsvigil@example.org");
    options.html_max = html_max;
    render(digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap()
}

#[test]
fn each_topic_with_news_has_a_headline_at_least_and_none_takes_all_places() {
    let topics: Vec<String> = (0..12).map(|topic| format!("topic-{topic}")).collect();
    let hits = (0..120).map(|id| {
        let topic = &topics[usize::try_from(id - 108).unwrap_or(0)];
        let watch = (topic.as_str(), "A watch", Some(topic.as_str()));
        let mut hit = hit(
            id,
            watch,
            &format!("A protest, number {id}"),
            &"It was long. ".repeat(30),
            &["protest"],
        );
        (hit.entry_id, hit.score) = (id, if id < 108 { 5 } else { 0 });
        hit
    });
    let digest = compose(
        recipient(),
        hits.collect(),
        coverage(),
        Kind::Digest(Reason::Scheduled),
    );
    let told = message(&digest, HTML_MAX).told;
    let shown: BTreeSet<i64> = told.full.iter().chain(&told.headlines).copied().collect();
    assert!(shown.len() < 120);
    assert!((109..120).all(|id| shown.contains(&id)), "{shown:?}");
    let full: BTreeSet<i64> = told.full.into_iter().collect();
    assert!((109..120).all(|id| full.contains(&id)), "{full:?}");
}

#[test]
fn a_digest_is_one_mail_that_fits_and_tells_everything() {
    for (count, html_max) in [
        (1, HTML_MAX),
        (20, HTML_MAX),
        (300, HTML_MAX),
        (1_500, HTML_MAX),
        (120, 30_000),
        (120, 20_000),
    ] {
        let digest = many(count);
        let message = message(&digest, html_max);
        let size = message.html.len();
        assert!(
            size <= html_max,
            "{size} bytes where {html_max} are allowed"
        );
        let ids = |view: &str, end: char| -> BTreeSet<i64> {
            let found = view.split("/24/").skip(1);
            found
                .filter_map(|rest| rest.split(end).next())
                .map(|id| 100_000 + id.parse::<i64>().unwrap())
                .collect()
        };
        let told = &message.told;
        let shown: BTreeSet<i64> = told.full.iter().chain(&told.headlines).copied().collect();
        assert_eq!(ids(&message.html, '"'), shown, "{count}");
        assert_eq!(
            ids(&message.text, '\n'),
            shown,
            "text and HTML show the same"
        );
        let everything = usize::try_from(count).unwrap();
        assert_eq!(digest.totals.items + digest.totals.alerted, everything);
        if shown.len() == everything {
            let named = message.text.matches("hits --mail").count();
            assert_eq!(named, 1, "in the footer");
        } else {
            // Room is used, and what has none is counted.
            let words = message.text.split_whitespace().count();
            assert!(words * 10 > WORDS_MAX * 8 || html_max < HTML_MAX, "{words}");
            assert!(words <= WORDS_MAX, "{words}");
            for view in [&message.html, &message.text] {
                assert!(view.contains("hits --mail 1"));
                assert!(view.contains("ow complete this is") || view.contains("HOW COMPLETE"));
            }
        }
        assert!(count > 20 || shown.len() == everything);
    }
}

#[test]
fn the_first_lines_say_how_much_there_is_and_how_much_of_it_is_here() {
    let message = message(&many(1_285), HTML_MAX);
    assert!(
        message.subject.starts_with("1,101 new: "),
        "{}",
        message.subject
    );
    let told = &message.told;
    let (full, lines) = (told.full.len(), told.headlines.len());
    let first: Vec<&str> = message.text.lines().take(8).collect();
    let first = first.join("\n");
    assert!(
        first.contains("1,101 new items in 4 topics, 184 alerts sent before"),
        "{first}"
    );
    assert!(
        first.contains(&format!("In full: {full}. As headlines: ")),
        "{first}"
    );
    assert!(
        full >= 4 && lines >= 12,
        "{full} in full, {lines} in a line"
    );
    assert!(message.text.contains("ONLY COUNTED"));
}

#[test]
fn a_loud_outlet_leaves_most_places_to_others_and_no_place_is_left_empty() {
    let mut hits = Vec::new();
    for id in 0..1_000 {
        let mut loud = hit(
            id,
            FORCE,
            &format!("Loud {id}"),
            "They came to a protest.",
            &["protest"],
        );
        loud.entry_id = id;
        loud.score = 9;
        if id >= 900 {
            loud.feed_id = format!("quiet-{}", id % 10);
            loud.feed_title = format!("Quiet {}", id % 10);
            loud.score = 1;
        }
        hits.push(loud);
    }
    let digest = compose(
        recipient(),
        hits,
        coverage(),
        Kind::Digest(Reason::Scheduled),
    );
    let told = message(&digest, HTML_MAX).told.full;
    let loud = told.iter().filter(|entry| **entry < 900).count();
    assert!(
        loud == 2 || loud * 4 <= told.len(),
        "{loud} of {}",
        told.len()
    );
    assert!(told.len() >= 6, "{}", told.len());
}

#[test]
fn alerts_and_digests_are_threads_of_their_own() {
    let header = |message: &RenderedMessage, name: &str| {
        let text = String::from_utf8(message.bytes.clone()).unwrap();
        text.split("\r\n")
            .find_map(|line| line.strip_prefix(name).map(str::to_owned))
            .unwrap()
    };
    let (first, second) = (message(&digest(), HTML_MAX), message(&many(300), HTML_MAX));
    assert_eq!(header(&first, "Message-ID: "), first.message_id);
    assert_eq!(
        header(&first, "References: "),
        header(&second, "References: ")
    );
    assert_ne!(
        header(&message(&alert(), HTML_MAX), "References: "),
        header(&first, "References: ")
    );
}

#[test]
fn a_mail_made_anew_says_less_and_says_so() {
    let poison = |wording: DetailLevel| {
        let mut digest = digest();
        digest.headlines = digest
            .stories
            .drain(..)
            .map(|story| DigestStory::alone(story.lead.worded(wording)))
            .collect();
        digest.alerted = digest
            .alerted
            .drain(..)
            .map(|item| item.worded(wording))
            .collect();
        digest.wording = wording;
        message(&digest, HTML_MAX)
    };
    let plain = poison(DetailLevel::HeadlinesOnly);
    for view in [&plain.html, &plain.text, &plain.subject] {
        for word in [
            "https://",
            "Quispe",
            "Gaceta",
            "civilians died",
            "Courier",
            "503",
            "trade fair",
        ] {
            assert!(!view.contains(word), "{word}: {view}");
        }
    }
    assert!(plain.text.contains("Lawmakers warn"), "{}", plain.text);
    assert!(plain.text.contains("refused this mail"), "{}", plain.text);
    assert!(plain.text.contains("2 feeds are failing"));
    assert_eq!(plain.subject, "6 new");
    let count = poison(DetailLevel::CountOnly);
    assert_eq!(
        count.subject,
        "6 items could not be mailed, 1 alert sent before"
    );
    for word in ["Lawmakers", "Use of force", "Assembly"] {
        assert!(!count.html.contains(word), "{word}: {}", count.text);
    }
    assert!(count.text.contains("hits --mail 1"), "{}", count.text);
    assert_eq!(count.told, crate::mail::ShownEntries::default());
}

#[test]
fn the_same_digest_makes_the_same_bytes_and_another_seed_another_id() {
    let date = at("2026-11-24T12:30:00Z");
    let options = RenderOptions::new("newsvigil@example.org");
    let first = render(&digest(), &options, "a", date).unwrap();
    assert_eq!(first, render(&digest(), &options, "a", date).unwrap());
    assert_ne!(
        first.message_id,
        render(&digest(), &options, "b", date).unwrap().message_id
    );
}

#[test]
fn a_footer_with_a_thousand_failing_feeds_still_fits_and_says_how_many() {
    let mut coverage = coverage();
    coverage.failing = vec![troubled_coverage().failing[0].clone(); 1_000];
    for (number, feed) in coverage.failing.iter_mut().enumerate() {
        feed.reason = format!("error {number}").into();
    }
    let digest = compose(
        recipient(),
        Vec::new(),
        coverage,
        Kind::Digest(Reason::Flood),
    );
    let message = message(&digest, HTML_MAX);
    for view in [&message.html, &message.text] {
        assert!(view.contains("Failing (1,000)") && view.contains("And 996 more: "));
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
    let message = message(&one, HTML_MAX);
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
    let message = message(&digest, HTML_MAX);
    assert!(message.html.len() <= HTML_MAX, "{}", message.html.len());
    assert!(message.text.contains(" more topics"));
    assert!(message.html.contains("and 298 more watches"));
}

#[test]
fn a_footer_of_hostile_reasons_leaves_room_for_what_was_found() {
    let mut coverage = troubled_coverage();
    let mut feed = coverage.failing[0].clone();
    "<\"&'>".repeat(100).clone_into(&mut feed.title);
    feed.reason = "<\"&'>".repeat(100).into();
    coverage.failing = vec![feed; 100];
    coverage.silent = coverage.failing.clone();
    coverage.interrupted = coverage.failing.clone();
    coverage.incomplete = coverage.failing.clone();
    coverage.possibly_missed = coverage.failing.clone();
    let hits = vec![hit(1, FORCE, "A protest", "", &["protest"])];
    let digest = compose(recipient(), hits, coverage, Kind::Digest(Reason::Scheduled));
    let message = message(&digest, HTML_MAX);
    assert!(message.html.len() <= HTML_MAX, "{}", message.html.len());
    assert_eq!(message.told.full, [4701]);
}

#[test]
fn a_long_foot_takes_from_the_stories_and_not_from_the_reader() {
    for failing in [0, 9, 20] {
        let mut digest = many(200);
        let feed = digest.coverage.failing[0].clone();
        digest.coverage.failing = vec![feed; failing];
        for (number, feed) in digest.coverage.failing.iter_mut().enumerate() {
            feed.title = format!("The Example Herald number {number}");
            feed.reason =
                format!("the server said error {number} to each of the last polls").into();
        }
        let message = message(&digest, HTML_MAX);
        let words = message.text.split_whitespace().count();
        assert!(words <= WORDS_MAX, "{words} words with {failing} feeds");
        assert!(!message.told.full.is_empty() && !message.told.headlines.is_empty());
    }
}
