//! Items that publishers number badly, date oddly or use again: each is told once, and none is lost.

use std::sync::LazyLock;

use jiff::Timestamp;
use serde_json::Value;

use crate::web::{Page, Web};
use crate::world::World;

/// One feed, whose items a test writes as they stand in it.
struct Outlet {
    web: Web,
    world: World,
}

impl Outlet {
    fn new() -> Self {
        let web = Web::start("127.0.0.1");
        let world = World::new(&[("outlet", &web.url("/feed"))]);
        // Digests come whenever there is something to say, so that each poll shows its mail.
        world.write(
            "newsvigil.toml",
            "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"2s\"\n[[recipient]]\nid = \"desk\"\n\
             address = \"desk@example.org\"\n",
        );
        world.write("watches/force.toml", WATCH);
        Self { web, world }
    }

    /// Polls the feed with these items in it.
    #[track_caller]
    fn poll(&self, items: &[String]) -> Value {
        let items = items.concat();
        let feed = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Outlet</title>\
             <link>https://s.example/</link><description>A fixture</description>{items}</channel></rss>"
        );
        self.web.put("/feed", Page::Feed(feed));
        self.world.once_all()
    }

    /// New items, revised items and hits of a poll with these items in the feed.
    #[track_caller]
    fn counts(&self, items: &[String]) -> (u64, u64, u64) {
        let summary = self.poll(items);
        let count = |name: &str| summary[name].as_u64().expect("a number");
        (
            count("entries_new"),
            count("entries_revised"),
            count("hits"),
        )
    }

    /// All that is said of the one feed and of what was stored.
    fn status(&self) -> String {
        let status = self.world.run(&["status", "--json"]).ok().json();
        assert_eq!(status["feeds"], 1, "{status}");
        status.to_string()
    }

    fn hits(&self) -> Vec<Value> {
        self.world.run(&["hits", "--json"]).ok().json_lines()
    }
}

/// An alert, so that everything that is told is told at once.
const WATCH: &str = r#"
[[watch]]
id = "force"
title = "Use of force"
topic = "assembly"
match = '"lethal force" OR "tear gas"'
urgency = "alert"
recipients = ["desk"]
"#;

/// An item; what is empty is left out.
fn item(guid: &str, link: &str, title: &str, text: &str) -> String {
    dated(guid, link, title, text, "")
}

fn dated(guid: &str, link: &str, title: &str, text: &str, date: &str) -> String {
    let element = |name: &str, text: &str| {
        if text.is_empty() {
            String::new()
        } else {
            format!("<{name}>{text}</{name}>")
        }
    };
    let guid = element("guid", guid).replace("<guid>", "<guid isPermaLink=\"false\">");
    format!(
        "<item>{guid}{}{}{}{}</item>",
        element("link", link),
        element("title", title),
        element("description", text),
        element("pubDate", date)
    )
}

const FRONT: &str = "https://s.example/";
const PAGE: &str = "https://s.example/today";

const NORTH: (&str, &str) = (
    "Lethal force in the north",
    "Two people died in a village on Monday, said a doctor.",
);
const PRISON: (&str, &str) = (
    "Guards fired tear gas at inmates",
    "The inmates had asked for water and for visits of their families.",
);
const COURT: (&str, &str) = (
    "A court hears the case of lethal force",
    "Judges adjourned until spring, when experts are to speak.",
);

