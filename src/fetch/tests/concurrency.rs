//! Many feeds at once: hosts are spared, and nobody waits for the slow.

use std::time::Instant;

use futures_util::StreamExt as _;
use futures_util::future::join_all;
use futures_util::stream::FuturesUnordered;

use crate::core::schedule::RequestSent;
use crate::fetch::host_limiter::RequestPurpose;

use super::*;

fn request(url: &str) -> Request {
    Request::new(url, Validators::default())
}

#[tokio::test]
async fn a_host_is_asked_by_few_at_a_time_over_few_connections() {
    let server =
        Server::start(|_| Reply::SayLate(Duration::from_millis(20), Reply::bytes("200 OK", b"x")))
            .await;
    let fetcher = fetcher();
    let requests: Vec<Request> = (0..12)
        .map(|n| request(&format!("{}/{n}", server.url)))
        .collect();
    let outcomes = join_all(requests.iter().map(|request| fetcher.fetch(request))).await;
    for outcome in outcomes {
        expect_modified(outcome);
    }
    assert_eq!(server.heads().len(), 12);
    assert_eq!(server.most_at_once(), 2);
    assert!(server.connections() <= 4, "{}", server.connections());
}

#[tokio::test]
async fn a_host_rests_for_as_long_as_it_worked() {
    let work = Duration::from_millis(40);
    let server = Server::start(move |_| Reply::SayLate(work, Reply::bytes("200 OK", b"x"))).await;
    let fetcher = Fetcher::new(&FetchOptions {
        per_host: 1,
        ..options()
    })
    .unwrap();
    let started = Instant::now();
    let requests = [
        request(&server.url),
        request(&server.url),
        request(&server.url),
    ];
    join_all(requests.iter().map(|request| fetcher.fetch(request))).await;
    assert!(
        started.elapsed() >= work * 5,
        "three times work, two times rest"
    );
}

#[tokio::test]
async fn a_host_that_asks_for_rest_is_spared_by_its_other_feeds_too() {
    let server =
        Server::start(|_| Reply::new("429 Too Many Requests\nRetry-After: 600", b"")).await;
    let other = Server::start_at("127.0.0.2", |_| Reply::new("200 OK", b"x")).await;
    let fetcher = fetcher();
    let first = expect_throttled(fetcher.fetch(&request(&format!("{}/a", server.url))).await);
    assert_eq!(
        (first.asked, first.message.as_str()),
        (RequestSent::Yes, "429 Too Many Requests")
    );
    let second = expect_throttled(fetcher.fetch(&request(&format!("{}/b", server.url))).await);
    let RequestSent::No { rest } = second.asked else {
        panic!("{second:?}");
    };
    assert!(
        rest > Duration::from_secs(590) && rest <= Duration::from_mins(10),
        "{rest:?}"
    );
    assert_eq!(server.heads().len(), 1);
    expect_modified(fetcher.fetch(&request(&other.url)).await);
}

/// A server whose every answer is a redirect to `to`.
async fn redirecting(address: &str, status: &'static str, to: String) -> Server {
    Server::start_at(address, move |_| {
        Reply::new(&format!("{status}\nLocation: {to}"), b"")
    })
    .await
}

/// A server that throttles all but `/own`.
async fn touchy(throttled: &'static str) -> Server {
    Server::start(move |head| {
        if head.starts_with("GET /own ") {
            return Reply::new("200 OK", b"x");
        }
        Reply::new(&format!("{throttled}\nRetry-After: 600"), b"")
    })
    .await
}

#[tokio::test]
async fn where_a_redirect_leads_holds_back_the_feed_that_was_redirected_and_no_other() {
    for throttled in ["429 Too Many Requests", "503 Busy", "403 Forbidden"] {
        for status in [
            "301 Moved",
            "302 Found",
            "307 Temporary Redirect",
            "308 Moved",
        ] {
            let host = touchy(throttled).await;
            let to = format!("{}/costly", host.url);
            let stranger = redirecting("127.0.0.2", status, to).await;
            let fetcher = fetcher();
            for _ in 0..2 {
                let redirected = expect_throttled(fetcher.fetch(&request(&stranger.url)).await);
                assert_eq!(
                    redirected.asked,
                    RequestSent::Yes,
                    "each is told for itself"
                );
                assert_eq!(
                    redirected.answer.caching.retry_after.as_deref(),
                    Some("600")
                );
            }
            let own = request(&format!("{}/own", host.url));
            expect_modified(fetcher.fetch(&own).await);
            let beside = request(&format!("{}/beside", stranger.url));
            let beside = expect_throttled(fetcher.fetch(&beside).await);
            assert_eq!(
                beside.asked,
                RequestSent::Yes,
                "nor is the stranger's host closed"
            );
        }
    }
}

