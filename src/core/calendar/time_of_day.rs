//! A time of day, as `07:30`.

use jiff::civil::Time;

use super::tokenizer::{CalendarError, Word, brief, lower};

pub(super) fn time(word: &Word<'_>) -> Result<Time, CalendarError> {
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
