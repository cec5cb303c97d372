//! What was told of a story and is another thing by now, and what is not told where one might think so.

mod correcting_items;
mod untold;

use newsvigil::core::alert::Urgency;
use newsvigil::core::alert::{CORRECTIONS_A_DAY, Novelty};

use crate::newsroom::{DAILY, HOUR, ITEM, Item, MINUTE, Room};

const NO_ALERTS: &str = "alerts = false\ndigest = [\"daily 07:30\"]";

fn first(title: &str, victims: u32) -> Item<'_> {
    Item {
        title,
        story: Some(0),
        victims: Some(victims),
        ..ITEM
    }
}

/// The text of a mail in one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same item, revised.
fn revised<'a>(item: Item<'a>, title: &'a str) -> Item<'a> {
    Item {
        title,
        story: None,
        ..item
    }
}

#[test]
fn one_wrong_number_does_not_keep_all_that_come_after_it_from_being_news() {
    let mut room = Room::new(DAILY, "");
    let story = room.item(first("12 killed in Huamanga", 12));
    room.alert();
    let counts = |outlet, title, victims| Item {
        outlet,
        story: Some(story),
        ..first(title, victims)
    };
    room.item(counts("b", "12000 killed in Huamanga", 12_000));
    room.alert();
    let more = room.item(counts("c", "18 killed in Huamanga", 18));
    room.alert();
    assert_eq!(
        room.news(more),
        Novelty::Victims {
            counted: 18,
            told: Some(12_000)
        }
    );
    room.item(counts("d", "19 killed in Huamanga", 19));
    room.no_mail();
    room.item(counts("d", "27 killed in Huamanga", 27));
    room.alert();
}

#[test]
fn a_correction_to_fewer_is_what_later_numbers_are_measured_by() {
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        ..first("12 killed in Huamanga", 12)
    };
    let story = room.item(item);
    room.alert();
    room.item(revised(item, "2 killed in Huamanga"));
    room.corrected(story, "“12 killed” became “2 killed”", Some(2));
    room.alert();
    let more = room.item(Item {
        outlet: "b",
        story: Some(story),
        ..first("5 killed in Huamanga", 5)
    });
    room.alert();
    assert_eq!(
        room.news(more),
        Novelty::Victims {
            counted: 5,
            told: Some(2)
        }
    );
}

#[test]
fn of_many_corrections_in_a_day_the_first_are_alerts_and_the_digest_has_the_rest() {
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        ..first("Anna Roe is detained", 0)
    };
    let story = room.item(item);
    room.alert();
    let names = ["Bea", "Cleo", "Dora", "Elsa", "Fay", "Gina"];
    let mut alerts = 0;
    for name in names {
        room.item(revised(item, &format!("{name} Roe is detained")));
        room.corrected(story, &format!("the name became “{name}”"), None);
        room.wait(MINUTE * 20);
        alerts += room.mails().len();
    }
    assert_eq!(alerts, CORRECTIONS_A_DAY);
    let digest = room.digest();
    let text = words(&digest.text);
    assert!(text.contains("Gina Roe is detained"), "{text}");
    assert!(text.contains("now “Gina"), "{text}");
    for name in &names[..5] {
        assert!(!text.contains(&format!("now “{name}")), "{text}");
    }
}

#[test]
fn what_a_digest_told_is_corrected_in_the_next_digest_with_its_new_words() {
    for recipient in [DAILY, NO_ALERTS] {
        let mut room = Room::new(recipient, "");
        let item = Item {
            key: "one",
            urgency: Urgency::Digest,
            ..first(
                "Police killed 12 at the vegetable market in Huamanga on Monday, a doctor said",
                12,
            )
        };
        let entry = room.item(item);
        room.digest();
        let corrected = Item {
            watches: &[],
            ..revised(
                item,
                "Police wounded 2 at the vegetable market in Huamanga on Monday, a doctor said",
            )
        };
        room.item(corrected);
        room.corrected(entry, "“killed 12” became “wounded 2”", Some(2));
        room.no_mail();
        let text = words(&room.digest().text);
        assert!(text.contains("wounded 2 at the vegetable market"), "{text}");
        assert!(
            !text.contains("killed 12 at the vegetable market"),
            "{text}"
        );
        assert!(
            text.contains("was “Police killed 12 at the”, now “Police wounded 2 at"),
            "{text}"
        );
        room.no_mail();
        // A revision in which the watch finds something anew.
        room.item(Item {
            watches: &["force"],
            ..revised(
                item,
                "Police wounded 3 at the vegetable market in Huamanga on Monday, a doctor said",
            )
        });
        room.corrected(entry, "“2” became “3”", Some(3));
        let text = words(&room.digest().text);
        assert!(text.contains("3 dead or hurt"), "{text}");
    }
}

