//! `article show`: what is read of pages that lie in files.

use std::fs;

use serde_json::Value;

use crate::world::World;

const STORY: &str = "Officers entered the house at night, searched each room, and took three members of the family away without \
    showing a warrant, as witnesses told the court on Monday.";

fn page(story: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang='en'><head><title>Five taken away | The Outlet</title>
        <script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"datePublished\": \"2026-11-20T05:30:00Z\",
        \"author\": [{{\"name\": \"Ada One\"}}, {{\"name\": \"Ben Two\"}}]}}</script><link rel=canonical href='/five'></head>
        <body><nav><a href='/'>Home</a></nav><article><h1>Five taken away</h1>{story}</article></body></html>"
    )
}

fn story() -> String {
    (1..=4)
        .map(|number| format!("<p class='p{number}'>{number}. {STORY}</p>"))
        .collect()
}

#[test]
fn pages_in_files_are_shown_for_machines_and_people() {
    let world = World::new(&[]);
    world.write("whole.html", &page(&story()));
    world.write(
        "wall.html",
        "<title>Just a moment...</title><script>window._cf_chl_opt = {}</script>",
    );
    let at = |name: &str| {
        world
            .config()
            .join(name)
            .to_str()
            .expect("UTF-8")
            .to_owned()
    };
    let (whole, wall, missing) = (at("whole.html"), at("wall.html"), at("missing.html"));

    let base = "https://news.example/2026/five";
    let run = world
        .run(&["article", "show", "--json", "--base", base, &whole, &wall])
        .ok();
    let [first, second] = <[Value; 2]>::try_from(run.json_lines()).expect("a line for each page");
    assert_eq!(first["path"], whole.as_str());
    assert_eq!(first["ok"], true);
    assert_eq!(first["verdict"], "whole");
    assert_eq!(first["why"], Value::Null);
    assert_eq!(first["title"], "Five taken away");
    assert_eq!(first["byline"], "Ada One, Ben Two");
    assert_eq!(first["published"], 1_795_152_600);
    assert_eq!(first["language"], "en");
    assert_eq!(first["canonical"], "https://news.example/five");
    let text = first["text"].as_str().expect("a text");
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(
        text.starts_with("1. Officers") && text.contains("\n4. Officers"),
        "{text}"
    );
    assert_eq!(second["ok"], false);
    assert_eq!(second["verdict"], "challenge");
    assert!(
        second["why"]
            .as_str()
            .is_some_and(|why| why.contains("Cloudflare")),
        "{second}"
    );
    assert_eq!(second["text"], "");

    let shown = world.run(&["article", "show", &whole, &wall]).ok().stdout;
    for part in [
        "Five taken away",
        "Ada One, Ben Two",
        "2026-11-20",
        "whole",
        "4. Officers",
        "challenge",
        "Cloudflare",
    ] {
        assert!(shown.contains(part), "{part:?} is missing in {shown}");
    }
    let run = world.run(&["article", "show", "--json", &missing, &whole]);
    assert_eq!(run.code, 65, "{run:?}");
    let lines = run.json_lines();
    assert_eq!(
        (&lines[0]["ok"], &lines[0]["verdict"]),
        (&Value::Bool(false), &Value::Null)
    );
    assert!(
        lines[0]["why"]
            .as_str()
            .is_some_and(|why| why.contains("cannot be read")),
        "{run:?}"
    );
    assert_eq!(lines[1]["ok"], true);
}

#[test]
fn a_page_comes_from_standard_input_and_an_address_is_no_file() {
    let world = World::new(&[]);
    let arguments = ["article", "show", "--json", "-", "outlet.example/story"];
    let run = world.run_with_input(&arguments, &page(&story()));
    assert_eq!(run.code, 65, "{run:?}");
    let lines = run.json_lines();
    assert_eq!(
        (&lines[0]["path"], &lines[0]["verdict"]),
        (&Value::from("-"), &Value::from("whole"))
    );
    let why = lines[1]["why"].as_str().expect("a reason");
    assert!(why.contains("write https://outlet.example/story"), "{why}");
    let secret = "http://name:secret@127.0.0.1/story";
    for format in [&[][..], &["--json"]] {
        let arguments = [&["article", "show", secret], format].concat();
        let shown = format!("{:?}", world.run(&arguments));
        assert!(
            !shown.contains("secret") && shown.contains("127.0.0.1"),
            "{shown}"
        );
    }
}

#[test]
fn selectors_are_tried_and_their_mistakes_told() {
    let world = World::new(&[]);
    world.write("page.html", &page(&story()));
    let file = world.config().join("page.html");
    let file = file.to_str().expect("UTF-8");
    let text = |arguments: &[&str]| {
        let arguments = [&["article", "show", "--json", file][..], arguments].concat();
        world.run(&arguments).ok().json()["text"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    assert_eq!(text(&["--selector", ".p2, .p3"]).lines().count(), 2);
    let kept = text(&["--remove", ".p1", "--remove", ".p4"]);
    assert!(
        kept.starts_with("2. ") && kept.lines().count() == 2,
        "{kept}"
    );
    let unmatched = world
        .run(&["article", "show", "--selector", ".none", file])
        .ok()
        .stdout;
    assert!(unmatched.contains("matches nothing"), "{unmatched}");
    let wrong = world.run(&["article", "show", "--remove", "p >", file]);
    assert_eq!(wrong.code, 64);
    assert!(
        wrong.stderr.contains("`p >` is no CSS selector"),
        "{wrong:?}"
    );
}

#[test]
fn what_is_made_to_cost_ends_and_steers_no_terminal() {
    let world = World::new(&[]);
    let attributes: String = (0..100_000).map(|number| format!(" a{number}=1")).collect();
    for (name, body, why) in [
        ("nesting", "<div>".repeat(100_000), "nests"),
        ("attributes", format!("<p{attributes}>"), "attributes"),
        ("breaks", "<br>".repeat(200_000), "elements"),
        (
            "json-ld",
            format!(
                "<script type=application/ld+json>[{}]</script>",
                "1,".repeat(5_000_000)
            ),
            "4 MiB",
        ),
        ("large", "<p>x".repeat(6 << 20), "4 MiB"),
    ] {
        world.write(name, &body);
        let path = world.config().join(name);
        let begun = std::time::Instant::now();
        let line = world
            .run(&["article", "show", "--json", path.to_str().expect("UTF-8")])
            .ok()
            .json();
        assert_eq!(line["verdict"], "too-big", "{name}: {line}");
        assert!(
            // A slow machine runs out of time before.
            line["why"]
                .as_str()
                .is_some_and(|said| said.contains(why) || said.contains("takes longer than")),
            "{name}: {line}"
        );
        assert!(
            begun.elapsed().as_secs() < 20,
            "{name} took {:?}",
            begun.elapsed()
        );
        fs::remove_file(path).expect("a file");
    }
    let hostile = page(&story().replace("Officers", "Offi\u{9b}31m\u{202e}cers&#27;[31m"));
    world.write("hostile", &hostile);
    let path = world.config().join("hostile");
    let shown = world
        .run(&["article", "show", path.to_str().expect("UTF-8")])
        .ok()
        .stdout;
    assert!(
        shown
            .chars()
            .all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'),
        "{shown:?}"
    );
}
