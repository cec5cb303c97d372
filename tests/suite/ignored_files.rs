//! Files that look like watches: read, or told of.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::world::{WATCH, World};

fn world() -> World {
    World::new(&[("outlet", "https://outlet.example/feed")])
}

/// Another watch than that of the world.
fn another(id: &str) -> String {
    WATCH.replace("id = \"force\"", &format!("id = \"{id}\""))
}

/// What `check` says of files: name below the configuration folder, message, help.
fn told(world: &World, code: i32) -> Vec<(String, String, String)> {
    let begun = Instant::now();
    let run = world.run(&["check", "--json"]);
    assert_eq!(run.code, code, "{run:?}");
    assert!(begun.elapsed() < Duration::from_mins(1));
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    run.json_lines()
        .iter()
        .map(|line| {
            let file = text(&line["file"]);
            let file = Path::new(&file).strip_prefix(world.config());
            let severity = if code == 0 { "warning" } else { "error" };
            assert_eq!(line["severity"], severity, "{line}");
            (
                file.expect("a file of the configuration")
                    .display()
                    .to_string(),
                text(&line["message"]),
                text(&line["help"]),
            )
        })
        .collect()
}

/// One warning, of this file, with these words.
#[track_caller]
fn check(name: &str, message: &str, help: &str) {
    let world = world();
    let path = world.config().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, another("second")).expect("a file");
    let told = told(&world, 0);
    let [(file, said, advice)] = told.as_slice() else {
        panic!("{name}: {told:#?}");
    };
    assert_eq!(file, name);
    assert!(said.contains(message), "{name}: {said}");
    assert!(advice.contains(help), "{name}: {advice}");
}

#[test]
fn a_watch_of_another_name_is_told_with_what_to_do() {
    for (name, meant) in [
        ("watches/second.toml.txt", "rename it to `second.toml`"),
        ("watches/second.TOML.txt", "rename it to `second.toml`"),
        ("watches/second.toml.bak", "rename it to `second.toml`"),
        (
            "watches/second.toml.dpkg-dist",
            "rename it to `second.toml`",
        ),
        ("watches/second.toml ", "rename it to `second.toml`"),
        ("watches/#second.toml#", "rename it to `second.toml`"),
        ("watches/second.tml", "rename it to `second.toml`"),
        ("watches/second.tmol", "rename it to `second.toml`"),
        ("watches/second.txt", "give it a name in .toml"),
        ("watches/second", "give it a name in .toml"),
        (
            "watches/force.toml~",
            "`force.toml` is read; take this copy",
        ),
    ] {
        check(name, "does not end in .toml", meant);
    }
    check("watches/.second.toml", "begins with a dot", "rename it");
}

#[test]
fn a_watch_in_another_place_is_told_with_what_to_do() {
    for name in [
        "watches/sub/second.toml",
        "watches/sub/deeper/second.TOML",
        "watches/second.d/second.toml",
    ] {
        check(name, "watches are read from `watches` itself", "move it up");
    }
    for name in [
        "watch/second.toml",
        "Watches/second.toml",
        "WATCHES/second.toml",
        "watchs/second.toml",
    ] {
        check(name, "from no other folder", "move it into `watches`");
    }
    for name in [
        "second.toml",
        "watches.toml",
        "second.toml.txt",
        "second.TOML",
    ] {
        check(
            name,
            "is not read",
            "watches belong into the folder `watches`",
        );
    }
}

#[test]
fn settings_of_another_name_are_told() {
    let world = world();
    world.write("newsvigil.toml.txt", "[fetch]\n");
    world.write("Feeds.toml", "");
    world.write("recipients.toml", "");
    // What editors and packages leave, and what is not ours.
    world.write("feeds.toml~", "");
    world.write("newsvigil.toml.dpkg-old", "");
    world.write(".newsvigil.toml.swp", "");
    world.write("sample.xml", "<rss/>");
    world.write("watches/README.md", "What is what");
    let told = told(&world, 0);
    let files: Vec<&str> = told.iter().map(|(file, ..)| file.as_str()).collect();
    assert_eq!(
        files,
        ["Feeds.toml", "newsvigil.toml.txt", "recipients.toml"],
        "{told:#?}"
    );
    assert!(told[0].2.contains("`feeds.toml` is read"), "{told:#?}");

    fs::rename(
        world.config().join("feeds.toml"),
        world.config().join("feed.toml"),
    )
    .expect("a file");
    world.remove("Feeds.toml");
    let run = world.run(&["check"]);
    assert_eq!(run.code, 78);
    assert!(run.stderr.contains("rename it to `feeds.toml`"), "{run:?}");
}

#[test]
fn a_folder_that_is_none_of_a_configuration_is_not_searched_for_strays() {
    let world = world();
    let at = |name: &str| world.config().join(name);
    fs::rename(at("watches/force.toml"), at("force.toml")).expect("a file");
    let run = world.run(&["check"]);
    assert!(run.stderr.contains("force.toml"), "{run:?}");
    fs::remove_dir(at("watches")).expect("a folder");
    world.remove("newsvigil.toml");
    world.remove("feeds.toml");
    let run = world.run(&["check"]);
    assert_eq!(run.code, 78, "{run:?}");
    assert!(!run.stderr.contains("force.toml"), "{run:?}");
}

