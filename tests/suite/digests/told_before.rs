//! What was told before, by an alert or a digest.

use super::*;

#[test]
fn more_of_what_was_told_is_a_line_and_what_is_new_in_it_is_told_again() {
    let mut desk = Desk::new("digest = [\"hourly\"]", "");
    desk.item(HUAMANGA[0], &["soldiers"]);
    desk.item(HUAMANGA[1], &["soldiers"]);
    desk.mail();
    for item in &HUAMANGA[2..5] {
        desk.item(*item, &["soldiers"]);
    }
    let digest = desk.digest();
    assert!(digest.stories.is_empty() && digest.headlines.is_empty());
    let [story] = digest.developing.as_slice() else {
        panic!("one story develops: {digest:?}")
    };
    assert_eq!((story.items, story.also.len(), story.more), (3, 2, 0));
    assert!(story.told_before);
    let totals = &digest.totals;
    assert_eq!((totals.items, totals.stories, totals.developing), (0, 0, 1));
    // A watch that had not matched makes it news.
    desk.item(HUAMANGA[5], &["soldiers", "airports"]);
    let digest = desk.digest();
    assert!(digest.developing.is_empty());
    assert_eq!(digest.stories.len(), 1);
    assert!(digest.stories[0].told_before);
    assert_eq!(digest.stories[0].items, 4);
}

#[test]
fn who_takes_no_alerts_has_what_is_urgent_first_and_once() {
    let mut desk = Desk::new(
        "alerts = false\ndigest = [\"hourly\"]",
        "urgency = \"alert\"",
    );
    desk.item(HUAMANGA[0], &["soldiers"]);
    desk.item(
        ("f", "Court frees a reporter", "After a year."),
        &["press", "courts", "prisons"],
    );
    let digest = desk.digest();
    let urgent = digest
        .stories
        .iter()
        .map(|story| (title(story), story.urgent));
    assert_eq!(
        urgent.collect::<Vec<_>>(),
        [
            (HUAMANGA[0].1.to_owned(), true),
            ("Court frees a reporter".to_owned(), false)
        ]
    );
    let mail = String::from_utf8(desk.mail()).expect("text");
    assert!(mail.contains("URGENT"), "{mail}");
    desk.item(HUAMANGA[1], &["soldiers"]);
    let digest = desk.digest();
    assert!(
        digest.stories.is_empty(),
        "nothing is new in it: {digest:?}"
    );
    assert_eq!(digest.developing.len(), 1);
}

#[test]
fn what_is_found_in_the_second_in_which_a_mail_is_made_is_told_once() {
    let mut desk = Desk::new("digest = [\"hourly\"]", "");
    desk.item(HUAMANGA[0], &["soldiers"]);
    desk.mail();
    let told = desk.told();
    desk.now -= SignedDuration::from_mins(1);
    desk.item(("f", "Court frees a reporter", "After a year."), &["press"]);
    let digest = desk.digest();
    assert_eq!(digest.totals.hits, 1);
    assert_eq!(title(&digest.stories[0]), "Court frees a reporter");
    desk.now += SignedDuration::from_hours(1);
    desk.mail();
    assert_eq!(told.len(), 1);
    assert!(desk.told().iter().all(|entry| *entry != told[0]));
    assert_eq!(desk.digest().totals.hits, 0);
}

#[test]
fn what_a_mail_told_by_its_number_alone_was_not_told_before() {
    let mut desk = Desk::new("digest = [\"hourly\"]", "");
    desk.item(HUAMANGA[0], &["soldiers"]);
    desk.mail();
    desk.connection
        .execute("DELETE FROM told", [])
        .expect("forgotten");
    desk.item(HUAMANGA[1], &["soldiers"]);
    let digest = desk.digest();
    assert!(digest.developing.is_empty());
    assert_eq!(title(&digest.stories[0]), HUAMANGA[1].1);
}
