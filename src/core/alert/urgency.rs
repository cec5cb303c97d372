//! How fast a hit is told.

/// How fast a hit is told: what a watch asks for, and what a recipient gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    /// In the recipient's next digest.
    #[default]
    Digest,
    /// At once.
    Alert,
}

impl Urgency {
    /// As configuration and database have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Digest => "digest",
            Self::Alert => "alert",
        }
    }
}
