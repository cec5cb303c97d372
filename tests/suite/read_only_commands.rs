//! What only looks works while the configuration is being mended, and leaves the service's files to it.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::web::{Page, Web, rss};
use crate::world::{Run, WATCH, World};

const STORY: (&str, &str, &str) = (
    "Police used lethal force",
    "story",
    "Witnesses say that protesters were shot.",
);

const LATER: (&str, &str, &str) = ("Cup final ends in a draw", "final", "Nobody scored.");

fn lived_in() -> (Web, World) {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.once();
    (web, world)
}

#[test]
fn an_example_that_fails_stops_nothing_that_looks() {
    let (_web, world) = lived_in();
    world.write(
        "watches/force.toml",
        &WATCH.replace("The concert ended in applause", "Lethal force at a protest"),
    );
    let document = "{\"title\": \"Lethal force at a protest\"}";
    for arguments in [
        &["match", "-"][..],
        &["explain", "--watch", "force", "-"],
        &["explain", "--watch", "force", "--entry", "1"],
        &["backtest"],
        &["status"],
        &["feed", "list"],
        &["digest", "preview", "desk"],
        &[
            "mute", "--watch", "force", "--for", "1d", "--reason", "tried",
        ],
        &["feed", "export"],
    ] {
        let run = world.run_with_input(arguments, document);
        assert_eq!(run.code, 0, "{arguments:?}: {run:?}");
        for words in [
            "watch `force` matches this example of `no`",
            "force.toml:10",
            "newsvigil check",
        ] {
            assert!(run.stderr.contains(words), "{arguments:?}: {run:?}");
        }
    }
    for arguments in [
        &["hits"][..],
        &["hits", "--watch", "force"],
        &["outbox", "list"],
    ] {
        world.run(arguments).ok();
    }
    let copy = world.state().join("copy.db");
    world.run(&["backup", copy.to_str().expect("UTF-8")]).ok();
    for arguments in [&["once"][..], &["run"], &["check"]] {
        assert_eq!(world.run(arguments).code, 78, "{arguments:?}");
    }
}

#[test]
fn a_feed_can_be_added_while_an_example_fails() {
    let (_web, world) = lived_in();
    world.write(
        "watches/force.toml",
        &WATCH.replace("The concert ended in applause", "Lethal force at a protest"),
    );
    let list = world.config().join("list.opml");
    fs::write(
        &list,
        "<opml version=\"2.0\"><body><outline type=\"rss\" text=\"Other\" \
         xmlUrl=\"https://other.example/feed\"/></body></opml>",
    )
    .expect("a file");
    world
        .run(&["feed", "import", list.to_str().expect("UTF-8")])
        .ok();
    let feeds = fs::read_to_string(world.config().join("feeds.toml")).expect("the feeds");
    assert!(feeds.contains("https://other.example/feed"), "{feeds}");
}

#[test]
fn status_tells_what_is_stored_also_with_a_configuration_that_is_refused() {
    let (_web, world) = lived_in();
    world.write("watches/force.toml", &WATCH.replace("\"desk\"", "\"dsek\""));
    world.write(
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ntypo = 1\n",
    );
    let status = world.run(&["status"]);
    assert_eq!(status.code, 78, "{status:?}");
    assert!(status.stderr.contains("did you mean `desk`"), "{status:?}");
    for words in [
        "the configuration is refused, with 2 errors",
        "newsvigil check",
        "1 stored, 1 hit",
        "1 sent, 0 waiting",
    ] {
        assert!(status.stdout.contains(words), "{words}: {status:?}");
    }
    let status = world.run(&["status", "--json"]).json();
    assert_eq!(status["configuration_errors"], 2);
    assert_eq!(status["hits"], 1);
    // Others cannot be answered rightly.
    assert_eq!(world.run(&["backtest"]).code, 78);
    fs::remove_dir_all(world.config()).expect("the folder");
    assert_eq!(world.run(&["status"]).code, 78);
}

/// The user and the group of a service.
const OWNER: (u32, u32) = (4711, 4712);

/// Lets another user reach the folders of this world, and the program beside them.
fn chown_home(world: &World, (user, group): (u32, u32)) -> std::io::Result<()> {
    let home = world.config().with_file_name("");
    fs::copy(env!("CARGO_BIN_EXE_newsvigil"), home.join("newsvigil"))?;
    chown(home, Some(user), Some(group))
}

/// Runs that program as this user.
fn run_as(world: &World, (user, group): (u32, u32), arguments: &[&str]) -> Run {
    let mut command = Command::new(world.config().with_file_name("newsvigil"));
    command
        .env_clear()
        .arg("--config")
        .arg(world.config())
        .arg("--state")
        .arg(world.state())
        .args(arguments)
        .uid(user)
        .gid(group);
    command.output().expect("the program").into()
}

fn all_below(folder: &Path, found: &mut Vec<PathBuf>) {
    found.push(folder.to_owned());
    if let Ok(entries) = fs::read_dir(folder) {
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                all_below(&path, found);
            } else {
                found.push(path);
            }
        }
    }
}

