//! When a digest is due: `"daily 07:30"`, `"mon-fri 07:30, 16:00"`, `"weekly mon 08:00"`,
//! `"hourly"`, `"off"`, in a recipient's own time zone; and the hours in which alerts wait.
//!
//! Daylight saving: each wall time fires exactly once. A time that the clock jumps over fires as
//! much later as the clock jumped (02:30 becomes 03:30), and of a time that comes twice only the
//! first counts. `hourly` follows real hours, so it fires in both halves of a repeated hour.

mod quiet_hours;
mod time_of_day;
mod tokenizer;

use std::{fmt, str::FromStr};

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

pub use self::quiet_hours::QuietHours;
use self::time_of_day::time;
pub use self::tokenizer::CalendarError;
use self::tokenizer::{Word, brief, lower, words};

/// More times a day than this are refused.
const TIMES_MAX: usize = 48;

const DAYS: [(&str, &str, Weekday); 7] = [
    ("mon", "monday", Weekday::Monday),
    ("tue", "tuesday", Weekday::Tuesday),
    ("wed", "wednesday", Weekday::Wednesday),
    ("thu", "thursday", Weekday::Thursday),
    ("fri", "friday", Weekday::Friday),
    ("sat", "saturday", Weekday::Saturday),
    ("sun", "sunday", Weekday::Sunday),
];

/// A checked schedule. Its `Display` form parses to the same schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule(Rule);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Rule {
    Off,
    Hourly,
    /// Days by `Weekday::to_monday_zero_offset`; times sorted, without repeats, never empty.
    Wall {
        days: [bool; 7],
        times: Vec<Time>,
    },
}

impl Schedule {
    /// Whether it never fires.
    pub fn is_off(&self) -> bool {
        self.0 == Rule::Off
    }

    /// Whether it fires once a week.
    pub fn is_weekly(&self) -> bool {
        match &self.0 {
            Rule::Off | Rule::Hourly => false,
            Rule::Wall { days, times } => {
                times.len() == 1 && days.iter().filter(|on| **on).count() == 1
            }
        }
    }

    /// The first instant strictly after `after` at which the schedule fires; `None` for `off`, and
    /// at the end of representable time.
    pub fn next_after(&self, after: Timestamp, tz: &TimeZone) -> Option<Timestamp> {
        match &self.0 {
            Rule::Off => None,
            Rule::Hourly => next_full_hour(after, tz),
            Rule::Wall { days, times } => next_wall_time(*days, times, after, tz),
        }
    }
}

/// The first instant strictly after `after` at which any of `schedules` fires.
pub fn next_of(schedules: &[Schedule], after: Timestamp, tz: &TimeZone) -> Option<Timestamp> {
    schedules
        .iter()
        .filter_map(|schedule| schedule.next_after(after, tz))
        .min()
}

/// Steps from minute to full hour in local time, for offsets that are no whole hours exist.
fn next_full_hour(after: Timestamp, tz: &TimeZone) -> Option<Timestamp> {
    let local = tz.to_datetime(after);
    let into_hour = i64::from(local.minute()) * 60 + i64::from(local.second());
    let seconds = after.as_second().checked_add(3600 - into_hour)?;
    let candidate = Timestamp::from_second(seconds).ok()?;
    // A change of offset by part of an hour in between moves the full hour.
    let past = i64::from(tz.to_datetime(candidate).minute());
    [-past, 0, 60 - past]
        .into_iter()
        .filter_map(|minutes| candidate.checked_add(minutes.minutes()).ok())
        .find(|instant| *instant > after && tz.to_datetime(*instant).minute() == 0)
}

/// Two days back, because a skipped time fires up to a day late; nine ahead, because a week may
/// hold a day that a zone left out when it changed sides of the date line.
fn next_wall_time(
    days: [bool; 7],
    times: &[Time],
    after: Timestamp,
    tz: &TimeZone,
) -> Option<Timestamp> {
    let today = tz.to_datetime(after).date();
    (-2..=9_i64)
        .filter_map(|offset| today.checked_add(offset.days()).ok())
        .filter(|date| on_day(days, *date))
        .flat_map(|date| times.iter().map(move |time| date.to_datetime(*time)))
        .filter_map(|wall| tz.to_ambiguous_timestamp(wall).compatible().ok())
        .filter(|instant| *instant > after)
        .min()
}

fn on_day(days: [bool; 7], date: Date) -> bool {
    usize::try_from(date.weekday().to_monday_zero_offset())
        .ok()
        .and_then(|index| days.get(index).copied())
        .unwrap_or(false)
}

