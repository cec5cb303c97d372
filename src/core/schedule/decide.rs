//! Feed state, outcome and now to the next state.

use jiff::{SignedDuration, Timestamp};

use super::freshness::FeedHints;
use super::habit::{Habit, LONGEST_INTERVAL, SHORTEST_INTERVAL, USUAL_INTERVAL};
use super::outcome::{Answer, Asked, FailureKind, Outcome, Throttled};
use super::state::{Adoption, FeedState, Lane, Sighting};
use super::truth::check_is_due;
use super::words::duration_in_words;

/// What the configuration says about when to poll a feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScheduleSettings {
    /// The time between two polls that is wished for, instead of one that suits the feed's habit. A
    /// wish: what the publisher permits is never undercut.
    pub every: Option<SignedDuration>,
}

/// What came of a poll: of the request, and of reading the body when there was one.
#[derive(Clone, Debug)]
pub struct PollResult<'a> {
    /// What came of the request.
    pub outcome: &'a Outcome,
    /// What came of reading the body.
    pub reading: Reading,
}

/// What came of reading a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// There was none to read.
    NoBody,
    /// It was a feed.
    Feed(PollSummary),
    /// It was not; the sentence says why.
    Unreadable(String),
}

impl<'a> PollResult<'a> {
    /// A poll without a new body.
    pub fn without_body(outcome: &'a Outcome) -> Self {
        Self {
            outcome,
            reading: Reading::NoBody,
        }
    }

    /// A poll whose body was a feed.
    pub fn with_feed(outcome: &'a Outcome, summary: PollSummary) -> Self {
        Self {
            outcome,
            reading: Reading::Feed(summary),
        }
    }

    /// A poll whose body could not be read as a feed.
    pub fn unreadable(outcome: &'a Outcome, message: impl Into<String>) -> Self {
        Self {
            outcome,
            reading: Reading::Unreadable(message.into()),
        }
    }
}

/// What a body that was a feed held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PollSummary {
    /// Entries in the body.
    pub entries_in_feed: usize,
    /// Those of them that were not known before.
    pub entries_new: usize,
    /// Those of them that were known with other words.
    pub entries_revised: usize,
    /// Publication dates of the entries that carry one, in any order.
    pub published: Vec<Timestamp>,
    /// The oldest publication date among the new entries.
    pub oldest_new: Option<Timestamp>,
    /// What the feed says about when to come again.
    pub hints: FeedHints,
}

/// What to do, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The next state, to be stored together with the entries of the poll.
    pub state: FeedState,
    /// A sentence that reads alone: what came of the poll, when the next one is, and why then.
    pub why: String,
    /// What a person should be told, beside the feed's health.
    pub notices: Vec<Notice>,
}

/// Something that happened once and that a person should be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The feed has moved for good, and is asked at its new address from now on.
    Moved {
        /// The old address.
        from: String,
        /// The new one.
        to: String,
    },
    /// The adopted address kept failing, so that the configured one is asked again.
    MovedBack {
        /// The adopted address.
        from: String,
        /// The configured one.
        to: String,
    },
    /// The publisher says that the feed is over; it is no longer asked.
    Gone,
    /// The server had answered 304 although there was something new.
    Lied,
    /// No entry was in common with the last body: items may have been missed.
    PossiblyMissed,
}

impl Notice {
    /// A sentence without its subject.
    pub fn sentence(&self) -> String {
        match self {
            Self::Moved { from, to } => format!(
                "has moved for good from {from} to {to} and is asked there from now on; please change its address"
            ),
            Self::MovedBack { from, to } => {
                format!("keeps failing at {from}, where it had moved, and is asked at {to} again")
            }
            Self::Gone => {
                "is over, says its publisher (410 Gone), and is no longer asked".to_owned()
            }
            Self::Lied => {
                "answered \"not modified\" although it had something new; it is checked once a day"
                    .to_owned()
            }
            Self::PossiblyMissed => {
                "had no entry in common with its last answer: items may have been missed; it is polled sooner now"
                    .to_owned()
            }
        }
    }
}

