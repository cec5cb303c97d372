//! What a digest tells of stories: each once, the best first, what was told before in a line, and all of it in the
//! list of its number.

mod tables;
mod told_before;

use jiff::{SignedDuration, Timestamp};
use newsvigil::config::{self, Config};
use newsvigil::core::alert::Urgency;
use newsvigil::core::article::Policy;
use newsvigil::core::digest::{Digest, DigestStory};
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::daemon::{self, AlertPacing, compose_all};
use newsvigil::mail::RenderOptions;
use newsvigil::store::hits::{self, HitFilter};
use newsvigil::store::outbox::{self, ClaimFilter};
use newsvigil::store::polls::{
    self, NewHit, PollRecord, PolledContent, PolledEntry, Receiver, RecordContext,
};
use newsvigil::store::stories::{ClusteringCache, place_waiting};

use crate::connection::Connection;
use crate::world::World;

/// Eight outlets, two of which are one.
const FEEDS: [(&str, &str); 9] = [
    ("a", "https://a.example/feed"),
    ("b", "https://b.example/feed"),
    ("c", "https://c.example/feed"),
    ("d", "https://d.example/feed"),
    ("e", "https://e.example/feed"),
    ("f", "https://f.example/feed"),
    ("g", "https://g.example/feed"),
    ("h", "https://h.example/feed"),
    ("a-world", "https://world.a.example/feed"),
];

/// One event in the words of several outlets.
const HUAMANGA: [(&str, &str, &str); 6] = [
    (
        "a",
        "Soldiers kill nine protesters in Huamanga",
        "Soldiers opened fire on protesters near the airport of Huamanga on Monday and killed nine people, the \
         ombudsman said.",
    ),
    (
        "b",
        "Nine protesters killed by soldiers near Huamanga airport",
        "Nine protesters died near the airport of Huamanga on Monday when soldiers opened fire, said the ombudsman.",
    ),
    (
        "c",
        "Huamanga: soldiers fire on protesters, nine killed",
        "The ombudsman counts nine protesters killed by soldiers who fired near the airport of Huamanga.",
    ),
    (
        "d",
        "Ombudsman: nine protesters killed in Huamanga by soldiers",
        "Nine protesters were killed in Huamanga when soldiers opened fire near its airport on Monday.",
    ),
    (
        "e",
        "Protesters shot by soldiers in Huamanga, nine killed",
        "Soldiers shot protesters near the airport in Huamanga; nine were killed, the ombudsman says.",
    ),
    (
        "a-world",
        "Soldiers kill nine protesters in Huamanga",
        "Soldiers opened fire on protesters near the airport of Huamanga on Monday and killed nine people, the \
         ombudsman said.",
    ),
];

/// A recipient under a clock that the test sets.
struct Desk {
    world: World,
    config: Config,
    connection: Connection,
    keeper: ClusteringCache,
    now: Timestamp,
    polls: u32,
}

impl Desk {
    /// `recipient` are more lines of `[[recipient]]`, `watch` of a watch whose id is `soldiers`.
    fn new(recipient: &str, watch: &str) -> Self {
        let world = World::new(&FEEDS);
        world.write(
            "newsvigil.toml",
            &format!("[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n{recipient}\n"),
        );
        world.write(
            "watches/soldiers.toml",
            &format!(
                "[[watch]]\nid = \"soldiers\"\ntitle = \"Soldiers\"\ntopic = \"life\"\n\
                 match = 'soldiers AND protesters'\n{watch}\n"
            ),
        );
        let Ok((config, _)) = config::load(&world.config()) else {
            panic!("the configuration is refused")
        };
        std::fs::create_dir_all(world.state()).expect("a folder");
        let connection = Connection::open(&world.state().join("newsvigil.db"));
        Self {
            world,
            config,
            connection,
            keeper: ClusteringCache::default(),
            now: "2026-03-02T12:00:00Z".parse().expect("a time"),
            polls: 0,
        }
    }

