//! Word lists as their users meet them: files, mistakes, warnings, commands, reloads.

mod mistakes;
mod warnings;

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::service::Service;
use crate::world::{Run, World};

const FORCES: &str = r#"
[[words]]
id = "forces"
title = "Police and soldiers"
any = ["OMON"]
en = ["police", "soldier", "national guard", "=ICE"]
es = ["policía", "guardia civil"]
"#;

const BEAT: &str = r#"
[[words]]
id = "beat"
en = ["beat", "torture"]
es = ["golpear"]
"#;

/// A watch with these lines.
fn watch(lines: &str) -> String {
    format!("[[watch]]\nid = \"force\"\ntitle = \"Force\"\n{lines}\n")
}

/// A world with this file of word lists and this watch.
fn world(words: &str, lines: &str) -> World {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    fs::create_dir(world.config().join("words")).expect("a folder");
    world.write("words/mine.toml", words);
    world.write("watches/force.toml", &watch(lines));
    world
}

/// What `check` tells, as JSON lines.
fn told(world: &World, code: i32) -> Vec<Value> {
    let run = world.run(&["check", "--json"]);
    assert_eq!(run.code, code, "{run:?}");
    run.json_lines()
}

fn text<'v>(problem: &'v Value, key: &str) -> &'v str {
    problem[key].as_str().unwrap_or_default()
}

fn matched(world: &World, document: &Value) -> Vec<Value> {
    world
        .run_with_input(&["match"], &document.to_string())
        .ok()
        .json_lines()
}

#[test]
fn a_watch_names_lists_of_any_file_and_finds_forms_in_any_language() {
    let world = world(FORCES, "match = '@forces NEAR/4 @beat'");
    world.write("words/other.toml", BEAT);
    let check = world.run(&["check"]).ok();
    assert_eq!(check.stderr, "");
    for title in [
        "Soldiers were beating a student",
        "OMON tortured a student",
        "Dos polic\u{ed}as golpearon a un estudiante",
    ] {
        let found = matched(&world, &json!({ "title": title }));
        assert_eq!(found.len(), 1, "{title}: {found:?}");
    }
    for title in ["The ice beat the skater", "A student beat a drum"] {
        assert_eq!(
            matched(&world, &json!({ "title": title })),
            [] as [Value; 0],
            "{title}"
        );
    }
}

#[test]
fn without_lists_nothing_changes() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    assert_eq!(world.run(&["check"]).ok().stderr, "");
    // An empty folder, or one without word lists.
    fs::create_dir(world.config().join("words")).expect("a folder");
    world.write("words/README.md", "Nothing yet");
    assert_eq!(world.run(&["check"]).ok().stderr, "");
    let run = world.run(&["words"]).ok();
    assert!(run.stdout.contains("there are no word lists"), "{run:?}");
}

#[test]
fn files_that_look_like_word_lists_are_read_or_told_of() {
    for (name, help) in [
        ("words/more.toml.txt", "rename it to `more.toml`"),
        ("words/more.tml", "rename it to `more.toml`"),
        ("words/mine.toml~", "`mine.toml` is read; take this copy"),
        ("words/more", "give it a name in .toml"),
        ("words/.more.toml", "rename it to have it read"),
        ("words/sub/more.toml", "move it up into `words`"),
        ("Words/more.toml", "move it into `words`"),
        ("wrods/more.toml", "move it into `words`"),
        ("more.toml", "word lists belong into the folder `words`"),
        ("words.toml", "word lists belong into the folder `words`"),
    ] {
        let world = world(FORCES, "match = '@forces'");
        let path = world.config().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, BEAT).expect("a file");
        let told = told(&world, 0);
        let [problem] = told.as_slice() else {
            panic!("{name}: {told:#?}");
        };
        assert!(text(problem, "file").ends_with(name), "{problem}");
        assert!(text(problem, "help").contains(help), "{problem}");
    }
    // What is not ours.
    let world = world(FORCES, "match = '@forces'");
    fs::create_dir(world.config().join("works")).expect("a folder");
    world.write("works/x.toml", "[package]\n");
    world.write("words/README.md", "What is what");
    assert_eq!(told(&world, 0), [] as [Value; 0]);
}

