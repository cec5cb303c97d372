//! HTTP, as the strictest judge asks: conditional requests with validators echoed byte for byte,
//! limits on bytes, time and redirects, an address guard, and a gate for each host.
//!
//! Nothing here decides when to poll or what an outcome means; that is
//! [`core::schedule`](crate::core::schedule). A fetch never fails: what went wrong is an
//! [`Outcome`] too.

mod address;
mod body;
mod coding;
mod exchange;
mod failure;
pub mod file;
mod gate;
mod neighbours;
mod page;
mod resolve;
mod room;

use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue};

pub use crate::core::schedule::{Outcome, Request};
pub use address::{AddressGuard, Forbidden};
pub use page::{Cookie, FetchedPage, PageFetcher, PageOptions, PageRequest, Wanted};
pub use room::BodyRoom;

use gate::{Gate, HostPass, Lanes};
use resolve::GuardedResolver;
use room::Rooms;

/// Limits and manners of a [`Fetcher`].
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
    /// Bytes of memory for bodies that stream in, in each of the two lanes, beside the first 64 KiB of
    /// each body; one body a lane may go beyond it, up to [`Self::max_bytes`].
    pub body_room: usize,
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
            body_room: 8 * 1024 * 1024,
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

/// Why no [`Fetcher`] could be made.
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

/// Fetches feeds. Cheap to clone; all clones share connections, slots and lanes.
#[derive(Clone)]
pub struct Fetcher {
    shared: Arc<Shared>,
}

struct Shared {
    options: FetchOptions,
    guard: AddressGuard,
    gate: Gate,
    lanes: Lanes,
    rooms: Rooms,
    /// Keeps connections open for a while: for hosts with several feeds.
    pooled: reqwest::Client,
    /// Closes them at once: ten thousand hosts would be ten thousand idle connections.
    single: reqwest::Client,
    authorities: Authorities,
}

impl Shared {
    /// The client for whoever has this slot.
    fn client(&self, pass: &HostPass) -> &reqwest::Client {
        if pass.keeps_open() {
            &self.pooled
        } else {
            &self.single
        }
    }
}

/// What is asked for first; the rest is taken too, since many feeds are sent as something else.
const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/feed+json, \
application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5";

impl Fetcher {
    /// Sets the client up; connects to nothing yet.
    pub fn new(options: &FetchOptions) -> Result<Self, FetchSetupError> {
        // Without any authority on the machine the client refuses to be made at all. Feeds over
        // plain HTTP should still be read then, and the others fail with the reason.
        Self::trusting(options, Authorities::System).or_else(|error| match error {
            FetchSetupError::Client(_) => Self::trusting(options, Authorities::Missing),
            other => Err(other),
        })
    }

    fn trusting(options: &FetchOptions, authorities: Authorities) -> Result<Self, FetchSetupError> {
        let guard = AddressGuard::new(&options.allow);
        let setup = ClientSetup::new(options, &guard)?;
        let per_host = options.per_host.max(1);
        Ok(Self {
            shared: Arc::new(Shared {
                pooled: setup.client(per_host, authorities)?,
                single: setup.client(0, authorities)?,
                gate: Gate::new(per_host, options.kept_open_hosts),
                lanes: Lanes::new(
                    options.concurrency,
                    options.slow_concurrency,
                    options.slow_after,
                ),
                rooms: Rooms::new(options.body_room, options.slow_after),
                guard,
                authorities,
                options: options.clone(),
            }),
        })
    }

    /// Whether the machine has certificate authorities; without them no feed over HTTPS can be
    /// read, which is worth a warning at the start.
    pub fn authorities(&self) -> Authorities {
        self.shared.authorities
    }

    /// A fetcher of pages beside this one: with the same guard, gate, connections and user agent, and with
    /// lanes and room of its own.
    pub fn for_pages(&self, options: &PageOptions) -> PageFetcher {
        PageFetcher::beside(&self.shared, options)
    }

    /// Asks for a feed and waits until it is known what came of it: first for a slot at its host and
    /// room in its lane, then no longer than [`FetchOptions::timeout`].
    pub async fn fetch(&self, request: &Request) -> Outcome {
        self.fetch_with_room(request).await.outcome
    }

    /// The same, with the room that the body takes: others wait for it as long as it is held.
    pub async fn fetch_with_room(&self, request: &Request) -> Fetched {
        exchange::fetch(&self.shared, request).await
    }
}

