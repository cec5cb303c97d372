//! The corpus: one host an attack.

use std::io::{self, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::host::{Act, drip, endless, hang, page};
use super::{bodies, bombs};

/// What has to come of an attack.
pub enum Expected {
    /// The feed fails, for this reason.
    Reason(&'static str),
    /// The feed is read, whatever else is in it.
    Read,
    /// The same, and its story is found and mailed.
    Story,
}

impl Expected {
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Reason(reason) => Some(reason),
            Self::Read | Self::Story => None,
        }
    }

    pub fn is_story(&self) -> bool {
        matches!(self, Self::Story)
    }
}

pub struct Attack {
    pub id: &'static str,
    pub expected: Expected,
    pub act: Box<Act>,
}

/// Every attack there is.
pub fn all() -> Vec<Attack> {
    let mut attacks = on_the_wire();
    attacks.extend(redirects());
    attacks.extend(headers_of_no_text());
    attacks.extend(inflated());
    attacks.extend(bodies::xml());
    attacks.extend(bodies::growing());
    attacks.extend(bodies::of_other_kinds());
    attacks.extend(bodies::stories());
    attacks
}

fn attack(
    id: &'static str,
    reason: &'static str,
    act: impl Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
) -> Attack {
    Attack {
        id,
        expected: Expected::Reason(reason),
        act: Box::new(act),
    }
}

pub const RSS: &str = "Content-Type: application/rss+xml\r\n";
const OK: &[u8] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n";
/// Often enough that nobody calls it silence.
const DRIP: Duration = Duration::from_millis(100);

fn on_the_wire() -> Vec<Attack> {
    vec![
        attack("silence", "no answer within 8 s", |_, stream| hang(stream)),
        attack(
            "hangs-up",
            "hung up before the answer was complete",
            |_, _| Ok(()),
        ),
        attack("drip-head", "no answer within 8 s", |_, stream| {
            drip(OK, b"X: y\r\n", DRIP, stream)
        }),
        attack("drip-body", "no answer within 8 s", |_, stream| {
            drip(&[OK, b"\r\n<rss>"].concat(), b" ", DRIP, stream)
        }),
        attack("endless-body", "larger than 8 MiB", |_, stream| {
            endless(RSS, b"<rss>", &[b' '; 65_536], stream)
        }),
        attack("endless-headers", "headers", |_, stream| {
            drip(OK, b"X-Header: value\r\n", Duration::ZERO, stream)
        }),
        attack("endless-header", "headers", |_, stream| {
            drip(
                &[OK, b"X: "].concat(),
                &[b'y'; 65_536],
                Duration::ZERO,
                stream,
            )
        }),
        attack("long-status", "headers", |_, stream| {
            drip(b"HTTP/1.1 200 ", &[b'y'; 65_536], Duration::ZERO, stream)
        }),
        attack("no-http", "does not speak HTTP", |_, stream| {
            stream.write_all(b"\x00\xff\x16\x03 this is no HTTP at all\r\n\r\n")
        }),
        attack("header-injection", "does not speak HTTP", |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n")
        }),
        attack(
            "promises-more",
            "hung up before the answer was complete",
            |_, stream| {
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n<rss><channel>")
            },
        ),
        attack("promises-too-much", "larger than 8 MiB", |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n<rss>")
        }),
        attack("no-number", "does not speak HTTP", |_, stream| {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n<rss>",
            )
        }),
        attack("promises-less", "not well-formed XML", |_, stream| {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<rss><channel><title>a</title>",
            )
        }),
        attack("two-lengths", "does not speak HTTP", |_, stream| {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n<rss><a/>",
            )
        }),
        attack("empty", "empty body", |_, stream| page(RSS, b"", stream)),
        attack("white-space", "empty body", |_, stream| {
            page(RSS, b" \r\n\t ", stream)
        }),
        attack("chunks-of-junk", "does not speak HTTP", |_, stream| {
            stream.write_all(&[OK, b"Transfer-Encoding: chunked\r\n\r\nZZZ\r\njunk\r\n"].concat())
        }),
        attack("chunk-of-exabytes", "does not speak HTTP", |_, stream| {
            stream.write_all(
                &[
                    OK,
                    b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n<rss>",
                ]
                .concat(),
            )
        }),
        attack("chunk-extension", "does not speak HTTP", |_, stream| {
            let head = [OK, b"Transfer-Encoding: chunked\r\n\r\n5;"].concat();
            drip(&head, &[b'x'; 65_536], Duration::ZERO, stream)
        }),
        attack(
            "unasked-304",
            "nothing was there to compare with",
            |_, stream| stream.write_all(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        ),
        attack("odd-status", "status 799", |_, stream| {
            stream.write_all(b"HTTP/1.1 799 \r\nContent-Length: 0\r\n\r\n")
        }),
    ]
}

