//! Items that change again and again: what a reader was told last is what the item says, or is corrected.

mod waiting;

use newsvigil::core::alert::Novelty;
use newsvigil::core::alert::Urgency;
use newsvigil::store::mutes;

use crate::newsroom::{DAILY, HOUR, ITEM, Item, MINUTE, OFF, Room, subjects};

/// Two ways to tell of one event, by a name, a number, and whether it was so, with the victims that each counts.
const TURNS: [[(&str, u32); 2]; 4] = [
    [
        (
            "Anna Roe is detained at the market in Huamanga on Monday, a doctor said",
            0,
        ),
        (
            "Bea Lund is detained at the market in Huamanga on Monday, a doctor said",
            0,
        ),
    ],
    [
        (
            "Police killed 12 at the market in Huamanga on Monday, a doctor said",
            12,
        ),
        (
            "Police killed 2 at the market in Huamanga on Monday, a doctor said",
            2,
        ),
    ],
    // Less than half as many again.
    [
        (
            "Police killed 12 at the market in Huamanga on Monday, a doctor said",
            12,
        ),
        (
            "Police killed 11 at the market in Huamanga on Monday, a doctor said",
            11,
        ),
    ],
    [
        (
            "Police fired on a march at the market in Huamanga on Monday, a doctor said",
            0,
        ),
        (
            "Police did not fire on a march at the market in Huamanga on Monday, a doctor said",
            0,
        ),
    ],
];

fn first(title: &str, victims: u32) -> Item<'_> {
    Item {
        key: "one",
        title,
        story: Some(0),
        victims: Some(victims),
        ..ITEM
    }
}