/// The same for the same number, however long a test runs.
fn days_ago(days: i64) -> String {
    static BEGUN: LazyLock<Timestamp> = LazyLock::new(Timestamp::now);
    let at = BEGUN.as_second() - days * 86_400;
    let at = Timestamp::from_second(at).expect("a time");
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[test]
fn items_that_share_what_should_tell_them_apart_are_all_told() {
    for (guid, link, other_link) in [
        ("", FRONT, FRONT),
        ("", PAGE, PAGE),
        ("7", PAGE, PAGE),
        ("7", "", ""),
        ("7", PAGE, ""),
        ("N/A", FRONT, FRONT),
        ("N/A", "", PAGE),
    ] {
        let outlet = Outlet::new();
        let north = item(guid, link, NORTH.0, NORTH.1);
        let prison = item(guid, other_link, PRISON.0, PRISON.1);
        let both = [north.clone(), prison.clone()];
        let case = format!("{guid} {link} {other_link}");
        assert_eq!(outlet.counts(&both), (2, 0, 2), "{case}");
        let mails: String = outlet
            .world
            .mailbox()
            .iter()
            .map(|mail| mail.text.clone())
            .collect();
        assert!(
            mails.contains("in the north") && mails.contains("at inmates"),
            "{case}: {mails}"
        );
        // Their order changes, one falls off and comes back, and a third comes.
        for known in [
            vec![prison.clone(), north.clone()],
            vec![north.clone()],
            vec![prison.clone()],
            both.to_vec(),
        ] {
            assert_eq!(outlet.counts(&known), (0, 0, 0), "{case}");
        }
        let court = item(guid, link, COURT.0, COURT.1);
        let three = [court.clone(), prison.clone(), north];
        assert_eq!(outlet.counts(&three), (1, 0, 1), "{case}");
        assert_eq!(outlet.counts(&[court, prison]), (0, 0, 0), "{case}");
    }
}

#[test]
fn a_lone_item_whose_identifier_is_used_again_is_itself_and_the_other_is_new() {
    for link in [FRONT, PAGE, ""] {
        let outlet = Outlet::new();
        let north = item("1", link, NORTH.0, NORTH.1);
        let court = item("1", link, COURT.0, COURT.1);
        assert_eq!(outlet.counts(std::slice::from_ref(&north)), (1, 0, 1));
        assert_eq!(
            outlet.counts(std::slice::from_ref(&court)),
            (1, 0, 1),
            "another story"
        );
        assert_eq!(outlet.counts(std::slice::from_ref(&court)), (0, 0, 0));
        let corrected = item(
            "1",
            link,
            "A court hears the case of lethal force again",
            COURT.1,
        );
        assert_eq!(
            outlet.counts(&[corrected]),
            (0, 1, 0),
            "later sightings are the second"
        );
        assert_eq!(
            outlet.counts(&[north]),
            (0, 0, 0),
            "and the first is still known"
        );
        assert_eq!(outlet.hits().len(), 2);
    }
}

#[test]
fn a_briefing_of_every_day_is_told_each_day_and_a_live_report_once() {
    let briefing =
        |days: i64, text: &str| dated("1", PAGE, "Morning briefing", text, &days_ago(days));
    let outlet = Outlet::new();
    assert_eq!(
        outlet.counts(&[briefing(2, &format!("{}. {}", NORTH.0, NORTH.1))]),
        (1, 0, 1)
    );
    let court = briefing(1, &format!("{}. {}", COURT.0, COURT.1));
    assert_eq!(outlet.counts(std::slice::from_ref(&court)), (1, 0, 1));
    assert_eq!(outlet.counts(&[court]), (0, 0, 0));
    assert_eq!(
        outlet.counts(&[briefing(0, &format!("{}. {}", PRISON.0, PRISON.1))]),
        (1, 0, 1)
    );
    // What is dated as it was is a live report.
    let live = briefing(0, &format!("{}. {}", COURT.0, COURT.1));
    assert_eq!(outlet.counts(&[live]), (0, 0, 0), "as yesterday");
    let live = briefing(
        0,
        "Lethal force was spoken of by a minister; buses stand still, and shops are shut.",
    );
    assert_eq!(outlet.counts(&[live]), (0, 1, 0));
}

#[test]
fn a_corrected_item_is_told_again_once_when_other_words_match_in_its_title() {
    let outlet = Outlet::new();
    let text = "Witnesses say that lethal force was used when the march reached the square.";
    let version = |title: &str, text: &str| [item("1", PAGE, title, text)];
    assert_eq!(
        outlet.counts(&version("March ends in lethal force", text)),
        (1, 0, 1)
    );
    let edited = format!("{text} The ministry denies it.");
    assert_eq!(
        outlet.counts(&version("March ended in lethal force", &edited)),
        (0, 1, 0)
    );
    let told = outlet.world.mailbox().len();
    let gas = "March ended in lethal force and tear gas";
    assert_eq!(outlet.counts(&version(gas, &edited)), (0, 1, 1));
    // What was alerted is no alert again for that; the next digest says it.
    assert_eq!(outlet.world.mailbox().len(), told);
    let preview = outlet.world.run(&["digest", "preview", "desk"]).ok().stdout;
    assert!(
        preview.contains("1 story told before") && preview.contains("tear gas"),
        "{preview}"
    );
    for number in 0..3 {
        let text = format!("{edited} Update {number}.");
        assert_eq!(outlet.counts(&version(gas, &text)), (0, 1, 0));
        let title = format!("March ended in tear gas, update {number}");
        assert_eq!(outlet.counts(&version(&title, &text)), (0, 1, 0));
    }
    assert_eq!(outlet.world.mailbox().len(), told);
}

#[test]
fn one_story_under_new_identifiers_is_told_once_and_nothing_counts_as_missed() {
    for (guids, links) in [
        (
            [
                "https://s.example/c1#0",
                "https://s.example/c1#1",
                "https://s.example/c1#2",
            ],
            [PAGE; 3],
        ),
        (["a7f3", "09bd", "c5e2"], [PAGE; 3]),
        (
            [
                "http://s.example/a",
                "https://s.example/a",
                "https://www.s.example/a/",
            ],
            [
                "http://s.example/a",
                "https://s.example/a",
                "https://www.S.example:443/a/",
            ],
        ),
        (
            [
                "https://s.example/a?utm_source=1",
                "https://s.example/a?utm_source=2",
                "https://s.example/a",
            ],
            [
                "https://s.example/a?PHPSESSID=1",
                "https://s.example/a?PHPSESSID=2",
                "https://s.example/a",
            ],
        ),
        (
            ["", "", ""],
            [
                "http://s.example/a",
                "https://s.example/a",
                "https://s.example/a/#top",
            ],
        ),
    ] {
        let outlet = Outlet::new();
        for (number, (guid, link)) in guids.into_iter().zip(links).enumerate() {
            let expected = if number == 0 { (1, 0, 1) } else { (0, 0, 0) };
            let story = item(guid, link, NORTH.0, NORTH.1);
            assert_eq!(outlet.counts(&[story]), expected, "{guid} {link}");
        }
        let status = outlet.status();
        assert!(
            !status.contains("overflow") && !status.contains("missed"),
            "{status}"
        );
        // The same, all in one body.
        let outlet = Outlet::new();
        let stories: Vec<String> = guids
            .into_iter()
            .zip(links)
            .map(|(guid, link)| item(guid, link, NORTH.0, NORTH.1))
            .collect();
        assert_eq!(outlet.counts(&stories), (1, 0, 1), "{guids:?}");
    }
}

#[test]
fn a_story_whose_identifier_counts_its_versions_is_revised() {
    let outlet = Outlet::new();
    let version = |number: u32, title: &str, text: &str| {
        [item(
            &format!("https://s.example/c1#{number}"),
            PAGE,
            title,
            text,
        )]
    };
    assert_eq!(outlet.counts(&version(0, NORTH.0, NORTH.1)), (1, 0, 1));
    let edited = format!("{} A third was wounded.", NORTH.1);
    assert_eq!(outlet.counts(&version(1, NORTH.0, &edited)), (0, 1, 0));
}

#[test]
fn what_appears_later_is_told_whatever_its_date() {
    let outlet = Outlet::new();
    let old = |guid: &str, story: (&str, &str), days| {
        let link = format!("https://s.example/{guid}");
        dated(guid, &link, story.0, story.1, &days_ago(days))
    };
    let summary = outlet.poll(&[old("1", NORTH, 400)]);
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &1.into())
    );
    assert!(
        outlet.world.mailbox().is_empty(),
        "it stood in the first body"
    );
    let summary = outlet.poll(&[old("2", PRISON, 35), old("1", NORTH, 400)]);
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &0.into())
    );
    let mails = outlet.world.mailbox();
    assert!(
        mails.iter().any(|mail| mail.text.contains("at inmates")),
        "{mails:?}"
    );
    assert!(
        !mails.iter().any(|mail| mail.text.contains("in the north")),
        "{mails:?}"
    );
}

