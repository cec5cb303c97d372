//! One count against what it was in the weeks before.

use jiff::Unit;
use jiff::civil::DateTime;

/// Weeks that a week is compared with.
pub const WEEKS_BEFORE: usize = 8;
/// Days that a digest looks back to for what was unusual on them, today among them.
pub const DAYS_BACK: usize = 14;
/// Days of the weeks that any of those days is compared with; a week and those before it are fewer.
pub const DAYS: usize = 7 * WEEKS_BEFORE + DAYS_BACK;

/// With fewer weeks than these nobody can tell what is usual.
const WEEKS_LEAST: usize = 4;
/// Fewer stories than these are not unusual, whatever the habit.
const UNUSUAL_LEAST: f64 = 5.0;
/// So many times the habit is unusual.
const UNUSUAL_TIMES: f64 = 3.0;
/// And so many times as far from it as the weeks are from each other.
const UNUSUAL_SPREADS: f64 = 2.5;
/// Of the median of the distances to the standard deviation, for a normal distribution.
const MAD_TO_DEVIATION: f64 = 1.4826;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Seven days with the seven days before them, and so on.
    Week,
    /// The day so many days ago, with the same weekday of the weeks before: fewer than [`DAYS_BACK`].
    Day(usize),
}

/// A number for each day, the newest first.
pub type Days = [u32; DAYS];
/// Whether there was something to be seen on each day, the newest first.
pub type Seen = [bool; DAYS];

/// How many whole days before `end` that was, as clocks on the wall tell: 0 for the 24 hours before it. `None` when
/// it was not before it, or longer ago than what is compared.
pub fn days_ago(at: DateTime, end: DateTime) -> Option<usize> {
    if at >= end {
        return None;
    }
    let before = at.until((Unit::Second, end)).ok()?.get_seconds();
    // The instant exactly a day ago is the first of the last day.
    let days = usize::try_from((before - 1) / 86_400).ok()?;
    (days < DAYS).then_some(days)
}

/// Numbers of days, and which of them can be compared.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    /// The numbers.
    pub days: &'a Days,
    /// Days on which there was something to be counted.
    pub seen: &'a Seen,
    /// How many days ago the counting began; `usize::MAX` for longer than anybody knows.
    pub began: usize,
}

/// A count, and those it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Of this week, or this day.
    pub now: u64,
    /// Of those before that count, the newest first.
    pub before: Vec<u64>,
}

/// What a count is as a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baseline {
    /// The median.
    pub median: f64,
    /// Of so many weeks.
    pub weeks: usize,
    /// How far the others are from it, by the median of their distances, and not less than chance would have it.
    pub spread: f64,
}

impl Comparison {
    /// The numbers of `period`.
    pub fn of(weights: Weights<'_>, period: Period) -> Self {
        let Weights { days, seen, began } = weights;
        let week = |number: usize| {
            let range = 7 * number..7 * number + 7;
            days[range].iter().copied().map(u64::from).sum()
        };
        let whole = |number: usize| {
            let range = 7 * number..7 * number + 7;
            seen[range].iter().all(|seen| *seen) && began >= 7 * number + 6
        };
        match period {
            Period::Week => Self {
                now: week(0),
                before: (1..=WEEKS_BEFORE)
                    .filter(|number| whole(*number))
                    .map(week)
                    .collect(),
            },
            Period::Day(ago) => Self {
                now: days.get(ago).copied().map_or(0, u64::from),
                before: (1..=WEEKS_BEFORE)
                    .map(|number| ago + 7 * number)
                    .filter(|day| seen.get(*day) == Some(&true) && began > *day)
                    .map(|day| u64::from(days[day]))
                    .collect(),
            },
        }
    }

    /// `None` when there is too little to compare.
    pub fn baseline(&self) -> Option<Baseline> {
        if self.before.len() < WEEKS_LEAST {
            return None;
        }
        let counts: Vec<f64> = self.before.iter().map(|count| number(*count)).collect();
        let median = median_of(&counts);
        let distances: Vec<f64> = counts.iter().map(|count| (count - median).abs()).collect();
        // Rare events that come by chance are as far from their mean as its root (Poisson).
        let chance = median.max(1.0).sqrt();
        Some(Baseline {
            median,
            weeks: counts.len(),
            spread: (MAD_TO_DEVIATION * median_of(&distances)).max(chance),
        })
    }

    /// Whether it is three times its habit or more, by more than chance and the habit's own ups and downs explain.
    pub fn is_high(&self) -> bool {
        let now = number(self.now);
        self.baseline().is_some_and(|baseline| {
            now >= UNUSUAL_LEAST
                && now >= UNUSUAL_TIMES * baseline.median
                && now >= baseline.median + UNUSUAL_SPREADS * baseline.spread
        })
    }

    /// Whether it is a third of its habit or less, likewise.
    pub fn is_low(&self) -> bool {
        let now = number(self.now);
        self.baseline().is_some_and(|baseline| {
            baseline.median >= UNUSUAL_TIMES * UNUSUAL_LEAST
                && UNUSUAL_TIMES * now <= baseline.median
                && now + UNUSUAL_SPREADS * baseline.spread <= baseline.median
        })
    }
}

#[allow(clippy::cast_precision_loss)] // counts of stories are small
fn number(count: u64) -> f64 {
    count as f64
}

/// 0 of none.
fn median_of(counts: &[f64]) -> f64 {
    let mut sorted = counts.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.get(middle) {
        None => 0.0,
        Some(upper) if sorted.len() % 2 == 1 => *upper,
        Some(upper) => f64::midpoint(*upper, sorted[middle - 1]),
    }
}
