//! Whatever strangers write, no output steers a terminal, runs in a spreadsheet or breaks a reader; and
//! no file that is named makes the program hang.

use std::process::{Command, Stdio};

use crate::web::{Page, Web, rss};
use crate::world::{Run, World};

/// Characters that must reach nobody: C0 and C1 controls, what turns text around, tags, what is invisible.
const HOSTILE: &str = "\u{9b}31m\u{85}\u{202e}\u{2066}\u{200f}\u{61c}\u{e0041}\u{200b}\u{2060}\u{ad}\u{2028}\u{feff}\u{fe0f}\u{200d}";

fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n') || HOSTILE.contains(c) && !c.is_ascii()
}

#[track_caller]
fn check_visible(run: &Run) {
    for text in [&run.stdout, &run.stderr] {
        let found = text.chars().find(|c| is_hostile(*c));
        assert_eq!(found, None, "in {text:?}");
    }
}

/// A world in which an item and its feed are full of such characters.
fn hostile_world() -> (Web, World) {
    let web = Web::start("127.0.0.1");
    let title = format!("=lethal force {HOSTILE};=1+1 by\u{200c} police");
    let summary = format!("=lethal force {HOSTILE} at a protest");
    let story = (title.as_str(), summary.as_str(), "Protesters were shot.");
    web.put(
        "/feed",
        Page::Feed(rss(&format!("@Outlet{HOSTILE}"), &[story])),
    );
    let status = format!("nothing{HOSTILE}");
    web.put("/away", Page::Status(404, status));
    let world = World::new(&[("outlet", &web.url("/feed")), ("away", &web.url("/away"))]);
    let report = world.once();
    assert_eq!(report["hits"], 1, "{report}");
    (web, world)
}

#[test]
fn every_output_is_visible_and_json_says_the_same() {
    let (_web, world) = hostile_world();
    for arguments in [
        &["hits"][..],
        &["hits", "--json"],
        &["hits", "--csv"],
        &["hits", "--atom"],
        &["status"],
        &["status", "--json"],
        &["feed", "list"],
        &["feed", "list", "--json"],
        &["feed", "export"],
        &["explain", "--watch", "force", "--entry", "1"],
        &["backtest"],
        &["backtest", "--json"],
        &["digest", "preview", "desk"],
        &["outbox", "show", "1"],
        &["digest", "preview", "--since", "7d"],
        &["match", "lethal force \u{202e}\u{9b} protest"],
        &["outbox", "list", "--sent"],
        &["outbox", "list", "--sent", "--json"],
        &["once", "--all"],
    ] {
        let mut run = world.run(arguments);
        assert!(run.code < 64, "{arguments:?}: {run:?}");
        if arguments.contains(&"--csv") {
            // The mark by which a spreadsheet knows the encoding.
            assert_eq!(run.stdout.remove(0), '\u{feff}');
            run.stdout = run.stdout.replace("\r\n", "\n");
        }
        check_visible(&run);
    }
    let hit = world.run(&["hits", "--json"]).ok().json();
    let title = hit["title"].as_str().expect("a title");
    assert!(
        title.contains('\u{202e}') && title.contains('\u{e0041}'),
        "{title:?}"
    );
    let document =
        format!("{{\"id\": \"{HOSTILE}\", \"title\": \"lethal force {HOSTILE} protest\"}}");
    let matched = world.run_with_input(&["match", "--json"], &document.replace('\u{85}', ""));
    check_visible(&matched);
    let id = matched.ok().json()["doc"]
        .as_str()
        .expect("an id")
        .to_owned();
    assert_eq!(id, HOSTILE.replace('\u{85}', ""));
}

