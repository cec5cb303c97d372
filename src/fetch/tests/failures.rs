//! Servers that hang, drip, hang up and talk nonsense, and addresses that lead nowhere.

use std::time::Instant;

use super::*;

/// What becomes of a reply that never comes to its end.
async fn check(reply: impl Fn() -> Reply + Send + Sync + 'static, message: &str) {
    let server = Server::start(move |_| reply()).await;
    let started = Instant::now();
    let failure = expect_failed(get_with(&hurried(), &server.url).await);
    assert_eq!(
        (failure.kind, failure.message.as_str()),
        (FailureKind::Timeout, message)
    );
    let took = started.elapsed();
    assert!(took < Duration::from_secs(10), "{message}: {took:?}");
}

/// What becomes of bytes after which the server hangs up.
async fn failure_of(said: &[u8]) -> Failure {
    let said = said.to_vec();
    let server = Server::start(move |_| Reply::SayAndClose(said.clone())).await;
    expect_failed(get(&server.url).await)
}

#[tokio::test]
async fn a_server_that_says_nothing_is_left_in_time() {
    check(|| Reply::SayAndHang(Vec::new()), "no answer within 800 ms").await;
}

#[tokio::test]
async fn a_server_that_falls_silent_in_the_middle_is_left_sooner() {
    check(
        || Reply::SayAndHang(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhello".to_vec()),
        "fell silent for 300 ms after 5 bytes",
    )
    .await;
}

#[tokio::test]
async fn a_server_that_drips_is_left_in_time() {
    let pause = Duration::from_millis(40);
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n";
    for (head, drops) in [(&head[..], &[b'x'; 999][..]), (&[], head)] {
        check(
            move || Reply::Drip(head.to_vec(), drops.to_vec(), pause),
            "no answer within 800 ms",
        )
        .await;
    }
}

#[tokio::test]
async fn slow_redirects_together_have_no_more_time_than_one_answer() {
    let server = Server::start(|head| {
        let place = head.len();
        let next = format!("302 Found\nLocation: /{}", "x".repeat(place % 97));
        Reply::SayLate(Duration::from_millis(300), Reply::bytes(&next, b""))
    })
    .await;
    let failure = expect_failed(get_with(&hurried(), &server.url).await);
    assert_eq!(failure.message, "no answer within 800 ms");
    assert!(server.heads().len() <= 3, "{:?}", server.heads());
}

#[tokio::test]
async fn a_server_that_hangs_up_before_the_end_gives_no_half_feed() {
    for cut in [
        &b""[..],
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99\r\n\r\n\x1f\x8b\x08\0",
    ] {
        let failure = failure_of(cut).await;
        assert_eq!(failure.kind, FailureKind::Protocol, "{failure:?}");
        assert_eq!(failure.message, "hung up before the answer was complete");
    }
}

#[tokio::test]
async fn headers_without_an_end_are_called_so() {
    let too_many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(2000));
    let endless = format!("HTTP/1.1 200 OK\r\nX: {}", "y".repeat(2_000_000));
    for headers in [too_many, endless] {
        let failure = failure_of(headers.as_bytes()).await;
        assert_eq!(failure.kind, FailureKind::Protocol, "{failure:?}");
        assert_eq!(
            failure.message,
            "the headers of its answer are too large or too many"
        );
    }
}

#[tokio::test]
async fn what_is_not_http_is_called_so() {
    for nonsense in [
        b"220 mail.example.org ESMTP\r\n".to_vec(),
        b"HTTP/1.1 abc OK\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx".to_vec(),
        b"\x16\x03\x01\x00\x01\x00".to_vec(),
    ] {
        let failure = failure_of(&nonsense).await;
        assert_eq!(failure.kind, FailureKind::Protocol, "{failure:?}");
        assert!(
            failure
                .message
                .starts_with("does not speak HTTP as it should: "),
            "{failure:?}"
        );
    }
}

#[tokio::test]
async fn endless_interim_answers_are_left_in_time() {
    let interim = b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000);
    check(
        move || Reply::SayAndHang(interim.clone()),
        "no answer within 800 ms",
    )
    .await;
}

async fn check_address(options: &FetchOptions, address: &str, kind: FailureKind, message: &str) {
    let failure = expect_failed(get_with(options, address).await);
    assert_eq!(
        (failure.kind, failure.message.as_str()),
        (kind, message),
        "{address}"
    );
}

#[tokio::test]
async fn addresses_that_lead_nowhere_say_why() {
    let free = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let refused = format!("http://{free}/");
    check_address(
        &options(),
        &refused,
        FailureKind::Connection,
        "connection refused",
    )
    .await;
    let unknown = "the name feeds.invalid does not resolve";
    let failure = expect_failed(get("http://feeds.invalid/").await);
    assert_eq!(failure.kind, FailureKind::Name);
    assert!(failure.message.starts_with(unknown), "{failure:?}");
    for (address, message) in [
        (
            "ftp://example.org/feed",
            "addresses of ftp: are not fetched, only http: and https:",
        ),
        (
            "file:///etc/passwd",
            "addresses of file: are not fetched, only http: and https:",
        ),
        (
            "data:text/xml,<rss/>",
            "addresses of data: are not fetched, only http: and https:",
        ),
        (
            "feed",
            "\"feed\" is not an address: relative URL without a base",
        ),
        ("http://", "\"http://\" is not an address: empty host"),
    ] {
        check_address(&options(), address, FailureKind::Address, message).await;
    }
}

#[tokio::test]
async fn the_guard_closes_addresses_and_names_that_lead_to_them() {
    let closed = Fetcher::new(&FetchOptions {
        allow: Vec::new(),
        ..options()
    })
    .unwrap();
    let server = Server::start(|_| Reply::new("200 OK", b"secret")).await;
    let port = server.url.rsplit(':').next().unwrap();
    for host in [
        "127.0.0.1",
        "127.1",
        "0x7f.0.0.1",
        "2130706433",
        "017700000001",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[::1]",
        "0.0.0.0",
        "localhost",
    ] {
        let request = Request::new(format!("http://{host}:{port}/"), Validators::default());
        let failure = expect_failed(closed.fetch(&request).await);
        assert_eq!(failure.kind, FailureKind::Forbidden, "{host}: {failure:?}");
        assert!(
            failure.message.ends_with("allow it with [fetch] allow"),
            "{failure:?}"
        );
    }
    assert_eq!(server.connections(), 0);
    let opened = expect_modified(get(&format!("http://localhost:{port}/")).await);
    assert_eq!(opened.body, b"secret");
}

#[tokio::test]
async fn a_connection_that_is_not_made_is_given_up_in_time() {
    // Nobody takes connections from this queue, and it is full.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    let full = async {
        loop {
            queue.push(tokio::net::TcpStream::connect(address).await);
        }
    };
    let waited = tokio::time::timeout(Duration::from_millis(200), full).await;
    assert!(waited.is_err());
    let message = "no connection within 600 ms";
    check_address(
        &hurried(),
        &format!("http://{address}/"),
        FailureKind::Timeout,
        message,
    )
    .await;
    // Or somebody takes them, and says nothing when greeted.
    let silent = Server::start(|_| Reply::SayAndHang(Vec::new())).await;
    let address = silent.url.replace("http:", "https:");
    check_address(&hurried(), &address, FailureKind::Timeout, message).await;
}
