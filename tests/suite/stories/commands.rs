//! Stories as they are listed, shown and split, and what is told when they cannot be made.

use serde_json::Value;

use crate::web::{Page, Web, rss};
use crate::world::World;

use super::*;

/// Three outlets report one event, two of them in the words of an agency.
fn world(web: &Web) -> World {
    let (first, other) = (CRACKDOWN[0], CRACKDOWN[1]);
    for (path, words) in [("/courier", first), ("/mirror", first), ("/tribune", other)] {
        let lead = format!("{} Protesters spoke of lethal force.", words.1);
        let items = [(words.0, "dock", lead.as_str())];
        web.put(path, Page::Feed(rss("An outlet", &items)));
    }
    let world = World::new(&[]);
    let feeds: String = ["courier", "mirror", "tribune"]
        .map(|name| {
            let url = web.url(&format!("/{name}"));
            format!("[[feed]]\nid = \"{name}\"\nurl = \"{url}\"\noutlet = \"{name}.example\"\nlanguage = \"en\"\n")
        })
        .concat();
    world.write("feeds.toml", &feeds);
    world
}

#[test]
fn stories_are_listed_shown_and_split() {
    let web = Web::start("127.0.0.1");
    let world = world(&web);
    world.once();
    let listed = world.run(&["story", "list", "--json"]).ok().json_lines();
    assert_eq!(listed.len(), 1, "{listed:?}");
    let story = &listed[0];
    assert_eq!(story["items"], 3, "{story}");
    assert_eq!(story["outlets"], 2, "{story}");
    assert_eq!(story["carry_one_text"], 2, "{story}");
    let number = story["story"].to_string();
    let shown = world.run(&["story", "show", &number, "--json"]).ok().json();
    let items = shown["items"].as_array().expect("items");
    assert_eq!(items.len(), 3, "{shown}");
    assert_eq!(items[0]["relation"], "first", "{shown}");
    assert!(
        items.iter().any(|item| item["relation"] == "copy"),
        "{shown}"
    );
    for item in items {
        assert!(
            item["why"].as_str().is_some_and(|why| !why.is_empty()),
            "{item}"
        );
        assert_eq!(item["is_hit"], true, "{item}");
    }
    let people = world.run(&["story", "show", &number]).ok().stdout;
    for words in [
        "2 outlets in their own words; 2 carry one text",
        "First reported by ",
        ": same event, a hit",
        "https://outlet.example/dock",
    ] {
        assert!(people.contains(words), "{words} in {people}");
    }
    let table = world.run(&["story", "list"]).ok().stdout;
    assert!(table.contains("outlets  items  headline"), "{table}");
    // An item is not a story.
    let second = items[1]["entry"].to_string();
    let item = world.run(&["story", "show", &second]);
    let is_in = format!("there is no story {second}; item {second} is in story {number}");
    assert!(item.stderr.contains(&is_in), "{item:?}");
    let split = world.run(&["story", "split", &number]).ok().stdout;
    assert!(split.contains("the 3 items of story"), "{split}");
    let listed = world.run(&["story", "list", "--json"]).ok().json_lines();
    assert_eq!(listed.len(), 3, "{listed:?}");
    assert!(
        listed
            .iter()
            .any(|story| story["story"].as_i64() == number.parse().ok()),
        "{listed:?}"
    );
    for command in ["show", "split"] {
        let unknown = world.run(&["story", command, "987654"]);
        assert_eq!(unknown.code, 64, "{unknown:?}");
        assert!(
            unknown.stderr.contains("there is no story 987654; see"),
            "{unknown:?}"
        );
    }
    let none = world.run(&["story", "list", "--since", "2999-01-01"]).ok();
    assert!(
        none.stdout.contains("no story was reported since 2999"),
        "{none:?}"
    );
    let alone = world.run(&["story", "split", &number]);
    assert_eq!(alone.code, 64, "{alone:?}");
    assert!(alone.stderr.contains("has one item"), "{alone:?}");
    assert_eq!(world.run(&["story", "list", "--since", "soon"]).code, 64);
    let nothing = World::new(&[]).run(&["story", "list"]);
    assert_eq!(nothing.code, 66, "{nothing:?}");
}

