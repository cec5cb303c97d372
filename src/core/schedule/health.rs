//! What a feed's silence means.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::display::duration_in_words;
use super::state::FeedState;
use crate::core::feed::Loss;

/// A silence shorter than this is never remarkable: weekends are that long.
const SILENT_AT_LEAST: SignedDuration = SignedDuration::from_hours(3 * 24);
/// A silence shorter than this is never death.
const DEAD_AT_LEAST: SignedDuration = SignedDuration::from_hours(28 * 24);
/// Most polls take less than a second, and hardly any as long as this.
const LONG_POLL: SignedDuration = SignedDuration::from_mins(1);
/// How long an overflow is worth telling after the last one.
const OVERFLOW_LASTS: SignedDuration = SignedDuration::from_hours(24);

/// How long it is worth telling what became of items that were left out, after the last of them: the next
/// daily digest has told it.
const EXCESS_LASTS: SignedDuration = SignedDuration::from_hours(36);

/// A feed that changed all its items in so many bodies in a row does so always.
pub(super) const RESTLESS_AFTER: u32 = 3;

/// What a feed's silence means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// Never asked yet.
    Untried,
    /// Answers, and publishes as is its habit.
    Fine,
    /// Does not answer, or answers with what cannot be read.
    Failing {
        /// First failure of the row.
        since: Timestamp,
        /// Failures in the row.
        failures: u32,
        /// What the last one said.
        error: String,
    },
    /// The publisher said that the feed is over (410).
    Gone {
        /// When it said so.
        since: Timestamp,
    },
    /// Answers, but has been silent for longer than is its habit.
    Silent {
        /// When the newest entry appeared.
        since: Timestamp,
        /// The longest gap that is usual for it.
        longest_gap: SignedDuration,
    },
    /// Answers, but nothing new has appeared for weeks.
    Dead {
        /// When the newest entry appeared.
        since: Timestamp,
    },
    /// Answers, and something is missing of what its newest body says.
    Incomplete {
        /// First of the bodies in a row of which something was missing.
        since: Timestamp,
        /// What is missing of the newest.
        loss: Loss,
    },
    /// Two bodies in a row had no entry in common: items may have been missed.
    Overflowing {
        /// When this was last so.
        last: Timestamp,
    },
    /// Being polled for longer than a poll takes; what will come of it is not known yet.
    Polling {
        /// When the poll began.
        since: Timestamp,
    },
    /// Was being polled when the program was killed, and has not been since.
    Suspected {
        /// When that poll had begun.
        since: Timestamp,
        /// Whether its body was being read, so that it is polled alone until a poll has ended.
        reading: bool,
    },
    /// Brings more than a feed may in a day, or did lately.
    OverBudget {
        /// When items were left out for the first time.
        since: Timestamp,
        /// Items of its newest body that were left out; 0: that is over.
        left_out: u64,
        /// Items that were left out, and taken later.
        taken: u64,
        /// Items that were left out, and were gone from the feed before they could be taken.
        gone: u64,
    },
    /// Changes all its items at every poll.
    Restless {
        /// How often in a row.
        bodies: u32,
    },
}

/// A [`Health`] without its particulars, to be stored and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // each is the variant of `Health` of that name
pub enum HealthKind {
    Untried,
    Fine,
    Failing,
    Gone,
    Silent,
    Dead,
    Incomplete,
    Overflowing,
    Polling,
    Suspected,
    OverBudget,
    Restless,
}

impl HealthKind {
    /// The name used in JSON and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Untried => "untried",
            Self::Fine => "fine",
            Self::Failing => "failing",
            Self::Gone => "gone",
            Self::Silent => "silent",
            Self::Dead => "dead",
            Self::Incomplete => "incomplete",
            Self::Overflowing => "overflowing",
            Self::Polling => "polling",
            Self::Suspected => "suspected",
            Self::OverBudget => "over-budget",
            Self::Restless => "restless",
        }
    }
}

impl Health {
    /// This health without its particulars.
    pub fn kind(&self) -> HealthKind {
        match self {
            Self::Untried => HealthKind::Untried,
            Self::Fine => HealthKind::Fine,
            Self::Failing { .. } => HealthKind::Failing,
            Self::Gone { .. } => HealthKind::Gone,
            Self::Silent { .. } => HealthKind::Silent,
            Self::Dead { .. } => HealthKind::Dead,
            Self::Incomplete { .. } => HealthKind::Incomplete,
            Self::Overflowing { .. } => HealthKind::Overflowing,
            Self::Polling { .. } => HealthKind::Polling,
            Self::Suspected { .. } => HealthKind::Suspected,
            Self::OverBudget { .. } => HealthKind::OverBudget,
            Self::Restless { .. } => HealthKind::Restless,
        }
    }

