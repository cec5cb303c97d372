//! The reading room: pages over what was found, for people who search, judge and show it.
//!
//! ```text
//! request -> host? -> the reader's own? -> who? -> route -> query on a connection that only reads -> page
//! ```
//!
//! [`Room::answer`] is the one way in. It admits nobody without a session but to the few open pages, so that no
//! route can forget to ask. GET changes nothing; what is written goes over the store's own thread. No page has
//! a script or asks another server for anything.

pub mod address;
mod answer;
mod chart;
#[cfg(test)]
mod desk_tests;
mod door;
mod guard;
mod handlers;
mod hosts;
mod load;
mod pages;
mod room;
mod routes;
pub mod search;
mod secret;
pub mod try_watch;
mod why;

pub use door::{INVITATION_LASTS, SESSION_LASTS};
pub use hosts::{Hosts, Named};
pub use room::{Clock, Reader, Room, Tell, Telling};
pub use secret::Secret;

/// Bytes that a form may have.
pub const LONGEST_FORM: usize = 64 << 10;
