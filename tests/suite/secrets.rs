//! Secrets stay where they belong: in no output, log, database, mail, or list of processes.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::service::{Service, eventually};
use crate::web::{Page, Web, rss};
use crate::world::{Run, World};

const PASSWORD: &str = "Xk7-unspeakable-Q2";
const STORY: (&str, &str, &str) = ("Police used lethal force", "s", "Protesters were shot.");

/// What must be found nowhere: the password as it is and as it goes over the wire, no more than the
/// beginnings of them, and the middle of the key.
fn secrets(key: &str) -> Vec<String> {
    let middle = key.lines().nth(1).expect("a key of several lines");
    let login = STANDARD.encode(format!("\0newsvigil\0{PASSWORD}"));
    // In the text of the login the password begins behind the user's name.
    let behind_name = "\0newsvigil\0".len() * 8 / 6 + 1;
    vec![
        PASSWORD[..6].to_owned(),
        STANDARD.encode(PASSWORD)[..8].to_owned(),
        login[behind_name..behind_name + 6].to_owned(),
        middle.to_owned(),
    ]
}

/// Longer replies are cut, so the password is said at each place where that may happen.
const FILLINGS: std::ops::RangeInclusive<usize> = 470..=500;

/// A mail server that repeats what it hears at every step, and takes the login or refuses it.
fn talkative_server(login: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        let fillings = std::iter::once(0).chain(FILLINGS).cycle();
        for (stream, filling) in listener.incoming().flatten().zip(fillings) {
            // A client that hangs up is no concern of the server's.
            let _ = serve(&stream, login, filling);
        }
    });
    port
}

fn serve(stream: &TcpStream, login: &str, filling: usize) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?);
    let mut out = stream.try_clone()?;
    out.write_all(b"220 mail.example.org\r\n")?;
    let mut line = String::new();
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let said = line.trim_end();
        let plain = STANDARD.encode(format!("\0newsvigil\0{PASSWORD}"));
        let echo = if filling == 0 {
            format!("{said} by {PASSWORD} {plain}")
        } else {
            format!("{} {PASSWORD} {plain} {said}", "a".repeat(filling))
        };
        let reply = match said.get(..4).unwrap_or_default() {
            "EHLO" => "250-mail.example.org\r\n250 AUTH PLAIN LOGIN".to_owned(),
            "AUTH" => format!("{login} {echo}"),
            "DATA" => {
                out.write_all(format!("354 {echo}\r\n").as_bytes())?;
                while line != ".\r\n" {
                    line.clear();
                    lines.read_line(&mut line)?;
                }
                format!("250 taken {PASSWORD}")
            }
            _ => format!("250 {echo}"),
        };
        out.write_all(format!("{reply}\r\n").as_bytes())?;
    }
}

fn write_secret(world: &World, name: &str, text: &str) {
    world.write(name, text);
    let path = world.config().join(name);
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("a mode");
}

fn configure(world: &World, port: u16, key: &str) {
    write_secret(world, "smtp-password", PASSWORD);
    write_secret(world, "dkim.pem", key);
    world.write(
        "newsvigil.toml",
        &format!(
            "[fetch]\nallow = [\"127.0.0.0/8\"]\n\
             [mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n\
             from = \"newsvigil@example.org\"\nusername = \"newsvigil\"\n\
             password_file = \"smtp-password\"\n\
             [mail.dkim]\ndomain = \"example.org\"\nselector = \"s\"\nkey_file = \"dkim.pem\"\n\
             [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n"
        ),
    );
}

/// That none of `secrets` is in any file of a folder.
fn check_files(folder: &Path, secrets: &[String]) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            check_files(&path, secrets);
        } else if path.is_file() {
            let bytes = fs::read(&path).expect("a file");
            check(
                &String::from_utf8_lossy(&bytes),
                secrets,
                &path.display().to_string(),
            );
        }
    }
}

#[track_caller]
fn check(text: &str, secrets: &[String], place: &str) {
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} is in {place}: {text}");
    }
}

#[track_caller]
fn check_run(run: &Run, secrets: &[String], place: &str) {
    check(&run.stdout, secrets, place);
    check(&run.stderr, secrets, place);
}

/// Every command that could tell a secret.
const COMMANDS: [&[&str]; 16] = [
    &["check"],
    &["check", "--json"],
    &["once", "--all"],
    &["once", "--json"],
    &["status"],
    &["status", "--json"],
    &["feed", "list"],
    &["feed", "list", "--json"],
    &["feed", "export"],
    &["hits", "--json"],
    &["outbox", "list"],
    &["outbox", "list", "--json"],
    &["outbox", "list", "--sent", "--json"],
    &["outbox", "retry", "--all"],
    &["digest", "preview", "desk"],
    &["mail", "test", "desk@example.org"],
];