    /// Since when it has been so, where that has a meaning.
    pub fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Untried | Self::Fine | Self::Restless { .. } => None,
            Self::Failing { since, .. }
            | Self::Gone { since }
            | Self::Silent { since, .. }
            | Self::Dead { since }
            | Self::Incomplete { since, .. }
            | Self::Polling { since }
            | Self::Suspected { since, .. }
            | Self::OverBudget { since, .. } => Some(*since),
            Self::Overflowing { last } => Some(*last),
        }
    }

    /// A sentence without its subject: `failing for 3 h (4 times): 404 Not Found`.
    pub fn sentence(&self, now: Timestamp) -> String {
        let ago = |since: Timestamp| duration_in_words(now.duration_since(since));
        match self {
            Self::Untried => "not asked yet".to_owned(),
            Self::Fine => "fine".to_owned(),
            Self::Failing {
                since,
                failures,
                error,
            } => {
                let times = if *failures == 1 {
                    "once"
                } else {
                    &format!("{failures} times")
                };
                format!("failing for {} ({times}): {error}", ago(*since))
            }
            Self::Gone { since } => format!(
                "gone: {} ago its publisher said that it is over (410); it is no longer asked",
                ago(*since)
            ),
            Self::Silent { since, longest_gap } => format!(
                "silent for {}, longer than its habit of {} at most",
                ago(*since),
                duration_in_words(*longest_gap)
            ),
            Self::Dead { since } => {
                format!("answers, but has had nothing new for {}", ago(*since))
            }
            Self::Incomplete { since, loss } => {
                format!("not read whole for {}: {}", ago(*since), loss.sentence())
            }
            Self::Overflowing { last } => format!(
                "publishes faster than it was polled: items may have been missed {} ago; it is polled sooner now",
                ago(*last)
            ),
            Self::Polling { since } => format!("being polled for {}", ago(*since)),
            Self::Suspected { since, reading } => {
                let (doing, now) = if *reading {
                    ("read", "; it is polled alone now")
                } else {
                    ("asked", "")
                };
                let ago = ago(*since);
                format!("was being {doing} {ago} ago when newsvigil was killed{now}")
            }
            Self::OverBudget {
                left_out,
                taken,
                gone,
                ..
            } => over_budget_in_words(*left_out, *taken, *gone),
            Self::Restless { bodies } => format!(
                "changes all its items at every poll ({bodies} times in a row): is there a counter or the time in its text?"
            ),
        }
    }
}

impl Health {
    /// What it is, without how long and how often: what several feeds may have in common.
    pub fn cause(&self) -> String {
        match self {
            Self::Failing { error, .. } => format!("failing: {error}"),
            Self::Gone { .. } => {
                "gone: its publisher said that it is over (410); it is no longer asked".to_owned()
            }
            Self::Silent { .. } => "silent for longer than its habit".to_owned(),
            Self::Dead { .. } => "answers, but has had nothing new for weeks".to_owned(),
            Self::Incomplete { loss, .. } => format!("not read whole: {}", loss.sentence()),
            Self::Overflowing { .. } => {
                "publishes faster than it was polled: items may have been missed; it is polled sooner now"
                    .to_owned()
            }
            Self::Polling { .. } => "being polled for long".to_owned(),
            Self::Suspected { reading, .. } => {
                let doing = if *reading { "read" } else { "asked" };
                format!("was being {doing} when newsvigil was killed")
            }
            Self::Restless { .. } => {
                "changes all its items at every poll: is there a counter or the time in its text?"
                    .to_owned()
            }
            Self::Untried => "not asked yet".to_owned(),
            Self::Fine => "fine".to_owned(),
            Self::OverBudget {
                left_out,
                taken,
                gone,
                ..
            } => over_budget_in_words(*left_out, *taken, *gone),
        }
    }
}

/// The health of a feed whose poll began then and has not ended. After a while what was known of its answers
/// is not known to be so any more; that it does not answer is.
pub fn health_while_polled(state: &FeedState, begun: Timestamp, now: Timestamp) -> Health {
    match health(state, now) {
        known @ (Health::Failing { .. } | Health::Gone { .. }) => known,
        // One that begins in the future began before the clock was set back.
        _ if begun > now || now.duration_since(begun) >= LONG_POLL => {
            Health::Polling { since: begun }
        }
        known => known,
    }
}

