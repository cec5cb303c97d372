//! Letting go of old items: nothing else waits for it, what was found stays, and the space is used again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use newsvigil::core::alert::Urgency;
use newsvigil::core::article::Policy;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::store::digests::{self, Composed};
use newsvigil::store::outbox::{self, AttemptOutcome, ClaimFilter, MailKind, NewMessage};
use newsvigil::store::polls::{
    self, NewHit, PollRecord, PolledContent, PolledEntry, Receiver, RecordContext,
};
use newsvigil::store::retention::Retention;
use newsvigil::store::{self, Store, StoreError, retention};

use crate::connection::Connection;

const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);
const FOR_A_MONTH: Retention = Retention {
    items: MONTH,
    hits: None,
};

fn day(number: i64) -> Timestamp {
    let start: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
    start + SignedDuration::from_hours(24 * number)
}

/// A feed that holds these items now; those whose title says so are hits.
fn poll(items: impl Iterator<Item = String>) -> PollRecord {
    let entries = items.map(|title| PolledEntry {
        key: title.clone(),
        content_hash: title.clone(),
        document: Document {
            text: "There was applause. ".repeat(30),
            title,
            ..Document::default()
        },
        published: None,
        updated: None,
    });
    PollRecord {
        feed_id: "outlet".to_owned(),
        url: "https://outlet.example/feed".to_owned(),
        content: Some(PolledContent {
            title: None,
            warnings: Vec::new(),
            by_address: false,
            is_page: false,
            entries: entries.collect(),
        }),
        articles: Policy::Off,
        budget: Budget {
            items: u64::MAX,
            ..Budget::default()
        }
        .into(),
        decide: Box::new(|_| FeedState::default()),
    }
}

fn record(
    connection: &mut store::Connection,
    poll: PollRecord,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut matcher = |_: &str, _: usize, document: &Document| {
        let hit = NewHit {
            watch_id: "watch".to_owned(),
            watch_title: "Watch".to_owned(),
            topic: "topic".to_owned(),
            watch_version: "1".to_owned(),
            score: 0,
            spans: "[]".to_owned(),
            in_article: false,
            recipients: document
                .title
                .starts_with("owed")
                .then(|| Receiver {
                    id: "desk".to_owned(),
                    urgency: Urgency::Digest,
                })
                .into_iter()
                .collect(),
        };
        let found = document.title.contains("hit");
        Ok(found.then_some(hit).into_iter().collect())
    };
    let mut recording = RecordContext {
        now,
        backlog: MONTH,
        program_version: "1",
        matcher: &mut matcher,
    };
    polls::record(connection, &[poll], &mut recording)?.remove(0)?;
    Ok(())
}

fn prune_all(connection: &mut Connection, now: Timestamp) -> usize {
    let mut pruned = 0;
    loop {
        match retention::prune(connection, FOR_A_MONTH, now).expect("pruned") {
            0 => return pruned,
            rows => pruned += rows,
        }
    }
}

fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).expect(sql)
}

#[tokio::test]
async fn polls_are_stored_in_the_middle_of_letting_go() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let store = Store::start(&folder.path().join("newsvigil.db")).expect("a database");
    store
        .call(|connection| {
            let old = poll((0..10_000).map(|number| format!("old {number}")));
            record(connection, old, day(0))?;
            record(connection, poll(["new".to_owned()].into_iter()), day(2))
        })
        .await
        .expect("stored");
    let over = Arc::new(AtomicBool::new(false));
    let (pruning, ended) = (store.clone(), over.clone());
    let pruned = tokio::spawn(async move {
        let mut pruned = 0;
        loop {
            let rows = pruning
                .call(|connection| retention::prune(connection, FOR_A_MONTH, day(90)))
                .await
                .expect("pruned");
            if rows == 0 {
                ended.store(true, Ordering::SeqCst);
                return pruned;
            }
            pruned += rows;
        }
    });
    let mut stored_meanwhile = 0;
    for number in 0.. {
        let newest = poll([format!("newest {number}")].into_iter());
        store
            .call(move |connection| record(connection, newest, day(90)))
            .await
            .expect("stored");
        if over.load(Ordering::SeqCst) {
            break;
        }
        stored_meanwhile += 1;
    }
    // The one that took their place for a while is old by now, too.
    assert_eq!(pruned.await.expect("no panic"), 10_001);
    assert!(
        stored_meanwhile >= 10,
        "{stored_meanwhile} polls did not wait"
    );
}

