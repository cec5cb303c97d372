//! Figures and health, as a scraper asks for them.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::service::{PATIENCE, STORY, Service, eventually};
use crate::web::{Page, Web, rss};
use crate::world::World;

/// What the service answers to a request line, as one text.
fn ask(mut stream: impl Read + Write, request: &str) -> Option<String> {
    write!(stream, "{request} HTTP/1.1\r\nHost: localhost\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

fn over_tcp(port: u16, request: &str) -> Option<String> {
    let stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    ask(stream, request)
}

/// A service that polls one feed and listens at `listen`.
fn watched(web: &Web, listen: &str) -> (World, Service) {
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    web.put("/away", Page::Status(404, "nothing".to_owned()));
    let world = World::new(&[("outlet", &web.url("/feed")), ("away", &web.url("/away"))]);
    listen_at(&world, listen);
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    (world, service)
}

fn listen_at(world: &World, listen: &str) {
    world.write(
        "newsvigil.toml",
        &format!(
            "[fetch]\nallow = [\"127.0.0.0/8\"]\n[metrics]\nlisten = \"{listen}\"\n\
             [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n"
        ),
    );
}

fn free_port() -> u16 {
    let socket = TcpListener::bind("127.0.0.1:0").expect("a port");
    socket.local_addr().expect("an address").port()
}

/// The value of a series, by its name with labels.
fn value(text: &str, series: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(series))?;
    line.strip_prefix(' ')?.parse().ok()
}

/// A scrape in which every series has its value. Gauges are read from the database and counters a
/// moment later, so that one scrape may fall between the two.
fn scrape_that_shows(port: u16, figures: &[(&str, f64)]) -> String {
    let mut text = String::new();
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        text = over_tcp(port, "GET /metrics").unwrap_or_default();
        let missing = |(series, expected): &(&str, f64)| value(&text, series) != Some(*expected);
        if !figures.iter().any(missing) {
            return text;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("never {figures:?} in {text}");
}

#[test]
fn figures_and_health_are_told_on_loopback() {
    let web = Web::start("127.0.0.1");
    let port = free_port();
    let (_world, service) = watched(&web, &format!("127.0.0.1:{port}"));
    let figures = [
        ("newsvigil_messages_total{outcome=\"sent\"}", 1.0),
        ("newsvigil_polls_total{outcome=\"answered\"}", 1.0),
        ("newsvigil_polls_total{outcome=\"failed\"}", 1.0),
        ("newsvigil_polls_total{outcome=\"not_stored\"}", 0.0),
        ("newsvigil_items_total{kind=\"new\"}", 1.0),
        ("newsvigil_hits_total", 1.0),
        ("newsvigil_feeds{health=\"fine\"}", 1.0),
        ("newsvigil_feeds{health=\"failing\"}", 1.0),
        ("newsvigil_feeds{health=\"dead\"}", 0.0),
        ("newsvigil_stored_items", 1.0),
        ("newsvigil_outbox_messages{state=\"waiting\"}", 0.0),
        ("newsvigil_needs", 0.0),
        ("newsvigil_pages_total{verdict=\"paywalled\"}", 0.0),
        ("newsvigil_feeds_without_readable_pages", 0.0),
    ];
    let text = scrape_that_shows(port, &figures);
    assert!(text.contains("application/openmetrics-text"), "{text}");
    assert!(text.trim_end().ends_with("# EOF"), "{text}");
    for (series, least) in [
        ("newsvigil_last_poll_timestamp_seconds", 1.7e9),
        ("process_start_time_seconds", 1.7e9),
        ("process_resident_memory_bytes", 1e6),
        ("process_open_fds", 5.0),
        ("newsvigil_tasks", 4.0),
    ] {
        assert!(value(&text, series) > Some(least), "{series} in {text}");
    }
    for (request, status) in [
        ("GET /health", "200 OK"),
        ("HEAD /metrics", "200 OK"),
        ("GET /", "404 Not Found"),
        ("POST /metrics", "405 Method Not Allowed"),
        ("nonsense", "400 Bad Request"),
    ] {
        let answer = over_tcp(port, request).expect("an answer");
        let first = answer.lines().next();
        assert_eq!(first, Some(&*format!("HTTP/1.1 {status}")), "{request}");
    }
    service.stop().ok();
}

#[test]
fn feeds_that_could_not_be_read_whole_are_counted_apart() {
    let web = Web::start("127.0.0.1");
    let port = free_port();
    let whole = rss("The Outlet", &[STORY, ("A concert", "c", "It was long.")]);
    let end = whole.rfind("<description>").expect("an item");
    web.put("/broken", Page::Feed(whole[..end].to_owned()));
    web.put("/whole", Page::Feed(whole));
    let world = World::new(&[
        ("broken", &web.url("/broken")),
        ("whole", &web.url("/whole")),
    ]);
    listen_at(&world, &format!("127.0.0.1:{port}"));
    let service = Service::start(&world, None);
    service.wait_for("READY=1");
    let figures = [
        ("newsvigil_feeds{health=\"untried\"}", 0.0),
        ("newsvigil_feeds{health=\"incomplete\"}", 1.0),
        ("newsvigil_feeds{health=\"fine\"}", 1.0),
        ("newsvigil_feeds{health=\"failing\"}", 0.0),
        ("newsvigil_polls_total{outcome=\"answered\"}", 2.0),
    ];
    scrape_that_shows(port, &figures);
    service.stop().ok();
}

#[test]
fn who_hangs_on_shuts_nobody_out() {
    let web = Web::start("127.0.0.1");
    let port = free_port();
    let (_world, service) = watched(&web, &format!("127.0.0.1:{port}"));
    eventually("an answer", || over_tcp(port, "GET /health"));
    let connect = || TcpStream::connect(("127.0.0.1", port)).ok();
    let half = |said: &str| {
        let mut stream = connect()?;
        stream.write_all(said.as_bytes()).ok()?;
        Some(stream)
    };
    for said in ["", "GET /health HTTP/1.1\r\nHost: localhost\r\nX: "] {
        let hanging: Vec<TcpStream> = (0..64).filter_map(|_| half(said)).collect();
        assert_eq!(hanging.len(), 64);
        for path in ["/health", "/metrics"] {
            let began = Instant::now();
            let answer = over_tcp(port, &format!("GET {path}")).expect("an answer at once");
            assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
            assert!(
                began.elapsed() < Duration::from_secs(5),
                "{:?}",
                began.elapsed()
            );
        }
    }
    service.stop().ok();
}

#[test]
fn a_name_that_was_made_to_lead_here_learns_nothing() {
    let web = Web::start("127.0.0.1");
    let port = free_port();
    let (_world, service) = watched(&web, &format!("127.0.0.1:{port}"));
    eventually("an answer", || over_tcp(port, "GET /health"));
    let status = |host: &str| {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        write!(stream, "GET /metrics HTTP/1.1\r\n{host}\r\n").expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert_eq!(answer.contains("newsvigil_"), answer.contains(" 200 OK"));
        answer.split(' ').nth(1).expect("a status").to_owned()
    };
    for (host, expected) in [
        ("Host: localhost:1\r\n", "200"),
        ("Host: 127.0.0.1\r\n", "200"),
        ("Host: [::1]:9273\r\n", "200"),
        ("Host: rebound.example.org\r\n", "421"),
        ("Host: 192.0.2.7\r\n", "421"),
        ("Host: localhost\r\nHost: rebound.example.org\r\n", "421"),
        ("", "421"),
    ] {
        assert_eq!(status(host), expected, "{host}");
    }
    service.stop().ok();
}

#[test]
fn a_reload_moves_the_listener_and_ends_it() {
    let web = Web::start("127.0.0.1");
    let (first, second) = (free_port(), free_port());
    let (world, service) = watched(&web, &format!("127.0.0.1:{first}"));
    eventually("an answer", || over_tcp(first, "GET /health"));
    listen_at(&world, &format!("127.0.0.1:{second}"));
    service.signal("-HUP");
    eventually("an answer elsewhere", || over_tcp(second, "GET /health"));
    assert_eq!(over_tcp(first, "GET /health"), None);
    service.stop().ok();
}

#[test]
fn a_socket_is_for_its_owner_and_group_and_is_taken_over_from_an_earlier_run() {
    let web = Web::start("127.0.0.1");
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("metrics");
    for _ in 0..2 {
        let (_world, service) = watched(&web, &format!("unix:{}", path.display()));
        let answer = eventually("an answer", || {
            ask(UnixStream::connect(&path).ok()?, "GET /health")
        });
        assert!(answer.ends_with("ok\n"), "{answer}");
        let mode = fs::metadata(&path)
            .expect("the socket")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o660);
        service.signal("-KILL");
    }
}

#[test]
fn a_file_in_the_way_of_the_socket_stays_and_the_work_goes_on() {
    let web = Web::start("127.0.0.1");
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("evidence");
    fs::write(&path, "mine").expect("a file");
    let (world, service) = watched(&web, &format!("unix:{}", path.display()));
    eventually("a digest", || world.mailbox().pop());
    assert_eq!(fs::read_to_string(&path).expect("the file"), "mine");
    let run = service.stop().ok();
    assert!(run.stderr.contains("cannot be told"), "{run:?}");
}

#[test]
fn a_socket_that_somebody_listens_at_stays() {
    let web = Web::start("127.0.0.1");
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("metrics");
    let theirs = UnixListener::bind(&path).expect("a socket");
    let (world, service) = watched(&web, &format!("unix:{}", path.display()));
    eventually("a digest", || world.mailbox().pop());
    let run = service.stop().ok();
    assert!(run.stderr.contains("cannot be told on"), "{run:?}");
    drop(UnixStream::connect(&path).expect("the same socket"));
    theirs.accept().expect("a connection");
}

#[test]
fn health_says_what_is_wrong_with_the_database_and_the_watchdog_lets_it_be() {
    let web = Web::start("127.0.0.1");
    let port = free_port();
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let address = web.url("/feed");
    let world = World::new(&[("outlet", &address)]);
    listen_at(&world, &format!("127.0.0.1:{port}"));
    let service = Service::start(&world, Some("60000000"));
    service.wait_for("READY=1");
    eventually("a digest", || world.mailbox().pop());
    let health = || over_tcp(port, "GET /health");
    let before = eventually("health", health);
    assert!(before.ends_with("ok\n"), "{before}");
    let other = rusqlite::Connection::open(world.state().join("newsvigil.db")).expect("it");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    world.set_feeds(&[("outlet", &address), ("second", &address)]);
    service.signal("-HUP");
    let told = eventually("trouble", || {
        health().filter(|answer| answer.contains("is locked by another process"))
    });
    assert!(told.starts_with("HTTP/1.1 503 "), "{told}");
    other.execute_batch("ROLLBACK").expect("released");
    eventually("that it is over", || {
        health().filter(|answer| answer.ends_with("ok\n"))
    });
    service.stop().ok();
}

/// A rule on a series that nobody tells would never fire.
#[test]
fn the_example_rules_ask_for_series_that_exist() {
    let web = Web::start("127.0.0.1");
    let port = free_port();
    web.put("/feed", Page::Feed(rss("The Outlet", &[STORY])));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    // Nobody takes the mail, so that a message waits.
    world.write(
        "newsvigil.toml",
        &format!(
            "[fetch]\nallow = [\"127.0.0.0/8\"]\n[metrics]\nlisten = \"127.0.0.1:{port}\"\n\
             [mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\nport = {}\n\
             from = \"newsvigil@example.org\"\n\
             [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
            free_port()
        ),
    );
    let service = Service::start(&world, None);
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd/newsvigil-alerts.yml");
    let rules = fs::read_to_string(rules).expect("the rules");
    let asked: Vec<&str> = rules
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with("newsvigil_"))
        .collect();
    assert!(asked.len() > 5, "{asked:?}");
    let text = eventually("a message that waits", || {
        let text = over_tcp(port, "GET /metrics")?;
        let waiting = value(&text, "newsvigil_outbox_messages{state=\"waiting\"}")?;
        (waiting > 0.0).then_some(text)
    });
    for name in asked {
        let told = text.lines().any(|line| {
            line.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with([' ', '{']))
        });
        assert!(told, "{name} in {text}");
    }
    service.stop().ok();
}
