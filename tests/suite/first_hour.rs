//! What somebody meets who has just begun: something to look at, texts to try, folders that are found.

mod hits;
mod previews;
mod trying;

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::web::{Page, Web, rss};
use crate::world::{Run, World, shipped};

const STORY: (&str, &str, &str) = (
    "Police used lethal force",
    "s",
    "Protesters were shot in the plaza.",
);

fn world_after_once(web: &Web) -> (World, Run) {
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let run = world.run(&["once"]).ok();
    (world, run)
}

#[test]
fn once_ends_with_a_page_to_look_at() {
    let web = Web::start("127.0.0.1");
    let (world, run) = world_after_once(&web);
    let path = world.state().join("html/mail-1.html");
    assert!(run.stdout.contains(&path.display().to_string()), "{run:?}");
    assert!(run.stdout.contains("xdg-open"), "{run:?}");
    assert!(run.stdout.contains("outbox show 1"), "{run:?}");
    let html = fs::read_to_string(&path).expect("the copy");
    assert_eq!(html, world.mailbox()[0].html);
    assert_eq!(
        path.metadata().expect("it").permissions().mode() & 0o777,
        0o600
    );
    let again = world.run(&["once", "--all"]).ok();
    assert!(
        !again.stdout.contains(".html"),
        "nothing was delivered: {again:?}"
    );
}

/// The words of a digest without its times, which differ from day to day.
fn words_without_times(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let time = word.trim_end_matches(['.', ';']);
        if time.len() == 5 && time.as_bytes()[2] == b':' {
            // Such as "Tue 24 Nov 2026, 01:24" or "Tue 24 Nov, 01:24", or no date at all.
            let before = match words.last() {
                Some(year) if year.ends_with(',') && year.starts_with("20") => 4,
                Some(month) if month.len() == 4 && month.ends_with(',') => 3,
                _ => 0,
            };
            words.truncate(words.len() - before);
        } else if !word.starts_with("UTC\u{2212}") {
            words.push(word);
        }
    }
    words.join(" ")
}

#[test]
fn the_digest_of_the_readme_is_that_of_the_sample_feed() {
    let world = World::new(&[]);
    world.remove("watches/force.toml");
    world.copy_shipped_watches();
    fs::copy(
        shipped().join("sample-feed.xml"),
        world.config().join("sample-feed.xml"),
    )
    .expect("a copy");
    world.write(
        "feeds.toml",
        "[[feed]]\nid = \"sample\"\nurl = \"file:sample-feed.xml\"\ntitle = \"Sample feed\"\n\
         [[feed]]\nid = \"away\"\nurl = \"https://name.invalid/feed\"\ntitle = \"An outlet that is away\"\n",
    );
    world.write(
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ntimezone = \"America/Lima\"\n",
    );
    world.once();
    let readme = fs::read_to_string(shipped().with_file_name("README.md")).expect("it");
    let example = readme.split("```text\n").nth(1).expect("the digest");
    let example = example.split("```").next().expect("its end");
    let mails = world.mailbox();
    let digest = mails.iter().find(|mail| mail.subject.contains(" new: "));
    let digest = digest.expect("the digest");
    let digest = words_without_times(&format!("Subject: {}\n{}", digest.subject, digest.text));
    for paragraph in example.split("\n\n") {
        let paragraph = words_without_times(paragraph);
        assert!(digest.contains(&paragraph), "{paragraph}\nin {digest}");
    }
}

