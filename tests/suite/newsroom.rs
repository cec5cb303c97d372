//! A newsroom whose mails are composed by the same code as the service's, under a clock of our own, with the stories
//! as the test says.

use jiff::{SignedDuration, Timestamp};
use newsvigil::config::{self, Config};
use newsvigil::core::alert::Novelty;
use newsvigil::core::alert::Urgency;
use newsvigil::core::article::Policy;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::daemon::{AlertPacing, compose_all};
use newsvigil::mail::RenderOptions;
use newsvigil::store::digests;
use newsvigil::store::hits::{self, HitFilter};
use newsvigil::store::outbox::{self, AttemptOutcome, ClaimFilter};
use newsvigil::store::polls::{
    self, NewHit, PollRecord, PolledContent, PolledEntry, Receiver, RecordContext,
};
use rusqlite::params;

use crate::connection::Connection;
use crate::world::{Mail, World};

pub const MINUTE: SignedDuration = SignedDuration::from_mins(1);
pub const HOUR: SignedDuration = SignedDuration::from_hours(1);
pub const OFF: &str = "digest = [\"off\"]";
pub const DAILY: &str = "digest = [\"daily 07:30\"]";

/// A newsroom: feeds, watches and a reader, under a clock that the test sets.
pub struct Room {
    pub world: World,
    pub config: Config,
    pub connection: Connection,
    pub now: Timestamp,
    pub seen: i64,
    pub items: i64,
}

/// An item, and where it stands in its story.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    pub key: &'a str,
    pub outlet: &'a str,
    pub title: &'a str,
    pub watches: &'a [&'a str],
    pub story: Option<i64>,
    pub relation: &'a str,
    pub copy_of: Option<i64>,
    pub victims: Option<u32>,
    pub corrects: Option<&'a str>,
    pub urgency: Urgency,
}

pub const ITEM: Item<'_> = Item {
    key: "",
    outlet: "a",
    title: "",
    watches: &["force"],
    story: None,
    relation: "same event",
    copy_of: None,
    victims: None,
    corrects: None,
    urgency: Urgency::Alert,
};

impl Room {
    /// `recipient` and `watch` are more lines of the recipient and of the watch `force`.
    pub fn new(recipient: &str, watch: &str) -> Self {
        let world = World::new(&[
            ("a", "https://a.org/feed"),
            ("b", "https://b.org/feed"),
            ("c", "https://c.org/feed"),
            ("d", "https://d.org/feed"),
        ]);
        let mut room = Self {
            config: read(&world, recipient, watch),
            connection: {
                std::fs::create_dir_all(world.state()).expect("a folder");
                Connection::open(&world.state().join("newsvigil.db"))
            },
            world,
            now: "2026-03-02T12:00:00Z".parse().expect("a time"),
            seen: 0,
            items: 0,
        };
        // The first digest is due as soon as something is owed, and so is out of the way.
        room.item(Item {
            title: "Before",
            urgency: Urgency::Digest,
            ..ITEM
        });
        room.mails();
        room
    }

    pub fn configure(&mut self, recipient: &str, watch: &str) {
        self.config = read(&self.world, recipient, watch);
    }

    /// As after a restart.
    pub fn reopen(&mut self) {
        self.connection = Connection::open(&self.world.state().join("newsvigil.db"));
    }

    pub fn wait(&mut self, time: SignedDuration) {
        self.now += time;
    }

    /// Stores an item, or another revision of one, and gives its number. It is placed in its story.
    pub fn item(&mut self, item: Item<'_>) -> i64 {
        self.items += 1;
        let key = if item.key.is_empty() {
            format!("item-{}", self.items)
        } else {
            item.key.to_owned()
        };
        let poll = PollRecord {
            feed_id: item.outlet.to_owned(),
            url: format!("https://{}.org/feed", item.outlet),
            content: Some(PolledContent {
                title: None,
                warnings: Vec::new(),
                by_address: false,
                is_page: false,
                entries: vec![PolledEntry {
                    content_hash: item.title.to_owned(),
                    document: Document {
                        title: item.title.to_owned(),
                        url: Some(format!("https://{}.org/{key}", item.outlet)),
                        ..Document::default()
                    },
                    key: key.clone(),
                    published: None,
                    updated: None,
                }],
            }),
            articles: Policy::Off,
            budget: Budget::default().into(),
            decide: Box::new(|_| FeedState::default()),
        };
        let mut matcher = |_: &str, _: usize, _: &Document| {
            let hits = item.watches.iter().map(|watch| NewHit {
                watch_id: (*watch).to_owned(),
                watch_title: format!("Watch {watch}"),
                topic: "topic".to_owned(),
                watch_version: "1".to_owned(),
                score: 0,
                spans: "[]".to_owned(),
                in_article: false,
                recipients: vec![Receiver {
                    id: "desk".to_owned(),
                    urgency: item.urgency,
                }],
            });
            Ok(hits.collect())
        };
        let mut recording = RecordContext {
            now: self.now,
            backlog: SignedDuration::from_hours(24),
            program_version: "0",
            matcher: &mut matcher,
        };
        polls::record(&mut self.connection, &[poll], &mut recording)
            .expect("recorded")
            .remove(0)
            .expect("stored");
        let entry: i64 = self
            .connection
            .query_row("SELECT id FROM entry WHERE key = ?1", [&key], |row| {
                row.get(0)
            })
            .expect("an entry");
        self.connection
            .execute("DELETE FROM story_waiting", [])
            .expect("placed");
        if let Some(story) = item.story {
            self.place(entry, story, item);
        }
        entry
    }

