//! A sender that dies between any two of its steps: nothing is missing, and what comes twice is the
//! same message, counted. The whole program dies in `survival.rs`.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use newsvigil::store;
use newsvigil::store::digests::{self, Composed};
use newsvigil::store::outbox::{self, AttemptOutcome, ClaimFilter, MailKind, NewMessage};

use crate::random::Random;

fn message(number: u32) -> NewMessage {
    NewMessage {
        recipient_id: "desk".to_owned(),
        address: "desk@example.org".to_owned(),
        sender: "newsvigil@example.org".to_owned(),
        kind: MailKind::Digest,
        watch_id: None,
        message_id: format!("<{number}@example.org>"),
        subject: String::new(),
        message: format!("message {number}").into_bytes(),
        hits: Vec::new(),
    }
}

/// A sender that may die between any two of its steps: before and after claiming, delivering and
/// settling. The mailbox is what a server has accepted.
#[test]
fn a_sender_that_dies_between_any_two_steps_loses_nothing() {
    for seed in 1..=50 {
        let mut random = Random(seed);
        let folder = tempfile::TempDir::new().expect("a folder");
        let mut connection = store::open(&folder.path().join("newsvigil.db")).expect("a database");
        let mut now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
        let messages: Vec<NewMessage> = (0..8).map(message).collect();
        let queued = messages.clone();
        digests::queue(&mut connection, "desk", now, |_| {
            Ok(Composed {
                messages: queued,
                ..Composed::default()
            })
        })
        .expect("queued");

        let mut mailbox: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
        let mut deaths = 0;
        let mut claimed_with_the_last = None;
        for _ in 0..10_000 {
            now += SignedDuration::from_mins(10);
            let dies = |random: &mut Random| random.below(4) == 0;
            let claimed = claimed_with_the_last
                .take()
                .or_else(|| outbox::claim(&mut connection, ClaimFilter::At(now)).expect("claimed"));
            let Some((row, bytes)) = claimed else {
                if outbox::counts(&connection).expect("counted").queued == 0 {
                    break;
                }
                continue;
            };
            let survives = (|| {
                if dies(&mut random) {
                    return false;
                }
                let accepted = random.below(3) > 0;
                if accepted {
                    mailbox
                        .entry(row.message_id.clone())
                        .or_default()
                        .push(bytes);
                }
                if dies(&mut random) {
                    return false;
                }
                let settlement = if accepted {
                    AttemptOutcome::Sent {
                        reply: "250 taken".to_owned(),
                    }
                } else {
                    AttemptOutcome::Retry {
                        at: now,
                        relay_rests_until: None,
                        why: "450 later".to_owned(),
                        doubtful: false,
                    }
                };
                // Before it rests a sender settles only; else it claims the next at the same time.
                if random.below(3) == 0 {
                    outbox::settle(&mut connection, row.id, &settlement, now).expect("settled");
                } else {
                    let due = ClaimFilter::At(now);
                    claimed_with_the_last =
                        outbox::settle_and_claim(&mut connection, row.id, &settlement, now, due)
                            .expect("settled");
                }
                !dies(&mut random)
            })();
            if !survives {
                deaths += 1;
                claimed_with_the_last = None;
                drop(connection);
                connection = store::open(&folder.path().join("newsvigil.db")).expect("a database");
                outbox::recover(&mut connection, now).expect("recovered");
            }
        }
        assert!(deaths > 0, "seed {seed}");
        let sent = outbox::list(&connection, outbox::Listing::Sent).expect("listed");
        assert_eq!(
            sent.len(),
            messages.len(),
            "seed {seed}: every message is sent"
        );
        for row in &sent {
            let copies = &mailbox[&row.message_id];
            assert!(
                copies.iter().all(|copy| *copy == copies[0]),
                "seed {seed}: copies are the same bytes"
            );
            if copies.len() > 1 {
                assert!(
                    row.doubtful_attempts > 0,
                    "seed {seed}: a duplicate is counted"
                );
            }
        }
    }
}

/// A clock that was a year ahead has planned everything a year ahead.
#[test]
fn a_clock_that_is_set_back_holds_no_message_back() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let mut connection = store::open(&folder.path().join("newsvigil.db")).expect("a database");
    let ahead: Timestamp = "2027-01-01T00:00:00Z".parse().expect("a time");
    let mut alert = message(1);
    alert.kind = MailKind::Alert;
    digests::queue(&mut connection, "desk", ahead, |_| {
        Ok(Composed {
            messages: vec![alert],
            ..Composed::default()
        })
    })
    .expect("queued");
    let soon = ClaimFilter::At(ahead - SignedDuration::from_secs(60));
    assert!(
        outbox::claim(&mut connection, soon)
            .expect("asked")
            .is_none()
    );
    let now = ahead - SignedDuration::from_hours(24 * 365);
    let hour = SignedDuration::from_hours(1);
    let mails = outbox::made_between(&connection, "desk", now - hour, now);
    assert_eq!(
        mails.expect("counted"),
        0,
        "the mails of the future are no flood"
    );
    let mails = outbox::made_between(&connection, "desk", ahead - hour, ahead);
    assert_eq!(mails.expect("counted"), 1);
    let claimed = outbox::claim(&mut connection, ClaimFilter::At(now)).expect("asked");
    assert_eq!(claimed.expect("a message").0.message_id, "<1@example.org>");
}
