//! Items that publishers number badly, date oddly or use again: each is told once, and none is lost.

mod first_poll;
mod reread;

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
