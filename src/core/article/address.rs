//! Where the article behind an item is read.

use std::borrow::Cow;

use crate::core::feed::links::{is_front_page, is_web_address, page_of, place, target};

/// The page that an item links to: the article behind a known redirect. `None` where the link is no web
/// address, or leads to a site's front page or to the item's own feed, which are no article.
pub fn page_address<'a>(link: &'a str, feed: &str) -> Option<Cow<'a, str>> {
    let address = target(link);
    if !is_web_address(&address) {
        return None;
    }
    let there = place(&address);
    let page = page_of(&there);
    (!is_front_page(page) && page != page_of(&place(feed))).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(link: &str, expected: Option<&str>) {
        let found = page_address(link, "https://www.outlet.example/feed.xml?lang=en");
        assert_eq!(found.as_deref(), expected, "{link}");
    }

    #[test]
    fn articles_have_an_address_and_front_pages_feeds_and_other_schemes_have_none() {
        for page in [
            "https://outlet.example/2026/11/a",
            "HTTP://outlet.example/a",
            "https://outlet.example/?p=7",
            "https://outlet.example/live#entry-7",
            "https://other.example/feed.xml?lang=en",
            "https://outlet.example/feed.xml?lang=fr",
        ] {
            check(page, Some(page));
        }
        for none in [
            "",
            "https://outlet.example",
            "https://outlet.example/",
            "https://outlet.example/index.html#top",
            "https://outlet.example/feed.xml?lang=en",
            "http://www.outlet.example/feed.xml?lang=en#item-7",
            "mailto:desk@outlet.example",
            "ftp://outlet.example/a",
            "file:///etc/passwd",
            "/relative",
            "https://",
        ] {
            check(none, None);
        }
    }

    #[test]
    fn a_known_redirect_is_not_asked() {
        check(
            "https://www.google.com/url?sa=t&url=https://outlet.example/a",
            Some("https://outlet.example/a"),
        );
        check(
            "https://www.google.com/url?sa=t&url=https://outlet.example/",
            None,
        );
    }
}