#[test]
fn a_first_body_that_cannot_be_read_or_is_empty_decides_as_it_should() {
    let outlet = Outlet::new();
    outlet
        .web
        .put("/feed", Page::Status(500, "oops".to_owned()));
    assert_eq!(outlet.world.run(&["once", "--all"]).code, 69);
    let old = dated("1", PAGE, NORTH.0, NORTH.1, &days_ago(100));
    assert_eq!(
        outlet.poll(std::slice::from_ref(&old))["hits_backlog"],
        1,
        "the first that was read"
    );

    let outlet = Outlet::new();
    assert_eq!(outlet.poll(&[])["entries_new"], 0);
    let summary = outlet.poll(&[old]);
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &0.into())
    );
}

#[test]
fn an_old_item_that_was_changed_lately_is_news_at_the_first_poll() {
    let outlet = Outlet::new();
    let now = Timestamp::now();
    let entry = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The Outlet</title><id>urn:o</id>\
         <updated>{now}</updated><entry><id>urn:o:1</id><title>{}</title>\
         <published>2020-01-01T00:00:00Z</published><updated>{now}</updated>\
         <link href=\"{PAGE}\"/></entry></feed>",
        NORTH.0
    );
    outlet.web.put("/feed", Page::Feed(entry));
    let summary = outlet.world.once_all();
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &0.into())
    );
}

