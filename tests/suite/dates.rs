//! Dates as feeds write them, and instants that were stored while the clock was wrong.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde_json::Value;

use crate::web::{Page, Web};
use crate::world::World;

/// A feed of one item for each of these dates, all of which the watch matches.
fn feed(language: &str, dates: &[&str]) -> String {
    let items: String = dates
        .iter()
        .enumerate()
        .map(|(number, date)| {
            format!(
                "<item><title>Story {number}: lethal force</title><guid isPermaLink=\"false\">{number}</guid>\
                 <description>A protest, in number {number}.</description><pubDate>{date}</pubDate></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Dates</title>\
         <link>https://dates.example/</link><language>{language}</language>{items}</channel></rss>"
    )
}

/// The days that the program takes these dates for.
fn check(language: &str, dates: &[&str], meant: &[&str]) {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(feed(language, dates)));
    let world = World::new(&[("dates", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], dates.len());
    let database = Connection::open(world.state().join("newsvigil.db")).expect("a database");
    let mut stored = database
        .prepare(
            "SELECT strftime('%Y-%m-%dT%H:%M', published_at, 'unixepoch') FROM entry ORDER BY key",
        )
        .expect("a query");
    let stored: Vec<String> = stored
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect)
        .expect("dates");
    assert_eq!(stored, meant, "of {dates:?} in {language}");
}

#[test]
fn a_date_that_may_be_two_days_is_read_as_the_others_of_its_feed() {
    check(
        "es",
        &["03/12/2026", "28/11/2026 10:00"],
        &["2026-12-03T00:00", "2026-11-28T10:00"],
    );
    check(
        "en-us",
        &["3-12-26", "28-11-26", "Thu, 26 Nov 2026 10:00:00 GMT"],
        &["2026-12-03T00:00", "2026-11-28T00:00", "2026-11-26T10:00"],
    );
    check(
        "es",
        &["Fri, 27 Nov 2026 10:00:00 GMT", "01/12/2026"],
        &["2026-11-27T10:00", "2026-12-01T00:00"],
    );
}

#[test]
fn a_month_stands_beside_its_day_and_a_zone_is_of_the_feeds_language() {
    check(
        "he",
        &[
            "Thu Dec 03 2026 21:30:00 GMT+1200 (Marshall Islands Time)",
            "Thu Dec 03 2026 21:30:00 GMT+0300 (Arabian Standard Time)",
            "3 Dec 2026 10:00 IST",
            "٣ كانون الأول ٢٠٢٦ ٩:٣٠ م",
            "3 Aralık 2026 21h30",
            "3 de diciembre de 2026, 9:30 p. m.",
        ],
        &[
            "2026-12-03T09:30",
            "2026-12-03T18:30",
            "2026-12-03T08:00",
            "2026-12-03T21:30",
            "2026-12-03T21:30",
            "2026-12-03T21:30",
        ],
    );
}

/// Moves all that is stored into the future, as if the clock had been ahead by so many days until now.
fn move_ahead(world: &World, days: i64) {
    let by = days * 86_400;
    let database = Connection::open(world.state().join("newsvigil.db")).expect("a database");
    let mut columns = database
        .prepare(
            "SELECT sqlite_schema.name, info.name FROM sqlite_schema, pragma_table_info(sqlite_schema.name) AS info
             WHERE sqlite_schema.type = 'table'
               AND (info.name LIKE '%\\_at' ESCAPE '\\' OR info.name IN ('covered_until', 'until'))
               AND info.name NOT IN ('published_at', 'updated_at')",
        )
        .expect("a query");
    let columns: Vec<(String, String)> = columns
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .expect("columns");
    assert!(columns.len() > 10, "{columns:?}");
    for (table, column) in columns {
        let update = format!("UPDATE {table} SET {column} = {column} + {by}");
        database.execute(&update, []).expect("moved");
    }
    let state: String = database
        .query_row("SELECT state FROM feed", [], |row| row.get(0))
        .expect("a state");
    let mut state: Value = serde_json::from_str(&state).expect("JSON");
    move_instants(&mut state, SignedDuration::from_secs(by));
    let state = state.to_string();
    database
        .execute("UPDATE feed SET state = ?1", [state])
        .expect("moved");
}

fn move_instants(value: &mut Value, by: SignedDuration) {
    match value {
        Value::String(text) => {
            if let Ok(instant) = text.parse::<Timestamp>() {
                *text = (instant + by).to_string();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| move_instants(value, by)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|value| move_instants(value, by)),
        _ => {}
    }
}

fn check_clock_was_ahead_by(days: i64) {
    let web = Web::start("127.0.0.1");
    let now = Timestamp::now();
    let written = |at: Timestamp| at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let old = written(now - SignedDuration::from_hours(1));
    web.put("/feed", Page::Feed(feed("en", &[&old])));
    let world = World::new(&[("dates", &web.url("/feed"))]);
    assert_eq!(world.once()["mails_delivered"], 1);
    move_ahead(&world, days);
    let status = world.run(&["status"]);
    assert_eq!(status.code, 1, "{status:?}");
    assert!(
        status.stdout.contains("was the clock set back?"),
        "{status:?}"
    );
    assert!(status.stdout.contains("which lies ahead"), "{status:?}");
    web.put("/feed", Page::Feed(feed("en", &[&old, &written(now)])));
    let run = world.once();
    assert_eq!(run["feeds_polled"], 1, "it is due: {run}");
    assert_eq!(run["entries_new"], 1, "{run}");
    let database = Connection::open(world.state().join("newsvigil.db")).expect("a database");
    let state: String = database
        .query_row("SELECT state FROM feed", [], |row| row.get(0))
        .expect("a state");
    let state: Value = serde_json::from_str(&state).expect("JSON");
    let latest = Timestamp::now();
    for (name, value) in state.as_object().expect("fields") {
        if let Some(instant) = value
            .as_str()
            .and_then(|text| text.parse::<Timestamp>().ok())
            && name != "next_poll_at"
            && name != "not_before"
        {
            assert!(instant <= latest, "{name} lies ahead: {instant}");
        }
    }
    let next: Timestamp = state["next_poll_at"]
        .as_str()
        .expect("a plan")
        .parse()
        .expect("a time");
    assert!(
        next.duration_since(latest) <= SignedDuration::from_hours(25),
        "{next}"
    );
    let status = world.run(&["status", "--json"]).ok().json();
    assert_eq!(status["needs"], serde_json::json!([]), "{status}");
    assert_eq!(status["feeds_fine"], 1, "{status}");
}

#[test]
fn after_a_clock_that_was_ahead_all_goes_on_from_now() {
    check_clock_was_ahead_by(40);
    check_clock_was_ahead_by(5 * 365);
}

#[test]
fn a_mute_of_the_future_mutes_nothing() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(feed("en", &[])));
    let world = World::new(&[("dates", &web.url("/feed"))]);
    world.run(&["once"]).ok();
    world
        .run(&[
            "mute", "--watch", "force", "--for", "2d", "--reason", "a drill",
        ])
        .ok();
    move_ahead(&world, 40);
    web.put("/feed", Page::Feed(feed("en", &["today"])));
    let run = world.once();
    assert_eq!(
        (&run["hits"], &run["mails_delivered"]),
        (&1.into(), &1.into()),
        "{run}"
    );
    let status = world.run(&["status", "--json"]).ok().json();
    assert_eq!(status["mutes"], serde_json::json!([]), "{status}");
}

#[test]
fn a_clock_that_is_ahead_lets_go_of_nothing() {
    let web = Web::start("127.0.0.1");
    let date = Timestamp::now()
        .strftime("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    web.put("/feed", Page::Feed(feed("en", &[&date])));
    let world = World::new(&[("dates", &web.url("/feed"))]);
    world.once();
    let database = Connection::open(world.state().join("newsvigil.db")).expect("a database");
    let left = || -> i64 {
        let sql = "SELECT count(*) FROM entry";
        database
            .query_row(sql, [], |row| row.get(0))
            .expect("a number")
    };
    // By its own time, all is as old as if the clock were 40 days ahead now.
    database
        .execute_batch("DELETE FROM delivery; DELETE FROM hit; UPDATE entry SET first_seen_at = first_seen_at - 40 * 86400")
        .expect("aged");
    let believed = Timestamp::now() - SignedDuration::from_hours(24 * 40);
    std::fs::write(world.state().join("clock"), believed.to_string()).expect("a file");
    world.once();
    assert_eq!(left(), 1, "the clock is doubted");
    std::fs::write(world.state().join("clock"), Timestamp::now().to_string()).expect("a file");
    world.once();
    assert_eq!(left(), 0, "the clock is believed");
}
