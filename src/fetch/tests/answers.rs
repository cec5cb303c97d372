//! What each status, header and encoding becomes.

use std::io::Write;

use super::*;

async fn outcome_of(reply: fn(&str) -> Reply) -> Outcome {
    let server = Server::start(reply).await;
    get(&server.url).await
}

#[tokio::test]
async fn a_body_comes_with_its_address_type_validators_and_caching_headers() {
    let server = Server::start(|_| {
        Reply::new(
            "200 OK\nContent-Type: application/rss+xml; charset=utf-8\nETag: W/\"a\nLast-Modified: now\n\
             Cache-Control: public\nCache-Control: max-age=60\nExpires: 0\nDate: today\nAge: 5\nRetry-After: 7",
            b"hello",
        )
    })
    .await;
    let modified = expect_modified(get(&format!("{}/feed?a=b#part", server.url)).await);
    assert_eq!(modified.body, b"hello");
    assert_eq!(
        modified.content_type.as_deref(),
        Some("application/rss+xml; charset=utf-8")
    );
    let answer = modified.answer;
    assert_eq!(answer.validators.etag.as_deref(), Some(&b"W/\"a"[..]));
    assert_eq!(
        answer.validators.last_modified.as_deref(),
        Some(&b"now"[..])
    );
    assert_eq!(
        answer.caching.cache_control.as_deref(),
        Some("public, max-age=60")
    );
    assert_eq!(answer.caching.expires.as_deref(), Some("0"));
    assert_eq!(answer.caching.date.as_deref(), Some("today"));
    assert_eq!(answer.caching.age.as_deref(), Some("5"));
    assert_eq!(answer.caching.retry_after.as_deref(), Some("7"));
    assert_eq!(answer.moved_to, None);
    assert!(answer.sent.is_empty());
    assert!(server.heads()[0].starts_with("GET /feed?a=b HTTP/1.1\r\n"));
}

#[tokio::test]
async fn overlong_headers_are_cut_or_left_out() {
    let long = "x".repeat(20_000);
    let head = format!(
        "200 OK\nContent-Type: text/xml; charset=utf-8; a={long}\nETag: \"{long}\"\n\
         Last-Modified: now\nCache-Control: max-age=60, a={long}"
    );
    let server = Server::start(move |_| Reply::new(&head, b"hello")).await;
    let modified = expect_modified(get(&server.url).await);
    let content_type = modified.content_type.unwrap();
    assert!(content_type.starts_with("text/xml; charset=utf-8"));
    assert_eq!(content_type.len(), 256);
    let answer = modified.answer;
    let kept = Validators::new(None, Some(b"now".to_vec()));
    assert_eq!(answer.validators, kept);
    assert_eq!(answer.caching.cache_control.as_deref(), Some("max-age=60"));
}

