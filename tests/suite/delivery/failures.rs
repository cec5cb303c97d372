//! Who is told that a feed fails, and that it works again.

use super::*;

#[test]
fn a_feed_that_fails_is_something_to_say_once() {
    let mut desk = Desk::new("digest = [\"hourly\"]");
    desk.hit("a", Urgency::Digest);
    assert_eq!(desk.mails().0.len(), 1);
    let mut next_hour = |failing: bool| {
        desk.feed_is(failing);
        desk.wait(SignedDuration::from_hours(1));
        desk.mails().0
    };
    assert!(next_hour(false).is_empty());
    let mails = next_hour(true);
    assert_eq!(
        mails.len(),
        1,
        "nothing was found, and that cannot be trusted"
    );
    assert!(mails[0].text.contains("404 Not Found"), "{}", mails[0].text);
    assert!(next_hour(true).is_empty(), "told already");
    assert!(next_hour(false).is_empty());
    assert_eq!(next_hour(true).len(), 1, "it is news again");
}

#[test]
fn a_failure_that_is_over_stands_in_the_digest_of_its_window() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.hit("a", Urgency::Digest);
    let (_, again) = desk.mails();
    desk.feed_is(true);
    desk.wait(SignedDuration::from_hours(3));
    desk.feed_is(false);
    desk.hit("b", Urgency::Digest);
    desk.now = again.expect("a time");
    let (mails, _) = desk.mails();
    let words: Vec<&str> = mails[0].text.split_whitespace().collect();
    let text = words.join(" ");
    assert!(text.contains("Failed for a while"), "{text}");
    assert!(
        text.contains("until Mon 2 Mar, 15:00: 404 Not Found"),
        "{text}"
    );
    desk.hit("c", Urgency::Digest);
    desk.wait(SignedDuration::from_hours(24));
    let (mails, _) = desk.mails();
    assert!(
        !mails[0].text.contains("Failed for a while"),
        "{}",
        mails[0].text
    );
}

#[test]
fn an_operator_is_told_once_when_a_feed_fails_and_once_when_it_works_again() {
    let mut desk = Desk::new("operator = true\ndigest = [\"off\"]");
    desk.feed_is(false);
    assert!(desk.mails().0.is_empty());
    desk.feed_is(true);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "1 feed is in trouble: outlet.example");
    assert!(mails[0].text.contains("404 Not Found"), "{}", mails[0].text);
    desk.wait(MINUTE);
    desk.feed_is(true);
    assert!(desk.mails().0.is_empty(), "told already");
    desk.feed_is(false);
    let (mails, again) = desk.mails();
    assert!(mails.is_empty(), "not more often than every ten minutes");
    let options = RenderOptions::new("newsvigil@example.org");
    let (config, now) = (&desk.config, desk.now);
    let report = compose_all(
        &mut desk.connection,
        config,
        &options,
        AlertPacing::AtOnce,
        now,
    );
    assert_eq!(report.expect("composed").messages, 0, "by whatever command");
    desk.now = again.expect("it waits");
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "1 feed is fine again: outlet.example");
    assert!(desk.mails().0.is_empty());
}

#[test]
fn a_notice_waits_when_its_reader_had_enough_mails_within_the_hour() {
    let mut desk = Desk::new("operator = true\ndigest = [\"off\"]");
    desk.connection
        .execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
             INSERT INTO outbox (recipient_id, address, sender, kind, message_id, subject, hits,
                                 state, created_at, next_attempt_at)
             SELECT 'desk', 'desk@example.org', 'a@example.org', 'alert', 'm' || i, 's', 1, 'sent',
                    ?1, 0 FROM n",
            [desk.now.as_second()],
        )
        .expect("stored");
    desk.feed_is(true);
    let (mails, again) = desk.mails();
    assert!(mails.is_empty(), "{mails:#?}");
    assert!(again.is_some_and(|again| again > desk.now));
    desk.wait(SignedDuration::from_mins(61));
    assert_eq!(desk.mails().0.len(), 1);
}
