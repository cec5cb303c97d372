//! What a publisher permits: HTTP caching headers, `Retry-After`, and the feed's own `ttl`, `sy:*`,
//! `skipHours` and `skipDays`.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::http_date::parse_http_date;

/// Caching headers, HTTP's own, are often a server's default for every file it has and not meant for
/// the feed: they are honoured up to a day, so that a year's `max-age` does not make a feed silent.
pub const HEADERS_AT_MOST: SignedDuration = SignedDuration::from_hours(24);

/// What the feed itself says is meant for the feed: honoured up to a week.
pub const HINTS_AT_MOST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A demand to stay away is honoured up to thirty days.
pub const RETRY_AFTER_AT_MOST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The headers of an answer that bear on when to come again, as given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CachingHeaders {
    /// `Cache-Control`; several lines joined with `, `.
    pub cache_control: Option<String>,
    /// `Expires`.
    pub expires: Option<String>,
    /// `Date`.
    pub date: Option<String>,
    /// `Age`.
    pub age: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<String>,
}

impl CachingHeaders {
    /// `max-age` of `Cache-Control` less `Age` (RFC 9111 section 4.2.3). `s-maxage` is for shared
    /// caches and does not count; `no-cache` and `no-store` permit the next request at once.
    pub fn max_age(&self) -> Option<SignedDuration> {
        let directives = self.cache_control.as_deref()?;
        let mut max_age = None;
        for directive in directives.split(',') {
            let (name, value) = match directive.split_once('=') {
                Some((name, value)) => (name.trim(), value.trim().trim_matches('"')),
                None => (directive.trim(), ""),
            };
            if name.eq_ignore_ascii_case("no-cache") || name.eq_ignore_ascii_case("no-store") {
                return Some(SignedDuration::ZERO);
            }
            if name.eq_ignore_ascii_case("max-age") && max_age.is_none() {
                max_age = parse_seconds(value);
            }
        }
        let age = self
            .age
            .as_deref()
            .and_then(parse_seconds)
            .unwrap_or(SignedDuration::ZERO);
        max_age.map(|max_age| max_age.saturating_sub(age).max(SignedDuration::ZERO))
    }

    /// How long the answer stays fresh from `now`: `max-age`, else `Expires` measured against the
    /// server's own `Date` (RFC 9111 section 4.2.1), so that a wrong clock on either side does no
    /// harm. At most [`HEADERS_AT_MOST`].
    pub fn lifetime(&self, now: Timestamp) -> Option<SignedDuration> {
        let lifetime = match self.max_age() {
            Some(max_age) => max_age,
            None => self.until(self.expires.as_deref()?, now)?,
        };
        Some(lifetime.clamp(SignedDuration::ZERO, HEADERS_AT_MOST))
    }

    /// How long `Retry-After` asks to stay away, in either of its forms (RFC 9110 section 10.2.3).
    /// At most [`RETRY_AFTER_AT_MOST`].
    pub fn retry_after(&self, now: Timestamp) -> Option<SignedDuration> {
        let text = self.retry_after.as_deref()?;
        let wait = parse_seconds(text).or_else(|| self.until(text, now))?;
        Some(wait.clamp(SignedDuration::ZERO, RETRY_AFTER_AT_MOST))
    }

    fn until(&self, date: &str, now: Timestamp) -> Option<SignedDuration> {
        let until = parse_http_date(date, now)?;
        let from = self
            .date
            .as_deref()
            .and_then(|date| parse_http_date(date, now))
            .unwrap_or(now);
        Some(until.duration_since(from))
    }
}

/// Whole seconds; what overflows is as good as forever (RFC 9111 section 1.2.2).
fn parse_seconds(text: &str) -> Option<SignedDuration> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(SignedDuration::from_secs(
        text.parse::<i64>().unwrap_or(i64::MAX),
    ))
}

/// What a feed's own elements say about when to come again, cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedHints {
    /// RSS 2.0 `ttl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<SignedDuration>,
    /// `sy:updatePeriod` divided by `sy:updateFrequency`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_every: Option<SignedDuration>,
    /// RSS `skipHours`: hours of the day in GMT, 0 to 23.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skip_hours: Vec<u8>,
    /// RSS `skipDays`: days of the week in GMT, Monday is 1, Sunday 7.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skip_days: Vec<u8>,
}

