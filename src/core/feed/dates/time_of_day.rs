//! The time of day in a date, and how far it is from UTC.

use super::parts::{Part, TimeOfDay};
use super::tokenizer::Token;
use super::vocabulary::{self, DayPeriod};

/// What looks like a time and is none, as `25:61:1:2`.
#[derive(Debug)]
pub(super) struct InvalidTime;

/// The time of day that these tokens begin with, and how many tokens it takes.
pub(super) fn read(tokens: &[Token<'_>]) -> Result<Option<(TimeOfDay, usize)>, InvalidTime> {
    match tokens {
        [
            Token::Number {
                value: hour,
                digits: 1 | 2,
            },
            Token::Mark(':'),
            ..,
        ] => colon_clock(*hour, tokens).map(Some).ok_or(InvalidTime),
        // The T of ISO 8601.
        [
            Token::Word("t"),
            Token::Number {
                value,
                digits: digits @ (2 | 4 | 6),
            },
            rest @ ..,
        ] if !matches!(rest.first(), Some(Token::Mark(':'))) => {
            Ok(Some(match dotted(&tokens[1..]) {
                Some((clock, used)) => (clock, 1 + used),
                None => (compact_clock(*value, *digits), 2),
            }))
        }
        [Token::Word(word), rest @ ..] if vocabulary::is_before_time(word) => {
            let dots = usize::from(matches!(rest.first(), Some(Token::Mark('.'))));
            let start = 1 + dots + blanks(&rest[dots..]);
            let clock = dotted(&tokens[start..]);
            Ok(clock.map(|(clock, used)| (clock, start + used)))
        }
        [Token::Number { .. }, ..] => Ok(spelled(tokens)),
        _ => Ok(None),
    }
}

/// How many blanks these tokens begin with.
fn blanks(tokens: &[Token<'_>]) -> usize {
    tokens
        .iter()
        .take_while(|token| **token == Token::Mark(' '))
        .count()
}

/// The tokens after blanks, and how many blanks there are.
fn after_blanks<'s, 't>(tokens: &'s [Token<'t>]) -> (&'s [Token<'t>], usize) {
    let blanks = blanks(tokens);
    (&tokens[blanks..], blanks)
}

