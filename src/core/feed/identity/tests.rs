use std::collections::HashSet;

use super::*;
use crate::core::feed::deduplicate;

fn entry(id: Option<&str>, link: Option<&str>, title: &str) -> Entry {
    Entry {
        id: id.map(str::to_owned),
        link: link.map(str::to_owned),
        title: Some(title.to_owned()),
        ..Entry::default()
    }
}

#[test]
fn an_identifier_comes_first_and_survives_a_new_address() {
    let before = entry(Some(" 17 "), Some("https://example.org/a"), "a");
    let after = entry(Some("17"), Some("https://example.org/b"), "b");
    assert_eq!(entry_key(&before), "id:17");
    assert_eq!(entry_key(&before), entry_key(&after));
}

#[test]
fn an_address_counts_without_its_trackers() {
    let one = entry(None, Some("https://example.org/a?id=1&utm_source=rss"), "a");
    let other = entry(None, Some("https://example.org/a?id=2"), "a");
    assert_eq!(entry_key(&one), "link:https://example.org/a?id=1");
    assert_ne!(entry_key(&one), entry_key(&other));
}

#[test]
fn a_redirect_counts_as_the_article_behind_it() {
    let redirect = |id: u8| {
        format!(
            "http://www.bing.com/news/apiclick.aspx?tid={id}&url=https%3a%2f%2foutlet.example%2fa"
        )
    };
    let one = entry(None, Some(&redirect(1)), "a");
    let other = entry(None, Some(&redirect(2)), "a");
    assert_eq!(entry_key(&one), "link:https://outlet.example/a");
    assert_eq!(entry_key(&one), entry_key(&other));
}

#[test]
fn a_key_of_before_becomes_the_one_of_now() {
    let long = "x".repeat(600);
    for redirect in [
        "https://www.google.com/url?url=https://outlet.example/a&utm_source=x",
        &format!("https://www.google.com/url?url=https://outlet.example/{long}"),
    ] {
        let before = bounded(&links::canonical_as_given(redirect)).into_owned();
        let now = entry_key(&entry(None, Some(redirect), "a"));
        for front in ["", "id:0 "] {
            assert_eq!(
                key_behind_redirects(&format!("{front}link:{before}"), redirect),
                format!("{front}{now}")
            );
        }
    }
    for key in ["id:7", "link:https://outlet.example/a", "hash:00"] {
        let link = "https://outlet.example/a?utm_source=x";
        assert_eq!(key_behind_redirects(key, link), key);
    }
}

#[test]
fn kinds_never_collide() {
    let by_id = entry(Some("https://example.org/a"), None, "a");
    let by_link = entry(None, Some("https://example.org/a"), "a");
    assert_ne!(entry_key(&by_id), entry_key(&by_link));
}

#[test]
fn without_both_the_words_and_the_day_count() {
    let mut one = entry(None, None, "Court sits today");
    assert!(entry_key(&one).starts_with("hash:"));
    let mut other = one.clone();
    assert_eq!(entry_key(&one), entry_key(&other));
    one.published = Some("2026-03-24T00:00:00Z".parse().unwrap());
    other.published = Some("2026-03-25T00:00:00Z".parse().unwrap());
    assert_ne!(entry_key(&one), entry_key(&other));
}

/// The identities of the items that these entries are.
fn keys(entries: &[Entry]) -> Vec<String> {
    let hashes: Vec<String> = entries.iter().map(content_hash).collect();
    let items = deduplicate(entries, &hashes);
    items.into_iter().map(|(_, key)| key).collect()
}

#[test]
fn one_identifier_for_many_items_hides_none() {
    let same = entry(Some("0"), Some("https://example.org/a"), "a");
    let moved = entry(Some("0"), Some("https://example.org/b"), "b");
    let other = entry(Some("1"), Some("https://example.org/c"), "c");
    assert_eq!(
        keys(&[same.clone(), moved, other]),
        [
            "id:0 link:https://example.org/a",
            "id:0 link:https://example.org/b",
            "id:1"
        ]
    );
    let again = entry(Some("0"), Some("https://example.org/a?utm_source=rss"), "a");
    assert_eq!(keys(&[same, again]), ["id:0"]);
}

#[track_caller]
fn check_number(entries: &[Entry], items: usize) {
    let keys = keys(entries);
    let different: HashSet<&String> = keys.iter().collect();
    assert_eq!((keys.len(), different.len()), (items, items), "{keys:?}");
}