#[test]
fn no_cell_is_a_formula_whatever_ends_a_cell() {
    let (_web, world) = hostile_world();
    let csv = world.run(&["hits", "--csv"]).ok().stdout;
    let row: Vec<String> = csv::Reader::from_reader(csv.as_bytes())
        .records()
        .flat_map(|row| {
            row.expect("a row")
                .iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(
        row.iter()
            .any(|cell| cell.starts_with("'=lethal") && cell.contains(";'=1+1")),
        "{row:?}"
    );
    assert!(
        row.iter().any(|cell| cell.starts_with("'@Outlet")),
        "{row:?}"
    );
    for cell in &row {
        for part in cell.split([',', ';', '|', '\t', '\n']) {
            let begin = part.trim_start_matches([' ', '"']);
            assert!(!begin.starts_with(['=', '+', '-', '@', '＝']), "{cell:?}");
        }
    }
}

#[test]
fn a_mistake_is_shown_without_what_its_lines_hide() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    world.write(
        "newsvigil.toml",
        &format!("# {HOSTILE}\n[[recipient]]\nid = \"desk\"\nadress = \"d{HOSTILE}\" # \u{202e}\n\"\\u001b[31m\\u009bx\" = 1\n"),
    );
    for arguments in [&["check"][..], &["check", "--json"], &["status"], &["once"]] {
        let run = world.run(arguments);
        assert_eq!(run.code, 78, "{run:?}");
        check_visible(&run);
    }
}

#[test]
fn the_log_is_visible_too() {
    let web = Web::start("127.0.0.1");
    let world = World::new(&[("away", &web.url("/away"))]);
    web.put(
        "/away",
        Page::Feed(format!("<html><title>{HOSTILE}</title>")),
    );
    let service = crate::service::Service::start(&world, None);
    service.wait_for("READY=1");
    crate::service::eventually("a failure", || {
        let feeds = world.run(&["feed", "list", "--json"]).ok().json_lines();
        (!feeds[0]["error"].is_null()).then_some(())
    });
    check_visible(&service.stop().ok());
}

fn make_pipe(path: &std::path::Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo").success());
}

#[test]
fn a_pipe_among_the_files_is_refused_and_not_waited_for() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let pipe = world.config().join("pipe");
    make_pipe(&pipe);
    let name = pipe.display().to_string();
    let run = world.run(&["feed", "import", &name]);
    assert_eq!(run.code, 66, "{run:?}");
    assert!(run.stderr.contains("not a regular file"), "{run:?}");
    let run = world.run(&["feed", "show", &name]);
    assert_ne!(run.code, 0, "{run:?}");

    // What another process left behind is no obstacle either.
    make_pipe(&world.config().join("feeds.toml.new"));
    let list = "<opml><outline xmlUrl=\"https://one.example/feed\"/></opml>";
    world.run_with_input(&["feed", "import", "-"], list).ok();

    world.set_feeds(&[("outlet", &format!("file://{name}"))]);
    let run = world.run(&["once", "--json"]);
    assert!(run.stdout.contains("not a regular file"), "{run:?}");

    make_pipe(&world.config().join("watches/more.toml"));
    let run = world.run(&["check"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("not a regular file"), "{run:?}");
    world.remove("watches/more.toml");

    world.write(
        "newsvigil.toml",
        "[mail]\ntransport = \"smtp\"\nhost = \"mail.example.org\"\ntls = \"implicit\"\nusername = \"u\"\n\
         from = \"n@example.org\"\npassword_file = \"pipe\"\n[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );
    let run = world.run(&["mail", "test", "desk@example.org"]);
    assert_eq!(run.code, 78, "{run:?}");
}

#[test]
fn lists_that_are_imported_at_once_are_all_there_afterwards() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let list = |number: usize| {
        let feed =
            |one| format!("<outline text=\"Feed\" xmlUrl=\"https://h{number}.example/{one}\"/>");
        let feeds: String = (0..5).map(feed).collect();
        format!("<opml><body>{feeds}<outline xmlUrl=\"https://same.example/\"/></body></opml>")
    };
    let imports: Vec<_> = (0..8)
        .map(|number| {
            let path = world.state().with_extension(format!("{number}.opml"));
            std::fs::write(&path, list(number)).expect("a file");
            let mut command = world.command(&["feed", "import"]);
            command
                .arg(&path)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
            command.spawn().expect("the program")
        })
        .collect();
    for import in imports {
        let run: Run = import.wait_with_output().expect("the program").into();
        run.ok();
    }
    let feeds = world.run(&["feed", "list", "--json"]).ok().json_lines();
    assert_eq!(feeds.len(), 1 + 8 * 5 + 1, "{feeds:?}");
}

#[test]
fn a_watch_that_takes_too_long_is_refused_with_its_place() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let near: Vec<String> = (0..2_000)
        .map(|number| format!("a NEAR/50 b{number}"))
        .collect();
    world.write(
        "watches/heavy.toml",
        &format!(
            "[[watch]]\nid = \"heavy\"\ntitle = \"Heavy\"\nrecipients = [\"desk\"]\nmatch = '{}'\n",
            near.join(" OR ")
        ),
    );
    let run = world.run(&["check"]);
    assert_eq!(run.code, 78, "{run:?}");
    for words in ["this takes too long", "heavy.toml:5:", "into one group"] {
        assert!(
            run.stderr.contains(words),
            "{words} in {:.2000}",
            run.stderr
        );
    }
    let grouped: Vec<String> = (0..2_000).map(|number| format!("b{number}")).collect();
    world.write(
        "watches/heavy.toml",
        &format!(
            "[[watch]]\nid = \"heavy\"\ntitle = \"Heavy\"\nrecipients = [\"desk\"]\nmatch = 'a NEAR/50 ({})'\n",
            grouped.join(" OR ")
        ),
    );
    world.run(&["check"]).ok();
}
