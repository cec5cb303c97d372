//! When summaries come, and where one week ends and the next begins.

use super::*;

#[test]
fn a_summary_is_once_a_week_at_one_time() {
    for (summary, refused) in [
        ("weekly mon 08:00", false),
        ("mon 08:00", false),
        ("Sunday 7:15", false),
        ("off", false),
        ("daily 08:00", true),
        ("mon-fri 08:00", true),
        ("weekly mon 08:00, 16:00", true),
        ("hourly", true),
        ("weekly", true),
        ("weekly mon", true),
        ("weekly someday 08:00", true),
        ("", true),
    ] {
        let world = World::new(&[("outlet", "https://outlet.example/feed")]);
        world.write(
            "newsvigil.toml",
            &format!(
                "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\nsummary = \"{summary}\"\n"
            ),
        );
        let run = world.run(&["check"]);
        assert_eq!(run.code != 0, refused, "{summary:?}: {run:?}");
        if ["daily 08:00", "mon-fri 08:00", "hourly"].contains(&summary) {
            let told = format!("{}{}", run.stdout, run.stderr);
            assert!(told.contains("one day and one time"), "{told}");
            assert!(told.contains("weekly mon 08:00"), "{told}");
        }
    }
}

#[test]
fn a_clock_that_jumps_makes_one_summary_and_stops_none() {
    let mut office = Office::new(WEEKLY);
    office.days(30, &[("force", 1)]);
    let real = office.now;
    office.now += DAY * 400;
    assert_eq!(office.summaries().len(), 1);
    office.now = real;
    assert!(office.summaries().is_empty());
    let summaries = office.days(14, &[("force", 1)]);
    assert_eq!(summaries.len(), 2);
    let text = &summaries[1].text;
    assert!(text.contains(": 7 stories"), "{text}");
}

#[test]
fn a_clock_that_was_behind_or_goes_back_a_little_repeats_no_summary() {
    for (back, hours) in [(DAY * 400, 3), (SignedDuration::from_mins(10), 1)] {
        let mut office = Office::new(WEEKLY);
        office.days(29, &[("force", 1)]);
        let (mut told, monday) = (0, "2026-04-06T13:00:00Z");
        office.now = monday.parse().expect("a time");
        told += office.summaries().len();
        office.now -= back;
        for _ in 0..hours {
            told += office.summaries().len();
            office.now += SignedDuration::from_mins(1);
        }
        office.now = monday.parse().expect("a time");
        for _ in 0..48 {
            told += office.summaries().len();
            office.now += SignedDuration::from_hours(1);
        }
        assert_eq!(told, 1, "{back}");
        let summaries = office.days(7, &[("force", 1)]);
        assert_eq!(summaries.len(), 1, "{back}");
        let text = &summaries[0].text;
        assert!(!text.contains("No summary was made"), "{text}");
    }
}

#[test]
fn a_service_that_is_back_shortly_before_a_summary_is_due_says_once_what_was_not_watched() {
    let mut office = Office::new(WEEKLY);
    // From Monday noon to Thursday noon, and back on a Monday at 07:40.
    office.days(4, &[("force", 1)]);
    office.now = "2026-03-23T12:40:00Z".parse().expect("a time");
    assert!(office.summaries().is_empty());
    office.poll("outlet", &[]);
    office.now += SignedDuration::from_mins(25);
    let summaries = office.summaries();
    let subjects: Vec<&str> = summaries.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(
        subjects,
        [
            "Week of Mon 2 Mar: 4 stories, read on 4 of 7 days",
            "Week of Mon 16 Mar: not watched"
        ]
    );
    let text = summaries[1].text.replace('\n', " ");
    assert!(
        text.contains("No summary was made of the time from Mon 9 Mar to Sun 15 Mar."),
        "{text}"
    );
    for _ in 0..100 {
        office.now += SignedDuration::from_hours(1);
        assert!(office.summaries().is_empty());
    }
}

#[test]
fn the_week_before_the_service_was_set_up_is_not_told() {
    // On a Sunday evening, and on Monday before and after the time of the summary.
    for (begins, answers) in [
        ("2026-03-02T04:30:00Z", true),
        ("2026-03-02T05:30:00Z", true),
        ("2026-03-02T12:59:00Z", false),
        ("2026-03-02T14:00:00Z", true),
    ] {
        let mut office = Office::new(WEEKLY);
        office.now = begins.parse().expect("a time");
        let mut subjects = Vec::new();
        for hour in 0..24 * 8 {
            if hour % 12 == 1 && answers {
                office.poll("outlet", &[("force", 1)]);
            }
            subjects.extend(office.summaries().into_iter().map(|mail| mail.subject));
            office.now += SignedDuration::from_hours(1);
        }
        let (last, others) = subjects.split_last().expect("a summary");
        assert!(others.is_empty(), "{begins}: {subjects:?}");
        assert!(
            last.starts_with("Week of Mon 2 Mar: "),
            "{begins}: {subjects:?}"
        );
        assert_eq!(
            last.ends_with("not watched"),
            !answers,
            "{begins}: {subjects:?}"
        );
    }
}

