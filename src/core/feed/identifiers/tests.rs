use super::*;

fn names(key: &str, link: &str) -> IdentityParts {
    let document = Document {
        title: "Five held".to_owned(),
        url: Some(link.to_owned()),
        ..Document::default()
    };
    let published = Some(Timestamp::from_second(86_400).unwrap());
    IdentityParts::of(key, &document, published, "00")
}

#[test]
fn an_identity_grows_and_is_known_at_each_length() {
    let names = names("id:0", "https://example.org/a");
    let keys: Vec<String> = (0..IdentityParts::LEVELS)
        .map(|level| names.key(level))
        .collect();
    assert_eq!(keys[0], "id:0");
    assert_eq!(keys[1], "id:0 link:https://example.org/a");
    for (level, key) in keys.iter().enumerate() {
        assert_eq!(base_of(key), "id:0");
        assert_eq!(names.level_of(key), level);
    }
    assert!(keys[4].ends_with(" date:86400 words:00"), "{}", keys[4]);
}

#[test]
fn an_address_is_not_added_to_itself() {
    let names = names("link:https://example.org/a", "https://example.org/a");
    assert_eq!(names.key(1), names.key(0));
}

#[test]
fn a_place_is_an_address_or_else_a_date() {
    let place = |key: &str, link: &str, date| place_of(key, Some(link), date);
    let page = place("id:0", "https://example.org/a", Some(1)).unwrap();
    assert!(is_address(&page));
    assert_eq!(
        place("id:1", "http://www.example.org/a/", Some(2)),
        Some(page)
    );
    for identifier in [
        "id:https://example.org/a#1",
        "id:http://example.org/a title:00",
    ] {
        assert_eq!(place_of(identifier, None, None), Some(page));
    }
    let front = place("id:0", "https://example.org/", Some(1)).unwrap();
    assert!(!is_address(&front));
    assert_ne!(place("id:0", "https://example.org/", Some(2)), Some(front));
    assert_eq!(place_of("id:0", None, Some(1)), Some(front));
    assert_eq!(place_of("id:0", None, None), None);
}

#[test]
fn identifiers_that_are_addresses_are_alike_in_many_spellings() {
    let check = |one: &str, other: &str, expected| {
        assert_eq!(likeness(one, other), expected, "{one} {other}");
    };
    let page = "id:https://example.org/a";
    check("id:1", "id:1", IdentityMatch::Same);
    check("id:1", "id:2", IdentityMatch::Other);
    check("id:http://www.example.org/a/", page, IdentityMatch::Same);
    check(
        "id:https://example.org/a?utm_source=x",
        page,
        IdentityMatch::Same,
    );
    check(
        "id:https://example.org/a#0",
        "id:https://example.org/a#1",
        IdentityMatch::SamePage,
    );
    check(
        "id:https://example.org/#0",
        "id:https://example.org/#1",
        IdentityMatch::Other,
    );
    check(
        "id:https://example.org/?p=1",
        "id:https://example.org/?p=2",
        IdentityMatch::Other,
    );
}
