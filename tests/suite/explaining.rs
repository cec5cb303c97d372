//! `explain`: the reasons for a hit and for a miss, and what has changed since.

use crate::web::{Page, Web, rss};
use crate::world::{WATCH, World};

fn world_with_items(web: &Web) -> World {
    let hit = ("Police used lethal force", "a", "Protesters were shot.");
    let miss = ("Lethal weapons and brute force", "b", "Protesters marched.");
    web.put("/feed", Page::Feed(rss("The Outlet", &[hit, miss])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 1);
    world
}

#[test]
fn a_hit_is_explained_with_its_words_marked() {
    let web = Web::start("127.0.0.1");
    let world = world_with_items(&web);
    let entry = world.run(&["hits", "--json"]).ok().json()["entry"].to_string();
    let shown = world
        .run(&["explain", "--watch", "force", "--entry", &entry])
        .ok()
        .stdout;
    assert!(shown.contains("became a hit of `force`"), "{shown}");
    assert!(shown.contains("Use of force matches"), "{shown}");
    assert!(shown.contains("Police used **lethal force**"), "{shown}");
    assert!(shown.contains("**Protesters** were shot"), "{shown}");
    assert!(!shown.contains("has changed"), "{shown}");

    world.write(
        "watches/force.toml",
        &WATCH.replace("protest*", "protester*"),
    );
    let shown = world
        .run(&["explain", "--watch", "force", "--entry", &entry])
        .ok()
        .stdout;
    assert!(shown.contains("the watch has changed since"), "{shown}");
}

#[test]
fn a_miss_names_the_part_that_failed() {
    let web = Web::start("127.0.0.1");
    let world = world_with_items(&web);
    let shown = world
        .run(&["explain", "--watch", "force", "--entry", "2"])
        .ok()
        .stdout;
    assert!(shown.contains("is no hit of `force`"), "{shown}");
    assert!(shown.contains("does not match"), "{shown}");
    let failed = shown
        .lines()
        .find(|line| line.contains("no ") && line.contains("lethal force"));
    assert!(failed.is_some(), "{shown}");
    let held = shown
        .lines()
        .find(|line| line.contains("yes") && line.contains("protest*"));
    assert!(held.is_some(), "{shown}");
}

#[test]
fn a_document_from_outside_is_explained_too() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let document = r#"{"title": "Lethal force at a protest"}"#;
    let shown = world
        .run_with_input(&["explain", "--watch", "force", "-"], document)
        .ok()
        .stdout;
    assert!(
        shown.contains("**Lethal force** at a **protest**"),
        "{shown}"
    );
    assert_eq!(
        world
            .run_with_input(&["explain", "--watch", "force", "-"], "no")
            .code,
        65
    );
    assert_eq!(
        world
            .run(&["explain", "--watch", "nope", "--entry", "1"])
            .code,
        64
    );
    assert_eq!(world.run(&["explain", "--watch", "force"]).code, 64);
}

#[test]
fn the_language_is_a_chapter_of_the_help() {
    let world = World::new(&[]);
    let chapter = world.run(&["help", "language"]).ok().stdout;
    for word in ["NEAR", "ATLEAST", "MIN", "site:", "threshold"] {
        assert!(chapter.contains(word), "{word}");
    }
    assert!(
        world
            .run(&["help", "feed", "add"])
            .ok()
            .stdout
            .contains("--tag")
    );
    assert_eq!(world.run(&["help", "nothing"]).code, 64);
}
