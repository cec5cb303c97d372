//! What is owed to messages, and messages to the server.

mod alert_filter;
mod alerts;
mod attached;
mod compose;
mod context;
mod correcting;
mod coverage;
mod draft;
mod notices;
mod recompose;
mod sender;
mod settlement;
mod setup;
mod story_details;
mod told_troubles;
mod uncomposable;
mod week;

pub use alerts::AlertPacing;
pub use compose::{ComposeReport, compose_all, preview};
pub use sender::{DeliverySelection, Mailer};
pub use settlement::SendReport;
pub use setup::{SetupError, render_options};
pub use week::{preview_week, week_of_all};
