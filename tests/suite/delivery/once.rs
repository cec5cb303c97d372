//! An item that is owed to an alert and to a digest is told once.

use super::many_items::owed;
use super::*;

/// Whether the digest shows the item in full, and whether it lists it as sent before.
pub(super) fn shown(digest: &Mail, title: &str) -> (bool, bool) {
    let (full, before) = digest
        .text
        .split_once("SENT BEFORE, AS ALERTS")
        .unwrap_or((&digest.text, ""));
    (full.contains(title), before.contains(title))
}

#[track_caller]
fn check_told_once(mails: &[Mail], title: &str) {
    let [alert, digest] = mails else {
        panic!("an alert and a digest: {mails:#?}")
    };
    assert!(alert.text.contains(title), "{alert:#?}");
    assert_eq!(shown(digest, title), (false, true), "{digest:#?}");
    assert!(digest.text.contains("1 alert sent before"), "{digest:#?}");
}

#[test]
fn an_item_of_an_alert_s_watch_and_a_digest_s_is_told_once_in_one_pass() {
    // The first run, and one in which alerts and the digest are due together.
    for watches in [
        [("a", Urgency::Alert), ("b", Urgency::Digest)],
        [("b", Urgency::Digest), ("a", Urgency::Alert)],
    ] {
        let mut desk = Desk::new("digest = [\"hourly\"]");
        desk.item(&watches);
        desk.wait(MINUTE);
        let (mails, _) = desk.mails();
        let title = format!("Story {}-1", watches[0].0);
        check_told_once(&mails, &title);
        assert!(mails[0].text.contains("Watch a") && mails[0].text.contains("Watch b"));
        desk.wait(SignedDuration::from_mins(59));
        desk.item(&watches);
        desk.wait(MINUTE);
        let (mails, _) = desk.mails();
        check_told_once(&mails, &format!("Story {}-2", watches[0].0));
        assert_eq!(owed(&desk), 0);
    }
}

#[test]
fn an_item_is_told_once_when_the_quiet_ends_as_the_digest_is_due() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]\nquiet = \"22:00-07:30\"");
    desk.hit("x", Urgency::Digest);
    assert_eq!(desk.mails().0.len(), 1);
    desk.now = "2026-03-03T02:00:00Z".parse().expect("a time");
    desk.item(&[("a", Urgency::Alert), ("b", Urgency::Digest)]);
    let (mails, again) = desk.mails();
    assert!(mails.is_empty(), "{mails:#?}");
    desk.now = again.expect("it waits");
    assert_eq!(desk.now.to_string(), "2026-03-03T07:30:00Z");
    let (mails, _) = desk.mails();
    check_told_once(&mails, "Story a-2");
    assert!(desk.mails().0.is_empty());
}

#[test]
fn what_an_alert_told_before_a_restart_the_digest_lists_as_sent() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.hit("x", Urgency::Digest);
    assert_eq!(desk.mails().0.len(), 1);
    desk.item(&[("a", Urgency::Alert), ("b", Urgency::Digest)]);
    desk.wait(MINUTE);
    let (alerts, _) = desk.mails();
    assert_eq!(alerts.len(), 1);
    desk.connection = Connection::open(&desk.world.state().join("newsvigil.db"));
    desk.wait(SignedDuration::from_hours(24));
    let (digests, _) = desk.mails();
    assert_eq!(
        shown(&digests[0], "Story a-2"),
        (false, true),
        "{digests:#?}"
    );
}

#[test]
fn an_alert_that_was_given_up_is_told_in_full_by_the_digest() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.hit("x", Urgency::Digest);
    desk.mails();
    desk.item(&[("a", Urgency::Alert), ("b", Urgency::Digest)]);
    desk.wait(MINUTE);
    desk.mails();
    let changed = desk.connection.execute(
        "UPDATE outbox SET state = 'undeliverable', reply = '550 5.1.1 nobody' WHERE kind = 'alert'",
        [],
    );
    assert_eq!(changed, Ok(1));
    desk.wait(SignedDuration::from_hours(24));
    let (digests, _) = desk.mails();
    assert_eq!(
        shown(&digests[0], "Story a-2"),
        (true, false),
        "{digests:#?}"
    );
}
