//! A web full of enemies, against the service as it runs: it stays up and small, says of each what is
//! wrong with it, polls the good feeds beside them in time, and mails nothing but sound mails.

mod attacks;
mod bodies;
mod bombs;
mod floods;
mod host;
mod mails;
mod words;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::service::{Service, eventually};
use crate::web::{Page, Web, rss};
use crate::world::World;

/// Short, and long enough for a busy machine.
const FETCH: &str = "timeout = \"8s\"";
/// What the service may take of memory at most.
const MEMORY_KIB: u64 = 256 << 10;

/// Newest lines of `feed list --json`, by the feed's id.
fn feeds(world: &World) -> BTreeMap<String, Value> {
    let lines = world.run(&["feed", "list", "--json"]).ok().json_lines();
    lines
        .into_iter()
        .map(|line| (line["id"].as_str().expect("an id").to_owned(), line))
        .collect()
}

fn set_feeds(world: &World, feeds: &[(String, String)]) {
    let feeds: Vec<(&str, &str)> = feeds
        .iter()
        .map(|(id, url)| (id.as_str(), url.as_str()))
        .collect();
    world.set_feeds(&feeds);
}

fn configure(world: &World, fetch: &str, recipient: &str) {
    world.write(
        "newsvigil.toml",
        &format!(
            "[fetch]\nallow = [\"127.0.0.0/8\"]\n{fetch}\n\
             [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n{recipient}\n"
        ),
    );
}

/// Good feeds, each on a host of its own, with a story each.
fn good_feeds(count: u8) -> (Vec<Web>, Vec<(String, String)>) {
    (0..count)
        .map(|number| {
            let web = Web::start(&format!("127.0.10.{}", number + 1));
            let title = format!("Police used lethal force in town {number}");
            let story = (title.as_str(), "s", "Protesters were shot.");
            web.put("/feed", Page::Feed(rss("Good", &[story])));
            let feed = (format!("good-{number}"), web.url("/feed"));
            (web, feed)
        })
        .unzip()
}

