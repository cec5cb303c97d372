//! `backtest --adopt`: a new watch looks back, and what it finds is told once, to whom it goes.

mod interrupted;

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde_json::Value;

use crate::web::{Page, Web, rss};
use crate::world::{WATCH, World};

const FORCE: (&str, &str, &str) = ("Police used lethal force", "a", "Protesters were shot.");
const GAS: (&str, &str, &str) = ("Tear gas in the square", "b", "Protesters fled.");
const CUP: (&str, &str, &str) = ("Cup final", "c", "Nobody scored.");

/// A watch that finds [`GAS`], and what else it says.
fn gas(lines: &str) -> String {
    format!(
        "[[watch]]\nid = \"gas\"\ntitle = \"Tear gas\"\ntopic = \"assembly\"\nmatch = '\"tear gas\"'\n{lines}\n"
    )
}

fn settings(recipients: &[(&str, &str)]) -> String {
    let recipients: String = recipients
        .iter()
        .map(|(id, lines)| {
            format!("[[recipient]]\nid = \"{id}\"\naddress = \"{id}@example.org\"\n{lines}\n")
        })
        .collect();
    format!("[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"2s\"\n{recipients}")
}

/// Polled before there was the watch `gas`; [`FORCE`] was found and told.
fn world_before(web: &Web) -> World {
    web.put("/feed", Page::Feed(rss("The Outlet", &[FORCE, GAS, CUP])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 1);
    assert_eq!(world.mailbox().len(), 1);
    world
}

fn database(world: &World) -> Connection {
    Connection::open(world.state().join("newsvigil.db")).expect("the database")
}

/// Makes digests due.
fn time_passes(world: &World) {
    let due = database(world).execute("UPDATE recipient SET last_due_at = 0", []);
    due.expect("digests are due");
}

fn adopt(world: &World, more: &[&str]) -> Vec<Value> {
    let arguments = [&["backtest", "--adopt", "--json"], more].concat();
    world.run(&arguments).ok().json_lines()
}

fn of<'a>(watches: &'a [Value], id: &str) -> &'a Value {
    let mut watches = watches.iter();
    watches.find(|watch| watch["watch"] == id).expect("a watch")
}

#[test]
fn what_a_new_watch_finds_is_told_in_the_next_digest_as_found_later_and_once() {
    let web = Web::start("127.0.0.1");
    let world = world_before(&web);
    world.write(
        "newsvigil.toml",
        &settings(&[("desk", ""), ("court", ""), ("press", "")]),
    );
    world.write(
        "watches/gas.toml",
        &gas("recipients = [\"desk\", \"court\"]"),
    );
    let dry = world.run(&["backtest", "--watch", "gas"]).ok().stdout;
    assert!(dry.contains("0 kept, 1 gained, 0 lost"), "{dry}");
    assert!(
        dry.contains(&format!(
            "--state {} backtest --adopt --watch gas`",
            world.state().display()
        )),
        "{dry}"
    );
    assert_eq!(world.run(&["hits", "--json"]).ok().json_lines().len(), 1);

    let said = world.run(&["backtest", "--adopt"]).ok().stdout;
    assert!(said.contains("gas  1 adopted, 0 kept, 0 lost"), "{said}");
    assert!(said.contains("force  0 adopted, 1 kept, 0 lost"), "{said}");
    assert!(said.contains("court (1), desk (1)"), "{said}");
    let again = world.run(&["backtest", "--adopt"]).ok().stdout;
    assert!(again.contains("nothing was adopted"), "{again}");

    time_passes(&world);
    assert_eq!(world.once()["mails_delivered"], 2);
    let mut readers = BTreeSet::new();
    let mails = world.mailbox().into_iter();
    for mail in mails.filter(|mail| !mail.subject.contains(FORCE.0)) {
        assert!(mail.subject.starts_with("1 item found later"), "{mail:?}");
        let (_, later) = mail.text.split_once("FOUND LATER (1)").expect("a section");
        assert!(later.contains("- **Tear gas** in the square"), "{later}");
        assert!(!mail.text.contains("lethal"), "{}", mail.text);
        assert!(mail.html.contains("Found later"), "{}", mail.html);
        readers.insert(mail.to.clone());
    }
    let asked = ["court@example.org", "desk@example.org"].map(str::to_owned);
    assert_eq!(readers, BTreeSet::from(asked));
    assert_eq!(of(&adopt(&world, &[]), "gas")["adopted"], 0);
    time_passes(&world);
    assert_eq!(world.once()["mails_delivered"], 0, "nothing is told twice");
}

