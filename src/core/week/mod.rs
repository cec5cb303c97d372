//! What is usual, and what is not: this week's stories, or this day's, against the eight weeks before.
//!
//! A count is compared with its own baseline: the median of the weeks before, or of the same weekday in them. Weeks
//! that were not seen whole, and those before a watch was written, are none: they do not count as quiet. What a new
//! feed or a new watch brings makes nothing unusual.
//!
//! ```text
//! FeedReads of all feeds -> seen -> Seen, the days that count
//! Sighting of each item -> StoryCounter -> topics, places, unusual -> Row and Anomaly, each with its Baseline
//! ```
//!
//! [`StoryCounter`] counts stories, [`Comparison`] has the numbers of one [`Period`] and says whether they are high,
//! low or usual.
//!
//! This room reads no texts, makes no mail and knows no recipient; what is told of a week is put together in
//! [`digest::Week`](super::digest::Week).

mod anomaly;
mod baseline;
mod counts;
mod coverage;
#[cfg(test)]
mod tests;

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
    pub baseline: Option<Baseline>,
}

/// A feed that brings many more or far fewer items than its baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The outlet.
    pub title: String,
    /// New items of this week.
    pub items: u64,
    /// New items that a week has.
    pub baseline: Baseline,
}

/// What changed in the feeds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedChanges {
    /// Read for the first time in this week; the outlets.
    pub new: Vec<String>,
    /// Taken out of the configuration in this week.
    pub gone: Vec<String>,
    /// More or fewer items than their baseline, the greatest change first.
    pub rates: Vec<Rate>,
    /// That began to fail, or fell silent, longer ago.
    pub in_trouble_before: usize,
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
