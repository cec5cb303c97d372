//! On which days feeds were read, and so what a day without a story says.

use super::baseline::{DAYS, Days, Seen};

/// When a feed was read, and what it brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedReads {
    /// Items never seen before.
    pub items: Days,
    /// Whether it was read.
    pub read: Seen,
    /// Whether it is to be read still.
    pub is_listed: bool,
    /// Whether it is read but once a day, each time somewhat later.
    pub is_slow: bool,
}

impl Default for FeedReads {
    fn default() -> Self {
        Self {
            items: [0; DAYS],
            read: [false; DAYS],
            is_listed: false,
            is_slow: false,
        }
    }
}

impl FeedReads {
    /// Days whose items are known: what a feed showed on one day is in it on the next day as a rule, and slow feeds
    /// are read once in some more than 24 hours.
    pub fn covered(&self) -> Seen {
        std::array::from_fn(|day| {
            self.read[day] || (day.checked_sub(1)).is_some_and(|next| self.read[next])
        })
    }
}

/// The days on which at least half of the feeds were read that were there: each since it was first read, until it was
/// no longer to be read. One that is read once a day was read on a day when it was on the next. One that is read on
/// fewer than half of its days, as it asks for or because it is broken, says nothing by its absence. Of the days
/// before anything was written down nothing is known, and so they are not seen.
pub fn seen<'a>(feeds: impl Iterator<Item = &'a FeedReads>) -> Seen {
    let mut read = [0_usize; DAYS];
    let mut absent = [0_usize; DAYS];
    for feed in feeds {
        let days_read = if feed.is_slow {
            feed.covered()
        } else {
            feed.read
        };
        let newest = days_read.iter().position(|read| *read);
        let oldest = feed.read.iter().rposition(|read| *read);
        let (Some(newest), Some(oldest)) = (newest, oldest) else {
            continue;
        };
        let newest = if feed.is_listed { 0 } else { newest };
        let days = newest..=oldest;
        let all = days.clone().count();
        let is_regular = 2 * days.clone().filter(|day| days_read[*day]).count() >= all;
        for day in days {
            let count = if days_read[day] {
                &mut read
            } else if is_regular {
                &mut absent
            } else {
                continue;
            };
            count[day] += 1;
        }
    }
    std::array::from_fn(|day| read[day] > 0 && read[day] >= absent[day])
}