#[test]
fn what_was_found_stays_for_ever_with_its_words() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let mut connection = Connection::open(&folder.path().join("newsvigil.db"));
    let items = (0..100).map(|number| match number % 10 {
        0 => format!("hit {number}"),
        _ => format!("other {number}"),
    });
    record(&mut connection, poll(items), day(0)).expect("stored");
    record(
        &mut connection,
        poll(["new".to_owned()].into_iter()),
        day(2),
    )
    .expect("stored");
    assert_eq!(
        prune_all(&mut connection, day(29)),
        0,
        "their time is not over"
    );
    // What the feed still lists goes as well, and is known again.
    assert_eq!(prune_all(&mut connection, day(36_500)), 91);
    assert_eq!(number(&connection, "SELECT count(*) FROM hit"), 10);
    let with_words = "SELECT count(*) FROM hit JOIN entry ON entry.id = entry_id
                      JOIN entry_text ON entry_text.rowid = entry.id
                      WHERE entry.title LIKE 'hit%' AND entry_text MATCH 'applause'";
    assert_eq!(number(&connection, with_words), 10);
}

#[test]
fn what_was_told_goes_when_somebody_says_so_and_what_is_owed_stays() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let mut connection = Connection::open(&folder.path().join("newsvigil.db"));
    let titles = ["hit", "owed hit", "owed hit, never told", "other"];
    let items = titles.iter().map(|&title| title.to_owned());
    record(&mut connection, poll(items), day(0)).expect("stored");
    let new = poll(["new".to_owned()].into_iter());
    record(&mut connection, new, day(2)).expect("stored");
    let told = message(&mut connection, 2, "told");
    let waits = message(&mut connection, 1, "waits");
    let claimed = outbox::claim(&mut connection, ClaimFilter::At(day(3))).expect("claimed");
    assert_eq!(claimed.expect("a message").0.id, told);
    let sent = AttemptOutcome::Sent {
        reply: "250 ok".to_owned(),
    };
    outbox::settle(&mut connection, told, &sent, day(3)).expect("settled");

    let short = Retention {
        items: MONTH,
        hits: Some(MONTH),
    };
    let prune = |connection: &mut Connection, now| {
        while retention::prune(connection, short, now).expect("pruned") > 0 {}
    };
    prune(&mut connection, day(29));
    assert_eq!(number(&connection, "SELECT count(*) FROM hit"), 3);
    prune(&mut connection, day(60));
    for (table, left) in [
        ("hit", 1),
        ("entry_text", 1),
        ("delivery", 1),
        ("outbox", 2),
    ] {
        let sql = format!("SELECT count(*) FROM {table}");
        assert_eq!(number(&connection, &sql), left, "{table}");
    }
    let kept = format!("SELECT count(*) FROM message WHERE outbox_id = {waits}");
    assert_eq!(number(&connection, &kept), 1, "it is yet to be sent");
    assert_eq!(number(&connection, "SELECT count(*) FROM message"), 1);
    let of_owed = "SELECT count(*) FROM entry WHERE title = 'owed hit, never told'";
    assert_eq!(number(&connection, of_owed), 1);
    assert_eq!(number(&connection, "SELECT count(*) FROM entry"), 1);
}

