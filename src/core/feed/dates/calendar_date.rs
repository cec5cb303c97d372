//! The day in a date: a month by its name beside its day, or numbers alone.

use std::ops::{Range, RangeInclusive};

use jiff::civil::Date;

use super::parts::{Layout, Order, Part};
use super::vocabulary;

/// The days that a date may mean.
#[derive(Debug)]
pub(super) struct DateCandidates {
    /// One for each [`Order`]; the first alone when nothing is open.
    pub(super) by_order: [Option<Date>; 3],
    /// Set when it is numbers that leave open which is the day.
    pub(super) layout: Option<Layout>,
    /// The parts in which it stands.
    pub(super) place: Range<usize>,
}

impl DateCandidates {
    fn sure(day: Option<Date>, place: Range<usize>) -> Self {
        Self {
            by_order: [day, None, None],
            layout: None,
            place,
        }
    }
}

/// How years are counted where the text comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    /// Thailand counts from the Buddha: 543 years more.
    is_thai: bool,
    /// In digits of its own a country may well write the year of its own calendar.
    has_own_digits: bool,
}

impl Calendar {
    pub(super) fn of(text: &str) -> Self {
        Self {
            is_thai: text.contains(|c| ('\u{0E01}'..='\u{0E5B}').contains(&c)),
            has_own_digits: text.contains(|c: char| c.is_numeric() && !c.is_ascii()),
        }
    }

