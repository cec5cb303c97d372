//! Chains of redirects: how far, where to, and what they teach.

use super::*;

/// A server whose path `/N` answers with the Nth of `heads`, and with a body beyond them.
async fn chain(heads: &[&str]) -> Server {
    let heads: Vec<String> = heads.iter().map(ToString::to_string).collect();
    Server::start(move |request| {
        let path = request.split(' ').nth(1).unwrap();
        let place: usize = path.trim_start_matches('/').parse().unwrap_or(usize::MAX);
        match heads.get(place) {
            Some(head) => Reply::new(head, b""),
            None => Reply::new("200 OK\nETag: \"end\"", b"end"),
        }
    })
    .await
}

async fn check_moved(heads: &[&str], final_path: &str, moved_to: Option<&str>) {
    let server = chain(heads).await;
    let modified = expect_modified(get(&format!("{}/0", server.url)).await);
    assert_eq!(modified.body, b"end");
    assert_eq!(
        modified.answer.final_url,
        format!("{}{final_path}", server.url)
    );
    assert_eq!(modified.answer.requested_url, format!("{}/0", server.url));
    assert_eq!(
        modified.answer.moved_to,
        moved_to.map(|path| format!("{}{path}", server.url)),
        "{heads:?}"
    );
}

#[tokio::test]
async fn the_permanent_part_at_the_start_of_a_chain_is_the_move() {
    check_moved(&["301 Moved\nLocation: /1"], "/1", Some("/1")).await;
    check_moved(&["308 Moved\nLocation: /1"], "/1", Some("/1")).await;
    for temporary in ["302 Found", "303 See Other", "307 Temporary Redirect"] {
        let head = format!("{temporary}\nLocation: /1");
        check_moved(&[&head], "/1", None).await;
        check_moved(
            &["301 Moved\nLocation: /1", &head.replace("/1", "/2")],
            "/2",
            Some("/1"),
        )
        .await;
        check_moved(&[&head, "301 Moved\nLocation: /2"], "/2", None).await;
    }
    check_moved(
        &[
            "301 Moved\nLocation: /1",
            "308 Moved\nLocation: /2",
            "301 Moved\nLocation: /3",
        ],
        "/3",
        Some("/3"),
    )
    .await;
}

#[tokio::test]
async fn targets_may_be_relative_and_lose_their_fragment() {
    check_moved(&["301 Moved\nLocation: ./1#part"], "/1", Some("/1")).await;
    check_moved(
        &["301 Moved\nLocation: ?page=2"],
        "/0?page=2",
        Some("/0?page=2"),
    )
    .await;
}

#[tokio::test]
async fn targets_in_any_bytes_are_followed_as_they_stand() {
    for (location, path) in [
        (&b"/se\xc3\xb1al"[..], "/se%C3%B1al"),
        (b"/se\xf1al", "/se%F1al"),
        (b"/se%F1al?a=\xf1", "/se%F1al?a=%F1"),
    ] {
        let server = Server::start(move |head| {
            if head.starts_with("GET /start ") {
                let mut bytes = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ".to_vec();
                bytes.extend(location);
                bytes.extend(b"\r\n\r\n");
                return Reply::Say(bytes);
            }
            Reply::new("200 OK", b"end")
        })
        .await;
        let modified = expect_modified(get(&format!("{}/start", server.url)).await);
        assert_eq!(modified.answer.final_url, format!("{}{path}", server.url));
    }
}

#[tokio::test]
async fn ten_redirects_are_followed_and_no_more() {
    let heads: Vec<String> = (1..=11)
        .map(|n| format!("302 Found\nLocation: /{n}"))
        .collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    check_moved(&heads[..10], "/10", None).await;
    let server = chain(&heads).await;
    let failure = expect_failed(get(&format!("{}/0", server.url)).await);
    assert_eq!(failure.kind, FailureKind::Redirect);
    assert_eq!(failure.message, "more than 10 redirects");
    assert_eq!(server.heads().len(), 11);
}

#[tokio::test]
async fn no_more_redirects_are_followed_than_are_wanted_and_all_are_counted() {
    let heads = ["302 Found\nLocation: /1", "302 Found\nLocation: /2"];
    for (at_most, requests) in [(0, 1), (1, 2), (2, 3), (usize::MAX, 3)] {
        let server = chain(&heads).await;
        let request = Request {
            redirects_at_most: Some(at_most),
            ..Request::new(format!("{}/0", server.url), Validators::default())
        };
        let fetched = fetcher().fetch_with_memory(&request).await;
        assert_eq!(fetched.requests, requests);
        assert_eq!(server.heads().len(), requests);
        assert_eq!(
            matches!(fetched.outcome, Outcome::Modified(_)),
            at_most >= heads.len()
        );
    }
}