#[test]
fn what_was_not_told_yet_is_told_as_it_is_by_now() {
    for urgency in [Urgency::Alert, Urgency::Digest] {
        let mut room = Room::new("quiet = \"10:00-14:00\"\ndigest = [\"daily 17:30\"]", "");
        let item = Item {
            key: "one",
            urgency,
            ..first("Police killed 12 in Huamanga", 12)
        };
        let entry = room.item(item);
        room.no_mail();
        room.item(Item {
            watches: &[],
            ..revised(item, "Police wounded 2 in Huamanga")
        });
        room.corrected(entry, "“killed 12” became “wounded 2”", Some(2));
        room.no_mail();
        room.wait(HOUR * 6);
        let mails = room.mails();
        let text = words(&mails[0].text);
        assert!(text.contains("wounded 2 in Huamanga"), "{text}");
        assert!(!text.contains("killed 12"), "{text}");
    }
}

#[test]
fn the_number_of_a_hit_is_never_given_again() {
    let hits = |room: &Room| -> Vec<(i64, i64, i64)> {
        let sql = "SELECT id, entry_id, revision FROM hit ORDER BY id";
        let mut statement = room.connection.prepare(sql).expect("a query");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.expect("rows").map(|row| row.expect("a row")).collect()
    };
    // Taken back, and superseded, while it waited.
    for last in [
        "Anna Roe is detained at the market in Huamanga on Monday, a doctor said",
        "Cleo Hart is detained at the market in Huamanga on Monday, a doctor said",
    ] {
        let mut room = Room::new("quiet = \"13:00-08:00\"\ndigest = [\"daily 17:30\"]", "");
        let item = Item {
            key: "one",
            ..first(
                "Anna Roe is detained at the market in Huamanga on Monday, a doctor said",
                0,
            )
        };
        let entry = room.item(item);
        room.alert();
        room.wait(HOUR);
        let item = Item {
            watches: &[],
            ..item
        };
        room.item(revised(
            item,
            "Bea Lund is detained at the market in Huamanga on Monday, a doctor said",
        ));
        room.corrected(entry, "something", None);
        room.no_mail();
        let made = hits(&room);
        assert_eq!(made.len(), 3, "{made:?}");
        room.item(revised(item, last));
        room.corrected(entry, "something", None);
        room.no_mail();
        room.item(first("Police beat prisoners", 0));
        let now = hits(&room);
        assert!(made.iter().all(|hit| now.contains(hit)), "{made:?} {now:?}");
    }
}

#[test]
fn a_correction_is_owed_beside_what_a_digest_is_marking() {
    let mut room = Room::new(DAILY, "");
    let item = Item {
        key: "one",
        ..first(
            "Anna Roe is detained at the market in Huamanga on Monday, a doctor said",
            0,
        )
    };
    let entry = room.item(item);
    room.alert();
    room.item(Item {
        watches: &[],
        ..revised(
            item,
            "Bea Lund is detained at the market in Huamanga on Monday, a doctor said",
        )
    });
    room.corrected(entry, "something", None);
    // What its watch found in its new words was told to nobody, and a digest took more than is marked at a time.
    let columns = "watch_title, topic, watch_version, program_version, score, spans, found_at";
    room.connection
        .execute_batch(&format!(
            "INSERT INTO hit (entry_id, revision, watch_id, {columns})
               SELECT entry_id, 1, watch_id, {columns} FROM hit WHERE entry_id = {entry};
             WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 25000)
             INSERT INTO hit (entry_id, revision, watch_id, {columns})
               SELECT entry_id, 0, 'watch-' || n, {columns} FROM hit, number WHERE hit.id = 1;
             INSERT INTO delivery (hit_id, recipient_id, urgency)
               SELECT id, 'desk', 'digest' FROM hit WHERE watch_id GLOB 'watch-*';
             UPDATE outbox SET takes_through = (SELECT max(id) FROM hit) WHERE kind = 'digest'"
        ))
        .expect("as it was");
    let text = words(&room.alert().text);
    assert!(text.contains("now “Bea Lund"), "{text}");
    room.reopen();
    room.no_mail();
}
