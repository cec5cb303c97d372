//! Why something is in trouble, so that a mail can say it in the language of its reader.

use crate::core::article::PageVerdictCounts;
use crate::core::schedule::Health;

/// Why something is in trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TroubleCause {
    /// As a server, or a part of this program, reports it, in English.
    Reported(String),
    /// The health of a feed.
    Health(Health),
    /// The [name](crate::core::schedule::HealthKind::name) of the health that a feed had, which is fine again.
    WasHealth(String),
    /// The last pages of a feed, of which none was read whole.
    Unreadable(PageVerdictCounts),
    /// No mail can be made for a recipient: why, in English.
    NoMail(String),
}

impl From<String> for TroubleCause {
    fn from(reported: String) -> Self {
        Self::Reported(reported)
    }
}

impl From<&str> for TroubleCause {
    fn from(reported: &str) -> Self {
        Self::Reported(reported.to_owned())
    }
}