#[tokio::test]
async fn an_address_that_a_redirect_gave_for_good_is_still_a_strangers_word() {
    let host = touchy("429 Too Many Requests").await;
    let fetcher = fetcher();
    let adopted = Request {
        adopted: true,
        ..request(&format!("{}/costly", host.url))
    };
    expect_throttled(fetcher.fetch(&adopted).await);
    expect_modified(fetcher.fetch(&request(&format!("{}/own", host.url))).await);
}

#[tokio::test]
async fn a_redirect_within_the_host_is_the_hosts_own_word() {
    let server = Server::start(|head| {
        if head.starts_with("GET /start ") {
            return Reply::new("302 Found\nLocation: /costly", b"");
        }
        Reply::new("429 Too Many Requests\nRetry-After: 600", b"")
    })
    .await;
    let fetcher = fetcher();
    fetcher
        .fetch(&request(&format!("{}/start", server.url)))
        .await;
    let second = expect_throttled(
        fetcher
            .fetch(&request(&format!("{}/own", server.url)))
            .await,
    );
    assert!(matches!(second.asked, RequestSent::No { .. }), "{second:?}");
    // And redirects that lead there respect it too.
    let to = format!("{}/costly", server.url);
    let stranger = redirecting("127.0.0.2", "302 Found", to).await;
    let third = expect_throttled(fetcher.fetch(&request(&stranger.url)).await);
    assert!(matches!(third.asked, RequestSent::No { .. }), "{third:?}");
}

#[tokio::test]
async fn redirects_to_what_takes_long_do_not_take_the_places_of_a_hosts_own_feeds() {
    let host = Server::start(|head| {
        if head.starts_with("GET /own ") {
            return Reply::new("200 OK", b"x");
        }
        Reply::SayAndHang(Vec::new())
    })
    .await;
    let to = format!("{}/costly", host.url);
    let stranger = redirecting("127.0.0.2", "302 Found", to).await;
    let fetcher = fetcher();
    let strangers: Vec<Request> = (0..8)
        .map(|n| request(&format!("{}/{n}", stranger.url)))
        .collect();
    let waiting = join_all(strangers.iter().map(|request| fetcher.fetch(request)));
    let own = async {
        // As soon as the host is busy with them.
        while host.heads().len() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        for _ in 0..5 {
            expect_modified(fetcher.fetch(&request(&format!("{}/own", host.url))).await);
        }
    };
    tokio::select! {
        () = own => {}
        _ = waiting => panic!("the strangers were done first"),
    }
    assert_eq!(
        host.most_at_once(),
        3,
        "two of the strangers, one of its own"
    );
}

#[tokio::test]
async fn one_feed_that_is_told_to_wait_for_a_month_closes_its_host_for_an_hour_at_most() {
    let server =
        Server::start(|_| Reply::new("429 Too Many Requests\nRetry-After: 2592000", b"")).await;
    let fetcher = fetcher();
    fetcher.fetch(&request(&server.url)).await;
    let second = expect_throttled(fetcher.fetch(&request(&server.url)).await);
    assert!(matches!(second.asked, RequestSent::No { rest } if rest <= Duration::from_hours(1)));
}

/// Servers on hosts of their own that never answer.
async fn hanging(count: u8) -> Vec<Server> {
    let start = |n| async move {
        Server::start_at(&format!("127.0.1.{n}"), |_| Reply::SayAndHang(Vec::new())).await
    };
    join_all((1..=count).map(start)).await
}

