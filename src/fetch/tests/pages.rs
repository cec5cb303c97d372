//! Pages, beside feeds.

use std::time::Instant;

use url::Url;

use super::super::{Cookie, PageOptions, PageRequest, RequestTarget};
use super::*;
use crate::core::article::{FetchedPage, PageOutcome};

fn page(url: &str) -> PageRequest {
    PageRequest {
        url: Url::parse(url).unwrap(),
        wanted: RequestTarget::Page,
        cookie: None,
    }
}

async fn get_page(fetcher: &Fetcher, request: &PageRequest) -> PageOutcome {
    let pages = fetcher.for_pages(&PageOptions::default());
    pages.fetch(request).await.outcome
}

#[track_caller]
fn expect_page(outcome: PageOutcome) -> FetchedPage {
    match outcome {
        PageOutcome::Page(page) => page,
        other => panic!("no page: {other:?}"),
    }
}

#[tokio::test]
async fn a_page_is_asked_for_as_pages_are() {
    let server = Server::start(|_| {
        Reply::new(
            "200 OK\nContent-Type: text/html; charset=windows-1251\nSet-Cookie: id=1",
            b"<p>",
        )
    })
    .await;
    let fetcher = fetcher();
    for _ in 0..2 {
        let page = expect_page(get_page(&fetcher, &page(&format!("{}/a#b", server.url))).await);
        assert_eq!((page.status, page.body.as_slice()), (200, &b"<p>"[..]));
        let content_type = page.content_type.as_deref();
        assert_eq!(content_type, Some("text/html; charset=windows-1251"));
    }
    let robots = PageRequest {
        wanted: RequestTarget::Robots { at_most: 100 },
        ..page(&server.url)
    };
    get_page(&fetcher, &robots).await;
    let heads = server.heads();
    for head in &heads {
        assert!(head.contains("user-agent: newsvigil/"), "{head}");
        assert!(
            !head.contains("cookie") && !head.contains("referer"),
            "{head}"
        );
    }
    assert!(heads[0].starts_with("GET /a HTTP/1.1\r\n"), "{}", heads[0]);
    let accept = "accept: text/html, application/xhtml+xml;q=0.9, */*;q=0.1\r\n";
    assert!(heads[0].contains(accept), "{}", heads[0]);
    assert!(
        heads[2].contains("accept: text/plain, */*;q=0.1\r\n"),
        "{}",
        heads[2]
    );
}

#[tokio::test]
async fn refusals_are_told_with_their_bodies_and_when_to_come_again() {
    for status in [
        "403 Forbidden",
        "404 Not Found",
        "429 Slow",
        "503 Busy",
        "599 Odd",
    ] {
        let head = format!("{status}\nRetry-After: 120");
        let server = Server::start(move |_| Reply::new(&head, b"Just a moment...")).await;
        let page = expect_page(get_page(&fetcher(), &page(&server.url)).await);
        assert!(status.starts_with(&page.status.to_string()));
        assert_eq!(page.body, b"Just a moment...", "{status}");
        let wait = page.retry_after(jiff::Timestamp::now()).unwrap();
        assert_eq!(wait.as_secs(), 120);
    }
}