/// Headers with bytes that are no UTF-8, where something is read from them.
fn headers_of_no_text() -> Vec<Attack> {
    const BODY: &str = "<rss version=\"2.0\"><channel><title>Hostile</title>\
        <item><title>Bytes</title><guid>b</guid></item></channel></rss>";
    let with = |id, expected, status: &'static str, header: &'static [u8]| Attack {
        id,
        expected,
        act: Box::new(move |_: &str, stream: &mut TcpStream| {
            let length = format!(
                "Content-Length: {}\r\nConnection: close\r\n\r\n",
                BODY.len()
            );
            let head = [b"HTTP/1.1 ", status.as_bytes(), b"\r\n", header, b"\r\n"].concat();
            stream.write_all(&[&head, length.as_bytes(), BODY.as_bytes()].concat())
        }),
    };
    let read = |id, header| with(id, Expected::Read, "200 OK", header);
    vec![
        read("bytes-in-etag", b"ETag: \"\xff\xfe\xc3(\""),
        read("bytes-in-last-modified", b"Last-Modified: \xff\xfe\xc3("),
        read(
            "bytes-in-type",
            b"Content-Type: application/\xff\xfe; charset=\xc3(",
        ),
        read(
            "bytes-in-cache-control",
            b"Cache-Control: max-age=\xff\xfe\xc3(",
        ),
        with(
            "bytes-in-encoding",
            Expected::Read,
            "200 OK",
            b"Content-Encoding: \xff\xfe\xc3(",
        ),
        with(
            "bytes-in-retry-after",
            Expected::Reason("503 Service Unavailable"),
            "503 Busy",
            b"Retry-After: \xff\xfe\xc3(",
        ),
        with(
            "bytes-in-location",
            Expected::Reason("redirect"),
            "301 Moved",
            b"Location: http://\xff\xfe\xc3(/",
        ),
    ]
}

fn redirect(to: &str, stream: &mut TcpStream) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 301 Moved\r\nLocation: {to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    );
    stream.write_all(head.as_bytes())
}

fn redirects() -> Vec<Attack> {
    let to =
        |id, reason, to: &'static str| attack(id, reason, move |_, stream| redirect(to, stream));
    vec![
        attack(
            "redirects-for-ever",
            "more than 10 redirects",
            |path, stream| redirect(&format!("{path}x"), stream),
        ),
        attack(
            "redirects-in-a-circle",
            "goes in a circle",
            |path, stream| redirect(if path == "/feed" { "/other" } else { "/feed" }, stream),
        ),
        to(
            "redirect-to-a-file",
            "leads to file:",
            "file:///etc/hostname",
        ),
        to(
            "redirect-to-javascript",
            "leads to javascript:",
            "javascript:alert(1)",
        ),
        to("redirect-to-data", "leads to data:", "data:text/xml,<rss/>"),
        to(
            "redirect-to-a-neighbour",
            "10.0.0.1 is a private address",
            "http://10.0.0.1/feed",
        ),
        to(
            "redirect-to-the-cloud",
            "169.254.169.254 is",
            "http://169.254.169.254/latest/meta-data/",
        ),
        to(
            "redirect-to-ipv6",
            "is a loopback address",
            "http://[::1]/feed",
        ),
        to(
            "redirect-to-mapped",
            "10.0.0.1",
            "http://[::ffff:10.0.0.1]/feed",
        ),
        to(
            "redirect-in-decimal",
            "10.0.0.1 is a private address",
            "http://167772161/feed",
        ),
        to("redirect-to-nothing", "redirect", "http://"),
        to("redirect-with-junk", "redirect", "http://[::1"),
        attack("redirect-of-a-megabyte", "headers", |_, stream| {
            redirect(&format!("/{}", "a".repeat(1 << 20)), stream)
        }),
    ]
}

fn inflated() -> Vec<Attack> {
    let (gzip_head, gzip_piece) = bombs::gzip();
    let (brotli_head, brotli_piece) = bombs::brotli();
    let zstd = bombs::zstd();
    vec![
        attack("gzip-bomb", "larger than 8 MiB", move |_, stream| {
            endless(
                "Content-Encoding: gzip\r\n",
                &gzip_head,
                &gzip_piece,
                stream,
            )
        }),
        attack("brotli-bomb", "larger than 8 MiB", move |_, stream| {
            endless(
                "Content-Encoding: br\r\n",
                &brotli_head,
                &brotli_piece,
                stream,
            )
        }),
        attack("zstd-bomb", "larger than 8 MiB", move |_, stream| {
            page("Content-Encoding: zstd\r\n", &zstd, stream)
        }),
        attack("no-gzip", "does not decompress", |_, stream| {
            page(
                "Content-Encoding: gzip\r\n",
                b"<rss version=\"2.0\"/>",
                stream,
            )
        }),
        attack(
            "unasked-encoding",
            "which was not asked for",
            |_, stream| {
                page(
                    "Content-Encoding: compress\r\n",
                    b"<rss version=\"2.0\"/>",
                    stream,
                )
            },
        ),
    ]
}
