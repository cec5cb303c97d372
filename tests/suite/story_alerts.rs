//! Which items of a story are alerts.

use newsvigil::core::alert::Novelty;
use newsvigil::store::mutes;
use newsvigil::store::polls::Urgency;

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