#[test]
fn an_ending_in_capitals_is_read() {
    let world = world();
    for (number, name) in ["A.TOML", "b.Toml", "c.toml"].into_iter().enumerate() {
        world.write(&format!("watches/{name}"), &another(&format!("w{number}")));
    }
    let run = world.run(&["check"]).ok();
    assert!(run.stdout.contains("4 watches"), "{run:?}");
    assert_eq!(run.stderr, "");
}

#[test]
fn names_with_a_dot_folders_and_pipes_hang_and_stop_nothing() {
    let world = world();
    let watches = world.config().join("watches");
    symlink("ops@host.example.1234", watches.join(".#force.toml")).expect("a link");
    fs::write(watches.join("._force.toml"), [0, 5, 22, 7, 0xff]).expect("a file");
    fs::write(watches.join(".force.toml.swp"), "b0VIM").expect("a file");
    fs::create_dir(watches.join(".git")).expect("a folder");
    fs::write(watches.join(".git/x.toml"), "").expect("a file");
    symlink("..", watches.join("up")).expect("a link");
    symlink(".", watches.join("here")).expect("a link");
    symlink("round", watches.join("round")).expect("a link");
    fs::create_dir_all(watches.join("sub/deep")).expect("a folder");
    symlink("..", watches.join("sub/deep/round")).expect("a link");
    assert_eq!(told(&world, 0), []);

    fs::create_dir(watches.join("a.toml")).expect("a folder");
    let made = Command::new("mkfifo").arg(watches.join("b.toml")).status();
    assert!(made.expect("mkfifo").success());
    let _socket = UnixListener::bind(watches.join("c.toml")).expect("a socket");
    symlink("/dev/zero", watches.join("d.toml")).expect("a link");
    let told = told(&world, 0);
    let files: Vec<&str> = told.iter().map(|(file, ..)| file.as_str()).collect();
    assert_eq!(
        files,
        [
            "watches/a.toml",
            "watches/b.toml",
            "watches/c.toml",
            "watches/d.toml"
        ]
    );
    assert!(told[0].1.contains("is a folder"), "{told:#?}");
    assert!(told[3].1.contains("not a regular file"), "{told:#?}");
}

#[test]
fn a_watch_file_that_is_there_and_cannot_be_read_is_one_mistake() {
    let world = world();
    let watches = world.config().join("watches");
    symlink("/nowhere/x.toml", watches.join("gone.toml")).expect("a link");
    symlink("round.toml", watches.join("round.toml")).expect("a link");
    let told = told(&world, 78);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert_eq!(told[0].0, "watches/gone.toml");
    assert_eq!(
        told[0].1,
        "is a link to /nowhere/x.toml, which is not there"
    );
    assert_eq!(told[1].0, "watches/round.toml");
}

#[test]
fn what_is_too_large_or_too_much_is_told() {
    let world = world();
    let huge = fs::File::create(world.config().join("watches/huge.toml")).expect("a file");
    huge.set_len(1 << 40).expect("a sparse file");
    let huge = told(&world, 78);
    assert_eq!(huge.len(), 1, "{huge:#?}");
    assert_eq!(huge[0].1, "is larger than 32 MiB");
    world.remove("watches/huge.toml");

    let sub = world.config().join("watches/sub");
    fs::create_dir(&sub).expect("a folder");
    for number in 0..50 {
        fs::write(sub.join(format!("{number:02}.toml")), "").expect("a file");
    }
    let many = told(&world, 0);
    assert_eq!(many.len(), 21, "{many:#?}");
    assert_eq!(many[20].1, "holds 30 more files that are not read");

    for number in 0..5000 {
        let text = another(&format!("w{number}"));
        world.write(&format!("watches/w{number}.toml"), &text);
    }
    let run = world.run(&["check"]).ok();
    assert!(run.stdout.contains("5001 watches"), "{run:?}");
    for number in 0..5001 {
        let empty = world.config().join(format!("watches/e{number}.toml"));
        fs::write(empty, "").expect("a file");
    }
    let more = told(&world, 78);
    assert!(
        more.iter()
            .any(|(_, said, _)| said.contains("more than 10000")),
        "{more:#?}"
    );
}

#[test]
fn a_reload_tells_what_it_ignores_in_the_log() {
    let world = world();
    world.set_feeds(&[("outlet", "file:none.xml")]);
    let service = crate::service::Service::start(&world, None);
    service.wait_for("READY=1");
    world.write("watches/second.toml.txt", &another("second"));
    service.signal("-HUP");
    service.wait_for("RELOADING=1");
    service.wait_for("READY=1");
    let log = service.stop().ok().stderr;
    for words in ["has warnings", "second.toml.txt: is not read", "reloaded: "] {
        assert!(log.contains(words), "{words}: {log}");
    }
}
