//! What went wrong, in words that read alone.

use std::error::Error;
use std::io;

use crate::core::schedule::{Failure, FailureKind};

use super::client::{ClientError, ConnectTimeout, deepest};
use super::resolve::ResolveError;
use super::wire::Excess;

/// The failure behind an error of the HTTP client, told by the deepest cause that says something.
pub(super) fn of_client_error(error: &ClientError) -> Failure {
    match error {
        ClientError::Address(error) => {
            Failure::new(FailureKind::Address, format!("no address to ask: {error}"))
        }
        ClientError::Decompression(complaint) => Failure::new(
            FailureKind::Encoding,
            format!("does not decompress: {complaint}"),
        ),
        ClientError::Connect { error, encrypted } => of_connecting(&**error, *encrypted),
        ClientError::Wire(error) => of_the_wire(&**error),
    }
}

fn of_connecting(error: &(dyn Error + 'static), encrypted: bool) -> Failure {
    if let Some(known) = of_known_cause(error) {
        return known;
    }
    // The system's own complaints about connections are known causes; what is left of an
    // encrypted one is the handshake's.
    let reason = deepest(error).to_string();
    let (kind, message) = if reason.contains("tunnel") {
        let message = format!("the proxy makes no connection: {reason}");
        (FailureKind::Connection, message)
    } else if encrypted {
        (FailureKind::Tls, format!("TLS: {reason}"))
    } else {
        (FailureKind::Connection, format!("no connection: {reason}"))
    };
    Failure::new(kind, message)
}

fn of_the_wire(error: &(dyn Error + 'static)) -> Failure {
    if let Some(known) = of_known_cause(error) {
        return known;
    }
    let reason = deepest(error).to_string();
    let message = if reason.contains(HEADERS_TOO_LARGE) {
        "the headers of its answer are too large or too many".to_owned()
    } else if reason.contains(TOO_MANY) {
        Excess::Pieces.words().to_owned()
    } else if HUNG_UP.iter().any(|words| reason.contains(words)) {
        "hung up before the answer was complete".to_owned()
    } else {
        format!("does not speak HTTP as it should: {reason}")
    };
    Failure::new(FailureKind::Protocol, message)
}

/// How the HTTP library says that the other side hung up; its errors have no kinds to ask for.
const HUNG_UP: [&str; 3] = [
    "before message",
    "unexpected EOF during chunk",
    "unexpected end of file",
];

/// How it says of some frames of HTTP/2 that there are too many.
const TOO_MANY: &str = "too_many_";

/// How it says that it will not read more headers.
const HEADERS_TOO_LARGE: &str = "message head is too large";

/// The first cause that is known.
fn of_known_cause(error: &(dyn Error + 'static)) -> Option<Failure> {
    std::iter::successors(Some(error), |&cause| cause.source()).find_map(of_this_cause)
}

fn of_this_cause(cause: &(dyn Error + 'static)) -> Option<Failure> {
    if let Some(resolve) = cause.downcast_ref::<ResolveError>() {
        let kind = match resolve {
            ResolveError::Forbidden(..) => FailureKind::Forbidden,
            ResolveError::Unknown(_) | ResolveError::NoAnswer(_) => FailureKind::Name,
        };
        return Some(Failure::new(kind, resolve.to_string()));
    }
    if let Some(excess) = Excess::told_by(&cause.to_string()) {
        let kind = match excess {
            Excess::Body => FailureKind::TooLarge,
            Excess::Bytes | Excess::Pieces => FailureKind::Protocol,
        };
        return Some(Failure::new(kind, excess.words()));
    }
    if cause.is::<ConnectTimeout>() {
        return Some(Failure::new(FailureKind::Timeout, cause.to_string()));
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
