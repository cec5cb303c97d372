//! By which name a request asks: a page of a stranger may have made its own name lead here (DNS rebinding).

use std::net::IpAddr;

use axum::http::uri::Authority;
use axum::http::{Request, Version, header::HOST};

use crate::config::{LOCAL_NAME, WebHost};

/// The names that are answered: those of this machine itself, and those of its proxy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedHosts {
    proxied: Vec<String>,
}

/// The name that a request gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestHost {
    /// With its port, in lower case; empty where none was given.
    pub authority: String,
    /// Whether it is that of a proxy, which speaks HTTPS.
    pub by_proxy: bool,
}

impl AllowedHosts {
    /// With the names of a proxy.
    pub fn new(hosts: &[WebHost]) -> Self {
        let proxied = hosts.iter().map(|host| host.name.clone()).collect();
        Self { proxied }
    }

    /// The name that a request gives, if it is one of ours. A request of HTTP/1.0 may give none; browsers
    /// always do.
    pub fn named_by<B>(&self, request: &Request<B>) -> Option<RequestHost> {
        let mut named = request.headers().get_all(HOST).iter();
        let (first, second) = (named.next(), named.next());
        if second.is_some() {
            return None;
        }
        let Some(first) = first else {
            return (request.version() == Version::HTTP_10).then(RequestHost::default);
        };
        let authority = match request.uri().authority() {
            Some(authority) => authority.clone(),
            None => first.to_str().ok()?.parse().ok()?,
        };
        self.name(&authority)
    }

    fn name(&self, authority: &Authority) -> Option<RequestHost> {
        let text = authority.as_str().to_ascii_lowercase();
        if text.contains('@') {
            return None;
        }
        let host = authority.host().to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        let by_proxy = self.proxied.iter().any(|name| name == host);
        (by_proxy || is_here(host)).then_some(RequestHost {
            authority: text,
            by_proxy,
        })
    }
}

/// Whether a name, in lower case, is this machine's own.
fn is_here(host: &str) -> bool {
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    match bare.unwrap_or(host).parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => host == "localhost" || host == LOCAL_NAME,
    }
}

#[cfg(test)]
mod tests;