    pub fn place(&self, entry: i64, story: i64, item: Item<'_>) {
        let now = self.now.as_second();
        // 0 stands for a story of its own.
        let (story, relation) = match story {
            0 => (entry, "first"),
            story => (story, item.relation),
        };
        self.connection
            .execute(
                "INSERT OR IGNORE INTO story (id, began_at, last_at) VALUES (?1, ?2, ?2)",
                [story, now],
            )
            .expect("a story");
        self.connection
            .execute(
                "INSERT INTO story_item (entry_id, revision, story_id, relation, copy_of, sure, outlet,
                                         victims, why, reported_at, seen_at, placed_at, changed, corrects)
                 VALUES (?1, 0, ?2, ?3, ?4, 1, ?5, ?6, 'why', ?7, ?7, ?7, ?8, ?8 IS NOT NULL)",
                params![
                    entry,
                    story,
                    relation,
                    item.copy_of,
                    format!("{}.org", item.outlet),
                    item.victims,
                    now,
                    item.corrects
                ],
            )
            .expect("placed");
    }

    /// Says of an item that was revised what has changed, which was wrong.
    pub fn corrected(&self, entry: i64, what: &str, victims: Option<u32>) {
        self.changed(entry, what, victims);
        self.connection
            .execute(
                "UPDATE story_item SET corrects = 1 WHERE entry_id = ?1",
                [entry],
            )
            .expect("corrected");
    }

    /// Says of an item that was revised what has changed.
    pub fn changed(&self, entry: i64, what: &str, victims: Option<u32>) {
        // What a digest told counted what the item counted until now.
        self.connection
            .execute(
                "UPDATE delivery SET victims = (SELECT victims FROM story_item WHERE entry_id = ?1)
                 WHERE victims IS NULL AND news IS NULL AND hit_id IN (
                   SELECT hit.id FROM hit JOIN entry ON entry.id = hit.entry_id
                   WHERE entry_id = ?1 AND hit.revision < entry.revision)",
                [entry],
            )
            .expect("kept");
        self.connection
            .execute(
                "UPDATE story_item SET relation = 'update', changed = ?2, changed_at = ?3, victims = ?4,
                        revision = (SELECT revision FROM entry WHERE id = ?1)
                 WHERE entry_id = ?1",
                params![entry, what, self.now.as_second(), victims],
            )
            .expect("changed");
    }

    pub fn merge(&self, newer: i64, older: i64) {
        self.connection
            .execute(
                "UPDATE story SET merged_into = ?2 WHERE id = ?1",
                [newer, older],
            )
            .expect("merged");
    }

    /// Composes what is due now, once the wait for company is over, and gives the new mails.
    pub fn mails(&mut self) -> Vec<Mail> {
        self.wait(MINUTE);
        self.mails_now()
    }

    pub fn mails_now(&mut self) -> Vec<Mail> {
        let options = RenderOptions::new("newsvigil@example.org");
        let report = compose_all(
            &mut self.connection,
            &self.config,
            &options,
            AlertPacing::Grouped,
            self.now,
        );
        assert_eq!(report.expect("composed").failed, []);
        let mut mails = Vec::new();
        while let Some((row, message)) =
            outbox::claim(&mut self.connection, ClaimFilter::New(self.seen)).expect("claimed")
        {
            self.seen = row.id;
            let sent = AttemptOutcome::Sent {
                reply: "250 taken".to_owned(),
            };
            outbox::settle(&mut self.connection, row.id, &sent, self.now).expect("settled");
            mails.push(Mail::read(&message));
        }
        mails
    }

    /// The mails after some time in which nothing else keeps them back.
    #[track_caller]
    pub fn no_mail(&mut self) {
        self.wait(MINUTE * 20);
        let mails = self.mails();
        assert!(mails.is_empty(), "{:?}", subjects(&mails));
    }

    /// The one mail after such a time, which is an alert.
    #[track_caller]
    pub fn alert(&mut self) -> Mail {
        self.wait(MINUTE * 20);
        let mut mails = self.mails();
        assert_eq!(mails.len(), 1, "{:?}", subjects(&mails));
        mails.remove(0)
    }

    /// The next digest.
    #[track_caller]
    pub fn digest(&mut self) -> Mail {
        self.wait(SignedDuration::from_hours(24));
        let mut mails = self.mails();
        assert_eq!(mails.len(), 1, "{:?}", subjects(&mails));
        mails.remove(0)
    }

    /// What was new in the latest hit of an item.
    pub fn news(&self, entry: i64) -> Novelty {
        let judged = digests::of_entry(&self.connection, entry).expect("read");
        judged.last().expect("judged").news.clone()
    }

    /// The items that the mail of this number carries.
    pub fn carried(&self, mail: i64) -> Vec<i64> {
        let mut entries = Vec::new();
        let filter = HitFilter {
            mail: Some(mail),
            ..HitFilter::default()
        };
        hits::list(&self.connection, &filter, &mut |hit| {
            entries.push(hit.entry_id);
            Ok(())
        })
        .expect("listed");
        entries
    }
}

pub fn subjects(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.subject.as_str()).collect()
}

fn read(world: &World, recipient: &str, watch: &str) -> Config {
    world.write(
        "newsvigil.toml",
        &format!(
            "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\nsend_empty = \"never\"\n{recipient}\n"
        ),
    );
    world.write(
        "watches/force.toml",
        &format!(
            "[[watch]]\nid = \"force\"\ntitle = \"Watch force\"\nmatch = 'force'\nurgency = \"alert\"\n{watch}\n\
             [[watch]]\nid = \"arrests\"\ntitle = \"Watch arrests\"\nmatch = 'arrests'\nurgency = \"alert\"\n"
        ),
    );
    let loaded = config::load(&world.config());
    loaded.unwrap_or_else(|problems| panic!("{problems:?}")).0
}
