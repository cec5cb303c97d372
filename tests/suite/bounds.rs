//! One feed among others: what it may bring in a day, and what becomes of one that kills the program.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use newsvigil::core::article::Policy;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::store::polls::{
    self, NewHit, PollCounts, PollRecord, PolledContent, PolledEntry, RecordContext,
};
use newsvigil::store::retention::{self, Retention};
use newsvigil::store::{self, feeds};
use rusqlite::Connection;
use serde_json::Value;

use crate::service::{STORY, Service, eventually};
use crate::web::{Page, Web, rss};
use crate::world::World;

const SETTINGS: &str = "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"10m\"\n\
     [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n";

fn database(world: &World) -> Connection {
    Connection::open(world.state().join("newsvigil.db")).expect("the database")
}

fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).expect(sql)
}

/// What `status` says of the feeds that are not fine.
fn troubles(world: &World) -> Vec<(String, String, String)> {
    let status = world.run(&["status", "--json"]).json();
    let troubles = status["troubles"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    troubles
        .map(|trouble| {
            (
                text(&trouble["feed"]),
                text(&trouble["health"]),
                text(&trouble["sentence"]),
            )
        })
        .collect()
}

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

/// The next day, as far as the budgets know.
fn let_a_day_pass(world: &World) {
    let changed = database(world).execute(
        "UPDATE feed SET state = json_set(state, '$.spent.day', 0,
           '$.left_out.at', '2026-01-01T00:00:00Z',
           '$.last_unconditional_at', '2026-01-01T00:00:00Z')
         WHERE state ->> '$.left_out' IS NOT NULL",
        [],
    );
    assert_eq!(changed.expect("a new day"), 1);
}

#[test]
fn a_feed_of_too_many_items_is_taken_day_by_day_and_nothing_is_lost() {
    let items: Vec<(String, String)> = (0..25)
        .map(|number| (format!("Lethal force {number}"), format!("n{number}")))
        .collect();
    let items: Vec<(&str, &str, &str)> = items
        .iter()
        .map(|(title, slug)| (title.as_str(), slug.as_str(), "Protesters were shot."))
        .collect();
    let web = Web::start("127.0.0.1");
    web.put("/many", Page::Feed(rss("Many", &items)));
    web.put("/few", Page::Feed(rss("Few", &[STORY])));
    let urls = ["/many", "/few"].map(|path| web.url(path));
    let world = World::new(&[("many", &urls[0]), ("few", &urls[1])]);
    world.write(
        "newsvigil.toml",
        &format!("[store]\ndaily_items = 10\n{SETTINGS}"),
    );

    let summary = world.once();
    assert_eq!(summary["entries_new"], 11, "{summary}");
    assert_eq!(summary["entries_left_out"], 15, "{summary}");
    assert_eq!(
        troubles(&world),
        [(
            "many".to_owned(),
            "over-budget".to_owned(),
            "brings more than a feed may in a day: 15 items were left out, and are taken after \
             midnight UTC if it still has them"
                .to_owned()
        )]
    );
    let digest = &world.mailbox()[0].text;
    assert!(digest.contains("15 items were left out"), "{digest}");
    // On the same day there is no use in asking for all of it again.
    assert_eq!(world.once_all()["entries_new"], 0);
    let conditional = |request: &axum::http::HeaderMap| request.contains_key("if-none-match");
    assert!(conditional(&web.requests("/many")[1]));
    assert_eq!(troubles(&world).len(), 1, "it is told as long as it is so");

    for (day, left) in [(2, 5), (3, 0)] {
        let_a_day_pass(&world);
        let summary = world.once_all();
        assert_eq!(
            summary["entries_new"],
            if day == 2 { 10 } else { 5 },
            "{summary}"
        );
        assert_eq!(summary["entries_left_out"], left, "day {day}: {summary}");
        assert!(!conditional(
            web.requests("/many").last().expect("a request")
        ));
    }
    let over = "brought more than a feed may in a day: 15 items were left out, and all of them taken later";
    assert_eq!(troubles(&world)[0].2, over);
    assert_eq!(number(&database(&world), "SELECT count(*) FROM hit"), 26);
    let told = "UPDATE feed SET state = json_set(state, '$.excess.until', '2026-01-01T00:00:00Z')
                WHERE id = 'many'";
    database(&world).execute(told, []).expect("told");
    assert_eq!(troubles(&world), []);
    world.once_all();
    assert!(conditional(
        web.requests("/many").last().expect("a request")
    ));
}

