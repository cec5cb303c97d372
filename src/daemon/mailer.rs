//! What is owed to messages, and messages to the server.

mod anew;
mod attached;
mod compose;
mod correcting;
mod coverage;
mod desk;
mod draft;
mod failing;
mod judging;
mod notices;
mod sender;
mod telling;
mod week;

pub use compose::{ComposeReport, Pace, compose_all, preview};
pub use sender::{Attempting, Mailer, SendReport, SetupError, render_options};
pub use week::{preview_week, week_of_all};
