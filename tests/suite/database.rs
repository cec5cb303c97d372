//! A database that is too new, not ours, locked, damaged or full: a clear error, nothing lost.

use std::fs;
use std::process::Command;

use rusqlite::Connection;

use crate::web::{Page, Web, rss};
use crate::world::{Run, World};

const STORY: (&str, &str, &str) = ("Police used lethal force", "s", "Protesters were shot.");

fn world_with_hit(web: &Web) -> World {
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 1);
    world
}

fn database(world: &World) -> Connection {
    Connection::open(world.state().join("newsvigil.db")).expect("the database")
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hit(&web);
    database(&world)
        .pragma_update(None, "user_version", 999)
        .expect("written");
    for command in [&["once"][..], &["run"], &["status"], &["hits"]] {
        let run = world.run(command);
        assert_ne!(run.code, 0, "{run:?}");
        assert!(run.stderr.contains("schema version 999"), "{run:?}");
    }
    let hits: i64 = database(&world)
        .query_row("SELECT count(*) FROM hit", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(hits, 1);
}

/// What a service of that version left, in a state folder.
fn leave_behind(world: &World, version: i64) {
    fs::create_dir_all(world.state()).expect("a folder");
    let left = database(world);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/migrations")
        .join(version.to_string());
    for name in ["schema.sql", "data.sql"] {
        let text = fs::read_to_string(folder.join(name)).expect("a fixture");
        left.execute_batch(&text).expect("a database");
    }
    left.pragma_update(None, "application_id", 0x6e77_7376)
        .expect("ours");
    left.pragma_update(None, "user_version", version)
        .expect("of that version");
}

#[test]
fn the_work_of_every_earlier_version_is_taken_up() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    for version in 1..=newsvigil::store::SCHEMA_VERSION {
        let world = World::new(&[("outlet", &web.url("/feed"))]);
        leave_behind(&world, version);
        let summary = world.once();
        assert_eq!(summary["hits"], 1, "version {version}: {summary}");
        assert_eq!(summary["mails_queued"], 0, "version {version}: {summary}");
        let mut mails: Vec<Vec<u8>> = fs::read_dir(world.state().join("mail/new"))
            .expect("the mailbox")
            .map(|entry| fs::read(entry.expect("an entry").path()).expect("a message"))
            .collect();
        mails.sort();
        for (id, words) in [(2, "two"), (3, "three")] {
            let bytes = format!("Message-ID: <{id}@example.org>\r\n\r\n{words}\r\n");
            assert!(
                mails.contains(&bytes.into_bytes()),
                "version {version}: message {id} went out as it was stored"
            );
        }
        let status = world.run(&["status", "--json"]).json();
        assert_eq!(status["hits"], 4, "version {version}: {status}");
        assert_eq!(status["possible_duplicates"], 2, "version {version}");
        let found = world.run(&["hits", "--search", "lacrimogenos", "--json"]);
        assert_eq!(found.ok().json_lines().len(), 2, "version {version}");
        let sound: String = database(&world)
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .expect("a check");
        assert_eq!(sound, "ok", "version {version}");
    }
}

#[test]
fn a_file_that_is_not_ours_is_left_alone() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    fs::create_dir_all(world.state()).expect("a folder");
    let other = database(&world);
    other
        .execute_batch("CREATE TABLE recipes (name TEXT)")
        .expect("a table");
    let run = world.run(&["once"]);
    assert_eq!(run.code, 74, "{run:?}");
    assert!(
        run.stderr.contains("is not a newsvigil database"),
        "{run:?}"
    );

    let garbage = World::new(&[("outlet", "https://outlet.example/feed")]);
    fs::create_dir_all(garbage.state()).expect("a folder");
    let path = garbage.state().join("newsvigil.db");
    fs::write(
        &path,
        "not a database at all, but long enough to be looked at".repeat(40),
    )
    .expect("a file");
    let before = fs::read(&path).expect("the file");
    let run = garbage.run(&["once"]);
    assert_eq!(run.code, 74, "{run:?}");
    assert!(run.stderr.contains("damaged"), "{run:?}");
    assert_eq!(
        before,
        fs::read(&path).expect("the file"),
        "it was not touched"
    );
}

#[test]
fn a_database_with_damaged_pages_is_refused_and_not_overwritten() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hit(&web);
    let path = world.state().join("newsvigil.db");
    database(&world)
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("all in one file");
    let mut bytes = fs::read(&path).expect("the file");
    // The first page stays: it says that the file is ours.
    bytes[8192..].fill(0x5a);
    fs::write(&path, &bytes).expect("damaged");
    for command in [&["once", "--all"][..], &["run"], &["status"], &["hits"]] {
        let run = world.run(command);
        assert_eq!(run.code, 74, "{run:?}");
        assert!(
            run.stderr.contains("is damaged") && run.stderr.contains("restore a backup"),
            "{run:?}"
        );
    }
    let file = world.config().with_extension("backup");
    let run = world.run(&["backup", file.to_str().expect("UTF-8")]);
    assert_eq!(run.code, 74, "{run:?}");
    assert!(!file.exists(), "no backup is made of what cannot be read");
    assert_eq!(bytes, fs::read(&path).expect("the file"), "it is as it was");
}

