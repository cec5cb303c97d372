//! A database that is damaged under the service, or exchanged: the service ends and says so, and never
//! takes it for sound again by itself.

use std::fs;
use std::os::unix::fs::FileExt;

use rusqlite::Connection;

use crate::service::{STORY, Service, eventually};
use crate::web::{Page, Web, rss};
use crate::world::World;

/// Writes garbage over every page of the items.
fn damage(world: &World) {
    let path = world.state().join("newsvigil.db");
    let database = Connection::open(&path).expect("the database");
    // A write, so that nobody trusts the pages that it has read; and all of them in one file.
    database
        .execute_batch(
            "INSERT INTO mute (watch_id, reason, begins_at, ends_at) VALUES ('w', 'r', 0, 0)",
        )
        .expect("written");
    let busy: i64 = database
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .expect("a checkpoint");
    assert_eq!(busy, 0, "all in one file");
    let pages: Vec<u64> = database
        .prepare("SELECT pageno FROM dbstat WHERE name = 'entry'")
        .and_then(|mut pages| pages.query_map([], |row| row.get(0))?.collect())
        .expect("its pages");
    let file = fs::OpenOptions::new().write(true).open(&path);
    let file = file.expect("the file");
    for page in pages {
        assert!(
            page > 1,
            "the first page stays: it says that the file is ours"
        );
        let written = file.write_all_at(&[0x5a; 8192], (page - 1) * 8192);
        written.expect("damaged");
    }
}

fn trouble(world: &World) -> String {
    let bytes = fs::read(world.state().join("trouble")).expect("the file");
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

#[test]
fn a_service_is_not_started_on_a_damaged_database() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 1);
    damage(&world);
    let path = world.state().join("newsvigil.db");
    let before = fs::read(&path).expect("the file");
    let run = Service::start(&world, None).end();
    assert_eq!(run.code, 74, "{run:?}");
    assert!(!run.stderr.contains("started"), "{run:?}");
    for told in [&run.stderr, &trouble(&world)] {
        let words = ["is damaged", "restore a backup"];
        assert!(words.iter().all(|words| told.contains(words)), "{told}");
    }
    assert_eq!(
        before,
        fs::read(&path).expect("the file"),
        "it is as it was"
    );
}

#[test]
fn damage_under_the_service_ends_it_and_is_never_called_over() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let address = web.url("/feed");
    let world = World::new(&[("outlet", &address)]);
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    eventually("a digest", || world.mailbox().pop());
    damage(&world);
    world.set_feeds(&[("outlet", &address), ("second", &address)]);
    service.signal("-HUP");
    let run = service.end();
    assert_eq!(run.code, 74, "{run:?}");
    for told in [&run.stderr, &trouble(&world)] {
        let words = ["is damaged", "restore a backup"];
        assert!(words.iter().all(|words| told.contains(words)), "{told}");
    }
    assert!(!run.stderr.contains("takes writes again"), "{run:?}");
    let again = Service::start(&world, None).end();
    assert_eq!(again.code, 74, "nor is it started again: {again:?}");
}

#[test]
fn a_service_whose_database_is_exchanged_says_so_and_can_be_started_again() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let address = web.url("/feed");
    let world = World::new(&[("outlet", &address)]);
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    eventually("a digest", || world.mailbox().pop());
    for suffix in ["", "-wal", "-shm"] {
        let path = world.state().join(format!("newsvigil.db{suffix}"));
        fs::remove_file(path).expect("removed");
    }
    service.signal("-HUP");
    let run = service.end();
    assert_eq!(run.code, 75, "{run:?}");
    assert!(
        run.stderr.contains("has ended, because the database"),
        "{run:?}"
    );
    assert!(run.stderr.contains("was replaced or removed"), "{run:?}");
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    assert_eq!(trouble(&world), "");
    service.stop().ok();
}

#[test]
fn trouble_that_is_over_is_not_told_after_a_stop() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let address = web.url("/feed");
    let world = World::new(&[("outlet", &address)]);
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    eventually("a digest", || world.mailbox().pop());
    let other = Connection::open(world.state().join("newsvigil.db")).expect("the database");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    world.set_feeds(&[("outlet", &address), ("second", &address)]);
    service.signal("-HUP");
    eventually("trouble", || {
        trouble(&world).contains("is locked").then_some(())
    });
    other.execute_batch("ROLLBACK").expect("released");
    service.stop().ok();
    assert_eq!(trouble(&world), "");
}