#[test]
fn what_root_does_in_the_state_of_a_service_leaves_nothing_of_roots() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    // As systemd has it for DynamicUser=.
    let private = world.config().with_file_name("private");
    fs::create_dir_all(&private).expect("a folder");
    std::os::unix::fs::symlink(&private, world.state()).expect("a link");
    if let Err(reason) = chown(&private, Some(OWNER.0), Some(OWNER.1)) {
        eprintln!("*** NOT TESTED, since it needs root: {reason}");
        return;
    }
    world.once();
    let name = |path: &PathBuf| path.display().to_string();
    let look = |least: usize| {
        let mut found = Vec::new();
        all_below(&private, &mut found);
        assert!(found.len() >= least, "{found:?}");
        let foreign: Vec<String> = found
            .iter()
            .filter(|path| {
                let found = fs::symlink_metadata(path).expect("a file");
                (found.uid(), found.gid()) != OWNER
            })
            .map(name)
            .collect();
        assert!(foreign.is_empty(), "{foreign:?}");
    };
    // The folder, the database, the lock, the clock, the trouble, mail and its three folders, a message.
    look(10);
    for arguments in [
        &["status"][..],
        &["hits"],
        &["outbox", "list"],
        &[
            "mute", "--watch", "force", "--for", "1d", "--reason", "tried",
        ],
        &["unmute", "--watch", "force"],
    ] {
        world.run(arguments).ok();
        look(10);
    }
    // While somebody has the database open, its log is there, too.
    let service = crate::service::Service::start(&world, None);
    service.wait_for("READY=1");
    look(12);
    service.stop().ok();
    look(10);

    // And the service goes on without the rights of root.
    chown_home(&world, OWNER).expect("root");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY, LATER])));
    let run = run_as(&world, OWNER, &["once", "--all", "--json"]);
    assert_eq!(run.ok().json()["entries_new"], 1);
    look(10);
}

#[test]
fn a_state_folder_with_files_of_root_says_what_sets_it_right() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    fs::create_dir_all(world.state()).expect("a folder");
    fs::write(world.state().join("lock"), "").expect("a file");
    let made = chown_home(&world, OWNER);
    if let Err(reason) = made.and_then(|()| chown(world.state(), Some(OWNER.0), Some(OWNER.1))) {
        eprintln!("*** NOT TESTED, since it needs root: {reason}");
        return;
    }
    let run = run_as(&world, OWNER, &["once"]);
    assert_ne!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("chown -R --reference="), "{run:?}");
}

#[test]
fn a_state_that_may_not_be_read_is_never_called_empty() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.once();
    fs::set_permissions(world.state(), fs::Permissions::from_mode(0o700)).expect("ours");
    if let Err(reason) = chown_home(&world, OWNER) {
        eprintln!("*** NOT TESTED, since it needs root: {reason}");
        return;
    }
    for arguments in [&["hits"][..], &["status"], &["items"], &["outbox", "list"]] {
        let run = run_as(&world, OWNER, arguments);
        assert_eq!(run.code, 66, "{run:?}");
        assert!(run.stderr.contains("cannot be read (Permission"), "{run:?}");
        assert!(run.stderr.contains("sudo "), "{run:?}");
        assert!(!run.stderr.contains("nothing is stored"), "{run:?}");
    }
}

#[test]
fn zones_that_the_system_lacks_are_built_in() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    // A database of the system with one zone.
    let zones = world.config().with_file_name("zoneinfo");
    fs::create_dir_all(&zones).expect("a folder");
    let mut zone = Vec::new();
    for _ in 0..2 {
        // RFC 9636, section 3: one type of local time, UTC.
        zone.extend(b"TZif2");
        zone.extend([0; 15]);
        for count in [0_u32, 0, 0, 0, 1, 4] {
            zone.extend(count.to_be_bytes());
        }
        zone.extend([0; 6]);
        zone.extend(b"UTC\0");
    }
    zone.extend(b"\nUTC0\n");
    fs::write(zones.join("UTC"), &zone).expect("a zone");
    let check = |name: &str| {
        world.write(
            "newsvigil.toml",
            &format!(
                "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ntimezone = \"{name}\"\n"
            ),
        );
        let mut command = world.command(&["check"]);
        let run: Run = command
            .env("TZDIR", &zones)
            .output()
            .expect("the program")
            .into();
        run
    };
    for name in [
        "UTC",
        "US/Eastern",
        "America/Buenos_Aires",
        "Asia/Calcutta",
        "America/Lima",
        "america/lima",
    ] {
        check(name).ok();
    }
    for (name, meant) in [
        ("America/Limma", "\"America/Lima\""),
        ("America/New York", "\"America/New_York\""),
        ("Asia/Calcuta", "\"Asia/Calcutta\""),
        ("GMT+5", "a distance from UTC"),
        ("Etc/Unknown", "unknown time zone"),
    ] {
        let run = check(name);
        assert_eq!(run.code, 78, "{name}: {run:?}");
        assert!(run.stderr.contains(meant), "{name}: {run:?}");
    }
}
