//! A mail server that refuses a message for what it says: the one item that it dislikes is told as far as
//! may be, and every other item as ever.

mod addresses;

use std::fmt::Write as _;

use serde_json::Value;

use crate::mail::{Server, world};
use crate::web::{Page, Web};
use crate::world::{Mail, WATCH, World};

const POISON: &str = "xj5-test-string";
const REFUSAL: &str = "550 5.7.1 message refused: spam";

/// The watch, which tells items by themselves: those here say almost the same.
fn each_item() -> String {
    WATCH.replace("[watch.examples]", "stories = false\n[watch.examples]")
}

/// One item of a feed.
#[derive(Clone, Default)]
struct Item {
    title: String,
    link: String,
    author: String,
    description: String,
}

fn item(number: usize) -> Item {
    Item {
        title: format!("Police used lethal force, case {number}."),
        link: format!("https://outlet.example/{number}"),
        author: "A. Writer".to_owned(),
        description: "Protesters were shot.".to_owned(),
    }
}

fn feed(title: &str, items: &[Item]) -> String {
    let mut feed = format!("<rss version=\"2.0\"><channel><title>{title}</title>");
    for item in items {
        let Item {
            title,
            link,
            author,
            description,
        } = item;
        write!(
            feed,
            "<item><title>{title}</title><link>{link}</link><author>{author}</author>\
             <description>{description}</description></item>"
        )
        .expect("written");
    }
    feed + "</channel></rss>"
}

struct Stage {
    world: World,
    web: Web,
    server: Server,
}

impl Stage {
    fn new(title: &str, items: &[Item]) -> Self {
        let web = Web::start("127.0.0.1");
        let server = Server::start(0, "250 ok");
        server.refuse(POISON, REFUSAL);
        let world = world(&web, server.port);
        world.write("watches/force.toml", &each_item());
        web.put("/feed", Page::Feed(feed(title, items)));
        Self { world, web, server }
    }

    fn mails(&self) -> Vec<Mail> {
        let received = self.server.received();
        received.iter().map(|message| Mail::read(message)).collect()
    }

    fn outbox(&self) -> Vec<Value> {
        self.world
            .run(&["outbox", "list", "--json"])
            .ok()
            .json_lines()
    }

    /// Each item but the bad ones is told once by its headline, nothing waits, and nothing is owed.
    #[track_caller]
    fn check_good_ones(&self, items: &[Item]) {
        let mails = self.mails();
        for item in items.iter().filter(|item| !item.title.contains(POISON)) {
            let told = mails.iter().filter(|mail| {
                let text = mail.text.replace("**", "");
                text.lines().any(|line| line.ends_with(&item.title))
            });
            assert_eq!(told.count(), 1, "{}: {mails:#?}", item.title);
        }
        for row in self.outbox() {
            let reply = row["reply"].as_str().expect("a reply");
            assert!(
                reply.starts_with("refused for its content; made anew as "),
                "{row}"
            );
            assert!(
                reply.ends_with(&format!("end of message: {REFUSAL}")),
                "{row}"
            );
        }
        let next = self.world.once_all();
        assert_eq!(next["mails_delivered"], 0, "nothing is owed: {next}");
        assert_eq!(next["mails_queued"], 0);
    }

    /// The mails that `hits --mail` names, and how they told the item of this title.
    fn told(&self, title: &str) -> Vec<String> {
        let sent = self.world.run(&["outbox", "list", "--sent", "--json"]).ok();
        let mut told = Vec::new();
        for mail in sent.json_lines() {
            let hits = self
                .world
                .run(&["hits", "--json", "--mail", &mail["id"].to_string()]);
            let hits = hits.ok().json_lines();
            assert_eq!(mail["hits"], hits.len(), "{mail}");
            let of_the_title = hits.into_iter().filter(|hit| hit["title"] == title);
            told.extend(of_the_title.map(|hit| hit["told"].as_str().expect("how").to_owned()));
        }
        told
    }
}

/// A digest of many items, one of which was made bad by `spoil`, needs so many mails, refused ones
/// included.
#[track_caller]
fn check_spoiled(spoil: impl Fn(&mut Item), mails_at_most: usize, how: &str) {
    let mut items: Vec<Item> = (0..12).map(item).collect();
    spoil(&mut items[7]);
    let stage = Stage::new("The Outlet", &items);
    let summary = stage.world.once();
    assert_eq!(summary["mails_undeliverable"], 0, "{summary}");
    let all = stage.server.refused() + stage.server.received().len();
    assert!(stage.server.refused() > 0);
    assert!(all <= mails_at_most, "{all} mails: {:#?}", stage.mails());
    stage.check_good_ones(&items);
    assert_eq!(stage.told(&items[7].title), [how]);
    assert_eq!(stage.told(&items[3].title), ["headline"]);
}