async fn check_refused(location: &str, kind: FailureKind, message: &str) {
    let head = format!("302 Found\nLocation: {location}");
    let server = Server::start(move |_| Reply::new(&head, b"")).await;
    let failure = expect_failed(get(&format!("{}/0", server.url)).await);
    let expected = message.replace("SERVER", &server.url);
    assert_eq!((failure.kind, failure.message), (kind, expected));
    assert_eq!(server.heads().len(), 1);
}

#[tokio::test]
async fn a_circle_is_seen_at_once() {
    check_refused(
        "/0",
        FailureKind::Redirect,
        "the redirect goes in a circle, back to SERVER/0",
    )
    .await;
}

#[tokio::test]
async fn no_redirect_leads_to_a_file_or_another_scheme() {
    for scheme in ["file", "ftp", "data", "javascript", "gopher"] {
        check_refused(
            &format!("{scheme}:///etc/passwd"),
            FailureKind::Redirect,
            &format!("the redirect leads to {scheme}:, which is not followed"),
        )
        .await;
    }
}

#[tokio::test]
async fn a_name_and_password_that_a_redirect_brings_are_not_sent() {
    let end = chain(&[]).await;
    let to = end.url.replace("http://", "http://me:hunter2@");
    let server = chain(&[&format!("302 Found\nLocation: {to}/1")]).await;
    expect_modified(get(&format!("{}/0", server.url)).await);
    let head = &end.heads()[0];
    assert!(
        !head.to_ascii_lowercase().contains("authorization"),
        "{head}"
    );
}

#[tokio::test]
async fn no_redirect_leads_to_an_address_that_is_overlong() {
    let refused = "the redirect leads to an address of more than 2048 bytes";
    for location in [
        format!("/{}", "a".repeat(60_000)),
        format!("/?{}", "a".repeat(2048)),
        format!("http://example.org/{}", "a".repeat(2048)),
        format!("/{}", "é".repeat(400)),
    ] {
        check_refused(&location, FailureKind::Redirect, refused).await;
    }
    let long = format!("/{}", "a".repeat(1900));
    check_moved(
        &[&format!("301 Moved\nLocation: {long}")],
        &long,
        Some(&long),
    )
    .await;
    let scheme = "s".repeat(2000);
    let server = chain(&[&format!("301 Moved\nLocation: {scheme}:x")]).await;
    let failure = expect_failed(get(&format!("{}/0", server.url)).await);
    assert!(failure.message.chars().count() <= 301, "{failure:?}");
}

#[tokio::test]
async fn no_redirect_leads_past_the_guard() {
    for (target, address, what) in [
        ("10.1.2.3", "10.1.2.3", "a private address"),
        ("169.254.169.254", "169.254.169.254", "a link-local address"),
        ("0xa9fea9fe", "169.254.169.254", "a link-local address"),
        (
            "[::ffff:192.168.0.1]",
            "::ffff:192.168.0.1",
            "a private address",
        ),
        ("[fd00::1]", "fd00::1", "a private address"),
    ] {
        check_refused(
            &format!("http://{target}/latest/meta-data"),
            FailureKind::Forbidden,
            &format!("{address} is {what}; allow it with [fetch] allow"),
        )
        .await;
    }
}

#[tokio::test]
async fn validators_go_to_the_address_that_gave_them_and_to_no_other() {
    let server = chain(&["302 Found\nLocation: /1"]).await;
    let start = format!("{}/0", server.url);
    let validators = Validators {
        etag: Some(b"\"end\"".to_vec()),
        last_modified: Some(b"then".to_vec()),
    };
    let ask = async |from: &str| {
        let request = Request {
            validators_from: Some(from.to_owned()),
            ..Request::new(start.clone(), validators.clone())
        };
        let before = server.heads().len();
        let outcome = fetcher().fetch(&request).await;
        let conditional: Vec<bool> = server.heads()[before..]
            .iter()
            .map(|head| head.contains("if-none-match") && head.contains("if-modified-since"))
            .collect();
        (conditional, expect_modified(outcome).answer.sent.is_empty())
    };
    let end = format!("{}/1", server.url);
    assert_eq!(ask(&end).await, (vec![false, true], false));
    assert_eq!(ask(&start).await, (vec![true, false], true));
    assert_eq!(ask("http://example.org/").await, (vec![false, false], true));
}