/// So many items of a feed, from a number on.
fn numbered(from: usize, to: usize, text: &str) -> Vec<(String, String, String)> {
    (from..to)
        .map(|number| {
            let title = format!("Lethal force {number}");
            (title, format!("n{number}"), text.to_owned())
        })
        .collect()
}

fn body_of(items: &[(String, String, String)]) -> String {
    let items: Vec<(&str, &str, &str)> = items
        .iter()
        .map(|(title, slug, text)| (title.as_str(), slug.as_str(), text.as_str()))
        .collect();
    rss("Many", &items)
}

fn set_daily_items(world: &World, number: usize) {
    let settings = format!("[store]\ndaily_items = {number}\n{SETTINGS}");
    world.write("newsvigil.toml", &settings);
}

#[test]
fn what_is_gone_before_it_could_be_taken_is_told_also_when_a_later_body_fits() {
    let web = Web::start("127.0.0.1");
    web.put("/many", Page::Feed(body_of(&numbered(0, 25, "Shot."))));
    let world = World::new(&[("many", &web.url("/many"))]);
    set_daily_items(&world, 10);
    assert_eq!(world.once()["entries_left_out"], 15);
    let_a_day_pass(&world);
    web.put("/many", Page::Feed(body_of(&numbered(0, 13, "Shot."))));
    let summary = world.once_all();
    assert_eq!(summary["entries_new"], 3, "{summary}");
    let told = "brought more than a feed may in a day: 15 items were left out, 3 of them taken later; \
                12 items were gone before they could be taken";
    assert_eq!(troubles(&world)[0].2, told);
    // It is still told when everything has been well for a while.
    world.once_all();
    assert_eq!(troubles(&world)[0].2, told);
    let preview = world.run(&["digest", "preview", "desk"]).ok().stdout;
    let preview: Vec<&str> = preview.split_whitespace().collect();
    let preview = preview.join(" ");
    assert!(preview.contains("12 items were gone"), "{preview}");
    assert!(
        !preview.contains("nothing is known to be missing"),
        "{preview}"
    );
}

#[test]
fn a_file_that_does_not_change_is_taken_day_by_day() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("many.xml");
    std::fs::write(&path, body_of(&numbered(0, 11, "Shot."))).expect("written");
    let world = World::new(&[("many", &format!("file://{}", path.display()))]);
    set_daily_items(&world, 10);
    assert_eq!(world.once()["entries_left_out"], 1);
    assert!(
        troubles(&world)[0]
            .2
            .contains("1 item was left out, and is taken")
    );
    assert_eq!(world.once_all()["entries_new"], 0);
    let next_day = "UPDATE feed SET state = json_set(state, '$.spent.day', 0,
                    '$.left_out.at', '2026-01-01T00:00:00Z')";
    database(&world).execute(next_day, []).expect("a new day");
    assert_eq!(world.once_all()["entries_new"], 1, "without a day's wait");
    assert!(
        troubles(&world)[0]
            .2
            .ends_with("1 item was left out, and taken later")
    );
}

#[test]
fn a_budget_that_is_raised_is_in_force_at_the_next_poll() {
    let web = Web::start("127.0.0.1");
    web.put("/many", Page::Feed(body_of(&numbered(0, 25, "Shot."))));
    let world = World::new(&[("many", &web.url("/many"))]);
    set_daily_items(&world, 10);
    assert_eq!(world.once()["entries_new"], 10);
    set_daily_items(&world, 20);
    assert_eq!(world.once_all()["entries_new"], 10);
    assert_eq!(world.once_all()["entries_new"], 0);
    set_daily_items(&world, 30);
    assert_eq!(world.once_all()["entries_new"], 5);
}