#[test]
fn a_hit_that_was_found_later_says_so_wherever_it_is_shown() {
    let web = Web::start("127.0.0.1");
    let world = world_before(&web);
    world.write("watches/gas.toml", &gas("recipients = [\"desk\"]"));
    adopt(&world, &[]);
    let lines = world.run(&["hits", "--json"]).ok().json_lines();
    let later: Vec<(&str, bool)> = lines
        .iter()
        .map(|hit| {
            (
                hit["watch"].as_str().expect("a watch"),
                hit["later"].as_bool().expect("said"),
            )
        })
        .collect();
    assert_eq!(later, [("gas", true), ("force", false)]);
    let table = world.run(&["hits"]).ok().stdout;
    assert!(
        table.contains("Tear gas in the square (found later)"),
        "{table}"
    );
    assert!(!table.contains("lethal force (found later)"), "{table}");
    let police = gas("recipients = [\"desk\"]")
        .replace("\"gas\"", "\"police\"")
        .replace("match = '", "match = '\"lethal force\" OR ");
    world.write("watches/police.toml", &police);
    adopt(&world, &[]);
    let table = world.run(&["hits"]).ok().stdout;
    // An item that was found at once, too, is not called one that was found later.
    assert!(!table.contains("lethal force (found later)"), "{table}");
    assert!(table.contains("police (found later), force"), "{table}");
    let csv = world.run(&["hits", "--csv"]).ok().stdout;
    assert!(
        csv.lines()
            .next()
            .expect("a heading")
            .contains(",later,places,"),
        "{csv}"
    );
    let atom = world.run(&["hits", "--atom"]).ok().stdout;
    assert_eq!(atom.matches("label=\"found later\"").count(), 3, "{atom}");
    let found = world
        .run(&[
            "hits",
            "--search",
            "\"tear gas\"",
            "--watch",
            "gas",
            "--json",
        ])
        .ok();
    assert_eq!(found.json()["later"], true, "its words are searched too");
    let entry = lines[0]["entry"].to_string();
    let explained = world
        .run(&["explain", "--watch", "gas", "--entry", &entry])
        .ok();
    assert!(
        explained
            .stdout
            .contains("was found later, in what was stored"),
        "{explained:?}"
    );
    let copy = world.config().with_extension("backup");
    world.run(&["backup", copy.to_str().expect("UTF-8")]).ok();
    let kept: i64 = Connection::open(copy)
        .and_then(|copy| copy.query_row("SELECT sum(later) FROM hit", [], |row| row.get(0)))
        .expect("a number");
    assert_eq!(kept, 3);
}

#[test]
fn nobody_is_told_when_nobody_is_to_be_told() {
    let web = Web::start("127.0.0.1");
    let world = world_before(&web);
    world.write("watches/gas.toml", &gas("recipients = [\"desk\"]"));
    let said = world.run(&["backtest", "--adopt", "--tell", "nobody"]).ok();
    assert!(said.stdout.contains("Nobody is told."), "{said:?}");
    assert_eq!(
        world.run(&["hits", "--watch", "gas", "--json"]).ok().json()["later"],
        true
    );
    time_passes(&world);
    assert_eq!(world.once()["mails_delivered"], 0);
    assert_eq!(of(&adopt(&world, &[]), "gas")["adopted"], 0, "it stays so");
    for mistake in [
        &["backtest", "--tell", "nobody"][..],
        &["backtest", "--adopt", "--tell", "everybody"],
    ] {
        assert_eq!(world.run(mistake).code, 64, "{mistake:?}");
    }
}

