//! The commands that show things: their forms for people and for machines.

use jiff::Timestamp;
use newsvigil::core::judgment::{Reason, Verdict};
use newsvigil::store;
use newsvigil::store::judgments::{NewJudgment, record};

use crate::web::{Page, Web, rss};
use crate::world::{WATCH, World, shipped};

fn world_with_hits(web: &Web) -> World {
    let story = (
        "Police used lethal force",
        "s",
        "Protesters were shot in the plaza.",
    );
    let formula = (
        "=HYPERLINK(lethal force)",
        "f",
        "A protest, with \"quotes\" and a comma, too.",
    );
    web.put("/feed", Page::Feed(rss("The Outlet", &[story, formula])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 2);
    world
}

#[test]
fn hits_are_listed_searched_and_limited() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hits(&web);
    assert_eq!(world.run(&["hits", "--json"]).ok().json_lines().len(), 2);
    let found = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["hits", "--json"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        world.run(&arguments).ok().json_lines().len()
    };
    assert_eq!(
        found(&["--search", "PLAZÁ"]),
        1,
        "case and accents do not matter"
    );
    assert_eq!(found(&["--search", "\"shot in the\""]), 1);
    assert_eq!(found(&["--search", "\"the shot\""]), 0);
    assert_eq!(
        found(&["--search", "\" OR NEAR( * -"]),
        0,
        "no text is an error"
    );
    assert_eq!(found(&["--watch", "force", "--since", "7d"]), 2);
    assert_eq!(found(&["--search", "plaz*"]), 1);
    assert_eq!(found(&["--search", "nowhere OR plaza"]), 1);
    let unknown = world.run(&["hits", "--watch", "other"]);
    assert_eq!(
        unknown.code, 64,
        "a mistyped watch is no empty list: {unknown:?}"
    );
    assert_eq!(world.run(&["hits", "--since", "soon"]).code, 64);
    let table = world.run(&["hits"]).ok().stdout;
    assert!(table.contains("Police used lethal force"), "{table}");
}

#[test]
fn hits_are_listed_by_how_they_were_judged() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hits(&web);
    let found = |judgment: &str| {
        let listed = world.run(&["hits", "--json", "--judgment", judgment]).ok();
        let ids = listed.json_lines();
        ids.iter()
            .filter_map(|hit| hit["id"].as_i64())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("none"), [2, 1]);
    let mut database = store::open(&world.state().join(store::FILE_NAME)).expect("a database");
    let judgment = NewJudgment {
        verdict: Verdict::Irrelevant,
        reason: Some(Reason::TooBroad),
        note: "=1+1".to_owned(),
        by: "ana".to_owned(),
        at_random: false,
    };
    assert!(record(&mut database, 2, &judgment, Timestamp::now()).expect("judged"));
    assert_eq!(found("none"), [1]);
    let written = |form: &str| world.run(&["hits", form, "--judgment", "irrelevant"]).ok();
    let json = written("--json").json_lines().remove(0);
    assert_eq!(json["judgment"]["reason"], "too-broad", "{json}");
    let csv = written("--csv").stdout;
    assert!(csv.contains(",judgment,reason,note\r\n"), "{csv}");
    assert!(csv.contains(",irrelevant,too-broad,'=1+1\r\n"), "{csv}");
    let atom = written("--atom").stdout;
    assert!(atom.contains("urn:newsvigil:judgment"), "{atom}");
    assert_eq!(found("irrelevant"), [2]);
    assert_eq!(found("irrelevant,none"), [2, 1]);
    assert_eq!(found("relevant"), [0; 0]);
    assert_eq!(world.run(&["hits", "--judgment", "wrong"]).code, 64);
}

