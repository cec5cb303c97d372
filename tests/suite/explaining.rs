//! `explain`: the reasons for a hit and for a miss, and what has changed since.

use crate::web::{Page, Web, rss};
use crate::world::{WATCH, World, shipped};

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
            .run_with_input(&["explain", "--watch", "force", "-"], "{no")
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
fn what_match_takes_is_explained_too() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let words = "Lethal force\nat a protest";
    let shown = world
        .run_with_input(&["explain", "--watch", "force", "-"], words)
        .ok()
        .stdout;
    assert!(shown.contains("**Lethal force**"), "{shown}");
    assert!(shown.contains("at a **protest**"), "{shown}");
    let shown = world
        .run(&["explain", "--watch", "force", "A concert ended"])
        .ok()
        .stdout;
    assert!(shown.contains("title: A concert ended"), "{shown}");
    let missing = world.run(&["explain", "--watch", "force", "missing.txt"]);
    assert_eq!(missing.code, 66, "{missing:?}");
}

#[test]
fn the_tier_of_a_hit_is_told_with_its_score() {
    let world = World::new(&[]);
    world.write(
        "watches/force.toml",
        "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nmatch = 'force'\nthreshold = 2\nalert_above = 4\n\
         score = { lethal = 2, deadly = 6 }\n",
    );
    let shown = |words: &str| {
        let run = world.run(&["explain", "--watch", "force", words]);
        run.ok().stdout
    };
    let digest = shown("Use of force\nIt was lethal.");
    assert!(digest.contains("2  score, 2 asked for"), "{digest}");
    assert!(digest.contains("in the digest; alerts above 4"), "{digest}");
    let alert = shown("Use of force\nIt was deadly.");
    assert!(alert.contains("an alert; alerts above 4"), "{alert}");
    let none = shown("Use of force\nNobody was hurt.");
    assert!(none.contains("does not match"), "{none}");
    assert!(!none.contains("alerts above"), "{none}");
}

