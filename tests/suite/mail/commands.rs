//! The commands that show mails, take them out and try the server.

use super::*;

#[test]
fn a_message_can_be_taken_out_or_tried_again_by_hand() {
    let web = Web::start("127.0.0.1");
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    let world = world(&web, closed.expect("an address").port());
    assert_eq!(world.once()["mails_queued"], 1);
    let row = |world: &World| world.run(&["outbox", "list", "--json"]).ok().json();
    let id = row(&world)["id"].to_string();
    world.run(&["outbox", "retry", &id]).ok();
    assert_eq!(row(&world)["attempts"], 0);
    world.run(&["outbox", "discard", &id]).ok();
    assert_eq!(row(&world)["state"], "discarded", "it stays visible");
    assert_eq!(world.run(&["outbox", "discard", &id]).code, 64, "once");
    assert_eq!(world.once()["mails_queued"], 0);
}

#[test]
fn the_preview_shows_what_would_be_sent_and_sends_nothing() {
    let web = Web::start("127.0.0.1");
    let world = world(&web, 9);
    world.write(
        "newsvigil.toml",
        "[fetch]\nallow = [\"127.0.0.0/8\"]\n\
         [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\ndigest = [\"off\"]\n",
    );
    assert_eq!(world.once()["mails_queued"], 0);
    let html = world.state().join("digest.html");
    let html = html.to_str().expect("UTF-8");
    let text = world.run(&["digest", "preview", "desk"]).ok().stdout;
    assert!(text.contains("**lethal force**"), "{text}");
    world
        .run(&["digest", "preview", "desk", "--html", html])
        .ok();
    let html = std::fs::read_to_string(html).expect("the page");
    assert!(html.contains("https://outlet.example/s"), "{html}");
    let eml = world.state().join("digest.eml");
    let eml = eml.to_str().expect("UTF-8");
    world.run(&["digest", "preview", "desk", "--eml", eml]).ok();
    let mail = Mail::read(&std::fs::read(eml).expect("the message"));
    assert_eq!(mail.to, "desk@example.org");
    assert!(world.mailbox().is_empty());
    let unknown = world.run(&["digest", "preview", "nobody"]);
    assert_eq!(unknown.code, 64);
    assert!(unknown.stderr.contains("desk"), "{unknown:?}");
}

/// Who waits wants to know for what: a line on standard error after five seconds, and no sign in it that
/// only a terminal understands.
#[test]
fn a_long_wait_of_the_test_mail_is_told_while_it_lasts() {
    let web = Web::start("127.0.0.1");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let world = world(&web, port);
    let mut test = world
        .command(&["mail", "test", "desk@example.org"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program");
    // Accepted, and nothing said.
    let _silent = listener.accept().expect("a connection");
    let mut told = String::new();
    let mut lines = BufReader::new(test.stderr.take().expect("a pipe"));
    lines.read_line(&mut told).expect("a line");
    test.kill().expect("killed");
    test.wait().expect("ended");
    assert_eq!(
        told,
        format!("waiting for the greeting of 127.0.0.1:{port}, 5 s\n")
    );
}