#[test]
fn an_archive_that_appears_at_once_is_told_in_one_line() {
    let outlet = Outlet::new();
    let fresh = dated("0", PAGE, NORTH.0, NORTH.1, &days_ago(1));
    outlet.poll(std::slice::from_ref(&fresh));
    let told = outlet.world.mailbox().len();
    let archive = |number: i64| {
        dated(
            &format!("a{number}"),
            &format!("https://s.example/archive/{number}"),
            &format!("Report {number} on tear gas"),
            &format!("What happened in case {number} is told here."),
            &days_ago(100 + number),
        )
    };
    // With it comes one that is new, which is told as ever.
    let mut items: Vec<String> = (0..40).map(archive).collect();
    items.push(dated(
        "1",
        "https://s.example/1",
        COURT.0,
        COURT.1,
        &days_ago(0),
    ));
    let summary = outlet.poll(&items);
    assert_eq!(
        (&summary["hits"], &summary["hits_archive"]),
        (&41.into(), &40.into()),
        "{summary}"
    );
    assert_eq!(
        outlet.world.mailbox().len(),
        told + 1,
        "no alert tells them"
    );
    let preview = outlet.world.run(&["digest", "preview", "desk"]).ok().stdout;
    assert!(
        preview.contains("40 older items appeared at once"),
        "{preview}"
    );
    assert!(!preview.contains("Report 7 on"), "{preview}");
    assert_eq!(outlet.poll(&items)["entries_new"], 0);
    assert_eq!(outlet.hits().len(), 42, "they are stored with their hits");
}

#[test]
fn a_feed_of_many_old_items_that_are_shown_little_by_little_tells_each() {
    let outlet = Outlet::new();
    outlet.poll(&[dated("0", PAGE, NORTH.0, NORTH.1, &days_ago(1))]);
    let some: Vec<String> = (0..20)
        .map(|number| {
            let link = format!("https://s.example/{number}");
            let title = format!("Tear gas, part {number}");
            dated(&format!("b{number}"), &link, &title, "", &days_ago(60))
        })
        .collect();
    let summary = outlet.poll(&some);
    assert_eq!(
        (&summary["hits"], &summary["hits_archive"]),
        (&20.into(), &0.into())
    );
}

