//! The summary of the week, and what is unusual on a day: months of a service under a clock of our own.

use jiff::{SignedDuration, Timestamp};
use newsvigil::config::{self, Config};
use newsvigil::core::alert::Urgency;
use newsvigil::core::article::Policy;
use newsvigil::core::digest::Digest;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::core::week::{Anomaly, AnomalySubject};
use newsvigil::daemon::{AlertPacing, compose_all, preview, preview_week};
use newsvigil::mail::RenderOptions;
use newsvigil::store::SCHEMA_VERSION;
use newsvigil::store::digests::{self, PendingScope};
use newsvigil::store::outbox::{self, ClaimFilter};
use newsvigil::store::polls::{
    self, NewHit, PollRecord, PolledContent, PolledEntry, Receiver, RecordContext,
};

use crate::connection::Connection;
use crate::world::{Mail, World};

mod days;
mod feeds;
mod listed;
mod muting;
mod readers;
mod times;
mod zones;

const DAY: SignedDuration = SignedDuration::from_hours(24);
const PRISONS: &str = "\n[[watch]]\nid = \"prisons\"\ntitle = \"Prisons & jails\"\ntopic = \"detention\"\n\
                       match = 'prison*'\n";

struct Office {
    world: World,
    config: Config,
    connection: Connection,
    now: Timestamp,
    items: u32,
    seen: i64,
}

impl Office {
    /// On a Monday at noon in Lima, with nothing read yet; `recipient` are more lines of `[[recipient]]`.
    fn new(recipient: &str) -> Self {
        let world = World::new(&[("outlet", "https://outlet.example/feed")]);
        world.write(
            "newsvigil.toml",
            &format!(
                "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ntimezone = \"America/Lima\"\n\
                 {recipient}\n"
            ),
        );
        world.write("watches/prisons.toml", PRISONS);
        std::fs::create_dir_all(world.state()).expect("a folder");
        let connection = Connection::open(&world.state().join("newsvigil.db"));
        Self {
            config: read(&world),
            world,
            connection,
            now: "2026-03-02T17:00:00Z".parse().expect("a time"),
            items: 0,
            seen: 0,
        }
    }

    fn reload(&mut self) {
        self.config = read(&self.world);
    }

    /// Reads the feed now, and finds so many new items for each watch.
    fn poll(&mut self, feed: &str, found: &[(&str, usize)]) {
        let mut entries = Vec::new();
        for (watch, times) in found {
            for _ in 0..*times {
                self.items += 1;
                let key = format!("{watch}-{}", self.items);
                entries.push(PolledEntry {
                    content_hash: key.clone(),
                    document: Document {
                        title: format!("Police in Lima, Peru: case {}", self.items),
                        ..Document::default()
                    },
                    key,
                    published: Some(self.now),
                    updated: None,
                });
            }
        }
        let watches: Vec<String> = entries
            .iter()
            .map(|entry| entry.key.split('-').next().unwrap_or_default().to_owned())
            .collect();
        let now = self.now;
        let poll = PollRecord {
            feed_id: feed.to_owned(),
            url: format!("https://{feed}.example/feed"),
            content: Some(PolledContent {
                title: Some(format!("The {feed} & co")),
                warnings: Vec::new(),
                by_address: false,
                is_page: false,
                entries,
            }),
            articles: Policy::Off,
            budget: Budget::default().into(),
            decide: Box::new(move |_| FeedState {
                last_attempt_at: Some(now),
                last_success_at: Some(now),
                ..FeedState::default()
            }),
        };
        let config = &self.config;
        let mut matcher = |_: &str, place: usize, _: &Document| {
            let watch = config.watch(&watches[place]).expect("a watch");
            Ok(vec![NewHit {
                watch_id: watch.id.clone(),
                watch_title: watch.title.clone(),
                topic: watch.topic.clone(),
                watch_version: "1".to_owned(),
                score: 0,
                spans: "[]".to_owned(),
                in_article: false,
                recipients: vec![Receiver {
                    id: "desk".to_owned(),
                    urgency: Urgency::Digest,
                }],
            }])
        };
        let mut recording = RecordContext {
            now,
            backlog: SignedDuration::from_hours(24),
            program_version: "0",
            matcher: &mut matcher,
        };
        polls::record(&mut self.connection, &[poll], &mut recording)
            .expect("recorded")
            .remove(0)
            .expect("stored");
    }

