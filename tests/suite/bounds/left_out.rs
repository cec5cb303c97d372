//! What is left out of a body that brings more than its feed may in a day, and what becomes of it.

use jiff::{SignedDuration, Timestamp};
use newsvigil::core::article::Policy;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::store::polls::{
    self, NewHit, PollCounts, PollRecord, PolledContent, PolledEntry, RecordContext,
};
use newsvigil::store::retention::{self, Retention};

use super::*;

/// Items with a text and a date, of which those of which it is said are hits.
fn entry(key: &str, text: &str, published: Option<&str>) -> PolledEntry {
    PolledEntry {
        key: key.to_owned(),
        content_hash: format!("{}+0", text.len()),
        document: Document {
            title: text.to_owned(),
            ..Document::default()
        },
        published: published.map(|at| at.parse().expect("a time")),
        updated: None,
    }
}

fn record(
    connection: &mut Connection,
    entries: Vec<PolledEntry>,
    budget: Budget,
    now: Timestamp,
) -> PollCounts {
    let mut matcher = |_: &str, _: usize, document: &Document| {
        let hit = NewHit {
            watch_id: "watch".to_owned(),
            watch_title: "Watch".to_owned(),
            topic: "topic".to_owned(),
            watch_version: "1".to_owned(),
            score: 0,
            spans: "[]".to_owned(),
            in_article: false,
            recipients: Vec::new(),
        };
        let found = document.title.starts_with("hit");
        Ok(found.then_some(hit).into_iter().collect())
    };
    let mut recording = RecordContext {
        now,
        backlog: SignedDuration::from_hours(24),
        program_version: "1",
        matcher: &mut matcher,
    };
    let poll = PollRecord {
        feed_id: "outlet".to_owned(),
        url: "https://outlet.example/feed".to_owned(),
        content: Some(PolledContent {
            title: None,
            warnings: Vec::new(),
            by_address: false,
            is_page: false,
            entries,
        }),
        articles: Policy::Off,
        budget: budget.into(),
        decide: Box::new(|_| FeedState::default()),
    };
    let stored = polls::record(connection, &[poll], &mut recording).expect("stored");
    stored.into_iter().next().expect("one").expect("stored")
}

fn keys(connection: &Connection) -> Vec<String> {
    connection
        .prepare("SELECT key FROM entry ORDER BY id")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .expect("the keys")
}

fn opened() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::TempDir::new().expect("a folder");
    let connection = Connection::open(&folder.path().join("newsvigil.db"));
    (folder, connection)
}

fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("a time")
}

#[test]
fn what_is_left_out_is_the_oldest_and_is_as_new_later() {
    let (_folder, mut connection) = opened();
    let items = || {
        vec![
            entry("old", "hit", Some("2026-03-01T01:00:00Z")),
            entry("undated", "hit", None),
            entry("new", "hit", Some("2026-03-01T11:00:00Z")),
            entry("older", "hit", Some("2026-02-28T13:00:00Z")),
        ]
    };
    let two = Budget {
        items: 2,
        ..Budget::default()
    };
    let counts = record(&mut connection, items(), two, noon());
    assert_eq!(
        (counts.entries_new, counts.new_left_out, counts.hits),
        (2, 2, 2)
    );
    assert_eq!(keys(&connection), ["undated", "new"]);
    let counts = record(&mut connection, items(), two, noon());
    assert_eq!(
        (counts.entries_new, counts.new_left_out, counts.hits),
        (2, 0, 2)
    );
    assert_eq!(keys(&connection), ["undated", "new", "old", "older"]);
}

