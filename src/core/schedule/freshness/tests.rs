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
