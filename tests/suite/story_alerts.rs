//! Which items of a story are alerts: the same code as the service's, under a clock of our own, with the stories
//! as the test says.

use jiff::{SignedDuration, Timestamp};
use newsvigil::config::{self, Config};
use newsvigil::core::alert::News;
use newsvigil::core::article::Policy;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::daemon::{Pace, compose_all};
use newsvigil::mail::RenderOptions;
use newsvigil::store::digests;
use newsvigil::store::hits::{self, HitFilter};
use newsvigil::store::outbox::{self, Due, Settlement};
use newsvigil::store::polls::{
    self, NewHit, PollRecord, PolledContent, PolledEntry, Receiver, Recording, Urgency,
};
use newsvigil::store::{self, mutes};
use rusqlite::{Connection, params};

use crate::world::{Mail, World};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const OFF: &str = "digest = [\"off\"]";
const DAILY: &str = "digest = [\"daily 07:30\"]";

/// A newsroom: feeds, watches and a reader, under a clock that the test sets.
struct Room {
    world: World,
    config: Config,
    connection: Connection,
    now: Timestamp,
    seen: i64,
    items: i64,
}

/// An item, and where it stands in its story.
#[derive(Clone, Copy)]
struct Item<'a> {
    key: &'a str,
    outlet: &'a str,
    title: &'a str,
    watches: &'a [&'a str],
    story: Option<i64>,
    relation: &'a str,
    copy_of: Option<i64>,
    victims: Option<u32>,
    corrects: Option<&'a str>,
    urgency: Urgency,
}

