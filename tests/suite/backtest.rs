//! Edited watches against what is stored, and how long that is.

use jiff::{SignedDuration, Timestamp};
use newsvigil::core::alert::Urgency;
use newsvigil::core::article::Policy;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::store::polls::{
    NewHit, PollRecord, PolledContent, PolledEntry, Receiver, RecordContext,
};
use newsvigil::store::{polls, retention};

use crate::connection::Connection;
use crate::web::{Page, Web, rss};
use crate::world::{WATCH, World};

#[test]
fn a_backtest_shows_what_an_edit_gains_and_loses() {
    let web = Web::start("127.0.0.1");
    let stories = [
        ("Police used lethal force", "a", "Protesters were shot."),
        ("Tear gas in the square", "b", "Protesters fled."),
        ("Cup final", "c", "Nobody scored."),
    ];
    web.put("/feed", Page::Feed(rss("The Outlet", &stories)));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["hits"], 1);
    let same = world.run(&["backtest", "--json"]).ok().json();
    assert_eq!(
        (&same["kept"], same["gained"].as_array().map(Vec::len)),
        (&1.into(), Some(0))
    );

    let edited = WATCH
        .replace("\"lethal force\" AND", "\"tear gas\" AND")
        .replace("used lethal force against", "used tear gas against");
    world.write("watches/force.toml", &edited);
    let change = world.run(&["backtest", "--json"]).ok().json();
    assert_eq!(change["kept"], 0);
    assert_eq!(change["gained"][0]["title"], "Tear gas in the square");
    assert_eq!(change["lost"][0]["title"], "Police used lethal force");
    let people = world.run(&["backtest"]).ok().stdout;
    assert!(people.contains("0 kept, 1 gained, 1 lost"), "{people}");
    assert_eq!(world.once()["hits"], 0, "a backtest changes nothing");
    let none = world.run(&["backtest", "--since", "1s", "--watch", "force", "--json"]);
    assert_eq!(none.code, 0, "{none:?}");
    assert_eq!(world.run(&["backtest", "--watch", "nope"]).code, 64);
}

/// A poll at `now` whose body held these items; `hit` ones match.
fn poll_at(connection: &mut Connection, now: Timestamp, items: &[(&str, bool)]) -> u64 {
    let entries = items
        .iter()
        .map(|(key, hit)| PolledEntry {
            key: (*key).to_owned(),
            content_hash: (*key).to_owned(),
            document: Document {
                title: if *hit { "hit" } else { "quiet" }.to_owned(),
                ..Document::default()
            },
            published: None,
            updated: None,
        })
        .collect();
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
        budget: Budget::default().into(),
        decide: Box::new(|_| FeedState::default()),
    };
    let mut matcher = |_: &str, _: usize, document: &Document| {
        let hit = NewHit {
            watch_id: "watch".to_owned(),
            watch_title: "Watch".to_owned(),
            topic: "topic".to_owned(),
            watch_version: "1".to_owned(),
            score: 0,
            spans: "[]".to_owned(),
            in_article: false,
            recipients: vec![Receiver {
                id: "desk".to_owned(),
                urgency: Urgency::Digest,
            }],
        };
        Ok((document.title == "hit")
            .then_some(hit)
            .into_iter()
            .collect())
    };
    let mut recording = RecordContext {
        now,
        backlog: SignedDuration::from_hours(24 * 7),
        program_version: "0",
        matcher: &mut matcher,
    };
    let counts = polls::record(connection, &[poll], &mut recording)
        .expect("recorded")
        .remove(0);
    counts.expect("stored").entries_new
}

#[test]
fn what_nothing_was_found_in_goes_after_its_time_and_never_comes_back_as_new() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let mut connection = Connection::open(&folder.path().join("newsvigil.db"));
    let start: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
    let month = SignedDuration::from_hours(24 * 30);
    let day = |number: i64| start + SignedDuration::from_hours(24 * number);

    assert_eq!(
        poll_at(
            &mut connection,
            day(0),
            &[("gone", false), ("stays", false), ("hit", true)]
        ),
        3
    );
    // The feed lets go of two of them, and then says the same for two months.
    assert_eq!(
        poll_at(&mut connection, day(2), &[("stays", false), ("new", false)]),
        1
    );
    let kept = retention::Retention {
        items: month,
        hits: None,
    };
    let mut prune = |now| retention::prune(&mut connection, kept, now).expect("pruned");
    assert_eq!(prune(day(29)), 0, "its time is not over");
    assert_eq!(
        prune(day(60)),
        3,
        "without a hit for longer than a month, whether it is gone or not"
    );
    assert_eq!(prune(day(60)), 0);
    assert_eq!(
        poll_at(
            &mut connection,
            day(61),
            &[("stays", false), ("new", false)]
        ),
        0,
        "what the feed still lists is known again"
    );
    let left: Vec<String> = connection
        .prepare("SELECT key FROM entry ORDER BY id")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .expect("the keys");
    assert_eq!(left, ["hit"]);
    // What it drops and brings again is new, as ever.
    assert_eq!(poll_at(&mut connection, day(63), &[("gone", false)]), 1);
    retention::prune(&mut connection, kept, day(63)).expect("pruned");
    let known: i64 = connection
        .query_row("SELECT count(*) FROM tombstone", [], |row| row.get(0))
        .expect("a number");
    assert_eq!(known, 0, "what is not listed any more is not remembered");
}
