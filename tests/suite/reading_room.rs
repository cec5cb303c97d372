//! The reading room: who may in, and who may not.

mod pages;
mod requests;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use crate::service::{PATIENCE, STORY, Service, eventually};
use crate::web::{Page, Web, rss};
use crate::world::World;

/// A service with one hit, whose pages are on a port.
struct Room {
    _web: Web,
    world: World,
    service: Service,
    port: u16,
}

/// What came back; nothing where nobody listens yet.
#[derive(Debug, Default)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn read(mut stream: impl Read) -> Self {
        let mut text = Vec::new();
        // A connection that is reset after its answer has given it.
        let _ = stream.read_to_end(&mut text);
        let text = String::from_utf8_lossy(&text).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Self {
            status: status.unwrap_or_default(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// The value of a header.
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines();
        let mut pairs = lines.filter_map(|line| line.split_once(": "));
        Some(pairs.find(|(given, _)| given.eq_ignore_ascii_case(name))?.1)
    }
}

fn free_port() -> u16 {
    let socket = TcpListener::bind("127.0.0.1:0").expect("a port");
    socket.local_addr().expect("an address").port()
}

impl Room {
    fn open() -> Self {
        let (web, port) = (Web::start("127.0.0.1"), free_port());
        let world = world(&web, &format!("127.0.0.1:{port}"));
        let service = Service::start(&world, None);
        service.wait_for("READY=1");
        eventually("a mail", || world.mailbox().pop());
        let room = Self {
            _web: web,
            world,
            service,
            port,
        };
        eventually("an answer", || {
            (room.get("/", "").status == 403).then_some(())
        });
        room
    }

    fn send(&self, request: &str) -> Answer {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return Answer::default();
        };
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        // Whoever sends too much may be shut out before the end.
        let _ = stream.write_all(request.as_bytes());
        Answer::read(stream)
    }

    fn get(&self, path: &str, headers: &str) -> Answer {
        let port = self.port;
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: newsvigil.localhost:{port}\r\n{headers}\r\n"
        ))
    }

    fn post(&self, path: &str, headers: &str, body: &str) -> Answer {
        let (port, length) = (self.port, body.len());
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: newsvigil.localhost:{port}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        ))
    }

    /// The secret of a link.
    fn invite(&self, name: &str) -> String {
        secret(&self.world, name)
    }

    /// A cookie of somebody who is in.
    fn sign_in(&self, name: &str) -> String {
        let secret = self.invite(name);
        let answer = self.post("/invitation", OWN, &format!("secret={secret}"));
        assert_eq!(answer.status, 303, "{answer:?}");
        assert_eq!(answer.header("location"), Some("/"));
        let cookie = answer.header("set-cookie").expect("a cookie");
        assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
        format!(
            "Cookie: {}\r\n",
            cookie.split(';').next().unwrap_or_default()
        )
    }
}

fn world(web: &Web, listen: &str) -> World {
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write(
        "newsvigil.toml",
        &format!(
            "[fetch]\nallow = [\"127.0.0.0/8\"]\n[web]\nlisten = \"{listen}\"\n\
             [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n"
        ),
    );
    world
}

fn secret(world: &World, name: &str) -> String {
    let run = world.run(&["web", "invite", name]).ok();
    let link = run.stdout.trim();
    let (_, secret) = link.rsplit_once("/invitation/").expect("a link");
    assert!(secret.len() == 43, "{link}");
    secret.to_owned()
}

/// Points at which the program is killed here, and not in `survival.rs`.
pub const POINTS: [&str; 6] = [
    "judgment-written",
    "judgment-committed",
    "session-written",
    "session-committed",
    "revocation-written",
    "revocation-committed",
];

/// As browsers send a form of our own page, which is to give no referrer.
const OWN: &str = "Origin: null\r\nSec-Fetch-Site: same-origin\r\n";

#[test]
fn a_link_lets_in_once_and_whoever_only_looks_uses_nothing_up() {
    let room = Room::open();
    let secret = room.invite("Ana María");
    let page = format!("/invitation/{secret}");
    for method in ["GET", "HEAD"] {
        let answer = room.send(&format!(
            "{method} {page} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            room.port
        ));
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.body.contains("Ana María"), method == "GET");
        assert_eq!(answer.header("set-cookie"), None);
    }
    let form = format!("secret={secret}");
    let taken = room.post("/invitation", OWN, &form);
    assert_eq!(taken.status, 303, "{taken:?}");
    assert_eq!(taken.header("location"), Some("/"));
    let began = Instant::now();
    let again = room.post("/invitation", OWN, &form);
    assert_eq!(again.status, 404, "{again:?}");
    assert_eq!(again.header("set-cookie"), None);
    assert!(again.body.contains("newsvigil web invite NAME"));
    assert_eq!(room.get(&page, "").status, 404);
    assert!(began.elapsed() >= Duration::from_secs(2), "each is slowed");
    let listed = room.world.run(&["web", "list", "--json"]).ok().json_lines();
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!(
        (&listed[0]["name"], &listed[0]["is"]),
        (&"Ana María".into(), &"in".into())
    );
    let log = room.service.stop().ok().stderr;
    assert!(
        log.contains("an invitation that is none (any more)"),
        "{log}"
    );
    assert!(!log.contains(&secret), "{log}");
}

