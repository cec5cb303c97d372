//! The feeds of a page are found, however its address is written.

use super::*;

/// A site whose page at `/` is given, with a feed at each of the paths.
fn site(html: &str, link: &str, feeds: &[&str]) -> (Web, World) {
    let web = Web::start("127.0.0.1");
    web.put("/", Page::Html(html.to_owned(), link.to_owned()));
    for path in feeds {
        web.put(path, Page::Feed(rss("Outlet", &[("A", "a", "b")])));
    }
    let world = World::new(&[("x", "https://x.example/feed")]);
    (web, world)
}

#[track_caller]
fn check_added(html: &str, link: &str, feeds: &[&str], expected: &str) {
    let (web, world) = site(html, link, feeds);
    world.run(&["feed", "add", &web.url("/")]).ok();
    let toml = feeds_toml(&world);
    assert!(
        toml.contains(&format!("\"{}\"", web.url(expected))),
        "{html}: {toml}"
    );
    assert!(web.paths().len() <= 6, "{:?}", web.paths());
}

#[test]
fn the_feed_of_a_page_is_found_by_what_it_says() {
    check_added(
        "<link rel=alternate type='text/xml' href='/f'>",
        "",
        &["/f", "/feed"],
        "/f",
    );
    check_added("<link rel=feed href='/f'>", "", &["/f", "/feed"], "/f");
    check_added(
        "<p>Nothing</p>",
        "</style.css>; rel=preload, <f>; rel=\"alternate\"; type=\"application/atom+xml\"",
        &["/f", "/feed"],
        "/f",
    );
    check_added(
        "<script>document.write(\"<link rel=feed href=/no>\")</script><link rel=feed href=/f>",
        "",
        &["/f", "/no"],
        "/f",
    );
    check_added(
        "<link rel=feed title='Комментарии' href=/c><link rel=feed title='Новости' href=/f>",
        "",
        &["/f", "/c"],
        "/f",
    );
}

#[test]
fn the_feed_of_a_page_that_says_nothing_is_found_at_its_likely_places() {
    check_added("<a href='/abo'>RSS</a>", "", &["/abo", "/feed"], "/abo");
    for path in ["/feed", "/rss", "/rss.xml", "/atom.xml", "/index.xml"] {
        check_added("<p>Nothing</p>", "", &[path], path);
    }
}

/// Six requests for a feed, and one for the sitemaps of the site.
#[track_caller]
fn check_asked(web: &Web) {
    let paths = web.paths();
    assert_eq!(paths.len(), 7, "{paths:?}");
    assert_eq!(paths[6], "/robots.txt");
}

#[test]
fn guessing_has_manners() {
    let other = Web::start("127.0.0.2");
    let (web, world) = site(
        &format!(
            "<a href='{}'>RSS</a><a href='/1.rss'>1</a><a href='/2.rss'>2</a>",
            other.url("/rss")
        ),
        "",
        &[],
    );
    let run = world.run(&["feed", "add", &web.url("/")]);
    assert_eq!(run.code, 65, "{run:?}");
    assert!(run.stderr.contains("no feed found"), "{run:?}");
    check_asked(&web);
    assert!(other.paths().is_empty());
    for status in [429, 503] {
        let (web, world) = site("<p>Nothing</p>", "", &["/rss"]);
        web.put("/feed", Page::Status(status, String::new()));
        let run = world.run(&["feed", "add", &web.url("/")]);
        assert_eq!(run.code, 65, "{run:?}");
        assert!(run.stderr.contains("left alone"), "{run:?}");
        assert_eq!(web.paths(), ["/", "/feed"]);
    }
}

#[test]
fn addresses_are_understood_as_people_write_them() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("Outlet", &[("A", "a", "b")])));
    let address = web.url("/feed");
    let place = address.strip_prefix("http://").expect("http");
    for written in [
        format!("feed:{address}"),
        format!("feed://{place}"),
        format!("//{place}"),
        place.to_owned(),
        format!(" <{address}> "),
        format!("view-source:{address}"),
        format!("rss://{place}"),
    ] {
        let world = World::new(&[("x", "https://x.example/feed")]);
        world.run(&["feed", "add", &written]).ok();
        assert!(
            feeds_toml(&world).contains(&format!("\"{address}\"")),
            "of {written}"
        );
    }
    let world = World::new(&[("x", "https://x.example/feed")]);
    for (written, reason) in [
        ("javascript:alert(1)", "https: and http:"),
        ("file:///tmp/feed.xml", "feeds.toml"),
        ("outlet", "not an address"),
        (" ", "give the address"),
        ("user:secret@outlet.example/feed", "user name or password"),
    ] {
        let run = world.run(&["feed", "add", written]);
        assert_eq!(run.code, 64, "{run:?}");
        assert!(
            run.stderr.contains(reason) && !run.stderr.contains("secret"),
            "{run:?}"
        );
    }
}

#[test]
fn a_configuration_without_a_scheme_is_refused_with_the_address_that_was_meant() {
    for written in [
        "outlet.example/feed",
        "feed://outlet.example/feed",
        "//outlet.example/feed",
    ] {
        let world = World::new(&[("x", written)]);
        let run = world.run(&["check"]);
        assert_eq!(run.code, 78, "{run:?}");
        assert!(
            run.stderr
                .contains("did you mean \"https://outlet.example/feed\""),
            "{run:?}"
        );
    }
}

/// Redirects that lead on and on from a folder.
fn lead_on(web: &Web, folder: &str) {
    let mut path = folder.to_owned();
    for _ in 0..20 {
        web.put(&path, Page::Whole(302, &[("location", "x/")], Vec::new()));
        path.push_str("x/");
    }
}

#[test]
fn redirects_count_among_the_requests_for_a_page() {
    const AGAIN: &[(&str, &str)] = &[("location", "/again")];
    const ON: &[(&str, &str)] = &[("location", "/on/")];
    const ELSEWHERE: &[(&str, &str)] = &[("location", "ftp://site.example/")];
    const PLACES: [&str; 5] = ["/feed", "/rss", "/rss.xml", "/atom.xml", "/index.xml"];
    for (redirecting, headers) in [
        (&PLACES[..], AGAIN),
        (&PLACES[..], ON),
        (&PLACES[1..2], ON),
        (&PLACES[..2], AGAIN),
        (&PLACES[3..], ON),
        (&["/"], ON),
    ] {
        let (web, world) = site("<p>Nothing</p>", "", &[]);
        lead_on(&web, "/on/");
        for path in redirecting {
            web.put(path, Page::Whole(302, headers, Vec::new()));
        }
        let run = world.run(&["feed", "add", &web.url("/")]);
        assert_eq!(run.code, 65, "{run:?}");
        if *redirecting == ["/"] {
            assert_eq!(web.paths().len(), 6, "{:?}", web.paths());
        } else {
            check_asked(&web);
        }
    }
    // One that leads nowhere is one request, and the next place is asked.
    let (web, world) = site("<p>Nothing</p>", "", &["/rss"]);
    web.put("/feed", Page::Whole(302, ELSEWHERE, Vec::new()));
    world.run(&["feed", "add", &web.url("/")]).ok();
    assert_eq!(web.paths(), ["/", "/feed", "/rss"]);
    // What redirects to a feed is one.
    let (web, world) = site("<p>Nothing</p>", "", &["/again"]);
    web.put("/feed", Page::Whole(302, AGAIN, Vec::new()));
    world.run(&["feed", "add", &web.url("/")]).ok();
    assert_eq!(web.paths(), ["/", "/feed", "/again"]);
}
