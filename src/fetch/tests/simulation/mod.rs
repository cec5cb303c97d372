//! Weeks of polling before the strictest judge: real requests to scripted publishers, by a clock
//! that the test sets. No offence may be counted, and nothing that was published may be missed.

mod pages;
mod publisher;
mod weeks;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

use crate::core::schedule::{
    FeedEvent, FeedHints, FeedState, PollResult, PollSummary, ScheduleSettings, decide, is_due,
    next_request,
};

use super::*;
use publisher::{Fault, Honesty, Publisher, Script};

const WEEKS: i64 = 4;

fn begin() -> Timestamp {
    "2026-03-02T06:00:00Z".parse().unwrap()
}

/// A small generator of even numbers from 0 to 1, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(1_u32 << 31)
    }
}

/// Posts about every `gap`, from weeks before the beginning until the end.
fn posts(gap: SignedDuration, dice: &mut Dice) -> Vec<Timestamp> {
    let mut at = begin() - SignedDuration::from_hours(24 * 60);
    let end = begin() + SignedDuration::from_hours(24 * 7 * WEEKS);
    let mut posts = Vec::new();
    while at < end {
        posts.push(at);
        let seconds = gap.as_secs_f64() * (0.2 + 1.6 * dice.roll());
        at += SignedDuration::try_from_secs_f64(seconds).unwrap();
    }
    posts
}

fn script(name: &'static str, gap: SignedDuration) -> Script {
    Script {
        name,
        posts: posts(gap, &mut Dice(name.len() as u64)),
        window: 20,
        gives_etag: true,
        gives_date: true,
        honesty: Honesty::Honest,
        max_age: None,
        expires: None,
        hints: FeedHints::default(),
        fault: |_| Fault::None,
    }
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// A publisher and the time by which it lives.
struct World {
    now: Timestamp,
    publisher: Publisher,
}

/// What the poller knows of a feed, beside its state.
#[derive(Default)]
struct Known {
    /// When each entry was first seen.
    seen: BTreeMap<usize, Timestamp>,
    notices: Vec<FeedEvent>,
    /// What was decided, for the message of a test that fails.
    log: Vec<String>,
}

/// The publisher's lines, read as the poller would read a feed.
fn read(body: &[u8], hints: &FeedHints, known: &mut Known, now: Timestamp) -> Option<PollSummary> {
    let text = std::str::from_utf8(body).ok()?;
    let mut summary = PollSummary {
        hints: hints.clone(),
        ..PollSummary::default()
    };
    for line in text.lines() {
        let (number, second) = line.split_once(' ')?;
        let published = Timestamp::from_second(second.parse().ok()?).ok()?;
        summary.entries_in_feed += 1;
        summary.published.push(published);
        let number: usize = number.parse().ok()?;
        if let Entry::Vacant(place) = known.seen.entry(number) {
            place.insert(now);
            summary.entries_new += 1;
        }
    }
    Some(summary)
}

/// Plays all weeks for one script. `outages`: the share of requests that the network swallows.
async fn play(script: Script, every: Option<SignedDuration>, outages: f64) -> (Publisher, Known) {
    let world = Arc::new(Mutex::new(World {
        now: begin(),
        publisher: Publisher::new(script.clone(), begin()),
    }));
    let theirs = Arc::clone(&world);
    let site = Server::start(move |head| {
        let mut world = theirs.lock().unwrap();
        let now = world.now;
        world.publisher.answer(head, now)
    })
    .await;
    let fetcher = fetcher();
    let configured = format!("{}/feed", site.url);
    let settings = ScheduleSettings {
        every,
        ..ScheduleSettings::default()
    };
    let mut dice = Dice(7);
    let mut known = Known::default();
    let mut state = FeedState::default().for_address(&configured);
    let mut now = begin();
    let end = begin() + hours(24 * 7 * WEEKS);
    while now < end && is_due(&state, now) {
        world.lock().unwrap().now = now;
        let request = next_request(&state, &configured, &settings.budget, now);
        let swallowed = dice.roll() < outages;
        let outcome = if swallowed {
            Outcome::Failed(Failure::new(FailureKind::Timeout, "no answer within 30 s"))
        } else {
            fetcher.fetch(&request).await
        };
        now += SignedDuration::from_secs(2);
        let result = match &outcome {
            Outcome::Modified(modified) => {
                match read(&modified.body, &script.hints, &mut known, now) {
                    Some(summary) => PollResult::with_feed(&outcome, summary),
                    None => PollResult::unreadable(&outcome, "an HTML page, not a feed"),
                }
            }
            _ => PollResult::without_body(&outcome),
        };
        let decision = decide(&state, &result, &settings, now, dice.roll());
        known.log.push(format!("{now}: {}", decision.why));
        known.notices.extend(decision.notices);
        // Every poll is the last before a restart.
        fetcher.shared.limiter.reopen();
        let stored = serde_json::to_vec(&decision.state).unwrap();
        state = serde_json::from_slice(&stored).unwrap();
        now = state.next_poll_at.unwrap_or(end).max(now);
    }
    let blank = Publisher::new(script, begin());
    let publisher = std::mem::replace(&mut world.lock().unwrap().publisher, blank);
    (publisher, known)
}

/// Plays a script: no offence, and no entry of all weeks but the last is seen later than `latest`
/// after it was published.
async fn check(script: Script, latest: SignedDuration) -> (Publisher, Known) {
    let (publisher, known) = play(script, None, 0.02).await;
    assert_eq!(publisher.offences, [""; 0], "{}", publisher.script.name);
    assert_all_seen(&publisher, &known, latest);
    (publisher, known)
}

fn assert_all_seen(publisher: &Publisher, known: &Known, latest: SignedDuration) {
    let name = publisher.script.name;
    let last_week = begin() + hours(24 * 7 * (WEEKS - 1));
    let mut checked = 0;
    for (number, &post) in publisher.script.posts.iter().enumerate() {
        if post < begin() || post > last_week {
            continue;
        }
        checked += 1;
        let seen = known.seen.get(&number);
        let late = seen.map(|seen| seen.duration_since(post));
        assert!(
            late.is_some_and(|late| late <= latest),
            "{name}: entry {number}, published {post}: {late:?} {:#?}",
            known.log
        );
    }
    assert!(checked > 1, "{name}: {checked} entries");
}
