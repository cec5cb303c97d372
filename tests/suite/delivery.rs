//! Who is told, how fast and how often: the same code as the service's, under a clock of our own.

use jiff::{SignedDuration, Timestamp};
use newsvigil::config::{self, Config};
use newsvigil::core::article::Policy;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::daemon::{Pace, compose_all};
use newsvigil::mail::RenderOptions;
use newsvigil::store::digests::{self, Owing};
use newsvigil::store::hits::{self, HitFilter};
use newsvigil::store::outbox::{self, Due};
use newsvigil::store::polls::{
    self, NewHit, PollRecord, PolledContent, PolledEntry, Receiver, Recording, Urgency,
};
use newsvigil::store::{self, mutes};
use rusqlite::Connection;

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
        let connection = store::open(&world.state().join("newsvigil.db")).expect("a database");
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
        let mut recording = Recording {
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
            Pace::Grouped,
            self.now,
        );
        let report = report.expect("composed");
        let mut mails = Vec::new();
        while let Some((row, message)) =
            outbox::claim(&mut self.connection, Due::New(self.seen)).expect("claimed")
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
fn a_feed_that_fails_is_something_to_say_once() {
    let mut desk = Desk::new("digest = [\"hourly\"]");
    desk.hit("a", Urgency::Digest);
    assert_eq!(desk.mails().0.len(), 1);
    let mut next_hour = |failing: bool| {
        desk.feed_is(failing);
        desk.wait(SignedDuration::from_hours(1));
        desk.mails().0
    };
    assert!(next_hour(false).is_empty());
    let mails = next_hour(true);
    assert_eq!(
        mails.len(),
        1,
        "nothing was found, and that cannot be trusted"
    );
    assert!(mails[0].text.contains("404 Not Found"), "{}", mails[0].text);
    assert!(next_hour(true).is_empty(), "told already");
    assert!(next_hour(false).is_empty());
    assert_eq!(next_hour(true).len(), 1, "it is news again");
}

#[test]
fn a_failure_that_is_over_stands_in_the_digest_of_its_window() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.hit("a", Urgency::Digest);
    let (_, again) = desk.mails();
    desk.feed_is(true);
    desk.wait(SignedDuration::from_hours(3));
    desk.feed_is(false);
    desk.hit("b", Urgency::Digest);
    desk.now = again.expect("a time");
    let (mails, _) = desk.mails();
    let words: Vec<&str> = mails[0].text.split_whitespace().collect();
    let text = words.join(" ");
    assert!(text.contains("Failed for a while"), "{text}");
    assert!(
        text.contains("until Mon 2 Mar, 15:00: 404 Not Found"),
        "{text}"
    );
    desk.hit("c", Urgency::Digest);
    desk.wait(SignedDuration::from_hours(24));
    let (mails, _) = desk.mails();
    assert!(
        !mails[0].text.contains("Failed for a while"),
        "{}",
        mails[0].text
    );
}

#[test]
fn an_operator_is_told_once_when_a_feed_fails_and_once_when_it_works_again() {
    let mut desk = Desk::new("operator = true\ndigest = [\"off\"]");
    desk.feed_is(false);
    assert!(desk.mails().0.is_empty());
    desk.feed_is(true);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "1 feed is in trouble: outlet.example");
    assert!(mails[0].text.contains("404 Not Found"), "{}", mails[0].text);
    desk.wait(MINUTE);
    desk.feed_is(true);
    assert!(desk.mails().0.is_empty(), "told already");
    desk.feed_is(false);
    let (mails, again) = desk.mails();
    assert!(mails.is_empty(), "not more often than every ten minutes");
    let options = RenderOptions::new("newsvigil@example.org");
    let (config, now) = (&desk.config, desk.now);
    let report = compose_all(&mut desk.connection, config, &options, Pace::AtOnce, now);
    assert_eq!(report.expect("composed").messages, 0, "by whatever command");
    desk.now = again.expect("it waits");
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "1 feed is fine again: outlet.example");
    assert!(desk.mails().0.is_empty());
}

