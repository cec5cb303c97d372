//! What servers say of themselves and of others, and how far it is believed.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::host;
use super::{configure, feeds, set_feeds};
use crate::web::rss;
use crate::world::World;

/// The state of each feed as it is stored.
fn states(world: &World) -> Vec<(String, String)> {
    let path = world.state().join("newsvigil.db");
    let database = rusqlite::Connection::open(path).expect("the database");
    let mut statement = database
        .prepare("SELECT id, state FROM feed")
        .expect("a table");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.expect("rows").map(|row| row.expect("a row")).collect()
}

#[test]
fn long_words_of_servers_stand_neither_in_the_state_nor_in_any_output() {
    let long = "a".repeat(50_000);
    let body = rss("Talkative", &[("News", "s", "Nothing.")]);
    let heads: Vec<(&str, String)> = vec![
        ("etag", format!("200 OK\r\nETag: \"{long}\"")),
        ("last-modified", format!("200 OK\r\nLast-Modified: {long}")),
        (
            "type",
            format!("200 OK\r\nContent-Type: text/xml; a={long}"),
        ),
        (
            "caching",
            format!("200 OK\r\nCache-Control: a={long}\r\nExpires: {long}"),
        ),
        ("retry", format!("503 Busy\r\nRetry-After: {long}")),
        ("status", format!("500 {long}")),
        ("moved", format!("301 Moved\r\nLocation: /{long}")),
        (
            "found",
            format!("302 Found\r\nLocation: http://example.org/?{long}"),
        ),
        ("scheme", format!("302 Found\r\nLocation: {long}:x")),
        (
            "host",
            format!("302 Found\r\nLocation: http://{}/", "a.".repeat(900)),
        ),
        (
            "junk",
            format!("302 Found\r\nLocation: http://[{}", "\u{202e}a".repeat(500)),
        ),
        (
            "encoding",
            format!("200 OK\r\nContent-Encoding: deflate, {long}"),
        ),
    ];
    let all: Vec<(String, String)> = heads
        .into_iter()
        .zip(1..)
        .map(|((id, head), number)| {
            let body = body.clone();
            let act = move |_: &str, stream: &mut TcpStream| {
                let length = body.len();
                let head = format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\n\r\n");
                stream.write_all(&[head.as_bytes(), body.as_bytes()].concat())
            };
            let url = host::serve(&format!("127.0.14.{number}"), Box::new(act));
            (id.to_owned(), url)
        })
        .collect();
    let world = World::new(&[]);
    set_feeds(&world, &all);
    configure(&world, "timeout = \"8s\"", "digest = [\"off\"]");
    for _ in 0..2 {
        let told = world.run(&["once", "--all", "--json"]);
        assert!(told.stdout.len() + told.stderr.len() < 20_000, "{told:?}");
        for (id, state) in states(&world) {
            assert!(state.len() < 3_000, "{id}: {} bytes", state.len());
        }
    }
    for command in [&["status"][..], &["status", "--json"], &["feed", "list"]] {
        let told = world.run(command);
        let longest = told.stdout.split([',', '\n']).map(str::len).max();
        assert!(longest < Some(700), "{command:?}: {told:?}");
        assert!(!told.stdout.contains('\u{202e}'), "{told:?}");
    }
    let feeds = feeds(&world);
    for id in ["etag", "last-modified", "type", "caching"] {
        assert_eq!(feeds[id]["entries"], 1, "{}", feeds[id]);
    }
    let overlong = "the redirect leads to an address of more than 2048 bytes";
    for id in ["moved", "found"] {
        assert_eq!(feeds[id]["error"], overlong, "{}", feeds[id]);
    }
}

#[test]
fn a_wish_for_rest_behind_a_redirect_holds_back_the_feed_that_was_redirected_and_no_other() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let body = rss("Popular", &[("News", "s", "Nothing.")]);
    let popular = host::serve(
        "127.0.15.1",
        Box::new(move |path, stream| {
            if path == "/costly" {
                count.fetch_add(1, Ordering::SeqCst);
                return stream.write_all(
                    b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 90000\r\n\
                      Content-Length: 0\r\nConnection: close\r\n\r\n",
                );
            }
            // Long enough for the redirected feeds to come in between.
            std::thread::sleep(Duration::from_millis(50));
            host::page("", body.as_bytes(), stream)
        }),
    );
    let costly = popular.replace("/feed", "/costly");
    let stranger = host::serve(
        "127.0.15.2",
        Box::new(move |_, stream| {
            let head = format!(
                "HTTP/1.1 302 Found\r\nLocation: {costly}\r\nContent-Length: 0\r\n\
                 Connection: close\r\n\r\n"
            );
            stream.write_all(head.as_bytes())
        }),
    );
    let mut all = vec![("stranger".to_owned(), stranger)];
    all.extend((0..30).map(|n| {
        (
            format!("own-{n}"),
            popular.replace("/feed", &format!("/{n}")),
        )
    }));
    let world = World::new(&[]);
    set_feeds(&world, &all);
    configure(&world, "timeout = \"8s\"", "digest = [\"off\"]");
    world.run(&["once", "--json"]);
    let feeds = feeds(&world);
    for (id, line) in &feeds {
        let expected = u64::from(id != "stranger");
        assert_eq!(line["entries"], expected, "{line}");
    }
    let stranger = &feeds["stranger"];
    assert_eq!(stranger["error"], "429 Too Many Requests");
    let second = |key: &str| stranger[key].as_i64().expect("a time");
    assert!(
        second("next_poll") - second("last_attempt") >= 90_000,
        "{stranger}"
    );
    world.run(&["once", "--json"]);
    assert_eq!(
        asked.load(Ordering::SeqCst),
        1,
        "it waits as it was asked to"
    );
}
