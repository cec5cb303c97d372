//! Who is told, how fast and how often: the same code as the service's, under a clock of our own.

mod failures;
mod many_items;
mod muting;
mod once;
mod uncomposable;

use jiff::{SignedDuration, Timestamp};
use newsvigil::config::{self, Config};
use newsvigil::core::alert::Urgency;
use newsvigil::core::article::Policy;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::daemon::{AlertPacing, compose_all};
use newsvigil::mail::RenderOptions;
use newsvigil::store::digests::{self, PendingScope};
use newsvigil::store::hits::{self, HitFilter};
use newsvigil::store::outbox::{self, ClaimFilter};
use newsvigil::store::polls::{
    self, NewHit, PollRecord, PolledContent, PolledEntry, Receiver, RecordContext,
};

use crate::connection::Connection;
use crate::world::{Mail, World};

/// A recipient's mail under a clock that the test sets.
struct Desk {
    world: World,
    config: Config,
    connection: Connection,
    now: Timestamp,
    polls: u32,
    seen: i64,
}

impl Desk {
    /// `recipient` are more lines of `[[recipient]]`.
    fn new(recipient: &str) -> Self {
        let world = World::new(&[("outlet", "https://outlet.example/feed")]);
        world.write(
            "newsvigil.toml",
            &format!("[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n{recipient}\n"),
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
            now: "2026-03-02T12:00:00Z".parse().expect("a time"),
            polls: 0,
            seen: 0,
        }
    }

    fn wait(&mut self, time: SignedDuration) {
        self.now += time;
    }

    /// Stores a hit of `watch`.
    fn hit(&mut self, watch: &str, urgency: Urgency) {
        self.item(&[(watch, urgency)]);
    }

    /// Stores an item that these watches hit; the first names it.
    fn item(&mut self, watches: &[(&str, Urgency)]) {
        self.polls += 1;
        let watch = watches[0].0;
        let key = format!("{watch}-{}", self.polls);
        let poll = PollRecord {
            feed_id: "outlet".to_owned(),
            url: "https://outlet.example/feed".to_owned(),
            content: Some(PolledContent {
                title: None,
                warnings: Vec::new(),
                by_address: false,
                is_page: false,
                entries: vec![PolledEntry {
                    content_hash: key.clone(),
                    document: Document {
                        title: format!("Story {key}"),
                        ..Document::default()
                    },
                    key,
                    published: None,
                    updated: None,
                }],
            }),
            articles: Policy::Off,
            budget: Budget::default().into(),
            decide: Box::new(|_| FeedState::default()),
        };
        let mut matcher = |_: &str, _: usize, _: &Document| {
            let hits = watches.iter().map(|(watch, urgency)| NewHit {
                watch_id: (*watch).to_owned(),
                watch_title: format!("Watch {watch}"),
                topic: "topic".to_owned(),
                watch_version: "1".to_owned(),
                score: 0,
                spans: "[]".to_owned(),
                in_article: false,
                recipients: vec![Receiver {
                    id: "desk".to_owned(),
                    urgency: *urgency,
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
    }

    /// Stores how the feed is: failing, or fine.
    fn feed_is(&mut self, failing: bool) {
        let now = self.now;
        let state = FeedState {
            last_attempt_at: Some(now),
            last_success_at: (!failing).then_some(now),
            failing_since: failing.then_some(now),
            consecutive_failures: u32::from(failing),
            last_error: failing.then(|| "404 Not Found".to_owned()),
            ..FeedState::default()
        };
        let poll = PollRecord {
            feed_id: "outlet".to_owned(),
            url: "https://outlet.example/feed".to_owned(),
            content: None,
            articles: Policy::Off,
            budget: Budget::default().into(),
            decide: Box::new(move |_| state.clone()),
        };
        let mut recording = RecordContext {
            now,
            backlog: SignedDuration::from_hours(24),
            program_version: "0",
            matcher: &mut |_, _, _| Ok(Vec::new()),
        };
        polls::record(&mut self.connection, &[poll], &mut recording).expect("recorded");
    }

    /// Composes what is due now and gives the new mails, and when to look again.
    fn mails(&mut self) -> (Vec<Mail>, Option<Timestamp>) {
        let options = RenderOptions::new("newsvigil@example.org");
        let report = compose_all(
            &mut self.connection,
            &self.config,
            &options,
            AlertPacing::Grouped,
            self.now,
        );
        let report = report.expect("composed");
        let mut mails = Vec::new();
        while let Some((row, message)) =
            outbox::claim(&mut self.connection, ClaimFilter::New(self.seen)).expect("claimed")
        {
            self.seen = row.id;
            mails.push(Mail::read(&message));
        }
        assert_eq!(mails.len(), report.messages);
        (mails, report.look_again)
    }
}

const OFF: &str = "digest = [\"off\"]";
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

#[test]
fn alerts_of_one_watch_wait_a_little_for_each_other() {
    let mut desk = Desk::new(OFF);
    desk.hit("a", Urgency::Alert);
    let (mails, again) = desk.mails();
    assert!(mails.is_empty());
    assert_eq!(again, Some(desk.now + SignedDuration::from_secs(30)));
    desk.wait(SignedDuration::from_secs(20));
    desk.hit("a", Urgency::Alert);
    desk.wait(SignedDuration::from_secs(10));
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("Story a-1") && mails[0].text.contains("Story a-2"));

    desk.wait(MINUTE);
    desk.hit("a", Urgency::Alert);
    desk.hit("b", Urgency::Alert);
    desk.wait(MINUTE);
    let (mails, again) = desk.mails();
    assert_eq!(
        mails.len(),
        1,
        "another watch does not wait for this one's ten minutes"
    );
    assert!(mails[0].text.contains("Story b-4"));
    desk.now = again.expect("the other waits");
    assert_eq!(desk.mails().0.len(), 1);
    assert_eq!(desk.mails().0.len(), 0);
}

#[test]
fn a_flood_turns_into_one_digest_an_hour_that_holds_everything() {
    let mut desk = Desk::new(OFF);
    for watch in 0..30 {
        desk.hit(&format!("w{watch}"), Urgency::Alert);
    }
    desk.wait(MINUTE);
    let (mails, _) = desk.mails();
    assert_eq!(
        mails.len(),
        20,
        "nineteen alerts, and a digest for the rest"
    );
    let digest = mails.last().expect("the digest");
    assert!(digest.subject.contains("(11 new)"), "{}", digest.subject);
    for watch in 0..30 {
        let story = format!("Story w{watch}-{}", watch + 1);
        let told = mails.iter().filter(|mail| mail.text.contains(&story));
        assert_eq!(told.count(), 1, "{story}");
    }
    desk.hit("late", Urgency::Alert);
    desk.wait(MINUTE);
    let (mails, again) = desk.mails();
    assert!(mails.is_empty(), "not a flood of digests");
    desk.now = again.expect("it waits");
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("Story late-31"));
}

#[test]
fn alerts_wait_for_the_end_of_the_quiet_hours() {
    let mut desk =
        Desk::new("timezone = \"America/Lima\"\nquiet = \"06:00-09:00\"\ndigest = [\"off\"]");
    desk.hit("a", Urgency::Alert);
    desk.wait(MINUTE);
    let (mails, again) = desk.mails();
    assert!(mails.is_empty(), "it is 07:01 in Lima");
    assert_eq!(again, "2026-03-02T14:00:00Z".parse().ok());
    desk.now = again.expect("an end");
    assert_eq!(desk.mails().0.len(), 1);
}

#[test]
fn a_digest_holds_its_window_and_the_alerts_of_it() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.hit("a", Urgency::Digest);
    let (mails, again) = desk.mails();
    assert_eq!(mails.len(), 1, "the first is due at once");
    assert_eq!(again, "2026-03-03T07:30:00Z".parse().ok());
    desk.hit("b", Urgency::Alert);
    desk.hit("c", Urgency::Digest);
    desk.wait(MINUTE);
    assert_eq!(desk.mails().0.len(), 1, "the alert alone");
    desk.now = again.expect("a time");
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("Story c-3"), "{}", mails[0].text);
    assert!(
        mails[0].text.contains("Story b-2"),
        "the whole record: {}",
        mails[0].text
    );
    assert!(!mails[0].text.contains("Story a-1"), "{}", mails[0].text);
    desk.wait(SignedDuration::from_hours(24));
    assert!(
        desk.mails().0.is_empty(),
        "nothing to say, and nobody asked for that"
    );
}

#[test]
fn an_alert_that_is_on_its_way_is_not_new_in_a_digest() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.hit("x", Urgency::Digest);
    assert_eq!(desk.mails().0.len(), 1);
    desk.hit("a", Urgency::Alert);
    desk.wait(MINUTE);
    assert_eq!(
        desk.mails().0.len(),
        1,
        "the alert, of which nobody heard yet"
    );
    desk.hit("b", Urgency::Digest);
    desk.wait(SignedDuration::from_hours(24));
    let (mails, _) = desk.mails();
    let text = &mails[0].text;
    assert!(text.contains("1 new item, 1 alert sent before"), "{text}");
}

