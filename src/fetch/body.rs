//! A body, read piece by piece and never beyond its limits.

use hyper::header::CONTENT_ENCODING;

use crate::core::schedule::{Failure, FailureKind, Lane};

use super::Shared;
use super::client::Response;
use super::exchange::{client_failure, text_of};
use super::failure::{bytes_in_words, time_in_words};
use super::room::{BodyRoom, Waiting};

/// Encodings that mean something else than the bytes themselves, and were not asked for.
const FOREIGN_ENCODINGS: [&str; 4] = ["deflate", "compress", "x-compress", "dcb"];

/// The failure of a body that is larger than allowed.
pub(super) fn too_large(shared: &Shared) -> Failure {
    let allowed = bytes_in_words(shared.options.max_bytes);
    Failure::new(FailureKind::TooLarge, format!("larger than {allowed}"))
}

/// What a body needs beside its bytes: memory, in its turn.
pub(super) struct Reading<'a> {
    pub(super) lane: Lane,
    pub(super) waiting: &'a Waiting,
    pub(super) room: &'a mut BodyRoom,
}

/// Reads a body to its end, decompressed, as far as the limits on bytes and silence allow.
pub(super) async fn read(
    shared: &Shared,
    mut response: Response,
    mut reading: Reading<'_>,
) -> Result<Vec<u8>, Failure> {
    let max_bytes = shared.options.max_bytes;
    if let Some(encoding) = text_of(response.headers(), &CONTENT_ENCODING)
        && FOREIGN_ENCODINGS.contains(&encoding.trim().to_ascii_lowercase().as_str())
    {
        let message = format!("compressed with {encoding}, which was not asked for");
        return Err(Failure::new(FailureKind::Encoding, message));
    }
    if response
        .content_length()
        .is_some_and(|length| length > max_bytes)
    {
        return Err(too_large(shared));
    }
    let mut body = Vec::new();
    loop {
        let stall = shared.options.stall_timeout;
        let chunk = tokio::time::timeout(stall, response.chunk())
            .await
            .map_err(|_| {
                let message = format!(
                    "fell silent for {} after {} bytes",
                    time_in_words(stall),
                    body.len()
                );
                Failure::new(FailureKind::Timeout, message)
            })?
            .map_err(|error| client_failure(shared, &error))?;
        let Some(chunk) = chunk else {
            return Ok(body);
        };
        let length = body.len() as u64 + chunk.len() as u64;
        if length > max_bytes {
            return Err(too_large(shared));
        }
        shared
            .rooms
            .grow(&mut reading, &mut body, chunk.len())
            .await;
        body.extend_from_slice(&chunk);
    }
}
