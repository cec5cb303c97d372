//! Where the access token of a login comes from (RFC 6749 section 1.4).

use std::io::Read;
use std::path::PathBuf;

use super::smtp::Secret;

/// Longest token file, in bytes. Tokens have some thousand.
const TOKEN_BYTES: u64 = 64 << 10;

/// Where the access token of a login comes from.
#[derive(Debug)]
pub enum TokenSource {
    /// A file that another program keeps fresh. It is read anew at every login.
    File(PathBuf),
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// It may be there at the next attempt, as when a network is away.
    #[error("{0}")]
    Passing(String),
    /// A person has to put it right.
    #[error("{0}")]
    Lasting(String),
}

impl TokenSource {
    /// The token to log in with. `fresh`: the server has just refused the last one, so that one which was
    /// kept is of no use.
    ///
    /// # Errors
    /// Why there is none, in a sentence.
    // What a token server is asked has to be awaited.
    #[allow(clippy::unused_async)]
    pub async fn access_token(&self, _fresh: bool) -> Result<Secret, TokenError> {
        match self {
            Self::File(path) => read(path),
        }
    }
}

fn read(path: &std::path::Path) -> Result<Secret, TokenError> {
    let lasting = |why: String| TokenError::Lasting(format!("{}: {why}", path.display()));
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
    Ok(Secret::new(String::from_utf8_lossy(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_token_file_is_read_anew_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let source = TokenSource::File(path.clone());
        for token in ["ya29.first-token", "ya29.second_token/+~="] {
            std::fs::write(&path, format!("{token}\r\n")).unwrap();
            let read = source.access_token(false).await.unwrap();
            assert_eq!(read.expose(), token);
        }
    }

    #[tokio::test]
    async fn what_is_no_token_is_refused_in_words_that_do_not_repeat_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let long = "x".repeat(70_000);
        for (text, expected) in [
            ("", "is empty"),
            (" \n", "is empty"),
            ("secret one\nsecret two", "one line"),
            ("s\u{0}cret", "one line"),
            ("sécret", "one line"),
            (long.as_str(), "too long"),
        ] {
            std::fs::write(&path, text).unwrap();
            let error = TokenSource::File(path.clone()).access_token(false).await;
            let Err(TokenError::Lasting(why)) = error else {
                panic!("{text:?}");
            };
            assert!(why.contains(expected) && !why.contains("cret"), "{why}");
        }
        for path in [folder.path().to_owned(), folder.path().join("none")] {
            let error = TokenSource::File(path).access_token(false).await;
            assert!(matches!(error, Err(TokenError::Lasting(_))));
        }
    }
}
