//! Alerts of numbers that grew and of what was corrected.

use newsvigil::core::alert::Novelty;
use newsvigil::core::alert::Urgency;
use newsvigil::store::mutes;

use crate::newsroom::{DAILY, HOUR, ITEM, Item, Room};

#[test]
fn victims_that_grew_by_half_are_an_alert_that_says_how_many_were_told() {
    let mut room = Room::new(DAILY, "");
    let first = room.item(Item {
        title: "12 killed in Huamanga",
        story: Some(0),
        victims: Some(12),
        ..ITEM
    });
    room.alert();
    let counts = |title, victims| Item {
        title,
        outlet: "b",
        story: Some(first),
        victims: Some(victims),
        ..ITEM
    };
    room.item(counts("14 killed in Huamanga", 14));
    room.no_mail();
    let grown = room.item(counts("21 killed in Huamanga", 21));
    room.alert();
    let news = Novelty::Victims {
        counted: 21,
        told: Some(12),
    };
    assert_eq!(room.news(grown), news);
    // Of the most that were told, not of the first.
    room.item(counts("24 killed in Huamanga", 24));
    room.no_mail();
}

#[test]
fn a_correction_is_an_alert_also_where_the_words_are_gone_that_were_found() {
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        title: "Police killed 12 in Huamanga",
        story: Some(0),
        victims: Some(12),
        ..ITEM
    };
    let entry = room.item(item);
    room.alert();
    // It matches nothing any more.
    room.wait(HOUR);
    let corrected = Item {
        title: "Police wounded 2 in Huamanga",
        watches: &[],
        story: None,
        ..item
    };
    assert_eq!(room.item(corrected), entry);
    room.no_mail();
    let what = "“Police killed 12 in Huamanga” became “Police wounded 2 in Huamanga”";
    room.corrected(entry, what, Some(2));
    let alert = room.alert();
    assert!(alert.text.contains("wounded 2"), "{}", alert.text);
    assert_eq!(room.news(entry), Novelty::corrected(what));
    room.no_mail();
    room.reopen();
    room.no_mail();
    // A revision that changes nothing of it.
    room.item(Item {
        title: "Police wounded 2 in Huamanga, it says",
        ..corrected
    });
    room.connection
        .execute("UPDATE story_item SET revision = 2", [])
        .expect("looked at");
    room.no_mail();
    // And one that does.
    room.item(Item {
        title: "Police wounded 3 in Huamanga",
        ..corrected
    });
    room.corrected(entry, "it counts 3 now, where it counted 2", Some(3));
    room.alert();
    room.no_mail();
}

#[test]
fn what_was_not_told_at_once_is_not_corrected_at_once() {
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        title: "Police killed 12 in Huamanga",
        story: Some(0),
        urgency: Urgency::Digest,
        ..ITEM
    };
    let entry = room.item(item);
    room.digest();
    room.item(Item {
        title: "Police killed 2 in Huamanga",
        story: None,
        ..item
    });
    room.corrected(entry, "it counts 2 now", Some(2));
    room.no_mail();
}

#[test]
fn a_muted_watch_corrects_nothing_until_its_mute_is_over() {
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        title: "Police killed 12 in Huamanga",
        story: Some(0),
        ..ITEM
    };
    let entry = room.item(item);
    room.alert();
    mutes::add(
        &room.connection,
        "force",
        "a quiet day",
        room.now,
        room.now + HOUR * 3,
    )
    .expect("muted");
    room.item(Item {
        title: "Police killed 2 in Huamanga",
        story: None,
        ..item
    });
    room.corrected(entry, "it counts 2 now", Some(2));
    room.no_mail();
    room.wait(HOUR * 3);
    room.alert();
}

#[test]
fn a_number_that_grew_in_a_revision_is_an_alert_where_it_grew_by_half() {
    fn says<'a>(title: &'a str, item: Item<'a>) -> Item<'a> {
        Item {
            title,
            story: None,
            ..item
        }
    }
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        title: "12 killed in Huamanga",
        story: Some(0),
        victims: Some(12),
        ..ITEM
    };
    let entry = room.item(item);
    room.alert();
    let news = |counted, told| Novelty::Victims {
        counted,
        told: Some(told),
    };
    // Half as many again, from one count to the next, and then of the most that were told.
    for (count, alerts) in [
        (13, None),
        (17, None),
        (18, Some(12)),
        (26, None),
        (27, Some(18)),
    ] {
        let title = format!("{count} killed in Huamanga");
        room.item(says(&title, item));
        room.changed(
            entry,
            &format!("it counts {count}, and had counted fewer"),
            Some(count),
        );
        match alerts {
            Some(told) => {
                let alert = room.alert();
                assert!(
                    alert.text.contains(&format!("{count} dead or hurt")),
                    "{}",
                    alert.text
                );
                assert_eq!(room.news(entry), news(count, told));
            }
            None => room.no_mail(),
        }
        room.no_mail();
        room.reopen();
        room.no_mail();
    }
    // A number that counts no victims.
    room.item(says("27 killed in Huamanga, 5,000 at the burial", item));
    room.changed(entry, "“1,000” became “5,000”", Some(27));
    room.no_mail();
}

#[test]
fn an_item_that_corrects_its_story_is_an_alert() {
    let mut room = Room::new(DAILY, "");
    let first = room.item(Item {
        title: "Police killed 12 in Huamanga",
        story: Some(0),
        victims: Some(12),
        ..ITEM
    });
    room.alert();
    let what = "it says that it was corrected: “Correction: Police wounded 2”";
    let correction = room.item(Item {
        title: "Correction: Police wounded 2 in Huamanga",
        outlet: "b",
        story: Some(first),
        relation: "update",
        corrects: Some(what),
        victims: Some(2),
        ..ITEM
    });
    let alert = room.alert();
    assert!(alert.text.contains("wounded 2"), "{}", alert.text);
    assert_eq!(room.news(correction), Novelty::corrected(what));
    room.reopen();
    room.no_mail();
}
