//! Servers that keep the program busy with what is no part of an answer. None of it may cost more time
//! than a large feed does.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::host::{self, endless};
use super::{configure, feeds};
use crate::world::World;

/// Processor time for a run of the program with one such feed, built without optimisation.
const CPU: Duration = Duration::from_secs(4);

type Flood = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + Send + Sync>;

/// Says the first, and then the second until the client has had enough.
fn flood(first: &[u8], then: &[u8]) -> Flood {
    let first = first.to_vec();
    let many = then.repeat((16_384 / then.len()).max(1));
    Box::new(move |stream| {
        stream.write_all(&first)?;
        loop {
            stream.write_all(&many)?;
        }
    })
}

/// A frame of HTTP/2 (RFC 9113 section 4.1).
fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len())
        .expect("a short frame")
        .to_be_bytes();
    let head = [
        length[1], length[2], length[3], kind, flags, 0, 0, 0, stream,
    ];
    [&head, payload].concat()
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const PRIORITY: u8 = 2;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;
const CONTINUATION: u8 = 9;
const END_HEADERS: u8 = 4;
/// `:status: 200` and `:status: 103` (RFC 7541 appendix A, and section 6.2.2 for a literal).
const OK: &[u8] = &[0x88];
const EARLY_HINTS: &[u8] = &[0x08, 3, b'1', b'0', b'3'];

fn over_http_2() -> Vec<(&'static str, Flood)> {
    let ok = frame(HEADERS, END_HEADERS, 1, OK);
    let padding = [&[255][..], &[0; 255]].concat();
    vec![
        ("ping", flood(&[], &frame(PING, 0, 0, &[7; 8]))),
        ("pong", flood(&[], &frame(PING, 1, 0, &[7; 8]))),
        (
            "priority",
            flood(&[], &frame(PRIORITY, 0, 1, &[0, 0, 0, 3, 1])),
        ),
        (
            "priority-of-others",
            flood(&[], &frame(PRIORITY, 0, 9, &[0, 0, 0, 0, 1])),
        ),
        (
            "window-update",
            flood(&[], &frame(WINDOW_UPDATE, 0, 0, &[0, 0, 0, 1])),
        ),
        (
            "window-update-of-the-stream",
            flood(&ok, &frame(WINDOW_UPDATE, 0, 1, &[0, 0, 0, 1])),
        ),
        ("settings", flood(&[], &frame(SETTINGS, 0, 0, &[]))),
        (
            "settings-with-tables",
            flood(&[], &frame(SETTINGS, 0, 0, &[0, 1, 0, 0, 16, 0])),
        ),
        ("unknown-frames", flood(&[], &frame(0xee, 0, 0, &[]))),
        (
            "unknown-frames-after-headers",
            flood(&ok, &frame(0xee, 0, 1, &[])),
        ),
        ("empty-data", flood(&ok, &frame(DATA, 0, 1, &[]))),
        ("data-byte-by-byte", flood(&ok, &frame(DATA, 0, 1, b" "))),
        ("data-of-padding", flood(&ok, &frame(DATA, 8, 1, &padding))),
        ("data-of-nobody", flood(&ok, &frame(DATA, 0, 3, b" "))),
        (
            "interim-over-http-2",
            flood(&[], &frame(HEADERS, END_HEADERS, 1, EARLY_HINTS)),
        ),
        ("headers-again", flood(&ok, &ok)),
        (
            "continuation",
            flood(&frame(HEADERS, 0, 1, OK), &frame(CONTINUATION, 0, 1, &[])),
        ),
        (
            "continuation-that-grows",
            flood(
                &frame(HEADERS, 0, 1, OK),
                &frame(
                    CONTINUATION,
                    0,
                    1,
                    &[&[0, 1, b'x', 100][..], &[b'y'; 100]].concat(),
                ),
            ),
        ),
        ("reset", flood(&[], &frame(RST_STREAM, 0, 1, &[0, 0, 0, 8]))),
        (
            "reset-after-headers",
            flood(&ok, &frame(RST_STREAM, 0, 1, &[0, 0, 0, 0])),
        ),
        (
            "after-the-answer",
            flood(
                &frame(HEADERS, END_HEADERS | 1, 1, OK),
                &frame(PING, 0, 0, &[7; 8]),
            ),
        ),
        (
            "one-byte-records",
            Box::new(|stream| {
                loop {
                    for byte in frame(PING, 0, 0, &[7; 8]) {
                        stream.write_all(&[byte])?;
                        stream.flush()?;
                    }
                }
            }),
        ),
        (
            "goaway",
            flood(&[], &frame(GOAWAY, 0, 0, &[0, 0, 0, 1, 0, 0, 0, 0])),
        ),
    ]
}

/// Head, and pieces of what is compressed that become nothing.
fn over_http_1() -> Vec<(&'static str, &'static str, &'static [u8], &'static [u8])> {
    const PIECES: &str = "sent its answer in too many pieces";
    const MORE: &str = "sent far more than its answer holds";
    vec![
        (
            "one-byte-chunks",
            PIECES,
            b"Transfer-Encoding: chunked\r\n\r\n",
            b"1\r\nx\r\n",
        ),
        (
            "gzip-of-nothing",
            MORE,
            b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03",
            b"\0\0\0\xff\xff",
        ),
        (
            "brotli-of-nothing",
            MORE,
            b"Content-Encoding: br\r\n\r\n\x0c",
            b"\x06",
        ),
        (
            "zstd-of-nothing",
            MORE,
            b"Content-Encoding: zstd\r\n\r\n",
            b"\x50\x2a\x4d\x18\0\0\0\0",
        ),
    ]
}

