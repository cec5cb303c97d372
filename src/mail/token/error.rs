//! Why a login has no access token.

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// It may be there at the next attempt, as when a network is away.
    #[error("{0}")]
    Temporary(String),
    /// A person has to put it right.
    #[error("{0}")]
    Permanent(String),
}
