//! What is known to be lost of a feed is told everywhere; what was only repaired or wrapped is read.

use std::io::Write as _;

use crate::web::{Page, Web, rss};
use crate::world::World;

const STORY: (&str, &str, &str) = ("Police used lethal force", "s", "Protesters were shot.");

/// An item that nothing is found in.
fn other(number: usize) -> String {
    format!("<item><guid>{number}</guid><title>Weather {number}</title></item>")
}

/// A feed that breaks off in the fourth item.
fn broken() -> String {
    let whole = rss(
        "Outlet",
        &[STORY, ("b", "b", "c"), ("d", "d", "e"), ("f", "f", "g")],
    );
    let end = whole.rfind("<description>").expect("an item");
    whole[..end].to_owned()
}

/// The text on one line, wherever it was wrapped.
fn in_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn health(world: &World) -> (String, String) {
    let status = world.run(&["status", "--json"]).json();
    let trouble = &status["troubles"][0];
    let text = |key: &str| trouble[key].as_str().unwrap_or_default().to_owned();
    (text("health"), text("sentence"))
}

/// Polls everything and expects that the feed was not read whole, for this reason.
#[track_caller]
fn check_incomplete(page: Page, reason: &str) -> World {
    let web = Web::start("127.0.0.1");
    web.put("/feed", page);
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let run = world.run(&["once", "--json"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("could not be read whole"), "{run:?}");
    let summary = run.json();
    assert_eq!(summary["feeds_failed"], 0, "{summary}");
    assert_eq!(summary["incomplete"][0]["feed"], "outlet", "{summary}");
    assert_eq!(summary["incomplete"][0]["reason"], reason, "{summary}");
    let (health, sentence) = health(&world);
    assert_eq!(health, "incomplete");
    assert!(sentence.ends_with(reason), "{sentence}");
    let mail = &world.mailbox()[0];
    let text = in_line(&mail.text);
    assert!(
        text.contains("Not complete: 1 feed could not be read whole"),
        "{text}"
    );
    // Mails write "2,000".
    assert!(
        text.replace(',', "").contains(&reason.replace(',', "")),
        "{text}"
    );
    assert!(!text.contains("nothing is known to be missing"), "{text}");
    world
}

#[test]
fn a_feed_that_breaks_off_is_told_once_for_as_long_as_it_does() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(broken()));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write(
        "newsvigil.toml",
        "[fetch]\nallow = [\"127.0.0.0/8\"]\n\
         [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\noperator = true\n",
    );
    let run = world.run(&["once", "--json"]);
    assert_eq!(
        (run.code, run.json()["hits"].as_u64()),
        (1, Some(1)),
        "{run:?}"
    );
    let told = world.mailbox().len();
    assert!(told >= 1);
    let shown = world.run(&["status"]);
    assert!(
        shown.stdout.contains("it breaks off after 3 items"),
        "{shown:?}"
    );
    // Not modified, and broken off anew behind other items: both are no news.
    assert_eq!(world.run(&["once", "--all"]).code, 1);
    web.put("/feed", Page::Feed(format!("{}<x>", broken())));
    let again = world.run(&["once", "--all"]);
    assert_eq!(again.code, 1, "{again:?}");
    assert!(
        again.stdout.contains("outlet: it breaks off after 3 items"),
        "{again:?}"
    );
    assert_eq!(world.mailbox().len(), told);
    web.put(
        "/feed",
        Page::Feed(rss("Outlet", &[STORY, ("b", "b", "c")])),
    );
    world.once_all();
    let status = world.run(&["status", "--json"]).ok().json();
    assert_eq!(status["feeds_fine"], 1, "{status}");
}