#[test]
fn a_notice_waits_when_its_reader_had_enough_mails_within_the_hour() {
    let mut desk = Desk::new("operator = true\ndigest = [\"off\"]");
    desk.connection
        .execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
             INSERT INTO outbox (recipient_id, address, sender, kind, message_id, subject, hits,
                                 state, created_at, next_attempt_at)
             SELECT 'desk', 'desk@example.org', 'a@example.org', 'alert', 'm' || i, 's', 1, 'sent',
                    ?1, 0 FROM n",
            [desk.now.as_second()],
        )
        .expect("stored");
    desk.feed_is(true);
    let (mails, again) = desk.mails();
    assert!(mails.is_empty(), "{mails:#?}");
    assert!(again.is_some_and(|again| again > desk.now));
    desk.wait(SignedDuration::from_mins(61));
    assert_eq!(desk.mails().0.len(), 1);
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
fn a_mute_holds_back_counts_and_ends() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    let ends = desk.now + SignedDuration::from_hours(1);
    mutes::add(&desk.connection, "force", "too many", desk.now, ends).expect("muted");
    desk.hit("force", Urgency::Alert);
    desk.wait(MINUTE);
    assert!(desk.mails().0.is_empty());
    desk.wait(SignedDuration::from_hours(2));
    desk.hit("force", Urgency::Digest);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1, "the mute has ended by itself");
    assert!(mails[0].text.contains("Story force-2"));
    assert!(!mails[0].text.contains("Story force-1"));
    let hits = newsvigil::store::hits::count(&desk.connection).expect("counted");
    assert_eq!(hits.0, 2, "what was muted is stored");
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

/// What a recipient is owed in a digest.
fn owed(desk: &Desk) -> usize {
    digests::count_owed(&desk.connection, "desk", &Owing::Digest).expect("counted")
}

#[test]
fn alerts_that_went_out_are_not_owed_to_a_digest_that_is_off() {
    let mut desk = Desk::new(OFF);
    desk.hit("a", Urgency::Alert);
    desk.wait(MINUTE);
    assert_eq!(desk.mails().0.len(), 1);
    assert_eq!(owed(&desk), 0);
    // As an older version left it.
    desk.connection
        .execute("UPDATE delivery SET digest_id = NULL", [])
        .expect("owed");
    assert_eq!(owed(&desk), 1);
    assert!(desk.mails().0.is_empty());
    assert_eq!(owed(&desk), 0);
    let creditors = digests::creditors(&desk.connection).expect("read");
    assert!(creditors.is_empty(), "{creditors:?}");
}

#[test]
fn an_alert_of_very_many_items_is_one_mail_of_bounded_size_whose_number_lists_them() {
    let mut desk = Desk::new(OFF);
    for _ in 0..400 {
        desk.hit("a", Urgency::Alert);
    }
    desk.wait(MINUTE);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].html.len() <= 90 << 10, "{}", mails[0].html.len());
    assert!(
        mails[0].subject.contains(", 400 new)"),
        "{}",
        mails[0].subject
    );
    assert!(mails[0].text.contains("hits --mail 1"), "{}", mails[0].text);
    let mut told = std::collections::BTreeMap::new();
    let filter = HitFilter {
        mail: Some(1),
        ..HitFilter::default()
    };
    hits::list(&desk.connection, &filter, &mut |hit| {
        let how = hit.told.clone().expect("how it was told");
        let shown = mails[0].text.lines().any(|line| line.ends_with(&hit.title));
        assert_eq!(shown, how != "count", "{}: {how}", hit.title);
        *told.entry(how).or_insert(0) += 1;
        Ok(())
    })
    .expect("listed");
    assert_eq!(told.values().sum::<i32>(), 400, "{told:?}");
    assert_eq!(told.len(), 3, "{told:?}");
}

#[test]
fn a_digest_of_very_many_hits_is_marked_bit_by_bit_and_counts_as_told_at_once() {
    let mut desk = Desk::new("digest = [\"hourly\"]");
    desk.hit("a", Urgency::Digest);
    // As many again as are marked in one go, and some.
    desk.connection
        .execute_batch(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45000)
             INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version,
                              program_version, score, spans, found_at)
             SELECT entry_id, revision, 'w' || i, 'W', topic, '1', '0', 0, '[]', found_at FROM hit, n;
             INSERT INTO delivery (hit_id, recipient_id, urgency)
             SELECT id, 'desk', 'digest' FROM hit WHERE watch_id <> 'a'",
        )
        .expect("stored");
    assert_eq!(owed(&desk), 45_001);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(owed(&desk), 0, "at once");
    let marked = |desk: &Desk| -> i64 {
        let count = "SELECT count(*) FROM delivery WHERE digest_id = 1";
        desk.connection
            .query_row(count, [], |row| row.get(0))
            .expect("counted")
    };
    assert!(marked(&desk) < 45_001);
    let listed = |desk: &Desk| {
        let mut listed = 0;
        let filter = HitFilter {
            mail: Some(1),
            ..HitFilter::default()
        };
        hits::list(&desk.connection, &filter, &mut |_| {
            listed += 1;
            Ok(())
        })
        .expect("listed");
        listed
    };
    assert_eq!(listed(&desk), 45_001, "whatever is marked");
    desk.hit("b", Urgency::Digest);
    assert_eq!(owed(&desk), 1, "what comes later is owed");
    while marked(&desk) < 45_001 {
        let before = marked(&desk);
        let (mails, again) = desk.mails();
        assert!(mails.is_empty());
        assert!(again == Some(desk.now) || marked(&desk) == 45_001);
        assert!(marked(&desk) > before);
    }
    assert_eq!((listed(&desk), owed(&desk)), (45_001, 1));
    desk.wait(SignedDuration::from_hours(1));
    let (mails, _) = desk.mails();
    assert!(
        mails[0].subject.starts_with("1 new"),
        "{}",
        mails[0].subject
    );
}

