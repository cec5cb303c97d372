//! The command that a summary names lists what it counts.

use super::*;

#[test]
fn what_is_unusual_is_listed_as_it_was_counted_wherever_the_command_is_run() {
    let mut office = Office::new(WEEKLY);
    office.days(57, &[("force", 1)]);
    // Found on Sunday evening in Lima, which is Monday in UTC.
    office.now = "2026-05-04T02:00:00Z".parse().expect("a time");
    office.poll("outlet", &[("force", 40)]);
    office.now = "2026-05-04T12:00:00Z".parse().expect("a time");
    office.poll("outlet", &[("force", 9)]);
    office.now += SignedDuration::from_hours(2);
    let summaries = office.summaries();
    let text = summaries[0].text.replace('\n', " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    assert!(text.contains("Use of force: 41 stories"), "{text}");
    let command = (text.split("newsvigil hits --watch force ").nth(1)).expect("a command");
    let times: Vec<&str> = command.split(['`', '"', '”', ' ']).take(4).collect();
    let times = [&["hits", "--json", "--watch", "force"], &times[..]].concat();
    for zone in ["UTC", "Pacific/Auckland"] {
        let mut listing = office.world.command(&times);
        let listed = listing.env("TZ", zone).output().expect("run");
        assert!(listed.status.success(), "{times:?} {listed:?}");
        let lines = listed.stdout.split(|byte| *byte == b'\n');
        assert_eq!(
            lines.filter(|line| !line.is_empty()).count(),
            41,
            "{times:?}"
        );
    }
}

#[test]
fn hits_are_listed_until_the_end_of_a_day_or_a_time() {
    let mut office = Office::new("");
    for at in [
        "2026-03-03T23:59:59Z",
        "2026-03-04T00:00:00Z",
        "2026-03-04T08:00:00Z",
    ] {
        office.now = at.parse().expect("a time");
        office.poll("outlet", &[("force", 1)]);
    }
    for (until, found) in [
        ("2026-03-03", 1),
        ("2026-03-04", 3),
        ("2026-03-04T08:00", 2),
        ("2026-03-04T08:00Z", 2),
        ("2026-03-04T08:00+01:00", 2),
        ("2026-03-04T09:00:01Z", 3),
        ("2026-03-02", 0),
        ("1h", 3),
    ] {
        let mut listing = office.world.command(&["hits", "--json", "--until", until]);
        let listed = listing.env("TZ", "UTC").output().expect("run");
        let lines = listed.stdout.split(|byte| *byte == b'\n');
        assert_eq!(
            lines.filter(|line| !line.is_empty()).count(),
            found,
            "{until}"
        );
    }
    for mistake in ["soon", "2026-03-04T25:00", "2026-13-01", ""] {
        assert_eq!(
            office.world.run(&["hits", "--until", mistake]).code,
            64,
            "{mistake}"
        );
    }
}
