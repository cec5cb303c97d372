use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// Every instant from `from` until `to`.
fn instants(schedule: &str, tz: &TimeZone, from: &str, to: &str) -> Vec<Timestamp> {
    let schedule: Schedule = schedule.parse().unwrap();
    let (mut now, end) = (at(from), at(to));
    let mut out = Vec::new();
    while let Some(next) = schedule.next_after(now, tz).filter(|next| *next < end) {
        assert!(next > now, "time goes on");
        out.push(next);
        now = next;
    }
    out
}

#[track_caller]
fn check(schedule: &str, tz: &str, after: &str, expected: &[&str]) {
    let schedule: Schedule = schedule.parse().unwrap();
    let tz = zone(tz);
    let mut now = at(after);
    for expected in expected {
        now = schedule.next_after(now, &tz).unwrap();
        assert_eq!(now, at(expected), "local {}", tz.to_datetime(now));
    }
}

#[test]
fn each_form_fires_when_it_says() {
    // 24 November 2026 is a Tuesday.
    check(
        "daily 07:30",
        "UTC",
        "2026-11-24T07:29:59Z",
        &["2026-11-24T07:30:00Z", "2026-11-25T07:30:00Z"],
    );
    check(
        "mon-fri 07:30, 16:00",
        "UTC",
        "2026-11-27T07:30:00Z",
        &[
            "2026-11-27T16:00:00Z",
            "2026-11-30T07:30:00Z",
            "2026-11-30T16:00:00Z",
        ],
    );
    check(
        "weekly mon 08:00",
        "UTC",
        "2026-11-24T00:00:00Z",
        &["2026-11-30T08:00:00Z", "2026-12-07T08:00:00Z"],
    );
    check(
        "sat-mon 08:00",
        "UTC",
        "2026-11-24T00:00:00Z",
        &[
            "2026-11-28T08:00:00Z",
            "2026-11-29T08:00:00Z",
            "2026-11-30T08:00:00Z",
        ],
    );
    check(
        "Tue, Thursday 16:00,7:05",
        "UTC",
        "2026-11-24T12:00:00Z",
        &["2026-11-24T16:00:00Z", "2026-11-26T07:05:00Z"],
    );
    check(
        "hourly",
        "UTC",
        "2026-11-24T07:00:00Z",
        &["2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z"],
    );
    check(
        "hourly",
        "Asia/Kathmandu",
        "2026-11-24T07:00:00Z",
        &["2026-11-24T07:15:00Z", "2026-11-24T08:15:00Z"],
    );
    check(
        "daily 07:30",
        "America/Lima",
        "2026-11-24T00:00:00Z",
        &["2026-11-24T12:30:00Z"],
    );
    assert_eq!(
        "off"
            .parse::<Schedule>()
            .unwrap()
            .next_after(at("2026-11-24T00:00:00Z"), &TimeZone::UTC),
        None
    );
}