/// A list of these lines.
fn list(lines: &str) -> String {
    format!("[[words]]\nid = \"a\"\n{lines}\n")
}

#[test]
fn a_hundred_thousand_words_are_read_in_a_moment() {
    let words = |number: u32| {
        let names: String = (0..number)
            .map(|number| format!("\"name{number}\",\n"))
            .collect();
        format!("[[words]]\nid = \"a\"\nen = [\n{names}]\n")
    };
    let world = world(&words(100_000), "match = '@a'");
    let begun = Instant::now();
    world.run(&["check"]).ok();
    // Without optimisation; a small part of it with.
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "{:?}",
        begun.elapsed()
    );
    world.write("words/mine.toml", &words(100_001));
    let problems = told(&world, 78);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(
        text(&problems[0], "message").contains("at most 100000 words"),
        "{problems:#?}"
    );
}

#[test]
fn a_reload_refuses_broken_lists_and_keeps_the_old_ones() {
    let world = world(FORCES, "match = '@forces'");
    world.set_feeds(&[("outlet", "file:none.xml")]);
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    world.write("words/mine.toml", &FORCES.replace("es =", "sp ="));
    service.signal("-HUP");
    service.wait_for("RELOADING=1");
    let refused = service.wait_for("READY=1");
    assert!(refused.contains("refused"), "{refused}");
    // A list that another takes the place of, so that the watch names none.
    world.write("words/mine.toml", BEAT);
    service.signal("-HUP");
    service.wait_for("RELOADING=1");
    let refused = service.wait_for("READY=1");
    assert!(refused.contains("refused"), "{refused}");
    world.write("words/mine.toml", FORCES);
    service.signal("-HUP");
    service.wait_for("RELOADING=1");
    service.wait_for("READY=1");
    let log = service.stop().ok().stderr;
    for words in ["mine.toml:7", "force.toml:4", "reloaded: "] {
        assert!(log.contains(words), "{words}: {log}");
    }
}

#[test]
fn the_version_of_a_watch_changes_with_its_lists_and_with_no_others() {
    let world = world(
        &format!("{FORCES}{BEAT}[[words]]\nid = \"outer\"\nany = [\"@forces\"]\n"),
        "match = '@outer'\nscore = { \"@outer\" = 2 }",
    );
    world.write(
        "watches/other.toml",
        "[[watch]]\nid = \"plain\"\ntitle = \"Plain\"\nmatch = 'police'\n\
         [[watch]]\nid = \"beat\"\ntitle = \"Beat\"\nmatch = '@beat'\n",
    );
    world.set_feeds(&[("outlet", "file:feed.xml")]);
    world.write(
        "feed.xml",
        &crate::web::rss("The Outlet", &[("Police beat a student", "a", "")]),
    );
    world.once();
    let versions = |world: &World| -> Vec<(String, String)> {
        let hits = world.run(&["hits", "--json"]).ok().json_lines();
        let mut all: Vec<_> = hits
            .iter()
            .map(|hit| {
                (
                    text(hit, "watch").to_owned(),
                    text(hit, "watch_version").to_owned(),
                )
            })
            .collect();
        all.sort();
        all
    };
    let before = versions(&world);
    assert_eq!(before.len(), 3, "{before:?}");
    let explain = |watch: &str| {
        let run = world
            .run(&["explain", "--watch", watch, "--item", "1"])
            .ok();
        run.stdout.contains("the watch has changed since")
    };
    assert!(!explain("force") && !explain("plain") && !explain("beat"));
    let words = fs::read_to_string(world.config().join("words/mine.toml")).expect("a file");
    world.write(
        "words/mine.toml",
        &words.replace("\"OMON\"", "\"OMON\", \"Rosgvardia\""),
    );
    assert!(explain("force"));
    assert!(!explain("plain") && !explain("beat"));
}