/// Speaks HTTP/2 up to the request, and then floods. Gives the certificate to be trusted.
fn serve_http_2(ip: &str, flood: Flood) -> (String, String) {
    let made = rcgen::generate_simple_self_signed([ip.to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a configuration");
    config.alpn_protocols = vec![b"h2".to_vec()];
    let config = Arc::new(config);
    let listener = TcpListener::bind((ip, 0)).expect("a free port");
    let url = format!(
        "https://{}/feed",
        listener.local_addr().expect("an address")
    );
    let flood: &'static Flood = Box::leak(Box::new(flood));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let config = Arc::clone(&config);
            // Clients that hang up are what these hosts are for.
            thread::spawn(move || drop(speak_http_2(stream, config, flood)));
        }
    });
    (url, made.cert.pem())
}

fn speak_http_2(tcp: TcpStream, config: Arc<ServerConfig>, flood: &Flood) -> io::Result<()> {
    tcp.set_read_timeout(Some(Duration::from_mins(1)))?;
    tcp.set_write_timeout(Some(Duration::from_mins(1)))?;
    let reader = tcp.try_clone()?;
    let connection = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut stream = StreamOwned::new(connection, tcp);
    stream.read_exact(&mut [0; 24])?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[]))?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head)?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        io::copy(&mut (&mut stream).take(length.into()), &mut io::sink())?;
        if head[3] == HEADERS {
            break;
        }
    }
    // What the client says to all this is taken, so that nothing but its own judgment stops it.
    thread::spawn(move || io::copy(&mut { reader }, &mut io::sink()));
    stream.write_all(&frame(SETTINGS, 1, 0, &[]))?;
    flood(&mut stream)
}

/// Processor time that a child took until its end, and nothing of ours (`proc_pid_stat(5)`).
fn cpu_until_end(child: &mut Child) -> Duration {
    let path = format!("/proc/{}/stat", child.id());
    loop {
        let stat = fs::read_to_string(&path).expect("a child that nobody has waited for");
        let (_, fields) = stat.rsplit_once(") ").expect("a name");
        let fields: Vec<&str> = fields.split(' ').collect();
        if fields[0] == "Z" {
            let ticks = |field: &str| field.parse::<u64>().expect("a number");
            // Fields 14 and 15, counted from the state, which is 3; a tick is 10 ms everywhere.
            child.wait().expect("the child");
            return Duration::from_millis(10 * (ticks(fields[11]) + ticks(fields[12])));
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Polls one feed, and gives its failure and the processor time of it all.
fn poll(url: &str, certificate: Option<&str>) -> (String, Duration) {
    let world = World::new(&[("flood", url)]);
    configure(&world, "timeout = \"20s\"", "digest = [\"off\"]");
    let mut command = world.command(&["once", "--json"]);
    if let Some(certificate) = certificate {
        world.write("authority.pem", certificate);
        command.env("SSL_CERT_FILE", world.config().join("authority.pem"));
    }
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let cpu = cpu_until_end(&mut child);
    let line = &feeds(&world)["flood"];
    (line["error"].as_str().unwrap_or_default().to_owned(), cpu)
}

#[test]
fn floods_over_http_1_are_cut_off_with_a_reason() {
    let mut wrong = Vec::new();
    let mut check = |id: &str, reason: &str, url: &str| {
        let (error, cpu) = poll(url, None);
        eprintln!("{id}: {cpu:?}, {error}");
        if !error.contains(reason) || cpu > CPU {
            wrong.push(format!("{id}: {cpu:?}, {error:?}"));
        }
    };
    let more = "sent far more than its answer holds";
    for (id, interim) in [
        ("interim", "HTTP/1.1 103 Early Hints\r\n\r\n"),
        ("continue", "HTTP/1.1 100 Continue\r\nX: y\r\n\r\n"),
    ] {
        let many = interim.repeat(500);
        let act = move |_: &str, stream: &mut TcpStream| loop {
            stream.write_all(many.as_bytes())?;
        };
        check(id, more, &host::serve("127.0.13.1", Box::new(act)));
    }
    for (id, reason, head, piece) in over_http_1() {
        let many = piece.repeat(2000);
        let act = move |_: &str, stream: &mut TcpStream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            stream.write_all(head)?;
            loop {
                stream.write_all(&many)?;
            }
        };
        check(id, reason, &host::serve("127.0.13.1", Box::new(act)));
    }
    let segments = |_: &str, stream: &mut TcpStream| {
        stream.set_nodelay(true)?;
        endless("", b"<rss>", b" ", stream)
    };
    // Too many pieces, or too long: it depends on how the system puts them together.
    check(
        "one-byte-segments",
        "",
        &host::serve("127.0.13.1", Box::new(segments)),
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn floods_over_http_2_are_cut_off_with_a_reason() {
    let mut wrong = Vec::new();
    for (id, flood) in over_http_2() {
        let (url, certificate) = serve_http_2("127.0.13.2", flood);
        let (error, cpu) = poll(&url, Some(&certificate));
        eprintln!("{id}: {cpu:?}, {error}");
        let in_vain = ["", "TLS", "no answer within", "fell silent"];
        if in_vain
            .iter()
            .any(|no| error.starts_with(no) && (no.is_empty() == error.is_empty()))
            || cpu > CPU
        {
            wrong.push(format!("{id}: {cpu:?}, {error:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