/// A permanent redirect is adopted after this many sightings in a row …
const SIGHTINGS: u32 = 3;
/// … over this long at least.
const SIGHTED_FOR: SignedDuration = SignedDuration::from_hours(48);
/// An adopted address that has failed this long is given up again.
const MOVE_FAILS_FOR: SignedDuration = SignedDuration::from_hours(72);
/// The most that jitter adds.
const JITTER_AT_MOST: SignedDuration = SignedDuration::from_mins(30);

/// Feed state, outcome and now to the next state. `jitter` is a random number from 0 to 1; what it
/// adds is never negative. `now` is the time when the answer had come.
pub fn decide(
    state: &FeedState,
    result: &PollResult<'_>,
    settings: &ScheduleSettings,
    now: Timestamp,
    jitter: f64,
) -> Decision {
    let mut poll = Poll {
        next: state.clone(),
        before: state,
        now,
        notices: Vec::new(),
    };
    if let Outcome::Throttled(Throttled {
        asked: Asked::No { rest },
        ..
    }) = result.outcome
    {
        let rest = SignedDuration::try_from(*rest).unwrap_or(USUAL_INTERVAL);
        return poll.postpone(rest, jitter);
    }

    poll.next.last_attempt_at = Some(now);
    let answer = answer_of(result.outcome);
    let unconditional = match answer {
        Some(answer) => answer.sent.is_empty(),
        None => state.validators.is_empty() || check_is_due(state, now),
    };
    if unconditional {
        poll.next.last_unconditional_at = Some(now);
    }

    let (told, interval, because) = match (result.outcome, &result.reading) {
        (Outcome::Modified(modified), Reading::Feed(summary)) => {
            poll.read(&modified.answer, summary, settings)
        }
        (Outcome::Modified(modified), Reading::Unreadable(message)) => {
            poll.keep_unreadable(&modified.answer, message);
            poll.failed(message, 1.0, settings)
        }
        (Outcome::Modified(_), Reading::NoBody) => {
            poll.failed("the answer was not read", 0.25, settings)
        }
        (Outcome::NotModified(answer), _) => poll.unchanged(answer, settings),
        (Outcome::Gone(_), _) => return poll.gone(),
        (Outcome::Throttled(throttled), _) => poll.failed(&throttled.message, 0.5, settings),
        (Outcome::Failed(failure), _) => {
            if let Some(answer) = &failure.answer
                && matches!(failure.kind, FailureKind::TooLarge | FailureKind::Encoding)
            {
                poll.keep_unreadable(answer, &failure.message);
            }
            poll.next.lane = if failure.kind == FailureKind::Timeout {
                Lane::Slow
            } else {
                Lane::Prompt
            };
            poll.failed(&failure.message, weight(failure.kind), settings)
        }
    };
    poll.schedule(&told, interval, because, answer, jitter)
}

/// What the server said, when one answered.
fn answer_of(outcome: &Outcome) -> Option<&Answer> {
    match outcome {
        Outcome::Modified(modified) => Some(&modified.answer),
        Outcome::NotModified(answer) | Outcome::Gone(answer) => Some(answer),
        Outcome::Throttled(throttled) => Some(&throttled.answer),
        Outcome::Failed(failure) => failure.answer.as_deref(),
    }
}

/// How much a failure counts: the less, the likelier it is to pass by itself.
fn weight(kind: FailureKind) -> f64 {
    match kind {
        FailureKind::Connection | FailureKind::Protocol => 0.25,
        FailureKind::Timeout | FailureKind::Name | FailureKind::Tls | FailureKind::Encoding => 0.5,
        FailureKind::Status(status) if status >= 500 || status == 429 || status == 408 => 0.5,
        FailureKind::Address
        | FailureKind::Forbidden
        | FailureKind::Status(_)
        | FailureKind::TooLarge
        | FailureKind::Redirect
        | FailureKind::UnaskedNotModified
        | FailureKind::File => 1.0,
    }
}

