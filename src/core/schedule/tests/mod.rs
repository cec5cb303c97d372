//! Decisions, told as sentences.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::*;

mod clock;
mod failures;
mod intervals;
mod loss;
mod moves;
mod properties;
mod silence;
mod validators;

const URL: &str = "https://example.org/feed";

/// A feed, its clock, and what has been decided for it.
#[derive(Clone)]
struct Feed {
    state: FeedState,
    settings: ScheduleSettings,
    now: Timestamp,
    jitter: f64,
    notices: Vec<FeedEvent>,
    why: String,
}

impl Feed {
    /// A feed just met.
    fn new() -> Self {
        Self {
            state: FeedState::default().for_address(URL),
            settings: ScheduleSettings::default(),
            now: "2026-03-02T12:00:00Z".parse().unwrap(),
            jitter: 0.0,
            notices: Vec::new(),
            why: String::new(),
        }
    }

    /// A feed that has been read once, with `entries` entries, one every `gap` until now.
    fn publishing_every(gap: SignedDuration, entries: i32) -> Self {
        let mut feed = Self::new();
        let published = (0..entries).map(|i| feed.now - gap * i).collect();
        let summary = PollSummary {
            published,
            ..summary(
                entries.unsigned_abs() as usize,
                entries.unsigned_abs() as usize,
            )
        };
        feed.read(answer(), summary);
        feed
    }

    fn poll(&mut self, result: &PollResult<'_>) {
        let decision = decide(&self.state, result, &self.settings, self.now, self.jitter);
        self.state = decision.state;
        self.notices.extend(decision.notices);
        self.why = decision.why;
    }

    fn read(&mut self, answer: ResponseMetadata, summary: PollSummary) {
        let sent = next_request(&self.state, URL, &self.settings.budget, self.now).validators;
        let answer = ResponseMetadata { sent, ..answer };
        self.poll(&PollResult::with_feed(&modified(answer), summary));
    }

    fn unchanged(&mut self) {
        let sent = next_request(&self.state, URL, &self.settings.budget, self.now).validators;
        let outcome = Outcome::NotModified(ResponseMetadata { sent, ..answer() });
        self.poll(&PollResult::without_body(&outcome));
    }

    fn fail(&mut self, kind: FailureKind, message: &str) {
        let outcome = Outcome::Failed(Failure::new(kind, message));
        self.poll(&PollResult::without_body(&outcome));
    }

    fn wait(&self) -> SignedDuration {
        self.state.next_poll_at.unwrap().duration_since(self.now)
    }

    /// Lets time pass until the next poll is due.
    fn until_due(&mut self) -> &mut Self {
        self.now = self.state.next_poll_at.unwrap().max(self.now);
        assert!(is_due(&self.state, self.now));
        self
    }

    fn after(&mut self, wait: SignedDuration) -> &mut Self {
        self.now += wait;
        self
    }

    fn health(&self) -> HealthKind {
        health(&self.state, self.now).kind()
    }
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

fn validators(etag: &str) -> Validators {
    Validators {
        etag: Some(etag.as_bytes().to_vec()),
        last_modified: None,
    }
}

fn answer() -> ResponseMetadata {
    ResponseMetadata {
        requested_url: URL.to_owned(),
        final_url: URL.to_owned(),
        validators: validators("\"1\""),
        elapsed: Duration::from_millis(80),
        ..ResponseMetadata::default()
    }
}

fn caching(cache_control: &str) -> CachingHeaders {
    CachingHeaders {
        cache_control: Some(cache_control.to_owned()),
        ..CachingHeaders::default()
    }
}

fn modified(answer: ResponseMetadata) -> Outcome {
    Outcome::Modified(Modified {
        answer,
        body: b"<rss/>".to_vec(),
        ..Modified::default()
    })
}

fn throttled(status: u16, retry_after: Option<&str>, cache_control: Option<&str>) -> Outcome {
    Outcome::Throttled(Throttled {
        answer: ResponseMetadata {
            caching: CachingHeaders {
                retry_after: retry_after.map(str::to_owned),
                cache_control: cache_control.map(str::to_owned),
                ..CachingHeaders::default()
            },
            ..answer()
        },
        status,
        message: format!("{status} in words"),
        asked: RequestSent::Yes,
    })
}

fn summary(entries_in_feed: usize, entries_new: usize) -> PollSummary {
    PollSummary {
        entries_in_feed,
        entries_new,
        ..PollSummary::default()
    }
}

fn redirected(to: &str) -> ResponseMetadata {
    ResponseMetadata {
        final_url: to.to_owned(),
        moved_to: Some(to.to_owned()),
        ..answer()
    }
}

const NEW: &str = "https://example.org/new";

impl Feed {
    fn wait_since_last(&self) -> SignedDuration {
        self.now.duration_since(self.state.last_attempt_at.unwrap())
    }
}
