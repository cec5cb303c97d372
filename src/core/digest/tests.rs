//! Which items a digest has, in which order, and when there is one of none.

mod excerpts;
mod items;

use std::collections::BTreeSet;

use jiff::{Timestamp, tz::TimeZone};

use super::{grouped, recipient::GroupBy, *};
use crate::core::article::PageVerdictCounts;
use crate::core::document::Field;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn recipient() -> Recipient {
    Recipient {
        id: "desk".to_owned(),
        address: "desk@example.org".to_owned(),
        name: None,
        time_zone: TimeZone::UTC,
        privacy: Privacy::Open,
        group_by: GroupBy::Topic,
        language: Language::English,
    }
}

fn coverage() -> Coverage {
    Coverage {
        feeds_polled: 3,
        failing: Vec::new(),
        silent: Vec::new(),
        interrupted: Vec::new(),
        incomplete: Vec::new(),
        possibly_missed: Vec::new(),
        handled_with_care: Vec::new(),
        reading: PageVerdictCounts::default(),
        unreadable: Vec::new(),
        muted: Vec::new(),
        undeliverable: Vec::new(),
        version: "1".to_owned(),
        window_start: None,
        window_end: at(0),
    }
}

/// Hit `id` of entry `entry` by `watch` under `topic`, published at second `entry`.
fn hit(id: i64, entry: i64, watch: &str, topic: Option<&str>) -> HitItem {
    HitItem {
        hit_id: id,
        entry_id: entry,
        watch_id: watch.to_owned(),
        watch_title: watch.to_uppercase(),
        topic: topic.map(str::to_owned),
        score: 0,
        spans: Vec::new(),
        feed_id: "wire".to_owned(),
        feed_title: "Example Wire".to_owned(),
        title: format!("Item {entry}").into(),
        summary: "".into(),
        text: "".into(),
        author: String::new(),
        link: None,
        language: None,
        published: Some(at(entry)),
        first_seen: at(0),
        updated: false,
        urgent: false,
        alerted: false,
        origin: HitOrigin::New,
        in_article: false,
    }
}

fn digest(hits: Vec<HitItem>) -> Digest {
    compose(
        recipient(),
        hits,
        coverage(),
        Kind::Digest(Reason::Scheduled),
    )
}

/// The layout as text: `topic[watch: entry(watches) …]`.
fn outline(digest: &Digest) -> String {
    let item = |item: &DigestItem| {
        let watches: Vec<&str> = item
            .mentions
            .iter()
            .map(|mention| mention.watch_id.as_str())
            .collect();
        format!("{}({})", item.entry_id, watches.join("+"))
    };
    let mut out = Vec::new();
    let stories: Vec<&DigestStory> = digest.stories.iter().collect();
    for topic in grouped(&stories, GroupBy::Topic) {
        let watches: Vec<String> = topic
            .watches
            .iter()
            .map(|watch| {
                format!(
                    "{}: {}",
                    watch.watch_id,
                    watch
                        .stories
                        .iter()
                        .map(|shown| item(&shown.lead))
                        .collect::<Vec<_>>()
                        .join(" ")
                )
            })
            .collect();
        out.push(format!(
            "{}[{}]",
            topic.topic.unwrap_or("-"),
            watches.join(", ")
        ));
    }
    if !digest.alerted.is_empty() {
        out.push(format!(
            "alerted[{}]",
            digest
                .alerted
                .iter()
                .map(item)
                .collect::<Vec<_>>()
                .join(" ")
        ));
    }
    out.join(" ")
}

#[track_caller]
fn check(hits: Vec<HitItem>, expected: &str) {
    let mut backwards = hits.clone();
    backwards.reverse();
    assert_eq!(outline(&digest(hits)), expected);
    assert_eq!(
        outline(&digest(backwards)),
        expected,
        "the order of the hits does not matter"
    );
}

#[test]
fn items_stand_under_topic_and_watch_and_the_best_group_first() {
    check(
        vec![
            hit(1, 10, "b", Some("press")),
            hit(2, 20, "b", Some("press")),
            hit(3, 30, "a", Some("press")),
            hit(4, 40, "c", None),
            hit(5, 50, "d", Some("life")),
        ],
        "life[d: 50(d)] -[c: 40(c)] press[a: 30(a), b: 20(b) 10(b)]",
    );
}

#[test]
fn an_item_of_several_watches_is_one_item_under_the_strongest() {
    let mut strong = hit(2, 10, "b", Some("life"));
    strong.score = 5;
    check(
        vec![
            hit(1, 10, "a", Some("press")),
            strong,
            hit(3, 10, "c", None),
        ],
        "life[b: 10(b+a+c)]",
    );
}

#[test]
fn a_revision_is_folded_into_its_entry_and_shown_in_its_latest_words() {
    let old = hit(1, 10, "a", None);
    let mut new = hit(2, 10, "a", None);
    new.title = "Item 10, corrected".into();
    new.updated = true;
    let digest = digest(vec![old, new]);
    let item = &digest.stories.first().unwrap().lead;
    assert_eq!(
        (
            digest.totals.items,
            item.title[0].text.as_str(),
            item.updated
        ),
        (1, "Item 10, corrected", true)
    );
    assert_eq!(digest.totals.hits, 2);
}

#[test]
fn alerted_items_are_listed_apart_unless_another_watch_has_news_of_them() {
    let alerted = |id, entry, watch| HitItem {
        alerted: true,
        ..hit(id, entry, watch, None)
    };
    check(
        vec![
            alerted(1, 10, "a"),
            alerted(2, 20, "a"),
            hit(3, 20, "b", None),
            hit(4, 30, "b", None),
        ],
        "-[a: 20(a+b), b: 30(b)] alerted[10(a)]",
    );
    let kind = Kind::Alert {
        watch_id: "a".to_owned(),
        watch_title: "A".to_owned(),
    };
    let alert = compose(recipient(), vec![alerted(1, 10, "a")], coverage(), kind);
    assert_eq!(outline(&alert), "-[a: 10(a)]");
}