#[test]
fn old_items_keep_back_none_that_are_published_after_them() {
    let (_folder, mut connection) = opened();
    let mut items: Vec<PolledEntry> = (0..9)
        .map(|number| {
            let date = format!("2026-01-01T00:00:0{}Z", 9 - number);
            entry(&format!("old{number}"), "hit", Some(&date))
        })
        .collect();
    items.push(entry("live", "hit", Some("2026-03-01T11:00:00Z")));
    let two = Budget {
        items: 2,
        bytes: 20 << 20,
        hits: 2,
    };
    let counts = record(&mut connection, items, two, noon());
    assert_eq!((counts.entries_new, counts.new_left_out), (3, 7));
    assert_eq!((counts.hits, counts.hits_backlog), (3, 2));
    assert_eq!(counts.taken.live.items, 1);
    assert_eq!(counts.arrears.added, 7);
    assert!(keys(&connection).contains(&"live".to_owned()));
    // A later body has one that is new, one that was left out, and none of the others.
    let items = vec![
        entry("newer", "hit", Some("2026-03-01T13:00:00Z")),
        entry("old8", "hit", Some("2026-01-01T00:00:01Z")),
    ];
    let counts = record(&mut connection, items, two, noon());
    assert_eq!((counts.arrears.taken, counts.arrears.gone), (1, 6));
    assert_eq!((counts.entries_new, counts.hits_backlog), (2, 1));
}

#[test]
fn an_archive_beyond_the_budget_stays_one_and_keeps_back_nothing_that_is_new() {
    let (_folder, mut connection) = opened();
    let live = |key: &str| entry(key, "hit", Some("2026-03-01T11:00:00Z"));
    record(
        &mut connection,
        vec![live("first")],
        Budget::default(),
        noon(),
    );
    let items = || -> Vec<PolledEntry> {
        let old = (0..30)
            .map(|number| entry(&format!("old{number}"), "hit", Some("2026-01-01T00:00:00Z")));
        old.chain([live("first"), live("new")]).collect()
    };
    let some = Budget {
        items: 25,
        ..Budget::default()
    };
    let counts = record(&mut connection, items(), some, noon());
    assert_eq!((counts.hits, counts.hits_archive), (26, 25));
    assert_eq!((counts.new_left_out, counts.hits_backlog), (5, 0));
    let counts = record(&mut connection, items(), some, noon());
    assert_eq!((counts.hits, counts.hits_archive), (5, 5), "the rest of it");
}

#[test]
fn a_later_item_that_was_left_out_is_told_whatever_its_date() {
    let (_folder, mut connection) = opened();
    record(
        &mut connection,
        vec![entry("a", "hit", None)],
        Budget::default(),
        noon(),
    );
    let items = || {
        ["b", "c"]
            .into_iter()
            .map(|key| entry(key, "hit", Some("2026-01-01T00:00:00Z")))
            .collect()
    };
    let one = Budget {
        items: 1,
        ..Budget::default()
    };
    assert_eq!(record(&mut connection, items(), one, noon()).hits, 1);
    let counts = record(&mut connection, items(), one, noon());
    assert_eq!((counts.hits, counts.hits_backlog), (1, 0));
}

#[test]
fn hits_of_a_muted_watch_take_no_place() {
    let (_folder, mut connection) = opened();
    let mute = "INSERT INTO mute (watch_id, reason, begins_at, ends_at) VALUES ('watch', '', 0, 9999999999)";
    connection.execute(mute, []).expect("muted");
    let items = (0..3).map(|number| entry(&number.to_string(), "hit", None));
    let one = Budget {
        hits: 1,
        ..Budget::default()
    };
    let counts = record(&mut connection, items.collect(), one, noon());
    assert_eq!((counts.hits_muted, counts.new_left_out), (3, 0));
}

#[test]
fn new_items_are_taken_before_revisions() {
    let (_folder, mut connection) = opened();
    let known = || (0..4).map(|number| number.to_string());
    let first = known().map(|key| entry(&key, "words", None)).collect();
    record(&mut connection, first, Budget::default(), noon());
    let mut items: Vec<PolledEntry> = known()
        .map(|key| entry(&key, "other words", None))
        .collect();
    items.push(entry("new", "hit", Some("2026-03-01T00:00:00Z")));
    let tight = Budget {
        bytes: 30,
        ..Budget::default()
    };
    let counts = record(&mut connection, items, tight, noon());
    assert_eq!((counts.entries_new, counts.entries_revised), (1, 2));
    assert_eq!(counts.revised_left_out, 2);
}

