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
mod tests;
