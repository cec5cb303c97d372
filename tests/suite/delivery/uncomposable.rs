//! Mails that cannot be made.

use super::many_items::owed;
use super::once::shown;
use super::*;

/// Lets no mail of that kind be stored.
fn refuse_to_store(desk: &Desk, kind: &str) {
    desk.connection
        .execute_batch(&format!(
            "CREATE TRIGGER broken BEFORE INSERT ON outbox WHEN new.kind = '{kind}'
             BEGIN SELECT RAISE(ABORT, 'no {kind} today'); END"
        ))
        .expect("a trigger");
}

fn compose_now(desk: &mut Desk) -> newsvigil::daemon::ComposeReport {
    let options = RenderOptions::new("newsvigil@example.org");
    let (config, now) = (&desk.config, desk.now);
    compose_all(
        &mut desk.connection,
        config,
        &options,
        AlertPacing::AtOnce,
        now,
    )
    .expect("composed")
}

#[test]
fn an_alert_that_cannot_be_made_is_told_in_full_by_the_digest() {
    let mut desk = Desk::new("digest = [\"hourly\"]");
    refuse_to_store(&desk, "alert");
    desk.item(&[("a", Urgency::Alert), ("b", Urgency::Digest)]);
    desk.wait(MINUTE);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1, "{mails:#?}");
    assert_eq!(shown(&mails[0], "Story a-1"), (true, false), "{mails:#?}");
    let unmade = digests::unmade(&desk.connection).expect("read");
    assert!(unmade[0].why.contains("no alert today"), "{unmade:?}");
    // Nothing is owed any more, so that nothing is kept back.
    assert!(desk.mails().0.is_empty());
    assert_eq!(digests::unmade(&desk.connection).expect("read"), []);
}

#[test]
fn alerts_go_out_though_the_digest_cannot_be_made() {
    let mut desk = Desk::new("digest = [\"hourly\"]");
    refuse_to_store(&desk, "digest");
    desk.hit("a", Urgency::Alert);
    desk.hit("b", Urgency::Digest);
    desk.wait(MINUTE);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1, "{mails:#?}");
    assert!(mails[0].text.contains("Story a-1"), "{mails:#?}");
    assert_eq!(owed(&desk), 2, "both stay owed to the digest");
    desk.connection
        .execute_batch("DROP TRIGGER broken")
        .expect("mended");
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(shown(&mails[0], "Story b-2"), (true, false));
    assert_eq!(shown(&mails[0], "Story a-1"), (false, true));
}

#[test]
fn whom_no_mail_can_be_made_for_is_in_status_and_told_to_another_operator() {
    let mut desk = Desk::new(
        "operator = true\n[[recipient]]\nid = \"ops\"\naddress = \"ops@example.org\"\noperator = true\n",
    );
    desk.config.recipients[0].address = "no address".to_owned();
    desk.hit("a", Urgency::Digest);
    let report = compose_now(&mut desk);
    assert_eq!(report.failed.len(), 1, "{report:?}");
    let since = desk.now;
    let (_, message) = outbox::claim(&mut desk.connection, ClaimFilter::New(0))
        .expect("claimed")
        .expect("a notice");
    let notice = Mail::read(&message);
    assert_eq!(notice.to, "ops@example.org");
    assert_eq!(notice.subject, "1 recipient gets no mail: desk");
    for _ in 0..3 {
        desk.wait(SignedDuration::from_mins(15));
        assert_eq!(compose_now(&mut desk).messages, 0, "told once");
    }
    let status = |desk: &Desk| {
        newsvigil::daemon::ServiceStatus::read(
            Some(&desk.connection),
            &desk.world.state(),
            &desk.config,
            0,
            desk.now,
        )
        .expect("read")
    };
    let standing = status(&desk);
    assert_eq!(standing.without_mail[0].recipient, "desk");
    assert_eq!(standing.without_mail[0].since, since.as_second());
    let expected = "no mail can be made for `desk` since 45 min ago: `no address` is not an e-mail address that mail can be \
         sent to: it has no @";
    assert!(
        standing.needs.iter().any(|need| need == expected),
        "{:?}",
        standing.needs
    );
    // The program says so too, and that a person is needed.
    let run = desk.world.run(&["status"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stdout.contains("no mail can be made for `desk`"),
        "{run:?}"
    );
    let json = desk.world.run(&["status", "--json"]).stdout;
    assert!(
        json.contains("\"without_mail\":[{\"recipient\":\"desk\""),
        "{json}"
    );
    desk.config.recipients[0].address = "desk@example.org".to_owned();
    assert_eq!(compose_now(&mut desk).messages, 1, "the digest");
    assert!(status(&desk).without_mail.is_empty());
}

#[test]
fn a_notice_that_cannot_be_made_keeps_nobody_s_mail_back() {
    let mut desk =
        Desk::new("[[recipient]]\nid = \"ops\"\naddress = \"ops@example.org\"\noperator = true\n");
    desk.config.recipients[1].address = "no address".to_owned();
    desk.hit("a", Urgency::Digest);
    desk.feed_is(true);
    let report = compose_now(&mut desk);
    assert_eq!((report.messages, report.failed.len()), (1, 1), "{report:?}");
    assert_eq!(
        digests::unmade(&desk.connection).expect("read")[0].recipient_id,
        "ops"
    );
}
