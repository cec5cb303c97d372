//! HTTP-date (RFC 9110 section 5.6.7).
//!
//! Not by httpdate, which hyper uses: it takes the three forms to the letter, and servers of feeds also write
//! offsets, one digit for the day, or no weekday; and it ends the years of two digits at 2069, whatever the year is.

use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

/// The instant that an HTTP-date names, in any of the three forms that a recipient must accept:
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
///
/// A two-digit year that would lie more than 50 years after `now` is taken from the century before,
/// as that section asks.
pub fn parse_http_date(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    rfc2822::parse(text)
        .ok()
        .map(|zoned| zoned.timestamp())
        .or_else(|| parse_rfc850(text, now))
        .or_else(|| parse_civil("%a %b %e %H:%M:%S %Y", text))
}

fn parse_civil(format: &str, text: &str) -> Option<Timestamp> {
    let civil = strtime::parse(format, text).ok()?.to_datetime().ok()?;
    in_utc(civil)
}

fn in_utc(civil: civil::DateTime) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(civil).ok()
}

fn parse_rfc850(text: &str, now: Timestamp) -> Option<Timestamp> {
    // The weekday is left out: with two digits for the year it may belong to the other century.
    let (_, date) = text.split_once(", ")?;
    let date = date.strip_suffix(" GMT")?;
    let civil = strtime::parse("%d-%b-%y %H:%M:%S", date)
        .ok()?
        .to_datetime()
        .ok()?;
    let this_year = TimeZone::UTC.to_datetime(now).year();
    let last_two = civil.year().rem_euclid(100);
    let mut year = this_year - this_year.rem_euclid(100) + last_two;
    if year > this_year + 50 {
        year -= 100;
    }
    in_utc(civil.with().year(year).build().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let expected = expected.map(|text| text.parse::<Timestamp>().unwrap());
        assert_eq!(parse_http_date(text, now), expected, "{text}");
    }

    #[test]
    fn the_three_forms_of_rfc_9110_name_the_same_instant() {
        let instant = Some("1994-11-06T08:49:37Z");
        check("Sun, 06 Nov 1994 08:49:37 GMT", instant);
        check("Sunday, 06-Nov-94 08:49:37 GMT", instant);
        check("Sun Nov  6 08:49:37 1994", instant);
        check("  Sun, 06 Nov 1994 08:49:37 GMT ", instant);
    }

    #[test]
    fn what_servers_write_instead_is_read() {
        for text in [
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 +0000",
            "Sun, 06 Nov 1994 09:49:37 +0100",
            "Sun, 06 Nov 1994 03:49:37 EST",
        ] {
            check(text, Some("1994-11-06T08:49:37Z"));
        }
    }

    #[test]
    fn two_digits_of_a_year_look_fifty_years_ahead_at_most() {
        check(
            "Friday, 01-Jan-27 00:00:00 GMT",
            Some("2027-01-01T00:00:00Z"),
        );
        check(
            "Friday, 01-Jan-76 00:00:00 GMT",
            Some("2076-01-01T00:00:00Z"),
        );
        check(
            "Friday, 01-Jan-77 00:00:00 GMT",
            Some("1977-01-01T00:00:00Z"),
        );
    }

    #[test]
    fn what_is_no_date_gives_none() {
        for text in [
            "",
            "0",
            "-1",
            "tomorrow",
            "Sun, 99 Nov 1994 08:49:37 GMT",
            "Sunday, é",
        ] {
            check(text, None);
        }
    }
}
