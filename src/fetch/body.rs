//! A body, read piece by piece and never beyond its limits.

use crate::core::schedule::{Failure, FailureKind};

use super::content_coding::Decoded;
use super::failure::{bytes_in_words, of_body_error, time_in_words};
use super::memory_budget::BodyReservation;
use super::shared_state::Shared;

/// How much of a body is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyLimit {
    /// All of it; one that is larger than allowed fails.
    Whole,
    /// Its first bytes, so many at most.
    First(usize),
}

/// Reads a body to its end, or as much of it as is wanted, decompressed, as far as the limits on bytes and silence
/// allow.
pub(super) async fn read(
    shared: &Shared,
    response: reqwest::Response,
    mut reading: BodyReservation<'_>,
    bound: BodyLimit,
) -> Result<Vec<u8>, Failure> {
    let max_bytes = shared.options.max_bytes;
    let too_large = || {
        let message = format!("larger than {}", bytes_in_words(max_bytes));
        Failure::new(FailureKind::TooLarge, message)
    };
    let announced = response.content_length();
    if bound == BodyLimit::Whole && announced.is_some_and(|length| length > max_bytes) {
        return Err(too_large());
    }
    let mut decoded = Decoded::new(response, max_bytes)?;
    let mut body = Vec::new();
    loop {
        let stall = shared.options.stall_timeout;
        let chunk = tokio::time::timeout(stall, decoded.next())
            .await
            .map_err(|_| {
                let message = format!(
                    "fell silent for {} after {} bytes",
                    time_in_words(stall),
                    body.len()
                );
                Failure::new(FailureKind::Timeout, message)
            })?
            .map_err(|error| of_body_error(&error).unwrap_or_else(too_large))?;
        let Some(mut chunk) = chunk else {
            return Ok(body);
        };
        if let BodyLimit::First(wanted) = bound {
            chunk.truncate(wanted.saturating_sub(body.len()));
        }
        let length = body.len() as u64 + chunk.len() as u64;
        if length > max_bytes {
            return Err(too_large());
        }
        shared
            .memory_budgets
            .grow(&mut reading, &mut body, chunk.len())
            .await;
        body.extend_from_slice(&chunk);
        if matches!(bound, BodyLimit::First(wanted) if body.len() >= wanted) {
            return Ok(body);
        }
    }
}