#[test]
fn a_feed_with_a_counter_in_its_texts_is_named_and_fills_nothing() {
    let web = Web::start("127.0.0.1");
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    for visit in 0..12 {
        let text = format!("Protesters were shot. You are visitor {visit}.");
        let items: Vec<(&str, &str, &str)> = ["a", "b", "c", "d"]
            .map(|slug| ("Lethal force", slug, text.as_str()))
            .to_vec();
        web.put("/feed", Page::Feed(rss("The Outlet", &items)));
        world.once_all();
    }
    let told = troubles(&world);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].1, "restless");
    assert!(told[0].2.contains("(11 times in a row)"), "{told:?}");
    assert_eq!(world.mailbox().len(), 1, "nobody is told of it again");
    let database = database(&world);
    let most =
        "SELECT max(number) FROM (SELECT count(*) AS number FROM revision GROUP BY entry_id)";
    assert_eq!(number(&database, most), 6, "the last five and what matched");
    let found = world.run(&["hits", "--search", "\"visitor 0\"", "--json"]);
    assert_eq!(found.ok().json_lines().len(), 4, "what matched is kept");
}

/// Items with a text and a date, of which those of which it is said are hits.
fn entry(key: &str, text: &str, published: Option<&str>) -> PolledEntry {
    PolledEntry {
        key: key.to_owned(),
        content_hash: format!("{}+0", text.len()),
        document: Document {
            title: text.to_owned(),
            ..Document::default()
        },
        published: published.map(|at| at.parse().expect("a time")),
        updated: None,
    }
}

fn record(
    connection: &mut Connection,
    entries: Vec<PolledEntry>,
    budget: Budget,
    now: Timestamp,
) -> PollCounts {
    let mut matcher = |_: &str, _: usize, document: &Document| {
        let hit = NewHit {
            watch_id: "watch".to_owned(),
            watch_title: "Watch".to_owned(),
            topic: "topic".to_owned(),
            watch_version: "1".to_owned(),
            score: 0,
            spans: "[]".to_owned(),
            in_article: false,
            recipients: Vec::new(),
        };
        let found = document.title.starts_with("hit");
        Ok(found.then_some(hit).into_iter().collect())
    };
    let mut recording = RecordContext {
        now,
        backlog: SignedDuration::from_hours(24),
        program_version: "1",
        matcher: &mut matcher,
    };
    let poll = PollRecord {
        feed_id: "outlet".to_owned(),
        url: "https://outlet.example/feed".to_owned(),
        content: Some(PolledContent {
            title: None,
            warnings: Vec::new(),
            by_address: false,
            is_page: false,
            entries,
        }),
        articles: Policy::Off,
        budget: budget.into(),
        decide: Box::new(|_| FeedState::default()),
    };
    let stored = polls::record(connection, &[poll], &mut recording).expect("stored");
    stored.into_iter().next().expect("one").expect("stored")
}

fn keys(connection: &Connection) -> Vec<String> {
    connection
        .prepare("SELECT key FROM entry ORDER BY id")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .expect("the keys")
}

fn opened() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::TempDir::new().expect("a folder");
    let connection = store::open(&folder.path().join("newsvigil.db")).expect("a database");
    (folder, connection)
}

fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("a time")
}

#[test]
fn what_is_left_out_is_the_oldest_and_is_as_new_later() {
    let (_folder, mut connection) = opened();
    let items = || {
        vec![
            entry("old", "hit", Some("2026-03-01T01:00:00Z")),
            entry("undated", "hit", None),
            entry("new", "hit", Some("2026-03-01T11:00:00Z")),
            entry("older", "hit", Some("2026-02-28T13:00:00Z")),
        ]
    };
    let two = Budget {
        items: 2,
        ..Budget::default()
    };
    let counts = record(&mut connection, items(), two, noon());
    assert_eq!(
        (counts.entries_new, counts.new_left_out, counts.hits),
        (2, 2, 2)
    );
    assert_eq!(keys(&connection), ["undated", "new"]);
    let counts = record(&mut connection, items(), two, noon());
    assert_eq!(
        (counts.entries_new, counts.new_left_out, counts.hits),
        (2, 0, 2)
    );
    assert_eq!(keys(&connection), ["undated", "new", "old", "older"]);
}