/// Queues a message that carries the hit of this number; gives its own.
fn message(connection: &mut Connection, hit: i64, name: &str) -> i64 {
    let message = NewMessage {
        recipient_id: "desk".to_owned(),
        address: "desk@example.org".to_owned(),
        sender: "newsvigil@example.org".to_owned(),
        kind: MailKind::Digest,
        watch_id: None,
        message_id: format!("<{name}@example.org>"),
        subject: name.to_owned(),
        message: name.as_bytes().to_vec(),
        hits: vec![hit],
    };
    digests::queue(connection, "desk", day(3), |_| {
        Ok(Composed {
            messages: vec![message],
            ..Composed::default()
        })
    })
    .expect("queued");
    number(connection, "SELECT max(id) FROM outbox")
}

#[test]
fn the_file_does_not_grow_with_the_years() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("newsvigil.db");
    let mut connection = Connection::open(&path);
    let mut sizes = Vec::new();
    for year in 0..6 {
        let items = (0..3000).map(move |number| format!("item {number} of {year}"));
        record(&mut connection, poll(items), day(365 * year)).expect("stored");
        let next = poll([format!("the last of {year}")].into_iter());
        record(&mut connection, next, day(365 * year + 2)).expect("stored");
        assert!(prune_all(&mut connection, day(365 * year + 40)) >= 3000);
        number(&connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        sizes.push(std::fs::metadata(&path).expect("a file").len());
    }
    assert!(
        sizes[0] > 2_000_000,
        "there was something to let go of: {sizes:?}"
    );
    assert!(
        sizes[5] <= sizes[0] + sizes[0] / 20,
        "the space is used again: {sizes:?}"
    );
    let bytes = std::fs::read(&path).expect("the file");
    let words = b"There was applause. There was applause.";
    let left = bytes
        .windows(words.len())
        .filter(|part| part == words)
        .count();
    assert!(
        left < 200,
        "what is let go leaves no trace in the file: {left}"
    );
}

/// Words of which no two begin alike, so that the index has each of them whole.
fn words(kind: &str, number: usize) -> String {
    (0..3)
        .map(|word| {
            let mixed = (number * 3 + word + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            format!("{:012x}{kind}{number} ", mixed >> 16)
        })
        .collect()
}

/// How often the bytes stand in each file of a folder that has them.
fn traces(folder: &std::path::Path, bytes: &[u8]) -> Vec<(String, usize)> {
    let files = std::fs::read_dir(folder).expect("a folder");
    let files = files.map(|file| file.expect("a file").path());
    let counts = files.map(|file| {
        let content = std::fs::read(&file).expect("a file");
        let found = content.windows(bytes.len()).filter(|part| *part == bytes);
        (file.display().to_string(), found.count())
    });
    counts.filter(|(_, found)| *found > 0).collect()
}

#[test]
fn what_is_deleted_is_in_no_page_of_the_database_its_log_or_a_backup() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("newsvigil.db");
    let mut connection = Connection::open(&path);
    // Every other poll brings what stays, so that both lie in the same pages.
    for batch in 0..30 {
        let kind = if batch % 2 == 0 { "vanish" } else { "remain" };
        let items = (0..100).map(move |number| {
            let number = batch * 100 + number;
            let hit = if number % 3 == 0 { "other" } else { "hit" };
            format!("{hit} {}", words(kind, number))
        });
        let mut poll = poll(items);
        for entry in &mut poll.content.as_mut().expect("a body").entries {
            entry.content_hash = format!("{:x}", entry.key.len());
            entry.document.text = format!("{} {}", entry.document.title, "filler ".repeat(40));
            entry.document.url = Some(format!("https://outlet.example/{}", entry.document.title));
        }
        record(&mut connection, poll, day(0)).expect("stored");
    }
    // What is listed still when it goes is known again by no word of it.
    let all = "UPDATE entry SET last_seen_at = (SELECT last_body_at FROM feed)";
    connection.execute(all, []).expect("seen");
    let told = message(&mut connection, 1, "told");
    connection
        .execute(
            "UPDATE outbox SET state = 'sent', subject = 'vanish', settled_at = created_at WHERE id = ?1",
            [told],
        )
        .expect("sent");
    let stays = format!(
        "UPDATE entry SET revised_at = {} WHERE title LIKE '%remain%';
         INSERT INTO delivery (hit_id, recipient_id, urgency)
         SELECT hit.id, 'desk', 'digest' FROM hit JOIN entry ON entry.id = entry_id
         WHERE title LIKE '%remain%'",
        day(50).as_second()
    );
    connection.execute_batch(&stays).expect("revised and owed");
    let hits = number(&connection, "SELECT count(*) FROM hit");
    assert_eq!(hits, 2_000);
    assert!(!traces(folder.path(), b"vanish").is_empty());

    let retention = Retention {
        items: MONTH,
        hits: Some(MONTH),
    };
    let prune = |connection: &mut Connection| {
        retention::prune(connection, retention, day(70)).expect("pruned")
    };
    // A backup that is made in the middle has none of it either.
    while number(
        &connection,
        "SELECT count(*) FROM entry WHERE title LIKE '%vanish%'",
    ) > 0
    {
        assert!(prune(&mut connection) > 0);
    }
    let backups = tempfile::TempDir::new().expect("a folder");
    let copy = |name: &str| {
        let reading = store::open_for_reading(&path).expect("a database");
        let target = backups.path().join(name);
        store::backup::write(&reading.expect("tables"), &target).expect("a backup");
    };
    copy("middle.db");
    assert_eq!(traces(backups.path(), b"vanish"), []);
    while prune(&mut connection) > 0 {}
    copy("end.db");
    for folder in [folder.path(), backups.path()] {
        assert_eq!(traces(folder, b"vanish"), []);
        assert!(!traces(folder, b"remain").is_empty(), "what stays is there");
    }
    let known = number(&connection, "SELECT count(*) FROM tombstone");
    assert_eq!(known, 1_500, "what was deleted is known again");
    let searched = "SELECT count(*) FROM entry_text WHERE entry_text MATCH 'filler'";
    assert_eq!(number(&connection, searched), 1_000, "and is found");
    let sound: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("a check");
    assert_eq!(sound, "ok");
}

