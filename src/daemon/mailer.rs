//! What is owed to messages, and messages to the server.

mod alert_filter;
mod attached;
mod compose;
mod context;
mod correcting;
mod coverage;
mod draft;
mod notices;
mod recompose;
mod sender;
mod story_details;
mod uncomposable;
mod week;

pub use compose::{ComposeReport, Pace, compose_all, preview};
pub use sender::{Attempting, Mailer, SendReport, SetupError, render_options};
pub use week::{preview_week, week_of_all};
