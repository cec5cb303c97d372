//! Sitemaps that list others, and robots.txt that lists sitemaps.

use super::*;

/// The parts of an index that are chosen, by their paths.
fn chosen(parts: &[(&str, &str)]) -> Vec<String> {
    let choice = index(parts).choose(&base(), now()).unwrap();
    assert!(choice.refused.is_empty(), "{choice:?}");
    choice
        .parts
        .iter()
        .map(|url| url.path().to_owned())
        .collect()
}

#[test]
fn the_newest_parts_of_an_index_are_read() {
    // By their dates.
    assert_eq!(
        chosen(&[
            ("/a.xml", "2026-11-01"),
            ("/b.xml", "2026-11-28T10:00:00+00:00"),
            ("/c.xml", "2025-01-01"),
            ("/d.xml", "2026-11-27"),
        ]),
        ["/b.xml", "/d.xml", "/a.xml"]
    );
    // Those that say news, and no others.
    assert_eq!(
        chosen(&[
            ("/post.xml", "2026-11-28T11:00:00Z"),
            ("/newsletter.xml", "2026-11-28T11:00:00Z"),
            ("/post-news.xml", "2026-11-27"),
            ("/GoogleNews", ""),
        ]),
        ["/GoogleNews", "/post-news.xml"]
    );
    // Unless it is a news sitemap of former times.
    assert_eq!(
        chosen(&[("/news.xml", "2015-03-01"), ("/latest.xml", "2026-11-28")]),
        ["/latest.xml", "/news.xml"]
    );
    // Whose outlet is small has a place all the same.
    assert_eq!(
        chosen(&[
            ("/posts.xml", "2026-11-26"),
            ("/news.xml", "2026-10-20"),
            ("/pages.xml", "2026-11-28"),
            ("/tags.xml", "2026-11-27"),
        ]),
        ["/pages.xml", "/tags.xml", "/news.xml"]
    );
    // By the dates in their names, whatever `lastmod` is made anew each day.
    assert_eq!(
        chosen(&[
            ("/2024/sitemap.xml", "2026-11-28"),
            ("/sitemap-2026-10.xml", "2026-11-28"),
            ("/sitemap-2026-11.xml", "2026-11-28"),
            ("/sitemap-2026-09.xml", "2026-11-28"),
        ]),
        [
            "/sitemap-2026-11.xml",
            "/sitemap-2026-10.xml",
            "/sitemap-2026-09.xml"
        ]
    );
    assert_eq!(
        chosen(&[
            ("/n-20261126.xml", ""),
            ("/n-20261128.xml", ""),
            ("/2026/11/27.xml", ""),
            ("/n-20261125.xml", "")
        ]),
        ["/n-20261128.xml", "/2026/11/27.xml", "/n-20261126.xml"]
    );
    // What only looks like a date is none.
    assert_eq!(
        chosen(&[
            ("/a.xml", "2026-11-26"),
            ("/sitemap-2005.xml", "2026-11-28"),
            ("/b.xml", "2026-11-25"),
            ("/sitemap-20001399.xml", "2026-11-27"),
        ]),
        ["/sitemap-2005.xml", "/sitemap-20001399.xml", "/a.xml"]
    );
    // From both ends, where nothing tells.
    for changed in ["", "2026-11-28", "2026-11-20", "2099-01-01"] {
        let parts = ["/1.xml", "/2.xml", "/3.xml", "/4.xml", "/5.xml"];
        assert_eq!(
            chosen(&parts.map(|part| (part, changed))),
            ["/1.xml", "/5.xml", "/2.xml"]
        );
    }
    assert_eq!(
        chosen(&[
            ("/1.xml", ""),
            ("/old.xml", "2020-01-01"),
            ("/2.xml", ""),
            ("/3.xml", "")
        ]),
        ["/1.xml", "/2.xml", "/3.xml"]
    );
    // One that is named twice is one.
    assert_eq!(chosen(&[("/1.xml", ""), ("/1.xml", "")]), ["/1.xml"]);
}

#[test]
fn parts_of_other_sites_are_refused() {
    let choice = index(&[
        ("https://cdn.other.example/news.xml", ""),
        ("https://www.outlet.example/news.xml", ""),
        ("file:///etc/news.xml", ""),
    ])
    .choose(&base(), now())
    .unwrap();
    let parts: Vec<_> = choice.parts.iter().map(Url::as_str).collect();
    assert_eq!(parts, ["https://www.outlet.example/news.xml"]);
    assert_eq!(choice.refused.len(), 2, "{choice:?}");
    assert!(choice.refused[0].1.contains("another site"));
    for parts in [&[("https://cdn.other.example/news.xml", "")][..], &[]] {
        assert!(index(parts).choose(&base(), now()).is_err());
    }
    let file = Url::parse("file:///tmp/index.xml").unwrap();
    let reason = index(&[("https://outlet.example/a.xml", "")]).choose(&file, now());
    assert!(reason.unwrap_err().contains("in a file"));
}

