//! Feeds come and go as lists and addresses; `feeds.toml` keeps what people wrote in it.

use std::fs;

use crate::web::{Page, Web, rss};
use crate::world::World;

fn feeds_toml(world: &World) -> String {
    fs::read_to_string(world.config().join("feeds.toml")).expect("feeds.toml")
}

#[test]
fn a_page_is_asked_for_its_feed_which_is_added_under_the_comments() {
    let web = Web::start("127.0.0.1");
    web.put("/news", Page::Status(200, "<html><head><link rel=alternate type='application/rss+xml' href='/gone'><link rel=alternate type='application/rss+xml' href='/the-feed'></head></html>".to_owned()));
    web.put(
        "/the-feed",
        Page::Feed(rss("El Diario — Perú", &[("A", "a", "b")])),
    );
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let before = format!("# Ours, do not touch\n{}", feeds_toml(&world));
    world.write("feeds.toml", &before);
    let run = world
        .run(&["feed", "add", &web.url("/news"), "--tag", "latin-america"])
        .ok();
    assert!(run.stdout.contains("`el-diario-peru`"), "{run:?}");
    let after = feeds_toml(&world);
    assert!(after.starts_with(&before), "{after}");
    assert!(after.contains(&web.url("/the-feed")), "{after}");
    assert!(after.contains("latin-america"), "{after}");
    let again = world.run(&["feed", "add", &web.url("/the-feed")]).ok();
    assert!(again.stdout.contains("already"), "{again:?}");
    assert_eq!(feeds_toml(&world), after);
}

#[test]
fn a_page_without_a_feed_changes_nothing() {
    let web = Web::start("127.0.0.1");
    web.put(
        "/news",
        Page::Status(200, "<html><title>News</title></html>".to_owned()),
    );
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let before = feeds_toml(&world);
    let run = world.run(&["feed", "add", &web.url("/news")]);
    assert_eq!(run.code, 65, "{run:?}");
    assert!(run.stderr.contains("no feed found"), "{run:?}");
    assert_eq!(feeds_toml(&world), before);
}

#[test]
fn a_list_is_imported_with_its_folders_and_exported_again() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let list = r#"<opml version="2.0"><body><outline text="América Latina">
        <outline type="rss" text="Uno &amp; medio" xmlUrl="https://one.example/feed" language="es-PE"/>
        <outline type="rss" text="Uno &amp; medio" xmlUrl="https://two.example/feed"/>
        <outline type="rss" text="" xmlUrl="https://three.example/feed"/>
        <outline type="rss" text="Known" xmlUrl="https://outlet.example/feed"/>
        <outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/></outline></body></opml>"#;
    let run = world.run_with_input(&["feed", "import", "-"], list).ok();
    assert!(
        run.stdout
            .contains("3 feeds added, 1 there already, 1 left out"),
        "{run:?}"
    );
    let listed = world.run(&["feed", "list", "--json"]).ok().json_lines();
    let ids: Vec<&str> = listed
        .iter()
        .filter_map(|feed| feed["id"].as_str())
        .collect();
    assert_eq!(ids, ["outlet", "uno-medio", "uno-medio-2", "three-example"]);
    assert_eq!(listed[1]["tags"][0], "america-latina");
    assert_eq!(listed[1]["language"], "es");

    let exported = world.run(&["feed", "export"]).ok().stdout;
    let other = World::new(&[("x", "https://x.example/feed")]);
    other
        .run_with_input(&["feed", "import", "-"], &exported)
        .ok();
    let back = other.run(&["feed", "list", "--json"]).ok().json_lines();
    assert_eq!(back.len(), 5);
    assert_eq!(
        world
            .run_with_input(&["feed", "import", "-"], "nothing")
            .code,
        65
    );
}
