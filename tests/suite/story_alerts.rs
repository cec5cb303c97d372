//! Which items of a story are alerts.

mod corrections;
mod corroborated;

use newsvigil::core::alert::Novelty;

use crate::newsroom::{DAILY, HOUR, ITEM, Item, MINUTE, OFF, Room, subjects};

#[test]
fn an_identical_headline_forty_minutes_later_is_no_second_alert_and_stands_in_the_digest() {
    let mut room = Room::new(DAILY, "");
    let first = room.item(Item {
        title: "Police fire on a march in Huamanga",
        story: Some(0),
        ..ITEM
    });
    assert!(room.alert().text.contains("march in Huamanga"));
    room.wait(MINUTE * 40);
    let second = room.item(Item {
        outlet: "b",
        title: "Police fire on a march in Huamanga ",
        story: Some(first),
        relation: "copy",
        copy_of: Some(first),
        ..ITEM
    });
    room.no_mail();
    assert_eq!(room.news(first), Novelty::First);
    assert_eq!(room.news(second), Novelty::More);
    let digest = room.digest();
    assert!(digest.text.contains("march in Huamanga"), "{}", digest.text);
    assert!(room.carried(room.seen).contains(&second));
    room.no_mail();
}

#[test]
fn an_item_of_another_story_or_of_none_is_an_alert() {
    let mut room = Room::new(DAILY, "");
    let title = "Police fire on a march";
    room.item(Item {
        title,
        story: Some(0),
        ..ITEM
    });
    room.alert();
    for story in [Some(0), None, None] {
        let title = format!("{title} {}", room.items);
        room.item(Item {
            title: &title,
            story,
            ..ITEM
        });
        room.alert();
    }
}

#[test]
fn another_watch_that_finds_the_story_is_an_alert_once() {
    let mut room = Room::new(DAILY, "");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.alert();
    let later = |title| Item {
        title,
        outlet: "b",
        story: Some(first),
        watches: &["force", "arrests"],
        ..ITEM
    };
    let second = room.item(later("Fifty are in custody after the march"));
    let alert = room.alert();
    assert!(
        alert.text.contains("Fifty are in custody"),
        "{}",
        alert.text
    );
    assert_eq!(room.news(second), Novelty::Watch);
    room.item(later("Custody for fifty who marched"));
    room.no_mail();
}

#[test]
fn an_alert_that_was_given_up_told_nothing() {
    let mut room = Room::new(DAILY, "");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.alert();
    room.connection
        .execute(
            "UPDATE outbox SET state = 'undeliverable' WHERE id = ?1",
            [room.seen],
        )
        .expect("given up");
    let second = room.item(Item {
        outlet: "b",
        title: "A march is fired on",
        story: Some(first),
        ..ITEM
    });
    room.alert();
    assert_eq!(room.news(second), Novelty::First);
}

#[test]
fn what_waits_for_the_end_of_the_quiet_hours_is_one_mail_with_all_of_its_story() {
    let mut room = Room::new("quiet = \"00:00-06:00\"\ndigest = [\"daily 07:30\"]", "");
    room.now = "2026-03-03T01:00:00Z".parse().expect("a time");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.no_mail();
    for outlet in ["b", "c"] {
        room.item(Item {
            outlet,
            title: &format!("A march is fired on, says {outlet}"),
            story: Some(first),
            ..ITEM
        });
        room.no_mail();
    }
    room.now = "2026-03-03T06:01:00Z".parse().expect("a time");
    assert_eq!(room.mails().len(), 1);
    assert_eq!(room.carried(room.seen).len(), 3);
    room.item(Item {
        outlet: "d",
        title: "What became of the march",
        story: Some(first),
        ..ITEM
    });
    room.no_mail();
}

