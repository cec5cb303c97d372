use super::*;
use crate::web::site_tests::{TestSite, begin};

/// Adds a mail, with what it says.
fn add(site: &TestSite, state: &str, reply: Option<&str>, message: &str) -> i64 {
    let now = begin().as_second();
    let settled = (!["queued", "sending"].contains(&state)).then_some(now);
    let connection = &site.sqlite;
    connection
        .execute(
            "INSERT INTO outbox (recipient_id, address, sender, kind, message_id, subject, hits, state,
                                 created_at, next_attempt_at, settled_at, reply)
             VALUES ('desk', 'desk@example.org', 'a@example.org', 'digest', hex(randomblob(8)), 's', 0, ?1, ?2, ?2,
                     ?3, ?4)",
            (state, now, settled, reply),
        )
        .unwrap();
    let id = connection.last_insert_rowid();
    connection
        .execute(
            "INSERT INTO message (outbox_id, bytes) VALUES (?1, ?2)",
            (id, message.as_bytes()),
        )
        .unwrap();
    id
}

#[test]
fn each_mail_stands_under_the_words_of_the_commands() {
    let site = TestSite::new(&[], &[]);
    let none = mails(site.sources()).unwrap();
    assert_eq!(none.verdict, "No mail was sent yet");
    assert!(none.is_complete && none.groups.is_empty());
    for (state, reply) in [
        ("queued", Some("451 later")),
        ("sending", None),
        ("sent", Some("250 taken")),
        ("discarded", Some("discarded by hand")),
        ("undeliverable", Some("550 nobody")),
    ] {
        add(&site, state, reply, "");
    }
    let page = mails(site.sources()).unwrap();
    assert_eq!(page.verdict, "1 sent, 2 waiting, 1 given up");
    assert!(!page.is_complete);
    let shown: Vec<(&str, Vec<&str>)> = page
        .groups
        .iter()
        .map(|group| {
            let states = group.mails.iter().map(|mail| mail.state.as_str());
            (group.name, states.collect())
        })
        .collect();
    let at = "Tue 24 Nov 2026, 12:00";
    let (waits, lost) = (
        format!("waiting, to be tried {at}: 451 later"),
        format!("given up {at}: 550 nobody"),
    );
    let (sent, out) = (
        format!("sent {at}: 250 taken"),
        format!("taken out {at}: discarded by hand"),
    );
    assert_eq!(
        shown,
        [
            ("Waiting", vec!["being sent", &waits]),
            ("Given up", vec![&lost]),
            ("Sent, the last first", vec![&sent]),
            ("Taken out", vec![&out]),
        ]
    );
}

#[test]
fn of_many_mails_the_newest_are_shown_and_it_is_said() {
    let site = TestSite::new(&[], &[]);
    for _ in 0..=LINES_MAX {
        add(&site, "sent", None, "");
        add(&site, "queued", None, "");
    }
    let page = mails(site.sources()).unwrap();
    for group in page.groups {
        assert!(group.is_cut, "{}", group.name);
        assert_eq!(group.mails.len(), LINES_MAX as usize);
    }
}

#[test]
fn a_mail_is_shown_by_its_words_and_asks_nobody_for_anything() {
    let site = TestSite::new(
        &[("police", "police")],
        &[("Police in the square", "", &[])],
    );
    let html = "From: a@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
                <p>شرطة</p><img src=\"https://example.org/pixel\"><script>alert(1)</script>";
    let number = add(&site, "sent", None, html);
    let page = mail(site.sources(), number).unwrap().unwrap();
    assert_eq!(page.hits, None, "it tells none");
    let words = page.words.clone().unwrap();
    assert!(
        words.contains("شرطة") && !words.contains("pixel"),
        "{words}"
    );
    let shown = askama::Template::render(&page).unwrap();
    assert!(
        !shown.contains("<img") && !shown.contains("<script"),
        "{shown}"
    );
    let delivered = "INSERT OR REPLACE INTO delivery (hit_id, recipient_id, urgency, digest_id)
                     VALUES (1, 'desk', 'digest', ?1)";
    site.sqlite.execute(delivered, [number]).unwrap();
    let page = mail(site.sources(), number).unwrap().unwrap();
    let list = format!("/hits?mail={number}");
    assert_eq!(page.hits, Some((list, 1)));
    assert!(mail(site.sources(), 99).unwrap().is_none());
}