impl FromStr for Schedule {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let words = words(text);
        let Some((first, rest)) = words.split_first() else {
            return Err(CalendarError {
                span: 0..text.len(),
                reason: "a schedule is missing".to_owned(),
                suggestion: Some("daily 07:30".to_owned()),
            });
        };
        match lower(first.text).as_str() {
            "off" | "hourly" if !rest.is_empty() => Err(CalendarError {
                span: rest[0].span.start..text.trim_end().len(),
                reason: format!("nothing may follow \"{}\"", lower(first.text)),
                suggestion: Some(String::new()),
            }),
            "off" => Ok(Self(Rule::Off)),
            "hourly" => Ok(Self(Rule::Hourly)),
            "daily" => wall([true; 7], rest, first),
            "weekly" => weekly(rest, first),
            _ => listed_days(&words),
        }
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Rule::Off => f.write_str("off"),
            Rule::Hourly => f.write_str("hourly"),
            Rule::Wall { days, times } => {
                if days.iter().all(|on| *on) {
                    f.write_str("daily")?;
                } else {
                    let names: Vec<&str> = DAYS
                        .iter()
                        .zip(days)
                        .filter_map(|(day, on)| on.then_some(day.0))
                        .collect();
                    f.write_str(&names.join(", "))?;
                }
                for (index, time) in times.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma} {:02}:{:02}", time.hour(), time.minute())?;
                }
                Ok(())
            }
        }
    }
}

fn weekly(rest: &[Word<'_>], first: &Word<'_>) -> Result<Schedule, CalendarError> {
    let Some((day, times)) = rest.split_first() else {
        return Err(CalendarError {
            span: first.span.clone(),
            reason: "\"weekly\" needs a day and a time".to_owned(),
            suggestion: Some("weekly mon 08:00".to_owned()),
        });
    };
    let mut days = [false; 7];
    days[day_index(day)?] = true;
    wall(days, times, day)
}

fn listed_days(words: &[Word<'_>]) -> Result<Schedule, CalendarError> {
    let mut days = [false; 7];
    let mut used = 0_usize;
    for word in words {
        if word.text.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        mark_days(word, &mut days)?;
        used += 1;
    }
    let Some(last) = used.checked_sub(1).and_then(|index| words.get(index)) else {
        let first = &words[0];
        return Err(CalendarError {
            span: first.span.clone(),
            reason: "the days are missing before the time".to_owned(),
            suggestion: Some(format!("daily {}", first.text)),
        });
    };
    wall(days, &words[used..], last)
}

/// `mon` or `mon-fri`; `fri-mon` runs over the weekend.
fn mark_days(word: &Word<'_>, days: &mut [bool; 7]) -> Result<(), CalendarError> {
    let Some((from, to)) = word.text.split_once('-') else {
        days[day_index(word)?] = true;
        return Ok(());
    };
    let from_word = Word {
        text: from,
        span: word.span.start..word.span.start + from.len(),
    };
    let to_word = Word {
        text: to,
        span: word.span.end - to.len()..word.span.end,
    };
    let (mut day, last) = (day_index(&from_word)?, day_index(&to_word)?);
    loop {
        days[day] = true;
        if day == last {
            return Ok(());
        }
        day = (day + 1) % 7;
    }
}

fn day_index(word: &Word<'_>) -> Result<usize, CalendarError> {
    let wanted = lower(word.text);
    if let Some(index) = DAYS
        .iter()
        .position(|(short, long, _)| *short == wanted || *long == wanted)
    {
        return Ok(index);
    }
    let known = ["daily", "weekly", "hourly", "off"];
    let nearest = DAYS
        .iter()
        .flat_map(|(short, long, _)| [*short, *long])
        .chain(known)
        .map(|name| (strsim::damerau_levenshtein(name, &wanted), name))
        .min();
    Err(CalendarError {
        span: word.span.clone(),
        reason: format!(
            "\"{}\" is no day: write mon, tue, wed, thu, fri, sat, sun, or daily, weekly, hourly, off",
            brief(word.text)
        ),
        suggestion: nearest
            .filter(|(distance, name)| *distance * 2 <= name.len())
            .map(|(_, name)| name.to_owned()),
    })
}

fn wall(days: [bool; 7], words: &[Word<'_>], before: &Word<'_>) -> Result<Schedule, CalendarError> {
    if words.is_empty() {
        return Err(CalendarError {
            span: before.span.clone(),
            reason: "a time is missing".to_owned(),
            suggestion: Some(format!("{} 07:30", before.text)),
        });
    }
    if let Some(extra) = words.get(TIMES_MAX) {
        return Err(CalendarError {
            span: extra.span.clone(),
            reason: format!("more than {TIMES_MAX} times a day"),
            suggestion: Some("hourly".to_owned()),
        });
    }
    let mut times = words.iter().map(time).collect::<Result<Vec<_>, _>>()?;
    times.sort_unstable();
    times.dedup();
    Ok(Schedule(Rule::Wall { days, times }))
}

#[cfg(test)]
mod tests;