#[test]
fn what_says_something_else_is_another_item() {
    let front = Some("https://example.org/");
    let page = Some("https://example.org/a");
    for (id, link, other_link) in [
        (None, front, front),
        (None, page, page),
        (Some("N/A"), page, page),
        (Some("N/A"), None, None),
        (Some("N/A"), page, None),
        (Some("N/A"), None, page),
        (Some("1"), front, front),
        (None, None, None),
    ] {
        let one = entry(id, link, "Five held");
        check_number(&[one, entry(id, other_link, "Court sits")], 2);
    }
    let mut untitled = entry(Some("0"), page, "");
    untitled.summary = Some("Five held".to_owned());
    let mut other = untitled.clone();
    other.summary = Some("Court sits".to_owned());
    check_number(&[untitled, other], 2);
}

#[test]
fn notices_that_repeat_their_words_are_told_apart_by_their_dates() {
    for link in [None, Some("https://example.org/")] {
        let mut one = entry(Some("N/A"), link, "Court sits today");
        one.published = Some("2026-03-24T00:00:00Z".parse().unwrap());
        let mut other = one.clone();
        other.published = Some("2026-03-25T00:00:00Z".parse().unwrap());
        check_number(&[one.clone(), other.clone()], 2);
        other.published = one.published;
        check_number(&[one, other], 1);
    }
}

#[test]
fn one_story_under_many_identifiers_is_one_item() {
    let page = "https://example.org/a";
    for ((id, link), (other_id, other_link)) in [
        (("c1#0", page), ("c1#1", page)),
        (("7f3a", page), ("b209", "http://www.example.org/a/")),
        (
            ("7f3a", "https://example.org/a?PHPSESSID=1"),
            ("b209", "https://example.org/a?PHPSESSID=2"),
        ),
        (
            ("a?utm_source=a", "https://example.org/a#1"),
            ("a", "https://example.org/a#2"),
        ),
    ] {
        let one = entry(Some(id), Some(link), "Five held");
        check_number(
            &[one, entry(Some(other_id), Some(other_link), "Five held")],
            1,
        );
    }
    // Without an address, the date tells.
    let mut one = entry(Some("7f3a"), None, "Five held");
    let mut other = entry(Some("b209"), None, "Five held");
    one.published = Some("2026-03-24T00:00:00Z".parse().unwrap());
    other.published = one.published;
    check_number(&[one, other], 1);
    // Without both, the identifier is all there is.
    let one = entry(Some("1"), None, "Five held");
    check_number(&[one, entry(Some("2"), None, "Five held")], 2);
    let with = entry(Some("1"), Some(page), "Five held");
    check_number(&[entry(Some("1"), None, "Five held"), with], 1);
}

#[test]
fn an_endless_identifier_has_a_short_key() {
    let long = "x".repeat(100_000);
    assert!(entry_key(&entry(Some(&long), None, "a")).len() < 100);
    assert!(
        entry_key(&entry(
            None,
            Some(&format!("https://example.org/{long}")),
            "a"
        ))
        .len()
            < 100
    );
}

#[test]
fn only_what_a_reader_sees_is_a_revision() {
    let mut one = entry(Some("1"), None, "Five held");
    one.summary = Some("<p>In the  south</p>".to_owned());
    let mut other = one.clone();
    other.summary = Some("In the <b>south</b><img src='https://example.org/pixel?t=5'>".to_owned());
    other.link = Some("https://example.org/elsewhere".to_owned());
    other.updated = Some("2026-03-24T00:00:00Z".parse().unwrap());
    assert_eq!(content_hash(&one), content_hash(&other));
    other.title = Some("Six held".to_owned());
    assert_ne!(content_hash(&one), content_hash(&other));
}

#[test]
fn hashes_of_earlier_versions_are_recognised_whatever_is_said_elsewhere() {
    let mut one = entry(Some("1"), None, "Five held");
    one.summary = Some("in May".to_owned());
    let plain = content_hash(&one);
    let stored = plain.trim_end_matches('+');
    assert_eq!(stored.len(), 32);
    let further = ("in the south".to_owned(), crate::core::feed::Markup::Plain);
    one.further = vec![further];
    let now = content_hash(&one);
    assert!(is_same_content(stored, &now) && is_same_content(stored, &plain));
    assert!(!is_same_content(&plain, &now) && !is_same_content(&now, &plain));
    one.summary = Some("in June".to_owned());
    assert!(!is_same_content(stored, &content_hash(&one)));
}
