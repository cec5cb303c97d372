//! A page that waits to be asked for.

use jiff::Timestamp;
use url::Url;

/// A page that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedPage {
    /// Its row.
    pub id: i64,
    /// The feed that its item came from.
    pub feed: String,
    /// Where it is asked for.
    pub address: Url,
    /// What is behind it.
    pub progress: Progress,
    /// When it was queued.
    pub queued: Timestamp,
    /// It is not asked for before.
    pub due: Timestamp,
    /// Where it was asked for before, as far as that is known.
    pub visited: Vec<Url>,
}

impl QueuedPage {
    pub(super) fn host(&self) -> String {
        host(&self.address)
    }
}

/// What has been done for a page so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Redirects followed.
    pub hops: u32,
    /// Requests that gave nothing, at the present address.
    pub attempts: u32,
}

/// The host of an address, as states are kept by: one host whatever the port, and with the dot at its end (RFC 1034
/// section 3.1) or without.
pub fn host(address: &Url) -> String {
    let host = address.host_str().unwrap_or_default();
    host.strip_suffix('.').unwrap_or(host).to_owned()
}