#[test]
fn an_item_is_never_stored_without_its_hits() {
    let (_folder, mut connection) = opened();
    let items = || {
        (0..6)
            .map(|number| {
                let text = if number % 2 == 0 { "hit" } else { "other" };
                entry(&number.to_string(), text, None)
            })
            .collect::<Vec<_>>()
    };
    let one = Budget {
        hits: 1,
        ..Budget::default()
    };
    let counts = record(&mut connection, items(), one, noon());
    assert_eq!(
        (counts.entries_new, counts.new_left_out, counts.hits),
        (4, 2, 1)
    );
    assert_eq!(keys(&connection), ["0", "1", "3", "5"]);
    let none = Budget { hits: 0, ..one };
    let counts = record(&mut connection, items(), none, noon());
    assert_eq!(
        (counts.entries_new, counts.new_left_out, counts.hits),
        (0, 2, 0)
    );
    let counts = record(&mut connection, items(), Budget::default(), noon());
    assert_eq!(
        (counts.entries_new, counts.new_left_out, counts.hits),
        (2, 0, 2)
    );
}

#[test]
fn revisions_take_bytes_and_no_hit_that_is_there() {
    let (_folder, mut connection) = opened();
    let items = |text: &str| vec![entry("a", text, None), entry("b", text, None)];
    record(&mut connection, items("hit"), Budget::default(), noon());
    let tight = Budget {
        items: 0,
        bytes: 1,
        hits: 0,
    };
    let counts = record(&mut connection, items("hit, revised"), tight, noon());
    assert_eq!((counts.entries_revised, counts.revised_left_out), (1, 1));
    let counts = record(&mut connection, items("hit, revised"), tight, noon());
    assert_eq!((counts.entries_revised, counts.revised_left_out), (1, 0));
    assert_eq!(number(&connection, "SELECT count(*) FROM hit"), 2);
}

#[test]
fn what_was_let_go_and_says_something_new_is_a_revision() {
    let (_folder, mut connection) = opened();
    let day = SignedDuration::from_hours(24);
    let items = |text: &str| vec![entry("a", text, Some("2026-01-01T00:00:00Z"))];
    let all = Budget::default();
    record(&mut connection, items("other"), all, noon());
    let later = noon() + day * 40;
    let retention = Retention {
        items: day * 30,
        hits: None,
    };
    while retention::prune(&mut connection, retention, later).expect("pruned") > 0 {}
    assert_eq!(keys(&connection), [""; 0]);
    let counts = record(&mut connection, items("other"), all, later);
    assert_eq!((counts.entries_new, counts.entries_revised), (0, 0));
    let known = [("a".to_owned(), items("other")[0].content_hash.clone())];
    assert_eq!(
        polls::possibly_new_items(&connection, "outlet", &known).expect("read"),
        [0; 0]
    );
    let counts = record(&mut connection, items("hit, at last"), all, later);
    assert_eq!(
        (counts.entries_new, counts.entries_revised, counts.hits),
        (0, 1, 1)
    );
    assert_eq!(counts.hits_backlog, 0, "what an old item says now is news");
    assert_eq!(number(&connection, "SELECT count(*) FROM tombstone"), 0);
}

#[test]
fn the_words_of_each_revision_that_matched_are_found_and_go_with_its_hit() {
    let (_folder, mut connection) = opened();
    let all = Budget::default();
    let day = SignedDuration::from_hours(24);
    record(
        &mut connection,
        vec![entry("a", "hit early", None)],
        all,
        noon(),
    );
    connection
        .execute("UPDATE hit SET watch_id = 'first'", [])
        .expect("another watch");
    let revised = vec![entry("a", "hit lately", None)];
    record(&mut connection, revised, all, noon() + day * 20);
    let found = |connection: &Connection, word: &str| {
        let sql = format!("SELECT count(*) FROM entry_text WHERE entry_text MATCH '{word}'");
        number(connection, &sql)
    };
    assert_eq!(
        (found(&connection, "early"), found(&connection, "lately")),
        (1, 1)
    );
    assert_eq!(number(&connection, "SELECT count(*) FROM entry_text"), 1);
    let retention = Retention {
        items: day * 30,
        hits: Some(day * 30),
    };
    let later = noon() + day * 40;
    while retention::prune(&mut connection, retention, later).expect("pruned") > 0 {}
    assert_eq!(number(&connection, "SELECT count(*) FROM hit"), 1);
    assert_eq!(
        (found(&connection, "early"), found(&connection, "lately")),
        (0, 1)
    );
}