#[test]
fn what_a_digest_took_and_has_not_marked_yet_is_told_in_no_alert() {
    let mut desk = Desk::new("digest = [\"hourly\"]");
    desk.hit("a", Urgency::Digest);
    // More than two rounds mark.
    desk.connection
        .execute_batch(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20100)
             INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version,
                              program_version, score, spans, found_at)
             SELECT entry_id, revision, 'w' || i, 'W', topic, '1', '0', 0, '[]', found_at FROM hit, n;
             INSERT INTO delivery (hit_id, recipient_id, urgency)
             SELECT id, 'desk', iif(id > 20050, 'alert', 'digest') FROM hit WHERE watch_id <> 'a'",
        )
        .expect("stored");
    assert_eq!(desk.mails().0.len(), 1, "the digest");
    desk.wait(MINUTE);
    let (mails, _) = desk.mails();
    assert!(mails.is_empty(), "{mails:#?}");
}

#[test]
fn who_asks_for_it_is_told_that_nothing_was_found() {
    let mut desk = Desk::new("digest = [\"hourly\"]\nsend_empty = \"daily\"");
    assert_eq!(
        desk.mails().0.len(),
        1,
        "that it works is the first thing to say"
    );
    let mut mails = 0;
    for _ in 0..48 {
        desk.wait(SignedDuration::from_hours(1));
        mails += desk.mails().0.len();
    }
    assert_eq!(mails, 2, "one a day");
}

#[test]
fn a_clock_set_back_does_not_silence_a_digest() {
    let mut desk = Desk::new("digest = [\"hourly\"]");
    desk.hit("a", Urgency::Digest);
    assert_eq!(desk.mails().0.len(), 1);
    desk.now = "2025-03-02T12:00:00Z".parse().expect("a time");
    desk.hit("b", Urgency::Digest);
    assert!(desk.mails().0.len() <= 1);
    desk.wait(SignedDuration::from_hours(2));
    desk.hit("c", Urgency::Digest);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1, "within hours, not within a year");
}
