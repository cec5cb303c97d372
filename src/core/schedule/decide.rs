//! Feed state, outcome and now to the next state.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::budget::{BudgetExcess, OmittedItems};
use super::display::{duration_in_words, told};
use super::health::RESTLESS_AFTER;
use super::outcome::{
    Failure, FailureKind, Modified, Outcome, RequestSent, ResponseMetadata, ResponseSpeed,
    Throttled,
};
use super::publishing_rate::{PublishingRate, USUAL_INTERVAL};
use super::result::{Decision, FeedEvent, ParseOutcome, PollResult, ScheduleSettings};
use super::state::{FeedState, Incomplete, IncompletePeriod};
use super::summary::PollSummary;
use super::timing::{self, Wait, later};
use super::{backoff, forced_refresh, overflow, relocation};
use crate::core::feed::READING;

/// A server that takes longer than this for its answer waits among the slow next time.
const SLOW_ANSWER: SignedDuration = SignedDuration::from_secs(5);

/// A feed whose host wants rest for so long counts as failing.
const UNASKED_AT_MOST: SignedDuration = SignedDuration::from_hours(6);

/// A feed of so few items may well have changed all of them.
const RESTLESS_ITEMS: usize = 3;

/// Feed state, outcome and now to the next state. `jitter` is a random number from 0 to 1; what it
/// adds is never negative. `now` is the time when the answer had come.
pub fn decide(
    state: &FeedState,
    result: &PollResult<'_>,
    settings: &ScheduleSettings,
    now: Timestamp,
    jitter: f64,
) -> Decision {
    let before = state.clone().without_future_times(now);
    let poll = Poll {
        next: before.clone(),
        before: &before,
        settings,
        now,
        jitter,
        notices: Vec::new(),
    };
    poll.decide(result)
}

/// A decision in the making.
struct Poll<'a> {
    before: &'a FeedState,
    next: FeedState,
    settings: &'a ScheduleSettings,
    now: Timestamp,
    jitter: f64,
    notices: Vec<FeedEvent>,
}

