//! What is news at the first poll of a feed, and what is when it appears later.

use super::*;

#[test]
fn what_appears_later_is_told_whatever_its_date() {
    let outlet = Outlet::new();
    let old = |guid: &str, story: (&str, &str), days| {
        let link = format!("https://s.example/{guid}");
        dated(guid, &link, story.0, story.1, &days_ago(days))
    };
    let summary = outlet.poll(&[old("1", NORTH, 400)]);
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &1.into())
    );
    assert!(
        outlet.world.mailbox().is_empty(),
        "it stood in the first body"
    );
    let summary = outlet.poll(&[old("2", PRISON, 35), old("1", NORTH, 400)]);
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &0.into())
    );
    let mails = outlet.world.mailbox();
    assert!(
        mails.iter().any(|mail| mail.text.contains("at inmates")),
        "{mails:?}"
    );
    assert!(
        !mails.iter().any(|mail| mail.text.contains("in the north")),
        "{mails:?}"
    );
}

#[test]
fn a_first_body_that_cannot_be_read_or_is_empty_decides_as_it_should() {
    let outlet = Outlet::new();
    outlet
        .web
        .put("/feed", Page::Status(500, "oops".to_owned()));
    assert_eq!(outlet.world.run(&["once", "--all"]).code, 69);
    let old = dated("1", PAGE, NORTH.0, NORTH.1, &days_ago(100));
    assert_eq!(
        outlet.poll(std::slice::from_ref(&old))["hits_backlog"],
        1,
        "the first that was read"
    );

    let outlet = Outlet::new();
    assert_eq!(outlet.poll(&[])["entries_new"], 0);
    let summary = outlet.poll(&[old]);
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &0.into())
    );
}

#[test]
fn an_old_item_that_was_changed_lately_is_news_at_the_first_poll() {
    let outlet = Outlet::new();
    let now = Timestamp::now();
    let entry = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The Outlet</title><id>urn:o</id>\
         <updated>{now}</updated><entry><id>urn:o:1</id><title>{}</title>\
         <published>2020-01-01T00:00:00Z</published><updated>{now}</updated>\
         <link href=\"{PAGE}\"/></entry></feed>",
        NORTH.0
    );
    outlet.web.put("/feed", Page::Feed(entry));
    let summary = outlet.world.once_all();
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &0.into())
    );
}

#[test]
fn an_archive_that_appears_at_once_is_told_in_one_line() {
    let outlet = Outlet::new();
    let fresh = dated("0", PAGE, NORTH.0, NORTH.1, &days_ago(1));
    outlet.poll(std::slice::from_ref(&fresh));
    let told = outlet.world.mailbox().len();
    let archive = |number: i64| {
        dated(
            &format!("a{number}"),
            &format!("https://s.example/archive/{number}"),
            &format!("Report {number} on tear gas"),
            &format!("What happened in case {number} is told here."),
            &days_ago(100 + number),
        )
    };
    // With it comes one that is new, which is told as ever.
    let mut items: Vec<String> = (0..40).map(archive).collect();
    items.push(dated(
        "1",
        "https://s.example/1",
        COURT.0,
        COURT.1,
        &days_ago(0),
    ));
    let summary = outlet.poll(&items);
    assert_eq!(
        (&summary["hits"], &summary["hits_archive"]),
        (&41.into(), &40.into()),
        "{summary}"
    );
    assert_eq!(
        outlet.world.mailbox().len(),
        told + 1,
        "no alert tells them"
    );
    let preview = outlet.world.run(&["digest", "preview", "desk"]).ok().stdout;
    assert!(
        preview.contains("40 older items appeared at once"),
        "{preview}"
    );
    assert!(!preview.contains("Report 7 on"), "{preview}");
    assert_eq!(outlet.poll(&items)["entries_new"], 0);
    assert_eq!(outlet.hits().len(), 42, "they are stored with their hits");
}

#[test]
fn a_feed_of_many_old_items_that_are_shown_little_by_little_tells_each() {
    let outlet = Outlet::new();
    outlet.poll(&[dated("0", PAGE, NORTH.0, NORTH.1, &days_ago(1))]);
    let some: Vec<String> = (0..20)
        .map(|number| {
            let link = format!("https://s.example/{number}");
            let title = format!("Tear gas, part {number}");
            dated(&format!("b{number}"), &link, &title, "", &days_ago(60))
        })
        .collect();
    let summary = outlet.poll(&some);
    assert_eq!(
        (&summary["hits"], &summary["hits_archive"]),
        (&20.into(), &0.into())
    );
}

#[test]
fn a_clock_that_was_ahead_at_the_first_poll_silences_nothing() {
    let outlet = Outlet::new();
    outlet.poll(&[dated("0", PAGE, NORTH.0, NORTH.1, &days_ago(1))]);
    let database =
        rusqlite::Connection::open(outlet.world.state().join("newsvigil.db")).expect("a database");
    let ahead = Timestamp::now().as_second() + 5 * 365 * 86_400;
    database
        .execute(
            "UPDATE feed SET first_success_at = ?1, last_body_at = ?1",
            [ahead],
        )
        .expect("set");
    database
        .execute(
            "UPDATE entry SET first_seen_at = ?1, last_seen_at = ?1",
            [ahead],
        )
        .expect("set");
    drop(database);
    let known = dated("0", PAGE, NORTH.0, NORTH.1, &days_ago(1));
    let new = dated("1", "https://s.example/1", PRISON.0, PRISON.1, &days_ago(0));
    let summary = outlet.poll(&[new, known]);
    assert_eq!(
        (&summary["hits"], &summary["hits_backlog"]),
        (&1.into(), &0.into())
    );
    let database =
        rusqlite::Connection::open(outlet.world.state().join("newsvigil.db")).expect("a database");
    let seen: i64 = database
        .query_row("SELECT max(last_seen_at) FROM entry", [], |row| row.get(0))
        .expect("a time");
    assert!(
        seen <= Timestamp::now().as_second(),
        "what lay in the future is noted anew"
    );
}
