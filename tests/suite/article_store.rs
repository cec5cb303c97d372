//! The pages behind items in the database: which are queued, what is kept of them, and that whoever reads an
//! item or a hit gets the words that were matched.

use std::fs;

use jiff::{SignedDuration, Timestamp};
use newsvigil::config::{self, Config};
use newsvigil::core::article::{PageVerdict, PageVerdictCounts, Policy};
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::daemon;
use newsvigil::store::articles::{
    self, SettleCounts, Settled, SettlementContext, Step, WAITING_AT_MOST, WAITING_OF_A_FEED,
    Waiting,
};
use newsvigil::store::digests::{self, PendingScope, Texts};
use newsvigil::store::entries::{self, EntryBatch, EntryFilter, EntryRow};
use newsvigil::store::hits::{self, HitFilter, HitRow};
use newsvigil::store::polls::{
    self, NewHit, PollCounts, PollRecord, PolledContent, PolledEntry, RecordContext,
};
use newsvigil::store::retention::{self, Retention};
use newsvigil::store::{self, backup, mutes};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::chance::Chance;

const FEED: &str = "https://outlet.example/feed.xml";

const WATCHES: &str = r#"
[[watch]]
id = "gas"
title = "Tear gas"
match = '"tear gas" OR gaz OR газ OR 催泪弹 OR الغاز'
urgency = "alert"

[[watch]]
id = "as-fed"
title = "What feeds say"
match = '"tear gas" OR gaz OR газ OR 催泪弹 OR الغاز OR teaser'
articles = false

[[watch]]
id = "killed"
title = "Killed"
match = 'march AND (killed OR wounded)'
"#;

struct Desk {
    folder: TempDir,
    connection: Connection,
    config: Config,
    now: Timestamp,
}

/// An item of a feed.
#[derive(Clone)]
struct Story<'a> {
    key: &'a str,
    title: &'a str,
    text: &'a str,
    link: Option<&'a str>,
}

const STORY: Story<'static> = Story {
    key: "a",
    title: "A march",
    text: "A teaser.",
    link: Some("https://outlet.example/a"),
};

impl Desk {
    fn new() -> Self {
        Self::with(WATCHES)
    }

    fn with(watches: &str) -> Self {
        Self::of(
            "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
            watches,
        )
    }

