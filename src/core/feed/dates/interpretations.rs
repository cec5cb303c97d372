//! What a date may mean, before the dates around it have decided.

use jiff::Timestamp;
use jiff::civil::Date;

use super::parts::{Layout, Part};
use super::vocabulary;
use super::zones::Zone;

/// What a date may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DateInterpretations {
    /// One for each [`Order`](super::parts::Order); what can be read in one way only has the first alone.
    pub(super) readings: [Option<Timestamp>; 3],
    /// How it is written, when its numbers leave open which is the day.
    pub(super) layout: Option<Layout>,
    /// To be taken off the readings, as the language of the feed says: for the zone, and for the name of a month
    /// that is another elsewhere.
    pub(super) by_language: [Option<Zone>; 2],
}

impl DateInterpretations {
    /// Whether the dates around it decide what it means.
    pub(in crate::core::feed) fn is_ambiguous(&self) -> bool {
        self.layout.is_some()
    }

    /// What it means when nothing but itself is known.
    pub(in crate::core::feed) fn first_reading(&self) -> Option<Timestamp> {
        self.readings.into_iter().flatten().next()
    }

    /// Takes back the readings that a day of the week beside them rules out, unless it fits none of them.
    pub(super) fn check_weekday(&mut self, parts: &[Part<'_>], days: [Option<Date>; 3]) {
        let named = parts
            .iter()
            .filter_map(Part::word)
            .find_map(vocabulary::weekday);
        let fits = days.map(|day| day.is_some_and(|day| Some(day.weekday()) == named));
        if fits.contains(&true) {
            for (reading, fits) in self.readings.iter_mut().zip(fits) {
                *reading = reading.filter(|_| fits);
            }
        }
    }
}

impl From<Timestamp> for DateInterpretations {
    fn from(instant: Timestamp) -> Self {
        Self {
            readings: [Some(instant), None, None],
            layout: None,
            by_language: [None; 2],
        }
    }
}
