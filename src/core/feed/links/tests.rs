use super::*;
use proptest::prelude::*;

fn check_absolute(address: &str, expected: Option<&str>) {
    let base = Url::parse("https://example.org/news/feed.xml").unwrap();
    assert_eq!(
        absolute(address, Some(&base)).as_deref(),
        expected,
        "of {address:?}"
    );
}

#[test]
fn relative_addresses_are_resolved() {
    check_absolute("a.html", Some("https://example.org/news/a.html"));
    check_absolute("/a?b=c#d", Some("https://example.org/a?b=c#d"));
    check_absolute("//cdn.example.org/a", Some("https://cdn.example.org/a"));
}

#[test]
fn absolute_addresses_stay_as_written() {
    check_absolute(" https://EXAMPLE.org\n ", Some("https://EXAMPLE.org"));
    check_absolute("tag:example.org,2026:1", Some("tag:example.org,2026:1"));
}

#[test]
fn nothing_is_no_address() {
    check_absolute(" \n ", None);
    assert_eq!(absolute("a.html", None).as_deref(), Some("a.html"));
}

fn check_canonical(address: &str, expected: &str) {
    assert_eq!(canonical(address), expected);
}

#[test]
fn trackers_go_and_everything_else_stays() {
    check_canonical(
        "https://example.org/a?utm_source=x&id=7&fbclid=y",
        "https://example.org/a?id=7",
    );
    check_canonical(
        "https://example.org/a?at_medium=RSS&at_campaign=KARANGA",
        "https://example.org/a",
    );
    check_canonical(
        "https://example.org/a?id=7&b",
        "https://example.org/a?id=7&b",
    );
    check_canonical(
        "https://example.org/a#section",
        "https://example.org/a#section",
    );
    check_canonical(
        "https://example.org/a#utm_source=x",
        "https://example.org/a",
    );
    check_canonical("HTTPS://Example.ORG:443", "https://example.org/");
    check_canonical("no address", "no address");
}

#[track_caller]
fn check_place(address: &str, expected: &str) {
    assert_eq!(place(address), expected);
}

#[test]
fn a_place_is_one_however_it_is_spelled() {
    for same in [
        "http://example.org/a",
        "https://www.Example.org:443/a/",
        "https://example.org/a?utm_source=rss&PHPSESSID=1a2b",
        "https://example.org/a;jsessionid=1A2B3C",
        "https://example.org/a?sid=0123456789abcdef0123&_=1764",
    ] {
        check_place(same, "example.org/a");
    }
    check_place(
        "https://example.org/a?sid=17#top",
        "example.org/a?sid=17#top",
    );
    check_place("https://example.org:8080/", "example.org:8080");
    check_place("tag:example.org,2026:1", "tag:example.org,2026:1");
    assert_eq!(page_of("example.org/a#top"), "example.org/a");
    assert_eq!(page_of("example.org/#/a"), "example.org/#/a");
}

#[test]
fn a_front_page_is_told_from_an_article() {
    for front in [
        "https://example.org/",
        "http://www.example.org",
        "https://example.org:8080/",
        "https://example.org/index.html",
    ] {
        assert!(is_front_page(page_of(&place(front))), "{front}");
    }
    for page in [
        "https://example.org/?p=7",
        "https://example.org/a",
        "https://example.org/#!/a",
        "tag:example.org,2026:1",
        "urn:a",
    ] {
        assert!(!is_front_page(page_of(&place(page))), "{page}");
    }
}

proptest! {
    #[test]
    fn canonical_is_final(address in "https?://[a-z.]{1,9}/[a-z/]{0,9}(\\?[a-z_=&]{0,20})?(#[a-z_=&]{0,9})?") {
        let once = canonical(&address);
        prop_assert_eq!(canonical(&once), once);
    }

    #[test]
    fn any_string_is_an_address_or_not(address in any::<String>()) {
        let _ = (absolute(&address, None), canonical(&address), is_web_address(&address));
    }
}