/// Each of the items has a hit that is owed to nobody, or none.
#[test]
fn what_was_stored_by_a_clock_that_was_ahead_goes_with_what_came_after_it() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let mut connection = Connection::open(&folder.path().join("newsvigil.db"));
    let titles = |number: i64| [format!("item {number}"), format!("hit {number}")].into_iter();
    for (number, time) in [(1, day(0)), (2, day(2000)), (3, day(1)), (4, day(40))] {
        record(&mut connection, poll(titles(number)), time).expect("stored");
    }
    let for_a_month = Retention {
        hits: Some(MONTH),
        ..FOR_A_MONTH
    };
    let mut left = |now| {
        while retention::prune(&mut connection, for_a_month, now).expect("pruned") > 0 {}
        number(&connection, "SELECT count(*) FROM entry")
    };
    assert_eq!(left(day(20)), 8, "nothing is over");
    assert_eq!(left(day(31)), 6, "of the first day");
    assert_eq!(left(day(32)), 2, "of that clock and of the day after");
    assert_eq!(left(day(100)), 0);
}

#[test]
fn what_was_stored_while_the_clock_was_behind_is_no_older_than_what_came_before() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let mut connection = Connection::open(&folder.path().join("newsvigil.db"));
    for (at, title) in [(400, "hit"), (0, "other hit"), (0, "other"), (401, "last")] {
        let items = poll([title.to_owned()].into_iter());
        record(&mut connection, items, day(at)).expect("stored");
    }
    let short = Retention {
        items: MONTH,
        hits: Some(MONTH),
    };
    let left_on = |connection: &mut Connection, now| {
        while retention::prune(connection, short, day(now)).expect("pruned") > 0 {}
        ["hit", "entry"].map(|table| number(connection, &format!("SELECT count(*) FROM {table}")))
    };
    assert_eq!(left_on(&mut connection, 402), [2, 4]);
    assert_eq!(left_on(&mut connection, 433), [0, 0]);
}
