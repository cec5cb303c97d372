//! What one recipient should read of a week.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;

use super::coverage::Coverage;
use super::recipient::Recipient;
use crate::core::week::{Anomaly, Baseline, FeedChanges, Headline, Row, WeekCoverage};

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
    pub baseline: Option<Baseline>,
    /// Weeks before that can be compared, at most [`WEEKS_BEFORE`](crate::core::week::WEEKS_BEFORE).
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
