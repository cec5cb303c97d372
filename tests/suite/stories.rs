//! Stories in the database: what a poll stores is placed before mails are made, a restart changes nothing, what is
//! wrong with stories keeps no mail, and a story can be listed, shown and taken apart.

mod changes;
mod commands;
mod placing;

use std::collections::BTreeMap;

use crate::connection::Connection;
use jiff::{SignedDuration, Timestamp};
use newsvigil::core::article::Policy;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::store::polls::{self, PollRecord, PolledContent, PolledEntry, RecordContext};
use newsvigil::store::stories::{self, ClusteringCache, Member, PlacedCounts, place_waiting};
use tempfile::TempDir;

/// A headline, a lead and a language.
type Words = (&'static str, &'static str, &'static str);

const CRACKDOWN: [Words; 4] = [
    (
        "Police fire tear gas at dock workers in Port Calder",
        "Police fired tear gas and rubber bullets at striking dock workers who had blocked the grain terminal of \
         Port Calder since Monday, wounding eleven people, the dockers' union said.",
        "en",
    ),
    (
        "Eleven wounded as police clear striking dockers from Port Calder grain terminal",
        "Tear gas and rubber bullets were fired at dock workers on strike at the grain terminal of Port Calder, \
         their union said on Tuesday. Eleven of them were wounded.",
        "en",
    ),
    (
        "Tear gas at Port Calder: union says eleven dock workers wounded",
        "The union of the dock workers says that eleven were wounded when police used tear gas and rubber bullets \
         to end the blockade of the grain terminal in Port Calder.",
        "en",
    ),
    (
        "Once heridos en Puerto Calder al dispersar la policía a estibadores en huelga",
        "La policía disparó gases lacrimógenos y balas de goma contra los estibadores en huelga que bloqueaban la \
         terminal de granos de Puerto Calder, según su sindicato.",
        "es",
    ),
];

const TRIAL: [Words; 3] = [
    (
        "Court in Velmora sentences editor Irena Dolsk to six years",
        "A court in Velmora sentenced Irena Dolsk, editor of the weekly Lantern, to six years in prison for \
         extremism after a closed trial, her lawyer said.",
        "en",
    ),
    (
        "Six years in prison for Lantern editor Irena Dolsk after closed trial in Velmora",
        "Irena Dolsk, who edits the weekly Lantern, was sentenced by a court in Velmora to six years for extremism, \
         her lawyer said. The trial was closed to the public.",
        "en",
    ),
    (
        "Lantern editor Dolsk sentenced: lawyer speaks of revenge in Velmora court",
        "The lawyer of Irena Dolsk called the sentence of six years for extremism against the editor of the weekly \
         Lantern an act of revenge by the court in Velmora.",
        "en",
    ),
];

/// An item of a feed.
#[derive(Clone, Debug)]
struct Item {
    feed: &'static str,
    key: String,
    words: (String, String, &'static str),
    published: Option<Timestamp>,
}

fn item(feed: &'static str, words: Words, published: Option<Timestamp>) -> Item {
    Item {
        feed,
        key: words.0.to_owned(),
        words: (words.0.to_owned(), words.1.to_owned(), words.2),
        published,
    }
}

fn start() -> Timestamp {
    "2026-11-20T06:00:00Z".parse().expect("a time")
}

fn hours(number: i64) -> SignedDuration {
    SignedDuration::from_hours(number)
}

/// A database, and what a service has in memory beside it.
struct Desk {
    folder: TempDir,
    connection: Connection,
    keeper: ClusteringCache,
    now: Timestamp,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        Self {
            connection: Connection::open(&folder.path().join("newsvigil.db")),
            keeper: ClusteringCache::default(),
            folder,
            now: start(),
        }
    }

    /// As after a kill: nothing is in memory.
    fn restart(&mut self) {
        self.connection = Connection::open(&self.folder.path().join("newsvigil.db"));
        self.keeper = ClusteringCache::default();
    }

    fn later(&mut self, number: i64) {
        self.now += hours(number);
    }

    /// A body of each feed that is named.
    fn poll(&mut self, items: &[Item]) {
        let mut by_feed: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
        for item in items {
            by_feed.entry(item.feed).or_default().push(item);
        }
        for (feed, items) in by_feed {
            let entries = items.into_iter().map(|item| PolledEntry {
                key: item.key.clone(),
                content_hash: format!("{:?}", item.words),
                document: Document {
                    title: item.words.0.clone(),
                    summary: item.words.1.clone(),
                    language: Some(item.words.2.to_owned()),
                    feed: Some(feed.to_owned()),
                    ..Document::default()
                },
                published: item.published,
                updated: None,
            });
            let record = PollRecord {
                feed_id: feed.to_owned(),
                url: format!("https://{feed}.example/feed"),
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
            };
            let mut recording = RecordContext {
                now: self.now,
                backlog: hours(48),
                program_version: "1",
                matcher: &mut |_, _, _| Ok(Vec::new()),
            };
            let stored = polls::record(&mut self.connection, &[record], &mut recording);
            stored.expect("stored").remove(0).expect("stored");
        }
    }

    fn place(&mut self) -> PlacedCounts {
        let outlet = |feed: &str| format!("{feed}.example");
        let mut counts = PlacedCounts::default();
        loop {
            let now = self.now;
            counts += place_waiting(&mut self.connection, &mut self.keeper, &outlet, now)
                .expect("placed");
            if !counts.more {
                return counts;
            }
        }
    }

    /// Each item by its key, with the key of the item that its story is named after.
    fn stories(&self) -> BTreeMap<String, String> {
        let sql = "SELECT feed_id || ' ' || key, coalesce(
                     (SELECT first.key FROM entry AS first WHERE first.id = found.story), 'let go')
                   FROM (SELECT feed_id, key, STORY AS story FROM entry) AS found";
        let sql = sql.replace("STORY", stories::STORY_OF_ENTRY);
        let mut statement = self.connection.prepare(&sql).expect("a query");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.expect("rows").collect::<Result<_, _>>().expect("rows")
    }

    fn entry(&self, title: &str) -> i64 {
        let sql = "SELECT id FROM entry WHERE key = ?1";
        let found = self.connection.query_row(sql, [title], |row| row.get(0));
        found.expect(title)
    }

    fn story_of(&self, words: Words) -> i64 {
        let story = stories::of_entry(&self.connection, self.entry(words.0)).expect("read");
        story.expect("it is in a story").id
    }

    fn member(&self, words: Words) -> Member {
        let members = stories::members(&self.connection, self.story_of(words), 100).expect("read");
        let entry = self.entry(words.0);
        let found = members.into_iter().find(|member| member.entry_id == entry);
        found.expect("a member of its own story")
    }
}
