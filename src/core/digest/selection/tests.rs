mod random;
mod stories;

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::*;
use crate::core::digest::limits::LATER_MAX;
use crate::core::digest::recipient::Language;
use crate::core::digest::{HeadlineKind, HitOrigin, PendingHitKey, PendingItems, ReportedBefore};

fn key(entry_id: i64, feed_id: &str) -> PendingHitKey<'_> {
    PendingHitKey {
        entry_id,
        story: None,
        feed_id,
        outlet: feed_id,
        watch_id: "watch",
        watch_title: "Watch",
        topic: "topic",
        score: 0,
        in_lead: false,
        terms: 1,
        time: Timestamp::from_second(entry_id).unwrap(),
        is_copy: false,
        language: None,
        corrects: false,
        victims: None,
        unusual: false,
        urgent: false,
        called_urgent: false,
        alerted: false,
        origin: HitOrigin::New,
    }
}

fn choose(keys: &[PendingHitKey<'_>]) -> DigestSelection {
    choose_knowing(keys, HashMap::new(), &[])
}

/// What is chosen of these by who was told of those stories, of which so many outlets are known.
fn choose_knowing(
    keys: &[PendingHitKey<'_>],
    told: HashMap<i64, ReportedBefore>,
    outlets: &[(i64, usize)],
) -> DigestSelection {
    let mut owed = PendingItems::new(0, Language::English, told);
    for key in keys {
        owed.add(key);
    }
    let folded = owed.fold(Timestamp::from_second(10_000).unwrap());
    let known: HashMap<i64, usize> = outlets.iter().copied().collect();
    assert!(
        known
            .keys()
            .all(|story| folded.candidates().any(|candidate| candidate == *story))
    );
    folded.choose(|story| known.get(&story).copied(), |_| HeadlineKind::Plain)
}

fn leads(stories: &[SelectedStory]) -> Vec<i64> {
    stories.iter().map(|story| story.lead).collect()
}

fn of_story(story: i64, entry_id: i64, feed_id: &str) -> PendingHitKey<'_> {
    PendingHitKey {
        story: Some(story),
        ..key(entry_id, feed_id)
    }
}

#[test]
fn the_best_are_the_urgent_the_high_scores_the_many_watches_and_the_newest() {
    let strong = PendingHitKey {
        score: 3,
        ..key(1, "a")
    };
    let urgent = PendingHitKey {
        urgent: true,
        ..key(2, "a")
    };
    let keys = [
        key(9, "a"),
        key(3, "a"),
        strong,
        key(8, "a"),
        urgent,
        PendingHitKey {
            watch_id: "other",
            ..key(3, "a")
        },
    ];
    assert_eq!(leads(&choose(&keys).full), [2, 1, 3, 9, 8]);
}

#[test]
fn the_watch_with_the_highest_score_gives_the_topic_wherever_its_hit_stands() {
    let strong = PendingHitKey {
        score: 5,
        topic: "life",
        watch_title: "Z",
        ..key(1, "a")
    };
    let second = PendingHitKey {
        topic: "press",
        watch_title: "A",
        ..key(1, "a")
    };
    for keys in [[second, strong, key(2, "a")], [strong, key(2, "a"), second]] {
        let totals = choose(&keys).totals;
        let topics: Vec<_> = totals
            .topics
            .iter()
            .map(|count| (count.name.as_deref().unwrap(), count.items))
            .collect();
        assert_eq!(topics, [("life", 1), ("topic", 1)]);
        assert_eq!((totals.items, totals.hits), (2, 3));
    }
}

#[test]
fn of_watches_without_scores_the_one_of_which_most_matched_gives_the_topic() {
    let more = PendingHitKey {
        terms: 3,
        topic: "life",
        watch_id: "z",
        watch_title: "Z",
        ..key(1, "a")
    };
    let less = PendingHitKey {
        topic: "press",
        watch_title: "A",
        ..key(1, "a")
    };
    for keys in [[more, less], [less, more]] {
        let topics = choose(&keys).totals.topics;
        assert_eq!(topics[0].name.as_deref(), Some("life"));
    }
}

#[test]
fn what_went_out_before_is_apart() {
    let before = PendingHitKey {
        alerted: true,
        ..key(7, "a")
    };
    let partly = PendingHitKey {
        alerted: true,
        ..key(8, "a")
    };
    let choice = choose(&[before, partly, key(8, "a")]);
    assert_eq!((leads(&choice.full), choice.alerted), (vec![8], vec![7]));
    assert_eq!(choice.totals.alerted, 1);
}

#[test]
fn what_was_found_later_is_apart_unless_it_is_new_as_well() {
    let later = |entry_id| PendingHitKey {
        origin: HitOrigin::Later,
        ..key(entry_id, "a")
    };
    let alerted = PendingHitKey {
        alerted: true,
        ..key(3, "a")
    };
    let old = PendingHitKey {
        origin: HitOrigin::Archive,
        ..key(4, "a")
    };
    let strong = PendingHitKey {
        score: 2,
        ..later(1)
    };
    let keys = [
        strong,
        later(2),
        key(2, "a"),
        later(3),
        alerted,
        old,
        later(4),
    ];
    let choice = choose(&keys);
    assert_eq!(
        leads(&choice.full),
        [2],
        "another watch found it when it came"
    );
    assert_eq!(choice.later, [1, 4, 3], "the best first");
    assert!(choice.alerted.is_empty());
    let totals = choice.totals;
    assert_eq!((totals.items, totals.later, totals.archived()), (1, 3, 0));
    assert_eq!(
        totals.feeds[0].items, 1,
        "new items alone are counted by feed"
    );
    let many: Vec<_> = (0..100).map(later).collect();
    let choice = choose(&many);
    assert_eq!((choice.later.len(), choice.totals.later), (LATER_MAX, 100));
    assert!(choice.full.is_empty() && choice.headlines.is_empty());
}

#[test]
fn a_loud_outlet_takes_its_part_of_the_places_and_the_others_the_rest() {
    let loud = (1_000..3_000).map(|id| key(id, "loud"));
    let keys: Vec<_> = loud.chain((0..40).map(|id| key(id, "quiet"))).collect();
    let choice = choose(&keys);
    let of_the_quiet =
        |stories: &[SelectedStory]| stories.iter().filter(|story| story.lead < 40).count();
    assert_eq!(choice.full.len(), FULL_MAX);
    assert_eq!(
        of_the_quiet(&choice.full),
        FULL_MAX / 4,
        "by rank it has none"
    );
    assert_eq!(choice.headlines.len(), HEADLINES_MAX);
    assert_eq!(of_the_quiet(&choice.headlines), FULL_MAX / 4);
    assert_eq!(choice.totals.feeds[0].items, 2_000);
    let places: BTreeSet<usize> = (choice.full.iter().chain(&choice.headlines))
        .map(|story| story.place)
        .collect();
    assert_eq!(places.len(), FULL_MAX + HEADLINES_MAX);
    for few in [&keys[..2_000], &keys[1_970..2_002], &keys[1_999..2_001]] {
        let choice = choose(few);
        assert_eq!(
            choice.full.len(),
            FULL_MAX.min(few.len()),
            "no place is left empty"
        );
    }
}

#[test]
fn of_what_is_to_be_told_at_once_none_is_put_off_whatever_its_outlet() {
    let urgent = (100..120).map(|id| PendingHitKey {
        urgent: true,
        ..key(id, "loud")
    });
    let keys: Vec<_> = urgent
        .chain((200..300).map(|id| key(id, "quiet")))
        .collect();
    let full = choose(&keys).full;
    let urgent: Vec<i64> = (100..120).rev().collect();
    assert_eq!(leads(&full[..20]), urgent);
    assert!(full[20..].iter().all(|story| !story.urgent));
}

#[test]
fn between_watches_alike_in_all_but_their_ids_the_order_of_the_hits_decides_nothing() {
    let of = |watch_id, topic| PendingHitKey {
        watch_id,
        topic,
        ..key(1, "a")
    };
    let (first, second) = (of("a", "press"), of("b", "life"));
    for keys in [[first, second], [second, first]] {
        let choice = choose(&keys);
        assert_eq!(choice.full[0].under.watch_id, "a");
        assert_eq!(choice.totals.topics[0].name.as_deref(), Some("press"));
    }
}
