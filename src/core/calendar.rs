//! When a digest is due: `"daily 07:30"`, `"mon-fri 07:30, 16:00"`, `"weekly mon 08:00"`,
//! `"hourly"`, `"off"`, in a recipient's own time zone; and the hours in which alerts wait.
//!
//! Daylight saving: each wall time fires exactly once. A time that the clock jumps over fires as
//! much later as the clock jumped (02:30 becomes 03:30), and of a time that comes twice only the
//! first counts. `hourly` follows real hours, so it fires in both halves of a repeated hour.

use std::{fmt, ops::Range, str::FromStr};

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

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

/// What is wrong with a schedule, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct CalendarError {
    /// The mistake, as a byte range of the text given.
    pub span: Range<usize>,
    /// One sentence without a full stop.
    pub reason: String,
    /// What to write instead of the text at `span`, when there is a good guess.
    pub suggestion: Option<String>,
}

impl Schedule {
    /// A schedule that never fires.
    pub fn off() -> Self {
        Self(Rule::Off)
    }

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

struct Word<'a> {
    text: &'a str,
    span: Range<usize>,
}

/// Words end at white space and commas.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let separator = c.is_whitespace() || c == ',';
        match (start, separator) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                found.push(Word {
                    text: &text[from..at],
                    span: from..at,
                });
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
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

fn time(word: &Word<'_>) -> Result<Time, CalendarError> {
    let exact = word
        .text
        .split_once(':')
        .filter(|(hour, minute)| (1..=2).contains(&hour.len()) && minute.len() == 2)
        .and_then(|(hour, minute)| clock(hour, minute));
    exact.ok_or_else(|| CalendarError {
        span: word.span.clone(),
        reason: format!(
            "\"{}\" is no time of day: write 00:00 to 23:59",
            brief(word.text)
        ),
        suggestion: guess_time(word.text),
    })
}

fn clock(hour: &str, minute: &str) -> Option<Time> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (digits(hour) && digits(minute))
        .then(|| Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok())
        .flatten()
}

/// Reads `0730`, `7.30`, `7h30`, `7pm` and `24:00` as people mean them.
fn guess_time(text: &str) -> Option<String> {
    let text = lower(text);
    let (digits, afternoon) = match (text.strip_suffix("pm"), text.strip_suffix("am")) {
        (Some(rest), _) => (rest, true),
        (None, Some(rest)) => (rest, false),
        (None, None) => (text.as_str(), false),
    };
    let parts: Vec<&str> = digits
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let (hour, minute) = match parts.as_slice() {
        [one] if one.len() <= 2 => (*one, "00"),
        [one] if one.len() == 4 => one.split_at(2),
        [one] if one.len() == 3 => one.split_at(1),
        [hour, minute] => (*hour, *minute),
        _ => return None,
    };
    let hour: u8 = hour.parse().ok()?;
    let minute: u8 = minute.parse().ok()?;
    let hour = match hour {
        24 if minute == 0 => 0,
        1..=11 if afternoon => hour + 12,
        0..=23 => hour,
        _ => return None,
    };
    (minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// A mistake is quoted, but not a novel.
fn brief(text: &str) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(20).collect();
    if chars.next().is_some() {
        head + "…"
    } else {
        head
    }
}

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

#[cfg(test)]
mod tests;