/// Revises the item `one`, found by these watches.
fn revise(room: &mut Room, (title, victims): (&str, u32), item: Item<'_>) {
    let entry = room.item(Item {
        title,
        story: None,
        ..item
    });
    room.corrected(entry, "something", Some(victims));
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_turn_of_a_headline_that_goes_to_and_fro_is_told() {
    for turns in TURNS {
        for watches in [&[][..], &["force"]] {
            let mut room = Room::new(OFF, "");
            let item = Item {
                watches,
                ..first(turns[0].0, turns[0].1)
            };
            room.item(Item {
                watches: &["force"],
                ..item
            });
            room.alert();
            for turn in 1..6 {
                room.wait(HOUR * 12);
                let now = turns[turn % 2];
                revise(&mut room, now, item);
                room.wait(MINUTE * 20);
                let text: String = room.mails().iter().map(|mail| words(&mail.text)).collect();
                assert!(text.contains(now.0), "{now:?}, {watches:?}, {turn}: {text}");
                assert!(text.contains("Corrected: was “"), "{turn}: {text}");
                room.reopen();
                room.no_mail();
            }
        }
    }
}

#[test]
fn of_turns_within_a_day_three_are_alerts_and_the_digest_has_what_stands() {
    for last in [6, 7] {
        let mut room = Room::new(DAILY, "");
        let turns = TURNS[0];
        let item = Item {
            watches: &[],
            ..first(turns[0].0, 0)
        };
        room.item(Item {
            watches: &["force"],
            ..item
        });
        room.alert();
        let mut alerts = 0;
        for turn in 1..=last {
            revise(&mut room, turns[turn % 2], item);
            room.wait(MINUTE * 20);
            alerts += room.mails().len();
        }
        assert_eq!(alerts, 3);
        let text = words(&room.digest().text);
        // The third alert told the second of the two.
        let is_owed = last % 2 == 0;
        assert_eq!(text.contains("now “Anna Roe"), is_owed, "{text}");
        assert!(!text.contains("now “Bea Lund"), "{text}");
        room.no_mail();
    }
}

#[test]
fn what_a_digest_told_of_a_story_that_was_alerted_is_corrected_at_once() {
    for watches in [&["force"][..], &["arrests"]] {
        let mut room = Room::new(DAILY, "");
        let story = room.item(Item {
            key: "two",
            ..first("Police killed 12 in Huamanga", 12)
        });
        room.alert();
        let item = Item {
            outlet: "b",
            story: Some(story),
            watches,
            urgency: Urgency::Digest,
            ..first("Officers killed Anna Roe and 11 others in Huamanga", 12)
        };
        let entry = room.item(item);
        room.digest();
        room.no_mail();
        revise(
            &mut room,
            ("Officers killed Bea Lund and 11 others in Huamanga", 12),
            Item {
                watches: &[],
                ..item
            },
        );
        let text = words(&room.alert().text);
        assert!(text.contains("Corrected: was “"), "{text}");
        assert!(matches!(room.news(entry), Novelty::Corrected { .. }));
        room.reopen();
        room.no_mail();
    }
}

#[test]
fn a_correction_by_another_outlet_heads_its_story_and_says_itself_once() {
    let mut room = Room::new(DAILY, "");
    let story = room.item(first("Police killed 12 in Huamanga", 12));
    room.alert();
    // Both wait for one mail.
    room.item(Item {
        key: "",
        outlet: "c",
        story: Some(story),
        ..first("Police killed 40 in Huamanga, a union says", 40)
    });
    room.item(Item {
        key: "",
        outlet: "b",
        watches: &[],
        story: Some(story),
        relation: "update",
        corrects: Some("it says that it was corrected: “CORRECTION: 2 wounded in Huamanga”"),
        ..first("CORRECTION: 2 wounded in Huamanga", 2)
    });
    let alert = room.alert();
    assert!(
        alert.subject.starts_with("CORRECTION: 2 wounded in"),
        "{}",
        alert.subject
    );
}

#[test]
fn what_is_corrected_under_the_item_of_another_outlet_names_its_own() {
    let mut room = Room::new(DAILY, "");
    let story = room.item(first("Police killed 12 in Huamanga", 12));
    let other = Item {
        outlet: "b",
        story: Some(story),
        ..first("Officers killed Anna Roe and 11 others in Huamanga", 12)
    };
    let other = Item {
        key: "two",
        ..other
    };
    room.item(other);
    room.alert();
    let item = first("", 0);
    for (title, item) in [
        ("Police killed 2 in Huamanga", item),
        (
            "Officers killed Bea Lund and 11 others in Huamanga",
            Item {
                key: "two",
                outlet: "b",
                ..item
            },
        ),
    ] {
        let watches: &[&str] = &[];
        revise(&mut room, (title, 2), Item { watches, ..item });
    }
    let text = words(&room.alert().text);
    assert!(text.contains("Corrected: was “"), "{text}");
    let by =
        text.contains("Corrected by a.org: was “") || text.contains("Corrected by b.org: was “");
    assert!(by, "{text}");
}

#[test]
fn a_watch_that_was_given_another_id_knows_what_it_told() {
    let mut room = Room::new(DAILY, "");
    let told = Item {
        watches: &["called-otherwise"],
        ..first("Police killed 12 in Huamanga", 12)
    };
    let entry = room.item(told);
    room.connection
        .execute("UPDATE hit SET watch_title = 'Watch force'", [])
        .expect("as it was called");
    room.alert();
    let more = Item {
        key: "",
        outlet: "b",
        story: Some(entry),
        ..first("Dead after a march", 12)
    };
    room.item(more);
    room.no_mail();
    // Another title is another watch.
    room.item(Item {
        watches: &["arrests"],
        ..more
    });
    room.alert();
    let watches: &[&str] = &[];
    revise(
        &mut room,
        ("Police killed 2 in Huamanga", 2),
        Item { watches, ..told },
    );
    let text = words(&room.alert().text);
    assert!(text.contains("Corrected: was “"), "{text}");
}

#[test]
fn what_a_mute_held_back_is_said_once_it_is_over_though_nothing_else_is_to_be_said() {
    for found in [0, 2] {
        let mut room = Room::new(DAILY, "");
        mutes::add(
            &room.connection,
            "force",
            "a quiet day",
            room.now,
            room.now + HOUR * 3,
        )
        .expect("muted");
        for _ in 0..found {
            room.item(Item {
                key: "",
                ..first("Police fire on a march", 0)
            });
        }
        room.no_mail();
        room.wait(HOUR * 24);
        let mails = room.mails();
        assert_eq!(
            mails.len(),
            usize::from(found > 0),
            "{:?}",
            subjects(&mails)
        );
        if let Some(mail) = mails.first() {
            assert!(
                words(&mail.text).contains("2 hits held back"),
                "{}",
                mail.text
            );
        }
        room.wait(HOUR * 24);
        room.no_mail();
    }
}

/// What happens between a hit that nothing new tells and the moment at which digests are switched off, or after it.
#[test]
fn what_was_left_to_a_digest_is_told_by_an_alert_whenever_digests_are_switched_off() {
    for corroborated in ["", "corroborated = 3"] {
        for order in 0..4 {
            let mut room = Room::new(DAILY, corroborated);
            let story = room.item(Item {
                key: "",
                ..first("Police killed 12 in Huamanga", 12)
            });
            if corroborated.is_empty() {
                room.alert();
            }
            let more = room.item(Item {
                key: "",
                outlet: "b",
                story: Some(story),
                ..first("12 are dead in Huamanga", 12)
            });
            room.no_mail();
            match order {
                1 => room.reopen(),
                2 => {
                    mutes::add(&room.connection, "force", "", room.now, room.now + HOUR)
                        .expect("muted");
                }
                _ => {}
            }
            room.configure(OFF, corroborated);
            room.no_mail();
            if order == 3 {
                room.reopen();
                room.no_mail();
            }
            room.wait(HOUR * 24);
            room.alert();
            assert!(room.carried(room.seen).contains(&more), "{order}");
            room.reopen();
            room.no_mail();
        }
    }
}

#[test]
fn a_correction_marks_what_its_watch_finds_in_the_new_words() {
    let mut room = Room::new(OFF, "");
    let item = first("Police use force in Huamanga: 12 killed", 12);
    room.item(item);
    room.alert();
    let watches: &[&str] = &[];
    let now = ("Police use force in Huamanga: 2 killed", 2);
    revise(&mut room, now, Item { watches, ..item });
    let text = words(&room.alert().text);
    assert!(text.contains("Police use **force** in"), "{text}");
    assert!(text.contains("Matched by Watch force."), "{text}");
}

/// What was told of a story, and what an item of it that was not told says at first and then.
const UNTOLD: [([&str; 3], bool); 5] = [
    (["Bea Roe is detained", "Anna Roe", "Bea Roe"], false),
    (
        ["Police killed 2", "Police killed 12", "Police killed 2"],
        false,
    ),
    (["Anna Roe is detained", "Anna Roe", "Bea Roe"], true),
    (
        ["Police killed 12", "Police killed 12", "Police killed 2"],
        true,
    ),
    (["A woman is detained", "Anna Roe", "Bea Roe"], true),
];

#[test]
fn what_only_an_untold_item_said_otherwise_is_no_correction_of_what_was_told() {
    for ([told, before, after], is_correction) in UNTOLD {
        for watches in [&[][..], &["force"]] {
            let mut room = Room::new(OFF, "");
            let story = room.item(Item {
                key: "two",
                ..first(told, 12)
            });
            room.alert();
            let item = Item {
                outlet: "b",
                story: Some(story),
                ..first(before, 12)
            };
            let entry = room.item(item);
            room.no_mail();
            room.item(Item {
                title: after,
                story: None,
                watches,
                ..item
            });
            room.corrected(entry, &format!("“{before}” became “{after}”"), Some(2));
            if is_correction {
                let text = words(&room.alert().text);
                let said = format!("now “{after}”");
                assert!(text.contains(&said), "{told}, {before}: {text}");
            } else {
                room.no_mail();
                room.wait(HOUR * 24);
                let text = words(&room.alert().text);
                assert!(!text.contains("Corrected"), "{told}, {before}: {text}");
            }
        }
    }
}