    fn of(settings: &str, watches: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        fs::create_dir(folder.path().join("watches")).expect("a folder");
        for (name, text) in [
            ("newsvigil.toml", settings),
            ("feeds.toml", ""),
            ("watches/all.toml", watches),
        ] {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        let (config, _) =
            config::load(folder.path()).unwrap_or_else(|problems| panic!("{problems:?}"));
        Self {
            connection: store::open(&folder.path().join("newsvigil.db")).expect("a database"),
            folder,
            config,
            now: "2026-11-24T12:00:00Z".parse().expect("a time"),
        }
    }

    fn later(&mut self, hours: i64) {
        self.now += SignedDuration::from_hours(hours);
    }

    fn poll(&mut self, policy: Policy, stories: &[Story<'_>]) -> PollCounts {
        self.poll_dated(policy, stories, None)
    }

    fn poll_dated(
        &mut self,
        policy: Policy,
        stories: &[Story<'_>],
        published: Option<Timestamp>,
    ) -> PollCounts {
        let entries = stories.iter().map(|story| PolledEntry {
            key: story.key.to_owned(),
            content_hash: format!("{}\n{}", story.title, story.text),
            document: Document {
                title: story.title.to_owned(),
                text: story.text.to_owned(),
                url: story.link.map(str::to_owned),
                feed: Some("outlet".to_owned()),
                ..Document::default()
            },
            published,
            updated: None,
        });
        let record = PollRecord {
            feed_id: "outlet".to_owned(),
            url: FEED.to_owned(),
            content: Some(PolledContent {
                by_address: false,
                is_page: false,
                title: Some("The Outlet".to_owned()),
                warnings: Vec::new(),
                entries: entries.collect(),
            }),
            articles: policy,
            budget: Budget {
                items: 10_000,
                hits: 10_000,
                ..Budget::default()
            }
            .into(),
            decide: Box::new(|_| FeedState::default()),
        };
        let (config, mut scratch) = (&self.config, daemon::Scratch::default());
        let mut recording = RecordContext {
            now: self.now,
            backlog: SignedDuration::from_hours(24),
            program_version: "1",
            matcher: &mut |feed, _, document| daemon::hits(config, feed, document, &mut scratch),
        };
        let recorded = polls::record(&mut self.connection, &[record], &mut recording);
        recorded.expect("recorded").remove(0).expect("stored")
    }

    fn waiting(&self) -> Vec<(i64, Waiting)> {
        articles::waiting(&self.connection, 0, 10_000).expect("read")
    }

    /// What comes of a page that waits, when this is the article.
    fn read(&self, row: i64, article: &str) -> Settled {
        let documents = articles::documents(&self.connection, &[row]).expect("read");
        let hits = documents.first().map_or_else(Vec::new, |(_, document)| {
            let document = Document {
                text: article.to_owned(),
                ..document.clone()
            };
            let mut scratch = daemon::Scratch::default();
            daemon::hits_in_article(&self.config, "outlet", &document, &mut scratch)
                .expect("matched")
        });
        settled(row, PageVerdict::Whole, Some(article), hits)
    }

    fn settle(&mut self, pages: &[Settled]) -> SettleCounts {
        self.settle_within(pages, 1_000)
    }

    fn settle_within(&mut self, pages: &[Settled], daily_hits: u64) -> SettleCounts {
        let settling = SettlementContext {
            now: self.now,
            program_version: "1",
            daily_hits,
        };
        articles::settle(&mut self.connection, pages, &settling).expect("settled")
    }

    /// Polls an item and reads its article.
    fn publish(&mut self, story: &Story<'_>, article: &str) -> SettleCounts {
        self.poll(Policy::All, std::slice::from_ref(story));
        let row = self.waiting().last().expect("it waits").0;
        let page = self.read(row, article);
        self.settle(&[page])
    }

    fn hits(&self, filter: &HitFilter) -> Vec<HitRow> {
        let mut found = Vec::new();
        hits::list(&self.connection, filter, &mut |hit| {
            found.push(hit);
            Ok(())
        })
        .expect("listed");
        found
    }

    fn search(&self, words: &str) -> usize {
        let filter = HitFilter {
            search: Some(words.to_owned()),
            ..HitFilter::default()
        };
        self.hits(&filter).len()
    }

    fn entry(&self, id: i64) -> EntryRow {
        let entry = entries::get(&self.connection, id).expect("read");
        entry.expect("there is such an item")
    }

    fn number(&self, sql: &str) -> i64 {
        self.connection
            .query_row(sql, [], |row| row.get(0))
            .expect(sql)
    }

    fn counts(&self) -> PageVerdictCounts {
        let day = SignedDuration::from_hours(24);
        let (since, until) = (self.now - day, self.now + day);
        let counts = articles::read_of(&self.connection, "outlet", since, until).expect("counted");
        let by_feed = articles::read_by_feed(&self.connection, since, until).expect("counted");
        assert_eq!(by_feed.get("outlet").cloned().unwrap_or_default(), counts);
        counts
    }
}

fn settled(rowid: i64, verdict: PageVerdict, text: Option<&str>, hits: Vec<NewHit>) -> Settled {
    Settled {
        rowid,
        address: "https://outlet.example/read".to_owned(),
        verdict,
        why: None,
        title: Some("Zebrafinch".to_owned()),
        byline: None,
        published: None,
        language: None,
        canonical: None,
        text: text.map(str::to_owned),
        hits,
    }
}

/// The words that a hit's spans cover in the texts that it comes with.
fn words(hit: &HitRow) -> Vec<&str> {
    let span = |span: &hits::StoredSpan| {
        let text = match span.field.as_str() {
            "title" => &hit.title,
            "text" => &hit.text,
            other => panic!("a span in {other}"),
        };
        text.get(span.start..span.end).expect("a span that fits")
    };
    hit.spans.iter().map(span).collect()
}

#[test]
fn what_the_policy_wants_is_queued_and_what_leads_to_no_article_is_not() {
    let long = "word ".repeat(200);
    let stories = [
        Story {
            key: "long",
            text: &long,
            link: Some("https://outlet.example/long"),
            ..STORY
        },
        Story {
            key: "short",
            text: "Nothing.",
            link: Some("https://outlet.example/short"),
            ..STORY
        },
        Story {
            key: "hit",
            text: &format!("{long} tear gas"),
            link: Some("https://www.google.com/url?url=https://outlet.example/hit"),
            ..STORY
        },
        Story {
            key: "no link",
            link: None,
            ..STORY
        },
        Story {
            key: "front page",
            link: Some("https://outlet.example/"),
            ..STORY
        },
        Story {
            key: "feed",
            link: Some("https://outlet.example/feed.xml#3"),
            ..STORY
        },
        Story {
            key: "film",
            link: Some("rtsp://outlet.example/film"),
            ..STORY
        },
    ];
    for (policy, expected) in [
        (Policy::Auto, vec!["short"]),
        (Policy::All, vec!["long", "short", "hit"]),
        (Policy::Hits, vec!["hit"]),
        (Policy::Off, vec![]),
    ] {
        let mut desk = Desk::new();
        let counts = desk.poll(policy, &stories);
        let waiting = desk.waiting();
        let last = |address: &str| address.rsplit('/').next().map(str::to_owned);
        let pages: Vec<String> = waiting
            .iter()
            .filter_map(|(_, page)| last(&page.address))
            .collect();
        assert_eq!(pages, expected, "{policy:?}");
        assert_eq!(counts.articles, expected.len() as u64);
        for (_, page) in &waiting {
            assert_eq!((page.queued, page.due), (desk.now, desk.now));
            assert_eq!((page.hops, page.attempts, page.revision), (0, 0, 0));
        }
        assert_eq!(desk.counts().waiting, expected.len() as u64);
    }
}

#[test]
fn no_page_of_the_backlog_or_of_an_archive_is_queued() {
    let mut desk = Desk::new();
    let (month_ago, now) = (desk.now - SignedDuration::from_hours(30 * 24), desk.now);
    desk.poll_dated(Policy::All, &[STORY], Some(month_ago));
    assert_eq!(desk.waiting(), [], "the backlog");
    let keys: Vec<String> = (0..30).map(|number| number.to_string()).collect();
    let archive: Vec<Story<'_>> = keys.iter().map(|key| Story { key, ..STORY }).collect();
    desk.later(1);
    desk.poll_dated(Policy::All, &archive, Some(month_ago));
    assert_eq!(desk.waiting(), [], "an archive");
    desk.later(1);
    let revised = Story {
        text: "What an old item says now is news.",
        ..STORY
    };
    desk.poll_dated(Policy::All, &[revised], Some(now));
    assert_eq!(desk.waiting().len(), 1);
}

#[test]
fn a_revised_item_takes_the_place_of_what_waited_and_numbers_are_never_given_twice() {
    let mut desk = Desk::new();
    desk.poll(Policy::Auto, &[STORY]);
    let (first, _) = desk.waiting().remove(0);
    let page = desk.read(first, "They fired tear gas.");
    let revised = Story {
        text: "Another teaser.",
        link: Some("https://outlet.example/b"),
        ..STORY
    };
    desk.poll(Policy::Auto, &[revised]);
    let waiting = desk.waiting();
    let [(second, page_of_second)] = waiting.as_slice() else {
        panic!("{waiting:?}");
    };
    assert!(*second > first);
    assert_eq!(page_of_second.revision, 1);
    assert_eq!(page_of_second.address, "https://outlet.example/b");
    assert_eq!(
        articles::waiting(&desk.connection, first, 9).expect("read"),
        waiting,
        "whoever reads on behind the first finds it"
    );
    // What was read meanwhile is of the revision that is gone.
    assert_eq!(
        articles::documents(&desk.connection, &[first]).expect("read"),
        []
    );
    let counts = desk.settle(&[page]);
    assert_eq!((counts.dropped, counts.settled, counts.hits), (1, 0, 0));
    assert_eq!(desk.waiting(), waiting);
    // Where the new text is long enough, nothing waits.
    let long = "word ".repeat(200);
    desk.poll(
        Policy::Auto,
        &[Story {
            text: &long,
            ..STORY
        }],
    );
    assert_eq!(desk.waiting(), []);
}

#[test]
fn what_waits_is_bounded_and_what_has_no_room_is_told() {
    let mut desk = Desk::new();
    let keys: Vec<String> = (0..WAITING_OF_A_FEED + 5).map(|n| n.to_string()).collect();
    let stories: Vec<Story<'_>> = keys.iter().map(|key| Story { key, ..STORY }).collect();
    assert_eq!(
        desk.poll(Policy::Auto, &stories).articles,
        WAITING_OF_A_FEED
    );
    let counts = desk.counts();
    assert_eq!(counts.waiting, WAITING_OF_A_FEED);
    assert_eq!(counts.of(PageVerdict::NotAsked), 5);
    assert_eq!(counts.by_feed_text_only(), 5);
    let why =
        "SELECT count(*) FROM article WHERE why = '2000 pages of its feed were waiting already'";
    assert_eq!(desk.number(why), 5);

    let mut desk = Desk::new();
    desk.connection
        .pragma_update(None, "foreign_keys", false)
        .expect("set");
    desk.connection
        .execute(
            "INSERT INTO article (entry_id, revision, feed_id, address, queued_at, due_at)
             SELECT value, 0, 'feed ' || (value % 100), '', 0, 0 FROM (
               WITH RECURSIVE numbers (value) AS (
                 SELECT 1000000 UNION ALL SELECT value + 1 FROM numbers WHERE value < 1000000 + ?1)
               SELECT value FROM numbers)",
            [WAITING_AT_MOST - 3],
        )
        .expect("filled");
    assert_eq!(desk.poll(Policy::Auto, &stories[..5]).articles, 2);
    assert_eq!(desk.counts().of(PageVerdict::NotAsked), 3);
    // There is room again where others were settled, though their numbers lie apart.
    desk.connection
        .execute("DELETE FROM article WHERE id BETWEEN 100 AND 102", [])
        .expect("deleted");
    assert_eq!(desk.poll(Policy::Auto, &stories[5..15]).articles, 3);
}

#[test]
fn what_stands_in_the_article_alone_is_told_at_once_and_once() {
    let mut desk = Desk::new();
    let first = desk.poll(Policy::Auto, &[STORY]);
    assert_eq!(first.hits, 1, "the watch that sees what feeds say");
    let row = desk.waiting()[0].0;
    let page = desk.read(
        row,
        "They marched.\nPolice fired tear gas; two were wounded at the march.",
    );
    assert_eq!(page.hits.len(), 2);
    let counts = desk.settle(std::slice::from_ref(&page));
    assert_eq!((counts.settled, counts.hits, counts.hits_muted), (1, 2, 0));
    let of_desk = |urgency: &str| {
        format!(
            "SELECT count(*) FROM delivery WHERE recipient_id = 'desk' AND urgency = '{urgency}'"
        )
    };
    assert_eq!(desk.number(&of_desk("alert")), 1);
    assert_eq!(desk.number(&of_desk("digest")), 2);
    for hit in desk.hits(&HitFilter::default()) {
        assert_eq!(hit.in_article, hit.watch_id != "as-fed");
        let page = articles::page_of(&desk.connection, hit.entry_id, hit.revision);
        let page = page.expect("read").expect("there is a page");
        assert_eq!(page.verdict, Some(PageVerdict::Whole));
    }
    // The row is settled: the same again changes nothing.
    assert_eq!(desk.settle(&[page]).dropped, 1);
    assert_eq!(desk.number("SELECT count(*) FROM hit"), 3);
    assert_eq!(desk.waiting(), []);
    assert_eq!(desk.counts().whole(), 1);
}

#[test]
fn a_watch_that_found_the_item_by_its_feed_finds_it_once() {
    let mut desk = Desk::new();
    let story = Story {
        text: "Tear gas at a march.",
        ..STORY
    };
    let counts = desk.publish(&story, "Tear gas at a march. More tear gas.");
    assert_eq!((counts.settled, counts.hits), (1, 0));
    assert_eq!(desk.number("SELECT count(*) FROM hit"), 2);
}

/// By the teaser alone it is too little for some; they are told once the article says more.
#[test]
fn whom_only_the_article_concerns_is_told_of_what_the_feed_told_others() {
    let settings = r#"
[[recipient]]
id = "all"
address = "all@example.org"

[[recipient]]
id = "few"
address = "few@example.org"
min_score = 5
"#;
    let watch = r#"
[[watch]]
id = "force"
title = "Force"
match = 'police'
score = { "live rounds" = 6 }
alert_above = 5
"#;
    let story = Story {
        text: "Police came to a march.",
        ..STORY
    };
    let article = "Police came to a march and fired live rounds.";
    let owed = "SELECT count(*) FROM delivery WHERE urgency = 'alert'";
    let mut desk = Desk::of(settings, watch);
    desk.poll(Policy::All, std::slice::from_ref(&story));
    assert_eq!(desk.number("SELECT count(*) FROM delivery"), 1);
    assert_eq!(desk.number(owed), 0);
    let page = desk.read(desk.waiting()[0].0, article);
    let counts = desk.settle(&[page]);
    assert_eq!((counts.hits, counts.hits_raised), (0, 1));
    assert_eq!(desk.number("SELECT count(*) FROM delivery"), 2);
    assert_eq!(desk.number(owed), 2);
    let hits = desk.hits(&HitFilter::default());
    assert_eq!(
        (hits.len(), hits[0].score, hits[0].in_article),
        (1, 6, true)
    );
    assert_eq!(hits[0].text, article);

    // What a digest has told is not told again, and a mute holds.
    let mut desk = Desk::of(settings, watch);
    desk.poll(Policy::All, std::slice::from_ref(&story));
    desk.connection
        .pragma_update(None, "foreign_keys", false)
        .expect("set");
    desk.connection
        .execute("UPDATE delivery SET digest_id = 1", [])
        .expect("told");
    let page = desk.read(desk.waiting()[0].0, article);
    assert_eq!(desk.settle(&[page]).hits_raised, 1);
    assert_eq!(desk.number(owed), 1, "to the other one");

    let mut desk = Desk::of(settings, watch);
    let ends = desk.now + SignedDuration::from_hours(1);
    mutes::add(&desk.connection, "force", "known", desk.now, ends).expect("muted");
    let counts = desk.publish(&story, article);
    assert_eq!((counts.hits, counts.hits_raised), (0, 0));
    assert_eq!(desk.number("SELECT count(*) FROM delivery"), 0);
}

#[test]
fn a_page_that_cannot_be_stored_holds_up_no_other() {
    let mut desk = Desk::new();
    let keys = ["a", "b", "c"];
    let stories: Vec<Story<'_>> = keys.iter().map(|key| Story { key, ..STORY }).collect();
    desk.poll(Policy::All, &stories);
    let found = "Police fired tear gas.";
    let rows: Vec<i64> = desk.waiting().iter().map(|(row, _)| *row).collect();
    let mut pages: Vec<Settled> = rows.iter().map(|row| desk.read(*row, found)).collect();
    let endless = "a".repeat((16 << 20) + 1);
    pages[1].text = Some(endless);
    let counts = desk.settle(&pages);
    assert_eq!((counts.settled, counts.hits), (3, 2));
    assert_eq!(desk.waiting(), []);
    assert_eq!(
        (desk.counts().whole(), desk.counts().of(PageVerdict::TooBig)),
        (2, 1)
    );
}

/// A clock that was ahead for a while has used up no later day.
#[test]
fn what_was_read_while_the_clock_was_ahead_counts_for_that_day_alone() {
    let mut desk = Desk::new();
    desk.later(24 * 365);
    assert_eq!(desk.publish(&STORY, "Police fired tear gas.").hits, 1);
    desk.later(-24 * 365);
    let asked = articles::asked_today(&desk.connection, "outlet", desk.now).expect("counted");
    assert_eq!(asked, 0);
    let other = Story {
        key: "b",
        title: "Another march",
        link: Some("https://outlet.example/b"),
        ..STORY
    };
    desk.poll(Policy::All, &[other]);
    let row = desk.waiting()[0].0;
    let page = desk.read(row, "Police fired tear gas.");
    assert!(desk.settle_within(&[page], 1).put_off.is_empty());
}

#[test]
fn a_muted_watch_is_muted_in_articles_too() {
    let mut desk = Desk::new();
    let ends = desk.now + SignedDuration::from_hours(1);
    mutes::add(&desk.connection, "gas", "known", desk.now, ends).expect("muted");
    let counts = desk.publish(&STORY, "Police fired tear gas.");
    assert_eq!((counts.hits, counts.hits_muted), (1, 1));
    assert_eq!(
        desk.number("SELECT count(*) FROM delivery WHERE urgency = 'alert'"),
        0
    );
}

#[test]
fn an_article_that_is_read_again_is_told_as_a_revision_is() {
    let mut desk = Desk::new();
    let story = Story {
        title: "Ten hurt in the capital on Tuesday",
        ..STORY
    };
    let article = "Two were wounded at the march, and there was tear gas.";
    assert_eq!(desk.publish(&story, article).hits, 2);
    let corrected = Story {
        text: "A teaser, corrected.",
        ..story
    };
    let again = desk.publish(&corrected, article);
    assert_eq!((again.settled, again.hits), (1, 0), "the same article");
    let longer = Story {
        text: "A teaser, and more.",
        ..story
    };
    let again = desk.publish(
        &longer,
        "Killed, wounded: the march ended in tear gas and gaz.",
    );
    assert_eq!(again.hits, 0, "other words in the body");
    let title = Story {
        title: "Ten hurt, some killed, in the capital on Tuesday",
        text: "A teaser, and more.",
        ..story
    };
    let again = desk.publish(&title, article);
    assert_eq!(
        again.hits, 1,
        "a word in the title that was not found before"
    );
    let newest = &desk.hits(&HitFilter::default())[0];
    assert_eq!((newest.watch_id.as_str(), newest.revision), ("killed", 3));
    assert!(words(newest).contains(&"killed"), "{newest:?}");
}

#[test]
fn articles_have_so_many_hits_a_day_and_the_rest_waits_for_the_next() {
    let mut desk = Desk::new();
    let keys: Vec<String> = (0..4).map(|number| number.to_string()).collect();
    let stories: Vec<Story<'_>> = keys
        .iter()
        .map(|key| Story {
            key,
            text: "",
            ..STORY
        })
        .collect();
    desk.poll(Policy::Auto, &stories);
    let found = "Tear gas at a march; two wounded.";
    let mut rows: Vec<i64> = desk.waiting().iter().map(|(row, _)| *row).collect();
    let unfound = desk.read(rows.pop().expect("a row"), "Nothing.");
    let mut pages: Vec<Settled> = rows.iter().map(|row| desk.read(*row, found)).collect();
    pages.push(unfound);
    // Two hits each: what begins within the bound is taken, and what finds nothing costs nothing.
    let counts = desk.settle_within(&pages, 3);
    assert_eq!((counts.settled, counts.hits), (3, 4));
    assert_eq!(counts.put_off, rows[2..]);
    let waiting = desk.waiting();
    assert_eq!(waiting.len(), 1);
    assert_eq!(
        waiting[0].1.due,
        "2026-11-25T00:00:00Z".parse().expect("a time")
    );
    assert_eq!(desk.counts().waiting, 1);
    let again = desk.read(rows[2], found);
    assert_eq!(
        desk.settle_within(std::slice::from_ref(&again), 3).put_off,
        rows[2..]
    );
    desk.later(12);
    assert_eq!(desk.settle_within(&[again], 3).hits, 2, "nothing is lost");
    assert_eq!(desk.number("SELECT count(*) FROM hit"), 6);
}

#[test]
fn pages_of_today_are_counted_by_what_was_asked() {
    let mut desk = Desk::new();
    let keys: Vec<String> = (0..6).map(|number| number.to_string()).collect();
    let stories: Vec<Story<'_>> = keys.iter().map(|key| Story { key, ..STORY }).collect();
    desk.poll(Policy::Auto, &stories);
    let rows: Vec<i64> = desk.waiting().iter().map(|(row, _)| *row).collect();
    let asked =
        |desk: &Desk| articles::asked_today(&desk.connection, "outlet", desk.now).expect("counted");
    assert_eq!(asked(&desk), 0);
    let step = Step {
        address: "https://outlet.example/elsewhere".to_owned(),
        hops: 1,
        attempts: 0,
        due: desk.now,
    };
    articles::postpone(&mut desk.connection, &[(rows[0], step.clone())]).expect("noted");
    assert_eq!(asked(&desk), 1);
    let waiting = desk.waiting();
    assert_eq!(waiting[0].1.address, step.address);
    assert_eq!((waiting[0].1.hops, waiting[0].0), (1, rows[0]));
    let verdicts = [
        PageVerdict::Whole,
        PageVerdict::Paywalled,
        PageVerdict::Robots,
        PageVerdict::NotAsked,
    ];
    let pages: Vec<Settled> = rows[..4]
        .iter()
        .zip(verdicts)
        .map(|(row, verdict)| settled(*row, verdict, None, Vec::new()))
        .collect();
    assert_eq!(desk.settle(&pages).settled, 4);
    assert_eq!(asked(&desk), 3, "one of two was asked for at two addresses");
    let counts = desk.counts();
    assert_eq!(
        (counts.whole(), counts.by_feed_text_only(), counts.waiting),
        (1, 3, 2)
    );
    assert_eq!(counts.of(PageVerdict::Paywalled), 1);
    // A settled page takes no step.
    articles::postpone(&mut desk.connection, &[(rows[3], step)]).expect("noted");
    assert_eq!(
        desk.number("SELECT count(*) FROM article WHERE hops = 1"),
        1
    );
    desk.later(24);
    assert_eq!(asked(&desk), 0, "a new day");
    // What was read before the span is not in it.
    desk.later(24);
    assert_eq!(desk.counts().settled.len(), 0);
}

/// Whoever loads an item or a hit gets the words that were matched, whatever became of the item since.
#[test]
fn every_reader_gets_the_text_that_was_matched() {
    let mut chance = Chance(7);
    let keywords = ["tear gas", "gaz", "газ", "催泪弹", "الغاز"];
    let fillers = [
        "Ils marchèrent. ",
        "Они шли.\n",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ",
        "e\u{301}te\u{301} ",
        "\u{2029}",
        "行进。 ",
    ];
    for keyword in keywords {
        let mut filler = |number: u64| -> String {
            let pick =
                |_| fillers[usize::try_from(chance.below(fillers.len() as u64)).expect("small")];
            (0..number).map(pick).collect()
        };
        let article = format!("{} {keyword} {}", filler(40), filler(20));
        let mut desk = Desk::new();
        let counts = desk.publish(&STORY, &article);
        assert_eq!(counts.hits, 1, "{article:?}");
        check_readers(&desk, &article, keyword);

        // Whatever is published next, the hits keep their words.
        let second = format!("{} nothing of the kind", filler(9));
        for text in ["Teaser, revised.", "Teaser, revised again.", "Another one."] {
            let revised = Story { text, ..STORY };
            desk.publish(&revised, &second);
        }
        let found = desk.hits(&HitFilter::default());
        let gas = found
            .iter()
            .find(|hit| hit.watch_id == "gas")
            .expect("the hit");
        assert_eq!((gas.revision, gas.text.as_str()), (0, article.as_str()));
        assert_eq!(words(gas), [keyword]);
        let as_fed = found
            .iter()
            .find(|hit| hit.watch_id == "as-fed")
            .expect("the hit");
        assert_eq!(
            (as_fed.text.as_str(), words(as_fed)),
            ("A teaser.", vec!["teaser"])
        );
        let now = desk.entry(1);
        assert_eq!(now.document.text, second);
        let then = entries::at_revision(&desk.connection, &now, 0).expect("read");
        assert_eq!(then.document.text, article);
        assert_eq!(then.without_article().text, "A teaser.");
        assert_eq!(
            desk.search(keyword),
            2,
            "both hits of the item, by the article's words"
        );
        // Of the revisions that nothing points into, no text is kept.
        assert_eq!(desk.number("SELECT count(text) FROM article"), 2);
    }
}

fn check_readers(desk: &Desk, article: &str, keyword: &str) {
    let entry = desk.entry(1);
    assert_eq!(entry.document.text, article);
    assert_eq!(entry.feed_text.as_deref(), Some("A teaser."));
    assert_eq!(entry.without_article().text, "A teaser.");
    let mut scratch = daemon::Scratch::default();
    let found = daemon::hits_in_stored(&desk.config, &entry, &mut scratch).expect("matched");
    let mut by_watch: Vec<(&str, bool)> = found
        .iter()
        .map(|hit| (hit.watch_id.as_str(), hit.in_article))
        .collect();
    by_watch.sort_unstable();
    assert_eq!(by_watch, [("as-fed", false), ("gas", true)]);

    let mut texts = Vec::new();
    let stretch = EntryBatch {
        since: Timestamp::MIN,
        after: 0,
        most: None,
    };
    entries::each(&desk.connection, stretch, &mut |entry| {
        texts.push(entry.document.text);
        Ok(())
    })
    .expect("read");
    entries::list(&desk.connection, &EntryFilter::default(), &mut |listed| {
        texts.push(listed.entry.document.text);
        Ok(())
    })
    .expect("read");
    assert_eq!(texts, [article, article]);

    for hit in desk.hits(&HitFilter::default()) {
        match hit.watch_id.as_str() {
            "gas" => assert_eq!((words(&hit), hit.text.as_str()), (vec![keyword], article)),
            _ => assert_eq!(
                (words(&hit), hit.text.as_str()),
                (vec!["teaser"], "A teaser.")
            ),
        }
    }
    let owed = digests::pending_item(
        &desk.connection,
        "desk",
        &PendingScope::Digest,
        1,
        Texts::All,
    );
    let owed = owed.expect("read");
    assert_eq!(owed.len(), 2);
    for item in &owed {
        let text = if item.in_article {
            article
        } else {
            "A teaser."
        };
        assert_eq!(&*item.text, text);
        for span in &item.spans {
            assert!(text.get(span.start..span.end).is_some(), "{span:?}");
        }
    }
    let told = newsvigil::core::digest::item(owed).expect("an item");
    let excerpt: String = told
        .excerpt
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
    assert!(excerpt.contains(keyword), "{excerpt:?}");
    let terms: Vec<&String> = told
        .mentions
        .iter()
        .flat_map(|mention| &mention.terms)
        .collect();
    assert_eq!(terms.len(), 2, "each watch with its own words: {terms:?}");
    assert_eq!(desk.search(keyword), 2);
    assert_eq!(
        desk.search("teaser"),
        2,
        "the feed's words are found as well"
    );
}

#[test]
fn a_watch_without_articles_sees_what_the_feed_says() {
    let mut desk = Desk::with(
        "[[watch]]\nid = \"fed\"\ntitle = \"Fed\"\nmatch = 'flood'\narticles = false\n\
         [[watch]]\nid = \"read\"\ntitle = \"Read\"\nmatch = 'flood'\n",
    );
    let find = |desk: &Desk, id| {
        let mut scratch = daemon::Scratch::default();
        let found = daemon::hits_in_stored(&desk.config, &desk.entry(id), &mut scratch);
        let found = found.expect("matched").into_iter();
        let mut found: Vec<(String, bool)> =
            found.map(|hit| (hit.watch_id, hit.in_article)).collect();
        found.sort();
        found
    };
    let only = |watch: &str, in_article| vec![(watch.to_owned(), in_article)];
    assert_eq!(desk.publish(&STORY, "A flood came.").hits, 1);
    assert_eq!(find(&desk, 1), only("read", true));
    // The article leaves out what the feed said.
    let story = Story {
        key: "b",
        text: "A flood.",
        link: Some("https://outlet.example/b"),
        ..STORY
    };
    assert_eq!(desk.publish(&story, "High water, a long article.").hits, 0);
    assert_eq!(find(&desk, 2), only("fed", false));
    // Without an article, both see the same.
    let story = Story {
        key: "c",
        link: None,
        ..story
    };
    desk.poll(Policy::Off, &[story]);
    assert_eq!(
        find(&desk, 3),
        [("fed".to_owned(), false), ("read".to_owned(), false)]
    );
}

#[test]
fn text_stays_with_its_hits_and_goes_with_its_item() {
    let mut desk = Desk::with("[[watch]]\nid = \"gas\"\ntitle = \"Gas\"\nmatch = 'gas'\n");
    let other = Story {
        key: "b",
        link: Some("https://outlet.example/b"),
        ..STORY
    };
    desk.publish(&STORY, "Tear gas.");
    desk.publish(&other, "Nothing.");
    let keep = |desk: &Desk, json: &str| {
        let hosts = [("outlet.example".to_owned(), json.to_owned())];
        articles::save_host_states(&desk.connection, &hosts, desk.now).expect("kept");
    };
    keep(&desk, "{}");
    keep(&desk, "{\"a\": 1}");
    let kept = |desk: &Desk| articles::hosts(&desk.connection).expect("read");
    assert_eq!(
        kept(&desk),
        [("outlet.example".to_owned(), "{\"a\": 1}".to_owned())]
    );
    let prune = |desk: &mut Desk, hits| {
        let retention = Retention {
            items: SignedDuration::from_hours(24 * 60),
            hits,
        };
        while retention::prune(&mut desk.connection, retention, desk.now).expect("pruned") > 0 {}
    };
    desk.later(29 * 24);
    prune(&mut desk, None);
    assert_eq!(kept(&desk).len(), 1);
    assert_eq!(desk.number("SELECT count(*) FROM article"), 2);
    desk.later(2 * 24);
    prune(&mut desk, None);
    assert_eq!(kept(&desk), []);
    // The clock of the newest item tells how old the others are.
    desk.later(60 * 24);
    desk.poll(
        Policy::Off,
        &[Story {
            key: "c",
            title: "Another",
            link: None,
            ..STORY
        }],
    );
    prune(&mut desk, None);
    assert_eq!(
        desk.number("SELECT sum(entry_id) FROM article WHERE text IS NOT NULL"),
        1
    );
    assert_eq!(desk.search("tear"), 1);
    let month = SignedDuration::from_hours(24 * 30);
    desk.connection
        .execute("DELETE FROM delivery", [])
        .expect("told");
    prune(&mut desk, Some(month));
    desk.later(61 * 24);
    desk.poll(
        Policy::Off,
        &[Story {
            key: "d",
            title: "Another",
            link: None,
            ..STORY
        }],
    );
    prune(&mut desk, Some(month));
    assert_eq!(desk.number("SELECT count(*) FROM article"), 0);
    check_nothing_left(&desk);
}

#[test]
fn pages_that_nothing_was_found_in_leave_no_word_in_the_files() {
    let mut desk = Desk::with("[[watch]]\nid = \"gas\"\ntitle = \"Gas\"\nmatch = 'gas'\n");
    let keys: Vec<String> = (0..400)
        .map(|number| format!("https://outlet.example/{number}"))
        .collect();
    let story = |key| Story {
        key,
        link: Some(key),
        ..STORY
    };
    let stories: Vec<Story<'_>> = keys.iter().map(|key| story(key)).collect();
    assert_eq!(desk.poll(Policy::Auto, &stories).articles, 400);
    let mut rows: Vec<i64> = desk.waiting().iter().map(|(row, _)| *row).collect();
    let mut chance = Chance(11);
    while !rows.is_empty() {
        let at = usize::try_from(chance.below(rows.len() as u64)).expect("small");
        let words: String = (0..chance.below(900))
            .map(|_| format!("{} ", chance.below(1_000_000)))
            .collect();
        let page = desk.read(rows.swap_remove(at), &words);
        desk.settle(&[page]);
    }
    desk.later(61 * 24);
    let new = Story {
        key: "new",
        title: "Another",
        link: None,
        ..STORY
    };
    desk.poll(Policy::Off, &[new]);
    let retention = Retention {
        items: SignedDuration::from_hours(24 * 60),
        hits: None,
    };
    while retention::prune(&mut desk.connection, retention, desk.now).expect("pruned") > 0 {}
    assert_eq!(desk.number("SELECT count(*) FROM article"), 0);
    check_nothing_left(&desk);
}

/// No file of the database holds the title that pages have here.
fn check_nothing_left(desk: &Desk) {
    for name in ["newsvigil.db", "newsvigil.db-wal"] {
        let bytes = fs::read(desk.folder.path().join(name)).expect("a file");
        let left = bytes.windows(10).filter(|words| *words == b"Zebrafinch");
        assert_eq!(left.count(), 0, "{name} keeps words of what was deleted");
    }
}

#[test]
fn a_backup_has_the_articles() {
    let mut desk = Desk::new();
    desk.publish(&STORY, "Police fired tear gas.");
    let copy = desk.folder.path().join("copy.db");
    backup::write(&desk.connection, &copy).expect("written");
    let connection = store::open_for_reading(&copy)
        .expect("opened")
        .expect("a database");
    let entry = entries::get(&connection, 1)
        .expect("read")
        .expect("the item");
    assert_eq!(entry.document.text, "Police fired tear gas.");
}
