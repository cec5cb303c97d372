//! The hits of a digest as a table beside it.

use mail_parser::{MessageParser, MimeHeaders};

use super::*;

/// The file beside a mail: its name and its text.
fn attachment(message: &[u8]) -> Option<(String, String)> {
    let message = MessageParser::default().parse(message).expect("a message");
    let part = message.attachments().next()?;
    let text = String::from_utf8(part.contents().to_vec()).expect("UTF-8");
    Some((part.attachment_name().expect("a name").to_owned(), text))
}

#[test]
fn a_digest_carries_its_hits_as_a_table_for_who_wants_that() {
    let mut desk = Desk::new("attach = \"csv\"", "");
    for item in HUAMANGA {
        desk.item(item, &["soldiers"]);
    }
    desk.item(("f", "=cmd|' /C calc'!A0", "A formula."), &["press"]);
    let message = desk.mail();
    let (name, table) = attachment(&message).expect("a table");
    assert_eq!(name, "newsvigil-1.csv");
    let listed = desk.world.run(&["hits", "--csv"]).ok().stdout;
    assert_eq!(table, listed, "as the command gives it");
    assert!(table.contains(",'=cmd|' /C calc'!A0,"), "{table}");
    let parsed = crate::world::Mail::read(&message);
    for part in [&parsed.text, &parsed.html] {
        assert!(part.contains("newsvigil-1.csv"), "{part}");
    }
}

#[test]
fn a_sealed_mail_and_an_unasked_one_carry_no_table() {
    for recipient in [
        "attach = \"csv\"\nprivacy = \"sealed\"",
        "attach = \"nothing\"",
        "",
    ] {
        let mut desk = Desk::new(recipient, "");
        desk.item(HUAMANGA[0], &["soldiers"]);
        assert_eq!(attachment(&desk.mail()), None, "{recipient}");
    }
}

#[test]
fn a_table_of_very_many_hits_is_cut_and_says_so() {
    let mut desk = Desk::new("attach = \"csv\"", "");
    desk.item(HUAMANGA[0], &["soldiers"]);
    desk.connection
        .execute_batch(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
             INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version, program_version,
                              score, spans, found_at)
             SELECT 1, 0, 'more-' || i, 'More', 'topic', '1', '0', 0, '[]', 1772000000 FROM n;
             INSERT INTO delivery (hit_id, recipient_id, urgency)
             SELECT id, 'desk', 'digest' FROM hit WHERE watch_id LIKE 'more-%';",
        )
        .expect("stored");
    let message = desk.mail();
    let (_, table) = attachment(&message).expect("a table");
    assert_eq!(table.lines().count(), 2_001, "with its headings");
    let text = crate::world::Mail::read(&message).text;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "with the newest 2,000 of 2,501 hits. \"newsvigil hits --mail 1 --csv\" lists all."
        ),
        "{text}"
    );
}
