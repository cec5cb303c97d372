//! A body that keeps a thread busy for ever: it is given up, told, and harms nobody else.

use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;

use crate::service::{STORY, Service, eventually};
use crate::web::{Page, Web, rss};
use crate::world::World;

/// Two feeds, of which the first body that comes is read for ever.
fn world(web: &Web) -> World {
    for path in ["/one", "/two"] {
        web.put(path, Page::Feed(rss("The Outlet", &[STORY])));
    }
    World::new(&[("one", &web.url("/one")), ("two", &web.url("/two"))])
}

fn start(world: &World) -> Service {
    let mut command = world.command(&["run"]);
    command.env("NEWSVIGIL_FAULT", "body-read:1");
    let service = Service::spawn(world, command);
    service.wait_for("READY=1");
    service
}

fn health(world: &World) -> Vec<Value> {
    world.run(&["feed", "list", "--json"]).ok().json_lines()
}

#[test]
fn a_body_that_is_never_read_to_its_end_is_given_up_and_told_and_others_are_polled() {
    let web = Web::start("127.0.0.1");
    let world = world(&web);
    let service = start(&world);
    let feeds = eventually("the end of both polls", || {
        let feeds = health(&world);
        let asked = feeds.iter().all(|feed| !feed["last_attempt"].is_null());
        asked.then_some(feeds)
    });
    let (bad, good): (Vec<&Value>, Vec<&Value>) =
        feeds.iter().partition(|feed| feed["health"] == "failing");
    assert!(bad.len() == 1 && good.len() == 1, "{feeds:?}");
    assert_eq!(good[0]["entries"], 1);
    assert_eq!(
        bad[0]["error"],
        "reading it took longer than 10 s and was given up"
    );
    assert!(bad[0]["next_poll"].as_i64() > bad[0]["last_attempt"].as_i64());
    let told = world.run(&["status"]);
    assert!(told.stdout.contains("took longer than 10 s"), "{told:?}");
    eventually("a mail beside it", || world.mailbox().pop());

    // The thread goes on, and the process ends all the same.
    let began = Instant::now();
    let run = service.stop().ok();
    assert!(began.elapsed() < Duration::from_secs(30), "{run:?}");
    assert!(
        run.stderr.contains("was given up and is still being read"),
        "{run:?}"
    );
    assert!(run.stderr.contains("stopped"), "{run:?}");
}

#[test]
fn what_takes_too_long_to_match_is_told_as_such() {
    let web = Web::start("127.0.0.1");
    let world = world(&web);
    let mut command = world.command(&["once", "--json"]);
    command.env("NEWSVIGIL_FAULT", "items-matched:1");
    let run: crate::world::Run = command.output().expect("the program").into();
    let report = run.ok().json();
    assert_eq!(report["hits"], 1, "{report}");
    assert_eq!(
        report["failures"][0]["reason"],
        "matching its items with 1 watch took longer than 10 s and was given up"
    );
}

#[test]
fn a_stop_waits_for_no_thread() {
    let web = Web::start("127.0.0.1");
    let world = world(&web);
    let service = start(&world);
    eventually("one that is read", || {
        let good = health(&world).iter().any(|feed| feed["health"] == "fine");
        good.then_some(())
    });
    let began = Instant::now();
    let run = service.stop().ok();
    assert!(began.elapsed() < Duration::from_secs(30), "{run:?}");
    assert!(run.stderr.contains("stopped"), "{run:?}");
}

#[test]
fn once_waits_for_it_no_longer_than_for_any_body() {
    let web = Web::start("127.0.0.1");
    let world = world(&web);
    let mut command = world.command(&["once", "--json"]);
    command.env("NEWSVIGIL_FAULT", "body-read:1");
    let run: crate::world::Run = command.output().expect("the program").into();
    let report = run.ok().json();
    assert_eq!(report["feeds_failed"], 1, "{report}");
    assert_eq!(report["hits"], 1, "{report}");
}

/// As the store names a process: its number, and when it began (`proc_pid_stat(5)`).
fn process_name(id: u32) -> String {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("the process");
    let (_, fields) = stat.rsplit_once(") ").expect("its fields");
    let began = fields.split(' ').nth(19).expect("its beginning");
    format!("{id}-{began}")
}

#[test]
fn a_feed_that_is_being_polled_for_long_is_not_called_fine() {
    let web = Web::start("127.0.0.1");
    let world = world(&web);
    let service = Service::start(&world, None);
    let fine = || {
        let status = world.run(&["status", "--json"]).json();
        (status["feeds_fine"] == 2).then_some(status)
    };
    eventually("two feeds that are fine", fine);
    let database = Connection::open(world.state().join("newsvigil.db")).expect("the database");
    database
        .execute(
            "INSERT INTO poll_begun (feed_id, url, begun_at, alone, reading, process)
             VALUES ('one', '', unixepoch() - 130, 0, 0, ?1)",
            [process_name(service.id())],
        )
        .expect("a poll");
    let status = world.run(&["status", "--json"]).json();
    assert_eq!(status["feeds_fine"], 1, "{status}");
    assert_eq!(status["troubles"][0]["feed"], "one");
    assert_eq!(status["troubles"][0]["health"], "polling");
    assert_eq!(status["troubles"][0]["sentence"], "being polled for 2 min");
    let status = world.run(&["status"]);
    assert!(
        status.stdout.contains("one being polled for 2 min"),
        "{status:?}"
    );
    let list = health(&world);
    assert!(
        list.iter().any(|feed| feed["health"] == "polling"),
        "{list:?}"
    );
    service.stop().ok();
    // Nobody polls any more, whatever a program that was killed left behind.
    assert!(fine().is_some());
    let again = Service::start(&world, None);
    again.wait_for("READY=1");
    eventually("two feeds that are fine again", fine);
    again.stop().ok();
}