#[test]
fn a_loss_that_is_over_before_the_digest_is_told_in_it() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("Outlet", &[("a", "a", "b")])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.once();
    web.put(
        "/feed",
        Page::Feed(broken().replace("lethal force", "nothing")),
    );
    assert_eq!(world.run(&["once", "--all"]).code, 1);
    web.put("/feed", Page::Feed(rss("Outlet", &[STORY])));
    world.once_all();
    let mails = world.mailbox();
    let text = in_line(&mails.last().expect("a digest").text);
    assert!(text.contains("1 feed could not be read whole"), "{text}");
    assert!(text.contains("it breaks off after 3 items"), "{text}");
    assert!(!text.contains("nothing is known to be missing"), "{text}");
}

#[test]
fn a_loss_that_an_earlier_version_passed_over_is_told_though_the_body_is_the_same() {
    let web = Web::start("127.0.0.1");
    web.put("/tagged", Page::Feed(broken()));
    web.put("/plain", Page::Whole(200, &[], broken().into()));
    let world = World::new(&[
        ("tagged", &web.url("/tagged")),
        ("plain", &web.url("/plain")),
    ]);
    assert_eq!(world.run(&["once"]).code, 1);
    let (told, before) = (
        world.mailbox().len(),
        world.run(&["status", "--json"]).json(),
    );
    let database =
        rusqlite::Connection::open(world.state().join("newsvigil.db")).expect("a database");
    // As the version before this wrote it.
    database
        .execute(
            "UPDATE feed SET state = json_remove(state, '$.incomplete', '$.read_by', '$.body_digest')",
            [],
        )
        .expect("set");
    drop(database);
    let run = world.run(&["once", "--all", "--json"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.json()["incomplete"].as_array().map(Vec::len), Some(2));
    let status = world.run(&["status", "--json"]).json();
    assert_eq!(
        (&status["entries"], &status["hits"]),
        (&before["entries"], &before["hits"])
    );
    assert_eq!(world.mailbox().len(), told);
}

#[test]
fn each_loss_is_told_in_the_run_the_status_and_the_digest() {
    check_incomplete(Page::Feed(broken()), "it breaks off after 3 items");
    let json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[\
                {\"id\":\"1\",\"title\":\"Lethal force at a protest\"},{\"id\":\"2\",\"ti";
    let world = check_incomplete(Page::Feed(json.to_owned()), "it breaks off after 1 item");
    assert_eq!(world.run(&["status", "--json"]).json()["hits"], 1);
    let long = "x".repeat(600 << 10);
    check_incomplete(
        Page::Feed(rss("Outlet", &[STORY, ("t", "t", &long)])),
        "1 item is so long that its text was cut",
    );
    let accents = "é".repeat(40);
    let mut stray = rss(
        "Outlet",
        &[STORY, ("t", "t", &accents), ("u", "u", "lethaX")],
    )
    .into_bytes();
    let at = stray
        .iter()
        .rposition(|&byte| byte == b'X')
        .expect("it is there");
    stray[at] = 0xFF;
    check_incomplete(
        Page::Whole(200, &[], stray),
        "1 item has characters that cannot be read",
    );
}

#[test]
fn of_twelve_thousand_items_the_newest_are_read_though_they_come_last() {
    let day = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(48);
    let day = day.strftime("%F");
    let dated = |number: usize, item: &str| {
        let (hour, minute, second) = (number / 3600, number / 60 % 60, number % 60);
        let date = format!("<pubDate>{day}T{hour:02}:{minute:02}:{second:02}Z</pubDate></item>");
        item.replace("</item>", &date)
    };
    let mut items: String = (0..11_999)
        .map(|number| dated(number, &other(number)))
        .collect();
    items += &dated(
        11_999,
        "<item><guid>last</guid><title>Lethal force at a protest</title></item>",
    );
    let body =
        format!("<rss version=\"2.0\"><channel><title>Outlet</title>{items}</channel></rss>");
    let world = check_incomplete(
        Page::Feed(body),
        "2000 items were left out, the oldest, for it has more than are kept",
    );
    let stored = world.run(&["status", "--json"]).json();
    assert_eq!(stored["hits"], 1, "{stored}");
}

#[test]
fn a_title_is_matched_whole_and_cut_where_it_is_shown() {
    let web = Web::start("127.0.0.1");
    let title = format!("{}lethal force at a protest", "and so on ".repeat(2_000));
    web.put("/feed", Page::Feed(rss("Outlet", &[(&title, "s", "t")])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 1);
    let mail = &world.mailbox()[0];
    assert!(mail.subject.len() < 300, "{}", mail.subject);
    assert!(
        mail.text.len() < 5_000 && mail.html.len() < 20_000,
        "{}",
        mail.text
    );
    let shown = world.run(&["hits"]).ok().stdout;
    assert!(shown.lines().all(|line| line.len() < 400), "{shown}");
}

#[test]
fn a_sound_feed_without_items_is_fine_whatever_was_repaired() {
    let web = Web::start("127.0.0.1");
    let empty = rss("Outlet", &[]);
    let latin = empty
        .replace("Outlet", "caf@")
        .replace("UTF-8", "iso-8859-1");
    let stray = empty.replace("Outlet", "\u{ed}\u{ed}\u{ed} \u{ed}@");
    let bytes = |text: &str, byte: u8| -> Vec<u8> {
        let bytes = text.bytes();
        bytes.map(|it| if it == b'@' { byte } else { it }).collect()
    };
    let bodies: [(&str, Vec<u8>); 9] = [
        (
            "doctype",
            empty.replace("<rss", "<!DOCTYPE rss><rss").into(),
        ),
        ("entity", empty.replace("Outlet", "&Uacute;ltima").into()),
        ("ampersand", empty.replace("Outlet", "News & more").into()),
        (
            "charset",
            empty
                .replace("UTF-8", "iso-8859-5")
                .replace("Outlet", "é")
                .into(),
        ),
        ("latin", bytes(&latin, 0xE9)),
        ("windows", bytes(&stray, 0x93)),
        ("blank", format!("\u{feff}\r\n \n{empty}").into()),
        ("version", empty.replace(" version=\"2.0\"", "").into()),
        ("tail", empty.replace("</rss>", "").into()),
    ];
    let mut feeds = Vec::new();
    for (id, body) in bodies {
        let path = format!("/{id}");
        web.put(&path, Page::Whole(200, &[], body));
        feeds.push((id, web.url(&path)));
    }
    let feeds: Vec<(&str, &str)> = feeds.iter().map(|(id, url)| (*id, url.as_str())).collect();
    let world = World::new(&feeds);
    let summary = world.once();
    assert_eq!(summary["feeds_failed"], 0, "{summary}");
    let status = world.run(&["status", "--json"]).ok().json();
    assert_eq!(status["feeds_fine"], 9, "{status}");
}

#[test]
fn an_empty_feed_of_which_something_was_lost_is_no_silent_one() {
    let web = Web::start("127.0.0.1");
    let empty = rss("Outlet", &[]).replace("</channel></rss>", "");
    web.put("/cut", Page::Feed(empty));
    web.put(
        "/strings",
        Page::Feed("{\"items\":[\"a\",\"b\"]}".to_owned()),
    );
    let world = World::new(&[("cut", &web.url("/cut")), ("strings", &web.url("/strings"))]);
    let run = world.run(&["once", "--json"]);
    assert_eq!(run.code, 69, "{run:?}");
    for reason in ["not well-formed XML", "2 items could not be read"] {
        assert!(run.stdout.contains(reason), "{run:?}");
    }
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn a_feed_is_read_however_it_is_wrapped() {
    let web = Web::start("127.0.0.1");
    let feed = rss("Outlet", &[STORY]).into_bytes();
    let halves = [gzip(&feed[..100]), gzip(&feed[100..])].concat();
    let pages = [
        (
            "proxy",
            Page::Whole(203, &[("ETag", "\"a\"")], feed.clone()),
        ),
        ("accepted", Page::Whole(202, &[], feed.clone())),
        (
            "x-gzip",
            Page::Whole(200, &[("Content-Encoding", "x-gzip")], gzip(&feed)),
        ),
        (
            "loud",
            Page::Whole(200, &[("Content-Encoding", "GZIP")], gzip(&feed)),
        ),
        (
            "quoted",
            Page::Whole(200, &[("Content-Encoding", "\"gzip\";q=1")], gzip(&feed)),
        ),
        (
            "twice",
            Page::Whole(
                200,
                &[("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")],
                gzip(&gzip(&feed)),
            ),
        ),
        (
            "members",
            Page::Whole(200, &[("Content-Encoding", "gzip")], halves.clone()),
        ),
        // Compressed files, whatever the headers say of them.
        (
            "file",
            Page::Whole(200, &[("Content-Type", "application/gzip")], gzip(&feed)),
        ),
        (
            "bytes",
            Page::Whole(200, &[("Content-Type", "application/octet-stream")], halves),
        ),
        ("bare", Page::Whole(200, &[], gzip(&feed))),
        (
            "coded-file",
            Page::Whole(200, &[("Content-Encoding", "gzip")], gzip(&gzip(&feed))),
        ),
    ];
    let mut feeds = Vec::new();
    for (id, page) in pages {
        let path = format!("/{id}");
        web.put(&path, page);
        feeds.push((id, web.url(&path)));
    }
    let feeds: Vec<(&str, &str)> = feeds.iter().map(|(id, url)| (*id, url.as_str())).collect();
    let world = World::new(&feeds);
    let summary = world.once();
    assert_eq!(
        (&summary["feeds_failed"], &summary["hits"]),
        (&0.into(), &11.into()),
        "{summary}"
    );
}

#[test]
fn a_page_that_says_to_wait_and_what_is_no_text_fail_with_a_reason_that_can_be_read() {
    let web = Web::start("127.0.0.1");
    let page = "<!DOCTYPE html><html><head><title>Just a moment</title></head></html>";
    let feed = rss("Outlet", &[STORY]).into_bytes();
    web.put("/wait", Page::Whole(202, &[("ETag", "\"w\"")], page.into()));
    web.put("/empty", Page::Whole(202, &[], Vec::new()));
    web.put(
        "/bare",
        Page::Whole(200, &[], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
    );
    web.put(
        "/once",
        Page::Whole(
            200,
            &[("Content-Type", "application/gzip")],
            gzip(&feed)[..40].to_vec(),
        ),
    );
    web.put(
        "/short",
        Page::Whole(
            200,
            &[("Content-Encoding", "gzip")],
            gzip(&feed)[..40].to_vec(),
        ),
    );
    let expected = [
        ("wait", "202 Accepted: this is an HTML page"),
        ("empty", "202 Accepted: empty body"),
        ("bare", "neither XML nor JSON nor any text"),
        ("once", "does not decompress"),
        ("short", "does not decompress"),
    ];
    let feeds = expected.map(|(id, _)| (id, web.url(&format!("/{id}"))));
    let feeds: Vec<(&str, &str)> = feeds.iter().map(|(id, url)| (*id, url.as_str())).collect();
    let world = World::new(&feeds);
    for _ in 0..2 {
        let run = world.run(&["once", "--all", "--json"]);
        assert_eq!(run.code, 69, "{run:?}");
        let failures = run.json()["failures"].clone();
        for (place, (id, reason)) in expected.iter().enumerate() {
            assert_eq!(failures[place]["feed"], *id);
            let told = failures[place]["reason"].as_str().unwrap_or_default();
            assert!(told.starts_with(reason) && told.is_ascii(), "{told}");
        }
    }
    // The page's validators are not those of a feed.
    assert!(
        web.requests("/wait")
            .iter()
            .all(|headers| !headers.contains_key("if-none-match"))
    );
}
