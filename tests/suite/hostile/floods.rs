//! Servers that keep the program busy with what is no part of an answer. None of it may cost more time
//! than a large feed does.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::host::{self, endless};
use super::{configure, feeds};
use crate::world::World;

/// Processor time for a run of the program with one such feed, built without optimisation.
const CPU: Duration = Duration::from_secs(6);
/// What a fetch may take by the clock where that is not what ends it.
const PATIENCE: Duration = Duration::from_secs(20);

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

/// Frames of HTTP/2 (RFC 9113 section 4.1): settings, which come first, a ping, and empty data.
const SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];
const PING: &[u8] = &[0, 0, 8, 6, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7];
const EMPTY_DATA: &[u8] = &[0, 0, 0, 0, 0, 0, 0, 0, 1];

/// The first, and then the second byte by byte: each is a record of its own where there is TLS.
fn drops(first: &'static [u8], then: &'static [u8]) -> Flood {
    Box::new(move |stream| {
        stream.write_all(first)?;
        loop {
            for byte in then {
                stream.write_all(&[*byte])?;
                stream.flush()?;
            }
        }
    })
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

/// Floods over TLS when it is asked, and calls itself fluent in `protocols`. Gives the certificate to be
/// trusted.
fn serve_encrypted(ip: &str, protocols: &[&str], flood: Flood) -> (String, String) {
    let made = rcgen::generate_simple_self_signed([ip.to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a configuration");
    config.alpn_protocols = protocols
        .iter()
        .map(|name| name.as_bytes().to_vec())
        .collect();
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
            thread::spawn(move || drop(speak_encrypted(stream, config, flood)));
        }
    });
    (url, made.cert.pem())
}

fn speak_encrypted(tcp: TcpStream, config: Arc<ServerConfig>, flood: &Flood) -> io::Result<()> {
    tcp.set_read_timeout(Some(Duration::from_mins(1)))?;
    tcp.set_write_timeout(Some(Duration::from_mins(1)))?;
    let connection = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut stream = StreamOwned::new(connection, tcp);
    // The request, which fits into a record.
    let _ = stream.read(&mut [0; 4096])?;
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
fn poll(url: &str, certificate: Option<&str>, timeout: Duration) -> (String, Duration) {
    let world = World::new(&[("flood", url)]);
    let fetch = format!("timeout = \"{}s\"", timeout.as_secs());
    configure(&world, &fetch, "digest = [\"off\"]");
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

/// What a server says over plain HTTP, and what is to be said of it.
fn check_plain(id: &str, reason: &str, flood: Flood) {
    let act = move |_: &str, stream: &mut TcpStream| flood(stream);
    let url = host::serve("127.0.13.1", Box::new(act));
    check(id, reason, CPU, poll(&url, None, PATIENCE));
}

/// The same over TLS.
fn check_encrypted(id: &str, reason: &str, protocols: &[&str], flood: Flood) {
    let (url, certificate) = serve_encrypted("127.0.13.2", protocols, flood);
    check(id, reason, CPU, poll(&url, Some(&certificate), PATIENCE));
}

#[track_caller]
fn check(id: &str, reason: &str, allowed: Duration, (error, cpu): (String, Duration)) {
    eprintln!("{id}: {cpu:?}, {error}");
    assert!(
        !error.is_empty() && error.contains(reason) && cpu < allowed,
        "{id}: {cpu:?}, {error:?}"
    );
}

#[test]
fn floods_of_pieces_and_of_compressed_nothing_are_cut_off_with_a_reason() {
    for (id, reason, head, piece) in over_http_1() {
        let head = [b"HTTP/1.1 200 OK\r\n", head].concat();
        check_plain(id, reason, flood(&head, piece));
        check_encrypted(id, reason, &["http/1.1"], flood(&head, piece));
    }
    let segments = |_: &str, stream: &mut TcpStream| {
        stream.set_nodelay(true)?;
        endless("", b"<rss>", b" ", stream)
    };
    // Too many pieces, too large or too long: it depends on how the system puts them together.
    let url = host::serve("127.0.13.1", Box::new(segments));
    check("one-byte-segments", "", CPU, poll(&url, None, PATIENCE));
}

#[test]
fn servers_that_speak_http_2_only_are_told_apart_at_once() {
    let no_http = "does not speak HTTP as it should";
    for (id, frame) in [("ping", PING), ("settings", SETTINGS), ("data", EMPTY_DATA)] {
        check_plain(id, no_http, flood(SETTINGS, frame));
        check_encrypted(id, no_http, &[], flood(SETTINGS, frame));
        let refused = "does not speak HTTP/1.1 over TLS";
        check_encrypted(id, refused, &["h2"], flood(SETTINGS, frame));
    }
    check_encrypted("frames-byte-by-byte", no_http, &[], drops(SETTINGS, PING));
}

/// Nobody counts interim answers and records of TLS for us: they cost what the time allowed for a fetch
/// makes them cost.
#[test]
fn floods_that_nobody_counts_end_with_the_time_for_an_answer() {
    const TIME: Duration = Duration::from_secs(2);
    let reason = "no answer within 2 s";
    for interim in [
        &b"HTTP/1.1 103 Early Hints\r\n\r\n"[..],
        b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n",
    ] {
        let act = move |_: &str, stream: &mut TcpStream| flood(b"", interim)(stream);
        let url = host::serve("127.0.13.3", Box::new(act));
        check("interim", reason, TIME + CPU, poll(&url, None, TIME));
        for (id, flood) in [
            ("interim-encrypted", flood(b"", interim)),
            ("interim-byte-by-byte", drops(b"", interim)),
        ] {
            let (url, certificate) = serve_encrypted("127.0.13.3", &[], flood);
            check(id, reason, TIME + CPU, poll(&url, Some(&certificate), TIME));
        }
    }
    // Too many pieces, or too long: records that come together are one piece.
    let body = drops(b"HTTP/1.1 200 OK\r\n\r\n<rss>", b" ");
    let (url, certificate) = serve_encrypted("127.0.13.3", &[], body);
    let polled = poll(&url, Some(&certificate), TIME);
    check("one-byte-records", "", TIME + CPU, polled);
}
