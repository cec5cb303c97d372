//! Dates as feeds write them, to instants.
//!
//! ```text
//! text -> tokenizer -> parts -> calendar_date, time_of_day, zones -> DateInterpretations -> disambiguation
//!      -> instant
//! ```
//!
//! One reader for all of them: RFC 822 and its successors with their usual mistakes (RSS), RFC 3339
//! and ISO 8601 (Atom, Dublin Core, JSON Feed), `asctime`, SQL, dotted and slashed dates, what JavaScript prints,
//! and the names and digits of many languages. A date without a zone is UTC; a date without a time is its
//! midnight.
//!
//! [`read`] says what a date may mean. Where that is open, as in `03/12/2026`, all the dates of the body decide
//! together: [`DateDisambiguation`].

mod calendar_date;
mod disambiguation;
mod interpretations;
mod parts;
mod time_of_day;
mod tokenizer;
mod vocabulary;
mod zones;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use calendar_date::Calendar;
pub use disambiguation::DateDisambiguation;
pub use interpretations::DateInterpretations;
use parts::{Part, TimeOfDay};
use tokenizer::Token;
use zones::Zone;

/// No sensible date is longer, in bytes; what is longer is not looked at.
const LONGEST: usize = 400;

/// Reads a date, in any of the forms above. `None` when it is none of them, or no day of the calendar.
pub fn read(text: &str) -> Option<DateInterpretations> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(instant) = well_formed(text) {
        return Some(instant.into());
    }
    let place = place_name(text).and_then(|name| {
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        Some((name, zone))
    });
    let (text, place) = match place {
        Some((name, zone)) => (Cow::Owned(text.replacen(name, "", 1)), Some(zone)),
        None => (Cow::Borrowed(text), None),
    };
    let calendar = Calendar::of(&text);
    let folded = tokenizer::folded(&text);
    let outside = tokenizer::without_comments(&folded);
    let read = |text| read_tokens(&tokenizer::tokens(text), calendar, place.as_ref());
    // A date all of which stands in parentheses is one all the same.
    let is_commented = outside.len() != folded.len();
    read(&outside).or_else(|| is_commented.then(|| read(&folded)).flatten())
}

