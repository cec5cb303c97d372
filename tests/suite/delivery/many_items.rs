//! Very many items at once.

use super::*;

/// What a recipient is owed in a digest.
pub(super) fn owed(desk: &Desk) -> usize {
    digests::count_pending(&desk.connection, "desk", &PendingScope::Digest).expect("counted")
}

#[test]
fn alerts_that_went_out_are_not_owed_to_a_digest_that_is_off() {
    let mut desk = Desk::new(OFF);
    desk.hit("a", Urgency::Alert);
    desk.wait(MINUTE);
    assert_eq!(desk.mails().0.len(), 1);
    assert_eq!(owed(&desk), 0);
    // As an older version left it.
    desk.connection
        .execute("UPDATE delivery SET digest_id = NULL", [])
        .expect("owed");
    assert_eq!(owed(&desk), 1);
    assert!(desk.mails().0.is_empty());
    assert_eq!(owed(&desk), 0);
    let recipients_with_pending = digests::recipients_with_pending(&desk.connection).expect("read");
    assert!(
        recipients_with_pending.is_empty(),
        "{recipients_with_pending:?}"
    );
}

#[test]
fn an_alert_of_very_many_items_is_one_mail_of_bounded_size_whose_number_lists_them() {
    let mut desk = Desk::new(OFF);
    for _ in 0..400 {
        desk.hit("a", Urgency::Alert);
    }
    desk.wait(MINUTE);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].html.len() <= 90 << 10, "{}", mails[0].html.len());
    assert!(
        mails[0].subject.contains(", 400 new)"),
        "{}",
        mails[0].subject
    );
    assert!(mails[0].text.contains("hits --mail 1"), "{}", mails[0].text);
    let mut told = std::collections::BTreeMap::new();
    let filter = HitFilter {
        mail: Some(1),
        ..HitFilter::default()
    };
    hits::list(&desk.connection, &filter, &mut |hit| {
        let how = hit.told.clone().expect("how it was told");
        let shown = mails[0].text.lines().any(|line| line.ends_with(&hit.title));
        assert_eq!(shown, how != "count", "{}: {how}", hit.title);
        *told.entry(how).or_insert(0) += 1;
        Ok(())
    })
    .expect("listed");
    assert_eq!(told.values().sum::<i32>(), 400, "{told:?}");
    assert_eq!(told.len(), 3, "{told:?}");
}

#[test]
fn a_digest_of_very_many_hits_is_marked_bit_by_bit_and_counts_as_told_at_once() {
    let mut desk = Desk::new("digest = [\"hourly\"]");
    desk.hit("a", Urgency::Digest);
    // As many again as are marked in one go, and some.
    desk.connection
        .execute_batch(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45000)
             INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version,
                              program_version, score, spans, found_at)
             SELECT entry_id, revision, 'w' || i, 'W', topic, '1', '0', 0, '[]', found_at FROM hit, n;
             INSERT INTO delivery (hit_id, recipient_id, urgency)
             SELECT id, 'desk', 'digest' FROM hit WHERE watch_id <> 'a'",
        )
        .expect("stored");
    assert_eq!(owed(&desk), 45_001);
    let (mails, _) = desk.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(owed(&desk), 0, "at once");
    let marked = |desk: &Desk| -> i64 {
        let count = "SELECT count(*) FROM delivery WHERE digest_id = 1";
        desk.connection
            .query_row(count, [], |row| row.get(0))
            .expect("counted")
    };
    assert!(marked(&desk) < 45_001);
    let listed = |desk: &Desk| {
        let mut listed = 0;
        let filter = HitFilter {
            mail: Some(1),
            ..HitFilter::default()
        };
        hits::list(&desk.connection, &filter, &mut |_| {
            listed += 1;
            Ok(())
        })
        .expect("listed");
        listed
    };
    assert_eq!(listed(&desk), 45_001, "whatever is marked");
    desk.hit("b", Urgency::Digest);
    assert_eq!(owed(&desk), 1, "what comes later is owed");
    while marked(&desk) < 45_001 {
        let before = marked(&desk);
        let (mails, again) = desk.mails();
        assert!(mails.is_empty());
        assert!(again == Some(desk.now) || marked(&desk) == 45_001);
        assert!(marked(&desk) > before);
    }
    assert_eq!((listed(&desk), owed(&desk)), (45_001, 1));
    desk.wait(SignedDuration::from_hours(1));
    let (mails, _) = desk.mails();
    assert!(
        mails[0].subject.starts_with("1 new"),
        "{}",
        mails[0].subject
    );
}

#[test]
fn nothing_is_composed_while_nothing_is_due() {
    let mut desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.hit("a", Urgency::Digest);
    assert_eq!(desk.mails().0.len(), 1);
    desk.hit("b", Urgency::Digest);
    // Whoever reads this text fails.
    desk.connection
        .execute("UPDATE hit SET spans = 'no JSON' WHERE watch_id = 'b'", [])
        .expect("broken");
    let (mails, again) = desk.mails();
    assert!(mails.is_empty());
    assert_eq!(again, "2026-03-03T07:30:00Z".parse().ok());
}

/// The greatest memory of the program until it ends, in KiB.
fn peak_of(mut child: std::process::Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("a process").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().split(' ').next()?.parse().ok());
        peak = peak.max(kib.unwrap_or(0));
        std::thread::yield_now();
    }
    peak
}

#[test]
fn two_hundred_thousand_owed_hits_are_one_mail_and_little_memory() {
    let desk = Desk::new("digest = [\"daily 07:30\"]");
    desk.connection
        .execute_batch(
            "INSERT INTO feed (id, url, title, state, next_poll_at)
             VALUES ('outlet', 'https://outlet.example/feed', 'Outlet', '{}', 0);
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
             INSERT INTO entry (id, feed_id, key, revision, content_hash, title, summary, text, author,
                                categories, first_seen_at, last_seen_at, backlog)
             SELECT i, 'outlet', i, 0, i, 'Story ' || i, hex(zeroblob(1000)), '', '', '[]', 0, 0, 0
             FROM n;
             WITH RECURSIVE w (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM w WHERE i < 10)
             INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version,
                              program_version, score, spans, found_at)
             SELECT entry.id, 0, 'w' || w.i, 'Watch ' || w.i, 'topic', '1', '0', 0, '[]', 0
             FROM entry, w ORDER BY entry.id;
             INSERT INTO delivery (hit_id, recipient_id, urgency) SELECT id, 'desk', 'digest' FROM hit;",
        )
        .expect("stored");
    let mut once = desk.world.command(&["once", "--json"]);
    let child = once.stdout(std::process::Stdio::piped()).spawn();
    let peak = peak_of(child.expect("the program"));
    assert!(peak > 10_000 && peak < 100_000, "{peak} KiB");
    let mails = desk.world.mailbox();
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].subject.starts_with("20,000 new: "),
        "{}",
        mails[0].subject
    );
    assert!(mails[0].html.len() <= 90 << 10, "{}", mails[0].html.len());
    assert_eq!(owed(&desk), 0);
}
