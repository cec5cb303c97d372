//! One feed among others: what it may bring in a day, and what becomes of one that kills the program.

mod left_out;
mod quarantine;

use crate::connection::Connection;
use serde_json::Value;

use crate::service::STORY;
use crate::web::{Page, Web, rss};
use crate::world::World;

const SETTINGS: &str = "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"10m\"\n\
     [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n";

fn database(world: &World) -> Connection {
    Connection::beside(&world.state().join("newsvigil.db"))
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