#[tokio::test]
async fn hosts_that_do_not_answer_make_room_for_those_that_do() {
    let slow = hanging(40).await;
    let quick = Server::start(|_| Reply::new("200 OK", b"x")).await;
    let fetcher = Fetcher::new(&FetchOptions {
        concurrency: 4,
        slow_concurrency: 64,
        ..options()
    })
    .unwrap();
    let requests: Vec<Request> = slow.iter().map(|server| request(&server.url)).collect();
    let waiting = join_all(requests.iter().map(|request| fetcher.fetch(request)));
    let late = request(&quick.url);
    let started = Instant::now();
    tokio::select! {
        outcome = fetcher.fetch(&late) => drop(expect_modified(outcome)),
        _ = waiting => panic!("the slow were done first"),
    }
    // Ten times four move over to the slow ones, 50 ms each.
    assert!(
        started.elapsed() < Duration::from_secs(15),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn feeds_known_to_be_slow_never_take_the_prompt_ones_places() {
    let slow = hanging(30).await;
    let quick = Server::start(|_| Reply::new("200 OK", b"x")).await;
    let fetcher = Fetcher::new(&FetchOptions {
        concurrency: 1,
        slow_concurrency: 2,
        slow_after: Duration::from_secs(20),
        ..options()
    })
    .unwrap();
    let requests: Vec<Request> = slow
        .iter()
        .map(|server| Request {
            speed: ResponseSpeed::Slow,
            ..request(&server.url)
        })
        .collect();
    let waiting = join_all(requests.iter().map(|request| fetcher.fetch(request)));
    let prompt = async {
        for _ in 0..20 {
            expect_modified(fetcher.fetch(&request(&quick.url)).await);
        }
    };
    tokio::select! {
        () = prompt => {}
        _ = waiting => panic!("the slow were done first"),
    }
}

#[tokio::test]
async fn hosts_are_forgotten_when_there_is_nothing_to_remember() {
    let limiter = super::super::host_limiter::HostLimiter::new(2, 100);
    for n in 0..5000 {
        let queue_key = super::super::host_limiter::HostQueueKey {
            host: format!("host-{n}"),
            line: if n % 2 == 0 {
                RequestPurpose::Redirects
            } else {
                RequestPurpose::Feeds
            },
        };
        let pass = limiter.enter(queue_key).await.unwrap();
        pass.rest_after_response(Duration::ZERO);
    }
    assert!(limiter.remembered() <= 1025, "{}", limiter.remembered());
}

#[tokio::test]
async fn many_large_bodies_at_once_wait_for_each_other_and_all_arrive() {
    let body = vec![b'x'; 1024 * 1024];
    let whole = Reply::bytes("200 OK", &body);
    let start = |n| {
        let whole = whole.clone();
        async move {
            Server::start_at(&format!("127.0.2.{n}"), move |_| Reply::Say(whole.clone())).await
        }
    };
    let servers = join_all((1..=24_u8).map(start)).await;
    let fetcher = Fetcher::new(&FetchOptions {
        body_memory: 1024 * 1024,
        timeout: Duration::from_secs(3),
        slow_after: Duration::from_secs(20),
        ..options()
    })
    .unwrap();
    let requests: Vec<Request> = servers.iter().map(|server| request(&server.url)).collect();
    let mut fetches: FuturesUnordered<_> = requests
        .iter()
        .map(|request| fetcher.fetch_with_memory(request))
        .collect();
    let mut held = Vec::new();
    // Longer than a fetch may take: waiting for room does not count.
    let pause = tokio::time::sleep(Duration::from_secs(4));
    let mut pause = std::pin::pin!(pause);
    loop {
        tokio::select! {
            fetched = fetches.next() => held.extend(fetched),
            () = &mut pause => break,
        }
    }
    // One by its pieces, one beyond them.
    assert!((1..=2).contains(&held.len()), "{}", held.len());
    for fetched in &mut held {
        fetched.reservation = MemoryReservation::default();
    }
    while let Some(fetched) = fetches.next().await {
        held.push(FeedFetch {
            reservation: MemoryReservation::default(),
            ..fetched
        });
    }
    assert_eq!(held.len(), servers.len());
    for fetched in held {
        assert_eq!(expect_modified(fetched.outcome).body.len(), body.len());
    }
}

#[tokio::test]
async fn bodies_that_never_end_take_no_room_of_those_that_do() {
    // Each sends more than its free share at once, then drips.
    let first = [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &vec![b'x'; 700_000]].concat();
    let start = |n| {
        let first = first.clone();
        async move {
            let drip = move |_: &str| {
                Reply::Drip(
                    first.clone(),
                    vec![b'x'; 100_000],
                    Duration::from_millis(50),
                )
            };
            Server::start_at(&format!("127.0.3.{n}"), drip).await
        }
    };
    let drips = join_all((1..=12_u8).map(start)).await;
    let body = vec![b'x'; 900_000];
    let whole = Reply::bytes("200 OK", &body);
    let good = Server::start(move |_| Reply::Say(whole.clone())).await;
    let fetcher = Fetcher::new(&FetchOptions {
        body_memory: 1024 * 1024,
        slow_after: Duration::from_secs(20),
        ..options()
    })
    .unwrap();
    let slow: Vec<Request> = drips
        .iter()
        .map(|server| Request {
            speed: ResponseSpeed::Slow,
            ..request(&server.url)
        })
        .collect();
    let waiting = join_all(slow.iter().map(|request| fetcher.fetch(request)));
    let good = request(&good.url);
    let started = Instant::now();
    let prompt = async {
        for _ in 0..5 {
            expect_modified(fetcher.fetch(&good).await);
        }
    };
    tokio::select! {
        () = prompt => {}
        _ = waiting => panic!("the drips were done first"),
    }
    // The drips are given up after 20 s, and have not made room before.
    assert!(
        started.elapsed() < Duration::from_secs(15),
        "{:?}",
        started.elapsed()
    );
}
