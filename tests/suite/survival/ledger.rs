//! The two-way reckoning: what was served with what is stored, what had to be found with what was,
//! and what was found with what arrived.

use std::collections::{BTreeMap, BTreeSet};

use super::script::{PAGES, Script, readers};
use crate::world::Mail;

/// What a reckoning counted; every difference that is not one of these has failed the test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reckoning {
    pub items: usize,
    pub hits: usize,
    pub messages: usize,
    /// Messages that arrived more than once, each with the same bytes.
    pub twice: usize,
}

impl std::ops::AddAssign for Reckoning {
    fn add_assign(&mut self, other: Self) {
        self.items += other.items;
        self.hits += other.hits;
        self.messages += other.messages;
        self.twice += other.twice;
    }
}

/// Lets the program finish undisturbed, then compares both ways.
#[track_caller]
pub fn reconcile(script: &Script, name: &str) -> Reckoning {
    script.world.once_all();
    script.time_passes();
    let summary = script.world.once_all();
    assert_eq!(summary["mails_queued"], 0, "{name}: {summary}");
    check(script, name)
}

/// Lets the program poll undisturbed, then compares what is served with what is stored. The feeds must
/// not have changed since the program died: else what it lost would be served once more.
#[track_caller]
pub fn reconcile_stored(script: &Script, name: &str) {
    script.world.once_all();
    check_stored(script, name);
}

#[track_caller]
fn check(script: &Script, name: &str) -> Reckoning {
    check_stored(script, name);
    check_told(script, name)
}

/// A text a column.
fn rows(script: &Script, sql: &str) -> Vec<Vec<String>> {
    let database = script.database();
    let mut statement = database.prepare(sql).expect("a query");
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        (0..columns).map(|column| row.get(column)).collect()
    });
    rows.expect("rows").collect::<Result<_, _>>().expect("text")
}