#[tokio::test]
async fn redirects_are_told_and_not_followed() {
    for (status, location) in [
        ("301 Moved", "/there"),
        ("302 Found", "there#part"),
        ("303 See Other", "http://127.0.0.9/there"),
        ("307 Temporary", "//127.0.0.9/there"),
        ("308 Permanent", "?there"),
    ] {
        let head = format!("{status}\nLocation: {location}");
        let server = Server::start(move |_| Reply::new(&head, b"")).await;
        let outcome = get_page(&fetcher(), &page(&server.url)).await;
        let PageOutcome::Redirect { to } = outcome else {
            panic!("{outcome:?}");
        };
        assert!(
            to.as_str().contains("there") && to.fragment().is_none(),
            "{to}"
        );
        assert_eq!(server.heads().len(), 1);
    }
    for location in ["mailto:a@example.org", "file:///etc/passwd", "http://"] {
        let head = format!("302 Found\nLocation: {location}");
        let server = Server::start(move |_| Reply::new(&head, b"")).await;
        let outcome = get_page(&fetcher(), &page(&server.url)).await;
        assert!(
            matches!(&outcome, PageOutcome::Failed(failure) if failure.kind == FailureKind::Redirect),
            "{location}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn forbidden_addresses_and_oversized_and_dripping_pages_fail() {
    let closed = FetchOptions {
        allow: Vec::new(),
        ..options()
    };
    let outcome = get_page(
        &Fetcher::new(&closed).unwrap(),
        &page("http://127.0.0.1:9/"),
    )
    .await;
    assert!(
        matches!(&outcome, PageOutcome::Failed(failure) if failure.kind == FailureKind::Forbidden),
        "{outcome:?}"
    );
    let large = Server::start(|head| {
        let body = vec![b'a'; (4 << 20) + 1];
        if head.starts_with("GET /robots.txt") {
            return Reply::new("200 OK", &body);
        }
        Reply::new("200 OK", &body)
    })
    .await;
    let outcome = get_page(&fetcher(), &page(&large.url)).await;
    let PageOutcome::Failed(failure) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(
        (failure.kind, failure.message.as_str()),
        (FailureKind::TooLarge, "larger than 4 MiB")
    );
    let robots = PageRequest {
        wanted: RequestTarget::Robots { at_most: 1000 },
        ..page(&format!("{}/robots.txt", large.url))
    };
    let cut = expect_page(get_page(&fetcher(), &robots).await);
    assert_eq!(cut.body.len(), 1000);
    let drips = Server::start(|_| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".to_vec();
        Reply::Drip(head, vec![b'a'; 1000], Duration::from_millis(50))
    })
    .await;
    let hasty = PageOptions {
        timeout: Duration::from_millis(400),
        ..PageOptions::default()
    };
    let pages = fetcher().for_pages(&hasty);
    let outcome = pages.fetch(&page(&drips.url)).await.outcome;
    assert!(
        matches!(&outcome, PageOutcome::Failed(failure) if failure.kind == FailureKind::Timeout),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn pages_never_keep_feeds_waiting_and_come_one_at_a_time() {
    let server = Server::start(|head| {
        let late = if head.starts_with("GET /page") {
            1000
        } else {
            1
        };
        Reply::SayLate(Duration::from_millis(late), Reply::bytes("200 OK", b"x"))
    })
    .await;
    let fetcher = fetcher();
    let pages = fetcher.for_pages(&PageOptions::default());
    let asking: Vec<_> = (0..3)
        .map(|n| {
            let (pages, request) = (pages.clone(), page(&format!("{}/page/{n}", server.url)));
            tokio::spawn(async move { pages.fetch(&request).await.outcome })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let began = Instant::now();
    for n in 0..4 {
        let request = Request::new(format!("{}/feed/{n}", server.url), Validators::default());
        expect_modified(fetcher.fetch(&request).await);
    }
    assert!(
        began.elapsed() < Duration::from_millis(950),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(server.most_at_once(), 2, "a page, and a feed");
    for page in asking {
        expect_page(page.await.unwrap());
    }
    assert_eq!(server.most_at_once(), 2);
}

#[tokio::test]
async fn a_host_that_asked_for_rest_is_asked_for_no_page() {
    let server = Server::start(|_| Reply::new("429 Slow\nRetry-After: 60", b"")).await;
    let fetcher = fetcher();
    let request = Request::new(format!("{}/feed", server.url), Validators::default());
    expect_throttled(fetcher.fetch(&request).await);
    let outcome = get_page(&fetcher, &page(&format!("{}/page", server.url))).await;
    assert!(
        matches!(outcome, PageOutcome::HostResting(_)),
        "{outcome:?}"
    );
    assert_eq!(server.heads().len(), 1);
}

#[tokio::test]
async fn a_cookie_goes_to_its_own_host_alone_and_is_never_shown() {
    let own = Server::start(|_| Reply::new("200 OK", b"")).await;
    let other = Server::start_at("127.0.0.2", |_| Reply::new("200 OK", b"")).await;
    let feed = Url::parse(&format!("{}/feed", own.url)).unwrap();
    let cookie = Cookie::new("session=s3cr3t", &feed).unwrap();
    let fetcher = fetcher();
    for server in [&own, &other] {
        let request = PageRequest {
            cookie: Some(cookie.clone()),
            ..page(&format!("{}/a", server.url))
        };
        assert!(!format!("{request:?}").contains("s3cr3t"));
        get_page(&fetcher, &request).await;
    }
    assert!(own.heads()[0].contains("cookie: session=s3cr3t\r\n"));
    assert!(!other.heads()[0].contains("cookie"));
}

#[test]
fn a_cookie_needs_encryption_and_the_very_host() {
    let may_go = |feed: &str, address: &str| {
        Cookie::may_be_sent_to(&Url::parse(feed).unwrap(), &Url::parse(address).unwrap())
    };
    let feed = "http://www.outlet.example/feed";
    for address in [
        "https://www.outlet.example/a",
        "https://outlet.example/a",
        "https://OUTLET.example/a",
    ] {
        assert!(may_go(feed, address), "{address}");
    }
    for address in [
        "http://www.outlet.example/a",
        "https://news.outlet.example/a",
        "https://outlet.example.org/a",
        "https://notoutlet.example/a",
        "https://www.www.outlet.example/a",
        "http://127.0.0.1/a",
        "https://[::1]/a",
    ] {
        assert!(!may_go(feed, address), "{address}");
    }
    assert!(may_go("http://127.0.0.1:81/feed", "http://127.0.0.1:81/a"));
    assert!(!may_go("http://127.0.0.1:81/feed", "http://127.0.0.1:82/a"));
}
