//! Mail that is refused whatever it says, for its sender or its recipient.

use super::*;

#[test]
fn a_server_that_refuses_a_mail_without_any_word_of_a_feed_refuses_us_and_nothing_is_lost() {
    let items: Vec<Item> = (0..4).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    // Its own name stands in every mail.
    stage.server.refuse("newsvigil", REFUSAL);
    let run = stage.world.run(&["once"]).ok();
    assert!(run.stderr.contains("without any word of a feed"), "{run:?}");
    // No message waits as yet, but what they told does.
    assert!(run.stderr.contains("what was found waits"), "{run:?}");
    assert!(!run.stdout.contains("0 waiting"), "{run:?}");
    assert!(stage.mails().is_empty());
    let status = stage.world.run(&["status"]);
    assert_eq!(status.code, 1, "a person has to act: {status:?}");
    assert!(status.stdout.contains("refused: spam"), "{status:?}");
    let tried = stage.server.refused();
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    for item in &items {
        // The fault was not the words, so they are all there.
        assert_eq!(stage.told(&item.title), ["full"], "{}", item.title);
    }
    assert_eq!(stage.mails().len(), 1);
    assert!(tried <= 20, "{tried}");
    let status = stage.world.run(&["status"]).ok();
    assert!(!status.stdout.contains("refused: spam"), "{status:?}");
}

/// Lets another read what `desk` reads.
fn add_reader(stage: &Stage, id: &str) {
    let settings = std::fs::read_to_string(stage.world.config().join("newsvigil.toml"));
    let settings = settings.expect("the settings")
        + &format!("[[recipient]]\nid = \"{id}\"\naddress = \"{id}@example.org\"\n");
    stage.world.write("newsvigil.toml", &settings);
    let watch = std::fs::read_to_string(stage.world.config().join("watches/force.toml"));
    let watch = watch.expect("the watch");
    let watch = watch.replace("[\"desk\"", &format!("[\"desk\", \"{id}\""));
    assert!(watch.contains(id), "{watch}");
    stage.world.write("watches/force.toml", &watch);
}

#[test]
fn whoever_s_mail_is_refused_whatever_it_says_holds_up_nobody_else_s() {
    let items: Vec<Item> = (0..4).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    add_reader(&stage, "court");
    stage.server.refuse("court@example.org", REFUSAL);
    let run = stage.world.run(&["once"]).ok();
    assert!(run.stderr.contains("without any word of a feed"), "{run:?}");
    let tried = stage.server.refused();
    assert_eq!(stage.mails().len(), 1, "the desk has its digest");
    // What comes later reaches the one, and the other is left alone for a while.
    let mut more = items.clone();
    more.extend((4..6).map(item));
    stage
        .web
        .put("/feed", Page::Feed(feed("The Outlet", &more)));
    let watch = std::fs::read_to_string(stage.world.config().join("watches/force.toml"));
    let watch = watch.expect("the watch");
    let urgent = watch.replace("topic =", "urgency = \"alert\"\ntopic =");
    stage.world.write("watches/force.toml", &urgent);
    assert_eq!(stage.world.once_all()["mails_delivered"], 1);
    assert_eq!(stage.server.refused(), tried);
    let status = stage.world.run(&["status"]);
    assert_eq!(status.code, 1, "a person has to act: {status:?}");
    assert!(status.stdout.contains("to court: a message"), "{status:?}");
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    for item in &items {
        assert_eq!(stage.told(&item.title), ["full", "full"], "{}", item.title);
    }
    let status = stage.world.run(&["status"]).ok();
    assert!(!status.stdout.contains("to court"), "{status:?}");
}

#[test]
fn two_whose_mail_is_refused_whatever_it_says_are_refused_for_their_sender() {
    let items: Vec<Item> = (0..4).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    add_reader(&stage, "court");
    add_reader_without_hits(&stage, "archive");
    stage.server.refuse("newsvigil", REFUSAL);
    stage.world.run(&["once"]).ok();
    let status = stage.world.run(&["status"]);
    assert_eq!(status.code, 1, "a person has to act: {status:?}");
    assert!(
        status.stdout.contains("mail cannot be sent: a message"),
        "the whole queue rests: {status:?}"
    );
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    for item in &items {
        assert_eq!(stage.told(&item.title), ["full", "full"], "{}", item.title);
    }
}

fn add_reader_without_hits(stage: &Stage, id: &str) {
    let settings = std::fs::read_to_string(stage.world.config().join("newsvigil.toml"));
    let settings = settings.expect("the settings")
        + &format!("[[recipient]]\nid = \"{id}\"\naddress = \"{id}@example.org\"\n");
    stage.world.write("newsvigil.toml", &settings);
}