#[test]
fn the_lists_are_shown_with_who_uses_them() {
    let outer = "[[words]]\nid = \"outer\"\ntitle = \"All\"\nes = [\"@forces\", \"verdugo\"]\n";
    let world = world(
        &format!("{FORCES}{BEAT}{outer}"),
        "match = '@outer NEAR/3 @beat'",
    );
    let table = world.run(&["words"]).ok().stdout;
    assert!(table.contains("any 1, en 4, es 2"), "{table}");
    let lines = world.run(&["words", "--json"]).ok().json_lines();
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert_eq!(lines[0]["id"], "forces");
    assert_eq!(lines[0]["words"], json!({ "any": 1, "en": 4, "es": 2 }));
    assert_eq!(lines[0]["used_by"], json!(["force"]));
    assert_eq!(lines[0]["line"], 3);
    assert_eq!(lines[2]["lists"], json!(["forces"]));

    let shown = world.run(&["words", "show", "@outer"]).ok().stdout;
    for words in [
        "All",
        "@outer",
        "mine.toml:",
        "used by force",
        "takes in @forces",
        "verdugo",
        "@forces: ",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    // Taken in under Spanish: no English words.
    assert!(!shown.contains("soldier"), "{shown}");
    let shown = world.run(&["words", "show", "outer", "--json"]).ok().json();
    assert_eq!(
        shown["languages"],
        json!([
            { "language": "es", "words": [
                { "word": "verdugo", "list": "outer" },
                { "word": "polic\u{ed}a", "list": "forces" },
                { "word": "guardia civil", "list": "forces" },
            ] },
            { "language": "any", "words": [{ "word": "OMON", "list": "forces" }] },
        ])
    );
    let shown = world
        .run(&["words", "show", "forces", "--language", "en", "--json"])
        .ok()
        .json();
    let languages = shown["languages"].as_array().expect("languages");
    assert_eq!(languages.len(), 2, "{shown}");
    let missing = world.run(&["words", "show", "force"]);
    assert_eq!(missing.code, 64);
    assert!(
        missing.stderr.contains("did you mean `forces`?"),
        "{missing:?}"
    );
    assert_eq!(
        world
            .run(&["words", "show", "forces", "--language", "Spanish"])
            .code,
        64
    );
}

#[test]
fn a_list_is_tried_on_a_text() {
    let world = world(&format!("{FORCES}{BEAT}"), "match = '@forces NEAR/3 @beat'");
    let test = |arguments: &[&str]| -> Run {
        let mut all = vec!["words", "test"];
        all.extend(arguments);
        world.run(&all)
    };
    let found = test(&["forces", "Two soldiers", "and a polic\u{ed}a"])
        .ok()
        .stdout;
    assert!(
        found.contains("soldiers  a form of soldier  (en, @forces)"),
        "{found}"
    );
    assert!(found.contains("polic\u{ed}a  (es, @forces)"), "{found}");
    let found = test(&["@forces", "The National Guards", "--json"])
        .ok()
        .json();
    assert_eq!(
        found,
        json!({ "found": "National Guards", "start": 4, "end": 19, "word": "national guard",
                "list": "forces", "languages": ["en"] })
    );
    let none = test(&["forces", "The ice melts"]);
    assert_eq!(none.code, 1, "{none:?}");
    assert!(
        none.stdout.contains("no word of @forces is found"),
        "{none:?}"
    );
    // Of a text in Spanish beyond doubt, no English words.
    assert_eq!(test(&["forces", "soldiers", "--language", "es"]).code, 1);
    assert_eq!(test(&["forces", "soldiers", "--language", "en"]).code, 0);
    assert_eq!(test(&["nothing", "soldiers"]).code, 64);
}