#[test]
fn words_of_scripts_without_spaces_are_found() {
    let web = Web::start("127.0.0.1");
    let story = ("警察对抗议者施以酷刑 lethal force", "zh", "A protest.");
    web.put("/feed", Page::Feed(rss("The Outlet", &[story])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 1);
    let found = |text: &str| {
        world
            .run(&["hits", "--json", "--search", text])
            .ok()
            .json_lines()
            .len()
    };
    assert_eq!(found("酷刑"), 1);
    assert_eq!(found("刑酷"), 0);
}

#[test]
fn hits_are_exported_as_csv_that_no_spreadsheet_runs() {
    let web = Web::start("127.0.0.1");
    let csv = world_with_hits(&web).run(&["hits", "--csv"]).ok().stdout;
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
}

#[test]
fn hits_are_exported_as_a_feed_that_we_can_read() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hits(&web);
    let atom = world.run(&["hits", "--atom"]).ok().stdout;
    world.write("hits.atom", &atom);
    let path = world.config().join("hits.atom");
    let shown = world
        .run(&["feed", "show", "--json", path.to_str().expect("UTF-8")])
        .ok()
        .json();
    assert_eq!(shown["ok"], true);
    assert_eq!(
        shown["feed"]["entries"].as_array().map(Vec::len),
        Some(2),
        "{shown}"
    );
}

#[test]
fn a_feed_is_shown_from_the_web_and_from_a_file() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hits(&web);
    let url = web.url("/feed");
    let missing = web.url("/missing");
    let run = world.run(&["feed", "show", "--json", &url, &missing]);
    assert_eq!(run.code, 65);
    let lines = run.json_lines();
    assert_eq!(lines[0]["path"], url);
    assert_eq!(lines[0]["ok"], true);
    assert_eq!(lines[0]["feed"]["title"], "The Outlet");
    assert_eq!(
        lines[0]["feed"]["entries"][0]["title"],
        "Police used lethal force"
    );
    assert_eq!(lines[1]["ok"], false);
    assert_eq!(lines[1]["error"], "404 Not Found");
    assert!(
        world
            .run(&["feed", "show", &url])
            .ok()
            .stdout
            .contains("Police used lethal force")
    );
}

#[test]
fn feeds_are_listed_with_their_health() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hits(&web);
    let line = world.run(&["feed", "list", "--json"]).ok().json();
    assert_eq!(line["id"], "outlet");
    assert_eq!(line["health"], "fine");
    assert_eq!(line["entries"], 2);
    assert!(
        line["next_poll"].as_i64() > line["last_attempt"].as_i64(),
        "{line}"
    );
    assert!(world.run(&["feed", "list"]).ok().stdout.contains("fine"));
}

#[test]
fn before_the_first_run_everything_says_so() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    for command in [
        &["hits"][..],
        &["outbox", "list"],
        &["digest", "preview", "desk"],
    ] {
        let run = world.run(command);
        assert_eq!(run.code, 66, "{run:?}");
        assert!(run.stderr.contains("once"), "{run:?}");
    }
    let status = world.run(&["status"]);
    assert!(status.stdout.contains("nothing is stored"), "{status:?}");
    assert_eq!(status.code, 1, "nobody watches: {status:?}");
    assert!(!world.state().exists(), "looking makes nothing");
}

#[test]
fn a_mistyped_command_exits_as_sysexits_says() {
    let world = World::new(&[]);
    assert_eq!(world.run(&["onec"]).code, 64);
    assert_eq!(world.run(&["--help"]).code, 0);
    assert_eq!(world.run(&["--version"]).code, 0);
}

