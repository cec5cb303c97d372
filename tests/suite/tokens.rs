//! Access tokens in place of a password, from the token server to the login at the mail server.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::world::{Run, World};

const REFRESH: &str = "1//unspeakable-refresh-token";
const ROTATED: &str = "1//unspeakable-rotated-token";

/// What a server heard, in order.
type Heard = Arc<Mutex<Vec<String>>>;

fn start(
    serve: impl Fn(&TcpStream, &Heard) -> std::io::Result<()> + Send + 'static,
) -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let heard = Heard::default();
    let log = Arc::clone(&heard);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that hangs up is no concern of the server's.
            let _ = serve(&stream, &log);
        }
    });
    (port, heard)
}

/// Gives the tokens `access-1`, `access-2` and so on, and a new refresh token with the first; or refuses.
fn token_server(refuses: bool) -> (u16, Heard) {
    start(move |stream, heard| {
        let mut lines = BufReader::new(stream.try_clone()?);
        let mut length = 0;
        loop {
            let mut line = String::new();
            lines.read_line(&mut line)?;
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        lines.read_exact(&mut body)?;
        let number = {
            let mut heard = heard.lock().expect("no test panicked");
            heard.push(String::from_utf8_lossy(&body).into_owned());
            heard.len()
        };
        let (status, answer) = match number {
            _ if refuses => (
                "400 Bad Request",
                "{\"error\":\"invalid_grant\"}".to_owned(),
            ),
            1 => (
                "200 OK",
                format!(
                    "{{\"access_token\":\"access-1\",\"token_type\":\"Bearer\",\"expires_in\":3600,\
                     \"refresh_token\":\"{ROTATED}\"}}"
                ),
            ),
            number => (
                "200 OK",
                format!("{{\"access_token\":\"access-{number}\",\"expires_in\":3600}}"),
            ),
        };
        let head =
            format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n");
        let mut out = stream.try_clone()?;
        out.write_all(format!("{head}Content-Length: {}\r\n\r\n{answer}", answer.len()).as_bytes())
    })
}

/// A mail server that takes tokens only, and of them only `taken`.
fn mail_server(taken: &'static str) -> (u16, Heard) {
    start(move |stream, heard| {
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
            let reply = match said.get(..4).unwrap_or_default() {
                "EHLO" => "250-mail.example.org\r\n250 AUTH XOAUTH2".to_owned(),
                "AUTH" => {
                    let token = STANDARD.decode(said.rsplit(' ').next().unwrap_or_default());
                    let token = String::from_utf8_lossy(&token.unwrap_or_default()).into_owned();
                    let welcome = token.contains(&format!("auth=Bearer {taken}\u{1}"));
                    heard.lock().expect("no test panicked").push(token);
                    if welcome {
                        "235 welcome"
                    } else {
                        "535 5.7.8 not this one"
                    }
                    .to_owned()
                }
                "DATA" => {
                    out.write_all(b"354 go on\r\n")?;
                    while line != ".\r\n" {
                        line.clear();
                        lines.read_line(&mut line)?;
                    }
                    "250 taken".to_owned()
                }
                "QUIT" => "221 bye".to_owned(),
                _ => "250 ok".to_owned(),
            };
            out.write_all(format!("{reply}\r\n").as_bytes())?;
        }
    })
}

fn write_secret(world: &World, name: &str, text: &str) {
    world.write(name, text);
    let path = world.config().join(name);
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("a mode");
}

fn configured(mail: u16, login: &str) -> World {
    let world = World::new(&[("outlet", "file:none.xml")]);
    world.write(
        "newsvigil.toml",
        &format!(
            "[mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\nport = {mail}\ntls = \"none\"\n\
             from = \"newsvigil@example.org\"\nusername = \"desk@example.org\"\n{login}\n\
             [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n"
        ),
    );
    world
}