#[test]
fn a_clock_that_was_ahead_at_the_first_poll_silences_nothing() {
    let outlet = Outlet::new();
    outlet.poll(&[dated("0", PAGE, NORTH.0, NORTH.1, &days_ago(1))]);
    let database =
        rusqlite::Connection::open(outlet.world.state().join("newsvigil.db")).expect("a database");
    let ahead = Timestamp::now().as_second() + 5 * 365 * 86_400;
    database
        .execute(
            "UPDATE feed SET first_success_at = ?1, last_body_at = ?1",
            [ahead],
        )
        .expect("set");
    database
        .execute(
            "UPDATE entry SET first_seen_at = ?1, last_seen_at = ?1",
            [ahead],
        )
        .expect("set");
    drop(database);
    let known = dated("0", PAGE, NORTH.0, NORTH.1, &days_ago(1));
    let new = dated("1", "https://s.example/1", PRISON.0, PRISON.1, &days_ago(0));
    let summary = outlet.poll(&[new, known]);
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &0.into())
    );
    let database =
        rusqlite::Connection::open(outlet.world.state().join("newsvigil.db")).expect("a database");
    let seen: i64 = database
        .query_row("SELECT max(last_seen_at) FROM entry", [], |row| row.get(0))
        .expect("a time");
    assert!(
        seen <= Timestamp::now().as_second(),
        "what lay in the future is noted anew"
    );
}

#[test]
fn an_item_whose_text_is_read_otherwise_by_a_newer_version_is_not_told_again() {
    let outlet = Outlet::new();
    let items = [
        item("1", PAGE, NORTH.0, NORTH.1),
        item("2", "", PRISON.0, PRISON.1),
    ];
    assert_eq!(outlet.counts(&items), (2, 0, 2));
    let told = outlet.world.mailbox().len();
    let database =
        rusqlite::Connection::open(outlet.world.state().join("newsvigil.db")).expect("a database");
    database
        .execute(
            "UPDATE entry SET content_hash = 'another', summary = summary || ' 1'",
            [],
        )
        .expect("set");
    database
        .execute(
            "UPDATE feed SET state = json_remove(state, '$.body_digest', '$.validators')",
            [],
        )
        .expect("set");
    drop(database);
    assert_eq!(outlet.counts(&items), (0, 2, 0));
    assert_eq!(outlet.world.mailbox().len(), told);
}

#[test]
fn items_that_only_their_words_name_are_known_when_a_newer_version_reads_them_otherwise() {
    let outlet = Outlet::new();
    let items: Vec<String> = [NORTH, PRISON, COURT]
        .iter()
        .map(|(title, text)| dated("", "", title, text, &days_ago(3)))
        .collect();
    assert_eq!(outlet.counts(&items), (3, 0, 3));
    let told = outlet.world.mailbox().len();
    let database =
        rusqlite::Connection::open(outlet.world.state().join("newsvigil.db")).expect("a database");
    // As an earlier version had them: of one the text is another, of one the title, of one the date.
    for change in [
        "UPDATE entry SET key = 'hash:' || id, place = NULL, content_hash = replace(content_hash, '+', '')",
        "UPDATE entry SET content_hash = 'one', summary = summary || '1' WHERE id = 1",
        "UPDATE entry SET content_hash = 'two', title = title || '.' WHERE id = 2",
        "UPDATE entry SET published_at = published_at + 7200 WHERE id = 3",
        "UPDATE feed SET state = json_remove(state, '$.body_digest', '$.validators')",
    ] {
        database.execute(change, []).expect("set");
    }
    drop(database);
    assert_eq!(outlet.counts(&items), (0, 2, 0));
    assert_eq!(outlet.world.mailbox().len(), told);
    // From now on they are known as ever.
    let court = item("", "", "A court sits", "");
    let more = [&[court][..], &items].concat();
    assert_eq!(outlet.counts(&more), (1, 0, 0));
    let again = dated("", "", NORTH.0, NORTH.1, &days_ago(2));
    assert_eq!(
        outlet.counts(&[again]),
        (1, 0, 1),
        "a notice of another day"
    );
}

