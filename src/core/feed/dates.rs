//! Dates as feeds write them, to instants.
//!
//! One reader for all of them: RFC 822 and its successors with their usual mistakes (RSS), RFC 3339
//! and ISO 8601 (Atom, Dublin Core, JSON Feed), `asctime`, SQL, dotted and slashed dates, and month
//! names of a dozen languages. A date without a zone is UTC; a date without a time is its midnight.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use super::date_names::{Half, half_of_day, is_filler, month_named, zone_named};

/// No sensible date is longer; what is longer is not looked at.
const LONGEST: usize = 100;

/// Reads a date, in any of the forms above. `None` when it is none of them, or no day of the calendar.
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(instant) = well_formed(text) {
        return Some(instant);
    }
    let tokens = tokens(&text.to_lowercase());
    unix_time(&tokens).or_else(|| Reading::of(&tokens)?.instant())
}

/// The two forms that nearly all feeds use, exactly as their standards write them.
fn well_formed(text: &str) -> Option<Timestamp> {
    let first = text.as_bytes()[0];
    if first.is_ascii_digit() && text.as_bytes().get(10) == Some(&b'T') {
        return text.parse().ok();
    }
    None
}

/// Ten digits are seconds since 1970, thirteen are milliseconds.
fn unix_time(tokens: &[Token]) -> Option<Timestamp> {
    match tokens {
        [Token::Number { value, digits: 10 }] => Timestamp::from_second(*value).ok(),
        [Token::Number { value, digits: 13 }] => Timestamp::from_millisecond(*value).ok(),
        _ => None,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number { value: i64, digits: usize },
    Word(String),
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |kind: fn(char) -> bool| rest.find(|c: char| !kind(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let digits = same(|c| c.is_ascii_digit());
            // Too long for any number here; the reading fails on it.
            let value = rest[..digits].parse().unwrap_or(i64::MAX);
            tokens.push(Token::Number { value, digits });
            digits
        } else if first.is_alphabetic() {
            let letters = same(char::is_alphabetic);
            let word = &rest[..letters];
            // The `t` of ISO 8601 stands between digits; every other word keeps its letters.
            tokens.push(Token::Word(word.to_owned()));
            letters
        } else {
            tokens.push(Token::Mark(first));
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// What was found in the tokens, before it is known to be a date.
#[derive(Default)]
struct Reading {
    /// Numbers that belong to the date, in order, with their digits.
    numbers: Vec<(i64, usize)>,
    /// A month by name, and how many numbers stood before it.
    month: Option<(i8, usize)>,
    time: Option<Clock>,
    afternoon: Option<Half>,
    offset: Option<i32>,
    /// `/` between numbers, which makes a date American unless its first number is a year.
    slashed: bool,
}

#[derive(Clone, Copy)]
struct Clock {
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i32,
}

impl Reading {
    fn of(tokens: &[Token]) -> Option<Self> {
        let mut reading = Self::default();
        let mut at = 0;
        while at < tokens.len() {
            let rest = &tokens[at..];
            at += match rest {
                [
                    Token::Number {
                        value: hour,
                        digits: 1 | 2,
                    },
                    Token::Mark(':'),
                    ..,
                ] if reading.time.is_none() => {
                    let (clock, used) = colon_clock(*hour, rest)?;
                    reading.time = Some(clock);
                    used
                }
                [
                    Token::Word(t),
                    Token::Number {
                        value,
                        digits: digits @ (2 | 4 | 6),
                    },
                    ..,
                ] if t == "t"
                    && reading.time.is_none()
                    && !matches!(rest.get(2), Some(Token::Mark(':'))) =>
                {
                    reading.time = Some(compact_clock(*value, *digits));
                    2
                }
                [
                    Token::Mark(sign @ ('+' | '-' | '\u{2212}')),
                    Token::Number { value, digits },
                    ..,
                ] if reading.time.is_some() && reading.takes_offset(*sign, *digits) => {
                    let (offset, used) = numeric_offset(*sign, *value, *digits, rest)?;
                    reading.offset = Some(offset);
                    used
                }
                [Token::Mark(sign), ..] => {
                    reading.slashed |= *sign == '/';
                    1
                }
                [Token::Number { value, digits }, ..] => {
                    reading.numbers.push((*value, *digits));
                    1
                }
                [Token::Word(word), ..] => {
                    reading.word(word)?;
                    1
                }
                [] => break,
            };
        }
        Some(reading)
    }

    fn takes_offset(&self, sign: char, digits: usize) -> bool {
        self.offset.is_none_or(|offset| offset == 0)
            && digits <= 4
            && (sign == '+' || !self.numbers.is_empty())
    }

    fn word(&mut self, word: &str) -> Option<()> {
        if let Some(half) = half_of_day(word) {
            self.afternoon = Some(half);
        } else if let Some(month) = month_named(word) {
            // "Sat" begins no month, but "Mar" is Tuesday in Spanish: a second month is a weekday.
            if self.month.is_none()
                || !self.numbers.is_empty() && self.month.is_some_and(|(_, before)| before == 0)
            {
                self.month = Some((month, self.numbers.len()));
            }
        } else if let Some(hours_and_minutes) = zone_named(word) {
            if self.offset.is_none() && (self.time.is_some() || word == "gmt" || word == "utc") {
                self.offset = Some(hours_and_minutes);
            }
        } else if self.month.is_none()
            && self.numbers.len() == 1
            && word.chars().count() > 2
            && self.time.is_none()
            && !is_filler(word)
        {
            // Something stands where the month should be, and it is no month.
            return None;
        }
        Some(())
    }

    fn instant(&self) -> Option<Timestamp> {
        let date = self.date()?;
        let mut clock = self.time.unwrap_or(Clock {
            hour: 0,
            minute: 0,
            second: 0,
            nanosecond: 0,
        });
        match self.afternoon {
            Some(Half::Afternoon) if clock.hour < 12 => clock.hour += 12,
            Some(Half::Morning) if clock.hour == 12 => clock.hour = 0,
            _ => {}
        }
        // 24:00 is the end of the day (ISO 8601), and second 60 a leap second (RFC 3339, 5.7).
        let next_day = clock.hour == 24 && clock.minute == 0 && clock.second == 0;
        let date = if next_day {
            date.tomorrow().ok()?
        } else {
            date
        };
        let hour = if next_day {
            0
        } else {
            i8::try_from(clock.hour).ok()?
        };
        let second = clock
            .second
            .min(if clock.second == 60 { 59 } else { clock.second });
        let civil = DateTime::new(
            date.year(),
            date.month(),
            date.day(),
            hour,
            i8::try_from(clock.minute).ok()?,
            i8::try_from(second).ok()?,
            clock.nanosecond,
        )
        .ok()?;
        Offset::from_seconds(self.offset.unwrap_or(0))
            .ok()?
            .to_timestamp(civil)
            .ok()
    }

    fn date(&self) -> Option<Date> {
        let numbers = self.numbers.as_slice();
        if let Some((month, before)) = self.month {
            return date_with_named_month(month, before, numbers);
        }
        match *numbers {
            [(year, 4)] => date(year, 1, 1),
            [(packed, 8)] => date(packed / 10_000, packed / 100 % 100, packed % 100),
            [(packed, 14)] => date(
                packed / 10_000_000_000,
                packed / 100_000_000 % 100,
                packed / 1_000_000 % 100,
            ),
            [(packed, 6)] => date(full_year(packed / 10_000), packed / 100 % 100, packed % 100),
            [(packed, 5)] => ordinal(full_year(packed / 1000), packed % 1000),
            [(packed, 7)] | [(packed, 3), ..] if numbers.len() == 1 => {
                ordinal(packed / 1000, packed % 1000)
            }
            [(year, 4), (day, 3)] if day > 12 => ordinal(year, day),
            [(year, 4), (month, 1 | 2)] => date(year, month, 1),
            [(year, 4), (month, 1..=3), (day, 1 | 2)] => date(year, month, day),
            [(first, 1 | 2), (second, 1 | 2), (year, 4)] => {
                if self.slashed && second <= 31 && first <= 12 {
                    date(year, first, second)
                } else {
                    date(year, second, first).or_else(|| date(year, first, second))
                }
            }
            [(first, 2), (second, 2), (third, 2)] if self.slashed => {
                date(full_year(third), first, second)
            }
            [(year, 2), (month, 2), (day, 2)] => date(full_year(year), month, day),
            _ => None,
        }
    }
}

fn date_with_named_month(month: i8, before: usize, numbers: &[(i64, usize)]) -> Option<Date> {
    let month = i64::from(month);
    match *numbers {
        // 2004-July-13
        [(year, 4), (day, 1 | 2)] if before == 1 => date(year, month, day),
        // 4 July 2004, July 4 2004, 04-Jul-04
        [(day, 1 | 2), (year, digits @ (2 | 4)), ..] => {
            date(if digits == 2 { full_year(year) } else { year }, month, day)
        }
        [(year, 4)] => date(year, month, 1),
        _ => None,
    }
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|&year| year > 0)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn ordinal(year: i64, day: i64) -> Option<Date> {
    let first = date(year, 1, 1)?;
    let last = i64::from(first.days_in_year());
    (1..=last)
        .contains(&day)
        .then(|| first.checked_add(jiff::Span::new().days(day - 1)).ok())?
}

/// Two digits are the year nearest to the web's own lifetime: 1970 to 2069.
fn full_year(year: i64) -> i64 {
    match year {
        0..=69 => 2000 + year,
        70..=99 => 1900 + year,
        _ => year,
    }
}

/// `9:15`, `09:15:30`, `09:15:30.125`: the clock and how many tokens it took.
fn colon_clock(hour: i64, tokens: &[Token]) -> Option<(Clock, usize)> {
    let [
        _,
        _,
        Token::Number {
            value: minute,
            digits: 1 | 2,
        },
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    let mut clock = Clock {
        hour,
        minute: *minute,
        second: 0,
        nanosecond: 0,
    };
    let [
        Token::Mark(':'),
        Token::Number {
            value: second,
            digits: 1 | 2,
        },
        rest @ ..,
    ] = rest
    else {
        return Some((clock, 3));
    };
    clock.second = *second;
    match rest {
        [Token::Mark(':'), ..] => None,
        [Token::Mark('.' | ','), Token::Number { value, digits }, ..] => {
            let scale = 10_i64.checked_pow(u32::try_from(digits.abs_diff(9)).ok()?)?;
            let nanoseconds = if *digits <= 9 {
                value.checked_mul(scale)?
            } else {
                value / scale
            };
            clock.nanosecond = i32::try_from(nanoseconds).unwrap_or(0);
            Some((clock, 7))
        }
        _ => Some((clock, 5)),
    }
}

/// `T101455`, `T1014`, `T10`.
fn compact_clock(value: i64, digits: usize) -> Clock {
    let (hour, minute, second) = match digits {
        2 => (value, 0, 0),
        4 => (value / 100, value % 100, 0),
        _ => (value / 10_000, value / 100 % 100, value % 100),
    };
    Clock {
        hour,
        minute,
        second,
        nanosecond: 0,
    }
}

/// `+0200`, `+02:00`, `+2`: seconds east of UTC and how many tokens it took.
fn numeric_offset(sign: char, value: i64, digits: usize, tokens: &[Token]) -> Option<(i32, usize)> {
    let (hours, minutes, used) = match (digits, &tokens[2..]) {
        (1 | 2, [Token::Mark(':'), Token::Number { value: minutes, .. }, ..]) => {
            (value, *minutes, 4)
        }
        (1 | 2, [Token::Mark(':'), ..]) => return None,
        (1 | 2, _) => (value, 0, 2),
        _ => (value / 100, value % 100, 2),
    };
    if minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Some((if sign == '+' { seconds } else { -seconds }, used))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(written: &str, meant: &str) {
        let read = parse(written).map(|instant| instant.to_string());
        assert_eq!(read.as_deref(), Some(meant), "of {written:?}");
    }

    fn check_refused(written: &str) {
        assert_eq!(parse(written), None, "of {written:?}");
    }

    #[test]
    fn rfc_822_dates_and_their_usual_mistakes() {
        check("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z");
        check("Thu, 01 Jan 04 19:48:21 +0200", "2004-01-01T17:48:21Z");
        check("1 Jan 2004 19:48 EST", "2004-01-02T00:48:00Z");
        check("Thu, 5 April 2012 10:00:00 Z", "2012-04-05T10:00:00Z");
        check("Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00Z");
        check("Thu Aug 30 2012 17:26:16 +0200", "2012-08-30T15:26:16Z");
        check("Fri,24 Nov 2023 18:28:36 -0000", "2023-11-24T18:28:36Z");
        check(
            "Wed, 19 Feb 2012 22:40:00 GMT-01:01",
            "2012-02-19T23:41:00Z",
        );
        check("Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00Z");
        check("Thu, 01 Jan 2004", "2004-01-01T00:00:00Z");
        check("Tuesday, 24 March 2026 9:05 PM EDT", "2026-03-25T01:05:00Z");
        check("04-Jul-26 10:00:00 GMT", "2026-07-04T10:00:00Z");
    }

    #[test]
    fn iso_8601_in_its_many_forms() {
        check("2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z");
        check("2003-12-31T10:14:55.5-08:00", "2003-12-31T18:14:55.5Z");
        check("2003-12-31T10:14:55+0100", "2003-12-31T09:14:55Z");
        check("2003-12-31t10:14z", "2003-12-31T10:14:00Z");
        check("2003-12-31 10:14:55 -00:20", "2003-12-31T10:34:55Z");
        check("2003-12-31T10:14:55", "2003-12-31T10:14:55Z");
        check("20031231T101455Z", "2003-12-31T10:14:55Z");
        check("20031231", "2003-12-31T00:00:00Z");
        check("2003-12", "2003-12-01T00:00:00Z");
        check("2003", "2003-01-01T00:00:00Z");
        check("2003-335", "2003-12-01T00:00:00Z");
        check("2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z");
        check("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z");
        check("2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55Z");
    }

    #[test]
    fn other_orders_and_machines() {
        check("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z");
        check("Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z");
        check("2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z");
        check("24.03.2026 18:05", "2026-03-24T18:05:00Z");
        check("03/24/2026 18:05:00", "2026-03-24T18:05:00Z");
        check("24/03/2026", "2026-03-24T00:00:00Z");
        check("1774375500", "2026-03-24T18:05:00Z");
        check("1774375500000", "2026-03-24T18:05:00Z");
    }

    #[test]
    fn month_names_of_other_languages() {
        check("mar, 24 mar 2026 18:05:00 +0100", "2026-03-24T17:05:00Z");
        check("24 de marzo de 2026", "2026-03-24T00:00:00Z");
        check("24 août 2026 10:00", "2026-08-24T10:00:00Z");
        check("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z");
        check("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z");
        check("24 марта 2026 10:00 MSK", "2026-03-24T07:00:00Z");
        check("2026年3月24日 18:05", "2026-03-24T18:05:00Z");
        check("24 kwi 2026 10:00", "2026-04-24T10:00:00Z");
        check("maandag 2 februari 2026", "2026-02-02T00:00:00Z");
        check("2004-05-25 오후 11:23:17", "2004-05-25T23:23:17Z");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for written in [
            "",
            "yesterday",
            "Sun, 99 Jun 2009 12:00:00 GMT",
            "2003-13-01",
            "2003-02-30",
            "2003-12-31T25:14:55Z",
            "2003-12-31T10:61:55Z",
            "Sun, 16 zzz 2012 11:47:32 GMT",
            "Sun, 16 Dec 2012 1:2:3:4 GMT",
            "13",
            "99999999999999999999999999",
            "9999-12-31T23:59:59-99:99",
        ] {
            check_refused(written);
        }
        check_refused(&"1".repeat(1_000_000));
    }

    const YEAR_1000: i64 = -30_610_224_000;
    const YEAR_9892: i64 = 250_000_000_000;

    proptest! {
        #[test]
        fn any_string_is_read_or_refused(text in any::<String>()) {
            let _ = parse(&text);
        }

        #[test]
        fn anything_that_looks_like_a_date_is_read_or_refused(text in "[0-9TZ:+ ./-]{0,30}(jan|GMT|pm)?[0-9: +-]{0,8}") {
            let _ = parse(&text);
        }

        #[test]
        fn what_is_printed_is_read_back(second in YEAR_1000..YEAR_9892) {
            let instant = Timestamp::from_second(second).unwrap();
            prop_assert_eq!(parse(&instant.to_string()), Some(instant));
            let rfc = Offset::UTC.to_datetime(instant).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
            prop_assert_eq!(parse(&rfc), Some(instant));
        }
    }
}
