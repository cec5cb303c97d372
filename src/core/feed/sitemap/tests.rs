//! News sitemaps, sound and sloppy.

mod index;
mod random;

use jiff::Timestamp;
use url::Url;

use super::*;
use crate::core::feed::{self, Limits, ParseError, to_document};

const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";
const NOW: &str = "2026-11-28T12:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn base() -> Url {
    Url::parse("https://outlet.example/sitemaps/news.xml").unwrap()
}

fn parse(body: &str) -> Result<Feed, ParseError> {
    let base = base();
    let context = ParseContext {
        base: Some(&base),
        now: Some(now()),
        ..ParseContext::default()
    };
    feed::parse(body.as_bytes(), &context)
}

/// A sitemap of these addresses.
fn urlset(urls: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"{NEWS}\" xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\">{urls}</urlset>"
    )
}

fn article(path: &str, title: &str, date: &str) -> String {
    format!(
        "<url><loc>https://outlet.example/{path}</loc><news:news><news:publication><news:name>Outlet</news:name>\
         <news:language>en</news:language></news:publication><news:publication_date>{date}</news:publication_date>\
         <news:title>{title}</news:title></news:news></url>"
    )
}

#[test]
fn all_that_a_sitemap_says_of_an_article_is_read() {
    let feed = parse(&urlset(
        "<url><loc>https://outlet.example/a?x=1&amp;y=2</loc><lastmod>2026-11-28T10:00:00Z</lastmod>
           <news:news><news:publication><news:name>La Jornada del Sur</news:name><news:language>es</news:language></news:publication>
           <news:genres>OpEd, Blog</news:genres><news:publication_date>2026-11-28T09:30:00-05:00</news:publication_date>
           <news:title>Detienen a defensora &amp;quot;Ana&amp;quot;</news:title><news:keywords>derechos humanos, tierra</news:keywords></news:news>
           <image:image><image:loc>https://outlet.example/i.jpg</image:loc><image:title>La defensora</image:title>
           <image:caption>Frente al juzgado</image:caption></image:image></url>",
    ))
    .unwrap();
    assert_eq!(feed.title.as_deref(), Some("La Jornada del Sur"));
    assert_eq!(feed.language.as_deref(), Some("es"));
    assert!(
        feed.warnings.is_empty() && feed.loss.is_lossless(),
        "{feed:?}"
    );
    let [entry] = feed.entries.as_slice() else {
        panic!("{feed:?}")
    };
    assert_eq!(
        entry.link.as_deref(),
        Some("https://outlet.example/a?x=1&y=2")
    );
    assert_eq!(entry.title.as_deref(), Some("Detienen a defensora \"Ana\""));
    assert_eq!(
        entry.published,
        Some("2026-11-28T14:30:00Z".parse().unwrap())
    );
    assert_eq!(entry.updated, Some("2026-11-28T10:00:00Z".parse().unwrap()));
    assert_eq!(
        entry.categories,
        ["OpEd", "Blog", "derechos humanos", "tierra"]
    );
    assert_eq!(
        feed::entry_key(entry),
        "link:https://outlet.example/a?x=1&y=2"
    );
    let document = to_document(entry, feed.language.as_deref(), "outlet");
    assert!(
        document.body().is_empty(),
        "a caption is no text of the article"
    );
    assert!(document.text.contains("La defensora") && document.text.contains("Frente al juzgado"));
}

#[test]
fn titles_of_any_script_and_their_dates() {
    for (language, title, date, keywords, topics) in [
        (
            "ar",
            "اعتقال مدافع عن حقوق الإنسان",
            "2026-11-28",
            "حقوق، قضاء",
            2,
        ),
        (
            "zh-cn",
            "律师被拘留",
            "2026-11-28T08:00+08:00",
            "人权、法院，律师",
            3,
        ),
        (
            "ru",
            "Суд арестовал журналиста",
            "28.11.2026",
            "суд; права человека",
            2,
        ),
        ("fa", "بازداشت وکیل", "2026-11-28T00:00:00.000Z", "", 0),
        (
            "hi",
            "पत्रकार गिरफ्तार",
            "Sat, 28 Nov 2026 00:00:00 GMT",
            "पुलिस",
            1,
        ),
        ("ka", "ადვოკატი დააკავეს", "20261128", "", 0),
        ("am", "ጋዜጠኛ ታሰረ", "2026-11-28 00:00:00", "", 0),
    ] {
        let feed = parse(&urlset(&format!(
            "<url><loc>https://outlet.example/{language}</loc><news:news><news:publication><news:name>x</news:name>\
             <news:language>{language}</news:language></news:publication><news:publication_date>{date}</news:publication_date>\
             <news:title><![CDATA[{title}]]></news:title><news:keywords>{keywords}</news:keywords></news:news></url>"
        )))
        .unwrap();
        let entry = &feed.entries[0];
        assert_eq!(entry.title.as_deref(), Some(title));
        let day = entry.published.map(|at| at.strftime("%F").to_string());
        assert_eq!(day.as_deref(), Some("2026-11-28"), "{date}");
        assert_eq!(entry.categories.len(), topics, "{keywords}");
        assert_eq!(feed.language.as_deref(), Some(language));
    }
}