/// What came of a fetch.
#[derive(Debug)]
pub struct Fetched {
    /// What the server said, or what went wrong.
    pub outcome: Outcome,
    /// To be held for as long as the body is.
    pub room: BodyRoom,
    /// How many requests it took, redirects included. One that was not even sent counts too.
    pub requests: usize,
}

impl From<Outcome> for Fetched {
    fn from(outcome: Outcome) -> Self {
        Self {
            outcome,
            room: BodyRoom::default(),
            requests: 1,
        }
    }
}

/// The user agent, `newsvigil/X.Y.Z (+contact)`.
fn user_agent(options: &FetchOptions) -> Result<HeaderValue, FetchSetupError> {
    let name = concat!("newsvigil/", env!("CARGO_PKG_VERSION"));
    let Some(contact) = &options.contact else {
        return Ok(HeaderValue::from_static(name));
    };
    let printable = contact.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    HeaderValue::from_str(&format!("{name} (+{contact})"))
        .ok()
        .filter(|_| printable)
        .ok_or_else(|| FetchSetupError::Contact(contact.clone()))
}

/// Whom to trust beside [`FetchOptions::certificates`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorities {
    /// The machine's certificate authorities.
    System,
    /// Nobody: the machine has none.
    Missing,
}

/// What the two clients have in common.
struct ClientSetup<'a> {
    options: &'a FetchOptions,
    user_agent: HeaderValue,
    certificates: Vec<reqwest::Certificate>,
    proxy: Option<url::Url>,
    resolver: Arc<GuardedResolver>,
}

impl<'a> ClientSetup<'a> {
    fn new(options: &'a FetchOptions, guard: &AddressGuard) -> Result<Self, FetchSetupError> {
        let mut certificates = Vec::new();
        for bundle in &options.certificates {
            let read = reqwest::Certificate::from_pem_bundle(bundle)
                .map_err(|error| FetchSetupError::Certificates(error.to_string()))?;
            if read.is_empty() {
                let reason = "there is no certificate in it".to_owned();
                return Err(FetchSetupError::Certificates(reason));
            }
            certificates.extend(read);
        }
        let proxy = options.proxy.as_deref().map(parse_proxy).transpose()?;
        let trusted = proxy.as_ref().and_then(|url| url.host_str());
        Ok(Self {
            user_agent: user_agent(options)?,
            certificates,
            resolver: Arc::new(GuardedResolver::new(
                guard.clone(),
                trusted.map(str::to_owned),
            )),
            proxy,
            options,
        })
    }

    fn client(
        &self,
        idle_connections: usize,
        authorities: Authorities,
    ) -> Result<reqwest::Client, FetchSetupError> {
        let failed = |error: reqwest::Error| FetchSetupError::Client(error.to_string());
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
        let encodings = HeaderValue::from_static(coding::ACCEPTED);
        headers.insert(ACCEPT_ENCODING, encodings);
        let mut builder = reqwest::Client::builder()
            // What a server may send of HTTP/2's frames beside its answer nobody counts for us.
            .http1_only()
            .user_agent(self.user_agent.clone())
            .default_headers(headers)
            // Redirects are followed by hand: each hop passes the guard and the gate of its host,
            // and the chain's permanent part is known.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(self.options.connect_timeout)
            .pool_max_idle_per_host(idle_connections)
            .pool_idle_timeout(gate::KEPT_OPEN_FOR)
            .dns_resolver(Arc::clone(&self.resolver))
            // The environment is not read here; a proxy is an option.
            .no_proxy();
        let certificates = self.certificates.clone();
        builder = match authorities {
            Authorities::System => builder.tls_certs_merge(certificates),
            Authorities::Missing => builder.tls_certs_only(certificates),
        };
        if let Some(proxy) = &self.proxy {
            builder = builder.proxy(reqwest::Proxy::all(proxy.clone()).map_err(failed)?);
        }
        builder.build().map_err(failed)
    }
}

fn parse_proxy(address: &str) -> Result<url::Url, FetchSetupError> {
    url::Url::parse(address)
        .ok()
        .filter(|url| url.scheme() == "http" && url.has_host())
        .ok_or_else(|| FetchSetupError::Proxy(address.to_owned()))
}

#[cfg(test)]
mod tests;
