//! Outlets without a feed: what is linked anew on their page is told, and a page that changed its build is not silent.

use std::fs;

use crate::web::{Page, Web};
use crate::world::World;

const OLD: (&str, &str) = ("old", "Lethal force at an old protest");
const NEW: (&str, &str) = ("new", "Police use lethal force at a protest in the south");

/// A page of news with a menu around it; each item is a link's last part and its words.
fn news(list: &str, items: &[(&str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(slug, title)| {
            format!("<li><a href=\"/news/{slug}\">{title}</a> <time>3 March 2021</time></li>")
        })
        .collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>The Outlet</title></head><body>\
         <nav><a href=\"/about\">About lethal force and protests</a></nav>\
         <main><ul class=\"{list}\">{items}</ul></main></body></html>"
    )
}

fn world(web: &Web, selector: &str) -> World {
    let world = World::new(&[("outlet", &web.url("/news"))]);
    read_by(&world, web, selector);
    world
}

fn read_by(world: &World, web: &Web, selector: &str) {
    world.write(
        "feeds.toml",
        &format!(
            "[[feed]]\nid = \"outlet\"\nurl = \"{}\"\nkind = \"page\"\nselector = \"{selector}\"\n",
            web.url("/news")
        ),
    );
}

fn health(world: &World) -> (String, String) {
    let feed = world.run(&["feed", "list", "--json"]).ok().json();
    let text = |key: &str| feed[key].as_str().unwrap_or_default().to_owned();
    (text("health"), text("error"))
}

#[test]
fn the_first_poll_is_silent_and_what_is_linked_later_is_told_whatever_its_date() {
    let web = Web::start("127.0.0.1");
    web.put("/news", Page::Feed(news("list", &[OLD])));
    let world = world(&web, ".list a");
    let first = world.once();
    assert_eq!(
        (&first["entries_new"], &first["hits"]),
        (&1.into(), &1.into()),
        "{first}"
    );
    assert!(world.mailbox().is_empty(), "what stood there is old");

    web.put("/news", Page::Feed(news("list", &[NEW, OLD])));
    assert_eq!(world.once_all()["entries_new"], 1);
    let mails = world.mailbox();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("in the south"), "{}", mails[0].text);
    assert!(
        mails[0].text.contains(&web.url("/news/new")),
        "{}",
        mails[0].text
    );
    assert!(
        !mails[0].text.contains(&web.url("/news/old")),
        "{}",
        mails[0].text
    );
    assert!(!mails[0].text.contains("About"), "{}", mails[0].text);

    // The same page costs its publisher next to nothing.
    world.once_all();
    let asked = web.requests("/news");
    assert!(
        asked
            .last()
            .is_some_and(|headers| headers.contains_key("if-none-match"))
    );
}

#[test]
fn a_link_that_moves_or_changes_its_words_is_the_same_item() {
    let web = Web::start("127.0.0.1");
    let other = ("other", "A concert ends");
    web.put("/news", Page::Feed(news("list", &[OLD, other])));
    let world = world(&web, ".list a");
    world.once();
    for items in [
        &[other, OLD][..],
        &[other],
        &[OLD, other, ("old?utm_source=box", OLD.1)],
    ] {
        web.put("/news", Page::Feed(news("list", items)));
        assert_eq!(world.once_all()["entries_new"], 0, "{items:?}");
    }
    let rewritten = ("other", "Lethal force: protest in the capital");
    web.put("/news", Page::Feed(news("list", &[OLD, rewritten])));
    let poll = world.once_all();
    assert_eq!(
        (&poll["entries_new"], &poll["entries_revised"]),
        (&0.into(), &1.into()),
        "{poll}"
    );
    let mails = world.mailbox();
    assert_eq!(mails.len(), 1, "what it says now is news");
    assert!(
        mails[0].text.contains("in the capital"),
        "{}",
        mails[0].text
    );
}

#[test]
fn a_page_that_was_rebuilt_is_failing_until_its_selector_is_mended_and_then_tells_no_old_links() {
    let web = Web::start("127.0.0.1");
    web.put("/news", Page::Feed(news("list", &[OLD])));
    let world = world(&web, ".list a");
    world.once();
    web.put("/news", Page::Feed(news("cards", &[OLD, NEW])));
    let run = world.run(&["once", "--all"]);
    assert_ne!(run.code, 0, "{run:?}");
    let (state, error) = health(&world);
    assert_eq!(state, "failing");
    for words in [
        "`.list a`",
        "3 other links",
        "newsvigil feed show --kind page",
        &web.url("/news"),
    ] {
        assert!(error.contains(words), "{error}");
    }
    // Not modified does not make it well.
    world.run(&["once", "--all"]);
    assert_eq!(health(&world).0, "failing");

    read_by(&world, &web, ".cards a");
    let poll = world.once_all();
    assert_eq!(poll["entries_new"], 1, "{poll}");
    assert!(
        world
            .mailbox()
            .iter()
            .all(|mail| !mail.text.contains("in the south"))
    );
    assert_ne!(health(&world).0, "failing");
    web.put(
        "/news",
        Page::Feed(news(
            "cards",
            &[OLD, NEW, ("third", "A third lethal force at a protest")],
        )),
    );
    world.once_all();
    assert!(
        world
            .mailbox()
            .iter()
            .any(|mail| mail.text.contains("A third"))
    );
}