#[test]
fn mails_go_while_items_cannot_be_put_into_stories_and_that_is_told() {
    let web = Web::start("127.0.0.1");
    let world = world(&web);
    // Makes the database.
    world.set_feeds(&[]);
    world.run(&["once"]);
    let database =
        rusqlite::Connection::open(world.state().join("newsvigil.db")).expect("a database");
    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON story_item BEGIN SELECT RAISE(ABORT, 'no room'); END";
    database.execute_batch(refuse).expect("a trigger");
    let feeds = ["courier", "mirror", "tribune"].map(|name| (name, web.url(&format!("/{name}"))));
    let feeds: Vec<(&str, &str)> = feeds.iter().map(|(id, url)| (*id, url.as_str())).collect();
    world.set_feeds(&feeds);
    let run = world.run(&["once", "--json"]);
    assert!(
        run.stderr.contains("could not be put into stories"),
        "{run:?}"
    );
    assert!(run.stderr.contains("no room"), "{run:?}");
    let summary: Value = run.ok().json();
    assert_eq!(summary["hits"], 3, "{summary}");
    assert!(!world.mailbox().is_empty(), "the mail went out");
    let status = world.run(&["status", "--json"]).json();
    assert_eq!(status["entries_unplaced"], 3, "{status}");
    assert!(
        !status["needs"].to_string().contains("into stories"),
        "not yet: {status}"
    );
    let older = "UPDATE story_waiting SET seen_at = seen_at - 7200";
    database.execute(older, []).expect("older");
    let status = world.run(&["status", "--json"]).json();
    assert!(
        status["needs"]
            .to_string()
            .contains("3 items wait to be put into stories"),
        "{status}"
    );
    // And once they can, they are.
    database
        .execute_batch("DROP TRIGGER refuse")
        .expect("dropped");
    assert_eq!(world.once_all()["hits"], 0);
    let status = world.run(&["status", "--json"]).json();
    assert_eq!(status["entries_unplaced"], 0, "{status}");
    assert_eq!(
        world
            .run(&["story", "list", "--json"])
            .ok()
            .json_lines()
            .len(),
        1
    );
}

#[test]
fn a_file_of_items_is_grouped_in_the_order_given() {
    let world = World::new(&[]);
    let line = |id: Value, (title, summary, language): Words, published: Value| {
        serde_json::json!({"id": id, "title": title, "summary": summary, "language": language,
            "published": published, "feed": "f", "outlet": "outlet.example"})
    };
    let items = [
        line("first".into(), CRACKDOWN[0], 1_790_000_000.into()),
        line(7.into(), TRIAL[0], "2026-09-21T15:00:00Z".into()),
        line(Value::Null, CRACKDOWN[1], Value::Null),
        line(9.5.into(), CRACKDOWN[2], 1_790_003_600.into()),
    ];
    let text: String = items.iter().map(|item| format!("{item}\n")).collect();
    world.write("items.jsonl", &text);
    let file = world.config().join("items.jsonl");
    let file = file.to_str().expect("a path");
    let run = world.run(&["story", "group", file, "--json"]).ok();
    let lines = run.json_lines();
    let given: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
    let third = Value::from("line 3");
    assert_eq!(
        given,
        [&items[0]["id"], &items[1]["id"], &third, &items[3]["id"]]
    );
    let stories: Vec<&Value> = lines.iter().map(|line| &line["story"]).collect();
    // A story is called after its first item, as that was called.
    let (first, seven) = (Value::from("first"), Value::from(7));
    assert_eq!(stories, [&first, &seven, &first, &first]);
    let relations: Vec<&Value> = lines.iter().map(|line| &line["relation"]).collect();
    assert_eq!(relations, ["first", "first", "same event", "same event"]);
    assert!(
        lines
            .iter()
            .all(|line| line["why"].as_str().is_some_and(|why| !why.is_empty()))
    );
    // The same from standard input, with a dash and without.
    for arguments in [
        &["story", "group", "--json", "-"][..],
        &["story", "group", "--json"],
    ] {
        let piped = world.run_with_input(arguments, &text).ok();
        assert_eq!(piped.stdout, run.stdout);
    }
    let shown = world.run_with_input(&["story", "group"], &text).ok().stdout;
    for words in [
        "Story first (3 items)",
        "Story 7 (1 item)",
        "line 3",
        "4 items in 2 stories",
    ] {
        assert!(shown.contains(words), "{shown}");
    }
}

#[test]
fn a_line_that_is_no_item_is_named_and_the_others_are_grouped() {
    let world = World::new(&[]);
    let good = |title: &str| serde_json::json!({"title": title}).to_string();
    let input = format!(
        "{}\nnonsense\n\n[]\n{{\"title\": \"a\", \"published\": \"yesterday\"}}\n{{\"titel\": \"b\"}}\n{}\n",
        good("Editor sentenced in Velmora"),
        good("Fire in a mill")
    );
    let run = world.run_with_input(&["story", "group", "--json"], &input);
    assert_eq!(run.code, 65, "{run:?}");
    let lines = run.json_lines();
    assert_eq!(lines.len(), 2, "{run:?}");
    assert_eq!(lines[1]["id"], "line 7");
    for words in [
        "-:2: not an item",
        "-:4: not an item",
        "-:5: not an item: `published` is no time",
        "-:6: not an item",
        "4 lines could not be read",
    ] {
        assert!(run.stderr.contains(words), "{words}: {run:?}");
    }
    let words = world.run_with_input(&["story", "group"], "Fire in a mill\n");
    assert_ne!(words.code, 0, "{words:?}");
}