/// What a sloppy sitemap of two articles gives all the same.
fn check_sloppy(body: &str) {
    let feed = parse(body).unwrap_or_else(|error| panic!("{error}: {body}"));
    let found: Vec<(&str, &str)> = feed
        .entries
        .iter()
        .map(|entry| {
            (
                entry.link.as_deref().unwrap_or("-"),
                entry.title.as_deref().unwrap_or("-"),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("https://outlet.example/1", "First"),
            ("https://outlet.example/2", "Second")
        ],
        "of {body}"
    );
}

#[test]
fn sloppy_forms_are_read_like_sound_ones() {
    let inner = |news: &str| {
        let url = |number: u8, title: &str| {
            format!(
                "<url><loc> https://outlet.example/{number}\n</loc><{news}:news><{news}:title>{title}</{news}:title></{news}:news></url>"
            )
        };
        url(1, "First") + &url(2, "Second")
    };
    // Any prefix bound to the vocabulary, one bound to nothing, one bound to a misspelt address.
    check_sloppy(&format!(
        "<urlset xmlns:n2=\"{NEWS}\">{}</urlset>",
        inner("n2")
    ));
    check_sloppy(&format!("<urlset>{}</urlset>", inner("news")));
    check_sloppy(&format!(
        "<urlset xmlns:news=\"https://google.com/news/schema\">{}</urlset>",
        inner("news")
    ));
    check_sloppy(&format!("<URLSET>{}</URLSET>", inner("NEWS")));
    check_sloppy(&format!(
        "\u{feff}\n  <!-- made by hand --><urlset>{}</urlset>",
        inner("news")
    ));
    check_sloppy(&format!(
        "Warning: no such file\n<urlset>{}</urlset>",
        inner("news")
    ));
    check_sloppy(&format!(
        "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='//outlet.example/s.xsl'?>\n\
         <urlset xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='a b' \
         xmlns='https://www.google.com/schemas/sitemap/0.84'>{}</urlset>",
        inner("news")
    ));
    // The vocabulary of sitemaps has a prefix, too.
    check_sloppy(
        &format!("<urlset>{}</urlset>", inner("news"))
            .replace("<url", "<s:url")
            .replace("</url", "</s:url")
            .replace("loc>", "s:loc>")
            .replace(
                "<s:urlset",
                "<s:urlset xmlns:s=\"http://www.sitemaps.org/schemas/sitemap/0.9\"",
            ),
    );
    for urls in [
        // No prefix at all, with and without its vocabulary.
        "<url><loc>https://outlet.example/1</loc><news><title>First</title></news></url>\
         <url><loc>https://outlet.example/2</loc><news><title>Second</title></news></url>",
        "<url><loc>/1</loc><news xmlns='http://www.google.com/schemas/sitemap-news/0.9'><title>First</title></news></url>\
         <url><loc>../2</loc><news xmlns='http://www.google.com/schemas/sitemap-news/0.9'><title>Second</title></news></url>",
        // End tags are missing.
        "<url><loc>https://outlet.example/1<news:news><news:title>First<news:keywords>a</url>\
         <url><loc>https://outlet.example/2</loc><news:news><news:title>Second</news:title>",
        "<loc>https://outlet.example/1</loc><news:news><news:title>First</news:title></news:news>\
         <loc>https://outlet.example/2</loc><news:news><news:title>Second</news:title></news:news>",
        // A comment and a section without an end hide nothing.
        "<url><loc>https://outlet.example/1</loc><news:news><news:title><![CDATA[First</news:title></news:news></url>\
         <url><loc><![CDATA[https://outlet.example/2]]></loc><news:news><news:title><![CDATA[Second]]></news:title></news:news></url>",
        // Entities that XML does not know, other vocabularies, addresses of pictures.
        "<url><loc>https://outlet.example/1</loc><xhtml:link rel='alternate' href='https://x.example/'/>\
         <image:image><image:loc>https://outlet.example/i.jpg</image:loc></image:image>\
         <news:news><news:title>F&#105;rst</news:title></news:news></url>\
         <url><image:image><loc>https://outlet.example/i.jpg</loc></image:image><loc>https://outlet.example/2</loc>\
         <news:news><news:title>Second&nbsp;</news:title></news:news></url>",
        // Addresses without news stand between.
        "<url><loc>https://outlet.example/</loc></url><url><loc>https://outlet.example/1</loc><news:news>\
         <news:title>First</news:title></news:news></url><url><loc>https://outlet.example/contact</loc></url>\
         <url><loc>https://outlet.example/2</loc><news:news><news:title>Second</news:title></news:news></url>",
    ] {
        check_sloppy(&urlset(urls));
    }
}

#[test]
fn an_address_in_a_section_may_be_escaped_once_more() {
    let feed = parse(&urlset(
        "<url><loc><![CDATA[https://outlet.example/?a=1&amp;b=2]]></loc><news:news/></url>",
    ));
    let feed = feed.unwrap();
    assert_eq!(
        feed.entries[0].link.as_deref(),
        Some("https://outlet.example/?a=1&b=2")
    );
}

#[test]
fn an_address_is_one_article_and_its_newest_words_count() {
    let feed = parse(&urlset(
        &(article("1", "Before", "2026-11-28T08:00:00Z")
            + &article("2", "Other", "2026-11-28T08:00:00Z")
            + &article("1?utm_source=news", "After", "2026-11-28T09:00:00Z")
            + &article("2", "Other again", "2026-11-28T08:00:00Z")),
    ))
    .unwrap();
    let titles: Vec<_> = feed.entries.iter().flat_map(|entry| &entry.title).collect();
    assert_eq!(titles, ["After", "Other"]);
}

#[test]
fn articles_of_other_sites_are_told_and_those_without_an_address_too() {
    let feed = parse(&urlset(
        &(article("1", "a", NOW)
            + &article("2", "b", NOW).replace("https://outlet", "https://www.outlet")
            + &article("3", "c", NOW).replace("https://outlet", "https://es.outlet")
            + &article("4", "d", NOW).replace("outlet.example", "other.example")
            + "<url><news:news><news:title>e</news:title></news:news></url>"),
    ))
    .unwrap();
    assert_eq!(feed.entries.len(), 5, "none is left out");
    let [addressless, foreign] = feed.warnings.as_slice() else {
        panic!("{:?}", feed.warnings)
    };
    assert!(addressless.contains("1 of 5"), "{addressless}");
    assert!(
        foreign.starts_with("1 of 5") && foreign.contains("other.example"),
        "{foreign}"
    );
}

#[test]
fn a_sitemap_that_serves_several_publications_names_each() {
    let feed = parse(&urlset(
        &(article("1", "a", NOW)
            + &article("2", "b", NOW)
                .replace(">Outlet<", ">Edición Sur<")
                .replace(">en<", ">es<")),
    ))
    .unwrap();
    assert_eq!(feed.title.as_deref(), Some("Outlet"));
    assert_eq!(feed.language, None);
    assert_eq!(feed.entries[1].author.as_deref(), Some("Edición Sur"));
    let languages: Vec<_> = feed
        .entries
        .iter()
        .map(|entry| entry.language.as_deref())
        .collect();
    assert_eq!(languages, [Some("en"), Some("es")]);
}

#[test]
fn a_sitemap_without_news_is_refused_and_an_empty_one_is_silent() {
    let plain = urlset(
        "<url><loc>https://outlet.example/</loc></url><url><loc>https://outlet.example/a</loc></url>",
    );
    let error = parse(&plain).unwrap_err();
    assert_eq!(error, ParseError::PlainSitemap { urls: 2 });
    let reason = error.to_string();
    for words in ["without news", "(2)", "kind = \"page\"", "feed"] {
        assert!(reason.contains(words), "{reason}");
    }
    for empty in [
        urlset(""),
        "<urlset/>".to_owned(),
        urlset("<!-- nothing new -->"),
    ] {
        let feed = parse(&empty).unwrap();
        assert!(
            feed.entries.is_empty() && feed.loss.is_lossless(),
            "{feed:?}"
        );
    }
}

#[test]
fn a_sitemap_that_breaks_off_is_a_loss() {
    let whole = urlset(&(article("1", "a", NOW) + &article("2", "b", NOW)));
    let cut = &whole[..whole.find("<news:title>b").unwrap() + 8];
    let feed = parse(cut).unwrap();
    assert_eq!(feed.loss.broken_off_after, Some(1));
    assert!(
        feed.warnings[0].contains("not well-formed"),
        "{:?}",
        feed.warnings
    );
    let cut = &whole[..whole.find("</loc>").unwrap()];
    assert!(
        matches!(parse(cut), Err(ParseError::BrokenXml { .. })),
        "{:?}",
        parse(cut)
    );
}

#[test]
fn of_more_articles_than_are_kept_the_newest_are() {
    let urls: String = (0..60)
        .map(|number| {
            article(
                &number.to_string(),
                "a",
                &format!("2026-11-28T10:{number:02}:00Z"),
            )
        })
        .collect();
    let base = base();
    let context = ParseContext {
        base: Some(&base),
        limits: Limits {
            entries: 2,
            ..Limits::default()
        },
        ..ParseContext::default()
    };
    let feed = feed::parse(urlset(&urls).as_bytes(), &context).unwrap();
    assert_eq!(feed.loss.surplus, 58);
    let links: Vec<_> = feed.entries.iter().flat_map(|entry| &entry.link).collect();
    assert_eq!(
        links,
        ["https://outlet.example/58", "https://outlet.example/59"]
    );
}

fn index(parts: &[(&str, &str)]) -> SitemapIndex {
    let parts: String = parts
        .iter()
        .map(|(address, changed)| match *changed {
            "" => format!("<sitemap><loc>{address}</loc></sitemap>"),
            changed => {
                format!("<sitemap><loc>{address}</loc><lastmod>{changed}</lastmod></sitemap>")
            }
        })
        .collect();
    let body = format!(
        "<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{parts}</sitemapindex>"
    );
    match parse(&body) {
        Err(ParseError::Index(index)) => *index,
        other => panic!("{other:?}"),
    }
}
