//! Which addresses a feed may come from: the public internet less the machine itself and its
//! neighbours, and the networks that the operator opened. A feed is written by strangers, and must not
//! be a way to reach those.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use ipnet::IpNet;

use super::local_networks::LocalNetworksCache;

/// The networks that are open beside the public internet.
#[derive(Clone, Debug, Default)]
pub struct AddressGuard {
    allow: Arc<[IpNet]>,
    neighbours: Arc<LocalNetworksCache>,
}

/// An address that the guard forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForbiddenAddress {
    /// The address.
    pub address: IpAddr,
    /// What it is, with its article: `a private address`.
    pub what: &'static str,
}

impl fmt::Display for ForbiddenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is {}; allow it with [fetch] allow",
            self.address, self.what
        )
    }
}

impl std::error::Error for ForbiddenAddress {}

impl AddressGuard {
    /// A guard that opens `allow` beside the public internet.
    pub fn new(allow: &[IpNet]) -> Self {
        Self {
            allow: allow.into(),
            neighbours: Arc::default(),
        }
    }

    /// Whether `address` may be connected to. An address that carries an IPv4 address inside
    /// (mapped, NAT64, 6to4, Teredo, ISATAP) counts as what it leads to.
    pub fn check(&self, address: IpAddr) -> Result<(), ForbiddenAddress> {
        let forbid = |what| Err(ForbiddenAddress { address, what });
        if self.allows(address) {
            return Ok(());
        }
        let carried = match address {
            IpAddr::V4(_) => Vec::new(),
            IpAddr::V6(v6) => carried_v4(v6),
        };
        let kind = if carried.is_empty() {
            self.kind_of(address)
        } else {
            carried
                .into_iter()
                .map(IpAddr::V4)
                .filter(|&v4| !self.allows(v4))
                .find_map(|v4| self.kind_of(v4))
        };
        kind.map_or(Ok(()), forbid)
    }

    fn kind_of(&self, address: IpAddr) -> Option<&'static str> {
        let kind = match address {
            IpAddr::V4(v4) => kind_of_v4(v4),
            IpAddr::V6(v6) => kind_of_v6(v6),
        };
        kind.or_else(|| self.neighbours.kind_of(address))
    }

    fn allows(&self, address: IpAddr) -> bool {
        self.allow.iter().any(|network| network.contains(&address))
    }
}

/// What a non-public IPv4 address is (the IPv4 Special-Purpose Address Registry, RFC 6890), or one
/// that a provider of machines serves to these only: Azure's 168.63.129.16, and IBM's networks.
fn kind_of_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, d] = address.octets();
    match (a, b, c) {
        (168, 63, 129) if d == 16 => Some("an address inside a provider's network"),
        (0, ..) => Some("an address of this host itself"),
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => Some("a private address"),
        (100, 64..=127, _) | (161, 26, _) | (166, 8..=11, _) => {
            Some("an address inside a provider's network")
        }
        (127, ..) => Some("a loopback address"),
        (169, 254, _) => Some("a link-local address"),
        (192, 0, 0)
        | (192, 31, 196)
        | (192, 52, 193)
        | (192, 88, 99)
        | (192, 175, 48)
        | (198, 18 | 19, _) => Some("an address for special purposes"),
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => Some("an address for documentation"),
        (224..=239, ..) => Some("a multicast address"),
        (240..=255, ..) => Some("a reserved address"),
        _ => None,
    }
}

/// What a non-public IPv6 address is. Public ones are those of `2000::/3` less the special ones (the
/// IPv6 Special-Purpose Address Registry, RFC 6890).
fn kind_of_v6(address: Ipv6Addr) -> Option<&'static str> {
    let segments = address.segments();
    match segments {
        _ if address.is_unspecified() => Some("an address of this host itself"),
        _ if address.is_loopback() => Some("a loopback address"),
        _ if address.is_multicast() => Some("a multicast address"),
        [0xfc00..=0xfdff | 0xfec0..=0xfeff, ..] => Some("a private address"),
        [0xfe80..=0xfebf, ..] => Some("a link-local address"),
        [0x2001, 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => Some("an address for documentation"),
        [0x2001, 0..=0x01ff, ..] | [0x2620, 0x004f, 0x8000, ..] | [0x5f00, ..] => {
            Some("an address for special purposes")
        }
        [0x2000..=0x3fff, ..] => None,
        _ => Some("a reserved address"),
    }
}

/// The IPv4 addresses that an IPv6 address carries and leads to.
fn carried_v4(address: Ipv6Addr) -> Vec<Ipv4Addr> {
    let segments = address.segments();
    let pair = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    let last = pair(segments[6], segments[7]);
    match segments {
        // The host itself, `::` and `::1`, are no IPv4-compatible addresses.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => Vec::new(),
        // IPv4-compatible (RFC 4291 section 2.5.5.1), IPv4-mapped (2.5.5.2), IPv4-translated
        // (RFC 2765), NAT64 (RFC 6052), and ISATAP (RFC 5214) under a public prefix.
        [0, 0, 0, 0, 0, 0 | 0xffff, ..]
        | [0, 0, 0, 0, 0xffff, 0, ..]
        | [0x64, 0xff9b, 0, 0, 0, 0, ..]
        | [0x2000..=0x3fff, _, _, _, 0 | 0x0200, 0x5efe, ..] => vec![last],
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => vec![pair(high, low)],
        // Teredo (RFC 4380): the server, and the client with its bits inverted.
        [0x2001, 0, high, low, ..] => {
            vec![pair(high, low), Ipv4Addr::from_bits(!last.to_bits())]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
