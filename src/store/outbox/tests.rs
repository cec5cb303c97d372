//! Which of the messages that wait gives the reason.

use super::*;

#[test]
fn of_many_that_wait_the_newest_that_was_tried_gives_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let connection = super::super::open(&folder.path().join("newsvigil.db")).unwrap();
    assert_eq!(waits_because(&connection).unwrap(), None);
    for (state, reply) in [
        ("queued", Some("an older reason")),
        ("queued", Some("451 greylisted")),
        ("sent", Some("250 taken")),
        ("undeliverable", Some("550 nobody")),
        ("queued", None),
    ] {
        connection
            .execute(
                "INSERT INTO outbox (recipient_id, address, sender, kind, message_id, subject,
                                     hits, state, created_at, next_attempt_at, reply)
                 VALUES ('desk', 'desk@example.org', 'a@example.org', 'digest',
                         hex(randomblob(8)), 's', 1, ?1, 0, 0, ?2)",
                params![state, reply],
            )
            .unwrap();
    }
    let reason = waits_because(&connection).unwrap();
    assert_eq!(reason.as_deref(), Some("451 greylisted"));
}
