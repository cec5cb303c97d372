//! Whatever comes is read or refused.

use proptest::prelude::*;

use super::*;

/// Pieces of sitemaps, sound and broken.
const PIECES: [&str; 30] = [
    "<urlset>",
    "<sitemapindex>",
    "</urlset>",
    "</sitemapindex>",
    "<url>",
    "</url>",
    "<sitemap>",
    "</sitemap>",
    "<loc>",
    "</loc>",
    "<lastmod>",
    "<news:news>",
    "</news:news>",
    "<news:news/>",
    "<news:title>",
    "</news:title>",
    "<news:keywords>a,b,,،c</news:keywords>",
    "<news xmlns='sitemap-news'>",
    "<image:image>",
    "<image:caption>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "https://outlet.example/é",
    "2026-02-30",
    "\u{202e}\0",
    "<",
];

proptest! {
    #[test]
    fn any_pieces_are_read_or_refused(places in prop::collection::vec(0..PIECES.len(), 0..60), begin in 0..2usize) {
        let body: String = places.iter().map(|&place| PIECES[place]).collect();
        let body = format!("{}{body}", PIECES[begin]);
        match parse(&body) {
            Ok(feed) => prop_assert!(feed.entries.len() <= places.len()),
            Err(ParseError::Index(index)) => { let _ = index.choose(&base(), now()); }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn any_bytes_behind_a_root_are_read_or_refused(text in any::<String>()) {
        let _ = parse(&format!("<urlset><url><loc>{text}</loc><news:news><news:title>{text}"));
        let _ = parse(&format!("<sitemapindex><sitemap><loc>{text}"));
        let robots = base();
        let _ = sitemaps_in_robots_txt(&format!("Sitemap: {text}\nsitemap:{text}"), &robots);
        let _ = is_news_sitemap_name(&text);
    }

    #[test]
    fn an_article_is_read_whole_wherever_the_rest_breaks_off(cut in 0..400usize) {
        let whole = urlset(&(article("1", "One", NOW) + &article("2", "Two", NOW)));
        let first = whole.find("</url>").unwrap() + "</url>".len();
        let end = whole.floor_char_boundary((first + cut).min(whole.len()));
        let feed = parse(&whole[..end]).unwrap();
        prop_assert_eq!(feed.entries[0].title.as_deref(), Some("One"));
        prop_assert_eq!(feed.loss.broken_off_after.is_some(), end < whole.len());
    }
}
