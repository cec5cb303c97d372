//! A mail server that refuses a message for what it says: the one item that it dislikes is told as far as
//! may be, and every other item as ever.

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

#[test]
fn a_server_that_refuses_a_mail_without_any_word_of_a_feed_refuses_us_and_nothing_is_lost() {
    let items: Vec<Item> = (0..4).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    // Its own name stands in every mail.
    stage.server.refuse("newsvigil", REFUSAL);
    let run = stage.world.run(&["once"]).ok();
    assert!(run.stderr.contains("without any word of a feed"), "{run:?}");
    // No message waits as yet, but what they told does.
    assert!(run.stderr.contains("what was found waits"), "{run:?}");
    assert!(!run.stdout.contains("0 waiting"), "{run:?}");
    assert!(stage.mails().is_empty());
    let status = stage.world.run(&["status"]);
    assert_eq!(status.code, 1, "a person has to act: {status:?}");
    assert!(status.stdout.contains("refused: spam"), "{status:?}");
    let tried = stage.server.refused();
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    for item in &items {
        // The fault was not the words, so they are all there.
        assert_eq!(stage.told(&item.title), ["full"], "{}", item.title);
    }
    assert_eq!(stage.mails().len(), 1);
    assert!(tried <= 20, "{tried}");
    let status = stage.world.run(&["status"]).ok();
    assert!(!status.stdout.contains("refused: spam"), "{status:?}");
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

/// Lets another read what `desk` reads.
fn add_reader(stage: &Stage, id: &str) {
    let settings = std::fs::read_to_string(stage.world.config().join("newsvigil.toml"));
    let settings = settings.expect("the settings")
        + &format!("[[recipient]]\nid = \"{id}\"\naddress = \"{id}@example.org\"\n");
    stage.world.write("newsvigil.toml", &settings);
    let watch = std::fs::read_to_string(stage.world.config().join("watches/force.toml"));
    let watch = watch.expect("the watch");
    let watch = watch.replace("[\"desk\"", &format!("[\"desk\", \"{id}\""));
    assert!(watch.contains(id), "{watch}");
    stage.world.write("watches/force.toml", &watch);
}

#[test]
fn whoever_s_mail_is_refused_whatever_it_says_holds_up_nobody_else_s() {
    let items: Vec<Item> = (0..4).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    add_reader(&stage, "court");
    stage.server.refuse("court@example.org", REFUSAL);
    let run = stage.world.run(&["once"]).ok();
    assert!(run.stderr.contains("without any word of a feed"), "{run:?}");
    let tried = stage.server.refused();
    assert_eq!(stage.mails().len(), 1, "the desk has its digest");
    // What comes later reaches the one, and the other is left alone for a while.
    let mut more = items.clone();
    more.extend((4..6).map(item));
    stage
        .web
        .put("/feed", Page::Feed(feed("The Outlet", &more)));
    let watch = std::fs::read_to_string(stage.world.config().join("watches/force.toml"));
    let watch = watch.expect("the watch");
    let urgent = watch.replace("topic =", "urgency = \"alert\"\ntopic =");
    stage.world.write("watches/force.toml", &urgent);
    assert_eq!(stage.world.once_all()["mails_delivered"], 1);
    assert_eq!(stage.server.refused(), tried);
    let status = stage.world.run(&["status"]);
    assert_eq!(status.code, 1, "a person has to act: {status:?}");
    assert!(status.stdout.contains("to court: a message"), "{status:?}");
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    for item in &items {
        assert_eq!(stage.told(&item.title), ["full", "full"], "{}", item.title);
    }
    let status = stage.world.run(&["status"]).ok();
    assert!(!status.stdout.contains("to court"), "{status:?}");
}

#[test]
fn two_whose_mail_is_refused_whatever_it_says_are_refused_for_their_sender() {
    let items: Vec<Item> = (0..4).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    add_reader(&stage, "court");
    add_reader_without_hits(&stage, "archive");
    stage.server.refuse("newsvigil", REFUSAL);
    stage.world.run(&["once"]).ok();
    let status = stage.world.run(&["status"]);
    assert_eq!(status.code, 1, "a person has to act: {status:?}");
    assert!(
        status.stdout.contains("mail cannot be sent: a message"),
        "the whole queue rests: {status:?}"
    );
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    for item in &items {
        assert_eq!(stage.told(&item.title), ["full", "full"], "{}", item.title);
    }
}

fn add_reader_without_hits(stage: &Stage, id: &str) {
    let settings = std::fs::read_to_string(stage.world.config().join("newsvigil.toml"));
    let settings = settings.expect("the settings")
        + &format!("[[recipient]]\nid = \"{id}\"\naddress = \"{id}@example.org\"\n");
    stage.world.write("newsvigil.toml", &settings);
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

/// A refusal of the sender, at whatever step, rests the queue and is told; when it is over, everything arrives in
/// every word.
#[track_caller]
fn check_sender_refused(refuse: impl Fn(&Server), reply: &str) {
    let items: Vec<Item> = (0..3).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    stage.server.refuse_nothing();
    refuse(&stage.server);
    stage.world.run(&["once"]).ok();
    assert!(stage.mails().is_empty());
    let rows = stage.outbox();
    assert_eq!(rows.len(), 1, "nothing is made anew: {rows:?}");
    assert_eq!(
        (&rows[0]["state"], &rows[0]["attempts"]),
        (&"queued".into(), &0.into())
    );
    let status = stage.world.run(&["status"]);
    assert_eq!(status.code, 1, "a person has to act: {status:?}");
    assert!(
        status.stdout.contains("mail cannot be sent: "),
        "{status:?}"
    );
    assert!(status.stdout.contains(reply), "{status:?}");
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    stage.check_good_ones(&items);
    for item in &items {
        assert_eq!(stage.told(&item.title), ["full"]);
    }
    stage.world.run(&["status"]).ok();
}

#[test]
fn a_sender_that_may_send_no_more_today_rests_and_loses_nothing() {
    let limit = "550 5.4.5 Daily user sending limit exceeded";
    check_sender_refused(|server| server.refuse("newsvigil", limit), limit);
    let unauthenticated = "550 5.7.26 unauthenticated";
    check_sender_refused(
        |server| server.refuse("newsvigil", unauthenticated),
        unauthenticated,
    );
}

#[test]
fn a_sender_that_is_refused_only_with_the_recipient_rests_and_loses_nothing() {
    for reply in [
        "550 must log in first",
        "553 sender unknown",
        "550 5.7.60 not as this sender",
        "554 no",
        "550 5.7.1 no",
        "550 Zugriff verweigert",
        "504 5.5.2 no",
    ] {
        check_sender_refused(|server| server.refuse_recipients("desk@", reply), reply);
    }
}

#[test]
fn one_recipient_who_is_refused_before_the_message_holds_up_nobody_else() {
    let items: Vec<Item> = (0..3).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    add_reader(&stage, "court");
    stage.server.refuse_nothing();
    stage.server.refuse_recipients("desk@", "550 5.7.1 no");
    stage.world.run(&["once"]).ok();
    assert_eq!(stage.mails().len(), 1, "the court has its digest");
    let status = stage.world.run(&["status"]);
    assert_eq!(status.code, 1, "{status:?}");
    assert!(
        status.stdout.contains("to desk: refused before"),
        "{status:?}"
    );
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    for item in &items {
        assert_eq!(stage.told(&item.title), ["full", "full"], "{}", item.title);
    }
}

#[test]
fn a_server_that_wants_rest_for_one_recipient_is_asked_for_the_others_first_at_the_next_run() {
    let items: Vec<Item> = (0..2).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    add_reader(&stage, "court");
    add_reader(&stage, "archive");
    stage.server.refuse_nothing();
    stage
        .server
        .refuse_recipients("desk@", "452 4.2.2 the mailbox is full");
    for delivered in [0, 2, 2] {
        stage.world.run(&["once"]).ok();
        assert_eq!(stage.mails().len(), delivered);
    }
    let waits = stage.outbox();
    assert_eq!(waits.len(), 1, "{waits:?}");
    assert_eq!(waits[0]["attempts"], 3, "and the one is tried at each run");
}

#[test]
fn a_mailbox_that_is_none_is_given_up_and_told() {
    for reply in [
        "550 5.1.1 no such user",
        "550 unknown user",
        "553 no such mailbox here",
    ] {
        let stage = Stage::new("The Outlet", &[item(1)]);
        stage.server.refuse_recipients("desk@", reply);
        let run = stage.world.run(&["once"]);
        assert_eq!(stage.outbox()[0]["state"], "undeliverable", "{reply}");
        assert!(run.stdout.contains("0 delivered, 1 given up"), "{run:?}");
        assert!(run.stderr.contains("1 message given up"), "{run:?}");
        assert_eq!(stage.world.run(&["status"]).code, 1);
    }
}
