//! What a server sees of us, and what it does not.

use super::*;

/// The names of a request's headers, in order of the alphabet.
fn header_names(head: &str) -> Vec<&str> {
    let mut names: Vec<&str> = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(':').map(|(name, _)| name))
        .collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn a_request_carries_what_it_must_and_nothing_else() {
    let server = Server::start(|_| Reply::new("200 OK\nSet-Cookie: id=1", b"")).await;
    let fetcher = fetcher();
    for _ in 0..2 {
        fetcher
            .fetch(&Request::new(
                format!("{}/feed", server.url),
                Validators::default(),
            ))
            .await;
    }
    for head in server.heads() {
        assert!(head.starts_with("GET /feed HTTP/1.1\r\n"), "{head}");
        assert_eq!(
            header_names(&head),
            ["accept", "accept-encoding", "host", "user-agent"],
            "no cookie, no referer, no validators"
        );
        assert!(head.contains("user-agent: newsvigil/0.1.0\r\n"), "{head}");
    }
}

#[tokio::test]
async fn a_redirect_is_followed_without_a_referer_or_a_cookie() {
    let server = Server::start(|head| {
        if head.starts_with("GET /end ") {
            Reply::new("200 OK", b"")
        } else {
            Reply::new("302 Found\nLocation: /end\nSet-Cookie: id=1", b"")
        }
    })
    .await;
    get(&server.url).await;
    let heads = server.heads();
    assert_eq!(
        header_names(&heads[1]),
        ["accept", "accept-encoding", "host", "user-agent"]
    );
}

#[tokio::test]
async fn validators_are_echoed_byte_for_byte_and_a_304_is_understood() {
    // As a server may send them: a weak tag, no quotes, bytes beyond ASCII, a date that is none.
    for (etag, last_modified) in [
        (&b"\"abc\""[..], &b"Sun, 06 Nov 1994 08:49:37 GMT"[..]),
        (b"W/\"a b\"", b"0"),
        (b"unquoted", b"Sunday, 06-Nov-94 08:49:37 GMT"),
        (b"\"\xe9\xff\"", b"vor einer Stunde"),
        (b"\"", b"x"),
    ] {
        let server = Server::start(move |head| {
            if head.contains("if-none-match") {
                return Reply::new("304 Not Modified", b"");
            }
            let mut bytes = b"HTTP/1.1 200 OK\r\nETag: ".to_vec();
            bytes.extend(etag);
            bytes.extend(b"\r\nLast-Modified: ");
            bytes.extend(last_modified);
            bytes.extend(b"\r\nContent-Length: 0\r\n\r\n");
            Reply::Say(bytes)
        })
        .await;
        let fetcher = fetcher();
        let first = Request::new(server.url.clone(), Validators::default());
        let given = expect_modified(fetcher.fetch(&first).await)
            .answer
            .validators;
        let outcome = fetcher
            .fetch(&Request::new(server.url.clone(), given))
            .await;
        assert!(matches!(outcome, Outcome::NotModified(_)), "{outcome:?}");
        let latin1 = |bytes: &[u8]| {
            bytes
                .iter()
                .map(|&byte| char::from(byte))
                .collect::<String>()
        };
        let head = &server.heads()[1];
        assert!(
            head.contains(&format!("if-none-match: {}\r\n", latin1(etag))),
            "{head}"
        );
        assert!(
            head.contains(&format!("if-modified-since: {}\r\n", latin1(last_modified))),
            "{head}"
        );
    }
}

#[tokio::test]
async fn the_contact_stands_in_the_user_agent() {
    let server = Server::start(|_| Reply::new("200 OK", b"")).await;
    let options = FetchOptions {
        contact: Some("ops@example.org".to_owned()),
        ..options()
    };
    let request = Request::new(server.url.clone(), Validators::default());
    Fetcher::new(&options).unwrap().fetch(&request).await;
    let head = &server.heads()[0];
    assert!(
        head.contains("user-agent: newsvigil/0.1.0 (+ops@example.org)\r\n"),
        "{head}"
    );
}

#[test]
fn options_that_cannot_work_are_refused() {
    let refused =
        |options: FetchOptions| Fetcher::new(&options).err().map(|error| error.to_string());
    for contact in ["a\r\nb", "ñ", "\0"] {
        let error = refused(FetchOptions {
            contact: Some(contact.to_owned()),
            ..options()
        });
        assert!(error.unwrap().contains("cannot stand in a user agent"));
    }
    for proxy in [
        "proxy.example.org:3128",
        "socks5://example.org",
        "",
        "http://",
    ] {
        let error = refused(FetchOptions {
            proxy: Some(proxy.to_owned()),
            ..options()
        });
        assert!(error.unwrap().contains("is not an address like"), "{proxy}");
    }
    let certificates = vec![b"no certificate".to_vec()];
    let error = Fetcher::new(&FetchOptions {
        certificates,
        ..options()
    })
    .err();
    assert!(matches!(error, Some(FetchSetupError::Certificates(_))));
}

#[tokio::test]
async fn a_proxy_is_asked_instead_and_its_own_address_is_trusted() {
    let proxy = Server::start(|_| Reply::new("200 OK", b"through the proxy")).await;
    let options = FetchOptions {
        allow: Vec::new(),
        proxy: Some(proxy.url.replace("127.0.0.1", "localhost")),
        ..options()
    };
    let fetcher = Fetcher::new(&options).unwrap();
    let request = Request::new("http://example.org/feed", Validators::default());
    let modified = expect_modified(fetcher.fetch(&request).await);
    assert_eq!(modified.body, b"through the proxy");
    assert!(proxy.heads()[0].starts_with("GET http://example.org/feed HTTP/1.1\r\n"));
    let literal = Request::new("http://10.0.0.1/feed", Validators::default());
    assert_eq!(
        expect_failed(fetcher.fetch(&literal).await).kind,
        FailureKind::Forbidden
    );
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_as_the_obstacle() {
    let proxy = Server::start(|_| Reply::new("403 Forbidden", b"")).await;
    let options = FetchOptions {
        proxy: Some(proxy.url.clone()),
        ..options()
    };
    let failure = expect_failed(get_with(&options, "https://example.org/feed").await);
    assert_eq!(failure.kind, FailureKind::Connection);
    assert_eq!(
        failure.message,
        "the proxy makes no connection: tunnel error: unsuccessful"
    );
    assert!(proxy.heads()[0].starts_with("CONNECT example.org:443 HTTP/1.1\r\n"));
}
