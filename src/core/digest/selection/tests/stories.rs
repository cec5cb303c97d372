//! Items folded into stories.

use super::*;

#[test]
fn the_items_of_a_story_are_one_and_the_outlets_are_named_in_the_order_of_their_reports() {
    let feeds = ["a", "b", "c", "a", "d", "e", "f", "g", "h", "i"];
    let keys: Vec<_> = (1..)
        .zip(feeds)
        .map(|(id, feed)| of_story(1, id, feed))
        .collect();
    let strong = PendingHitKey {
        in_lead: true,
        ..keys[2]
    };
    let keys = [&keys[..2], &[strong], &keys[3..], &[key(50, "a")]].concat();
    let choice = choose_knowing(&keys, HashMap::new(), &[(1, 7)]);
    let story = &choice.full[0];
    assert_eq!((story.story, story.lead, story.items), (1, 3, 10));
    assert_eq!(story.also, [1, 2, 5, 6, 7, 8], "one of each outlet");
    assert_eq!((story.more, story.outlets), (2, 7));
    assert_eq!((choice.full[1].story, choice.full[1].lead), (0, 50));
    let totals = &choice.totals;
    assert_eq!((totals.items, totals.stories, totals.hits), (11, 2, 11));
    assert_eq!(totals.topics[0].items, 2, "each story is counted once");
    assert!(choice.headlines.is_empty());
}

#[test]
fn an_original_leads_before_a_copy_and_what_the_reader_reads_before_what_not() {
    let copy = PendingHitKey {
        is_copy: true,
        score: 9,
        ..of_story(1, 1, "a")
    };
    let foreign = PendingHitKey {
        language: Some("eng"),
        score: 8,
        ..of_story(1, 2, "b")
    };
    let plain = PendingHitKey {
        language: Some("EN-GB"),
        ..of_story(1, 3, "c")
    };
    assert_eq!(leads(&choose(&[copy, foreign, plain]).full), [3]);
    assert_eq!(leads(&choose(&[copy, foreign]).full), [2]);
    assert_eq!(leads(&choose(&[copy]).full), [1]);
}

#[test]
fn a_watch_that_wants_each_item_by_itself_has_its_way() {
    let apart = PendingHitKey {
        story: None,
        watch_id: "each",
        ..key(2, "b")
    };
    for keys in [
        [of_story(1, 1, "a"), of_story(1, 2, "b"), apart],
        [apart, of_story(1, 2, "b"), of_story(1, 1, "a")],
    ] {
        let choice = choose(&keys);
        assert_eq!(leads(&choice.full), [2, 1], "two watches before one");
        assert_eq!(choice.totals.stories, 2);
    }
}

#[test]
fn outlets_change_the_order_and_urgency_stands_before_everything() {
    let keys = [
        of_story(1, 1, "a"),
        PendingHitKey {
            in_lead: true,
            ..of_story(2, 2, "a")
        },
        PendingHitKey {
            urgent: true,
            time: Timestamp::from_second(-900_000).unwrap(), // long ago
            ..of_story(3, 3, "a")
        },
    ];
    assert_eq!(leads(&choose(&keys).full), [3, 2, 1]);
    let choice = choose_knowing(&keys, HashMap::new(), &[(1, 5), (2, 1)]);
    assert_eq!(leads(&choice.full), [3, 1, 2]);
    assert_eq!(choice.full[0].why[0], "urgent");
    assert!(
        choice.full[1]
            .why
            .contains(&"5 independent outlets (9.3)".to_owned())
    );
}

#[test]
fn what_was_told_before_is_told_again_only_for_what_is_new_in_it() {
    let told = |victims| {
        let before = ReportedBefore {
            watches: BTreeSet::from(["watch".to_owned()]),
            victims,
            ..ReportedBefore::default()
        };
        HashMap::from([(1, before)])
    };
    let check = |key: PendingHitKey<'_>, victims, developing: bool| {
        let keys = [key, of_story(1, 7, "other")];
        let choice = choose_knowing(&keys, told(victims), &[]);
        let (new, more) = (choice.full, choice.developing);
        let story = if developing { &more } else { &new };
        assert_eq!(new.len() + more.len(), 1, "{key:?}");
        assert!(story[0].told_before, "{key:?}");
        let totals = choice.totals;
        assert_eq!(totals.developing, usize::from(developing), "{key:?}");
        assert_eq!(totals.stories, usize::from(!developing), "{key:?}");
        assert_eq!(totals.again.stories, totals.stories, "{key:?}");
        assert_eq!(totals.again.items, totals.items, "{key:?}");
    };
    let plain = of_story(1, 5, "a");
    check(plain, None, true);
    let watch_id = "a watch that had not matched";
    check(PendingHitKey { watch_id, ..plain }, None, false);
    let corrects = true;
    check(PendingHitKey { corrects, ..plain }, None, false);
    let urgent = true;
    check(PendingHitKey { urgent, ..plain }, None, false);
    let counts = |victims| PendingHitKey {
        victims: Some(victims),
        ..plain
    };
    check(counts(14), Some(10), true);
    check(counts(15), Some(10), false);
    check(counts(9), Some(10), true);
    check(counts(1), None, false);
    check(counts(0), Some(0), true);
}

