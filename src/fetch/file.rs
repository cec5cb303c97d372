//! Feeds in local files, for those that the configuration names. No redirect leads here: the HTTP
//! side follows `http` and `https` only.

use std::fmt::Write as _;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;

use crate::core::schedule::{
    Failure, FailureKind, Modified, Outcome, ResponseMetadata, Validators,
};

use super::failure::bytes_in_words;
use crate::file::open_regular;

/// The path that a `file:` address names; `None` for any other address.
pub fn path_of(address: &str) -> Option<PathBuf> {
    let url = url::Url::parse(address).ok()?;
    (url.scheme() == "file").then(|| url.to_file_path().ok())?
}

/// Reads a feed from a regular file of at most `max_bytes`. Its validator is an entity tag made of
/// the content's hash; a file with the hash of `validators` is [`Outcome::NotModified`].
pub async fn read(path: &Path, max_bytes: u64, validators: &Validators) -> Outcome {
    let started = Instant::now();
    let body = match read_limited(path, max_bytes).await {
        Ok(body) => body,
        Err(failure) => return Outcome::Failed(failure),
    };
    let address = url::Url::from_file_path(path)
        .map_or_else(|()| path.display().to_string(), |url| url.to_string());
    let etag = entity_tag(&body);
    let not_modified = validators.etag.as_ref() == Some(&etag);
    let answer = ResponseMetadata {
        requested_url: address.clone(),
        final_url: address,
        sent: validators.clone(),
        validators: Validators {
            etag: Some(etag),
            last_modified: None,
        },
        elapsed: started.elapsed(),
        ..ResponseMetadata::default()
    };
    if not_modified {
        Outcome::NotModified(answer)
    } else {
        Outcome::Modified(Modified {
            answer,
            body,
            ..Modified::default()
        })
    }
}

async fn read_limited(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Failure> {
    let cannot = |error: io::Error| {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
            _ => error.to_string(),
        };
        Failure::new(FailureKind::File, format!("{}: {reason}", path.display()))
    };
    let too_large = || {
        let message = format!("larger than {}", bytes_in_words(max_bytes));
        Failure::new(FailureKind::TooLarge, message)
    };
    let name = path.to_owned();
    let opening = tokio::task::spawn_blocking(move || open_regular(&name));
    let opened = opening.await.map_err(io::Error::other).flatten();
    let mut body = Vec::new();
    tokio::fs::File::from_std(opened.map_err(cannot)?)
        .take(max_bytes.saturating_add(1))
        .read_to_end(&mut body)
        .await
        .map_err(cannot)?;
    if u64::try_from(body.len()).is_ok_and(|length| length > max_bytes) {
        return Err(too_large());
    }
    if !body.starts_with(&GZIP_FILE) {
        return Ok(body);
    }
    let unpacking = tokio::task::spawn_blocking(move || unpacked(&body, max_bytes));
    let unpacked = unpacking.await.map_err(io::Error::other).flatten();
    let unpacked = unpacked.map_err(|error| {
        let message = format!("{}: does not decompress: {error}", path.display());
        Failure::new(FailureKind::Encoding, message)
    })?;
    if u64::try_from(unpacked.len()).is_ok_and(|length| length > max_bytes) {
        return Err(too_large());
    }
    Ok(unpacked)
}

/// How a file begins that is compressed with gzip (RFC 1952, section 2.3.1).
const GZIP_FILE: [u8; 2] = [0x1F, 0x8B];

/// No more than a byte beyond the limit of what is in a compressed file.
fn unpacked(packed: &[u8], max_bytes: u64) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    flate2::read::MultiGzDecoder::new(packed)
        .take(max_bytes.saturating_add(1))
        .read_to_end(&mut body)?;
    Ok(body)
}

fn entity_tag(body: &[u8]) -> Vec<u8> {
    let mut tag = String::with_capacity(73);
    tag.push_str("\"sha256-");
    for byte in Sha256::digest(body) {
        // Writing to a string cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag.into_bytes()
}