#[test]
fn the_shipped_configuration_is_in_order() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_newsvigil"))
        .arg("--config")
        .arg(shipped())
        .args(["check", "--json"])
        .output()
        .expect("the program");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert!(
        output.stdout.is_empty(),
        "without a warning: {}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn every_form_of_hits_gives_the_number_that_explain_takes() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hits(&web);
    // So that items and hits are counted apart.
    world.write(
        "watches/second.toml",
        &WATCH.replace("\"force\"", "\"second\""),
    );
    let third = ("Lethal force, a protest", "t", "And more.");
    web.put("/feed", Page::Feed(rss("The Outlet", &[third])));
    world.once_all();
    let hit = world.run(&["hits", "--json"]).ok().json_lines().remove(0);
    assert_eq!(hit["entry"], 3, "{hit}");
    assert_eq!(hit["id"], 4, "{hit}");
    let table = world.run(&["hits"]).ok().stdout;
    let mut rows = table.lines();
    assert!(
        rows.next().is_some_and(|row| row.starts_with("item ")),
        "{table}"
    );
    assert!(
        rows.next().is_some_and(|row| row.starts_with("3 ")),
        "{table}"
    );
    let csv = world.run(&["hits", "--csv"]).ok().stdout;
    let mut rows = csv.trim_start_matches('\u{feff}').lines();
    assert!(
        rows.next().is_some_and(|row| row.starts_with("hit,item,")),
        "{csv}"
    );
    assert!(
        rows.next().is_some_and(|row| row.starts_with("4,3,")),
        "{csv}"
    );
    let atom = world.run(&["hits", "--atom"]).ok().stdout;
    assert!(
        atom.contains("scheme=\"urn:newsvigil:entry\" term=\"3\""),
        "{atom}"
    );
}

#[test]
fn a_search_folds_words_as_watches_do() {
    let web = Web::start("127.0.0.1");
    let story = (
        "Lethal force in Łódź: Øystein on the Straße",
        "s",
        "A protest. Ещё раз. أُحْتُجِزَ محتجون في الساحة.",
    );
    web.put("/feed", Page::Feed(rss("The Outlet", &[story])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 1);
    let search = |text: &str| world.run(&["hits", "--json", "--search", text]).ok();
    for text in [
        "lodz",
        "Łódź",
        "oystein",
        "strasse",
        "STRASSE",
        "еще",
        "ещё",
        "احتجز",
        "ﺍﺣﺘﺠﺰ",
        "oyst*",
        "\"øystein on the strasse\"",
        "lodz AND strasse",
        "lodz nowhere OR oystein",
    ] {
        assert_eq!(search(text).json_lines().len(), 1, "{text}");
    }
    assert!(search("lodz").stderr.is_empty());
    assert_eq!(search("strasse nowhere OR absent").json_lines().len(), 0);
    let none = search("lodz NOT (concert)");
    assert_eq!(none.json_lines().len(), 0);
    assert!(
        none.stderr.contains("all of which must be there"),
        "{none:?}"
    );
    assert!(search("\"NOT there\"").stderr.is_empty());
}

#[test]
fn a_mistyped_watch_is_answered_with_the_one_that_was_meant() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hits(&web);
    for command in [
        &["explain", "--watch", "forse", "--entry", "1"][..],
        &["hits", "--watch", "forse"],
        &["match", "--watch", "forse"],
        &["backtest", "--watch", "forse"],
        &["mute", "--watch", "forse", "--for", "1d", "--reason", "x"],
    ] {
        let run = world.run(command);
        assert_eq!(run.code, 64, "{run:?}");
        assert!(run.stderr.contains("did you mean `force`?"), "{run:?}");
    }
}

#[test]
fn warnings_of_the_configuration_are_for_those_who_check_and_poll() {
    let web = Web::start("127.0.0.1");
    let world = world_with_hits(&web);
    world.write("watches/empty.toml", "# Nothing yet\n");
    for command in [&["check"][..], &["once"]] {
        assert!(world.run(command).stderr.contains("warning"), "{command:?}");
    }
    for command in [
        &["explain", "--watch", "force", "--entry", "1"][..],
        &["hits", "--watch", "force"],
        &["match"],
        &["backtest"],
        &["status"],
    ] {
        let run = world.run(command);
        assert!(!run.stderr.contains("warning"), "{run:?}");
    }
}
