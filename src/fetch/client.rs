//! The HTTP clients: what they ask for, whom they trust, which way they go.

use std::sync::Arc;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue};

use super::address::AddressGuard;
use super::options::{FetchOptions, FetchSetupError};
use super::resolve::GuardedResolver;
use super::{content_coding, host_limiter};

/// Whom to trust beside [`FetchOptions::certificates`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorities {
    /// The machine's certificate authorities.
    System,
    /// Nobody: the machine has none.
    Missing,
}

/// What the two clients have in common.
pub(super) struct ClientSetup<'a> {
    options: &'a FetchOptions,
    user_agent: HeaderValue,
    certificates: Vec<reqwest::Certificate>,
    proxy: Option<url::Url>,
    resolver: Arc<GuardedResolver>,
}

impl<'a> ClientSetup<'a> {
    pub(super) fn new(
        options: &'a FetchOptions,
        guard: &AddressGuard,
    ) -> Result<Self, FetchSetupError> {
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

    pub(super) fn client(
        &self,
        idle_connections: usize,
        authorities: Authorities,
    ) -> Result<reqwest::Client, FetchSetupError> {
        let failed = |error: reqwest::Error| FetchSetupError::Client(error.to_string());
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
        let encodings = HeaderValue::from_static(content_coding::ACCEPTED);
        headers.insert(ACCEPT_ENCODING, encodings);
        let mut builder = reqwest::Client::builder()
            // What a server may send of HTTP/2's frames beside its answer nobody counts for us.
            .http1_only()
            .user_agent(self.user_agent.clone())
            .default_headers(headers)
            // Redirects are followed by hand: each hop passes the guard and the limiter of its host,
            // and the chain's permanent part is known.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(self.options.connect_timeout)
            .pool_max_idle_per_host(idle_connections)
            .pool_idle_timeout(host_limiter::KEPT_OPEN_FOR)
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

/// What is asked for first; the rest is taken too, since many feeds are sent as something else.
const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/feed+json, \
application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5";

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

fn parse_proxy(address: &str) -> Result<url::Url, FetchSetupError> {
    url::Url::parse(address)
        .ok()
        .filter(|url| url.scheme() == "http" && url.has_host())
        .ok_or_else(|| FetchSetupError::Proxy(address.to_owned()))
}