/// What may be the name of a zone by its place, as in `10:15 Europe/Paris` (IANA Time Zone Database).
fn place_name(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
    let mut words = text.split(|c| !is_part(c));
    words.find(|word| word.contains('/') && word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Reads a date that stands alone, in a feed that says nothing of its language. Where it may mean several days, it
/// is the first in the order day, month, year.
pub fn parse(text: &str) -> Option<Timestamp> {
    DateDisambiguation::default().settle(&read(text)?)
}

/// The form that Atom and JSON Feed ask for, exactly as the standard writes it (RFC 3339).
fn well_formed(text: &str) -> Option<Timestamp> {
    let first = text.as_bytes()[0];
    if first.is_ascii_digit() && text.as_bytes().get(10) == Some(&b'T') {
        return text.parse().ok();
    }
    None
}

/// Ten digits are seconds since 1970, thirteen are milliseconds, sixteen microseconds. Fractions, and the distance from
/// UTC in `/Date(1774375500000+0100)/`, change nothing.
fn unix_time(tokens: &[Token<'_>]) -> Option<Timestamp> {
    let is_frame = |token: &&Token<'_>| matches!(token, Token::Mark(_) | Token::Word("date"));
    let start = tokens.iter().take_while(is_frame).count();
    let (value, digits, rest) = match &tokens[start..] {
        [
            Token::Number { value, digits },
            Token::Mark('.' | '+' | '-'),
            Token::Number { .. },
            rest @ ..,
        ]
        | [Token::Number { value, digits }, rest @ ..] => (*value, *digits, rest),
        _ => return None,
    };
    if !rest.iter().all(|token| is_frame(&token)) {
        return None;
    }
    match digits {
        10 => Timestamp::from_second(value).ok(),
        13 => Timestamp::from_millisecond(value).ok(),
        16 => Timestamp::from_microsecond(value).ok(),
        _ => None,
    }
}

fn read_tokens(
    tokens: &[Token<'_>],
    calendar: Calendar,
    place: Option<&TimeZone>,
) -> Option<DateInterpretations> {
    if let Some(instant) = unix_time(tokens) {
        return Some(instant.into());
    }
    let parts = parts(tokens)?;
    let days = calendar_date::days(&parts, calendar)?;
    let clock = time_of_day::of(&parts, &days.place);
    let (offset, zone) = zone(&parts, place)?;
    let at = |day: Date| offset.to_timestamp(civil(day, clock)?).ok();
    let mut words = parts[days.place.clone()].iter().filter_map(Part::word);
    let mut written = DateInterpretations {
        readings: days.by_order.map(|day| day.and_then(at)),
        layout: days.layout,
        by_language: [zone, words.find_map(vocabulary::elsewhere)],
    };
    if days.layout.is_some() {
        written.check_weekday(&parts, days.by_order);
    }
    written
        .readings
        .iter()
        .any(Option::is_some)
        .then_some(written)
}

/// No date has more parts.
const MOST_PARTS: usize = 40;

/// Sorts the tokens. `None` when there is a time that is none, or more than any date has.
fn parts<'t>(tokens: &[Token<'t>]) -> Option<Vec<Part<'t>>> {
    let mut parts: Vec<Part<'t>> = Vec::new();
    let (mut after, mut has_clock) = (None, false);
    let mut at = 0;
    while let Some(&token) = tokens.get(at) {
        if parts.len() == MOST_PARTS {
            return None;
        }
        let rest = &tokens[at..];
        if !has_clock && let Some((clock, used)) = time_of_day::read(rest).ok()? {
            parts.push(Part::Clock(clock));
            (after, has_clock) = (None, true);
            at += used;
        } else if let Some((offset, used)) =
            time_of_day::offset(rest, &parts, after.is_none()).ok()?
        {
            parts.push(Part::Offset(offset));
            after = None;
            at += used;
        } else if let Some((half, used)) = time_of_day::half(rest) {
            parts.push(Part::Half(half));
            after = None;
            at += used;
        } else {
            match token {
                Token::Mark(mark) => {
                    after = match after {
                        _ if mark == ' ' => after.or(Some(' ')),
                        None | Some(' ') => Some(mark),
                        Some(_) => Some(';'),
                    };
                }
                Token::Number { value, digits } => {
                    parts.push(Part::Number {
                        value,
                        digits,
                        after,
                    });
                    after = None;
                }
                Token::Word(word) if vocabulary::is_filler(word) => {}
                Token::Word(word) => {
                    parts.push(Part::Word(word));
                    after = None;
                }
            }
            at += 1;
        }
    }
    Some(parts)
}

/// How far it is from UTC, and the zone for which that depends on the language. A number wins over a place, and
/// that over a name.
fn zone(parts: &[Part<'_>], place: Option<&TimeZone>) -> Option<(TimeZone, Option<Zone>)> {
    let fixed = |seconds| Offset::from_seconds(seconds).ok().map(TimeZone::fixed);
    let offset = parts.iter().find_map(|part| match part {
        Part::Offset(offset) => Some(*offset),
        _ => None,
    });
    if let Some(offset) = offset {
        return Some((fixed(offset)?, None));
    }
    if let Some(place) = place {
        return Some((place.clone(), None));
    }
    let clock = parts
        .iter()
        .position(|part| matches!(part, Part::Clock(_) | Part::Half(_)));
    let named = parts
        .iter()
        .enumerate()
        .find_map(|(place, part)| match part {
            Part::Word(word)
                if clock.is_some_and(|clock| clock < place) || matches!(*word, "gmt" | "utc") =>
            {
                zones::named(word)
            }
            _ => None,
        });
    match named {
        Some(zone) if let Some(seconds) = zone.fixed() => Some((fixed(seconds)?, None)),
        named => Some((TimeZone::UTC, named)),
    }
}

/// A time on a day.
fn civil(day: Date, clock: TimeOfDay) -> Option<DateTime> {
    // 24:00 is the end of the day (ISO 8601), and second 60 a leap second (RFC 3339, 5.7).
    let next_day = clock.hour == 24 && clock.minute == 0 && clock.second == 0;
    let day = if next_day { day.tomorrow().ok()? } else { day };
    let hour = if next_day { 0 } else { clock.hour };
    let second = if clock.second == 60 { 59 } else { clock.second };
    DateTime::new(
        day.year(),
        day.month(),
        day.day(),
        i8::try_from(hour).ok()?,
        i8::try_from(clock.minute).ok()?,
        i8::try_from(second).ok()?,
        clock.nanosecond,
    )
    .ok()
}

#[cfg(test)]
mod tests;
