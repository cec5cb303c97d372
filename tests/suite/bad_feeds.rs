//! Feeds that fail: each with its reason in `status`, and the good one beside them unaffected.

use std::time::Duration;

use crate::web::{Page, Web, rss};
use crate::world::World;

#[test]
fn each_bad_feed_has_its_reason_and_stops_no_other() {
    let web = Web::start("127.0.0.1");
    let story = ("Police used lethal force", "s", "Protesters were shot.");
    web.put("/good", Page::Feed(rss("Good", &[story])));
    web.put(
        "/malformed",
        Page::Feed("<rss version=\"2.0\"><channel><title>A</title><<<".to_owned()),
    );
    web.put(
        "/page",
        Page::Feed("<!DOCTYPE html><html><body>Log in</body></html>".to_owned()),
    );
    web.put("/silent", Page::Silence(Duration::from_mins(1)));
    web.put(
        "/large",
        Page::Feed(rss("Large", &[("t", "s", &"x".repeat(2 << 20))])),
    );
    web.put("/error", Page::Status(500, "oops".to_owned()));
    let expected = [
        ("malformed", "well-formed"),
        ("page", "HTML page"),
        ("missing", "404"),
        ("silent", "2 s"),
        ("large", "1 MiB"),
        ("error", "500"),
        ("nowhere", "refused"),
    ];
    let mut feeds = vec![("good", web.url("/good"))];
    for (id, _) in expected {
        feeds.push((id, web.url(&format!("/{id}"))));
    }
    // A port that was free a moment ago, and where nobody listens now.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    feeds.pop();
    feeds.push((
        "nowhere",
        format!("http://{}/", closed.expect("an address")),
    ));
    let feeds: Vec<(&str, &str)> = feeds.iter().map(|(id, url)| (*id, url.as_str())).collect();
    let world = World::new(&feeds);
    world.write(
        "newsvigil.toml",
        "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"2s\"\nmax_bytes = \"1 MiB\"\n\
         [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );

    let summary = world.once();
    assert_eq!(summary["feeds_polled"], 8);
    assert_eq!(summary["feeds_failed"], 7, "{summary}");
    assert_eq!(summary["hits"], 1);
    let status = world.run(&["status"]).ok();
    for (id, reason) in expected {
        let line = status
            .stdout
            .lines()
            .find(|line| line.trim_start().starts_with(id))
            .unwrap_or_else(|| panic!("{id} is not in {}", status.stdout));
        assert!(line.contains(reason), "{id}: {line}");
    }
    let digest = &world.mailbox()[0];
    assert!(
        digest.text.contains("failing"),
        "the digest says so: {}",
        digest.text
    );
}

#[test]
fn a_private_address_is_refused_unless_it_is_allowed() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("Private", &[])));
    let world = World::new(&[("private", &web.url("/feed"))]);
    world.write(
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );
    let run = world.run(&["once", "--json"]);
    assert_eq!(run.code, 69, "{run:?}");
    assert!(run.stdout.contains("[fetch] allow"), "{run:?}");
    assert!(web.requests("/feed").is_empty());
}

#[test]
fn a_feed_that_recovers_is_fine_again() {
    let web = Web::start("127.0.0.1");
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.run(&["once"]).code, 69);
    web.put("/feed", Page::Feed(rss("Back", &[("A", "a", "b")])));
    assert_eq!(world.once_all()["entries_new"], 1);
    let status = world.run(&["status", "--json"]).ok().json();
    assert_eq!(status["feeds_fine"], 1, "{status}");
}