#[test]
fn a_session_ends_when_it_is_ended_from_either_side() {
    let room = Room::open();
    let (ana, ben) = (room.sign_in("ana"), room.sign_in("ben"));
    // The database has hashes only, while both are in.
    let secret = ben.trim().rsplit_once('=').expect("a value").1;
    let mut stored = Vec::new();
    for file in ["newsvigil.db", "newsvigil.db-wal"] {
        stored.extend(std::fs::read(room.world.state().join(file)).unwrap_or_default());
    }
    let has = |text: &str| stored.windows(text.len()).any(|at| at == text.as_bytes());
    assert!(has("ben") && !has(secret));
    for cookie in [&ana, &ben] {
        let answer = room.get("/no-such-page", cookie);
        assert_eq!(answer.status, 404, "{answer:?}");
        assert!(answer.body.contains("Sign out"), "with the way back");
    }
    let out = room.post("/sign-out", &format!("{OWN}{ana}"), "");
    assert_eq!(out.status, 303, "{out:?}");
    assert!(
        out.header("set-cookie")
            .is_some_and(|cookie| cookie.contains("Max-Age=0"))
    );
    assert_eq!(room.get("/no-such-page", &ana).status, 403);
    assert_eq!(room.get("/no-such-page", &ben).status, 404);
    let said = room.world.run(&["web", "revoke", "ben"]).ok().stdout;
    assert!(said.contains("1 session"), "{said}");
    let shut_out = room.get("/no-such-page", &ben);
    assert_eq!(shut_out.status, 403);
    assert!(
        shut_out.body.contains("newsvigil web invite"),
        "{shut_out:?}"
    );
    let run = room.world.run(&["web", "revoke", "ben"]);
    assert_eq!(run.code, 64, "{run:?}");
}

#[test]
fn nothing_of_what_was_found_is_told_to_whoever_is_not_in() {
    let room = Room::open();
    for path in [
        "/",
        "/hits",
        "/hits/1",
        "/no-such-page",
        "/watches",
        "/hits?q=police",
    ] {
        let answer = room.get(path, "Cookie: newsvigil=AAAA; other=1\r\n");
        assert_eq!(answer.status, 403, "{path}");
        assert!(!answer.body.contains("Police"), "{path}");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self';"),
            "{policy}"
        );
    }
    assert_eq!(room.get("/style.css", "").status, 200);
    room.service.stop().ok();
}

#[test]
fn whoever_signs_in_comes_to_the_page_that_was_asked_for() {
    let room = Room::open();
    let asks = "Accept: text/html,*/*;q=0.8\r\n";
    let shut = room.get("/hits/1?judgment=none", asks);
    assert_eq!(shut.status, 403, "{shut:?}");
    assert!(shut.body.contains("leads to the page that you asked for"));
    let kept = shut.header("set-cookie").expect("a cookie").to_owned();
    assert!(
        kept.ends_with("; Max-Age=600; HttpOnly; SameSite=Lax"),
        "{kept}"
    );
    let kept = kept.split(';').next().unwrap_or_default();
    for (cookie, leads) in [
        (kept, "/hits/1?judgment=none"),
        ("newsvigil-to=%2F%2Fexample.org%2F", "/"),
        ("newsvigil-to=https%3A%2F%2Fexample.org%2F", "/"),
    ] {
        let secret = room.invite("ana");
        let headers = format!("{OWN}Cookie: {cookie}\r\n");
        let page = room.get(
            &format!("/invitation/{secret}"),
            &format!("Cookie: {cookie}\r\n"),
        );
        assert_eq!(
            page.body.contains("Then the page opens"),
            leads != "/",
            "{page:?}"
        );
        let taken = room.post("/invitation", &headers, &format!("secret={secret}"));
        assert_eq!(taken.header("location"), Some(leads), "{taken:?}");
    }
    let lost = room.post(
        "/hits/1/judgment",
        &format!("{OWN}{asks}"),
        "verdict=relevant&note=long",
    );
    assert_eq!(lost.status, 403);
    assert!(lost.body.contains("What you sent was not kept"), "{lost:?}");
    assert!(lost.head.contains("newsvigil-to=%2Fhits%2F1;"), "{lost:?}");
    let old = room.post("/invitation", "Origin: null\r\n", "secret=a");
    assert_eq!(old.status, 403);
    assert!(old.body.contains("Safari 16.4"), "{old:?}");
    room.service.stop().ok();
}
