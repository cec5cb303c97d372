//! Feeds as they change over days: every item once, every hit once, whatever overlaps.

use std::collections::BTreeSet;

use crate::web::{Page, Web, rss};
use crate::world::World;

/// Revisions of one outlet's feed: the slugs of its items, newest first.
const REVISIONS: [&[&str]; 5] = [
    &["c", "b", "a"],
    &["d", "c", "b"],
    &["d", "c", "b"],
    &["f", "e", "d"],
    &["i", "h", "g"],
];

/// Item `e` and `h` of each outlet match the watch.
fn item(slug: &str) -> (String, String) {
    match slug {
        "e" | "h" => (
            format!("Protest {slug}"),
            format!("Lethal force was used at protest {slug}."),
        ),
        _ => (format!("Story {slug}"), format!("What happened in {slug}.")),
    }
}

fn feed(outlet: usize, slugs: &[&str]) -> String {
    let items: Vec<(String, String, String)> = slugs
        .iter()
        .map(|slug| {
            let (title, text) = item(slug);
            (title, format!("{outlet}-{slug}"), text)
        })
        .collect();
    let items: Vec<(&str, &str, &str)> = items
        .iter()
        .map(|(title, slug, text)| (title.as_str(), slug.as_str(), text.as_str()))
        .collect();
    rss(&format!("Outlet {outlet}"), &items)
}

#[test]
fn every_item_of_every_revision_is_stored_once_and_hit_once() {
    let outlets: Vec<Web> = (1..=3)
        .map(|host| Web::start(&format!("127.0.0.{host}")))
        .collect();
    let feeds: Vec<(String, String)> = outlets
        .iter()
        .enumerate()
        .map(|(index, web)| (format!("outlet-{index}"), web.url("/feed")))
        .collect();
    let feeds: Vec<(&str, &str)> = feeds
        .iter()
        .map(|(id, url)| (id.as_str(), url.as_str()))
        .collect();
    let world = World::new(&feeds);

    let mut seen = BTreeSet::new();
    let (mut stored, mut hits) = (0, 0);
    for revision in REVISIONS {
        let mut expected_new = 0;
        for (index, web) in outlets.iter().enumerate() {
            web.put("/feed", Page::Feed(feed(index, revision)));
            expected_new += revision
                .iter()
                .filter(|slug| seen.insert((index, **slug)))
                .count();
        }
        let summary = world.once_all();
        assert_eq!(summary["feeds_failed"], 0, "{summary}");
        assert_eq!(summary["entries_revised"], 0, "{summary}");
        assert_eq!(summary["entries_new"], expected_new, "{summary}");
        stored += summary["entries_new"].as_u64().expect("a number");
        hits += summary["hits"].as_u64().expect("a number");
    }
    assert_eq!(stored, 27);
    assert_eq!(hits, 6);
    let status = world.run(&["status", "--json"]).ok().json();
    assert_eq!(status["entries"], 27);
    assert_eq!(status["hits"], 6);
    let links: Vec<String> = world
        .run(&["hits", "--json"])
        .ok()
        .json_lines()
        .iter()
        .map(|hit| hit["link"].as_str().expect("a link").to_owned())
        .collect();
    assert_eq!(links.iter().collect::<BTreeSet<_>>().len(), 6, "{links:?}");
}
