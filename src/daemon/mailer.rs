//! What is owed to messages, and messages to the server.
//!
//! ```text
//! compose: alert_filter -> alerts, digest, week -> draft (coverage, story_details) -> outbox; notices -> outbox
//! outbox -> sender -> settlement: done, sent again later, or recompose -> outbox
//! ```
//!
//! Whether an alert tells something new is asked in `alert_filter`, what a digest tells of feeds in `coverage` and
//! `told_troubles`, of a story in `story_details`, an operator in `notices`; how a mail looks, [`crate::mail`] knows.
//! Each recipient has a transaction of its own: what cannot be made for one (`uncomposable`) holds up no other.

mod alert_filter;
mod alerts;
mod attachment;
mod compose;
mod context;
mod corrections;
mod coverage;
mod draft;
mod notices;
mod recompose;
mod reported_problems;
mod send_report;
mod sender;
mod settlement;
mod setup;
mod story_details;
mod uncomposable;
mod week;

pub use alerts::AlertPacing;
pub use compose::{ComposeReport, compose_all, preview};
pub use send_report::SendReport;
pub use sender::{Mailer, MessageSelection};
pub use setup::{SetupError, render_options};
pub use week::{preview_week, week_of_all};