impl FeedHints {
    /// Takes a feed's hints over and cleans them. `update_interval_seconds` is the period of `sy:*`
    /// divided by its frequency; hours beyond 23 are dropped.
    pub fn new(
        ttl_minutes: Option<u32>,
        update_interval_seconds: Option<u32>,
        skip_hours: &[u8],
        skip_days: &[Weekday],
    ) -> Self {
        let mut hints = Self {
            ttl: ttl_minutes.map(|minutes| SignedDuration::from_mins(i64::from(minutes))),
            update_every: update_interval_seconds
                .map(|seconds| SignedDuration::from_secs(i64::from(seconds))),
            skip_hours: skip_hours
                .iter()
                .copied()
                .filter(|&hour| hour < 24)
                .collect(),
            skip_days: skip_days
                .iter()
                .filter_map(|day| u8::try_from(day.to_monday_one_offset()).ok())
                .collect(),
        };
        hints.skip_hours.sort_unstable();
        hints.skip_hours.dedup();
        hints.skip_days.sort_unstable();
        hints.skip_days.dedup();
        hints
    }

    /// The time between two polls that the feed itself permits, at most [`HINTS_AT_MOST`].
    pub fn interval(&self) -> Option<SignedDuration> {
        let longest = self.ttl.max(self.update_every)?;
        Some(longest.clamp(SignedDuration::ZERO, HINTS_AT_MOST))
    }

    /// The first instant from `at` on that is in none of the skipped hours and days; `at` itself
    /// when it is in none, and also when every hour or every day is skipped, which says nothing.
    pub fn after_skips(&self, at: Timestamp) -> Timestamp {
        if self.skip_hours.len() >= 24 || self.skip_days.len() >= 7 {
            return at;
        }
        let mut candidate = at;
        // Eight days of hours reach past any pattern of a week.
        for _ in 0..8 * 24 {
            let local = TimeZone::UTC.to_datetime(candidate);
            let hour = u8::try_from(local.hour()).unwrap_or(0);
            let day = u8::try_from(local.weekday().to_monday_one_offset()).unwrap_or(0);
            if !self.skip_hours.contains(&hour) && !self.skip_days.contains(&day) {
                return candidate;
            }
            let second = candidate.as_second();
            let Ok(next_hour) = Timestamp::from_second(second - second.rem_euclid(3600) + 3600)
            else {
                return at;
            };
            candidate = next_hour;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-24T12:00:00Z".parse().unwrap()
    }

    /// Headers from lines, as they stand in an answer.
    fn headers(lines: &[&str]) -> CachingHeaders {
        let mut headers = CachingHeaders::default();
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            let value = Some(value.to_owned());
            match name {
                "Cache-Control" => headers.cache_control = value,
                "Expires" => headers.expires = value,
                "Date" => headers.date = value,
                "Age" => headers.age = value,
                "Retry-After" => headers.retry_after = value,
                _ => panic!("no such header: {name}"),
            }
        }
        headers
    }

    #[track_caller]
    fn check_lifetime(lines: &[&str], seconds: Option<i64>) {
        let lifetime = headers(lines).lifetime(now());
        assert_eq!(
            lifetime,
            seconds.map(SignedDuration::from_secs),
            "{lines:?}"
        );
    }

    #[track_caller]
    fn check_retry(lines: &[&str], seconds: Option<i64>) {
        let wait = headers(lines).retry_after(now());
        assert_eq!(wait, seconds.map(SignedDuration::from_secs), "{lines:?}");
    }

    #[test]
    fn max_age_is_the_lifetime_less_the_age() {
        check_lifetime(&["Cache-Control: max-age=7200"], Some(7200));
        check_lifetime(
            &["Cache-Control: public, Max-Age=7200 , must-revalidate"],
            Some(7200),
        );
        check_lifetime(&["Cache-Control: max-age=\"60\""], Some(60));
        check_lifetime(&["Cache-Control: max-age=7200", "Age: 200"], Some(7000));
        check_lifetime(&["Cache-Control: max-age=60", "Age: 200"], Some(0));
    }

    #[test]
    fn shared_caches_directives_do_not_concern_us() {
        check_lifetime(&["Cache-Control: s-maxage=9000"], None);
        check_lifetime(&["Cache-Control: s-maxage=9000, max-age=60"], Some(60));
        check_lifetime(&["Cache-Control: public"], None);
    }

    #[test]
    fn no_cache_permits_the_next_request_at_once() {
        check_lifetime(&["Cache-Control: no-cache"], Some(0));
        check_lifetime(&["Cache-Control: no-store, max-age=600"], Some(0));
    }