#[test]
fn every_attack_has_its_reason_and_harms_nobody() {
    let (_webs, mut all) = good_feeds(8);
    let attacks = attacks::all();
    let mut hostile = Vec::new();
    for (number, attack) in (1..).zip(attacks) {
        let url = host::serve(&format!("127.0.11.{number}"), attack.act);
        hostile.push((attack.id, attack.expected));
        // In front of the good ones, so that they come first.
        all.insert(0, (attack.id.to_owned(), url));
    }
    let world = World::new(&[]);
    set_feeds(&world, &all);
    // Nothing is mailed before everything is there.
    configure(&world, FETCH, "digest = [\"off\"]");

    let started = Instant::now();
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    let good = |line: &Value| line["entries"] == 1 && line["health"] == "fine";
    eventually("the good feeds", || {
        let feeds = feeds(&world);
        let fine = feeds
            .iter()
            .filter(|(id, line)| id.starts_with("good") && good(line));
        (fine.count() == 8).then_some(())
    });
    let in_time = started.elapsed();
    let feeds = eventually("every feed", || {
        let feeds = feeds(&world);
        let asked = feeds.values().all(|line| !line["last_attempt"].is_null());
        asked.then_some(feeds)
    });
    let all_polled = started.elapsed();
    configure(&world, FETCH, "");
    service.signal("-HUP");
    let mails = eventually("a digest of all stories", || {
        let mails = mails::sound_mails(&world);
        mails.last().is_some().then_some(mails)
    });
    let memory = service.peak_memory_kib();
    eprintln!("good feeds {in_time:?}, all {all_polled:?}, {memory} KiB");

    let status = world.run(&["status", "--json"]).json();
    let stories = hostile.iter().filter(|(_, expected)| expected.is_story());
    let stories = stories.count() + 8;
    let mut wrong = Vec::new();
    for (id, expected) in &hostile {
        let line = &feeds[*id];
        let found = line["error"].as_str().unwrap_or_default();
        if let Some(reason) = expected.reason() {
            let trouble = status["troubles"].as_array().expect("a list");
            let told = trouble.iter().find(|trouble| trouble["feed"] == **id);
            let sentence = told.and_then(|trouble| trouble["sentence"].as_str());
            if !found.contains(reason) || !sentence.is_some_and(|told| told.contains(reason)) {
                wrong.push(format!(
                    "{id}: {reason:?} is not in {found:?} and {sentence:?}"
                ));
            }
        } else if line["entries"] == 0 || !found.is_empty() {
            wrong.push(format!("{id}: nothing was read: {line}"));
        }
        if found.chars().count() > 400 || found.chars().any(char::is_control) {
            wrong.push(format!("{id}: no line for a person: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let text: String = mails.iter().map(|(text, _)| text.as_str()).collect();
    let all = format!("from {stories} items");
    assert!(text.contains(&all), "they say the same: {text}");
    assert!(text.contains("failing"), "the digest says so: {text}");
    assert!(memory < MEMORY_KIB, "{memory} KiB");
    let run = service.stop().ok();
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert!(
        in_time < Duration::from_secs(20),
        "the good feeds waited {in_time:?}"
    );
}

#[test]
fn the_largest_bodies_of_many_hosts_at_once_fit_into_the_memory() {
    const HOSTS: u8 = 45;
    let (_webs, mut all) = good_feeds(4);
    // Nothing that takes long to read, so that all of them come at once.
    let junk = b"junk ".repeat((8 << 20) / 5);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&junk).expect("memory");
    let deflated = encoder.finish().expect("memory");
    let large = rss(
        "Large",
        &[("Large", "s", &"word ".repeat((8 << 20) / 5 - 200))],
    )
    .into_bytes();
    for number in 0..HOSTS {
        let (junk, deflated, large) = (junk.clone(), deflated.clone(), large.clone());
        let (id, act): (&str, Box<host::Act>) = match number {
            0..2 => (
                "large",
                Box::new(move |_, stream| host::page("", &large, stream)),
            ),
            2..22 => (
                "junk",
                Box::new(move |_, stream| host::page("", &junk, stream)),
            ),
            22..42 => (
                "junk",
                Box::new(move |_, stream| {
                    host::page("Content-Encoding: gzip\r\n", &deflated, stream)
                }),
            ),
            // Nearly all of it at once, and the rest never.
            _ => (
                "drip",
                Box::new(move |_, stream| {
                    let head = b"HTTP/1.1 200 OK\r\n\r\n";
                    let most = &junk[..junk.len() - 4096];
                    let rest = Duration::from_millis(200);
                    host::drip(&[head, most].concat(), b"x", rest, stream)
                }),
            ),
        };
        let url = host::serve(&format!("127.0.12.{}", number + 1), act);
        all.insert(0, (format!("{id}-{number}"), url));
    }
    let world = World::new(&[]);
    set_feeds(&world, &all);
    configure(&world, FETCH, "digest = [\"off\"]");
    let started = Instant::now();
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    eventually("the good feeds", || {
        let feeds = feeds(&world);
        let good = feeds
            .iter()
            .filter(|(id, line)| id.starts_with("good") && line["entries"] == 1);
        (good.count() == 4).then_some(())
    });
    let in_time = started.elapsed();
    let feeds = eventually("every feed", || {
        let feeds = feeds(&world);
        let asked = feeds.values().all(|line| !line["last_attempt"].is_null());
        asked.then_some(feeds)
    });
    let all_polled = started.elapsed();
    let memory = service.peak_memory_kib();
    eprintln!("good feeds {in_time:?}, all {all_polled:?}, {memory} KiB");
    service.stop().ok();
    for (id, line) in &feeds {
        // Those that waited for memory are not blamed for it.
        let expected = match id.split('-').next() {
            Some("junk") => "neither XML nor JSON",
            Some("drip") => "no answer within 8 s",
            _ => "",
        };
        let error = line["error"].as_str().unwrap_or_default();
        assert!(
            error.starts_with(expected) && expected.is_empty() == error.is_empty(),
            "{line}"
        );
    }
    assert!(memory < MEMORY_KIB, "{memory} KiB");
    assert!(
        in_time < Duration::from_secs(20),
        "the good feeds waited {in_time:?}"
    );
}