/// A decision in the making. What a step returns: what came of the poll, the interval that our own
/// rules give, and the reason for it.
struct Poll<'a> {
    next: FeedState,
    before: &'a FeedState,
    now: Timestamp,
    notices: Vec<Notice>,
}

type Step = (String, SignedDuration, String);

impl Poll<'_> {
    fn read(
        &mut self,
        answer: &Answer,
        summary: &PollSummary,
        settings: &ScheduleSettings,
    ) -> Step {
        self.detect_lie(answer, summary);
        self.next.validators = answer.validators.clone();
        self.next.validators_from = Some(answer.final_url.clone());
        self.next.max_age = answer.caching.max_age();
        self.next.hints = summary.hints.clone();
        self.next.unreadable = None;
        if self.before.first_success_at.is_none() {
            self.next.habit = Habit::first(summary, self.now);
            self.next.last_new_entry_at = summary
                .published
                .iter()
                .copied()
                .filter(|&date| date <= self.now)
                .max()
                .or(Some(self.now));
        } else {
            self.observe(summary.entries_new);
            self.detect_overflow(summary);
        }
        self.succeeded(answer);
        let told = format!(
            "{} entries, {} new, {} revised",
            summary.entries_in_feed, summary.entries_new, summary.entries_revised
        );
        self.with_own_interval(told, settings)
    }

    fn unchanged(&mut self, answer: &Answer, settings: &ScheduleSettings) -> Step {
        self.next.validators = self.before.validators.updated_by(&answer.validators);
        self.next.max_age = answer.caching.max_age().or(self.before.max_age);
        if let Some(message) = &self.before.unreadable {
            return self.failed(message, 1.0, settings);
        }
        self.observe(0);
        self.succeeded(answer);
        self.with_own_interval("not modified".to_owned(), settings)
    }

    fn gone(mut self) -> Decision {
        self.next.gone_at = Some(self.now);
        self.next.next_poll_at = None;
        self.notices.push(Notice::Gone);
        Decision {
            state: self.next,
            why: "410 Gone: its publisher says that it is over; it is no longer asked".to_owned(),
            notices: self.notices,
        }
    }

    fn failed(&mut self, message: &str, weight: f64, settings: &ScheduleSettings) -> Step {
        self.next.failing_since = self.before.failing_since.or(Some(self.now));
        self.next.consecutive_failures = self.before.consecutive_failures.saturating_add(1);
        self.next.failure_weight = self.before.failure_weight + weight;
        self.next.last_error = Some(message.to_owned());
        self.give_up_failing_move();
        let base = self.own_interval(settings).0.min(USUAL_INTERVAL);
        let grown = base.as_secs_f64() * self.next.failure_weight.max(1.0);
        let interval = SignedDuration::try_from_secs_f64(grown)
            .unwrap_or(LONGEST_INTERVAL)
            .min(LONGEST_INTERVAL);
        let because = match self.next.consecutive_failures {
            1 => "after a first failure".to_owned(),
            failures => format!("after {failures} failures in a row"),
        };
        (message.to_owned(), interval, because)
    }

    fn succeeded(&mut self, answer: &Answer) {
        self.next.first_success_at = self.before.first_success_at.or(Some(self.now));
        self.next.last_success_at = Some(self.now);
        self.next.failing_since = None;
        self.next.consecutive_failures = 0;
        self.next.failure_weight = 0.0;
        self.next.last_error = None;
        self.next.lane = Lane::Prompt;
        self.watch_for_move(answer);
    }

    fn observe(&mut self, new: usize) {
        self.next.habit = self.before.habit.observed(
            new,
            self.before.last_new_entry_at,
            self.before.first_success_at,
            self.now,
        );
        if new > 0 {
            self.next.last_new_entry_at = Some(self.now);
        }
    }

    /// The body could not be read, but its validators are kept all the same: asking for it again
    /// and again without them would be bad manners, and [`FeedState::unreadable`] remembers that a
    /// 304 stands for nothing good.
    fn keep_unreadable(&mut self, answer: &Answer, message: &str) {
        self.next.validators = answer.validators.clone();
        self.next.validators_from = Some(answer.final_url.clone());
        self.next.max_age = answer.caching.max_age();
        self.next.unreadable = Some(message.to_owned());
    }

    fn detect_overflow(&mut self, summary: &PollSummary) {
        let nothing_in_common =
            summary.entries_in_feed > 0 && summary.entries_new >= summary.entries_in_feed;
        if nothing_in_common {
            self.next.overflowed_at = Some(self.now);
            let elapsed = self
                .before
                .last_success_at
                .map_or(USUAL_INTERVAL, |last| self.now.duration_since(last));
            self.next.overflow_interval =
                Some((elapsed / 2).clamp(SHORTEST_INTERVAL, LONGEST_INTERVAL));
            self.notices.push(Notice::PossiblyMissed);
        } else if let Some(interval) = self.before.overflow_interval
            && summary.entries_new > 0
        {
            let relaxed = interval + interval / 4;
            self.next.overflow_interval = (relaxed < self.next.habit.interval()).then_some(relaxed);
        }
    }

    /// An unconditional request that brought something new, where a conditional one had been told
    /// that there was nothing.
    fn detect_lie(&mut self, answer: &Answer, summary: &PollSummary) {
        if self.before.validators.is_empty() {
            return;
        }
        if !answer.sent.is_empty() {
            // A true answer to validators: whatever was, the server is honest now.
            self.next.lied_at = None;
            self.next.honest_checks = 0;
            return;
        }
        let same_validators = answer.validators == self.before.validators;
        let was_there_before = match (summary.oldest_new, self.before.last_success_at) {
            (Some(oldest), Some(last)) => last.duration_since(oldest) > USUAL_INTERVAL,
            _ => false,
        };
        let known_body = self.before.unreadable.is_none();
        if summary.entries_new > 0 && known_body && (same_validators || was_there_before) {
            if self.before.lied_at.is_none() {
                self.notices.push(Notice::Lied);
            }
            self.next.lied_at = Some(self.now);
            self.next.honest_checks = 0;
        } else {
            self.next.honest_checks = self.before.honest_checks.saturating_add(1);
        }
    }

    fn watch_for_move(&mut self, answer: &Answer) {
        let Some(to) = &answer.moved_to else {
            self.next.moved = None;
            return;
        };
        let sighting = match &self.before.moved {
            Some(seen) if seen.to == *to => Sighting {
                times: seen.times.saturating_add(1),
                ..seen.clone()
            },
            _ => Sighting {
                to: to.clone(),
                first_at: self.now,
                times: 1,
            },
        };
        if sighting.times < SIGHTINGS || self.now.duration_since(sighting.first_at) < SIGHTED_FOR {
            self.next.moved = Some(sighting);
            return;
        }
        let asked = answer.requested_url.clone();
        let from = match &self.before.adopted {
            Some(adoption) if adoption.to == asked => adoption.from.clone(),
            _ => asked.clone(),
        };
        self.notices.push(Notice::Moved {
            from: asked,
            to: to.clone(),
        });
        self.next.adopted = Some(Adoption {
            from,
            to: to.clone(),
            at: self.now,
        });
        self.next.moved = None;
    }

    fn give_up_failing_move(&mut self) {
        let Some(adoption) = &self.before.adopted else {
            return;
        };
        let failing_for = self
            .before
            .failing_since
            .map_or(SignedDuration::ZERO, |since| self.now.duration_since(since));
        if failing_for >= MOVE_FAILS_FOR {
            self.notices.push(Notice::MovedBack {
                from: adoption.to.clone(),
                to: adoption.from.clone(),
            });
            self.next.adopted = None;
        }
    }

    /// The interval by the wish of the configuration or the feed's habit, and its reason.
    fn own_interval(&self, settings: &ScheduleSettings) -> (SignedDuration, String) {
        if let Some(every) = settings.every {
            return (every, "as configured".to_owned());
        }
        let suited = self.next.habit.interval();
        match self.next.overflow_interval {
            Some(sooner) if sooner < suited => (
                sooner,
                "sooner, since items may have been missed".to_owned(),
            ),
            _ => (suited, "as often as suits what it publishes".to_owned()),
        }
    }

    fn with_own_interval(&self, told: String, settings: &ScheduleSettings) -> Step {
        let (interval, because) = self.own_interval(settings);
        (told, interval, because)
    }

    /// The host rests, and was not asked: nothing is known that was not known before.
    fn postpone(mut self, rest: SignedDuration, jitter: f64) -> Decision {
        let until = self.now.saturating_add(rest).unwrap_or(self.now);
        let planned = self.before.next_poll_at.unwrap_or(until).max(until);
        let next = later(planned, spread(rest, jitter));
        self.next.next_poll_at = Some(next);
        Decision {
            why: format!(
                "not asked: its host wants rest; next poll in {}",
                duration_in_words(next.duration_since(self.now))
            ),
            state: self.next,
            notices: self.notices,
        }
    }

    fn schedule(
        mut self,
        told: &str,
        interval: SignedDuration,
        mut because: String,
        answer: Option<&Answer>,
        jitter: f64,
    ) -> Decision {
        let permitted = self.permitted(answer);
        let mut wait = interval;
        let mut not_before = permitted.map(|(permitted, _)| later(self.now, permitted));
        if answer.is_none() {
            // Nobody answered, so what was said before still holds.
            not_before = not_before.max(self.before.not_before);
        }
        if let Some((permitted, reason)) = permitted
            && permitted > wait
        {
            wait = permitted;
            because = String::from(reason);
        }
        self.next.not_before = not_before;
        let earliest = later(self.now, wait).max(not_before.unwrap_or(self.now));
        let spread = spread(wait, jitter);
        let mut next = later(earliest, spread);
        let allowed = self.next.hints.after_skips(next);
        if allowed > next {
            because = String::from("at an hour that the feed does not skip");
            next = later(allowed, spread.min(SignedDuration::from_mins(15)));
        }
        self.next.next_poll_at = Some(next);
        Decision {
            why: format!(
                "{told}; next poll in {}, {because}",
                duration_in_words(next.duration_since(self.now))
            ),
            state: self.next,
            notices: self.notices,
        }
    }

    /// How long the publisher asks to wait, and in which words.
    fn permitted(&self, answer: Option<&Answer>) -> Option<(SignedDuration, &'static str)> {
        let answer = answer?;
        let headers = answer.caching.lifetime(self.now).or(self
            .next
            .max_age
            .map(|max_age| max_age.min(super::HEADERS_AT_MOST)));
        [
            (headers, "since its answer stays fresh that long"),
            (
                self.next.hints.interval(),
                "as often as the feed itself permits",
            ),
            (
                answer.caching.retry_after(self.now),
                "since its server asks to wait that long",
            ),
        ]
        .into_iter()
        .filter_map(|(wait, reason)| Some((wait?, reason)))
        .max_by_key(|&(wait, _)| wait)
    }
}

fn later(from: Timestamp, wait: SignedDuration) -> Timestamp {
    from.saturating_add(wait).unwrap_or(from)
}

/// What jitter adds to a wait: up to a tenth of it, half an hour at most, never less than nothing.
fn spread(wait: SignedDuration, jitter: f64) -> SignedDuration {
    let most = (wait / 10).min(JITTER_AT_MOST).as_secs_f64();
    SignedDuration::try_from_secs_f64(most * jitter.clamp(0.0, 1.0)).unwrap_or(SignedDuration::ZERO)
}
