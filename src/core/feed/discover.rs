//! The feeds that a page offers.

use url::Url;

use super::links;
use crate::core::text::pieces::{Piece, Pieces, Tag};

/// Where a feed may lie, the likeliest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Absolute address, `http` or `https`.
    pub url: Url,
    /// What the page calls it.
    pub title: Option<String>,
}

/// Media types that feeds are announced with.
const FEED_TYPES: [&str; 5] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/json",
    "application/rdf+xml",
];

/// Where feeds lie on sites that do not announce them.
const COMMON_PATHS: [&str; 8] = [
    "/feed/",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feeds/posts/default",
    "/?feed=rss2",
];

/// Candidates at most: each costs the publisher a request.
const CANDIDATES_AT_MOST: usize = 16;
/// Links of a kind that are looked at; no page has so many feeds.
const LINKS_AT_MOST: usize = 1000;

/// The feeds that a page announces (`link rel="alternate"`, WHATWG HTML section 4.6.7.1), then those
/// that it links to by name, then the common places of its site.
pub fn candidates(page: &str, address: &Url) -> Vec<Candidate> {
    let mut base = address.clone();
    let mut announced = Vec::new();
    let mut linked = Vec::new();
    for piece in Pieces::of_html(page) {
        let Piece::Tag(tag) = piece else {
            continue;
        };
        if tag.is_start("base") {
            let link = tag.attribute("href");
            base = link
                .and_then(|link| links::base(&link, Some(address)))
                .unwrap_or(base);
        } else if tag.is_start("link") && announced.len() < LINKS_AT_MOST {
            announced.extend(announcement(tag));
        } else if tag.is_start("a") && linked.len() < LINKS_AT_MOST {
            let link = link_of(tag).filter(|link| looks_like_a_feed(link));
            linked.extend(link.map(|link| (link, None)));
        }
    }
    // Many pages announce the feed of their comments beside, or before, that of their news.
    announced.sort_by_cached_key(|(link, title): &(String, Option<String>)| {
        let about_comments = |text: &str| text.to_lowercase().contains("comment");
        about_comments(link) || title.as_deref().is_some_and(about_comments)
    });
    let common = COMMON_PATHS.map(|path| (path.to_owned(), None));
    let mut found: Vec<Candidate> = Vec::new();
    for (link, title) in announced.into_iter().chain(linked).chain(common) {
        if found.len() == CANDIDATES_AT_MOST {
            break;
        }
        let Ok(url) = base.join(&link) else {
            continue;
        };
        let known = found.iter().any(|candidate| candidate.url == url);
        if matches!(url.scheme(), "http" | "https") && !known && url != *address {
            found.push(Candidate { url, title });
        }
    }
    found
}

/// The feed that a `link` announces, with its title.
fn announcement(tag: Tag<'_>) -> Option<(String, Option<String>)> {
    let relation = tag.attribute("rel")?.to_ascii_lowercase();
    let kind = tag.attribute("type")?.to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_feed =
        relation.split_whitespace().any(|word| word == "alternate") && FEED_TYPES.contains(&kind);
    let link = link_of(tag).filter(|_| is_feed)?;
    Some((link, tag.attribute("title")))
}

/// Where a tag leads to. A longer address is none of a feed.
fn link_of(tag: Tag<'_>) -> Option<String> {
    const LONGEST: usize = 2048;
    tag.attribute("href").filter(|link| link.len() <= LONGEST)
}

fn looks_like_a_feed(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let last = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let last = last.to_ascii_lowercase();
    matches!(
        last.as_str(),
        "feed" | "rss" | "atom" | "feed.xml" | "rss.xml" | "atom.xml" | "index.rdf" | "feed.json"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[&str]) {
        let address = Url::parse("https://site.example/news/today").unwrap();
        let found: Vec<String> = candidates(page, &address)
            .into_iter()
            .map(|candidate| candidate.url.to_string())
            .collect();
        assert_eq!(found[..expected.len()], *expected);
    }

    #[test]
    fn what_a_page_announces_comes_first() {
        check(
            r#"<head><a href="/x/rss.xml">Feed</a>
               <link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="es" href="/es/">
               <LINK REL="Alternate" TYPE="application/rss+xml; charset=utf-8" TITLE="All" HREF="feed?x=1&amp;y=2">"#,
            &[
                "https://site.example/news/feed?x=1&y=2",
                "https://site.example/x/rss.xml",
                "https://site.example/feed/",
            ],
        );
    }

    #[test]
    fn a_base_counts_and_foreign_schemes_do_not() {
        check(
            r#"<base href="https://cdn.example/b/"><link rel=alternate type=application/atom+xml href=atom>
               <link rel=alternate type=application/rss+xml href="javascript:alert(1)">"#,
            &["https://cdn.example/b/atom", "https://cdn.example/feed/"],
        );
    }

    #[test]
    fn a_page_that_says_nothing_gives_the_common_places() {
        check(
            "",
            &["https://site.example/feed/", "https://site.example/rss"],
        );
        let page = "<a href='/rss'>x</a>".repeat(1000);
        let address = Url::parse("https://site.example/").unwrap();
        assert!(candidates(&page, &address).len() <= CANDIDATES_AT_MOST);
    }
}