/// `9:15`, `09:15:30`, `09:15:30.125`.
fn colon_clock(hour: i64, tokens: &[Token<'_>]) -> Option<(TimeOfDay, usize)> {
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
    let mut clock = TimeOfDay {
        hour,
        minute: *minute,
        ..TimeOfDay::default()
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
fn compact_clock(value: i64, digits: usize) -> TimeOfDay {
    let (hour, minute, second) = match digits {
        2 => (value, 0, 0),
        4 => (value / 100, value % 100, 0),
        _ => (value / 10_000, value / 100 % 100, value % 100),
    };
    TimeOfDay {
        hour,
        minute,
        second,
        nanosecond: 0,
    }
}

/// `10h30`, `10 Uhr 30`, `10.30 Uhr`, `10 часов 30 минут`, `10時30分15秒`, `10.30 pm`.
fn spelled(tokens: &[Token<'_>]) -> Option<(TimeOfDay, usize)> {
    if let Some((clock, used)) = dotted(tokens) {
        let (rest, blanks) = after_blanks(&tokens[used..]);
        return match rest {
            [Token::Word(word), ..] if vocabulary::is_hour(word) => {
                Some((clock, used + blanks + 1))
            }
            _ => half(rest).map(|_| (clock, used)),
        };
    }
    hour_with_word(tokens)
}

/// `10h30`, `10 Uhr 30`, `10 ч. 30 мин.`
fn hour_with_word(tokens: &[Token<'_>]) -> Option<(TimeOfDay, usize)> {
    let [
        Token::Number {
            value: hour,
            digits: 1 | 2,
        },
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    let (rest, space) = after_blanks(rest);
    let [Token::Word(word), rest @ ..] = rest else {
        return None;
    };
    if !vocabulary::is_hour(word) {
        return None;
    }
    let clock = TimeOfDay {
        hour: *hour,
        ..TimeOfDay::default()
    };
    // An abbreviation: "10 ч. 30 мин."
    let dots = usize::from(matches!(rest.first(), Some(Token::Mark('.'))));
    let (clock, used) = minute_and_second(clock, &rest[dots..]);
    Some((clock, 2 + space + dots + used))
}

/// A time of day with the minute, and the second, that these tokens begin with, and how many tokens they take.
fn minute_and_second(mut clock: TimeOfDay, tokens: &[Token<'_>]) -> (TimeOfDay, usize) {
    let (rest, space) = after_blanks(tokens);
    let [
        Token::Number {
            value: minute,
            digits: 2,
        },
        rest @ ..,
    ] = rest
    else {
        return (clock, 0);
    };
    if let [Token::Mark('/' | '-' | '.'), Token::Number { .. }, ..] = rest {
        return (clock, 0);
    }
    clock.minute = *minute;
    let mut used = space + 1;
    let (rest, space) = after_blanks(rest);
    let [Token::Word(word), rest @ ..] = rest else {
        return (clock, used);
    };
    if !vocabulary::is_minute(word) {
        return (clock, used);
    }
    used += space + 1;
    let (rest, first) = after_blanks(rest);
    if let [
        Token::Number {
            value: second,
            digits: 1 | 2,
        },
        rest @ ..,
    ] = rest
        && let (rest, second_space) = after_blanks(rest)
        && let Some(Token::Word(word)) = rest.first()
        && vocabulary::is_second(word)
    {
        clock.second = *second;
        used += first + second_space + 2;
    }
    (clock, used)
}

/// `10.30`, `10.30.15`, which is a time of day only beside a word that says so.
fn dotted(tokens: &[Token<'_>]) -> Option<(TimeOfDay, usize)> {
    let [
        Token::Number {
            value: hour,
            digits: 1 | 2,
        },
        Token::Mark('.'),
        Token::Number {
            value: minute,
            digits: 2,
        },
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    let clock = TimeOfDay {
        hour: *hour,
        minute: *minute,
        ..TimeOfDay::default()
    };
    match rest {
        [
            Token::Mark('.'),
            Token::Number {
                value: second,
                digits: 2,
            },
            ..,
        ] => Some((
            TimeOfDay {
                second: *second,
                ..clock
            },
            5,
        )),
        _ => Some((clock, 3)),
    }
}

/// The half of the day that these tokens begin with, and how many tokens it takes: `PM`, `p.m.`, `p. m.`.
pub(super) fn half(tokens: &[Token<'_>]) -> Option<(DayPeriod, usize)> {
    let [Token::Word(first), rest @ ..] = tokens else {
        return None;
    };
    let dots = usize::from(matches!(rest.first(), Some(Token::Mark('.'))));
    let (rest, blanks) = after_blanks(&rest[dots..]);
    if let [Token::Word(second), rest @ ..] = rest
        && first.len() + second.len() <= 12
        && dots + blanks > 0
        && let Some(half) = vocabulary::half_of_day(&[*first, *second].concat())
    {
        let end = usize::from(matches!(rest.first(), Some(Token::Mark('.'))));
        return Some((half, 2 + dots + blanks + end));
    }
    vocabulary::half_of_day(first).map(|half| (half, 1))
}

/// The distance from UTC that these tokens begin with, in seconds east, and how many tokens it takes: `+0200`,
/// `+02:00`, `+2`; also `+ 0200`, and behind a time of day `02:00`, since a plus sign in an address is a blank.
pub(super) fn offset(
    tokens: &[Token<'_>],
    before: &[Part<'_>],
    directly: bool,
) -> Result<Option<(i32, usize)>, InvalidTime> {
    if let Some(found) = spaced_offset(tokens, before) {
        return Ok(Some(found));
    }
    let [
        Token::Mark(sign @ ('+' | '-')),
        Token::Number {
            value,
            digits: digits @ ..=4,
        },
        rest @ ..,
    ] = tokens
    else {
        return Ok(None);
    };
    let is_number = |part: &&Part<'_>| matches!(part, Part::Number { .. });
    let numbers = before.iter().filter(is_number).count();
    let is_timed = before
        .iter()
        .any(|part| matches!(part, Part::Clock(_) | Part::Half(_)));
    let has_one = before.iter().any(|part| matches!(part, Part::Offset(_)));
    // A day may have one as well (XML Schema, `date`): 2026-12-03+01:00.
    let is_of_day = *sign == '+' && directly && numbers == 3;
    if has_one || !(is_timed && (*sign == '+' || numbers > 0) || is_of_day) {
        return Ok(None);
    }
    let (hours, minutes, used) = match (*digits, rest) {
        (1 | 2, [Token::Mark(':'), Token::Number { value: minutes, .. }, ..]) => {
            (*value, *minutes, 4)
        }
        (1 | 2, [Token::Mark(':'), ..]) => return Err(InvalidTime),
        (1 | 2, _) => (*value, 0, 2),
        _ => (value / 100, value % 100, 2),
    };
    if minutes > 59 {
        return Err(InvalidTime);
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).map_err(|_| InvalidTime)?;
    Ok(Some((if *sign == '+' { seconds } else { -seconds }, used)))
}

/// `+ 0200` and ` 02:00`, when they can be nothing else.
fn spaced_offset(tokens: &[Token<'_>], before: &[Part<'_>]) -> Option<(i32, usize)> {
    if !matches!(before.last(), Some(Part::Clock(_))) {
        return None;
    }
    let (sign, hours, minutes, used) = match tokens {
        [
            Token::Mark(sign @ ('+' | '-')),
            Token::Mark(' '),
            Token::Number { value, digits: 4 },
            ..,
        ] => (*sign, value / 100, value % 100, 3),
        [
            Token::Number {
                value: hours,
                digits: 2,
            },
            Token::Mark(':'),
            Token::Number {
                value: minutes,
                digits: 2,
            },
            ..,
        ] => ('+', *hours, *minutes, 3),
        _ => return None,
    };
    let is_distance = hours <= 14 && minutes % 15 == 0 && minutes < 60;
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    is_distance.then_some((if sign == '+' { seconds } else { -seconds }, used))
}

/// The time of day in a date whose day stands in these `days` of its parts.
pub(super) fn of(parts: &[Part<'_>], days: &std::ops::Range<usize>) -> TimeOfDay {
    // 20261203103000
    match parts.get(days.clone()).unwrap_or_default() {
        [
            Part::Number {
                value, digits: 14, ..
            },
        ] => return compact_clock(value % 1_000_000, 6),
        [
            Part::Number {
                value, digits: 12, ..
            },
        ] => return compact_clock(value % 10_000, 4),
        _ => {}
    }
    let after = parts.get(days.end..).unwrap_or_default();
    marked(parts, days).unwrap_or_else(|| joined_by_full_stop(after))
}

/// The time of day that is written as one, or the hour beside a half of the day.
fn marked(parts: &[Part<'_>], days: &std::ops::Range<usize>) -> Option<TimeOfDay> {
    let half_at = |place: Option<usize>| match place.and_then(|place| parts.get(place)) {
        Some(Part::Half(half)) => Some(*half),
        _ => None,
    };
    for (place, part) in parts.iter().enumerate() {
        match part {
            Part::Clock(clock) => {
                let half = half_at(Some(place + 1)).or(half_at(place.checked_sub(1)));
                return Some(clock.with_day_period(half));
            }
            Part::Number {
                value: hour,
                digits: 1 | 2,
                ..
            } if !days.contains(&place) => {
                let half = half_at(Some(place + 1));
                if half.is_some() {
                    let clock = TimeOfDay {
                        hour: *hour,
                        ..TimeOfDay::default()
                    };
                    return Some(clock.with_day_period(half));
                }
            }
            _ => {}
        }
    }
    None
}

/// The time of day in what follows the day, which is joined by a full stop; else midnight.
fn joined_by_full_stop(parts: &[Part<'_>]) -> TimeOfDay {
    match parts {
        [
            Part::Number {
                value: hour,
                digits: 1 | 2,
                ..
            },
            Part::Number {
                value: minute,
                digits: 2,
                after: Some('.'),
            },
            rest @ ..,
        ] => {
            let second = match rest {
                [
                    Part::Number {
                        value: second,
                        digits: 2,
                        after: Some('.'),
                    },
                    ..,
                ] => *second,
                _ => 0,
            };
            TimeOfDay {
                hour: *hour,
                minute: *minute,
                second,
                nanosecond: 0,
            }
        }
        _ => TimeOfDay::default(),
    }
}
