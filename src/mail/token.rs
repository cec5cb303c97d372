//! Where the access token of a login comes from (RFC 6749 section 1.4).

mod answer;
mod error;
mod refresh;
#[cfg(test)]
mod tests;

use std::io::Read;
use std::path::{Path, PathBuf};

pub use error::TokenError;
pub use refresh::{RefreshOptions, TokenRefresher};

use super::secret::Secret;

/// Longest token file, in bytes. Tokens have some thousand.
const TOKEN_BYTES: u64 = 64 << 10;

/// Where the access token of a login comes from.
#[derive(Debug)]
pub enum TokenSource {
    /// A file that another program keeps fresh. It is read anew at every login.
    File(PathBuf),
    /// A token server, which is asked with a refresh token.
    Refresh(Box<TokenRefresher>),
}

impl TokenSource {
    /// The token to log in with. `fresh`: the server has just refused the last one, so that one which was
    /// kept is of no use.
    ///
    /// # Errors
    /// Why there is none, in a sentence.
    pub async fn access_token(&self, fresh: bool) -> Result<Secret, TokenError> {
        match self {
            Self::File(path) => read_token_file(path),
            Self::Refresh(refresh) => refresh.access_token(fresh).await,
        }
    }
}

/// Reads an access token from a file.
///
/// # Errors
/// Why there is none, in a sentence that does not repeat what stands in the file.
pub fn read_token_file(path: &Path) -> Result<Secret, TokenError> {
    let lasting = |why: String| TokenError::Permanent(format!("{}: {why}", path.display()));
    let mut bytes = Vec::new();
    crate::file::open_regular(path)
        .and_then(|file| file.take(TOKEN_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| lasting(format!("the token cannot be read: {error}")))?;
    if bytes.len() as u64 > TOKEN_BYTES {
        return Err(lasting("this is too long for a token".to_owned()));
    }
    let text = bytes.trim_ascii();
    if text.is_empty() {
        return Err(lasting(
            "the file is empty; the access token belongs into it".to_owned(),
        ));
    }
    // RFC 6750 section 2.1: visible ASCII. Anything else could end the command that carries it.
    if !text.iter().all(u8::is_ascii_graphic) {
        return Err(lasting(
            "the file must hold the access token alone, in one line of ASCII".to_owned(),
        ));
    }
    // No token has these (RFC 6750 section 2.1); the answer of a token server has, and texts in programs.
    if text.iter().any(|byte| b"{}[]\"',".contains(byte)) {
        return Err(lasting(
            "the file must hold the access token alone, without quotes and what else the token server answered"
                .to_owned(),
        ));
    }
    Ok(Secret::new(String::from_utf8_lossy(text)))
}