#[test]
fn a_locked_database_loses_nothing() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hit(&web);
    let second = ("Lethal force again", "t", "Protesters were shot.");
    web.put("/feed", Page::Feed(rss("The Outlet", &[second, STORY])));
    let other = database(&world);
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    let run = world.run(&["once", "--all"]);
    assert_eq!(run.code, 75, "{run:?}");
    assert!(run.stderr.contains("locked by another process"), "{run:?}");
    other.execute_batch("ROLLBACK").expect("released");
    assert_eq!(
        world.once_all()["hits"],
        1,
        "what could not be stored is fetched again"
    );
}

#[test]
fn two_at_once_do_not_share_a_state_folder() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hit(&web);
    let lock = fs::File::open(world.state().join("lock")).expect("the lock");
    lock.lock().expect("taken");
    let run = world.run(&["once"]);
    assert_eq!(run.code, 75, "{run:?}");
    assert!(
        run.stderr.contains("another newsvigil is at work"),
        "{run:?}"
    );
    assert_eq!(world.run(&["status"]).code, 0, "looking is always possible");
}

/// Runs `once --all` with the state on a file system of 1 MiB that is nearly full, in a mount
/// namespace of its own. `None` where this machine does not permit one.
fn on_a_full_disk(world: &World) -> Option<Run> {
    let state = world.state();
    let script = format!(
        "mount -t tmpfs -o size=1m none '{0}' && cp -r '{0}.copy/.' '{0}/' && \
         {{ head -c 2000000 /dev/zero > '{0}/filler' || true; }} 2>/dev/null && exec \"$@\"",
        state.display()
    );
    let run = world.command(&["once", "--all"]);
    let output = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", &script, "sh"])
        .arg(run.get_program())
        .args(run.get_args())
        .output()
        .ok()?;
    let run = Run::from(output);
    (!run.stderr.contains("unshare") && !run.stderr.contains("mount:")).then_some(run)
}

#[test]
fn a_read_only_file_system_is_named_and_what_is_stored_can_be_read() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hit(&web);
    // As an orderly end leaves it, as a kill does, and as a kill between the last two steps of an end does.
    for left in [&[][..], &["-wal", "-shm"], &["-wal"]] {
        let log = database(&world);
        log.execute("UPDATE entry SET title = ?1", [format!("With {left:?}")])
            .expect("written");
        let log = Some(log).filter(|_| !left.is_empty());
        let copy = world.state().with_extension("copy");
        let copied = Command::new("cp")
            .args(["-r", "-T"])
            .args([&world.state(), &copy])
            .status();
        assert!(copied.expect("cp").success());
        for suffix in ["-wal", "-shm"] {
            let path = copy.join(format!("newsvigil.db{suffix}"));
            assert_eq!(path.exists(), log.is_some(), "{path:?}");
            if !left.contains(&suffix) {
                let _ = std::fs::remove_file(path);
            }
        }
        drop(log);
        let shell = format!(
            "mount -t tmpfs none '{0}' && cp -r '{0}.copy/.' '{0}/' && mount -o remount,ro '{0}' || exit 99; \
             exec \"$@\"",
            world.state().display()
        );
        let run_there = |arguments: &[&str]| {
            let command = world.command(arguments);
            let output = Command::new("unshare")
                .args(["--mount", "--map-root-user", "sh", "-c", &shell, "sh"])
                .arg(command.get_program())
                .args(command.get_args())
                .output();
            Run::from(output.expect("unshare"))
        };
        let status = run_there(&["status"]);
        if status.code == 99 || status.stderr.contains("unshare") {
            eprintln!("skipped: this machine permits no mount namespace");
            return;
        }
        assert_eq!(status.code, 1, "a person has to act: {left:?} {status:?}");
        assert!(status.stdout.contains("mounted read-only"), "{status:?}");
        assert!(status.stdout.contains("1 hit"), "{status:?}");
        let hits = run_there(&["hits", "--json"]).ok();
        assert_eq!(hits.json_lines().len(), 1, "{hits:?}");
        assert_eq!(hits.json_lines()[0]["title"], format!("With {left:?}"));
        for command in [&["once", "--all"][..], &["run"]] {
            let run = run_there(command);
            assert!(run.code != 0 && run.code != 78, "{run:?}");
            assert!(run.stderr.contains("ead-only"), "{run:?}");
        }
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hit(&web);
    let items: Vec<(String, String)> = (0..200)
        .map(|number| (format!("Lethal force {number}"), format!("n{number}")))
        .collect();
    let items: Vec<(&str, &str, &str)> = items
        .iter()
        .map(|(title, slug)| (title.as_str(), slug.as_str(), "Protesters were shot."))
        .collect();
    web.put("/feed", Page::Feed(rss("The Outlet", &items)));
    let copy = world.state().with_extension("copy");
    let copied = Command::new("cp")
        .arg("-r")
        .arg(world.state())
        .arg(&copy)
        .status();
    assert!(copied.expect("cp").success());
    let Some(run) = on_a_full_disk(&world) else {
        eprintln!("skipped: this machine permits no mount namespace");
        return;
    };
    assert_eq!(run.code, 75, "{run:?}");
    assert!(
        run.stderr.contains("make room") || run.stderr.contains("cannot be read or written"),
        "{run:?}"
    );
    let summary = world.once_all();
    assert_eq!(
        summary["hits"], 200,
        "what could not be stored is fetched again"
    );
}
