//! What all clones of a fetcher share.

use super::address::AddressGuard;
use super::client::Authorities;
use super::host_limiter::{ConcurrencyLimits, HostLimiter, HostPermit};
use super::memory_budget::MemoryBudgets;
use super::options::FetchOptions;

pub(super) struct Shared {
    pub(super) options: FetchOptions,
    pub(super) guard: AddressGuard,
    pub(super) limiter: HostLimiter,
    pub(super) concurrency: ConcurrencyLimits,
    pub(super) memory_budgets: MemoryBudgets,
    /// Keeps connections open for a while: for hosts with several feeds.
    pub(super) pooled: reqwest::Client,
    /// Closes them at once: ten thousand hosts would be ten thousand idle connections.
    pub(super) single: reqwest::Client,
    pub(super) authorities: Authorities,
}

impl Shared {
    /// The client for whoever has this slot.
    pub(super) fn client(&self, pass: &HostPermit) -> &reqwest::Client {
        if pass.keep_alive() {
            &self.pooled
        } else {
            &self.single
        }
    }
}
