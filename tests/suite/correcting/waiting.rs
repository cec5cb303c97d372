//! Corrections that are superseded, revised or taken back while they wait for a mail.

use jiff::SignedDuration;

use super::*;

/// Three versions of an item, the first of which was told: the second waits when the third comes.
fn third_while_the_second_waits(versions: [(&str, u32); 3], urgency: Urgency) -> String {
    let mut room = Room::new("digest = [\"daily 17:30\"]", "");
    let item = Item {
        watches: &[],
        urgency,
        ..first(versions[0].0, versions[0].1)
    };
    room.item(Item {
        watches: &["force"],
        ..item
    });
    if urgency == Urgency::Alert {
        room.alert();
    }
    room.wait(SignedDuration::from_hours(24));
    room.mails();
    // Alerts wait now.
    room.configure("quiet = \"10:00-08:00\"\ndigest = [\"daily 17:30\"]", "");
    for version in &versions[1..] {
        revise(&mut room, *version, item);
        room.no_mail();
    }
    room.wait(SignedDuration::from_hours(24));
    let mails = room.mails();
    assert!(mails.len() < 2, "{:?}", subjects(&mails));
    let text = mails.first().map(|mail| words(&mail.text));
    room.reopen();
    room.no_mail();
    text.unwrap_or_default()
}

#[test]
fn a_correction_that_was_superseded_while_it_waited_is_told_as_it_stands() {
    let versions = [
        [
            (
                "Anna Roe is detained at the market in Huamanga on Monday, a doctor said",
                0,
            ),
            (
                "Bea Lund is detained at the market in Huamanga on Monday, a doctor said",
                0,
            ),
            (
                "Cleo Hart is detained at the market in Huamanga on Monday, a doctor said",
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
            (
                "Police killed 5 at the market in Huamanga on Monday, a doctor said",
                5,
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
            (
                "Police killed 11 at the market in Huamanga on Monday, a doctor said",
                11,
            ),
        ],
    ];
    for [told, between, now] in versions {
        for urgency in [Urgency::Alert, Urgency::Digest] {
            let text = third_while_the_second_waits([told, between, now], urgency);
            let start = |title: &str| title.split(" at ").next().unwrap_or_default().to_owned();
            let (told, between) = (start(told.0), start(between.0));
            assert!(
                text.contains("Corrected: was “"),
                "{now:?}, {urgency:?}: {text}"
            );
            assert!(text.contains(&format!("was “{told}")), "{text}");
            assert!(text.contains(&format!("now “{}", start(now.0))), "{text}");
            assert!(!text.contains(&between), "{text}");
        }
    }
}

#[test]
fn a_correction_that_was_taken_back_while_it_waited_is_told_to_nobody() {
    for [told, between] in TURNS {
        for urgency in [Urgency::Alert, Urgency::Digest] {
            let text = third_while_the_second_waits([told, between, told], urgency);
            assert!(!text.contains("Corrected"), "{text}");
            assert!(!text.contains(between.0), "{text}");
        }
    }
}

#[test]
fn a_correcting_item_that_is_revised_while_it_waits_is_told_as_it_says_now() {
    let mut room = Room::new("quiet = \"13:00-08:00\"\ndigest = [\"daily 17:30\"]", "");
    let story = room.item(Item {
        key: "two",
        ..first("Police killed 12 in Huamanga", 12)
    });
    room.alert();
    room.wait(HOUR);
    let correction = Item {
        outlet: "b",
        watches: &[],
        story: Some(story),
        relation: "update",
        corrects: Some("it says that it was corrected: “Correction: 2 wounded in Huamanga”"),
        ..first("Correction: 2 wounded in Huamanga", 2)
    };
    room.item(correction);
    room.no_mail();
    revise(
        &mut room,
        ("Correction: 3 wounded in Huamanga", 3),
        correction,
    );
    room.no_mail();
    room.wait(HOUR * 24);
    let mails = room.mails();
    let text: String = mails.iter().map(|mail| words(&mail.text)).collect();
    assert!(
        text.contains("it now says “Correction: 3 wounded"),
        "{text}"
    );
    assert!(!text.contains("2 wounded"), "{text}");
}