#[test]
fn a_text_that_is_refused_is_left_out() {
    check_spoiled(
        |item| item.description = format!("Protesters: {POISON}."),
        2,
        "headline",
    );
}

#[test]
fn a_link_that_is_refused_is_left_out() {
    check_spoiled(|item| item.link += POISON, 2, "headline");
}

#[test]
fn an_author_that_is_refused_is_left_out() {
    check_spoiled(|item| POISON.clone_into(&mut item.author), 2, "headline");
}

#[test]
fn a_headline_that_is_refused_is_told_by_the_number_of_its_entry() {
    check_spoiled(
        |item| item.title = format!("Lethal force: {POISON}"),
        14,
        "count",
    );
    let mut items: Vec<Item> = (0..12).map(item).collect();
    items[0].title = format!("Lethal force {POISON}");
    items[9].title = format!("Lethal force: {POISON} again");
    let stage = Stage::new("The Outlet", &items);
    stage.world.once();
    stage.check_good_ones(&items);
    let counts: Vec<Mail> = stage
        .mails()
        .into_iter()
        .filter(|mail| mail.subject == "1 item could not be mailed")
        .collect();
    assert_eq!(counts.len(), 2);
    for mail in counts {
        let words: Vec<&str> = mail.text.split_whitespace().collect();
        let text = words.join(" ");
        let entry = text
            .split("Item ")
            .nth(1)
            .and_then(|rest| rest.split('.').next());
        let entry = entry.unwrap_or_else(|| panic!("no item in {text}"));
        let number = text
            .split("hits --mail ")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let number = number.unwrap_or_else(|| panic!("no command in {text}"));
        let hit = stage
            .world
            .run(&["hits", "--json", "--mail", number])
            .ok()
            .json();
        assert_eq!(hit["entry"].to_string(), entry);
        assert!(
            hit["title"]
                .as_str()
                .is_some_and(|title| title.contains(POISON))
        );
    }
}

#[test]
fn a_feed_s_name_that_is_refused_gives_way_to_its_id() {
    let items: Vec<Item> = (0..3).map(item).collect();
    let stage = Stage::new(&format!("Outlet {POISON}"), &items);
    stage.world.once();
    assert_eq!((stage.server.refused(), stage.mails().len()), (1, 1));
    stage.check_good_ones(&items);
}

#[test]
fn a_term_of_the_watch_that_is_refused_is_not_named() {
    let mut items: Vec<Item> = (0..3).map(item).collect();
    items[1].description = format!("A {POISON} protest.");
    let stage = Stage::new("The Outlet", &items);
    stage.world.write(
        "watches/force.toml",
        &format!(
            "[[watch]]\nid = \"force\"\ntitle = \"Use of force\"\n\
             match = '\"lethal force\" OR \"{POISON}\"'\nrecipients = [\"desk\"]\nstories = false\n"
        ),
    );
    stage.world.once();
    assert_eq!((stage.server.refused(), stage.mails().len()), (1, 1));
    stage.check_good_ones(&items);
}

#[test]
fn an_alert_is_made_anew_as_a_digest_is() {
    let mut items: Vec<Item> = (0..5).map(item).collect();
    items[2].title = format!("Lethal force {POISON}");
    let stage = Stage::new("The Outlet", &items);
    let watch = each_item().replace("topic =", "urgency = \"alert\"\ntopic =");
    stage.world.write("watches/force.toml", &watch);
    let settings = std::fs::read_to_string(stage.world.config().join("newsvigil.toml"));
    let settings = settings.expect("the settings") + "digest = [\"off\"]\n";
    stage.world.write("newsvigil.toml", &settings);
    stage.world.once();
    stage.check_good_ones(&items);
    assert_eq!(stage.told(&items[2].title), ["count"]);
    let subjects: Vec<String> = stage.mails().into_iter().map(|mail| mail.subject).collect();
    assert!(
        subjects
            .iter()
            .any(|subject| subject.contains("Use of force")),
        "{subjects:?}"
    );
}

#[test]
fn a_notice_is_made_anew_without_the_words_of_feeds() {
    let stage = Stage::new("The Outlet", &[item(1)]);
    let settings = std::fs::read_to_string(stage.world.config().join("newsvigil.toml"));
    let settings = settings.expect("the settings") + "operator = true\n";
    stage.world.write("newsvigil.toml", &settings);
    stage.world.once();
    stage.web.put("/feed", Page::Status(404, String::new()));
    stage.world.write(
        "feeds.toml",
        &format!(
            "[[feed]]\nid = \"outlet\"\ntitle = \"{POISON}\"\nurl = \"{}\"\n",
            stage.web.url("/feed")
        ),
    );
    for _ in 0..8 {
        let run = stage.world.run(&["once", "--all"]);
        assert_eq!(run.code, 69, "every feed fails: {run:?}");
    }
    assert_eq!(stage.server.refused(), 1);
    let notice = stage.mails().pop().expect("a notice");
    assert_eq!(notice.subject, "The health of feeds has changed");
    assert!(notice.text.contains("newsvigil status"), "{}", notice.text);
}