#[tokio::test]
async fn compressed_nothing_is_not_read_for_long() {
    for (name, head, nothing) in [
        (
            "gzip",
            &b"\x1f\x8b\x08\0\0\0\0\0\0\x03"[..],
            &b"\0\0\0\xff\xff"[..],
        ),
        ("br", b"\x0c", b"\x06"),
        ("zstd", b"", b"\x50\x2a\x4d\x18\0\0\0\0"),
    ] {
        let mut body = head.to_vec();
        while body.len() < 1_000_000 {
            body.extend(nothing);
        }
        let head = format!("200 OK\nContent-Encoding: {name}");
        let server = Server::start(move |_| Reply::new(&head, &body)).await;
        let failure = expect_failed(get(&server.url).await);
        assert_eq!(
            failure.message, "sent far more than its answer holds",
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_window_larger_than_http_permits_is_no_zstd_for_us() {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(27).unwrap();
    encoder.write_all(&b"hello ".repeat(100)).unwrap();
    let body = encoder.finish().unwrap();
    let server = Server::start(move |_| Reply::new("200 OK\nContent-Encoding: zstd", &body)).await;
    let failure = expect_failed(get(&server.url).await);
    assert_eq!(failure.kind, FailureKind::TooLarge, "{failure:?}");
}

#[tokio::test]
async fn small_chunks_are_read_as_long_as_they_are_not_too_many() {
    let chunked = |count: usize| {
        let mut bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        bytes.extend(b"1\r\nx\r\n".repeat(count));
        bytes.extend(b"0\r\n\r\n");
        bytes
    };
    let (some, many) = (chunked(10_000), chunked(20_000));
    let server = Server::start(move |head| {
        let few = head.starts_with("GET /some ");
        Reply::Say(if few { some.clone() } else { many.clone() })
    })
    .await;
    let modified = expect_modified(get(&format!("{}/some", server.url)).await);
    assert_eq!(modified.body, b"x".repeat(10_000));
    let failure = expect_failed(get(&format!("{}/many", server.url)).await);
    assert_eq!(failure.message, "sent its answer in too many pieces");
}

#[tokio::test]
async fn statuses_become_failures_that_read_alone() {
    for (head, kind, message) in [
        ("404 Not Found", FailureKind::Status(404), "404 Not Found"),
        ("404 Nix da", FailureKind::Status(404), "404 Not Found"),
        (
            "500 Oops",
            FailureKind::Status(500),
            "500 Internal Server Error",
        ),
        ("403 Forbidden", FailureKind::Status(403), "403 Forbidden"),
        (
            "503 Busy",
            FailureKind::Status(503),
            "503 Service Unavailable",
        ),
        ("204 No Content", FailureKind::Status(204), "204 No Content"),
        (
            "206 Partial Content",
            FailureKind::Status(206),
            "206 Partial Content",
        ),
        (
            "301 Moved Permanently",
            FailureKind::Status(301),
            "301 Moved Permanently",
        ),
        ("599 Strange", FailureKind::Status(599), "status 599"),
    ] {
        let server = Server::start(move |_| Reply::new(head, b"")).await;
        let failure = expect_failed(get(&server.url).await);
        assert_eq!((failure.kind, failure.message.as_str()), (kind, message));
        assert!(failure.answer.is_some());
    }
}

#[tokio::test]
async fn a_304_without_validators_is_a_failure() {
    let failure = expect_failed(outcome_of(|_| Reply::new("304 Not Modified", b"")).await);
    assert_eq!(failure.kind, FailureKind::UnaskedNotModified);
}

#[tokio::test]
async fn a_410_is_gone() {
    let outcome = outcome_of(|_| Reply::new("410 Gone", b"sorry")).await;
    assert!(matches!(outcome, Outcome::Gone(_)), "{outcome:?}");
}

#[tokio::test]
async fn throttling_is_told_by_429_and_by_503_and_403_with_retry_after() {
    for (head, status) in [
        ("429 Too Many Requests", 429),
        ("429 Too Many Requests\nRetry-After: 0", 429),
        ("503 Service Unavailable\nRetry-After: 120", 503),
        (
            "403 Forbidden\nRetry-After: Tue, 24 Nov 2026 12:30:00 GMT",
            403,
        ),
    ] {
        let server = Server::start(move |_| Reply::new(head, b"")).await;
        let throttled = expect_throttled(get(&server.url).await);
        assert_eq!(throttled.status, status);
        let given = head.split_once("Retry-After: ").map(|(_, value)| value);
        assert_eq!(throttled.answer.caching.retry_after.as_deref(), given);
    }
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn brotli(body: &[u8]) -> Vec<u8> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
    encoder.write_all(body).unwrap();
    encoder.into_inner()
}

fn zstd(body: &[u8]) -> Vec<u8> {
    zstd::encode_all(body, 3).unwrap()
}

type Encode = fn(&[u8]) -> Vec<u8>;
const ENCODINGS: [(&str, Encode); 3] = [("gzip", gzip), ("br", brotli), ("zstd", zstd)];

#[tokio::test]
async fn each_encoding_that_is_asked_for_is_decoded() {
    let body = "Ñandú ".repeat(5000);
    for (name, encode) in ENCODINGS {
        let (head, encoded) = (
            format!("200 OK\nContent-Encoding: {name}"),
            encode(body.as_bytes()),
        );
        let server = Server::start(move |_| Reply::new(&head, &encoded)).await;
        let modified = expect_modified(get(&server.url).await);
        assert_eq!(modified.body, body.as_bytes(), "{name}");
        assert!(server.heads()[0].contains(name));
    }
}

fn zlib(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn deflate(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn codings_are_known_by_all_their_names_and_undone_in_their_order() {
    let body = b"Police used lethal force ".repeat(2000);
    let coded = |encode: &[Encode]| {
        encode
            .iter()
            .fold(body.clone(), |body, encode| encode(&body))
    };
    let two_members = [gzip(&body[..9_000]), gzip(&body[9_000..])].concat();
    for (lines, encoded) in [
        ("Content-Encoding: x-gzip", coded(&[gzip])),
        ("Content-Encoding: GZIP", coded(&[gzip])),
        ("Content-Encoding: deflate", coded(&[zlib])),
        ("Content-Encoding: Deflate", coded(&[deflate])),
        ("Content-Encoding: gzip, gzip", coded(&[gzip, gzip])),
        ("Content-Encoding: deflate, gzip", coded(&[zlib, gzip])),
        ("Content-Encoding: gzip, deflate", coded(&[gzip, deflate])),
        ("Content-Encoding: br ,X-GZIP", coded(&[brotli, gzip])),
        (
            "Content-Encoding: zstd\nContent-Encoding: gzip",
            coded(&[zstd, gzip]),
        ),
        (
            "Content-Encoding: identity, gzip, , identity",
            coded(&[gzip]),
        ),
        (
            "Content-Encoding: gzip,gzip,gzip,gzip",
            coded(&[gzip, gzip, gzip, gzip]),
        ),
        ("Content-Encoding: gzip", two_members.clone()),
        ("Content-Encoding: gzip, gzip", gzip(&two_members)),
        (
            "Content-Encoding: gzip",
            [two_members, vec![0; 512]].concat(),
        ),
        (
            "Content-Encoding: gzip",
            [coded(&[gzip]), b"<!-- -->".to_vec()].concat(),
        ),
        (
            "Content-Encoding: deflate",
            [coded(&[zlib]), vec![0; 7]].concat(),
        ),
    ] {
        let head = format!("200 OK\n{lines}");
        let server = Server::start(move |_| Reply::new(&head, &encoded)).await;
        assert!(
            expect_modified(get(&server.url).await).body == body,
            "{lines}"
        );
    }
}

#[tokio::test]
async fn more_codings_than_a_feed_needs_are_refused() {
    for names in ["gzip, gzip, gzip, gzip, gzip", "br, br", "zstd, gzip, br"] {
        let head = format!("200 OK\nContent-Encoding: {names}");
        let server = Server::start(move |_| Reply::new(&head, b"")).await;
        let failure = expect_failed(get(&server.url).await);
        assert_eq!(failure.kind, FailureKind::Encoding);
        assert!(
            failure.message.starts_with("compressed more often"),
            "{failure:?}"
        );
    }
}

#[tokio::test]
async fn what_ends_early_is_a_failure_in_every_coding() {
    let body: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
    let codings: [(&str, Encode); 5] = [
        ("gzip", gzip),
        ("deflate", zlib),
        ("deflate", deflate),
        ("br", brotli),
        ("zstd", zstd),
    ];
    for (name, encode) in codings {
        let whole = encode(&body);
        let second = [gzip(b"one"), gzip(&body)[..40].to_vec()].concat();
        let cut = [
            (name.to_owned(), whole[..whole.len() / 2].to_vec()),
            (format!("{name}, gzip"), gzip(&whole[..whole.len() / 2])),
            ("gzip".to_owned(), second),
        ];
        for (names, encoded) in cut {
            let head = format!("200 OK\nContent-Encoding: {names}");
            let server = Server::start(move |_| Reply::new(&head, &encoded)).await;
            let failure = expect_failed(get(&server.url).await);
            assert_eq!(failure.kind, FailureKind::Encoding, "{names}: {failure:?}");
        }
    }
}

#[tokio::test]
async fn a_bomb_below_another_coding_is_stopped_too() {
    let nothing = gzip(b"").repeat(40_000);
    let large = gzip(&vec![0; 64 << 20]);
    for (names, encoded) in [
        ("gzip, gzip", gzip(&large)),
        ("deflate, gzip", gzip(&zlib(&vec![0; 64 << 20]))),
        ("gzip, gzip", gzip(&nothing)),
        ("gzip", nothing),
    ] {
        let head = format!("200 OK\nContent-Encoding: {names}");
        let server = Server::start(move |_| Reply::new(&head, &encoded)).await;
        let failure = expect_failed(get(&server.url).await);
        assert!(
            matches!(failure.kind, FailureKind::TooLarge | FailureKind::Protocol),
            "{names}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn a_body_from_a_proxy_is_read_and_one_that_is_only_accepted_is_marked() {
    let reply = |head: &'static str| Server::start(move |_| Reply::new(head, b"<rss/>"));
    let server = reply("203 Non-Authoritative Information\nETag: \"a\"").await;
    let modified = expect_modified(get(&server.url).await);
    assert!(!modified.is_accepted_only);
    assert_eq!(
        modified.answer.validators.etag.as_deref(),
        Some(&b"\"a\""[..])
    );
    let server = reply("202 Accepted\nETag: \"a\"").await;
    let modified = expect_modified(get(&server.url).await);
    assert!(modified.is_accepted_only && modified.answer.validators.is_empty());
    assert_eq!(modified.body, b"<rss/>");
}

#[tokio::test]
async fn a_bomb_is_stopped_at_the_cap() {
    for (name, encode) in ENCODINGS {
        // 64 MiB of nothing in a few kilobytes.
        let (head, encoded) = (
            format!("200 OK\nContent-Encoding: {name}"),
            encode(&vec![0; 64 << 20]),
        );
        assert!(encoded.len() < 100_000);
        let server = Server::start(move |_| Reply::new(&head, &encoded)).await;
        let failure = expect_failed(get(&server.url).await);
        assert_eq!(
            (failure.kind, failure.message.as_str()),
            (FailureKind::TooLarge, "larger than 1 MiB")
        );
    }
}

#[tokio::test]
async fn a_body_that_does_not_decompress_is_a_failure() {
    let whole = gzip(&b"hello ".repeat(1000));
    let cut_short = whole[..whole.len() / 2].to_vec();
    for broken in [b"this is no gzip at all".to_vec(), cut_short] {
        let server =
            Server::start(move |_| Reply::new("200 OK\nContent-Encoding: gzip", &broken)).await;
        let failure = expect_failed(get(&server.url).await);
        assert_eq!(failure.kind, FailureKind::Encoding, "{failure:?}");
        assert!(
            failure.message.starts_with("does not decompress: "),
            "{failure:?}"
        );
    }
}

#[tokio::test]
async fn an_encoding_that_was_not_asked_for_is_a_failure_and_a_nonsensical_one_is_none() {
    let outcome = outcome_of(|_| Reply::new("200 OK\nContent-Encoding: x-compress", b"x")).await;
    assert_eq!(
        expect_failed(outcome).message,
        "compressed with x-compress, which was not asked for"
    );
    let outcome = outcome_of(|_| Reply::new("200 OK\nContent-Encoding: UTF-8", b"x")).await;
    assert_eq!(expect_modified(outcome).body, b"x");
}

#[tokio::test]
async fn the_cap_counts_bytes_of_the_body_whatever_its_length_claims() {
    let just = vec![b'x'; 1024 * 1024];
    let over = vec![b'x'; 1024 * 1024 + 1];
    let chunked = {
        let mut bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        for _ in 0..40 {
            bytes.extend(b"8000\r\n");
            bytes.extend(vec![b'x'; 0x8000]);
            bytes.extend(b"\r\n");
        }
        bytes
    };
    let server = Server::start(move |head| match head.split(' ').nth(1) {
        Some("/just") => Reply::new("200 OK", &just),
        Some("/over") => Reply::new("200 OK", &over),
        // What claims to be too large is not even waited for.
        Some("/claims") => {
            Reply::SayAndHang(b"HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n".to_vec())
        }
        // No end in sight: the cap must not wait for one.
        _ => Reply::SayAndHang(chunked.clone()),
    })
    .await;
    let body = expect_modified(get(&format!("{}/just", server.url)).await).body;
    assert_eq!(body.len(), 1024 * 1024);
    for path in ["over", "claims", "endless"] {
        let failure = expect_failed(get(&format!("{}/{path}", server.url)).await);
        assert_eq!(failure.kind, FailureKind::TooLarge, "{path}: {failure:?}");
    }
}
