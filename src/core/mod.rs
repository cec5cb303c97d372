//! Decisions, and nothing else: no clock, no network, no database, no environment.
//!
//! `now` is a parameter everywhere, and so is randomness. What a function decides it returns as a
//! value that says why; the shell acts on it.

pub mod alert;
pub mod article;
pub mod calendar;
pub mod common_cause;
pub mod delivery;
pub mod digest;
pub mod document;
pub mod escalation;
pub mod feed;
pub mod judgment;
pub mod language;
pub mod place;
pub mod retention_clock;
pub mod revision;
pub mod schedule;
pub mod story;
pub mod text;
pub mod watch;
pub mod week;
