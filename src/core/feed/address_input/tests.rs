use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = addresses(text)
        .unwrap()
        .iter()
        .map(Url::to_string)
        .collect();
    assert_eq!(found, expected, "of {text:?}");
}

#[test]
fn whole_addresses_are_taken_as_they_are() {
    for text in [
        "https://outlet.example/feed",
        "  https://outlet.example/feed\n",
        "<https://outlet.example/feed>",
        "\u{feff}\"https://outlet.example/feed\"",
        "feed:https://outlet.example/feed",
        "FEED:https://outlet.example/feed",
        "view-source:https://outlet.example/feed",
        "<URL:https://outlet.example/feed>",
        "HTTPS://outlet.example/feed",
    ] {
        check(text, &["https://outlet.example/feed"]);
    }
    check(
        "http://outlet.example:8080/?a=b",
        &["http://outlet.example:8080/?a=b"],
    );
}

#[test]
fn without_a_scheme_https_is_tried_before_http() {
    for text in [
        "outlet.example/feed",
        "//outlet.example/feed",
        "feed://outlet.example/feed",
        "feeds://outlet.example/feed",
        "rss://outlet.example/feed",
        "feed:outlet.example/feed",
    ] {
        check(
            text,
            &["https://outlet.example/feed", "http://outlet.example/feed"],
        );
    }
    check(
        "outlet.example:8080/x",
        &[
            "https://outlet.example:8080/x",
            "http://outlet.example:8080/x",
        ],
    );
    check(
        "127.0.0.1:80/x",
        &["https://127.0.0.1:80/x", "http://127.0.0.1/x"],
    );
    check(
        "localhost:81",
        &["https://localhost:81/", "http://localhost:81/"],
    );
    check(
        "пример.example",
        &[
            "https://xn--e1afmkfd.example/",
            "http://xn--e1afmkfd.example/",
        ],
    );
}

#[test]
fn what_cannot_be_polled_is_told() {
    for (text, reason) in [
        (" ", FeedAddressError::Empty),
        ("<>", FeedAddressError::Empty),
        ("javascript:alert(1)", FeedAddressError::Scheme),
        ("ftp://outlet.example/feed", FeedAddressError::Scheme),
        ("file:///etc/passwd", FeedAddressError::Scheme),
        ("mailto:desk@outlet.example", FeedAddressError::Scheme),
        ("feed:ftp://outlet.example/", FeedAddressError::Scheme),
        ("outlet", FeedAddressError::Syntax),
        ("two words", FeedAddressError::Syntax),
        ("https://", FeedAddressError::Syntax),
        ("5", FeedAddressError::Syntax),
        ("/feed.xml", FeedAddressError::Syntax),
        ("\\feed.xml", FeedAddressError::Syntax),
        ("///feed.xml", FeedAddressError::Syntax),
        (&"feed:".repeat(500), FeedAddressError::Syntax),
    ] {
        assert_eq!(addresses(text), Err(reason), "of {text:?}");
    }
}

proptest! {
    #[test]
    fn whatever_comes_an_address_is_of_the_web(text in any::<String>()) {
        for url in addresses(&text).unwrap_or_default() {
            prop_assert!(matches!(url.scheme(), "http" | "https") && url.has_host());
        }
    }
}
