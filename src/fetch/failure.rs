//! What went wrong, in words that read alone.

use std::error::Error;
use std::io;

use crate::core::schedule::{Failure, FailureKind};

use super::address::Forbidden;
use super::resolve::ResolveError;

/// The failure behind an error of the HTTP client: the deepest cause that says something.
pub(super) fn of_client_error(error: &reqwest::Error) -> Failure {
    let mut deepest: &(dyn Error + 'static) = error;
    loop {
        if let Some(resolve) = deepest.downcast_ref::<ResolveError>() {
            let kind = match resolve {
                ResolveError::Forbidden(..) => FailureKind::Forbidden,
                ResolveError::Unknown(_) | ResolveError::NoAnswer(_) => FailureKind::Name,
            };
            return Failure::new(kind, resolve.to_string());
        }
        if let Some(forbidden) = deepest.downcast_ref::<Forbidden>() {
            return Failure::new(FailureKind::Forbidden, forbidden.to_string());
        }
        if let Some(known) = deepest.downcast_ref::<io::Error>().and_then(of_io_error) {
            return known;
        }
        let Some(source) = deepest.source() else {
            break;
        };
        deepest = source;
    }
    let reason = deepest.to_string();
    if error.is_decode() {
        return Failure::new(
            FailureKind::Encoding,
            format!("does not decompress: {reason}"),
        );
    }
    if error.is_timeout() {
        return Failure::new(FailureKind::Timeout, "no connection in time".to_owned());
    }
    if error.is_connect() {
        return Failure::new(FailureKind::Connection, format!("no connection: {reason}"));
    }
    let message = if reason.contains("before message") || reason.contains("incomplete") {
        "hung up before the answer was complete".to_owned()
    } else {
        format!("does not speak HTTP as it should: {reason}")
    };
    Failure::new(FailureKind::Protocol, message)
}

fn of_io_error(error: &io::Error) -> Option<Failure> {
    let (kind, message) = match error.kind() {
        io::ErrorKind::ConnectionRefused => (FailureKind::Connection, "connection refused"),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
            (FailureKind::Connection, "connection reset")
        }
        io::ErrorKind::ConnectionAborted => (FailureKind::Connection, "connection aborted"),
        io::ErrorKind::NetworkUnreachable => (FailureKind::Connection, "network unreachable"),
        io::ErrorKind::HostUnreachable => (FailureKind::Connection, "host unreachable"),
        io::ErrorKind::TimedOut => (FailureKind::Timeout, "connection timed out"),
        // The TLS library wraps its complaints this way.
        io::ErrorKind::InvalidData => {
            let inner = error.get_ref()?;
            if inner.is::<reqwest::Error>() {
                return None;
            }
            return Some(Failure::new(FailureKind::Tls, format!("TLS: {inner}")));
        }
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