    /// The mails that are made now, each with its kind.
    fn mails(&mut self) -> Vec<(String, Mail)> {
        let options = RenderOptions::new("newsvigil@example.org");
        let (config, now) = (&self.config, self.now);
        let report = compose_all(
            &mut self.connection,
            config,
            &options,
            AlertPacing::Grouped,
            now,
        );
        assert_eq!(report.expect("composed").failed, []);
        let mut mails = Vec::new();
        while let Some((row, message)) =
            outbox::claim(&mut self.connection, ClaimFilter::New(self.seen)).expect("claimed")
        {
            self.seen = row.id;
            mails.push((row.kind, read_mail(&message)));
        }
        mails
    }

    fn summaries(&mut self) -> Vec<Mail> {
        let mails = self.mails().into_iter();
        mails
            .filter(|(kind, _)| kind == "summary")
            .map(|(_, mail)| mail)
            .collect()
    }

    /// So many days, on each of which the feed is read and mails are made. Gives the summaries.
    fn days(&mut self, days: usize, found: &[(&str, usize)]) -> Vec<Mail> {
        let mut summaries = Vec::new();
        for _ in 0..days {
            self.poll("outlet", found);
            summaries.extend(self.summaries());
            self.now += DAY;
        }
        summaries
    }

    fn week(&self) -> Mail {
        let options = RenderOptions::new("newsvigil@example.org");
        let recipient = self.config.recipient("desk").expect("a recipient");
        let week = preview_week(
            &self.connection,
            &self.config,
            &options,
            recipient,
            self.now,
        );
        read_mail(&week.expect("a summary").bytes)
    }

    fn unusual(&self) -> Vec<Anomaly> {
        self.digest().unusual
    }

    fn digest(&self) -> Digest {
        let options = RenderOptions::new("newsvigil@example.org");
        let recipient = self.config.recipient("desk").expect("a recipient");
        let digest = preview(
            &self.connection,
            &self.config,
            &options,
            recipient,
            self.now,
        );
        digest.expect("a digest").0
    }

    fn owed(&self) -> usize {
        digests::count_pending(&self.connection, "desk", &PendingScope::Digest).expect("counted")
    }
}

fn read_mail(bytes: &[u8]) -> Mail {
    let mail = Mail::read(bytes);
    Mail {
        text: mail.text.replace("\r\n", "\n"),
        ..mail
    }
}

fn read(world: &World) -> Config {
    let Ok((config, _)) = config::load(&world.config()) else {
        panic!("the configuration is refused");
    };
    config
}

const WEEKLY: &str = "summary = \"weekly mon 08:00\"\ndigest = [\"off\"]";

#[test]
fn a_summary_comes_each_week_says_first_that_there_is_too_little_and_then_what_is_unusual() {
    let mut office = Office::new(WEEKLY);
    let first = office.days(8, &[("force", 1)]);
    // Nothing at once, and one on the next Monday at eight: the items of that day belong to the next.
    assert_eq!(first.len(), 1);
    let text = &first[0].text;
    assert!(text.contains("Mon 2 Mar to Sun 8 Mar: 7 stories"), "{text}");
    assert!(
        text.contains("There is nothing to compare it with"),
        "{text}"
    );
    assert!(
        !text.contains("UNUSUAL") && !text.contains("usually"),
        "{text}"
    );
    assert_eq!(first[0].subject, "Week of Mon 2 Mar: 7 stories");
    let quiet = office.days(49, &[("force", 1)]);
    assert_eq!(quiet.len(), 7);
    let text = &quiet[6].text;
    assert!(
        text.contains("7 in a usual week (median of those 7 of the eight"),
        "{text}"
    );
    assert!(text.contains("usually 7"), "{text}");
    assert!(!text.contains("UNUSUAL"), "{text}");
    let loud = office.days(7, &[("force", 4), ("prisons", 1)]);
    let text = &loud[0].text;
    assert!(
        loud[0]
            .subject
            .starts_with("Week of Mon 27 Apr: Peru: 31 stories, "),
        "{}",
        loud[0].subject
    );
    // Monday's mail was made before the items of that Monday were read.
    assert!(
        text.contains("  - Use of force: 25 stories, against 7 in a usual week\n"),
        "{text}"
    );
    assert!(
        text.contains("Prisons & jails: 6 stories, against none in a usual week"),
        "{text}"
    );
    assert!(
        text.contains("Peru: 31 stories, against 7 in a usual week"),
        "{text}"
    );
    assert!(
        text.contains("▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇  Assembly and protest · usually 7"),
        "{text}"
    );
    let html = &loud[0].html;
    assert!(
        html.contains("Prisons &#38; jails") || html.contains("Prisons &amp; jails"),
        "{html}"
    );
    assert!(
        html.contains("bgcolor=\"#3f7cb8\"") && !html.contains("<img"),
        "{html}"
    );
    // A summary tells no hit: digests have them all still.
    assert_eq!(office.owed(), office.items as usize);
}