#[test]
fn ten_thousand_items_of_one_story_are_one_story() {
    let keys: Vec<_> = (0..10_000)
        .map(|id| of_story(1, id, if id % 2 == 0 { "even" } else { "odd" }))
        .collect();
    let choice = choose(&keys);
    assert_eq!(choice.full.len(), 1);
    let story = &choice.full[0];
    assert_eq!((story.items, story.also.len(), story.more), (10_000, 1, 0));
}

#[test]
fn what_a_watch_calls_urgent_is_so_to_who_takes_no_alerts_while_it_is_news() {
    let called = |key| PendingHitKey {
        called_urgent: true,
        ..key
    };
    let keys = [key(9, "a"), called(of_story(1, 1, "a"))];
    let choice = choose(&keys);
    assert_eq!(leads(&choice.full), [1, 9]);
    assert!(choice.full[0].urgent);
    let told = ReportedBefore {
        watches: BTreeSet::from(["watch".to_owned()]),
        ..ReportedBefore::default()
    };
    let choice = choose_knowing(&keys, HashMap::from([(1, told)]), &[]);
    assert_eq!(leads(&choice.full), [9]);
    assert_eq!(leads(&choice.developing), [1]);
}

#[test]
fn an_outlet_joins_a_story_that_was_told_by_words_of_its_own_and_once() {
    let told = ReportedBefore {
        watches: BTreeSet::from(["watch".to_owned()]),
        outlets: BTreeSet::from(["a".to_owned()]),
        victims: None,
    };
    let copy = |entry, feed| PendingHitKey {
        is_copy: true,
        ..of_story(1, entry, feed)
    };
    let check = |keys: &[PendingHitKey<'_>], lead, also: &[i64], joined| {
        let choice = choose_knowing(keys, HashMap::from([(1, told.clone())]), &[]);
        let story = &choice.developing[0];
        assert_eq!(
            (story.lead, story.also.as_slice(), story.joined),
            (lead, also, joined)
        );
    };
    check(&[of_story(1, 5, "a")], 5, &[], 0);
    check(&[copy(5, "b")], 5, &[], 0);
    check(
        &[copy(9, "b"), of_story(1, 5, "c"), of_story(1, 8, "a")],
        5,
        &[],
        1,
    );
    check(
        &[
            of_story(1, 5, "c"),
            of_story(1, 6, "d"),
            of_story(1, 7, "d"),
            copy(8, "e"),
        ],
        7,
        &[5],
        2,
    );
}

#[test]
fn copies_are_named_behind_who_has_words_of_its_own_and_not_counted_with_them() {
    let copy = |entry, feed| PendingHitKey {
        is_copy: true,
        ..of_story(1, entry, feed)
    };
    let keys = [
        copy(1, "a"),
        copy(2, "b"),
        of_story(1, 3, "c"),
        of_story(1, 4, "d"),
    ];
    let story = &choose(&keys).full[0];
    assert_eq!((story.lead, story.also.as_slice()), (4, &[3, 1, 2][..]));
    assert_eq!((story.others, story.joined), (1, 2));
}

#[test]
fn alerts_are_counted_and_listed_by_story_and_no_story_twice() {
    let alerted = |key| PendingHitKey {
        alerted: true,
        ..key
    };
    let thousand = (0..1_000).map(|entry| alerted(of_story(7, entry, "a")));
    let more_of_it = [
        alerted(of_story(1, 2_001, "a")),
        of_story(1, 2_002, "b"),
        alerted(key(2_003, "a")),
    ];
    let keys: Vec<_> = thousand.chain(more_of_it).collect();
    let choice = choose(&keys);
    assert_eq!(choice.alerted, [2_003, 999]);
    assert_eq!((choice.totals.alerted, choice.totals.items), (2, 1));
    assert_eq!(
        leads(&choice.full),
        [2_002],
        "with the story that was alerted"
    );
}

#[test]
fn a_story_stands_under_the_watch_that_matches_best_in_any_of_its_items() {
    let strong = PendingHitKey {
        score: 5,
        is_copy: true,
        watch_id: "life",
        watch_title: "Life",
        topic: "life",
        ..of_story(1, 2, "b")
    };
    let keys = [of_story(1, 1, "a"), strong];
    let choice = choose(&keys);
    let story = &choice.full[0];
    assert_eq!((story.lead, story.under.watch_id.as_str()), (1, "life"));
    assert_eq!(choice.totals.topics[0].name, story.under.topic);
}
