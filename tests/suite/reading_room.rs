//! The reading room: who may in, and who may not.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
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
fn another_name_another_port_and_another_site_do_nothing_here() {
    let room = Room::open();
    let (cookie, port) = (room.sign_in("ana"), room.port);
    for host in [
        "rebound.example.org",
        "127.example.org",
        "localhost.example.org",
        "192.0.2.1",
    ] {
        let answer = room.send(&format!(
            "GET /style.css HTTP/1.1\r\nHost: {host}:{port}\r\n{cookie}\r\n"
        ));
        assert_eq!(answer.status, 421, "{host}");
    }
    for headers in [
        "Origin: http://newsvigil.localhost:1\r\nSec-Fetch-Site: same-site\r\n",
        "Origin: http://127.0.0.1:1\r\nSec-Fetch-Site: cross-site\r\n",
        "Origin: http://newsvigil.localhost:1\r\n",
        "Origin: https://example.org\r\n",
        "Origin: null\r\n",
        "",
    ] {
        let answer = room.post("/sign-out", &format!("{headers}{cookie}"), "");
        assert_eq!(answer.status, 403, "{headers}");
    }
    assert_eq!(room.get("/no-such-page", &cookie).status, 404, "still in");
    let picture =
        "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n";
    assert_eq!(room.get("/style.css", picture).status, 403);
    let link =
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    assert_eq!(
        room.get("/no-such-page", &format!("{link}{cookie}")).status,
        404
    );
    room.service.stop().ok();
}

#[test]
fn what_cannot_be_understood_gets_a_sentence() {
    let room = Room::open();
    let cookie = room.sign_in("ana");
    let own = format!("{OWN}{cookie}");
    let large = format!("secret={}", "a".repeat(70 << 10));
    for (answer, status, words) in [
        (room.post("/invitation", &own, &large), 413, "64 KiB"),
        (
            room.post("/invitation", &own, "other=1"),
            400,
            "missing field",
        ),
        (
            room.post("/invitation", &own, "secret=%ff%fe"),
            404,
            "does not work",
        ),
        (room.get("/sign-out", &cookie), 405, "cannot be done"),
        (
            room.get("/invitation/%ff", &cookie),
            400,
            "cannot be understood",
        ),
        (
            room.get("/invitation/..%2f..%2fetc", &cookie),
            404,
            "does not work",
        ),
        (room.get("/%00/%ff", &cookie), 404, "no such page"),
    ] {
        assert_eq!(answer.status, status, "{answer:?}");
        assert!(answer.body.contains(words), "{words}: {answer:?}");
    }
    room.service.stop().ok();
}

#[test]
fn slow_and_endless_clients_lose_their_place() {
    let room = Room::open();
    let cookie = room.sign_in("ana");
    let (port, began) = (room.port, Instant::now());
    let half = |said: &str| {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
        stream.write_all(said.as_bytes()).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        Some(stream)
    };
    let head = format!(
        "POST /sign-out HTTP/1.1\r\nHost: localhost:{port}\r\n{OWN}{cookie}Content-Length: 9\r\n\r\nabc"
    );
    let body = half(&head).expect("a connection");
    let silent = half("").expect("a connection");
    for stream in [body, silent] {
        let answer = Answer::read(stream);
        assert_ne!(answer.status, 303, "{answer:?}");
        let waited = began.elapsed();
        assert!(waited > Duration::from_secs(9), "{waited:?}");
        assert!(waited < Duration::from_secs(20), "{waited:?}");
    }
    let hanging: Vec<_> = (0..64).filter_map(|_| half(&head)).collect();
    assert_eq!(hanging.len(), 64);
    let began = Instant::now();
    assert_eq!(room.get("/style.css", "").status, 200);
    assert!(began.elapsed() < Duration::from_secs(5));
    room.service.stop().ok();
}