    /// Stores an item that these watches hit, a minute after the last, and puts it into its story.
    fn item(&mut self, (feed, title, summary): (&str, &str, &str), watches: &[&str]) {
        self.polls += 1;
        self.now += SignedDuration::from_mins(1);
        let poll = PollRecord {
            feed_id: feed.to_owned(),
            url: format!("https://{feed}.example/feed"),
            content: Some(PolledContent {
                title: None,
                warnings: Vec::new(),
                by_address: false,
                is_page: false,
                entries: vec![PolledEntry {
                    key: format!("key-{}", self.polls),
                    content_hash: format!("hash-{}", self.polls),
                    document: Document {
                        title: title.to_owned(),
                        summary: summary.to_owned(),
                        url: Some(format!("https://{feed}.example/{}", self.polls)),
                        language: Some("en".to_owned()),
                        ..Document::default()
                    },
                    published: Some(self.now),
                    updated: None,
                }],
            }),
            articles: Policy::Off,
            budget: Budget::default().into(),
            decide: Box::new(|_| FeedState::default()),
        };
        let mut matcher = |_: &str, _: usize, document: &Document| {
            let spans: Vec<_> = document
                .title
                .match_indices("oldiers")
                .map(|(at, _)| {
                    serde_json::json!({"field": "title", "start": at - 1, "end": at + 7, "term": "soldiers"})
                })
                .collect();
            let hits = watches.iter().map(|watch| NewHit {
                watch_id: (*watch).to_owned(),
                watch_title: format!("Watch {watch}"),
                topic: format!("topic of {watch}"),
                watch_version: "1".to_owned(),
                score: 0,
                spans: serde_json::to_string(&spans).expect("JSON"),
                in_article: false,
                recipients: vec![Receiver {
                    id: "desk".to_owned(),
                    urgency: Urgency::Digest,
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
        let config = &self.config;
        let outlet = |feed: &str| config.feed(feed).expect("a feed").outlet.clone();
        place_waiting(&mut self.connection, &mut self.keeper, &outlet, self.now).expect("placed");
    }

    /// The digest that is owed now.
    fn digest(&self) -> Digest {
        let options = RenderOptions::new("newsvigil@example.org");
        let recipient = &self.config.recipients[0];
        let preview = daemon::preview(
            &self.connection,
            &self.config,
            &options,
            recipient,
            self.now,
        );
        preview.expect("a preview").0
    }

    /// Makes the digest that is due, and gives its message.
    fn mail(&mut self) -> Vec<u8> {
        let options = RenderOptions::new("newsvigil@example.org");
        let pace = AlertPacing::Grouped;
        let report = compose_all(&mut self.connection, &self.config, &options, pace, self.now);
        let report = report.expect("composed");
        assert_eq!((report.messages, report.failed), (1, Vec::new()));
        let claimed = outbox::claim(&mut self.connection, ClaimFilter::New(0)).expect("claimed");
        let (row, message) = claimed.expect("a mail");
        self.connection
            .execute("UPDATE outbox SET state = 'sent' WHERE id = ?1", [row.id])
            .expect("sent");
        message
    }

    /// How each hit was told that the last mail carried, by its item.
    fn told(&self) -> Vec<(i64, String)> {
        let filter = HitFilter {
            mail: self
                .connection
                .query_row("SELECT max(id) FROM outbox", [], |row| row.get(0))
                .expect("a mail"),
            ..HitFilter::default()
        };
        let mut told = Vec::new();
        hits::list(&self.connection, &filter, &mut |hit| {
            told.push((hit.entry_id, hit.told.expect("told")));
            Ok(())
        })
        .expect("listed");
        told.sort();
        told
    }
}

fn title(story: &DigestStory) -> String {
    let title = story.lead.title.iter();
    title.map(|piece| piece.text.as_str()).collect()
}

#[test]
fn an_event_that_six_feeds_report_is_told_once_and_names_the_outlets() {
    let mut desk = Desk::new("", "");
    for item in HUAMANGA {
        desk.item(item, &["soldiers"]);
    }
    desk.item(("f", "Court frees a reporter", "After a year."), &["press"]);
    let digest = desk.digest();
    assert_eq!((digest.totals.items, digest.totals.stories), (7, 2));
    let story = digest.stories.iter().find(|story| story.items == 6);
    let story = story.expect("one story of all reports");
    assert!(story.story > 0 && !story.told_before);
    assert_eq!(story.outlets, 5, "two feeds are of one outlet");
    assert_eq!(story.also.len(), 4, "{:?}", story.also);
    assert!(story.also.iter().all(|also| also.link.is_some()));
    let (first, _) = story.first.as_ref().expect("who was first");
    assert_eq!(first, "a.example");
    assert!(
        story
            .why
            .contains(&"5 independent outlets (9.3)".to_owned()),
        "{:?}",
        story.why
    );
    let topics: Vec<usize> = digest
        .totals
        .topics
        .iter()
        .map(|count| count.items)
        .collect();
    assert_eq!(topics, [1, 1], "each story is counted once");
    desk.mail();
    let told = desk.told();
    assert_eq!(told.len(), 7, "nothing that was owed is gone: {told:?}");
    assert_eq!(desk.digest().totals.hits, 0);
}

#[test]
fn a_watch_that_wants_no_stories_is_told_of_each_item() {
    let mut desk = Desk::new("", "stories = false");
    for item in HUAMANGA {
        desk.item(item, &["soldiers"]);
    }
    let digest = desk.digest();
    assert_eq!(digest.totals.stories, 6);
    assert!(digest.stories.iter().all(|story| story.story == 0));
}

#[test]
fn a_story_stands_under_its_best_topic_and_names_the_others() {
    let mut desk = Desk::new("", "");
    desk.item(HUAMANGA[0], &["soldiers", "protest"]);
    desk.item(HUAMANGA[1], &["press"]);
    let digest = desk.digest();
    assert_eq!(digest.stories.len(), 1);
    let story = &digest.stories[0];
    assert_eq!(story.lead.topic.as_deref(), Some("topic of protest"));
    assert_eq!(story.other_topics, ["topic of press"]);
    assert_eq!(digest.totals.topics.len(), 1);
}

#[test]
fn an_outlet_that_was_named_or_copies_does_not_join_a_story() {
    let mut desk = Desk::new("digest = [\"hourly\"]", "");
    desk.item(HUAMANGA[0], &["soldiers"]);
    desk.item(HUAMANGA[1], &["soldiers"]);
    desk.mail();
    // The outlet that was named, by its other feed, and another outlet with the same text.
    desk.item(HUAMANGA[5], &["soldiers"]);
    desk.item(("f", HUAMANGA[1].1, HUAMANGA[1].2), &["soldiers"]);
    let digest = desk.digest();
    let story = &digest.developing[0];
    assert_eq!((story.items, story.joined, story.also.len()), (2, 0, 0));
    desk.item(HUAMANGA[2], &["soldiers"]);
    let digest = desk.digest();
    let story = &digest.developing[0];
    assert_eq!((story.joined, story.also.len()), (1, 0));
    assert_eq!(story.lead.feed_title, "c.example");
}

#[test]
fn the_order_is_explained_and_the_same_each_time() {
    let mut desk = Desk::new("", "");
    desk.item(
        ("f", "A quiet report", "Somebody said something."),
        &["press"],
    );
    for item in HUAMANGA {
        desk.item(item, &["soldiers"]);
    }
    let run = || {
        desk.world
            .run(&["digest", "preview", "desk", "--why"])
            .ok()
            .stdout
    };
    let said = run();
    let order: Vec<usize> = ["nine killed (e.example)\n", "A quiet report (f.example)\n"]
        .iter()
        .map(|title| {
            said.find(title)
                .unwrap_or_else(|| panic!("{title}: {said}"))
        })
        .collect();
    assert!(order[0] < order[1], "{said}");
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for reason in [
        " points; ",
        "in the headline or the first lines (6.0)",
        "5 independent outlets (9.3)",
        "in full; under topic of soldiers, since its watch Watch soldiers matches best (1 word)",
    ] {
        assert!(words.contains(reason), "{reason}: {said}");
    }
    let ranks = |said: &str| -> Vec<String> {
        let lines = said.lines().filter(|line| line.contains(". "));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(ranks(&run()), ranks(&said));
}
