//! What went wrong, in words that read alone.

use std::error::Error;
use std::io;

use crate::core::schedule::{Failure, FailureKind};

use super::content_coding::DecompressionExcess;
use super::resolve::ResolveError;

/// The failure behind an error of the HTTP client, told by the deepest cause that says something.
pub(super) fn of_client_error(error: &reqwest::Error) -> Failure {
    let mut deepest: &(dyn Error + 'static) = error;
    loop {
        if let Some(known) = of_known_cause(deepest) {
            return known;
        }
        let Some(source) = deepest.source() else {
            break;
        };
        deepest = source;
    }
    let reason = deepest.to_string();
    if error.is_timeout() {
        return Failure::new(FailureKind::Timeout, "no connection in time");
    }
    if error.is_connect() {
        // The system's own complaints about connections are known causes; what is left of an
        // encrypted one is the handshake's.
        let encrypted = error.url().is_some_and(|url| url.scheme() == "https");
        return if reason.contains("tunnel") {
            let message = format!("the proxy makes no connection: {reason}");
            Failure::new(FailureKind::Connection, message)
        } else if reason.contains(NO_COMMON_PROTOCOL) {
            Failure::new(FailureKind::Protocol, "does not speak HTTP/1.1 over TLS")
        } else if encrypted {
            Failure::new(FailureKind::Tls, format!("TLS: {reason}"))
        } else {
            Failure::new(FailureKind::Connection, format!("no connection: {reason}"))
        };
    }
    let message = if reason.contains(HEADERS_TOO_LARGE) {
        "the headers of its answer are too large or too many".to_owned()
    } else if HUNG_UP.iter().any(|words| reason.contains(words)) {
        "hung up before the answer was complete".to_owned()
    } else {
        format!("does not speak HTTP as it should: {reason}")
    };
    Failure::new(FailureKind::Protocol, message)
}

/// How the TLS library says that the other side refused to speak HTTP/1.1 (RFC 7301 section 3.2).
const NO_COMMON_PROTOCOL: &str = "NoApplicationProtocol";

/// How the HTTP library says that the other side hung up; its errors have no kinds to ask for.
const HUNG_UP: [&str; 3] = [
    "before message",
    "unexpected EOF during chunk",
    "unexpected end of file",
];

/// How it says that it will not read more headers.
const HEADERS_TOO_LARGE: &str = "message head is too large";

/// The failure behind an error in the middle of a body: trouble on the wire, a server that gives too
/// much work, or a complaint of the decompressor. `None` when the body is too large.
pub(super) fn of_body_error(error: &io::Error) -> Option<Failure> {
    let cause = error.get_ref();
    if let Some(wire) = cause.and_then(|cause| cause.downcast_ref::<reqwest::Error>()) {
        return Some(of_client_error(wire));
    }
    match cause.and_then(|cause| cause.downcast_ref::<DecompressionExcess>()) {
        Some(DecompressionExcess::Body) => None,
        Some(excess) => Some(Failure::new(FailureKind::Protocol, excess.to_string())),
        None => Some(Failure::new(
            FailureKind::Encoding,
            format!("does not decompress: {error}"),
        )),
    }
}

fn of_known_cause(cause: &(dyn Error + 'static)) -> Option<Failure> {
    if let Some(resolve) = cause.downcast_ref::<ResolveError>() {
        let kind = match resolve {
            ResolveError::Forbidden(..) => FailureKind::Forbidden,
            ResolveError::Unknown(_) | ResolveError::NoAnswer(_) => FailureKind::Name,
        };
        return Some(Failure::new(kind, resolve.to_string()));
    }
    let (kind, message) = match cause.downcast_ref::<io::Error>()?.kind() {
        io::ErrorKind::ConnectionRefused => (FailureKind::Connection, "connection refused"),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
            (FailureKind::Connection, "connection reset")
        }
        io::ErrorKind::ConnectionAborted => (FailureKind::Connection, "connection aborted"),
        io::ErrorKind::NetworkUnreachable => (FailureKind::Connection, "network unreachable"),
        io::ErrorKind::HostUnreachable => (FailureKind::Connection, "host unreachable"),
        io::ErrorKind::TimedOut => (FailureKind::Timeout, "connection timed out"),
        _ => return None,
    };
    Some(Failure::new(kind, message))
}

/// `8 MiB`, `512 KiB`, `1000 bytes`: exact, in the largest unit that is.
pub(super) fn bytes_in_words(bytes: u64) -> String {
    const KIB: u64 = 1024;
    const MIB: u64 = 1024 * 1024;
    match bytes {
        0 => "0 bytes".to_owned(),
        _ if bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
        _ if bytes.is_multiple_of(KIB) => format!("{} KiB", bytes / KIB),
        _ => format!("{bytes} bytes"),
    }
}

/// `30 s`, or `250 ms` below a second.
pub(super) fn time_in_words(time: std::time::Duration) -> String {
    if time.subsec_millis() == 0 {
        format!("{} s", time.as_secs())
    } else {
        format!("{} ms", time.as_millis())
    }
}
