//! The machine itself and the networks that it stands in, as the kernel tells them. An address of
//! theirs may be a public one, and is still no place that a stranger's feed may lead to: what listens
//! there often trusts its neighbours.

use std::fs::File;
use std::io::Read as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ipnet::IpNet;

/// Interfaces come and go, and addresses with them.
const READ_AGAIN_AFTER: Duration = Duration::from_mins(1);
/// More of the kernel's tables is not read: they are that long on routers only.
const TABLE_BYTES: u64 = 4 << 20;
/// A network of fewer bits is no network of neighbours but a tunnel's share of the internet.
const FEWEST_BITS_V4: u8 = 8;
const FEWEST_BITS_V6: u8 = 32;

/// The machine's own addresses and the networks around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LocalNetworks {
    own: Vec<IpNet>,
    around: Vec<IpNet>,
}

impl LocalNetworks {
    /// What `address` is to this machine, with its article; `None` for a stranger.
    pub(super) fn kind_of(&self, address: IpAddr) -> Option<&'static str> {
        let within = |networks: &[IpNet]| networks.iter().any(|it| it.contains(&address));
        if within(&self.own) {
            Some("an address of this machine itself")
        } else {
            within(&self.around).then_some("an address in this machine's own network")
        }
    }

    /// From the kernel's two tables. `fib_trie`: lines with an address, each followed by what it is,
    /// first its prefix. `if_inet6`: a line an address, in hexadecimal digits: the address, the
    /// interface's number, the prefix.
    fn from_tables(fib_trie: &str, if_inet6: &str) -> Self {
        let mut found = Self::default();
        let mut on_link = Vec::new();
        let mut address = None;
        for line in fib_trie.lines().map(str::trim) {
            if let Some(text) = line.strip_prefix("|--") {
                address = text.trim().parse::<Ipv4Addr>().ok();
                continue;
            }
            let mut words = line.split_whitespace();
            let (prefix, scope, kind) = (words.next(), words.next(), words.next());
            let network = prefix
                .and_then(|text| text.strip_prefix('/')?.parse().ok())
                .zip(address)
                .and_then(|(bits, address)| IpNet::new(address.into(), bits).ok());
            match (network, scope, kind) {
                (Some(network), Some("host"), Some("LOCAL")) => found.own.push(network),
                (Some(network), Some("link"), Some("UNICAST")) => on_link.push(network),
                _ => {}
            }
        }
        // A way to elsewhere through a tunnel is on the link as well, but the machine is not in it.
        on_link.retain(|network| {
            network.prefix_len() >= FEWEST_BITS_V4
                && found.own.iter().any(|own| network.contains(&own.addr()))
        });
        found.around = on_link;
        for line in if_inet6.lines() {
            let mut words = line.split_whitespace();
            let address = words.next().filter(|text| text.len() == 32);
            let address = address.and_then(|text| u128::from_str_radix(text, 16).ok());
            let bits = words
                .nth(1)
                .and_then(|text| u8::from_str_radix(text, 16).ok());
            let Some((address, bits)) = address.zip(bits) else {
                continue;
            };
            let address = Ipv6Addr::from(address);
            found.own.push(IpAddr::from(address).into());
            if bits >= FEWEST_BITS_V6 {
                found.around.extend(IpNet::new(address.into(), bits));
            }
        }
        found.own.sort_unstable();
        found.own.dedup();
        found.around.sort_unstable();
        found.around.dedup();
        found
    }

    fn look() -> Self {
        Self::from_tables(
            &table("/proc/self/net/fib_trie"),
            &table("/proc/self/net/if_inet6"),
        )
    }
}

/// A table of the kernel's; empty where there is none.
fn table(path: &str) -> String {
    let mut bytes = Vec::new();
    if let Ok(file) = File::open(path) {
        // What was read before a fault counts.
        let _ = file.take(TABLE_BYTES).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The surroundings as they were a moment ago.
#[derive(Debug, Default)]
pub(super) struct LocalNetworksCache(Mutex<Option<(Instant, LocalNetworks)>>);

impl LocalNetworksCache {
    /// See [`LocalNetworks::kind_of`].
    pub(super) fn kind_of(&self, address: IpAddr) -> Option<&'static str> {
        // Nothing under this lock panics.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known
            .as_ref()
            .is_none_or(|(read_at, _)| read_at.elapsed() >= READ_AGAIN_AFTER)
        {
            *known = Some((Instant::now(), LocalNetworks::look()));
        }
        known.as_ref()?.1.kind_of(address)
    }

    /// Surroundings that do not change, for tests.
    #[cfg(test)]
    pub(super) fn fixed(fib_trie: &str, if_inet6: &str) -> Self {
        let surroundings = LocalNetworks::from_tables(fib_trie, if_inet6);
        Self(Mutex::new(Some((Instant::now(), surroundings))))
    }
}

#[cfg(test)]
mod tests;
