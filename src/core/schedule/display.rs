//! Lengths of time, addresses and the words of servers as people should read them.

use jiff::SignedDuration;

use crate::core::text::line::clean_line;

/// The longest address that is taken from a server, in bytes.
pub const ADDRESS_AT_MOST: usize = 2048;
/// What is kept of a reason that a server had a part in, in characters.
const REASON_CHARS: usize = 300;

/// A reason as one clean line, cut to what a person reads: a server may have put its own words into
/// it, through its certificate, its headers or its body.
pub fn told(reason: &str) -> String {
    clean_line(reason, REASON_CHARS)
}

/// `40 s`, `5 min`, `3 h`, `1 h 20 min`, `2 days`: at most two units, rounded down.
pub fn duration_in_words(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match () {
        () if seconds < 60 => format!("{seconds} s"),
        () if minutes < 60 => format!("{minutes} min"),
        () if hours < 24 => two(hours, "h", minutes % 60, "min"),
        () if days == 1 => two(1, "day", hours % 24, "h"),
        () => format!("{days} days"),
    }
}

fn two(large: i64, large_unit: &str, small: i64, small_unit: &str) -> String {
    if small == 0 {
        format!("{large} {large_unit}")
    } else {
        format!("{large} {large_unit} {small} {small_unit}")
    }
}

/// An address without the user name and password that it may carry: those are nobody's business.
pub fn without_credentials(address: &str) -> String {
    let Ok(mut url) = url::Url::parse(address) else {
        // No address, but perhaps meant to be one.
        return match (address.find("://"), address.rfind('@')) {
            (Some(scheme), Some(at)) if scheme < at => {
                format!("{}{}", &address[..scheme + 3], &address[at + 1..])
            }
            _ => address.to_owned(),
        };
    };
    if url.username().is_empty() && url.password().is_none() {
        return address.to_owned();
    }
    // Both can only fail for addresses that have no place for credentials.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(seconds: i64, expected: &str) {
        assert_eq!(
            duration_in_words(SignedDuration::from_secs(seconds)),
            expected
        );
    }

    #[test]
    fn addresses_are_told_without_credentials() {
        for (address, told) in [
            (
                "https://me:secret@example.org/feed?a=b",
                "https://example.org/feed?a=b",
            ),
            ("https://me@example.org/feed", "https://example.org/feed"),
            ("https://example.org/a@b", "https://example.org/a@b"),
            ("no address", "no address"),
            ("https://me:secret@[x", "https://[x"),
            ("me@example.org", "me@example.org"),
        ] {
            assert_eq!(without_credentials(address), told);
        }
    }

    #[test]
    fn a_reason_is_one_clean_line_of_some_hundred_characters() {
        assert_eq!(told("404 Not Found"), "404 Not Found");
        assert_eq!(told("a\r\nb\u{1b}[2J\u{202e}c"), "a b [2Jc");
        let long = told(&"é".repeat(600_000));
        assert_eq!(long.chars().count(), REASON_CHARS + 1);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn lengths_of_time_read_as_people_say_them() {
        check(-5, "0 s");
        check(59, "59 s");
        check(60, "1 min");
        check(3600, "1 h");
        check(4800, "1 h 20 min");
        check(86_400, "1 day");
        check(90_000, "1 day 1 h");
        check(10 * 86_400 + 5, "10 days");
    }
}
