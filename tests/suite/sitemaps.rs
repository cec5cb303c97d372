//! Outlets without a feed: their news sitemaps, alone or as parts of an index, are read like feeds.

use std::fs;
use std::io::Write as _;

use crate::web::{Page, Web};
use crate::world::{WATCH, World};

const STORY: &str = "Lethal force against protesters";

/// A news sitemap of these articles, each a path, a title and a date.
fn news(web: &Web, articles: &[(&str, &str, &str)]) -> String {
    let articles: String = articles
        .iter()
        .map(|(path, title, date)| {
            format!(
                "<url><loc>{}</loc><news:news><news:publication><news:name>Outlet</news:name>\
                 <news:language>en</news:language></news:publication>\
                 <news:publication_date>{date}</news:publication_date>\
                 <news:title><![CDATA[{title}]]></news:title></news:news></url>",
                web.url(path)
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">{articles}</urlset>"
    )
}

fn plain(web: &Web) -> String {
    format!(
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>{}</loc></url></urlset>",
        web.url("/about")
    )
}

fn index(parts: &[&str]) -> String {
    let parts: String = parts
        .iter()
        .map(|part| format!("<sitemap><loc>{part}</loc></sitemap>"))
        .collect();
    format!(
        "<?xml version=\"1.0\"?><sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{parts}</sitemapindex>"
    )
}

fn gzip(body: &str) -> Page {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body.as_bytes()).expect("memory");
    let headers = &[("Content-Type", "application/gzip")];
    Page::Whole(200, headers, encoder.finish().expect("memory"))
}

/// A world of one feed, with an alert for what the watch finds.
fn alerted(url: &str) -> World {
    let world = World::new(&[("outlet", url)]);
    let watch = WATCH.replace("topic =", "urgency = \"alert\"\ntopic =");
    world.write("watches/force.toml", &watch);
    world
}

/// Whether a mail tells of the story, at this address.
fn is_told(world: &World, url: &str) -> bool {
    let mails = world.mailbox();
    mails
        .iter()
        .any(|mail| mail.subject.contains(STORY) && mail.text.contains(url))
}

fn counts(web: &Web, path: &str) -> usize {
    web.requests(path).len()
}

#[test]
fn a_news_sitemap_is_a_feed_and_what_appears_in_it_is_told() {
    let web = Web::start("127.0.0.1");
    let old = ("/1", "The concert ended", "2026-11-27T10:00:00Z");
    web.put("/news.xml", Page::Feed(news(&web, &[old])));
    let world = alerted(&web.url("/news.xml"));
    let first = world.once();
    assert_eq!(
        (&first["entries_new"], &first["hits"]),
        (&1.into(), &0.into()),
        "{first}"
    );
    let new = ("/2", STORY, "2026-11-28T10:00:00Z");
    web.put("/news.xml", Page::Feed(news(&web, &[new, old])));
    let second = world.once_all();
    assert_eq!(
        (&second["entries_new"], &second["hits"]),
        (&1.into(), &1.into()),
        "{second}"
    );
    assert!(is_told(&world, &web.url("/2")));
    // A title that changes is the same article, and what has not changed is not sent again.
    let renamed = (
        "/2",
        "Lethal force against protesters, again",
        "2026-11-28T11:00:00Z",
    );
    web.put("/news.xml", Page::Feed(news(&web, &[renamed, old])));
    assert_eq!(world.once_all()["entries_new"], 0);
    world.once_all();
    let last = web.requests("/news.xml").pop().expect("a request");
    assert!(last.contains_key("if-none-match"));
    let hits = world.run(&["hits", "--json"]).ok().json_lines();
    assert_eq!(hits.len(), 1, "{hits:?}");
    let exported = world.run(&["feed", "export"]).ok().stdout;
    assert!(exported.contains(&web.url("/news.xml")), "{exported}");
}

#[test]
fn the_newest_parts_of_an_index_are_one_feed_though_the_index_stays_the_same() {
    let web = Web::start("127.0.0.1");
    let old = ("/1", "The concert ended", "2026-11-27T10:00:00Z");
    web.put(
        "/index.xml",
        Page::Feed(index(&[
            &web.url("/pages.xml"),
            &web.url("/news-1.xml.gz"),
            "/news-2.xml",
        ])),
    );
    web.put("/pages.xml", Page::Feed(plain(&web)));
    web.put("/news-1.xml.gz", gzip(&news(&web, &[old])));
    web.put("/news-2.xml", Page::Feed(news(&web, &[old])));
    let world = alerted(&web.url("/index.xml"));
    let first = world.once();
    assert_eq!(
        (&first["entries_new"], &first["feeds_failed"]),
        (&1.into(), &0.into()),
        "{first}"
    );
    assert_eq!(counts(&web, "/pages.xml"), 0, "what says news is enough");
    // Nothing has changed: one part says so, the other is the same again.
    let unchanged = world.once_all();
    assert_eq!(
        (&unchanged["entries_new"], &unchanged["feeds_failed"]),
        (&0.into(), &0.into())
    );
    // The index is not modified, and a part of it is.
    let new = ("/2", STORY, "2026-11-28T10:00:00Z");
    web.put("/news-2.xml", Page::Feed(news(&web, &[new, old])));
    let third = world.once_all();
    assert_eq!(
        (&third["entries_new"], &third["hits"]),
        (&1.into(), &1.into()),
        "{third}"
    );
    let conditional = |path: &str| {
        web.requests(path)
            .pop()
            .expect("a request")
            .contains_key("if-none-match")
    };
    assert!(conditional("/index.xml") && conditional("/news-2.xml"));
    assert!(is_told(&world, &web.url("/2")));
    let status = world.run(&["status", "--json"]).ok().json();
    assert_eq!(status["feeds_fine"], 1, "{status}");
}

#[test]
fn parts_that_have_not_changed_are_asked_once_each() {
    let web = Web::start("127.0.0.1");
    let old = ("/1", "The concert ended", "2026-11-27T10:00:00Z");
    web.put(
        "/index.xml",
        Page::Feed(index(&["/news-1.xml", "/news-2.xml"])),
    );
    web.put("/news-1.xml", Page::Feed(news(&web, &[old])));
    web.put("/news-2.xml", Page::Feed(news(&web, &[])));
    let world = World::new(&[("outlet", &web.url("/index.xml"))]);
    world.once();
    world.once_all();
    let asked = ["/index.xml", "/news-1.xml", "/news-2.xml"];
    for path in asked {
        let requests = web.requests(path);
        let conditional = requests
            .iter()
            .map(|headers| headers.contains_key("if-none-match"));
        assert_eq!(conditional.collect::<Vec<_>>(), [false, true], "{path}");
    }
}

#[test]
fn a_part_that_fails_makes_the_feed_incomplete_and_all_of_them_failing() {
    let web = Web::start("127.0.0.1");
    let other = Web::start("127.0.0.2");
    other.put("/news.xml", Page::Feed(news(&other, &[])));
    web.put(
        "/index.xml",
        Page::Feed(index(&[
            "/news-1.xml",
            "/news-2.xml",
            &other.url("/news.xml"),
        ])),
    );
    web.put(
        "/news-1.xml",
        Page::Feed(news(&web, &[("/1", STORY, "2026-11-28T10:00:00Z")])),
    );
    let world = World::new(&[("outlet", &web.url("/index.xml"))]);
    let run = world.run(&["once", "--json"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.json()["hits"], 1, "{run:?}");
    assert!(
        world.mailbox()[0].text.contains("2 parts of its index"),
        "{}",
        world.mailbox()[0].text
    );
    assert!(
        other.paths().is_empty(),
        "parts of other sites are not asked"
    );
    // It is told until it is whole.
    assert_eq!(world.run(&["once", "--all"]).code, 1);
    web.put(
        "/index.xml",
        Page::Feed(index(&["/news-1.xml", "/news-2.xml"])),
    );
    web.put("/news-2.xml", Page::Feed(news(&web, &[])));
    world.once_all();
    // An index inside of an index is not followed, and where nothing can be read, the feed fails.
    web.put("/news-1.xml", Page::Feed(index(&["/more.xml"])));
    web.put("/news-2.xml", Page::Status(500, String::new()));
    let run = world.run(&["once", "--all", "--json"]);
    assert_eq!(run.code, 69, "{run:?}");
    for reason in [
        "no part of this index",
        "an index inside of an index",
        "500",
    ] {
        assert!(run.stdout.contains(reason), "{run:?}");
    }
    assert_eq!(counts(&web, "/more.xml"), 0);
    // It is well again as soon as one is.
    web.put("/news-2.xml", Page::Feed(news(&web, &[])));
    web.put("/news-1.xml", Page::Feed(news(&web, &[])));
    world.once_all();
}

#[test]
fn a_plain_sitemap_and_an_index_of_them_are_refused_with_the_reason() {
    let web = Web::start("127.0.0.1");
    web.put("/sitemap.xml", Page::Feed(plain(&web)));
    web.put("/index.xml", Page::Feed(index(&["/sitemap.xml"])));
    let world = World::new(&[
        ("plain", &web.url("/sitemap.xml")),
        ("index", &web.url("/index.xml")),
    ]);
    let run = world.run(&["once", "--json"]);
    assert_eq!(run.code, 69, "{run:?}");
    for reason in ["a sitemap without news", "list no news", "kind = "] {
        assert!(run.stdout.contains(reason), "{run:?}");
    }
    let shown = world.run(&["feed", "show", &web.url("/sitemap.xml")]);
    assert_eq!(shown.code, 65, "{shown:?}");
    assert!(shown.stdout.contains("a sitemap without news"), "{shown:?}");
}

#[test]
fn sitemaps_are_shown_from_addresses_and_files() {
    let web = Web::start("127.0.0.1");
    let body = news(&web, &[("/1", STORY, "2026-11-28T10:00:00Z")]);
    web.put("/news.xml.gz", gzip(&body));
    web.put("/index.xml", Page::Feed(index(&["/news.xml.gz"])));
    let world = World::new(&[("x", "https://x.example/feed")]);
    for path in ["/news.xml.gz", "/index.xml"] {
        let shown = world.run(&["feed", "show", &web.url(path)]).ok().stdout;
        assert!(
            shown.contains(STORY) && shown.contains("2026-11-28 10:00"),
            "{shown}"
        );
    }
    let Page::Whole(_, _, packed) = gzip(&body) else {
        unreachable!("it is one")
    };
    for (name, bytes) in [("news.xml", body.as_bytes()), ("news.xml.gz", &packed)] {
        let path = world.config().join(name);
        fs::write(&path, bytes).expect("a file");
        let path = path.to_str().expect("UTF-8");
        let line = world.run(&["feed", "show", "--json", path]).ok().json();
        assert_eq!(line["feed"]["entries"][0]["title"], STORY, "{line}");
        assert_eq!(line["feed"]["entries"][0]["link"], web.url("/1").as_str());
    }
    let path = world.config().join("cut.xml.gz");
    fs::write(&path, &packed[..packed.len() / 2]).expect("a file");
    let run = world.run(&["feed", "show", path.to_str().expect("UTF-8")]);
    assert!(run.stdout.contains("does not decompress"), "{run:?}");
    let path = world.config().join("index.xml");
    fs::write(&path, index(&[&web.url("/news.xml.gz")])).expect("a file");
    let run = world.run(&["feed", "show", path.to_str().expect("UTF-8")]);
    assert!(run.stdout.contains("give its address there"), "{run:?}");
    let matched = world.run(&["match", &web.url("/index.xml")]);
    assert!(
        matched.stderr.contains("is a feed and no page"),
        "{matched:?}"
    );
}

/// What `feed add` says and adds for a page without feeds whose `robots.txt` says this.
fn added(web: &Web, robots: &str) -> (String, String) {
    web.put("/", Page::Html("<p>Nothing</p>".to_owned(), String::new()));
    web.put("/robots.txt", Page::Status(200, robots.to_owned()));
    let world = World::new(&[("x", "https://x.example/feed")]);
    let run = world.run(&["feed", "add", &web.url("/")]);
    let feeds = fs::read_to_string(world.config().join("feeds.toml")).expect("feeds.toml");
    (run.stdout + &run.stderr, feeds)
}

#[test]
fn a_page_without_a_feed_is_asked_for_its_news_sitemap() {
    let web = Web::start("127.0.0.1");
    let story = news(&web, &[("/1", STORY, "2026-11-28T10:00:00Z")]);
    web.put("/sitemap.xml", Page::Feed(plain(&web)));
    web.put("/news.xml", Page::Feed(story.clone()));
    let robots = format!(
        "User-agent: *\nDisallow: /x\nSitemap: {}\nsitemap: {}\nSitemap: /es/news.xml\n",
        web.url("/sitemap.xml"),
        web.url("/news.xml")
    );
    let (said, feeds) = added(&web, &robots);
    assert!(feeds.contains(&web.url("/news.xml")), "{said}");
    let others = format!("sections look at {}", web.url("/es/news.xml"));
    for part in ["names 3 sitemaps", "has news", &others] {
        assert!(said.contains(part), "{part:?} is missing in {said}");
    }
    assert_eq!(
        counts(&web, "/sitemap.xml"),
        0,
        "names that say news come first"
    );

    // The part of an index that has the news, when its name lasts; else the index.
    let web = Web::start("127.0.0.1");
    web.put(
        "/sitemap_index.xml",
        Page::Feed(index(&["/pages.xml", "/news.xml"])),
    );
    web.put("/news.xml", Page::Feed(story.clone()));
    let (said, feeds) = added(&web, "Sitemap: /sitemap_index.xml");
    assert!(feeds.contains(&web.url("/news.xml")), "{said}");
    web.put(
        "/sitemap_index.xml",
        Page::Feed(index(&["/news-1.xml", "/news-2.xml"])),
    );
    for path in ["/news-1.xml", "/news-2.xml"] {
        web.put(path, Page::Feed(story.clone()));
    }
    let (said, feeds) = added(&web, "Sitemap: /sitemap_index.xml");
    assert!(feeds.contains(&web.url("/sitemap_index.xml")), "{said}");

    // Nothing: what was looked at is said.
    let web = Web::start("127.0.0.1");
    web.put("/sitemap.xml", Page::Feed(plain(&web)));
    web.put("/news.xml", Page::Feed(news(&web, &[])));
    let (said, _) = added(
        &web,
        "Sitemap: /sitemap.xml\nSitemap: /news.xml\nSitemap: /gone.xml",
    );
    for words in [
        "no feed found",
        "without news",
        "no news at present",
        "/gone.xml: 404",
    ] {
        assert!(said.contains(words), "{said}");
    }
    let (said, _) = added(&Web::start("127.0.0.1"), "User-agent: *");
    assert!(said.contains("it names no sitemap"), "{said}");
}

#[test]
fn the_address_of_a_sitemap_or_an_index_is_added_as_it_is() {
    let web = Web::start("127.0.0.1");
    web.put(
        "/news.xml.gz",
        gzip(&news(&web, &[("/1", STORY, "2026-11-28T10:00:00Z")])),
    );
    web.put("/index.xml", Page::Feed(index(&["/news.xml.gz"])));
    let world = World::new(&[("x", "https://x.example/feed")]);
    for path in ["/news.xml.gz", "/index.xml"] {
        let run = world.run(&["feed", "add", &web.url(path)]).ok();
        assert!(run.stdout.contains("Outlet, 1 item now"), "{run:?}");
    }
    assert!(!web.paths().contains(&"/robots.txt".to_owned()));
}

#[test]
fn a_compressed_file_that_becomes_too_large_is_no_feed() {
    let web = Web::start("127.0.0.1");
    web.put("/bomb.xml.gz", gzip(&" ".repeat(9 << 20)));
    web.put("/index.xml", Page::Feed(index(&["/bomb.xml.gz"])));
    let world = World::new(&[
        ("bomb", &web.url("/bomb.xml.gz")),
        ("index", &web.url("/index.xml")),
    ]);
    let run = world.run(&["once", "--json"]);
    assert_eq!(run.code, 69, "{run:?}");
    let told = run.stdout.matches("larger than 8 MiB").count();
    assert_eq!(told, 2, "{run:?}");
    let path = world.config().join("bomb.gz");
    let Page::Whole(_, _, packed) = gzip(&" ".repeat(9 << 20)) else {
        unreachable!("it is one")
    };
    fs::write(&path, packed).expect("a file");
    let run = world.run(&["feed", "show", path.to_str().expect("UTF-8")]);
    assert!(run.stdout.contains("larger than 8 MiB"), "{run:?}");
}

#[test]
fn an_index_whose_host_wants_rest_is_left_alone_as_asked() {
    let web = Web::start("127.0.0.1");
    web.put("/index.xml", Page::Feed(index(&["/a.xml", "/b.xml"])));
    let rest = &[("Retry-After", "7200")];
    web.put("/a.xml", Page::Whole(429, rest, Vec::new()));
    web.put("/b.xml", Page::Feed(news(&web, &[])));
    let world = World::new(&[("outlet", &web.url("/index.xml"))]);
    let run = world.run(&["once", "--json"]);
    assert_eq!(run.code, 69, "{run:?}");
    assert!(run.stdout.contains("429"), "{run:?}");
    assert_eq!(counts(&web, "/b.xml"), 0, "the host is left alone at once");
    let line = world.run(&["feed", "list", "--json"]).json();
    let next = line["next_poll"].as_i64().expect("an instant");
    let wait = next - jiff::Timestamp::now().as_second();
    assert!(wait > 7000, "{line}");
}