impl Poll<'_> {
    fn decide(mut self, result: &PollResult<'_>) -> Decision {
        if let Outcome::Throttled(throttled) = result.outcome
            && let RequestSent::No { rest } = throttled.asked
        {
            return self.postpone(throttled, rest);
        }
        self.note_attempt(answer_of(result.outcome));
        match result.outcome {
            Outcome::Modified(modified) => self.modified(modified, &result.reading),
            Outcome::NotModified(answer) => self.not_modified(answer),
            Outcome::Gone(_) => self.gone(),
            Outcome::Throttled(throttled) => {
                self.next.unanswered = false;
                self.fail(&throttled.message, 0.5, Some(&throttled.answer))
            }
            Outcome::Failed(failure) => self.failed(failure),
        }
    }

    fn note_attempt(&mut self, answer: Option<&ResponseMetadata>) {
        self.next.last_attempt_at = Some(self.now);
        self.next.unasked_since = None;
        // Whatever came of it, the program lived.
        self.next.suspected = None;
        let unconditional = match answer {
            Some(answer) => answer.sent.is_empty(),
            // Nobody answered, so what had been meant to be sent must do.
            None => {
                self.before.validators.is_empty()
                    || forced_refresh::check_is_due(self.before, self.now)
            }
        };
        if unconditional {
            self.next.last_unconditional_at = Some(self.now);
        }
        if let Some(answer) = answer {
            self.next.speed = speed_after(answer);
        }
    }

    fn modified(mut self, modified: &Modified, reading: &ParseOutcome) -> Decision {
        let answer = &modified.answer;
        match reading {
            ParseOutcome::Feed(summary) => {
                self.take_over(answer);
                self.read(answer, summary)
            }
            ParseOutcome::SameBody => {
                self.take_over(answer);
                self.unchanged(answer, "the same as before")
            }
            // What has been accepted only is no feed yet, and its validators are no feed's
            // (RFC 9110 section 15.3.3).
            ParseOutcome::Unreadable(message) if modified.is_accepted_only => {
                self.next.unanswered = false;
                let message = format!("202 Accepted: {message}");
                self.fail(
                    &message,
                    backoff::weight(FailureKind::Status(202)),
                    Some(answer),
                )
            }
            ParseOutcome::Unreadable(message) => {
                self.take_over(answer);
                self.next.unreadable = Some(told(message));
                self.next.unanswered = false;
                self.fail(message, 1.0, Some(answer))
            }
            // Its validators are not taken over: nothing stands behind them.
            ParseOutcome::NoBody => self.fail("the answer was not read", 0.25, Some(answer)),
        }
    }

    /// What a new body says about itself replaces what was known of the one before.
    fn take_over(&mut self, answer: &ResponseMetadata) {
        self.next.read_by = READING;
        self.next.validators = answer.validators.clone();
        self.next.validators_from = Some(answer.final_url.clone());
        self.next.max_age = answer.caching.max_age();
    }

    fn read(mut self, answer: &ResponseMetadata, summary: &PollSummary) -> Decision {
        let lie = forced_refresh::compare(self.before, &mut self.next, answer, summary, self.now);
        self.notices.extend(lie);
        self.next.hints = summary.hints.clone();
        self.next.body_digest.clone_from(&summary.body_digest);
        self.next.parts.clone_from(&summary.parts);
        self.next.was_empty = summary.entries_in_feed == 0;
        self.next.unreadable = None;
        self.note_loss(summary);
        self.account(summary);
        if self.before.first_success_at.is_none() {
            self.next.publishing_rate = PublishingRate::first(summary, self.now);
            self.next.last_new_entry_at = newest(&summary.published, self.now).or(Some(self.now));
        } else {
            self.observe(overflow::appeared(summary));
            let missed = overflow::detect(
                self.before,
                &mut self.next,
                summary,
                self.settings.every,
                self.now,
            );
            self.notices.extend(missed);
        }
        let told = format!(
            "{} items, {} new, {} revised{}{}",
            summary.entries_in_feed,
            summary.entries_new,
            summary.entries_revised,
            match summary.new_left_out + summary.revised_left_out {
                0 => String::new(),
                left_out => format!(", {left_out} left for after midnight UTC"),
            },
            match self.next.incomplete {
                None => String::new(),
                Some(incomplete) => format!("; not whole: {}", incomplete.loss.sentence()),
            }
        );
        self.succeed(answer, &told)
    }

    /// What is missing of the body, until one comes that is whole.
    fn note_loss(&mut self, summary: &PollSummary) {
        let before = self.before.incomplete;
        let loss = summary.loss;
        self.next.incomplete = (!loss.is_lossless()).then(|| Incomplete {
            since: before.map_or(self.now, |before| before.since),
            loss,
        });
        match before {
            None if !loss.is_lossless() => self.notices.push(FeedEvent::Incomplete(loss)),
            Some(before) if loss.is_lossless() => {
                self.next.made_whole = Some(IncompletePeriod {
                    since: before.since,
                    until: self.now,
                    loss: before.loss,
                });
            }
            _ => {}
        }
    }

    /// What was taken and what was left, and whether the feed ever says the same twice.
    fn account(&mut self, summary: &PollSummary) {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        self.next.spent = self.before.spent.and(summary.taken, self.now);
        self.next.excess = BudgetExcess::after(
            self.before.excess,
            self.before.left_out,
            summary.arrears,
            self.now,
        );
        let left_out = count(
            summary
                .new_left_out
                .saturating_add(summary.revised_left_out),
        );
        self.next.left_out = (left_out > 0).then_some(OmittedItems {
            at: self.now,
            items: left_out,
            budget: Some(self.settings.budget),
        });
        if left_out > 0 && self.before.left_out.is_none() {
            self.notices.push(FeedEvent::OverBudget);
        }
        let new = summary.entries_new + summary.new_left_out;
        let known = summary.entries_in_feed.saturating_sub(new);
        let changed = summary.entries_revised + summary.revised_left_out;
        if known > 0 {
            let all = known >= RESTLESS_ITEMS && changed * 10 >= known * 9;
            self.next.restless = if all {
                self.before.restless.saturating_add(1)
            } else {
                0
            };
        }
        if self.next.restless == RESTLESS_AFTER && self.before.restless < RESTLESS_AFTER {
            self.notices.push(FeedEvent::Restless);
        }
    }

    fn not_modified(mut self, answer: &ResponseMetadata) -> Decision {
        self.next.validators = self.before.validators.updated_by(&answer.validators);
        self.next.max_age = answer.caching.max_age().or(self.before.max_age);
        self.unchanged(answer, "not modified")
    }

    fn unchanged(mut self, answer: &ResponseMetadata, told: &str) -> Decision {
        if let Some(message) = self.before.unreadable.clone() {
            self.next.unanswered = false;
            return self.fail(&message, 1.0, Some(answer));
        }
        if answer.sent.is_empty() && !self.before.validators.is_empty() {
            self.next.honest_checks = self.before.honest_checks.saturating_add(1);
        }
        self.observe(0);
        self.succeed(answer, told)
    }

    fn observe(&mut self, new: usize) {
        self.next.publishing_rate =
            self.before
                .publishing_rate
                .observed(new, self.before.last_new_entry_at, self.now);
        if new > 0 {
            self.next.last_new_entry_at = Some(self.now);
        }
    }

    fn succeed(mut self, answer: &ResponseMetadata, told: &str) -> Decision {
        self.next.first_success_at = self.before.first_success_at.or(Some(self.now));
        self.next.last_success_at = Some(self.now);
        self.next.failing_since = None;
        self.next.consecutive_failures = 0;
        self.next.failure_weight = 0.0;
        self.next.last_error = None;
        self.next.unanswered = false;
        let moved = relocation::watch(self.before, &mut self.next, answer, self.now);
        self.notices.extend(moved);
        let permitted =
            timing::permitted_after_success(answer, self.next.max_age, &self.next.hints, self.now);
        self.next.not_before = permitted.as_ref().map(|wait| later(self.now, wait.length));
        let wait = self.own_wait().or_longer(permitted);
        self.schedule(told, wait)
    }

    fn failed(mut self, failure: &Failure) -> Decision {
        self.next.unanswered = failure.answer.is_none()
            && matches!(
                failure.kind,
                FailureKind::Name | FailureKind::Connection | FailureKind::Timeout
            );
        if let Some(answer) = &failure.answer
            && matches!(failure.kind, FailureKind::TooLarge | FailureKind::Encoding)
        {
            // Its validators are kept all the same: to ask for it again and again without them
            // would be bad manners.
            self.take_over(answer);
            self.next.unreadable = Some(failure.message.clone());
        }
        match failure.kind {
            FailureKind::Timeout => self.next.speed = ResponseSpeed::Slow,
            _ if failure.answer.is_none() => self.next.speed = ResponseSpeed::Prompt,
            _ => {}
        }
        self.fail(
            &failure.message,
            backoff::weight(failure.kind),
            failure.answer.as_deref(),
        )
    }

    /// Backs off in a straight line, never for longer than a day and never for good.
    fn fail(mut self, message: &str, weight: f64, answer: Option<&ResponseMetadata>) -> Decision {
        let message = told(message);
        self.next.failing_since = self.before.failing_since.or(Some(self.now));
        self.next.consecutive_failures = self.before.consecutive_failures.saturating_add(1);
        self.next.failure_weight = self.before.failure_weight + weight;
        self.next.last_error = Some(message.clone());
        let moved_back = relocation::give_up(self.before, &mut self.next, self.now);
        self.notices.extend(moved_back);

        let mut wait = backoff::wait(&self.next, self.own_wait().length);
        if let Some(permitted) = answer.and_then(|it| timing::permitted_after_failure(it, self.now))
        {
            let until = later(self.now, permitted.length);
            self.next.not_before = self.before.not_before.max(Some(until));
            wait = wait.or_longer(Some(permitted));
        }
        self.schedule(&message, wait)
    }

    fn gone(mut self) -> Decision {
        self.next.gone_at = Some(self.now);
        self.next.next_poll_at = None;
        self.notices.push(FeedEvent::Gone);
        Decision {
            state: self.next,
            why: "410 Gone: its publisher says that it is over; it is no longer asked".to_owned(),
            notices: self.notices,
        }
    }

    /// The host rests, and was not asked: nothing is known that was not known before. But a feed
    /// that is never asked since others keep its host closed must not pass for fine.
    fn postpone(mut self, throttled: &Throttled, rest: Duration) -> Decision {
        let rest = SignedDuration::try_from(rest).unwrap_or(USUAL_INTERVAL);
        let until = later(self.now, rest).max(self.before.next_poll_at.unwrap_or(self.now));
        let jitter = timing::jitter_of(rest, self.jitter);
        let next = self.before.hints.after_skips(later(until, jitter));
        self.next.next_poll_at = Some(next);
        let unasked_since = *self.next.unasked_since.get_or_insert(self.now);
        if unasked_since < self.now {
            self.next.planned_at = Some(self.now);
        }
        if self.now.duration_since(unasked_since) >= UNASKED_AT_MOST {
            self.next.failing_since = self.before.failing_since.or(Some(unasked_since));
            self.next.consecutive_failures = self.before.consecutive_failures.saturating_add(1);
            self.next.last_error = Some(throttled.message.clone());
        }
        let wait = duration_in_words(next.duration_since(self.now));
        Decision {
            state: self.next,
            why: format!("not asked: {}; next poll in {wait}", throttled.message),
            notices: self.notices,
        }
    }

    /// The wait by the wish of the configuration or by the feed's habit, and no longer than keeps
    /// items from being missed.
    fn own_wait(&self) -> Wait {
        let chosen = match self.settings.every {
            Some(every) => Wait::new(every, "as configured"),
            None => Wait::new(
                self.next.publishing_rate.interval(),
                "as suits how often it publishes",
            ),
        };
        match self.next.overflow_interval {
            Some(sooner) if sooner < chosen.length => {
                Wait::new(sooner, "sooner, since items may have been missed")
            }
            _ => chosen,
        }
    }

    fn schedule(mut self, told: &str, mut wait: Wait) -> Decision {
        let next = timing::instant_of(
            &mut wait,
            self.next.not_before,
            &self.next.hints,
            self.now,
            self.jitter,
        );
        self.next.next_poll_at = Some(next);
        self.next.planned_at = Some(self.now);
        let length = duration_in_words(next.duration_since(self.now));
        Decision {
            state: self.next,
            why: format!("{told}; next poll in {length}, {}", wait.because),
            notices: self.notices,
        }
    }
}

/// What the server said, when one answered.
fn answer_of(outcome: &Outcome) -> Option<&ResponseMetadata> {
    match outcome {
        Outcome::Modified(modified) => Some(&modified.answer),
        Outcome::NotModified(answer) | Outcome::Gone(answer) => Some(answer),
        Outcome::Throttled(throttled) => Some(&throttled.answer),
        Outcome::Failed(failure) => failure.answer.as_deref(),
    }
}

fn speed_after(answer: &ResponseMetadata) -> ResponseSpeed {
    match SignedDuration::try_from(answer.elapsed) {
        Ok(elapsed) if elapsed <= SLOW_ANSWER => ResponseSpeed::Prompt,
        _ => ResponseSpeed::Slow,
    }
}

/// The newest of `dates` that is not in the future.
fn newest(dates: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    dates.iter().copied().filter(|&date| date <= now).max()
}