#[track_caller]
fn check_stored(script: &Script, name: &str) {
    let database = script.database();
    let sound: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("a check");
    assert_eq!(sound, "ok", "{name}");

    // Feeds served and entries stored, in the words that were served last.
    let stored: BTreeSet<Vec<String>> = rows(
        script,
        &format!(
            "SELECT feed_id, link, title, summary || text FROM entry WHERE feed_id <> '{PAGES}'"
        ),
    )
    .into_iter()
    .collect();
    let served: BTreeSet<Vec<String>> = script
        .items
        .iter()
        .filter(|item| item.served || !item.expected_hits().is_empty())
        .map(|item| {
            vec![
                item.feed_id(),
                item.link(),
                item.title.clone(),
                item.description.clone(),
            ]
        })
        .collect();
    same(name, "served", &served, "stored", &stored);

    // What is stored is in a story, or is told in one line with its like.
    let placed = "SELECT count(*), count(*) FILTER (WHERE story_item.id IS NULL)
                  FROM hit LEFT JOIN story_item ON story_item.entry_id = hit.entry_id
                  WHERE archive = 0 AND later = 0";
    let (hits, in_none): (u64, u64) = database
        .query_row(placed, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("counts");
    assert_eq!(
        in_none, 0,
        "{name}: {in_none} of {hits} hits are in no story"
    );
    let waiting = "SELECT count(*) FROM story_waiting";
    let waiting: u64 = database
        .query_row(waiting, [], |row| row.get(0))
        .expect("a count");
    assert_eq!(waiting, 0, "{name}");

    // Hits expected and hits stored.
    let found: BTreeSet<Vec<String>> = rows(
        script,
        "SELECT entry.link, hit.watch_id FROM hit JOIN entry ON entry.id = hit.entry_id",
    )
    .into_iter()
    .collect();
    let expected: BTreeSet<Vec<String>> = script
        .items
        .iter()
        .flat_map(|item| {
            let watches = item.expected_hits().into_iter();
            watches.map(|watch| vec![item.link(), watch.to_owned()])
        })
        .collect();
    same(name, "expected", &expected, "found", &found);
}

#[track_caller]
fn check_told(script: &Script, name: &str) -> Reckoning {
    // Messages sent and messages received.
    let ledger: BTreeMap<String, (String, u64)> = rows(
        script,
        "SELECT message_id, kind, CAST(doubtful_attempts AS TEXT) FROM outbox WHERE state = 'sent'",
    )
    .into_iter()
    .map(|row| {
        (
            row[0].clone(),
            (row[1].clone(), row[2].parse().expect("a number")),
        )
    })
    .collect();
    let mut received: BTreeMap<String, (Mail, Vec<Vec<u8>>)> = BTreeMap::new();
    for bytes in script.received() {
        let mail = Mail::read(&bytes);
        // The angle brackets are no part of what the parser gives.
        let id = format!("<{}>", mail.message_id);
        received
            .entry(id)
            .or_insert_with(|| (mail, Vec::new()))
            .1
            .push(bytes);
    }
    let sent_ids: BTreeSet<&String> = ledger.keys().collect();
    let received_ids: BTreeSet<&String> = received.keys().collect();
    same(name, "sent", &sent_ids, "received", &received_ids);
    let mut twice = 0;
    for (id, (_, copies)) in &received {
        assert!(
            copies.iter().all(|copy| *copy == copies[0]),
            "{name}: two messages are called {id}"
        );
        let doubtful = ledger[id].1;
        assert!(
            copies.len() as u64 <= 1 + doubtful,
            "{name}: {id} came {} times, and {doubtful} attempts are in doubt",
            copies.len()
        );
        twice += usize::from(copies.len() > 1);
    }
    let status = script.world.run(&["status", "--json"]).json();
    let counted = status["possible_duplicates"].as_u64().expect("a number");
    assert!(
        twice as u64 <= counted,
        "{name}: {twice} came twice, `status` counts {counted}"
    );

    // Hits stored and hits told: each to everyone who is to have it, once in a mail of its kind.
    let told = told(script, &received, &ledger);
    for item in &script.items {
        for watch in item.expected_hits() {
            for reader in readers(watch) {
                let link = item.link();
                let mut addresses = script.addresses(reader).into_iter();
                assert!(
                    addresses.any(|to| told.contains_key(&(to.to_owned(), link.clone()))),
                    "{name}: {reader} was never told of {link}, which {watch} found"
                );
            }
        }
    }
    let wanted: BTreeMap<String, usize> = script
        .items
        .iter()
        .map(|item| (item.link(), item.expected_hits().len()))
        .collect();
    for ((address, link), mails) in &told {
        // A digest for each watch that found it at most: a revision may bring the second one.
        let watches = wanted[link];
        assert!(
            watches > 0,
            "{name}: {address} was told of {link} for no reason"
        );
        for kind in ["alert", "digest"] {
            let number = mails.iter().filter(|told| *told == kind).count();
            assert!(
                number <= if kind == "alert" { 1 } else { watches },
                "{name}: {address} was told of {link} in {number} mails of kind {kind}"
            );
        }
    }
    Reckoning {
        items: script.items.len(),
        hits: wanted.values().sum(),
        messages: received.len(),
        twice,
    }
}

/// Who was told of which link, and by which kinds of mail.
fn told(
    script: &Script,
    received: &BTreeMap<String, (Mail, Vec<Vec<u8>>)>,
    ledger: &BTreeMap<String, (String, u64)>,
) -> BTreeMap<(String, String), Vec<String>> {
    let mut told: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (id, (mail, _)) in received {
        // By its headline, for a mail made anew has no links.
        let text = mail.text.replace("**", "");
        let lines: BTreeSet<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("* ").or(line.strip_prefix("- ")))
            .collect();
        let shown = script
            .items
            .iter()
            .filter(|item| lines.contains(item.title.as_str()));
        for item in shown {
            told.entry((mail.to.clone(), item.link()))
                .or_default()
                .push(ledger[id].0.clone());
        }
    }
    told
}

/// Both sets hold the same.
#[track_caller]
fn same<T: Ord + std::fmt::Debug>(
    name: &str,
    one_is: &str,
    one: &BTreeSet<T>,
    other_is: &str,
    other: &BTreeSet<T>,
) {
    let missing: Vec<&T> = one.difference(other).collect();
    let surplus: Vec<&T> = other.difference(one).collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "{name}: {one_is} and not {other_is}: {missing:?}; {other_is} and not {one_is}: {surplus:?}"
    );
}
