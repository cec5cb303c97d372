//! What came of asking for a page, as plain data.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::core::schedule::{CachingHeaders, Failure};

/// What came of one request for a page. Redirects are not followed: where one leads, the manners of another
/// host may hold.
#[derive(Clone, Debug, PartialEq)]
pub enum PageOutcome {
    /// An answer of whatever status, with its body.
    Page(FetchedPage),
    /// 301, 302, 303, 307 or 308, and where to.
    Redirect {
        /// The target, `http` or `https`, without a fragment.
        to: Url,
    },
    /// Nothing that could be used.
    Failed(Failure),
    /// Nobody was asked: the host asked for rest a moment ago, when a feed was asked for.
    HostResting(SignedDuration),
}

/// An answer, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchedPage {
    /// The status (RFC 9110 section 15).
    pub status: u16,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// The `Content-Type` header as given.
    pub content_type: Option<String>,
    /// Of the headers that say when to come again, `Retry-After` and `Date`.
    pub caching: CachingHeaders,
}

impl FetchedPage {
    /// How long `Retry-After` asks to stay away.
    pub fn retry_after(&self, now: Timestamp) -> Option<SignedDuration> {
        self.caching.retry_after(now)
    }
}
