//! Summaries in the zone of their reader, who may move, and whose clocks may change.

use super::*;

#[test]
fn a_reader_who_moves_to_another_zone_gets_one_summary_a_week() {
    let in_zone = |zone: &str| {
        format!(
            "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ntimezone = \"{zone}\"\n{WEEKLY}\n"
        )
    };
    let mut office = Office::new(WEEKLY);
    office.world.write("newsvigil.toml", &in_zone("Asia/Tokyo"));
    office.reload();
    office.summaries();
    let mut firsts = Vec::new();
    let mut zones = [
        "America/Lima",
        "Asia/Tokyo",
        "Pacific/Auckland",
        "Europe/Berlin",
    ]
    .into_iter();
    for hour in 0..24 * 7 * 8 {
        office.now += SignedDuration::from_hours(1);
        if hour % 24 == 0 {
            office.poll("outlet", &[("force", 1)]);
        }
        for mail in office.summaries() {
            firsts.push(
                mail.subject
                    .split(": ")
                    .next()
                    .expect("a subject")
                    .to_owned(),
            );
            // Right after it came, and for the first four weeks.
            if let Some(zone) = zones.next() {
                office.world.write("newsvigil.toml", &in_zone(zone));
                office.reload();
            }
        }
    }
    assert_eq!(
        firsts,
        [
            "Week of Mon 2 Mar",
            "Week of Mon 9 Mar",
            "Week of Mon 16 Mar",
            "Week of Mon 23 Mar",
            "Week of Mon 30 Mar",
            "Week of Mon 6 Apr",
            "Week of Mon 13 Apr",
            "Week of Mon 20 Apr"
        ]
    );
}

#[test]
fn weeks_go_on_over_changes_of_the_clock_and_the_end_of_the_year() {
    for (zone, begins, weeks) in [
        // An hour less, and an hour more, each on a Sunday; and one where midnight itself is left out.
        ("Europe/Berlin", "2026-03-23T12:00:00Z", 2),
        ("Europe/Berlin", "2026-10-19T12:00:00Z", 2),
        ("America/Santiago", "2026-08-31T16:00:00Z", 2),
        ("Asia/Beirut", "2026-03-23T12:00:00Z", 2),
        ("Pacific/Apia", "2026-12-28T12:00:00Z", 2),
    ] {
        let mut office = Office::new("");
        office.world.write(
            "newsvigil.toml",
            &format!(
                "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ntimezone = \"{zone}\"\n{WEEKLY}\n"
            ),
        );
        office.reload();
        office.now = begins.parse().expect("a time");
        office.poll("outlet", &[]);
        office.summaries();
        let tz = office
            .config
            .recipient("desk")
            .expect("a recipient")
            .time_zone
            .clone();
        let mut days = Vec::new();
        let (mut told, mut summaries) = (0, 0);
        for _ in 0..24 * 7 * weeks {
            office.now += SignedDuration::from_hours(1);
            office.poll("outlet", &[("force", 1)]);
            days.push(tz.to_datetime(office.now).date());
            for mail in office.summaries() {
                summaries += 1;
                let stories = mail.subject.split(": ").nth(1).expect("a number");
                let stories = stories.split(' ').next().expect("a number");
                told += stories.parse::<usize>().expect("a number");
            }
        }
        assert_eq!(summaries, weeks, "{zone} {begins}");
        // Each once, but for those since Monday.
        let last = days
            .last()
            .expect("a day")
            .weekday()
            .to_monday_zero_offset();
        let monday = days
            .last()
            .expect("a day")
            .saturating_sub(jiff::Span::new().days(last));
        let before = days.iter().filter(|day| **day < monday).count();
        assert_eq!(told, before, "{zone} {begins}");
    }
}

#[test]
fn who_moves_to_another_zone_is_told_of_every_hour() {
    for (from, to, is_west) in [
        ("Asia/Tokyo", "America/Lima", true),
        ("Europe/Berlin", "America/New_York", true),
        ("Pacific/Auckland", "Pacific/Honolulu", true),
        ("America/Lima", "Asia/Tokyo", false),
    ] {
        let mut office = Office::new(WEEKLY);
        let move_to = |office: &mut Office, zone: &str| {
            let text = format!(
                "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ntimezone = \"{zone}\"\n{WEEKLY}\n"
            );
            office.world.write("newsvigil.toml", &text);
            office.reload();
            office.config.recipients[0].time_zone.clone()
        };
        let mut zone = move_to(&mut office, from);
        let mut last_midnight = None;
        let (mut told, mut found, mut found_by_midnight) = (0, 0, 0);
        let mut summaries = 0;
        for _ in 0..24 * 22 {
            let midnight = zone.to_datetime(office.now);
            if midnight.hour() == 0 && midnight.weekday() == jiff::civil::Weekday::Monday {
                last_midnight = Some(office.now);
                found_by_midnight = found;
            }
            for mail in office.summaries() {
                summaries += 1;
                let number = mail.subject.split(": ").nth(1).expect("a number");
                let number = number.split(' ').next().expect("a number");
                told += number.parse::<i32>().expect("a number");
                assert!(!mail.text.contains("No summary"), "{}", mail.text);
                if summaries == 1 {
                    zone = move_to(&mut office, to);
                }
            }
            office.poll("outlet", &[("force", 1)]);
            found += 1;
            office.now += SignedDuration::from_hours(1);
        }
        assert!(
            last_midnight.is_some() && summaries >= 3,
            "{from}: {summaries}"
        );
        // Whoever goes east has a part of a day in two weeks.
        if is_west {
            assert_eq!(told, found_by_midnight, "{from} {to}");
        } else {
            assert!(told >= found_by_midnight, "{from} {to}: {told}");
        }
    }
}