#[test]
fn nothing_is_composed_while_nothing_is_due() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.hit("a", Urgency::Digest);
    assert_eq!(desk.mails().0.len(), 1);
    desk.hit("b", Urgency::Digest);
    // Whoever reads this text fails.
    desk.connection
        .execute("UPDATE hit SET spans = 'no JSON' WHERE watch_id = 'b'", [])
        .expect("broken");
    let (mails, again) = desk.mails();
    assert!(mails.is_empty());
    assert_eq!(again, "2026-03-03T07:30:00Z".parse().ok());
}

/// The greatest memory of the program until it ends, in KiB.
fn peak_of(mut child: std::process::Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("a process").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().split(' ').next()?.parse().ok());
        peak = peak.max(kib.unwrap_or(0));
        std::thread::yield_now();
    }
    peak
}

#[test]
fn two_hundred_thousand_owed_hits_are_one_mail_and_little_memory() {
    let desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.connection
        .execute_batch(
            "INSERT INTO feed (id, url, title, state, next_poll_at)
             VALUES ('outlet', 'https://outlet.example/feed', 'Outlet', '{}', 0);
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
             INSERT INTO entry (id, feed_id, key, revision, content_hash, title, summary, text, author,
                                categories, first_seen_at, last_seen_at, backlog)
             SELECT i, 'outlet', i, 0, i, 'Story ' || i, hex(zeroblob(1000)), '', '', '[]', 0, 0, 0
             FROM n;
             WITH RECURSIVE w (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM w WHERE i < 10)
             INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version,
                              program_version, score, spans, found_at)
             SELECT entry.id, 0, 'w' || w.i, 'Watch ' || w.i, 'topic', '1', '0', 0, '[]', 0
             FROM entry, w ORDER BY entry.id;
             INSERT INTO delivery (hit_id, recipient_id, urgency) SELECT id, 'desk', 'digest' FROM hit;",
        )
        .expect("stored");
    let mut once = desk.world.command(&["once", "--json"]);
    let child = once.stdout(std::process::Stdio::piped()).spawn();
    let peak = peak_of(child.expect("the program"));
    assert!(peak > 10_000 && peak < 100_000, "{peak} KiB");
    let mails = desk.world.mailbox();
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].subject.starts_with("20,000 new: "),
        "{}",
        mails[0].subject
    );
    assert!(mails[0].html.len() <= 90 << 10, "{}", mails[0].html.len());
    assert_eq!(owed(&desk), 0);
}

/// Whether the digest shows the item in full, and whether it lists it as sent before.
fn shown(digest: &Mail, title: &str) -> (bool, bool) {
    let (full, before) = digest
        .text
        .split_once("SENT BEFORE, AS ALERTS")
        .unwrap_or((&digest.text, ""));
    (full.contains(title), before.contains(title))
}

#[track_caller]
fn check_told_once(mails: &[Mail], title: &str) {
    let [alert, digest] = mails else {
        panic!("an alert and a digest: {mails:#?}")
    };
    assert!(alert.text.contains(title), "{alert:#?}");
    assert_eq!(shown(digest, title), (false, true), "{digest:#?}");
    assert!(digest.text.contains("1 alert sent before"), "{digest:#?}");
}

