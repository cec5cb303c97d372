//! Fetches feeds.

use std::sync::Arc;

use super::address::AddressGuard;
use super::client::{Authorities, ClientSetup};
use super::host_limiter::{ConcurrencyLimits, HostLimiter};
use super::memory_budget::MemoryBudgets;
use super::options::{FetchOptions, FetchSetupError};
use super::page::{PageFetcher, PageOptions};
use super::redirects;
use super::redirects::FeedFetch;
use super::shared_state::Shared;
use crate::core::schedule::{Outcome, Request};

/// Fetches feeds. Cheap to clone; all clones share connections, slots and limits.
#[derive(Clone)]
pub struct Fetcher {
    pub(super) shared: Arc<Shared>,
}

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

    pub(super) fn trusting(
        options: &FetchOptions,
        authorities: Authorities,
    ) -> Result<Self, FetchSetupError> {
        let guard = AddressGuard::new(&options.allow);
        let setup = ClientSetup::new(options, &guard)?;
        let per_host = options.per_host.max(1);
        Ok(Self {
            shared: Arc::new(Shared {
                pooled: setup.client(per_host, authorities)?,
                single: setup.client(0, authorities)?,
                limiter: HostLimiter::new(per_host, options.kept_open_hosts),
                concurrency: ConcurrencyLimits::new(
                    options.concurrency,
                    options.slow_concurrency,
                    options.slow_after,
                ),
                memory_budgets: MemoryBudgets::new(options.body_memory, options.slow_after),
                guard,
                authorities,
                options: options.clone(),
            }),
        })
    }

    /// A fetcher of pages beside this one: with the same guard, limiter, connections and user agent, and with
    /// limits and memory of its own.
    pub fn for_pages(&self, options: &PageOptions) -> PageFetcher {
        PageFetcher::beside(&self.shared, options)
    }

    /// Asks for a feed and waits until it is known what came of it: first for a slot at its host and
    /// room among those of its speed, then no longer than [`FetchOptions::timeout`].
    pub async fn fetch(&self, request: &Request) -> Outcome {
        self.fetch_with_memory(request).await.outcome
    }

    /// The same, with the room that the body takes: others wait for it as long as it is held.
    pub async fn fetch_with_memory(&self, request: &Request) -> FeedFetch {
        redirects::fetch(&self.shared, request).await
    }
}
