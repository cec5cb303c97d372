//! Secrets: read when they are needed, never shown.

use std::fs::{self, Metadata};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::secret_source::SecretSource;
use crate::file::open_regular;
use crate::mail::Secret;

/// Why a secret cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// There is no credentials folder: the program was not started by the service manager.
    #[error(
        "the secret is the credential `{0}`, and there is no credentials folder: \
         start the service with LoadCredential={0}:/path, or name a file instead, as in password_file"
    )]
    NoCredentials(String),
    /// The file cannot be read.
    #[error("cannot read the secret in {path}: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// Others may read the file.
    #[error("{0} can be read by others: chmod 600 {0}")]
    Exposed(PathBuf),
    /// Nothing in it, or more than a password.
    #[error("{0} must hold one line of at most 4096 bytes, or a key in PEM")]
    Malformed(PathBuf),
}

const MAX_SECRET_BYTES: usize = 4096;
/// An RSA key of 8192 bits has 6.4 KB in PEM.
const MAX_KEY_BYTES: usize = 16 << 10;

/// Reads a secret. `credentials` is the folder that the service manager gives
/// (`$CREDENTIALS_DIRECTORY`, systemd.exec(5)). A final line break is not part of it.
pub fn read_secret(
    source: &SecretSource,
    credentials: Option<&Path>,
) -> Result<Secret, SecretError> {
    let path = match source {
        SecretSource::Credential(name) => credentials
            .ok_or_else(|| SecretError::NoCredentials(name.clone()))?
            .join(name),
        SecretSource::File(path) => path.clone(),
    };
    let unreadable = |reason| SecretError::Unreadable {
        path: path.clone(),
        reason,
    };
    let file = open_regular(&path).map_err(unreadable)?;
    if matches!(source, SecretSource::File(_)) {
        refuse_exposed(&path, &file.metadata().map_err(unreadable)?)?;
    }
    let mut text = String::new();
    file.take(MAX_KEY_BYTES as u64 + 3)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    if text.contains("-----BEGIN ") && text.len() <= MAX_KEY_BYTES {
        // A key in PEM (RFC 7468) has many lines, and may have an explanation before them.
        return Ok(Secret::new(text));
    }
    let secret = text.strip_suffix('\n').unwrap_or(&text);
    let secret = secret.strip_suffix('\r').unwrap_or(secret);
    if secret.is_empty() || secret.len() > MAX_SECRET_BYTES || secret.contains(['\n', '\r', '\0']) {
        return Err(SecretError::Malformed(path));
    }
    Ok(Secret::new(secret))
}

/// Refuses a file that others may read.
fn refuse_exposed(path: &Path, metadata: &Metadata) -> Result<(), SecretError> {
    if metadata.permissions().mode() & 0o007 != 0 {
        return Err(SecretError::Exposed(path.to_owned()));
    }
    Ok(())
}

/// Refuses a file of a secret that others may read. That it cannot be looked at is for whoever reads it.
pub fn check_exposure(path: &Path) -> Result<(), SecretError> {
    fs::metadata(path).map_or(Ok(()), |metadata| {
        if metadata.is_file() {
            refuse_exposed(path, &metadata)
        } else {
            Ok(())
        }
    })
}
