//! HTTP, as the strictest judge asks: conditional requests with validators echoed byte for byte,
//! limits on bytes, time and redirects, an address guard, and a limiter for each host.
//!
//! ```text
//! Request -> host limiter -> concurrency limits -> address guard -> headers -> body in the memory budget -> FeedFetch
//!            redirects go the same way, each anew; the guard refuses an address that is written as such before
//! PageRequest, of an article's page or a robots.txt -> the same way, without redirects -> PageFetch
//! a feed that is a file -> file -> Outcome
//! ```
//!
//! Nothing here decides when to poll or what an outcome means; that is
//! [`core::schedule`](crate::core::schedule). A fetch never fails: what went wrong is an
//! [`Outcome`] too. This room knows neither configuration nor database.

mod address;
mod body;
mod client;
mod content_coding;
mod failure;
mod fetcher;
pub mod file;
mod headers;
mod host_limiter;
mod local_networks;
mod memory_budget;
mod options;
mod page;
mod redirects;
mod request;
mod resolve;
mod shared_state;

pub use crate::core::schedule::{Outcome, Request};
pub use address::{AddressGuard, ForbiddenAddress};
pub use client::Authorities;
pub use fetcher::Fetcher;
pub use memory_budget::MemoryReservation;
pub use options::{FetchOptions, FetchSetupError};
pub use page::{Cookie, PageFetch, PageFetcher, PageOptions, PageRequest, RequestTarget};
pub use redirects::FeedFetch;

#[cfg(test)]
mod tests;