#[test]
fn old_items_keep_back_none_that_are_published_after_them() {
    let (_folder, mut connection) = opened();
    let mut items: Vec<PolledEntry> = (0..9)
        .map(|number| {
            let date = format!("2026-01-01T00:00:0{}Z", 9 - number);
            entry(&format!("old{number}"), "hit", Some(&date))
        })
        .collect();
    items.push(entry("live", "hit", Some("2026-03-01T11:00:00Z")));
    let two = Budget {
        items: 2,
        bytes: 20 << 20,
        hits: 2,
    };
    let counts = record(&mut connection, items, two, noon());
    assert_eq!((counts.entries_new, counts.new_left_out), (3, 7));
    assert_eq!((counts.hits, counts.hits_backlog), (3, 2));
    assert_eq!(counts.taken.live.items, 1);
    assert_eq!(counts.arrears.added, 7);
    assert!(keys(&connection).contains(&"live".to_owned()));
    // A later body has one that is new, one that was left out, and none of the others.
    let items = vec![
        entry("newer", "hit", Some("2026-03-01T13:00:00Z")),
        entry("old8", "hit", Some("2026-01-01T00:00:01Z")),
    ];
    let counts = record(&mut connection, items, two, noon());
    assert_eq!((counts.arrears.taken, counts.arrears.gone), (1, 6));
    assert_eq!((counts.entries_new, counts.hits_backlog), (2, 1));
}

#[test]
fn an_archive_beyond_the_budget_stays_one_and_keeps_back_nothing_that_is_new() {
    let (_folder, mut connection) = opened();
    let live = |key: &str| entry(key, "hit", Some("2026-03-01T11:00:00Z"));
    record(
        &mut connection,
        vec![live("first")],
        Budget::default(),
        noon(),
    );
    let items = || -> Vec<PolledEntry> {
        let old = (0..30)
            .map(|number| entry(&format!("old{number}"), "hit", Some("2026-01-01T00:00:00Z")));
        old.chain([live("first"), live("new")]).collect()
    };
    let some = Budget {
        items: 25,
        ..Budget::default()
    };
    let counts = record(&mut connection, items(), some, noon());
    assert_eq!((counts.hits, counts.hits_archive), (26, 25));
    assert_eq!((counts.new_left_out, counts.hits_backlog), (5, 0));
    let counts = record(&mut connection, items(), some, noon());
    assert_eq!((counts.hits, counts.hits_archive), (5, 5), "the rest of it");
}

#[test]
fn a_later_item_that_was_left_out_is_told_whatever_its_date() {
    let (_folder, mut connection) = opened();
    record(
        &mut connection,
        vec![entry("a", "hit", None)],
        Budget::default(),
        noon(),
    );
    let items = || {
        ["b", "c"]
            .into_iter()
            .map(|key| entry(key, "hit", Some("2026-01-01T00:00:00Z")))
            .collect()
    };
    let one = Budget {
        items: 1,
        ..Budget::default()
    };
    assert_eq!(record(&mut connection, items(), one, noon()).hits, 1);
    let counts = record(&mut connection, items(), one, noon());
    assert_eq!((counts.hits, counts.hits_backlog), (1, 0));
}

#[test]
fn hits_of_a_muted_watch_take_no_place() {
    let (_folder, mut connection) = opened();
    let mute = "INSERT INTO mute (watch_id, reason, begins_at, ends_at) VALUES ('watch', '', 0, 9999999999)";
    connection.execute(mute, []).expect("muted");
    let items = (0..3).map(|number| entry(&number.to_string(), "hit", None));
    let one = Budget {
        hits: 1,
        ..Budget::default()
    };
    let counts = record(&mut connection, items.collect(), one, noon());
    assert_eq!((counts.hits_muted, counts.new_left_out), (3, 0));
}

#[test]
fn new_items_are_taken_before_revisions() {
    let (_folder, mut connection) = opened();
    let known = || (0..4).map(|number| number.to_string());
    let first = known().map(|key| entry(&key, "words", None)).collect();
    record(&mut connection, first, Budget::default(), noon());
    let mut items: Vec<PolledEntry> = known()
        .map(|key| entry(&key, "other words", None))
        .collect();
    items.push(entry("new", "hit", Some("2026-03-01T00:00:00Z")));
    let tight = Budget {
        bytes: 30,
        ..Budget::default()
    };
    let counts = record(&mut connection, items, tight, noon());
    assert_eq!((counts.entries_new, counts.entries_revised), (1, 2));
    assert_eq!(counts.revised_left_out, 2);
}

