//! Mails and digests are shown: what went out, what waits, and what would go.

use super::*;

#[test]
fn a_stored_mail_is_shown_and_written() {
    let web = Web::start("127.0.0.1");
    let (world, _) = world_after_once(&web);
    let shown = world.run(&["outbox", "show", "1"]).ok().stdout;
    for words in [
        "Mail 1, a digest to desk, sent ",
        "To: desk@example.org",
        "Subject: 1 new: Police used lethal force",
        "Matched by Use of force",
    ] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    let file = |name: &str| world.config().join(name).display().to_string();
    let (html, eml) = (file("mail.html"), file("mail.eml"));
    world.run(&["outbox", "show", "1", "--html", &html]).ok();
    world.run(&["outbox", "show", "1", "--eml", &eml]).ok();
    let mail = crate::world::Mail::read(&fs::read(&eml).expect("the message"));
    assert_eq!(fs::read_to_string(&html).expect("the page"), mail.html);
    let none = world.run(&["outbox", "show", "9"]);
    assert_eq!(none.code, 64, "{none:?}");
    assert!(none.stderr.contains("there is no mail 9"), "{none:?}");
}

#[test]
fn a_waiting_mail_is_shown_as_waiting() {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write(
        "newsvigil.toml",
        "[fetch]\nallow = [\"127.0.0.0/8\"]\n[mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\nport = 1\n\
         tls = \"none\"\nfrom = \"n@example.org\"\n[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );
    let run = world.run(&["once"]);
    assert!(!run.stdout.contains("html"), "{run:?}");
    let shown = world.run(&["outbox", "show", "1"]).ok().stdout;
    assert!(shown.contains(", waiting"), "{shown}");
    let preview = world.run(&["digest", "preview"]).ok().stdout;
    assert!(preview.contains("and waits: mail 1"), "{preview}");
}

#[test]
fn a_preview_after_once_says_what_went_out() {
    let web = Web::start("127.0.0.1");
    let (world, _) = world_after_once(&web);
    let preview = world.run(&["digest", "preview"]).ok().stdout;
    for words in [
        "in mails already",
        "the last was sent",
        &format!("--state {} outbox show 1", world.state().display()),
        "lethal force",
    ] {
        assert!(preview.contains(words), "{words} in {preview}");
    }
    let sent = world
        .run(&["digest", "preview", "desk", "--since", "7d"])
        .ok();
    assert!(sent.stdout.contains("a digest to desk, sent "), "{sent:?}");
    assert!(sent.stdout.contains("Matched by Use of force"), "{sent:?}");
    assert!(!sent.stdout.contains("Nothing new"), "{sent:?}");
    let html = world.config().join("week.html").display().to_string();
    world
        .run(&["digest", "preview", "--since", "7d", "--html", &html])
        .ok();
    let page = fs::read_to_string(&html).expect("the page");
    assert!(page.contains("sent ") && page.contains("lethal"), "{page}");

    let second = ("Lethal force again", "t", "A protest.");
    web.put("/feed", Page::Feed(rss("The Outlet", &[second, STORY])));
    world.once_all();
    let both = world
        .run(&["digest", "preview", "--since", "7d"])
        .ok()
        .stdout;
    let (sent, owed) = both.split_once("not sent yet").expect("both");
    assert!(
        sent.contains("Police used") && owed.contains("force** again"),
        "{both}"
    );
}

#[test]
fn a_preview_for_who_gets_no_digests_says_so() {
    let world = World::new(&[]);
    world.write(
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ndigest = \"off\"\n",
    );
    world.run(&["once"]).ok();
    let preview = world.run(&["digest", "preview"]).ok().stdout;
    assert!(preview.starts_with("desk gets no digests"), "{preview}");
    assert!(!preview.contains("the next mail would say"), "{preview}");
}

#[test]
fn a_recipient_may_be_left_out_and_is_suggested() {
    let world = World::new(&[("outlet", "https://outlet.example/feed")]);
    let run = world.run(&["digest", "preview"]);
    assert_eq!(run.code, 66, "nothing is stored yet: {run:?}");
    let run = world.run(&["digest", "preview", "dsek"]);
    assert_eq!(run.code, 64, "{run:?}");
    assert!(run.stderr.contains("did you mean `desk`?"), "{run:?}");
    world.write(
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n\
         [[recipient]]\nid = \"legal\"\naddress = \"legal@example.org\"\n",
    );
    let run = world.run(&["digest", "preview"]);
    assert_eq!(run.code, 64, "{run:?}");
    assert!(run.stderr.contains("there is desk, legal"), "{run:?}");
}

#[test]
fn a_message_that_stays_here_is_not_called_sent() {
    let world = World::new(&[]);
    let run = world.run(&["mail", "test", "desk@example.org"]).ok();
    assert!(run.stdout.contains("it went to nobody"), "{run:?}");
    let mailbox = world.state().join("mail");
    assert!(
        run.stdout.contains(&mailbox.display().to_string()),
        "{run:?}"
    );
    assert_eq!(world.mailbox().len(), 1);
}
