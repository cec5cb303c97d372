//! Hours of the day in which alerts wait, in the recipient's time zone.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::time_of_day::time;
use super::tokenizer::{CalendarError, Word};

/// Hours of the day in which alerts wait, such as `"22:00-07:00"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    from: Time,
    to: Time,
}

impl QuietHours {
    /// The instant at which the quiet ends, when `now` lies within it.
    pub fn ends_at(&self, now: Timestamp, tz: &TimeZone) -> Option<Timestamp> {
        let local = tz.to_datetime(now);
        let time = local.time();
        let quiet = if self.from < self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        };
        if !quiet {
            return None;
        }
        // Both halves of a repeated hour count here: missing the second would wait a day.
        (0..=2_i64)
            .filter_map(|offset| local.date().checked_add(offset.days()).ok())
            .map(|date| tz.to_ambiguous_timestamp(date.to_datetime(self.to)))
            .flat_map(|wall| [wall.earlier().ok(), wall.later().ok()])
            .flatten()
            .filter(|instant| *instant > now)
            .min()
    }
}

impl FromStr for QuietHours {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let whole = |reason: &str| CalendarError {
            span: 0..text.len(),
            reason: reason.to_owned(),
            suggestion: Some("22:00-07:00".to_owned()),
        };
        let (from, to) = text
            .split_once('-')
            .ok_or_else(|| whole("quiet hours need two times with a hyphen between them"))?;
        let part = |part: &str, start: usize| {
            let lead = part.len() - part.trim_start().len();
            let start = start + lead;
            let text = part.trim();
            time(&Word {
                text,
                span: start..start + text.len(),
            })
        };
        let quiet = Self {
            from: part(from, 0)?,
            to: part(to, from.len() + 1)?,
        };
        if quiet.from == quiet.to {
            return Err(whole("quiet hours begin and end at the same time"));
        }
        Ok(quiet)
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            from.hour(),
            from.minute(),
            to.hour(),
            to.minute()
        )
    }
}