#[test]
fn an_item_is_never_stored_without_its_hits() {
    let (_folder, mut connection) = opened();
    let items = || {
        (0..6)
            .map(|number| {
                let text = if number % 2 == 0 { "hit" } else { "other" };
                entry(&number.to_string(), text, None)
            })
            .collect::<Vec<_>>()
    };
    let one = Budget {
        hits: 1,
        ..Budget::default()
    };
    let counts = record(&mut connection, items(), one, noon());
    assert_eq!(
        (counts.entries_new, counts.new_left_out, counts.hits),
        (4, 2, 1)
    );
    assert_eq!(keys(&connection), ["0", "1", "3", "5"]);
    let none = Budget { hits: 0, ..one };
    let counts = record(&mut connection, items(), none, noon());
    assert_eq!(
        (counts.entries_new, counts.new_left_out, counts.hits),
        (0, 2, 0)
    );
    let counts = record(&mut connection, items(), Budget::default(), noon());
    assert_eq!(
        (counts.entries_new, counts.new_left_out, counts.hits),
        (2, 0, 2)
    );
}

#[test]
fn revisions_take_bytes_and_no_hit_that_is_there() {
    let (_folder, mut connection) = opened();
    let items = |text: &str| vec![entry("a", text, None), entry("b", text, None)];
    record(&mut connection, items("hit"), Budget::default(), noon());
    let tight = Budget {
        items: 0,
        bytes: 1,
        hits: 0,
    };
    let counts = record(&mut connection, items("hit, revised"), tight, noon());
    assert_eq!((counts.entries_revised, counts.revised_left_out), (1, 1));
    let counts = record(&mut connection, items("hit, revised"), tight, noon());
    assert_eq!((counts.entries_revised, counts.revised_left_out), (1, 0));
    assert_eq!(number(&connection, "SELECT count(*) FROM hit"), 2);
}

#[test]
fn what_was_let_go_and_says_something_new_is_a_revision() {
    let (_folder, mut connection) = opened();
    let day = SignedDuration::from_hours(24);
    let items = |text: &str| vec![entry("a", text, Some("2026-01-01T00:00:00Z"))];
    let all = Budget::default();
    record(&mut connection, items("other"), all, noon());
    let later = noon() + day * 40;
    let retention = Retention {
        items: day * 30,
        hits: None,
    };
    while retention::prune(&mut connection, retention, later).expect("pruned") > 0 {}
    assert_eq!(keys(&connection), [""; 0]);
    let counts = record(&mut connection, items("other"), all, later);
    assert_eq!((counts.entries_new, counts.entries_revised), (0, 0));
    let known = [("a".to_owned(), items("other")[0].content_hash.clone())];
    assert_eq!(
        polls::possibly_new_items(&connection, "outlet", &known).expect("read"),
        [0; 0]
    );
    let counts = record(&mut connection, items("hit, at last"), all, later);
    assert_eq!(
        (counts.entries_new, counts.entries_revised, counts.hits),
        (0, 1, 1)
    );
    assert_eq!(counts.hits_backlog, 0, "what an old item says now is news");
    assert_eq!(number(&connection, "SELECT count(*) FROM tombstone"), 0);
}

#[test]
fn the_words_of_each_revision_that_matched_are_found_and_go_with_its_hit() {
    let (_folder, mut connection) = opened();
    let all = Budget::default();
    let day = SignedDuration::from_hours(24);
    record(
        &mut connection,
        vec![entry("a", "hit early", None)],
        all,
        noon(),
    );
    connection
        .execute("UPDATE hit SET watch_id = 'first'", [])
        .expect("another watch");
    let revised = vec![entry("a", "hit lately", None)];
    record(&mut connection, revised, all, noon() + day * 20);
    let found = |connection: &Connection, word: &str| {
        let sql = format!("SELECT count(*) FROM entry_text WHERE entry_text MATCH '{word}'");
        number(connection, &sql)
    };
    assert_eq!(
        (found(&connection, "early"), found(&connection, "lately")),
        (1, 1)
    );
    assert_eq!(number(&connection, "SELECT count(*) FROM entry_text"), 1);
    let retention = Retention {
        items: day * 30,
        hits: Some(day * 30),
    };
    let later = noon() + day * 40;
    while retention::prune(&mut connection, retention, later).expect("pruned") > 0 {}
    assert_eq!(number(&connection, "SELECT count(*) FROM hit"), 1);
    assert_eq!(
        (found(&connection, "early"), found(&connection, "lately")),
        (0, 1)
    );
}