#[test]
fn behind_sudo_a_page_is_made_for_ones_own_browser() {
    const WHO: u32 = 4711;
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let run = |arguments: &[&str]| -> Run {
        let mut command = world.command(arguments);
        command
            .env("SUDO_UID", WHO.to_string())
            .env("SUDO_GID", "4712");
        command.output().expect("the program").into()
    };
    let said = run(&["once"]).ok().stdout;
    assert!(said.contains("  sudo "), "{said}");
    assert!(
        said.contains("outbox show 1 --html mail-1.html\n"),
        "{said}"
    );
    assert!(said.contains("xdg-open mail-1.html\n"), "{said}");
    if fs::metadata(world.state()).expect("it").uid() != 0 {
        eprintln!("*** NOT TESTED, since it needs root: whose the page is");
        return;
    }
    let page = world.config().join("mail-1.html");
    let old = world.config().join("old.html");
    fs::write(&old, "old").expect("a file");
    for path in [&page, &old] {
        run(&[
            "outbox",
            "show",
            "1",
            "--html",
            path.to_str().expect("UTF-8"),
        ])
        .ok();
        assert!(
            fs::read_to_string(path)
                .expect("it")
                .contains("lethal force")
        );
    }
    assert_eq!(fs::metadata(page).expect("it").uid(), WHO);
    assert_eq!(
        fs::metadata(old).expect("it").uid(),
        0,
        "it was there before"
    );
}

#[test]
fn a_copy_that_cannot_be_made_is_told_and_stops_nothing() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    fs::create_dir_all(world.state()).expect("a folder");
    fs::write(world.state().join("html"), "in the way").expect("a file");
    let run = world.run(&["once"]).ok();
    assert!(run.stderr.contains("no copy of mail 1"), "{run:?}");
    assert_eq!(world.mailbox().len(), 1);
}

/// Runs on a terminal of 80 columns that `script` makes, and gives what is seen there.
fn on_terminal(world: &World, arguments: &str) -> String {
    let command = format!(
        "stty cols 80; {} --config {} --state {} {arguments}",
        env!("CARGO_BIN_EXE_newsvigil"),
        world.config().display(),
        world.state().display()
    );
    let output = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("script");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).replace('\r', "")
}

/// The program with nothing but these variables of the environment.
fn run_with(variables: &[(&str, &Path)], arguments: &[&str]) -> Run {
    Command::new(env!("CARGO_BIN_EXE_newsvigil"))
        .env_clear()
        .envs(variables.iter().copied())
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program")
        .into()
}

#[test]
fn folders_are_found_by_the_environment_and_named() {
    let web = Web::start("127.0.0.1");
    let (world, _) = world_after_once(&web);
    let (config, state): (PathBuf, PathBuf) = (world.config(), world.state());
    let empty = Path::new("");
    let set: [(&str, &Path); 2] = [("NEWSVIGIL_CONFIG", &config), ("NEWSVIGIL_STATE", &state)];
    let hits = run_with(&set, &["hits"]).ok();
    assert!(hits.stdout.contains("lethal force"), "{hits:?}");
    assert!(
        hits.stderr.contains(&state.display().to_string()),
        "{hits:?}"
    );
    assert!(run_with(&set, &["hits", "--json"]).ok().stderr.is_empty());
    let status = run_with(&set, &["status"]);
    assert!(
        status.stdout.contains("as NEWSVIGIL_STATE says"),
        "{status:?}"
    );
    // The command line goes before the environment, which goes before what systemd gives.
    let other = world.config().join("other");
    let both = [
        set[0],
        ("NEWSVIGIL_STATE", &*other),
        ("STATE_DIRECTORY", &*state),
    ];
    assert_eq!(run_with(&both, &["hits"]).code, 66);
    let state_text = state.display().to_string();
    run_with(&both, &["hits", "--state", &state_text]).ok();
    let blank = [
        set[0],
        ("NEWSVIGIL_STATE", empty),
        ("STATE_DIRECTORY", &*state),
    ];
    run_with(&blank, &["hits"]).ok();
    // With a configuration of one's own, the service's folder is none of its business.
    let home = world.config().join("home");
    let run = run_with(&[set[0], ("HOME", &*home)], &["hits"]);
    assert_eq!(run.code, 66, "{run:?}");
    assert!(
        run.stderr.contains("home/.local/state/newsvigil"),
        "{run:?}"
    );
}
