//! Items that say of themselves that they correct their story.

use crate::newsroom::OFF;

use super::*;

#[test]
fn who_corrects_a_story_that_was_told_is_told_though_no_watch_finds_it() {
    for (recipient, urgency) in [
        (DAILY, Urgency::Alert),
        (OFF, Urgency::Alert),
        (DAILY, Urgency::Digest),
    ] {
        let mut room = Room::new(recipient, "");
        let story = room.item(Item {
            urgency,
            ..first("Police killed 12 in Huamanga", 12)
        });
        if urgency == Urgency::Alert {
            room.alert();
        } else {
            room.digest();
        }
        let what = "it says that it was corrected: “Correction: 2 wounded”";
        let correction = room.item(Item {
            outlet: "b",
            watches: &[],
            story: Some(story),
            relation: "update",
            corrects: Some(what),
            ..first("Correction: 2 wounded in Huamanga", 2)
        });
        let mail = if urgency == Urgency::Alert {
            room.alert()
        } else {
            room.digest()
        };
        let text = words(&mail.text);
        assert!(text.contains("2 wounded in Huamanga"), "{text}");
        assert!(
            text.contains("it now says “Correction: 2 wounded”"),
            "{text}"
        );
        let news = Novelty::corrected(what);
        assert_eq!(room.news(correction), news);
        room.reopen();
        room.no_mail();
    }
}

#[test]
fn a_correction_of_a_story_that_nobody_was_told_is_told_to_nobody() {
    let mut room = Room::new(DAILY, "");
    let story = room.item(Item {
        watches: &[],
        ..first("Police killed 12 in Huamanga", 12)
    });
    room.item(Item {
        outlet: "b",
        watches: &[],
        story: Some(story),
        relation: "update",
        corrects: Some("it says that it was corrected: “Correction”"),
        ..first("Correction: 2 wounded in Huamanga", 2)
    });
    room.no_mail();
    room.wait(HOUR * 24);
    room.no_mail();
}

/// An item of another outlet that is there to correct the story.
fn correction<'a>(outlet: &'a str, story: i64, what: &'a str) -> Item<'a> {
    Item {
        outlet,
        watches: &[],
        story: Some(story),
        relation: "update",
        corrects: Some(what),
        ..first("Correction: 2 wounded in Huamanga", 2)
    }
}

const WHAT: &str = "it says that it was corrected: “Correction: 2 wounded”";

#[test]
fn of_many_corrections_that_a_watch_finds_the_digest_has_the_rest() {
    for recipient in [DAILY, OFF] {
        let mut room = Room::new(recipient, "");
        let story = room.item(first("Police killed 12 in Huamanga", 12));
        room.alert();
        let mut alerts = 0;
        for (number, outlet) in ["b", "c", "d", "b", "c"].into_iter().enumerate() {
            let what = format!("it says that it was corrected: “Correction {number}”");
            room.item(Item {
                watches: &["force"],
                title: &format!("Correction {number}: what happened in Huamanga"),
                victims: Some(12),
                ..correction(outlet, story, &what)
            });
            room.wait(MINUTE * 20);
            alerts += room.mails().len();
        }
        assert_eq!(alerts, CORRECTIONS_A_DAY, "{recipient}");
        room.wait(HOUR * 24);
        let mails = room.mails();
        let text: String = mails.iter().map(|mail| words(&mail.text)).collect();
        for number in 3..5 {
            let said = format!("it now says “Correction {number}”");
            assert!(text.contains(&said), "{recipient}: {text}");
        }
        room.reopen();
        room.no_mail();
    }
}

#[test]
fn a_correction_that_a_watch_finds_which_waits_for_outlets_is_told_as_any_other() {
    for recipient in [DAILY, OFF] {
        for told in [&["arrests"][..], &["arrests", "force"]] {
            for found in [&[][..], &["force"], &["force", "arrests"]] {
                let mut room = Room::new(recipient, "corroborated = 3");
                let story = room.item(Item {
                    watches: told,
                    ..first("Police killed 12 in Huamanga", 12)
                });
                room.alert();
                room.item(Item {
                    watches: found,
                    ..correction("b", story, WHAT)
                });
                let text = words(&room.alert().text);
                assert!(
                    text.contains("it now says “Correction: 2 wounded”"),
                    "{recipient}, {told:?}, {found:?}: {text}"
                );
                room.reopen();
                room.no_mail();
            }
        }
    }
    let mut room = Room::new(DAILY, "corroborated = 3");
    let story = room.item(first("Police killed 12 in Huamanga", 12));
    room.no_mail();
    room.digest();
    room.item(Item {
        watches: &["force"],
        ..correction("b", story, WHAT)
    });
    room.no_mail();
    let text = words(&room.digest().text);
    assert!(
        text.contains("it now says “Correction: 2 wounded”"),
        "{text}"
    );
    room.no_mail();
}

#[test]
fn what_corrects_nothing_that_was_told_is_told_to_nobody() {
    for urgency in [Urgency::Alert, Urgency::Digest] {
        let mut room = Room::new(DAILY, "");
        let story = room.item(Item {
            watches: &[],
            ..first("Police killed 12 in Huamanga", 12)
        });
        room.item(correction("b", story, WHAT));
        room.no_mail();
        room.item(Item {
            outlet: "c",
            story: Some(story),
            urgency,
            ..first("2 wounded in Huamanga, a doctor says", 2)
        });
        if urgency == Urgency::Alert {
            room.alert();
        } else {
            room.digest();
        }
        room.reopen();
        room.no_mail();
        room.wait(HOUR * 24);
        let mails = room.mails();
        assert!(
            mails
                .iter()
                .all(|mail| !mail.text.contains("Correction: 2 wounded")),
            "{urgency:?}"
        );
    }
}

#[test]
fn what_was_there_before_its_correction_is_corrected_though_it_was_told_after_it() {
    let mut room = Room::new("quiet = \"12:10-14:00\"\ndigest = [\"daily 07:30\"]", "");
    room.wait(MINUTE * 10);
    let story = room.item(first("Police killed 12 in Huamanga", 12));
    room.no_mail();
    room.item(correction("b", story, WHAT));
    room.no_mail();
    room.wait(HOUR * 2);
    let mut text = String::new();
    for _ in 0..3 {
        text += &(room.mails().iter())
            .map(|mail| words(&mail.text))
            .collect::<String>();
        room.wait(MINUTE * 20);
    }
    assert!(
        text.contains("it now says “Correction: 2 wounded”"),
        "{text}"
    );
}
