//! Names to addresses, less those that the guard forbids.

use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::Semaphore;

use super::address::{AddressGuard, ForbiddenAddress};

/// Names looked up at the same time: each takes a thread for as long as the name server is silent.
const LOOKUPS: usize = 128;
/// How long a name server may be silent.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(10);

/// Asks the system's resolver and drops what the guard forbids, so that the address that was checked
/// is the address that is connected to: a name cannot change its mind in between.
pub(super) struct GuardedResolver {
    guard: AddressGuard,
    lookups: Arc<Semaphore>,
    /// A name that is not checked: the operator's own proxy.
    trusted: Option<String>,
}

impl GuardedResolver {
    pub(super) fn new(guard: AddressGuard, trusted: Option<String>) -> Self {
        Self {
            guard,
            lookups: Arc::new(Semaphore::new(LOOKUPS)),
            trusted,
        }
    }
}

/// Why a name leads nowhere.
#[derive(Debug)]
pub(super) enum ResolveError {
    /// It has no address.
    Unknown(String),
    /// The name server gave no answer.
    NoAnswer(String),
    /// All its addresses are forbidden; this is the first.
    Forbidden(String, ForbiddenAddress),
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name) => write!(f, "the name {name} does not resolve"),
            Self::NoAnswer(name) => {
                write!(
                    f,
                    "the name {name} does not resolve: no name server answers"
                )
            }
            Self::Forbidden(name, forbidden) => write!(
                f,
                "{name} leads to {}, which is {}; allow it with [fetch] allow",
                forbidden.address, forbidden.what
            ),
        }
    }
}

impl std::error::Error for ResolveError {}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.guard.clone();
        let lookups = Arc::clone(&self.lookups);
        let name = name.as_str().to_owned();
        let trusted = self.trusted.as_deref() == Some(name.as_str());
        Box::pin(async move {
            let addresses = look_up(&name, &lookups).await?;
            let addresses = if trusted {
                addresses
            } else {
                permitted(&name, addresses, &guard)?
            };
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

async fn look_up(name: &str, lookups: &Arc<Semaphore>) -> Result<Vec<SocketAddr>, ResolveError> {
    let no_answer = || ResolveError::NoAnswer(name.to_owned());
    let permit = Arc::clone(lookups)
        .acquire_owned()
        .await
        .map_err(|_| no_answer())?;
    let owned = name.to_owned();
    let asking = tokio::task::spawn_blocking(move || {
        let found = (owned.as_str(), 0)
            .to_socket_addrs()
            .map(Iterator::collect::<Vec<_>>);
        // Not before: a lookup that nobody waits for any longer still takes its thread.
        drop(permit);
        found
    });
    match tokio::time::timeout(LOOKUP_TIMEOUT, asking).await {
        Ok(Ok(Ok(addresses))) => Ok(addresses),
        // EAI_AGAIN has no error kind of its own.
        Ok(Ok(Err(error))) if !error.to_string().contains("Temporary failure") => {
            Err(ResolveError::Unknown(name.to_owned()))
        }
        Ok(_) | Err(_) => Err(no_answer()),
    }
}

/// The addresses that the guard lets pass. A name with public and private addresses keeps the
/// public ones.
fn permitted(
    name: &str,
    addresses: Vec<SocketAddr>,
    guard: &AddressGuard,
) -> Result<Vec<SocketAddr>, ResolveError> {
    let mut refused = None;
    let mut passed = Vec::with_capacity(addresses.len());
    for address in addresses {
        match guard.check(address.ip()) {
            Ok(()) => passed.push(address),
            Err(forbidden) => refused = refused.or(Some(forbidden)),
        }
    }
    if !passed.is_empty() {
        return Ok(passed);
    }
    Err(match refused {
        Some(forbidden) => ResolveError::Forbidden(name.to_owned(), forbidden),
        None => ResolveError::Unknown(name.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(addresses: &[&str], expected: Result<&[&str], &str>) {
        let addresses = addresses.iter().map(|text| text.parse().unwrap()).collect();
        let result = permitted("example.org", addresses, &AddressGuard::default())
            .map(|passed| passed.iter().map(ToString::to_string).collect::<Vec<_>>())
            .map_err(|error| error.to_string());
        let expected = expected
            .map(|passed| passed.iter().map(ToString::to_string).collect::<Vec<_>>())
            .map_err(ToString::to_string);
        assert_eq!(result, expected);
    }

    #[test]
    fn a_name_keeps_its_public_addresses_only() {
        check(
            &[
                "10.0.0.1:80",
                "1.1.1.1:80",
                "[::1]:80",
                "[2606:4700::1111]:80",
            ],
            Ok(&["1.1.1.1:80", "[2606:4700::1111]:80"]),
        );
    }

    #[test]
    fn a_name_with_private_addresses_only_is_refused_with_the_first_of_them() {
        check(
            &["169.254.169.254:80", "10.0.0.1:80"],
            Err(
                "example.org leads to 169.254.169.254, which is a link-local address; allow it with [fetch] allow",
            ),
        );
    }

    #[test]
    fn a_name_without_addresses_does_not_resolve() {
        check(&[], Err("the name example.org does not resolve"));
    }
}
