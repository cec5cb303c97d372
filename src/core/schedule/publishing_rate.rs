//! How often a feed really publishes, and what that means for the time between two polls.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::summary::PollSummary;

/// The time between two polls when nothing is known.
pub const USUAL_INTERVAL: SignedDuration = SignedDuration::from_hours(1);
/// Never more often than this of our own accord.
pub const SHORTEST_INTERVAL: SignedDuration = SignedDuration::from_mins(10);
/// Never less often than this of our own accord.
pub const LONGEST_INTERVAL: SignedDuration = SignedDuration::from_hours(24);

/// A feed that publishes less often than hourly is polled this often for each entry.
const POLLS_AN_ENTRY: i32 = 6;
/// How fast the past fades from the rate.
const RATE_HALF_LIFE_DAYS: f64 = 2.0;
/// How fast the past fades from the longest gap.
const GAP_HALF_LIFE_DAYS: f64 = 30.0;
/// Entries older than this say nothing about today's habit.
const RATE_WINDOW: SignedDuration = SignedDuration::from_hours(28 * 24);
const GAP_WINDOW: SignedDuration = SignedDuration::from_hours(180 * 24);
/// The longest gap that passes for a habit.
const LONGEST_GAP: SignedDuration = SignedDuration::from_hours(60 * 24);
/// Taken for the longest gap of a feed that dates nothing, until it is learned.
const UNKNOWN_GAP: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Taken for the rate of a feed that dates nothing: what gives the usual interval.
const UNKNOWN_RATE: f64 = 4.0;
/// Dates alone never make a feed seem busier than hourly: only what was seen to appear does, since
/// some feeds date every entry with the time of the request.
const MOST_FROM_DATES: f64 = 24.0;
/// What the first answer says weighs as much as so many days of watching.
const FIRST_ANSWER_DAYS: f64 = 0.5;
/// Below so many entries a day nothing appears at all.
const NOTHING: f64 = 0.001;

/// How often something new appears in a feed: entries seen and the time it took, both fading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PublishingRate {
    /// New entries seen, the recent past counting most.
    pub entries: f64,
    /// Days over which they were seen, fading alike. 0 until the first answer was read.
    pub days: f64,
    /// The longest gap between entries in the recent past.
    pub longest_gap: Option<SignedDuration>,
    /// When all this was last brought up to date.
    pub measured_at: Option<Timestamp>,
}

impl PublishingRate {
    /// New entries a day; `None` until the first answer was read.
    pub fn entries_per_day(&self) -> Option<f64> {
        (self.days > 0.0).then(|| self.entries / self.days)
    }

    /// The mean time between two new entries; `None` while unknown or when nothing appears.
    pub fn gap(&self) -> Option<SignedDuration> {
        let rate = self.entries_per_day().filter(|&rate| rate >= NOTHING)?;
        SignedDuration::try_from_secs_f64(86_400.0 / rate).ok()
    }

    /// The time between two polls that suits this habit: an hour is the rule. Only a feed that
    /// publishes more than hourly is polled more often, once an entry; one that publishes less than
    /// every six hours is polled less often, six times an entry.
    pub fn interval(&self) -> SignedDuration {
        if self.entries_per_day().is_none() {
            return USUAL_INTERVAL;
        }
        let gap = self.gap().unwrap_or(LONGEST_GAP);
        if gap < USUAL_INTERVAL {
            gap.max(SHORTEST_INTERVAL)
        } else {
            (gap / POLLS_AN_ENTRY).clamp(USUAL_INTERVAL, LONGEST_INTERVAL)
        }
    }

    /// The habit after the first answer that was read, from the dates that its entries carry.
    pub fn first(summary: &PollSummary, now: Timestamp) -> Self {
        Self {
            entries: rounded(rate_from_dates(summary, now) * FIRST_ANSWER_DAYS),
            days: FIRST_ANSWER_DAYS,
            longest_gap: Some(gap_from_dates(summary, now)),
            measured_at: Some(now),
        }
    }

    /// The habit to begin with when the last that was measured was measured by a clock that was ahead, so that the
    /// time in which nothing appeared was none.
    #[must_use]
    pub(super) fn reset_after_clock_error(&self, now: Timestamp) -> Self {
        Self {
            entries: UNKNOWN_RATE * FIRST_ANSWER_DAYS,
            days: FIRST_ANSWER_DAYS,
            longest_gap: Some(self.longest_gap.unwrap_or(UNKNOWN_GAP).min(UNKNOWN_GAP)),
            measured_at: Some(now),
        }
    }

    /// The habit after another answer that brought `new` entries, the last of which before had
    /// appeared at `last_new`.
    #[must_use]
    pub fn observed(&self, new: usize, last_new: Option<Timestamp>, now: Timestamp) -> Self {
        let Some(measured_at) = self.measured_at else {
            return self.clone();
        };
        let days = now.duration_since(measured_at).as_secs_f64() / 86_400.0;
        if days <= 0.0 {
            return self.clone();
        }
        let kept = 0.5_f64.powf(days / RATE_HALF_LIFE_DAYS);
        #[allow(clippy::cast_precision_loss)] // entries are few
        let new_entries = new as f64;

        let longest_gap = self.longest_gap.unwrap_or(UNKNOWN_GAP).as_secs_f64();
        let faded = longest_gap * 0.5_f64.powf(days / GAP_HALF_LIFE_DAYS);
        let mut longest_gap = SignedDuration::from_secs(
            SignedDuration::try_from_secs_f64(faded)
                .unwrap_or(UNKNOWN_GAP)
                .as_secs(),
        );
        if new > 0
            && let Some(last_new) = last_new
        {
            longest_gap = longest_gap.max(now.duration_since(last_new).min(LONGEST_GAP));
        }
        Self {
            entries: rounded(self.entries * kept + new_entries),
            days: rounded(self.days * kept + days),
            longest_gap: Some(longest_gap),
            measured_at: Some(now),
        }
    }
}

/// To a millionth, so that a number survives being written and read in any format.
fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// Dates of the past, newest first, at most 200 and none older than `window`.
fn recent(summary: &PollSummary, window: SignedDuration, now: Timestamp) -> Vec<Timestamp> {
    let mut dates: Vec<Timestamp> = summary
        .published
        .iter()
        .copied()
        .filter(|&date| date <= now && now.duration_since(date) <= window)
        .collect();
    dates.sort_unstable_by(|a, b| b.cmp(a));
    dates.truncate(200);
    dates
}

fn rate_from_dates(summary: &PollSummary, now: Timestamp) -> f64 {
    if summary.published.is_empty() {
        return UNKNOWN_RATE;
    }
    let dates = recent(summary, RATE_WINDOW, now);
    let Some(oldest) = dates.last() else {
        return 0.0;
    };
    let days = (now.duration_since(*oldest).as_secs_f64() / 86_400.0).max(1.0 / 24.0);
    // Two or three entries of today say little; spread them over the day at least.
    let days = if dates.len() < 5 { days.max(1.0) } else { days };
    #[allow(clippy::cast_precision_loss)] // 200 at most
    let rate = dates.len() as f64 / days;
    rate.min(MOST_FROM_DATES)
}

fn gap_from_dates(summary: &PollSummary, now: Timestamp) -> SignedDuration {
    let dates = recent(summary, GAP_WINDOW, now);
    dates
        .windows(2)
        .map(|pair| pair[0].duration_since(pair[1]))
        .max()
        .unwrap_or(UNKNOWN_GAP)
        .min(LONGEST_GAP)
}