#[test]
fn a_skipped_time_fires_later_and_a_repeated_one_once() {
    // Paris skips 02:00 to 03:00 on 29 March and repeats it on 25 October.
    check(
        "daily 02:30",
        "Europe/Paris",
        "2026-03-28T12:00:00Z",
        &["2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"],
    );
    check(
        "daily 02:30",
        "Europe/Paris",
        "2026-10-24T12:00:00Z",
        &["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
    );
    check(
        "hourly",
        "Europe/Paris",
        "2026-10-24T23:30:00Z",
        &[
            "2026-10-25T00:00:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T02:00:00Z",
        ],
    );
    // Lord Howe's clock moves by half an hour.
    check(
        "daily 02:15",
        "Australia/Lord_Howe",
        "2026-10-03T00:00:00Z",
        &["2026-10-03T15:45:00Z", "2026-10-04T15:15:00Z"],
    );
    check(
        "hourly",
        "Australia/Lord_Howe",
        "2026-10-03T14:40:00Z",
        &["2026-10-03T16:00:00Z", "2026-10-03T17:00:00Z"],
    );
    // Samoa had no 30 December 2011.
    check(
        "daily 07:30",
        "Pacific/Apia",
        "2011-12-29T00:00:00Z",
        &["2011-12-29T17:30:00Z", "2011-12-30T17:30:00Z"],
    );
}

/// Plays a year and holds each instant against a walk over the calendar, hour by hour of real time.
#[test]
fn a_year_in_four_time_zones_fires_each_wall_time_once() {
    for name in [
        "America/New_York",
        "Europe/Paris",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
    ] {
        let tz = zone(name);
        let (from, to) = ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        for (schedule, days, times) in [
            ("daily 07:30", 0..7, &["07:30"][..]),
            (
                "mon-fri 01:45, 02:15, 16:00",
                0..5,
                &["01:45", "02:15", "16:00"][..],
            ),
            ("weekly sun 02:30", 6..7, &["02:30"][..]),
        ] {
            let mut expected = Vec::new();
            let mut date = tz.to_datetime(at(from)).date().yesterday().unwrap();
            while date.year() < 2027 || date.day_of_year() < 4 {
                if days.contains(&date.weekday().to_monday_zero_offset()) {
                    for time in times {
                        let time: Time = time.parse().unwrap();
                        expected.push(first_instant(&tz, date, time));
                    }
                }
                date = date.tomorrow().unwrap();
            }
            expected.retain(|instant| *instant > at(from) && *instant < at(to));
            expected.sort_unstable();
            expected.dedup();
            assert_eq!(
                instants(schedule, &tz, from, to),
                expected,
                "{name} {schedule}"
            );
        }
        let full_hours: Vec<Timestamp> = (1..365 * 24 * 4)
            .map(|quarter: i64| at(from).checked_add((15 * quarter).minutes()).unwrap())
            .filter(|instant| tz.to_datetime(*instant).minute() == 0)
            .collect();
        assert_eq!(instants("hourly", &tz, from, to), full_hours, "{name}");
    }
}

/// The first instant at which a clock on the wall shows this time or, on the day on which it never
/// does, has passed it by as much as the clock jumped. Found by looking, minute by minute.
fn first_instant(tz: &TimeZone, date: Date, time: Time) -> Timestamp {
    let wall = date.to_datetime(time);
    let as_utc = TimeZone::UTC.to_timestamp(wall).unwrap();
    let offset = i64::from(tz.to_offset(as_utc).seconds());
    let start = as_utc.checked_sub((offset + 2 * 3600).seconds()).unwrap();
    let shows = |minute: i64| {
        let instant = start.checked_add(minute.minutes()).unwrap();
        (instant, tz.to_datetime(instant))
    };
    let minutes = 4 * 60;
    if let Some((instant, _)) = (0..minutes).map(shows).find(|(_, shown)| *shown == wall) {
        return instant;
    }
    // Skipped: the offset from before the jump still names the instant.
    let before = (0..minutes)
        .map(shows)
        .take_while(|(_, shown)| *shown < wall)
        .last()
        .unwrap();
    before.0.checked_add(before.1.duration_until(wall)).unwrap()
}

#[test]
fn several_schedules_fire_at_the_first_of_them() {
    let schedules: Vec<Schedule> = ["weekly sat 09:00", "off", "mon-fri 07:30"]
        .iter()
        .map(|text| text.parse().unwrap())
        .collect();
    assert_eq!(
        next_of(&schedules, at("2026-11-27T08:00:00Z"), &TimeZone::UTC),
        Some(at("2026-11-28T09:00:00Z"))
    );
    assert_eq!(
        next_of(
            &["off".parse().unwrap()],
            at("2026-11-27T08:00:00Z"),
            &TimeZone::UTC
        ),
        None
    );
}

#[test]
fn the_end_of_time_is_no_reason_to_panic() {
    for schedule in ["daily 07:30", "hourly", "weekly mon 08:00"] {
        let schedule: Schedule = schedule.parse().unwrap();
        for now in [Timestamp::MAX, Timestamp::MIN] {
            for tz in ["Pacific/Apia", "America/Adak"] {
                let next = schedule.next_after(now, &zone(tz));
                assert!(next.is_none_or(|next| next > now));
            }
        }
    }
}

#[test]
fn what_is_printed_means_the_same() {
    for text in [
        "off",
        "hourly",
        "daily 07:30",
        "mon, tue, fri 07:30, 16:00",
        "sun 00:00",
    ] {
        let schedule: Schedule = text.parse().unwrap();
        assert_eq!(schedule.to_string(), text);
        assert_eq!(schedule.to_string().parse::<Schedule>().unwrap(), schedule);
    }
    assert_eq!(
        "weekly mon 8:00".parse::<Schedule>().unwrap().to_string(),
        "mon 08:00"
    );
}

/// The mistake in `text` is at `place`, and the suggestion is `suggestion`.
#[track_caller]
fn check_mistake(text: &str, place: &str, suggestion: Option<&str>) {
    let error = text.parse::<Schedule>().unwrap_err();
    assert_eq!(&text[error.span.clone()], place, "{error}");
    assert_eq!(error.suggestion.as_deref(), suggestion, "{error}");
    assert!(!error.reason.is_empty());
}

#[test]
fn mistakes_are_shown_where_they_are() {
    check_mistake("", "", Some("daily 07:30"));
    check_mistake("dayly 07:30", "dayly", Some("daily"));
    check_mistake("mon-fry 07:30", "fry", Some("fri"));
    check_mistake("mon-fri 7.30", "7.30", Some("07:30"));
    check_mistake("mon-fri 0730", "0730", Some("07:30"));
    check_mistake("daily 7pm", "7pm", Some("19:00"));
    check_mistake("daily 24:00", "24:00", Some("00:00"));
    check_mistake("daily 25:00", "25:00", None);
    check_mistake("daily 07:3", "07:3", Some("07:03"));
    check_mistake("daily", "daily", Some("daily 07:30"));
    check_mistake("weekly", "weekly", Some("weekly mon 08:00"));
    check_mistake("weekly 08:00", "08:00", None);
    check_mistake("07:30", "07:30", Some("daily 07:30"));
    check_mistake("hourly 07:30 ", "07:30", Some(""));
    check_mistake("mon 07:30 tue", "tue", None);
    check_mistake("каждый день", "каждый", None);
    check_mistake("daily −1:00", "−1:00", Some("01:00"));
    check_mistake("daily ٠٧:٣٠", "٠٧:٣٠", None);
}

#[test]
fn no_text_makes_the_parser_panic() {
    let long = "mon-".repeat(50_000);
    for text in [
        "-",
        "mon-",
        "-fri",
        ",,,",
        "mon--fri 07:30",
        ":",
        "daily :",
        "daily 9999999999999:00",
        "дайли",
        long.as_str(),
    ] {
        assert!(text.parse::<Schedule>().is_err(), "{}", brief(text));
        assert!(text.parse::<QuietHours>().is_err(), "{}", brief(text));
    }
    let many = format!("daily {}", "07:30 ".repeat(1000));
    assert!(many.parse::<Schedule>().is_err());
}

#[track_caller]
fn check_quiet(hours: &str, tz: &str, now: &str, ends: Option<&str>) {
    let hours: QuietHours = hours.parse().unwrap();
    assert_eq!(hours.ends_at(at(now), &zone(tz)), ends.map(at));
}

#[test]
fn quiet_hours_end_on_the_same_or_the_next_day() {
    check_quiet("22:00-07:00", "UTC", "2026-11-24T21:59:59Z", None);
    check_quiet(
        "22:00-07:00",
        "UTC",
        "2026-11-24T22:00:00Z",
        Some("2026-11-25T07:00:00Z"),
    );
    check_quiet(
        "22:00-07:00",
        "UTC",
        "2026-11-25T06:59:00Z",
        Some("2026-11-25T07:00:00Z"),
    );
    check_quiet("22:00-07:00", "UTC", "2026-11-25T07:00:00Z", None);
    check_quiet(
        "13:00-15:00",
        "America/Lima",
        "2026-11-24T19:00:00Z",
        Some("2026-11-24T20:00:00Z"),
    );
    // The second half of a repeated hour is quiet too, and ends.
    check_quiet(
        "22:00-02:30",
        "Europe/Paris",
        "2026-10-25T01:10:00Z",
        Some("2026-10-25T01:30:00Z"),
    );
    let whole: CalendarError = "22:00-22:00".parse::<QuietHours>().unwrap_err();
    assert_eq!(whole.suggestion.as_deref(), Some("22:00-07:00"));
    let part: CalendarError = "22:00 - 7h".parse::<QuietHours>().unwrap_err();
    assert_eq!(
        (part.span, part.suggestion.as_deref()),
        (8..10, Some("07:00"))
    );
    assert_eq!(
        "9:00-17:30".parse::<QuietHours>().unwrap().to_string(),
        "09:00-17:30"
    );
}