#[test]
fn who_gets_no_digests_is_told_of_more_with_the_next_alert_or_a_day_later() {
    let mut room = Room::new(OFF, "");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.alert();
    let more = |title| Item {
        outlet: "b",
        title,
        story: Some(first),
        ..ITEM
    };
    let second = room.item(more("A march is fired on"));
    room.no_mail();
    room.item(Item {
        title: "Police beat prisoners",
        story: Some(0),
        ..ITEM
    });
    room.alert();
    assert!(room.carried(room.seen).contains(&second), "it went along");
    let third = room.item(more("What became of the march"));
    room.no_mail();
    room.wait(HOUR * 22);
    room.no_mail();
    room.wait(HOUR);
    room.alert();
    assert_eq!(room.carried(room.seen), [third]);
    room.wait(HOUR * 30);
    room.no_mail();
}

#[test]
fn a_story_that_a_digest_told_in_the_place_of_its_alert_was_told() {
    let mut room = Room::new("quiet = \"00:00-12:00\"\ndigest = [\"daily 07:30\"]", "");
    room.now = "2026-03-03T07:00:00Z".parse().expect("a time");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.wait(HOUR);
    assert_eq!(room.mails().len(), 1, "the digest");
    room.now = "2026-03-03T12:10:00Z".parse().expect("a time");
    room.item(Item {
        outlet: "b",
        title: "A march is fired on",
        story: Some(first),
        ..ITEM
    });
    room.no_mail();
}

#[test]
fn a_watch_without_stories_is_told_each_item() {
    let mut room = Room::new(DAILY, "stories = false");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.alert();
    let second = room.item(Item {
        outlet: "b",
        title: "A march is fired on",
        story: Some(first),
        relation: "copy",
        ..ITEM
    });
    room.alert();
    assert_eq!(room.news(second), Novelty::Each);
}

#[test]
fn items_of_one_story_that_two_watches_found_are_one_alert() {
    for (recipient, joined) in [(DAILY, false), (OFF, false), (DAILY, true)] {
        let mut room = Room::new(recipient, "");
        let first = room.item(Item {
            title: "Police fire on the march",
            story: Some(0),
            ..ITEM
        });
        let second = room.item(Item {
            title: "Fifty are in custody after the march",
            outlet: "b",
            watches: &["arrests"],
            // A story that is merged is one.
            story: Some(if joined { 0 } else { first }),
            ..ITEM
        });
        if joined {
            room.merge(second, first);
        }
        room.item(Item {
            title: "Something else in custody",
            outlet: "c",
            watches: &["arrests"],
            story: Some(0),
            ..ITEM
        });
        room.wait(MINUTE * 20);
        let mails = room.mails();
        assert_eq!(mails.len(), 2, "{:?}", subjects(&mails));
        let text = mails[0].text.replace('\n', " ");
        assert!(text.contains("Watch force"), "{text}");
        assert!(
            text.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .contains("Also matched by: Watch arrests."),
            "{text}"
        );
        assert!(text.contains("https://b.org/"), "{text}");
        assert!(!text.contains("Something else"), "{text}");
        assert!(mails[1].text.contains("Something else"));
        assert!(!mails[1].text.contains("b.org"));
        assert!(room.carried(room.seen - 1).contains(&second));
        // Both watches were told of the story.
        room.item(Item {
            title: "Custody for fifty who marched",
            outlet: "d",
            watches: &["arrests"],
            story: Some(first),
            ..ITEM
        });
        room.no_mail();
    }
}

#[test]
fn a_watch_that_takes_each_item_has_mails_of_its_own() {
    let mut room = Room::new(DAILY, "stories = false");
    let first = room.item(Item {
        title: "Police fire on the march",
        story: Some(0),
        ..ITEM
    });
    room.item(Item {
        title: "Fifty are in custody after the march",
        outlet: "b",
        watches: &["arrests"],
        story: Some(first),
        ..ITEM
    });
    room.wait(MINUTE * 20);
    let mails = room.mails();
    assert_eq!(mails.len(), 2, "{:?}", subjects(&mails));
    assert!(!mails[0].text.contains("b.org"));
}