#[test]
fn parts_are_joined_and_what_is_missing_of_them_is_told() {
    let part = |urls: &str| PartReading::Read(Box::new(parse(&urlset(urls))));
    let plain = || part("<url><loc>https://outlet.example/</loc></url>");
    let missing = || PartReading::Missing("404 Not Found".to_owned());
    let inner = || PartReading::Read(Box::new(Err(ParseError::Index(Box::default()))));
    let join = |parts: Vec<PartReading>| {
        let parts = parts
            .into_iter()
            .zip(0..)
            .map(|(part, number)| (format!("/{number}.xml"), part));
        join(parts, &Limits::default())
    };
    let one = || part(&article("1", "One", "2026-11-28T08:00:00Z"));
    let feed = join(vec![
        one(),
        part(
            &(article("1", "One, revised", "2026-11-28T09:00:00Z") + &article("2", "Two", NOW))
                .replace(">en<", ">es<"),
        ),
        plain(),
    ])
    .unwrap();
    assert!(
        feed.loss.is_lossless() && feed.warnings.is_empty(),
        "{feed:?}"
    );
    let told: Vec<_> = feed
        .entries
        .iter()
        .map(|entry| (entry.title.as_deref(), entry.language.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("One, revised"), Some("es")),
            (Some("Two"), Some("es"))
        ]
    );
    let feed = join(vec![one(), missing(), inner()]).unwrap();
    assert_eq!(feed.loss.parts, 2);
    assert_eq!(feed.warnings[0], "/1.xml: 404 Not Found");
    assert!(
        feed.warnings[1].contains("an index inside of an index"),
        "{:?}",
        feed.warnings
    );
    assert!(join(vec![plain(), part("")]).unwrap().entries.is_empty());
    assert!(
        join(vec![plain(), plain()])
            .unwrap_err()
            .contains("list no news")
    );
    for parts in [vec![missing()], vec![plain(), missing()], vec![inner()]] {
        assert!(join(parts).unwrap_err().contains("could be read"));
    }
}

#[test]
fn robots_name_sitemaps_and_those_of_news_come_first() {
    let robots = Url::parse("https://outlet.example/robots.txt").unwrap();
    let text = "\u{feff}Sitemap: https://outlet.example/pages.xml\r\nUser-agent: *\r\nDisallow: /sitemap: x\r\n\
                sitemap : /sitemap_index.xml # all\nSITEMAP:https://cdn.example/googlenews.xml.gz\n\
                Sitemap:\nSitemap: # none\nSitemap: javascript:alert(1)\nSitemap: ftp://outlet.example/a\n#Sitemap: https://outlet.example/old-news.xml\n\
                Sitemap: https://outlet.example/pages.xml\rSitemap:\thttps://outlet.example/#!/last.xml\t# odd";
    let found = sitemaps_in_robots_txt(text, &robots);
    let found: Vec<&str> = found.iter().map(Url::as_str).collect();
    assert_eq!(
        found,
        [
            "https://cdn.example/googlenews.xml.gz",
            "https://outlet.example/sitemap_index.xml",
            "https://outlet.example/pages.xml",
            "https://outlet.example/#!/last.xml"
        ]
    );
    let many: String = (0..2000).map(|n| format!("Sitemap: /{n}.xml\n")).collect();
    assert_eq!(sitemaps_in_robots_txt(&many, &robots).len(), 1000);
    let long = format!("Sitemap: /{}.xml", "a".repeat(3000));
    assert!(sitemaps_in_robots_txt(&long, &robots).is_empty());
    assert!(sitemaps_in_robots_txt("<html>Sitemaps: none</html>", &robots).is_empty());
}

#[test]
fn names_that_say_news_and_names_that_do_not() {
    for name in [
        "/news.xml",
        "/sitemap_news.xml",
        "/newssitemap",
        "/google-news/1",
        "/NEWS2",
        "/noticias.xml",
    ] {
        assert!(is_news_sitemap_name(name), "{name}");
    }
    for name in [
        "/newsletter.xml",
        "/sitemap.xml",
        "/newspapers",
        "/post-sitemap.xml",
        "/renew.xml",
    ] {
        assert!(!is_news_sitemap_name(name), "{name}");
    }
}