#[test]
fn the_pages_alone_are_served_over_the_same_database_and_on_a_socket() {
    let web = Web::start("127.0.0.1");
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("web");
    let world = world(&web, &format!("unix:{}", path.display()));
    assert_eq!(world.run(&["web"]).code, 66, "nothing is stored yet");
    world.once();
    let service = Service::spawn(&world, world.command(&["web"]));
    let get = |path_of_page: &str| {
        let mut stream = UnixStream::connect(&path).ok()?;
        write!(
            stream,
            "GET {path_of_page} HTTP/1.1\r\nHost: localhost:9274\r\n\r\n"
        )
        .ok()?;
        Some(Answer::read(stream))
    };
    let answer = eventually("an answer", || get("/"));
    assert_eq!(answer.status, 403);
    let page = format!("/invitation/{}", secret(&world, "ana"));
    assert_eq!(get(&page).map(|answer| answer.status), Some(200));
    let second = world.run(&["web"]);
    assert_eq!(second.code, 69, "{second:?}");
    service.stop().ok();
    world.write(
        "newsvigil.toml",
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    );
    for arguments in [&["web"][..], &["web", "invite", "ana"]] {
        let run = world.run(arguments);
        assert_eq!(run.code, 78, "{run:?}");
        assert!(
            run.stderr.contains("listen = \"127.0.0.1:9274\""),
            "{run:?}"
        );
    }
}

