//! What is usual, and what is not: this week's stories, or this day's, against the eight weeks before.
//!
//! A count is compared with its own habit: the median of the weeks before, or of the same weekday in them. Weeks
//! that were not seen whole, and those before a watch was written, are none: they do not count as quiet. What a new
//! feed or a new watch brings makes nothing unusual.
//!
//! ```text
//! FeedReads of all feeds -> seen -> Seen, the days that count
//! Sighting of each item -> StoryCounter -> topics, places, unusual -> Row and Anomaly, each with its Baseline -> Week
//! ```
//!
//! [`StoryCounter`] counts stories, [`Comparison`] has the numbers of one [`Period`] and says whether they are high,
//! low or usual, and [`Week`] is what the summary of a recipient's week is written from.
//!
//! This room reads no texts and makes no mail; of [`digest`](super::digest) it has data alone, what troubled the feeds
//! and who reads.

mod anomaly;
mod baseline;
mod counts;
mod coverage;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;

use super::digest::{Coverage, Recipient};
pub use anomaly::{Anomaly, AnomalySubject, Place};
pub use baseline::{
    Baseline, Comparison, DAYS, DAYS_BACK, Days, Period, Seen, WEEKS_BEFORE, Weights, days_ago,
};
pub use counts::{Found, KnownWatch, SETTLED, Sighting, StoryCounter};
pub use coverage::{FeedReads, seen};

/// An item that stands for its story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// As its feed gives it; may be empty.
    pub title: String,
    /// Where it is to be read.
    pub link: Option<String>,
}

/// A topic or a place in the table of a week.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The topic or place; `None` for watches without a topic.
    pub name: Option<String>,
    /// Stories of this week.
    pub stories: u64,
    /// Stories that a week has; `None` where too few can be compared.
    pub habit: Option<Baseline>,
}

/// A feed that brings many more or far fewer items than is its habit.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The outlet.
    pub title: String,
    /// New items of this week.
    pub items: u64,
    /// New items that a week has.
    pub habit: Baseline,
}

/// What changed in the feeds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedChanges {
    /// Read for the first time in this week; the outlets.
    pub new: Vec<String>,
    /// Taken out of the configuration in this week.
    pub gone: Vec<String>,
    /// More or fewer items than is their habit, the greatest change first.
    pub rates: Vec<Rate>,
    /// That began to fail, or fell silent, longer ago.
    pub in_trouble_before: usize,
}

/// The summary of a week for one recipient.
#[derive(Clone, Debug)]
pub struct Week {
    /// Who reads.
    pub recipient: Recipient,
    /// Its first day, where the reader is.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// Its time: what was found from then on, and before then.
    pub time: Range<Timestamp>,
    /// Stories in it.
    pub stories: u64,
    /// Stories that a week has; `None` where too few weeks can be compared.
    pub habit: Option<Baseline>,
    /// Weeks before that can be compared, at most [`WEEKS_BEFORE`].
    pub weeks: usize,
    /// How much of it was seen.
    pub watched: WeekCoverage,
    /// The first day of the weeks before of which no summary was made, since the last that was.
    pub missed_since: Option<Date>,
    /// Stories by topic, each under one, the most first.
    pub topics: Vec<Row>,
    /// Stories by place, the most first; a story may have several.
    pub places: Vec<Row>,
    /// Whether the stories were too many for the places of all of them to be looked at.
    pub places_in_part: bool,
    /// What is unusual, the most unusual first.
    pub unusual: Vec<Anomaly>,
    /// What those items say that stand for what is unusual, by their numbers.
    pub headlines: BTreeMap<i64, Headline>,
    /// What changed in the feeds.
    pub feeds: FeedChanges,
    /// What troubled the feeds in this week.
    pub coverage: Coverage,
}

/// How much of a week was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WeekCoverage {
    /// Days on which most of the feeds were read.
    pub days: usize,
    /// Feeds that were read at all.
    pub feeds: usize,
    /// Feeds that were to be read.
    pub of_feeds: usize,
}

impl WeekCoverage {
    /// Whether there may have been much more than was seen: silence says little.
    pub fn is_doubtful(self) -> bool {
        self.days < 7 || 2 * self.feeds < self.of_feeds
    }
}
