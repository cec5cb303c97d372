//! An adoption that is killed, that works beside others, or whose items change meanwhile.

use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;

use jiff::Timestamp;
use newsvigil::core::alert::Urgency;
use newsvigil::store;
use newsvigil::store::hits::{self, StoredFinding};
use newsvigil::store::polls::{NewHit, Receiver};

use crate::service::Service;

use super::*;

/// As many items as several transactions take.
const MANY: usize = 450;

fn world_with_many(web: &Web) -> World {
    let slugs: Vec<String> = (0..MANY).map(|number| format!("n{number}")).collect();
    let titles: Vec<String> = (0..MANY)
        .map(|number| format!("Tear gas, day {number}"))
        .collect();
    let stories: Vec<(&str, &str, &str)> = titles
        .iter()
        .zip(&slugs)
        .map(|(title, slug)| (title.as_str(), slug.as_str(), "In the square."))
        .collect();
    web.put("/feed", Page::Feed(rss("The Outlet", &stories)));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 0);
    world.write("watches/gas.toml", &gas("recipients = [\"desk\"]"));
    world
}

#[track_caller]
fn check_all_are_owed_once(world: &World) {
    let (hits, items, owed): (usize, usize, usize) = database(world)
        .query_row(
            "SELECT count(*), count(DISTINCT entry_id), (SELECT count(*) FROM delivery) FROM hit",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .expect("numbers");
    assert_eq!((hits, items, owed), (MANY, MANY, MANY));
}

#[test]
fn killed_between_two_transactions_it_goes_on_where_it_was() {
    let web = Web::start("127.0.0.1");
    let world = world_with_many(&web);
    for fault in ["adoption-committed:1", "adoption-written:2"] {
        let mut command = world.command(&["backtest", "--adopt"]);
        let died = command
            .env("NEWSVIGIL_FAULT", fault)
            .output()
            .expect("the program");
        assert!(died.status.signal().is_some(), "{died:?}");
    }
    let adopted = of(&adopt(&world, &[]), "gas")["adopted"].as_u64();
    let before: u64 = 200;
    assert!(
        adopted.is_some_and(|number| number <= MANY as u64 - before),
        "{adopted:?}"
    );
    check_all_are_owed_once(&world);
    let mail = {
        world.once();
        world.mailbox().pop().expect("a digest")
    };
    assert!(mail.text.contains("FOUND LATER (450)"), "{}", mail.text);
    let told = world
        .run(&["hits", "--mail", "1", "--json"])
        .ok()
        .json_lines();
    assert_eq!(
        told.len(),
        MANY,
        "the mail tells each, in a line or by count"
    );
}

#[test]
fn it_works_beside_the_service_and_twice_at_the_same_time() {
    let web = Web::start("127.0.0.1");
    let world = world_with_many(&web);
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    let mut others: Vec<_> = (0..2)
        .map(|_| {
            let mut command = world.command(&["backtest", "--adopt"]);
            command.stdout(Stdio::null()).spawn().expect("the program")
        })
        .collect();
    for other in &mut others {
        assert!(other.wait().expect("ended").success());
    }
    check_all_are_owed_once(&world);
    service.signal("-TERM");
    let ended = service.end();
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(!ended.stderr.contains("locked"), "{ended:?}");
}

fn find(entry_id: i64, revision: i64) -> StoredFinding {
    let hit = NewHit {
        watch_id: "gas".to_owned(),
        watch_title: "Tear gas".to_owned(),
        topic: "assembly".to_owned(),
        watch_version: "1".to_owned(),
        score: 0,
        spans: "[]".to_owned(),
        in_article: false,
        recipients: vec![Receiver {
            id: "desk".to_owned(),
            urgency: Urgency::Alert,
        }],
    };
    StoredFinding {
        entry_id,
        revision,
        hits: vec![hit.clone(), hit],
    }
}

/// A service may revise an item, or let go of it, after it was looked at.
#[test]
fn what_changed_since_it_was_looked_at_is_looked_at_again() {
    let web = Web::start("127.0.0.1");
    let world = world_before(&web);
    let path = world.state().join("newsvigil.db");
    let mut connection = store::open(&path).expect("the database");
    let finds = [find(2, 7), find(3, 0), find(3, 0), find(99, 0)];
    let adoption = hits::adopt(&mut connection, &finds, "0", Timestamp::now()).expect("adopted");
    assert_eq!(adoption.revised, [2], "its words are others");
    let [hit] = adoption.hits.as_slice() else {
        panic!("one hit of one item, watch and revision: {adoption:?}");
    };
    assert_eq!(hit.told, ["desk"]);
    let urgency: String = database(&world)
        .query_row(
            "SELECT urgency FROM delivery JOIN hit ON hit.id = hit_id WHERE later",
            [],
            |row| row.get(0),
        )
        .expect("one delivery");
    assert_eq!(urgency, "digest");
}