#[test]
fn a_wall_in_the_place_of_a_page_is_failing_and_not_empty() {
    let web = Web::start("127.0.0.1");
    web.put("/news", Page::Feed(news("list", &[OLD])));
    let world = world(&web, "a");
    world.once();
    let wall = "<html><head><title>Just a moment...</title></head><body><p>Checking.</p>\
                <a href='https://help.example/x'>Why lethal force at a protest?</a></body></html>";
    web.put("/news", Page::Html(wall.to_owned(), String::new()));
    world.run(&["once", "--all"]);
    let (state, error) = health(&world);
    assert_eq!(state, "failing");
    assert!(error.contains("whether a person is reading"), "{error}");
    assert!(world.mailbox().is_empty());
}

#[test]
fn show_tells_what_a_selector_takes_and_proposes_one() {
    let web = Web::start("127.0.0.1");
    let items = [
        NEW,
        OLD,
        ("third", "The court sits over a death in custody"),
    ];
    web.put("/news", Page::Html(news("list", &items), String::new()));
    let world = World::new(&[]);
    let url = web.url("/news");
    let line = world
        .run(&["feed", "show", "--kind", "page", "--json", &url])
        .ok()
        .json();
    assert_eq!(
        line["feed"]["entries"].as_array().map(Vec::len),
        Some(3),
        "{line}"
    );
    assert_eq!(
        line["feed"]["entries"][0]["link"],
        web.url("/news/new").as_str()
    );
    assert_eq!(line["feed"]["entries"][0]["published"], 1_614_729_600);
    assert_eq!(line["feed"]["language"], "en");
    let proposed = line["selector"].as_str().expect("a selector").to_owned();
    let people = world
        .run(&["feed", "show", "--kind", "page", &url])
        .ok()
        .stdout;
    assert!(
        people.contains("a proposal") && people.contains(&proposed),
        "{people}"
    );
    assert!(
        people.contains(NEW.1) && people.contains("2021-03-03"),
        "{people}"
    );
    let own = world
        .run(&[
            "feed",
            "show",
            "--kind",
            "page",
            "--selector",
            "li",
            "--title-selector",
            "time",
            &url,
        ])
        .ok()
        .stdout;
    assert!(
        own.contains("3 March 2021") && !own.contains("a proposal"),
        "{own}"
    );

    let file = world.config().join("page.html");
    fs::write(&file, news("list", &items)).expect("a file");
    world
        .run(&[
            "feed",
            "show",
            "--kind",
            "page",
            &file.display().to_string(),
        ])
        .ok();
    let none = world.run(&[
        "feed",
        "show",
        "--kind",
        "page",
        "--selector",
        ".none",
        &url,
    ]);
    assert_eq!(none.code, 65, "{none:?}");
    assert!(none.stdout.contains("`.none` matches nothing"), "{none:?}");
    let lost = world.run(&["feed", "show", "--selector", "a", &url]);
    assert_eq!(lost.code, 64, "{lost:?}");
}

#[test]
fn a_page_is_added_with_a_selector_and_shown_to_be_judged() {
    let web = Web::start("127.0.0.1");
    let items = [
        NEW,
        OLD,
        ("third", "The court sits over a death in custody"),
    ];
    web.put("/news", Page::Html(news("list", &items), String::new()));
    let world = World::new(&[]);
    let run = world
        .run(&["feed", "add", "--page", &web.url("/news"), "--tag", "ngo"])
        .ok();
    assert!(run.stdout.contains("added `the-outlet`"), "{run:?}");
    for (_, title) in items {
        assert!(run.stdout.contains(title), "{run:?}");
    }
    let written = fs::read_to_string(world.config().join("feeds.toml")).expect("feeds.toml");
    assert!(
        written.contains("kind = \"page\"\nselector = "),
        "{written}"
    );
    world.run(&["check"]).ok();
    assert_eq!(world.once()["entries_new"], 3);
    let exported = world.run(&["feed", "export"]).ok();
    assert!(exported.stderr.contains("page of links"), "{exported:?}");

    let before = written;
    let empty = web.url("/empty");
    web.put(
        "/empty",
        Page::Html("<p>Nothing</p>".to_owned(), String::new()),
    );
    for arguments in [
        &["feed", "add", "--page", &empty][..],
        &["feed", "add", "--page", &empty, "--selector", "main >"],
    ] {
        let run = world.run(arguments);
        assert_eq!(run.code, 65, "{run:?}");
    }
    let after = fs::read_to_string(world.config().join("feeds.toml")).expect("feeds.toml");
    assert_eq!(before, after);
}