#[test]
fn an_item_of_an_alert_s_watch_and_a_digest_s_is_told_once_in_one_pass() {
    // The first run, and one in which alerts and the digest are due together.
    for watches in [
        [("a", Urgency::Alert), ("b", Urgency::Digest)],
        [("b", Urgency::Digest), ("a", Urgency::Alert)],
    ] {
        let mut desk = Desk::new("digest = [\"hourly\"]");
        desk.item(&watches);
        desk.wait(MINUTE);
        let (mails, _) = desk.mails();
        let title = format!("Story {}-1", watches[0].0);
        check_told_once(&mails, &title);
        assert!(mails[0].text.contains("Watch a") && mails[0].text.contains("Watch b"));
        desk.wait(SignedDuration::from_mins(59));
        desk.item(&watches);
        desk.wait(MINUTE);
        let (mails, _) = desk.mails();
        check_told_once(&mails, &format!("Story {}-2", watches[0].0));
        assert_eq!(owed(&desk), 0);
    }
}

#[test]
fn an_item_is_told_once_when_the_quiet_ends_as_the_digest_is_due() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]\nquiet = \"22:00-07:30\"");
    desk.hit("x", Urgency::Digest);
    assert_eq!(desk.mails().0.len(), 1);
    desk.now = "2026-03-03T02:00:00Z".parse().expect("a time");
    desk.item(&[("a", Urgency::Alert), ("b", Urgency::Digest)]);
    let (mails, again) = desk.mails();
    assert!(mails.is_empty(), "{mails:#?}");
    desk.now = again.expect("it waits");
    assert_eq!(desk.now.to_string(), "2026-03-03T07:30:00Z");
    let (mails, _) = desk.mails();
    check_told_once(&mails, "Story a-2");
    assert!(desk.mails().0.is_empty());
}

#[test]
fn what_an_alert_told_before_a_restart_the_digest_lists_as_sent() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.hit("x", Urgency::Digest);
    assert_eq!(desk.mails().0.len(), 1);
    desk.item(&[("a", Urgency::Alert), ("b", Urgency::Digest)]);
    desk.wait(MINUTE);
    let (alerts, _) = desk.mails();
    assert_eq!(alerts.len(), 1);
    desk.connection = store::open(&desk.world.state().join("newsvigil.db")).expect("a database");
    desk.wait(SignedDuration::from_hours(24));
    let (digests, _) = desk.mails();
    assert_eq!(
        shown(&digests[0], "Story a-2"),
        (false, true),
        "{digests:#?}"
    );
}

#[test]
fn an_alert_that_was_given_up_is_told_in_full_by_the_digest() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.hit("x", Urgency::Digest);
    desk.mails();
    desk.item(&[("a", Urgency::Alert), ("b", Urgency::Digest)]);
    desk.wait(MINUTE);
    desk.mails();
    let changed = desk.connection.execute(
        "UPDATE outbox SET state = 'undeliverable', reply = '550 5.1.1 nobody' WHERE kind = 'alert'",
        [],
    );
    assert_eq!(changed, Ok(1));
    desk.wait(SignedDuration::from_hours(24));
    let (digests, _) = desk.mails();
    assert_eq!(
        shown(&digests[0], "Story a-2"),
        (true, false),
        "{digests:#?}"
    );
}

/// Lets no mail of that kind be stored.
fn refuse_to_store(desk: &Desk, kind: &str) {
    desk.connection
        .execute_batch(&format!(
            "CREATE TRIGGER broken BEFORE INSERT ON outbox WHEN new.kind = '{kind}'
             BEGIN SELECT RAISE(ABORT, 'no {kind} today'); END"
        ))
        .expect("a trigger");
}

fn compose_now(desk: &mut Desk) -> newsvigil::daemon::ComposeReport {
    let options = RenderOptions::new("newsvigil@example.org");
    let (config, now) = (&desk.config, desk.now);
    compose_all(&mut desk.connection, config, &options, Pace::AtOnce, now).expect("composed")
}

#[test]
fn an_alert_that_cannot_be_made_is_told_in_full_by_the_digest() {
    let mut desk = Desk::new("digest = [\"hourly\"]");
    refuse_to_store(&desk, "alert");
    desk.item(&[("a", Urgency::Alert), ("b", Urgency::Digest)]);
    desk.wait(MINUTE);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1, "{mails:#?}");
    assert_eq!(shown(&mails[0], "Story a-1"), (true, false), "{mails:#?}");
    let unmade = digests::unmade(&desk.connection).expect("read");
    assert!(unmade[0].why.contains("no alert today"), "{unmade:?}");
    // Nothing is owed any more, so that nothing is kept back.
    assert!(desk.mails().0.is_empty());
    assert_eq!(digests::unmade(&desk.connection).expect("read"), []);
}