#[test]
fn what_stands_only_far_below_is_told_with_its_weight() {
    let world = World::new(&[]);
    world.write(
        "watches/force.toml",
        "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nmatch = 'force'\nurgency = \"alert\"\n",
    );
    let text = |often: usize| {
        let rest = format!(
            "{}\n",
            "The council met again and spoke of roads. ".repeat(3)
        );
        let with = "It was a question of force.\n".repeat(often);
        format!("From the council\n{}{with}{rest}", rest.repeat(29))
    };
    for (often, told) in [
        (1, "in paragraph 30 only, and so is told in the digest"),
        (2, "in 2 paragraphs, the first of them paragraph 30, and so"),
        (
            3,
            "in 3 paragraphs, the first of them paragraph 30; 3 or more count in full",
        ),
    ] {
        let shown = world.run_with_input(&["explain", "--watch", "force", "-"], &text(often));
        let shown = shown.ok().stdout;
        assert!(shown.contains(told), "{shown}");
        let line = world.run_with_input(&["match", "--json", "-"], &text(often));
        let line = line.ok().stdout;
        let place = format!("\"body_only\":{{\"paragraphs\":{often},\"first\":30}}");
        assert!(line.contains(&place), "{line}");
    }
    let near = world.run(&[
        "explain",
        "--watch",
        "force",
        "By force\nOnce more by force.",
    ]);
    assert!(!near.ok().stdout.contains("weight"));
    let line = world.run(&["match", "--json", "By force\nOnce more by force."]);
    assert!(!line.ok().stdout.contains("body_only"));
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

#[test]
fn a_miss_of_a_shipped_watch_is_told_on_one_screen() {
    let world = World::new(&[]);
    world.copy_shipped_watches();
    for name in ["newsvigil.toml", "feeds.toml"] {
        let text = std::fs::read_to_string(shipped().join(name)).expect("a shipped file");
        let text = match name {
            "feeds.toml" => String::new(),
            _ => text,
        };
        world.write(name, &text);
    }
    world.remove("watches/force.toml");
    let document = r#"{"language": "en", "title": "Court frees a prisoner of a video game", "summary": "It was sold elsewhere."}"#;
    let explain = |more: &[&str]| {
        let arguments: Vec<&str> = ["explain", "--watch", "torture", "-"]
            .iter()
            .chain(more)
            .copied()
            .collect();
        world.run_with_input(&arguments, document).ok().stdout
    };
    let shown = explain(&[]);
    assert!(shown.lines().count() < 60, "{shown}");
    let summary: Vec<&str> = shown
        .lines()
        .take_while(|line| !line.starts_with("title:"))
        .collect();
    assert!(
        summary.iter().any(|line| line.contains("nearest: NOT")),
        "{shown}"
    );
    assert!(
        summary
            .iter()
            .any(|line| line.contains("found `video game`")),
        "{shown}"
    );
    assert!(
        !shown.contains("**"),
        "words that exclude or do not match are not marked: {shown}"
    );
    let all = explain(&["--all"]);
    assert!(all.contains("prisoner"), "{all}");
    assert!(all.lines().count() > shown.lines().count(), "{all}");
}

#[test]
fn a_group_that_holds_shows_the_branches_that_hold() {
    let world = World::new(&[]);
    world.write(
        "watches/force.toml",
        &WATCH.replace(
            "'\"lethal force\" AND protest*'",
            "'(\"lethal force\" OR rifle OR bullet) AND protest* AND NOT concert'",
        ),
    );
    let document = r#"{"title": "Lethal force at a protest", "text": "A bullet."}"#;
    let shown = world
        .run_with_input(&["explain", "--watch", "force", "-"], document)
        .ok()
        .stdout;
    assert!(shown.contains("by lethal force  in title"), "{shown}");
    assert!(shown.contains("and 1 other does not"), "{shown}");
    assert!(!shown.contains("no  rifle"), "{shown}");
    assert!(shown.contains("**bullet**"), "{shown}");
    let excluded = r#"{"title": "Lethal force at a protest", "text": "A concert."}"#;
    let shown = world
        .run_with_input(&["explain", "--watch", "force", "-"], excluded)
        .ok()
        .stdout;
    assert!(shown.contains("what it excludes is there"), "{shown}");
    assert!(shown.contains("A concert."), "not marked: {shown}");
}

#[test]
fn of_many_documents_one_is_to_be_picked() {
    let run = World::new(&[]).run_with_input(
        &["explain", "--watch", "force", "-"],
        "{\"title\": \"one\"}\n{\"title\": \"two\"}\n",
    );
    assert_eq!(run.code, 65, "{run:?}");
    assert!(run.stderr.contains("holds several documents"), "{run:?}");
    assert!(run.stderr.contains("sed -n 3p"), "{run:?}");
}

#[test]
fn an_example_that_fails_says_why() {
    let world = World::new(&[]);
    let wrong = WATCH.replace(
        "used lethal force against",
        "used force, a lethal one, against",
    );
    world.write("watches/force.toml", &wrong);
    let run = world.run(&["check"]);
    assert_eq!(run.code, 78, "{run:?}");
    assert!(run.stderr.contains("not side by side"), "{run:?}");
    assert!(
        run.stderr.contains("newsvigil explain --watch force FILE"),
        "{run:?}"
    );
    world.write(
        "watches/force.toml",
        &WATCH.replace("The concert", "Lethal force, a protest: the concert"),
    );
    let run = world.run(&["check"]);
    assert!(
        run.stderr
            .contains("it matches by `lethal force`, `protest*`"),
        "{run:?}"
    );
}

#[test]
fn the_form_that_was_found_is_shown_with_its_word() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    world.write(
        "watches/force.toml",
        &WATCH.replace("protest*", "(protest* OR detener~)"),
    );
    let document =
        r#"{"language": "es", "title": "Lethal force", "summary": "Los detuvieron ayer"}"#;
    let shown = world
        .run_with_input(&["explain", "--watch", "force", "-"], document)
        .ok()
        .stdout;
    assert!(shown.contains("detuvieron — a form of detener~"), "{shown}");
    assert!(shown.contains("**detuvieron**"), "{shown}");
}
