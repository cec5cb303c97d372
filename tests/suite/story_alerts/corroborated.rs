//! Watches that alert once several outlets report a story in their own words.

use newsvigil::core::alert::Novelty;

use crate::newsroom::{DAILY, HOUR, ITEM, Item, OFF, Room};

/// The number of outlets that each alert counted, of a story that grows by one item an hour.
fn corroborate(room: &mut Room, first: i64, reports: &[(&str, Option<i64>)]) -> Vec<usize> {
    let mut alerts = Vec::new();
    for (outlet, copy_of) in reports {
        room.wait(HOUR);
        room.item(Item {
            outlet,
            title: &format!("The march, number {}", room.items),
            story: Some(first),
            copy_of: *copy_of,
            // What no watch found counts as well.
            watches: &[],
            ..ITEM
        });
        for mail in room.mails() {
            assert!(!mail.subject.contains("digest"), "{mail:?}");
            let news: String = room
                .connection
                .query_row(
                    "SELECT news FROM delivery WHERE alert_id = ?1",
                    [room.seen],
                    |row| row.get(0),
                )
                .expect("an alert");
            match serde_json::from_str(&news).expect("news") {
                Novelty::Corroborated(found) => alerts.push(found.count),
                other => panic!("{other:?}"),
            }
        }
    }
    alerts
}

#[test]
fn a_corroborated_watch_alerts_once_when_three_outlets_in_their_own_words_report_it() {
    for recipient in [DAILY, OFF] {
        let mut room = Room::new(recipient, "corroborated = 3");
        let first = room.item(Item {
            title: "Police fire on a march",
            story: Some(0),
            ..ITEM
        });
        room.no_mail();
        assert_eq!(
            room.news(first),
            Novelty::Awaited {
                outlets: 1,
                asked: 3
            }
        );
        let copy = Some(first);
        assert_eq!(
            corroborate(
                &mut room,
                first,
                &[("a", None), ("b", copy), ("b", copy), ("c", None)]
            ),
            [0; 0],
            "{recipient}"
        );
        room.reopen();
        assert_eq!(
            corroborate(&mut room, first, &[("d", None), ("b", None), ("a", None)]),
            [3],
            "{recipient}"
        );
        assert_eq!(room.carried(room.seen), [first]);
        // Nor does what the watch finds later say it again.
        room.item(Item {
            outlet: "d",
            title: "What became of the march",
            story: Some(first),
            ..ITEM
        });
        room.no_mail();
    }
}

#[test]
fn a_story_that_a_digest_told_is_an_alert_once_it_is_corroborated() {
    let mut room = Room::new(DAILY, "corroborated = 2");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    let second = room.item(Item {
        title: "Police fired on a march",
        story: Some(first),
        ..ITEM
    });
    assert!(room.digest().text.contains("on a march"));
    let digest = room.seen;
    assert_eq!(room.carried(digest).len(), 2);
    assert_eq!(corroborate(&mut room, first, &[("b", None)]), [2]);
    assert_eq!(room.carried(room.seen), [second], "the newest");
    assert_eq!(room.carried(digest).len(), 2, "the digest told it as well");
    room.reopen();
    assert_eq!(corroborate(&mut room, first, &[("c", None)]), [0; 0]);
}

#[test]
fn stories_that_turn_out_to_be_one_are_corroborated_once() {
    let mut room = Room::new(DAILY, "corroborated = 2");
    let report = |outlet, title| Item {
        outlet,
        title,
        story: Some(0),
        ..ITEM
    };
    let first = room.item(report("a", "Police fire on a march"));
    let second = room.item(report("b", "Shots at demonstrators"));
    room.no_mail();
    room.merge(second, first);
    room.alert();
    assert_eq!(room.carried(room.seen).len(), 2);
    room.no_mail();
    // Another that was awaited by itself, and turns out to be what was told.
    let third = room.item(report("c", "Soldiers shoot"));
    room.no_mail();
    room.merge(third, first);
    room.no_mail();
    room.digest();
    room.no_mail();
}

#[test]
fn a_corroborated_watch_is_not_satisfied_by_the_alert_of_another() {
    let mut room = Room::new(DAILY, "corroborated = 2");
    let first = room.item(Item {
        title: "Police fire on a march and arrest fifty",
        story: Some(0),
        watches: &["force", "arrests"],
        ..ITEM
    });
    room.alert();
    let alert = room.seen;
    assert_eq!(corroborate(&mut room, first, &[("b", None)]), [2]);
    assert_eq!(room.carried(alert).len(), 2, "it told both");
    room.no_mail();
}

#[test]
fn a_watch_that_no_longer_waits_for_outlets_alerts_of_what_comes() {
    let mut room = Room::new(DAILY, "corroborated = 2");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.no_mail();
    room.configure(DAILY, "");
    room.no_mail();
    room.item(Item {
        title: "Police fired on a march",
        story: Some(first),
        ..ITEM
    });
    room.alert();
}

#[test]
fn who_gets_no_digests_is_told_a_day_later_of_what_is_not_corroborated() {
    let mut room = Room::new(OFF, "corroborated = 3");
    let first = room.item(Item {
        title: "Police fire on a march",
        story: Some(0),
        ..ITEM
    });
    room.no_mail();
    // It goes along with no other alert of its watch.
    let other = room.item(Item {
        title: "Police beat prisoners",
        story: Some(0),
        ..ITEM
    });
    assert_eq!(
        corroborate(&mut room, other, &[("b", None), ("c", None)]),
        [3]
    );
    assert_eq!(room.carried(room.seen), [other]);
    room.wait(HOUR * 24);
    room.alert();
    assert_eq!(room.carried(room.seen), [first]);
    assert_eq!(
        corroborate(&mut room, first, &[("b", None), ("c", None), ("d", None)]),
        [3]
    );
}
