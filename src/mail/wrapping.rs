//! Plain text in lines of 72 columns, and time zones by their names and offsets.

use jiff::{Timestamp, tz::TimeZone};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::core::digest::{Recipient, clean_line};

/// Columns of the text part.
const TEXT_WIDTH: usize = 72;

/// What a zone is called; one without a name of its own by its distance from UTC.
pub(super) fn zone(instant: Timestamp, tz: &TimeZone) -> String {
    let info = tz.to_offset_info(instant);
    let abbreviation = info.abbreviation();
    if !abbreviation.is_empty() && !abbreviation.starts_with(['+', '-', '−']) {
        return abbreviation.to_owned();
    }
    let seconds = info.offset().seconds();
    let minutes = seconds.unsigned_abs() / 60;
    let sign = if seconds < 0 { '−' } else { '+' };
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// Columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Fills lines of [`TEXT_WIDTH`] columns, each behind `indent`.
pub(super) fn wrap(text: &str, indent: &str) -> String {
    wrap_behind(text, indent, indent)
}

/// The same, the first line behind `first`. Words are never split, but for those of scripts without spaces.
pub(super) fn wrap_behind(text: &str, first: &str, indent: &str) -> String {
    let mut out = String::from(first);
    let mut column = width(first);
    let mut is_empty = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut space = usize::from(!is_empty);
        for part in parts(word) {
            if !is_empty && column + space + width(part) > TEXT_WIDTH {
                out.push('\n');
                out.push_str(indent);
                column = width(indent);
            } else if space > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(part);
            column += width(part);
            (space, is_empty) = (0, false);
        }
    }
    if is_empty { String::new() } else { out }
}

/// A word cut where a line may end in it: between letters that are two columns wide, and not before a mark that
/// belongs to the letter or sentence in front of it.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut letters = rest.char_indices().skip(1).peekable();
        let mut before = rest.chars().next()?;
        let end = letters
            .find(|(_, c)| {
                let between = is_wide_letter(before) && is_wide_letter(*c);
                before = *c;
                between
            })
            .map_or(rest.len(), |(at, _)| at);
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part)
    })
}

fn is_wide_letter(c: char) -> bool {
    c.is_alphanumeric() && c.width() == Some(2)
}

/// How the page calls its reader.
pub(super) fn reader(recipient: &Recipient) -> String {
    let name = recipient
        .name
        .as_deref()
        .map_or_else(String::new, |name| clean_line(name, 80));
    if name.is_empty() {
        clean_line(&recipient.id, 80)
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_named_or_its_distance_from_utc() {
        let at: Timestamp = "2026-01-15T12:00:00Z".parse().unwrap();
        for (name, expected) in [
            ("UTC", "UTC"),
            ("Europe/Berlin", "CET"),
            ("Africa/Abidjan", "GMT"),
            ("America/Lima", "UTC−5"),
            ("America/Caracas", "UTC−4"),
            ("Asia/Kathmandu", "UTC+5:45"),
            ("Asia/Kolkata", "IST"),
            ("Asia/Colombo", "UTC+5:30"),
            ("Asia/Tehran", "UTC+3:30"),
            ("Pacific/Kiritimati", "UTC+14"),
            ("Atlantic/Azores", "UTC−1"),
            ("America/Scoresbysund", "UTC−2"),
        ] {
            let tz = TimeZone::get(name).unwrap();
            assert_eq!(zone(at, &tz), expected, "{name}");
        }
        // Where summer time makes the distance nothing, and where it is less than an hour.
        let summer: Timestamp = "2026-07-15T12:00:00Z".parse().unwrap();
        let azores = TimeZone::get("Atlantic/Azores").unwrap();
        assert_eq!(zone(summer, &azores), "UTC");
        for (seconds, expected) in [
            (0, "UTC"),
            (-1_800, "UTC−0:30"),
            (2_700, "UTC+0:45"),
            (19_800, "UTC+5:30"),
        ] {
            let tz = TimeZone::fixed(jiff::tz::Offset::from_seconds(seconds).unwrap());
            assert_eq!(zone(at, &tz), expected, "{seconds}");
        }
    }

    #[test]
    fn lines_end_where_a_script_lets_them_and_within_the_width() {
        let han = "律师被拘留三周后仍无法会见家属，".repeat(6);
        let wrapped = wrap_behind(&han, "* ", "  ");
        assert!(wrapped.lines().count() > 2, "{wrapped}");
        for line in wrapped.lines() {
            assert!(width(line) <= TEXT_WIDTH, "{line}");
            assert!(!line.trim_start().starts_with('，'), "{line}");
        }
        assert_eq!(wrapped.replace("\n  ", ""), format!("* {han}"));
        let link = format!("https://news.example.org/{}", "a".repeat(90));
        assert_eq!(
            wrap(&format!("A link: {link} ends"), ""),
            format!("A link:\n{link}\nends")
        );
        assert_eq!(wrap("", "    "), "");
        let words = wrap_behind(&"word ".repeat(40), "  - ", "    ");
        assert!(
            words
                .lines()
                .skip(1)
                .all(|line| line.starts_with("    word"))
        );
        assert!(words.starts_with("  - word"));
    }
}