#[test]
fn alerts_go_out_though_the_digest_cannot_be_made() {
    let mut desk = Desk::new("digest = [\"hourly\"]");
    refuse_to_store(&desk, "digest");
    desk.hit("a", Urgency::Alert);
    desk.hit("b", Urgency::Digest);
    desk.wait(MINUTE);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1, "{mails:#?}");
    assert!(mails[0].text.contains("Story a-1"), "{mails:#?}");
    assert_eq!(owed(&desk), 2, "both stay owed to the digest");
    desk.connection
        .execute_batch("DROP TRIGGER broken")
        .expect("mended");
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(shown(&mails[0], "Story b-2"), (true, false));
    assert_eq!(shown(&mails[0], "Story a-1"), (false, true));
}

#[test]
fn whom_no_mail_can_be_made_for_is_in_status_and_told_to_another_operator() {
    let mut desk = Desk::new(
        "operator = true\n[[recipient]]\nid = \"ops\"\naddress = \"ops@example.org\"\noperator = true\n",
    );
    desk.config.recipients[0].address = "no address".to_owned();
    desk.hit("a", Urgency::Digest);
    let report = compose_now(&mut desk);
    assert_eq!(report.failed.len(), 1, "{report:?}");
    let since = desk.now;
    let (_, message) = outbox::claim(&mut desk.connection, Due::New(0))
        .expect("claimed")
        .expect("a notice");
    let notice = Mail::read(&message);
    assert_eq!(notice.to, "ops@example.org");
    assert_eq!(notice.subject, "1 recipient gets no mail: desk");
    for _ in 0..3 {
        desk.wait(SignedDuration::from_mins(15));
        assert_eq!(compose_now(&mut desk).messages, 0, "told once");
    }
    let status = |desk: &Desk| {
        newsvigil::daemon::Standing::read(
            Some(&desk.connection),
            &desk.world.state(),
            &desk.config,
            0,
            desk.now,
        )
        .expect("read")
    };
    let standing = status(&desk);
    assert_eq!(standing.without_mail[0].recipient, "desk");
    assert_eq!(standing.without_mail[0].since, since.as_second());
    let expected = "no mail can be made for `desk` since 45 min ago: `no address` is not an e-mail address that mail can be \
         sent to: it has no @";
    assert!(
        standing.needs.iter().any(|need| need == expected),
        "{:?}",
        standing.needs
    );
    // The program says so too, and that a person is needed.
    let run = desk.world.run(&["status"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stdout.contains("no mail can be made for `desk`"),
        "{run:?}"
    );
    let json = desk.world.run(&["status", "--json"]).stdout;
    assert!(
        json.contains("\"without_mail\":[{\"recipient\":\"desk\""),
        "{json}"
    );
    desk.config.recipients[0].address = "desk@example.org".to_owned();
    assert_eq!(compose_now(&mut desk).messages, 1, "the digest");
    assert!(status(&desk).without_mail.is_empty());
}

#[test]
fn a_notice_that_cannot_be_made_keeps_nobody_s_mail_back() {
    let mut desk =
        Desk::new("[[recipient]]\nid = \"ops\"\naddress = \"ops@example.org\"\noperator = true\n");
    desk.config.recipients[1].address = "no address".to_owned();
    desk.hit("a", Urgency::Digest);
    desk.feed_is(true);
    let report = compose_now(&mut desk);
    assert_eq!((report.messages, report.failed.len()), (1, 1), "{report:?}");
    assert_eq!(
        digests::unmade(&desk.connection).expect("read")[0].recipient_id,
        "ops"
    );
}

#[test]
fn a_mute_that_was_set_again_is_listed_once_with_all_that_was_held_back() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    let hour = SignedDuration::from_hours(1);
    for (reason, hours) in [("first", 2), ("second", 3), ("third", 4)] {
        let ends = desk.now + hour * hours;
        mutes::add(&desk.connection, "force", reason, desk.now, ends).expect("muted");
        desk.hit("force", Urgency::Digest);
        desk.wait(MINUTE);
    }
    for listed in [
        mutes::since(&desk.connection, desk.now - hour, desk.now),
        mutes::since(&desk.connection, desk.now - hour * 24, desk.now),
    ] {
        let listed = listed.expect("read");
        assert_eq!(listed.len(), 1, "{listed:?}");
        assert_eq!(
            (listed[0].reason.as_str(), listed[0].held_back),
            ("third", 3)
        );
    }
    desk.hit("other", Urgency::Digest);
    let (mails, _) = desk.mails();
    let text = mails[0]
        .text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(text.contains("Muted (1):"), "{text}");
    assert!(text.contains("3 hits held back (third)"), "{text}");
    assert!(!text.contains("(first)"), "{text}");
}
