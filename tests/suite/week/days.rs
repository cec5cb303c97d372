//! What is unusual on a day, and what a habit rests on.

use newsvigil::store::retention::{self, Retention};

use super::*;

const DAILY: &str = "digest = [\"daily 07:30\", \"daily 19:30\"]\nsend_empty = \"daily\"";

/// Nine weeks of one story a day, until Monday 4 May at noon.
fn calm(recipient: &str) -> Office {
    let mut office = Office::new(recipient);
    for _ in 0..63 {
        office.poll("outlet", &[("force", 1)]);
        office.mails();
        office.now += DAY;
    }
    office
}

/// The lines on unusual days in the digests that are made now.
fn told(office: &mut Office) -> Vec<String> {
    let mails = office.mails().into_iter();
    let digests = mails.filter(|(kind, _)| kind == "digest");
    digests
        .flat_map(|(_, mail)| {
            let text = mail.text.replace("\n  ", " ");
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.into_iter().filter(|line| line.contains("Unusual: "))
        })
        .collect()
}

#[test]
fn a_digest_tells_what_is_unusual_on_a_day_once() {
    let mut office = calm(DAILY);
    assert_eq!(office.unusual(), []);
    office.poll("outlet", &[("force", 9), ("prisons", 2)]);
    office.now += SignedDuration::from_mins(1);
    let unusual = office.unusual();
    assert_eq!(unusual.len(), 2, "{unusual:?}");
    let force = unusual
        .iter()
        .find(|unusual| unusual.word() == "watch/force")
        .expect("the watch");
    assert_eq!((force.stories, force.baseline.median), (9, 1.0));
    assert!(matches!(&force.what, AnomalySubject::Watch { title, .. } if title == "Use of force"));
    assert!(unusual.iter().any(|unusual| unusual.word() == "place/Peru"));
    // It is told with the next digest of the day, and not with each.
    office.now += SignedDuration::from_hours(8);
    let lines = told(&mut office);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].contains(
            "9 stories under Use of force on Mon 4 May, where 1 is usual for that weekday (median of 8 weeks)"
        ) || lines[1].contains("9 stories under Use of force on Mon 4 May"),
        "{lines:?}"
    );
    assert_eq!(office.unusual(), []);
    for _ in 0..8 {
        office.now += SignedDuration::from_hours(12);
        office.poll("outlet", &[]);
        assert_eq!(told(&mut office), [""; 0]);
    }
}

#[test]
fn what_an_unusual_watch_finds_ranks_higher_in_each_digest_of_the_day() {
    let mut office = calm(DAILY);
    let mut ranked = Vec::new();
    // On a Monday that is loud, its evening, the morning after, and the end of a quiet day.
    for (hours, found) in [(0, 9), (8, 2), (12, 1), (24, 1)] {
        office.now += SignedDuration::from_hours(hours);
        office.poll("outlet", &[("force", found)]);
        let why = office.digest().stories.remove(0).why.join("; ");
        ranked.push(why.contains("its watch finds far more than usual"));
        office.mails();
    }
    assert_eq!(ranked, [true, true, true, false]);
}

#[test]
fn days_without_a_digest_are_told_by_the_next_one() {
    // Digests on working days, on two days, and once a week: a Friday's evening and a Saturday are in Monday's.
    for schedule in ["mon-fri 07:30", "mon, thu 07:30", "weekly mon 07:30"] {
        let mut office = calm(&format!("digest = [\"{schedule}\"]"));
        let mut lines = Vec::new();
        // From Monday to the Tuesday of the week after, each day at noon, with one on which much happened.
        for day in 0..9 {
            let found = if day == 5 { 12 } else { 1 };
            office.poll("outlet", &[("force", found)]);
            lines.push(told(&mut office));
            office.now += DAY;
        }
        let of_saturday = |lines: &Vec<String>| {
            let told = lines.iter().filter(|line| line.contains("on Sat 9 May"));
            told.count()
        };
        let days: Vec<usize> = lines.iter().map(of_saturday).collect();
        assert_eq!(days, [0, 0, 0, 0, 0, 0, 0, 2, 0], "{schedule}: {lines:?}");
        assert_eq!(lines.concat().len(), 2, "{schedule}: {lines:?}");
    }
}