/// The service and then each command against a server that answers a login with `login`.
fn nothing_tells(login: &'static str, sent: bool) {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519)
        .expect("a key")
        .serialize_pem();
    let secrets = secrets(&key);
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    configure(&world, talkative_server(login), &key);

    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    eventually("an attempt", || {
        let listing: &[&str] = if sent {
            &["outbox", "list", "--sent", "--json"]
        } else {
            &["outbox", "list", "--json"]
        };
        let rows = world.run(listing);
        check_run(&rows, &secrets, "outbox list");
        rows.stdout.contains("\"reply\":\"").then_some(())
    });
    for file in ["cmdline", "environ"] {
        let path = format!("/proc/{}/{file}", service.id());
        let bytes = fs::read(&path).expect("the program runs");
        check(&String::from_utf8_lossy(&bytes), &secrets, &path);
    }
    check_files(&world.state(), &secrets);
    check_run(&service.stop(), &secrets, "the log");
    for command in COMMANDS {
        check_run(&world.run(command), &secrets, &command.join(" "));
    }
    check_files(&world.state(), &secrets);
}

#[test]
fn a_server_that_repeats_the_password_spreads_it_nowhere() {
    nothing_tells("235", true);
}

#[test]
fn a_server_that_refuses_the_password_spreads_it_nowhere() {
    nothing_tells("535", false);
}

/// Each run meets the server's next filling.
#[test]
fn a_reply_that_is_cut_within_the_password_spreads_no_part_of_it() {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519)
        .expect("a key")
        .serialize_pem();
    let secrets = secrets(&key);
    for login in ["235", "535"] {
        let world = World::new(&[("outlet", "file:none.xml")]);
        configure(&world, talkative_server(login), &key);
        for _ in 0..=FILLINGS.count() {
            let run = world.run(&["mail", "test", "desk@example.org"]);
            assert_eq!(run.code == 0, login == "235", "{run:?}");
            assert!(run.stdout.contains(login), "{run:?}");
            check_run(&run, &secrets, "mail test");
        }
    }
}

#[test]
fn a_secret_written_where_none_belongs_is_not_shown() {
    let secrets = [PASSWORD.to_owned(), "hunter2".to_owned()];
    let world = World::new(&[("outlet", "https://me:hunter2@outlet.example/feed")]);
    for line in [
        "mail.password = \"PASSWORD x\"",
        "mail = { host = \"h\", password = \"PASSWORD x\" }",
        "[mail]\nPassword = \"PASSWORD x\"",
        "[mail]\npasswd = \"PASSWORD\"",
        "[mail]\nsmtp_password = \"PASSWORD\"",
        "[mail]\nsecret = \"PASSWORD\"",
        "[mail]\npassword : \"PASSWORD\"",
        "[mail]\npassword = [\n  \"PASSWORD\"\n]",
        "[mail]\npassword = \"\"\"\nPASSWORD\nx\"\"\"",
    ] {
        world.write("newsvigil.toml", &line.replace("PASSWORD", PASSWORD));
        let run = world.run(&["check"]);
        assert_eq!(run.code, 78, "{run:?}");
        // The line stands there, with its caret.
        assert!(run.stderr.contains('^'), "{run:?}");
        check_run(&run, &secrets, line);
    }
    for (name, text) in [
        (
            "newsvigil.toml",
            format!("[mail]\npassword = \"{PASSWORD} x\"\n"),
        ),
        (
            "newsvigil.toml",
            format!("[mail]\npassword = \"{PASSWORD}\n"),
        ),
        (
            "newsvigil.toml",
            format!("[mail]\nfrom = 1\npassword = {PASSWORD}\n"),
        ),
        (
            "feeds.toml",
            "[[feed]]\nid = \"a\"\nurl = \"https://me:hunter2@[\"\n".to_owned(),
        ),
        (
            "feeds.toml",
            "[[feed]]\nid = \"a\"\nurl = \"ftp://me:hunter2@outlet.example\"\n".to_owned(),
        ),
        (
            "feeds.toml",
            "[[feed]]\nid = \"a\"\nurl = \"https://me:hunter2@outlet.example/\n".to_owned(),
        ),
    ] {
        world.write(name, &text);
        for command in [&["check"][..], &["check", "--json"], &["once"], &["run"]] {
            let run = world.run(command);
            assert_eq!(run.code, 78, "{run:?}");
            assert!(run.stdout.len() + run.stderr.len() > 0);
            check_run(&run, &secrets, &command.join(" "));
        }
    }
    let world = World::new(&[("outlet", "file:none.xml")]);
    let list = world.config().join("list.opml");
    let outline = "<opml version=\"2.0\"><body><outline xmlUrl=\"https://me:hunter2@outlet.example/\"/></body></opml>";
    fs::write(&list, outline).expect("a file");
    let list = list.display().to_string();
    for command in [
        &["feed", "add", "https://me:hunter2@outlet.example/"][..],
        &["feed", "add", "https://me:hunter2@["],
        &["feed", "show", "http://me:hunter2@127.0.0.1:1/"],
        &["feed", "show", "--json", "http://me:hunter2@127.0.0.1:1/"],
        &["feed", "import", &list],
    ] {
        let run = world.run(command);
        check_run(&run, &secrets, &command.join(" "));
    }
    let feeds = fs::read_to_string(world.config().join("feeds.toml")).expect("a file");
    check(&feeds, &secrets, "feeds.toml");
}

#[test]
fn the_unit_leaves_no_core_behind() {
    let unit = Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd/newsvigil.service");
    let unit = fs::read_to_string(unit).expect("the unit");
    assert!(unit.lines().any(|line| line == "LimitCORE=0"));
}