/// An alert and a digest that lists it as sent are refused in one pass, whatever they say.
#[test]
fn an_alert_that_is_refused_is_told_although_a_digest_lists_it_as_sent() {
    let mut items: Vec<Item> = (0..2).map(item).collect();
    let quiet = Item {
        title: "A zeppelin over the protest".to_owned(),
        ..item(2)
    };
    items.push(quiet);
    let stage = Stage::new("The Outlet", &items);
    let force = each_item().replace("topic =", "urgency = \"alert\"\ntopic =");
    stage.world.write("watches/force.toml", &force);
    stage.world.write(
        "watches/zeppelin.toml",
        "[[watch]]\nid = \"zeppelin\"\ntitle = \"Airships\"\nmatch = \"zeppelin\"\n",
    );
    stage.server.refuse("newsvigil", REFUSAL);
    stage.world.run(&["once"]).ok();
    assert!(stage.mails().is_empty());
    assert_eq!(stage.world.run(&["status"]).code, 1);
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    stage.world.once_all();
    for item in &items {
        let told = stage.told(&item.title);
        assert!(
            told.contains(&"full".to_owned()),
            "{}: {told:?}",
            item.title
        );
    }
    let mails = stage.mails();
    let all: String = mails
        .iter()
        .map(|mail| mail.text.replace("**", ""))
        .collect();
    for item in &items {
        assert!(all.contains(&item.title), "{}: {mails:#?}", item.title);
    }
    stage.world.run(&["status"]).ok();
}

#[test]
fn six_bad_headlines_do_not_turn_the_good_ones_into_counts() {
    // As many as one mail tells in words.
    let mut items: Vec<Item> = (0..24).map(item).collect();
    for bad in [1, 5, 9, 14, 18, 22] {
        items[bad].title = format!("Lethal force {POISON} {bad}");
    }
    let stage = Stage::new("The Outlet", &items);
    stage.world.once();
    // What was left is owed, in fewer mails each time.
    for _ in 0..5 {
        let database = stage.world.state().join("newsvigil.db");
        let database = rusqlite::Connection::open(database).expect("the database");
        let due = database.execute("UPDATE recipient SET last_due_at = 0", []);
        assert_eq!(due, Ok(1));
        drop(database);
        stage.world.once_all();
    }
    let sent = stage
        .world
        .run(&["outbox", "list", "--sent", "--json"])
        .ok();
    let mut told = Vec::new();
    for mail in sent.json_lines() {
        let mail = mail["id"].to_string();
        let hits = stage.world.run(&["hits", "--json", "--mail", &mail]).ok();
        told.extend(hits.json_lines());
    }
    assert_eq!(told.len(), items.len(), "each once");
    for hit in told {
        let bad = hit["title"].as_str().expect("a title").contains(POISON);
        assert_eq!(hit["told"] == "count", bad, "{hit}");
    }
}

#[test]
fn a_sealed_mail_that_is_refused_waits() {
    let stage = Stage::new("The Outlet", &[item(1)]);
    stage.server.refuse("1 new item", REFUSAL);
    let settings = std::fs::read_to_string(stage.world.config().join("newsvigil.toml"));
    let settings = settings.expect("the settings") + "privacy = \"sealed\"\n";
    stage.world.write("newsvigil.toml", &settings);
    let run = stage.world.run(&["once"]).ok();
    assert!(run.stderr.contains("without any word of a feed"), "{run:?}");
    assert_eq!((stage.server.refused(), stage.outbox().len()), (1, 1));
    assert_eq!(stage.outbox()[0]["state"], "queued");
}

#[test]
fn what_was_found_later_and_is_refused_takes_nothing_else_with_it() {
    let mut items: Vec<Item> = (0..12).map(item).collect();
    items[7].title = format!("Lethal force: {POISON}");
    let stage = Stage::new("The Outlet", &items);
    let elsewhere = each_item().replace("\"lethal force\" AND", "zeppelin AND");
    stage.world.write(
        "watches/force.toml",
        &elsewhere.replace("used lethal force against", "in a zeppelin saw"),
    );
    assert_eq!(stage.world.once()["hits"], 0);
    stage.world.write("watches/force.toml", &each_item());
    stage.world.run(&["backtest", "--adopt"]).ok();
    let summary = stage.world.once();
    assert_eq!(summary["mails_undeliverable"], 0, "{summary}");
    stage.check_good_ones(&items);
    assert_eq!(stage.told(&items[7].title), ["count"]);
    assert_eq!(stage.told(&items[3].title), ["headline"]);
    for mail in stage.mails() {
        let text = &mail.text;
        let counted = mail.subject == "1 item could not be mailed";
        assert!(counted || text.contains("FOUND LATER ("), "{text}");
        assert!(!text.contains("new item"), "{text}");
    }
}
