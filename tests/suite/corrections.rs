//! What was told of a story and is another thing by now, and what is not told where one might think so.

use newsvigil::core::alert::{CORRECTIONS_A_DAY, Novelty};
use newsvigil::store::polls::Urgency;
use newsvigil::store::stories;
use newsvigil::store::{digests, mutes};

use crate::newsroom::{DAILY, HOUR, ITEM, Item, MINUTE, OFF, Room};

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
