//! What a mute holds back, and who is told of it.

use newsvigil::store::mutes;

use super::*;

#[test]
fn a_mute_holds_back_counts_and_ends() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    let ends = desk.now + SignedDuration::from_hours(1);
    mutes::add(&desk.connection, "force", "too many", desk.now, ends).expect("muted");
    desk.hit("force", Urgency::Alert);
    desk.wait(MINUTE);
    assert!(desk.mails().0.is_empty());
    desk.wait(SignedDuration::from_hours(2));
    desk.hit("force", Urgency::Digest);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1, "the mute has ended by itself");
    assert!(mails[0].text.contains("Story force-2"));
    assert!(!mails[0].text.contains("Story force-1"));
    let hits = newsvigil::store::hits::count(&desk.connection).expect("counted");
    assert_eq!(hits.0, 2, "what was muted is stored");
}

#[test]
fn a_mute_that_was_set_again_is_listed_once_with_all_that_was_held_back() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    let hour = SignedDuration::from_hours(1);
    for (reason, hours) in [("first", 2), ("second", 3), ("third", 4)] {
        let ends = desk.now + hour * hours;
        mutes::add(&desk.connection, "force", reason, desk.now, ends).expect("muted");
        desk.hit("force", Urgency::Digest);
        desk.wait(MINUTE);
    }
    for listed in [
        mutes::since(&desk.connection, desk.now - hour, desk.now),
        mutes::since(&desk.connection, desk.now - hour * 24, desk.now),
    ] {
        let listed = listed.expect("read");
        assert_eq!(listed.len(), 1, "{listed:?}");
        assert_eq!(
            (listed[0].reason.as_str(), listed[0].held_back),
            ("third", 3)
        );
    }
    desk.hit("other", Urgency::Digest);
    let (mails, _) = desk.mails();
    let text = mails[0]
        .text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(text.contains("Muted (1):"), "{text}");
    assert!(text.contains("3 hits held back (third)"), "{text}");
    assert!(!text.contains("(first)"), "{text}");
}

#[test]
fn who_gets_no_digest_is_told_what_a_mute_held_back_by_the_next_alert_however_late() {
    for alerted_before in [true, false] {
        let mut desk = Desk::new(OFF);
        desk.feed_is(false);
        if alerted_before {
            desk.hit("other", Urgency::Alert);
            desk.wait(MINUTE);
            assert_eq!(desk.mails().0.len(), 1);
        }
        desk.wait(SignedDuration::from_hours(2));
        let ends = desk.now + SignedDuration::from_hours(3);
        mutes::add(&desk.connection, "force", "too many", desk.now, ends).expect("muted");
        for _ in 0..2 {
            desk.hit("force", Urgency::Alert);
        }
        desk.wait(SignedDuration::from_hours(24 * 9));
        assert!(desk.mails().0.is_empty());
        let mut told = Vec::new();
        for _ in 0..2 {
            desk.hit("other", Urgency::Alert);
            desk.wait(MINUTE);
            let (mails, _) = desk.mails();
            assert_eq!(mails.len(), 1);
            let words: Vec<&str> = mails[0].text.split_whitespace().collect();
            let said = "2 hits were held back while their watches were muted.";
            told.push(words.join(" ").contains(said));
            desk.wait(SignedDuration::from_hours(25));
        }
        assert_eq!(told, [true, false], "{alerted_before}");
    }
}

#[test]
fn an_alert_during_a_mute_takes_nothing_of_what_it_held_back() {
    let mut desk = Desk::new(OFF);
    let ends = desk.now + SignedDuration::from_hours(24 * 7);
    mutes::add(&desk.connection, "force", "too many", desk.now, ends).expect("muted");
    desk.hit("force", Urgency::Alert);
    let mut told = 0;
    for days in [3, 6] {
        desk.wait(SignedDuration::from_hours(24 * days));
        desk.hit("other", Urgency::Alert);
        desk.wait(MINUTE);
        let (mails, _) = desk.mails();
        let words: Vec<&str> = mails[0].text.split_whitespace().collect();
        let said = "1 hit was held back while its watch was muted.";
        told += usize::from(words.join(" ").contains(said));
    }
    assert_eq!(told, 1);
}
