//! Feeds that kill the program, and those that were asked when it was killed.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use newsvigil::store::feeds;

use crate::service::{Service, eventually};

use super::*;

/// `once --all`, to be killed; it reads a body for ever, if it comes to so many.
fn spawn_once(world: &World, endless: u32) -> Child {
    let mut command = world.command(&["once", "--all"]);
    command.env("NEWSVIGIL_FAULT", format!("body-read:{endless}"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program")
}

fn kill(mut child: Child) {
    child.kill().expect("killed");
    child.wait().expect("ended");
}

#[test]
fn the_feed_that_kills_the_program_is_found_and_held_back_and_the_others_are_not() {
    let web = Web::start("127.0.0.1");
    let never = Page::Silence(Duration::from_mins(10));
    web.put("/bad", Page::Feed(rss("Bad", &[STORY])));
    for other in ["/one", "/two"] {
        web.put(other, never.clone());
    }
    let urls = ["/bad", "/one", "/two"].map(|path| web.url(path));
    let world = World::new(&[("bad", &urls[0]), ("one", &urls[1]), ("two", &urls[2])]);
    world.write("newsvigil.toml", SETTINGS);
    let asked = |path| web.requests(path).len();
    let is_read = |alone| {
        let sql = format!("SELECT count(*) FROM poll_begun WHERE reading = 1 AND alone = {alone}");
        eventually("a body that is read", || {
            (number(&database(&world), &sql) == 1).then_some(())
        });
    };

    let child = spawn_once(&world, 1);
    eventually("all are asked", || {
        (asked("/bad") == 1 && asked("/one") == 1 && asked("/two") == 1).then_some(())
    });
    is_read(0);
    let flying = feeds::in_flight(&database(&world)).expect("the marks");
    assert_eq!(
        flying.into_keys().collect::<Vec<_>>(),
        ["bad", "one", "two"]
    );
    kill(child);
    let flying = feeds::in_flight(&database(&world)).expect("the marks");
    assert!(flying.is_empty(), "nobody polls any more: {flying:?}");

    // Those that were waited for are polled as before; the one that was read comes after them, alone.
    for other in ["/one", "/two"] {
        web.put(other, Page::Feed(rss("Other", &[STORY])));
    }
    let child = spawn_once(&world, 3);
    is_read(1);
    assert_eq!((asked("/bad"), asked("/one"), asked("/two")), (2, 2, 2));
    let told = troubles(&world);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (told[0].0.as_str(), told[0].1.as_str()),
        ("bad", "suspected")
    );
    assert!(
        told[0]
            .2
            .ends_with("when newsvigil was killed; it is polled alone now"),
        "{told:?}"
    );
    let digest = world.run(&["digest", "preview", "desk"]).ok().stdout;
    assert!(digest.contains("it is polled alone now"), "{digest}");
    kill(child);

    let run = world.run(&["once", "--json"]).ok();
    assert!(run.stderr.contains("feed bad was being read"), "{run:?}");
    assert_eq!(run.json()["feeds_polled"], 0, "{run:?}");
    let told = troubles(&world);
    assert_eq!(told.len(), 1, "{told:?}");
    let (id, health, sentence) = &told[0];
    assert_eq!((id.as_str(), health.as_str()), ("bad", "failing"));
    assert!(
        sentence.ends_with("newsvigil was killed while it read this feed alone; it is held back"),
        "{sentence}"
    );
    let now = Timestamp::now().as_second();
    let next = number(
        &database(&world),
        "SELECT next_poll_at FROM feed WHERE id = 'bad'",
    );
    assert!((now + 3000..=now + 3600).contains(&next), "{}", next - now);

    // A person may ask for it, and it bears that now.
    assert_eq!(world.once_all()["feeds_failed"], 0);
    assert_eq!(troubles(&world), []);
}

/// One feed that never answers.
fn silent_world(web: &Web) -> World {
    web.put("/feed", Page::Silence(Duration::from_mins(10)));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write("newsvigil.toml", SETTINGS);
    world
}

/// A service that has sent so many requests, with those of the services before it.
fn service_that_asked(world: &World, web: &Web, requests: usize) -> Service {
    let service = Service::start(world, None);
    service.wait_for("READY=1");
    eventually("a request", || {
        (web.requests("/feed").len() == requests).then_some(())
    });
    service
}

#[test]
fn a_service_that_was_killed_names_what_it_asked_and_one_that_was_stopped_does_not() {
    let web = Web::start("127.0.0.1");
    let world = silent_world(&web);
    service_that_asked(&world, &web, 1).stop().ok();
    let service = service_that_asked(&world, &web, 2);
    assert_eq!(troubles(&world)[0].1, "untried");
    service.signal("-KILL");
    service.stop();
    // However often it is killed: a feed that is waited for does nothing.
    for requests in [3, 4, 5] {
        let service = service_that_asked(&world, &web, requests);
        let (_, health, sentence) = &troubles(&world)[0];
        assert_eq!(health, "suspected");
        assert!(
            sentence.starts_with("was being asked ") && sentence.ends_with("newsvigil was killed"),
            "{sentence}"
        );
        service.signal("-KILL");
        service.stop();
    }

    // Nor one run that was stopped.
    web.put("/other", Page::Silence(Duration::from_mins(10)));
    world.set_feeds(&[("other", &web.url("/other"))]);
    let mut child = spawn_once(&world, 1);
    eventually("a request", || web.requests("/other").pop());
    let id = child.id().to_string();
    let mut told = std::process::Command::new("kill");
    assert!(told.args(["-TERM", &id]).status().expect("kill").success());
    assert_eq!(child.wait().expect("ended").code(), Some(143));
    assert_eq!(
        number(&database(&world), "SELECT count(*) FROM poll_begun"),
        0
    );
}

#[test]
fn a_service_that_was_stopped_while_the_database_was_locked_suspects_nobody() {
    let web = Web::start("127.0.0.1");
    let world = silent_world(&web);
    let service = service_that_asked(&world, &web, 1);
    let other = database(&world);
    other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
    let began = Instant::now();
    let run = service.stop().ok();
    assert!(began.elapsed() < Duration::from_secs(30), "{run:?}");
    other.execute_batch("ROLLBACK").expect("no lock");
    let marks = "SELECT count(*) FROM poll_begun";
    assert_eq!(number(&other, marks), 1, "it could not be dropped");
    let note = world.state().join("stopped");
    assert!(note.exists());

    let service = service_that_asked(&world, &web, 2);
    assert_eq!(troubles(&world)[0].1, "untried");
    assert!(!note.exists());
    service.signal("-KILL");
    service.stop();
    let service = service_that_asked(&world, &web, 3);
    assert_eq!(troubles(&world)[0].1, "suspected");
    service.stop().ok();
    assert_eq!(number(&other, marks), 0);
}