/// Whether items were left out of a feed, or it was seen what became of them, since that time; which may
/// be so beside any other health of it.
pub fn over_budget(state: &FeedState, start: Timestamp) -> Option<Health> {
    let left_out = state.left_out;
    let excess = state
        .excess
        .filter(|excess| left_out.is_some() || excess.until >= start);
    Some(Health::OverBudget {
        since: excess.map(|it| it.since).or(left_out.map(|it| it.at))?,
        left_out: left_out.map_or(0, |it| it.items),
        taken: excess.map_or(0, |it| it.taken),
        gone: excess.map_or(0, |it| it.gone),
    })
}

/// Whether something is missing of the newest body that could be read, which may be so beside any other
/// health.
pub fn incomplete(state: &FeedState) -> Option<Health> {
    let incomplete = state.incomplete?;
    Some(Health::Incomplete {
        since: incomplete.since,
        loss: incomplete.loss,
    })
}

/// Whether items may have been missed lately, which may be so beside any other health.
pub fn overflowing(state: &FeedState, now: Timestamp) -> Option<Health> {
    let last = state.overflowed_at?;
    (now.duration_since(last) < OVERFLOW_LASTS).then_some(Health::Overflowing { last })
}

fn over_budget_in_words(left_out: u64, taken: u64, gone: u64) -> String {
    let plural = |number, one: &'static str, many: &'static str| match number {
        1 => one,
        _ => many,
    };
    let told = if left_out > 0 {
        let were = plural(left_out, "item was", "items were");
        let them = plural(left_out, "it", "them");
        let are = plural(left_out, "is", "are");
        format!(
            "brings more than a feed may in a day: {left_out} {were} left out, and {are} taken after midnight UTC if it still has {them}"
        )
    } else {
        let all = taken.saturating_add(gone);
        let were = plural(all, "item was", "items were");
        let later = match (taken, gone) {
            (1, 0) => ", and taken later".to_owned(),
            (_, 0) => ", and all of them taken later".to_owned(),
            (taken, _) => format!(", {taken} of them taken later"),
        };
        format!("brought more than a feed may in a day: {all} {were} left out{later}")
    };
    if gone == 0 {
        return told;
    }
    let were = plural(gone, "item was", "items were");
    let they = plural(gone, "it", "they");
    format!("{told}; {gone} {were} gone before {they} could be taken")
}

/// The health of a feed.
pub fn health(state: &FeedState, now: Timestamp) -> Health {
    if let Some(since) = state.gone_at {
        return Health::Gone { since };
    }
    if let Some(since) = state.failing_since {
        return Health::Failing {
            since,
            failures: state.consecutive_failures,
            error: state.last_error.clone().unwrap_or_default(),
        };
    }
    if let Some(suspicion) = state.suspected {
        return Health::Suspected {
            since: suspicion.since,
            reading: suspicion.readings > 0,
        };
    }
    if state.last_success_at.is_none() {
        return Health::Untried;
    }
    let silence = silence(state, now);
    // Where nothing new comes, that is worse than what is not read whole.
    if silence == Health::Fine
        && let Some(incomplete) = incomplete(state)
    {
        return incomplete;
    }
    // Its revisions are what fills its budget.
    if state.restless >= RESTLESS_AFTER {
        return Health::Restless {
            bodies: state.restless,
        };
    }
    let lately = now
        .checked_sub(EXCESS_LASTS)
        .unwrap_or(Timestamp::UNIX_EPOCH);
    if let Some(over_budget) = over_budget(state, lately) {
        return over_budget;
    }
    if let Some(overflowing) = overflowing(state, now) {
        return overflowing;
    }
    silence
}

/// What the time since the last new entry means.
fn silence(state: &FeedState, now: Timestamp) -> Health {
    let Some(since) = state.last_new_entry_at else {
        return Health::Fine;
    };
    let silence = now.duration_since(since);
    let longest_gap = state.publishing_rate.longest_gap.unwrap_or(SILENT_AT_LEAST);
    if silence >= DEAD_AT_LEAST.max(longest_gap.saturating_mul(3)) {
        Health::Dead { since }
    } else if silence >= SILENT_AT_LEAST.max(longest_gap.saturating_mul(2)) {
        Health::Silent { since, longest_gap }
    } else {
        Health::Fine
    }
}