#[test]
fn an_alert_never_tells_what_was_found_later_nor_a_muted_watch_nor_who_gets_no_digest() {
    let web = Web::start("127.0.0.1");
    let world = world_before(&web);
    world.write(
        "newsvigil.toml",
        &settings(&[("desk", ""), ("phone", "digest = [\"off\"]")]),
    );
    let urgent = gas("urgency = \"alert\"\nrecipients = [\"desk\", \"phone\"]");
    world.write("watches/gas.toml", &urgent);
    let cup = "[[watch]]\nid = \"cup\"\ntitle = \"Cup\"\nmatch = 'cup'\nrecipients = [\"desk\"]\n";
    world.write("watches/cup.toml", cup);
    world
        .run(&[
            "mute", "--watch", "cup", "--for", "1d", "--reason", "too many",
        ])
        .ok();
    let said = world.run(&["backtest", "--adopt"]).ok().stdout;
    assert!(
        said.contains("Told in the next digest: desk (1)."),
        "{said}"
    );
    assert!(said.contains("the watch is muted: 1 hit"), "{said}");
    assert!(said.contains("they get no digests: phone"), "{said}");
    assert_eq!(world.once()["mails_delivered"], 0, "no alert");
    time_passes(&world);
    assert_eq!(world.once()["mails_delivered"], 1);
    world.write("watches/more.toml", &cup.replace("\"cup\"", "\"final\""));
    world
        .run(&[
            "mute", "--watch", "final", "--for", "1d", "--reason", "also",
        ])
        .ok();
    world.run(&["backtest", "--adopt"]).ok();
    let preview = world.run(&["digest", "preview", "desk"]).ok().stdout;
    assert!(
        preview.contains("in mails already, but for what a muted watch holds back;"),
        "{preview}"
    );
    let mut mails = world.mailbox().into_iter();
    let mail = mails
        .find(|mail| !mail.subject.contains(FORCE.0))
        .expect("a mail");
    assert_eq!(mail.to, "desk@example.org");
    assert!(
        mail.text.contains("- **Tear gas** in the square"),
        "{}",
        mail.text
    );
    assert!(!mail.text.contains("Cup final"), "{}", mail.text);
    assert_eq!(
        world.run(&["hits", "--watch", "cup", "--json"]).ok().json()["later"],
        true
    );
}

#[test]
fn an_item_of_which_an_earlier_revision_was_a_hit_is_not_gained() {
    let web = Web::start("127.0.0.1");
    let world = world_before(&web);
    let revised = (
        "Police deny everything",
        "a",
        "Protesters were shot with lethal force.",
    );
    let added = (
        "Police used tear gas",
        "d",
        "Protesters fled from lethal force.",
    );
    web.put(
        "/feed",
        Page::Feed(rss("The Outlet", &[revised, GAS, CUP, added])),
    );
    world.once_all();
    let before = world.run(&["hits", "--json"]).ok().json_lines().len();
    let shown = adopt(&world, &["--tell", "digest"]);
    assert_eq!(of(&shown, "force")["adopted"], 0, "{shown:?}");
    assert_eq!(of(&shown, "force")["lost"], 0, "{shown:?}");

    // An edit that no longer finds the first wording, and finds the second.
    world.write(
        "watches/force.toml",
        &WATCH
            .replace("'\"lethal force\" AND protest*'", "'deny AND protest*'")
            .replace("used lethal force against", "deny that they shot"),
    );
    let shown = adopt(&world, &[]);
    assert_eq!(of(&shown, "force")["adopted"], 0, "{shown:?}");
    assert_eq!(
        world.run(&["hits", "--json"]).ok().json_lines().len(),
        before
    );
}

#[test]
fn lost_hits_stay() {
    let web = Web::start("127.0.0.1");
    let world = world_before(&web);
    world.write(
        "watches/force.toml",
        &WATCH
            .replace("\"lethal force\" AND", "\"live rounds\" AND")
            .replace("used lethal force against", "used live rounds against"),
    );
    let said = world.run(&["backtest", "--adopt"]).ok().stdout;
    assert!(said.contains("force  0 adopted, 0 kept, 1 lost"), "{said}");
    assert!(said.contains("Lost hits stay"), "{said}");
    let hits = world.run(&["hits", "--watch", "force", "--json"]).ok();
    assert_eq!(hits.json()["later"], false);
}

#[test]
fn an_item_that_is_new_as_well_is_told_as_new_and_a_silent_one_as_what_it_is() {
    let web = Web::start("127.0.0.1");
    let world = world_before(&web);
    let both = (
        "Police used lethal force again",
        "e",
        "Protesters met tear gas.",
    );
    web.put(
        "/feed",
        Page::Feed(rss("The Outlet", &[both, FORCE, GAS, CUP])),
    );
    // Found by one watch, and told to nobody yet.
    assert_eq!(world.once_all()["hits"], 1);
    world.write("watches/gas.toml", &gas("recipients = [\"desk\"]"));
    assert_eq!(of(&adopt(&world, &[]), "gas")["told"]["desk"], 2);
    time_passes(&world);
    world.once();
    let mut mails = world.mailbox().into_iter();
    let mail = mails
        .find(|mail| mail.subject.contains(both.0))
        .expect("a mail");
    assert!(mail.text.starts_with("NEWSVIGIL"), "{}", mail.text);
    assert!(
        mail.text
            .contains("more on 1 story told before, 1 item found later"),
        "{}",
        mail.text
    );
    let (new, later) = mail.text.split_once("FOUND LATER (1)").expect("a section");
    assert!(
        new.contains("again") && new.contains("; Tear gas."),
        "{new}"
    );
    assert!(
        later.contains("**Tear gas** in the square") && !later.contains("again"),
        "{later}"
    );
}