/// A refusal of the sender, at whatever step, rests the queue and is told; when it is over, everything arrives in
/// every word.
#[track_caller]
fn check_sender_refused(refuse: impl Fn(&Server), reply: &str) {
    let items: Vec<Item> = (0..3).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    stage.server.refuse_nothing();
    refuse(&stage.server);
    stage.world.run(&["once"]).ok();
    assert!(stage.mails().is_empty());
    let rows = stage.outbox();
    assert_eq!(rows.len(), 1, "nothing is made anew: {rows:?}");
    assert_eq!(
        (&rows[0]["state"], &rows[0]["attempts"]),
        (&"queued".into(), &0.into())
    );
    let status = stage.world.run(&["status"]);
    assert_eq!(status.code, 1, "a person has to act: {status:?}");
    assert!(
        status.stdout.contains("mail cannot be sent: "),
        "{status:?}"
    );
    assert!(status.stdout.contains(reply), "{status:?}");
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    stage.check_good_ones(&items);
    for item in &items {
        assert_eq!(stage.told(&item.title), ["full"]);
    }
    stage.world.run(&["status"]).ok();
}

#[test]
fn a_sender_that_may_send_no_more_today_rests_and_loses_nothing() {
    let limit = "550 5.4.5 Daily user sending limit exceeded";
    check_sender_refused(|server| server.refuse("newsvigil", limit), limit);
    let unauthenticated = "550 5.7.26 unauthenticated";
    check_sender_refused(
        |server| server.refuse("newsvigil", unauthenticated),
        unauthenticated,
    );
}

#[test]
fn a_sender_that_is_refused_only_with_the_recipient_rests_and_loses_nothing() {
    for reply in [
        "550 must log in first",
        "553 sender unknown",
        "550 5.7.60 not as this sender",
        "554 no",
        "550 5.7.1 no",
        "550 Zugriff verweigert",
        "504 5.5.2 no",
    ] {
        check_sender_refused(|server| server.refuse_recipients("desk@", reply), reply);
    }
}

#[test]
fn one_recipient_who_is_refused_before_the_message_holds_up_nobody_else() {
    let items: Vec<Item> = (0..3).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    add_reader(&stage, "court");
    stage.server.refuse_nothing();
    stage.server.refuse_recipients("desk@", "550 5.7.1 no");
    stage.world.run(&["once"]).ok();
    assert_eq!(stage.mails().len(), 1, "the court has its digest");
    let status = stage.world.run(&["status"]);
    assert_eq!(status.code, 1, "{status:?}");
    assert!(
        status.stdout.contains("to desk: refused before"),
        "{status:?}"
    );
    stage.server.refuse_nothing();
    stage.world.run(&["outbox", "retry", "--all"]).ok();
    stage.world.once_all();
    for item in &items {
        assert_eq!(stage.told(&item.title), ["full", "full"], "{}", item.title);
    }
}

#[test]
fn a_server_that_wants_rest_for_one_recipient_is_asked_for_the_others_first_at_the_next_run() {
    let items: Vec<Item> = (0..2).map(item).collect();
    let stage = Stage::new("The Outlet", &items);
    add_reader(&stage, "court");
    add_reader(&stage, "archive");
    stage.server.refuse_nothing();
    stage
        .server
        .refuse_recipients("desk@", "452 4.2.2 the mailbox is full");
    for delivered in [0, 2, 2] {
        stage.world.run(&["once"]).ok();
        assert_eq!(stage.mails().len(), delivered);
    }
    let waits = stage.outbox();
    assert_eq!(waits.len(), 1, "{waits:?}");
    assert_eq!(waits[0]["attempts"], 3, "and the one is tried at each run");
}

#[test]
fn a_mailbox_that_is_none_is_given_up_and_told() {
    for reply in [
        "550 5.1.1 no such user",
        "550 unknown user",
        "553 no such mailbox here",
    ] {
        let stage = Stage::new("The Outlet", &[item(1)]);
        stage.server.refuse_recipients("desk@", reply);
        let run = stage.world.run(&["once"]);
        assert_eq!(stage.outbox()[0]["state"], "undeliverable", "{reply}");
        assert!(run.stdout.contains("0 delivered, 1 given up"), "{run:?}");
        assert!(run.stderr.contains("1 message given up"), "{run:?}");
        assert_eq!(stage.world.run(&["status"]).code, 1);
    }
}