fn with_token_server(mail: u16, tokens: u16) -> World {
    let oauth2 = format!(
        "[mail.oauth2]\ntoken_url = \"http://127.0.0.1:{tokens}/token\"\nclient_id = \"newsvigil\"\n\
         refresh_token_file = \"refresh\""
    );
    let world = configured(mail, &oauth2);
    write_secret(&world, "refresh", &format!("{REFRESH}\n"));
    world
}

#[track_caller]
fn check_secret(run: &Run) {
    for secret in ["unspeakable", "access-"] {
        assert!(
            !run.stdout.contains(secret) && !run.stderr.contains(secret),
            "{run:?}"
        );
    }
}

#[test]
fn a_refused_token_is_fetched_anew_and_a_new_refresh_token_outlives_the_run() {
    let (tokens, asked) = token_server(false);
    let (mail, logins) = mail_server("access-2");
    let world = with_token_server(mail, tokens);
    world.run(&["check"]).ok();
    let run = world.run(&["mail", "test", "desk@example.org"]).ok();
    check_secret(&run);
    let logins = logins.lock().expect("no test panicked").clone();
    assert_eq!(logins.len(), 2, "{logins:?}");
    assert_eq!(
        logins[1],
        "user=desk@example.org\u{1}auth=Bearer access-2\u{1}\u{1}"
    );
    // A run of its own, which knows the new refresh token from the state folder.
    let (again, _) = mail_server("access-3");
    let text = fs::read_to_string(world.config().join("newsvigil.toml")).expect("a file");
    let text = text.replace(&format!("port = {mail}"), &format!("port = {again}"));
    world.write("newsvigil.toml", &text);
    check_secret(&world.run(&["mail", "test", "desk@example.org"]).ok());
    let asked = asked.lock().expect("no test panicked").clone();
    let with = |form: &String| {
        let mut pairs = url::form_urlencoded::parse(form.as_bytes());
        let token = pairs.find(|(key, _)| key == "refresh_token");
        token
            .map(|(_, value)| value.into_owned())
            .expect("a refresh token")
    };
    let with: Vec<String> = asked.iter().map(with).collect();
    assert_eq!(with, [REFRESH, ROTATED, ROTATED]);
}

#[test]
fn a_withdrawn_consent_needs_a_person_and_is_told() {
    let (tokens, _) = token_server(true);
    let (mail, logins) = mail_server("access-1");
    let world = with_token_server(mail, tokens);
    let run = world.run(&["mail", "test", "desk@example.org"]);
    assert_eq!(run.code, 78, "{run:?}");
    assert!(run.stderr.contains("consent anew"), "{run:?}");
    check_secret(&run);
    assert_eq!(
        logins.lock().expect("no test panicked").len(),
        0,
        "nothing to log in with"
    );
}

#[test]
fn a_token_server_that_is_away_is_asked_again_later() {
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    let (mail, _) = mail_server("access-1");
    let world = with_token_server(mail, closed.expect("an address").port());
    let run = world.run(&["mail", "test", "desk@example.org"]);
    assert_eq!(run.code, 75, "{run:?}");
    assert!(run.stderr.contains("cannot be asked"), "{run:?}");
}

#[test]
fn a_token_file_is_read_at_every_login_and_kept_from_others() {
    let (mail, logins) = mail_server("access-7");
    let world = configured(mail, "token_file = \"token\"");
    write_secret(&world, "token", "access-6\n");
    let run = world.run(&["mail", "test", "desk@example.org"]);
    assert_eq!(run.code, 78, "{run:?}");
    check_secret(&run);
    write_secret(&world, "token", "access-7\n");
    check_secret(&world.run(&["mail", "test", "desk@example.org"]).ok());
    assert!(logins.lock().expect("no test panicked").len() >= 2);
    let path = world.config().join("token");
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).expect("a mode");
    for command in [
        &["check"][..],
        &["mail", "test", "desk@example.org"],
        &["once"],
    ] {
        let run = world.run(command);
        assert_eq!(run.code, 78, "{run:?}");
        assert!(run.stderr.contains("chmod 600"), "{run:?}");
        check_secret(&run);
    }
}
