//! What one mail left untold, and which mail tells it.

use newsvigil::store::{digests, mutes, stories};

use crate::newsroom::OFF;

use super::*;

#[test]
fn what_stood_in_the_count_of_an_alert_is_told_by_the_next() {
    const STORIES: i64 = 400;
    for recipient in [DAILY, OFF] {
        let mut room = Room::new(recipient, "");
        let mut stories = Vec::new();
        for number in 0..STORIES {
            stories.push(room.item(Item {
                title: &format!("March number {number} is dispersed"),
                story: Some(0),
                ..ITEM
            }));
        }
        let alert = room.alert();
        let told: Vec<bool> = (0..STORIES)
            .map(|number| words(&alert.text).contains(&format!("March number {number} is")))
            .collect();
        let in_words = told.iter().filter(|told| **told).count();
        assert!((10..300).contains(&in_words), "{in_words}");
        assert_eq!(room.carried(room.seen).len(), 400);
        let place = |is: bool| told.iter().position(|told| *told == is).expect("one");
        let more = |story| Item {
            outlet: "b",
            title: "What became of the march",
            story: Some(story),
            ..ITEM
        };
        room.item(more(stories[place(true)]));
        room.no_mail();
        let counted = stories[place(false)];
        let second = room.item(more(counted));
        let alert = room.alert();
        assert_eq!(room.news(second), Novelty::First);
        assert!(alert.text.contains("What became"), "{}", alert.text);
        if recipient == DAILY {
            // The others are new to the digest.
            let text = words(&room.digest().text);
            assert!(!text.contains("Sent before, as alerts (40"), "{text}");
            let anew = (0..STORIES).filter(|number| {
                !told[usize::try_from(*number).expect("small")]
                    && text.contains(&format!("March number {number} is"))
            });
            assert!(anew.count() > 10, "{text}");
        }
        room.no_mail();
    }
}

#[test]
fn what_waits_for_a_digest_that_is_off_since_is_told_by_an_alert() {
    let mut room = Room::new(DAILY, "");
    let story = room.item(first("12 killed in Huamanga", 12));
    room.alert();
    let more = room.item(Item {
        outlet: "b",
        story: Some(story),
        ..first("12 are dead in Huamanga", 12)
    });
    room.no_mail();
    room.configure(OFF, "");
    room.no_mail();
    room.wait(HOUR * 24);
    room.alert();
    assert_eq!(room.carried(room.seen), [more]);
    room.no_mail();
}

#[test]
fn who_takes_no_alerts_any_more_is_told_by_the_digest() {
    let mut room = Room::new(DAILY, "corroborated = 2");
    let story = room.item(first("12 killed in Huamanga", 12));
    room.no_mail();
    room.configure(NO_ALERTS, "corroborated = 2");
    room.item(Item {
        outlet: "b",
        story: Some(story),
        watches: &[],
        ..first("Dozen killed in Huamanga", 12)
    });
    let beside = room.item(first("Police beat prisoners", 0));
    room.no_mail();
    room.digest();
    assert!(room.carried(room.seen).contains(&story));
    assert!(room.carried(room.seen).contains(&beside));
    room.no_mail();
}

#[test]
fn a_story_that_a_version_without_stories_told_is_known_with_its_number() {
    let mut room = Room::new(DAILY, "");
    let story = room.item(first("12 killed in Huamanga", 12));
    room.alert();
    room.connection
        .execute("UPDATE delivery SET news = NULL, victims = NULL", [])
        .expect("as it was");
    let more = |title, victims| Item {
        outlet: "b",
        story: Some(story),
        ..first(title, victims)
    };
    room.item(more("12 are dead in Huamanga", 12));
    room.no_mail();
    room.item(more("20 are dead in Huamanga", 20));
    room.alert();
}

#[test]
fn what_is_found_in_the_second_of_a_mail_is_in_the_next() {
    let mut room = Room::new(DAILY, "");
    room.item(first("12 killed in Huamanga", 12));
    room.alert();
    let second = room.item(first("Police beat prisoners", 0));
    let alert = room.alert();
    assert!(alert.text.contains("beat prisoners"), "{}", alert.text);
    assert_eq!(room.carried(room.seen), [second]);
    let digest = |title, story| Item {
        title,
        story,
        urgency: Urgency::Digest,
        ..ITEM
    };
    room.item(digest("A march in Huamanga", None));
    room.digest();
    let same_second = room.item(digest("A strike in Huamanga", None));
    assert!(room.mails_now().is_empty());
    let text = room.digest().text;
    assert!(text.contains("A strike in Huamanga"), "{text}");
    assert_eq!(room.carried(room.seen), [same_second]);
}

#[test]
fn a_story_that_was_told_and_taken_apart_is_told_item_by_item() {
    let mut room = Room::new(DAILY, "");
    let story = room.item(first("12 killed in Huamanga", 12));
    let other = room.item(Item {
        outlet: "b",
        story: Some(story),
        ..first("12 killed in Velmora", 12)
    });
    room.alert();
    stories::split(&mut room.connection, story).expect("apart");
    room.no_mail();
    // Each was told, and is corrected by itself.
    room.item(Item {
        outlet: "c",
        story: Some(other),
        ..first("20 killed in Velmora", 20)
    });
    room.alert();
    room.item(Item {
        outlet: "c",
        story: Some(story),
        ..first("14 killed in Huamanga", 14)
    });
    room.no_mail();
}

#[test]
fn whom_an_alert_will_tell_is_no_creditor_without_a_digest() {
    let mut room = Room::new(DAILY, "");
    room.configure(OFF, "");
    let story = room.item(first("12 killed in Huamanga", 12));
    room.alert();
    room.item(Item {
        outlet: "b",
        story: Some(story),
        ..first("12 are dead in Huamanga", 12)
    });
    room.no_mail();
    assert!(!digests::waits_for_digest(&room.connection, "desk").expect("read"));
}

#[test]
fn a_watch_that_was_given_another_id_goes_on_waiting_for_outlets() {
    for found in [&[][..], &["force"]] {
        for is_muted in [false, true] {
            let mut room = Room::new(DAILY, "corroborated = 2");
            let story = room.item(Item {
                watches: &["called-otherwise"],
                ..first("Police killed 12 in Huamanga", 12)
            });
            room.connection
                .execute("UPDATE hit SET watch_title = 'Watch force'", [])
                .expect("as it was called");
            room.no_mail();
            assert!(matches!(room.news(story), Novelty::Awaited { .. }));
            if is_muted {
                let until = room.now + HOUR;
                mutes::add(&room.connection, "force", "", room.now, until).expect("muted");
            }
            let watches = if is_muted { &[] } else { found };
            room.item(Item {
                outlet: "b",
                watches,
                story: Some(story),
                ..first("12 are dead in Huamanga", 12)
            });
            if is_muted {
                room.no_mail();
                room.wait(HOUR);
            }
            let mail = room.alert();
            assert!(!mail.text.contains("called-otherwise"), "{}", mail.text);
            assert!(
                !mail.subject.contains("called-otherwise"),
                "{}",
                mail.subject
            );
            assert!(matches!(room.news(story), Novelty::Corroborated(_)));
            room.reopen();
            room.no_mail();
        }
    }
}
