//! The parts of a written date (numbers, names of months, times, zones), and the order of day, month and year.

use super::vocabulary::DayPeriod;

/// A time of day as written; the default is midnight. Not yet known to be one: the hour may be 99.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct TimeOfDay {
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    pub(super) nanosecond: i32,
}

impl TimeOfDay {
    pub(super) fn with_day_period(mut self, half: Option<DayPeriod>) -> Self {
        match half {
            Some(DayPeriod::Afternoon) if self.hour < 12 => self.hour += 12,
            Some(DayPeriod::Morning) if self.hour == 12 => self.hour = 0,
            _ => {}
        }
        self
    }
}

/// The order of the numbers of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

impl Order {
    pub(super) const ALL: [Self; 3] = [Self::DayMonthYear, Self::MonthDayYear, Self::YearMonthDay];
}

/// How a date of numbers is written: those of one layout in a body have the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Layout {
    pub(super) separator: char,
    /// Whether the year has four digits, and stands last.
    pub(super) long_year: bool,
}

/// A part of a date; what means nothing is left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part<'t> {
    /// A number of the date, and the mark that stands between it and the number before: a blank when there is
    /// nothing else, none when there are several marks, or when a word is between them.
    Number {
        value: i64,
        digits: usize,
        after: Option<char>,
    },
    /// A month, and whatever else.
    Word(&'t str),
    Clock(TimeOfDay),
    Half(DayPeriod),
    /// Seconds east of UTC.
    Offset(i32),
}

impl<'t> Part<'t> {
    pub(super) fn word(&self) -> Option<&'t str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}
