use super::*;

fn source(item: i64, outlet: &'static str) -> ItemSource<'static> {
    ItemSource {
        item,
        outlet,
        agency: None,
        copy_of: None,
        sure: true,
        reported: Timestamp::UNIX_EPOCH,
    }
}

fn copy(item: i64, outlet: &'static str, of: i64) -> ItemSource<'static> {
    ItemSource {
        copy_of: Some(of),
        ..source(item, outlet)
    }
}

fn credited(item: i64, outlet: &'static str, agency: &'static str) -> ItemSource<'static> {
    ItemSource {
        agency: Some(agency),
        ..source(item, outlet)
    }
}

#[track_caller]
fn check(sources: &[ItemSource<'_>], independent: usize, carriers: usize, all: usize) {
    let counted = OutletCounts {
        independent,
        carriers,
        all,
    };
    assert_eq!(count(sources), counted);
    let reversed: Vec<_> = sources.iter().copied().rev().collect();
    assert_eq!(count(&reversed), counted);
}

#[test]
fn outlets_in_their_own_words_count_once_each() {
    check(&[], 0, 0, 0);
    check(&[source(1, "a")], 1, 0, 1);
    check(&[source(1, "a"), source(2, "A "), source(3, "b")], 2, 0, 2);
    let doubtful = ItemSource {
        sure: false,
        ..source(3, "c")
    };
    check(&[source(1, "a"), source(2, "b"), doubtful], 2, 0, 3);
}

#[test]
fn one_text_is_one_source_through_chains_and_agencies() {
    check(
        &[
            source(1, "a"),
            copy(2, "b", 1),
            copy(3, "c", 2),
            source(4, "d"),
        ],
        2,
        3,
        4,
    );
    check(
        &[
            credited(1, "a", "AP"),
            credited(2, "b", "AP"),
            source(3, "c"),
        ],
        2,
        2,
        3,
    );
    // The agency's own site.
    check(
        &[source(1, "reuters.com"), credited(2, "b", "Reuters")],
        1,
        2,
        2,
    );
    // What is copied is no longer there.
    check(&[copy(2, "b", 1), copy(3, "c", 1)], 1, 2, 2);
    let doubtful = ItemSource {
        sure: false,
        ..copy(2, "b", 1)
    };
    check(&[source(1, "a"), doubtful, copy(3, "c", 2)], 1, 3, 3);
}

#[test]
fn who_carries_the_texts_of_others_takes_their_sources_from_nobody() {
    let own = [source(1, "a"), source(2, "b"), source(3, "c")];
    check(&own, 3, 0, 3);
    // An aggregator that has each of their texts, and one that has two and a report of its own.
    let all = own.into_iter();
    let aggregated: Vec<_> = all
        .chain([copy(4, "x", 1), copy(5, "x", 2), copy(6, "x", 3)])
        .collect();
    assert_eq!(count(&aggregated).independent, 3);
    assert_eq!(independent(&aggregated), [0, 1, 2]);
    let with_own: Vec<_> = aggregated.into_iter().chain([source(7, "x")]).collect();
    assert_eq!(count(&with_own).independent, 4);
    // Two that carry an agency's text and report themselves.
    let carried = [
        source(1, "a"),
        source(2, "b"),
        source(3, "c"),
        credited(4, "b", "AP"),
        credited(5, "c", "AP"),
    ];
    assert_eq!(count(&carried).independent, 3, "no more than outlets");
    assert_eq!(independent(&carried), [0, 1, 2]);
}

#[test]
fn copies_by_unknown_outlets_add_no_source() {
    check(
        &[source(1, "a"), copy(2, "", 1), copy(3, "evil.example", 1)],
        1,
        2,
        2,
    );
    check(&[copy(2, "", 1)], 1, 0, 0);
    // Copies that copy each other end.
    check(
        &[copy(1, "a", 2), copy(2, "b", 1), copy(3, "c", 3)],
        2,
        2,
        3,
    );
}

#[test]
fn many_sources_are_counted_and_never_more_than_outlets() {
    let sources: Vec<_> = (0..10_000)
        .map(|item| copy(item, if item % 2 == 0 { "a" } else { "b" }, item / 2))
        .collect();
    check(&sources, 1, 2, 2);
}
