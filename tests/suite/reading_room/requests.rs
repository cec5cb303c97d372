//! Requests that are strange, hostile, slow or too many, and from where the pages are served.

use std::os::unix::net::UnixStream;

use super::*;

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