#[test]
fn an_item_that_is_given_an_identifier_or_address_later_is_not_told_again() {
    let yesterday = days_ago(1);
    for (title, text) in [NORTH, ("", "Lethal force in the north"), (NORTH.0, "")] {
        for (guid, link) in [
            ("", PAGE),
            ("", FRONT),
            ("7", ""),
            ("7", PAGE),
            (PAGE, PAGE),
        ] {
            for date in ["", &yesterday] {
                let case = format!("{title} {text} {guid} {link} {date}");
                let outlet = Outlet::new();
                let bare = dated("", "", title, text, date);
                let given = dated(guid, link, title, text, date);
                assert_eq!(outlet.counts(&[bare]), (1, 0, 1), "{case}");
                assert_eq!(
                    outlet.counts(std::slice::from_ref(&given)),
                    (0, 0, 0),
                    "{case}"
                );
                if !link.is_empty() {
                    assert_eq!(outlet.hits()[0]["link"], link, "{case}");
                }
                // By its new name it is known from then on, whatever is corrected.
                let revised = dated(guid, link, title, &format!("{text} It was."), date);
                assert_eq!(outlet.counts(&[revised]), (0, 1, 0), "{case}");
            }
        }
    }
}

#[test]
fn an_item_that_is_given_an_address_is_no_other_that_has_its_words() {
    let bare = |days| dated("", "", NORTH.0, NORTH.1, &days_ago(days));
    let given = |page: &str, days| dated("", page, NORTH.0, NORTH.1, &days_ago(days));
    let other_page = "https://s.example/tomorrow";
    let outlet = Outlet::new();
    assert_eq!(outlet.counts(&[bare(1)]), (1, 0, 1));
    assert_eq!(outlet.counts(&[bare(1), given(PAGE, 0)]), (1, 0, 1));
    assert_eq!(outlet.counts(&[given(other_page, 1)]), (0, 0, 0));
    assert_eq!(outlet.counts(&[given(other_page, 1), bare(3)]), (1, 0, 1));
    let prison = item("", "", NORTH.0, PRISON.1);
    assert_eq!(outlet.counts(&[prison]), (1, 0, 1));
    assert_eq!(
        outlet.counts(&[dated("", "https://s.example/p", NORTH.0, COURT.1, "")]),
        (1, 0, 1)
    );
}

#[test]
fn one_story_without_an_address_under_new_identifiers_is_told_once() {
    let date = days_ago(1);
    for (one, other) in [
        ("a7f3", "09bd"),
        (
            "https://s.example/a",
            "http://www.s.example/a/?utm_source=1",
        ),
    ] {
        let outlet = Outlet::new();
        let story = |id: &str| dated(id, "", NORTH.0, NORTH.1, &date);
        assert_eq!(outlet.counts(&[story(one)]), (1, 0, 1));
        assert_eq!(outlet.counts(&[story(other)]), (0, 0, 0), "{other}");
        assert_eq!(outlet.counts(&[story(one), story(other)]), (0, 0, 0));
        let next = dated(other, "", NORTH.0, NORTH.1, &days_ago(0));
        let expected = if other == "09bd" {
            (1, 0, 1)
        } else {
            (0, 0, 0)
        };
        assert_eq!(outlet.counts(&[next]), expected, "{other} at another date");
    }
}

#[test]
fn thousands_of_items_of_one_identifier_and_one_address_are_all_stored_soon() {
    let outlet = Outlet::new();
    let budget = "[store]\ndaily_items = 20000\n";
    outlet.world.write(
        "newsvigil.toml",
        &format!(
            "[fetch]\nallow = [\"127.0.0.0/8\"]\n{budget}[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n"
        ),
    );
    let items = |text: &str| -> Vec<String> {
        (0..3_000)
            .map(|number| {
                item(
                    "1",
                    PAGE,
                    &format!("Number {number}"),
                    &format!("{text} {number}"),
                )
            })
            .collect()
    };
    let begun = std::time::Instant::now();
    assert_eq!(outlet.counts(&items("Words of")), (3_000, 0, 0));
    assert_eq!(outlet.counts(&items("Words of")), (0, 0, 0));
    // All of them are changed at once.
    let (new, revised, _) = outlet.counts(&items("Other words of"));
    assert_eq!((new, revised), (0, 3_000));
    assert!(
        begun.elapsed() < std::time::Duration::from_mins(2),
        "{:?}",
        begun.elapsed()
    );
}