const ITEM: Item<'_> = Item {
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
    fn new(recipient: &str, watch: &str) -> Self {
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
                store::open(&world.state().join("newsvigil.db")).expect("a database")
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

    fn configure(&mut self, recipient: &str, watch: &str) {
        self.config = read(&self.world, recipient, watch);
    }

    /// As after a restart.
    fn reopen(&mut self) {
        self.connection =
            store::open(&self.world.state().join("newsvigil.db")).expect("a database");
    }

    fn wait(&mut self, time: SignedDuration) {
        self.now += time;
    }

    /// Stores an item, or another revision of one, and gives its number. It is placed in its story.
    fn item(&mut self, item: Item<'_>) -> i64 {
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
        let mut recording = Recording {
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

    fn place(&self, entry: i64, story: i64, item: Item<'_>) {
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
    fn corrected(&self, entry: i64, what: &str, victims: Option<u32>) {
        self.changed(entry, what, victims);
        self.connection
            .execute(
                "UPDATE story_item SET corrects = 1 WHERE entry_id = ?1",
                [entry],
            )
            .expect("corrected");
    }

    /// Says of an item that was revised what has changed.
    fn changed(&self, entry: i64, what: &str, victims: Option<u32>) {
        self.connection
            .execute(
                "UPDATE story_item SET relation = 'update', changed = ?2, changed_at = ?3, victims = ?4,
                        revision = (SELECT revision FROM entry WHERE id = ?1)
                 WHERE entry_id = ?1",
                params![entry, what, self.now.as_second(), victims],
            )
            .expect("changed");
    }

    fn merge(&self, newer: i64, older: i64) {
        self.connection
            .execute(
                "UPDATE story SET merged_into = ?2 WHERE id = ?1",
                [newer, older],
            )
            .expect("merged");
    }

    /// Composes what is due now, once the wait for company is over, and gives the new mails.
    fn mails(&mut self) -> Vec<Mail> {
        self.wait(MINUTE);
        self.mails_now()
    }

    fn mails_now(&mut self) -> Vec<Mail> {
        let options = RenderOptions::new("newsvigil@example.org");
        let report = compose_all(
            &mut self.connection,
            &self.config,
            &options,
            Pace::Grouped,
            self.now,
        );
        assert_eq!(report.expect("composed").failed, []);
        let mut mails = Vec::new();
        while let Some((row, message)) =
            outbox::claim(&mut self.connection, Due::New(self.seen)).expect("claimed")
        {
            self.seen = row.id;
            let sent = Settlement::Sent {
                reply: "250 taken".to_owned(),
            };
            outbox::settle(&mut self.connection, row.id, &sent, self.now).expect("settled");
            mails.push(Mail::read(&message));
        }
        mails
    }

    /// The mails after some time in which nothing else keeps them back.
    #[track_caller]
    fn no_mail(&mut self) {
        self.wait(MINUTE * 20);
        let mails = self.mails();
        assert!(mails.is_empty(), "{:?}", subjects(&mails));
    }

    /// The one mail after such a time, which is an alert.
    #[track_caller]
    fn alert(&mut self) -> Mail {
        self.wait(MINUTE * 20);
        let mut mails = self.mails();
        assert_eq!(mails.len(), 1, "{:?}", subjects(&mails));
        mails.remove(0)
    }

    /// The next digest.
    #[track_caller]
    fn digest(&mut self) -> Mail {
        self.wait(SignedDuration::from_hours(24));
        let mut mails = self.mails();
        assert_eq!(mails.len(), 1, "{:?}", subjects(&mails));
        mails.remove(0)
    }

    /// What was new in the latest hit of an item.
    fn news(&self, entry: i64) -> News {
        let judged = digests::of_entry(&self.connection, entry).expect("read");
        judged.last().expect("judged").news.clone()
    }

    /// The items that the mail of this number carries.
    fn carried(&self, mail: i64) -> Vec<i64> {
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

fn subjects(mails: &[Mail]) -> Vec<&str> {
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

#[test]
fn an_identical_headline_forty_minutes_later_is_no_second_alert_and_stands_in_the_digest() {
    let mut room = Room::new(DAILY, "");
    let first = room.item(Item {
        title: "Police fire on a march in Huamanga",
        story: Some(0),
        ..ITEM
    });
    assert!(room.alert().text.contains("march in Huamanga"));
    room.wait(MINUTE * 40);
    let second = room.item(Item {
        outlet: "b",
        title: "Police fire on a march in Huamanga ",
        story: Some(first),
        relation: "copy",
        copy_of: Some(first),
        ..ITEM
    });
    room.no_mail();
    assert_eq!(room.news(first), News::First);
    assert_eq!(room.news(second), News::More);
    let digest = room.digest();
    assert!(digest.text.contains("march in Huamanga"), "{}", digest.text);
    assert!(room.carried(room.seen).contains(&second));
    room.no_mail();
}

#[test]
fn an_item_of_another_story_or_of_none_is_an_alert() {
    let mut room = Room::new(DAILY, "");
    let title = "Police fire on a march";
    room.item(Item {
        title,
        story: Some(0),
        ..ITEM
    });
    room.alert();
    for story in [Some(0), None, None] {
        let title = format!("{title} {}", room.items);
        room.item(Item {
            title: &title,
            story,
            ..ITEM
        });
        room.alert();
    }
}

#[test]
fn another_watch_that_finds_the_story_is_an_alert_once() {
    let mut room = Room::new(DAILY, "");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.alert();
    let later = |title| Item {
        title,
        outlet: "b",
        story: Some(first),
        watches: &["force", "arrests"],
        ..ITEM
    };
    let second = room.item(later("Fifty are in custody after the march"));
    let alert = room.alert();
    assert!(
        alert.text.contains("Fifty are in custody"),
        "{}",
        alert.text
    );
    assert_eq!(room.news(second), News::Watch);
    room.item(later("Custody for fifty who marched"));
    room.no_mail();
}

#[test]
fn victims_that_grew_by_half_are_an_alert_that_says_how_many_were_told() {
    let mut room = Room::new(DAILY, "");
    let first = room.item(Item {
        title: "12 killed in Huamanga",
        story: Some(0),
        victims: Some(12),
        ..ITEM
    });
    room.alert();
    let counts = |title, victims| Item {
        title,
        outlet: "b",
        story: Some(first),
        victims: Some(victims),
        ..ITEM
    };
    room.item(counts("14 killed in Huamanga", 14));
    room.no_mail();
    let grown = room.item(counts("21 killed in Huamanga", 21));
    room.alert();
    let news = News::Victims {
        counted: 21,
        told: Some(12),
    };
    assert_eq!(room.news(grown), news);
    // Of the most that were told, not of the first.
    room.item(counts("24 killed in Huamanga", 24));
    room.no_mail();
}

#[test]
fn a_correction_is_an_alert_also_where_the_words_are_gone_that_were_found() {
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        title: "Police killed 12 in Huamanga",
        story: Some(0),
        victims: Some(12),
        ..ITEM
    };
    let entry = room.item(item);
    room.alert();
    // It matches nothing any more.
    room.wait(HOUR);
    let corrected = Item {
        title: "Police wounded 2 in Huamanga",
        watches: &[],
        story: None,
        ..item
    };
    assert_eq!(room.item(corrected), entry);
    room.no_mail();
    let what = "it counts 2 now, where it counted 12";
    room.corrected(entry, what, Some(2));
    let alert = room.alert();
    assert!(alert.text.contains("wounded 2"), "{}", alert.text);
    assert_eq!(
        room.news(entry),
        News::Corrected {
            what: what.to_owned()
        }
    );
    room.no_mail();
    room.reopen();
    room.no_mail();
    // A revision that changes nothing of it.
    room.item(Item {
        title: "Police wounded 2 in Huamanga, it says",
        ..corrected
    });
    room.connection
        .execute("UPDATE story_item SET revision = 2", [])
        .expect("looked at");
    room.no_mail();
    // And one that does.
    room.item(Item {
        title: "Police wounded 3 in Huamanga",
        ..corrected
    });
    room.corrected(entry, "it counts 3 now, where it counted 2", Some(3));
    room.alert();
    room.no_mail();
}

#[test]
fn what_was_not_told_at_once_is_not_corrected_at_once() {
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        title: "Police killed 12 in Huamanga",
        story: Some(0),
        urgency: Urgency::Digest,
        ..ITEM
    };
    let entry = room.item(item);
    room.digest();
    room.item(Item {
        title: "Police killed 2 in Huamanga",
        story: None,
        ..item
    });
    room.corrected(entry, "it counts 2 now", Some(2));
    room.no_mail();
}

#[test]
fn a_muted_watch_corrects_nothing_until_its_mute_is_over() {
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        title: "Police killed 12 in Huamanga",
        story: Some(0),
        ..ITEM
    };
    let entry = room.item(item);
    room.alert();
    mutes::add(
        &room.connection,
        "force",
        "a quiet day",
        room.now,
        room.now + HOUR * 3,
    )
    .expect("muted");
    room.item(Item {
        title: "Police killed 2 in Huamanga",
        story: None,
        ..item
    });
    room.corrected(entry, "it counts 2 now", Some(2));
    room.no_mail();
    room.wait(HOUR * 3);
    room.alert();
}

#[test]
fn an_alert_that_was_given_up_told_nothing() {
    let mut room = Room::new(DAILY, "");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.alert();
    room.connection
        .execute(
            "UPDATE outbox SET state = 'undeliverable' WHERE id = ?1",
            [room.seen],
        )
        .expect("given up");
    let second = room.item(Item {
        outlet: "b",
        title: "A march is fired on",
        story: Some(first),
        ..ITEM
    });
    room.alert();
    assert_eq!(room.news(second), News::First);
}

#[test]
fn what_waits_for_the_end_of_the_quiet_hours_is_one_mail_with_all_of_its_story() {
    let mut room = Room::new("quiet = \"00:00-06:00\"\ndigest = [\"daily 07:30\"]", "");
    room.now = "2026-03-03T01:00:00Z".parse().expect("a time");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.no_mail();
    for outlet in ["b", "c"] {
        room.item(Item {
            outlet,
            title: &format!("A march is fired on, says {outlet}"),
            story: Some(first),
            ..ITEM
        });
        room.no_mail();
    }
    room.now = "2026-03-03T06:01:00Z".parse().expect("a time");
    assert_eq!(room.mails().len(), 1);
    assert_eq!(room.carried(room.seen).len(), 3);
    room.item(Item {
        outlet: "d",
        title: "What became of the march",
        story: Some(first),
        ..ITEM
    });
    room.no_mail();
}

#[test]
fn who_gets_no_digests_is_told_of_more_with_the_next_alert_or_a_day_later() {
    let mut room = Room::new(OFF, "");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.alert();
    let more = |title| Item {
        outlet: "b",
        title,
        story: Some(first),
        ..ITEM
    };
    let second = room.item(more("A march is fired on"));
    room.no_mail();
    room.item(Item {
        title: "Police beat prisoners",
        story: Some(0),
        ..ITEM
    });
    room.alert();
    assert!(room.carried(room.seen).contains(&second), "it went along");
    let third = room.item(more("What became of the march"));
    room.no_mail();
    room.wait(HOUR * 22);
    room.no_mail();
    room.wait(HOUR);
    room.alert();
    assert_eq!(room.carried(room.seen), [third]);
    room.wait(HOUR * 30);
    room.no_mail();
}

#[test]
fn a_story_that_a_digest_told_in_the_place_of_its_alert_was_told() {
    let mut room = Room::new("quiet = \"00:00-12:00\"\ndigest = [\"daily 07:30\"]", "");
    room.now = "2026-03-03T07:00:00Z".parse().expect("a time");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.wait(HOUR);
    assert_eq!(room.mails().len(), 1, "the digest");
    room.now = "2026-03-03T12:10:00Z".parse().expect("a time");
    room.item(Item {
        outlet: "b",
        title: "A march is fired on",
        story: Some(first),
        ..ITEM
    });
    room.no_mail();
}

#[test]
fn a_watch_without_stories_is_told_each_item() {
    let mut room = Room::new(DAILY, "stories = false");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.alert();
    let second = room.item(Item {
        outlet: "b",
        title: "A march is fired on",
        story: Some(first),
        relation: "copy",
        ..ITEM
    });
    room.alert();
    assert_eq!(room.news(second), News::Each);
}

/// The number of outlets that each alert counted, of a story that grows by one item an hour.
fn corroborate(room: &mut Room, first: i64, reports: &[(&str, Option<i64>)]) -> Vec<usize> {
    let mut alerts = Vec::new();
    for (outlet, copy_of) in reports {
        room.wait(HOUR);
        room.item(Item {
            outlet,
            title: &format!("The march, number {}", room.items),
            story: Some(first),
            copy_of: *copy_of,
            // What no watch found counts as well.
            watches: &[],
            ..ITEM
        });
        for mail in room.mails() {
            assert!(!mail.subject.contains("digest"), "{mail:?}");
            let news: String = room
                .connection
                .query_row(
                    "SELECT news FROM delivery WHERE alert_id = ?1",
                    [room.seen],
                    |row| row.get(0),
                )
                .expect("an alert");
            match serde_json::from_str(&news).expect("news") {
                News::Corroborated(found) => alerts.push(found.count),
                other => panic!("{other:?}"),
            }
        }
    }
    alerts
}

#[test]
fn a_corroborated_watch_alerts_once_when_three_outlets_in_their_own_words_report_it() {
    for recipient in [DAILY, OFF] {
        let mut room = Room::new(recipient, "corroborated = 3");
        let first = room.item(Item {
            title: "Police fire on a march",
            story: Some(0),
            ..ITEM
        });
        room.no_mail();
        assert_eq!(
            room.news(first),
            News::Awaited {
                outlets: 1,
                asked: 3
            }
        );
        let copy = Some(first);
        assert_eq!(
            corroborate(
                &mut room,
                first,
                &[("a", None), ("b", copy), ("b", copy), ("c", None)]
            ),
            [0; 0],
            "{recipient}"
        );
        room.reopen();
        assert_eq!(
            corroborate(&mut room, first, &[("d", None), ("b", None), ("a", None)]),
            [3],
            "{recipient}"
        );
        assert_eq!(room.carried(room.seen), [first]);
        // Nor does what the watch finds later say it again.
        room.item(Item {
            outlet: "d",
            title: "What became of the march",
            story: Some(first),
            ..ITEM
        });
        room.no_mail();
    }
}

#[test]
fn a_story_that_a_digest_told_is_an_alert_once_it_is_corroborated() {
    let mut room = Room::new(DAILY, "corroborated = 2");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    let second = room.item(Item {
        title: "Police fired on a march",
        story: Some(first),
        ..ITEM
    });
    assert!(room.digest().text.contains("on a march"));
    let digest = room.seen;
    assert_eq!(room.carried(digest).len(), 2);
    assert_eq!(corroborate(&mut room, first, &[("b", None)]), [2]);
    assert_eq!(room.carried(room.seen), [second], "the newest");
    assert_eq!(room.carried(digest).len(), 2, "the digest told it as well");
    room.reopen();
    assert_eq!(corroborate(&mut room, first, &[("c", None)]), [0; 0]);
}

#[test]
fn stories_that_turn_out_to_be_one_are_corroborated_once() {
    let mut room = Room::new(DAILY, "corroborated = 2");
    let report = |outlet, title| Item {
        outlet,
        title,
        story: Some(0),
        ..ITEM
    };
    let first = room.item(report("a", "Police fire on a march"));
    let second = room.item(report("b", "Shots at demonstrators"));
    room.no_mail();
    room.merge(second, first);
    room.alert();
    assert_eq!(room.carried(room.seen).len(), 2);
    room.no_mail();
    // Another that was awaited by itself, and turns out to be what was told.
    let third = room.item(report("c", "Soldiers shoot"));
    room.no_mail();
    room.merge(third, first);
    room.no_mail();
    room.digest();
    room.no_mail();
}

#[test]
fn a_corroborated_watch_is_not_satisfied_by_the_alert_of_another() {
    let mut room = Room::new(DAILY, "corroborated = 2");
    let first = room.item(Item {
        title: "Police fire on a march and arrest fifty",
        story: Some(0),
        watches: &["force", "arrests"],
        ..ITEM
    });
    room.alert();
    let alert = room.seen;
    assert_eq!(corroborate(&mut room, first, &[("b", None)]), [2]);
    assert_eq!(room.carried(alert).len(), 2, "it told both");
    room.no_mail();
}

#[test]
fn a_watch_that_no_longer_waits_for_outlets_alerts_of_what_comes() {
    let mut room = Room::new(DAILY, "corroborated = 2");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.no_mail();
    room.configure(DAILY, "");
    room.no_mail();
    room.item(Item {
        title: "Police fired on a march",
        story: Some(first),
        ..ITEM
    });
    room.alert();
}

#[test]
fn who_gets_no_digests_is_told_a_day_later_of_what_is_not_corroborated() {
    let mut room = Room::new(OFF, "corroborated = 3");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.no_mail();
    // It goes along with no other alert of its watch.
    let other = room.item(Item {
        title: "Police beat prisoners",
        story: Some(0),
        ..ITEM
    });
    assert_eq!(
        corroborate(&mut room, other, &[("b", None), ("c", None)]),
        [3]
    );
    assert_eq!(room.carried(room.seen), [other]);
    room.wait(HOUR * 24);
    room.alert();
    assert_eq!(room.carried(room.seen), [first]);
    assert_eq!(
        corroborate(&mut room, first, &[("b", None), ("c", None), ("d", None)]),
        [3]
    );
}

#[test]
fn a_number_that_grew_in_a_revision_is_an_alert_where_it_grew_by_half() {
    fn says<'a>(title: &'a str, item: Item<'a>) -> Item<'a> {
        Item {
            title,
            story: None,
            ..item
        }
    }
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        title: "12 killed in Huamanga",
        story: Some(0),
        victims: Some(12),
        ..ITEM
    };
    let entry = room.item(item);
    room.alert();
    let news = |counted, told| News::Victims {
        counted,
        told: Some(told),
    };
    // Half as many again, from one count to the next, and then of the most that were told.
    for (count, alerts) in [
        (13, None),
        (17, None),
        (18, Some(12)),
        (26, None),
        (27, Some(18)),
    ] {
        let title = format!("{count} killed in Huamanga");
        room.item(says(&title, item));
        room.changed(
            entry,
            &format!("it counts {count}, and had counted fewer"),
            Some(count),
        );
        match alerts {
            Some(told) => {
                let alert = room.alert();
                assert!(
                    alert.text.contains(&format!("{count} are counted dead")),
                    "{}",
                    alert.text
                );
                assert_eq!(room.news(entry), news(count, told));
            }
            None => room.no_mail(),
        }
        room.no_mail();
        room.reopen();
        room.no_mail();
    }
    // A number that counts no victims.
    room.item(says("27 killed in Huamanga, 5,000 at the burial", item));
    room.changed(entry, "“1,000” became “5,000”", Some(27));
    room.no_mail();
}

#[test]
fn an_item_that_corrects_its_story_is_an_alert() {
    let mut room = Room::new(DAILY, "");
    let first = room.item(Item {
        title: "Police killed 12 in Huamanga",
        story: Some(0),
        victims: Some(12),
        ..ITEM
    });
    room.alert();
    let what = "it says that it was corrected: “Correction: Police wounded 2”";
    let correction = room.item(Item {
        title: "Correction: Police wounded 2 in Huamanga",
        outlet: "b",
        story: Some(first),
        relation: "update",
        corrects: Some(what),
        victims: Some(2),
        ..ITEM
    });
    let alert = room.alert();
    assert!(alert.text.contains("wounded 2"), "{}", alert.text);
    assert_eq!(
        room.news(correction),
        News::Corrected {
            what: what.to_owned()
        }
    );
    room.reopen();
    room.no_mail();
}

#[test]
fn items_of_one_story_that_two_watches_found_are_one_alert() {
    for (recipient, joined) in [(DAILY, false), (OFF, false), (DAILY, true)] {
        let mut room = Room::new(recipient, "");
        let first = room.item(Item {
            title: "Police fire on the march",
            story: Some(0),
            ..ITEM
        });
        let second = room.item(Item {
            title: "Fifty are in custody after the march",
            outlet: "b",
            watches: &["arrests"],
            // A story that is merged is one.
            story: Some(if joined { 0 } else { first }),
            ..ITEM
        });
        if joined {
            room.merge(second, first);
        }
        room.item(Item {
            title: "Something else in custody",
            outlet: "c",
            watches: &["arrests"],
            story: Some(0),
            ..ITEM
        });
        room.wait(MINUTE * 20);
        let mails = room.mails();
        assert_eq!(mails.len(), 2, "{:?}", subjects(&mails));
        let text = mails[0].text.replace('\n', " ");
        assert!(text.contains("Watch force"), "{text}");
        assert!(
            text.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .contains("Also matched by: Watch arrests."),
            "{text}"
        );
        assert!(text.contains("https://b.org/"), "{text}");
        assert!(!text.contains("Something else"), "{text}");
        assert!(mails[1].text.contains("Something else"));
        assert!(!mails[1].text.contains("b.org"));
        assert!(room.carried(room.seen - 1).contains(&second));
        // Both watches were told of the story.
        room.item(Item {
            title: "Custody for fifty who marched",
            outlet: "d",
            watches: &["arrests"],
            story: Some(first),
            ..ITEM
        });
        room.no_mail();
    }
}

#[test]
fn a_watch_that_takes_each_item_has_mails_of_its_own() {
    let mut room = Room::new(DAILY, "stories = false");
    let first = room.item(Item {
        title: "Police fire on the march",
        story: Some(0),
        ..ITEM
    });
    room.item(Item {
        title: "Fifty are in custody after the march",
        outlet: "b",
        watches: &["arrests"],
        story: Some(first),
        ..ITEM
    });
    room.wait(MINUTE * 20);
    let mails = room.mails();
    assert_eq!(mails.len(), 2, "{:?}", subjects(&mails));
    assert!(!mails[0].text.contains("b.org"));
}
