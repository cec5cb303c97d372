//! Places: of watches, of recipients, in lists and mails, and why.

use crate::web::{Page, Web, rss};
use crate::world::World;

const PERU: (&str, &str, &str) = (
    "Police in Lima use lethal force",
    "a",
    "Peruvian protesters were shot.",
);
const KENYA: (&str, &str, &str) = (
    "Lethal force at a protest in Nairobi",
    "b",
    "Kenyan police say that they were attacked.",
);
const NOWHERE: (&str, &str, &str) = ("Lethal force at a protest", "c", "Nobody says where.");

fn watch(places: &str) -> String {
    format!(
        "[[watch]]\nid = \"force\"\ntitle = \"Use of force\"\nmatch = '\"lethal force\"'\n{places}\n\
         recipients = [\"desk\"]\n"
    )
}

fn recipient(more: &str) -> String {
    format!("[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n{more}\n")
}

/// A world that has polled the three items.
fn polled(watch: &str, recipient: &str) -> World {
    let web = Web::start("127.0.0.1");
    web.put(
        "/feed",
        Page::Feed(rss("The Outlet", &[PERU, KENYA, NOWHERE])),
    );
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write("watches/force.toml", watch);
    let path = world.config().join("newsvigil.toml");
    let settings = std::fs::read_to_string(path).expect("the settings");
    let fetch = settings.split("[[recipient]]").next().unwrap_or_default();
    world.write("newsvigil.toml", &format!("{fetch}{recipient}"));
    world.once();
    world
}

fn titles(world: &World, arguments: &[&str]) -> Vec<String> {
    let lines = world.run(arguments).ok().json_lines();
    let mut titles: Vec<String> = lines
        .iter()
        .map(|line| line["title"].as_str().unwrap_or_default().to_owned())
        .collect();
    titles.sort();
    titles
}

#[test]
fn a_watch_of_places_leaves_out_what_is_known_to_lie_elsewhere() {
    let world = polled(
        &watch("places = [\"PE\", \"central-america\"]"),
        &recipient(""),
    );
    assert_eq!(titles(&world, &["hits", "--json"]), [NOWHERE.0, PERU.0]);
    let document = serde_json::json!({"title": KENYA.0, "summary": KENYA.2}).to_string();
    let shown = world
        .run_with_input(&["explain", "--watch", "force", "-"], &document)
        .ok()
        .stdout;
    assert!(shown.contains("does not match"), "{shown}");
    assert!(
        shown.contains("it is about Kenya, and `places` of the watch are PE, central-america"),
        "{shown}"
    );
    assert!(
        shown.contains("KE Kenya  by Nairobi (title), Kenyan (summary)"),
        "{shown}"
    );
}

#[test]
fn hits_are_listed_by_place_and_say_theirs() {
    let world = polled(&watch(""), &recipient(""));
    assert_eq!(titles(&world, &["hits", "--json"]).len(), 3);
    assert_eq!(
        titles(&world, &["hits", "--json", "--place", "PE"]),
        [PERU.0]
    );
    let eastern = ["hits", "--json", "--place", "eastern-africa"];
    assert_eq!(titles(&world, &eastern), [KENYA.0]);
    let line = world.run(&eastern).ok().json();
    assert_eq!(line["places"], serde_json::json!(["KE"]));
    let csv = world.run(&["hits", "--csv", "--place", "PE"]).ok().stdout;
    assert!(
        csv.lines()
            .next()
            .is_some_and(|line| line.contains(",places,")),
        "{csv}"
    );
    assert!(csv.contains(",PE"), "{csv}");
    let items = world.run(&["items", "--json"]).ok().json_lines();
    assert!(
        items
            .iter()
            .any(|item| item["places"] == serde_json::json!(["PE"]))
    );
    let unknown = world.run(&["hits", "--place", "Peru"]);
    assert_eq!(unknown.code, 64);
    assert!(unknown.stderr.contains("did you mean `PE`?"), "{unknown:?}");
}

#[test]
fn a_recipient_of_places_gets_those_and_headings_by_place() {
    let world = polled(
        &watch("stories = false"),
        &recipient("places = [\"latin-america\"]\ngroup_by = \"place\""),
    );
    let mail = &world.mailbox()[0];
    let text = format!("{mail:?}");
    assert!(text.contains("PERU (1)"), "{text}");
    assert!(text.contains("NO PLACE NAMED (1)"), "{text}");
    assert!(!text.contains("Nairobi"), "{text}");
}

#[test]
fn match_says_the_places_of_each_document() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    world.write("watches/force.toml", &watch(""));
    for (title, places) in [
        (PERU.0, serde_json::json!(["PE"])),
        ("Lethal force in Hong Kong", serde_json::json!(["CN", "HK"])),
        ("Lethal force by Michael Jordan", serde_json::json!([])),
    ] {
        let input = serde_json::json!({"title": title}).to_string();
        let line = world
            .run_with_input(&["match", "--json"], &input)
            .ok()
            .json();
        assert_eq!(line["places"], places, "{title}");
    }
}

#[test]
fn mistakes_in_places_are_shown_with_what_was_meant() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    for (places, meant) in [
        ("places = [\"Peru\"]", "`PE`"),
        ("places = [\"central-amerika\"]", "`central-america`"),
        ("places = []", "leave `places` out"),
    ] {
        world.write("watches/force.toml", &watch(places));
        let run = world.run(&["check"]);
        assert_eq!(run.code, 78, "{run:?}");
        assert!(run.stderr.contains(meant), "{run:?}");
    }
    world.write("watches/force.toml", &watch("places = [\"here\"]"));
    world.write(
        "places.toml",
        "[[place]]\nid = \"here\"\nany = [\"Our Town\"]\n",
    );
    world.run(&["check"]).ok();
    world.write("places.toml", "[[place]]\nid = \"here\"\nany = [\"*\"]\n");
    let run = world.run(&["check"]);
    assert_eq!(run.code, 78, "{run:?}");
    assert!(run.stderr.contains("places.toml:3"), "{run:?}");
}
