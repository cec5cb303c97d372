use super::*;
use crate::core::story::independent_sources::count;

fn source(item: i64, outlet: &str) -> ItemSource<'_> {
    ItemSource {
        item,
        outlet,
        agency: None,
        copy_of: None,
        sure: true,
        reported: Timestamp::from_second(item).unwrap(),
    }
}

/// Who is named, having made sure that they are as many as are counted.
fn named(sources: &[ItemSource<'_>]) -> Vec<String> {
    let found = Corroboration::of(sources).unwrap();
    assert_eq!(found.count, count(sources).independent);
    found.outlets
}

#[test]
fn each_independent_outlet_is_named_once_by_who_was_first() {
    let (a, b, c) = (
        source(3, "a.example"),
        source(1, "b.example"),
        source(2, "c.example"),
    );
    assert_eq!(named(&[a, b, c]), ["b.example", "c.example", "a.example"]);
    let found = Corroboration::of(&[a, b, c]).unwrap();
    assert_eq!(found.first, b.reported);
    assert_eq!(
        named(&[a, b, source(4, "B.example")]),
        ["b.example", "a.example"]
    );
    assert_eq!(Corroboration::of(&[]), None);
}

#[test]
fn a_copy_and_an_agencys_text_are_not_named() {
    let copy = ItemSource {
        copy_of: Some(1),
        ..source(2, "copies.example")
    };
    assert_eq!(
        named(&[source(1, "a.example"), copy, source(3, "b.example")]),
        ["a.example", "b.example"]
    );
    // Whatever date it bears.
    let early = ItemSource {
        copy_of: Some(2),
        ..source(1, "copies.example")
    };
    let found = Corroboration::of(&[early, source(2, "a.example")]).unwrap();
    assert_eq!(found.outlets, ["a.example"]);
    assert_eq!(found.first.as_second(), 2);
    let by_agency = |item, outlet| ItemSource {
        agency: Some("reuters"),
        ..source(item, outlet)
    };
    assert_eq!(
        named(&[
            by_agency(1, "a.example"),
            by_agency(2, "b.example"),
            source(3, "c.example")
        ]),
        ["a.example", "c.example"]
    );
    // Who carries another's text beside his own report is a source all the same, and so is the other.
    let carries = ItemSource {
        copy_of: Some(2),
        ..source(3, "a.example")
    };
    assert_eq!(
        named(&[
            source(1, "a.example"),
            source(2, "b.example"),
            carries,
            source(4, "c.example")
        ]),
        ["a.example", "b.example", "c.example"]
    );
}

#[test]
fn who_may_mean_another_event_is_not_named() {
    let doubtful = ItemSource {
        sure: false,
        ..source(1, "doubtful.example")
    };
    assert_eq!(named(&[doubtful, source(2, "a.example")]), ["a.example"]);
    assert_eq!(named(&[doubtful]), ["doubtful.example"]);
}

#[test]
fn of_very_many_the_first_are_named() {
    let names: Vec<String> = (0..40).map(|number| format!("{number}.example")).collect();
    let sources: Vec<ItemSource<'_>> = names
        .iter()
        .zip(0..)
        .map(|(name, at)| source(at, name))
        .collect();
    let found = Corroboration::of(&sources).unwrap();
    assert_eq!((found.count, found.outlets.len()), (40, OUTLETS_NAMED));
}
