//! What changed in the feeds of a week.

use super::*;

fn list(office: &mut Office, feeds: &[(&str, &str)]) {
    office.world.set_feeds(feeds);
    office.reload();
}

#[test]
fn what_changed_in_the_feeds_is_told() {
    let mut office = Office::new(WEEKLY);
    let outlet = ("outlet", "https://outlet.example/feed");
    let wire = ("wire", "https://wire.example/feed");
    list(
        &mut office,
        &[outlet, wire, ("leaving", "https://leaving.example/feed")],
    );
    let text = office.week().text;
    assert!(text.contains("Nothing has changed in the feeds."), "{text}");
    for day in 0..63 {
        office.mails();
        office.poll("outlet", &[]);
        let (wire, leaving) = if day < 56 { (3, 1) } else { (0, 0) };
        office.poll("wire", &[("force", wire)]);
        if day < 58 {
            office.poll("leaving", &[("force", leaving)]);
        }
        office.now += DAY;
    }
    list(
        &mut office,
        &[outlet, wire, ("young", "https://young.example/feed")],
    );
    office.now -= DAY;
    office.mails();
    office.poll("young", &[("force", 30)]);
    office.now += DAY;
    let text = office.week().text;
    for told in [
        "Read for the first time (1):\n  - The young & co",
        "No longer read (1):\n  - The leaving & co",
        "More or fewer items than usual (1):\n  - The wire & co: 0 items, against 21 in a usual week",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    // All of what a new feed holds is new to us, and nothing happened.
    assert!(!text.contains("UNUSUAL"), "{text}");
}

#[test]
fn a_feed_that_was_taken_out_is_told_once_whenever_that_was() {
    // At each of some hours around the end of a week and the time of its summary, whether or not it failed before.
    for (hours, answers) in [(0, true), (11, false), (13, true), (19, true), (30, false)] {
        let mut office = Office::new(WEEKLY);
        let outlet = ("outlet", "https://outlet.example/feed");
        let leaving = ("leaving", "https://leaving.example/feed");
        list(&mut office, &[outlet, leaving]);
        // Sunday at noon in Lima.
        let sunday: Timestamp = "2026-03-22T17:00:00Z".parse().expect("a time");
        let mut told = 0;
        for hour in 0..24 * 30 {
            office.now += SignedDuration::from_hours(1);
            if office.now == sunday + SignedDuration::from_hours(hours) {
                list(&mut office, &[outlet]);
            }
            if hour % 6 == 0 {
                office.poll("outlet", &[]);
                let is_there = office.config.feed("leaving").is_some();
                if is_there && (answers || office.now < sunday - DAY * 9) {
                    office.poll("leaving", &[]);
                }
            }
            for mail in office.summaries() {
                told += mail.text.matches("The leaving & co").count();
                assert_eq!(
                    mail.text
                        .contains("No longer read (1):\n  - The leaving & co"),
                    mail.text.contains("No longer read"),
                    "{}",
                    mail.text
                );
            }
        }
        // Once when it came, and once when it went.
        assert_eq!(told, 2, "{hours}");
    }
}

#[test]
fn a_feed_under_another_id_neither_comes_nor_goes() {
    let mut office = Office::new(WEEKLY);
    let url = "https://outlet.example/feed";
    list(
        &mut office,
        &[("outlet", url), ("old", "https://new.example/feed")],
    );
    for _ in 0..15 {
        office.poll("outlet", &[]);
        office.poll("old", &[]);
        office.mails();
        office.now += DAY;
    }
    // The address stays; and polls are of the address that the id has here.
    office
        .connection
        .execute(
            "UPDATE feed SET url = 'https://new.example/feed' WHERE id = 'old'",
            [],
        )
        .expect("as it is configured");
    list(
        &mut office,
        &[("outlet", url), ("new", "https://new.example/feed")],
    );
    let mut texts = Vec::new();
    for _ in 0..10 {
        office.poll("outlet", &[]);
        office.poll("new", &[]);
        texts.extend(office.summaries().into_iter().map(|mail| mail.text));
        office.now += DAY;
    }
    assert!(!texts.is_empty());
    for text in texts {
        assert!(text.contains("Nothing has changed in the feeds."), "{text}");
    }
}

#[test]
fn five_hundred_feeds_that_change_at_once_fill_no_mail() {
    let mut office = Office::new(WEEKLY);
    let ids: Vec<String> = (0..500).map(|number| format!("feed-{number}")).collect();
    for id in &ids {
        office.poll(id, &[]);
    }
    let urls: Vec<String> = ids
        .iter()
        .map(|id| format!("https://{id}.example/feed"))
        .collect();
    let feeds: Vec<(&str, &str)> = ids
        .iter()
        .map(String::as_str)
        .zip(urls.iter().map(String::as_str))
        .collect();
    list(&mut office, &feeds);
    office.mails();
    office.now += DAY;
    list(&mut office, &[("outlet", "https://outlet.example/feed")]);
    office.mails();
    office.now += DAY * 6;
    let mail = office.week();
    assert!(mail.text.contains("No longer read (500):"), "{}", mail.text);
    assert!(mail.text.contains("480 more"), "{}", mail.text);
    assert!(mail.html.len() < 40_000, "{}", mail.html.len());
}