    #[test]
    fn expires_is_measured_against_the_servers_own_date() {
        let expires = "Expires: Tue, 24 Nov 2026 13:00:00 GMT";
        check_lifetime(&[expires], Some(3600));
        check_lifetime(
            &[expires, "Date: Tue, 24 Nov 2026 10:00:00 GMT"],
            Some(10_800),
        );
        check_lifetime(&[expires, "Cache-Control: max-age=60"], Some(60));
        check_lifetime(&["Expires: Tue, 24 Nov 2026 11:00:00 GMT"], Some(0));
        check_lifetime(&["Expires: 0"], None);
        check_lifetime(&["Expires: -1"], None);
    }

    #[test]
    fn a_lifetime_of_a_year_counts_as_a_day() {
        check_lifetime(&["Cache-Control: max-age=31536000"], Some(86_400));
        check_lifetime(
            &["Cache-Control: max-age=99999999999999999999"],
            Some(86_400),
        );
        check_lifetime(&["Expires: Thu, 24 Nov 2039 13:00:00 GMT"], Some(86_400));
    }

    #[test]
    fn what_is_no_number_says_nothing() {
        for value in [
            "max-age",
            "max-age=",
            "max-age=-5",
            "max-age=1.5",
            "max-age=abc",
            "",
            ",=,",
        ] {
            check_lifetime(&[&format!("Cache-Control: {value}")], None);
        }
    }

    #[test]
    fn retry_after_comes_in_seconds_or_as_a_date() {
        check_retry(&["Retry-After: 120"], Some(120));
        check_retry(&["Retry-After: Tue, 24 Nov 2026 12:30:00 GMT"], Some(1800));
        check_retry(
            &["Retry-After: Tuesday, 24-Nov-26 12:30:00 GMT"],
            Some(1800),
        );
        check_retry(
            &[
                "Retry-After: Tue, 24 Nov 2026 12:30:00 GMT",
                "Date: Tue, 24 Nov 2026 12:29:00 GMT",
            ],
            Some(60),
        );
        check_retry(&["Retry-After: Tue, 24 Nov 2026 11:30:00 GMT"], Some(0));
        check_retry(&["Retry-After: soon"], None);
        check_retry(&[], None);
    }

    #[test]
    fn retry_after_holds_for_thirty_days_at_most() {
        check_retry(&["Retry-After: 99999999"], Some(30 * 86_400));
    }

    #[track_caller]
    fn check_skips(hours: &[u8], days: &[Weekday], at: &str, expected: &str) {
        let hints = FeedHints::new(None, None, hours, days);
        let at: Timestamp = at.parse().unwrap();
        assert_eq!(hints.after_skips(at).to_string(), expected);
    }

    #[test]
    fn skipped_hours_and_days_are_stepped_over() {
        let tuesday = "2026-11-24T12:34:56Z";
        check_skips(&[], &[], tuesday, tuesday);
        check_skips(&[11, 13], &[Weekday::Monday], tuesday, tuesday);
        check_skips(&[12], &[], tuesday, "2026-11-24T13:00:00Z");
        check_skips(&[12, 13, 14], &[], tuesday, "2026-11-24T15:00:00Z");
        check_skips(
            &[23, 0],
            &[],
            "2026-11-24T23:10:00Z",
            "2026-11-25T01:00:00Z",
        );
        check_skips(&[], &[Weekday::Tuesday], tuesday, "2026-11-25T00:00:00Z");
        check_skips(
            &[0],
            &[Weekday::Tuesday, Weekday::Wednesday],
            tuesday,
            "2026-11-26T01:00:00Z",
        );
    }

    #[test]
    fn a_feed_that_skips_every_hour_or_day_says_nothing() {
        let at = "2026-11-24T12:34:56Z";
        let all_hours: Vec<u8> = (0..24).collect();
        check_skips(&all_hours, &[], at, at);
        let all_days = [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
        ];
        check_skips(&[], &all_days, at, at);
    }

    #[test]
    fn the_longer_of_ttl_and_update_period_counts_up_to_a_week() {
        let interval = |ttl, update| FeedHints::new(ttl, update, &[], &[]).interval();
        assert_eq!(interval(None, None), None);
        assert_eq!(
            interval(Some(90), None),
            Some(SignedDuration::from_mins(90))
        );
        assert_eq!(
            interval(Some(90), Some(7200)),
            Some(SignedDuration::from_hours(2))
        );
        assert_eq!(
            interval(Some(525_600), None),
            Some(SignedDuration::from_hours(168))
        );
        assert_eq!(
            interval(None, Some(31_536_000)),
            Some(SignedDuration::from_hours(168))
        );
    }
}
