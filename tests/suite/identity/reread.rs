//! Items that a newer version reads otherwise, or that are given an identifier or address later.

use super::*;

#[test]
fn an_item_whose_text_is_read_otherwise_by_a_newer_version_is_not_told_again() {
    let outlet = Outlet::new();
    let items = [
        item("1", PAGE, NORTH.0, NORTH.1),
        item("2", "", PRISON.0, PRISON.1),
    ];
    assert_eq!(outlet.counts(&items), (2, 0, 2));
    let told = outlet.world.mailbox().len();
    let database =
        rusqlite::Connection::open(outlet.world.state().join("newsvigil.db")).expect("a database");
    database
        .execute(
            "UPDATE entry SET content_hash = 'another', summary = summary || ' 1'",
            [],
        )
        .expect("set");
    database
        .execute(
            "UPDATE feed SET state = json_remove(state, '$.body_digest', '$.validators')",
            [],
        )
        .expect("set");
    drop(database);
    assert_eq!(outlet.counts(&items), (0, 2, 0));
    assert_eq!(outlet.world.mailbox().len(), told);
}

#[test]
fn items_that_only_their_words_name_are_known_when_a_newer_version_reads_them_otherwise() {
    let outlet = Outlet::new();
    let items: Vec<String> = [NORTH, PRISON, COURT]
        .iter()
        .map(|(title, text)| dated("", "", title, text, &days_ago(3)))
        .collect();
    assert_eq!(outlet.counts(&items), (3, 0, 3));
    let told = outlet.world.mailbox().len();
    let database =
        rusqlite::Connection::open(outlet.world.state().join("newsvigil.db")).expect("a database");
    // As an earlier version had them: of one the text is another, of one the title, of one the date.
    for change in [
        "UPDATE entry SET key = 'hash:' || id, place = NULL, content_hash = replace(content_hash, '+', '')",
        "UPDATE entry SET content_hash = 'one', summary = summary || '1' WHERE id = 1",
        "UPDATE entry SET content_hash = 'two', title = title || '.' WHERE id = 2",
        "UPDATE entry SET published_at = published_at + 7200 WHERE id = 3",
        "UPDATE feed SET state = json_remove(state, '$.body_digest', '$.validators')",
    ] {
        database.execute(change, []).expect("set");
    }
    drop(database);
    assert_eq!(outlet.counts(&items), (0, 2, 0));
    assert_eq!(outlet.world.mailbox().len(), told);
    // From now on they are known as ever.
    let court = item("", "", "A court sits", "");
    let more = [&[court][..], &items].concat();
    assert_eq!(outlet.counts(&more), (1, 0, 0));
    let again = dated("", "", NORTH.0, NORTH.1, &days_ago(2));
    assert_eq!(
        outlet.counts(&[again]),
        (1, 0, 1),
        "a notice of another day"
    );
}

#[test]
fn an_item_that_is_given_an_identifier_or_address_later_is_not_told_again() {
    let yesterday = days_ago(1);
    for (title, text) in [NORTH, ("", "Lethal force in the north"), (NORTH.0, "")] {
        for (guid, link) in [
            ("", PAGE),
            ("", FRONT),
            ("7", ""),
            ("7", PAGE),
            (PAGE, PAGE),
        ] {
            for date in ["", &yesterday] {
                let case = format!("{title} {text} {guid} {link} {date}");
                let outlet = Outlet::new();
                let bare = dated("", "", title, text, date);
                let given = dated(guid, link, title, text, date);
                assert_eq!(outlet.counts(&[bare]), (1, 0, 1), "{case}");
                assert_eq!(
                    outlet.counts(std::slice::from_ref(&given)),
                    (0, 0, 0),
                    "{case}"
                );
                if !link.is_empty() {
                    assert_eq!(outlet.hits()[0]["link"], link, "{case}");
                }
                // By its new name it is known from then on, whatever is corrected.
                let revised = dated(guid, link, title, &format!("{text} It was."), date);
                assert_eq!(outlet.counts(&[revised]), (0, 1, 0), "{case}");
            }
        }
    }
}

#[test]
fn an_item_that_is_given_an_address_is_no_other_that_has_its_words() {
    let bare = |days| dated("", "", NORTH.0, NORTH.1, &days_ago(days));
    let given = |page: &str, days| dated("", page, NORTH.0, NORTH.1, &days_ago(days));
    let other_page = "https://s.example/tomorrow";
    let outlet = Outlet::new();
    assert_eq!(outlet.counts(&[bare(1)]), (1, 0, 1));
    assert_eq!(outlet.counts(&[bare(1), given(PAGE, 0)]), (1, 0, 1));
    assert_eq!(outlet.counts(&[given(other_page, 1)]), (0, 0, 0));
    assert_eq!(outlet.counts(&[given(other_page, 1), bare(3)]), (1, 0, 1));
    let prison = item("", "", NORTH.0, PRISON.1);
    assert_eq!(outlet.counts(&[prison]), (1, 0, 1));
    assert_eq!(
        outlet.counts(&[dated("", "https://s.example/p", NORTH.0, COURT.1, "")]),
        (1, 0, 1)
    );
}

#[test]
fn one_story_without_an_address_under_new_identifiers_is_told_once() {
    let date = days_ago(1);
    for (one, other) in [
        ("a7f3", "09bd"),
        (
            "https://s.example/a",
            "http://www.s.example/a/?utm_source=1",
        ),
    ] {
        let outlet = Outlet::new();
        let story = |id: &str| dated(id, "", NORTH.0, NORTH.1, &date);
        assert_eq!(outlet.counts(&[story(one)]), (1, 0, 1));
        assert_eq!(outlet.counts(&[story(other)]), (0, 0, 0), "{other}");
        assert_eq!(outlet.counts(&[story(one), story(other)]), (0, 0, 0));
        let next = dated(other, "", NORTH.0, NORTH.1, &days_ago(0));
        let expected = if other == "09bd" {
            (1, 0, 1)
        } else {
            (0, 0, 0)
        };
        assert_eq!(outlet.counts(&[next]), expected, "{other} at another date");
    }
}