#[test]
fn a_day_is_that_of_the_reader() {
    // The same instant is Saturday in Lima and Sunday in Tokyo.
    for (zone, day) in [("America/Lima", "Sat 9 May"), ("Asia/Tokyo", "Sun 10 May")] {
        let mut office = Office::new("");
        office.world.write(
            "newsvigil.toml",
            &format!(
                "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ntimezone = \"{zone}\"\n\
                 digest = [\"daily 07:30\"]\n"
            ),
        );
        office.reload();
        office.days(68, &[("force", 1)]);
        assert_eq!(office.now.to_string(), "2026-05-09T17:00:00Z");
        office.now += SignedDuration::from_hours(4);
        office.poll("outlet", &[("force", 12)]);
        let mut lines = Vec::new();
        for _ in 0..60 {
            office.now += SignedDuration::from_hours(1);
            lines.extend(told(&mut office));
        }
        assert_eq!(lines.len(), 2, "{zone}: {lines:?}");
        assert!(
            lines.iter().all(|line| line.contains(day)),
            "{zone}: {lines:?}"
        );
    }
}

#[test]
fn a_pause_of_any_length_is_no_quiet_time() {
    for pause in [1, 10, 50, 70, 80, 200] {
        let mut office = calm(&format!("summary = \"weekly mon 08:00\"\n{DAILY}"));
        office.now += DAY * pause;
        // As the service does when it begins again.
        let retention = Retention {
            items: DAY * 30,
            hits: None,
        };
        while retention::prune(&mut office.connection, retention, office.now).expect("pruned") > 0 {
        }
        let mut unusual = Vec::new();
        for _ in 0..15 {
            office.poll("outlet", &[("force", 7)]);
            for (_, mail) in office.mails() {
                let text = mail.text.replace('\n', " ");
                assert!(
                    !text.contains("against none in a usual week"),
                    "{pause}: {text}"
                );
                assert!(!text.contains(" 0 in a usual week"), "{pause}: {text}");
                unusual.extend(text.contains("Unusual: ").then_some(text));
            }
            office.now += DAY;
        }
        let week = office.week().text;
        // What was before is known while it is not too long ago: seven times as much is unusual then.
        let known = pause <= 10;
        assert_eq!(!unusual.is_empty(), known, "{pause}: {unusual:?}\n{week}");
        assert_eq!(week.contains("7 in a usual week"), known, "{pause}: {week}");
        if pause >= 70 {
            assert!(!week.contains("in a usual week"), "{pause}: {week}");
        }
    }
}

#[test]
fn what_a_clock_that_ran_ahead_made_forget_is_not_taken_for_quiet() {
    let mut office = calm(DAILY);
    let real = office.now;
    office.now += DAY * 300;
    let retention = Retention {
        items: DAY * 3_000,
        hits: None,
    };
    office.poll("outlet", &[]);
    office.mails();
    while retention::prune(&mut office.connection, retention, office.now).expect("pruned") > 0 {}
    office.now = real;
    office.poll("outlet", &[("force", 2)]);
    office.mails();
    let week = office.week().text;
    assert!(
        week.contains("There is nothing to compare it with"),
        "{week}"
    );
    for _ in 0..8 {
        office.now += DAY;
        office.poll("outlet", &[("force", 7)]);
        assert_eq!(told(&mut office), [""; 0]);
    }
}

#[test]
fn a_week_in_which_most_feeds_were_not_read_is_no_quiet_week() {
    let mut office = Office::new(WEEKLY);
    let feeds: Vec<String> = (0..5).map(|number| format!("feed-{number}")).collect();
    let listed: Vec<(&str, String)> = feeds
        .iter()
        .map(|id| (id.as_str(), format!("https://{id}.example/feed")))
        .collect();
    let listed: Vec<(&str, &str)> = listed.iter().map(|(id, url)| (*id, url.as_str())).collect();
    office.world.set_feeds(&listed);
    office.reload();
    office.mails();
    // Of five weeks, in one all feeds but one do not answer.
    for day in 0..42 {
        for (place, feed) in feeds.iter().enumerate() {
            if place == 0 || day / 7 != 4 {
                office.poll(feed, &[("force", 1)]);
            }
        }
        let at_noon = office.now;
        for mail in office.summaries() {
            let text = mail.text.replace('\n', " ");
            let is_blind = text.contains("Mon 30 Mar to Sun 5 Apr");
            let subject = "Week of Mon 30 Mar: 7 stories, most feeds read on no day";
            assert_eq!(mail.subject == subject, is_blind, "{}", mail.subject);
            assert_eq!(
                text.contains("4 of 5 feeds were not read on any day"),
                is_blind,
                "{text}"
            );
        }
        office.now = at_noon + DAY;
    }
    let week = office.week().text;
    assert!(week.contains("All 5 feeds were read."), "{week}");
    assert!(
        week.contains("35 in a usual week (median of those 4 of the eight"),
        "{week}"
    );
}