#[test]
fn after_a_pause_what_was_read_is_told_and_weeks_without_the_service_are_no_habit() {
    let mut office = Office::new(WEEKLY);
    office.days(42, &[("force", 1)]);
    // Three weeks off; back on a Wednesday.
    office.now += DAY * 23;
    assert_eq!(office.now.to_string(), "2026-05-06T17:00:00Z");
    let summaries = office.summaries();
    assert_eq!(summaries.len(), 2);
    // The week at whose end the service was stopped.
    assert_eq!(summaries[0].subject, "Week of Mon 6 Apr: 7 stories");
    let text = &summaries[0].text;
    assert!(!text.contains("No summary was made"), "{text}");
    let text = &summaries[1].text;
    let text = text.replace('\n', " ");
    for told in [
        "Mon 27 Apr to Sun 3 May: not watched",
        "No feed was read on any day of this week",
        "No summary was made of the time from Mon 13 Apr to Sun 26 Apr.",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    assert!(!text.contains("0 stories"), "{text}");
    assert_eq!(summaries[1].subject, "Week of Mon 27 Apr: not watched");
    assert!(office.summaries().is_empty());
    // The same database, opened again.
    office.connection = Connection::open(&office.world.state().join("newsvigil.db"));
    assert!(office.summaries().is_empty());
    let next = office.days(13, &[("force", 1)]);
    assert_eq!(next.len(), 2);
    let text = &next[0].text;
    assert!(
        text.contains("Mon 4 May to Sun 10 May: 5 stories, read on 5 of 7 days"),
        "{text}"
    );
    assert!(!text.contains("No summary was made"), "{text}");
    let text = &next[1].text;
    // The weeks of zero would have made seven stories unusual.
    assert!(
        text.contains("Mon 11 May to Sun 17 May: 7 stories"),
        "{text}"
    );
    assert!(
        text.contains("7 in a usual week (median of those 4 of the eight"),
        "{text}"
    );
    assert!(!text.contains("UNUSUAL"), "{text}");
}

#[test]
fn a_story_that_many_report_counts_once_whatever_it_was_merged_into() {
    let mut office = Office::new(WEEKLY);
    office.poll("outlet", &[]);
    office.now += DAY;
    office.poll("outlet", &[("force", 6), ("prisons", 1)]);
    // Items 1 to 3 are one story, and 4 and 5 one that turned out to be the same.
    for (entry, story) in [(1, 1), (2, 1), (3, 1), (4, 4), (5, 4)] {
        office
            .connection
            .execute_batch(&format!(
                "INSERT OR IGNORE INTO story (id, began_at, last_at) VALUES ({story}, 0, 0);
                 INSERT INTO story_item (entry_id, revision, story_id, relation, sure, outlet, why,
                                         reported_at, seen_at, placed_at)
                 VALUES ({entry}, 0, {story}, 'same event', 1, 'outlet.example', '', 0, 0, 0);"
            ))
            .expect("placed");
    }
    office
        .connection
        .execute("UPDATE story SET merged_into = 1 WHERE id = 4", [])
        .expect("merged");
    office.now += DAY;
    let text = office.week().text;
    assert!(text.contains(": 3 stories"), "{text}");
    for (stories, bar, topic) in [
        (2, 16, "Assembly and protest"),
        (1, 8, "Detention and fair trial"),
    ] {
        let line = format!("{stories:>7}  {:16}  {topic}\n", "▇".repeat(bar));
        assert!(text.contains(&line), "{line}\n{text}");
    }
}

#[test]
fn a_database_of_the_version_before_keeps_its_mails_and_takes_summaries() {
    let office = Office::new(WEEKLY);
    let kinds: String = office
        .connection
        .query_row(
            "SELECT sql FROM sqlite_schema WHERE name = 'outbox'",
            [],
            |row| row.get(0),
        )
        .expect("the table");
    assert!(kinds.contains("'summary'"), "{kinds}");
    let version: i64 = office
        .connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .expect("the version");
    assert_eq!(version, SCHEMA_VERSION);
    // What refers to the table that was made anew still does.
    let dangling: Vec<String> = office
        .connection
        .prepare("PRAGMA foreign_key_check")
        .and_then(|mut check| check.query_map([], |row| row.get(0))?.collect())
        .expect("checked");
    assert_eq!(dangling, [""; 0]);
    for table in ["message", "delivery", "told"] {
        let sql: String = office
            .connection
            .query_row(
                "SELECT sql FROM sqlite_schema WHERE name = ?1",
                [table],
                |row| row.get(0),
            )
            .expect("the table");
        assert!(sql.contains("REFERENCES outbox (id)"), "{sql}");
    }
}
