//! What is usual, and what is not: this week's stories, or this day's, against the eight weeks before.
//!
//! A count is compared with its own habit: the median of the weeks before, or of the same weekday in them. Weeks
//! of which not enough was seen, and those before a watch was written, are none: they do not count as quiet. What
//! a new feed or a new watch brings makes nothing unusual.

mod habit;
mod tally;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use super::digest::{Coverage, FeedTrouble, Recipient};
pub use habit::{Comparison, DAYS, Days, Habit, Period, Seen, WEEKS_BEFORE, Weights, days_ago};
pub use tally::{KnownWatch, SETTLED, Sighting, Tally};

/// Lines on what is unusual that a digest holds, at most.
pub const UNUSUAL_IN_A_DIGEST: usize = 3;

/// A watch or a place with so many more stories than is its habit that it is worth a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Unusual {
    /// What it is.
    pub what: What,
    /// Stories of this week, or of this day.
    pub stories: u64,
    /// Stories that a week has, or this weekday: the median.
    pub habit: f64,
    /// How many times the habit that is; of a habit of less than one, the stories.
    pub times: f64,
}

/// What may be unusual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A watch.
    Watch {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
    },
    /// A place, as mails call it.
    Place {
        /// What mails call it.
        name: String,
    },
}

impl Unusual {
    /// A word that stands for it, to be compared with what was told.
    pub fn word(&self) -> String {
        match &self.what {
            What::Watch { id, .. } => format!("watch/{id}"),
            What::Place { name } => format!("place/{name}"),
        }
    }
}

/// A topic or a place in the table of a week.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The topic or place; `None` for watches without a topic.
    pub name: Option<String>,
    /// Stories of this week.
    pub stories: u64,
    /// Stories that a week has; `None` where too few can be compared.
    pub habit: Option<f64>,
}

/// A feed that brings many more or far fewer items than is its habit.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The outlet.
    pub title: String,
    /// New items of this week.
    pub items: u64,
    /// New items that a week has.
    pub habit: f64,
}

/// What changed in the feeds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedChanges {
    /// Read for the first time in this week; the outlets.
    pub new: Vec<String>,
    /// Read until this week, and no longer in the configuration.
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
    /// Stories in it.
    pub stories: u64,
    /// Stories that a week has; `None` where too few weeks can be compared.
    pub habit: Option<f64>,
    /// Weeks before that can be compared, at most [`WEEKS_BEFORE`].
    pub weeks: usize,
    /// Days of it on which feeds were read.
    pub days_seen: usize,
    /// Stories by topic, the most first.
    pub topics: Vec<Row>,
    /// Stories by place, the most first; a story may have several.
    pub places: Vec<Row>,
    /// Whether the stories were too many for the places of all of them to be looked at.
    pub places_in_part: bool,
    /// What is unusual, the most unusual first.
    pub unusual: Vec<Unusual>,
    /// What changed in the feeds.
    pub feeds: FeedChanges,
    /// What troubled the feeds in this week.
    pub coverage: Coverage,
}

/// Those of the feeds in trouble that are so since `start`, and the number of the others.
pub fn changed_since(feeds: Vec<FeedTrouble>, start: jiff::Timestamp) -> (Vec<FeedTrouble>, usize) {
    let all = feeds.len();
    let changed: Vec<FeedTrouble> = feeds
        .into_iter()
        .filter(|feed| feed.since.is_none_or(|since| since >= start))
        .collect();
    let before = all - changed.len();
    (changed, before)
}