    fn date(self, year: i64, month: i64, day: i64) -> Option<Date> {
        let year = match year {
            2400..=2700 if self.is_thai => year - 543,
            // Persian and Islamic years; those calendars are not read here.
            ..1900 if self.has_own_digits => return None,
            _ => year,
        };
        let year = i16::try_from(year).ok().filter(|&year| year > 0)?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    fn ordinal(self, year: i64, day: i64) -> Option<Date> {
        let first = self.date(year, 1, 1)?;
        let last = i64::from(first.days_in_year());
        (1..=last)
            .contains(&day)
            .then(|| first.checked_add(jiff::Span::new().days(day - 1)).ok())?
    }
}

/// Finds the day.
pub(super) fn days(parts: &[Part<'_>], calendar: Calendar) -> Option<DateCandidates> {
    let named = named(parts, calendar);
    match named {
        Some((MonthContext::DayAndYear, days)) => Some(days),
        named => joined(parts, calendar)
            .or_else(|| named.map(|(_, days)| days))
            .or_else(|| numbers(parts, calendar)),
    }
}

/// What stands beside the name of a month. The least is the best: a word that begins like one may be the name of
/// a day of the week or of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum MonthContext {
    DayAndYear,
    Day,
    Year,
}

/// The day by the best name of a month.
fn named(parts: &[Part<'_>], calendar: Calendar) -> Option<(MonthContext, DateCandidates)> {
    let mut best: Option<(MonthContext, u8, DateCandidates)> = None;
    for place in 0..parts.len() {
        if let Some((beside, rank, days)) = named_at(parts, place, calendar)
            && best
                .as_ref()
                .is_none_or(|best| (beside, rank) < (best.0, best.1))
        {
            best = Some((beside, rank, days));
        }
    }
    best.map(|(beside, _, days)| (beside, days))
}

/// The day whose month is the word at this place, when it stands beside a number; and of equals which is first.
fn named_at(
    parts: &[Part<'_>],
    start: usize,
    calendar: Calendar,
) -> Option<(MonthContext, u8, DateCandidates)> {
    let (month, mut end) = month_at(parts, start)?;
    // Where the month has two names, both may stand there: "كانون الأول/ديسمبر".
    while let Some((same, next)) = month_at(parts, end).filter(|(same, _)| *same == month) {
        (_, end) = (same, next);
    }
    let before = start
        .checked_sub(1)
        .and_then(|place| number_at(parts, place));
    let after = number_at(parts, end);
    let later_year = || year_behind(&parts[end..], after.is_none());
    // "2026. gada 17. janvāris": a word is between, whatever it means.
    let in_front = &parts[..start.saturating_sub(usize::from(before.is_some()))];
    let year_in_front = || only_number(in_front, 4..=4);
    let date = |(year, digits), day| {
        let year = if digits == 2 { full_year(year) } else { year };
        calendar.date(year, month, day)
    };
    let at = |date, context, rank, places| (context, rank, DateCandidates::sure(date, places));
    Some(match (before, after) {
        // 4 July 2004, 04-Jul-04, 2004-July-13
        (Some((day, 1 | 2)), Some(year @ (_, 2 | 4)))
        | (Some(year @ (_, 4)), Some((day, 1 | 2))) => at(
            date(year, day),
            MonthContext::DayAndYear,
            0,
            start - 1..end + 1,
        ),
        // July 4 2004, Jul 4 16:29:06 PST 2004
        (_, Some((day, 1 | 2))) if let Some(year) = later_year() => {
            let directly = number_at(parts, end + 1).is_some();
            let end = end + 1 + usize::from(directly);
            at(date(year, day), MonthContext::DayAndYear, 1, start..end)
        }
        // 4 Jul 16:29:06 2004
        (Some((day, 1 | 2)), None) if let Some(year) = later_year() => {
            at(date(year, day), MonthContext::Day, 0, start - 1..end)
        }
        // 2004, 4 July; 2004, July 4
        (Some((day, 1 | 2)), None) if let Some(year) = year_in_front() => {
            at(date(year, day), MonthContext::Day, 0, start - 1..end)
        }
        (None, Some((day, 1 | 2))) if let Some(year) = year_in_front() => {
            at(date(year, day), MonthContext::Day, 1, start..end + 1)
        }
        // July 4, 04
        (_, Some((day, 1 | 2))) => {
            let year = number_at(parts, end + 1).filter(|(_, digits)| *digits == 2)?;
            at(date(year, day), MonthContext::Day, 1, start..end + 2)
        }
        // 4 whatever July 2004
        (None, Some(year @ (_, 4))) if let Some((day, _)) = only_number(&parts[..start], 1..=2) => {
            at(date(year, day), MonthContext::Year, 0, start..end + 1)
        }
        (Some(year @ (_, 4)), None) => at(date(year, 1), MonthContext::Year, 0, start - 1..end),
        (_, Some(year @ (_, 4))) => at(date(year, 1), MonthContext::Year, 0, start..end + 1),
        _ => return None,
    })
}

/// The year among the parts behind a month: the first number, or where that is the day, the second.
fn year_behind(parts: &[Part<'_>], is_first: bool) -> Option<(i64, usize)> {
    let mut numbers = (0..parts.len()).filter_map(|place| number_at(parts, place));
    let first = numbers.next().filter(|_| is_first);
    first
        .or_else(|| numbers.next())
        .filter(|(_, digits)| *digits == 4)
}

/// The number among these parts, when there is but one and it has so many digits.
fn only_number(parts: &[Part<'_>], digits: RangeInclusive<usize>) -> Option<(i64, usize)> {
    let mut numbers = (0..parts.len()).filter_map(|place| number_at(parts, place));
    let only = numbers.next().filter(|(_, of)| digits.contains(of));
    only.filter(|_| numbers.next().is_none())
}

fn month_at(parts: &[Part<'_>], place: usize) -> Option<(i64, usize)> {
    let word = |place: usize| match parts.get(place) {
        Some(Part::Word(word)) => Some(*word),
        _ => None,
    };
    let (month, takes_next) = vocabulary::month(word(place)?, word(place + 1))?;
    Some((i64::from(month), place + 1 + usize::from(takes_next)))
}

fn number_at(parts: &[Part<'_>], place: usize) -> Option<(i64, usize)> {
    match parts.get(place) {
        Some(Part::Number { value, digits, .. }) => Some((*value, *digits)),
        _ => None,
    }
}

/// Three numbers that are joined alike: `2026-12-03`, `03/12/2026`, `3.12.26`.
fn joined(parts: &[Part<'_>], calendar: Calendar) -> Option<DateCandidates> {
    parts
        .windows(3)
        .enumerate()
        .find_map(|(place, parts)| match *parts {
            [
                Part::Number {
                    value: first,
                    digits: of_first,
                    ..
                },
                Part::Number {
                    value: second,
                    digits: of_second,
                    after: Some(separator @ ('/' | '-' | '.')),
                },
                Part::Number {
                    value: third,
                    digits: of_third,
                    after,
                },
            ] if after == Some(separator) => {
                let numbers = [(first, of_first), (second, of_second), (third, of_third)];
                three(numbers, separator, calendar, place..place + 3)
            }
            _ => None,
        })
}

/// A day of three numbers, in any order that they have.
fn three(
    numbers: [(i64, usize); 3],
    separator: char,
    calendar: Calendar,
    place: Range<usize>,
) -> Option<DateCandidates> {
    let [(first, of_first), (second, of_second), (third, of_third)] = numbers;
    let short = 1..=2;
    let is_short = |digits| short.contains(&digits);
    if of_first == 4 && (1..=3).contains(&of_second) && is_short(of_third) {
        let day = calendar.date(first, second, third);
        return day.map(|_| DateCandidates::sure(day, place));
    }
    if !is_short(of_first) || !is_short(of_second) || !matches!(of_third, 1 | 2 | 4) {
        return None;
    }
    let long_year = of_third == 4;
    let last = if long_year { third } else { full_year(third) };
    let year_is_last = of_third >= 2;
    let mut by_order = [None; 3];
    if year_is_last {
        by_order[Order::DayMonthYear as usize] = calendar.date(last, second, first);
        by_order[Order::MonthDayYear as usize] = calendar.date(last, first, second);
    }
    if !long_year && of_first == 2 {
        by_order[Order::YearMonthDay as usize] = calendar.date(full_year(first), second, third);
    }
    by_order
        .iter()
        .any(Option::is_some)
        .then_some(DateCandidates {
            by_order,
            layout: Some(Layout {
                separator,
                long_year,
            }),
            place,
        })
}

/// A day of numbers alone, whatever stands between them.
fn numbers(parts: &[Part<'_>], calendar: Calendar) -> Option<DateCandidates> {
    let is_number = |part: &Part<'_>| matches!(part, Part::Number { .. });
    let start = parts.iter().position(is_number)?;
    let length = parts[start..]
        .iter()
        .take_while(|part| is_number(part))
        .count();
    let place = start..start + length;
    let numbers: Vec<_> = place
        .clone()
        .filter_map(|place| number_at(parts, place))
        .collect();
    // Beside a number that is parted from them by a word, a year is no date: the word is a month nobody knows.
    let is_all = !parts[place.end..].iter().any(is_number);
    let packed_date =
        |packed: i64| calendar.date(packed / 10_000, packed / 100 % 100, packed % 100);
    let day = match *numbers {
        [(_, 4)] | [(_, 4), (_, 1 | 2)] if !is_all => None,
        [(year, 4)] => calendar.date(year, 1, 1),
        [(packed, 8)] => packed_date(packed),
        // With the time behind it.
        [(packed, 14)] => packed_date(packed / 1_000_000),
        [(packed, 12)] => packed_date(packed / 10_000),
        [(packed, 6)] => {
            calendar.date(full_year(packed / 10_000), packed / 100 % 100, packed % 100)
        }
        [(packed, 5)] => calendar.ordinal(full_year(packed / 1000), packed % 1000),
        [(packed, 7)] => calendar.ordinal(packed / 1000, packed % 1000),
        [(year, 4), (day, 3)] if day > 12 => calendar.ordinal(year, day),
        [(year, 4), (month, 1 | 2)] => calendar.date(year, month, 1),
        [first, second, third] => return three([first, second, third], ' ', calendar, place),
        _ => None,
    };
    day.map(|_| DateCandidates::sure(day, place))
}

/// Two digits are the year nearest to the web's own lifetime: 1970 to 2069.
fn full_year(year: i64) -> i64 {
    match year {
        0..=69 => 2000 + year,
        70..=99 => 1900 + year,
        _ => year,
    }
}