#[test]
fn each_page_is_there_for_whoever_is_in() {
    let room = Room::open();
    let cookie = room.sign_in("ana");
    for (path, status, words) in [
        ("/", 200, "<h1"),
        ("/hits", 200, "/hits/1?judgment="),
        ("/hits?mail=1", 200, "Police"),
        ("/hits/%ff", 400, "cannot be understood"),
        ("/hits?q=police", 200, "Police"),
        ("/hits?q=nonsense%20AND%20OR", 400, "OR"),
        ("/hits?older=x", 400, "older"),
        ("/hits/1", 200, "Police"),
        ("/hits/99", 404, "no hit 99"),
        ("/hits/x", 400, "no number"),
        ("/hits.csv", 200, "Police"),
        ("/hits.jsonl", 200, "Police"),
        ("/hits.atom", 200, "Police"),
        ("/watches", 200, "Use of force"),
        ("/watches/none", 404, "no watch none"),
        ("/feeds", 200, "1 feed, 1 fine"),
        ("/feeds?from=x", 400, "no number"),
        ("/feeds/outlet", 200, "not read"),
        ("/feeds/none", 404, "no feed none"),
        ("/mail", 200, "1 sent, 0 waiting, none given up"),
        ("/mail/1", 200, "Police"),
        ("/try", 200, "<textarea"),
        ("/try?watch=force", 200, "in the place of"),
    ] {
        let answer = room.get(path, &cookie);
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        assert!(answer.body.contains(words), "{path}: {answer:?}");
        assert!(!answer.body.contains("<script"), "{path}");
    }
    let leads = room.get("/items/1", &cookie);
    assert_eq!(leads.header("location"), Some("/hits/1"), "{leads:?}");
    let judged = room.post(
        "/hits/1/judgment",
        &format!("{OWN}{cookie}"),
        "verdict=too-broad&note=of+another+town&next=sample%3Dother%26judged%3D0%26of%3D9",
    );
    assert_eq!(judged.status, 303, "{judged:?}");
    let page = room.get("/hits/1", &cookie);
    assert!(page.body.contains("of another town"), "{page:?}");
    let hits = room
        .world
        .run(&["hits", "--judgment", "irrelevant", "--json"]);
    let hits = hits.ok().json_lines();
    assert_eq!(hits.len(), 1);
    // It was not drawn, whatever the form says.
    assert_eq!(hits[0]["judgment"]["at_random"], false);
    // It was the only one, so judging goes back to the list that it came from.
    let onward = room.post(
        "/hits/1/judgment",
        &format!("{OWN}{cookie}"),
        "verdict=relevant&next=judgment%3Dnone",
    );
    assert_eq!(
        onward.header("location"),
        Some("/hits?judgment=none"),
        "{onward:?}"
    );
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

#[test]
fn a_kept_search_is_forgotten_when_that_is_asked_twice() {
    let room = Room::open();
    let cookie = room.sign_in("ana");
    let own = format!("{OWN}{cookie}");
    let kept = room.post("/searches", &own, "name=Lima%20%26%20more&query=q%3Dpolice");
    assert_eq!(kept.header("location"), Some("/hits?q=police"), "{kept:?}");
    let page = room.get("/hits?q=police", &cookie).body;
    assert!(
        page.contains("<title>Lima &#38; more · newsvigil"),
        "{page}"
    );
    let ask = "/searches/forget?name=Lima+%26+more&query=q%3Dgas";
    assert!(
        page.contains("/searches/forget?name=Lima+%26+more&#38;query=q%3Dpolice"),
        "{page}"
    );
    let asked = room.get(ask, &cookie);
    assert!(asked.body.contains("href=\"/hits?q=gas\""), "{asked:?}");
    assert!(
        room.get("/hits", &cookie).body.contains("Lima"),
        "still there"
    );
    let form = "name=Lima%20%26%20more&query=q%3Dgas";
    let gone = room.post("/searches/forget", &own, form);
    assert_eq!(gone.header("location"), Some("/hits?q=gas"), "{gone:?}");
    assert!(!room.get("/hits", &cookie).body.contains("Lima"));
    for again in [
        room.get(ask, &cookie),
        room.post("/searches/forget", &own, form),
    ] {
        assert_eq!(again.status, 404, "{again:?}");
        assert!(again.body.contains("No search is kept as"), "{again:?}");
    }
    assert_eq!(room.get("/searches/forget", &cookie).status, 400);
    room.service.stop().ok();
}

#[test]
fn a_hit_is_noted_drawn_and_judged_once() {
    let room = Room::open();
    let cookie = room.sign_in("ana");
    let own = format!("{OWN}{cookie}");
    let judge = |form: &str| room.post("/hits/1/judgment", &own, form);
    let list = room.get("/hits", &cookie).body;
    assert!(list.contains("1 hit."), "{list}");
    // A note leaves the hit among those to be judged.
    let noted = judge("verdict=note&note=ask+Ben&next=judgment%3Dnone");
    assert_eq!(
        noted.header("location"),
        Some("/hits/1?judgment=none#judge"),
        "{noted:?}"
    );
    assert_eq!(judge("verdict=note&note=++").status, 400);
    assert!(room.get("/hits/1", &cookie).body.contains("ask Ben"));
    assert!(
        room.get("/hits?judgment=none", &cookie)
            .body
            .contains("1 hit.")
    );
    let (_, watch) = list.split_once("href=\"/watches/").expect("a watch");
    let watch = watch.split('"').next().unwrap_or_default();
    let drawn = room.get(&format!("/watches/{watch}/sample"), &cookie);
    let at = format!("/hits/1?sample={watch}&judged=0&of=1");
    assert_eq!(drawn.header("location"), Some(at.as_str()), "{drawn:?}");
    let page = room.get(&at, &cookie).body;
    assert!(page.contains("0 of 1 judged, 1 to go."), "{page}");
    assert!(page.contains("Leave the sample"), "{page}");
    let is_drawn = || {
        let run = room.world.run(&["hits", "--json"]);
        let hits = run.ok().json_lines();
        hits[0]["judgment"]["at_random"].as_bool()
    };
    let form = format!("verdict=undecided&next=sample%3D{watch}%26judged%3D0%26of%3D1");
    let leads = format!("/watches/{watch}");
    assert_eq!(judge(&form).header("location"), Some(leads.as_str()));
    assert_eq!(is_drawn(), Some(true));
    judge("verdict=relevant");
    assert_eq!(is_drawn(), Some(true), "it is corrected, and was drawn");
    let nothing = room.get(&format!("/watches/{watch}/sample"), &cookie);
    assert!(nothing.body.contains("Nothing is left to judge"));
    let done = room.get("/hits?judgment=none", &cookie).body;
    assert!(done.contains("All of these are judged."), "{done}");
    let next = room.get("/hits/1/next?q=police", &cookie);
    assert_eq!(
        next.header("location"),
        Some("/hits?q=police&judgment=none")
    );
    room.service.stop().ok();
}

#[test]
fn killed_while_it_writes_it_has_written_all_or_nothing() {
    for point in POINTS {
        let (web, port) = (Web::start("127.0.0.1"), free_port());
        let world = world(&web, &format!("127.0.0.1:{port}"));
        world.once_all();
        let mut command = world.command(&["web"]);
        command.env("NEWSVIGIL_FAULT", format!("{point}:1"));
        let service = Service::spawn(&world, command);
        let room = Room {
            _web: web,
            world,
            service,
            port,
        };
        eventually("an answer", || {
            (room.get("/", "").status == 403).then_some(())
        });
        let is_committed = usize::from(point.ends_with("-committed"));
        let passes = || {
            let listed = room.world.run(&["web", "list", "--json"]).ok().json_lines();
            let pass = |line: &serde_json::Value| line["is"].as_str().map(str::to_owned);
            listed.iter().filter_map(pass).collect::<Vec<String>>()
        };
        if point.starts_with("session") {
            let form = format!("secret={}", room.invite("ana"));
            assert_eq!(room.post("/invitation", OWN, &form).status, 0, "{point}");
            assert_eq!(passes(), [["invited", "in"][is_committed]], "{point}");
            continue;
        }
        let cookie = room.sign_in("ana");
        if point.starts_with("revocation") {
            let mut command = room.world.command(&["web", "revoke", "ana"]);
            command.env("NEWSVIGIL_FAULT", format!("{point}:1"));
            let died = command.output().expect("the program");
            assert!(!died.status.success(), "{point}: {died:?}");
            assert_eq!(passes().len(), 1 - is_committed, "{point}");
            room.service.signal("-TERM");
            continue;
        }
        let own = format!("{OWN}{cookie}");
        let judged = room.post("/hits/1/judgment", &own, "verdict=relevant");
        assert_eq!(judged.status, 0, "{point}: {judged:?}");
        let hits = ["hits", "--judgment", "relevant", "--json"];
        let listed = room.world.run(&hits).ok().json_lines();
        assert_eq!(listed.len(), is_committed, "{point}");
    }
}

#[test]
fn one_query_is_tried_at_a_time_and_no_longer_than_somebody_waits_for_it() {
    let room = Room::open();
    let cookie = format!("{OWN}{}", room.sign_in("ana"));
    let database = rusqlite::Connection::open(room.world.state().join("newsvigil.db"));
    let database = database.expect("a database");
    database.busy_timeout(PATIENCE).expect("a time-out");
    // Ten days old, so that a trial over one day ends with the first of them.
    let copies = "INSERT INTO entry (feed_id, key, revision, content_hash, title, summary, text, author, categories,
                                     first_seen_at, last_seen_at, backlog, language)
         WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 8000)
         SELECT feed_id, 'copy ' || n, 0, content_hash, title, summary, text, author, categories,
                first_seen_at - 864000, last_seen_at, 1, language
         FROM entry, number WHERE entry.id = 1";
    database.execute_batch(copies).expect("copies");
    let form = |days: u32| format!("watch=&query=police+OR+army+OR+gas&days={days}");
    let began = Instant::now();
    let whole = room.post("/try", &cookie, &form(30));
    let time = began.elapsed();
    assert!(whole.body.contains("Of 8001 items"), "{whole:?}");
    let (port, body) = (room.port, form(30));
    let leaving = || {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        write!(
            stream,
            "POST /try HTTP/1.1\r\nHost: newsvigil.localhost:{port}\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n{cookie}\r\n{body}",
            body.len()
        )
        .expect("a request");
        stream
    };
    let brief = || room.post("/try", &cookie, &form(1));
    // Whichever of the two comes first is tried, and it is to be the one that leaves.
    let (leaves, refused) = eventually("a refusal", || {
        let stream = leaving();
        std::thread::sleep(Duration::from_millis(100));
        Some((stream, brief())).filter(|(_, answer)| answer.status == 503)
    });
    assert!(refused.body.contains("Somebody else"), "{refused:?}");
    let left = Instant::now();
    drop(leaves);
    eventually("a trial", || (brief().status == 200).then_some(()));
    let waited = left.elapsed();
    assert!(waited < time / 2, "{waited:?} of {time:?}");
    room.service.stop().ok();
}
