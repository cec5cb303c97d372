//! The program is killed at any moment and started again: nothing is missing, and what comes twice is
//! the same message, counted.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use newsvigil::store;
use newsvigil::store::digests::{self, Composed};
use newsvigil::store::outbox::{self, Due, MailKind, NewMessage, Settlement};

use crate::mail::Server;
use crate::web::{Page, Web, rss};
use crate::world::Mail;

/// Numbers that look random and are the same each time (`xorshift64*`, Vigna 2016).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % bound
    }
}

fn message(number: u32) -> NewMessage {
    NewMessage {
        recipient_id: "desk".to_owned(),
        address: "desk@example.org".to_owned(),
        sender: "newsvigil@example.org".to_owned(),
        kind: MailKind::Digest,
        watch_id: None,
        message_id: format!("<{number}@example.org>"),
        subject: String::new(),
        message: format!("message {number}").into_bytes(),
        hits: Vec::new(),
    }
}

/// A sender that may die between any two of its steps: before and after claiming, delivering and
/// settling. The mailbox is what a server has accepted.
#[test]
fn a_sender_that_dies_between_any_two_steps_loses_nothing() {
    for seed in 1..=50 {
        let mut chance = Chance(seed);
        let folder = tempfile::TempDir::new().expect("a folder");
        let mut connection = store::open(&folder.path().join("newsvigil.db")).expect("a database");
        let mut now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
        let messages: Vec<NewMessage> = (0..8).map(message).collect();
        let queued = messages.clone();
        digests::queue(&mut connection, "desk", now, |_| {
            Ok(Composed {
                messages: queued,
                ..Composed::default()
            })
        })
        .expect("queued");

        let mut mailbox: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
        let mut deaths = 0;
        let mut claimed_with_the_last = None;
        for _ in 0..10_000 {
            now += SignedDuration::from_mins(10);
            let dies = |chance: &mut Chance| chance.below(4) == 0;
            let claimed = claimed_with_the_last
                .take()
                .or_else(|| outbox::claim(&mut connection, Due::At(now)).expect("claimed"));
            let Some((row, bytes)) = claimed else {
                if outbox::counts(&connection).expect("counted").queued == 0 {
                    break;
                }
                continue;
            };
            let survives = (|| {
                if dies(&mut chance) {
                    return false;
                }
                let accepted = chance.below(3) > 0;
                if accepted {
                    mailbox
                        .entry(row.message_id.clone())
                        .or_default()
                        .push(bytes);
                }
                if dies(&mut chance) {
                    return false;
                }
                let settlement = if accepted {
                    Settlement::Sent {
                        reply: "250 taken".to_owned(),
                    }
                } else {
                    Settlement::Retry {
                        at: now,
                        relay_rests_until: None,
                        why: "450 later".to_owned(),
                        doubtful: false,
                    }
                };
                // Before it rests a sender settles only; else it claims the next at the same time.
                if chance.below(3) == 0 {
                    outbox::settle(&mut connection, row.id, &settlement, now).expect("settled");
                } else {
                    let due = Due::At(now);
                    claimed_with_the_last =
                        outbox::settle_and_claim(&mut connection, row.id, &settlement, now, due)
                            .expect("settled");
                }
                !dies(&mut chance)
            })();
            if !survives {
                deaths += 1;
                claimed_with_the_last = None;
                drop(connection);
                connection = store::open(&folder.path().join("newsvigil.db")).expect("a database");
                outbox::recover(&mut connection, now).expect("recovered");
            }
        }
        assert!(deaths > 0, "seed {seed}");
        let sent = outbox::list(&connection, outbox::Listing::Sent).expect("listed");
        assert_eq!(
            sent.len(),
            messages.len(),
            "seed {seed}: every message is sent"
        );
        for row in &sent {
            let copies = &mailbox[&row.message_id];
            assert!(
                copies.iter().all(|copy| *copy == copies[0]),
                "seed {seed}: copies are the same bytes"
            );
            if copies.len() > 1 {
                assert!(
                    row.doubtful_attempts > 0,
                    "seed {seed}: a duplicate is counted"
                );
            }
        }
    }
}

/// The whole program, killed at moments that look random: in the middle of polling, storing,
/// composing and sending.
#[test]
fn a_program_that_is_killed_again_and_again_misses_nothing() {
    let web = Web::start("127.0.0.1");
    let server = Server::start(0, "250 ok");
    let world = crate::mail::world(&web, server.port);
    let mut chance = Chance(7);
    let mut stories: Vec<(String, String)> = Vec::new();
    for round in 0..25 {
        for number in 0..3 {
            let slug = format!("r{round}n{number}");
            stories.insert(0, (format!("Lethal force {slug}"), slug));
        }
        let items: Vec<(&str, &str, &str)> = stories
            .iter()
            .map(|(title, slug)| (title.as_str(), slug.as_str(), "Protesters were shot."))
            .collect();
        web.put("/feed", Page::Feed(rss("The Outlet", &items)));
        let mut child = world
            .command(&["once", "--all"])
            .spawn()
            .expect("the program");
        // The moment itself is what is tried out: from before it has opened its files to after the end.
        std::thread::sleep(Duration::from_millis(chance.below(120)));
        // It may have ended already.
        let _ = child.kill();
        child.wait().expect("ended");
    }
    world.once_all();
    // What is owed since the first digest goes out with the next; a schedule of its own makes it due.
    let settings = std::fs::read_to_string(world.config().join("newsvigil.toml")).expect("a file");
    world.write(
        "newsvigil.toml",
        &format!("{settings}digest = [\"daily 07:30\"]\n"),
    );
    let database = rusqlite::Connection::open(world.state().join("newsvigil.db")).expect("opened");
    database
        .execute("UPDATE recipient SET last_due_at = 0", [])
        .expect("due");
    drop(database);
    let summary = world.once_all();
    assert_eq!(summary["mails_queued"], 0, "{summary}");

    let status = world.run(&["status", "--json"]).ok().json();
    assert_eq!(status["entries"], stories.len(), "each item once");
    assert_eq!(status["hits"], stories.len(), "each hit once");
    let received: Vec<Vec<u8>> = server.received();
    let mut by_id: BTreeMap<String, BTreeSet<Vec<u8>>> = BTreeMap::new();
    let mut text = String::new();
    for bytes in &received {
        let mail = Mail::read(bytes);
        text.push_str(&mail.text);
        by_id
            .entry(mail.message_id)
            .or_default()
            .insert(bytes.clone());
    }
    let words: BTreeSet<&str> = text.split_whitespace().collect();
    for (title, slug) in &stories {
        let link = format!("https://outlet.example/{slug}");
        assert!(words.contains(link.as_str()), "{title} reached nobody");
    }
    for (id, copies) in &by_id {
        assert_eq!(copies.len(), 1, "two messages are called {id}");
    }
    let duplicates = received.len() - by_id.len();
    let doubtful = status["possible_duplicates"].as_u64().expect("a number");
    assert!(
        duplicates as u64 <= doubtful,
        "{duplicates} came twice, {doubtful} are counted"
    );
}
