//! Limits and manners of a fetcher, and why none could be made.

use std::time::Duration;

use ipnet::IpNet;

/// Limits and manners of a [`Fetcher`](super::Fetcher).
#[derive(Clone, Debug)]
pub struct FetchOptions {
    /// How a publisher reaches the operator: an address or a page, in the user agent.
    pub contact: Option<String>,
    /// For a whole fetch, redirects included; waiting for a slot does not count.
    pub timeout: Duration,
    /// For a connection, its TLS handshake and the name included.
    pub connect_timeout: Duration,
    /// The longest silence in the middle of an answer.
    pub stall_timeout: Duration,
    /// The most bytes of a body, after decompression.
    pub max_bytes: u64,
    /// Bytes of memory for bodies that stream in, for prompt ones and for slow ones, beside the first 64 KiB of
    /// each body; one prompt body and one slow one may go beyond it, up to [`Self::max_bytes`].
    pub body_memory: usize,
    /// Networks that feeds may come from beside the public internet.
    pub allow: Vec<IpNet>,
    /// Requests to one host at a time.
    pub per_host: usize,
    /// Requests at a time to hosts that answer promptly.
    pub concurrency: usize,
    /// Requests at a time to hosts that keep us waiting, beside the others.
    pub slow_concurrency: usize,
    /// Hosts to which connections are kept open for a while, since they are asked again and again;
    /// up to [`Self::per_host`] connections each. The limit on open files must allow for these and
    /// for both kinds of requests.
    pub kept_open_hosts: usize,
    /// After this long a request counts as slow, and makes room for others.
    pub slow_after: Duration,
    /// Certificate authorities to trust beside the system's, each a bundle in PEM.
    pub certificates: Vec<Vec<u8>>,
    /// An HTTP proxy to go through, `http://host:port`. It resolves the names, so that the address
    /// guard then sees literal addresses only.
    pub proxy: Option<String>,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            contact: None,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            stall_timeout: Duration::from_secs(15),
            max_bytes: 8 * 1024 * 1024,
            body_memory: 8 * 1024 * 1024,
            allow: Vec::new(),
            per_host: 2,
            concurrency: 128,
            slow_concurrency: 384,
            kept_open_hosts: 192,
            slow_after: Duration::from_secs(3),
            certificates: Vec::new(),
            proxy: None,
        }
    }
}

/// Why no [`Fetcher`](super::Fetcher) could be made.
#[derive(Debug, thiserror::Error)]
pub enum FetchSetupError {
    /// The contact has characters that cannot stand in a header.
    #[error("the contact {0:?} cannot stand in a user agent: only printable ASCII can")]
    Contact(String),
    /// A bundle of certificates is not in PEM.
    #[error("a bundle of certificate authorities cannot be read: {0}")]
    Certificates(String),
    /// The proxy's address is no address.
    #[error("the proxy {0:?} is not an address like http://proxy.example.org:3128")]
    Proxy(String),
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}