#[test]
fn every_story_stands_in_a_summary_whenever_the_service_stands_still() {
    // Off from an hour on for some days; the summaries tell what was found before and after.
    for (hours, days) in [(0, 3), (20, 9), (100, 10), (160, 15), (161, 28)] {
        let mut office = Office::new(WEEKLY);
        office.days(8, &[("force", 1)]);
        let mut summaries = Vec::new();
        let off = office.now + SignedDuration::from_hours(hours);
        let until = off + DAY * days;
        let end: Timestamp = "2026-05-04T14:00:00Z".parse().expect("a time");
        while office.now <= end {
            if office.now < off || office.now >= until {
                summaries.extend(office.summaries());
                office.poll("outlet", &[("force", 1)]);
            }
            office.now += SignedDuration::from_hours(4);
        }
        let told: usize = summaries
            .iter()
            .map(|mail| {
                let said = mail.subject.split(": ").nth(1).expect("a number");
                let number = said.split(' ').next().expect("a word");
                number.parse().unwrap_or(0)
            })
            .sum();
        // But for the first week's, and for Monday 4 May's, in Lima.
        let found: i64 = office
            .connection
            .query_row(
                "SELECT count(*) FROM hit WHERE found_at >= unixepoch('2026-03-09 05:00') \
                 AND found_at < unixepoch('2026-05-04 05:00')",
                [],
                |row| row.get(0),
            )
            .expect("counted");
        assert_eq!(i64::try_from(told), Ok(found), "{hours} {days}");
    }
}

#[test]
fn a_story_found_in_the_second_in_which_a_week_ends_is_of_one_week() {
    let mut office = Office::new(WEEKLY);
    office.days(7, &[]);
    // Midnight in Lima, before and after which others are found.
    let midnight: Timestamp = "2026-03-09T05:00:00Z".parse().expect("a time");
    for seconds in [-1, 0, 1] {
        office.now = midnight + SignedDuration::from_secs(seconds);
        office.poll("outlet", &[("force", 1)]);
    }
    office.now = "2026-03-09T13:00:00Z".parse().expect("a time");
    let mut texts: Vec<String> = office
        .summaries()
        .into_iter()
        .map(|mail| mail.text)
        .collect();
    office.now += DAY;
    texts.extend(office.days(7, &[]).into_iter().map(|mail| mail.text));
    assert_eq!(texts.len(), 2);
    assert!(
        texts[0].contains("Mon 2 Mar to Sun 8 Mar: 1 story"),
        "{}",
        texts[0]
    );
    assert!(
        texts[1].contains("Mon 9 Mar to Sun 15 Mar: 2 stories"),
        "{}",
        texts[1]
    );
}

#[test]
fn a_feed_that_was_read_first_on_a_sunday_evening_was_read_on_that_day() {
    let mut office = Office::new(WEEKLY);
    // In Lima; the day of the database is Monday.
    office.now = "2026-03-09T01:30:00Z".parse().expect("a time");
    office.summaries();
    office.poll("outlet", &[("force", 1)]);
    office.now = "2026-03-09T12:00:00Z".parse().expect("a time");
    office.poll("outlet", &[]);
    office.now += SignedDuration::from_hours(1);
    let summaries = office.summaries();
    assert_eq!(
        summaries[0].subject,
        "Week of Mon 2 Mar: 1 story, read on 1 of 7 days"
    );
}

#[test]
fn whoever_comes_on_a_sunday_gets_the_whole_week_on_monday() {
    let mut office = Office::new("digest = [\"off\"]");
    office.days(6, &[("force", 1)]);
    let with = format!(
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ntimezone = \"America/Lima\"\n{WEEKLY}\n"
    );
    office.world.write("newsvigil.toml", &with);
    office.reload();
    // Sunday evening in Lima.
    office.now = "2026-03-09T01:00:00Z".parse().expect("a time");
    assert!(office.summaries().is_empty());
    office.now = "2026-03-09T12:59:59Z".parse().expect("a time");
    assert!(office.summaries().is_empty());
    office.now = "2026-03-09T13:00:00Z".parse().expect("a time");
    let summaries = office.summaries();
    assert_eq!(summaries.len(), 1);
    let text = &summaries[0].text;
    assert!(text.contains("Mon 2 Mar to Sun 8 Mar: 6 stories"), "{text}");
}

#[test]
fn a_summary_is_of_those_who_ask_for_it_and_begins_anew_when_it_is_asked_for_again() {
    let mut office = Office::new("");
    assert!(office.days(15, &[("force", 1)]).is_empty());
    let with =
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\nsummary = \"mon 08:00\"\n";
    office.world.write("newsvigil.toml", with);
    office.reload();
    assert!(office.summaries().is_empty());
    assert_eq!(office.days(8, &[("force", 1)]).len(), 1);
    office
        .world
        .write("newsvigil.toml", &with.replace("mon 08:00", "off"));
    office.reload();
    assert!(office.days(15, &[("force", 1)]).is_empty());
    office.world.write("newsvigil.toml", with);
    office.reload();
    // Not for the weeks in which it was not wanted.
    assert!(office.summaries().is_empty());
}
