//! `items`: what is stored, found by a watch or not.

use crate::web::{Page, Web, rss};
use crate::world::{Run, World};

const HIT: (&str, &str, &str) = ("Police used lethal force", "a", "Protesters were shot.");
const QUIET: (&str, &str, &str) = (
    "Manifestación en Łódź",
    "b",
    "Detuvieron a once personas, entre ellas dos periodistas de un diario local.",
);
const LONG: (&str, &str, &str) = (
    "A very long headline about the parliament of a far country that goes on and on, as headlines \
     of some outlets do, until nobody reads it any more and it still goes on",
    "c",
    "Nothing else.",
);

fn world_with_items(web: &Web) -> World {
    web.put("/feed", Page::Feed(rss("The Outlet", &[HIT, QUIET, LONG])));
    web.put(
        "/other",
        Page::Feed(rss(
            "Other\u{1b}[31m",
            &[("Storm \u{202e}warning", "d", "Wind.")],
        )),
    );
    let world = World::new(&[("outlet", &web.url("/feed")), ("other", &web.url("/other"))]);
    assert_eq!(world.once()["hits"], 1);
    world
}

fn titles(run: Run) -> Vec<String> {
    let lines = run.ok().json_lines();
    let titles = lines.iter().map(|item| item["title"].as_str());
    titles
        .map(|title| title.expect("a title").to_owned())
        .collect()
}

#[test]
fn items_without_a_hit_are_listed_and_searched_as_watches_fold() {
    let web = Web::start("127.0.0.1");
    let world = world_with_items(&web);
    assert_eq!(titles(world.run(&["items", "--json"])).len(), 4);
    for search in [
        "manifestacion",
        "LODZ periodistas",
        "\"once personas\"",
        "periodis*",
        "nowhere OR lodz",
    ] {
        let found = titles(world.run(&["items", "--json", "--search", search]));
        assert_eq!(found, [QUIET.0], "{search}");
    }
    for search in [
        "\"personas once\"",
        "periodis",
        "lodz concert",
        "\"lodz detuvieron\"",
    ] {
        let run = world.run(&["items", "--json", "--search", search]).ok();
        assert_eq!(run.stdout, "", "{search}");
        assert!(run.stderr.contains("hint: "), "{run:?}");
    }
    let wild = world.run(&["items", "--search", "arrest"]).ok();
    assert!(wild.stdout.contains("no items"), "{wild:?}");
    assert!(wild.stderr.contains("`arrest*`"), "{wild:?}");
    let query = world.run(&["items", "--search", "arrest NOT concert"]).ok();
    assert!(query.stderr.contains("mean nothing to it"), "{query:?}");
    let nothing = world.run(&["items", "--search", "\" ( *"]).ok();
    assert!(nothing.stdout.contains("no items"), "no search is an error");
    assert!(
        nothing.stderr.contains("no word to look for"),
        "{nothing:?}"
    );
    let nothing = world.run(&["hits", "--search", " "]).ok();
    assert!(
        nothing.stderr.contains("no word to look for"),
        "{nothing:?}"
    );
}

#[test]
fn items_are_limited_by_feed_time_and_number_the_newest_first() {
    let web = Web::start("127.0.0.1");
    let world = world_with_items(&web);
    assert_eq!(
        titles(world.run(&["items", "--json", "--feed", "outlet"])).len(),
        3
    );
    assert_eq!(
        titles(world.run(&["items", "--json", "--since", "1h"])).len(),
        4
    );
    let all = titles(world.run(&["items", "--json"]));
    let newest = titles(world.run(&["items", "--json", "--limit", "2"]));
    assert_eq!(newest, all[..2]);
    let people = world.run(&["items", "--limit", "2"]).ok().stdout;
    assert!(people.contains("the newest 2; --limit"), "{people}");
    let four = world.run(&["items", "--limit", "4"]).ok().stdout;
    assert!(!four.contains("the newest"), "there are no more: {four}");
    let unknown = world.run(&["items", "--feed", "outlit"]);
    assert_eq!(unknown.code, 64);
    assert!(
        unknown.stderr.contains("did you mean `outlet`?"),
        "{unknown:?}"
    );
    for mistake in [["items", "--limit", "0"], ["items", "--since", "soon"]] {
        assert_eq!(world.run(&mistake).code, 64, "{mistake:?}");
    }
    let empty = World::new(&[]).run(&["items"]);
    assert_eq!(empty.code, 66);
    assert!(empty.stderr.contains("newsvigil once"), "{empty:?}");
}

#[test]
fn an_item_is_shown_with_its_outlet_link_and_watches_and_no_word_is_broken() {
    let web = Web::start("127.0.0.1");
    let world = world_with_items(&web);
    world.write(
        "feeds.toml",
        &format!(
            "[[feed]]\nid = \"outlet\"\ntitle = \"La Gaceta\"\nurl = \"{}\"\n",
            web.url("/feed")
        ),
    );
    let shown = world.run(&["items"]).ok().stdout;
    for words in [
        "  La Gaceta\n",
        "        Police used lethal force\n        https://outlet.example/a\n        found by force\n",
        "        Manifestación en Łódź\n        https://outlet.example/b\n",
        "undated, first seen ",
    ] {
        assert!(shown.contains(words), "{words:?} in {shown}");
    }
    assert_eq!(shown.matches("found by").count(), 1, "{shown}");
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    assert!(
        shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
    let words: Vec<&str> = shown.split_whitespace().collect();
    let headline: Vec<&str> = LONG.0.split_whitespace().collect();
    assert!(
        words.windows(headline.len()).any(|some| some == headline),
        "{shown}"
    );
    // A mistake in the configuration is no reason to show nothing.
    world.write("watches/force.toml", "[[watch]]\nid = ");
    let shown = world.run(&["items", "--search", "police"]).ok().stdout;
    assert!(shown.contains("  The Outlet\n"), "{shown}");
}

#[test]
fn a_long_link_is_shown_whole() {
    let web = Web::start("127.0.0.1");
    let long = "a".repeat(400);
    let wide = "\u{8b66}\u{5bdf}".repeat(40);
    web.put(
        "/feed",
        Page::Feed(rss("The Outlet", &[(&wide, &long, "s")])),
    );
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.once();
    let shown = world.run(&["items"]).ok().stdout;
    assert!(
        shown.contains(&format!("outlet.example/{long}\n")),
        "{shown}"
    );
    // Signs of two columns each.
    let title = shown.lines().filter(|line| line.contains('\u{8b66}'));
    assert!(title.clone().count() > 1, "{shown}");
    assert!(
        title.clone().all(|line| line.trim().chars().count() <= 36),
        "{shown}"
    );
}

#[test]
fn what_an_item_says_now_is_searched() {
    let web = Web::start("127.0.0.1");
    let world = world_with_items(&web);
    let revised = ("Police deny everything", "a", "Protesters were shot.");
    web.put(
        "/feed",
        Page::Feed(rss("The Outlet", &[revised, QUIET, LONG])),
    );
    world.once_all();
    let search = |text: &str| titles(world.run(&["items", "--json", "--search", text]));
    assert_eq!(search("deny"), [revised.0]);
    assert!(search("lethal").is_empty());
    let item = world
        .run(&["items", "--json", "--search", "deny"])
        .ok()
        .json();
    assert_eq!(item["watches"], serde_json::json!(["force"]));
    assert_eq!(item["revision"], 1);
}
