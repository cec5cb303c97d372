//! The reading room: pages over what was found, for people who search, judge and show it.
//!
//! ```text
//! request -> host? -> the reader's own? -> who? -> route -> query on a connection that only reads -> page
//! ```
//!
//! [`WebServer::answer`] is the one way in. It admits nobody without a session but to the few open pages, so that no
//! route can forget to ask. GET changes nothing; what is written goes over the store's own thread. No page has
//! a script or asks another server for anything.

pub mod address;
mod authentication;
mod chart;
mod cookies;
mod csrf;
mod handlers;
mod host_header;
mod load;
mod pages;
mod response;
mod routes;
pub mod search;
mod server;
#[cfg(test)]
mod site_tests;
mod state;
mod throttle;
mod token;
pub mod try_watch;
mod why;

pub use authentication::{INVITATION_LASTS, SESSION_LASTS};
pub use host_header::{AllowedHosts, RequestHost};
pub use state::{Clock, Reader, StatusProvider, StatusProviders, WebServer};
pub use token::RandomSecret;

/// Bytes that a form may have.
pub const LONGEST_FORM: usize = 64 << 10;