#[test]
fn no_hit_is_lost_between_many_watches_entries_and_alerts() {
    let watches = ["a", "b", "c", "d"];
    let hits: Vec<HitItem> = (0..600)
        .map(|id: i64| {
            let watch = watches[usize::try_from(id * 7 % 4).unwrap()];
            let mut hit = hit(id, id * 13 % 101, watch, (id % 3 == 0).then_some("topic"));
            hit.alerted = id % 5 == 0;
            hit.score = id % 4;
            hit
        })
        .collect();
    let digest = digest(hits);
    let totals = &digest.totals;
    assert_eq!(totals.hits, 600);
    assert_eq!(totals.items + totals.alerted, 101);
    let shown = digest.stories.iter().chain(&digest.headlines);
    let shown = shown.map(|story| &story.lead);
    let entries: BTreeSet<i64> = shown
        .chain(&digest.alerted)
        .map(|item| item.entry_id)
        .collect();
    assert_eq!(entries, (0..101).collect(), "each in one place");
    for counts in [&totals.topics, &totals.feeds] {
        let sum: usize = counts.iter().map(|count| count.items).sum();
        assert_eq!(sum, totals.items);
    }
}

#[test]
fn what_the_counts_call_a_topic_is_what_its_items_call_it() {
    let mut strong = hit(2, 10, "b", Some(" Life\u{202E} "));
    strong.score = 5;
    let digest = digest(vec![hit(1, 10, "a", Some("press")), strong]);
    let counted: Vec<_> = digest
        .totals
        .topics
        .iter()
        .map(|count| count.name.as_deref())
        .collect();
    assert_eq!(counted, [digest.stories[0].lead.topic.as_deref()]);
    assert_eq!(counted, [Some("Life")]);
}

#[test]
fn the_subject_takes_the_strongest_item() {
    let mut strong = hit(2, 10, "a", None);
    strong.score = 3;
    let found = digest(vec![hit(1, 99, "a", None), strong, hit(3, 50, "b", None)]);
    assert_eq!(found.strongest().unwrap().lead.entry_id, 10);
    assert_eq!(
        digest(vec![hit(1, 9, "a", None), hit(2, 8, "a", None)])
            .strongest()
            .unwrap()
            .lead
            .entry_id,
        9
    );
    assert!(digest(Vec::new()).strongest().is_none());
}

#[test]
fn news_of_nothing_keeps_its_distance_in_days() {
    let tz = TimeZone::get("America/Lima").unwrap();
    let day = |text: &str| text.parse::<Timestamp>().unwrap();
    let (monday, tuesday) = (day("2026-11-23T12:30:07Z"), day("2026-11-24T12:30:00Z"));
    let check =
        |policy, last, now, expected| assert_eq!(empty_due(policy, last, now, &tz), expected);
    check(SendEmpty::Never, None, monday, false);
    check(SendEmpty::Daily, None, monday, true);
    check(SendEmpty::Daily, Some(monday), tuesday, true);
    check(
        SendEmpty::Daily,
        Some(tuesday),
        day("2026-11-25T04:59:00Z"),
        false,
    );
    check(SendEmpty::Weekly, Some(monday), tuesday, false);
    check(
        SendEmpty::Weekly,
        Some(monday),
        day("2026-11-30T12:30:00Z"),
        true,
    );
    check(
        SendEmpty::Weekly,
        Some(day("2027-11-23T00:00:00Z")),
        monday,
        true,
    );
}

#[test]
fn what_is_urgent_stands_together_and_what_has_no_place_comes_last() {
    let story = |entry, topic, place: Option<&str>, urgent| {
        let lead = item(vec![hit(entry, entry, "w", Some(topic))]).unwrap();
        let places = place.map(str::to_owned).into_iter().collect();
        DigestStory {
            urgent,
            ..DigestStory::alone(DigestItem { places, ..lead })
        }
    };
    let stories = [
        story(1, "life", None, true),
        story(2, "press", Some("Peru"), true),
        story(3, "life", None, false),
        story(4, "press", Some("Peru"), false),
    ];
    let stories: Vec<&DigestStory> = stories.iter().collect();
    let groups = |by| -> Vec<_> {
        let groups = grouped(&stories, by).into_iter();
        groups
            .map(|group| (group.urgent, group.topic, group.story_count()))
            .collect()
    };
    assert_eq!(
        groups(GroupBy::Topic),
        [
            (true, None, 2),
            (false, Some("life"), 1),
            (false, Some("press"), 1)
        ]
    );
    assert_eq!(
        groups(GroupBy::Place),
        [(true, None, 2), (false, Some("Peru"), 1), (false, None, 1)]
    );
}

#[test]
fn a_live_page_leads_no_mail_in_which_there_is_anything_as_urgent() {
    let mut live = hit(1, 10, "w", Some("life"));
    live.title = "Live updates: protests in the capital".into();
    (live.score, live.urgent) = (9, true);
    let alone = digest(vec![live.clone()]);
    assert_eq!(alone.strongest().unwrap().lead.entry_id, 10);
    let other = hit(2, 20, "w", Some("life"));
    let urgent = digest(vec![live.clone(), other.clone()]);
    assert_eq!(urgent.strongest().unwrap().lead.entry_id, 10);
    live.urgent = false;
    let both = digest(vec![live, other]);
    assert_eq!(both.strongest().unwrap().lead.entry_id, 20);
}
